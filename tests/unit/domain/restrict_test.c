/* Keeping an incident from organisations, and who is a party then. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "must.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/party.h"

static struct incident *begin(struct fixture *fx, const char *step)
{
	fixture_init(fx);
	fixture_allow(fx, "restrict unrestrict notify receipt coassign call_later");
	return fixture_incident(fx, step);
}

static const struct restriction *restriction(const struct incident *incident, size_t i)
{
	assert_true(i < incident->restrictions.n);
	return (const struct restriction *)incident->restrictions.items + i;
}

static bool kept(const struct fixture *fx, const struct incident *incident, const char *org)
{
	return party_kept_out(&fx->rules, incident, org);
}

/* Of the organisation that is named, and all within it; nobody else. */
static void it_is_kept_from_who_is_named(void **unused)
{
	struct fixture fx;
	struct incident *incident = begin(&fx, "handle");

	(void)unused;
	assert_false(kept(&fx, incident, "ll"));
	must_do(&fx, &incident, "restrict", "duty", "from=兰陵街道\nfrom=zj\nreason=涉及本人");
	assert_int_equal(incident->restrictions.n, 2);
	assert_string_equal(restriction(incident, 0)->org, "ll");
	assert_string_equal(restriction(incident, 0)->reason, "涉及本人");
	assert_int_equal(restriction(incident, 0)->at, fx.now);
	assert_true(kept(&fx, incident, "ll"));
	assert_true(kept(&fx, incident, "ll01"));
	assert_true(kept(&fx, incident, "ll01g1"));
	assert_true(kept(&fx, incident, "zj"));
	assert_false(kept(&fx, incident, "sw"));
	assert_false(kept(&fx, incident, "ql"));
	assert_false(kept(&fx, incident, "zx"));
	must_do(&fx, &incident, "unrestrict", "duty", "from=ll\nreason=已查清");
	assert_false(kept(&fx, incident, "ll01"));
	assert_true(kept(&fx, incident, "zj"));
	assert_int_equal(restriction(incident, 0)->lifted_at, fx.now);
	must_refuse(&fx, &incident, "unrestrict", "duty", "from=ll\nreason=x", ERR_REFUSED,
		    "it is not kept from 兰陵街道");
	must_do(&fx, &incident, "unrestrict", "duty", "reason=已查清");
	assert_false(kept(&fx, incident, "zj"));
	must_refuse(&fx, &incident, "unrestrict", "duty", "reason=x", ERR_REFUSED,
		    "it is kept from nobody");
	fixture_release(&fx);
}

/* What was said before is said anew, not twice. */
static void the_same_again_takes_the_place_of_what_was(void **unused)
{
	struct fixture fx;
	struct incident *incident = begin(&fx, "handle");

	(void)unused;
	must_do(&fx, &incident, "restrict", "duty", "from=ql\nreason=一");
	must_do(&fx, &incident, "restrict", "duty", "from=ql\nreason=二");
	assert_int_equal(incident->restrictions.n, 2);
	assert_true(restriction(incident, 0)->lifted_at != 0);
	assert_int_equal(restriction(incident, 1)->lifted_at, 0);
	assert_string_equal(restriction(incident, 1)->reason, "二");
	must_do(&fx, &incident, "unrestrict", "duty", "reason=三");
	assert_false(kept(&fx, incident, "ql"));
	fixture_release(&fx);
}

/* Nobody moves the case by it: who did what last with it stays. */
static void it_is_no_move(void **unused)
{
	struct fixture fx;
	struct incident *incident = begin(&fx, "handle");
	int64_t moved = incident->moved_at, due = incident->due;

	(void)unused;
	must_do(&fx, &incident, "restrict", "duty", "from=ql\nreason=x");
	assert_int_equal(incident->moved_at, moved);
	assert_int_equal(incident->due, due);
	assert_string_equal(incident->step, "handle");
	fixture_release(&fx);
}

/* Whoever has something to do in it must see it. */
static const struct {
	const char *verb, *args; /* what gives the duty; NULL: being the holder, or the centre */
	const char *from;
} duties[] = {
	{ NULL, NULL, "sw" },
	{ NULL, NULL, "zx" },
	{ "notify", "recipient=ql\nwords=注意", "ql" },
	{ "notify", "recipient=ql01\nwords=注意", "ql" }, /* within it */
	{ "coassign", "assist=zj", "zj" },
};

static void who_has_a_duty_is_not_shut_out(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(duties); i++) {
		struct fixture fx;
		struct incident *incident = begin(&fx, "handle");
		struct error err = ERROR_INIT;
		struct str args = STR_INIT;

		str_addf(&args, "from=%s\nreason=x", duties[i].from);
		if (duties[i].verb != NULL)
			must_do(&fx, &incident, duties[i].verb, "duty", duties[i].args);
		assert_true(party_has_duty(&fx.rules, incident, duties[i].from));
		if (fixture_do(&fx, &incident, "restrict", "duty", str_get(&args), &err) != ERR_REFUSED)
			fail_msg("%zu: %s", i, err.text);
		assert_non_null(strstr(err.text, "has a duty in it"));
		assert_int_equal(incident->restrictions.n, 0);
		str_release(&args);
		fixture_release(&fx);
	}
}

/* It is one again when something is given to it; and with it who stands above, not its other
 * parts. */
static void a_new_duty_brings_it_back(void **unused)
{
	struct fixture fx;
	struct incident *incident = begin(&fx, "handle");

	(void)unused;
	must_do(&fx, &incident, "restrict", "duty", "from=ll\nreason=x");
	must_do(&fx, &incident, "notify", "duty", "recipient=ll01\nwords=核实");
	assert_false(kept(&fx, incident, "ll01"));
	assert_false(kept(&fx, incident, "ll"));
	assert_true(kept(&fx, incident, "ll02"));
	assert_true(kept(&fx, incident, "ll01g1"));
	fixture_release(&fx);
}

/* Once it is closed only what is owed is a duty. */
static void a_closed_case_can_be_kept_from_its_holder(void **unused)
{
	struct fixture fx;
	struct incident *incident = begin(&fx, "handle");

	(void)unused;
	incident->open = 0;
	assert_false(party_has_duty(&fx.rules, incident, "sw"));
	assert_true(party_has_duty(&fx.rules, incident, "zx"));
	fixture_release(&fx);
}

static void what_is_nonsense_is_refused(void **unused)
{
	struct fixture fx;
	struct incident *incident = begin(&fx, "handle");

	(void)unused;
	must_refuse(&fx, &incident, "restrict", "duty", "from=没有\nreason=x", ERR_INPUT,
		    "is no organisation");
	must_refuse(&fx, &incident, "restrict", "duty", "from=ql", ERR_INPUT, "");
	must_refuse(&fx, &incident, "restrict", "duty", "reason=x", ERR_INPUT, "");
	/* all or nothing */
	must_refuse(&fx, &incident, "restrict", "duty", "from=ql\nfrom=sw\nreason=x", ERR_REFUSED,
		    "区水务局");
	assert_int_equal(incident->restrictions.n, 0);
	must_refuse(&fx, &incident, "restrict", "auditor", "from=ql\nreason=x", ERR_DENIED,
		    "may not");
	fixture_release(&fx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_kept_from_who_is_named),
		cmocka_unit_test(the_same_again_takes_the_place_of_what_was),
		cmocka_unit_test(it_is_no_move),
		cmocka_unit_test(who_has_a_duty_is_not_shut_out),
		cmocka_unit_test(a_new_duty_brings_it_back),
		cmocka_unit_test(a_closed_case_can_be_kept_from_its_holder),
		cmocka_unit_test(what_is_nonsense_is_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
