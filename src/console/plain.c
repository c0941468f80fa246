/* --plain: the console line by line, for screen readers, braille and terminals that place no
 * cursor.  Nothing is drawn over; an event is one line. */
#include <config.h>

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "face_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/client/mode.h"
#include "zhiban/client/seat.h"
#include "zhiban/client/value.h"
#include "zhiban/model/alarm.h"
#include "zhiban/model/board.h"
#include "zhiban/model/left.h"
#include "zhiban/model/page.h"

enum { ROWS = 10, EVENTS = 5, WIDTH = 72, LINE_MAX_BYTES = 8192, LOOK_MS = 1000 };

struct plain {
	struct face *face;
	struct client *client;
	struct board *board;
	struct arena arena; /* of one command */
	struct uuid last;   /* row shown last */
	bool any, leaving, locked;
	int64_t typed_at; /* own clock */
	size_t alarms;
	char line[LINE_MAX_BYTES];
	size_t len;
};

/* All that goes out is clean. */
static void say(const char *text)
{
	struct str clean = STR_INIT;

	text_clean(&clean, text, strlen(text), true);
	puts(str_get(&clean));
	str_release(&clean);
}

static void say_prompt(void)
{
	fputs("> ", stdout);
	fflush(stdout);
}

static const char *row_words(struct plain *plain, const struct incident *incident)
{
	const struct rules *rules = client_rules(plain->client);
	const struct step *step = rules_step(rules, incident->step);
	const struct org *holder = rules_org(rules, incident->holder);
	char mark[48], left[LEFT_TEXT];
	int64_t due = incident->open ? incident->due : 0;

	left_text(due, left_moment(due, client_now(plain->client)), left);
	return arena_printf(&plain->arena, "%s %s %s %s %s",
			    client_mark(plain->client, incident, mark), left,
			    incident->title ? incident->title : "",
			    holder ? holder->brief ? holder->brief : holder->name : "",
			    step ? step->waiting : "");
}

/* ---- commands ---- */

static void do_next(struct plain *plain, const char *args)
{
	struct error err = ERROR_INIT;
	struct board_page page;
	enum err code;

	(void)args;
	code = board_fetch(plain->board, plain->any ? BOARD_AT : BOARD_FIRST, &plain->last, 0,
			   ROWS + plain->any, &plain->arena, &page, &err);
	if (code == ERR_NOT_FOUND)
		code = board_fetch(plain->board, BOARD_FIRST, NULL, 0, ROWS, &plain->arena, &page,
				   &err);
	if (code != ERR_OK) {
		say(err.text);
		return;
	}
	for (size_t i = plain->any ? 1 : 0; i < page.n; i++)
		say(row_words(plain, page.rows[i].incident));
	if (page.n)
		plain->last = page.rows[page.n - 1].incident->head.id;
	plain->any = page.n > 0;
	if (page.last)
		say(page.n ? _("That is all. g begins again.") : _("Nothing is listed."));
}

static void do_first(struct plain *plain, const char *args)
{
	plain->any = false;
	do_next(plain, args);
}

static void do_filter(struct plain *plain, const char *args)
{
	struct filter_error problem;

	if (board_set_filter(plain->board, args, &problem) != ERR_OK) {
		say(problem.text);
		return;
	}
	while (board_next(plain->board) <= face_now(plain->face))
		board_step(plain->board);
	say(arena_printf(&plain->arena, _("%lld incidents"),
			 (long long)board_count(plain->board)->shown));
	do_first(plain, "");
}

static void do_page(struct plain *plain, const char *args)
{
	struct error err = ERROR_INIT;
	struct page page;
	struct uuid id;

	if (client_find(plain->client, args, &id, &err) != ERR_OK ||
	    page_build(plain->client, &id, WIDTH / 2, &plain->arena, &page, &err) != ERR_OK) {
		say(err.text);
		return;
	}
	for (size_t s = 0; s < page.n; s++) {
		if (page.sections[s].title)
			say(page.sections[s].title);
		for (size_t i = 0; i < page.sections[s].n; i++) {
			const struct page_line *line = &page.sections[s].lines[i];

			say(line->label ? arena_printf(&plain->arena, "%s: %s", line->label,
						       line->text) : line->text);
		}
	}
}

/* An emergency is told with every look at how things stand. */
static void say_mode(struct plain *plain)
{
	const struct rules *rules = client_rules(plain->client);
	const struct mode_rule *mode = rules_mode(rules, client_mode_code(plain->client));

	if (mode->emergency)
		say(arena_printf(&plain->arena, "%s: %s", _("Mode"), mode->label));
}

static void do_status(struct plain *plain, const char *args)
{
	const struct rules *rules = client_rules(plain->client);
	const struct actor *actor = client_actor(plain->client);
	const struct board_count *count = board_count(plain->board);
	struct client_link link;
	struct str age = STR_INIT;

	(void)args;
	client_link(plain->client, &link);
	say(arena_printf(&plain->arena, "%s, %s", rules->title, actor ? actor->officer : ""));
	say_mode(plain);
	say(arena_printf(&plain->arena,
			 _("open %lld, overdue %lld, within the hour %lld; %s; to send %u, refused %u"),
			 (long long)count->open, (long long)count->overdue,
			 (long long)count->soon,
			 link.state == LINK_ONLINE || link.state == LINK_THIN ? _("online")
									      : _("cut"),
			 link.pending, link.refused));
	if (link_is_old(&link, env_now(client_env(plain->client)))) {
		link_age_words(link_age(&link, env_now(client_env(plain->client))), &age);
		say(arena_printf(&plain->arena, _("data %s old"), str_get(&age)));
	}
	str_release(&age);
}

static void do_help(struct plain *plain, const char *args)
{
	(void)plain;
	(void)args;
	say(_("Enter: next incidents; g: from the first; /FILTER; NUMBER: its page;\n"
	      "VERB NUMBER FIELD=VALUE ...: an act, for example note 22-0417 note=...;\n"
	      "s: how things stand; lock: a PIN opens it; ?: this; Q: leave"));
}

/* ---- the lock ---- */

static void echo(bool on)
{
	struct termios tty;

	if (tcgetattr(STDIN_FILENO, &tty) != 0)
		return;
	if (on)
		tty.c_lflag |= ECHO;
	else
		tty.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &tty);
}

static void say_alarms(struct plain *plain)
{
	say(arena_printf(&plain->arena, _("alarms not acknowledged: %zu"), plain->alarms));
}

/* Nothing of what was said is left on the screen, nor above it. */
static void lock(struct plain *plain)
{
	const struct actor *actor = client_actor(plain->client);
	struct error err = ERROR_INIT;

	if (!actor || !seat_knows(plain->client, actor->officer) ||
	    seat_lock(plain->client, &err) != ERR_OK)
		return;
	plain->locked = true;
	if (isatty(STDOUT_FILENO))
		fputs("\033[H\033[2J\033[3J", stdout);
	echo(false);
	say(arena_printf(&plain->arena, _("Locked: %s. Type your PIN and Enter."),
			 actor->officer));
	say_alarms(plain);
}

static void do_leave(struct plain *plain, const char *args)
{
	(void)args;
	plain->leaving = true;
}

/* ---- acts: VERB NUMBER FIELD=VALUE ... phone.KEY=VALUE ... ---- */

struct deed { /* what a line wants done */
	const struct act_desc *act;
	struct given given[ACT_ARGS_MAX];
	size_t n;
	struct by_phone phone;
};

static const struct act_desc *act_named(const struct rules *rules, const char *word)
{
	const struct act_desc *act = act_desc_find(word);

	for (size_t i = 0; !act && i < act_desc_count(); i++)
		if (strcmp(rules_act_label(rules, act_desc_at(i)), word) == 0)
			act = act_desc_at(i);
	return act;
}

/* One FIELD and its VALUE; phone.KEY: what was said by telephone. */
static enum err take_field(struct plain *plain, struct deed *deed, const char *name,
			   const char *words, struct error *err)
{
	bool phone = str_starts(name, "phone.");
	struct given *given = &deed->given[deed->n];
	enum err code;

	if (phone)
		return client_phone(plain->client,
				    arena_printf(&plain->arena, "%s=%s", name + strlen("phone."),
						 words),
				    &plain->arena, &deed->phone, err);
	if (strcmp(name, "file") == 0 && deed->n + CLIENT_FILE_GIVEN <= ACT_ARGS_MAX)
		return client_file(deed->act, words, &plain->arena, deed->given, &deed->n, err);
	given->field = act_arg_field(deed->act, name);
	if (!given->field)
		return error_set(err, ERR_INPUT, _("%s: there is no such field here"), name);
	code = client_value(plain->client, given->field, words, &plain->arena, &given->value, err);
	if (code == ERR_OK)
		deed->n++;
	return code;
}

/* A word without "=" belongs to the value before it. */
static enum err take_fields(struct plain *plain, struct deed *deed, char *rest, struct error *err)
{
	while (rest && *rest) {
		char *equals = strchr(rest, '='), *next, *end;
		enum err code;

		if (!equals || deed->n == ACT_ARGS_MAX)
			return error_set(err, ERR_INPUT, "%s", _("FIELD=VALUE is wanted"));
		*equals = '\0';
		next = strchr(equals + 1, '=');
		for (end = next; end && end > equals + 1 && *end != ' '; end--)
			;
		if (end && *end == ' ')
			*end++ = '\0';
		else
			end = NULL;
		code = take_field(plain, deed, rest, equals + 1, err);
		if (code != ERR_OK)
			return code;
		rest = end;
	}
	return ERR_OK;
}

static void do_act(struct plain *plain, const struct act_desc *act, char *rest)
{
	struct deed deed = { .act = act };
	struct error err = ERROR_INIT;
	struct client_done done;
	struct uuid id = { { 0 } };
	enum err code = ERR_OK;

	if (act->conflict != CONFLICT_CREATES && act->target == KIND_INCIDENT)
		code = client_find(plain->client, strsep(&rest, " "), &id, &err);
	if (code == ERR_OK)
		code = take_fields(plain, &deed, rest, &err);
	if (code == ERR_OK)
		code = client_act_phone(plain->client, act, &id, deed.given, deed.n, &deed.phone,
					&done, &err);
	if (code == ERR_OK && plain->face->worker)
		worker_ask(plain->face->worker, &(struct ask){ .kind = ASK_WAKE });
	say(code == ERR_OK ? _("done here, waits to be sent") : err.text);
}

static void obey_line(struct plain *plain, char *line)
{
	static const struct {
		const char *begins;
		void (*run)(struct plain *plain, const char *args);
	} words[] = { { "/", do_filter }, { "?", do_help }, { "Q", do_leave } };
	const struct act_desc *act;
	struct uuid id;
	char *rest = line, *word;

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_starts(line, words[i].begins)) {
			words[i].run(plain, line + 1);
			return;
		}
	if (!*line) {
		do_next(plain, "");
		return;
	}
	if (strcmp(line, "lock") == 0) {
		lock(plain);
		return;
	}
	if (strcmp(line, "g") == 0 || strcmp(line, "s") == 0) {
		(*line == 'g' ? do_first : do_status)(plain, "");
		return;
	}
	if (client_find(plain->client, line, &id, NULL) == ERR_OK) {
		do_page(plain, line);
		return;
	}
	word = strsep(&rest, " ");
	act = act_named(client_rules(plain->client), word);
	if (act)
		do_act(plain, act, rest ? rest : word + strlen(word));
	else
		do_help(plain, "");
}

/* ---- events ---- */

static bool tell_changes(struct plain *plain)
{
	struct client_change change;
	size_t told = 0;

	if (client_poll(plain->client, &change, NULL) != ERR_OK || !change.bits)
		return false;
	board_changed(plain->board, &change);
	board_step(plain->board);
	if (plain->locked)
		return false;
	if (change.bits & CHANGE_MODE)
		say_mode(plain);
	for (size_t i = 0; i < change.n && told < EVENTS; i++, told++) {
		struct incident *incident;

		if (client_get(plain->client, &change.ids[i], &plain->arena, &incident, NULL) ==
		    ERR_OK)
			say(arena_printf(&plain->arena, _("Changed: %s"),
					 row_words(plain, incident)));
	}
	if (change.n > told)
		say(arena_printf(&plain->arena, _("and %zu more"), change.n - told));
	return told > 0;
}

static void try_pin(struct plain *plain, const char *pin)
{
	const struct actor *actor = client_actor(plain->client);
	struct error err = ERROR_INIT;
	enum err code = actor ? seat_check(plain->client, actor->officer, pin, NULL, &err) : ERR_OK;

	if (code == ERR_AUTH)
		seat_wrong(plain->client);
	if (code == ERR_OK)
		code = seat_unlock(plain->client, &err);
	if (code != ERR_OK) {
		say(err.text);
		return;
	}
	plain->locked = false;
	echo(true);
	do_status(plain, "");
}

static void mind_the_lock(struct plain *plain)
{
	int64_t now = face_now(plain->face), most = client_rules(plain->client)->lock_at_most;
	int64_t after = plain->face->options->settings->lock_after;
	size_t alarms = alarms_count(plain->client);

	most *= MINUTE_MS;
	if (most > 0 && (after == 0 || after > most))
		after = most;
	if (alarms > plain->alarms) {
		fputs("\a", stdout);
		plain->alarms = alarms;
		say_alarms(plain);
	}
	plain->alarms = alarms;
	if (plain->typed_at > now)
		plain->typed_at = now;
	if (!plain->locked && after > 0 && alarms == 0 && plain->len == 0 &&
	    now - plain->typed_at >= after)
		lock(plain);
}

/* false: the input has ended. */
static bool take_input(struct plain *plain)
{
	ssize_t n = read(STDIN_FILENO, plain->line + plain->len,
			 sizeof plain->line - plain->len - 1);
	char *newline;

	if (n <= 0)
		return false;
	plain->len += (size_t)n;
	plain->typed_at = face_now(plain->face);
	plain->line[plain->len] = '\0';
	while (!plain->leaving && (newline = strchr(plain->line, '\n')) != NULL) {
		*newline = '\0';
		if (plain->locked)
			try_pin(plain, plain->line);
		else
			obey_line(plain, plain->line);
		arena_reset(&plain->arena);
		plain->len -= (size_t)(newline + 1 - plain->line);
		memmove(plain->line, newline + 1, plain->len + 1);
		if (!plain->leaving && !plain->locked)
			say_prompt();
	}
	if (plain->len == sizeof plain->line - 1)
		plain->len = 0; /* no command is so long */
	return true;
}

void plain_loop(struct face *face)
{
	struct plain *plain = mem_alloc(sizeof *plain);
	struct tell tell;

	plain->face = face;
	plain->client = face->client;
	plain->board = board_new(face->client);
	(void)board_step(plain->board);
	plain->typed_at = face_now(face);
	if (seat_is_locked(face->client))
		lock(plain);
	if (!plain->locked) {
		do_status(plain, "");
		do_first(plain, "");
		say(_("? tells what can be typed."));
		say_prompt();
	}
	while (!plain->leaving) {
		struct pollfd fds[] = { { STDIN_FILENO, POLLIN, 0 },
					{ face->signals, POLLIN, 0 } };

		if (poll(fds, ARRAY_LEN(fds), LOOK_MS) > 0 &&
		    ((fds[0].revents && !take_input(plain)) || fds[1].revents))
			break;
		while (face->worker && worker_told(face->worker, &tell))
			if (!plain->locked &&
			    (tell.kind == TELL_REFUSED || tell.kind == TELL_VIEW))
				say(tell.text);
		if (tell_changes(plain))
			say_prompt();
		mind_the_lock(plain);
		arena_reset(&plain->arena);
	}
	if (plain->locked)
		echo(true);
	board_free(plain->board);
	arena_release(&plain->arena);
	free(plain);
}
