/* The papers of whistles and supervisions in Chinese, word for word: papers/NAME.  GENERATE=1 writes
 * them anew; each is read before it is committed.
 *
 * A whistle of Tianning's class "major" to four departments, on the evening of the Friday before the
 * Spring Festival, whose deadlines are counted over a make-up day and nine days off. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/dirs.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/domain/due.h"
#include "zhiban/domain/mark.h"
#include "zhiban/model/whistle_paper.h"
#include "zhiban/profile/profile.h"

struct made {
	struct arena arena;
	struct jurisdiction *profile;
	struct workdays *days;
	const struct rules *rules;
	const struct summons *summons;
	const struct summons_class *class;
	struct whistle *whistle;
	unsigned ids;
};

static int64_t at(const char *text)
{
	int64_t ms = 0;

	assert_int_equal(civil_parse(text, CIVIL_CHINA, &ms, NULL), ERR_OK);
	return ms;
}

static void *add(struct made *made, struct children *children, enum child child)
{
	struct uuid id = { .b = { 3, (uint8_t)++made->ids } };

	return children_add(children, child_desc(child), &id, &made->arena);
}

static void add_clock(struct made *made, const struct summoned *share, enum summons_clock kind,
		      int64_t until)
{
	struct clock *clock = add(made, &made->whistle->clocks, CHILD_CLOCK);
	const struct limit *limit = &made->class->limits[kind];
	char text[24], about[UUID_TEXT];

	uuid_text(&share->id, about);
	clock->kind = summons_clock_code(kind);
	clock->about = arena_strdup(&made->arena, about);
	clock->org = share->org;
	clock->side = 1;
	clock->started_at = made->whistle->issued_at;
	clock->due = until;
	if (until != 0)
		return;
	limit_text(limit, text);
	clock->limit = arena_strdup(&made->arena, text);
	clock->row = arena_printf(&made->arena, "%s", made->class->label);
	clock->due = clock_due(made->rules, NULL, clock).at;
}

static struct summoned *add_share(struct made *made, const char *org, const char *role)
{
	struct summoned *share = add(made, &made->whistle->shares, CHILD_SUMMONED);

	share->org = org;
	share->role = role;
	return share;
}

static void init(struct made *made)
{
	static const char *const orgs[][2] = { { "shijian", "lead" },
					       { "chengguan", "assist" },
					       { "shuiwu", "assist" },
					       { "zhujian", "assist" } };
	struct error err = ERROR_INIT;
	struct uuid id = { .b = { 1 } };
	struct whistle *whistle;

	*made = (struct made){ .arena = ARENA_INIT };
	i18n_init("zh", dirs_locale(&made->arena));
	if (profile_load(dirs_resource(&made->arena, "profiles/tianning.conf"), &made->profile,
			 &made->days, &err) != ERR_OK)
		fail_msg("%s", err.text);
	made->rules = &made->profile->rules;
	made->summons = rules_summons(made->rules, "whistle");
	made->class = summons_class(made->summons, "major");
	assert_non_null(made->class);
	whistle = entity_new(KIND_WHISTLE, &id, &made->arena);
	made->whistle = whistle;
	whistle->summons = "whistle";
	whistle->title = "红梅夜市油烟噪声扰民，多次整改反弹";
	whistle->text = "夜市 32 个摊位沿街设置，油烟直排，营业至次日 2 时。\n居民联名反映三次，街道无处罚权。";
	whistle->ground = "authority";
	whistle->important = 1;
	whistle->cls = "major";
	whistle->address = "红梅路 88 号";
	whistle->street = whistle->origin = "320402004";
	whistle->blower = "高洁";
	whistle->blown_at = at("2026-02-13T16:52");
	whistle->step = "draft";
	for (size_t i = 0; i < ARRAY_LEN(orgs); i++)
		add_share(made, orgs[i][0], orgs[i][1]);
}

static void release(struct made *made)
{
	profile_free(made->profile);
	workdays_free(made->days);
	arena_release(&made->arena);
}

/* Approved by telephone, checked, and issued at 17:40 of the last working evening. */
static void issue(struct made *made)
{
	static const enum summons_clock kinds[] = { SUMMONS_SIGN, SUMMONS_CONTACT, SUMMONS_ARRIVE,
						    SUMMONS_HANDLE };
	struct whistle *whistle = made->whistle;
	struct behalf *behalf = add(made, &whistle->behalves, CHILD_BEHALF);
	struct summoned *shares;

	whistle->number = "20260213-W001";
	whistle->step = "issued";
	whistle->report_by = at("2026-02-14T10:00");
	whistle->approved_at = at("2026-02-13T17:12");
	whistle->approved_by = "周国平（分管领导）";
	whistle->issued_at = at("2026-02-13T17:40");
	whistle->issued_by = "李敏";
	behalf->verb = "approve";
	behalf->role = "street_deputy";
	behalf->rung = "周国平 分管副主任";
	behalf->answered = "周国平";
	behalf->said_at = at("2026-02-13T17:10");
	behalf->wording = "同意吹哨，请市监局牵头，年前先管住油烟。";
	behalf->by = "高洁";
	behalf->at = whistle->approved_at;
	shares = whistle->shares.items;
	for (size_t s = 0; s < whistle->shares.n; s++) {
		shares[s].asked_at = whistle->issued_at;
		for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
			add_clock(made, &shares[s], kinds[i], 0);
		add_clock(made, &shares[s], SUMMONS_REPORT_IN, whistle->report_by);
	}
}

static void finish(struct made *made)
{
	struct whistle *whistle = made->whistle;
	struct summoned *shares = whistle->shares.items;
	struct supervision *card = add(made, &whistle->supervisions, CHILD_SUPERVISION);
	struct extension *extension = add(made, &whistle->asked_more, CHILD_EXTENSION);
	struct behalf *behalf = whistle->behalves.items;

	behalf->signed_at = at("2026-02-14T08:50");
	behalf->signed_by = "周国平";
	whistle->consulted_at = at("2026-02-14T10:30");
	whistle->present = "市监局、城管局、水务局、红梅街道";
	whistle->plan = "一、年前关停直排灶头；二、节后统一加装净化器。";
	for (size_t s = 0; s < whistle->shares.n; s++) {
		shares[s].signed_at = at("2026-02-13T18:05") + (int64_t)s * 7 * MINUTE_MS;
		shares[s].signed_by = "值班员";
		shares[s].comer = "许明";
		shares[s].comer_post = "副局长";
		shares[s].comer_phone = "051986680000";
		shares[s].reported_at = at("2026-02-14T09:40") + (int64_t)s * 15 * MINUTE_MS;
		shares[s].confirmed_at = at("2026-02-14T10:26");
		shares[s].confirmed_by = "高洁";
		shares[s].proof = s == 0 ? "code" : "street";
	}
	shares[0].handled_at = at("2026-02-27T15:20");
	shares[0].handled_by = "许明";
	shares[0].result = "32 家已关停直排灶头 19 家，立案 4 件，其余限期加装净化器。";
	shares[0].replied_at = at("2026-03-02T09:10");
	shares[0].reply = "已书面反馈街道。";
	shares[0].content = "content";
	shares[0].rated_at = at("2026-03-03T10:00");
	shares[3].claim = "not_ours";
	shares[3].claimed_at = at("2026-02-13T18:40");
	shares[3].claim_reason = "夜市无在建工地，不属住建职责。";
	shares[3].settled_at = at("2026-02-24T09:30");
	shares[3].settled_by = "王建国";
	shares[3].ruling = "freed";
	shares[3].freed_at = shares[3].settled_at;
	shares[3].freed_for = "情况属实";
	card->channel = "card_yellow";
	card->number = 1;
	card->org = "shuiwu";
	card->words = "逾期未报到，请说明情况并立即到场。";
	card->by = "王建国";
	card->at = at("2026-02-14T10:20");
	card->due = at("2026-02-28T17:30");
	card->points = 5;
	extension->org = "chengguan";
	extension->asked = "7wd";
	extension->granted = "5wd";
	extension->reason = "净化器到货延期";
	extension->decided_at = at("2026-02-28T11:00");
	extension->decided_by = "王建国";
}

/* --- against the files ----------------------------------------------------------------------- */

static void assert_file(struct made *made, const char *name, const char *text)
{
	const char *top = getenv("ZHIBAN_SRCDIR");
	const char *path = path_join(&made->arena, top != NULL ? top : ".",
				     arena_printf(&made->arena, "tests/unit/model/papers/%s", name));
	struct error err = ERROR_INIT;
	struct str want = STR_INIT;

	if (getenv("GENERATE") != NULL &&
	    file_write(path, text, strlen(text), 0644, &err) != ERR_OK)
		fail_msg("%s", err.text);
	if (file_read(path, 1 << 20, &want, &err) != ERR_OK)
		fail_msg("%s", err.text);
	for (size_t i = 0, line = 1; str_get(&want)[i] != '\0' || text[i] != '\0'; i++) {
		if (str_get(&want)[i] != text[i])
			fail_msg("%s:%zu differs (GENERATE=1 writes it anew):\n%s", name, line, text);
		line += text[i] == '\n';
	}
	str_release(&want);
}

static void assert_paper(struct made *made, const struct sheet *sheet, const char *name)
{
	enum sheet_format format = SHEET_TEXT;
	struct str out = STR_INIT;

	assert_int_equal(sheet_format_of_file(name, &format, NULL), ERR_OK);
	sheet_write(sheet, format, &out);
	assert_file(made, name, str_get(&out));
	for (const char *s = str_get(&out); format == SHEET_TEXT && *s != '\0';) {
		size_t len = strcspn(s, "\n");

		if (text_columns(arena_strndup(&made->arena, s, len)) > SHEET_COLUMNS)
			fail_msg("%s: wider than the paper: %.*s", name, (int)len, s);
		s += len + (s[len] == '\n');
	}
	str_release(&out);
}

static void print(struct made *made, const char *now, bool explain, const char *name)
{
	static const char *const cases[] = { "20260213-0417", "20260213-0388" };
	const struct paper_asked asked = { .now = at(now), .cases = cases, .n_cases = 2,
					   .explain = explain };
	struct sheet sheet;

	whistle_paper(made->rules, made->whistle, &asked, &sheet);
	assert_paper(made, &sheet, name);
	sheet_release(&sheet);
}

static void stages(void **state)
{
	struct made made;

	(void)state;
	init(&made);
	print(&made, "2026-02-13T16:55", false, "whistle-draft.txt");
	issue(&made);
	print(&made, "2026-02-13T17:41", false, "whistle-issued.txt");
	print(&made, "2026-02-13T17:41", false, "whistle-issued.md");
	print(&made, "2026-02-13T17:41", false, "whistle-issued.html");
	print(&made, "2026-02-13T17:41", true, "whistle-explained.txt");
	finish(&made);
	print(&made, "2026-03-03T10:05", false, "whistle-done.txt");
	release(&made);
}

/* One that the profile does not know any more is printed all the same. */
static void unknown(void **state)
{
	struct made made;

	(void)state;
	init(&made);
	made.whistle->summons = "gone";
	made.whistle->cls = "gone";
	print(&made, "2026-02-13T16:55", true, "whistle-unknown.txt");
	release(&made);
}

static void supervisions(void **state)
{
	static const struct supervised about = { "20260213-W001", "红梅夜市油烟噪声扰民", "哨件" };
	struct supervision *card;
	struct sheet sheet;
	struct made made;

	(void)state;
	init(&made);
	issue(&made);
	finish(&made);
	card = made.whistle->supervisions.items;
	supervision_paper(made.rules, &about, card, at("2026-02-14T10:21"), &sheet);
	assert_paper(&made, &sheet, "supervision.txt");
	sheet_release(&sheet);
	card->answer = "值班车辆故障，已于 10:25 到场。";
	card->answered_at = at("2026-02-14T11:00");
	card->answered_by = "周海";
	card->lifted_at = at("2026-02-24T09:00");
	card->lifted_by = "王建国";
	supervision_paper(made.rules, &about, card, at("2026-02-24T09:01"), &sheet);
	assert_paper(&made, &sheet, "supervision-lifted.txt");
	assert_paper(&made, &sheet, "supervision-lifted.html");
	sheet_release(&sheet);
	release(&made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stages),
		cmocka_unit_test(unknown),
		cmocka_unit_test(supervisions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
