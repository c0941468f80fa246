/* What a filter offers at the cursor, and which organisation a person means. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/domain/candidate.h"
#include "zhiban/domain/filter_offer.h"

static void join(const struct filter_offers *offers, struct str *out)
{
	str_clear(out);
	for (size_t i = 0; i < offers->n; i++)
		str_addf(out, "%s%s", i > 0 ? " " : "", offers->items[i].word);
}

static const struct {
	const char *text; /* the cursor is at its end */
	const char *kept; /* of it, before what is offered */
	const char *offers;
} cases[] = {
	/* fields and flags, by their beginning */
	{ "ste", "", "step:" },
	{ "供水 ste", "供水 ", "step:" },
	{ "供水|!ste", "供水|!", "step:" },
	{ "供水　ｓｔｅ", "供水　", "step:" },
	{ "sin", "", "since:" },
	{ "ov", "", "overdue" },
	{ "pau", "", "paused paused_until>=" },
	{ "zzz", "", "" },
	{ "step", "", "step:" },
	/* values: all, then by characters or pinyin, the best first */
	{ "urg:", "", "urg:特急 urg:急 urg:平" },
	{ "urg:特", "", "urg:特急" },
	{ "urg:特急", "", "" }, /* nothing to add */
	{ "urg:j", "", "urg:急 urg:特急" },
	{ "urg:tj", "", "urg:特急" },
	{ "！urg：tj", "！", "urg:特急" },
	{ "sev>=", "", "sev>=一般 sev>=较大 sev>=重大 sev>=特别重大" },
	{ "sev>=zd", "", "sev>=重大 sev>=特别重大" },
	{ "street:", "", "street:兰陵 street:青龙" },
	{ "street:l", "", "street:兰陵 street:青龙" },
	{ "street:la", "", "street:兰陵" },
	{ "street:lljd", "", "street:兰陵" },
	{ "street:\"la", "", "street:兰陵" },
	{ "street:街", "", "street:兰陵 street:青龙" },
	{ "urg:急 street:la", "urg:急 ", "street:兰陵" },
	{ "dept:sw", "", "dept:水务局" },
	{ "dept:zj", "", "dept:住建局" },
	{ "holder:新丰", "", "holder:兰陵新丰" },
	{ "grid:", "", "grid:ll01g1 grid:ql01g1" }, /* called the same: by code */
	{ "step:hc", "", "step:核查" },
	{ "src:", "", "src:人工 src:热线 src:网格" },
	{ "cat:gongshui", "", "cat:供水排水" },
	{ "due<", "", "due<30m due<2h due<4h due<1d due<3d due<today due<tomorrow" },
	{ "due<t", "", "due<today due<tomorrow" },
	{ "sev≥zd", "", "sev≥重大 sev≥特别重大" },
	{ "due《t", "", "due《today due《tomorrow" },
	{ "since:y", "", "since:yesterday" },
	{ "hard:", "", "hard:yes hard:no" },
	{ "title:x", "", "" },
	{ "nofield:x", "", "" },
	/* places and departments, without their field */
	{ "lanl", "", "street:兰陵" },
	{ "兰陵", "", "street:兰陵" },
	{ "shuiw", "", "dept:水务局" },
	/* a text */
	{ "\"ste", "", "" },
	{ "12:30", "", "" },
	{ ":x", "", "" },
};

static void words_are_offered(void **state)
{
	struct fixture fx;
	struct str out = STR_INIT;
	int wrong = 0;

	(void)state;
	fixture_init(&fx);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct filter_ctx ctx = { .rules = &fx.rules, .now = fx.now };
		struct filter_offers offers;

		filter_offers(cases[i].text, strlen(cases[i].text), &ctx, &fx.arena, &offers);
		join(&offers, &out);
		if (strcmp(str_get(&out), cases[i].offers) != 0) {
			print_error("%s: %s, not %s\n", cases[i].text, str_get(&out),
				    cases[i].offers);
			wrong++;
		}
		if (offers.n > 0)
			assert_int_equal(offers.from, strlen(cases[i].kept));
		for (size_t k = 0; k < offers.n; k++)
			assert_true(offers.items[k].help != NULL && *offers.items[k].help != '\0');
	}
	assert_int_equal(wrong, 0);
	str_release(&out);
	fixture_release(&fx);
}

/* Whatever is offered can be read: it is a filter, or the beginning of one. */
static void what_is_offered_can_be_read(void **state)
{
	struct fixture fx;
	struct filter_offers offers;
	struct filter_ctx ctx;
	static const char *const begun[] = { "step:", "street:", "dept:", "community:", "grid:",
					     "src:", "cat:", "sev>=", "urg:", "due<", "since:",
					     "hard:", "tier:", "supervised:", "moved_by:",
					     "due_clock:", "reported_at>=" };

	(void)state;
	fixture_init(&fx);
	ctx = (struct filter_ctx){ .rules = &fx.rules, .now = fx.now };
	for (size_t i = 0; i < ARRAY_LEN(begun); i++) {
		filter_offers(begun[i], strlen(begun[i]), &ctx, &fx.arena, &offers);
		for (size_t k = 0; k < offers.n; k++) {
			struct filter *filter;
			struct filter_error why;

			if (filter_parse(offers.items[k].word, &ctx, &fx.arena, &filter, &why) !=
			    ERR_OK)
				fail_msg("%s: %s", offers.items[k].word, why.text);
		}
	}
	/* at the beginning of everything the words of the language */
	filter_offers("", 0, &ctx, &fx.arena, &offers);
	assert_true(offers.n > 20);
	assert_string_equal(offers.items[0].word, "step:");
	fixture_release(&fx);
}

static void half_words_wait(void **state)
{
	static const struct {
		const char *text, *finished;
	} halves[] = {
		{ "", "" },	       { "ste", "" },	      { "供水 ste", "供水 " },
		{ "供水 !over", "供水 !" }, { "overdue", "overdue" }, { "step:", "step:" },
		{ "step:签", "step:签" },    { "水", "水" },	      { "\"ste", "\"ste" },
		{ "zzz", "zzz" },	       { "a | due", "a | " },
	};
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(halves); i++)
		assert_string_equal(filter_finished(halves[i].text, &arena), halves[i].finished);
	arena_release(&arena);
}

static void organisations_are_meant(void **state)
{
	static const struct {
		const char *words, *code; /* or a part of the sentence */
	} orgs[] = {
		{ "ll", "ll" },		  { "兰陵", "ll" },	  { "兰陵街道", "ll" },
		{ "lljd", "ll" },	  { "lanlingjie", "ll" }, { "swj", "sw" },
		{ "qzjj", "zj" },	  { "住建", "zj" },	  { "联动", "zx" },
		{ "xf", "ql01" }, { "xfsq", "新丰, 兰陵新丰" }, { "swx", "nearest: " }, { "", "nearest: " },
		{ "shuiwuji", "nearest: 水务局" },
	};
	struct fixture fx;

	(void)state;
	fixture_init(&fx);
	for (size_t i = 0; i < ARRAY_LEN(orgs); i++) {
		const struct org *org = NULL;
		struct error err = ERROR_INIT;
		enum err code = candidates_org(&fx.rules, orgs[i].words, fx.now, &org, &err);

		if (code == ERR_OK)
			assert_string_equal(org->code, orgs[i].code);
		else if (strstr(err.text, orgs[i].code) == NULL)
			fail_msg("%s: %s", orgs[i].words, err.text);
	}
	fixture_release(&fx);
}

/* Who is given rights is named, not guessed. */
static void rights_go_to_whom_is_named(void **state)
{
	struct fixture fx;
	const struct org *org = NULL;
	struct error err = ERROR_INIT;

	(void)state;
	fixture_init(&fx);
	assert_int_equal(candidates_org_exactly(&fx.rules, "兰陵街道", &org, &err), ERR_OK);
	assert_string_equal(org->code, "ll");
	assert_int_equal(candidates_org_exactly(&fx.rules, "sw", &org, &err), ERR_OK);
	assert_string_equal(org->code, "sw");
	assert_int_equal(candidates_org_exactly(&fx.rules, "shuiwuju", &org, &err), ERR_INPUT);
	assert_non_null(strstr(err.text, "nearest: 水务局"));
	assert_int_equal(candidates_org_exactly(&fx.rules, "水务", &org, &err), ERR_INPUT);
	fixture_release(&fx);
}

static void values_are_meant(void **state)
{
	static const struct {
		const char *field, *words, *code; /* NULL: none; "?": several */
	} values[] = {
		{ "street", "lljd", "ll" },
		{ "street", "jd", "?" },
		{ "street", "swj", NULL }, /* no street */
		{ "street", "Dorchester", NULL },
		{ "street", "", NULL },
		{ "community", "新丰社区", NULL }, /* two are called so: the street decides */
		{ "community", "xfsq", "?" },
		{ "category", "tingshui", "0301" },
		{ "category", "0301", NULL }, /* a code is left as it is */
		{ "category", "供水", "03" },
		{ "source", "rexian", "12345" },
		{ "source", "r", NULL }, /* an import's own word may be meant */
		{ "title", "lljd", NULL },
	};
	struct fixture fx;
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);

	(void)state;
	fixture_init(&fx);
	for (size_t i = 0; i < ARRAY_LEN(values); i++) {
		const struct field *field = field_find(kind->fields, kind->n_fields,
						       values[i].field);
		const char *code = NULL;
		bool found = false;
		struct error err = ERROR_INIT;
		enum err rc = candidates_meant(&fx.rules, field, values[i].words, fx.now, &fx.arena,
					       &code, &found, &err);

		if (values[i].code != NULL && strcmp(values[i].code, "?") == 0) {
			if (rc != ERR_INPUT || strstr(err.text, "write more") == NULL)
				fail_msg("%s: %s", values[i].words, err.text);
			continue;
		}
		assert_int_equal(rc, ERR_OK);
		if (found != (values[i].code != NULL))
			fail_msg("%s:%s %s", values[i].field, values[i].words, code);
		if (found)
			assert_string_equal(code, values[i].code);
	}
	fixture_release(&fx);
}

static void ended_ones_are_not_meant(void **state)
{
	struct fixture fx;
	struct org orgs[16];
	const struct org *org;
	struct error err = ERROR_INIT;

	(void)state;
	fixture_init(&fx);
	assert_true(fx.rules.n_orgs <= ARRAY_LEN(orgs));
	memcpy(orgs, fx.rules.orgs, fx.rules.n_orgs * sizeof *orgs);
	for (size_t i = 0; i < fx.rules.n_orgs; i++)
		if (strcmp(orgs[i].code, "ll") == 0)
			orgs[i].ends = fx.now;
	fx.rules.orgs = orgs;
	fx.rules.org_index = NULL;
	assert_int_equal(candidates_org(&fx.rules, "lljd", fx.now, &org, &err), ERR_INPUT);
	assert_int_equal(candidates_org(&fx.rules, "lljd", fx.now - 1, &org, &err), ERR_OK);
	fixture_release(&fx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_offered),
		cmocka_unit_test(what_is_offered_can_be_read),
		cmocka_unit_test(half_words_wait),
		cmocka_unit_test(organisations_are_meant),
		cmocka_unit_test(rights_go_to_whom_is_named),
		cmocka_unit_test(values_are_meant),
		cmocka_unit_test(ended_ones_are_not_meant),
	};
	return cmocka_run_group_tests_name("domain/filter_offer", tests, NULL, NULL);
}
