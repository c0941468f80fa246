#include <config.h>

#include "zhiban/ui/term.h"

void term_size(struct term *term, int *ret_rows, int *ret_cols)
{
	term->ops->size(term, ret_rows, ret_cols);
}

int term_colours(const struct term *term)
{
	return term->ops->colours(term);
}

void term_put(struct term *term, int row, int col, const char *text, size_t len,
	      struct term_style style)
{
	term->ops->put(term, row, col, text, len, style);
}

bool term_shift(struct term *term, int top, int bottom, int lines)
{
	return term->ops->shift(term, top, bottom, lines);
}

void term_cursor(struct term *term, int row, int col)
{
	term->ops->cursor(term, row, col);
}

void term_flush(struct term *term)
{
	term->ops->flush(term);
}

bool term_read_key(struct term *term, struct key *ret_key)
{
	return term->ops->read_key(term, ret_key);
}

const char *term_pasted(struct term *term)
{
	return term->ops->pasted(term);
}

void term_bell(struct term *term)
{
	term->ops->bell(term);
}

bool term_copy(struct term *term, const char *text)
{
	return term->ops->copy(term, text);
}

void term_suspend(struct term *term)
{
	term->ops->suspend(term);
}

void term_resume(struct term *term)
{
	term->ops->resume(term);
}

void term_resize(struct term *term, int rows, int cols)
{
	term->ops->resize(term, rows, cols);
}

void term_repaint(struct term *term)
{
	term->ops->repaint(term);
}

void term_wipe(struct term *term)
{
	term->ops->wipe(term);
}

void term_plain_signs(struct term *term, bool plain)
{
	term->ops->plain_signs(term, plain);
}

enum err term_measure(struct term *term, struct term_widths *ret_widths, struct error *err)
{
	return term->ops->measure(term, ret_widths, err);
}

void term_close(struct term *term)
{
	if (term != NULL)
		term->ops->close(term);
}
