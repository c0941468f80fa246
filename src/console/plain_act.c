/* Acts line by line: what is not said with them is asked for, field by field. */
#include <config.h>

#include "plain_ask.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/pinyin.h"
#include "zhiban/client/desk.h"
#include "zhiban/client/value.h"
#include "zhiban/model/undo.h"

/* ---- what is said with the act ---- */

const struct given *plain_given(const struct plain_asking *asking, const char *name)
{
	for (size_t i = 0; i < asking->n; i++)
		if (strcmp(asking->given[i].field->name, name) == 0)
			return &asking->given[i];
	return NULL;
}

static const struct field *field_called(const struct plain_asking *asking, const char *name)
{
	const struct field *field = act_arg_field(asking->act, name);

	for (size_t i = 0; !field && i < asking->n_args; i++)
		if (strcmp(_(asking->args[i].field->title), name) == 0)
			field = asking->args[i].field;
	return field;
}

/* The words, so that they can be gone on with. */
static void note_words(struct plain_asking *asking, const char *name, const char *words)
{
	size_t i = 0;

	while (i < asking->n_words && strcmp(asking->names[i], name) != 0)
		i++;
	if (i == ACT_ARGS_MAX)
		return;
	if (i == asking->n_words)
		asking->names[asking->n_words++] = arena_strdup(&asking->arena, name);
	asking->words[i] = arena_strdup(&asking->arena, words);
	asking->changed = true;
}

static enum err take_value(struct plain *plain, const char *name, const char *words,
			   struct error *err)
{
	struct plain_asking *asking = plain->asking;
	const struct field *field = field_called(asking, name);
	struct value value;
	size_t i = 0;
	enum err code;

	if (!field)
		return error_set(err, ERR_INPUT, _("%s: there is no such field here"), name);
	while (i < asking->n && asking->given[i].field != field)
		i++;
	if (i == ACT_ARGS_MAX)
		return error_set(err, ERR_INPUT, "%s", _("too many fields"));
	code = client_value(plain->client, field, words, &asking->arena, &value, err);
	if (code != ERR_OK)
		return code;
	asking->given[i] = (struct given){ field, value };
	asking->n += i == asking->n;
	note_words(asking, field->name, words);
	return ERR_OK;
}

enum err plain_take_field(struct plain *plain, const char *name, const char *words,
			  struct error *err)
{
	struct plain_asking *asking = plain->asking;
	enum err code;

	if (str_starts(name, "phone.")) {
		code = client_phone(plain->client,
				    arena_printf(&plain->arena, "%s=%s", name + strlen("phone."),
						 words),
				    &asking->arena, &asking->phone, err);
		if (code == ERR_OK)
			note_words(asking, name, words);
		return code;
	}
	if (strcmp(name, "template") == 0 && plain_template_any(plain))
		return plain_template_take(plain, words, err);
	if (strcmp(name, "file") == 0 && asking->n + CLIENT_FILE_GIVEN <= ACT_ARGS_MAX)
		return client_file(asking->act, words, &asking->arena, asking->given, &asking->n,
				   err);
	return take_value(plain, name, words, err);
}

void plain_say_given(struct plain *plain, const char *name)
{
	const struct given *given = plain_given(plain->asking, name);
	char buf[256];

	if (!given)
		return;
	plain_sayf(plain, "%s: %s", _(given->field->title),
		   client_is_ticket(given->field) ? client_ticket(plain->client, given->value.text, buf)
						  : rules_show(client_rules(plain->client),
							       given->field, given->value, buf,
							       sizeof buf));
}

/* A word without "=" belongs to the value before it. */
static enum err take_fields(struct plain *plain, char *rest, struct error *err)
{
	while (rest && *rest) {
		char *equals = strchr(rest, '='), *next, *end;
		enum err code;

		if (!equals)
			return error_set(err, ERR_INPUT, "%s", _("FIELD=VALUE is wanted"));
		*equals = '\0';
		next = strchr(equals + 1, '=');
		for (end = next; end && end > equals + 1 && *end != ' '; end--)
			;
		if (end && *end == ' ')
			*end++ = '\0';
		else
			end = NULL;
		code = plain_take_field(plain, rest, equals + 1, err);
		if (code != ERR_OK)
			return code;
		rest = end;
	}
	return ERR_OK;
}

/* The incident named first, else the one in front of the prompt. */
static enum err take_target(struct plain *plain, struct plain_asking *asking, char **rest,
			    struct error *err)
{
	const struct act_desc *act = asking->act;
	size_t len = strcspn(*rest, " ");
	const char *word = arena_strndup(&plain->arena, *rest, len);

	if (act->conflict == CONFLICT_CREATES || act->target != KIND_INCIDENT)
		return ERR_OK;
	if (len > 0 && !strchr(word, '=')) {
		*rest += len + strspn(*rest + len, " ");
		return plain_named(plain, word, &asking->id, err);
	}
	if (!plain->any)
		return error_set(err, ERR_INPUT, "%s", _("no incident is selected"));
	asking->id = plain->focus;
	return ERR_OK;
}

/* ---- doing ---- */

void plain_ask_free(struct plain *plain)
{
	if (!plain->asking)
		return;
	history_free(plain->asking->history);
	arena_release(&plain->asking->arena);
	free(plain->asking);
	plain->asking = NULL;
}

void plain_wake(struct plain *plain)
{
	if (plain->face->worker)
		worker_ask(plain->face->worker, &(struct ask){ .kind = ASK_WAKE });
}

/* What could not be done stays as a draft: nobody types it twice. */
static enum err do_it(struct plain *plain)
{
	struct plain_asking *asking = plain->asking;
	struct error err = ERROR_INIT;
	struct client_done done;
	enum err code = client_act_phone(plain->client, asking->act, &asking->id, asking->given,
					 asking->n, &asking->phone, &done, &err);

	if (code != ERR_OK) {
		bool kept = plain_draft_keep(plain);

		plain_ask_free(plain);
		plain_say(plain, err.text);
		if (kept)
			plain_say(plain, _("kept as a draft: drafts goes on with it"));
		return code;
	}
	plain_draft_drop(plain);
	plain_ask_free(plain);
	plain->focus = done.target;
	plain->any = true;
	board_own(plain->board, &done.target);
	plain_wake(plain);
	plain_say(plain, _("done here, waits to be sent"));
	return ERR_OK;
}

void plain_ask_leave(struct plain *plain)
{
	bool kept = plain_draft_keep(plain);

	plain_ask_free(plain);
	plain_say(plain, kept ? _("left; kept as a draft: drafts goes on with it")
			      : _("left; nothing was done"));
}

static bool is_given(const struct plain_asking *asking, const struct field *field)
{
	return plain_given(asking, field->name) != NULL;
}

/* Words in which a template has left a blank. */
static bool has_blank(const struct plain_asking *asking, const struct field *field)
{
	const struct given *given = plain_given(asking, field->name);

	return given && given->value.is_text && given->value.text &&
	       strstr(given->value.text, "__");
}

/* What is needed and was not said, then the blanks. */
void plain_ask_on(struct plain *plain)
{
	struct plain_asking *asking = plain->asking;

	asking->n_offered = 0;
	asking->blank = asking->templates = false;
	for (asking->at = 0; asking->at < asking->n_args; asking->at++)
		if (asking->args[asking->at].required &&
		    !is_given(asking, asking->args[asking->at].field))
			return;
	for (asking->at = 0; asking->at < asking->n_args; asking->at++)
		if (has_blank(asking, asking->args[asking->at].field)) {
			asking->blank = true;
			return;
		}
}

static enum err may(struct plain *plain, const struct plain_asking *asking, struct error *err)
{
	struct incident *incident = NULL;
	enum err code = ERR_OK;

	if (asking->act->conflict != CONFLICT_CREATES && asking->act->target == KIND_INCIDENT)
		code = client_get(plain->client, &asking->id, &plain->arena, &incident, err);
	return code == ERR_OK ? client_possible(plain->client, incident, asking->act, err) : code;
}

static void ask_new(struct plain *plain, const struct act_desc *act)
{
	plain_ask_free(plain);
	plain->asking = mem_alloc(sizeof *plain->asking);
	plain->asking->act = act;
	plain->asking->n_args = act_args(act, plain->asking->args);
}

/* What is told while it is asked for, and kept so far. */
static void settle(struct plain *plain)
{
	(void)plain_draft_keep(plain);
	plain_beside_look(plain);
}

void plain_ask_begin(struct plain *plain, const struct act_desc *act, const struct uuid *id)
{
	struct error err = ERROR_INIT;

	ask_new(plain, act);
	plain->asking->id = *id;
	if (may(plain, plain->asking, &err) != ERR_OK) {
		plain_say(plain, err.text);
		plain_ask_free(plain);
		return;
	}
	plain_draft_find(plain);
	plain_ask_on(plain);
	settle(plain);
}

void plain_ask_resume(struct plain *plain, const struct act_desc *act, const struct draft *draft)
{
	ask_new(plain, act);
	plain_draft_take(plain, draft);
	plain_ask_on(plain);
	settle(plain);
}

void plain_act(struct plain *plain, const struct act_desc *act, char *rest)
{
	struct error err = ERROR_INIT;
	bool said;
	enum err code;

	ask_new(plain, act);
	code = take_target(plain, plain->asking, &rest, &err);
	said = *rest != '\0';
	if (code == ERR_OK)
		code = take_fields(plain, rest, &err);
	if (code == ERR_OK)
		code = may(plain, plain->asking, &err);
	if (code != ERR_OK) {
		plain_say(plain, err.text);
		plain_ask_free(plain);
		return;
	}
	if (!said)
		plain_draft_find(plain);
	plain_ask_on(plain);
	if (plain->asking->at == plain->asking->n_args && said)
		(void)!do_it(plain);
	else
		settle(plain);
}

/* ---- asking ---- */

static void add_optional(const struct plain_asking *asking, struct str *out)
{
	for (size_t i = 0; i < asking->n_args; i++) {
		const struct field *field = asking->args[i].field;

		if (!(field->flags & F_HIDDEN) && !is_given(asking, field))
			str_addf(out, "%s%s (%s)", out->len > 0 ? ", " : "", field->name,
				 _(field->title));
	}
}

/* "Title [street lamp at __]" */
static void ask_field(struct plain *plain, struct str *out)
{
	const struct plain_asking *asking = plain->asking;
	const struct field *field = asking->args[asking->at].field;

	str_add(out, _(field->title));
	if (asking->blank)
		str_addf(out, " [%s]", plain_given(asking, field->name)->value.text);
}

void plain_ask_again(struct plain *plain)
{
	const struct plain_asking *asking = plain->asking;
	const char *label = rules_act_label(client_rules(plain->client), asking->act);
	struct incident *incident;
	char mark[48] = "";
	struct str out = STR_INIT;

	if (asking->at < asking->n_args) {
		ask_field(plain, &out);
		str_add(&out, "> ");
	} else {
		if (asking->act->target == KIND_INCIDENT &&
		    asking->act->conflict != CONFLICT_CREATES &&
		    client_get(plain->client, &asking->id, &plain->arena, &incident, NULL) ==
			    ERR_OK)
			str_addf(&out, "%s ", client_mark(plain->client, incident, mark));
		str_addf(&out, _("%s: y does it, n does not, FIELD=VALUE adds> "), label);
	}
	plain_question(plain, str_get(&out));
	str_release(&out);
}

static void offer(struct plain_asking *asking, const char *code, const char *label, bool fits,
		  struct str *out)
{
	if (!fits || asking->n_offered == PLAIN_OFFERED)
		return;
	asking->offered[asking->n_offered++] = arena_strdup(&asking->arena, code);
	str_addf(out, "%zu. %s\n", asking->n_offered, label);
}

static bool fits(const char *name, const char *words)
{
	return name && (strstr(name, words) || pinyin_fits(name, words));
}

/* The first of a field's choices that fit what was typed, numbered. */
static void offer_choices(struct plain *plain, const char *words, struct str *out)
{
	struct plain_asking *asking = plain->asking;
	const struct field *field = asking->args[asking->at].field;
	const struct rules *rules = client_rules(plain->client);
	const struct choices *choices = rules_choices_in(rules, field, &plain->arena);

	asking->n_offered = 0;
	for (size_t i = 0; choices && i < choices->n; i++)
		offer(asking, choices->items[i].code, choices->items[i].label,
		      fits(choices->items[i].label, words), out);
	for (size_t i = 0; field->type == FIELD_ORG && i < rules->n_orgs; i++) {
		const struct org *org = &rules->orgs[i];
		const char *name = org->brief ? org->brief : org->name;

		if (org->ends == 0 || org->ends > client_now(plain->client))
			offer(asking, org->code, name,
			      fits(name, words) || fits(org->name, words), out);
	}
}

/* What stands in the place of the first blank. */
static const char *fill_blank(struct plain *plain, const char *line)
{
	const struct plain_asking *asking = plain->asking;
	const char *text = plain_given(asking, asking->args[asking->at].field->name)->value.text;
	const char *blank = strstr(text, "__");

	return arena_printf(&plain->arena, "%.*s%s%s", (int)(blank - text), text, line,
			    blank + strspn(blank, "_"));
}

static void offer_all(struct plain *plain, const char *words, struct error *err)
{
	struct plain_asking *asking = plain->asking;
	bool all = strcmp(words, "?") == 0;
	struct str out = STR_INIT;

	offer_choices(plain, all ? "" : words, &out);
	if (asking->n_offered == 1 && !all &&
	    plain_take_field(plain, asking->args[asking->at].field->name, asking->offered[0],
			     err) == ERR_OK) {
		plain_say(plain, str_get(&out) + strlen("1. "));
		plain_ask_on(plain);
		str_release(&out);
		return;
	}
	if (asking->n_offered == 0 && all && plain_template_any(plain))
		plain_template_offer(plain, &out);
	if (out.len > 0)
		str_cut(&out, out.len - 1);
	plain_say(plain, out.len > 0 ? out.s : err->text[0] ? err->text : _("any words"));
	str_release(&out);
}

/* "phone=139…" where another field is asked for. */
static bool names_field(struct plain *plain, const char *line)
{
	size_t len = strcspn(line, "= ");
	const char *name = arena_strndup(&plain->arena, line, len);

	return line[len] == '=' && (field_called(plain->asking, name) || strcmp(name, "file") == 0 ||
				    str_starts(name, "phone.") || strcmp(name, "template") == 0);
}

/* What was typed for the field: the value, a number of those offered, or a beginning of one. */
static void answer_field(struct plain *plain, const char *line)
{
	struct plain_asking *asking = plain->asking;
	const char *name = asking->args[asking->at].field->name;
	struct error err = ERROR_INIT;
	long long choice;

	if (names_field(plain, line)) {
		if (take_fields(plain, arena_strdup(&plain->arena, line), &err) != ERR_OK)
			plain_say(plain, err.text);
		plain_ask_on(plain);
		return;
	}
	if (asking->n_offered > 0 && str_int(line, 1, (long long)asking->n_offered, &choice)) {
		name = asking->templates ? "template" : name;
		line = asking->offered[choice - 1];
	} else if (asking->blank && *line != '\0' && strcmp(line, "?") != 0) {
		line = fill_blank(plain, line);
	}
	if (*line == '\0')
		plain_say(plain, _("it is needed; ? lists what it may be, . leaves"));
	else if (strcmp(line, "?") != 0 && plain_take_field(plain, name, line, &err) == ERR_OK)
		plain_ask_on(plain);
	else
		offer_all(plain, line, &err);
}

static bool is_yes(const char *line)
{
	return strcmp(line, "y") == 0 || strcmp(line, "1") == 0;
}

static bool is_no(const char *line)
{
	return strcmp(line, "n") == 0 || strcmp(line, "2") == 0;
}

/* "M 2" registers it and merges it into the second that may be the same; it is registered either way.
 * False: it says something else. */
static bool merge_into(struct plain *plain, const char *line)
{
	struct plain_asking *asking = plain->asking;
	long long number;
	struct uuid lead;

	if (*line != 'M' || asking->n_same == 0)
		return false;
	if (!str_int(line + 1 + strspn(line + 1, " "), 1, (long long)asking->n_same, &number)) {
		plain_say(plain, _("a number of these; . leaves"));
		return true;
	}
	lead = asking->same[number - 1];
	if (!plain_can_lead(plain, &lead))
		plain_say(plain, _("It is closed, or merged into another one: nothing can be merged "
				   "into it."));
	else if (do_it(plain) == ERR_OK)
		plain_merge_new(plain, &lead);
	return true;
}

void plain_answer(struct plain *plain, const char *line)
{
	struct plain_asking *asking = plain->asking;
	struct error err = ERROR_INIT;
	struct str out = STR_INIT;

	if (strcmp(line, ".") == 0 || strcmp(line, "\033") == 0) {
		plain_ask_leave(plain);
	} else if (asking->at < asking->n_args) {
		answer_field(plain, line);
	} else if (strchr(line, '=')) {
		if (take_fields(plain, arena_strdup(&plain->arena, line), &err) != ERR_OK)
			plain_say(plain, err.text);
		else
			plain_ask_on(plain);
	} else if (is_yes(line)) {
		(void)!do_it(plain);
	} else if (is_no(line)) {
		plain_ask_leave(plain);
	} else if (!merge_into(plain, line)) {
		add_optional(asking, &out);
		plain_sayf(plain, _("fields: %s"), str_get(&out));
		if (plain_template_any(plain))
			plain_say(plain, _("template=NAME fills it in; template=? lists them"));
	}
	if (plain->asking)
		settle(plain);
	str_release(&out);
}

/* ---- taking back, and the desk ---- */

void plain_undo(struct plain *plain, const char *args)
{
	const struct rules *rules = client_rules(plain->client);
	struct error err = ERROR_INIT;
	struct undo undo;
	enum err code = ERR_NOT_FOUND;

	(void)args;
	if (!plain->any)
		error_set(&err, code, "%s", _("no incident is selected"));
	else
		code = undo_find(plain->client, &plain->focus, &undo, &err);
	if (code == ERR_OK && undo.inverse) {
		plain_say(plain, arena_printf(&plain->arena, _("%s undoes %s: type %s"),
					      rules_act_label(rules, undo.inverse),
					      rules_act_label(rules, undo.did), undo.inverse->verb));
		return;
	}
	if (code == ERR_OK)
		code = client_take_back(plain->client, &undo.act, &err);
	if (code == ERR_OK)
		plain_wake(plain);
	plain_say(plain, code != ERR_OK ? err.text : _("taken back"));
}

void plain_desk(struct plain *plain, const char *args)
{
	struct error err = ERROR_INIT;
	struct client_done done;
	struct uuid act;
	const char *word = strchr(args, ' ') + 1;
	bool keep = str_starts(args, "keep");
	enum err code = client_find_act(plain->client, word, &act, &err);

	if (code == ERR_OK)
		code = keep ? client_desk_again(plain->client, &act, NULL, 0, &done, &err)
			    : client_desk_drop(plain->client, &act, &err);
	if (code == ERR_OK && keep)
		plain_wake(plain);
	plain_say(plain, code != ERR_OK ? err.text
			 : keep		? _("done again, waits to be sent")
					: _("given up"));
}
