/* Notices that stand alone: who may post, amend and lift them, receipts and their limits, what runs
 * out by itself, who sees them. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/notice.h"
#include "zhiban/domain/party.h"

enum { MINUTE_MS = 60 * 1000 };

static const struct receipt_rule classes[] = {
	{ .class = "usual", .label = "一般", .limit = { LIMIT_MINUTES, 120, -1 } },
	{ .class = "yellow", .label = "黄色", .limit = { LIMIT_MINUTES, 30, -1 } },
	{ .class = "red", .label = "红色", .limit = { LIMIT_MINUTES, 10, -1 } },
};

static void begin(struct fixture *fx)
{
	fixture_init(fx);
	fx->rules.receipts = classes;
	fx->rules.n_receipts = ARRAY_LEN(classes);
}

/* Does it and folds it; *ret_note: what the decision says. */
static enum err act(struct fixture *fx, struct notice **notice, const char *verb, const char *actor,
		    const char *args, const char *phone_org, const char **ret_note,
		    struct error *err)
{
	struct act one = fixture_act(fx, verb, NULL, actor, args);
	struct state state = { .entity = *notice, .serial = 7 };
	struct moment moment = { fx->now, fx->now };
	struct decision decision;
	enum err code;

	one.target = (struct target){ KIND_NOTICE, uuid_named("notice"), 0 };
	one.by_phone.org = phone_org;
	code = decide(&fx->rules, &state, &one, &moment, &fx->arena, &decision, err);
	if (code != ERR_OK)
		return code;
	if (ret_note != NULL)
		*ret_note = decision.note;
	if (*notice == NULL)
		*notice = entity_new(KIND_NOTICE, &one.target.id, &fx->arena);
	for (size_t i = 0; i < decision.n_effects; i++)
		assert_int_equal(evolve(*notice, &decision.effects[i], 1, &fx->arena, NULL), ERR_OK);
	return ERR_OK;
}

static void must(struct fixture *fx, struct notice **notice, const char *verb, const char *actor,
		 const char *args)
{
	struct error err = ERROR_INIT;

	if (act(fx, notice, verb, actor, args, NULL, NULL, &err) != ERR_OK)
		fail_msg("%s by %s: %s", verb, actor, err.text);
}

static const struct receipt *receipt(const struct notice *notice, const char *org)
{
	const struct receipt *receipts = notice->receipts.items;

	for (size_t i = 0; i < notice->receipts.n; i++)
		if (strcmp(receipts[i].org, org) == 0)
			return &receipts[i];
	return NULL;
}

/* --- who ------------------------------------------------------------------------------------- */

static const struct {
	const char *verb, *actor, *args; /* of a notice that the centre posted to ll and ql */
	enum err code;
	const char *words;
} may[] = {
	{ "post", "duty", "title=x\nrecipient=ll", ERR_OK, NULL },
	{ "post", "system", "title=x\nrecipient=sw", ERR_OK, NULL },
	{ "post", "duty", "title=x", ERR_OK, NULL }, /* for whoever reads it */
	{ "post", "street", "title=x\nrecipient=清凉社区", ERR_OK, NULL },
	{ "post", "street", "title=x\nrecipient=ql", ERR_DENIED, "not one of yours" },
	{ "post", "water", "title=x\nrecipient=zx", ERR_DENIED, "not one of yours" },
	{ "post", "auditor", "title=x\nrecipient=ll", ERR_DENIED, NULL },
	{ "post", "intake", "title=x\nrecipient=ll", ERR_DENIED, NULL },
	{ "post", "duty", "recipient=ll", ERR_INPUT, NULL },
	{ "post", "duty", "title=x\nrecipient=nobody", ERR_INPUT, "nobody" },
	{ "post", "duty", "title=x\nnotice_class=purple", ERR_INPUT, "红色" },
	{ "post", "duty", "title=x\nlevel=purple", ERR_INPUT, "orange" },
	{ "amend", "other", "title=y", ERR_OK, NULL },
	{ "amend", "system", "title=y", ERR_OK, NULL },
	{ "amend", "street", "title=y", ERR_DENIED, "联动指挥中心" },
	{ "rescind", "duty", "reason=r", ERR_OK, NULL },
	{ "rescind", "street", "reason=r", ERR_DENIED, "联动指挥中心" },
	{ "confirm", "street", "", ERR_OK, NULL },
	{ "confirm", "water", "", ERR_REFUSED, "no notice was sent" },
	{ "confirm", "auditor", "", ERR_DENIED, NULL },
	{ "lapse", "duty", "", ERR_DENIED, "administrator" },
};

static void who_may(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(may); i++) {
		struct fixture fx;
		struct notice *notice = NULL;
		struct error err = ERROR_INIT;
		enum err code;

		begin(&fx);
		if (strcmp(may[i].verb, "post") != 0)
			must(&fx, &notice, "post", "duty", "title=x\nrecipient=ll\nrecipient=ql");
		code = act(&fx, &notice, may[i].verb, may[i].actor, may[i].args, NULL, NULL, &err);
		if (code != may[i].code ||
		    (may[i].words != NULL && strstr(err.text, may[i].words) == NULL))
			fail_msg("%zu: %s by %s: %s %s", i, may[i].verb, may[i].actor,
				 err_name(code), err.text);
		fixture_release(&fx);
	}
}

/* --- its life -------------------------------------------------------------------------------- */

static const struct {
	const char *args;
	const char *class;
	int minutes;
} limits[] = {
	{ "", "usual", 120 },
	{ "level=red", "red", 10 },
	{ "level=yellow", "yellow", 30 },
	{ "level=blue", "usual", 120 }, /* no class is called so */
	{ "level=red\nnotice_class=黄色", "yellow", 30 },
};

static void the_level_says_by_when(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(limits); i++) {
		struct fixture fx;
		struct notice *notice = NULL;
		char args[120];

		begin(&fx);
		snprintf(args, sizeof args, "title=x\nrecipient=ll\n%s", limits[i].args);
		must(&fx, &notice, "post", "duty", args);
		assert_string_equal(notice->cls, limits[i].class);
		assert_int_equal(receipt(notice, "ll")->due, fx.now + limits[i].minutes * MINUTE_MS);
		assert_int_equal(notice->due, receipt(notice, "ll")->due);
		fixture_release(&fx);
	}
}

static void signed_amended_lifted(void **unused)
{
	struct fixture fx;
	struct notice *notice = NULL;
	struct error err = ERROR_INIT;
	const char *note = NULL;
	int64_t version;

	(void)unused;
	begin(&fx);
	must(&fx, &notice, "post", "duty",
	     "title=暴雨\nlevel=yellow\nrecipient=ll\nrecipient=青龙街道\nrecipient=ll");
	assert_int_equal(notice->asked, 2);
	assert_int_equal(notice->open, 1);
	assert_string_equal(notice->number, "20261123-T007");
	assert_string_equal(notice->issuer, "zx");
	must(&fx, &notice, "confirm", "station", ""); /* for its street */
	assert_int_equal(notice->signatures, 1);
	assert_non_null(receipt(notice, "ll")->signed_by);
	version = notice->head.version;
	assert_int_equal(act(&fx, &notice, "confirm", "street", "", NULL, &note, &err), ERR_OK);
	assert_non_null(strstr(note, "signed already"));
	assert_int_equal(notice->head.version, version); /* nothing was written */
	assert_int_equal(act(&fx, &notice, "confirm", "duty", "", "ql", NULL, &err), ERR_OK);
	assert_int_equal(notice->signatures, 2);
	assert_int_equal(act(&fx, &notice, "confirm", "water", "", "ql", NULL, &err), ERR_DENIED);

	fx.now += MINUTE_MS;
	must(&fx, &notice, "amend", "duty", "text=再报\nlevel=yellow");
	assert_int_equal(notice->signatures, 2); /* as severe as before */
	must(&fx, &notice, "amend", "duty", "text=一般\nlevel=blue\nrecipient=sw");
	assert_int_equal(notice->signatures, 2); /* less severe: not asked again */
	assert_int_equal(notice->asked, 3);
	assert_string_equal(notice->title, "暴雨");
	must(&fx, &notice, "amend", "duty", "level=red");
	assert_int_equal(notice->signatures, 0); /* more severe: everybody again */
	assert_int_equal(receipt(notice, "ll")->due, fx.now + 10 * MINUTE_MS);
	assert_int_equal(notice->amendments, 3);

	must(&fx, &notice, "rescind", "duty", "reason=过去了");
	assert_int_equal(notice->open, 0);
	assert_int_equal(notice->lifted_at, fx.now);
	assert_int_equal(notice->due, 0);
	assert_int_equal(act(&fx, &notice, "rescind", "duty", "", NULL, &note, &err), ERR_OK);
	assert_non_null(strstr(note, "lifted already"));
	assert_int_equal(act(&fx, &notice, "amend", "duty", "title=y", NULL, NULL, &err), ERR_REFUSED);
	fixture_release(&fx);
}

/* At each of its moments the server does one thing, and then nothing until the next. */
static void it_runs_out_by_itself(void **unused)
{
	struct fixture fx;
	struct notice *notice = NULL;
	int64_t begun, version;
	char args[120];

	(void)unused;
	begin(&fx);
	begun = fx.now;
	snprintf(args, sizeof args, "title=x\nlevel=red\nrecipient=ll\nrecipient=ql\nexpires_at=%s",
		 "2026-11-23 11:00");
	must(&fx, &notice, "post", "duty", args);
	must(&fx, &notice, "confirm", "street", "");
	assert_int_equal(notice_next(notice), begun + 10 * MINUTE_MS);
	version = notice->head.version;
	must(&fx, &notice, "lapse", "system", "");
	assert_int_equal(notice->head.version, version); /* too early */
	fx.now = begun + 10 * MINUTE_MS;
	must(&fx, &notice, "lapse", "system", "");
	assert_int_equal(notice->late, 1);
	assert_int_equal(notice->open, 1);
	assert_int_equal(notice_next(notice), begun + 60 * MINUTE_MS);
	assert_int_equal(act(&fx, &notice, "confirm", "duty", "", "ql", NULL, NULL), ERR_OK);
	assert_int_equal(notice->late, 0);
	fx.now = begun + 61 * MINUTE_MS;
	must(&fx, &notice, "lapse", "system", "");
	assert_int_equal(notice->open, 0);
	assert_int_equal(notice->lifted_at, begun + 60 * MINUTE_MS);
	assert_int_equal(notice_next(notice), 0);
	fixture_release(&fx);
}

static void recipients_see_it(void **unused)
{
	static const struct {
		const char *org;
		bool sees;
	} cases[] = { { "zx", true }, { "ll01", true }, { "ll", true }, { "ql", false }, { "sw", false },
		      { "ll02", false } };
	struct fixture fx;
	struct notice *notice = NULL;
	const char *codes[PARTY_MAX];
	size_t n;

	(void)unused;
	begin(&fx);
	must(&fx, &notice, "post", "street", "title=x\nrecipient=ll01");
	n = party_of(&fx.rules, notice, codes);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		bool sees = false;

		for (size_t k = 0; k < n; k++)
			sees = sees || strcmp(codes[k], cases[i].org) == 0;
		if (sees != cases[i].sees)
			fail_msg("%s %s", cases[i].org, sees ? "sees it" : "does not see it");
	}
	fixture_release(&fx);
}

static void messages_have_keys(void **unused)
{
	char a[NOTICE_KEY], b[NOTICE_KEY];
	struct uuid x = notice_id("s", "1"), y = notice_id("s", "2");

	(void)unused;
	notice_message("ab", "c", a);
	notice_message("a", "bc", b);
	assert_string_not_equal(a, b); /* where sender ends and number begins counts */
	assert_int_equal(strlen(a), NOTICE_KEY - 1);
	assert_false(uuid_eq(&x, &y));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_may),
		cmocka_unit_test(the_level_says_by_when),
		cmocka_unit_test(signed_amended_lifted),
		cmocka_unit_test(it_runs_out_by_itself),
		cmocka_unit_test(recipients_see_it),
		cmocka_unit_test(messages_have_keys),
	};

	return cmocka_run_group_tests_name("domain/post", tests, NULL, NULL);
}
