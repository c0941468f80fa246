/* Acts line by line: what is not said with them is asked for, field by field. */
#include <config.h>

#include "plain_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/pinyin.h"
#include "zhiban/client/desk.h"
#include "zhiban/client/value.h"
#include "zhiban/model/undo.h"

enum { OFFERED = 9 };

struct plain_asking {
	const struct act_desc *act;
	struct uuid id;
	struct given given[ACT_ARGS_MAX];
	size_t n;
	struct by_phone phone;
	struct act_arg args[ACT_ARGS_MAX];
	size_t n_args, at; /* args[at] is asked for; n_args: whether it shall be done */
	const char *offered[OFFERED]; /* words that 1 to 9 stand for */
	size_t n_offered;
	struct arena arena; /* of what was given */
};

/* ---- what is said with the act ---- */

/* One FIELD and its VALUE; phone.KEY: what was said by telephone. */
static enum err take_field(struct plain *plain, struct plain_asking *asking, const char *name,
			   const char *words, struct error *err)
{
	struct given *given = &asking->given[asking->n];
	enum err code;

	if (str_starts(name, "phone."))
		return client_phone(plain->client,
				    arena_printf(&plain->arena, "%s=%s", name + strlen("phone."),
						 words),
				    &asking->arena, &asking->phone, err);
	if (strcmp(name, "file") == 0 && asking->n + CLIENT_FILE_GIVEN <= ACT_ARGS_MAX)
		return client_file(asking->act, words, &asking->arena, asking->given, &asking->n,
				   err);
	if (asking->n == ACT_ARGS_MAX)
		return error_set(err, ERR_INPUT, "%s", _("too many fields"));
	given->field = act_arg_field(asking->act, name);
	for (size_t i = 0; !given->field && i < asking->n_args; i++)
		if (strcmp(_(asking->args[i].field->title), name) == 0)
			given->field = asking->args[i].field;
	if (!given->field)
		return error_set(err, ERR_INPUT, _("%s: there is no such field here"), name);
	code = client_value(plain->client, given->field, words, &asking->arena, &given->value, err);
	if (code == ERR_OK)
		asking->n++;
	return code;
}

/* A word without "=" belongs to the value before it. */
static enum err take_fields(struct plain *plain, struct plain_asking *asking, char *rest,
			    struct error *err)
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
		code = take_field(plain, asking, rest, equals + 1, err);
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
		return client_find(plain->client, word, &asking->id, err);
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
	arena_release(&plain->asking->arena);
	free(plain->asking);
	plain->asking = NULL;
}

static void wake(struct plain *plain)
{
	if (plain->face->worker)
		worker_ask(plain->face->worker, &(struct ask){ .kind = ASK_WAKE });
}

static void do_it(struct plain *plain)
{
	struct plain_asking *asking = plain->asking;
	struct error err = ERROR_INIT;
	struct client_done done;
	enum err code = client_act_phone(plain->client, asking->act, &asking->id, asking->given,
					 asking->n, &asking->phone, &done, &err);

	plain_ask_free(plain);
	if (code == ERR_OK) {
		plain->focus = done.target;
		plain->any = true;
		wake(plain);
	}
	plain_say(plain, code == ERR_OK ? _("done here, waits to be sent") : err.text);
}

static bool is_given(const struct plain_asking *asking, const struct field *field)
{
	for (size_t i = 0; i < asking->n; i++)
		if (asking->given[i].field == field)
			return true;
	return false;
}

/* On to the next that is needed and was not said. */
static void go_on(struct plain_asking *asking)
{
	while (asking->at < asking->n_args &&
	       (!asking->args[asking->at].required ||
		is_given(asking, asking->args[asking->at].field)))
		asking->at++;
	asking->n_offered = 0;
}

static enum err may(struct plain *plain, const struct plain_asking *asking, struct error *err)
{
	struct incident *incident = NULL;
	enum err code = ERR_OK;

	if (asking->act->conflict != CONFLICT_CREATES && asking->act->target == KIND_INCIDENT)
		code = client_get(plain->client, &asking->id, &plain->arena, &incident, err);
	return code == ERR_OK ? client_possible(plain->client, incident, asking->act, err) : code;
}

void plain_act(struct plain *plain, const struct act_desc *act, char *rest)
{
	struct error err = ERROR_INIT;
	bool said;
	enum err code;

	plain_ask_free(plain);
	plain->asking = mem_alloc(sizeof *plain->asking);
	plain->asking->act = act;
	plain->asking->n_args = act_args(act, plain->asking->args);
	code = take_target(plain, plain->asking, &rest, &err);
	said = *rest != '\0';
	if (code == ERR_OK)
		code = take_fields(plain, plain->asking, rest, &err);
	if (code == ERR_OK)
		code = may(plain, plain->asking, &err);
	if (code != ERR_OK) {
		plain_say(plain, err.text);
		plain_ask_free(plain);
		return;
	}
	go_on(plain->asking);
	if (plain->asking->at == plain->asking->n_args && said)
		do_it(plain);
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

void plain_ask_again(struct plain *plain)
{
	const struct plain_asking *asking = plain->asking;
	const char *label = rules_act_label(client_rules(plain->client), asking->act);
	struct incident *incident;
	char mark[48] = "";
	struct str out = STR_INIT;

	if (asking->at < asking->n_args) {
		fprintf(stdout, "%s> ", _(asking->args[asking->at].field->title));
		return;
	}
	if (asking->act->target == KIND_INCIDENT && asking->act->conflict != CONFLICT_CREATES &&
	    client_get(plain->client, &asking->id, &plain->arena, &incident, NULL) == ERR_OK)
		str_addf(&out, "%s ", client_mark(plain->client, incident, mark));
	str_addf(&out, _("%s: y does it, n does not, FIELD=VALUE adds> "), label);
	fputs(str_get(&out), stdout);
	str_release(&out);
}

static void offer(struct plain_asking *asking, const char *code, const char *label, bool fits,
		  struct str *out)
{
	if (!fits || asking->n_offered == OFFERED)
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

/* What was typed for the field: the value, a number of those offered, or a beginning of one. */
static void answer_field(struct plain *plain, const char *line)
{
	struct plain_asking *asking = plain->asking;
	const char *name = asking->args[asking->at].field->name;
	struct error err = ERROR_INIT;
	struct str out = STR_INIT;
	long long choice;

	if (str_int(line, 1, (long long)asking->n_offered, &choice) && asking->n_offered > 0)
		line = asking->offered[choice - 1];
	if (*line == '\0') {
		plain_say(plain, _("it is needed; ? lists what it may be, . leaves"));
	} else if (strcmp(line, "?") != 0 && take_field(plain, asking, name, line, &err) == ERR_OK) {
		go_on(asking);
	} else {
		offer_choices(plain, strcmp(line, "?") == 0 ? "" : line, &out);
		if (asking->n_offered == 1 && strcmp(line, "?") != 0 &&
		    take_field(plain, asking, name, asking->offered[0], &err) == ERR_OK) {
			plain_say(plain, str_get(&out) + strlen("1. "));
			go_on(asking);
		} else if (asking->n_offered > 0) {
			str_cut(&out, out.len - 1);
			plain_say(plain, out.s);
		} else {
			plain_say(plain, err.text[0] ? err.text : _("any words"));
		}
	}
	str_release(&out);
}

void plain_answer(struct plain *plain, const char *line)
{
	struct plain_asking *asking = plain->asking;
	struct error err = ERROR_INIT;
	struct str out = STR_INIT;

	if (strcmp(line, ".") == 0 || strcmp(line, "\033") == 0) {
		plain_ask_free(plain);
		plain_say(plain, _("left; nothing was done"));
	} else if (asking->at < asking->n_args) {
		answer_field(plain, line);
	} else if (strchr(line, '=')) {
		if (take_fields(plain, asking, arena_strdup(&plain->arena, line), &err) != ERR_OK)
			plain_say(plain, err.text);
	} else if (strcmp(line, "y") == 0 || strcmp(line, "1") == 0) {
		do_it(plain);
	} else if (strcmp(line, "n") == 0 || strcmp(line, "2") == 0) {
		plain_ask_free(plain);
		plain_say(plain, _("left; nothing was done"));
	} else {
		add_optional(asking, &out);
		plain_say(plain, arena_printf(&plain->arena, _("fields: %s"), str_get(&out)));
	}
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
		wake(plain);
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
		wake(plain);
	plain_say(plain, code != ERR_OK ? err.text
			 : keep		? _("done again, waits to be sent")
					: _("given up"));
}
