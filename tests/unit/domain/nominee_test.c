/* What puts a case or a whistle to the meeting, in words, and whom it concerns. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tasks.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/nominee.h"

static struct clock *add_clock(struct meetings *m, struct children *clocks, const char *kind,
			       const char *due, const char *stopped)
{
	struct uuid id = uuid_child(&(struct uuid){ { 7 } }, "clock", (unsigned)clocks->n);
	struct clock *clock = children_add(clocks, child_desc(CHILD_CLOCK), &id, &m->fx.arena);

	clock->kind = kind;
	clock->step = "handle";
	clock->due = due != NULL ? fixture_time(due) : 0;
	clock->stopped_at = stopped != NULL ? fixture_time(stopped) : 0;
	return clock;
}

static void add_supervision(struct meetings *m, struct children *list, bool lifted)
{
	struct uuid id = uuid_child(&(struct uuid){ { 8 } }, "supervision", (unsigned)list->n);
	struct supervision *one = children_add(list, child_desc(CHILD_SUPERVISION), &id, &m->fx.arena);

	one->lifted_at = lifted;
}

/* ---- cases ---- */

static void put_hard(struct meetings *m, struct incident *c) { (void)m; c->hard = 1; }
static void put_hand(struct meetings *m, struct incident *c) { (void)m; c->candidate = 1; }
static void put_hand_closed(struct meetings *m, struct incident *c) { (void)m; c->candidate = 1; c->open = 0; }
static void put_hard_closed(struct meetings *m, struct incident *c) { (void)m; c->hard = 1; c->open = 0; }
static void put_returned2(struct meetings *m, struct incident *c) { (void)m; c->returns = 2; }
static void put_returned3(struct meetings *m, struct incident *c) { (void)m; c->returns = 3; }
static void put_shelved(struct meetings *m, struct incident *c) { c->shelved_at = m->fx.now; }
static void put_reworked(struct meetings *m, struct incident *c) { (void)m; c->reworks = 1; }

static void add_level(struct meetings *m, struct incident *c)
{
	struct level *level = children_add(&c->levels, child_desc(CHILD_LEVEL), &c->head.id, &m->fx.arena);

	level->seat = "ll";
	level->holder = "ll01";
}

static void put_escalated(struct meetings *m, struct incident *c) { add_level(m, c); }

static void put_halfway(struct meetings *m, struct incident *c)
{
	add_level(m, c);
	c->tier = "street";
}

static void put_merged(struct meetings *m, struct incident *c)
{
	add_level(m, c);
	c->merged_into = "x";
}

static void put_overdue1(struct meetings *m, struct incident *c)
{
	add_clock(m, &c->clocks, "handle", "2026-11-20 12:00", NULL);
	add_clock(m, &c->clocks, "sign", "2026-11-20 12:00", "2026-11-20 12:00"); /* to the minute */
	add_clock(m, &c->clocks, "verify", "2026-12-20 12:00", NULL);
	add_clock(m, &c->clocks, "accept", NULL, NULL);
}

static void put_overdue2(struct meetings *m, struct incident *c)
{
	put_overdue1(m, c);
	add_clock(m, &c->clocks, "contact", "2026-11-20 12:00", "2026-11-20 12:01");
}

static void put_beside(struct meetings *m, struct incident *c)
{
	struct clock *clock;

	put_overdue1(m, c);
	clock = add_clock(m, &c->clocks, "countersign", "2026-11-20 12:00", NULL);
	clock->side = 1;
	clock->step = NULL;
}

static void put_supervised(struct meetings *m, struct incident *c)
{
	add_supervision(m, &c->supervisions, false);
}

static void put_lifted(struct meetings *m, struct incident *c)
{
	add_supervision(m, &c->supervisions, true);
}

static void put_much(struct meetings *m, struct incident *c)
{
	put_overdue2(m, c);
	c->returns = 4;
	c->candidate = 1;
}

static const struct {
	void (*make)(struct meetings *m, struct incident *incident);
	const char *words; /* "": it is not named */
} cases[] = {
	{ NULL, "" },
	{ put_hand, "put there by hand" },
	{ put_hand_closed, "put there by hand" },
	{ put_hard, "hard case" },
	{ put_hard_closed, "" },
	{ put_returned2, "" },
	{ put_returned3, "退回 ×3" },
	{ put_escalated, "sent up to the highest level" },
	{ put_halfway, "" },
	{ put_merged, "" },
	{ put_shelved, "on the shelf" },
	{ put_overdue1, "" },
	{ put_overdue2, "超时 ×2" },
	{ put_beside, "" },
	{ put_reworked, "sent back after handling ×1" },
	{ put_supervised, "supervised" },
	{ put_lifted, "" },
	{ put_much, "put there by hand; 退回 ×4; 超时 ×2" },
};

static void which_cases(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct meetings m;
		struct incident *incident;
		const char *words;
		unsigned sorts;

		tasks_init(&m);
		incident = tasks_incident(&m, "c");
		if (cases[i].make != NULL)
			cases[i].make(&m, incident);
		sorts = nominee_of_incident(&m.fx.rules, incident, m.fx.now);
		words = nominee_words(&m.fx.rules, incident, sorts, m.fx.now, &m.fx.arena);
		if ((sorts == 0) != (*cases[i].words == '\0') || strcmp(words, cases[i].words) != 0)
			fail_msg("%zu: %x %s", i, sorts, words);
		/* a profile that says nothing names what was put there by hand alone */
		m.fx.rules.meetings.n_nominees = 0;
		assert_int_equal(nominee_of_incident(&m.fx.rules, incident, m.fx.now),
				 incident->candidate ? 1U << NOMINEE_HAND : 0);
		meetings_release(&m);
	}
}

/* ---- whistles ---- */

static void which_whistles(void **unused)
{
	struct meetings m;
	struct whistle *whistle;
	struct summoned *shares;
	struct clock *clock;

	(void)unused;
	tasks_init(&m);
	whistle = tasks_whistle(&m, "w");
	shares = whistle->shares.items;
	assert_int_equal(nominee_of_whistle(&m.fx.rules, whistle, m.fx.now), 0);
	whistle->disputed = 1;
	assert_int_equal(nominee_of_whistle(&m.fx.rules, whistle, m.fx.now), 1U << NOMINEE_DISPUTED);
	whistle->disputed = 0;
	shares[1].reworks = 1;
	assert_int_equal(nominee_of_whistle(&m.fx.rules, whistle, m.fx.now), 1U << NOMINEE_REWORKED);
	shares[1].reworks = 0;
	/* signed late is signed; not signed when it should have been is not */
	clock = add_clock(&m, &whistle->clocks, "sign", "2026-11-20 12:00", "2026-11-21 12:00");
	assert_int_equal(nominee_of_whistle(&m.fx.rules, whistle, m.fx.now), 0);
	clock->stopped_at = 0;
	assert_int_equal(nominee_of_whistle(&m.fx.rules, whistle, m.fx.now), 1U << NOMINEE_UNANSWERED);
	/* twice overdue, whatever it is */
	add_clock(&m, &whistle->clocks, "handle", "2026-11-20 12:00", NULL);
	add_clock(&m, &whistle->clocks, "countersign", "2026-11-20 12:00", NULL);
	assert_int_equal(nominee_of_whistle(&m.fx.rules, whistle, m.fx.now),
			 1U << NOMINEE_UNANSWERED | 1U << NOMINEE_OVERDUE);
	whistle->returns = 3;
	add_supervision(&m, &whistle->supervisions, false);
	assert_int_equal(nominee_of_whistle(&m.fx.rules, whistle, m.fx.now),
			 1U << NOMINEE_UNANSWERED | 1U << NOMINEE_OVERDUE | 1U << NOMINEE_RETURNED |
				 1U << NOMINEE_SUPERVISED);
	whistle->open = 0;
	assert_int_equal(nominee_of_whistle(&m.fx.rules, whistle, m.fx.now), 0);
	whistle->candidate = 1;
	assert_int_equal(nominee_of_whistle(&m.fx.rules, whistle, m.fx.now), 1U << NOMINEE_HAND);
	meetings_release(&m);
}

/* ---- whom it concerns ---- */

static void add_part(struct meetings *m, struct incident *c, const char *org, const char *state)
{
	struct uuid id = uuid_child(&c->head.id, org, 0);
	struct part *part = children_add(&c->parts, child_desc(CHILD_PART), &id, &m->fx.arena);

	part->org = org;
	part->state = state;
}

static void is_orgs(struct meetings *m, const void *entity, size_t most, const char *expected)
{
	const char *codes[8];
	struct str out = STR_INIT;
	size_t n = nominee_orgs(&m->fx.rules, entity, codes, most);

	for (size_t i = 0; i < n; i++)
		str_addf(&out, "%s%s", i > 0 ? " " : "", codes[i]);
	if (strcmp(str_get(&out), expected) != 0)
		fail_msg("%s, not %s", str_get(&out), expected);
	str_release(&out);
}

static void whom_it_concerns(void **unused)
{
	struct meetings m;
	struct incident *incident;
	struct whistle *whistle;
	struct summoned *shares;

	(void)unused;
	tasks_init(&m);
	incident = tasks_incident(&m, "c");
	is_orgs(&m, incident, 8, "sw");
	add_part(&m, incident, "ql", "returned"); /* who had it, behind those who have */
	add_part(&m, incident, "sw", "assigned");
	add_part(&m, incident, "zj", "assigned");
	add_part(&m, incident, "zx", "assigned"); /* the centre sits there anyway */
	add_part(&m, incident, "gone", "assigned");
	add_level(&m, incident);
	is_orgs(&m, incident, 8, "sw zj ql ll01 ll");
	is_orgs(&m, incident, 2, "sw zj");
	incident->holder = NULL;
	is_orgs(&m, incident, 8, "sw zj ql ll01 ll");
	whistle = tasks_whistle(&m, "w");
	shares = whistle->shares.items;
	is_orgs(&m, whistle, 8, "sw zj ll");
	shares[0].freed_at = 1;
	shares[1].claim_for = "ql";
	whistle->lead = "zj";
	is_orgs(&m, whistle, 8, "zj sw ql ll");
	meetings_release(&m);
}

static void words_of_profiles(void **unused)
{
	(void)unused;
	for (int i = 0; i < NOMINEE_SORTS; i++)
		assert_int_equal(nominee_sort_find(nominee_sort_code((enum nominee_sort)i)), i);
	assert_int_equal(nominee_sort_find("other"), NOMINEE_SORTS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(which_cases),
		cmocka_unit_test(which_whistles),
		cmocka_unit_test(whom_it_concerns),
		cmocka_unit_test(words_of_profiles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
