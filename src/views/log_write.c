/* Writing into the duty log: what is chosen on the screen goes along, the form asks for the rest. */
#include <config.h>

#include <string.h>

#include "act_priv.h"
#include "choose_priv.h"
#include "log_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

static const char *const note_fields[] = { "title", "words", "happened_at", "about_no" };
static const char *const call_fields[] = { "title", "party", "phone", "words", "happened_at", "due" };
static const char *const rung_fields[] = { "answered", "words", "happened_at" };
static const char *const paper_fields[] = { "title", "party",	  "paper_no",
					    "words", "happened_at", "due" };
static const char *const outing_fields[] = { "party", "place", "from_at", "to_at", "deputy",
					     "deputy_phone", "words" };

/* What is going to be written; RECORD_SORTS: it has not been said. */
static enum record_sort preset_sort(const struct app *app, const struct act_desc *act)
{
	size_t n;
	const struct given *given = act_preset_of(app, act, &n);

	for (size_t i = 0; i < n; i++)
		if (strcmp(given[i].field->name, "sort") == 0)
			return record_sort_find(given[i].value.text);
	return RECORD_SORTS;
}

const char *log_field_label(const struct app *app, const struct act_desc *act,
			    const struct field *field)
{
	static const char *const parties[RECORD_SORTS] = {
		[RECORD_CALL] = N_("Who rang"),
		[RECORD_PAPER] = N_("From whom"),
		[RECORD_OUTING] = N_("Leader"),
	};
	enum record_sort sort = act->target == KIND_RECORD && act->conflict == CONFLICT_CREATES
					? preset_sort(app, act)
					: RECORD_SORTS;

	return strcmp(field->name, "party") == 0 && sort < RECORD_SORTS && parties[sort] != NULL
		       ? _(parties[sort])
		       : NULL;
}

const char *const *log_form_order(const struct app *app, const struct act_desc *act, size_t *ret_n)
{
	enum record_sort sort = preset_sort(app, act);
	static const struct {
		enum record_sort sort;
		const char *const *fields;
		size_t n;
	} orders[] = {
		{ RECORD_NOTE, note_fields, ARRAY_LEN(note_fields) },
		{ RECORD_CALL, call_fields, ARRAY_LEN(call_fields) },
		{ RECORD_PAPER, paper_fields, ARRAY_LEN(paper_fields) },
		{ RECORD_OUTING, outing_fields, ARRAY_LEN(outing_fields) },
		{ RECORD_ROUND, note_fields, ARRAY_LEN(note_fields) },
	};

	if (act->target != KIND_RECORD || act->conflict != CONFLICT_CREATES)
		return NULL;
	if (act_preset_has(app, act, "outward")) {
		*ret_n = ARRAY_LEN(rung_fields);
		return rung_fields;
	}
	for (size_t k = 0; k < ARRAY_LEN(orders); k++) {
		if (sort != orders[k].sort)
			continue;
		*ret_n = orders[k].n;
		return orders[k].fields;
	}
	return NULL;
}

static const struct act_desc *begin(struct app *app, enum record_sort sort)
{
	const struct act_desc *act = act_desc_of(KIND_RECORD, "log");

	act_preset_begin(app, act, NULL);
	act_preset_text(app, "sort", record_sort_code(sort));
	return act;
}

unsigned log_write(struct app *app, enum record_sort sort)
{
	(void)begin(app, sort);
	if (sort == RECORD_OUTING)
		act_preset_text(app, "title", record_sort_label(sort));
	act_preset_what(app, record_sort_label(sort));
	return act_preset_go(app, true);
}

static void add_clean(struct str *out, const char *text)
{
	if (text == NULL || *text == '\0')
		return;
	str_add_char(out, ' ');
	text_clean(out, text, strlen(text), false);
}

static void about_case(struct app *app, const struct selection *about)
{
	struct arena arena = ARENA_INIT;
	struct subject subject;
	char id[UUID_TEXT], mark[48];

	if (!uuid_is_nil(&about->id) && (about->kind == KIND_INCIDENT || about->kind == KIND_WHISTLE) &&
	    subject_get(app->client, about->kind, &about->id, &arena, &subject, NULL) == ERR_OK) {
		uuid_text(&about->id, id);
		act_preset_text(app, "about_kind", kind_desc(about->kind)->name);
		act_preset_text(app, "about", id);
		act_preset_text(app, "about_no", subject_mark(app->client, &subject, mark));
	}
	arena_release(&arena);
}

unsigned log_note_call(struct app *app, const struct log_call *call)
{
	const struct rules *rules = client_rules(app->client);
	const struct org *org = rules_org(rules, call->org);
	struct str title = STR_INIT;
	unsigned flags;

	(void)begin(app, RECORD_CALL);
	str_add(&title, _("Rang"));
	add_clean(&title, org == NULL ? call->org : org->brief != NULL ? org->brief : org->name);
	add_clean(&title, call->label);
	add_clean(&title, call->name);
	act_preset_text(app, "title", str_get(&title));
	act_preset_num(app, "outward", 1);
	act_preset_text(app, "rung_org", call->org);
	act_preset_text(app, "rung_post", call->post);
	act_preset_text(app, "party", call->name != NULL ? call->name : call->label);
	act_preset_text(app, "phone", call->phone);
	about_case(app, &call->about);
	add_clean(&title, call->phone);
	act_preset_what(app, str_get(&title));
	str_release(&title);
	flags = act_preset_go(app, true);
	return flags;
}

/* ---- which sort ---- */

static unsigned chosen(void *state, size_t at)
{
	return log_write(((struct choose *)state)->app, (enum record_sort)at);
}

static enum err open_sorts(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	static const char *const helps[RECORD_SORTS] = {
		[RECORD_NOTE] = N_("something to be remembered"),
		[RECORD_CALL] = N_("a call came in"),
		[RECORD_PAPER] = N_("a paper came in"),
		[RECORD_OUTING] = N_("a leader goes away, and who stands in"),
		[RECORD_ROUND] = N_("a round was made"),
	};
	struct choose *choose = choose_new(ui, sizeof *choose, chosen);
	struct picker_item *items = arena_array(&choose->arena, RECORD_SORTS, sizeof *items);

	(void)arg;
	(void)err;
	for (int i = 0; i < RECORD_SORTS; i++) {
		items[i].label = record_sort_label((enum record_sort)i);
		items[i].help = _(helps[i]);
	}
	choose->picker = picker_new(_("What is written down?"), items, RECORD_SORTS,
				    PICKER_NUMBERS);
	*ret_state = choose;
	return ERR_OK;
}

const struct view_ops log_sorts_view = {
	.name = "log.sorts",
	.overlay = true,
	.open = open_sorts,
	.close = choose_close,
	.place = choose_place,
	.draw = choose_draw,
	.key = choose_key,
};
