/* Joint meetings in a profile: every key in the rules, every wrong word with its place and what may stand
 * there, the arithmetic of shares, and the series and stages of each shipped district by a table. */
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
#include "zhiban/base/mem.h"
#include "zhiban/domain/nominee.h"
#include "zhiban/domain/rules.h"
#include "zhiban/profile/profile.h"

/* Behind the 208 lines of full.h, so that its lines are told from theirs. */
static const char meetings[] =
	"meeting \"m\" {\n"							/* 209 */
	"	label = \"例会\"\n"						/* 210 */
	"	of = \"centre\"\n"
	"	role = \"duty\"\n"
	"	when = \"weekly 3 14:30\"\n"
	"	length = 90\n"
	"	item_minutes = 15\n"						/* 215 */
	"	items_most = 6\n"
	"	chair = {\"书记\", \"局长\"}\n"
	"	must = {\"s\", \"centre\"}\n"
	"	may = {\"street\"}\n"
	"	quorum = \"60%\"\n"						/* 220 */
	"	item_role = \"leader\"\n"
	"	minutes_role = \"chief\"\n"
	"	signed = true\n"
	"	papers = \"1wd\"\n"
	"	limits = {\"answer 1d\", \"minutes 2wd\",\n"			/* 225 */
	"		\"sign 3wd\", \"approve 4wd\"}\n"
	"	doc = \"全纪\"\n"
	"	office = \"办公室\"\n"
	"	main_to = \"各街\"\n"
	"	copy_to = \"区委\"\n"						/* 230 */
	"}\n"
	"meeting \"v\" {\n"
	"	label = \"四议\" of = \"grid\" limits = {\"stage 10wd\"}\n"
	"	stage \"one\" { label = \"提\" who = \"支部\" quorum = \">1/2\" pass = \"50%\" }\n"
	"	stage \"two\" { label = \"决\" who = \"代表\" quorum = \"2/3\" pass = \"66%\" }\n" /* 235 */
	"	stage \"out\" { label = \"公\" published = true within = \"3wd\" }\n"
	"}\n"
	"meeting \"w\" { label = \"专题\" of = \"s\" }\n"
	"rooms = {\"大\", \"小 室\"}\n"
	"room \"小 室\" { seats = 12 line = \"8001\" }\n"			/* 240 */
	"room \"线\" { line = \"8002\" line_only = true }\n"
	"nominees = {\"hard\", \"returned 3 退回多次\", \"overdue 2\",\n"
	"	\"hand 领导点名\"}\n"
	"task {\n"
	"	sign = \"1wd\"\n"						/* 245 */
	"	handle = \"10wd\"\n"
	"	verify = \"2wd\"\n"
	"	extensions = {\"5wd chief\", \"leader\"}\n"
	"	clock \"handle\" { label = \"办\" timeouts = {\"75 urge\", \"150 list\"} }\n"
	"}\n";

/* Of a base: one that the profile has itself, one that fits, and those that speak of what it has not. */
static const char base_meetings[] =
	"meeting \"m\" { label = \"底\" of = \"grid\" }\n"
	"meeting \"b\" { label = \"底\" of = \"grid\" must = {\"street\"} }\n"
	"meeting \"x\" { label = \"底\" of = \"town\" }\n"
	"meeting \"y\" { label = \"底\" of = \"grid\" item_role = \"king\" }\n"
	"meeting \"z\" { label = \"底\" of = \"grid\" may = {\"palace\"} }\n"
	"nominees = {\"shelved\"}\n"
	"task { sign = \"9wd\" }\n";

static enum err parse(const char *own, const char *base, struct jurisdiction **ret_profile,
		      struct error *err)
{
	struct str conf = STR_INIT, below = STR_INIT;
	enum err code;

	str_addf(&conf, "%s%s", full_conf, own);
	str_addf(&below, "%s%s", full_base, base);
	{
		const struct bundle_part parts[] = { { "full.conf", conf.s },
					      { "orgs.csv", full_orgs },
					      { "duties.csv", full_duties },
					      { "base.conf", below.s } };

		code = parse_parts(parts, ARRAY_LEN(parts), ret_profile, err);
	}
	str_release(&conf);
	str_release(&below);
	return code;
}

static int load(void **state)
{
	struct jurisdiction *profile;
	struct error err = ERROR_INIT;

	if (parse(meetings, base_meetings, &profile, &err))
		fail_msg("%s", err.text);
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

static void assert_limit(const struct limit *limit, const char *words)
{
	char text[24];

	limit_text(limit, text);
	assert_string_equal(text, words);
}

static void test_series(void **state)
{
	const struct meeting_series *m = rules_series(rules_of(state), "m");
	const struct meeting_series *w = rules_series(rules_of(state), "w");

	assert_string_equal(m->label, "例会");
	assert_string_equal(m->of, "centre");
	assert_string_equal(m->role, "duty");
	assert_string_equal(m->when, "weekly 3 14:30");
	assert_int_equal(m->length_min, 90);
	assert_int_equal(m->item_min, 15);
	assert_int_equal(m->items_most, 6);
	assert_string_equal(m->chair[0], "书记");
	assert_string_equal(m->chair[1], "局长");
	assert_string_equal(m->must[0], "s");
	assert_string_equal(m->must[1], "centre");
	assert_null(m->must[2]);
	assert_string_equal(m->may[0], "street");
	assert_null(m->may[1]);
	assert_int_equal(m->quorum_percent, 60);
	assert_string_equal(m->item_role, "leader");
	assert_string_equal(m->minutes_role, "chief");
	assert_true(m->signed_by_all);
	assert_limit(&m->papers, "1wd");
	assert_limit(&m->limits[MEETING_ANSWER], "1d");
	assert_limit(&m->limits[MEETING_MINUTES], "2wd");
	assert_limit(&m->limits[MEETING_SIGN], "3wd");
	assert_limit(&m->limits[MEETING_APPROVE], "4wd");
	assert_int_equal(m->limits[MEETING_STAGE].unit, LIMIT_NONE);
	assert_string_equal(m->doc, "全纪");
	assert_string_equal(m->office, "办公室");
	assert_string_equal(m->main_to, "各街");
	assert_string_equal(m->copy_to, "区委");
	assert_int_equal(m->n_stages, 0);

	/* What a series says nothing of. */
	assert_null(w->role);
	assert_null(w->when);
	assert_null(w->chair[0]);
	assert_null(w->must);
	assert_null(w->may);
	assert_null(w->item_role);
	assert_null(w->minutes_role);
	assert_null(w->doc);
	assert_null(w->office);
	assert_null(w->main_to);
	assert_int_equal(w->length_min, 0);
	assert_int_equal(w->item_min, 10);
	assert_int_equal(w->quorum_percent, 0);
	assert_int_equal(w->papers.unit, LIMIT_NONE);
	assert_int_equal(w->limits[MEETING_ANSWER].unit, LIMIT_NONE);
	assert_false(w->signed_by_all);
}

static void test_stages(void **state)
{
	const struct meeting_series *v = rules_series(rules_of(state), "v");

	assert_int_equal(v->n_stages, 3);
	assert_string_equal(v->stages[0].code, "one");
	assert_string_equal(v->stages[0].label, "提");
	assert_string_equal(v->stages[0].who, "支部");
	assert_int_equal(v->stages[0].within.unit, LIMIT_NONE);
	assert_true(v->stages[0].quorum.more);
	assert_int_equal(v->stages[0].pass_percent, 50);
	assert_limit(&v->stages[1].within, "10wd");
	assert_int_equal(v->stages[1].quorum.part, 2);
	assert_int_equal(v->stages[1].quorum.whole, 3);
	assert_false(v->stages[1].published);
	assert_true(v->stages[2].published);
	assert_limit(&v->stages[2].within, "3wd");
	assert_int_equal(v->stages[2].quorum.part, 0);
}

static void test_shares(void **state)
{
	static const struct {
		const char *stage;
		size_t entitled, least;
	} cases[] = {
		{ "two", 60, 40 }, { "two", 50, 34 }, { "two", 1, 1 },	 { "two", 3, 2 },
		{ "one", 10, 6 },  { "one", 11, 6 },  { "one", 101, 51 }, { "one", 100, 51 },
		{ "one", 0, 1 },   { "out", 60, 0 },
	};
	const struct share percent = { 60, 100, false };

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct meeting_stage *stage =
			series_stage(rules_series(rules_of(state), "v"), cases[i].stage);

		assert_int_equal(share_least(&stage->quorum, cases[i].entitled), cases[i].least);
	}
	assert_int_equal(share_least(&percent, 5), 3);
	assert_int_equal(share_least(&percent, 6), 4);
}

static void test_rooms(void **state)
{
	const struct rules *rules = rules_of(state);

	assert_int_equal(rules->meetings.n_rooms, 3);
	assert_string_equal(rules->rooms[0], "大");
	assert_string_equal(rules->rooms[1], "小 室");
	assert_string_equal(rules->rooms[2], "线");
	assert_null(rules->rooms[3]);
	assert_int_equal(rules_room(rules, "大")->seats, 0);
	assert_null(rules_room(rules, "大")->line);
	assert_int_equal(rules_room(rules, "小 室")->seats, 12);
	assert_string_equal(rules_room(rules, "小 室")->line, "8001");
	assert_false(rules_room(rules, "小 室")->is_line);
	assert_true(rules_room(rules, "线")->is_line);
}

static void test_nominees(void **state)
{
	const struct meeting_rules *rules = &rules_of(state)->meetings;

	assert_int_equal(rules->n_nominees, 4);
	assert_int_equal(rules->nominees[0].sort, NOMINEE_HARD);
	assert_int_equal(rules->nominees[0].at_least, 0);
	assert_null(rules->nominees[0].label);
	assert_int_equal(rules->nominees[1].sort, NOMINEE_RETURNED);
	assert_int_equal(rules->nominees[1].at_least, 3);
	assert_string_equal(rules->nominees[1].label, "退回多次");
	assert_int_equal(rules->nominees[2].at_least, 2);
	assert_null(rules->nominees[2].label);
	assert_int_equal(rules->nominees[3].sort, NOMINEE_HAND);
	assert_string_equal(rules->nominees[3].label, "领导点名");
}

static void test_tasks(void **state)
{
	const struct meeting_rules *rules = &rules_of(state)->meetings;

	assert_limit(&rules->sign, "1wd");
	assert_limit(&rules->handle, "10wd");
	assert_limit(&rules->verify, "2wd");
	assert_int_equal(rules->n_extensions, 2);
	assert_string_equal(rules->extensions[1].role, "leader");
	assert_int_equal(rules->n_clocks, 1);
	assert_string_equal(rules->clocks[0].kind, "handle");
	assert_string_equal(rules->clocks[0].label, "办");
	assert_int_equal(rules->clocks[0].n_timeouts, 2);
	assert_true(rules->clocks[0].side);
}

/* Of the base what fits stands behind the profile's own; what it says of nominees and tasks does not. */
static void test_base(void **state)
{
	const struct rules *rules = rules_of(state);

	assert_int_equal(rules->meetings.n_series, 4);
	assert_string_equal(rules->meetings.series[3].code, "b");
	assert_string_equal(rules_series(rules, "m")->label, "例会");
	assert_non_null(strstr(((struct jurisdiction *)*state)->left_out,
			       "meeting x, meeting y, meeting z"));
	assert_string_equal(rules_series_of(rules, "c", 0)->code, "m");
	assert_null(rules_series_of(rules, "c", 1));
}

/* A profile that says nothing has what its base says, and what people put there in any case. */
static void test_of_base(void **state)
{
	struct jurisdiction *profile;
	struct error err = ERROR_INIT;

	(void)state;
	if (parse("", base_meetings, &profile, &err))
		fail_msg("%s", err.text);
	assert_int_equal(profile->rules.meetings.n_series, 2);
	assert_int_equal(profile->rules.meetings.n_nominees, 2);
	assert_int_equal(profile->rules.meetings.nominees[0].sort, NOMINEE_SHELVED);
	assert_int_equal(profile->rules.meetings.nominees[1].sort, NOMINEE_HAND);
	assert_limit(&profile->rules.meetings.sign, "9wd");
	assert_int_equal(profile->rules.meetings.handle.unit, LIMIT_NONE);
	assert_null(profile->rules.rooms[0]);
	profile_free(profile);
}

/* --- wrong words ------------------------------------------------------------------------------ */

static const struct wrong {
	const char *from, *to, *place, *word, *allowed;
} wrong[] = {
	{ "meeting \"m\"", "meeting \"m m\"", "full.conf:209", "m m", "letters" },
	{ "	label = \"例会\"\n", "\n", "full.conf:209", "label", "" },
	{ "of = \"centre\"", "of = \"town\"", "full.conf:211", "town", "centre, district, street, grid" },
	{ "role = \"duty\"", "role = \"king\"", "full.conf:212", "king", "duty" },
	{ "weekly 3 14:30", "weekly 8 14:30", "full.conf:213", "weekly 8", "weekly 3 14:30" },
	{ "weekly 3 14:30", "now and then", "full.conf:213", "now and then", "monthly 15 09:00" },
	{ "length = 90", "length = 1441", "full.conf:214", "length", "1440" },
	{ "item_minutes = 15", "item_minutes = 0", "full.conf:215", "item_minutes", "1" },
	{ "items_most = 6", "items_most = 65", "full.conf:216", "items_most", "64" },
	{ "\"局长\"", "\"局长\", \"第三\"", "full.conf:217", "第三", "at most 2" },
	{ "\"局长\"", "\"\"", "full.conf:217", "chair", "one line" },
	{ "{\"s\", \"centre\"}", "{\"s\", \"nowhere\"}", "full.conf:218", "nowhere",
	  "centre, district, street, grid, and the code of no organisation" },
	{ "{\"s\", \"centre\"}", "{\"s\", \"s\"}", "full.conf:218", "\"s\"", "already" },
	{ "{\"street\"}", "{\"s\"}", "full.conf:219", "\"s\"", "must already" },
	{ "{\"street\"}", "{\"towns\"}", "full.conf:219", "towns", "grid" },
	{ "\"60%\"", "\"60\"", "full.conf:220", "\"60\"", "60%" },
	{ "\"60%\"", "\"101%\"", "full.conf:220", "101%", "60%" },
	{ "\"60%\"", "\"0%\"", "full.conf:220", "0%", "60%" },
	{ "item_role = \"leader\"", "item_role = \"king\"", "full.conf:221", "king", "leader" },
	{ "minutes_role = \"chief\"", "minutes_role = \"king\"", "full.conf:222", "king", "chief" },
	{ "signed = true", "signed = maybe", "full.conf:223", "signed", "true" },
	{ "signed = true", "signed = false", "full.conf:226", "sign 3wd", "nobody countersigns" },
	{ "papers = \"1wd\"", "papers = \"soon\"", "full.conf:224", "papers", "30m" },
	{ "papers = \"1wd\"", "papers = \"2h@08:30\"", "full.conf:224", "2h@08:30", "before" },
	{ "answer 1d", "reply 1d", "full.conf:225", "reply", "answer, minutes, sign, approve, stage" },
	{ "answer 1d", "anwser 1d", "full.conf:225", "anwser", "is answer meant?" },
	{ "answer 1d", "answer never", "full.conf:225", "answer never", "30m" },
	{ "answer 1d", "papers 1d", "full.conf:225", "papers 1d", "how long before" },
	{ "answer 1d", "stage 1d", "full.conf:225", "stage 1d", "no stages" },
	{ "approve 4wd", "answer 2d", "full.conf:226", "answer", "already" },
	{ "	minutes_role = \"chief\"\n", "\n", "full.conf:226", "approve 4wd", "nobody approves" },
	{ "doc = \"全纪\"", "doc = \"全\\n纪\"", "full.conf:227", "doc", "one line" },
	{ "main_to = \"各街\"", "main_to = \"各\\t街\"", "full.conf:229", "main_to", "one line" },
	{ "stage 10wd", "answer 10wd", "full.conf:233", "answer 10wd", "invites nobody" },
	{ "stage \"one\"", "stage \"o e\"", "full.conf:234", "o e", "letters" },
	{ "who = \"支部\"", "who = \"支部\" within = \"1wd\"", "full.conf:234", "within", "first" },
	{ ">1/2", ">2/2", "full.conf:234", ">2/2", ">1/2" },
	{ ">1/2", ">", "full.conf:234", "\">\"", ">1/2" },
	{ "2/3", "4/3", "full.conf:235", "4/3", "2/3" },
	{ "2/3", "2/", "full.conf:235", "\"2/\"", "2/3" },
	{ "2/3", "2/300", "full.conf:235", "2/300", "2/3" },
	{ "\"66%\"", "\"100%\"", "full.conf:235", "100%", "99%" },
	{ "\"66%\"", "\"2/3\"", "full.conf:235", "2/3", "percentage" },
	{ "published = true", "published = true pass = \"50%\"", "full.conf:236", "pass", "publication" },
	{ "published = true", "published = true quorum = \"50%\"", "full.conf:236", "quorum",
	  "publication" },
	{ "within = \"3wd\" }", "} stage \"late\" { label = \"x\" }", "full.conf:236", "late",
	  "come last" },
	{ "quorum = \">1/2\" pass = \"50%\" }", "published = true }", "full.conf:234", "one",
	  "before it is made public" },
	{ "within = \"3wd\"", "within = \"3\"", "full.conf:236", "within", "30m" },
	{ "\"小 室\"}", "\"大\"}", "full.conf:239", "大", "already" },
	{ "\"小 室\"}", "\"\"}", "full.conf:239", "", "name of a room" },
	{ "seats = 12", "seats = many", "full.conf:240", "seats", "" },
	{ "line_only = true", "line_only = true seats = 3", "full.conf:241", "线", "nobody sits" },
	{ "line = \"8002\" ", "", "full.conf:241", "线", "no line" },
	{ "\"hard\"", "\"harsh\"", "full.conf:242", "harsh", "is hard meant?" },
	{ "\"hard\"", "\"hard 2\"", "full.conf:242", "hard 2", "of nothing else" },
	{ "\"overdue 2\"", "\"overdue 0\"", "full.conf:242", "overdue 0", "1 to 100" },
	{ "\"overdue 2\"", "\"overdue 1000\"", "full.conf:242", "overdue 1000", "1 to 100" },
	{ "hand 领导点名", "hard", "full.conf:243", "hard", "already" },
	{ "sign = \"1wd\"", "sign = \"soon\"", "full.conf:245", "sign", "30m" },
	{ "handle = \"10wd\"", "handle = \"\"", "full.conf:246", "handle", "30m" },
	{ "verify = \"2wd\"", "verify = \"2\"", "full.conf:247", "verify", "30m" },
	{ "5wd chief", "5wd king", "full.conf:248", "king", "chief" },
	{ "clock \"handle\"", "clock \"arrive\"", "full.conf:249", "arrive", "sign, handle, verify" },
	{ "75 urge", "75 offer", "full.conf:249", "75 offer", "sent up nowhere" },
	{ "75 urge", "75 shout", "full.conf:249", "shout", "urge" },
};

static void test_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		struct jurisdiction *profile = NULL;
		struct error err = ERROR_INIT;
		char *text = replaced(meetings, wrong[i].from, wrong[i].to);

		if (!parse(text, "", &profile, &err))
			fail_msg("%s was taken", wrong[i].to);
		if (getenv("SHOW"))
			print_message("%s\n", err.text);
		assert_null(profile);
		if (!strstr(err.text, wrong[i].place) || !strstr(err.text, wrong[i].word) ||
		    !strstr(err.text, wrong[i].allowed))
			fail_msg("%s: %s", wrong[i].to, err.text);
		free(text);
	}
}

/* Too much of anything. */
static void test_most(void **state)
{
	static const struct {
		const char *head, *each, *foot, *words;
		int n;
	} cases[] = {
		{ "", "meeting \"m%d\" { label = \"x\" of = \"grid\" }\n", "", "at most 16 series", 17 },
		{ "", "room \"r%d\" { }\n", "", "at most 64 rooms", 65 },
		{ "meeting \"m\" { label = \"x\" of = \"grid\"\n", "stage \"s%d\" { label = \"x\" }\n", "}\n",
		  "at most 16 stages", 17 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		for (int more = 0; more < 2; more++) {
			struct jurisdiction *profile = NULL;
			struct error err = ERROR_INIT;
			struct str text = STR_INIT;

			str_add(&text, cases[i].head);
			for (int k = 0; k < cases[i].n - 1 + more; k++) {
				const char *number = strstr(cases[i].each, "%d");

				str_addf(&text, "%.*s%d%s", (int)(number - cases[i].each),
					 cases[i].each, k, number + 2);
			}
			str_add(&text, cases[i].foot);
			assert_int_equal(!parse(str_get(&text), "", &profile, &err), !more);
			if (more)
				assert_non_null(strstr(err.text, cases[i].words));
			profile_free(profile);
			str_release(&text);
		}
}

/* --- the districts ---------------------------------------------------------------------------- */

static const struct {
	const char *profile, *code, *label, *of, *when, *chair2, *item_role, *doc;
	int quorum;
	bool is_signed;
} districts[] = {
	{ "tianning", "weekly", "联席工作例会", "centre", "weekly 3 14:30", NULL, "leader", "天联纪", 60,
	  true },
	{ "tianning", "task_force", "网格专班会议", "centre", "monthly 10 09:00", "副区长、公安分局局长",
	  "leader", "天网专纪", 60, true },
	{ "tianning", "single", "专题会议", "centre", NULL, NULL, NULL, "专纪", 0, false },
	{ "xingan", "weekly", "市域社会治理联席会议", "centre", "weekly 3 15:00", NULL, "leader",
	  "兴治联纪", 60, true },
	{ "xingan", "banner", "旗县市调度会", "banner", "weekly 1 09:00", NULL, NULL, "旗调纪", 50,
	  false },
	{ "xingan", "village", "四议两公开", "community", NULL, NULL, NULL, NULL, 0, false },
	{ "xingan", "single", "专题会议", "centre", NULL, NULL, NULL, "专纪", 0, false },
	{ "huicheng", "weekly", "跨部门联席会议", "centre", "weekly 4 15:00", NULL, "leader", "惠城联纪",
	  60, true },
	{ "huicheng", "street", "镇街网格联席会议", "street", "weekly 5 17:00", NULL, NULL, NULL, 0,
	  false },
	{ "huicheng", "single", "专题会议", "centre", NULL, NULL, NULL, "专纪", 0, false },
	{ "pukou", "weekly", "大联勤联席会议", "centre", "weekly 1 15:00", NULL, "leader", "浦联纪", 60,
	  true },
	{ "pukou", "analysis", "月度研判会", "centre", "monthly 8 09:30", NULL, NULL, "浦联研纪", 60,
	  false },
	{ "pukou", "single", "专题会议", "centre", NULL, NULL, NULL, "专纪", 0, false },
	{ "city", "weekly", "城市运行联席会议", "centre", "weekly 1 15:00", NULL, "leader", "云城运纪", 60,
	  true },
	{ "city", "district", "区级调度会", "district", "weekly 2 09:00", NULL, NULL, "区调纪", 50,
	  false },
	{ "city", "single", "专题会议", "centre", NULL, NULL, NULL, "专纪", 0, false },
	{ "example", "weekly", "联席工作例会", "centre", "weekly 3 14:30", NULL, "leader", "联纪", 60,
	  true },
	{ "example", "single", "专题会议", "centre", NULL, NULL, NULL, "专纪", 0, false },
};
static const struct {
	const char *code, *label, *within;
	size_t of_60; /* who must be present of sixty */
	bool votes, published;
} village[] = {
	{ "propose", "支部提议", "-", 31, true, false },
	{ "discuss", "两委商议", "5wd", 31, true, false },
	{ "review", "党员大会审议", "10wd", 31, true, false },
	{ "resolve", "代表决议", "10wd", 40, true, false },
	{ "notice", "决议公开", "3wd", 0, false, true },
	{ "result", "结果公开", "30d", 0, false, true },
};

static void shipped(const char *name, struct jurisdiction **ret_profile, struct workdays **ret_days)
{
	const char *dir = getenv("ZHIBAN_SRCDIR");
	struct error err = ERROR_INIT;
	struct str path = STR_INIT;

	str_addf(&path, "%s/profiles/%s.conf", dir ? dir : ".", name);
	if (profile_load(str_get(&path), ret_profile, ret_days, &err))
		fail_msg("%s", err.text);
	str_release(&path);
}

static void assert_words(const char *is, const char *should)
{
	if ((is == NULL) != (should == NULL) || (is && !str_eq(is, should)))
		fail_msg("%s, not %s", is ? is : "-", should ? should : "-");
}

static void test_districts(void **state)
{
	struct jurisdiction *profile = NULL;
	struct workdays *days = NULL;
	size_t k = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(districts); i++) {
		const struct meeting_series *series;

		if (i == 0 || !str_eq(districts[i - 1].profile, districts[i].profile)) {
			if (i > 0)
				assert_int_equal(profile->rules.meetings.n_series, k);
			profile_free(profile);
			workdays_free(days);
			shipped(districts[i].profile, &profile, &days);
			k = 0;
		}
		series = &profile->rules.meetings.series[k++];
		assert_string_equal(series->code, districts[i].code);
		assert_string_equal(series->label, districts[i].label);
		assert_string_equal(series->of, districts[i].of);
		assert_words(series->when, districts[i].when);
		assert_words(series->chair[1], districts[i].chair2);
		assert_words(series->item_role, districts[i].item_role);
		assert_words(series->doc, districts[i].doc);
		assert_int_equal(series->quorum_percent, districts[i].quorum);
		assert_int_equal(series->signed_by_all, districts[i].is_signed);
		assert_true(profile->rules.meetings.n_rooms > 0);
		assert_int_equal(profile->rules.meetings.n_nominees, 9);
		assert_limit(&profile->rules.meetings.handle, "10wd");
	}
	profile_free(profile);
	workdays_free(days);
}

static void test_village(void **state)
{
	struct jurisdiction *profile;
	struct workdays *days;
	const struct meeting_series *series;

	(void)state;
	shipped("xingan", &profile, &days);
	series = rules_series(&profile->rules, "village");
	assert_int_equal(series->n_stages, ARRAY_LEN(village));
	for (size_t i = 0; i < ARRAY_LEN(village); i++) {
		const struct meeting_stage *stage = &series->stages[i];

		assert_string_equal(stage->code, village[i].code);
		assert_string_equal(stage->label, village[i].label);
		assert_limit(&stage->within, village[i].within);
		assert_int_equal(share_least(&stage->quorum, 60), village[i].of_60);
		assert_int_equal(stage->pass_percent > 0, village[i].votes);
		assert_int_equal(stage->published, village[i].published);
	}
	profile_free(profile);
	workdays_free(days);
}

/* The bookable rooms that are published of it, and a line. */
static void test_rooms_of_tianning(void **state)
{
	static const char *const names[] = { "研判室", "培训室", "调解室", "指挥室", "电话会议" };
	struct jurisdiction *profile;
	struct workdays *days;

	(void)state;
	shipped("tianning", &profile, &days);
	assert_int_equal(profile->rules.meetings.n_rooms, ARRAY_LEN(names));
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		assert_string_equal(profile->rules.rooms[i], names[i]);
	assert_true(rules_room(&profile->rules, "电话会议")->is_line);
	profile_free(profile);
	workdays_free(days);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_series, load, unload),
		cmocka_unit_test_setup_teardown(test_stages, load, unload),
		cmocka_unit_test_setup_teardown(test_shares, load, unload),
		cmocka_unit_test_setup_teardown(test_rooms, load, unload),
		cmocka_unit_test_setup_teardown(test_nominees, load, unload),
		cmocka_unit_test_setup_teardown(test_tasks, load, unload),
		cmocka_unit_test_setup_teardown(test_base, load, unload),
		cmocka_unit_test(test_of_base),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_most),
		cmocka_unit_test(test_districts),
		cmocka_unit_test(test_village),
		cmocka_unit_test(test_rooms_of_tianning),
	};

	return cmocka_run_group_tests_name("profile/meeting", tests, NULL, NULL);
}
