/* Building rosters on paper: what it would change, what is wrong with a month, the ledger. */
#ifndef ZHIBAN_MODEL_BUILD_PAPER_H
#define ZHIBAN_MODEL_BUILD_PAPER_H

#include "zhiban/client/reckon.h"
#include "zhiban/wire/sheet.h"

/* Which month of whose roster. */
struct paper_month {
	const char *org;
	const struct roster_plan *plan;
	const char *month;
};
/* What of it breaks a rule, a row each; *ret_n: how many.  ERR_INPUT when it is no month. */
enum err roster_check_paper(struct client *client, const struct paper_month *what,
			    struct sheet *ret_sheet, size_t *ret_n, struct error *err) MUST_CHECK;
/* Score and bound, which seats change, which stay empty and why, and the ledger as it would be. */
void reckon_paper(struct client *client, const struct paper_month *what, struct reckon *reckon,
		  struct sheet *ret_sheet);
/* Who has stood how much, of which class of day: the months up to that one, in duties. */
enum err ledger_paper(struct client *client, const struct paper_month *what,
		      struct sheet *ret_sheet, struct error *err) MUST_CHECK;

/* Halves as people count: "3", "2.5".  In the arena. */
const char *halves_words(int halves, struct arena *arena);

#endif
