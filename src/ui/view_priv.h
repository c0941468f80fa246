/* The ui from within: view.c (stack), view_run.c (keys and commands), view_draw.c. */
#ifndef ZHIBAN_UI_VIEW_PRIV_H
#define ZHIBAN_UI_VIEW_PRIV_H

#include "zhiban/ui/view.h"

enum { UI_FOR_FACE = UI_BELL | UI_QUIT | UI_SUSPEND | UI_REPAINT | UI_WIPE |
		   UI_MEASURE };

struct view_entry {
	const struct view_ops *ops;
	void *state;
	bool dirty, all, stale; /* stale: the data changed while it was hidden */
	struct area area;	/* it was drawn in */
};

struct ui {
	const struct shell_ops *shell;
	void *ctx;
	const struct keymap *keymap;
	struct keymap_state keys;
	struct canvas *canvas;
	int rows, cols;

	struct view_entry *views; /* those above top were left by ui_back */
	size_t n, cap;
	size_t top; /* index; n 0: none */

	const struct view_ops *opening; /* recorded by ui_open */
	void *open_arg;
	const struct ui_command *then; /* recorded by ui_then */
	char *then_args;

	bool frame, everything; /* dirty */
	bool notice_dirty;
	char *notice;
	enum role notice_role;
};

bool ui_too_small(const struct ui *ui);
/* The lowest view that is seen: the top one, or what its overlays lie on. */
size_t ui_lowest(const struct ui *ui);
void ui_close_top(struct ui *ui);
enum err ui_push(struct ui *ui);
/* Applies a handler's flags for the view at index. */
unsigned ui_apply_to(struct ui *ui, size_t index, unsigned flags);

#endif
