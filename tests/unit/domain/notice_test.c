/* Notices to several organisations, and their receipts. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "must.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/domain/party.h"

static const struct receipt_rule classes[] = {
	{ .class = "plain", .label = "一般", .limit = { LIMIT_MINUTES, 120, -1 } },
	{ .class = "red", .label = "红色", .limit = { LIMIT_MINUTES, 10, -1 } },
};

static struct incident *begin(struct fixture *fx)
{
	fixture_init(fx);
	fixture_allow(fx, "notify receipt");
	fx->rules.receipts = classes;
	fx->rules.n_receipts = ARRAY_LEN(classes);
	return fixture_incident(fx, "handle");
}

static const struct receipt *receipt(const struct incident *incident, size_t i)
{
	assert_true(i < incident->receipts.n);
	return (const struct receipt *)incident->receipts.items + i;
}

static bool is_party(const struct fixture *fx, const struct incident *incident, const char *org)
{
	const char *codes[PARTY_MAX];
	size_t n = party_of(&fx->rules, incident, codes);

	for (size_t i = 0; i < n; i++)
		if (strcmp(codes[i], org) == 0)
			return true;
	return false;
}

static void each_signs_for_itself(void **unused)
{
	struct fixture fx;
	struct incident *incident = begin(&fx);
	struct decision decision;
	struct error err = ERROR_INIT;
	struct act act;
	int64_t due = incident->due, sent, signed_at;

	(void)unused;
	assert_false(is_party(&fx, incident, "ql"));
	must_do(&fx, &incident, "notify", "duty",
		"recipient=住建局\nrecipient=ll\nrecipient=青龙街道\nrecipient=zj\n"
		"words=暴雨红色预警\nnotice_class=红色");
	sent = fx.now;
	assert_int_equal(incident->receipts.n, 3); /* one is named twice */
	assert_string_equal(receipt(incident, 0)->org, "zj");
	assert_string_equal(receipt(incident, 0)->words, "暴雨红色预警");
	assert_string_equal(receipt(incident, 0)->cls, "red");
	assert_string_equal(receipt(incident, 0)->sent_by, "李敏");
	assert_int_equal(receipt(incident, 0)->due, sent + 10 * MINUTE_MS);
	assert_int_equal(clocks_running(incident, "receipt"), 3);
	assert_int_equal(incident->due, due);
	assert_true(is_party(&fx, incident, "ql")); /* who is told can see it */
	must_do(&fx, &incident, "receipt", "station", ""); /* for its street */
	signed_at = fx.now;
	assert_int_equal(receipt(incident, 1)->signed_at, signed_at);
	assert_string_equal(receipt(incident, 1)->signed_by, "吴霞");
	assert_int_equal(receipt(incident, 0)->signed_at, 0);
	assert_int_equal(clocks_running(incident, "receipt"), 2);
	/* again: nothing is written, but words that came along */
	act = fixture_act(&fx, "receipt", incident, "street", "");
	assert_int_equal(fixture_decide(&fx, &incident, &act, 0, &decision, &err), ERR_OK);
	assert_int_equal(decision.n_effects, 0);
	assert_string_equal(decision.note, "吴霞 has signed already, 11-23 10:02");
	act = fixture_act(&fx, "receipt", incident, "street", "note=已传达到社区");
	assert_int_equal(fixture_decide(&fx, &incident, &act, 0, &decision, &err), ERR_OK);
	assert_int_equal(decision.n_effects, 1);
	assert_int_equal(receipt(incident, 1)->signed_at, signed_at);
	/* nobody wrote to them; for another one it takes a call */
	assert_int_equal(fixture_do(&fx, &incident, "receipt", "water", "", &err), ERR_REFUSED);
	assert_string_equal(err.text, "no notice was sent to 区水务局");
	assert_int_equal(fixture_do(&fx, &incident, "receipt", "duty", "share=zj", &err), ERR_DENIED);
	assert_string_equal(err.text, "区住建局 signs its receipts itself; by telephone say who was rung");
	act = fixture_act(&fx, "receipt", incident, "duty", "note=电话叫应");
	act.by_phone.org = "zj";
	act.by_phone.rung = "赵军";
	assert_int_equal(fixture_decide(&fx, &incident, &act, 0, &decision, &err), ERR_OK);
	assert_int_equal(receipt(incident, 0)->signed_at, fx.now);
	assert_string_equal(receipt(incident, 0)->signed_by, "李敏");
	assert_int_equal(clocks_running(incident, "receipt"), 1);
	fixture_release(&fx);
}

static void one_signature_for_all_notices(void **unused)
{
	struct fixture fx;
	struct incident *incident = begin(&fx);

	(void)unused;
	must_do(&fx, &incident, "notify", "duty", "recipient=ll\nwords=一");
	must_do(&fx, &incident, "notify", "duty", "recipient=ll\nwords=二");
	assert_string_equal(receipt(incident, 0)->cls, "plain"); /* the first of the profile */
	assert_int_equal(receipt(incident, 1)->due, fx.now + 120 * MINUTE_MS);
	must_do(&fx, &incident, "receipt", "street", "");
	assert_int_equal(receipt(incident, 0)->signed_at, fx.now);
	assert_int_equal(receipt(incident, 1)->signed_at, fx.now);
	assert_int_equal(clocks_running(incident, "receipt"), 0);
	fixture_release(&fx);
}

static const struct {
	const char *args, *words;
} refused[] = {
	{ "words=x", "To is missing" },
	{ "recipient=ll", "Words is missing" },
	{ "recipient=ll\nrecipient=外省某局\nwords=x", "外省某局 is no organisation" },
	{ "recipient=ll\nwords=x\nnotice_class=紫色",
	  "\"紫色\" is no class of notices; there are 一般, 红色" },
};

static void nonsense_is_refused(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		struct fixture fx;
		struct incident *incident = begin(&fx);

		must_refuse(&fx, &incident, "notify", "duty", refused[i].args, ERR_INPUT,
			    refused[i].words);
		fixture_release(&fx);
	}
}

/* A profile without classes of receipts: there is a receipt, but nothing runs. */
static void without_classes_nothing_runs(void **unused)
{
	struct fixture fx;
	struct incident *incident = begin(&fx);

	(void)unused;
	fx.rules.n_receipts = 0;
	must_do(&fx, &incident, "notify", "duty", "recipient=ll\nwords=一");
	assert_int_equal(receipt(incident, 0)->due, 0);
	assert_int_equal(clocks_running(incident, "receipt"), 0);
	must_do(&fx, &incident, "receipt", "street", "");
	assert_int_equal(receipt(incident, 0)->signed_at, fx.now);
	fixture_release(&fx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_signs_for_itself),
		cmocka_unit_test(one_signature_for_all_notices),
		cmocka_unit_test(nonsense_is_refused),
		cmocka_unit_test(without_classes_nothing_runs),
	};

	return cmocka_run_group_tests_name("domain/notice", tests, NULL, NULL);
}
