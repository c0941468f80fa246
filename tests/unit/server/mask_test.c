/* Who gets personal values: readers of each organisation and role, through the life of an incident,
 * by each way on which something is sent.  What a console keeps by the feed alone is what the snapshot
 * would give it. */
#include "server_help.h"

#include "zhiban/server/bulk.h"

static const char phone[] = "13800001111", phone_masked[] = "138****1111";
static const char name[] = "Zhang \"San\"", name_masked[] = "Z**";
static const char street[] = "320402001";

enum { READERS = 6 };

struct reader {
	const char *org, *role, *officer;
	struct desk desk;
	/* A console's copy, by the feed alone: */
	int64_t cursor;
	struct incident *copy;
	struct arena arena;
};
struct life {
	struct world *world;
	struct reader readers[READERS];
	struct uuid id;
	int64_t version;
};

enum { DUTY, AUDITOR, STREET, FIRST, SECOND, OTHER };
static const struct {
	const char *org, *role, *officer;
} who[READERS] = {
	[DUTY] = { "zhongxin", "duty", "Wang" },    [AUDITOR] = { "zhongxin", "auditor", "Gao" },
	[STREET] = { "320402001", "street", "Li" }, [FIRST] = { "chengguan", "dept", "Zhao" },
	[SECOND] = { "shuiwu", "dept", "Qian" },    [OTHER] = { "gongan", "dept", "Sun" },
};

/* --- a life ------------------------------------------------------------------------------------ */

/* The shipped profile, but what is not signed for can be given to another. */
static void adopt_handing_over(struct world *world)
{
	static const char sign[] = "act \"sign\" { who = \"holder\" to = \"handle\" }";
	struct str bundle = STR_INIT, calendar = STR_INIT;
	char *at, *text;

	world_profile(&bundle, &calendar);
	at = strstr(bundle.s, sign);
	assert_non_null(at);
	text = arena_printf(&world->arena, "%.*s act \"assign\" { who = \"centre\" to = \"sign\" }\n%s",
			    (int)(at - bundle.s), bundle.s, at);
	str_release(&bundle);
	str_release(&calendar);
	ask(world, 200, "POST", "/v1/admin/adopt", "reason=test", NULL, text);
}

static void life_begin(struct life *life, struct world *world, size_t origin)
{
	struct desk *desk;
	struct act act;

	*life = (struct life){ .world = world, .version = 1 };
	adopt_handing_over(world);
	for (size_t i = 0; i < READERS; i++) {
		life->readers[i].org = who[i].org;
		life->readers[i].role = who[i].role;
		life->readers[i].desk = enroll(world, who[i].org, who[i].role, who[i].officer);
	}
	desk = &life->readers[origin].desk;
	life->id = new_id(world);
	act = act_begin(world, desk, "register", &life->id, 0);
	act_say(world, &act, "title", "a pipe has burst");
	act_say(world, &act, "phone", phone);
	act_say(world, &act, "reporter", name);
	assert_int_equal(send_act(world, desk, &act).verdict, VERDICT_APPLIED);
}

static void step_by(struct life *life, size_t reader, const char *verb, const char *arg,
		    const char *value)
{
	struct desk *desk = &life->readers[reader].desk;
	struct act act = act_begin(life->world, desk, verb, &life->id, life->version);
	struct act_answer answer;

	if (arg != NULL)
		act_say(life->world, &act, arg, value);
	answer = send_act(life->world, desk, &act);
	if (answer.verdict == VERDICT_REFUSED)
		fail_msg("%s: %s", verb, answer.sentence);
	life->version++;
}

static void life_end(struct life *life)
{
	for (size_t i = 0; i < READERS; i++)
		arena_release(&life->readers[i].arena);
}

/* --- ways -------------------------------------------------------------------------------------- */

enum right { HIDDEN, MASKED, CLEAR };

static enum right right_of(const struct incident *incident)
{
	if (incident == NULL)
		return HIDDEN;
	if (str_eq(incident->phone, phone) && str_eq(incident->reporter, name))
		return CLEAR;
	if (!str_eq(incident->phone, phone_masked) || !str_eq(incident->reporter, name_masked))
		fail_msg("phone %s, reporter %s", incident->phone, incident->reporter);
	return MASKED;
}

static enum right by_entity(struct life *life, struct reader *reader)
{
	struct world *world = life->world;
	char path[80] = "/v1/entities/";
	struct request request;
	struct reply reply;
	struct answer_head head;
	void *entity = NULL;

	uuid_text(&life->id, path + strlen(path));
	request_make(world, &request, "GET", path, NULL, reader->desk.token, NULL);
	reply_init(&reply);
	assert_int_equal(service_handle(world->service, &request, &reply), SERVICE_DONE);
	if (reply.status == 200)
		OK(entity_answer_decode(reply.body.s, reply.body.len, &world->arena, &head, &entity,
					NULL));
	else
		assert_int_equal(reply.status, 404);
	reply_release(&reply);
	return right_of(entity);
}

static enum right by_snapshot(struct life *life, struct reader *reader)
{
	struct world *world = life->world;
	const char *body = ask(world, 200, "GET", "/v1/snapshot", NULL, reader->desk.token, NULL);

	for (const char *line = body; *line != '\0'; line += strcspn(line, "\n") + 1) {
		struct snapshot_line item;

		OK(snapshot_line_decode(line, strcspn(line, "\n"), &world->arena, &item, NULL));
		if (item.kind == SNAPSHOT_ENTITY &&
		    uuid_eq(&((struct entity *)item.entity)->id, &life->id))
			return right_of(item.entity);
	}
	return HIDDEN;
}

/* The arguments of acts are masked for everybody. */
static void check_args(const struct act *act)
{
	const char *given = act_text(act, "phone");

	assert_true(given == NULL || mask_is(given));
	given = act_text(act, "reporter");
	assert_true(given == NULL || mask_is(given));
}

static void take_item(struct life *life, struct reader *reader, const struct feed_item *item)
{
	if (item->kind == FEED_WHOLE &&
	    uuid_eq(&((struct entity *)item->entity)->id, &life->id)) {
		reader->copy = entity_copy(item->entity, &reader->arena);
		return;
	}
	if (item->kind != FEED_ENTRY)
		return;
	check_args(&item->entry.act);
	for (size_t i = 0; i < item->entry.n_effects; i++) {
		const struct effect *effect = &item->entry.effects[i];

		if (!uuid_eq(&effect->id, &life->id))
			continue;
		if (reader->copy == NULL)
			reader->copy = entity_new(KIND_INCIDENT, &life->id, &reader->arena);
		if (effect->to > reader->copy->head.version)
			OK(evolve(reader->copy, effect, item->entry.seq, &reader->arena, NULL));
	}
}

/* A console that reads on from where it was; `max` makes the pages small. */
static enum right by_feed(struct life *life, struct reader *reader)
{
	struct feed_answer page;

	do {
		page = feed_of(life->world, &reader->desk, reader->cursor, "&max=1024");
		for (size_t i = 0; i < page.n; i++)
			take_item(life, reader, &page.items[i]);
		reader->cursor = page.next;
	} while (page.next < page.head_seq);
	return right_of(reader->copy);
}

static enum right by_feed_anew(struct life *life, struct reader *reader)
{
	struct reader fresh = { .desk = reader->desk };
	enum right right = by_feed(life, &fresh);

	arena_release(&fresh.arena);
	return right;
}

/* Whether the values are anywhere in the bytes. */
static bool tells(const char *body)
{
	return strstr(body, phone) != NULL || strstr(body, "Zhang") != NULL;
}

static enum right by_timeline(struct life *life, struct reader *reader)
{
	struct world *world = life->world;
	char query[80] = "entity=";
	struct request request;
	struct reply reply;
	struct timeline_answer answer = { .n = 0 };
	enum right right = HIDDEN;

	uuid_text(&life->id, query + strlen(query));
	request_make(world, &request, "GET", "/v1/timeline", query, reader->desk.token, NULL);
	reply_init(&reply);
	assert_int_equal(service_handle(world->service, &request, &reply), SERVICE_DONE);
	if (reply.status == 200) {
		OK(timeline_answer_decode(reply.body.s, reply.body.len, &world->arena, &answer,
					  NULL));
		assert_true(answer.n > 0);
		right = tells(reply.body.s) ? CLEAR : MASKED;
	}
	for (size_t i = 0; i < answer.n; i++)
		check_args(&answer.entries[i].act);
	reply_release(&reply);
	return right;
}

/* An act that no step allows: the refusal comes with the state. */
static enum right by_refusal(struct life *life, struct reader *reader)
{
	struct act act = act_begin(life->world, &reader->desk, "archive", &life->id, life->version);
	const char *body = acts_body(life->world, &reader->desk, &act, 1);
	enum right rights[2];

	for (size_t again = 0; again < 2; again++) { /* the second time it is the stored one */
		struct acts_answer answer = answers_from(
			life->world, ask(life->world, 200, "POST", "/v1/acts", NULL,
					 reader->desk.token, body));

		assert_int_equal(answer.items[0].verdict, VERDICT_REFUSED);
		rights[again] = right_of(answer.items[0].state);
	}
	reader->desk.n++;
	assert_int_equal(rights[0], rights[1]);
	return rights[0];
}

static const struct {
	const char *name;
	enum right (*look)(struct life *life, struct reader *reader);
} ways[] = {
	{ "entity", by_entity },	   { "snapshot", by_snapshot }, { "feed", by_feed },
	{ "feed anew", by_feed_anew }, { "timeline", by_timeline }, { "refusal", by_refusal },
};

static void expect(struct life *life, const char *stage, const enum right rights[READERS])
{
	for (size_t r = 0; r < READERS; r++)
		for (size_t w = 0; w < ARRAY_LEN(ways); w++) {
			enum right got = ways[w].look(life, &life->readers[r]);

			if (got != rights[r])
				fail_msg("%s: %s of %s by %s: %d, not %d", stage,
					 life->readers[r].role, life->readers[r].org,
					 ways[w].name, (int)got, (int)rights[r]);
		}
}

/* --- tables ------------------------------------------------------------------------------------ */

#define RIGHTS(...) (const enum right[READERS]){ __VA_ARGS__ }

static void test_from_centre(void **state)
{
	struct life life;

	life_begin(&life, *state, DUTY);
	/*				duty	admin	street	first	second	other */
	expect(&life, "new", RIGHTS(CLEAR, MASKED, HIDDEN, HIDDEN, HIDDEN, HIDDEN));
	step_by(&life, DUTY, "accept", NULL, NULL);
	expect(&life, "accepted", RIGHTS(CLEAR, MASKED, HIDDEN, HIDDEN, HIDDEN, HIDDEN));
	step_by(&life, DUTY, "assign", "holder", "chengguan");
	expect(&life, "assigned", RIGHTS(MASKED, MASKED, HIDDEN, CLEAR, HIDDEN, HIDDEN));
	step_by(&life, DUTY, "assign", "holder", "shuiwu");
	expect(&life, "handed over", RIGHTS(MASKED, MASKED, HIDDEN, MASKED, CLEAR, HIDDEN));
	step_by(&life, SECOND, "sign", NULL, NULL);
	step_by(&life, SECOND, "handle", "result", "mended");
	step_by(&life, DUTY, "verify_ok", NULL, NULL);
	expect(&life, "verified", RIGHTS(MASKED, MASKED, HIDDEN, MASKED, CLEAR, HIDDEN));
	step_by(&life, DUTY, "close", NULL, NULL);
	/* archiving is allowed now: no refusal to look at */
	assert_int_equal(by_feed(&life, &life.readers[SECOND]), MASKED);
	assert_int_equal(by_feed_anew(&life, &life.readers[SECOND]), MASKED);
	assert_int_equal(by_entity(&life, &life.readers[SECOND]), MASKED);
	assert_int_equal(by_snapshot(&life, &life.readers[SECOND]), MASKED);
	assert_int_equal(by_timeline(&life, &life.readers[SECOND]), MASKED);
	assert_int_equal(by_feed(&life, &life.readers[DUTY]), MASKED);
	assert_int_equal(by_feed(&life, &life.readers[AUDITOR]), MASKED);
	life_end(&life);
}

static void test_from_street(void **state)
{
	struct life life;

	life_begin(&life, *state, STREET);
	expect(&life, "new", RIGHTS(MASKED, MASKED, CLEAR, HIDDEN, HIDDEN, HIDDEN));
	step_by(&life, DUTY, "accept", NULL, NULL);
	step_by(&life, DUTY, "assign", "holder", "chengguan");
	expect(&life, "assigned", RIGHTS(MASKED, MASKED, MASKED, CLEAR, HIDDEN, HIDDEN));
	step_by(&life, DUTY, "assign", "holder", street);
	expect(&life, "back", RIGHTS(MASKED, MASKED, CLEAR, MASKED, HIDDEN, HIDDEN));
	life_end(&life);
}

/* Corrected while somebody else holds it: the value goes to who may hold it, masked to the others;
 * one that is emptied is gone for all. */
static void test_fix(void **state)
{
	struct life life;
	struct reader *duty, *first;
	struct desk *desk;
	struct act act;

	life_begin(&life, *state, DUTY);
	duty = &life.readers[DUTY];
	first = &life.readers[FIRST];
	step_by(&life, DUTY, "accept", NULL, NULL);
	step_by(&life, DUTY, "assign", "holder", "chengguan");
	by_feed(&life, duty);
	by_feed(&life, first);
	step_by(&life, FIRST, "fix", "phone", "13900002222");
	desk = &duty->desk;
	assert_null(strstr(ask(life.world, 200, "GET", "/v1/feed", "since=0", desk->token, NULL),
			   "13900002222"));
	assert_non_null(strstr(ask(life.world, 200, "GET", "/v1/feed", "since=0",
				   first->desk.token, NULL),
			       "13900002222"));

	/* nobody can give the mask for the value */
	act = act_begin(life.world, desk, "fix", &life.id, life.version);
	act_say(life.world, &act, "phone", "139****2222");
	assert_int_equal(send_act(life.world, desk, &act).verdict, VERDICT_REFUSED);
	act = act_begin(life.world, desk, "fix", &life.id, life.version);
	act_say(life.world, &act, "reporter", "Z**");
	assert_int_equal(send_act(life.world, desk, &act).verdict, VERDICT_REFUSED);

	act = act_begin(life.world, desk, "fix", &life.id, life.version);
	act_give(&act, act_arg_field(act.desc, "phone"), (struct value){ .is_text = true },
		 &life.world->arena);
	assert_int_equal(send_act(life.world, desk, &act).verdict, VERDICT_APPLIED);
	for (int i = 0; i < 2; i++) {
		struct reader *reader = i == 0 ? duty : first;
		struct feed_answer page = feed_of(life.world, &reader->desk, reader->cursor, "");

		for (size_t k = 0; k < page.n; k++)
			take_item(&life, reader, &page.items[k]);
		assert_null(reader->copy->phone);
		assert_string_equal(reader->copy->reporter, i == 0 ? name_masked : name);
	}
	life_end(&life);
}

/* With the hash of the clear bytes beside it a masked digit could be guessed and tried. */
static void test_no_hash(void **state)
{
	static const uint8_t none[SHA256_LEN];
	struct life life;
	char query[80] = "entity=";

	life_begin(&life, *state, STREET);
	uuid_text(&life.id, query + strlen(query));
	for (size_t r = DUTY; r <= AUDITOR; r++) {
		const struct desk *desk = &life.readers[r].desk;
		struct feed_answer page = feed_of(life.world, desk, 0, "");
		const char *body = ask(life.world, 200, "GET", "/v1/timeline", query, desk->token,
				       NULL);
		struct timeline_answer lines;

		OK(timeline_answer_decode(body, strlen(body), &life.world->arena, &lines, NULL));
		assert_true(page.n > 0 && lines.n > 0);
		for (size_t i = 0; i < page.n; i++)
			assert_true(page.items[i].kind != FEED_ENTRY ||
				    memcmp(page.items[i].entry.hash, none, SHA256_LEN) == 0);
		for (size_t i = 0; i < lines.n; i++)
			assert_memory_equal(lines.entries[i].hash, none, SHA256_LEN);
	}
	life_end(&life);
}

/* The right to a stored refusal is that of the moment it is asked for again. */
static void test_refusal_again(void **state)
{
	struct life life;
	struct desk *first;
	struct acts_answer answer;
	struct act act;
	const char *body;

	life_begin(&life, *state, DUTY);
	first = &life.readers[FIRST].desk;
	step_by(&life, DUTY, "accept", NULL, NULL);
	step_by(&life, DUTY, "assign", "holder", "chengguan");
	act = act_begin(life.world, first, "archive", &life.id, life.version);
	body = acts_body(life.world, first, &act, 1);
	answer = answers_from(life.world,
			      ask(life.world, 200, "POST", "/v1/acts", NULL, first->token, body));
	assert_int_equal(right_of(answer.items[0].state), CLEAR);
	step_by(&life, DUTY, "assign", "holder", "shuiwu");
	answer = answers_from(life.world,
			      ask(life.world, 200, "POST", "/v1/acts", NULL, first->token, body));
	assert_int_equal(right_of(answer.items[0].state), MASKED);
	life_end(&life);
}

/* History: closed, of the centre; nobody gets it. */
static void test_imported(void **state)
{
	struct world *world = *state;
	struct desk nobody = { .officer = "system", .org = "zhongxin", .role = "system", .n = -1 };
	struct desk duty = enroll(world, "zhongxin", "duty", "Wang");
	struct desk auditor = enroll(world, "zhongxin", "auditor", "Gao");
	struct bulk_result results[2];
	struct act acts[2];

	for (int i = 0; i < 2; i++) {
		struct uuid id = uuid_named(i == 0 ? "closed" : "open");

		acts[i] = act_begin(world, &nobody, "register", &id, 0);
		act_say(world, &acts[i], "title", "history");
		act_say(world, &acts[i], "source", "12345");
		act_say(world, &acts[i], "src_no", i == 0 ? "A1" : "A2");
		act_say(world, &acts[i], "phone", i == 0 ? "13700003333" : "13700004444");
		act_give(&acts[i], act_arg_field(acts[i].desc, "historic"),
			 (struct value){ .num = 1 }, &world->arena);
		if (i == 0)
			act_give(&acts[i], act_arg_field(acts[i].desc, "closed_at"),
				 (struct value){ .num = 1600000000000 }, &world->arena);
	}
	OK(service_bulk(world->service, acts, NULL, 2, results, NULL));
	assert_int_equal(results[0].code, ERR_OK);
	assert_int_equal(results[1].code, ERR_OK);
	for (int way = 0; way < 2; way++) {
		const char *path = way == 0 ? "/v1/feed" : "/v1/snapshot";
		const char *query = way == 0 ? "since=0" : NULL;
		const char *body = ask(world, 200, "GET", path, query, duty.token, NULL);

		assert_null(strstr(body, "13700003333"));
		assert_non_null(strstr(body, "137****3333"));
		body = ask(world, 200, "GET", path, query, auditor.token, NULL);
		assert_null(strstr(body, "13700003333"));
		assert_non_null(strstr(body, "137****3333"));
	}
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_##name, world_make, world_free)
	const struct CMUnitTest tests[] = {
		T(from_centre), T(from_street), T(fix), T(no_hash), T(refusal_again), T(imported),
	};

	return cmocka_run_group_tests_name("server mask", tests, NULL, NULL);
}
