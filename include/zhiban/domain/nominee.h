/* Candidates for the meeting (待上会): which cases and whistles the profile's rules put there, and why. */
#ifndef ZHIBAN_DOMAIN_NOMINEE_H
#define ZHIBAN_DOMAIN_NOMINEE_H

#include "zhiban/domain/meeting.h"
#include "zhiban/domain/whistle.h"

/* The rules that name it now, as bits 1 << enum nominee_sort; 0: none.  Closed ones are not named,
 * but by hand.  An incident must have its clocks, a whistle its shares and clocks. */
unsigned nominee_of_incident(const struct rules *rules, const struct incident *incident, int64_t now);
unsigned nominee_of_whistle(const struct rules *rules, const struct whistle *whistle, int64_t now);
/* In words, in the arena: "退回 4 次；超时 2 次". */
const char *nominee_words(const struct rules *rules, const void *entity, unsigned sorts, int64_t now,
			  struct arena *arena);
/* The departments that it concerns, the lead first (holder, shares, whoever had it before …), codes of
 * the rules, without repeats and without the centre; at most `most`; returns how many. */
size_t nominee_orgs(const struct rules *rules, const void *entity, const char **codes, size_t most);
const char *nominee_sort_code(enum nominee_sort sort); /* "returned" … : the profile's words */
enum nominee_sort nominee_sort_find(const char *code); /* NOMINEE_SORTS: none */

#endif
