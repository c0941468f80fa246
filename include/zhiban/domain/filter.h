/* The filter language: the same in the prompt, saved views and `zhiban list --filter`.
 *
 * WORD, "a phrase", step:X street:X dept:X src:X sev>=X, due<2h, overdue, open, closed, mine, hard,
 * since:T, !not, a b (and), a | b (or).  Flags of how it stands: owed, paused, shelved, proposed,
 * listed, offered, asked, supervised, undetermined (on nobody's duty list), callback, merged,
 * candidate, elsewhere, alarm (rings at the actor's desk), unsigned, receipts (one is missing),
 * instructions (a leader's, not carried out), watched and pinned (by the actor himself).  Names match
 * by code, name, short name, a part of one, or pinyin (candidate.h).  A word alone is also the
 * beginning of a street's name, the whole of a community's, or a text in pinyin spelled out
 * (pinyin_spelled): such a one no index of texts can look for.
 * Any field of the incident can stand before the colon, by its name or its title; personal ones
 * cannot, for a filter would spell a masked phone out digit by digit.  dept: is the holder or one
 * that assists, and all below it (the root stands for itself).  T is 2h, 3d, today, yesterday or a
 * date; for due a duration lies ahead, else behind.  last-shift is when the actor's last shift ended;
 * since:last-shift is what moved from then on, reported before it or not.  Flags and days are known
 * under their translations too.  A quoted value is taken as it is where the rules know none such,
 * so is an unquoted source that is not just a slip of the pen; nothing quoted is pinyin.  Over rows
 * of what runs out, kind: asks for cases, whistles, checks … (struct filter_ctx), and mine is whose
 * clock it is.  Full-width signs work as their ASCII, and title marks as < and > behind a field. */
#ifndef ZHIBAN_DOMAIN_FILTER_H
#define ZHIBAN_DOMAIN_FILTER_H

#include "zhiban/domain/rules.h"

struct filter; /* lives in the arena it was parsed into */

struct filter_error {
	size_t at, len;	  /* the word in bytes of the text */
	char text[400];	  /* sentence with the nearest valid words */
};

enum filter_mark { FILTER_WATCHED, FILTER_PINNED };

struct filter_ctx {
	const struct rules *rules;
	const struct actor *actor; /* for mine, alarm */
	int64_t now;
	const char *mode; /* code; NULL: peacetime.  For alarm */
	/* What the actor has marked; NULL: nothing. */
	bool (*marked)(const void *marks, const struct uuid *id, enum filter_mark mark);
	const void *marks;
	/* When the actor's last shift ended, ms UTC; 0: not known.  NULL: nobody has one here. */
	int64_t (*last_shift)(void *of);
	void *shift_of;
	/* Where rows are of several sorts: what kind: may be, and the codes of the row that is looked
	 * at, NULL-terminated.  NULL: there is no kind: here. */
	const struct choices *sorts;
	const char *const *of;
};

#define FILTER_LAST_SHIFT "last-shift" /* the moment by its word */
bool filter_is_last_shift(const char *words); /* that, or its translation */

/* "" is a filter that lets all through.  ERR_INPUT and ret_error for an unknown field or value. */
enum err filter_parse(const char *text, const struct filter_ctx *ctx, struct arena *arena,
		      struct filter **ret_filter, struct filter_error *ret_error) MUST_CHECK;
bool filter_match(const struct filter *filter, const struct incident *incident,
		  const struct filter_ctx *ctx);
/* It looks at such children: departments' shares (dept:, unsigned), call-backs owed (callback),
 * receipts, instructions. */
bool filter_needs(const struct filter *filter, enum child child);
bool filter_is_all(const struct filter *filter);
bool filter_opens(const struct filter *filter); /* it says that no closed one gets through */
/* What an index of texts (base/gram.h) can tell beforehand: the filter is so many alternatives, and
 * what the i-th lets through has all these pairs in its texts (incident_texts).  Appends them,
 * neither sorted nor each once; none: the index cannot help. */
struct grams;
size_t filter_alternatives(const struct filter *filter);
void filter_grams(const struct filter *filter, size_t i, struct grams *grams);

#endif
