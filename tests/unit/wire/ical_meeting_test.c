/* Invitations that are written and read back, and answers to them: those that count, and those that
 * do not, with the sentence that says why. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/ical_meeting.h"

enum { OFFSET = 480 };

#define MEETING "0192cccc-0000-7000-8000-000000000001"

static struct org orgs[] = {
    {.code = "zx", .name = "指挥中心"},
    {.code = "chengguan", .name = "城管局"},
    {.code = "shuiwu", .name = "水务局"},
    {.code = "gongan", .name = "公安分局"},
};
static const struct rules rules = {
    .offset_min = OFFSET, .centre = "zx", .orgs = orgs, .n_orgs = ARRAY_LEN(orgs)};

static int64_t at(const char *words)
{
	int64_t ms = 0;

	assert_int_equal(civil_parse(words, OFFSET, &ms, NULL), ERR_OK);
	return ms;
}

/* ---- a meeting ---- */

struct world {
	struct arena arena;
	struct meeting *meeting;
};

static struct attendee *add(struct world *world, const char *org, const char *name,
			    enum attendee_role role)
{
	struct uuid id = attendee_id(&world->meeting->head.id, org, name);
	struct attendee *attendee = children_add(&world->meeting->attendees,
						 child_desc(CHILD_ATTENDEE), &id, &world->arena);

	attendee->org = org;
	attendee->name = name;
	attendee->role = attendee_role_code(role);
	attendee->asked_at = at("2026-11-20T10:00");
	return attendee;
}

static void enter(struct world *world, const char *title, int order)
{
	struct uuid id = uuid_named(title);
	struct agenda *entry =
	    children_add(&world->meeting->agenda, child_desc(CHILD_AGENDA), &id, &world->arena);

	entry->title = title;
	entry->order = order;
	entry->minutes = 15;
}

static void make(struct world *world)
{
	struct meeting *meeting;
	struct uuid id;

	*world = (struct world){.arena = ARENA_INIT};
	assert_int_equal(uuid_parse(MEETING, &id), ERR_OK);
	meeting = world->meeting = entity_new(KIND_MEETING, &id, &world->arena);
	meeting->title = "第4次联席工作例会";
	meeting->number = "20261120-M001";
	meeting->org = "zx";
	meeting->state = meeting_state_code(MEETING_CALLED);
	meeting->open = 1;
	meeting->starts = at("2026-11-25T14:30");
	meeting->ends = at("2026-11-25T16:00");
	meeting->room = "研判室";
	meeting->line = "0519-8888";
	meeting->chair = "周书记";
	meeting->sequence = 2;
	meeting->called_at = at("2026-11-20T10:00");
	meeting->moved_at = at("2026-11-21T09:00");
	enter(world, "北直街积水; 第三次", 2);
	enter(world, "占道经营,反复投诉", 1);
	add(world, "zx", "周书记", ATTEND_CHAIR);
	add(world, "chengguan", "王五", ATTEND_MUST)->phone = "139-0000-0001";
	add(world, "shuiwu", NULL, ATTEND_MUST);
	add(world, "gongan", "李四", ATTEND_MAY);
	add(world, "gongan", "赵六", ATTEND_MAY);
}

static const struct attendee *who(const struct world *world, const char *org, const char *name)
{
	const struct attendee *found = meeting_attendee_of(world->meeting, org, name);

	assert_non_null(found);
	return found;
}

static void release(struct world *world)
{
	arena_release(&world->arena);
}

/* ---- written, and read back ---- */

static const struct ical_record *written(struct world *world, enum ical_method method,
					 const struct attendee *only)
{
	const struct ical_head head = {.method = ical_method_word(method), .offset_min = OFFSET};
	const struct ical_ask ask = {0, 0, OFFSET, 1};
	struct ical_item item =
	    ical_meeting_item(&rules, world->meeting, method, only, &world->arena);
	struct ical_calendar *calendar = arena_alloc(&world->arena, sizeof *calendar);
	struct str out = STR_INIT;

	ical_write(&head, &item, 1, &out);
	assert_int_equal(ical_read(str_get(&out), out.len, &ask, &world->arena, calendar, NULL),
			 ERR_OK);
	str_release(&out);
	assert_int_equal(calendar->n_rejects, 0);
	assert_int_equal(calendar->n_records, 1);
	assert_string_equal(calendar->method, ical_method_word(method));
	return &calendar->records[0];
}

static void an_invitation_says_all(void **unused)
{
	struct world world;
	const struct ical_item *item;
	const char *first, *second;

	(void)unused;
	make(&world);
	item = &written(&world, ICAL_REQUEST, NULL)->item;
	assert_string_equal(item->uid, MEETING "@zhiban");
	assert_int_equal(item->sequence, 2);
	assert_int_equal(item->starts, world.meeting->starts);
	assert_int_equal(item->ends, world.meeting->ends);
	assert_string_equal(item->summary, world.meeting->title);
	assert_string_equal(item->place, "研判室");
	assert_string_equal(item->status, "CONFIRMED");
	assert_string_equal(item->organizer->name, "指挥中心");
	assert_int_equal(item->n_people, 5);
	assert_string_equal(item->people[0].role, "CHAIR");
	assert_string_equal(item->people[1].role, "REQ-PARTICIPANT");
	assert_string_equal(item->people[1].name, "王五 (城管局)");
	assert_string_equal(item->people[1].type, "INDIVIDUAL");
	assert_string_equal(item->people[2].name, "水务局");
	assert_string_equal(item->people[2].type, "GROUP");
	assert_string_equal(item->people[3].role, "OPT-PARTICIPANT");
	for (size_t i = 0; i < item->n_people; i++) {
		assert_true(item->people[i].asks);
		assert_string_equal(item->people[i].state, "NEEDS-ACTION");
	}
	first = strstr(item->text, "占道经营,反复投诉");
	second = strstr(item->text, "北直街积水; 第三次");
	assert_non_null(first);
	assert_true(first < second); /* by the agenda's order, not by how it was entered */
	assert_non_null(strstr(item->text, "0519-8888"));
	assert_null(strstr(item->text, "0000")); /* nobody's own phone */
	release(&world);
}

static void answers_stand_in_the_next_one(void **unused)
{
	struct world world;
	const struct ical_item *item;
	struct attendee *attendee;

	(void)unused;
	make(&world);
	attendee = (struct attendee *)who(&world, "chengguan", NULL);
	attendee->answer = attendee_answer_code(ANSWER_DELEGATED);
	attendee->delegate = "孙七";
	attendee = (struct attendee *)who(&world, "shuiwu", NULL);
	attendee->answer = attendee_answer_code(ANSWER_LEAVE);
	item = &written(&world, ICAL_REQUEST, NULL)->item;
	assert_int_equal(item->n_people, 6);
	assert_string_equal(item->people[1].state, "DELEGATED");
	assert_false(item->people[1].asks);
	assert_string_equal(item->people[1].delegate, item->people[2].address);
	assert_string_equal(item->people[2].from, item->people[1].address);
	assert_string_equal(item->people[2].name, "孙七");
	assert_string_equal(item->people[3].state, "DECLINED");
	item = &written(&world, ICAL_REQUEST, who(&world, "shuiwu", NULL))->item;
	assert_int_equal(item->n_people, 1);
	assert_string_equal(item->people[0].name, "水务局");
	release(&world);
}

static void what_is_published_names_nobody(void **unused)
{
	struct world world;

	(void)unused;
	make(&world);
	assert_int_equal(written(&world, ICAL_PUBLISH, NULL)->item.n_people, 0);
	world.meeting->state = meeting_state_code(MEETING_CANCELLED);
	world.meeting->cancelled_for = "领导外出";
	assert_string_equal(written(&world, ICAL_PUBLISH, NULL)->item.status, "CANCELLED");
	assert_true(written(&world, ICAL_PUBLISH, NULL)->item.free);
	assert_string_equal(written(&world, ICAL_CANCEL, NULL)->item.status, "CANCELLED");
	assert_non_null(strstr(written(&world, ICAL_CANCEL, NULL)->item.text, "领导外出"));
	release(&world);
}

static void what_cannot_be_said_is_refused(void **unused)
{
	struct world world;

	(void)unused;
	make(&world);
	assert_int_equal(ical_meeting_check(world.meeting, ICAL_REQUEST, NULL, NULL), ERR_OK);
	assert_int_equal(ical_meeting_check(world.meeting, ICAL_CANCEL, NULL, NULL), ERR_REFUSED);
	assert_int_equal(
	    ical_meeting_check(world.meeting, ICAL_REPLY, who(&world, "shuiwu", NULL), NULL),
	    ERR_REFUSED);
	world.meeting->state = meeting_state_code(MEETING_CANCELLED);
	assert_int_equal(ical_meeting_check(world.meeting, ICAL_REQUEST, NULL, NULL), ERR_REFUSED);
	assert_int_equal(ical_meeting_check(world.meeting, ICAL_CANCEL, NULL, NULL), ERR_OK);
	world.meeting->state = meeting_state_code(MEETING_DRAWN);
	assert_int_equal(ical_meeting_check(world.meeting, ICAL_REQUEST, NULL, NULL), ERR_REFUSED);
	world.meeting->starts = world.meeting->ends = 0;
	assert_int_equal(ical_meeting_check(world.meeting, ICAL_CANCEL, NULL, NULL), ERR_REFUSED);
	release(&world);
}

/* ---- answers ---- */

/* As programs of calendars write them. */
static const char *file_of(struct world *world, const char *method, const char *body)
{
	return arena_printf(
	    &world->arena,
	    "BEGIN:VCALENDAR\r\nPRODID:-//example//calendar//EN\r\nVERSION:2.0\r\n%s"
	    "BEGIN:VEVENT\r\nDTSTAMP:20261121T030000Z\r\n%s"
	    "END:VEVENT\r\nEND:VCALENDAR\r\n",
	    method, body);
}

static enum err answered(struct world *world, const char *method, const char *body,
			 struct ical_reply *reply, const struct attendee **ret_attendee,
			 struct error *err)
{
	const struct ical_ask ask = {0, 0, OFFSET, 1};
	const char *text = file_of(world, method, body);
	struct ical_calendar calendar;
	enum err code;

	assert_int_equal(ical_read(text, strlen(text), &ask, &world->arena, &calendar, NULL),
			 ERR_OK);
	assert_int_equal(calendar.n_rejects, 0);
	assert_int_equal(calendar.n_records, 1);
	code = ical_reply_read(&rules, &calendar.records[0], &world->arena, reply, err);
	if (code == ERR_OK)
		code = ical_reply_match(&rules, world->meeting, reply, &world->arena, ret_attendee,
					err);
	return code;
}

#define UID "UID:" MEETING "@zhiban\r\n"
#define SEQ "SEQUENCE:2\r\n"
#define METHOD "METHOD:REPLY\r\n"

static void answers_that_count(void **unused)
{
	static const struct {
		const char *method, *body;
		const char *org;
		enum attendee_answer answer;
		const char *comment, *delegate, *phone;
	} rows[] = {
	    {METHOD, UID SEQ "ATTENDEE;PARTSTAT=ACCEPTED;CN=王五:mailto:wang@example.cn\r\n",
	     "chengguan", ANSWER_ACCEPTED, NULL, NULL, NULL},
	    {"METHOD:reply\r\n",
	     UID SEQ
	     "REQUEST-STATUS:2.0;Success\r\nattendee;partstat=accepted;cn=\"王五 (城管局)\":"
	     "mailto:a@example.cn\r\n",
	     "chengguan", ANSWER_ACCEPTED, NULL, NULL, NULL},
	    {METHOD, UID SEQ "ATTENDEE;PARTSTAT=ACCEPTED:tel:+8613900000001\r\n", "chengguan",
	     ANSWER_ACCEPTED, NULL, NULL, NULL},
	    {METHOD, UID SEQ "ATTENDEE;PARTSTAT=ACCEPTED:tel:13900000001\r\n", "chengguan",
	     ANSWER_ACCEPTED, NULL, NULL, NULL},
	    {METHOD,
	     UID SEQ "COMMENT:当天在省厅开会\\, 请假\r\nATTENDEE;PARTSTAT=DECLINED;CN=水务局:"
		     "mailto:b@example.cn\r\n",
	     "shuiwu", ANSWER_LEAVE, "当天在省厅开会, 请假", NULL, NULL},
	    {METHOD,
	     UID SEQ "ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:sun@example.cn\";CN=shuiwu:"
		     "mailto:b@example.cn\r\n",
	     "shuiwu", ANSWER_DELEGATED, NULL, "sun@example.cn", NULL},
	    {METHOD,
	     UID SEQ "ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO=\"tel:13911112222\";CN=水务局:"
		     "mailto:b@example.cn\r\nATTENDEE;PARTSTAT=NEEDS-ACTION;CN=孙七;DELEGATED-FROM="
		     "\"mailto:b@example.cn\":tel:13911112222\r\n",
	     "shuiwu", ANSWER_DELEGATED, NULL, "孙七", "13911112222"},
	};

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct world world;
		struct ical_reply reply;
		const struct attendee *attendee = NULL;
		struct error err = ERROR_INIT;
		enum err code;

		make(&world);
		code = answered(&world, rows[i].method, rows[i].body, &reply, &attendee, &err);
		if (code != ERR_OK)
			fail_msg("row %zu: %s", i, err.text);
		assert_string_equal(attendee->org, rows[i].org);
		assert_int_equal(reply.answer, rows[i].answer);
		assert_true(str_eq(reply.comment, rows[i].comment));
		assert_true(str_eq(reply.delegate, rows[i].delegate));
		assert_true(str_eq(reply.delegate_phone, rows[i].phone));
		release(&world);
	}
}

/* Whom he sends answers for himself: by the address of who sent him. */
static void a_delegate_answers(void **unused)
{
	struct world world;
	struct ical_reply reply;
	const struct attendee *attendee = NULL;
	char id[UUID_TEXT];
	const char *body;

	(void)unused;
	make(&world);
	uuid_text(&who(&world, "shuiwu", NULL)->id, id);
	body = arena_printf(&world.arena,
			    UID SEQ
			    "ATTENDEE;PARTSTAT=ACCEPTED;CN=孙七;DELEGATED-FROM=\"urn:uuid:%s\":"
			    "mailto:sun@example.cn\r\n",
			    id);
	assert_int_equal(answered(&world, METHOD, body, &reply, &attendee, NULL), ERR_OK);
	assert_string_equal(attendee->org, "shuiwu");
	assert_int_equal(reply.answer, ANSWER_DELEGATED);
	assert_string_equal(reply.delegate, "孙七");
	body = arena_printf(&world.arena,
			    UID SEQ
			    "ATTENDEE;PARTSTAT=DECLINED;CN=孙七;DELEGATED-FROM=\"urn:uuid:%s\":"
			    "mailto:sun@example.cn\r\n",
			    id);
	assert_int_equal(answered(&world, METHOD, body, &reply, &attendee, NULL), ERR_INPUT);
	release(&world);
}

/* What is written as an answer is read as that answer. */
static void an_answer_goes_there_and_back(void **unused)
{
	for (enum attendee_answer answer = 0; answer < ANSWERS; answer++) {
		struct world world;
		struct ical_reply reply;
		struct attendee *own;
		const struct attendee *attendee = NULL;

		(void)unused;
		make(&world);
		own = (struct attendee *)who(&world, "gongan", "赵六");
		own->answer = attendee_answer_code(answer);
		own->why = answer == ANSWER_LEAVE ? "公务" : NULL;
		own->delegate = answer == ANSWER_DELEGATED ? "钱八" : NULL;
		assert_int_equal(ical_reply_read(&rules, written(&world, ICAL_REPLY, own),
						 &world.arena, &reply, NULL),
				 ERR_OK);
		assert_int_equal(
		    ical_reply_match(&rules, world.meeting, &reply, &world.arena, &attendee, NULL),
		    ERR_OK);
		assert_ptr_equal(attendee, own);
		assert_int_equal(reply.answer, answer);
		assert_true(str_eq(reply.delegate, own->delegate));
		assert_true(answer == ANSWER_DELEGATED || str_eq(reply.comment, own->why));
		release(&world);
	}
}

static void answers_that_do_not(void **unused)
{
	static const char yes[] = "ATTENDEE;PARTSTAT=ACCEPTED;CN=王五:mailto:a@example.cn\r\n";
	static const struct {
		const char *method, *head, *body, *says;
		enum err code;
	} rows[] = {
	    {METHOD, UID SEQ, "ATTENDEE;PARTSTAT=TENTATIVE;CN=王五:mailto:a@example.cn\r\n",
	     "TENTATIVE", ERR_INPUT},
	    {METHOD, UID SEQ, "ATTENDEE;PARTSTAT=NEEDS-ACTION;CN=王五:mailto:a@example.cn\r\n",
	     "not answered", ERR_INPUT},
	    {METHOD, UID SEQ, "ATTENDEE;CN=王五:mailto:a@example.cn\r\n", "not answered",
	     ERR_INPUT},
	    {METHOD, UID SEQ, "ATTENDEE;PARTSTAT=X-LATER;CN=王五:mailto:a@example.cn\r\n",
	     "X-LATER", ERR_INPUT},
	    {METHOD, UID SEQ, "", "whose answer", ERR_INPUT},
	    {METHOD, UID SEQ,
	     "ATTENDEE;PARTSTAT=ACCEPTED;CN=王五:mailto:a@example.cn\r\n"
	     "ATTENDEE;PARTSTAT=ACCEPTED;CN=水务局:mailto:b@example.cn\r\n",
	     "2 at once", ERR_INPUT},
	    {METHOD, UID SEQ, "ATTENDEE;PARTSTAT=DELEGATED;CN=水务局:mailto:b@example.cn\r\n",
	     "DELEGATED-TO", ERR_INPUT},
	    {"METHOD:REQUEST\r\n", UID SEQ, yes, "METHOD:REQUEST", ERR_INPUT},
	    {"METHOD:CANCEL\r\n", UID SEQ, yes, "METHOD:CANCEL", ERR_INPUT},
	    {"METHOD:REFRESH\r\n", UID SEQ, yes, "METHOD:REFRESH", ERR_INPUT},
	    {"METHOD:DECLINECOUNTER\r\n", UID SEQ, yes, "DECLINECOUNTER", ERR_INPUT},
	    {"METHOD:COUNTER\r\n", UID SEQ "DTSTART:20261126T010000Z\r\nDTEND:20261126T020000Z\r\n",
	     yes, "2026-11-26 09:00", ERR_INPUT},
	    {"METHOD:COUNTER\r\n", UID SEQ, yes, "COUNTER", ERR_INPUT},
	    {"", UID SEQ "DTSTART:20261125T063000Z\r\n", yes, "METHOD:REPLY", ERR_INPUT},
	    {METHOD, "UID:calsrv.example.cn-87\r\n" SEQ, yes, "calsrv.example.cn-87", ERR_INPUT},
	    {METHOD, SEQ, yes, "UID -", ERR_INPUT},
	    {METHOD, UID "SEQUENCE:1\r\n", yes, "change 1, now 2", ERR_REFUSED},
	    {METHOD, UID, yes, "change 0, now 2", ERR_REFUSED},
	    {METHOD, UID "SEQUENCE:3\r\n", yes, "change 3, here 2", ERR_REFUSED},
	    {METHOD, UID SEQ, "ATTENDEE;PARTSTAT=ACCEPTED;CN=王二:mailto:a@example.cn\r\n", "王二",
	     ERR_NOT_FOUND},
	    {METHOD, UID SEQ, "ATTENDEE;PARTSTAT=ACCEPTED:mailto:nobody@example.cn\r\n", "nobody@",
	     ERR_NOT_FOUND},
	    {METHOD, UID SEQ, "ATTENDEE;PARTSTAT=ACCEPTED;CN=公安分局:mailto:c@example.cn\r\n",
	     "any of 2", ERR_REFUSED},
	};

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct world world;
		struct ical_reply reply;
		const struct attendee *attendee = NULL;
		struct error err = ERROR_INIT;
		const char *body;

		make(&world);
		body = arena_printf(&world.arena, "%s%s", rows[i].head, rows[i].body);
		if (answered(&world, rows[i].method, body, &reply, &attendee, &err) !=
			rows[i].code ||
		    strstr(err.text, rows[i].says) == NULL)
			fail_msg("row %zu: \"%s\" without \"%s\"", i, err.text, rows[i].says);
		assert_null(attendee);
		release(&world);
	}
}

/* An organisation that was not invited yet cannot answer, whatever it sends. */
static void nobody_answers_uninvited(void **unused)
{
	struct world world;
	struct ical_reply reply;
	const struct attendee *attendee = NULL;

	(void)unused;
	make(&world);
	((struct attendee *)who(&world, "shuiwu", NULL))->asked_at = 0;
	assert_int_equal(answered(&world, METHOD,
				  UID SEQ
				  "ATTENDEE;PARTSTAT=ACCEPTED;CN=水务局:mailto:b@example.cn\r\n",
				  &reply, &attendee, NULL),
			 ERR_NOT_FOUND);
	assert_int_equal(written(&world, ICAL_REQUEST, NULL)->item.n_people, 4);
	release(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_invitation_says_all),
	    cmocka_unit_test(answers_stand_in_the_next_one),
	    cmocka_unit_test(what_is_published_names_nobody),
	    cmocka_unit_test(what_cannot_be_said_is_refused),
	    cmocka_unit_test(answers_that_count),
	    cmocka_unit_test(a_delegate_answers),
	    cmocka_unit_test(an_answer_goes_there_and_back),
	    cmocka_unit_test(answers_that_do_not),
	    cmocka_unit_test(nobody_answers_uninvited),
	};

	return cmocka_run_group_tests_name("wire/ical_meeting", tests, NULL, NULL);
}
