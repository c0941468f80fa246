/* 当班's inside, shared by its files. */
#ifndef ZHIBAN_VIEWS_HOME_PRIV_H
#define ZHIBAN_VIEWS_HOME_PRIV_H

#include "rows_priv.h"
#include "zhiban/model/home.h"

struct home_place { /* a line of the list */
	struct uuid id;
	enum home_group group;
	bool heading;
};

struct home_view {
	struct rows rows; /* the first: see rows_priv.h */
	struct home *home; /* the app's */
	struct home_place *places;
	size_t n_places, cap_places;
	bool moved;  /* the officer moved: the cursor stays with its case */
	bool frozen;
};

void home_draw(void *state, struct canvas *canvas, struct area area, bool all);

#endif
