/* Duty, told in the order of time: people, months, what they do with them, handovers, the log. */
#include <config.h>

#include "roster_priv.h"

#include <stdlib.h>

#include "zhiban/base/civil.h"

enum { ROSTER_SALT = 0x524F5354 };

static void tell_months(struct book *book)
{
	for (int month = 0; month < ROTA_MONTHS; month++) {
		int64_t at = rota_month_at(book, month);

		for (size_t i = 0; i < book->n_rotas; i++)
			rota_month(book, &book->rotas[i], month, at + (int64_t)i * 2 * MINUTE_MS);
	}
}

void demo_rosters(struct demo *demo, const struct demo_people *people,
		  const struct demo_cases *cases, int64_t now, struct arena *arena,
		  struct demo_tale *tale)
{
	struct book book = { .demo = demo, .people = people, .cases = cases, .now = now,
			     .arena = arena, .tale = tale };

	if (demo->rules->n_plans == 0)
		return;
	demo_turn(demo, (uint64_t)ROSTER_SALT << 32, now);
	rota_people(&book);
	tell_months(&book);
	rota_lives(&book);
	rota_records(&book);
	rota_handovers(&book);
	rota_checks(&book);
	free(book.things);
}
