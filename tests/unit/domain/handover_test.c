/* Handovers: the chain, what both sign, who may what in which state, what needs a reason. */
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
#include "zhiban/domain/handover.h"

static const struct duty_shift centre_shifts[] = {
	{ .code = "day", .label = "白班", .from = 510, .to = 1050 },
	{ .code = "night", .label = "夜班", .from = 1050, .to = 510, .night = true },
	{ .code = "flood_a", .label = "汛前", .from = 480, .to = 960, .mode = "flood" },
	{ .code = "flood_b", .label = "汛中", .from = 960, .to = 480, .mode = "flood" },
};
static const struct duty_shift street_shifts[] = {
	{ .code = "whole", .label = "全天", .from = 510, .to = 510, .night = true },
};
static const char *const gear[] = { "对讲机", "钥匙", NULL };
static const struct roster_plan plans[] = {
	{ .code = "centre", .label = "中心值班表", .of = "centre", .shifts = centre_shifts,
	  .n_shifts = ARRAY_LEN(centre_shifts), .third = "chief", .third_min = 120,
	  .half_at = 60, .equipment = gear },
	{ .code = "street", .label = "街道值班表", .of = "street", .shifts = street_shifts,
	  .n_shifts = ARRAY_LEN(street_shifts), .half_at = -1 },
};

static void begin(struct fixture *fx)
{
	struct org *orgs;

	fixture_init(fx);
	orgs = arena_dup(&fx->arena, fx->rules.orgs, fx->rules.n_orgs * sizeof *orgs);
	for (size_t i = 0; i < fx->rules.n_orgs; i++)
		orgs[i].managed = 1; /* others have no roster of their tier */
	fx->rules.orgs = orgs;
	rules_index(&fx->rules, &fx->arena);
	fx->rules.plans = plans;
	fx->rules.n_plans = ARRAY_LEN(plans);
	fx->now = fixture_time("2026-11-23 08:20");
}

/* What else an act in these tests may say, for the one case that says it. */
struct more {
	const struct handover *before;
	struct by_phone phone;
	const char **ret_note;
};

static enum err act(struct fixture *fx, struct handover **handover, const char *verb,
		    const char *actor, const char *args, const struct more *more,
		    struct error *err)
{
	struct act one = fixture_act_of(fx, KIND_HANDOVER, verb, actor, args);
	const void *near[1] = { more != NULL ? more->before : NULL };
	struct state state = { .entity = *handover, .serial = 3, .near = near, .n_near = 1 };
	struct moment moment = { fx->now, fx->now };
	struct decision decision;
	enum err code;

	if (more != NULL)
		one.by_phone = more->phone;
	one.target.id = *handover != NULL ? (*handover)->head.id
					  : handover_target(&fx->rules, &one);
	code = decide(&fx->rules, &state, &one, &moment, &fx->arena, &decision, err);
	if (code != ERR_OK)
		return code;
	if (more != NULL && more->ret_note != NULL)
		*more->ret_note = decision.note;
	if (*handover == NULL)
		*handover = entity_new(KIND_HANDOVER, &one.target.id, &fx->arena);
	for (size_t i = 0; i < decision.n_effects; i++)
		assert_int_equal(evolve(*handover, &decision.effects[i], 1, &fx->arena, NULL),
				 ERR_OK);
	fx->now += MINUTE_MS;
	return ERR_OK;
}

static void must(struct fixture *fx, struct handover **handover, const char *verb,
		 const char *actor, const char *args)
{
	struct error err = ERROR_INIT;

	if (act(fx, handover, verb, actor, args, NULL, &err) != ERR_OK)
		fail_msg("%s by %s: %s", verb, actor, err.text);
}

static void refused(struct fixture *fx, struct handover **handover, const char *verb,
		    const char *actor, const char *args, enum err code, const char *words)
{
	struct error err = ERROR_INIT;
	enum err got = act(fx, handover, verb, actor, args, NULL, &err);

	if (got != code || strstr(err.text, words) == NULL)
		fail_msg("%s by %s: %d \"%s\", not %d \"%s\"", verb, actor, (int)got, err.text,
			 (int)code, words);
}

#define CASE_A "0198a1b2-0000-7000-8000-00000000000a"
#define CASE_B "0198a1b2-0000-7000-8000-00000000000b"
#define ITEMS                                                                                  \
	"item=alarm\tincident\t" CASE_A "\t20261122-0417\t0\t清凉新村自来水发黄\t无人确认 12分\n"    \
	"item=overdue\tincident\t" CASE_B "\t20261122-0409\t1763770000000\t路面塌陷\t核查 超时\n"    \
	"tally=open\t37\tincidents\t未办结\t!closed\n"

static const char *item_id(const struct fixture *fx, const struct handover *handover, size_t i)
{
	static const char key[] = "tick=";
	char *text = arena_alloc(&((struct fixture *)fx)->arena, sizeof key + UUID_TEXT);

	memcpy(text, key, sizeof key - 1);
	uuid_text(&handover_item(handover, i)->id, text + sizeof key - 1);
	return text;
}

static struct handover *prepared(struct fixture *fx, const struct handover *before)
{
	struct handover *handover = NULL;
	struct more more = { .before = before };
	struct error err = ERROR_INIT;
	char args[1000], id[UUID_TEXT] = "";

	if (before != NULL)
		uuid_text(&before->head.id, id);
	snprintf(args, sizeof args, ITEMS "%s%s", before != NULL ? "before=" : "", id);
	if (act(fx, &handover, "hand_over", "duty", args, &more, &err) != ERR_OK)
		fail_msg("%s", err.text);
	return handover;
}

static void read_all(struct fixture *fx, struct handover *handover)
{
	for (size_t i = 0; i < handover->items.n; i++)
		must(fx, &handover, "tick", "duty", item_id(fx, handover, i));
}

static struct handover *taken(struct fixture *fx, const struct handover *before)
{
	struct handover *handover = prepared(fx, before);

	read_all(fx, handover);
	must(fx, &handover, "give", "duty", "words=东边管网今晚要停水");
	must(fx, &handover, "take", "other", NULL);
	return handover;
}

/* ---- the whole way ---- */

static void from_preparing_to_the_witness(void **unused)
{
	struct fixture fx;
	struct handover *h;
	char hash[65];

	(void)unused;
	begin(&fx);
	h = prepared(&fx, NULL);
	assert_string_equal(h->number, "20261123-J003");
	assert_string_equal(h->org, "zx");
	assert_string_equal(h->plan, "centre");
	assert_string_equal(h->shift, "night");
	assert_true(h->starts == fixture_time("2026-11-22 17:30"));
	assert_true(h->ends == fixture_time("2026-11-23 08:30"));
	assert_int_equal(h->must, 2);
	assert_int_equal(h->equipment.n, 2);
	assert_int_equal(handover_state(h), HANDOVER_PREPARED);
	must(&fx, &h, "equip", "duty", "gear=对讲机=faulty: 3号电池不充电\ngear=钥匙=good");
	assert_string_equal(((struct equipment *)h->equipment.items)[0].remark, "3号电池不充电");
	assert_string_equal(((struct equipment *)h->equipment.items)[1].found, "good");
	read_all(&fx, h);
	assert_int_equal(h->ticked, 2);
	must(&fx, &h, "give", "duty", NULL);
	assert_int_equal(handover_state(h), HANDOVER_GIVEN);
	must(&fx, &h, "take", "other", NULL);
	assert_int_equal(handover_state(h), HANDOVER_TAKEN);
	assert_true(h->open);
	assert_true(h->third_due == h->in_at + 120 * MINUTE_MS);
	handover_hash(h, hash);
	assert_string_equal(h->hash, hash);
	must(&fx, &h, "witness", "chief", NULL);
	assert_int_equal(handover_state(h), HANDOVER_CLOSED);
	assert_string_equal(h->third_by, "周强");
	assert_false(h->open);
	assert_int_equal(handover_chain(h, NULL), CHAIN_WHOLE); /* the witness is no part of it */
	fixture_release(&fx);
}

/* ---- who, and in which order ---- */

static const struct {
	const char *done; /* before: p prepared, r read, g given, t taken, w witnessed */
	const char *verb, *actor, *args;
	enum err code;
	const char *words;
} tries[] = {
	{ "p", "give", "water", NULL, ERR_DENIED, "only" },
	{ "p", "give", "auditor", NULL, ERR_DENIED, "" },
	{ "p", "take", "street", "reason=x", ERR_DENIED, "only" },
	{ "p", "witness", "chief", NULL, ERR_REFUSED, "nobody has taken it over" },
	{ "pg", "give", "other", NULL, ERR_REFUSED, "李敏 has signed it already" },
	{ "pg", "gather", "duty", ITEMS, ERR_REFUSED, "signed it already" },
	{ "prg", "take", "duty", NULL, ERR_DENIED, "does not take over himself" },
	{ "prg", "take", "other", NULL, ERR_OK, "" },
	{ "prgt", "take", "chief", NULL, ERR_REFUSED, "陈静 has taken it over already" },
	{ "prgt", "give", "duty", NULL, ERR_REFUSED, "taken it over already" },
	{ "prgt", "equip", "duty", "gear=钥匙=good", ERR_REFUSED, "taken it over already" },
	{ "prgt", "witness", "duty", NULL, ERR_DENIED, "witnessed by" },
	{ "prgt", "witness", "leader", NULL, ERR_OK, "" },
	{ "prgt", "witness", "watercl", NULL, ERR_DENIED, "" },
	{ "prgt", "witness", "chief", "signed_hash=beef", ERR_REFUSED, "read it again" },
	{ "p", "hand_over", "chief", NULL, ERR_EXISTS, "李敏 has prepared" },
	/* closed with something open: only for a reason, and the sentence says what for */
	{ "pg", "take", "other", NULL, ERR_REFUSED, "2 of 2 not read" },
	{ "pg", "take", "other", "reason=火警在途，先接", ERR_OK, "" },
	{ "pr", "take", "other", NULL, ERR_REFUSED, "has not signed" },
	{ "pr", "take", "other", "reason=李敏送医", ERR_OK, "" },
	{ "pr", "give", "duty", "unsent=4", ERR_REFUSED, "4 not sent" },
	{ "pr", "give", "duty", "unsent=4\noffline=1\nreason=断网", ERR_OK, "" },
	{ "prg", "take", "other", "unsent=2", ERR_REFUSED, "2 not sent" },
	{ "prg", "take", "other", "unsent=2\nreason=断网", ERR_OK, "" },
	/* items */
	{ "p", "tick", "other", "tick=0198a1b2-0000-7000-8000-0000000000ff", ERR_INPUT, "no such" },
	{ "p", "tick", "other", "tick=nonsense", ERR_INPUT, "no such" },
	{ "p", "remark", "other", "remark=x", ERR_INPUT, "no such" },
	{ "p", "equip", "duty", "gear=钥匙=lost", ERR_INPUT, "good, faulty or missing" },
	{ "p", "equip", "duty", "gear==good", ERR_INPUT, "name" },
	{ "p", "gather", "duty", "item=alarm\tincident", ERR_INPUT, "tabs" },
	{ "p", "gather", "duty", "item=other\tincident\t" CASE_A "\t\t\t\t", ERR_INPUT, "tabs" },
	{ "p", "gather", "duty", "item=alarm\tcase\t" CASE_A "\t\t\t\t", ERR_INPUT, "tabs" },
	{ "p", "gather", "duty", "tally=open\tmany\t\t\t", ERR_INPUT, "tabs" },
};

static struct handover *brought(struct fixture *fx, const char *done)
{
	struct handover *h = NULL;

	for (; *done != '\0'; done++)
		switch (*done) {
		case 'p':
			h = prepared(fx, NULL);
			break;
		case 'r':
			read_all(fx, h);
			break;
		case 'g':
			must(fx, &h, "give", "duty", NULL);
			break;
		case 't':
			must(fx, &h, "take", "other", NULL);
			break;
		default:
			must(fx, &h, "witness", "chief", NULL);
		}
	return h;
}

static void who_may_what_and_when(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(tries); i++) {
		struct fixture fx;
		struct handover *h;
		struct error err = ERROR_INIT;
		enum err code;

		begin(&fx);
		h = brought(&fx, tries[i].done);
		code = act(&fx, &h, tries[i].verb, tries[i].actor, tries[i].args, NULL, &err);
		if (code != tries[i].code || strstr(err.text, tries[i].words) == NULL)
			fail_msg("try %zu, %s by %s: %d \"%s\"", i, tries[i].verb, tries[i].actor,
				 (int)code, err.text);
		fixture_release(&fx);
	}
}

static void what_was_open_stands_there(void **unused)
{
	struct fixture fx;
	struct handover *h;

	(void)unused;
	begin(&fx);
	h = prepared(&fx, NULL);
	must(&fx, &h, "give", "duty", "unsent=4\noffline=1\nreason=断网");
	must(&fx, &h, "take", "other", "reason=火警在途\nunsent=3");
	assert_int_equal(h->unread, 2);
	assert_int_equal(h->unsent, 4);
	assert_true(h->offline);
	assert_string_equal(h->why, "断网\n火警在途");
	assert_string_equal(h->out_by, "李敏");
	assert_string_equal(h->in_by, "陈静");
	fixture_release(&fx);
}

/* ---- half of a night ---- */

static void within_a_shift_one_signature(void **unused)
{
	struct fixture fx;
	struct handover *h = NULL;

	(void)unused;
	begin(&fx);
	fx.now = fixture_time("2026-11-23 01:05");
	must(&fx, &h, "hand_over", "duty", ITEMS "half=1");
	read_all(&fx, h);
	refused(&fx, &h, "give", "duty", NULL, ERR_REFUSED, "signs alone");
	must(&fx, &h, "take", "other", NULL); /* no reason: nobody else has to sign */
	assert_int_equal(handover_state(h), HANDOVER_CLOSED);
	assert_null(h->out_by);
	assert_int_equal(h->third_due, 0);
	refused(&fx, &h, "witness", "duty", NULL, ERR_DENIED, "witnessed by");
	fixture_release(&fx);
}

/* ---- the chain ---- */

static void each_follows_one(void **unused)
{
	struct fixture fx;
	struct handover *first, *second, *third, *fork = NULL;
	struct error err = ERROR_INIT;
	struct more more;
	char args[200], id[UUID_TEXT];

	(void)unused;
	begin(&fx);
	first = taken(&fx, NULL);
	second = taken(&fx, first);
	assert_string_equal(second->chain, first->hash);
	assert_int_equal(handover_chain(second, first), CHAIN_WHOLE);
	assert_int_equal(handover_chain(second, NULL), CHAIN_WHOLE);
	/* its id says what it follows: a second one behind the first is the same one */
	uuid_text(&first->head.id, id);
	snprintf(args, sizeof args, "before=%s", id);
	fork = second;
	more = (struct more){ .before = first };
	assert_int_equal(act(&fx, &fork, "hand_over", "chief", args, &more, &err), ERR_EXISTS);
	/* one that is not taken over yet has no hash to go on from */
	third = prepared(&fx, second);
	assert_int_equal(handover_chain(third, second), CHAIN_NOT_YET);
	uuid_text(&third->head.id, id);
	snprintf(args, sizeof args, "before=%s", id);
	fork = NULL;
	more = (struct more){ .before = third };
	assert_int_equal(act(&fx, &fork, "hand_over", "chief", args, &more, &err), ERR_REFUSED);
	assert_non_null(strstr(err.text, "not taken over yet"));
	/* nor is there one behind what is not there, or behind another desk's */
	fork = NULL;
	more = (struct more){ .before = NULL };
	assert_int_equal(act(&fx, &fork, "hand_over", "chief", args, &more, &err), ERR_NOT_FOUND);
	uuid_text(&second->head.id, id);
	snprintf(args, sizeof args, "before=%s", id);
	more = (struct more){ .before = second };
	fork = NULL;
	assert_int_equal(act(&fx, &fork, "hand_over", "street", args, &more, &err), ERR_INPUT);
	assert_non_null(strstr(err.text, "another desk"));
	/* one left out */
	must(&fx, &third, "take", "other", "reason=无人交班");
	assert_int_equal(handover_chain(third, second), CHAIN_WHOLE);
	assert_int_equal(handover_chain(third, first), CHAIN_BROKEN);
	fixture_release(&fx);
}

static bool is_signed(const char *name)
{
	static const char *const later[] = { "state",	 "open",      "third_by",
					     "third_at", "third_due", "hash" };

	for (size_t i = 0; i < ARRAY_LEN(later); i++)
		if (strcmp(later[i], name) == 0)
			return false;
	return true;
}

/* Changes one field of a thing, as somebody with the data base in hand would. */
static void tamper(const struct field *field, void *thing, struct arena *arena)
{
	struct value value = field_get(field, thing);

	if (field_is_text(field))
		field_set(field, thing,
			  (struct value){ .is_text = true,
					  .text = value.text != NULL ? "anything else" : "x" },
			  arena);
	else
		field_set(field, thing, (struct value){ .num = value.num + 1 }, arena);
}

static void every_signed_field_is_found_changed(void **unused)
{
	struct fixture fx;
	struct handover *h, *copy;
	const struct kind_desc *kind = kind_desc(KIND_HANDOVER);
	size_t n = 0;

	(void)unused;
	begin(&fx);
	h = taken(&fx, taken(&fx, NULL));
	for (size_t f = 0; f < kind->n_fields; f++) {
		const struct field *field = &kind->fields[f];

		copy = entity_copy(h, &fx.arena);
		tamper(field, copy, &fx.arena);
		if (handover_chain(copy, NULL) !=
		    (is_signed(field->name) || strcmp(field->name, "hash") == 0 ? CHAIN_TAMPERED
										: CHAIN_WHOLE))
			fail_msg("%s", field->name);
	}
	for (size_t s = 0; s < kind->n_slots; s++) {
		const struct child_desc *desc = kind->slots[s].desc;

		for (size_t f = 0; f < desc->n_fields && desc->child != CHILD_BEHALF; f++) {
			struct children *children;

			copy = entity_copy(h, &fx.arena);
			children = entity_children(copy, desc);
			assert_true(children->n > 0);
			tamper(&desc->fields[f], children->items, &fx.arena);
			if (handover_chain(copy, NULL) != CHAIN_TAMPERED)
				fail_msg("%s of %s", desc->fields[f].name, desc->name);
			n++;
		}
	}
	assert_true(n > 15);
	/* one taken out; but in another order they are the same */
	copy = entity_copy(h, &fx.arena);
	copy->items.n--;
	assert_int_equal(handover_chain(copy, NULL), CHAIN_TAMPERED);
	copy = entity_copy(h, &fx.arena);
	((struct handed *)copy->items.items)[0] = *handover_item(h, 1);
	((struct handed *)copy->items.items)[1] = *handover_item(h, 0);
	assert_int_equal(handover_chain(copy, NULL), CHAIN_WHOLE);
	fixture_release(&fx);
}

/* A text cannot stand for two: what moves from one field into the next is seen. */
static void a_text_is_not_taken_for_another(void **unused)
{
	struct fixture fx;
	struct handover *h, *copy;
	char a[65], b[65];

	(void)unused;
	begin(&fx);
	h = taken(&fx, NULL);
	copy = entity_copy(h, &fx.arena);
	copy->words = "w\nwhy 1:y";
	copy->why = NULL;
	handover_hash(copy, a);
	copy->words = "w";
	copy->why = "y";
	handover_hash(copy, b);
	assert_string_not_equal(a, b);
	fixture_release(&fx);
}

/* ---- gathering again ---- */

static const struct handed *item_of(const struct handover *handover, const char *sort)
{
	for (size_t i = 0; i < handover->items.n; i++)
		if (strcmp(handover_item(handover, i)->sort, sort) == 0)
			return handover_item(handover, i);
	return NULL;
}

static void ticks_and_remarks_outlive_gathering(void **unused)
{
	struct fixture fx;
	struct handover *h;
	char args[300];

	(void)unused;
	begin(&fx);
	h = prepared(&fx, NULL);
	snprintf(args, sizeof args, "%s\nremark=水务局说七点到", item_id(&fx, h, 0));
	must(&fx, &h, "remark", "duty", args);
	snprintf(args, sizeof args, "%s\nremark=到了", item_id(&fx, h, 0));
	must(&fx, &h, "remark", "other", args);
	assert_string_equal(handover_item(h, 0)->remark, "水务局说七点到 (李敏)\n到了");
	must(&fx, &h, "tick", "other", item_id(&fx, h, 1));
	must(&fx, &h, "gather", "duty",
	     "item=changed\tincident\t" CASE_B "\t20261122-0409\t0\t路面塌陷\t\n"
	     "item=overdue\tincident\t" CASE_B "\t20261122-0409\t0\t路面塌陷\t核查 超时 1:00");
	assert_int_equal(h->items.n, 3); /* the alarm is none any more, but was remarked on */
	assert_string_equal(item_of(h, "overdue")->words, "核查 超时 1:00");
	assert_string_equal(item_of(h, "overdue")->ticked_by, "陈静");
	assert_non_null(item_of(h, "alarm"));
	assert_int_equal(item_of(h, "changed")->ticked_at, 0);
	assert_int_equal(h->ticked, 1);
	assert_int_equal(h->tallies.n, 0);
	snprintf(args, sizeof args, "%s\noff=1", item_id(&fx, h, 1));
	must(&fx, &h, "tick", "duty", args);
	assert_int_equal(h->ticked, 0);
	fixture_release(&fx);
}

/* ---- the witness ---- */

static void witness_by_telephone_and_in_person(void **unused)
{
	struct fixture fx;
	struct handover *h;
	const char *note = NULL;
	struct error err = ERROR_INIT;
	struct more more = { .phone = { .role = "leader", .rung = "王建国" }, .ret_note = &note };
	const struct behalf *record;

	(void)unused;
	begin(&fx);
	fx.rules.countersign = (struct limit){ LIMIT_WORK_DAYS, 1, -1 };
	h = taken(&fx, NULL);
	more.phone.rung = "陈静"; /* has signed himself */
	assert_int_equal(act(&fx, &h, "witness", "other", NULL, &more, &err), ERR_DENIED);
	more.phone.rung = "王建国";
	more.phone.role = "duty";
	assert_int_equal(act(&fx, &h, "witness", "other", NULL, &more, &err), ERR_DENIED);
	more.phone.role = "leader";
	more.phone.rung = NULL;
	assert_int_equal(act(&fx, &h, "witness", "other", NULL, &more, &err), ERR_INPUT);
	more.phone.rung = "王建国";
	assert_int_equal(act(&fx, &h, "witness", "other", NULL, &more, &err), ERR_OK);
	assert_string_equal(h->third_by, "王建国");
	assert_int_equal(h->behalves.n, 1);
	record = h->behalves.items;
	assert_string_equal(record->by, "陈静");
	assert_true(record->due > fx.now);
	/* the one who wrote it down confirms nothing; one of the role does, and that is once
	 * enough */
	assert_int_equal(act(&fx, &h, "witness", "chief", NULL, &more, &err), ERR_OK);
	assert_non_null(note);
	more.phone = (struct by_phone){ 0 };
	assert_int_equal(act(&fx, &h, "witness", "leader", NULL, &more, &err), ERR_OK);
	record = h->behalves.items;
	assert_string_equal(record->signed_by, "郑凯");
	assert_string_equal(h->third_by, "王建国");
	assert_int_equal(act(&fx, &h, "witness", "leader", NULL, &more, &err), ERR_OK);
	assert_non_null(strstr(note, "王建国"));
	assert_int_equal(handover_chain(h, NULL), CHAIN_WHOLE);
	fixture_release(&fx);
}

/* ---- shifts and words ---- */

static const struct {
	const char *at, *mode, *shift, *ends;
	const char *gone; /* the end of the shift that was handed over before; NULL: none */
	int64_t half;
} shifts[] = {
	{ "2026-11-23 08:20", NULL, "night", "2026-11-23 08:30" },
	{ "2026-11-23 09:40", NULL, "night", "2026-11-23 08:30" }, /* late */
	{ "2026-11-23 17:30", NULL, "day", "2026-11-23 17:30" },
	{ "2026-11-23 14:00", NULL, "day", "2026-11-23 17:30" },
	{ "2026-11-23 02:00", NULL, "night", "2026-11-23 08:30" },
	{ "2026-11-23 08:20", "flood", "flood_b", "2026-11-23 08:00" },
	{ "2026-11-23 15:00", "flood", "flood_a", "2026-11-23 16:00" },
	{ "2026-11-23 08:20", "other", "night", "2026-11-23 08:30" },
	{ "2026-11-23 08:31", NULL, "day", "2026-11-23 17:30", "2026-11-23 08:30" },
	{ "2026-11-23 08:20", NULL, "day", "2026-11-23 17:30", "2026-11-23 08:30" },
	{ "2026-11-23 08:31", NULL, "night", "2026-11-23 08:30", "2026-11-23 08:30", 1 },
	{ "2026-11-23 08:31", NULL, "night", "2026-11-23 08:30", "2026-11-22 17:30" },
};

static void the_shift_that_goes(void **unused)
{
	struct fixture fx;

	(void)unused;
	begin(&fx);
	for (size_t i = 0; i < ARRAY_LEN(shifts); i++) {
		int64_t starts = 0, ends = 0;
		struct handover before = { .half = shifts[i].half };
		const struct duty_shift *shift;

		if (shifts[i].gone != NULL)
			before.ends = fixture_time(shifts[i].gone);
		shift = handover_shift(&fx.rules, &plans[0], shifts[i].mode, fixture_time(shifts[i].at),
				       shifts[i].gone != NULL ? &before : NULL, &starts, &ends);

		if (strcmp(shift->code, shifts[i].shift) != 0 || starts >= ends ||
		    ends != fixture_time(shifts[i].ends))
			fail_msg("%s: %s", shifts[i].at, shift->code);
	}
	fixture_release(&fx);
}

static void words_and_back(void **unused)
{
	struct handed item = { .sort = "promise", .kind = "whistle", .about = CASE_A, .number = "W-1",
			       .due = 1763770000000, .title = "回电\t给\n张某", .words = NULL };
	struct tallied tally = { .code = "open", .n = 1284, .list = "incidents", .label = "未办结",
				 .filter = "street:兰陵 | due<2h" };
	struct equipment equipment = { .label = "车钥匙", .found = "missing", .remark = "a=b: c" };
	struct arena arena = ARENA_INIT;
	struct str long_title = STR_INIT;
	struct handed item2;
	struct tallied tally2;
	struct equipment equipment2;

	(void)unused;
	assert_int_equal(handed_parse(handed_words(&item, &arena), &arena, &item2, NULL), ERR_OK);
	assert_string_equal(item2.title, "回电 给 张某");
	assert_string_equal(item2.about, CASE_A);
	assert_true(item2.due == item.due);
	assert_null(item2.words);
	assert_int_equal(tallied_parse(tallied_words(&tally, &arena), &arena, &tally2, NULL), ERR_OK);
	assert_string_equal(tally2.filter, tally.filter);
	assert_int_equal(tally2.n, 1284);
	assert_int_equal(equipment_parse(equipment_words(&equipment, &arena), &arena, &equipment2, NULL),
			 ERR_OK);
	assert_string_equal(equipment2.remark, "a=b: c");
	/* too long: cut when it is written, refused when somebody else wrote it */
	for (int i = 0; i < 300; i++)
		str_add(&long_title, "水");
	item.title = str_get(&long_title);
	assert_int_equal(handed_parse(handed_words(&item, &arena), &arena, &item2, NULL), ERR_OK);
	assert_int_equal(strlen(item2.title), 600);
	assert_int_equal(handed_parse(arena_printf(&arena, "alarm\tincident\t%s\t\t\t%s\t", CASE_A,
						   str_get(&long_title)),
				      &arena, &item2, NULL),
			 ERR_INPUT);
	str_release(&long_title);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_preparing_to_the_witness),
		cmocka_unit_test(who_may_what_and_when),
		cmocka_unit_test(what_was_open_stands_there),
		cmocka_unit_test(within_a_shift_one_signature),
		cmocka_unit_test(each_follows_one),
		cmocka_unit_test(every_signed_field_is_found_changed),
		cmocka_unit_test(a_text_is_not_taken_for_another),
		cmocka_unit_test(ticks_and_remarks_outlive_gathering),
		cmocka_unit_test(witness_by_telephone_and_in_person),
		cmocka_unit_test(the_shift_that_goes),
		cmocka_unit_test(words_and_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
