/* Whistles when the rules change: organisations that ended, two that became one, kinds of another name,
 * deadlines by another calendar or class. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "whistles.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/carry.h"

static int setup(void **state)
{
	static struct whistles w;

	whistles_init(&w);
	*state = &w;
	return 0;
}

static int teardown(void **state)
{
	whistles_release(*state);
	return 0;
}

/* --- organisations --------------------------------------------------------------------------- */

#define WATER_IS_ROADS "from_org=sw\nto_org=zj"
#define STREET_IS_GREEN "from_org=ll\nto_org=ql"
#define WATER_IS_TRAFFIC "from_org=sw\nto_org=jt"

static const struct join {
	const char *sw, *zj; /* how far each has come; NULL: asked */
	const char *args;
	const char *org, *lead; /* who then has the share of water, who leads */
	bool second_is_water;	/* of two that are one, water's is the one that is not asked any more */
	int64_t asked;
	const char *state; /* of the share that goes on */
} joins[] = {
	{ NULL, NULL, WATER_IS_TRAFFIC, "jt", "jt", false, 3, "asked" },
	{ "handled", NULL, WATER_IS_TRAFFIC, "jt", "jt", false, 3, "handled" },
	{ NULL, NULL, WATER_IS_ROADS, "zj", "zj", false, 2, "asked" }, /* the lead's */
	{ "signed", "reported", WATER_IS_ROADS, "zj", "zj", true, 2, "reported" },
	{ "verified", "replied", WATER_IS_ROADS, "zj", "zj", false, 2, "verified" },
	{ NULL, "signed", "from_org=zj\nto_org=sw", "sw", "sw", true, 2, "signed" },
	{ NULL, NULL, STREET_IS_GREEN, "sw", "sw", false, 3, "asked" },
};

static size_t shares_of(const struct whistle *whistle, const char *org, bool live)
{
	size_t n = 0;

	for (size_t i = 0; i < whistle->shares.n; i++)
		n += str_eq(whistle_share(whistle, i)->org, org) &&
		     share_is_live(whistle_share(whistle, i)) == live;
	return n;
}

/* No clock runs about it. */
static void expect_still(const struct whistle *whistle, const struct uuid *share)
{
	char about[UUID_TEXT];

	uuid_text(share, about);
	for (size_t i = 0; i < whistle->clocks.n; i++)
		if (str_eq(whistle_clock(whistle, i)->about, about))
			assert_true(whistle_clock(whistle, i)->stopped_at != 0);
}

static void expect_join(struct whistles *w, const struct join *join)
{
	struct uuid water, roads;
	const struct whistle *whistle;
	const struct summoned *kept, *gone;

	whistles_issued(w, "major");
	water = whistles_share(w, "sw")->id;
	roads = whistles_share(w, "zj")->id;
	if (join->sw != NULL)
		whistles_share_to(w, "sw", join->sw);
	if (join->zj != NULL)
		whistles_share_to(w, "zj", join->zj);
	whistles_must(w, "carry", "system", join->args);
	whistle = w->whistle;
	kept = children_find(&w->whistle->shares, child_desc(CHILD_SUMMONED),
			     join->second_is_water ? &roads : &water);
	assert_string_equal(kept->org, join->org);
	assert_string_equal(share_state_code(share_state(kept)), join->state);
	assert_string_equal(whistle->lead, join->lead);
	assert_string_equal(whistle_share_of(whistle, join->lead)->role, "lead");
	assert_int_equal(whistle->asked, join->asked);
	assert_int_equal(shares_of(whistle, join->org, true), 1);
	assert_string_equal(whistle->step, "issued");
	for (size_t i = 0; i < whistle->clocks.n; i++)
		if (whistle_clock(whistle, i)->stopped_at == 0)
			assert_null(strstr(join->args, arena_printf(&w->fx.arena, "from_org=%s\n",
								    whistle_clock(whistle, i)->org)));
	if (join->asked == 3)
		return;
	gone = children_find(&w->whistle->shares, child_desc(CHILD_SUMMONED),
			     join->second_is_water ? &water : &roads);
	assert_true(gone->freed_at != 0);
	expect_still(whistle, &gone->id);
	assert_string_equal(gone->instead, join->org);
	assert_non_null(strstr(gone->freed_for, "区水务局"));
	assert_non_null(strstr(gone->freed_for, "区住建局"));
}

static void organisations(void **state)
{
	for (size_t i = 0; i < ARRAY_LEN(joins); i++) {
		struct whistles *w = *state;

		expect_join(w, &joins[i]);
		whistles_release(w);
		whistles_init(w);
	}
}

/* What was done stays with who did it; what is owed goes along. */
static void owed(void **state)
{
	struct whistles *w = *state;

	whistles_issued(w, "major");
	whistles_must(w, "dispute", "roads", "claim=not_ours\nclaim_for=sw\nreason=x");
	w->phone = (struct by_phone){ .org = "sw", .rung = "6001", .answered_by = "王芳",
				      .wording = "收到", .at = w->fx.now };
	whistles_must(w, "sign", "duty", "");
	assert_int_equal(w->whistle->owed, 1);
	whistles_must(w, "carry", "system", WATER_IS_TRAFFIC);
	assert_string_equal(((const struct behalf *)w->whistle->behalves.items)->org, "jt");
	assert_string_equal(whistles_share(w, "zj")->claim_for, "jt");
	assert_string_equal(w->whistle->moved_by, "sign"); /* nobody has done anything */
	/* and it goes on with who took over */
	whistles_refuse(w, "contact", "water", "share=jt", ERR_DENIED, "区交通局");
	whistles_must(w, "contact", "traffic", "");
	whistles_must(w, "countersign", "traffic", "");
	assert_int_equal(w->whistle->owed, 0);
	/* done once more it changes nothing */
	whistles_must(w, "carry", "system", WATER_IS_TRAFFIC);
	assert_string_equal(whistles_share(w, "jt")->org, "jt");
	whistles_refuse(w, "carry", "duty", WATER_IS_TRAFFIC, ERR_DENIED, "");
}

/* Who is asked nothing any more may have been the last that all waited for. */
static void the_last(void **state)
{
	struct whistles *w = *state;

	whistles_issued(w, "major");
	whistles_share_to(w, "sw", "verified");
	whistles_share_to(w, "cg", "verified");
	whistles_must(w, "carry", "system", WATER_IS_ROADS);
	assert_string_equal(w->whistle->step, "rate");
	assert_string_equal(w->whistle->moved_by, "carry");
	assert_string_equal(whistles_clock(w, "zj", "judge")->org, "zj");
	whistles_must(w, "rate", "town", "share=zj\ncontent=content");
	whistles_must(w, "rate", "town", "share=cg\ncontent=content");
	whistles_must(w, "judge", "roads", "judged=regular");
	assert_string_equal(w->whistle->step, "rate");
	whistles_must(w, "carry", "system", "from_org=zj\nto_org=cg");
	/* the works had not judged, the roads had: of the two their word is the one that stands */
	assert_string_equal(w->whistle->step, "closed");
	assert_string_equal(w->whistle->judged, "regular");
	assert_int_equal(w->whistle->due, 0);
}

/* A draft's departments know nothing of it; those that are one are planned once. */
static void drafts(void **state)
{
	struct whistles *w = *state;

	whistles_must(w, "blow", "town", "summons=whistle\ntitle=x\nground=cross\nassist=sw\n"
					  "assist=zj\nlead_org=zj\ndraft=yes");
	whistles_must(w, "carry", "system", WATER_IS_ROADS);
	assert_string_equal(w->whistle->step, "draft");
	assert_string_equal(w->whistle->lead, "zj");
	whistles_must(w, "submit", "town", "");
	whistles_must(w, "issue", "duty", "");
	assert_int_equal(w->whistle->asked, 1);
	assert_string_equal(whistles_share(w, "zj")->role, "lead");
}

/* --- kinds ----------------------------------------------------------------------------------- */

static const struct {
	const char *args;
	enum err code;
	const char *summons, *cls;
} kinds[] = {
	{ "map=whistle:major=whistle:grave", ERR_OK, "whistle", "grave" },
	{ "map=whistle:major=order:plain", ERR_OK, "order", "plain" },
	{ "map=whistle:minor=whistle:grave", ERR_OK, "whistle", "major" }, /* not of this one */
	{ "map=handle=treat\nmap=whistle:major=whistle:grave", ERR_OK, "whistle", "grave" },
	{ "map=whistle:major=whistle:nothing", ERR_INPUT, "whistle", "major" },
	{ "map=whistle:major=nothing:grave", ERR_INPUT, "whistle", "major" },
	{ "map=whistle:major=grave", ERR_INPUT, "whistle", "major" },
};

static void kinds_get_other_names(void **state)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		struct whistles *w = *state;
		struct error err = ERROR_INIT;
		enum err code;
		int64_t due;

		whistles_issued(w, "major");
		due = w->whistle->due;
		code = whistles_try(w, "carry", "system", kinds[i].args, &err);
		if (code != kinds[i].code)
			fail_msg("%zu: %s", i, err.text);
		assert_string_equal(w->whistle->summons, kinds[i].summons);
		assert_string_equal(w->whistle->cls, kinds[i].cls);
		assert_true(w->whistle->due == due); /* what runs stands */
		whistles_release(w);
		whistles_init(w);
	}
}

static void kinds_that_stand(void **state)
{
	static const struct {
		const char *words;
		bool stands;
	} cases[] = {
		{ "whistle:minor", true }, { "whistle:", true },    { "order:plain", true },
		{ "order:minor", false },  { "orders:plain", false }, { "whistle", false },
		{ "ord:plain", false },	   { "", false },	    { ":", false },
	};
	struct whistles *w = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (carry_kind_stands(&w->fx.rules, cases[i].words) != cases[i].stands)
			fail_msg("%s", cases[i].words);
}

/* --- deadlines ------------------------------------------------------------------------------- */

/* The class allows less by the new profile: what runs stands, unless it is asked. */
static void by_the_class(void **state)
{
	struct whistles *w = *state;
	struct summons_class *class;

	whistles_issued(w, "minor");
	assert_string_equal(whistles_runs(w, "sw", "sign"), "11-23 11:02");
	assert_string_equal(whistles_runs(w, "sw", "handle"), "12-02 17:30");
	class = (struct summons_class *)whistles_summons(w, "whistle")->classes;
	assert_int_equal(limit_parse("3wd", &class->limits[SUMMONS_HANDLE], NULL), ERR_OK);
	class->limits[SUMMONS_CONTACT] = (struct limit){ .unit = LIMIT_NONE };
	whistles_must(w, "carry", "system", "redue=yes\nprovisional=yes");
	assert_string_equal(w->decision.note, "no deadline has moved");
	assert_int_equal(w->decision.n_effects, 0);
	whistles_must(w, "carry", "system", "redue=yes");
	assert_string_equal(whistles_runs(w, "sw", "sign"), "11-23 11:02");
	assert_string_equal(whistles_runs(w, "sw", "handle"), "11-26 17:30");
	assert_string_equal(whistles_runs(w, "sw", "contact"), ""); /* has no limit any more */
	whistles_must(w, "carry", "system", "redue=yes");
	assert_int_equal(w->decision.n_effects, 0);
}

/* A moment that the blower stated is nobody's to compute. */
static void stated(void **state)
{
	struct whistles *w = *state;
	struct summons_class *class;

	whistles_must(w, "blow", "mayor",
		      "summons=whistle\ntitle=x\nground=cross\ncls=minor\nassist=sw\n"
		      "report_by=2026-11-25 12:00");
	whistles_must(w, "issue", "duty", "");
	class = (struct summons_class *)whistles_summons(w, "whistle")->classes;
	assert_int_equal(limit_parse("30m", &class->limits[SUMMONS_REPORT_IN], NULL), ERR_OK);
	whistles_must(w, "carry", "system", "redue=yes");
	assert_string_equal(whistles_runs(w, "sw", "report_in"), "11-25 12:00");
}

/* Past the calendar that was known: by the next year's, when it is. */
static void by_the_calendar(void **state)
{
	static const struct calendar_day off[] = { { 0, false, "元旦" } };
	struct whistles *w = *state;
	struct calendar_day *days = arena_array(&w->fx.arena, 1, sizeof *days);
	struct calendar *known = arena_alloc(&w->fx.arena, sizeof *known);

	w->fx.now = fixture_time("2026-12-28 10:00");
	whistles_issued(w, "minor");
	assert_string_equal(whistles_runs(w, "sw", "handle"), "01-06 17:30");
	assert_true(whistles_clock(w, "sw", "handle")->provisional);
	assert_false(whistles_clock(w, "sw", "sign")->provisional);
	days[0] = off[0];
	days[0].day = civil_day(2027, 1, 4);
	*known = (struct calendar){ "cn", 2026, 2027, days, 1 };
	w->fx.rules.calendar = known;
	whistles_must(w, "carry", "system", "redue=yes\nprovisional=yes");
	assert_string_equal(whistles_runs(w, "sw", "handle"), "01-07 17:30");
	assert_false(whistles_clock(w, "sw", "handle")->provisional);
	assert_string_equal(w->whistle->moved_by, "issue");
}

/* --- disputes of one that is closed ------------------------------------------------------------ */

static void closed_disputes(void **state)
{
	struct whistles *w = *state;

	whistles_issued(w, "major");
	whistles_must(w, "dispute", "water", "claim=not_ours\nreason=x");
	assert_int_equal(w->whistle->disputed, 1);
	whistles_must(w, "withdraw", "mayor", "reason=问题已自行解决");
	assert_string_equal(w->whistle->step, "withdrawn");
	assert_int_equal(w->whistle->disputed, 0);
	assert_int_equal(whistles_share(w, "sw")->settled_at, 0); /* nobody has settled it */
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(organisations),	  T(owed),	  T(the_last), T(drafts),
		T(kinds_get_other_names), T(kinds_that_stand), T(by_the_class), T(stated),
		T(by_the_calendar),	  T(closed_disputes),
	};

	return cmocka_run_group_tests_name("whistles carried over", tests, NULL, NULL);
}
