/* Tickets merged into a lead, split off again, answered with it; relations. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

enum { TICKETS = 3 };

struct desk {
	struct fixture fx;
	struct incident *tickets[TICKETS];
};

static void begin(struct desk *desk)
{
	struct fixture *fx = &desk->fx;
	struct flow_act *acts;

	fixture_init(fx);
	fixture_allow(fx, "merge unmerge relate feedback reopen");
	acts = (struct flow_act *)fx->rules.always.acts;
	acts[1].closed = true; /* a merged ticket is closed */
	desk->tickets[0] = fixture_incident(fx, "handle");
	desk->tickets[1] = fixture_incident(fx, "sign");
	desk->tickets[2] = fixture_incident(fx, "accept");
}

static struct incident **ticket_of(struct desk *desk, const struct uuid *id)
{
	for (size_t i = 0; i < TICKETS; i++)
		if (uuid_eq(&desk->tickets[i]->head.id, id))
			return &desk->tickets[i];
	fail_msg("no such ticket");
	return NULL;
}

static char *id_of(struct desk *desk, size_t i)
{
	char text[UUID_TEXT];

	uuid_text(&desk->tickets[i]->head.id, text);
	return arena_strdup(&desk->fx.arena, text);
}

/* An act, and what follows from it, as the server does it: all or nothing. */
static enum err run(struct desk *desk, struct incident **incident, struct act *act,
		    struct error *err)
{
	struct incident *kept = entity_copy(*incident, &desk->fx.arena);
	struct decision decision;
	enum err code = fixture_decide(&desk->fx, incident, act, desk->fx.now, &decision, err);

	for (size_t i = 0; code == ERR_OK && i < decision.n_follow; i++) {
		struct act *follow = &decision.follow[i];

		assert_true(uuid_eq(&follow->after, &act->id));
		assert_string_equal(follow->actor.officer, act->actor.officer);
		assert_int_equal(follow->n, 0);
		code = run(desk, ticket_of(desk, &follow->target.id), follow, err);
	}
	if (code != ERR_OK)
		*incident = kept;
	return code;
}

static enum err try(struct desk *desk, size_t i, const char *verb, const char *args,
		    struct error *err)
{
	struct act act = fixture_act(&desk->fx, verb, desk->tickets[i], "duty", args);

	desk->fx.now += MINUTE_MS;
	return run(desk, &desk->tickets[i], &act, err);
}

static void must_do(struct desk *desk, size_t i, const char *verb, const char *args)
{
	struct error err = ERROR_INIT;

	if (try(desk, i, verb, args, &err) != ERR_OK)
		fail_msg("%s: %s", verb, err.text);
}

static void merge(struct desk *desk, size_t child, size_t lead)
{
	must_do(desk, child, "merge",
		arena_printf(&desk->fx.arena, "lead=%s\nreason=同一处", id_of(desk, lead)));
}

static const struct link *link_of(const struct incident *incident, const char *role)
{
	const struct link *links = incident->links.items;

	for (size_t i = 0; i < incident->links.n; i++)
		if (strcmp(links[i].role, role) == 0)
			return &links[i];
	return NULL;
}

static size_t running(const struct incident *incident)
{
	size_t n = 0;

	for (size_t i = 0; i < incident->clocks.n; i++)
		n += incident_clock(incident, i)->stopped_at == 0 && !incident_clock(incident, i)->side;
	return n;
}

static void merged_tickets_wait(void **unused)
{
	struct desk desk;
	struct incident *child;

	(void)unused;
	begin(&desk);
	assert_true(running(desk.tickets[1]) > 0);
	merge(&desk, 1, 0);
	child = desk.tickets[1];
	assert_int_equal(child->open, 0);
	assert_string_equal(child->merged_into, id_of(&desk, 0));
	assert_string_equal(link_of(child, "lead")->target, id_of(&desk, 0));
	assert_int_equal(child->closed_at, desk.fx.now);
	assert_string_equal(link_of(desk.tickets[0], "child")->target, id_of(&desk, 1));
	assert_int_equal(desk.tickets[0]->merged, 1);
	assert_string_equal(desk.tickets[0]->moved_by, "absorb");
	merge(&desk, 2, 0);
	assert_int_equal(desk.tickets[0]->merged, 2);
	assert_int_equal(desk.tickets[0]->open, 1);
	/* and goes on where it was */
	must_do(&desk, 1, "unmerge", "reason=不是一回事");
	child = desk.tickets[1];
	assert_string_equal(child->step, "sign");
	assert_string_equal(child->holder, "sw");
	assert_int_equal(child->open, 1);
	assert_int_equal(child->closed_at, 0);
	assert_null(child->merged_into);
	assert_null(link_of(child, "lead"));
	assert_int_equal(child->levels.n, 0);
	assert_true(running(child) > 0);
	assert_string_equal(incident_part(child, 0)->role, "lead");
	assert_int_equal(desk.tickets[0]->merged, 1);
	assert_string_equal(link_of(desk.tickets[0], "child")->target, id_of(&desk, 2));
	fixture_release(&desk.fx);
}

static void every_caller_is_answered(void **unused)
{
	struct desk desk;

	(void)unused;
	begin(&desk);
	merge(&desk, 1, 0);
	merge(&desk, 2, 0);
	must_do(&desk, 0, "feedback", "reply=管网已冲洗，水质恢复");
	for (size_t i = 0; i < TICKETS; i++) {
		assert_string_equal(desk.tickets[i]->reply, "管网已冲洗，水质恢复");
		assert_int_equal(desk.tickets[i]->replied_at, desk.fx.now);
	}
	assert_string_equal(desk.tickets[2]->moved_by, "follow");
	fixture_release(&desk.fx);
}

/* One that was merged in after the answer gets it when the lead is closed. */
static void late_ones_are_answered_at_the_end(void **unused)
{
	struct desk desk;
	int64_t answered;

	(void)unused;
	begin(&desk);
	merge(&desk, 1, 0);
	must_do(&desk, 0, "feedback", "reply=已恢复");
	answered = desk.fx.now;
	merge(&desk, 2, 0);
	assert_null(desk.tickets[2]->reply);
	must_do(&desk, 0, "handle", "result=好");
	assert_int_equal(fixture_do(&desk.fx, &desk.tickets[0], "verify_ok", "other", "", NULL), ERR_OK);
	must_do(&desk, 0, "close", "satisfaction=满意\nclose_reason=恢复供水");
	assert_string_equal(desk.tickets[2]->reply, "已恢复");
	assert_int_equal(desk.tickets[2]->replied_at, desk.fx.now);
	assert_string_equal(desk.tickets[2]->close_reason, "恢复供水");
	assert_int_equal(desk.tickets[1]->replied_at, answered); /* told once is told */
	fixture_release(&desk.fx);
}

/* ticket, its argument's ticket (-1: the words), refusal; after 1 was merged into 0 */
static const struct {
	size_t ticket;
	const char *verb, *arg;
	int other;
	const char *words; /* of the argument */
	enum err code;
	const char *refusal;
} refused[] = {
	{ 2, "merge", "lead", 2, NULL, ERR_REFUSED, "cannot be merged into itself" },
	{ 2, "merge", "lead", -1, "20261123-0001", ERR_INPUT, "there is no ticket 20261123-0001" },
	{ 2, "merge", "lead", 1, NULL, ERR_REFUSED,
	  "20261123-0002 is merged into another ticket itself" },
	{ 0, "merge", "lead", 2, NULL, ERR_REFUSED, "merge the other way round" },
	{ 2, "unmerge", "reason", -1, "x", ERR_REFUSED, "not merged into another" },
	{ 0, "relate", "related", 0, NULL, ERR_REFUSED, "not related to itself" },
};

static void refusals_name_the_way(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		struct desk desk;
		struct error err = ERROR_INIT;
		const char *words = refused[i].words;
		enum err code;

		begin(&desk);
		merge(&desk, 1, 0);
		if (refused[i].other >= 0)
			words = id_of(&desk, (size_t)refused[i].other);
		code = try(&desk, refused[i].ticket, refused[i].verb,
			   arena_printf(&desk.fx.arena, "%s=%s", refused[i].arg, words), &err);
		if (code != refused[i].code || strstr(err.text, refused[i].refusal) == NULL)
			fail_msg("%zu: %d %s", i, code, code == ERR_OK ? "was done" : err.text);
		fixture_release(&desk.fx);
	}
}

/* Nobody merges into what is over; a refusal of the lead leaves the child as it was. */
static void a_closed_lead_takes_nothing(void **unused)
{
	struct desk desk;
	struct error err = ERROR_INIT;

	(void)unused;
	begin(&desk);
	desk.tickets[0] = fixture_incident(&desk.fx, "archive");
	assert_int_equal(try(&desk, 2, "merge",
			     arena_printf(&desk.fx.arena, "lead=%s", id_of(&desk, 0)), &err),
			 ERR_REFUSED);
	assert_non_null(strstr(err.text, "is closed: nothing is merged into it"));
	assert_null(desk.tickets[2]->merged_into);
	assert_int_equal(desk.tickets[2]->open, 1);
	fixture_release(&desk.fx);
}

/* No officer does what only follows. */
static void what_follows_is_nobodys_own(void **unused)
{
	static const char *const verbs[] = { "absorb", "release", "follow" };

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
		struct desk desk;
		struct error err = ERROR_INIT;

		begin(&desk);
		assert_int_equal(
			try(&desk, 0, verbs[i],
			    arena_printf(&desk.fx.arena, "%s=%s",
					 strcmp(verbs[i], "follow") == 0 ? "lead" : "child",
					 id_of(&desk, 1)),
			    &err),
			ERR_DENIED);
		fixture_release(&desk.fx);
	}
}

static void relations_are_kept_once(void **unused)
{
	struct desk desk;

	(void)unused;
	begin(&desk);
	must_do(&desk, 0, "relate",
		arena_printf(&desk.fx.arena, "related=%s", id_of(&desk, 1)));
	must_do(&desk, 0, "relate",
		arena_printf(&desk.fx.arena, "related=%s", id_of(&desk, 1)));
	must_do(&desk, 0, "relate", "related=12345-2026112300017\nnote=同一小区");
	assert_int_equal(desk.tickets[0]->links.n, 2);
	assert_string_equal(link_of(desk.tickets[0], "related")->target, id_of(&desk, 1));
	assert_int_equal(desk.tickets[1]->links.n, 0);
	fixture_release(&desk.fx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(merged_tickets_wait),
		cmocka_unit_test(every_caller_is_answered),
		cmocka_unit_test(late_ones_are_answered_at_the_end),
		cmocka_unit_test(refusals_name_the_way),
		cmocka_unit_test(a_closed_lead_takes_nothing),
		cmocka_unit_test(what_follows_is_nobodys_own),
		cmocka_unit_test(relations_are_kept_once),
	};

	return cmocka_run_group_tests_name("domain/merge", tests, NULL, NULL);
}
