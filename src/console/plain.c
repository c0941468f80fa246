/* --plain: the console line by line, for screen readers, braille and terminals that place no
 * cursor.  Nothing is drawn over; an event is one line; the cursor rests behind the incident that
 * acts are for. */
#include <config.h>

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "plain_pick_priv.h"
#include "plain_priv.h"
#include "plain_view_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/marks.h"
#include "zhiban/client/seat.h"

enum { EVENTS = 5, LOOK_MS = 1000 };

/* ---- events ---- */

/* Instead of a thousand changes: the first of what has come in. */
static void greet(struct plain *plain)
{
	plain_status(plain, "");
	plain_first(plain, "");
	plain_say(plain, _("? tells what can be typed."));
}

static bool tell_changes(struct plain *plain)
{
	struct client_change change;
	bool had = board_has_all(plain->board);
	size_t told = 0;

	if (client_poll(plain->client, &change, NULL) != ERR_OK || !change.bits)
		return false;
	board_changed(plain->board, &change);
	plain_ring_changed(&plain->ring, &change);
	board_step(plain->board);
	if (plain->locked || !board_has_all(plain->board))
		return false;
	if (!had) {
		greet(plain);
		return true;
	}
	if (change.bits & CHANGE_MODE)
		plain_mode(plain);
	for (size_t i = 0; i < change.n && told < EVENTS; i++, told++) {
		struct incident *incident;

		if (client_get(plain->client, &change.ids[i], &plain->arena, &incident, NULL) ==
		    ERR_OK)
			plain_say(plain,
				  arena_printf(&plain->arena,
					       client_marked(plain->client, &change.ids[i],
							     MARK_WATCH) ?
						       _("watched, changed: %s") :
						       _("Changed: %s"),
					       plain_row(plain, incident)));
	}
	if (change.n > told)
		plain_say(plain,
			  arena_printf(&plain->arena, _("and %zu more"), change.n - told));
	return told > 0;
}

/* What the worker tells: refusals, another view.  How the link stands is the ring's to say. */
static bool hear(struct plain *plain, const struct tell *tell)
{
	if (tell->kind == TELL_LINK)
		client_link_set(plain->client, &tell->link);
	if (tell->kind == TELL_SHOWN && !plain->locked && plain->shown_what) {
		plain_shown(plain, tell);
		return true;
	}
	if (tell->kind == TELL_CALLERS && !plain->locked)
		return plain_callers_told(plain, tell);
	if (plain->locked || (tell->kind != TELL_REFUSED && tell->kind != TELL_VIEW))
		return false;
	plain_say(plain, tell->text);
	return true;
}

/* ---- the lock ---- */

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
		plain_say(plain, err.text);
		return;
	}
	plain->locked = false;
	plain_echo(true);
	plain_status(plain, "");
}

/* true: something was said. */
static bool mind_alarms(struct plain *plain)
{
	bool said = plain_ring_look(&plain->ring, plain->typed_at, plain->locked);

	plain->alarms = plain_ring_count(&plain->ring);
	if (plain->ring.wrote && plain->face->worker)
		worker_ask(plain->face->worker, &(struct ask){ .kind = ASK_WAKE });
	plain->ring.wrote = false;
	return said && !plain->locked;
}

static void mind_the_lock(struct plain *plain)
{
	int64_t now = face_now(plain->face), most = client_rules(plain->client)->lock_at_most;
	int64_t after = plain->lock_after;

	most *= MINUTE_MS;
	if (most > 0 && (after == 0 || after > most))
		after = most;
	if (plain->typed_at > now)
		plain->typed_at = now;
	if (plain->locked || after == 0 || plain->alarms > 0 || plain->len > 0 ||
	    now - plain->typed_at < after || !client_actor(plain->client) ||
	    !seat_knows(plain->client, client_actor(plain->client)->officer))
		return;
	plain_lock(plain, "");
}

/* ---- input ---- */

static void take_line(struct plain *plain, const char *bytes)
{
	struct str line = STR_INIT;
	size_t len = strlen(bytes);

	while (len > 0 && bytes[len - 1] == '\r')
		len--;
	term_decode(bytes, len, &line);
	plain->prompted = false; /* Enter has ended that line */
	if (plain->locked)
		try_pin(plain, str_get(&line));
	else if (plain->pick)
		plain_pick_answer(plain, str_get(&line));
	else if (plain->asking)
		plain_answer(plain, str_get(&line));
	else
		plain_obey(plain, arena_strdup(&plain->arena, str_get(&line)));
	if (line.s != NULL) /* it may have been a PIN */
		explicit_bzero(line.s, line.len);
	str_release(&line);
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
		take_line(plain, plain->line);
		plain->len -= (size_t)(newline + 1 - plain->line);
		memmove(plain->line, newline + 1, plain->len + 1);
		if (!plain->leaving && !plain->locked)
			plain_prompt(plain);
		arena_reset(&plain->arena);
	}
	if (plain->len == sizeof plain->line - 1)
		plain->len = 0; /* no command is so long */
	return true;
}

/* What is asked for is left, not the program.  The tty has thrown away what stood in the line. */
static bool interrupted(struct plain *plain)
{
	if (plain->locked || (!plain->pick && !plain->asking))
		return false;
	plain->len = 0;
	if (plain->pick) {
		plain_pick_free(plain);
		plain_say(plain, _("left; nothing was done"));
	} else {
		plain_ask_leave(plain);
	}
	plain_prompt(plain);
	return true;
}

static void reloaded(struct plain *plain)
{
	if (plain->locked) /* nothing is said there */
		return;
	plain_reload(plain, "");
	plain_prompt(plain);
}

/* false: one that ends us. */
static bool take_signals(struct plain *plain)
{
	struct signalfd_siginfo info;

	while (read(plain->face->signals, &info, sizeof info) == sizeof info) {
		switch (info.ssi_signo) {
		case SIGTSTP:
			if (plain->locked)
				plain_echo(true);
			signals_stop();
			if (plain->locked)
				plain_echo(false);
			break;
		case SIGWINCH:
		case SIGCONT:
			break;
		case SIGUSR1:
			reloaded(plain);
			break;
		case SIGINT:
			if (!interrupted(plain))
				return false;
			break;
		default:
			return false;
		}
	}
	return true;
}

/* ---- the loop ---- */

static void say(void *ctx, const char *text)
{
	plain_say(ctx, text);
}

void plain_configure(struct plain *plain, const struct settings *settings)
{
	plain->lock_after = settings->lock_after;
	plain->ring.bell = settings->bell;
	plain->narrow_signs = strcmp(settings->ambiguous, "narrow") == 0;
}

static void begin(struct plain *plain)
{
	plain->board = board_new(plain->client);
	(void)board_step(plain->board);
	plain->typed_at = face_now(plain->face);
	plain_ring_open(&plain->ring, plain->client, plain->face->options->settings->bell,
			client_read_only(plain->client), say, plain);
	plain_configure(plain, plain->face->options->settings);
	plain_view_open(plain);
	plain->alarms = plain_ring_count(&plain->ring);
	if (seat_is_locked(plain->client))
		plain_lock(plain, "");
	if (plain->locked)
		return;
	greet(plain);
	plain_prompt(plain);
}

static void look_round(struct plain *plain)
{
	struct tell tell;
	bool said = false;

	while (plain->face->worker && worker_told(plain->face->worker, &tell))
		said |= hear(plain, &tell);
	said |= tell_changes(plain);
	said |= mind_alarms(plain);
	mind_the_lock(plain);
	if (said && !plain->locked)
		plain_prompt(plain);
}

void plain_loop(struct face *face)
{
	struct plain *plain = mem_alloc(sizeof *plain);

	plain->face = face;
	plain->client = face->client;
	begin(plain);
	while (!plain->leaving) {
		struct pollfd fds[] = { { STDIN_FILENO, POLLIN, 0 },
					{ face->signals, POLLIN, 0 } };

		if (poll(fds, ARRAY_LEN(fds), LOOK_MS) > 0 &&
		    ((fds[0].revents && !take_input(plain)) ||
		     (fds[1].revents && !take_signals(plain))))
			break;
		if (!plain->leaving)
			look_round(plain);
		arena_reset(&plain->arena);
	}
	if (plain->locked)
		plain_echo(true);
	plain_ask_free(plain);
	plain_pick_free(plain);
	drafts_free(plain->drafts);
	str_release(&plain->said.filter);
	plain_ring_release(&plain->ring);
	board_free(plain->board);
	arena_release(&plain->arena);
	free(plain);
}
