/* The parts of a whistle's paper. */
#ifndef ZHIBAN_MODEL_WHISTLE_PAPER_PRIV_H
#define ZHIBAN_MODEL_WHISTLE_PAPER_PRIV_H

#include "zhiban/domain/summons.h"
#include "zhiban/model/whistle_paper.h"

struct paper_maker {
	const struct rules *rules;
	const struct whistle *whistle;
	const struct summons *summons;	   /* NULL: the profile knows it no more */
	const struct summons_class *class; /* or NULL */
	int64_t now;
	struct sheet *sheet; /* its arena is that of all texts made on the way */
};

/* paper_words.c: texts in the sheet's arena. */
/* 02-13 周五 17:40 */
const char *paper_short(struct sheet *sheet, const struct rules *rules, int64_t at);
const char *paper_org(const struct rules *rules, const char *code);  /* its whole name */
/* A value of a child as people read it; "" when it is not there. */
const char *paper_value(struct sheet *sheet, const struct rules *rules, enum child child,
			const char *field, const void *thing);
/* "李敏  2026-02-13 周五 17:40"; "" without a moment. */
const char *paper_by(struct sheet *sheet, const struct rules *rules, const char *who, int64_t at);
/* Which working day the due is, counted from the day after the start: 第7个工作日; "" when none lies
 * between. */
const char *paper_workdays(struct sheet *sheet, const struct rules *rules, int64_t from, int64_t to);

/* whistle_paper_done.c */
void paper_done(struct paper_maker *maker);
void paper_explain(struct paper_maker *maker);

#endif
