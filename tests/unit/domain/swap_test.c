/* Swaps: asked, proposed, accepted by the first, approved; what became of their duties meanwhile. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "rosters.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

#define ZX "zx centre 2026-12"
#define MINE "2026-12-01 night main 1"
#define HIS "2026-12-08 night main 1"

static const char *roster_words(struct rosters *r, const char *target)
{
	char words[40];

	uuid_words(&rosters_month(r, target)->head.id, words);
	return arena_strdup(&r->fx.arena, words);
}

static void begin(struct rosters *r)
{
	rosters_init(r);
	assert_int_equal(limit_parse("1wd", &r->fx.rules.countersign, NULL), ERR_OK);
	rosters_must(r, KIND_ROSTER, "roster", "周强", ZX,
		     "cell=" MINE " - @李敏\ncell=" HIS " - @陈静\n"
		     "cell=2026-12-15 night main 1 - @王芳\ncell=2026-12-08 night chief 1 - @周强");
}

/* The roster's id comes first in the arguments. */
static const char *with_roster(struct rosters *r, const char *args)
{
	return arena_printf(&r->fx.arena, "roster_id=%s\n%s", roster_words(r, ZX), args);
}

static void ask(struct rosters *r, const char *actor, const char *args)
{
	rosters_must(r, KIND_SWAP, "swap", actor, "", with_roster(r, args));
}

static void must(struct rosters *r, const char *verb, const char *actor, const char *args)
{
	rosters_must(r, KIND_SWAP, verb, actor, "", args);
}

static void refuse(struct rosters *r, const char *verb, const char *actor, const char *args,
		   enum err code, const char *words)
{
	rosters_refuse(r, KIND_SWAP, verb, actor, "", args, code, words);
}

static void state_is(struct rosters *r, enum swap_state state)
{
	assert_string_equal(rosters_swap(r)->state, swap_state_code(state));
	assert_int_equal(rosters_swap(r)->open, state <= SWAP_ACCEPTED);
}

/* ---- from asking to the end ---- */

static void proposed_and_approved(void **unused)
{
	struct rosters r;
	const struct swap *swap;

	(void)unused;
	begin(&r);
	ask(&r, "李敏", "turn_id=#" MINE "\nwho=@陈静\nother_turn=#" HIS "\nreason=孩子生病");
	state_is(&r, SWAP_PROPOSED);
	swap = rosters_swap(&r);
	assert_string_equal(swap->number, "20261123-S001");
	assert_string_equal(swap->name, "李敏");
	assert_string_equal(swap->other, "陈静");
	assert_string_equal(swap->org, "zx");
	assert_string_equal(swap->unit, "zx");
	assert_int_equal(swap->lapses_at, fixture_time("2026-12-01 17:30"));
	assert_int_equal(swap->owed, 0);
	refuse(&r, "approve", "周强", "", ERR_REFUSED, "stands at \"To be answered\"");
	refuse(&r, "accept", "王芳", "who=@王芳", ERR_DENIED, "only 陈静");
	refuse(&r, "accept", "李敏", "", ERR_DENIED, "you asked for it yourself");
	must(&r, "accept", "陈静", "");
	state_is(&r, SWAP_ACCEPTED);
	refuse(&r, "approve", "陈静", "", ERR_DENIED, "needs at least the role");
	must(&r, "approve", "周强", "note=同意");
	state_is(&r, SWAP_APPROVED);
	assert_string_equal(rosters_who(&r, MINE), "陈静");
	assert_string_equal(rosters_who(&r, HIS), "李敏");
	assert_string_equal(rosters_turn(&r, MINE)->was, "李敏");
	assert_string_equal(rosters_turn(&r, MINE)->how, "swap");
	assert_string_equal(rosters_turn(&r, MINE)->why, "20261123-S001 孩子生病");
	refuse(&r, "withdraw", "李敏", "reason=不换了", ERR_REFUSED, "\"Swapped\" (周强, 11-23 10:04)");
	rosters_release(&r);
}

static void given_away_to_whoever_comes_first(void **unused)
{
	struct rosters r;

	(void)unused;
	begin(&r);
	ask(&r, "李敏", "turn_id=#" MINE "\nreason=出差");
	state_is(&r, SWAP_ASKED);
	refuse(&r, "accept", "王芳", "", ERR_INPUT, "say who");
	refuse(&r, "decline", "王芳", "reason=不去", ERR_REFUSED, "Asked of anybody");
	refuse(&r, "accept", "李敏", "who=@李敏", ERR_INPUT, "with himself");
	refuse(&r, "accept", "王芳", "who=@陈静", ERR_DENIED, "only 陈静");
	must(&r, "accept", "王芳", "who=@王芳");
	/* the second hears who was first */
	refuse(&r, "accept", "陈静", "who=@陈静", ERR_REFUSED, "(王芳, 11-23 10:03)");
	must(&r, "approve", "周强", "");
	assert_string_equal(rosters_who(&r, MINE), "王芳");
	assert_string_equal(rosters_turn(&r, MINE)->unit, "sw");
	rosters_release(&r);
}

/* What the one who accepts wants in return is for the chief to weigh. */
static void a_duty_in_return(void **unused)
{
	struct rosters r;

	(void)unused;
	begin(&r);
	ask(&r, "李敏", "turn_id=#" MINE "\nreason=出差");
	refuse(&r, "accept", "王芳", "who=@王芳\nother_turn=#" HIS, ERR_REFUSED,
	       "12-08 夜班 主班 is no longer a duty of 王芳: 陈静 stands there");
	must(&r, "accept", "王芳", "who=@王芳\nother_turn=#2026-12-15 night main 1");
	must(&r, "approve", "周强", "");
	assert_string_equal(rosters_who(&r, "2026-12-15 night main 1"), "李敏");
	assert_string_equal(rosters_who(&r, MINE), "王芳");
	rosters_release(&r);
}

static const struct {
	const char *actor, *args;
	enum err code;
	const char *words;
} asked_wrongly[] = {
	{ "王芳", "turn_id=#" MINE "\nreason=出差", ERR_DENIED, "only 李敏" },
	{ "李敏", "turn_id=2026\nreason=出差", ERR_REFUSED, "not in the roster" },
	{ "李敏", "turn_id=#" MINE "\nwho=@李敏\nreason=出差", ERR_INPUT, "with himself" },
	{ "李敏", "turn_id=#" MINE "\nwho=@鬼\nreason=出差", ERR_INPUT, "nobody of the people" },
	{ "李敏", "turn_id=#" MINE "\nwho=@王芳\nother_turn=#" HIS "\nreason=出差", ERR_REFUSED,
	  "no longer a duty of 王芳" },
	{ "auditor", "turn_id=#" MINE "\nreason=出差", ERR_DENIED, "" },
};

static void what_nobody_can_ask(void **unused)
{
	struct rosters r;

	(void)unused;
	begin(&r);
	for (size_t i = 0; i < ARRAY_LEN(asked_wrongly); i++)
		refuse(&r, "swap", asked_wrongly[i].actor, with_roster(&r, asked_wrongly[i].args),
		       asked_wrongly[i].code, asked_wrongly[i].words);
	r.fx.now = fixture_time("2026-12-01 17:30");
	refuse(&r, "swap", "李敏", with_roster(&r, "turn_id=#" MINE "\nreason=出差"), ERR_REFUSED,
	       "12-01 夜班 主班 has begun");
	rosters_release(&r);
}

/* ---- other ends ---- */

static void declined_refused_withdrawn(void **unused)
{
	static const struct {
		const char *verb, *actor, *denied;
		enum swap_state state;
	} ends[] = {
		{ "decline", "陈静", "王芳", SWAP_DECLINED },
		{ "disapprove", "周强", "陈静", SWAP_REFUSED },
		{ "withdraw", "李敏", "王芳", SWAP_WITHDRAWN },
	};

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		struct rosters r;

		begin(&r);
		ask(&r, "李敏", "turn_id=#" MINE "\nwho=@陈静\nreason=出差");
		must(&r, "accept", "陈静", "");
		refuse(&r, ends[i].verb, ends[i].denied, "reason=不行", ERR_DENIED, "");
		must(&r, ends[i].verb, ends[i].actor, "reason=不行");
		state_is(&r, ends[i].state);
		assert_string_equal(rosters_swap(&r)->decided_for, "不行");
		assert_string_equal(rosters_swap(&r)->decided_by, ends[i].actor);
		assert_string_equal(rosters_who(&r, MINE), "李敏");
		refuse(&r, "approve", "周强", "", ERR_REFUSED, ends[i].actor);
		rosters_release(&r);
	}
}

/* ---- the rules, as things are now ---- */

static void rules_when_it_is_accepted_and_approved(void **unused)
{
	struct rosters r;

	(void)unused;
	begin(&r);
	ask(&r, "李敏", "turn_id=#" MINE "\nwho=@陈静\nreason=出差");
	/* what can never be */
	rosters_must(&r, KIND_ROSTER, "roster", "周强", ZX, "cell=2026-12-01 night fire 1 - @陈静");
	refuse(&r, "accept", "陈静", "", ERR_REFUSED, "at that time");
	rosters_must(&r, KIND_ROSTER, "roster", "周强", ZX,
		     "cell=2026-12-01 night fire 1 @陈静 -\ncell=2026-12-02 day main 1 - @陈静");
	/* what a reason lets pass is for the chief */
	must(&r, "accept", "陈静", "");
	refuse(&r, "approve", "周强", "", ERR_REFUSED,
	       "too little rest between it and 12-02 白班; it can be done with a reason");
	must(&r, "approve", "周强", "despite=白班改为远程");
	assert_string_equal(rosters_who(&r, MINE), "陈静");
	assert_string_equal(rosters_swap(&r)->decided_for, "白班改为远程");
	rosters_release(&r);
}

/* The one who gives a duty is judged for what he takes, less what he gives. */
static void the_rest_of_both(void **unused)
{
	struct rosters r;

	(void)unused;
	begin(&r);
	rosters_must(&r, KIND_ROSTER, "roster", "周强", ZX, "cell=2026-12-07 night fire 1 - @李敏");
	ask(&r, "李敏", "turn_id=#" MINE "\nother_turn=#" HIS "\nreason=出差");
	must(&r, "accept", "陈静", "");
	refuse(&r, "approve", "周强", "", ERR_REFUSED,
	       "李敏 12-08 夜班 主班: too little rest between it and 12-07 夜班");
	rosters_release(&r);
}

/* ---- what became of its duties meanwhile ---- */

static void it_follows_a_duty_that_moved(void **unused)
{
	struct rosters r;

	(void)unused;
	begin(&r);
	ask(&r, "李敏", "turn_id=#" MINE "\nwho=@王芳\nreason=出差");
	must(&r, "accept", "王芳", "");
	rosters_must(&r, KIND_ROSTER, "move", "周强", ZX,
		     "turn_id=#" MINE "\nday=2026-12-03\nreason=会议");
	must(&r, "approve", "周强", "");
	assert_string_equal(rosters_who(&r, "2026-12-03 night main 1"), "王芳");
	assert_string_equal(rosters_who(&r, MINE), "-");
	rosters_release(&r);
}

static void a_duty_that_is_no_longer_his(void **unused)
{
	struct rosters r;

	(void)unused;
	begin(&r);
	ask(&r, "李敏", "turn_id=#" MINE "\nwho=@王芳\nreason=出差");
	must(&r, "accept", "王芳", "");
	rosters_must(&r, KIND_ROSTER, "cover", "周强", ZX, "turn_id=#" MINE "\nwho=@陈静\nreason=病");
	refuse(&r, "approve", "周强", "", ERR_REFUSED,
	       "12-01 夜班 主班 is no longer a duty of 李敏: 陈静 stands there, set by 周强");
	assert_string_equal(rosters_who(&r, MINE), "陈静");
	/* it ends by itself, and says why */
	r.fx.now = fixture_time("2026-12-01 17:30");
	must(&r, "lapse", "system", "");
	state_is(&r, SWAP_LAPSED);
	assert_non_null(strstr(rosters_swap(&r)->decided_for, "陈静 stands there"));
	rosters_release(&r);
}

static void a_duty_that_was_taken_out(void **unused)
{
	struct rosters r;

	(void)unused;
	begin(&r);
	ask(&r, "李敏", "turn_id=#" MINE "\nwho=@王芳\nreason=出差");
	rosters_must(&r, KIND_ROSTER, "roster", "周强", ZX, "cell=" MINE " @李敏 -");
	refuse(&r, "accept", "王芳", "", ERR_REFUSED, "the duty of 李敏 is not in the roster any more");
	must(&r, "withdraw", "李敏", "reason=算了");
	rosters_release(&r);
}

static void it_lapses_when_the_earlier_duty_begins(void **unused)
{
	struct rosters r;

	(void)unused;
	begin(&r);
	ask(&r, "李敏", "turn_id=#" MINE "\nwho=@王芳\nreason=出差");
	must(&r, "lapse", "system", "");
	assert_int_equal(r.decision.n_effects, 0);
	rosters_must(&r, KIND_ROSTER, "move", "周强", ZX,
		     "turn_id=#" MINE "\nday=2026-12-03\nreason=会议");
	r.fx.now = fixture_time("2026-12-01 17:30");
	must(&r, "lapse", "system", "");
	state_is(&r, SWAP_PROPOSED);
	assert_int_equal(rosters_swap(&r)->lapses_at, fixture_time("2026-12-03 17:30"));
	r.fx.now = fixture_time("2026-12-03 17:30");
	refuse(&r, "accept", "王芳", "", ERR_REFUSED, "12-03 夜班 主班 has begun");
	must(&r, "lapse", "system", "");
	state_is(&r, SWAP_LAPSED);
	must(&r, "lapse", "system", "");
	assert_int_equal(r.decision.n_effects, 0);
	refuse(&r, "lapse", "李敏", "", ERR_DENIED, "");
	rosters_release(&r);
}

/* ---- on behalf ---- */

static void on_behalf(void **unused)
{
	struct rosters r;
	const struct behalf *behalf;

	(void)unused;
	begin(&r);
	r.phone = (struct by_phone){ .org = "zx", .rung = "李敏", .answered_by = "李敏" };
	ask(&r, "周强", "turn_id=#" MINE "\nwho=@王芳\nreason=出差");
	assert_string_equal(rosters_swap(&r)->asked_by, "李敏");
	assert_int_equal(rosters_swap(&r)->owed, 1);
	behalf = rosters_swap(&r)->behalves.items;
	assert_string_equal(behalf->verb, "swap");
	assert_string_equal(behalf->rung, "李敏");
	assert_string_equal(behalf->org, "zx");
	assert_int_equal(behalf->due, fixture_time("2026-11-24 17:30"));
	/* of another unit: its leader may speak for it, another street's may not */
	refuse(&r, "accept", "孙丽", "", ERR_DENIED, "only 王芳");
	must(&r, "accept", "高原", "");
	assert_string_equal(rosters_swap(&r)->accepted_by, "王芳");
	assert_int_equal(rosters_swap(&r)->owed, 2);
	refuse(&r, "countersign", "周强", "", ERR_DENIED, "you recorded it yourself");
	must(&r, "countersign", "李敏", "");
	must(&r, "countersign", "王芳", "");
	assert_int_equal(rosters_swap(&r)->owed, 0);
	must(&r, "countersign", "王芳", "");
	assert_int_equal(r.decision.n_effects, 0);
	/* approved by telephone */
	r.phone = (struct by_phone){ .role = "chief", .rung = "周强", .answered_by = "周强" };
	must(&r, "approve", "陈静", "");
	state_is(&r, SWAP_APPROVED);
	assert_int_equal(rosters_swap(&r)->owed, 1);
	must(&r, "countersign", "周强", "");
	assert_int_equal(rosters_swap(&r)->owed, 0);
	rosters_release(&r);
}

/* ---- menus ---- */

static const struct {
	const char *verb, *actor;
	bool can;
} menu[] = {
	{ "accept", "陈静", true },    { "accept", "王芳", false },  { "accept", "周强", true },
	{ "decline", "陈静", true },   { "approve", "周强", false }, { "withdraw", "李敏", true },
	{ "withdraw", "王芳", false }, { "disapprove", "周强", true }, { "disapprove", "陈静", false },
	{ "lapse", "周强", false },    { "swap", "李敏", false },    { "countersign", "李敏", false },
};

static void what_a_menu_offers(void **unused)
{
	struct rosters r;

	(void)unused;
	begin(&r);
	ask(&r, "李敏", "turn_id=#" MINE "\nwho=@陈静\nreason=出差");
	for (size_t i = 0; i < ARRAY_LEN(menu); i++) {
		const struct actor actor = rosters_actor(menu[i].actor);
		bool can = swap_possible(&r.fx.rules, rosters_swap(&r),
					 act_desc_of(KIND_SWAP, menu[i].verb), &actor,
					 NULL) == ERR_OK;
		if (can != menu[i].can)
			fail_msg("%s by %s", menu[i].verb, menu[i].actor);
	}
	for (int s = 0; s < SWAP_STATES; s++) {
		const struct swap swap = { .state = swap_state_code((enum swap_state)s) };

		assert_int_equal(swap_state(&swap), s);
		assert_true(*swap_state_label((enum swap_state)s) != '\0');
	}
	rosters_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(proposed_and_approved),
		cmocka_unit_test(given_away_to_whoever_comes_first),
		cmocka_unit_test(a_duty_in_return),
		cmocka_unit_test(what_nobody_can_ask),
		cmocka_unit_test(declined_refused_withdrawn),
		cmocka_unit_test(rules_when_it_is_accepted_and_approved),
		cmocka_unit_test(the_rest_of_both),
		cmocka_unit_test(it_follows_a_duty_that_moved),
		cmocka_unit_test(a_duty_that_is_no_longer_his),
		cmocka_unit_test(a_duty_that_was_taken_out),
		cmocka_unit_test(it_lapses_when_the_earlier_duty_begins),
		cmocka_unit_test(on_behalf),
		cmocka_unit_test(what_a_menu_offers),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("swap", tests, NULL, NULL);
}
