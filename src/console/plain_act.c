/* Acts line by line: what is not said with them is asked for, field by field. */
#include <config.h>

#include "plain_ask.h"

#include <stdlib.h>
#include <string.h>

#include "show.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/handover.h"
#include "zhiban/client/value.h"
#include "zhiban/model/subject.h"

/* ---- what is said with the act ---- */

const struct given *plain_given(const struct plain_asking *asking, const char *name)
{
	for (size_t i = 0; i < asking->n; i++)
		if (strcmp(asking->given[i].field->name, name) == 0)
			return &asking->given[i];
	return NULL;
}

const struct field *plain_field_called(const struct plain_asking *asking, const char *name)
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

static bool is_repeated(const struct plain_asking *asking, const struct field *field)
{
	for (size_t i = 0; i < asking->n_args; i++)
		if (asking->args[i].field == field)
			return asking->args[i].repeat;
	return false;
}

/* Several are divided by commas; what was said of the field before is replaced. */
static enum err take_several(struct plain *plain, const struct field *field, const char *words,
			     struct error *err)
{
	struct plain_asking *asking = plain->asking;
	struct given given[ACT_ARGS_MAX];
	char *rest = arena_strdup(&asking->arena, words), *word;
	size_t n = 0;

	for (size_t i = 0; i < asking->n; i++)
		if (asking->given[i].field != field)
			given[n++] = asking->given[i];
	while ((word = strsep(&rest, ",")) != NULL) {
		enum err code;

		word += strspn(word, " ");
		if (!*word)
			continue;
		if (n == ACT_ARGS_MAX)
			return error_set(err, ERR_INPUT, "%s", _("too many fields"));
		given[n].field = field;
		code = client_value(plain->client, field, word, &asking->arena, &given[n].value, err);
		if (code != ERR_OK)
			return code;
		n++;
	}
	memcpy(asking->given, given, n * sizeof *given);
	asking->n = n;
	note_words(asking, field->name, words);
	return ERR_OK;
}

static enum err take_value(struct plain *plain, const char *name, const char *words,
			   struct error *err)
{
	struct plain_asking *asking = plain->asking;
	const struct field *field = plain_field_called(asking, name);
	struct value value;
	size_t i = 0;
	enum err code;

	if (!field)
		return error_set(err, ERR_INPUT, _("%s: there is no such field here"), name);
	if (is_repeated(asking, field))
		return take_several(plain, field, words, err);
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

enum err plain_take_fields(struct plain *plain, char *rest, struct error *err)
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

/* A whistle is blown for the case named first, or for the one in front of the prompt. */
static enum err take_source(struct plain *plain, struct plain_asking *asking, char **rest,
			    struct error *err)
{
	size_t len = strcspn(*rest, " ");
	const char *word = arena_strndup(&plain->arena, *rest, len);
	struct uuid id = plain->focus;
	struct incident *incident;
	char text[UUID_TEXT];
	enum err code = ERR_OK;

	if (len > 0 && !strchr(word, '=')) {
		*rest += len + strspn(*rest + len, " ");
		code = plain_named(plain, word, &id, err);
	} else if (!plain->any) {
		return ERR_OK;
	}
	if (code != ERR_OK ||
	    client_get(plain->client, &id, &asking->arena, &incident, NULL) != ERR_OK)
		return code;
	uuid_text(&id, text);
	code = take_several(plain, act_arg_field(asking->act, "incident"), text, err);
	if (code == ERR_OK && incident->title)
		code = take_value(plain, "title", incident->title, err);
	plain_sayf(plain, _("for %s"), plain_row(plain, incident));
	return code;
}

/* Acts go by kind: of a whistle it is the whistle's act of that name. */
static void take_kind(struct plain *plain, struct plain_asking *asking)
{
	const struct act_desc *act = act_desc_of(KIND_WHISTLE, asking->act->verb);

	if (!act || act == asking->act || !plain_is_whistle(plain, &asking->id, NULL))
		return;
	asking->act = act;
	asking->n_args = act_args(act, asking->args);
}

/* A person, a swap, a record by its number or name; of handovers, without a word, the desk's own. */
static enum err take_thing(struct plain *plain, struct plain_asking *asking, char **rest,
			   struct error *err)
{
	size_t len = strcspn(*rest, " ");
	const char *word = arena_strndup(&plain->arena, *rest, len);
	struct handover_desk desk;
	enum err code;

	if (len > 0 && !strchr(word, '=')) {
		*rest += len + strspn(*rest + len, " ");
		return client_find_kind(plain->client, asking->act->target, word, &asking->id, err);
	}
	if (asking->act->target != KIND_HANDOVER)
		return ERR_OK;
	code = handover_of_desk(plain->client, NULL, &plain->arena, &desk, err);
	if (code == ERR_OK && !desk.has)
		code = error_set(err, ERR_NOT_FOUND, "%s", _("nothing was handed over here yet"));
	if (code == ERR_OK)
		asking->id = desk.now.handover->head.id;
	return code;
}

/* The incident named first, else the one in front of the prompt. */
static enum err take_target(struct plain *plain, struct plain_asking *asking, char **rest,
			    struct error *err)
{
	const struct act_desc *act = asking->act;
	size_t len = strcspn(*rest, " ");
	const char *word = arena_strndup(&plain->arena, *rest, len);

	if (act->target == KIND_WHISTLE && act->conflict == CONFLICT_CREATES)
		return take_source(plain, asking, rest, err);
	if (act->conflict != CONFLICT_CREATES && act_is_of_duty(act))
		return take_thing(plain, asking, rest, err);
	if (act->conflict == CONFLICT_CREATES ||
	    (act->target != KIND_INCIDENT && act->target != KIND_WHISTLE))
		return ERR_OK;
	if (len > 0 && !strchr(word, '=')) {
		enum err code = plain_named(plain, word, &asking->id, err);

		*rest += len + strspn(*rest + len, " ");
		if (code != ERR_OK)
			return code;
	} else if (!plain->any) {
		return error_set(err, ERR_INPUT, "%s", _("no incident is selected"));
	} else {
		asking->id = plain->focus;
	}
	take_kind(plain, asking);
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
enum err plain_do(struct plain *plain)
{
	struct plain_asking *asking = plain->asking;
	struct error err = ERROR_INIT;
	struct client_done done;
	enum err code = act_gathers(asking->act, asking->given, asking->n)
				? do_gather(plain->client, asking->act, asking->given, asking->n,
					    &done, &err)
				: client_act_phone(plain->client, asking->act, &asking->id,
						   asking->given, asking->n, &asking->phone, &done,
						   &err);

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
	struct subject subject;
	bool has = asking->act->conflict != CONFLICT_CREATES &&
		   (asking->act->target == KIND_INCIDENT || asking->act->target == KIND_WHISTLE);
	enum err code = ERR_OK;

	if (has)
		code = subject_get(plain->client, asking->act->target, &asking->id, &plain->arena,
				   &subject, err);
	return code == ERR_OK ? subject_possible(plain->client, has ? &subject : NULL, asking->act,
						 err)
			      : code;
}

static void ask_new(struct plain *plain, const struct act_desc *act)
{
	plain_ask_free(plain);
	plain->asking = mem_alloc(sizeof *plain->asking);
	plain->asking->act = act;
	plain->asking->n_args = act_args(act, plain->asking->args);
}

/* What is told while it is asked for, and kept so far. */
void plain_settle(struct plain *plain)
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
	plain_settle(plain);
}

void plain_ask_resume(struct plain *plain, const struct act_desc *act, const struct draft *draft)
{
	ask_new(plain, act);
	plain_draft_take(plain, draft);
	plain_ask_on(plain);
	plain_settle(plain);
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
		code = plain_take_fields(plain, rest, &err);
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
		(void)!plain_do(plain);
	else
		plain_settle(plain);
}
