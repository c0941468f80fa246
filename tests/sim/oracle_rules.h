/* Inside the judging of entries: an entry with the state before it and the state behind it. */
#ifndef TESTS_SIM_ORACLE_RULES_H
#define TESTS_SIM_ORACLE_RULES_H

#include "oracle.h"

struct judging {
	struct oracle *oracle;
	const struct written *entry;
	const char *verb;
	json_t *act, *before, *after;
};

#define JUDGE_FAIL(judging, fmt, ...)                                                              \
	sim_fail((judging)->oracle->world, "entry %lld (%s): " fmt,                                \
		 (long long)(judging)->entry->seq, (judging)->verb, __VA_ARGS__)

bool same_text(const char *a, const char *b);
json_t *children(const json_t *state, const char *kind); /* NULL: none */
json_t *child_of(const json_t *state, const char *kind, const char *id); /* NULL: not there */
bool clock_runs(const json_t *clock);

/* oracle_clocks.c: dues, pauses, extensions, and what fires. */
void judge_clocks(const struct judging *judging);

/* oracle_meetings.c: items, meetings and rooms. */
void meetings_settled(const struct oracle *oracle);

#endif
