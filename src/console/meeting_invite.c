/* zhiban meeting invite ID: the invitation, its cancelling or one's own answer as a calendar. */
#include <config.h>

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "meeting.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/meeting.h"
#include "zhiban/client/roster.h"
#include "zhiban/wire/ical_meeting.h"

enum { FILE_MODE = 0600 };

struct inviting {
	struct console *console;
	const struct meeting *meeting;
	enum ical_method method;
	const char *out, *attendee;
	size_t n; /* files */
};

static const struct rules *rules_of(const struct inviting *run)
{
	return client_rules(run->console->client);
}

static enum err find_method(const char *words, enum ical_method *ret_method, struct error *err)
{
	static const enum ical_method known[] = {ICAL_REQUEST, ICAL_CANCEL, ICAL_REPLY};

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (strcasecmp(words, ical_method_word(known[i])) == 0) {
			*ret_method = known[i];
			return ERR_OK;
		}
	return error_set(err, ERR_USAGE, _("--method takes request, cancel or reply, not \"%s\""),
			 words);
}

static enum err find_meeting(struct inviting *run, const char *words, struct error *err)
{
	struct client_meeting found;
	struct uuid id;
	enum err code = client_find_kind(run->console->client, KIND_MEETING, words, &id, err);

	if (code == ERR_OK)
		code = client_meeting_get(run->console->client, &id, &run->console->arena, &found,
					  err);
	if (code == ERR_OK)
		run->meeting = found.meeting;
	return code;
}

/* By name, by organisation as it is called, or by id; one alone. */
static enum err find_attendee(const struct inviting *run, const char *words,
			      const struct attendee **ret_attendee, struct error *err)
{
	const struct rules *rules = rules_of(run);
	const struct org *org = rules_org_named(rules, words);
	const struct attendee *found = NULL;
	struct uuid id;
	bool by_id = uuid_parse(words, &id) == ERR_OK;
	size_t n = 0;

	for (size_t i = 0; i < run->meeting->attendees.n; i++) {
		const struct attendee *one = meeting_attendee(run->meeting, i);

		if (by_id ? !uuid_eq(&one->id, &id)
			  : !str_eq(one->name, words) &&
				(org == NULL || !str_eq(one->org, org->code)))
			continue;
		found = one;
		n++;
	}
	if (n == 0)
		return error_set(err, ERR_NOT_FOUND, _("\"%.60s\" is not invited to this meeting"),
				 words);
	if (n > 1)
		return error_set(err, ERR_INPUT, _("\"%.60s\" could be any of %zu: say the name"),
				 words, n);
	*ret_attendee = found;
	return ERR_OK;
}

/* Whose answer is written: that of one's own organisation, unless it is said. */
static enum err find_own(const struct inviting *run, const struct attendee **ret_attendee,
			 struct error *err)
{
	const struct actor *actor = client_actor(run->console->client);

	if (run->attendee != NULL)
		return find_attendee(run, run->attendee, ret_attendee, err);
	if (actor == NULL)
		return error_set(err, ERR_AUTH, "%s", _("nobody is logged in: zhiban login"));
	return find_attendee(run, actor->org, ret_attendee, err);
}

/* A name that every file system takes. */
static const char *file_name(const struct inviting *run, const struct attendee *attendee)
{
	struct arena *arena = &run->console->arena;
	const char *number = run->meeting->number;
	char *name = arena_printf(arena, "%s-%s.ics", number != NULL ? number : _("meeting"),
				  ical_meeting_name(rules_of(run), attendee, arena));

	for (char *c = name; *c != '\0'; c++)
		if (strchr("/\\:*?\"<>| ", *c) != NULL || (unsigned char)*c < ' ')
			*c = '_';
	return name;
}

static enum err write_one(struct inviting *run, const struct attendee *only, const char *path,
			  struct error *err)
{
	const struct ical_head head = {.method = ical_method_word(run->method),
				       .offset_min = rules_of(run)->offset_min};
	struct ical_item item;
	struct str out = STR_INIT;
	enum err code = ical_meeting_check(run->meeting, run->method, only, err);

	if (code != ERR_OK)
		return code;
	item =
	    ical_meeting_item(rules_of(run), run->meeting, run->method, only, &run->console->arena);
	ical_write(&head, &item, 1, &out);
	code = strcmp(path, "-") == 0 ? console_print(&out, err)
				      : file_write(path, str_get(&out), out.len, FILE_MODE, err);
	str_release(&out);
	run->n += code == ERR_OK;
	return code;
}

/* One each, of those who were invited; two who are called the same get two. */
static enum err write_each(struct inviting *run, struct error *err)
{
	struct arena *arena = &run->console->arena;
	const struct meeting *meeting = run->meeting;
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < meeting->attendees.n; i++) {
		const struct attendee *one = meeting_attendee(meeting, i);
		const char *name = file_name(run, one);

		if (one->asked_at == 0)
			continue;
		for (size_t k = 0; k < i; k++)
			if (meeting_attendee(meeting, k)->asked_at != 0 &&
			    strcmp(file_name(run, meeting_attendee(meeting, k)), name) == 0) {
				name = arena_printf(arena, "%zu-%s", i + 1, name);
				break;
			}
		code = write_one(run, one, path_join(arena, run->out, name), err);
	}
	return code;
}

static bool is_folder(const char *path)
{
	struct stat st;

	return strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static enum err run_it(struct inviting *run, const char *id, struct error *err)
{
	const struct attendee *only = NULL;
	bool to_folder = is_folder(run->out);
	enum err code = console_client(run->console, err);

	if (code == ERR_OK)
		code = find_meeting(run, id, err);
	if (code == ERR_OK && run->method == ICAL_REPLY)
		code = find_own(run, &only, err);
	else if (code == ERR_OK && run->attendee != NULL)
		code = find_attendee(run, run->attendee, &only, err);
	if (code == ERR_OK && (!to_folder || only != NULL)) /* before anything is written */
		code = ical_meeting_check(run->meeting, run->method, only, err);
	if (code != ERR_OK)
		return code;
	if (!to_folder)
		return write_one(run, only, run->out, err);
	if (only != NULL)
		return write_one(run, only,
				 path_join(&run->console->arena, run->out, file_name(run, only)),
				 err);
	code = write_each(run, err);
	if (code == ERR_OK && run->n == 0)
		code =
		    error_set(err, ERR_REFUSED, "%s", _("nobody is invited to this meeting yet"));
	return code;
}

enum err meeting_invite_command(struct console *console, int argc, char **argv, struct error *err)
{
	struct inviting run = {.console = console, .method = ICAL_REQUEST, .out = "-"};
	const char *method = NULL, *id = NULL;
	const struct command_option options[] = {
	    {"method", &method, NULL},
	    {"out", &run.out, NULL},
	    {"attendee", &run.attendee, NULL},
	};
	size_t n = 0;
	enum err code = command_words(argc, argv, options, ARRAY_LEN(options), &id, 1, &n, err);

	if (code == ERR_OK && n == 0)
		code =
		    error_set(err, ERR_USAGE, _("which meeting? %s"), "zhiban meeting invite ID");
	if (code == ERR_OK && method != NULL)
		code = find_method(method, &run.method, err);
	if (code == ERR_OK)
		code = run_it(&run, id, err);
	if (code == ERR_OK && strcmp(run.out, "-") != 0)
		fprintf(stderr, _("%zu files\n"), run.n);
	return code;
}
