/* zhiban do VERB ID FIELD=VALUE …: an act, as from the console, also for somebody on the phone. */
#include <config.h>

#include <string.h>

#include "console.h"
#include "show.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/desk.h"
#include "zhiban/client/value.h"
#include "zhiban/domain/inspection.h"
#include "zhiban/model/meeting_words.h"
#include "zhiban/model/subject.h"

static enum err find_act(const char *verb, const struct act_desc **ret_act, struct error *err)
{
	const struct act_desc *act = act_desc_find(verb);
	struct str verbs = STR_INIT;

	if (act != NULL && (act->flags & (ACT_SYSTEM | ACT_SELF)) == 0) {
		*ret_act = act;
		return ERR_OK;
	}
	for (size_t i = 0; i < act_desc_count(); i++)
		if (act_is_offered(act_desc_at(i)))
			str_addf(&verbs, " %s", act_desc_at(i)->verb);
	error_set(err, ERR_USAGE, _("\"%s\" is no act; there are%s"), verb, str_get(&verbs));
	str_release(&verbs);
	return ERR_USAGE;
}

/* --reason goes where the act takes its words: reason, note, result or closing reason. */
static enum err give_reason(const struct act_desc *act, const char *reason, struct given *given,
			    size_t *n, struct error *err)
{
	static const char *const names[] = { "reason", "note", "close_reason", "result", "words" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const struct field *field = act_arg_field(act, names[i]);

		if (field == NULL)
			continue;
		given[(*n)++] = (struct given){ field, { .is_text = true, .text = reason } };
		return ERR_OK;
	}
	return error_set(err, ERR_USAGE, _("%s takes no reason"), act->verb);
}

/* What became of the act once the folder is in step. */
static enum err tell_answer(struct console *console, const struct act_desc *act,
			    const struct client_done *done, struct str *out, struct error *err)
{
	struct client_change change;
	struct client_waiting *rows;
	struct subject subject;
	size_t n;
	char mark[48];
	enum err rc = client_poll(console->client, &change, err);

	if (rc == ERR_OK)
		rc = client_outbox(console->client, true, &console->arena, &rows, &n, err);
	for (size_t i = 0; rc == ERR_OK && i < n; i++) {
		if (!uuid_eq(&rows[i].act.id, &done->act))
			continue;
		if (rows[i].state == OUTBOX_REFUSED)
			return error_set(err, rows[i].code == ERR_DENIED ? ERR_DENIED : ERR_REFUSED,
					 "%s", rows[i].sentence);
		str_addf(out, "%s: %s\n", _("accepted"), rows[i].note);
		return ERR_OK;
	}
	if (rc == ERR_OK && act->target != KIND_INCIDENT && act->target != KIND_WHISTLE &&
	    !(joint_is(act->target) && act->target != KIND_ROOM)) {
		str_addf(out, "%s\n", _("applied"));
		return ERR_OK;
	}
	if (rc == ERR_OK)
		rc = subject_get(console->client, act->target, &done->target, &console->arena,
				 &subject, err);
	if (rc == ERR_OK)
		str_addf(out, "%s %s\n", _("applied"),
			 subject_mark(console->client, &subject, mark));
	return rc;
}

static enum err do_it(struct console *console, const struct act_desc *act,
		      const struct uuid *target, const struct given *given, size_t n,
		      const struct by_phone *phone, const char *wait, struct error *err)
{
	struct client_done done;
	struct str out = STR_INIT;
	char id[UUID_TEXT];
	int64_t wait_ms;
	enum err rc = command_seconds("--wait", wait, &wait_ms, err);

	if (rc == ERR_OK)
		rc = act_gathers(act, given, n)
			     ? do_gather(console->client, act, given, n, &done, err)
			     : client_act_phone(console->client, act, target, given, n, phone, &done,
						err);
	if (rc != ERR_OK)
		return rc;
	uuid_text(act->conflict == CONFLICT_CREATES ? &done.target : &done.act, id);
	str_addf(&out, "%s\n", id);
	rc = console_print(&out, err);
	if (rc == ERR_OK && wait != NULL)
		rc = console_sync(console, wait_ms, err);
	if (rc == ERR_OK && wait != NULL)
		rc = tell_answer(console, act, &done, &out, err);
	if (rc == ERR_OK && out.len > 0)
		rc = console_print(&out, err);
	str_release(&out);
	return rc;
}

/* What was said by telephone: the pairs, and the words where they have commas of their own. */
static enum err take_phone(struct console *console, const char *pairs, const char *wording,
			   struct by_phone *phone, struct error *err)
{
	if (wording != NULL)
		phone->wording = wording;
	return pairs != NULL ? client_phone(console->client, pairs, &console->arena, phone, err)
			     : ERR_OK;
}

/* Of a periodic check the day is enough: its time is the profile's. */
static void inspect_due(struct console *console, const struct act_desc *act,
			const struct by_phone *phone, struct given *given, size_t n)
{
	const struct rules *rules = client_rules(console->client);
	const struct actor *actor = client_actor(console->client);
	const char *org = phone->org != NULL ? phone->org : actor != NULL ? actor->org : NULL;
	const struct org *whose = rules_org_named(rules, org);
	struct check_due checks[CHECKS_MOST];
	struct given *due = NULL;
	const char *label = NULL;

	for (size_t i = 0; i < n; i++) {
		due = strcmp(given[i].field->name, "due") == 0 ? &given[i] : due;
		label = strcmp(given[i].field->name, "label") == 0 ? given[i].value.text : label;
	}
	if (act->target != KIND_INSPECTION || due == NULL || whose == NULL ||
	    due->value.num != civil_ms_of_day(civil_day_of_ms(due->value.num, rules->offset_min),
					      rules->offset_min))
		return;
	n = checks_due(rules, whose->code, due->value.num, due->value.num + DAY_MS, checks);
	for (size_t i = 0; i < n; i++)
		if (str_eq(checks[i].label, label))
			due->value.num = checks[i].due;
}

static bool wants_id(const struct act_desc *act)
{
	return act->conflict != CONFLICT_CREATES &&
	       (act->target == KIND_INCIDENT || act->target == KIND_NOTICE ||
		act->target == KIND_WHISTLE || act_is_of_duty(act));
}

/* What the word behind the act says is an argument of it. */
static bool takes_word(const struct act_desc *act)
{
	return act->target == KIND_ROSTER || act->target == KIND_ROOM ||
	       ((act->target == KIND_ITEM || act->target == KIND_ACTION) &&
		act->conflict == CONFLICT_CREATES);
}

/* To what: the word behind the act; *first is the first word that is an argument. */
static enum err take_target(struct console *console, const char *const *rest, size_t n,
			    const struct act_desc **act, struct uuid *target, struct given *given,
			    size_t *n_given, size_t *first, struct error *err)
{
	bool named = n > 1 && strchr(rest[1], '=') == NULL;

	if ((*act)->target == KIND_ROSTER && named)
		(void)act_of_other(console, rest[1], act);
	*first = wants_id(*act) || (takes_word(*act) && named) ? 2 : 1;
	if (takes_word(*act) && (*act)->target != KIND_ROSTER)
		return named ? act_meeting_words(console, *act, rest[1], given, n_given, err) : ERR_OK;
	if ((*act)->target == KIND_ROSTER)
		return named ? act_roster_words(console, *act, rest[1], given, n_given, err) : ERR_OK;
	if (!wants_id(*act))
		return ERR_OK;
	if (n < 2)
		return error_set(err, ERR_USAGE,
				 (*act)->target == KIND_WHISTLE
					 ? _("say to which whistle: zhiban do %s ID")
				 : act_is_of_duty(*act) ? _("say to which: zhiban do %s ID")
							: _("say to which incident: zhiban do %s ID"),
				 (*act)->verb);
	return act_target(console, rest[1], act, target, err);
}

enum err do_command(struct console *console, int argc, char **argv, struct error *err)
{
	const char *reason = NULL, *wait = NULL, *rest[ACT_ARGS_MAX], *pairs = NULL,
		   *wording = NULL, *pin = NULL;
	const struct command_option options[] = {
		{ "reason", &reason, NULL },
		{ "wait", &wait, NULL },
		{ "by-phone", &pairs, NULL },
		{ "by-phone-wording", &wording, NULL },
		{ "pin-file", &pin, NULL },
	};
	struct by_phone phone = { .at = 0 };
	const struct act_desc *act = NULL;
	struct given given[ACT_ARGS_MAX + 4];
	struct uuid target = { { 0 } };
	size_t n, n_given = 0, first = 1;
	enum err rc = command_words(argc, argv, options, ARRAY_LEN(options), rest,
				    ARRAY_LEN(rest), &n, err);

	if (rc == ERR_OK && n == 0)
		rc = error_set(err, ERR_USAGE, _("say what to do: %s"),
			       "zhiban do VERB ID FIELD=VALUE");
	if (rc == ERR_OK)
		rc = find_act(rest[0], &act, err);
	if (rc == ERR_OK)
		rc = console_client(console, err);
	if (rc == ERR_OK)
		rc = take_target(console, rest, n, &act, &target, given, &n_given, &first, err);
	if (rc == ERR_OK)
		rc = console_given(console, act, rest + first, n - first, given, &n_given, err);
	if (rc == ERR_OK && reason != NULL)
		rc = give_reason(act, reason, given, &n_given, err);
	if (rc == ERR_OK && act->conflict == CONFLICT_CREATES)
		rc = place_fill(console, act, given, &n_given, err);
	if (rc == ERR_OK)
		rc = take_phone(console, pairs, wording, &phone, err);
	if (rc == ERR_OK && act_is_signed(act) && pairs == NULL)
		rc = act_sign(console->client, pin, err);
	else if (rc == ERR_OK && pin != NULL)
		rc = error_set(err, ERR_USAGE, _("%s is not signed: it takes no --pin-file"),
			       act->verb);
	if (rc != ERR_OK)
		return rc;
	inspect_due(console, act, &phone, given, n_given);
	return do_it(console, act, &target, given, n_given, &phone, wait, err);
}
