/* Every key of a profile: taken, and where it arrives in the rules. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "full.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/alarm.h"
#include "zhiban/domain/decide.h"
#include "zhiban/domain/mark.h"
#include "zhiban/domain/open311.h"

static int load(void **state)
{
	const struct bundle_part parts[] = { { "full.conf", full_conf },
				      { "orgs.csv", full_orgs },
				      { "duties.csv", full_duties },
				      { "base.conf", full_base } };
	struct jurisdiction *profile;
	struct error err = ERROR_INIT;

	if (parse_parts(parts, ARRAY_LEN(parts), &profile, &err)) {
		print_message("%s\n", err.text);
		return -1;
	}
	*state = profile;
	return 0;
}

static int unload(void **state)
{
	profile_free(*state);
	return 0;
}

static const struct rules *rules_of(void **state)
{
	return &((struct jurisdiction *)*state)->rules;
}

static const struct flow_act *act_of(const struct rules *rules, const char *step, const char *verb)
{
	return step_act(rules_step(rules, step), act_desc_find(verb));
}

static const struct clock_rule *clock_of(const struct rules *rules, const char *step, size_t i)
{
	return &rules_step(rules, step)->clocks[i];
}

/* Lists and settings that the profile does not give are its base's; those that it gives are its own,
 * whole. */
static void test_base(void **state)
{
	const struct jurisdiction *profile = *state;
	const struct rules *rules = rules_of(state);

	assert_string_equal(profile->base, "base.conf");
	assert_int_equal(rules->tiers.n, 3);
	assert_int_equal(rules->categories.n, 3);
	assert_int_equal(rules->types.n, 2); /* its own, not the base's one */
	assert_int_equal(rules->hours.span[0].from, 9 * 60);
	assert_int_equal(rules->marks[0], 60);
	assert_int_equal(rules->marks[1], 100);
	assert_int_equal(rules->marks[2], 0);
	assert_int_equal(rules->quiet_from, 22 * 60);
	assert_int_equal(rules->quiet_to, 7 * 60);
	assert_int_equal(rules->quiet_urgency, 2);
	assert_int_equal(rules->reopen_days, 7);
	assert_int_equal(rules->lock_at_most, 45);
	assert_int_equal(rules->alarm_urgency, 2);
	assert_int_equal(rules->alarm_red, 1);
	assert_int_equal(rules->alarms, 1 << ALARM_NEW | 1 << ALARM_RED);
	assert_int_equal(rules->alarm_louder, 5);
	assert_int_equal(rules->alarm_check, 60);
	assert_string_equal(rules->alarm_deputies[0], "chief");
	assert_string_equal(rules->alarm_deputies[1], "leader");
	assert_null(rules->alarm_deputies[2]);
	assert_int_equal(rules->privacy.holds, HOLDS_SHARES);
	assert_int_equal(rules->privacy.reveals, 5);
	assert_int_equal(rules->privacy.reveals_ms, 8 * 3600 * 1000);
	assert_int_equal(rules->privacy.keep_days[KEEP_PERSONAL], 30);
	assert_int_equal(rules->privacy.keep_days[KEEP_ANSWERS], 0);
	assert_string_equal(rules->reveal_whys.items[0].code, "callback");
	assert_int_equal(rules->countersign.unit, LIMIT_WORK_DAYS);
	assert_int_equal(rules->targets[2], 4);
	assert_string_equal(rules_act_label(rules, act_desc_find("note")), "备注");
	assert_string_equal(rules_act_label(rules, act_desc_find("close")), "结案");
	assert_int_equal(rules->n_labels, 2);
	/* of the acts of always, act by act */
	assert_int_equal(rules->always.n_acts, 3);
	assert_int_equal(step_act(&rules->always, act_desc_find("urge"))->who, WHO_CENTRE);
	assert_true(step_act(&rules->always, act_desc_find("note"))->closed);
	assert_false(step_act(&rules->always, act_desc_find("call"))->closed);
}

/* Clocks that no step starts: kind by kind, too. */
static void test_beside(void **state)
{
	const struct rules *rules = rules_of(state);
	const struct clock_rule *clocks = rules->always.clocks;

	assert_int_equal(rules->always.n_clocks, 2);
	assert_string_equal(clocks[0].kind, "receipt");
	assert_string_equal(clocks[0].label, "收条");
	assert_int_equal(clocks[0].n_timeouts, 2);
	assert_int_equal(clocks[0].timeouts[1].percent, 150);
	assert_int_equal(clocks[0].timeouts[1].what, TIMEOUT_LIST);
	assert_string_equal(clocks[1].kind, "review");
	assert_string_equal(clock_label(rules, "receipt"), "收条");
	assert_string_equal(clock_label(rules, "callback"), "Call back"); /* nobody names it */
}

/* A base's mode speaks of a clock that is not here: left out, and said. */
static void test_modes(void **state)
{
	const struct jurisdiction *profile = *state;
	const struct rules *rules = rules_of(state);
	const struct mode_rule *war = rules_mode(rules, "war");

	assert_int_equal(rules->n_modes, 2);
	assert_true(war->emergency && war->quiet);
	assert_null(war->pause);
	assert_int_equal(war->n_limits, 2);
	assert_string_equal(war->limits[0].clock, "sign");
	assert_int_equal(war->limits[0].percent, 50);
	assert_string_equal(war->limits[1].clock, "arrive"); /* no step has it, but whistles do */
	assert_string_equal(profile->left_out, "mode war accept 5m");
}

static void test_lists(void **state)
{
	const struct rules *rules = rules_of(state);

	assert_string_equal(rules->objects.items[0].label, "井盖");
	assert_string_equal(rules->object_states.items[0].code, "in_order");
	assert_string_equal(choices_named(&rules->outs, "报警")->code, "110");
	assert_int_equal(rules->n_starts, 3);
	assert_string_equal(rules->starts[0].tier, "street");
	assert_string_equal(rules->starts[0].type, "dispute");
	assert_string_equal(rules->starts[0].step, "window");
	assert_null(rules->starts[2].tier);
	assert_null(rules->starts[2].type);
	assert_int_equal(rules->n_channels, 2);
	assert_string_equal(rules_channel(rules, "yellow")->role, "leader");
	assert_int_equal(rules_role(rules, "eye")->sees, SEES_ALL);
	assert_int_equal(rules_role(rules, "eye")->manage, MANAGE_AUDIT);
	assert_true(rules_role(rules, "eye")->read_only && rules_role(rules, "eye")->totp);
	assert_string_equal(rules_role(rules, "duty")->label, "值班员");
	assert_int_equal(rules_role(rules, "duty")->sees, SEES_OWN);
	assert_false(rules_role(rules, "duty")->read_only || rules_role(rules, "duty")->totp);
	assert_int_equal(rules_channel(rules, "yellow")->answer.amount, 5);
	assert_int_equal(rules_channel(rules, "yellow")->points, 5);
	assert_int_equal(rules_channel(rules, "yellow")->rank, 2);
	assert_int_equal(rules->warnings.n, 2);
	assert_int_equal(rules->warnings.n_areas, 2);
	assert_string_equal(rules->warnings.areas[1].code, "320400");
	assert_string_equal(rules->warnings.areas[1].name, "甲市");
	assert_string_equal(rules->warnings.source, "12345");
	assert_string_equal(rules->warnings.items[0].levels[1], "orange");
	assert_string_equal(rules->warnings.items[0].statuses[0], "exercise");
	assert_true(rules->warnings.items[0].anywhere);
	assert_int_equal(rules->warnings.items[0].makes, WARNING_INCIDENT);
	assert_string_equal(rules->warnings.items[0].category, "0101");
	assert_true(rules->warnings.items[0].urgency > 0);
	assert_int_equal(rules->warnings.items[1].makes, WARNING_NOTICE);
	assert_string_equal(rules->warnings.items[1].class, "red");
	assert_string_equal(rules->warnings.items[1].to[1], "tier street");
	assert_string_equal(rules->receipts[0].class, "red");
	assert_int_equal(rules->receipts[0].limit.amount, 10);
}

static void test_acts(void **state)
{
	const struct rules *rules = rules_of(state);
	const struct flow_act *act = act_of(rules, "s_handle", "escalate");

	assert_string_equal(act->label, "启动");
	assert_int_equal(act->who, WHO_SEAT_OR_HOLDER);
	assert_int_equal(act->way, WAY_STEP);
	assert_string_equal(act->to, "share");
	assert_string_equal(act->stay, "s_wait");
	assert_string_equal(act->back, "s_feedback");
	assert_string_equal(act->guards[0].guard->name, "reason_given");
	act = act_of(rules, "window", "handle");
	assert_int_equal(act->n_sets, 2);
	assert_string_equal(act->sets[0].field->name, "severity");
	assert_int_equal(act->sets[0].value.num, 2);
	assert_int_equal(act->sets[1].value.num, 1);
	assert_int_equal(act_of(rules, "window", "accept")->sets[0].value.num, 1);
	assert_non_null(act_of(rules, "window", "register"));
	act = act_of(rules, "check", "feedback");
	assert_int_equal(act->way, WAY_BACK);
	assert_string_equal(act->to, "closed"); /* when nothing waits below */
	assert_null(act->back);
	assert_int_equal(act_of(rules, "share", "return")->way, WAY_AGAIN);
	assert_int_equal(act_of(rules, "check", "urge")->who, WHO_BELOW);
	assert_int_equal(act_of(rules, "share", "assign")->way, WAY_STAYS);
	assert_true(rules_step(rules, "share")->shares);
	assert_int_equal(rules_step(rules, "share")->response, 2);
	assert_int_equal(rules_step(rules, "window")->response, 0);
	assert_int_equal(rules_step(rules, "check")->response, -1);
}

static void test_clocks(void **state)
{
	const struct rules *rules = rules_of(state);
	const struct clock_rule *clock = clock_of(rules, "s_handle", 0);

	assert_int_equal(clock->who, WHO_SEAT);
	assert_int_equal(clock->n_rows, 7);
	assert_string_equal(clock->rows[0].mode, "war");
	assert_string_equal(clock->rows[1].org, "s");
	assert_int_equal(clock->rows[1].urgency, 1);
	assert_string_equal(clock->rows[2].type, "dispute");
	assert_int_equal(clock->rows[3].severity, 2);
	assert_string_equal(clock->rows[4].category, "01");
	assert_int_equal(clock->rows[5].limit.unit, LIMIT_MINUTES);
	assert_string_equal(clock->calendar, "fair");
	assert_string_equal(clock->hours, "window");
	assert_int_equal(clock->n_timeouts, 4);
	assert_int_equal(clock->timeouts[2].percent, 150);
	assert_int_equal(clock->timeouts[2].what, TIMEOUT_LIST);
	assert_int_equal(clock->timeouts[3].what, TIMEOUT_OFFER);
	assert_int_equal(clock->n_extensions, 2);
	assert_int_equal(clock->extensions[0].most.amount, 5);
	assert_string_equal(clock->extensions[0].role, "chief");
	assert_int_equal(clock->extensions[1].most.unit, LIMIT_NONE);
	clock = clock_of(rules, "share", 1);
	assert_int_equal(clock->who, WHO_SHARE);
	assert_true(clock->side);
	assert_string_equal(clock->starts[0], "sign");
	assert_string_equal(clock->stops[0], "contact");
	assert_null(clock->stops[1]);
	assert_null(clock_of(rules, "share", 0)->starts);
}

static void test_overrides(void **state)
{
	const struct rules *rules = rules_of(state);
	const struct override *own = rules_override(rules, "g"); /* all in it too */

	assert_non_null(own);
	assert_string_equal(own->org, "s");
	assert_string_equal(own->categories[1], "99");
	assert_null(own->categories[2]);
	assert_string_equal(own->labels[0].label, "派单");
	assert_string_equal(own->steps[0].label, "镇办");
	assert_string_equal(own->steps[0].waiting, "街办理"); /* not said: as everywhere */
	assert_int_equal(own->n_checks, 3);
	assert_string_equal(own->checks[0].label, "日巡查");
	assert_string_equal(own->checks[1].when, "weekly 7 21:00");
	assert_string_equal(own->checks[2].label, "月 检查");
	assert_string_equal(own->report_to, "四级");
	assert_null(rules_override(rules, "u"));
}

static void test_duties(void **state)
{
	const struct rules *rules = rules_of(state);

	assert_int_equal(rules->n_duties, 3);
	assert_string_equal(rules_duty(rules, "0101", "g")->unit, "u");
	assert_null(rules_duty(rules, "0101", "u"));
	assert_null(rules_duty(rules, "01", "s"));
	assert_string_equal(rules_duty(rules, "99", NULL)->line, "2");
	assert_string_equal(rules->duties[0].basis, "条例");
	assert_string_equal(rules->duties[1].version, "2026");
	assert_false(rules->duties[1].lead);
}

static void test_orgs(void **state)
{
	const struct rules *rules = rules_of(state);
	int64_t day;

	assert_int_equal(civil_parse("2026-11-01", 480, &day, NULL), ERR_OK);
	assert_true(rules_org(rules, "t")->ends == day);
	assert_true(rules_org(rules, "u")->begins == day);
	assert_string_equal(rules_org(rules, "t")->successor, "s u");
	assert_string_equal(rules_org(rules, "p")->layer, "police");
	assert_string_equal(rules_org(rules, "p")->over, "g h");
	assert_string_equal(rules_org(rules, "s")->contact, "王");
	assert_false(rules_org(rules, "u")->managed);
}

/* Its own days lie over the calendar, the named ones over both. */
static void test_days(void **state)
{
	struct jurisdiction *profile = *state;
	const struct rules *rules = rules_of(state);
	struct workdays *days;
	static const char text[] = "name = \"x\"\nyear \"2026\" { off = {\"2026-08-04 假\"} }\n";
	const int32_t monday = civil_day(2026, 8, 3), tuesday = civil_day(2026, 8, 4);
	const int32_t saturday = civil_day(2026, 8, 8), fair = civil_day(2026, 7, 6);
	const struct calendar *named = &rules->calendars[0].days;

	assert_int_equal(workdays_parse("x", text, strlen(text), &days, NULL), ERR_OK);
	assert_false(calendar_is_workday(rules->calendar, monday));
	assert_true(calendar_is_workday(rules->calendar, tuesday));
	profile_use_calendar(profile, days);
	assert_false(calendar_is_workday(rules->calendar, monday));
	assert_false(calendar_is_workday(rules->calendar, tuesday));
	assert_true(calendar_is_workday(rules->calendar, saturday));
	assert_true(calendar_is_workday(rules->calendar, fair));
	assert_true(calendar_knows(rules->calendar, fair));
	assert_int_equal(rules->calendar->last_year, 2026);
	assert_string_equal(rules->calendars[0].name, "fair");
	assert_false(calendar_is_workday(named, fair));
	assert_true(calendar_is_workday(named, civil_day(2026, 7, 12))); /* a Sunday */
	assert_false(calendar_is_workday(named, tuesday));
	assert_true(calendar_is_workday(named, saturday));
	assert_true(calendar_knows(named, fair));
	assert_false(calendar_knows(named, civil_day(2027, 1, 4)));
	assert_string_equal(rules->hours_sets[0].name, "window");
	assert_int_equal(rules->hours_sets[0].hours.n, 2);
	workdays_free(days);
}

static void test_open311(void **state)
{
	const struct open311 *open311 = rules_of(state)->open311;
	const struct open311_service *service = open311_service(open311, "0101");
	const struct open311_attribute *attribute;

	assert_string_equal(open311->jurisdiction, "full.example");
	assert_string_equal(open311->contact, "ask us");
	assert_string_equal(open311->key_service, "by letter");
	assert_string_equal(open311->endpoint, "https://full.example/open311/v2");
	assert_string_equal(open311->show[0], "12345");
	assert_null(open311->show[1]);
	assert_true(open311->text && open311->position && open311->notes && !open311->agency);
	assert_int_equal(open311->address, OPEN311_FULL);
	assert_string_equal(open311->expected, "sign");
	assert_int_equal(open311->rate, 7);
	assert_int_equal(open311->n_services, 1); /* 99 is not listed */
	assert_string_equal(service->name, "垃圾");
	assert_string_equal(service->group, "市容");
	assert_string_equal(service->description, "垃圾成堆");
	assert_string_equal(service->keywords, "a, b");
	assert_string_equal(service->notice, "马上");
	assert_int_equal(service->type, OPEN311_BATCH);
	assert_int_equal(service->n_attributes, 2);
	attribute = open311_attribute(service, "k");
	assert_string_equal(attribute->description, "哪种");
	assert_string_equal(attribute->hint, "选一");
	assert_int_equal(attribute->datatype, OPEN311_SINGLE);
	assert_true(attribute->required && attribute->variable);
	assert_int_equal(attribute->n_values, 2);
	assert_string_equal(attribute->values[1].key, "y");
	assert_string_equal(attribute->values[1].name, "乙=丙");
	assert_false(open311_attribute(service, "say")->variable);
	assert_null(open311_attribute(service, "none"));
	assert_null(open311_service(open311, "99"));
	assert_null(open311_service(NULL, "0101"));
}

static const char *codes_of(const char *conf, const char *base, struct str *out)
{
	const struct bundle_part parts[] = { { "full.conf", conf },
				      { "orgs.csv", full_orgs },
				      { "duties.csv", full_duties },
				      { "base.conf", base } };
	struct jurisdiction *profile;
	struct error err = ERROR_INIT;

	str_clear(out);
	if (parse_parts(parts, ARRAY_LEN(parts), &profile, &err))
		fail_msg("%s", err.text);
	if (profile->rules.open311 == NULL)
		str_add(out, "none");
	for (size_t i = 0; profile->rules.open311 && i < profile->rules.open311->n_services; i++) {
		const struct open311_service *service = &profile->rules.open311->services[i];

		str_addf(out, "%s%s ", service->code, service->n_attributes > 0 ? "+" : "");
	}
	profile_free(profile);
	return str_get(out);
}

/* Which categories are offered: all that have none below them, or the listed ones; what a base says
 * of its categories does not hold for a profile's own. */
static void test_offers(void **state)
{
	const char *cut = strstr(full_conf, "open311 {");
	struct str conf = STR_INIT, base = STR_INIT, out = STR_INIT;
	char *all = replaced(full_conf, "offer = \"listed\"", "offer = \"all\"");

	(void)state;
	assert_string_equal(codes_of(all, full_base, &out), "0101+ 99 ");
	free(all);
	str_add_bytes(&conf, full_conf, (size_t)(cut - full_conf));
	assert_string_equal(codes_of(conf.s, full_base, &out), "none");
	str_addf(&base, "%sopen311 { service \"0101\" { attribute \"a\" { description = \"?\" } } }\n",
		 full_base);
	assert_string_equal(codes_of(conf.s, base.s, &out), "0101+ 99 ");
	str_add(&conf, "category \"0101\" { label = \"other\" }\ncategory \"99\" { label = \"x\" }\n"
		       "category \"01\" { label = \"group\" }\n");
	assert_string_equal(codes_of(conf.s, base.s, &out), "0101 99 ");
	str_release(&conf);
	str_release(&base);
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_base, load, unload),
		cmocka_unit_test_setup_teardown(test_beside, load, unload),
		cmocka_unit_test_setup_teardown(test_modes, load, unload),
		cmocka_unit_test_setup_teardown(test_lists, load, unload),
		cmocka_unit_test_setup_teardown(test_acts, load, unload),
		cmocka_unit_test_setup_teardown(test_clocks, load, unload),
		cmocka_unit_test_setup_teardown(test_overrides, load, unload),
		cmocka_unit_test_setup_teardown(test_duties, load, unload),
		cmocka_unit_test_setup_teardown(test_orgs, load, unload),
		cmocka_unit_test_setup_teardown(test_days, load, unload),
		cmocka_unit_test_setup_teardown(test_open311, load, unload),
		cmocka_unit_test(test_offers),
	};

	return cmocka_run_group_tests_name("profile/syntax", tests, NULL, NULL);
}
