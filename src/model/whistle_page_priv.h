/* The page of a whistle, shared by its files. */
#ifndef ZHIBAN_MODEL_WHISTLE_PAGE_PRIV_H
#define ZHIBAN_MODEL_WHISTLE_PAGE_PRIV_H

#include "page_priv.h"
#include "zhiban/model/whistle_page.h"

struct page_maker whistle_page_maker(struct client *client, const struct whistle_page *page,
				     struct page *of, int cols, struct arena *arena);
/* ---- whistle_page_shares.c ---- */
void whistle_page_shares(struct page_maker *maker, const struct whistle_page *page);

#endif
