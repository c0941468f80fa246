/* What the papers of meetings share: words in the arena. */
#ifndef ZHIBAN_MODEL_MINUTES_PAPER_PRIV_H
#define ZHIBAN_MODEL_MINUTES_PAPER_PRIV_H

#include "zhiban/model/minutes_paper.h"

struct minutes_maker {
	const struct rules *rules;
	const struct meeting *meeting;
	const struct meeting_series *series; /* or NULL */
	const struct joint_asked *asked;
	const struct agenda **entries; /* in order */
	size_t n;
	const struct attendee **people; /* in protocol order */
	size_t n_people;
	struct arena *arena;
};
void minutes_maker_init(struct minutes_maker *maker, const struct rules *rules,
			const struct meeting *meeting, const struct joint_asked *asked,
			struct arena *arena);
const struct item *minutes_item(const struct minutes_maker *maker, const struct agenda *entry);
/* Short numbers: "22-0417" of "20261122-0417". */
const char *minutes_number(const char *number);
const char *minutes_kept(struct str *text, struct arena *arena); /* releases it */

/* 2026年11月22日; "" for 0.  2026年11月22日（周日）14:30. */
const char *minutes_date(const struct minutes_maker *maker, int64_t at);
const char *minutes_moment(const struct minutes_maker *maker, int64_t at);
const char *minutes_day(const struct minutes_maker *maker, int64_t at); /* 11月18日周三14:36 */
const char *minutes_hour(const struct minutes_maker *maker, int64_t at); /* 14:36 */
/* When it was held, or is planned: 2026年11月18日（周三）14:36至15:20. */
const char *minutes_when(const struct minutes_maker *maker);
const char *minutes_where(const struct minutes_maker *maker); /* room, line; "" neither */
const char *minutes_chairs(const struct minutes_maker *maker);
const char *minutes_name(const struct minutes_maker *maker); /* 联席工作例会第46次会议 */
const char *minutes_office(const struct minutes_maker *maker); /* who issues: never NULL */
/* When the i-th entry begins, should all go as planned: 14:45; "" no time is fixed. */
const char *minutes_begins(const struct minutes_maker *maker, size_t i);
/* The lead of an item, and whom it concerns beside: 住建局、城管局. */
const char *minutes_lead(const struct minutes_maker *maker, const struct item *item);
const char *minutes_others(const struct minutes_maker *maker, const struct item *item);
/* Those of them who came. */
const char *minutes_reporter(const struct minutes_maker *maker, const struct item *item);
const char *minutes_heard(const struct minutes_maker *maker, const struct item *item);
/* Title of an entry with the number of its case: 围墙倾斜（22-0417）. */
const char *minutes_title(const struct minutes_maker *maker, const struct agenda *entry);
/* By when a task is to be handled; 0: it is not known. */
int64_t minutes_due(const struct action *action);
const char *minutes_assists(const struct minutes_maker *maker, const struct action *action);

/* ---- minutes_paper_names.c: who was there, who has signed ---- */
void minutes_put_names(const struct minutes_maker *maker, struct official *official);
void minutes_put_signs(const struct minutes_maker *maker, struct official *official);
const char *minutes_person(const struct minutes_maker *maker, const struct attendee *attendee);

#endif
