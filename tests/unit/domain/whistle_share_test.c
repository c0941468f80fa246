/* A department's share in a whistle: signed, contacted, on the scene, reported in and how that is
 * proved, handled, fed back; who may, and in what order. */
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

#define COMER "comer=张来\ncomer_post=科长\ncomer_phone=6001"

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

/* Every share has its clocks from the issue on, and each act stops its own. */
static void clocks_of_a_share(void **state)
{
	static const struct {
		const char *verb, *args;
		const char *sign, *contact, *arrive, *report_in, *handle, *feedback, *verify;
	} cases[] = {
		{ NULL, "", "11-23 11:02", "11-23 14:02", "11-24 10:02", "11-24 17:30",
		  "12-02 17:30", "", "" },
		{ "contact", "", "11-23 11:02", "", "11-24 10:02", "11-24 17:30", "12-02 17:30", "",
		  "" },
		{ "sign", "", "", "", "11-24 10:02", "11-24 17:30", "12-02 17:30", "", "" },
		{ "arrive", "", "", "", "", "11-24 17:30", "12-02 17:30", "", "" },
		{ "report_in", COMER, "", "", "", "", "12-02 17:30", "", "" },
		{ "confirm_in", "share=sw", "", "", "", "", "12-02 17:30", "", "" },
		{ "handle", "result=已清", "", "", "", "", "", "11-24 10:08", "" },
		{ "feedback", "reply=已清", "", "", "", "", "", "", "11-24 17:30" },
	};
	struct whistles *w = *state;

	whistles_issued(w, "major");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *street = cases[i].verb != NULL && strcmp(cases[i].verb, "confirm_in") == 0
					     ? "town"
					     : "water";

		if (cases[i].verb != NULL)
			whistles_must(w, cases[i].verb, street, cases[i].args);
		assert_string_equal(whistles_runs(w, "sw", "sign"), cases[i].sign);
		assert_string_equal(whistles_runs(w, "sw", "contact"), cases[i].contact);
		assert_string_equal(whistles_runs(w, "sw", "arrive"), cases[i].arrive);
		assert_string_equal(whistles_runs(w, "sw", "report_in"), cases[i].report_in);
		assert_string_equal(whistles_runs(w, "sw", "handle"), cases[i].handle);
		assert_string_equal(whistles_runs(w, "sw", "feedback"), cases[i].feedback);
		assert_string_equal(whistles_runs(w, "sw", "verify"), cases[i].verify);
		/* the others' run as they did */
		assert_string_equal(whistles_runs(w, "zj", "sign"), "11-23 11:02");
		assert_string_equal(whistles_runs(w, "cg", "handle"), "12-02 17:30");
	}
	assert_string_equal(whistles_clock(w, "sw", "verify")->org, "ll");
	assert_string_equal(whistles_clock(w, "sw", "sign")->org, "sw");
}

static void who_may_and_when(void **state)
{
	static const struct whistles_step steps[] = {
		/* nobody for another, but the centre */
		{ "sign", "roads", "share=sw", ERR_DENIED, "区水务局" },
		{ "sign", "town", "share=sw", ERR_DENIED, "区水务局" },
		{ "sign", "auditor", "share=sw", ERR_DENIED, "" },
		{ "sign", "traffic", "", ERR_INPUT, "say whose share" },
		{ "sign", "traffic", "share=jt", ERR_REFUSED, "区交通局 has no share" },
		{ "sign", "duty", "", ERR_INPUT, "区水务局, 区住建局, 区城管局" },
		{ "sign", "duty", "share=cg", ERR_OK, NULL },
		{ "sign", "works", "", ERR_REFUSED, "done already by 李敏, 11-23 10:03" },
		/* not before it was reported and confirmed */
		{ "confirm_in", "town", "", ERR_REFUSED, "there is no share now" },
		{ "confirm_in", "town", "share=sw", ERR_REFUSED, "区水务局 has not reported in yet" },
		{ "deny_in", "town", "share=sw\nreason=没来", ERR_REFUSED, "has not reported in yet" },
		{ "handle", "water", "result=x", ERR_REFUSED, "区水务局 has not reported in yet" },
		{ "feedback", "water", "reply=x", ERR_REFUSED, "has not reported the result yet" },
		{ "verify_ok", "town", "share=sw", ERR_REFUSED, "has not fed back yet" },
		{ "report_in", "water", "comer=张来", ERR_INPUT, "His post" },
		{ "report_in", "water", COMER, ERR_OK, NULL },
		{ "report_in", "water", "comer=李到\ncomer_post=员\ncomer_phone=1", ERR_REFUSED,
		  "张来 has reported in already, 11-23 10:04" },
		{ "arrive", "water", "", ERR_REFUSED, "done already by 张来" },
		{ "contact", "water", "", ERR_REFUSED, "done already by 区水务局" },
		{ "handle", "water", "result=x", ERR_REFUSED, "兰陵街道 has not confirmed yet that 张来" },
		/* the department does not confirm itself, nor does another street */
		{ "confirm_in", "water", "", ERR_DENIED, "兰陵街道" },
		{ "confirm_in", "green", "share=sw", ERR_DENIED, "兰陵街道" },
		{ "confirm_in", "station", "share=sw", ERR_OK, NULL }, /* a community of the street */
		{ "deny_in", "town", "share=sw\nreason=没来", ERR_REFUSED, "confirmed already, by 吴霞" },
		{ "sign", "water", "comer=李到", ERR_REFUSED, "done already by 王芳" },
		{ "handle", "roads", "share=sw\nresult=x", ERR_DENIED, "区水务局" },
		{ "handle", "water", "result=已清", ERR_OK, NULL },
		{ "handle", "water", "result=又清", ERR_REFUSED, "done already by 王芳" },
		{ "deny_in", "town", "share=sw\nreason=没来", ERR_REFUSED, "has reported the result" },
		{ "verify_ok", "town", "share=sw", ERR_REFUSED, "has not fed back yet" },
		{ "feedback", "water", "reply=已清", ERR_OK, NULL },
		{ "feedback", "water", "reply=已清", ERR_REFUSED, "done already by 区水务局" },
		{ "rate", "town", "share=sw\ncontent=满意", ERR_REFUSED, "Under way" },
	};
	struct whistles *w = *state;

	whistles_issued(w, "major");
	whistles_run(w, steps, ARRAY_LEN(steps));
	assert_int_equal(w->whistle->signatures, 2);
	assert_int_equal(w->whistle->reported, 1);
	assert_int_equal(w->whistle->replied, 1);
	/* what the centre signed for another is to be countersigned */
	assert_int_equal(w->whistle->behalves.n, 1);
	assert_string_equal(((const struct behalf *)w->whistle->behalves.items)->org, "cg");
}

/* Nothing of a share before the issue, nor after the end. */
static void not_in_other_steps(void **state)
{
	static const char *const verbs[] = { "sign",	 "contact",  "arrive",	 "handle",
					     "feedback", "verify_ok", "verify_no" };
	static const char *const args[] = { "", "", "", "result=x", "reply=x", "", "reason=x" };
	struct whistles *w = *state;

	whistles_must(w, "blow", "town", "title=渣土\nground=joint\ncls=major\nassist=sw");
	assert_string_equal(w->whistle->step, "approve");
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
		whistles_refuse(w, verbs[i], "water", args[i], ERR_REFUSED, "To be approved");
	whistles_refuse(w, "report_in", "water", COMER, ERR_REFUSED, "To be approved");
	whistles_must(w, "approve", "mayor", "");
	whistles_must(w, "issue", "duty", "");
	whistles_must(w, "withdraw", "town", "reason=已自行解决");
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
		whistles_refuse(w, verbs[i], "water", args[i], ERR_REFUSED, "Withdrawn");
	assert_string_equal(whistles_runs(w, "sw", "sign"), "");
	assert_string_equal(whistles_runs(w, "sw", "handle"), "");
}

/* Signing says who comes, when it is known, and may say it later, or another. */
static void who_comes(void **state)
{
	struct whistles *w = *state;

	whistles_issued(w, "major");
	whistles_must(w, "sign", "water", "");
	assert_null(whistles_share(w, "sw")->comer);
	whistles_must(w, "sign", "water", "comer=张来\ncomer_phone=6001\ncomes_at=2026-11-23 15:00");
	assert_string_equal(whistles_share(w, "sw")->comer, "张来");
	assert_int_equal(whistles_share(w, "sw")->comes_at, fixture_time("2026-11-23 15:00"));
	assert_int_equal(whistles_share(w, "sw")->signed_at, fixture_time("2026-11-23 10:03"));
	assert_non_null(strstr(w->decision.note, "王芳 has signed already, 11-23 10:03"));
	whistles_must(w, "report_in", "water", "comer=李到\ncomer_post=员\ncomer_phone=6002");
	assert_string_equal(whistles_share(w, "sw")->comer, "李到");
	assert_string_equal(whistles_share(w, "sw")->proof, "none");
}

/* --- proof ----------------------------------------------------------------------------------- */

static void codes(void **state)
{
	static const struct {
		enum proof proof;
		const char *refusal, *result;
		bool confirmed;
	} cases[] = {
		{ PROOF_WRONG, "the code is wrong", NULL, false },
		{ PROOF_USED, "this code was used already", NULL, false },
		{ PROOF_BARRED, "too many wrong codes", NULL, false },
		{ PROOF_UNKNOWN, NULL, "unverified", false }, /* on a console, until the server says */
		{ PROOF_RIGHT, NULL, "code", true },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct whistles *w = *state;

		whistles_issued(w, "major");
		w->proof = cases[i].proof;
		w->proof_step = 5903360;
		if (cases[i].refusal != NULL) {
			whistles_refuse(w, "report_in", "water", COMER "\ncode=123456", ERR_REFUSED,
					cases[i].refusal);
			assert_int_equal(whistles_share(w, "sw")->reported_at, 0);
		} else {
			whistles_must(w, "report_in", "water", COMER "\ncode=123456");
			assert_string_equal(whistles_share(w, "sw")->proof, cases[i].result);
			assert_int_equal(whistles_share(w, "sw")->confirmed_at != 0,
					 cases[i].confirmed);
			assert_int_equal(whistles_share(w, "sw")->proof_step,
					 cases[i].confirmed ? 5903360 : 0);
		}
		whistles_release(w);
		whistles_init(w);
	}
}

/* The line was cut: the code proves that he was there when he says, and the clock stopped then. */
static void claimed_time(void **state)
{
	struct whistles *w = *state;
	const struct summoned *share;

	whistles_issued(w, "grave"); /* report in within 4 hours: 14:02 */
	w->fx.now = fixture_time("2026-11-23 18:00");
	w->eff = fixture_time("2026-11-23 13:40");
	w->proof = PROOF_RIGHT;
	whistles_must(w, "report_in", "water", COMER "\ncode=123456");
	share = whistles_share(w, "sw");
	assert_int_equal(share->reported_at, fixture_time("2026-11-23 13:40"));
	assert_int_equal(share->arrived_at, fixture_time("2026-11-23 13:40"));
	assert_int_equal(share->signed_at, fixture_time("2026-11-23 13:40"));
	assert_int_equal(share->confirmed_at, fixture_time("2026-11-23 18:01")); /* when it was checked */
	assert_int_equal(whistles_clock(w, "sw", "report_in")->stopped_at,
			 fixture_time("2026-11-23 13:40"));
	assert_true(whistles_clock(w, "sw", "report_in")->stopped_at <
		    whistles_clock(w, "sw", "report_in")->due);
	whistles_must(w, "confirm_in", "town", "share=sw"); /* again changes nothing */
	assert_int_equal(w->decision.n_effects, 0);
	assert_non_null(strstr(w->decision.note, "by the code"));
	whistles_refuse(w, "deny_in", "town", "share=sw\nreason=没来", ERR_REFUSED,
			"confirmed already, by the code");
}

/* Where no codes are used one is refused; where nobody confirms, reporting in is enough. */
static void without_confirmation(void **state)
{
	struct whistles *w = *state;

	whistles_must(w, "blow", "duty", "summons=order\ntitle=联合执法\nassist=sw\nassist=zj");
	assert_string_equal(w->whistle->step, "issued");
	whistles_refuse(w, "report_in", "water", COMER "\ncode=123456", ERR_INPUT,
			"no codes are used here");
	whistles_must(w, "report_in", "water", COMER);
	assert_true(whistles_share(w, "sw")->confirmed_at != 0);
	assert_string_equal(whistles_share(w, "sw")->confirmed_by, "王芳");
	/* the centre may still say that nobody came */
	whistles_must(w, "deny_in", "duty", "share=sw\nreason=没人");
	assert_int_equal(whistles_share(w, "sw")->confirmed_at, 0);
	whistles_refuse(w, "handle", "water", "result=x", ERR_REFUSED, "has not reported in yet");
	whistles_must(w, "report_in", "water", COMER);
	whistles_must(w, "handle", "water", "result=已清");
}

/* Nobody came: the clocks run on from where they were, as if nobody had reported in. */
static void denied(void **state)
{
	struct whistles *w = *state;
	const struct summoned *share;

	whistles_issued(w, "major");
	whistles_share_to(w, "sw", "reported");
	whistles_must(w, "deny_in", "town", "share=sw\nreason=到点未见人");
	share = whistles_share(w, "sw");
	assert_int_equal(share->reported_at, 0);
	assert_int_equal(share->arrived_at, 0);
	assert_string_equal(share->proof, "denied");
	assert_true(share->signed_at != 0);
	assert_string_equal(whistles_runs(w, "sw", "report_in"), "11-24 17:30");
	assert_string_equal(whistles_runs(w, "sw", "arrive"), "11-24 10:02");
	assert_string_equal(whistles_runs(w, "sw", "sign"), "");
	assert_int_equal(w->whistle->reported, 0);
	whistles_must(w, "report_in", "water", COMER);
	assert_string_equal(whistles_share(w, "sw")->proof, "none");
	assert_string_equal(whistles_runs(w, "sw", "report_in"), "");
}

/* The street saw him at another time than he said, and another man: so it stands. */
static void seen(void **state)
{
	static const struct {
		const char *seen_at, *stopped;
		enum err code;
	} cases[] = {
		{ "2026-11-23 10:01", NULL, ERR_INPUT }, /* before it was issued */
		{ "2026-11-23 23:00", NULL, ERR_INPUT }, /* ahead */
		{ "2026-11-23 14:20", "2026-11-23 14:20", ERR_OK },
	};
	struct whistles *w = *state;
	char args[100];

	whistles_issued(w, "grave"); /* within 4 hours: 14:02 */
	w->fx.now = fixture_time("2026-11-23 13:00");
	whistles_share_to(w, "sw", "reported");
	w->fx.now = fixture_time("2026-11-23 15:00");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		snprintf(args, sizeof args, "share=sw\ncomer=王达\nseen_at=%s", cases[i].seen_at);
		if (cases[i].code != ERR_OK) {
			whistles_refuse(w, "confirm_in", "town", args, cases[i].code,
					"between 11-23 10:02");
			continue;
		}
		whistles_must(w, "confirm_in", "town", args);
		assert_int_equal(whistles_clock(w, "sw", "report_in")->stopped_at,
				 fixture_time(cases[i].stopped));
		assert_int_equal(whistles_share(w, "sw")->reported_at,
				 fixture_time(cases[i].stopped));
	}
	assert_string_equal(whistles_share(w, "sw")->comer, "王达");
	assert_string_equal(whistles_share(w, "sw")->proof, "street");
	assert_string_equal(whistles_share(w, "sw")->confirmed_by, "沈一");
}

/* --- together, by telephone ------------------------------------------------------------------ */

static void consultation(void **state)
{
	static const struct whistles_step steps[] = {
		{ "consult", "water", "plan=先拆后清", ERR_DENIED, "兰陵街道" },
		{ "consult", "town", "plan=x\nlead_org=jt", ERR_INPUT, "has no share" },
		{ "consult", "town", "plan=x\nheld_at=2026-11-23 20:00", ERR_INPUT, "cannot lie ahead" },
		{ "consult", "town", "plan=先拆后清\npresent=张来、李到\nlead_org=zj\n"
				     "held_at=2026-11-23 09:00", ERR_OK, NULL },
	};
	struct whistles *w = *state;

	whistles_issued(w, "major");
	assert_string_equal(w->whistle->lead, "sw");
	whistles_run(w, steps, ARRAY_LEN(steps));
	assert_string_equal(w->whistle->lead, "zj");
	assert_string_equal(whistles_share(w, "zj")->role, "lead");
	assert_string_equal(whistles_share(w, "sw")->role, "assist");
	assert_string_equal(w->whistle->plan, "先拆后清");
	assert_int_equal(w->whistle->consulted_at, fixture_time("2026-11-23 09:00"));
}

/* Who has no console reports in by telephone; the centre writes it down and he countersigns. */
static void by_telephone(void **state)
{
	struct whistles *w = *state;
	const struct behalf *behalf;

	whistles_issued(w, "major");
	w->phone = (struct by_phone){ .org = "cg", .rung = "林工", .answered_by = "林工" };
	whistles_must(w, "report_in", "duty", COMER);
	assert_true(whistles_share(w, "cg")->reported_at != 0);
	assert_int_equal(whistles_share(w, "sw")->reported_at, 0);
	behalf = w->whistle->behalves.items;
	assert_string_equal(behalf->org, "cg");
	assert_string_equal(behalf->verb, "report_in");
	assert_int_equal(w->whistle->owed, 1);
	w->phone = (struct by_phone){ .org = "cg", .rung = "林工" };
	whistles_refuse(w, "arrive", "town", "", ERR_DENIED, "you cannot record what");
	whistles_must(w, "countersign", "works", "");
	assert_int_equal(w->whistle->owed, 0);
}

/* --- asked without arguments ----------------------------------------------------------------- */

/* What a menu offers to whom, as the share goes on. */
static void offered(void **state)
{
	static const struct {
		const char *so_far; /* of sw; NULL: issued */
		const char *water, *town, *duty; /* of the verbs below */
	} cases[] = {
		{ NULL, "sign contact arrive report_in dispute extend_ask", "",
		  "sign contact arrive report_in dispute extend_ask replace coassign" },
		{ "signed", "contact arrive report_in dispute extend_ask", "",
		  "sign contact arrive report_in dispute extend_ask replace coassign" },
		{ "reported", "dispute extend_ask", "confirm_in deny_in",
		  "sign contact arrive report_in confirm_in deny_in dispute extend_ask replace "
		  "coassign" },
		{ "confirmed", "handle dispute extend_ask", "deny_in",
		  "sign contact arrive report_in deny_in handle dispute extend_ask replace coassign" },
		{ "handled", "feedback", "",
		  "sign contact arrive report_in feedback dispute extend_ask replace coassign" },
		{ "replied", "", "verify_ok verify_no",
		  "sign contact arrive report_in verify_ok verify_no dispute extend_ask replace "
		  "coassign" },
	};
	static const char *const verbs[] = { "sign",	 "contact",    "arrive",     "report_in",
					     "confirm_in", "deny_in",  "handle",     "feedback",
					     "verify_ok", "verify_no", "dispute",    "settle",
					     "extend_ask", "extend_ok", "replace",   "coassign",
					     "rate",	 "judge",      "close" };
	struct whistles *w = *state;

	whistles_issued(w, "minor");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *const offers[] = { cases[i].water, cases[i].town, cases[i].duty };
		static const char *const actors[] = { "water", "town", "duty" };

		if (cases[i].so_far != NULL)
			whistles_share_to(w, "sw", cases[i].so_far);
		for (size_t a = 0; a < ARRAY_LEN(actors); a++) {
			const struct actor actor = fixture_actor(actors[a]);
			struct str is = STR_INIT;

			for (size_t v = 0; v < ARRAY_LEN(verbs); v++)
				if (whistle_possible(&w->fx.rules, w->whistle,
						     act_desc_of(KIND_WHISTLE, verbs[v]), &actor,
						     NULL) == ERR_OK)
					str_addf(&is, "%s%s", is.len > 0 ? " " : "", verbs[v]);
			assert_string_equal(str_get(&is), offers[a]);
			str_release(&is);
		}
	}
}

/* Whom nobody asks to come reports nothing in: he handles it from his desk. */
static void offered_at_the_desk(void **state)
{
	static const char *const verbs[] = { "sign", "contact", "arrive", "report_in", "handle" };
	const struct actor water = fixture_actor("water");
	struct whistles *w = *state;
	struct summons_class *class = (struct summons_class *)(uintptr_t)
		&whistles_summons(w, "order")->classes[0];

	class->limits[SUMMONS_REPORT_IN] = (struct limit){ .unit = LIMIT_NONE };
	whistles_must(w, "blow", "duty", "summons=order\ntitle=请示\nassist=sw\nassist=zj");
	for (size_t v = 0; v < ARRAY_LEN(verbs); v++)
		assert_int_equal(whistle_possible(&w->fx.rules, w->whistle,
						  act_desc_of(KIND_WHISTLE, verbs[v]), &water,
						  NULL) == ERR_OK,
				 strstr("sign contact handle", verbs[v]) != NULL);
	whistles_must(w, "handle", "water", "result=已批");
}

/* An extension to decide is offered while one waits, a judgement where departments judge. */
static void offered_when_there(void **state)
{
	const struct act_desc *grant = act_desc_of(KIND_WHISTLE, "extend_ok");
	const struct act_desc *judge = act_desc_of(KIND_WHISTLE, "judge");
	const struct actor chief = fixture_actor("chief"), water = fixture_actor("water");
	struct whistles *w = *state;
	const struct rules *rules = &w->fx.rules;

	whistles_issued(w, "minor");
	assert_int_not_equal(whistle_possible(rules, w->whistle, grant, &chief, NULL), ERR_OK);
	whistles_must(w, "extend_ask", "water", "extend_by=2wd\nreason=x");
	assert_int_equal(whistle_possible(rules, w->whistle, grant, &chief, NULL), ERR_OK);
	whistles_must(w, "extend_no", "chief", "reason=x");
	assert_int_not_equal(whistle_possible(rules, w->whistle, grant, &chief, NULL), ERR_OK);
	whistles_share_to(w, "sw", "verified");
	whistles_share_to(w, "zj", "verified");
	whistles_share_to(w, "cg", "verified");
	assert_int_equal(whistle_possible(rules, w->whistle, judge, &water, NULL), ERR_OK);
	whistles_summons(w, "whistle")->judged = false;
	assert_int_not_equal(whistle_possible(rules, w->whistle, judge, &water, NULL), ERR_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(clocks_of_a_share, setup, teardown),
		cmocka_unit_test_setup_teardown(who_may_and_when, setup, teardown),
		cmocka_unit_test_setup_teardown(not_in_other_steps, setup, teardown),
		cmocka_unit_test_setup_teardown(who_comes, setup, teardown),
		cmocka_unit_test_setup_teardown(codes, setup, teardown),
		cmocka_unit_test_setup_teardown(claimed_time, setup, teardown),
		cmocka_unit_test_setup_teardown(without_confirmation, setup, teardown),
		cmocka_unit_test_setup_teardown(denied, setup, teardown),
		cmocka_unit_test_setup_teardown(seen, setup, teardown),
		cmocka_unit_test_setup_teardown(consultation, setup, teardown),
		cmocka_unit_test_setup_teardown(by_telephone, setup, teardown),
		cmocka_unit_test_setup_teardown(offered, setup, teardown),
		cmocka_unit_test_setup_teardown(offered_at_the_desk, setup, teardown),
		cmocka_unit_test_setup_teardown(offered_when_there, setup, teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
