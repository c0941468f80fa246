/* zhiban meeting reply FILE…: answers to invitations out of calendar files, as acts. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "meeting.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/client/meeting.h"
#include "zhiban/client/value.h"
#include "zhiban/wire/ical_meeting.h"

enum { FILES_MOST = 200, GIVEN_MOST = 8 };

struct taking {
	struct console *console;
	const char *path;
	bool dry;
	size_t taken, same, rejected;
	bool denied; /* all that was rejected was not his to do */
};

/* What stood in a file is cleaned before a terminal sees it. */
static void print_clean(struct str *words)
{
	struct str clean = STR_INIT;

	text_clean(&clean, str_get(words), words->len, true);
	fputs(str_get(&clean), stderr);
	str_release(&clean);
	str_release(words);
}

static void reject(struct taking *run, int64_t line, enum err code, const char *why)
{
	struct str words = STR_INIT;

	str_addf(&words, _("%s, line %lld: %s\n"), run->path, (long long)line, why);
	run->denied = code == ERR_DENIED && (run->rejected == 0 || run->denied);
	run->rejected++;
	print_clean(&words);
}

/* ---- one answer as an act ---- */

static void give(const struct act_desc *act, struct given *given, size_t *n, const char *name,
		 const char *text)
{
	const struct field *field = act_arg_field(act, name);

	if (field != NULL && text != NULL && *n < GIVEN_MOST)
		given[(*n)++] = (struct given){field, {.is_text = true, .text = text}};
}

static size_t arguments(const struct taking *run, const struct act_desc *act,
			const struct ical_reply *reply, const struct attendee *attendee,
			struct given *given)
{
	char *id = arena_alloc(&run->console->arena, UUID_TEXT);
	bool leave = reply->answer == ANSWER_LEAVE;
	size_t n = 0;

	uuid_text(&attendee->id, id);
	give(act, given, &n, "answer", attendee_answer_code(reply->answer));
	give(act, given, &n, "attendee", id);
	give(act, given, &n, "reason",
	     reply->comment != NULL ? reply->comment
	     : leave                ? _("no reason said")
				    : NULL);
	if (reply->answer == ANSWER_DELEGATED) {
		give(act, given, &n, "comer", reply->delegate);
		give(act, given, &n, "comer_phone", reply->delegate_phone);
	}
	return n;
}

/* Of another organisation it is recorded for it, as if it had rung. */
static struct by_phone for_whom(const struct taking *run, const struct attendee *attendee)
{
	const struct actor *actor = client_actor(run->console->client);
	const struct rules *rules = client_rules(run->console->client);
	struct arena *arena = &run->console->arena;
	struct by_phone phone = {.at = 0};

	if (actor == NULL || str_eq(actor->org, attendee->org))
		return phone;
	phone.org = attendee->org;
	phone.rung = ical_meeting_name(rules, attendee, arena);
	phone.answered_by = phone.rung;
	phone.wording = arena_printf(arena, _("by an answer to the invitation (%s)"), run->path);
	return phone;
}

static bool stands_so(const struct ical_reply *reply, const struct attendee *attendee)
{
	return attendee_answer(attendee) == reply->answer &&
	       (reply->answer != ANSWER_DELEGATED || str_eq(attendee->delegate, reply->delegate));
}

static enum err answer(struct taking *run, const struct meeting *meeting,
		       const struct ical_reply *reply, const struct attendee *attendee,
		       struct error *err)
{
	const struct act_desc *act = act_desc_of(KIND_MEETING, "answer");
	const struct by_phone phone = for_whom(run, attendee);
	struct given given[GIVEN_MOST];
	size_t n = arguments(run, act, reply, attendee, given);
	struct client_done done;

	return run->dry ? client_try_phone(run->console->client, act, &meeting->head.id, given, n,
					   &phone, err)
			: client_act_phone(run->console->client, act, &meeting->head.id, given, n,
					   &phone, &done, err);
}

static void say(const struct taking *run, const struct meeting *meeting,
		const struct ical_reply *reply, const struct attendee *attendee, bool same)
{
	const struct rules *rules = client_rules(run->console->client);
	struct arena *arena = &run->console->arena;
	struct str out = STR_INIT;

	str_addf(&out, "%s  %s: %s", meeting->number != NULL ? meeting->number : "-",
		 ical_meeting_name(rules, attendee, arena), attendee_answer_label(reply->answer));
	if (reply->answer == ANSWER_DELEGATED)
		str_addf(&out, " %s", reply->delegate);
	if (reply->comment != NULL)
		str_addf(&out, " (%s)", reply->comment);
	if (same)
		str_addf(&out, "  %s", _("as it was"));
	str_add_char(&out, '\n');
	print_clean(&out);
}

/* Errors about this answer are told; others end it all. */
static bool is_of_record(enum err code)
{
	return code == ERR_REFUSED || code == ERR_INPUT || code == ERR_DENIED ||
	       code == ERR_NOT_FOUND || code == ERR_EXISTS;
}

static enum err take(struct taking *run, const struct ical_record *record, struct error *err)
{
	const struct rules *rules = client_rules(run->console->client);
	struct arena *arena = &run->console->arena;
	const struct attendee *attendee = NULL;
	struct client_meeting found = {.meeting = NULL};
	struct ical_reply reply;
	enum err code = ical_reply_read(rules, record, arena, &reply, err);
	bool same;

	if (code == ERR_OK)
		code = client_meeting_get(run->console->client, &reply.meeting, arena, &found, err);
	if (code == ERR_NOT_FOUND)
		return error_set(err, code, "%s", _("the meeting it answers is not here"));
	if (code == ERR_OK)
		code = ical_reply_match(rules, found.meeting, &reply, arena, &attendee, err);
	if (code != ERR_OK)
		return code;
	same = stands_so(&reply, attendee);
	if (!same)
		code = answer(run, found.meeting, &reply, attendee, err);
	if (code != ERR_OK)
		return code;
	run->taken += !same;
	run->same += same;
	say(run, found.meeting, &reply, attendee, same);
	return ERR_OK;
}

/* ---- files ---- */

static enum err take_all(struct taking *run, const struct ical_calendar *calendar,
			 struct error *err)
{
	size_t before = run->taken + run->same + run->rejected;

	for (size_t i = 0; i < calendar->n_rejects; i++)
		reject(run, calendar->rejects[i].line, ERR_INPUT, calendar->rejects[i].why);
	for (size_t i = 0; i < calendar->n_records; i++) {
		struct error why = ERROR_INIT;
		enum err code = take(run, &calendar->records[i], &why);

		if (code != ERR_OK && !is_of_record(code))
			return error_set(err, code, "%s", why.text);
		if (code != ERR_OK)
			reject(run, calendar->records[i].line, code, why.text);
	}
	if (before == run->taken + run->same + run->rejected)
		reject(run, 1, ERR_INPUT, _("nothing stands in it"));
	return ERR_OK;
}

static enum err take_file(struct taking *run, struct error *err)
{
	const struct ical_ask ask = {0, 0, client_rules(run->console->client)->offset_min, 1};
	struct ical_calendar calendar = {.n_records = 0};
	struct str bytes = STR_INIT;
	struct error why = ERROR_INIT;
	enum err code = file_read(run->path, ICAL_FILE_MOST, &bytes, err);

	if (code == ERR_OK) {
		code = ical_read(str_get(&bytes), bytes.len, &ask, &run->console->arena, &calendar,
				 &why);
		if (code == ERR_INPUT)
			reject(run, 1, code, why.text);
		else if (code != ERR_OK)
			error_set(err, code, "%s", why.text);
		else
			code = take_all(run, &calendar, err);
	}
	str_release(&bytes);
	return code == ERR_INPUT ? ERR_OK : code;
}

static enum err say_counts(const struct taking *run, struct error *err)
{
	struct str out = STR_INIT;
	enum err code;

	str_addf(&out, _("taken %zu + as it was %zu + rejected %zu\n"), run->taken, run->same,
		 run->rejected);
	if (run->dry)
		str_addf(&out, "%s\n", _("This was a dry run: nothing was kept."));
	code = console_print(&out, err);
	str_release(&out);
	if (code == ERR_OK && run->rejected > 0 && run->taken + run->same == 0)
		code = error_set(err, run->denied ? ERR_DENIED : ERR_CORRUPT, "%s",
				 _("nothing of it could be taken"));
	return code;
}

enum err meeting_reply_command(struct console *console, int argc, char **argv, struct error *err)
{
	struct taking run = {.console = console};
	const char *files[FILES_MOST];
	const struct command_option options[] = {{"dry-run", NULL, &run.dry}};
	size_t n = 0;
	enum err code =
	    command_words(argc, argv, options, ARRAY_LEN(options), files, FILES_MOST, &n, err);

	if (code == ERR_OK && n == 0)
		code = error_set(err, ERR_USAGE, _("which file? %s"), "zhiban meeting reply FILE");
	if (code == ERR_OK)
		code = console_client(console, err);
	for (size_t i = 0; code == ERR_OK && i < n; i++) {
		run.path = files[i];
		code = take_file(&run, err);
	}
	return code == ERR_OK ? say_counts(&run, err) : code;
}
