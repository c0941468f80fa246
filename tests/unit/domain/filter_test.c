/* The filter language: what matches, what is refused and what is offered instead. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../../src/domain/filter_priv.h"
#include "fixture.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/base/text.h"

/* Incidents a to f; which of them pass is written as their letters. */
static void make_rows(struct fixture *fx, struct incident *rows[6])
{
	static const struct incident plain[6] = {
		{ .number = "20261122-0417", .title = "清凉新村自来水发黄，多户反映", .urgency = 1,
		  .source = "12345", .street = "ll", .community = "ll01", .step = "handle", .open = 1,
		  .holder = "sw", .category = "0301", .severity = 3, .registrar = "李敏",
		  .phone = "13988218821" },
		{ .number = "20261122-0409", .title = "金色新城北门 路面塌陷", .urgency = 2,
		  .source = "grid", .street = "ql", .step = "sign", .open = 1, .holder = "zj",
		  .category = "02", .severity = 1, .address = "ＡＢＣ路12号", .reworks = 2 },
		{ .number = "20261121-0388", .title = "渣土车遗撒（重复）", .urgency = 3, .source = "微博",
		  .street = "ql", .step = "assign", .open = 1, .holder = "ll", .hard = 1,
		  .category = "99" },
		{ .number = "20150302-0001", .title = "Noise at 12:30 near Main St", .urgency = 3,
		  .source = "boston311", .street = "Dorchester", .step = "archive", .holder = "zx",
		  .src_no = "HL-77/2015", .imported = 1, .lat = 31771900 },
		{ .number = NULL, .title = "供水不足", .urgency = 3, .step = "verify", .open = 1,
		  .street = "ll", .holder = "ll02" },
		{ .title = "a|b \"quoted\" Straße", .step = "accept", .open = 1 },
	};

	for (size_t i = 0; i < 6; i++) {
		struct uuid id = uuid_child(&(struct uuid){ { 1 } }, "row", (unsigned)i);
		rows[i] = entity_new(KIND_INCIDENT, &id, &fx->arena);
		id = rows[i]->head.id;
		*rows[i] = plain[i];
		rows[i]->head.id = id;
	}
	rows[0]->due = fx->now - 12 * MINUTE_MS;
	rows[1]->due = fx->now + 26 * MINUTE_MS;
	rows[2]->due = fx->now + 2 * HOUR_MS;
	rows[4]->due = fx->now + 3 * DAY_MS;
	rows[0]->reported_at = fixture_time("2026-11-23 01:12");
	rows[1]->reported_at = fixture_time("2026-11-22 23:59");
	rows[2]->reported_at = fixture_time("2026-11-21 12:00");
	rows[3]->reported_at = fixture_time("2015-03-02 09:00");
	rows[3]->closed_at = fixture_time("2015-03-05 12:00");
	for (unsigned i = 0; i < 2; i++) {
		static const char *const roles[] = { "assist", "past" }, *const orgs[] = { "zj", "ql" };
		struct uuid id = uuid_child(&rows[0]->head.id, "part", i);
		struct part *part = children_add(&rows[0]->parts, child_desc(CHILD_PART), &id,
						 &fx->arena);
		part->org = orgs[i];
		part->role = roles[i];
	}
	rows[0]->owed = 1;
	rows[0]->asked_at = rows[0]->proposed_at = rows[0]->listed_at = fx->now;
	rows[1]->paused_until = fx->now + HOUR_MS;
	rows[1]->offered_at = fx->now;
	rows[2]->paused_until = fx->now - HOUR_MS; /* over */
	rows[2]->shelved_at = fx->now;
	rows[2]->response = 2;
	rows[3]->merged_into = "x";
	rows[4]->tier = "street";
	rows[4]->supervised = "card";
	rows[4]->candidate = 1;
	rows[5]->out_to = "110";
	for (unsigned i = 0; i < 2; i++) {
		struct uuid id = uuid_child(&rows[1 + i]->head.id, "promise", i);
		struct promise *promise = children_add(&rows[1 + i]->promises,
						       child_desc(CHILD_PROMISE), &id, &fx->arena);
		promise->at = fx->now;
		promise->kept_at = i == 0 ? 0 : fx->now; /* b is still to be called */
	}
}

static const struct {
	const char *text, *rows;
} good[] = {
	{ "", "abcdef" },
	{ "   ", "abcdef" },
	{ "!", "abcdef" },
	{ "\"\"", "abcdef" },
	{ "自来水", "a" },
	{ "水", "ae" },
	{ "0417", "a" },
	{ "22-04", "ab" },
	{ "22-0417", "a" },
	{ "20261121-0388", "c" },
	{ "hl-77", "d" },
	{ "NOISE", "d" },
	{ "ｎｏｉｓｅ", "d" },
	{ "abc路12", "b" },
	{ "发黄,多户", "a" },
	{ "发黄，多户", "a" },
	{ "strasse", "f" },
	{ "13988218821", "" }, /* a phone is no searched field */
	{ "12:30", "d" },
	{ ":", "d" },
	{ "main st", "d" },
	{ "\"main st\"", "d" },
	{ "\"st main\"", "" },
	{ "“main st”", "d" },
	{ "\"main st", "d" },
	{ "st main", "d" },
	{ "\"a|b\"", "f" },
	{ "a|b", "bdf" },
	{ "自来水 | 塌陷", "ab" },
	{ "自来水　|　塌陷", "ab" },
	{ "自来水 ｜ 塌陷", "ab" },
	{ "自来水 |", "a" },
	{ "| 自来水", "a" },
	{ "!重复", "abdef" },
	{ "！重复", "abdef" },
	{ "!!重复", "c" },
	{ "! 重复", "c" },
	{ "新城 路面", "b" },
	{ "新城 !路面", "" },
	{ "step:核查", "e" },
	{ "step：核查", "e" },
	{ "step:verify", "e" },
	{ "State:verify", "e" }, /* as the board calls it */
	{ "step:未签收", "b" },
	{ "step:签", "b" },
	{ "!step:签收", "acdef" },
	{ "step:签收 | step:核查", "be" },
	{ "street:兰陵", "ae" },
	{ "street:兰陵街道", "ae" },
	{ "street:ll", "ae" },
	{ "street:兰", "ae" },
	{ "street:\"dorchester\"", "d" },
	{ "community:清凉", "a" },
	{ "dept:水务局", "a" },
	{ "dept:住建局", "ab" }, /* an assistant has it too */
	{ "dept:青龙", "" },	  /* had a share once */
	{ "dept:兰陵街道", "ce" },
	{ "dept:中心", "d" },	  /* itself, not all below it */
	{ "holder:兰陵街道", "c" },
	{ "src:12345", "a" },
	{ "src:热线", "a" },
	{ "src:hotline", "a" },
	{ "source:网格", "b" },
	{ "src:boston311", "d" }, /* an import's own word */
	{ "src:微博", "c" },
	{ "cat:供水排水", "" },
	{ "cat:停水", "a" },
	{ "urg:急", "b" },
	{ "urg:特急", "a" },
	{ "urg<=急", "ab" },
	{ "urg>急", "cde" },
	{ "urgency:3", "cde" },
	{ "sev>=较大", "a" },
	{ "sev>=一般", "ab" },
	{ "sev<重大", "b" },
	{ "sev:一般", "b" },
	{ "due<2h", "ab" },
	{ "due<=2h", "abc" },
	{ "due《2h", "ab" }, /* as typed with an input method on */
	{ "due《＝２ｈ", "abc" },
	{ "due≤2h", "abc" },
	{ "sev≥较大", "a" },
	{ "urg》急", "cde" },
	{ "since≥yesterday", "ab" },
	{ "关于《水》", "" }, /* a text */
	{ "《水", "" },
	{ "due:2h", "abc" },
	{ "due<30m", "ab" },
	{ "due>1d", "e" },
	{ "due>2h", "e" },
	{ "due>=2h", "ce" },
	{ "due<today", "" },
	{ "due<=today", "abc" },
	{ "due:today", "abc" },
	{ "due>today", "e" },
	{ "due<2026-11-23T11:00", "ab" },
	{ "overdue", "a" },
	{ "OVERDUE", "a" },
	{ "\"overdue\"", "" },
	{ "!overdue", "bcdef" },
	{ "open", "abcef" },
	{ "closed", "d" },
	{ "hard", "c" },
	{ "owed", "a" },
	{ "asked", "a" },
	{ "proposed", "a" },
	{ "listed", "a" },
	{ "offered", "b" },
	{ "paused", "b" },
	{ "shelved", "c" },
	{ "response:2", "c" },
	{ "merged", "d" },
	{ "supervised", "e" },
	{ "candidate", "e" },
	{ "elsewhere", "f" },
	{ "callback", "b" },
	{ "undetermined", "" }, /* this profile has no duty list */
	{ "tier:street", "e" },
	{ "!owed !callback", "cdef" },
	{ "hard:yes", "c" },
	{ "hard:no", "abdef" },
	{ "mine", "ad" }, /* 李敏 of the centre */
	{ "since:today", "a" },
	{ "since:yesterday", "ab" },
	{ "since:2026-11-21", "abc" },
	{ "since:2026/11/22", "ab" },
	{ "since:10h", "a" },
	{ "since:2d", "abc" },
	{ "reported_at:yesterday", "b" },
	{ "reported_at<2020-01-01", "d" },
	{ "reported_at:2015-03-02", "d" },
	{ "reported_at:\"2015-03-02 09:00\"", "d" },
	{ "reported_at:\"2015-03-02 09:01\"", "" },
	{ "closed_at>2015-03-05", "" },
	{ "closed_at>=2015-03-05", "d" },
	{ "reworks>1", "b" },
	{ "reworks=2", "b" },
	{ "no:0417", "a" },
	{ "title:塌陷", "b" },
	{ "address:abc", "b" },
	{ "registrar:李", "a" },
	{ "lat>31", "d" },
	{ "街道", "" },
	{ "兰陵", "ae" }, /* a street */
	{ "兰陵街道", "ae" },
	{ "!兰陵", "bcdf" },
	{ "\"兰陵\"", "" }, /* quoted: a text */
	{ "兰", "" },	     /* one character is no name */
	{ "清凉", "a" },
	{ "新丰社区", "" },
	{ "lanling", "ae" },
	{ "lljd", "ae" },
	{ "ll", "ae" },
	{ "LLJD", "ae" },
	{ "ｌｌｊｄ", "ae" },
	{ "兰ling", "ae" },
	{ "lljdx", "" },
	{ "qinglong", "bc" },
	{ "qingliangshequ", "a" },
	{ "qlsq", "a" },
	{ "qlsh", "" }, /* a community only by its whole name */
	{ "zilaishui", "a" },
	{ "自来shui", "a" },
	{ "zilaishui | taxian", "ab" },
	{ "!zilaishui", "bcdef" },
	{ "\"zilaishui\"", "" },
	{ "zls", "" }, /* initials of a text would be found everywhere */
	{ "gongshui", "e" },
	{ "gongsh", "e" },
	{ "gongs", "" },
	{ "step:hc", "e" },
	{ "step:hecha", "e" },
	{ "step:heCH", "e" },
	{ "step:核cha", "e" },
	{ "step:\"hc\"", "" }, /* quoted: taken as it is */
	{ "street:lan", "ae" },
	{ "street:lljd", "ae" },
	{ "street:qljd", "bc" },
	{ "dept:swj", "a" },
	{ "dept:shuiwuju", "a" },
	{ "dept:qswj", "a" },
	{ "dept:zhujian", "ab" },
	{ "community:ql", "a" },
	{ "urg:teji", "a" },
	{ "urg:tj", "a" },
	{ "sev>=jd", "a" },
	{ "src:rexian", "a" },
	{ "src:wg", "b" },
	{ "street:兰陵 urg:特急 !重复", "a" },
};

static struct filter_ctx context(struct fixture *fx, struct actor *actor)
{
	*actor = fixture_actor("duty");
	return (struct filter_ctx){ &fx->rules, actor, fx->now };
}

static void filters_match(void **state)
{
	struct fixture fx;
	struct actor actor;
	struct filter_ctx ctx;
	struct incident *rows[6];

	(void)state;
	fixture_init(&fx);
	ctx = context(&fx, &actor);
	make_rows(&fx, rows);
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		struct filter *filter = NULL;
		struct filter_error error = { 0, 0, "" };
		char passed[8] = "";

		if (filter_parse(good[i].text, &ctx, &fx.arena, &filter, &error) != ERR_OK)
			fail_msg("%s: %s", good[i].text, error.text);
		for (size_t r = 0, n = 0; r < 6; r++)
			if (filter_match(filter, rows[r], &ctx))
				passed[n++] = (char)('a' + r);
		if (strcmp(passed, good[i].rows) != 0)
			fail_msg("%s: %s, not %s", good[i].text, passed, good[i].rows);
		if (filter_is_all(filter))
			assert_string_equal(passed, "abcdef");
	}
	fixture_release(&fx);
}

static const struct {
	const char *text, *marked, *part; /* the marked word, and a part of the sentence */
} bad[] = {
	{ "stp:签收", "stp", "nearest: step" },
	{ "供水 stap:签收", "stap", "step" },
	{ "phone:139", "phone", "there is no field phone" }, /* personal */
	{ "reporter:陈", "reporter", "there is no field" },
	{ "http://x", "http", "quote what is a text" },
	{ "step:签受", "签受", "nearest: 签收" },
	{ "step:", "", "a value is missing, such as" },
	{ "step:\"哪里\"", NULL, NULL }, /* quoted: taken as it is */
	{ "street:兰岭", "兰岭", "兰陵" },
	{ "street:Dorchester", "Dorchester", "there is no dorchester" },
	{ "street:lanlign", "lanlign", "nearest: 兰陵" },
	{ "dept:shuiwuji", "shuiwuji", "nearest: 水务局" },
	{ "dept:zhufangju", "zhufangju", "住建局" },
	{ "step:heca", "heca", "nearest: 核查" },
	{ "urg:tqji", "tqji", "nearest: 特急" },
	{ "dept:水务句", "水务句", "nearest: 水务局" },
	{ "urg:慢", "慢", "急" },
	{ "urg:4", "4", "特急" },
	{ "sev>=巨大", "巨大", "较大" },
	{ "src:12354", "12354", "nearest: 12345" },
	{ "src:", "", "热线" },
	{ "due<soon", "soon", "2h, 3d" },
	{ "due<5wd", "5wd", "is no time" },
	{ "since:2026-13-01", "2026-13-01", "is no time" },
	{ "hard:maybe", "maybe", "neither yes nor no" },
	{ "reworks>many", "many", "whole number" },
	{ "step>签收", ">", "cannot be less or more" },
	{ "title:", "", "missing" },
	{ "\xe6\xb0", "\xe6\xb0", "UTF-8" },
	{ "a | b step:x1 c", "x1", "nearest" },
};

static void errors_mark_the_word(void **state)
{
	struct fixture fx;
	struct actor actor;
	struct filter_ctx ctx;

	(void)state;
	fixture_init(&fx);
	ctx = context(&fx, &actor);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct filter *filter = NULL;
		struct filter_error error = { 99, 99, "" };
		enum err code = filter_parse(bad[i].text, &ctx, &fx.arena, &filter, &error);
		char marked[64];

		if (bad[i].part == NULL) {
			assert_int_equal(code, ERR_OK);
			continue;
		}
		if (code != ERR_INPUT)
			fail_msg("%s was parsed", bad[i].text);
		assert_null(filter);
		assert_true(error.at + error.len <= strlen(bad[i].text));
		snprintf(marked, sizeof marked, "%.*s", (int)error.len, bad[i].text + error.at);
		assert_string_equal(marked, bad[i].marked);
		if (strstr(error.text, bad[i].part) == NULL)
			fail_msg("%s: %s", bad[i].text, error.text);
	}
	/* who does not care passes no error */
	assert_int_equal(filter_parse("stp:x", &ctx, &fx.arena, &(struct filter *){ NULL }, NULL),
			 ERR_INPUT);
	fixture_release(&fx);
}

static void long_words_fit_the_error(void **state)
{
	struct fixture fx;
	struct actor actor;
	struct filter_ctx ctx;
	struct filter *filter;
	struct filter_error error;
	struct str text = STR_INIT;

	(void)state;
	fixture_init(&fx);
	ctx = context(&fx, &actor);
	str_add(&text, "step:");
	for (int i = 0; i < 5000; i++)
		str_add(&text, "水");
	assert_int_equal(filter_parse(str_get(&text), &ctx, &fx.arena, &filter, &error), ERR_INPUT);
	assert_int_equal(error.len, 15000);
	assert_true(text_valid(error.text, strlen(error.text)));
	str_release(&text);
	fixture_release(&fx);
}

/* A filter made before midnight means another today after it. */
static void days_move_on(void **state)
{
	struct fixture fx;
	struct actor actor;
	struct filter_ctx ctx;
	struct incident *rows[6];
	struct filter *filter = NULL;

	(void)state;
	fixture_init(&fx);
	ctx = context(&fx, &actor);
	make_rows(&fx, rows);
	assert_int_equal(filter_parse("since:today", &ctx, &fx.arena, &filter, NULL), ERR_OK);
	assert_true(filter_match(filter, rows[0], &ctx));
	ctx.now += DAY_MS;
	assert_false(filter_match(filter, rows[0], &ctx));
	fixture_release(&fx);
}

static int64_t ended(void *at)
{
	return *(int64_t *)at;
}

/* What moved since his last shift, reported before it or not; who has none here is told so. */
static void since_my_last_shift(void **state)
{
	static const struct {
		const char *text, *rows;
	} cases[] = {
		{ "since:last-shift", "bd" },	      { "moved_at>=last-shift", "bd" },
		{ "moved_at<last-shift", "c" },	      { "reported_at:last-shift", "ab" },
		{ "since:last-shift !closed", "b" }, { "!since:last-shift", "acef" },
	};
	struct fixture fx;
	struct actor actor;
	struct filter_ctx ctx;
	struct incident *rows[6];
	struct filter *filter = NULL;
	struct filter_error error = { 0, 0, "" };
	int64_t at;

	(void)state;
	fixture_init(&fx);
	ctx = context(&fx, &actor);
	make_rows(&fx, rows);
	at = fixture_time("2026-11-22 20:30");
	rows[1]->moved_at = at; /* at the minute he went */
	rows[2]->moved_at = at - 1;
	rows[3]->moved_at = at + HOUR_MS; /* an old one, closed again */
	assert_int_equal(filter_parse("since:last-shift", &ctx, &fx.arena, &filter, &error), ERR_INPUT);
	assert_int_equal(error.at, strlen("since:"));
	ctx.last_shift = ended;
	ctx.shift_of = &at;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char passed[8] = "";

		assert_int_equal(filter_parse(cases[i].text, &ctx, &fx.arena, &filter, &error), ERR_OK);
		for (size_t r = 0, n = 0; r < 6; r++)
			if (filter_match(filter, rows[r], &ctx))
				passed[n++] = (char)('a' + r);
		if (strcmp(passed, cases[i].rows) != 0)
			fail_msg("%s: %s, not %s", cases[i].text, passed, cases[i].rows);
	}
	at = 0;
	assert_int_equal(filter_parse("since:last-shift", &ctx, &fx.arena, &filter, &error), ERR_INPUT);
	assert_non_null(strstr(error.text, "no duty of yours"));
	fixture_release(&fx);
}

/* Every character of the basic plane is found under the fold of itself, and the quick fold agrees
 * with the thorough one: a haystack of this character does not match what its fold does not hold. */
static void the_quick_fold_agrees(void **state)
{
	struct str fold = STR_INIT;
	unsigned wrong = 0;

	(void)state;
	for (uint32_t cp = 1; cp < 0x10000; cp++) {
		char text[8];
		size_t n = 0;

		if (cp >= 0xD800 && cp <= 0xDFFF)
			continue;
		text[n++] = 'Q';
		if (cp < 0x80) {
			text[n++] = (char)cp;
		} else if (cp < 0x800) {
			text[n++] = (char)(0xC0 | cp >> 6);
			text[n++] = (char)(0x80 | (cp & 0x3F));
		} else {
			text[n++] = (char)(0xE0 | cp >> 12);
			text[n++] = (char)(0x80 | (cp >> 6 & 0x3F));
			text[n++] = (char)(0x80 | (cp & 0x3F));
		}
		text[n++] = 'z';
		text[n] = '\0';
		str_clear(&fold);
		text_fold(&fold, text);
		if (!folded_contains(text, str_get(&fold)) && wrong++ < 20)
			print_error("U+%04X folds to %s\n", cp, str_get(&fold));
	}
	str_release(&fold);
	assert_int_equal(wrong, 0);
	assert_true(folded_contains("Ａ　 ｂ", "a b"));
	assert_false(folded_contains(NULL, "a"));
}

static void long_text_is_searched_to_its_end(void **state)
{
	struct str text = STR_INIT;

	(void)state;
	for (int i = 0; i < 3000; i++)
		str_add(&text, "水Ａ");
	str_add(&text, "Ende");
	assert_true(folded_contains(str_get(&text), "水aende"));
	assert_false(folded_contains(str_get(&text), "水b"));
	str_release(&text);
}

/* Where rows are of several sorts, kind: asks for one; elsewhere there is no such field. */
static void rows_of_several_sorts(void **state)
{
	static const struct choice items[] = { { "incident", "事件", NULL },
					       { "whistle", "吹哨", NULL },
					       { "check", "三查", NULL } };
	static const struct choices sorts = { items, ARRAY_LEN(items) };
	static const struct {
		const char *text;
		const char *of;
		bool fits;
	} cases[] = {
		{ "kind:whistle", "whistle", true },	{ "kind:吹哨", "whistle", true },
		{ "kind:whistle", "incident", false },	{ "!kind:whistle", "incident", true },
		{ "kind:sancha", "check", true },	{ "kind:事件 hard", "incident", false },
		{ "kind:事件 | kind:吹哨", "whistle", true },
		{ "kind:事件 | kind:吹哨", "check", false },
	};
	struct fixture fx;
	struct incident incident = { .title = "a", .open = 1 };

	(void)state;
	fixture_init(&fx);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *const of[] = { cases[i].of, NULL };
		struct filter_ctx ctx = { .rules = &fx.rules, .now = fx.now, .sorts = &sorts, .of = of };
		struct filter_error why;
		struct filter *filter;

		if (filter_parse(cases[i].text, &ctx, &fx.arena, &filter, &why) != ERR_OK)
			fail_msg("%s: %s", cases[i].text, why.text);
		if (filter_match(filter, &incident, &ctx) != cases[i].fits)
			fail_msg("%s of a %s", cases[i].text, cases[i].of);
	}
	{
		struct filter_ctx ctx = { .rules = &fx.rules, .now = fx.now, .sorts = &sorts };
		struct filter_error why;
		struct filter *filter;

		assert_int_equal(filter_parse("kind:吹声", &ctx, &fx.arena, &filter, &why), ERR_INPUT);
		assert_int_equal(why.at, 5);
		assert_non_null(strstr(why.text, "吹哨"));
		ctx.sorts = NULL;
		assert_int_equal(filter_parse("kind:whistle", &ctx, &fx.arena, &filter, &why), ERR_INPUT);
	}
	fixture_release(&fx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(filters_match),
		cmocka_unit_test(errors_mark_the_word),
		cmocka_unit_test(long_words_fit_the_error),
		cmocka_unit_test(days_move_on),
		cmocka_unit_test(since_my_last_shift),
		cmocka_unit_test(the_quick_fold_agrees),
		cmocka_unit_test(long_text_is_searched_to_its_end),
		cmocka_unit_test(rows_of_several_sorts),
	};

	return cmocka_run_group_tests_name("domain/filter", tests, NULL, NULL);
}
