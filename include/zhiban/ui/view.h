/* Views: the screens, and the stack that they stand on.
 *
 * A view is a table of functions and its own state.  Handlers never draw: they return what should
 * happen.  A key goes first to the top view's key handler; what that leaves (UI_IGNORED) goes
 * through the key map and becomes a command, first for the view, then for the shell.  Full-width
 * keys are narrowed only on the way through the key map, so text can be typed.
 * An unbound Alt-x is read as Esc and x (slow lines join them).
 * The canvas's cursor is hidden unless the top view's draw puts it (edit_draw does). */
#ifndef ZHIBAN_UI_VIEW_H
#define ZHIBAN_UI_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "zhiban/base/error.h"
#include "zhiban/ui/canvas.h"
#include "zhiban/ui/command.h"
#include "zhiban/ui/key.h"
#include "zhiban/ui/keymap.h"

enum { UI_MIN_COLS = 60, UI_MIN_ROWS = 16 };

enum ui_flags {
	UI_NOTHING = 0,
	UI_REDRAW = 1 << 0,	/* draw the view: what changed */
	UI_REDRAW_ALL = 1 << 1, /* draw the view: everything in its area */
	UI_FRAME = 1 << 2,	/* draw the shell's frame */
	UI_RELOAD = 1 << 3,	/* call reload of the visible views, then draw */
	UI_CLOSE = 1 << 4,	/* close this view */
	UI_OPEN = 1 << 5,	/* open what ui_open recorded */
	UI_BELL = 1 << 6,
	UI_QUIT = 1 << 7,
	UI_SUSPEND = 1 << 8,
	UI_REPAINT = 1 << 9,	/* Ctrl-L: term_repaint, then canvas_invalidate */
	UI_IGNORED = 1 << 10, /* not mine: hand it on */
	UI_MEASURE = 1 << 12,	/* ask the terminal how wide it shows characters */
	UI_WIPE = 1 << 11, /* nothing of what was shown is to be found: term_wipe, then anew */
};

struct ui;

struct view_ops {
	const char *name;  /* "board" */
	unsigned where;	   /* contexts of its commands */
	bool overlay;	   /* drawn over the view below, which stays visible */
	bool types;	   /* text is typed into it, and kept also while the screen is too small */
	/* arg is the opener's, valid during the call only.  On failure nothing is opened and the
	 * sentence is shown (ui_notice). */
	enum err (*open)(struct ui *ui, const void *arg, void **ret_state, struct error *err);
	void (*close)(void *state);
	/* overlay: the area it wants within the body.  NULL: the whole body. */
	struct area (*place)(void *state, struct area body);
	void (*draw)(void *state, struct canvas *canvas, struct area area, bool all);
	/* The rest may be NULL; results are enum ui_flags. */
	unsigned (*key)(void *state, struct key key, const char *pasted);
	unsigned (*command)(void *state, const struct ui_command *command, const char *args);
	unsigned (*reload)(void *state); /* the data changed; hidden views: when they are seen again */
	unsigned (*tick)(void *state, int64_t now); /* milliseconds UTC; when the face says so */
	const char *(*title)(void *state);	    /* for the frame and history; may be NULL */
	/* Contexts that hold just now, instead of ops->where (a selection, a mode). */
	unsigned (*where_now)(void *state);
};

struct shell_ops { /* what stands round the views: the frame, and commands no view took */
	struct area (*body)(void *ctx, int rows, int cols); /* where views are drawn */
	void (*frame)(void *ctx, struct canvas *canvas);
	unsigned (*command)(void *ctx, const struct ui_command *command, const char *args);
	/* Whether it may run; NULL yes, else why not (translated).  May be NULL. */
	const char *(*why)(void *ctx, const struct ui_command *command);
	/* A key that begins no command here: what is said of it is the shell's.  May be NULL. */
	void (*stray)(void *ctx, struct key key);
};

/* Borrows the keymap, the shell and its ctx. */
struct ui *ui_new(const struct shell_ops *shell, void *ctx, const struct keymap *keymap, int rows,
		  int cols);
void ui_free(struct ui *ui); /* closes all views */
void *ui_shell(const struct ui *ui);
struct canvas *ui_canvas(struct ui *ui);
const struct keymap *ui_keymap(const struct ui *ui);

/* From a handler: records what UI_OPEN opens when the handler has returned, and returns UI_OPEN.
 * arg_size bytes are copied. */
unsigned ui_open(struct ui *ui, const struct view_ops *ops, const void *arg, size_t arg_size);
/* From a handler: a command to run when the handler has returned and its flags are applied (an
 * overlay that closes itself and runs what was chosen). */
void ui_then(struct ui *ui, const struct ui_command *command, const char *args);
/* From a handler or the shell: a sentence in the last row until the next key; NULL none. */
void ui_notice(struct ui *ui, enum role role, const char *sentence);
const char *ui_notice_text(const struct ui *ui);

/* What the face calls.  Each returns those of UI_BELL, UI_QUIT, UI_SUSPEND, UI_REPAINT, UI_WIPE,
 * UI_MEASURE it must see to itself. */
unsigned ui_key(struct ui *ui, struct key key, const char *pasted);
unsigned ui_run(struct ui *ui, const struct ui_command *command, const char *args);
unsigned ui_reload(struct ui *ui); /* data changed: every visible view */
unsigned ui_tick(struct ui *ui, int64_t now);
unsigned ui_apply(struct ui *ui, unsigned flags); /* flags from outside a handler */
void ui_resize(struct ui *ui, int rows, int cols);
bool ui_dirty(const struct ui *ui);
/* Draws what is dirty on the canvas (canvas_flush is the face's).  Below UI_MIN_COLS × UI_MIN_ROWS
 * only a sentence that says so; keys then reach nothing but the shell's commands, and text a view
 * into which it is typed. */
void ui_draw(struct ui *ui);

/* The stack. */
unsigned ui_back(struct ui *ui);    /* UI_IGNORED at the oldest */
unsigned ui_forward(struct ui *ui); /* to where ui_back left */
/* Goes to the oldest view with these ops (those above it are then forward of it), or opens it. */
unsigned ui_switch(struct ui *ui, const struct view_ops *ops, const void *arg, size_t arg_size);
const struct view_ops *ui_top(const struct ui *ui);
void *ui_top_state(const struct ui *ui);
const char *ui_title(const struct ui *ui); /* of the top; "" when none */
unsigned ui_where(const struct ui *ui);
int ui_depth(const struct ui *ui);
/* Closes every view, those that ui_back left too: the next ui_open opens the first one. */
void ui_close_all(struct ui *ui);

#endif
