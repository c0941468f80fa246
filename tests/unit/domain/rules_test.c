/* The rules as values: looking up, showing, reading words, choosing limits, parties. */
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
#include "zhiban/base/str.h"
#include "zhiban/domain/clock_limit.h"
#include "zhiban/domain/party.h"
#include "zhiban/domain/swap.h"

static const struct {
	const char *words, *within, *code; /* code NULL: none or several */
} names[] = {
	{ "sw", NULL, "sw" },		{ "区水务局", NULL, "sw" },	  { "水务局", NULL, "sw" },
	{ "水务", NULL, NULL },		{ "", NULL, NULL },		  { "新丰社区", NULL, NULL },
	{ "新丰社区", "ql", "ql01" },	{ "新丰社区", "ll", "ll02" },	  { "新丰", NULL, "ql01" },
	{ "清凉社区", "ql", "ll01" }, /* the only one of that name, elsewhere */
	{ "sw", "ll", "sw" },		{ "兰陵", NULL, "ll" },
};

static void organisations_are_found(void **state)
{
	(void)state;
	for (int indexed = 0; indexed < 2; indexed++) {
		struct fixture fx;

		fixture_init(&fx);
		if (!indexed)
			fx.rules.org_index = NULL;
		for (size_t i = 0; i < ARRAY_LEN(names); i++) {
			const struct org *org =
				rules_org_named_in(&fx.rules, names[i].words, names[i].within);
			if (!str_eq(org != NULL ? org->code : NULL, names[i].code))
				fail_msg("%s", names[i].words);
		}
		for (size_t i = 0; i < fx.rules.n_orgs; i++)
			assert_ptr_equal(rules_org(&fx.rules, fx.rules.orgs[i].code), &fx.rules.orgs[i]);
		assert_null(rules_org(&fx.rules, "s"));
		assert_null(rules_org(&fx.rules, "zzz"));
		assert_null(rules_org(&fx.rules, NULL));
		assert_null(rules_org_named(&fx.rules, NULL));
		fixture_release(&fx);
	}
}

static void trees_are_climbed(void **state)
{
	static const struct org ring[] = { { .code = "a", .parent = "b" },
					   { .code = "b", .parent = "a" } };
	struct fixture fx;

	(void)state;
	fixture_init(&fx);
	assert_true(rules_org_within(&fx.rules, "ll01", "ll"));
	assert_true(rules_org_within(&fx.rules, "ll01", "zx"));
	assert_true(rules_org_within(&fx.rules, "ll", "ll"));
	assert_false(rules_org_within(&fx.rules, "ll", "ll01"));
	assert_false(rules_org_within(&fx.rules, "ll", "ql"));
	assert_false(rules_org_within(&fx.rules, NULL, "ql"));
	assert_false(rules_org_within(&fx.rules, "ll", NULL));
	fx.rules.orgs = ring;
	fx.rules.n_orgs = 2;
	fx.rules.org_index = NULL;
	assert_false(rules_org_within(&fx.rules, "a", "c")); /* and it ends */
	fixture_release(&fx);
}

static const struct {
	const char *field;
	struct value value;
	const char *shown;
} shown[] = {
	{ "title", { true, 0, "路面塌陷" }, "路面塌陷" },
	{ "title", { true, 0, NULL }, "" },
	{ "source", { true, 0, "12345" }, "热线" },
	{ "source", { true, 0, "微博" }, "微博" },
	{ "category", { true, 0, "02" }, "市政道路" },
	{ "urgency", { false, 1, NULL }, "特急" },
	{ "severity", { false, 4, NULL }, "特别重大" },
	{ "severity", { false, 9, NULL }, "9" },
	{ "street", { true, 0, "ll" }, "兰陵" },
	{ "street", { true, 0, "西地省" }, "西地省" },
	{ "step", { true, 0, "sign" }, "签收" },
	{ "step", { true, 0, "nowhere" }, "nowhere" },
	{ "tier", { true, 0, "street" }, "街道" },
	{ "due_clock", { true, 0, "contact" }, "contact" },
	{ "moved_by", { true, 0, "sign" }, "Sign for" },
	{ "reworks", { false, 3, NULL }, "3" },
	{ "hard", { false, 1, NULL }, "yes" },
	{ "hard", { false, 0, NULL }, "no" },
	{ "lat", { false, 31771900, NULL }, "31.771900" },
	{ "lat", { false, -500000, NULL }, "-0.500000" },
	{ "due", { false, INT64_C(1795286460000), NULL }, "2026-11-22 02:41" },
	{ "registrar", { true, 0, "system" }, "system" },
	{ "due", { false, 0, NULL }, "" },
};

static void values_are_shown(void **state)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	struct fixture fx;
	char buf[64];

	(void)state;
	fixture_init(&fx);
	for (size_t i = 0; i < ARRAY_LEN(shown); i++) {
		const struct field *field = field_find(kind->fields, kind->n_fields, shown[i].field);
		assert_string_equal(rules_show(&fx.rules, field, shown[i].value, buf, sizeof buf),
				    shown[i].shown);
	}
	fixture_release(&fx);
}

static void roles_of_parts_are_shown(void **state)
{
	const struct child_desc *part = child_desc(CHILD_PART);
	const struct field *role = field_find(part->fields, part->n_fields, "role");
	struct fixture fx;
	char buf[64];

	(void)state;
	fixture_init(&fx);
	assert_string_equal(rules_show(&fx.rules, role, (struct value){ true, 0, "lead" }, buf, 64), "lead");
	assert_string_equal(rules_show(&fx.rules, role, (struct value){ true, 0, "past" }, buf, 64),
			    "formerly");
	fixture_release(&fx);
}

static const struct {
	const char *field, *words;
	int64_t num;
	const char *text, *error;
} read_words[] = {
	{ "urgency", "特急", 1, NULL, NULL },
	{ "urgency", "2", 2, NULL, NULL },
	{ "urgency", "急急", 0, NULL, "Urgency: \"急急\" is not one of 特急, 急, 平" },
	{ "severity", "较大", 2, NULL, NULL },
	{ "source", "hotline", 0, "12345", NULL },
	{ "source", "微博", 0, "微博", NULL },
	{ "category", "供水", 0, "03", NULL },
	{ "street", "兰陵街道", 0, "ll", NULL },
	{ "street", "西地省", 0, "西地省", NULL },
	{ "reworks", "7", 7, NULL, NULL },
};

static void words_are_read(void **state)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	struct fixture fx;

	(void)state;
	fixture_init(&fx);
	for (size_t i = 0; i < ARRAY_LEN(read_words); i++) {
		const struct field *field = field_find(kind->fields, kind->n_fields, read_words[i].field);
		struct value value = { .num = -5 };
		struct error err = ERROR_INIT;
		enum err code = rules_parse(&fx.rules, field, read_words[i].words, &fx.arena, &value, &err);

		assert_int_equal(code, read_words[i].error != NULL ? ERR_INPUT : ERR_OK);
		if (read_words[i].error != NULL)
			assert_string_equal(err.text, read_words[i].error);
		else if (read_words[i].text != NULL)
			assert_string_equal(value.text, read_words[i].text);
		else
			assert_int_equal(value.num, read_words[i].num);
	}
	fixture_release(&fx);
}

static const struct {
	const char *step, *clock;
	struct incident incident;
	const char *at, *words; /* words NULL: no row */
} rows[] = {
	{ "accept", "accept", { .urgency = 1 }, "2026-11-23 02:00", "10m" },
	{ "accept", "accept", { .urgency = 3 }, "2026-11-23 02:00", "2h@08:30" },
	{ "accept", "accept", { .urgency = 3 }, "2026-11-23 08:29", "2h@08:30" },
	{ "accept", "accept", { .urgency = 3 }, "2026-11-23 08:30", "2h" },
	{ "accept", "accept", { .urgency = 0 }, "2026-11-23 17:29", "2h" },
	{ "accept", "accept", { .urgency = 0 }, "2026-11-23 17:30", "2h@08:30" },
	{ "handle", "handle", { .severity = 2 }, "2026-11-23 10:00", "5wd" },
	{ "handle", "handle", { .severity = 3 }, "2026-11-23 10:00", "8h" },
	{ "handle", "handle", { .severity = 4, .category = "03" }, "2026-11-23 10:00", "8h" },
	{ "handle", "handle", { .category = "0301" }, "2026-11-23 10:00", "3wd" },
	{ "handle", "handle", { .category = "0" }, "2026-11-23 10:00", "5wd" },
	{ "handle", "contact", { .urgency = 3 }, "2026-11-23 10:00", "90wm" },
	{ "handle", "contact", { .urgency = 3 }, "2026-11-23 12:30", "1wd" }, /* noon */
	{ "handle", "contact", { .urgency = 3 }, "2026-11-22 10:00", "-" },
	{ "handle", "contact", { .urgency = 3 }, "2026-10-10 10:00", "90wm" }, /* made up */
	{ "sign", "sign", { .urgency = 2 }, "2026-11-23 10:00", "30m" },
};

static void the_first_row_wins(void **state)
{
	struct fixture fx;

	(void)state;
	fixture_init(&fx);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct step *step = rules_step(&fx.rules, rows[i].step);
		const struct limit_row *row = NULL;
		for (size_t c = 0; c < step->n_clocks; c++)
			if (strcmp(step->clocks[c].kind, rows[i].clock) == 0)
				row = clock_rule_row(&fx.rules, &step->clocks[c],
						     &(struct limit_ask){
							     .incident = &rows[i].incident,
							     .at = fixture_time(rows[i].at) });
		assert_non_null(row);
		if (strcmp(row->words, rows[i].words) != 0)
			fail_msg("%zu: %s, not %s", i, row->words, rows[i].words);
	}
	fixture_release(&fx);
}

static void no_row_is_no_limit(void **state)
{
	struct fixture fx;
	struct clock_rule rule = { .kind = "x" };
	struct incident incident = { .urgency = 1 };

	(void)state;
	fixture_init(&fx);
	assert_null(clock_rule_row(&fx.rules, &rule,
				   &(struct limit_ask){ .incident = &incident, .at = fx.now }));
	fixture_release(&fx);
}

/* The parties as one text, in the order they were found. */
static void check_parties(const struct fixture *fx, const void *entity, const char *wanted)
{
	const char *codes[PARTY_MAX];
	size_t n = party_of(&fx->rules, entity, codes);
	struct str text = STR_INIT;

	for (size_t i = 0; i < n; i++)
		str_addf(&text, "%s%s", i > 0 ? " " : "", codes[i]);
	assert_string_equal(str_get(&text), wanted);
	str_release(&text);
}

static void parties_are_who_has_to_do_with_it(void **state)
{
	struct fixture fx;
	struct uuid id = uuid_named("x");
	struct incident *incident;
	struct person *person;
	struct part *part;
	struct level *level;
	struct receipt *receipt;

	(void)state;
	fixture_init(&fx);
	incident = entity_new(KIND_INCIDENT, &id, &fx.arena);
	check_parties(&fx, incident, "zx");
	incident->origin = "ql01";
	incident->street = "ll"; /* its place makes nobody a party */
	incident->holder = "西地省"; /* nor does a word that is no organisation */
	check_parties(&fx, incident, "zx ql01 ql");
	incident->holder = "sw";
	part = children_add(&incident->parts, child_desc(CHILD_PART), &id, &fx.arena);
	part->org = "ll01";
	check_parties(&fx, incident, "zx ql01 ql sw ll01 ll");
	incident->parts.n = 0;
	incident->holder = incident->origin = NULL;
	incident->seat = "ql";
	level = children_add(&incident->levels, child_desc(CHILD_LEVEL), &id, &fx.arena);
	level->seat = "ll";
	level->holder = "zj";
	receipt = children_add(&incident->receipts, child_desc(CHILD_RECEIPT), &id, &fx.arena);
	receipt->org = "sw";
	check_parties(&fx, incident, "zx ql ll zj sw");
	person = entity_new(KIND_PERSON, &id, &fx.arena);
	person->org = "ll01";
	check_parties(&fx, person, "zx ll01 ll");
	fixture_release(&fx);
}

/* By tier and by name; the units of those who stand in it; and roster_reader says the same. */
static void rosters_are_read_by_all_who_have_one(void **state)
{
	const struct roster_plan plans[] = { { .code = "centre", .of = "centre" },
					     { .code = "water", .of = "sw" } };
	const struct roster_plan streets[] = { { .code = "grid", .of = "ql01" } };
	struct fixture fx;
	struct uuid id = uuid_named("x");
	struct roster *roster;
	struct staff *staff;
	struct swap *swap;
	struct turn *turn;
	const char *codes[PARTY_MAX];
	size_t n;

	(void)state;
	fixture_init(&fx);
	fx.rules.plans = plans;
	fx.rules.n_plans = ARRAY_LEN(plans);
	roster = entity_new(KIND_ROSTER, &id, &fx.arena);
	roster->org = "zx";
	check_parties(&fx, roster, "zx sw");
	turn = children_add(&roster->turns, child_desc(CHILD_TURN), &id, &fx.arena);
	turn->unit = "ql01"; /* of a pool */
	check_parties(&fx, roster, "zx sw ql01 ql");
	staff = entity_new(KIND_STAFF, &id, &fx.arena);
	staff->org = "ll01";
	check_parties(&fx, staff, "zx sw ll01 ll");
	swap = entity_new(KIND_SWAP, &id, &fx.arena);
	swap->org = "zx";
	check_parties(&fx, swap, "zx");
	swap->unit = "ll01";
	swap->other_unit = "ql";
	check_parties(&fx, swap, "zx ll01 ll ql");
	fx.rules.plans = streets;
	fx.rules.n_plans = ARRAY_LEN(streets);
	staff->org = "zx";
	n = party_of(&fx.rules, staff, codes);
	for (size_t i = 0; i < fx.rules.n_orgs; i++) {
		const char *org = fx.rules.orgs[i].code;
		bool found = false;

		for (size_t k = 0; k < n; k++)
			found = found || strcmp(codes[k], org) == 0;
		assert_int_equal(found, strcmp(org, "zx") == 0 || roster_reader(&fx.rules, org));
	}
	fixture_release(&fx);
}

static void parties_are_never_too_many(void **state)
{
	struct org many[600];
	char codes[600][8];
	struct fixture fx;
	struct uuid id = uuid_named("x");
	struct incident *incident;
	const char *found[PARTY_MAX];

	(void)state;
	fixture_init(&fx);
	memset(many, 0, sizeof many);
	incident = entity_new(KIND_INCIDENT, &id, &fx.arena);
	for (unsigned i = 0; i < 600; i++) {
		struct uuid child = uuid_child(&id, "part", i);
		struct part *part =
			children_add(&incident->parts, child_desc(CHILD_PART), &child, &fx.arena);
		snprintf(codes[i], sizeof codes[i], "o%u", i);
		many[i].code = part->org = codes[i];
	}
	fx.rules.orgs = many;
	fx.rules.n_orgs = 600;
	rules_index(&fx.rules, &fx.arena);
	assert_int_equal(party_of(&fx.rules, incident, found), PARTY_MAX);
	fixture_release(&fx);
}

/* What is done to a whistle is called as of incidents, unless it has a name of its own. */
static void acts_of_other_kinds_are_called_alike(void **state)
{
	const struct act_desc *sign = act_desc_of(KIND_WHISTLE, "sign");
	const struct act_label labels[] = {
		{ act_desc_of(KIND_INCIDENT, "sign"), "签收" },
		{ act_desc_of(KIND_INCIDENT, "close"), "办结" },
		{ act_desc_of(KIND_WHISTLE, "close"), "销哨" },
		{ act_desc_of(KIND_INCIDENT, "refer_info"), "当场答复" }, /* "answer", too */
		{ act_desc_of(KIND_INCIDENT, "note"), "备注" },
	};
	struct fixture fx;

	(void)state;
	fixture_init(&fx);
	assert_string_equal(rules_act_label(&fx.rules, sign), "Sign for");
	fx.rules.labels = labels;
	fx.rules.n_labels = ARRAY_LEN(labels);
	assert_string_equal(rules_act_label(&fx.rules, sign), "签收");
	assert_string_equal(rules_act_label(&fx.rules, act_desc_find("close")), "办结");
	assert_string_equal(rules_act_label(&fx.rules, act_desc_of(KIND_WHISTLE, "close")), "销哨");
	assert_string_equal(rules_act_label(&fx.rules, act_desc_of(KIND_WHISTLE, "blow")), "Blow");
	/* a task is signed for, the minutes of a meeting are not */
	assert_string_equal(rules_act_label(&fx.rules, act_desc_of(KIND_ACTION, "sign")), "签收");
	assert_string_equal(rules_act_label(&fx.rules, act_desc_of(KIND_MEETING, "sign")),
			    "Countersign the minutes");
	assert_string_equal(rules_act_label(&fx.rules, act_desc_of(KIND_MEETING, "answer")),
			    "Answer the invitation");
	assert_string_equal(rules_act_label(&fx.rules, act_desc_of(KIND_MEETING, "note")), "备注");
	fixture_release(&fx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(organisations_are_found),
		cmocka_unit_test(trees_are_climbed),
		cmocka_unit_test(values_are_shown),
		cmocka_unit_test(roles_of_parts_are_shown),
		cmocka_unit_test(words_are_read),
		cmocka_unit_test(the_first_row_wins),
		cmocka_unit_test(no_row_is_no_limit),
		cmocka_unit_test(parties_are_who_has_to_do_with_it),
		cmocka_unit_test(rosters_are_read_by_all_who_have_one),
		cmocka_unit_test(parties_are_never_too_many),
		cmocka_unit_test(acts_of_other_kinds_are_called_alike),
	};

	return cmocka_run_group_tests_name("domain/rules", tests, NULL, NULL);
}
