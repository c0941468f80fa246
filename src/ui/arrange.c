#include <config.h>

#include "zhiban/ui/arrange.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { FIRST_PAGE = 10 };

struct arrange {
	const char *title;
	struct arrange_item *items;
	size_t *order; /* indices of items as they stand: the chosen first */
	size_t n, n_chosen, most;
	size_t cur, top; /* of order */
	size_t page;
	char *told;
};

/* Those not chosen follow in the order of the items. */
static void set_chosen(struct arrange *arrange, const size_t *chosen, size_t n)
{
	size_t used = 0;
	bool *has = mem_alloc((arrange->n + 1) * sizeof *has);

	for (size_t i = 0; i < n && used < arrange->most; i++)
		if (chosen[i] < arrange->n && !has[chosen[i]]) {
			has[chosen[i]] = true;
			arrange->order[used++] = chosen[i];
		}
	arrange->n_chosen = used;
	for (size_t i = 0; i < arrange->n; i++)
		if (!has[i])
			arrange->order[used++] = i;
	free(has);
}

struct arrange *arrange_new(const char *title, const struct arrange_item *items, size_t n,
			    const size_t *chosen, size_t n_chosen, size_t most)
{
	struct arrange *arrange = mem_alloc(sizeof *arrange);

	arrange->title = title;
	arrange->items = mem_dup(items, n * sizeof *items);
	arrange->order = mem_alloc((n + 1) * sizeof *arrange->order);
	arrange->n = n;
	arrange->most = most;
	arrange->page = FIRST_PAGE;
	set_chosen(arrange, chosen, n_chosen);
	return arrange;
}

void arrange_free(struct arrange *arrange)
{
	if (arrange == NULL)
		return;
	free(arrange->items);
	free(arrange->order);
	free(arrange->told);
	free(arrange);
}

const size_t *arrange_chosen(const struct arrange *arrange, size_t *ret_n)
{
	*ret_n = arrange->n_chosen;
	return arrange->order;
}

void arrange_choose(struct arrange *arrange, const size_t *chosen, size_t n)
{
	size_t *copy = mem_dup(chosen, (n + 1) * sizeof *copy);

	set_chosen(arrange, copy, n);
	free(copy);
	arrange->cur = 0;
}

size_t arrange_current(const struct arrange *arrange)
{
	return arrange->order[arrange->cur];
}

void arrange_note(struct arrange *arrange, size_t index, const char *note)
{
	arrange->items[index].note = note;
}

void arrange_tell(struct arrange *arrange, const char *sentence)
{
	free(arrange->told);
	arrange->told = mem_strdup(sentence);
}

/* Puts the one at a place to another, those between move up. */
static void carry(struct arrange *arrange, size_t from, size_t to)
{
	size_t item = arrange->order[from];

	if (from < to)
		memmove(&arrange->order[from], &arrange->order[from + 1],
			(to - from) * sizeof item);
	else
		memmove(&arrange->order[to + 1], &arrange->order[to], (from - to) * sizeof item);
	arrange->order[to] = item;
}

/* Chosen last of all, or taken away to stand first of the rest; the cursor stays on its line, so
 * that several can be chosen one after the other. */
static enum arrange_result toggle(struct arrange *arrange)
{
	if (arrange->cur < arrange->n_chosen) {
		if (arrange->n_chosen == 1)
			return ARRANGE_MORE; /* one must stay */
		carry(arrange, arrange->cur, --arrange->n_chosen);
		return ARRANGE_CHANGED;
	}
	if (arrange->n_chosen >= arrange->most)
		return ARRANGE_MORE;
	carry(arrange, arrange->cur, arrange->n_chosen++);
	if (arrange->cur + 1 < arrange->n)
		arrange->cur++;
	return ARRANGE_CHANGED;
}

static enum arrange_result shift(struct arrange *arrange, bool earlier)
{
	size_t cur = arrange->cur, to = earlier ? cur - 1 : cur + 1;

	if (cur >= arrange->n_chosen || (earlier && cur == 0) || to >= arrange->n_chosen)
		return ARRANGE_MORE;
	carry(arrange, cur, to);
	arrange->cur = to;
	return ARRANGE_CHANGED;
}

static enum arrange_result move(struct arrange *arrange, long by)
{
	long to = (long)arrange->cur + by;

	if (to < 0)
		to = 0;
	if (to >= (long)arrange->n)
		to = (long)arrange->n - 1;
	arrange->cur = (size_t)to;
	return ARRANGE_MORE;
}

enum arrange_result arrange_key(struct arrange *arrange, struct key key)
{
	long page = (long)arrange->page, all = (long)arrange->n;

	key = key_narrow(key);
	if (key.mods)
		return ARRANGE_IGNORED;
	switch (key.code) {
	case UIKEY_UP:
	case 'k':
		return move(arrange, -1);
	case UIKEY_DOWN:
	case 'j':
		return move(arrange, 1);
	case UIKEY_PGUP:
		return move(arrange, -page);
	case UIKEY_PGDN:
		return move(arrange, page);
	case UIKEY_HOME:
	case 'g':
		return move(arrange, -all);
	case UIKEY_END:
	case 'G':
		return move(arrange, all);
	case ' ':
		return toggle(arrange);
	case UIKEY_LEFT:
	case '<':
		return shift(arrange, true);
	case UIKEY_RIGHT:
	case '>':
		return shift(arrange, false);
	case UIKEY_ENTER:
		return ARRANGE_DONE;
	case UIKEY_ESC:
		return ARRANGE_LEFT;
	default:
		return ARRANGE_IGNORED;
	}
}

/* ---- drawing ---- */

int arrange_rows(const struct arrange *arrange)
{
	return (int)arrange->n + 3;
}

static void draw_item(const struct arrange *arrange, struct canvas *canvas, struct area line,
		      size_t place)
{
	enum { LABEL = 16, NAME = 16 };
	const struct arrange_item *item = &arrange->items[arrange->order[place]];
	bool chosen = place < arrange->n_chosen;
	struct area part = area_left(&line, 2);

	canvas_text(canvas, part.row, part.col, 1, ROLE_LIST_SELECTED,
		    place == arrange->cur ? ">" : " ");
	part = area_left(&line, 3);
	if (chosen)
		canvas_textf(canvas, part.row, part.col, 2, ROLE_LIST_MARKED, "%2d",
			     (int)place + 1);
	part = area_left(&line, LABEL + 1);
	canvas_pad(canvas, part.row, part.col, LABEL, chosen ? ROLE_TEXT : ROLE_HINT, item->label,
		   PAD_RIGHT);
	part = area_left(&line, NAME + 1);
	canvas_pad(canvas, part.row, part.col, part.cols < NAME ? part.cols : NAME, ROLE_HINT,
		   item->name, PAD_RIGHT);
	canvas_pad(canvas, line.row, line.col, line.cols, ROLE_WARNING,
		   item->note != NULL ? item->note : "", PAD_RIGHT);
}

void arrange_draw(struct arrange *arrange, struct canvas *canvas, struct area area)
{
	struct area line;

	area = canvas_box(canvas, area, ROLE_FRAME, arrange->title);
	line = area_bottom(&area, 1);
	canvas_pad(canvas, line.row, line.col, line.cols,
		   arrange->told != NULL ? ROLE_WARNING : ROLE_HINT,
		   arrange->told != NULL ? arrange->told :
					   _("Space choose  Left Right move  s sort  z group  "
					     "0 reset  Enter done  Esc leave"),
		   PAD_RIGHT);
	if (area.rows <= 0)
		return;
	arrange->page = (size_t)area.rows;
	if (arrange->cur < arrange->top)
		arrange->top = arrange->cur;
	if (arrange->cur >= arrange->top + arrange->page)
		arrange->top = arrange->cur - arrange->page + 1;
	for (size_t i = arrange->top; i < arrange->n && area.rows > 0; i++)
		draw_item(arrange, canvas, area_top(&area, 1), i);
}
