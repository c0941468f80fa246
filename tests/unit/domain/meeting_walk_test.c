/* Any act on meetings, their items and rooms by anybody in any order, with the line cut or not: what must
 * hold holds after each, and every act is done in some of the walks. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "meetings.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

enum { WALKS = 100, STEPS = 400 };

static const char *const words[] = { "m", "n", "v" };
static const char *const items[] = { "a", "b", "c", "w" };

static const struct {
	enum kind kind;
	const char *verb;
	const char *args[5];
} acts[] = {
	{ KIND_MEETING, "convene",
	  { "series=weekly\nstarts=2026-11-25 14:30\nroom=研判室\nentry=@a 1\nentry=@b 2",
	    "series=double\nstarts=2026-11-25 15:30\nroom=研判室\nentry=@b 1", "series=village\nentry=@w 1",
	    "series=weekly\nattend=ll01|may|吴霞\nquorum=2", "title=x\nline=会议专线" } },
	{ KIND_MEETING, "arrange",
	  { "starts=2026-11-25 15:00", "room=一号会议室", "ends=2026-11-25 18:00\nline=会议专线",
	    "chair=郑凯\nsecretary=陈静", "starts=2026-11-26 14:30\nroom=研判室" } },
	{ KIND_MEETING, "agenda",
	  { "entry=@c 1", "entry=@b 3\nentry=@a 1", "entry=@a 1\noff=yes", "entry=@b 1\nentry=@c 2",
	    "entry=@c 1\noff=yes" } },
	{ KIND_MEETING, "attend",
	  { "attend=ll|must|沈一", "attend=sw|may", "attend=ll|must|沈一\noff=yes", "attend=ql01",
	    "attend=ql01\noff=yes" } },
	{ KIND_MEETING, "collect", { "until=2026-11-25 10:00" } },
	{ KIND_MEETING, "invite", { "", "answer_by=2026-11-24 12:00" } },
	{ KIND_MEETING, "see", { "" } },
	{ KIND_MEETING, "answer",
	  { "answer=accepted", "answer=leave\nreason=r", "answer=delegated\ncomer=c",
	    "answer=accepted\nshare=zj", "answer=leave\nreason=r\nshare=sw" } },
	{ KIND_MEETING, "grant", { "", "share=sw" } },
	{ KIND_MEETING, "insist", { "reason=r", "reason=r\nshare=zj" } },
	{ KIND_MEETING, "chase", { "", "share=zj" } },
	{ KIND_MEETING, "sign_in",
	  { "attendee=%zj\nattendee=%sw\npresence=present", "attendee=%ll\npresence=late",
	    "attendee=%sw\npresence=delegate\ncomer=c", "attendee=%zj\npresence=left",
	    "attendee=%zx/周强\nattendee=%ql\npresence=present" } },
	{ KIND_MEETING, "open", { "", "reason=r" } },
	{ KIND_MEETING, "adjourn", { "" } },
	{ KIND_MEETING, "cancel", { "reason=r" } },
	{ KIND_MEETING, "stage",
	  { "stage=propose\npassed=yes", "stage=discuss\nentitled=8\npresent_n=7\nagreed=5",
	    "stage=vote\nentitled=60\npresent_n=50\nagreed=40\nagainst=5", "stage=resolved",
	    "stage=result" } },
	{ KIND_MEETING, "compose", { "preface=p", "doc_title=t\nmain_to=x" } },
	{ KIND_MEETING, "submit", { "" } },
	{ KIND_MEETING, "sign", { "", "share=sw", "attendee=%zx/周强" } },
	{ KIND_MEETING, "object", { "reason=r" } },
	{ KIND_MEETING, "approve", { "" } },
	{ KIND_MEETING, "disapprove", { "reason=r" } },
	{ KIND_MEETING, "issue", { "", "despite=r" } },
	{ KIND_MEETING, "call", { "rung=a\ngist=b" } },
	{ KIND_MEETING, "countersign", { "" } },
	{ KIND_ITEM, "resolve", { "outcome=agreed\nresolution=r", "outcome=deferred" } },
	{ KIND_ITEM, "revise", { "lead_org=zj", "lead_org=ll\nassist=sw" } },
	{ KIND_ROOM, "book",
	  { "room_name=研判室\nbooked_for=x\nfrom_at=2026-11-25 16:00\nto_at=2026-11-25 17:00",
	    "room_name=研判室\nbooked_for=x\nfrom_at=2026-11-25 13:00\nto_at=2026-11-25 14:30" } },
};

static const char *const actors[] = { "duty", "other", "chief", "leader", "water", "roads", "street",
				      "town", "green", "station", "auditor" };

struct walk {
	struct meetings m;
	uint64_t seed;
	unsigned done[ARRAY_LEN(acts)];
};

static unsigned pick(struct walk *w, size_t n)
{
	w->seed ^= w->seed << 13;
	w->seed ^= w->seed >> 7;
	w->seed ^= w->seed << 17;
	return (unsigned)(w->seed % n);
}

/* ---- what must hold ---- */

static bool waits(const struct meeting *meeting) /* its agenda holds its items */
{
	enum meeting_state state = meeting_state(meeting);

	return state == MEETING_DRAWN || state == MEETING_CALLED || state == MEETING_SITTING;
}

static void check_agenda(struct meetings *m, const char *word)
{
	const struct meeting *meeting = meetings_entity(m, KIND_MEETING, word);
	char id[UUID_TEXT];
	unsigned places = 0;

	if (meeting == NULL)
		return;
	uuid_text(&meeting->head.id, id);
	for (size_t i = 0; i < meeting->agenda.n; i++)
		places |= 1U << meeting_entry(meeting, i)->order;
	assert_int_equal(places, (2U << meeting->agenda.n) - 2);
	for (size_t i = 0; i < ARRAY_LEN(items); i++) {
		const struct item *item = meetings_entity(m, KIND_ITEM, items[i]);
		const struct agenda *entry = children_find(&meeting->agenda,
							   child_desc(CHILD_AGENDA), &item->head.id);

		if (item_state(item) != ITEM_APPROVED) /* it knows where it was settled */
			continue;
		assert_int_equal(waits(meeting) && entry != NULL, str_eq(item->meeting, id));
		if (waits(meeting) && entry != NULL)
			assert_int_equal(item->order, entry->order);
	}
}

/* Who is invited reads every item. */
static void check_hearers(struct meetings *m, const struct meeting *meeting)
{
	for (size_t i = 0; waits(meeting) && i < meeting->agenda.n; i++) {
		for (size_t k = 0; k < meeting->attendees.n; k++) {
			const struct attendee *attendee = meeting_attendee(meeting, k);
			bool reads = attendee->asked_at == 0;

			for (size_t n = 0; n < ARRAY_LEN(items); n++) {
				const struct item *item = meetings_entity(m, KIND_ITEM, items[n]);
				const struct hearer *hearers = item->hearers.items;

				if (!uuid_eq(&item->head.id, &meeting_entry(meeting, i)->id))
					continue;
				for (size_t h = 0; h < item->hearers.n; h++)
					reads = reads || str_eq(hearers[h].org, attendee->org);
			}
			assert_true(reads);
		}
	}
}

static void check_counts(const struct meeting *meeting)
{
	const struct behalf *behalves = meeting->behalves.items;
	const struct clock *next = meeting_next_clock(meeting);
	struct attendance answers = meeting_answers(meeting);
	int64_t owed = 0;

	for (size_t i = 0; i < meeting->behalves.n; i++)
		owed += behalves[i].due != 0 && behalves[i].signed_at == 0;
	assert_int_equal(meeting->owed, owed);
	assert_int_equal(meeting->invited, meeting->accepted + meeting->away + meeting->silent);
	assert_int_equal(meeting->must, answers.must);
	assert_true(answers.must_here <= answers.must && answers.here <= answers.invited);
	assert_int_equal(meeting->due, next != NULL ? next->due : 0);
	assert_int_equal(meeting->open, meeting_state(meeting) < MEETING_ISSUED);
	if (!meeting->open)
		assert_null(next);
	if (meeting_state(meeting) >= MEETING_CALLED && meeting_state(meeting) < MEETING_HELD &&
	    meeting->stages.n == 0)
		assert_true(meeting->invited > 0);
}

/* A clock to answer runs of exactly those who are silent, one to sign of those who have still to. */
static void check_clocks(const struct meeting *meeting)
{
	const struct clock *clocks = meeting->clocks.items;
	size_t runs[MEETING_CLOCKS] = { 0 };

	for (size_t i = 0; i < meeting->clocks.n; i++)
		for (int kind = 0; clocks[i].stopped_at == 0 && kind < MEETING_CLOCKS; kind++)
			runs[kind] += str_eq(clocks[i].kind, meeting_clock_code(kind));
	if (meeting_state(meeting) != MEETING_CALLED)
		assert_int_equal(runs[MEETING_ANSWER], 0);
	else if (str_eq(meeting->series, "weekly"))
		assert_int_equal(runs[MEETING_ANSWER], meeting->silent);
	if (meeting_state(meeting) != MEETING_SIGNING)
		assert_int_equal(runs[MEETING_SIGN], 0);
	assert_true(runs[MEETING_MINUTES] <= 1 && runs[MEETING_APPROVE] <= 1);
	assert_true(runs[MEETING_STAGE] <= 1);
	if (meeting_state(meeting) == MEETING_HELD && str_eq(meeting->series, "weekly"))
		assert_int_equal(runs[MEETING_MINUTES], 1);
}

static void check_room(struct meetings *m, const char *name)
{
	const struct room *room = meetings_entity(m, KIND_ROOM, name);
	int64_t until = 0;

	for (size_t i = 0; room != NULL && i < room->bookings.n; i++) {
		const struct booking *a = room_booking(room, i);

		until = a->to_at > until ? a->to_at : until;
		for (size_t k = 0; k < i; k++) {
			const struct booking *b = room_booking(room, k);

			assert_true(a->to_at <= b->from_at || b->to_at <= a->from_at);
		}
	}
	if (room != NULL)
		assert_int_equal(room->booked_until, until);
}

/* A meeting that has a room of the profile and a time has it for exactly that time. */
static void check_booked(struct meetings *m, const struct meeting *meeting)
{
	struct uuid its = room_id("zx", meeting->room);
	const struct room *room = NULL;
	bool has = false;
	char id[UUID_TEXT];

	uuid_text(&meeting->head.id, id);
	for (size_t i = 0; i < m->n; i++)
		if (uuid_eq(&((struct entity *)m->entities[i])->id, &its))
			room = m->entities[i];
	for (size_t i = 0; room != NULL && i < room->bookings.n; i++) {
		const struct booking *booking = room_booking(room, i);

		has = has || (str_eq(booking->meeting, id) && booking->from_at == meeting->starts &&
			      booking->to_at == meeting->ends);
	}
	assert_int_equal(has, meeting->room != NULL && meeting->starts != 0 &&
				      meeting_state(meeting) != MEETING_CANCELLED);
}

static void check(struct meetings *m)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		const struct meeting *meeting = meetings_entity(m, KIND_MEETING, words[i]);

		check_agenda(m, words[i]);
		if (meeting == NULL)
			continue;
		check_hearers(m, meeting);
		check_counts(meeting);
		check_clocks(meeting);
		check_booked(m, meeting);
	}
	check_room(m, "研判室");
	check_room(m, "一号会议室");
	check_room(m, "会议专线");
}

/* ---- walking ---- */

static void step(struct walk *w)
{
	static const char *const orgs[] = { "sw", "zj", "ll", "ll01" };
	unsigned k = pick(w, ARRAY_LEN(acts)), n = 0;
	const char *target = acts[k].kind == KIND_MEETING ? words[pick(w, 3)]
			     : acts[k].kind == KIND_ITEM  ? items[pick(w, 4)]
							  : "研判室";
	struct error err = ERROR_INIT;

	if (strcmp(acts[k].verb, "cancel") == 0 && pick(w, 8) != 0)
		return; /* else none would come far */
	while (n < ARRAY_LEN(acts[k].args) && acts[k].args[n] != NULL)
		n++;
	if (pick(w, 5) == 0)
		w->m.phone = (struct by_phone){ .org = orgs[pick(w, 4)], .rung = "甲" };
	else if (pick(w, 9) == 0)
		w->m.phone = (struct by_phone){ .role = "leader", .rung = "乙" };
	if (pick(w, 4) == 0) /* done before the server has it */
		w->m.eff = w->m.fx.now - pick(w, 90) * (int64_t)MINUTE_MS;
	w->m.fx.now += pick(w, 30) * (int64_t)MINUTE_MS;
	if (meetings_try(&w->m, acts[k].kind, acts[k].verb, actors[pick(w, ARRAY_LEN(actors))], target,
			 acts[k].args[pick(w, n)], &err) == ERR_OK)
		w->done[k]++;
	else
		assert_int_not_equal(strlen(err.text), 0);
	check(&w->m);
}

/* Some begin far on: few would come there. */
static void begin(struct meetings *m, int walk)
{
	static const char *const states[] = { NULL, "called", "signing", "approving", "drawn" };
	const char *state = states[walk % 5];

	meetings_init(m);
	meetings_item(m, "c", "ql", "sw? ll01");
	meetings_item(m, "w", "ll01", "")->org = "ll01";
	if (state != NULL) {
		meetings_to(m, state);
		return;
	}
	meetings_item(m, "a", "sw", "sw zj");
	meetings_item(m, "b", "ll", "ll");
	if (walk % 5 == 0)
		meetings_must(m, KIND_MEETING, "convene", "station", "v", acts[0].args[2]);
}

static void whatever_is_done_in_any_order(void **unused)
{
	struct walk w = { .seed = 20261123 };
	int never = 0;

	(void)unused;
	for (int walk = 0; walk < WALKS; walk++) {
		begin(&w.m, walk);
		for (int i = 0; i < STEPS; i++)
			step(&w);
		meetings_release(&w.m);
	}
	for (size_t i = 0; i < ARRAY_LEN(acts); i++)
		if (w.done[i] == 0)
			print_error("%s is never done\n", acts[i].verb), never++;
	assert_int_equal(never, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whatever_is_done_in_any_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
