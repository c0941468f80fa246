#include <config.h>

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "face_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/views/command.h"

enum {
	DRAW_MS = 100,	  /* bursts of changes are drawn ten times a second */
	LOOK_MS = 50,	  /* and taken in twenty times */
	TELLS = 64,	  /* messages taken between two looks at the keyboard */
	BLIND_MS = 1000,  /* without a descriptor the files are looked at so often */
	LONGEST_MS = 60000,
};

int64_t face_now(const struct face *face)
{
	return env_now(face->options->env);
}

/* ---- signals ---- */

static void handled(sigset_t *set)
{
	static const int signals[] = { SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT,
				       SIGUSR1 };

	sigemptyset(set);
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		sigaddset(set, signals[i]);
}

enum err signals_open(int *ret_fd, struct error *err)
{
	sigset_t set;
	int fd;

	handled(&set);
	signal(SIGPIPE, SIG_IGN);
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0 ||
	    (fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC)) < 0)
		return error_set(err, ERR_IO, "%s", _("the signals cannot be watched"));
	*ret_fd = fd;
	return ERR_OK;
}

void signals_stop(void)
{
	sigset_t set;

	signal(SIGTSTP, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, SIGTSTP);
	raise(SIGTSTP);
	sigprocmask(SIG_UNBLOCK, &set, NULL); /* stops here */
	sigprocmask(SIG_BLOCK, &set, NULL);
}

/* ---- drawing ---- */

void face_draw(struct face *face)
{
	struct ui *ui = app_ui(face->app);

	if (app_theme_changed(face->app))
		canvas_invalidate(ui_canvas(ui));
	ui_draw(ui);
	canvas_flush(ui_canvas(ui), face->term, app_theme(face->app));
	face->drawn_at = face_now(face);
}

static void resized(struct face *face)
{
	int rows, cols;

	term_resize(face->term, 0, 0);
	term_size(face->term, &rows, &cols);
	ui_resize(app_ui(face->app), rows, cols);
	canvas_invalidate(ui_canvas(app_ui(face->app)));
	face_draw(face);
}

static void obey(struct face *face, unsigned flags);

/* Nothing is shown again that should have been locked meanwhile. */
static void back_again(struct face *face)
{
	if (face->app)
		obey(face, app_tick(face->app, face_now(face)));
}

static void suspended(struct face *face)
{
	term_suspend(face->term);
	signals_stop();
	term_resume(face->term);
	back_again(face);
	resized(face);
}

/* ---- events ---- */

static void obey(struct face *face, unsigned flags)
{
	const char *copy = app_take_copy(face->app);

	if (copy && !term_copy(face->term, copy))
		app_not_copied(face->app);
	if (flags & UI_BELL)
		term_bell(face->term);
	if (flags & UI_WIPE) {
		term_wipe(face->term);
		canvas_invalidate(ui_canvas(app_ui(face->app)));
	}
	if (flags & UI_MEASURE)
		face_calibrate(face);
	if (flags & (UI_REPAINT | UI_MEASURE)) {
		term_repaint(face->term);
		canvas_invalidate(ui_canvas(app_ui(face->app)));
	}
	if (flags & UI_SUSPEND)
		suspended(face);
	if (flags & UI_QUIT)
		face->leaving = true;
}

/* Who works at the screen learns soon of a line that died in silence. */
static void tell_of_keys(struct face *face)
{
	enum { EVERY_MS = 5000 };
	int64_t now = face_now(face);

	if (face->worker == NULL || (now >= face->asked_at && now - face->asked_at < EVERY_MS))
		return;
	face->asked_at = now;
	worker_ask(face->worker, &(struct ask){ .kind = ASK_LOOK });
}

/* As `:reload`, for who changed the files with another program. */
static void reload(struct face *face)
{
	const struct ui_command *command = ui_command_find(commands(), "reload");

	if (command != NULL)
		obey(face, ui_run(app_ui(face->app), command, ""));
}

static void take_signals(struct face *face)
{
	struct signalfd_siginfo info;

	while (read(face->signals, &info, sizeof info) == sizeof info) {
		switch (info.ssi_signo) {
		case SIGWINCH:
			resized(face);
			break;
		case SIGTSTP:
			suspended(face);
			break;
		case SIGCONT:
			back_again(face);
			break;
		case SIGUSR1:
			reload(face);
			break;
		default: /* the tty is gone, or we were asked to end */
			face->leaving = true;
		}
	}
}

/* true: there were keys. */
static bool take_keys(struct face *face)
{
	struct key key;
	bool any = false;

	while (!face->leaving && term_read_key(face->term, &key)) {
		any = true;
		take_signals(face); /* a key is for the screen as it was when it was pressed */
		if (key.code == UIKEY_RESIZE)
			resized(face);
		else
			obey(face, app_key(face->app, key,
					   key.code == UIKEY_PASTE ? term_pasted(face->term)
								   : NULL));
	}
	return any;
}

static void take_tells(struct face *face)
{
	struct tell tell;

	for (int i = 0; i < TELLS && worker_told(face->worker, &tell); i++) {
		if (tell.kind == TELL_CHANGED)
			face->changed = true;
		else
			obey(face, app_told(face->app, &tell));
	}
}

static void look_at_files(struct face *face, int64_t now)
{
	bool blind = client_fd(face->client) < 0 && now - face->looked_at >= BLIND_MS;

	if (!blind && (!face->changed || now - face->looked_at < LOOK_MS))
		return;
	face->changed = false;
	face->looked_at = now;
	obey(face, app_poll(face->app));
}

/* How long nothing can happen by itself. */
static int pause_ms(struct face *face, int64_t now)
{
	int64_t wait = app_next(face->app, now) - now;
	int64_t draw = face->drawn_at + DRAW_MS - now;
	int64_t look = face->looked_at + (face->changed ? LOOK_MS : BLIND_MS) - now;

	if (ui_dirty(app_ui(face->app)) && draw < wait)
		wait = draw;
	if ((face->changed || client_fd(face->client) < 0) && look < wait)
		wait = look;
	return (int)(wait < 0 ? 0 : wait > LONGEST_MS ? LONGEST_MS : wait);
}

enum { FD_KEYS, FD_SIGNALS, FD_FILES, FD_WORKER, FDS };

static void wait_for(struct face *face, struct pollfd fds[FDS])
{
	fds[FD_KEYS] = (struct pollfd){ .fd = STDIN_FILENO, .events = POLLIN };
	fds[FD_SIGNALS] = (struct pollfd){ .fd = face->signals, .events = POLLIN };
	fds[FD_FILES] = (struct pollfd){ .fd = face->changed ? -1 : client_fd(face->client),
					 .events = POLLIN };
	fds[FD_WORKER] = (struct pollfd){ .fd = face->worker ? worker_fd(face->worker) : -1,
					  .events = POLLIN };
	if (poll(fds, FDS, pause_ms(face, face_now(face))) < 0)
		for (int i = 0; i < FDS; i++)
			fds[i].revents = 0;
}

void face_loop(struct face *face)
{
	struct pollfd fds[FDS];

	while (!face->leaving) {
		wait_for(face, fds);
		if (fds[FD_SIGNALS].revents)
			take_signals(face);
		bool keyed = fds[FD_KEYS].revents && take_keys(face);

		if (keyed)
			tell_of_keys(face);
		if (fds[FD_KEYS].revents & (POLLHUP | POLLERR) && !keyed)
			face->leaving = true;
		if (!keyed) { /* input is served first */
			int64_t now = face_now(face);

			if (fds[FD_WORKER].revents)
				take_tells(face);
			face->changed |= fds[FD_FILES].revents != 0;
			look_at_files(face, now);
			if (app_next(face->app, now) <= now) {
				obey(face, app_tick(face->app, now));
				obey(face, app_work(face->app));
			}
		}
		if (face->leaving)
			break;
		if (ui_dirty(app_ui(face->app)) &&
		    (keyed || face_now(face) - face->drawn_at >= DRAW_MS))
			face_draw(face);
	}
}
