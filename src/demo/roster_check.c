/* Periodic checks of those that owe some: done in time, mostly, and noted by the centre's officer on
 * duty where they have nobody at a screen. */
#include <config.h>

#include "roster_priv.h"

#include "zhiban/base/civil.h"
#include "zhiban/domain/inspection.h"

enum { CHECK_DAYS = 8, LATE_ONE_IN = 9 };

static void check_one(struct book *book, const struct check_due *check)
{
	bool own = !str_eq(book_actor(book, check->org).org, book->demo->rules->centre);
	bool late = demo_one_in(book->demo, LATE_ONE_IN);
	int64_t at = late ? check->due + book_minutes(book, 20, 200)
			  : check->due - book_minutes(book, 5, 60);
	struct actor actor = book_actor(book, check->org);
	struct act act = book_act(book, KIND_INSPECTION, "inspect", &check->id, &actor, at);

	book_text(book, &act, "label", check->label);
	book_num(book, &act, "due", check->due);
	if (!own) {
		act.by_phone.org = check->org;
		act.by_phone.rung = demo_name(book->demo, book->arena);
		act.by_phone.answered_by = act.by_phone.rung;
		act.by_phone.at = at;
	}
	(void)book_done(book, &act);
}

void rota_checks(struct book *book)
{
	const struct rules *rules = book->demo->rules;
	struct check_due checks[CHECKS_MOST];

	for (size_t i = 0; i < rules->n_overrides; i++) {
		const struct override *own = &rules->overrides[i];
		size_t n = own->n_checks == 0
				   ? 0
				   : checks_due(rules, own->org, book->now - CHECK_DAYS * DAY_MS,
						book->now - 2 * HOUR_MS, checks);

		for (size_t k = 0; k < n; k++)
			if (!demo_one_in(book->demo, LATE_ONE_IN)) /* one is not done at all */
				check_one(book, &checks[k]);
	}
}
