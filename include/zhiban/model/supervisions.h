/* Supervisions (督办, 黄牌 …) of incidents and whistles that are in force, and the points of each
 * organisation. */
#ifndef ZHIBAN_MODEL_SUPERVISIONS_H
#define ZHIBAN_MODEL_SUPERVISIONS_H

#include "zhiban/client/client.h"
#include "zhiban/wire/sheet.h"

struct supervision_row {
	struct uuid id; /* of the supervision */
	enum kind kind; /* what it is about, by its number */
	struct uuid entity;
	const char *about, *title;
	const char *channel, *org, *words, *by; /* codes of channel and organisation */
	int64_t serial;				/* among those of its entity */
	int64_t at, due, answered_at, points;
};
/* The first due first, answered ones behind; in the arena. */
enum err supervisions_load(struct client *client, struct arena *arena,
			   struct supervision_row **ret_rows, size_t *ret_n, struct error *err)
	MUST_CHECK;
/* Its fields, for lists; offsets are those of struct supervision_row. */
const struct kind_desc *supervisions_desc(void);
/* The rows as a document, and behind them how many and which points each organisation has. */
void supervisions_sheet(const struct rules *rules, const struct supervision_row *rows, size_t n,
			int64_t now, struct sheet *ret_sheet);

#endif
