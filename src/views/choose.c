#include <config.h>

#include "choose_priv.h"

#include <stdlib.h>

#include "zhiban/base/mem.h"

void *choose_new(struct ui *ui, size_t size, unsigned (*chosen)(void *state, size_t at))
{
	struct choose *choose = mem_alloc(size);

	choose->app = ui_shell(ui);
	choose->chosen = chosen;
	return choose;
}

void choose_close(void *state)
{
	struct choose *choose = state;

	picker_free(choose->picker);
	arena_release(&choose->arena);
	free(choose);
}

struct area choose_place(void *state, struct area body)
{
	return area_bottom(&body, picker_rows(((struct choose *)state)->picker));
}

void choose_draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	(void)all;
	picker_draw(((struct choose *)state)->picker, canvas, area);
}

unsigned choose_key(void *state, struct key key, const char *pasted)
{
	struct choose *choose = state;
	size_t at;

	switch (picker_key(choose->picker, key, pasted)) {
	case PICKER_DONE:
		if (!picker_current(choose->picker, &at))
			return UI_NOTHING;
		return UI_CLOSE | UI_FRAME | choose->chosen(state, at);
	case PICKER_LEFT:
		return UI_CLOSE | UI_FRAME;
	case PICKER_MORE:
		return UI_REDRAW;
	case PICKER_IGNORED:
		break;
	}
	return UI_IGNORED;
}
