#include <config.h>

#include "zhiban/ui/canvas.h"

static int at_most(int n, int max)
{
	return n > max ? (max > 0 ? max : 0) : n;
}

struct area area_top(struct area *area, int n)
{
	struct area part = *area;

	part.rows = at_most(n, area->rows);
	area->row += part.rows;
	area->rows -= part.rows;
	return part;
}

struct area area_bottom(struct area *area, int n)
{
	struct area part = *area;

	part.rows = at_most(n, area->rows);
	part.row += area->rows - part.rows;
	area->rows -= part.rows;
	return part;
}

struct area area_left(struct area *area, int n)
{
	struct area part = *area;

	part.cols = at_most(n, area->cols);
	area->col += part.cols;
	area->cols -= part.cols;
	return part;
}

struct area area_right(struct area *area, int n)
{
	struct area part = *area;

	part.cols = at_most(n, area->cols);
	part.col += area->cols - part.cols;
	area->cols -= part.cols;
	return part;
}

struct area area_middle(struct area outer, int rows, int cols)
{
	struct area part = outer;

	part.rows = at_most(rows, outer.rows);
	part.cols = at_most(cols, outer.cols);
	part.row += (outer.rows - part.rows) / 2;
	part.col += (outer.cols - part.cols) / 2;
	return part;
}
