/* The papers of meetings in Chinese, word for word: papers/NAME.  GENERATE=1 writes them anew; each is
 * read before it is committed.
 *
 * The weekly meeting of Tianning, with three items: one agreed with a task, one put off, one that nobody
 * came to; a department that sent somebody, one on leave, one that did not come. */
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
#include "zhiban/model/minutes_paper.h"
#include "zhiban/profile/profile.h"

enum { ITEMS = 3, ACTIONS = 2 };

struct made {
	struct arena arena;
	struct jurisdiction *profile;
	struct workdays *days;
	const struct rules *rules;
	struct meeting *meeting;
	struct item *items[ITEMS];
	struct action *actions[ACTIONS];
	struct joint_asked asked;
	unsigned ids;
};

static int64_t at(const char *text)
{
	int64_t ms = 0;

	assert_int_equal(civil_parse(text, CIVIL_CHINA, &ms, NULL), ERR_OK);
	return ms;
}

static const char *id_text(struct made *made, const struct uuid *id)
{
	char text[UUID_TEXT];

	uuid_text(id, text);
	return arena_strdup(&made->arena, text);
}

static void *add(struct made *made, struct children *children, enum child child)
{
	struct uuid id = { .b = { 3, (uint8_t)++made->ids } };

	return children_add(children, child_desc(child), &id, &made->arena);
}

static void add_item(struct made *made, size_t i, const char *title, const char *about_no,
		     const char *lead, const char *beside)
{
	struct uuid id = { .b = { 5, (uint8_t)(i + 1) } };
	struct item *item = entity_new(KIND_ITEM, &id, &made->arena);
	struct concerned *concerned = add(made, &item->concerned, CHILD_CONCERNED);
	struct agenda *entry = add(made, &made->meeting->agenda, CHILD_AGENDA);

	item->title = title;
	item->about_no = about_no;
	item->lead = lead;
	item->state = "approved";
	item->open = 1;
	item->meeting = id_text(made, &made->meeting->head.id);
	concerned->org = beside;
	entry->item = id_text(made, &id);
	entry->title = title;
	entry->order = (int64_t)(ITEMS - i); /* the order of the agenda is that of its entries' numbers */
	entry->minutes = 15;
	made->items[i] = item;
}

static struct attendee *add_attendee(struct made *made, const char *org, const char *role,
				     const char *name)
{
	struct attendee *attendee = add(made, &made->meeting->attendees, CHILD_ATTENDEE);

	attendee->org = org;
	attendee->role = role;
	attendee->name = name;
	return attendee;
}

static struct attendee *of_org(struct made *made, const char *org)
{
	struct attendee *list = made->meeting->attendees.items;

	for (size_t i = 0; i < made->meeting->attendees.n; i++)
		if (str_eq(list[i].org, org))
			return &list[i];
	fail_msg("nobody of %s", org);
	return NULL;
}

static void init(struct made *made)
{
	struct error err = ERROR_INIT;
	struct uuid id = { .b = { 1 } };
	struct meeting *meeting;

	*made = (struct made){ .arena = ARENA_INIT };
	i18n_init("zh", dirs_locale(&made->arena));
	if (profile_load(dirs_resource(&made->arena, "profiles/tianning.conf"), &made->profile,
			 &made->days, &err) != ERR_OK)
		fail_msg("%s", err.text);
	made->rules = &made->profile->rules;
	meeting = made->meeting = entity_new(KIND_MEETING, &id, &made->arena);
	meeting->number = "20261116-M005";
	meeting->series = "weekly";
	meeting->session = 46;
	meeting->title = "联席工作例会";
	meeting->org = made->rules->centre;
	meeting->state = "drawn";
	meeting->open = 1;
	meeting->starts = at("2026-11-18T14:30");
	meeting->ends = at("2026-11-18T16:30");
	meeting->room = "研判室";
	meeting->line = "0519-00001902";
	meeting->chair = "周明";
	meeting->secretary = "李敏";
	meeting->quorum = 4;
	meeting->main_to = "各镇（街道）综合指挥中心，各进驻单位";
	meeting->copy_to = "区委政法委，区政府办公室。";
	meeting->note = "请牵头单位准备五分钟汇报。";
	add_item(made, 0, "老旧小区二次供水移交", NULL, "shuiwu", "zhujian");
	add_item(made, 1, "凤凰浜黑臭水体溯源", "20261110-0388", "shuiwu", "huanjing");
	add_item(made, 2, "青山湾小区围墙倾斜责任认定", "20261109-0417", "zhujian", "chengguan");
	/* not in protocol order */
	add_attendee(made, "huanjing", "must", NULL);
	add_attendee(made, "zhujian", "must", "郭亮")->post = "副局长";
	add_attendee(made, "shuiwu", "must", "孙立");
	add_attendee(made, "chengguan", "must", "陆建明");
	add_attendee(made, "gongan", "may", NULL);
	made->asked = (struct joint_asked){ (const struct item *const *)made->items, ITEMS,
					    (const struct action *const *)made->actions, 0 };
}

static void release(struct made *made)
{
	profile_free(made->profile);
	workdays_free(made->days);
	arena_release(&made->arena);
}

static void call(struct made *made)
{
	struct clock *clock = add(made, &made->meeting->clocks, CHILD_CLOCK);
	struct attendee *attendee;
	struct paper *paper;

	made->meeting->state = "called";
	made->meeting->called_at = at("2026-11-16T09:00");
	made->meeting->papers_due = at("2026-11-17T17:30");
	made->meeting->silent = 2;
	clock->kind = meeting_clock_code(MEETING_ANSWER);
	clock->due = made->meeting->due = at("2026-11-17T09:00");
	made->meeting->due_clock = clock->kind;
	attendee = of_org(made, "huanjing");
	attendee->answer = "delegated";
	attendee->delegate = "赵晓东";
	attendee->delegate_post = "大气科科长";
	attendee = of_org(made, "chengguan");
	attendee->answer = "leave";
	attendee->why = "省厅检查";
	attendee->leave_at = at("2026-11-16T11:00");
	attendee->leave_ok = 1;
	paper = add(made, &made->items[0]->papers, CHILD_PAPER);
	paper->org = "shuiwu";
	paper->sent_at = at("2026-11-17T10:00");
	paper->name = "移交清单.pdf";
	paper = add(made, &made->items[0]->papers, CHILD_PAPER);
	paper->org = "zhujian";
}

static void sign_in(struct made *made, const char *org, const char *present, const char *by)
{
	struct attendee *attendee = of_org(made, org);

	attendee->present = present;
	attendee->present_by = by;
	attendee->present_at = at("2026-11-18T14:32");
}

static void hold(struct made *made)
{
	struct meeting *meeting = made->meeting;

	meeting->state = "sitting";
	meeting->opened_at = at("2026-11-18T14:36");
	sign_in(made, "shuiwu", "present", "孙立");
	sign_in(made, "huanjing", "delegate", "赵晓东");
	sign_in(made, "zhujian", "late", "郭亮");
	of_org(made, "zhujian")->present_at = at("2026-11-18T14:50");
	sign_in(made, "gongan", "present", "徐峰");
	made->items[2]->discussion = "住建局汇报鉴定情况。城管局书面意见：围墙属小区共有部分。\n"
				     "会议认为险情在前，责任认定不影响先行加固。";
	made->items[2]->resolution = "由住建局牵头，一周内完成鉴定并加固。";
	made->items[2]->outcome = "agreed";
	made->items[1]->outcome = "deferred";
	made->items[1]->resolution = "排口清单尚未核实。";
}

static void add_task(struct made *made, const char *number, const char *title, const char *due)
{
	struct uuid id = { .b = { 7, (uint8_t)++made->ids } };
	struct action *action = entity_new(KIND_ACTION, &id, &made->arena);
	struct concerned *assist = add(made, &action->assists, CHILD_CONCERNED);

	action->number = number;
	action->title = title;
	action->item = id_text(made, &made->items[2]->head.id);
	action->lead = "zhujian";
	action->state = "given";
	action->handle_by = due != NULL ? at(due) : 0;
	assist->org = "chengguan";
	made->actions[made->asked.n_actions++] = action;
}

static void close(struct made *made)
{
	made->meeting->state = "held";
	made->meeting->closed_at = at("2026-11-18T15:20");
	of_org(made, "shuiwu")->present = "left";
	of_org(made, "shuiwu")->left_at = at("2026-11-18T15:10");
	made->items[2]->state = "settled";
	made->items[2]->settled_in = made->items[2]->meeting;
	add_task(made, "20261118-A001", "完成围墙鉴定并加固", "2026-11-25T17:30");
	add_task(made, NULL, "张贴警示并昼夜值守", NULL);
}

static void hand_in(struct made *made)
{
	struct behalf *behalf = add(made, &made->meeting->behalves, CHILD_BEHALF);

	made->meeting->state = "signing";
	made->meeting->drafted_at = at("2026-11-19T09:00");
	made->meeting->preface = "受区委政法委委托，周明同志主持召开本次例会。";
	made->meeting->closing = "会议要求，各单位对照任务清单按期反馈。";
	of_org(made, "shuiwu")->sign_at = at("2026-11-19T10:00");
	of_org(made, "shuiwu")->sign_by = "孙立";
	of_org(made, "huanjing")->objects = "第二项应写明溯源由水务局牵头";
	behalf->verb = "sign";
	behalf->org = "shuiwu";
	behalf->by = "李敏";
}

static void issue(struct made *made)
{
	struct meeting *meeting = made->meeting;

	of_org(made, "huanjing")->objects = NULL;
	of_org(made, "huanjing")->sign_at = at("2026-11-19T15:00");
	of_org(made, "huanjing")->sign_by = "许静";
	of_org(made, "zhujian")->sign_at = at("2026-11-19T15:20");
	of_org(made, "zhujian")->sign_by = "郭亮";
	meeting->state = "issued";
	meeting->open = 0;
	meeting->approved_at = at("2026-11-19T17:00");
	meeting->approved_by = "王建国";
	meeting->issued_at = at("2026-11-20T08:40");
	meeting->doc_no = "天联纪〔2026〕46号";
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

static void assert_narrow(struct made *made, const char *name, const char *text, int columns)
{
	for (const char *s = text; *s != '\0';) {
		size_t len = strcspn(s, "\n");

		if (text_columns(arena_strndup(&made->arena, s, len)) > columns)
			fail_msg("%s: wider than the paper: %.*s", name, (int)len, s);
		s += len + (s[len] == '\n');
	}
}

static void assert_official(struct made *made, struct official *official, const char *name)
{
	enum sheet_format format = SHEET_TEXT;
	struct str out = STR_INIT;

	assert_int_equal(sheet_format_of_file(name, &format, NULL), ERR_OK);
	official_write(official, format, &out);
	assert_file(made, name, str_get(&out));
	if (format == SHEET_TEXT)
		assert_narrow(made, name, str_get(&out), OFFICIAL_COLUMNS);
	official_release(official);
	str_release(&out);
}

static void assert_sheet(struct made *made, struct sheet *sheet, const char *name)
{
	struct str out = STR_INIT;

	sheet_write(sheet, SHEET_TEXT, &out);
	assert_file(made, name, str_get(&out));
	assert_narrow(made, name, str_get(&out), SHEET_COLUMNS);
	sheet_release(sheet);
	str_release(&out);
}

static void print(struct made *made, const char *name)
{
	struct official official;

	minutes_paper(made->rules, made->meeting, &made->asked, &official);
	assert_official(made, &official, name);
}

static void minutes(void **state)
{
	struct made made;

	(void)state;
	init(&made);
	call(&made);
	hold(&made);
	print(&made, "minutes-sitting.txt");
	close(&made);
	print(&made, "minutes-held.txt");
	hand_in(&made);
	print(&made, "minutes-signing.txt");
	issue(&made);
	print(&made, "minutes-issued.txt");
	print(&made, "minutes-issued.md");
	print(&made, "minutes-issued.html");
	release(&made);
}

/* One of a profile before: no series, no items at hand, nobody named. */
static void unknown(void **state)
{
	struct made made;

	(void)state;
	init(&made);
	hold(&made);
	made.meeting->series = "gone";
	made.meeting->session = 0;
	made.meeting->title = "红梅夜市专题协调会";
	made.meeting->chair = made.meeting->room = made.meeting->line = NULL;
	made.asked.n_items = 0;
	print(&made, "minutes-unknown.txt");
	release(&made);
}

static void stages(void **state)
{
	struct stage *stage;
	struct made made;

	(void)state;
	init(&made);
	made.meeting->agenda.n = 0;
	made.meeting->title = "清凉村文化广场改造";
	made.meeting->session = 0;
	made.meeting->state = "sitting";
	made.meeting->opened_at = at("2026-11-18T14:36");
	stage = add(&made, &made.meeting->stages, CHILD_STAGE);
	stage->stage = "支部提议";
	stage->held_at = at("2026-11-18T15:00");
	stage->passed = 1;
	stage = add(&made, &made.meeting->stages, CHILD_STAGE);
	stage->stage = "党员大会审议";
	stage->held_at = at("2026-11-19T15:00");
	stage->entitled = 60;
	stage->present = 34;
	stage->agreed = 20;
	stage->against = 14;
	stage->words = "到会不足三分之二。";
	print(&made, "minutes-stages.txt");
	release(&made);
}

static void sheets(void **state)
{
	struct official official;
	struct sheet sheet;
	struct made made;

	(void)state;
	init(&made);
	call(&made);
	agenda_paper(made.rules, made.meeting, &made.asked, &sheet);
	assert_sheet(&made, &sheet, "meeting-agenda.txt");
	signin_paper(made.rules, made.meeting, &sheet);
	assert_sheet(&made, &sheet, "meeting-signin.txt");
	invitation_paper(made.rules, made.meeting, &made.asked, NULL, &official);
	assert_official(&made, &official, "meeting-invitation.txt");
	invitation_paper(made.rules, made.meeting, &made.asked, "shuiwu", &official);
	assert_official(&made, &official, "meeting-invitation-one.html");
	hold(&made);
	signin_paper(made.rules, made.meeting, &sheet);
	assert_sheet(&made, &sheet, "meeting-signed-in.txt");
	release(&made);
}

/* --- for a telephone ------------------------------------------------------------------------- */

static const char *brief(struct made *made, size_t chars)
{
	struct str out = STR_INIT;
	const char *text;

	meeting_brief(made->rules, made->meeting, &made->asked, chars, &out);
	text = arena_strdup(&made->arena, str_get(&out));
	str_release(&out);
	return text;
}

static void briefs(void **state)
{
	struct str all = STR_INIT;
	struct made made;

	(void)state;
	init(&made);
	call(&made);
	str_addf(&all, "%s\n%s\n%s\n", brief(&made, 0), brief(&made, 140), brief(&made, 60));
	hold(&made);
	close(&made);
	str_addf(&all, "%s\n%s\n", brief(&made, 0), brief(&made, 140));
	made.meeting->state = "cancelled";
	made.meeting->cancelled_for = "台风应急响应";
	str_addf(&all, "%s\n", brief(&made, 140));
	assert_file(&made, "meeting-brief.txt", str_get(&all));
	for (size_t chars = 20; chars < 300; chars++)
		if (text_chars(brief(&made, chars)) > chars)
			fail_msg("%zu: %s", chars, brief(&made, chars));
	str_release(&all);
	release(&made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(minutes), cmocka_unit_test(unknown), cmocka_unit_test(stages),
		cmocka_unit_test(sheets),  cmocka_unit_test(briefs),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
