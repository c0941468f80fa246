/* Any act by anybody in any order: what must hold holds (see loops_apply), and some of it is done. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "loops.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

enum { WALKS = 60, STEPS = 120 };

static const struct {
	const char *verb;
	const char *args[3];
} acts[] = {
	{ "accept", { "" } },
	{ "assign", { "holder=sw\nassist=zj", "holder=ll01", "holder=zj\nassist=sw\nassist=ll" } },
	{ "coassign", { "assist=ll01", "assist=zj", "assist=sw" } },
	{ "summon", { "assist=ql\nreason=r", "assist=sw\nreason=r" } },
	{ "sign", { "", "share=sw", "share=zj" } },
	{ "contact", { "", "share=sw" } },
	{ "arrive", { "", "share=ll01" } },
	{ "handle", { "result=a", "result=b\nshare=sw", "result=c\nshare=zj" } },
	{ "verify_ok", { "", "share=sw", "share=zj" } },
	{ "verify_no", { "reason=r", "reason=r\nshare=sw" } },
	{ "return", { "reason=r", "reason=r\nshare=zj" } },
	{ "recall", { "reason=r" } },
	{ "escalate", { "reason=r" } },
	{ "feedback", { "reply=a" } },
	{ "close", { "" } },
	{ "reopen", { "reason=r" } },
	{ "countersign", { "", "note=n" } },
	{ "note", { "note=n" } },
};

static const char *const actors[] = { "duty",  "chief", "leader", "street",  "town", "station",
				      "water", "roads", "green",  "watercl", "duty", "street" };

static uint32_t next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* Mostly one that the step allows, sometimes any. */
static size_t pick(const struct fixture *fx, const struct incident *incident, uint32_t *seed)
{
	const struct step *step = rules_step(&fx->rules, incident->step);
	size_t a = next(seed) % ARRAY_LEN(acts);

	for (int tries = 0; tries < 40 && next(seed) % 8 != 0; tries++) {
		if (step_act(step, act_desc_find(acts[a].verb)) != NULL)
			return a;
		a = next(seed) % ARRAY_LEN(acts);
	}
	return a;
}

static void any_order(void **state)
{
	static const char *const orgs[] = { "sw", "zj", "ll", "ll01" };
	size_t done[ARRAY_LEN(acts)] = { 0 };

	(void)state;
	for (uint32_t walk = 0; walk < WALKS; walk++) {
		struct fixture fx;
		struct incident *incident = NULL;
		uint32_t seed = walk * 7919u + 17;

		loops_init(&fx);
		loops_walk(&fx, &incident, walk % 3 == 0 ? "duty register title=x"
							  : "station register title=x");
		for (int i = 0; i < STEPS; i++) {
			size_t a = pick(&fx, incident, &seed), n = 0;
			const char *actor = actors[next(&seed) % ARRAY_LEN(actors)];
			struct act act;
			struct error err = ERROR_INIT;

			while (n < 3 && acts[a].args[n] != NULL)
				n++;
			act = fixture_act(&fx, acts[a].verb, incident, actor,
					  acts[a].args[next(&seed) % n]);
			if (next(&seed) % 6 == 0)
				act.by_phone.org = orgs[next(&seed) % ARRAY_LEN(orgs)];
			if (next(&seed) % 12 == 0)
				act.by_phone.role = "leader";
			fx.now += MINUTE_MS;
			if (loops_apply(&fx, &incident, &act, &err) == ERR_OK)
				done[a]++;
			else
				assert_true(err.text[0] != '\0');
		}
		fixture_release(&fx);
	}
	for (size_t a = 0; a < ARRAY_LEN(acts); a++)
		if (done[a] == 0)
			fail_msg("%s was never done", acts[a].verb);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_order),
	};

	return cmocka_run_group_tests_name("domain/walk", tests, NULL, NULL);
}
