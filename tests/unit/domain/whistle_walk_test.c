/* Any act on a whistle by anybody in any order, with the line cut or not: what must hold holds after
 * each, and every act is done in some of the walks. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "whistles.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/deadline.h"

enum { WALKS = 90, STEPS = 400 };

#define COMER "comer=张来\ncomer_post=员\ncomer_phone=1"

static const struct {
	const char *verb;
	const char *args[4];
} acts[] = {
	{ "revise", { "title=y", "cls=grave", "assist=sw\nassist=jt", "handle_by=2026-12-20 12:00" } },
	{ "submit", { "" } },
	{ "approve", { "" } },
	{ "disapprove", { "reason=r" } },
	{ "issue", { "", "cls=minor", "assist=jt" } },
	{ "return", { "reason=r" } },
	{ "sign", { "", "share=sw", "share=zj\ncomer=a", "share=cg" } },
	{ "contact", { "", "share=zj" } },
	{ "arrive", { "", "share=cg" } },
	{ "report_in", { COMER, COMER "\nshare=sw", COMER "\ncode=123456", COMER "\nshare=cg" } },
	{ "confirm_in", { "", "share=sw", "share=zj\nseen_at=2026-11-24 10:00", "share=cg" } },
	{ "deny_in", { "reason=r", "reason=r\nshare=zj" } },
	{ "consult", { "plan=p", "plan=p\nlead_org=zj" } },
	{ "handle", { "result=a", "result=b\nshare=zj" } },
	{ "feedback", { "reply=a", "reply=b\nshare=cg" } },
	{ "verify_ok", { "", "share=sw", "share=zj", "share=jt" } },
	{ "verify_no", { "reason=r" } },
	{ "rate", { "content=content", "content=fair\nshare=sw", "content=poor\nshare=zj" } },
	{ "judge", { "judged=regular", "judged=irregular\nshare=cg" } },
	{ "close", { "close_reason=r" } },
	{ "dispute", { "claim=not_ours\nreason=r", "claim=other_lead\nclaim_for=jt\nreason=r" } },
	{ "settle", { "ruling=stays\nreason=r", "ruling=freed\nreason=r", "ruling=replaced\nreason=r",
		      "ruling=lead\nreason=r" } },
	{ "replace", { "share=sw\nunit_org=jt\nreason=r", "share=zj\nunit_org=sw\nreason=r" } },
	{ "coassign", { "assist=jt\nreason=r", "assist=sw\nassist=cg\nreason=r" } },
	{ "extend_ask", { "extend_by=2wd\nreason=r", "extend_by=9wd\nreason=r" } },
	{ "extend_ok", { "", "share=sw", "share=zj", "granted=1wd" } },
	{ "extend_no", { "reason=r", "reason=r\nshare=cg" } },
	{ "urge", { "" } },
	{ "call", { "rung=a\ngist=b" } },
	{ "countersign", { "" } },
	{ "note", { "note=n" } },
};

static const char *const actors[] = { "duty",  "chief", "leader", "town",  "mayor",   "station",
				      "water", "roads", "works",  "traffic", "green", "auditor" };

static uint32_t next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* --- what must hold -------------------------------------------------------------------------- */

static bool is_asked(const struct whistle *whistle, const struct summoned *share)
{
	return whistle_step(whistle) == WHISTLE_ISSUED && share_is_live(share);
}

static void check_share(struct whistles *w, const struct summoned *share)
{
	const struct {
		enum summons_clock kind;
		bool runs;
	} clocks[] = {
		{ SUMMONS_SIGN, share->signed_at == 0 },
		{ SUMMONS_REPORT_IN, share->reported_at == 0 },
		{ SUMMONS_HANDLE, share->handled_at == 0 },
		{ SUMMONS_VERIFY, share->replied_at != 0 && share->verified_at == 0 },
		{ SUMMONS_SETTLE, share->claimed_at != 0 && share->settled_at == 0 },
	};
	bool asked = is_asked(w->whistle, share);

	for (size_t i = 0; i < ARRAY_LEN(clocks); i++) {
		const struct clock *clock = whistle_clock_of(
			w->whistle, &share->id, summons_clock_code(clocks[i].kind));
		bool runs = clock != NULL && clock->stopped_at == 0;

		if (clocks[i].kind == SUMMONS_SETTLE && whistle_step(w->whistle) == WHISTLE_RATE)
			continue;
		if (runs != (asked && clocks[i].runs))
			fail_msg("%s of %s in %s runs: %d", summons_clock_code(clocks[i].kind),
				 share->org, w->whistle->step, runs);
	}
	/* what comes later has what comes before */
	assert_true(share->verified_at == 0 || share->replied_at != 0);
	assert_true(share->replied_at == 0 || share->handled_at != 0);
	assert_true(share->handled_at == 0 || share->confirmed_at != 0);
	assert_true(share->confirmed_at == 0 || share->reported_at != 0);
	assert_true(share->reported_at == 0 || (share->signed_at != 0 && share->arrived_at != 0));
	assert_true(share->settled_at == 0 || share->claimed_at != 0);
}

static void check(struct whistles *w)
{
	const struct whistle *whistle = w->whistle;
	const struct clock *next_clock = whistle_next_clock(whistle);
	struct deadline deadlines[DEADLINES_MOST];
	size_t n = deadlines_of(whistle, deadlines), running = 0;
	int64_t live = 0, lead = 0, verified = 0;

	for (size_t i = 0; i < whistle->clocks.n; i++) {
		const struct clock *clock = whistle_clock(whistle, i);

		assert_true(clock->stopped_at == 0 || clock->stopped_at >= clock->started_at);
		assert_true(clock->side);
		running += clock->stopped_at == 0 && clock->due != 0 &&
			   strcmp(clock->kind, "arrive") != 0; /* told with its report-in */
		if (!whistle->open)
			assert_true(clock->stopped_at != 0 ||
				    summons_clock_find(clock->kind) == SUMMONS_CLOCKS);
	}
	for (size_t i = 0; i < n; i++)
		running -= deadlines[i].sort != DEADLINE_EXTENSION;
	assert_int_equal(running, 0);
	for (size_t i = 0; i < whistle->shares.n; i++) {
		const struct summoned *share = whistle_share(whistle, i);

		check_share(w, share);
		live += share_is_live(share);
		verified += share_is_live(share) && share->verified_at != 0;
		lead += share->freed_at == 0 && str_eq(share->role, "lead") &&
			str_eq(share->org, whistle->lead);
	}
	assert_int_equal(lead, 1);
	assert_int_equal(whistle->asked, live);
	assert_int_equal(whistle->verified, verified);
	assert_int_equal(whistle->due, next_clock != NULL ? next_clock->due : 0);
	if (whistle_step(whistle) == WHISTLE_RATE || whistle_step(whistle) == WHISTLE_CLOSED)
		assert_int_equal(verified, live);
	if (whistle_step(whistle) == WHISTLE_ISSUED)
		assert_true(verified < live);
	assert_int_equal(whistle->open, whistle->closed_at == 0);
}

/* --- walking --------------------------------------------------------------------------------- */

/* More often what leads on. */
static size_t any_act(uint32_t *seed)
{
	enum { FORWARD = 6, FORWARDS = 13 };
	const size_t a = next(seed);

	return a % 4 != 0 ? FORWARD + a / 4 % FORWARDS : a / 4 % ARRAY_LEN(acts);
}

/* Mostly one that is offered to that officer, sometimes any. */
static size_t pick(struct whistles *w, const struct actor *actor, uint32_t *seed)
{
	size_t a = any_act(seed);

	for (int tries = 0; tries < 30 && next(seed) % 8 != 0; tries++) {
		const struct act_desc *desc = act_desc_of(KIND_WHISTLE, acts[a].verb);

		if (whistle_possible(&w->fx.rules, w->whistle, desc, actor, NULL) == ERR_OK)
			return a;
		a = any_act(seed);
	}
	return a;
}

/* One that was refused leaves everything as it was. */
static bool step(struct whistles *w, uint32_t *seed, size_t done[ARRAY_LEN(acts)])
{
	const char *name = actors[next(seed) % ARRAY_LEN(actors)];
	const struct actor actor = whistles_actor(name);
	size_t a = pick(w, &actor, seed), n_args = 0;
	const void *before = entity_copy(w->whistle, &w->fx.arena);
	struct error err = ERROR_INIT;

	while (n_args < ARRAY_LEN(acts[a].args) && acts[a].args[n_args] != NULL)
		n_args++;
	w->fx.now += (1 + next(seed) % 90) * MINUTE_MS;
	w->eff = next(seed) % 3 == 0 ? w->fx.now - (int64_t)(next(seed) % 200) * MINUTE_MS : 0;
	w->proof = (enum proof)(next(seed) % (PROOF_BARRED + 1));
	if (whistles_try(w, acts[a].verb, name, acts[a].args[next(seed) % n_args], &err) == ERR_OK) {
		done[a]++;
		return true;
	}
	assert_true(*err.text != '\0');
	assert_true(entity_eq(before, w->whistle));
	return false;
}

static void any_order(void **state)
{
	size_t done[ARRAY_LEN(acts)] = { 0 }, closed = 0;

	(void)state;
	for (uint32_t walk = 0; walk < WALKS; walk++) {
		static const char *const first[] = {
			"title=x\nground=joint\ncls=minor\nassist=sw\nassist=zj",
			"title=x\nground=joint\ncls=major\nassist=sw\nassist=zj\nassist=cg\ndraft=1",
			"title=x\nground=joint\ncls=grave\nassist=sw",
		};
		struct whistles w;
		uint32_t seed = walk * 7919u + 17;

		whistles_init(&w);
		whistles_must(&w, "blow", "town", first[walk % ARRAY_LEN(first)]);
		for (int i = 0; i < STEPS; i++)
			if (step(&w, &seed, done))
				check(&w);
		closed += whistle_step(w.whistle) == WHISTLE_CLOSED;
		whistles_release(&w);
	}
	for (size_t a = 0; a < ARRAY_LEN(acts); a++)
		if (done[a] == 0)
			fail_msg("%s was never done", acts[a].verb);
	if (closed < WALKS / 20)
		fail_msg("only %zu came to the end", closed);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(any_order) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
