/* Numbers that are said on the telephone: the day, the letters of a kind, and a serial that is counted
 * by day (number.c).
 *
 *	20261122-0417	an incident	20261122-T003	a notice	20261122-W003	a whistle
 *	20261122-S003	a swap		20261122-J001	a handover	20261122-R003	a record
 *
 * Minutes of meetings are counted by organisation, word and year (domain/doc_no.h).
 *
 * A counter is a row of the table serial.  No two kinds share one, whatever the letters. */
#ifndef ZHIBAN_SERVER_NUMBER_PRIV_H
#define ZHIBAN_SERVER_NUMBER_PRIV_H

#include "zhiban/domain/decide.h"

bool number_counted(enum kind kind); /* whether it has numbers at all */
/* letter: of a whistle's kind; day: since 1970, the jurisdiction's. */
int64_t number_counter(enum kind kind, const char *letter, int64_t day);
/* Which counter a number came from, and its serial there; false: it is no number of that kind. */
bool number_parse(enum kind kind, const char *number, int64_t *ret_counter, int64_t *ret_serial);
/* Of minutes, when their series has a word: the counter of organisation, word and year, apart from all
 * others; the serial that the meeting has in it, 0: none. */
int64_t doc_counter(const struct rules *rules, const void *meeting, int64_t at);
int64_t doc_given(const struct rules *rules, const void *meeting, int64_t at);
/* The next one for an act that issues minutes; nothing for any other.  And it, or one beyond it that
 * was said, has been given. */
struct writer;
enum err doc_next(struct writer *writer, const struct act *act, const void *meeting, int64_t at,
		  int64_t *ret_counter, int64_t *ret_serial, struct error *err) MUST_CHECK;
enum err doc_keep(struct writer *writer, const void *meeting, int64_t at, int64_t counter,
		  int64_t next, struct error *err) MUST_CHECK;
const char *number_of(const void *entity); /* or NULL */
/* The number that a decision gives an entity, or NULL. */
const char *number_given(const struct decision *decision, const struct uuid *id);

#endif
