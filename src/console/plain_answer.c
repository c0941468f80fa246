/* The questions that an act asks, and what is answered. */
#include <config.h>

#include "plain_ask.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/pinyin.h"

static void add_optional(const struct plain_asking *asking, struct str *out)
{
	for (size_t i = 0; i < asking->n_args; i++) {
		const struct field *field = asking->args[i].field;

		if (!(field->flags & F_HIDDEN) && !plain_given(asking, field->name))
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

	return line[len] == '=' &&
	       (plain_field_called(plain->asking, name) || strcmp(name, "file") == 0 ||
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
		if (plain_take_fields(plain, arena_strdup(&plain->arena, line), &err) != ERR_OK)
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
	else if (plain_do(plain) == ERR_OK)
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
		if (plain_take_fields(plain, arena_strdup(&plain->arena, line), &err) != ERR_OK)
			plain_say(plain, err.text);
		else
			plain_ask_on(plain);
	} else if (is_yes(line)) {
		(void)!plain_do(plain);
	} else if (is_no(line)) {
		plain_ask_leave(plain);
	} else if (!merge_into(plain, line)) {
		add_optional(asking, &out);
		plain_sayf(plain, _("fields: %s"), str_get(&out));
		if (plain_template_any(plain))
			plain_say(plain, _("template=NAME fills it in; template=? lists them"));
	}
	if (plain->asking)
		plain_settle(plain);
	str_release(&out);
}
