/* The cells of a canvas, for canvas.c (drawing) and canvas_flush.c (showing). */
#ifndef ZHIBAN_UI_CANVAS_PRIV_H
#define ZHIBAN_UI_CANVAS_PRIV_H

#include <stdint.h>

#include "zhiban/ui/canvas.h"

enum { CELL_BYTES = 13, SHIFTS = 8 };

/* Compared as bytes, so what len does not reach is zero. */
struct cell {
	char g[CELL_BYTES]; /* a character and what combines with it */
	uint8_t len;
	uint8_t width; /* columns; 0: the right half of a wide one */
	uint8_t role;
};

struct shift {
	int top, bottom, lines;
};

struct canvas {
	int rows, cols;
	struct cell *now, *shown; /* shown is all 0xFF where nothing is known */
	struct shift shifts[SHIFTS];
	int n_shifts;
	int cursor_row, cursor_col, shown_row, shown_col;
	struct str clean, padded, run;
};

static inline struct cell *cell_at(const struct canvas *canvas, struct cell *cells, int row,
				   int col)
{
	return &cells[(size_t)row * (size_t)canvas->cols + (size_t)col];
}

#define BLANK_CELL { " ", 1, 1, ROLE_TEXT }

/* Moves whole rows; what comes in is blank. */
void canvas_move_rows(struct canvas *canvas, struct cell *cells, struct shift shift);

#endif
