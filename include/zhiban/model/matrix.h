/* The matrix of a whistle (总览矩阵): its departments down, their clocks across, the worst first.
 *
 * Pure over a whistle as shown, the rules and the moment.  Columns are clocks of shares, in the order
 * of enum summons_clock: those that the whistle's class has, and whatever runs or ran besides.  Clocks
 * of the whole (approval, check, rating) are apart. */
#ifndef ZHIBAN_MODEL_MATRIX_H
#define ZHIBAN_MODEL_MATRIX_H

#include "zhiban/domain/rules.h"
#include "zhiban/domain/summons.h"
#include "zhiban/domain/whistle.h"

enum cell_state {
	CELL_NONE,  /* there is no such clock */
	CELL_IDLE,  /* it has not begun, or ended without being done */
	CELL_RUNS,  /* more than an hour is left */
	CELL_SOON,  /* less than an hour is */
	CELL_OVER,  /* it has run out and still runs */
	CELL_DONE,  /* in time, or without a limit */
	CELL_LATE,  /* done when it had run out */
};
const char *cell_state_code(enum cell_state state); /* "none" … */

struct matrix_cell {
	enum cell_state state;
	const struct clock *clock; /* of the whistle; NULL: none */
	/* ms: RUNS, SOON what is left; OVER by how much; DONE, LATE how long it took.  0 of a clock
	 * that runs without a limit. */
	int64_t span;
	bool open_proof; /* reported in, and the street has not said that they came */
};

struct matrix_row {
	const struct summoned *share; /* of the whistle */
	struct matrix_cell cells[SUMMONS_CLOCKS];
	enum summons_clock worst; /* that ends first of those that run; SUMMONS_CLOCKS: none runs */
};

struct matrix {
	enum summons_clock columns[SUMMONS_CLOCKS];
	size_t n_columns;
	struct matrix_row *rows; /* by the worst cell, those with none by protocol order, freed last */
	size_t n_rows;
	enum summons_clock whole[SUMMONS_CLOCKS]; /* of the whistle as a whole, that it has */
	size_t n_whole;
	struct matrix_cell cells[SUMMONS_CLOCKS]; /* they */
};

bool matrix_is_of_share(enum summons_clock clock);
/* Rows in the arena; it points into the whistle. */
void matrix_build(const struct rules *rules, const struct whistle *whistle, int64_t now,
		  struct arena *arena, struct matrix *ret_matrix);

enum { MATRIX_TEXT = 32 };
/* "Y 0:31" or "Y10:31" done, "Y 6:10!" too late, "Y 2:55?" not confirmed, "X-0:05" over, "18:20"
 * left, "-" not begun, "" none.  Told apart without colour. */
void matrix_cell_text(const struct matrix_cell *cell, char text[MATRIX_TEXT]);
/* The same for programs: "done 31", "late 370", "over 5", "left 1100" (minutes), "idle", "". */
void matrix_cell_code(const struct matrix_cell *cell, char text[MATRIX_TEXT]);

/* The clock of a whistle that ends first, and the cell it is; false: none runs. */
bool matrix_worst(const struct whistle *whistle, int64_t now, struct matrix_cell *ret_cell);

#endif
