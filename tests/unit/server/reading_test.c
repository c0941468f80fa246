/* What consoles read: feed, snapshot, timeline, digest, parking; against an oracle that folds the
 * journal and computes who sees what on its own. */
#include "server_help.h"

#include "zhiban/domain/party.h"
#include "zhiban/wire/entry.h"

/* --- the oracle ------------------------------------------------------------------------------ */

enum { THINGS_MAX = 400, SEERS = 24 };

struct thing { /* an entity as the journal says */
	struct uuid id;
	void *entity;
	char seers[SEERS][24];
	size_t n_seers;
};
struct oracle {
	struct arena arena;
	const struct rules *rules;
	struct thing things[THINGS_MAX];
	size_t n;
};

static struct thing *thing_of(struct oracle *oracle, enum kind kind, const struct uuid *id)
{
	for (size_t i = 0; i < oracle->n; i++)
		if (uuid_eq(&oracle->things[i].id, id))
			return &oracle->things[i];
	assert_true(oracle->n < THINGS_MAX);
	oracle->things[oracle->n].id = *id;
	oracle->things[oracle->n].entity = entity_new(kind, id, &oracle->arena);
	return &oracle->things[oracle->n++];
}

static bool sees(const struct thing *thing, const char *org)
{
	for (size_t i = 0; i < thing->n_seers; i++)
		if (strcmp(thing->seers[i], org) == 0)
			return true;
	return false;
}

static bool oracle_each(void *ctx, const struct db_entry *row)
{
	struct oracle *oracle = ctx;
	struct entry entry;

	OK(entry_decode(row->bytes, row->len, &oracle->arena, &entry, NULL));
	for (size_t i = 0; i < entry.n_effects; i++) {
		const struct effect *effect = &entry.effects[i];
		struct thing *thing = thing_of(oracle, effect->kind, &effect->id);
		const char *codes[PARTY_MAX];
		size_t n;

		OK(evolve(thing->entity, effect, row->seq, &oracle->arena, NULL));
		n = party_of(oracle->rules, thing->entity, codes);
		for (size_t k = 0; k < n; k++)
			if (!sees(thing, codes[k])) {
				assert_true(thing->n_seers < SEERS);
				snprintf(thing->seers[thing->n_seers++], 24, "%s", codes[k]);
			}
	}
	return true;
}

static struct oracle *oracle_make(struct world *world)
{
	struct oracle *oracle = mem_alloc(sizeof *oracle);
	struct rulebook *book = service_rules(world->service, &oracle->rules);
	struct db *db;

	OK(data_ops()->open(world->data, 0, &db, NULL));
	OK(data_ops()->journal_scan(db, 0, oracle_each, oracle, NULL));
	data_ops()->close(db);
	service_rules_done(world->service, book); /* the service keeps the same rules in force */
	return oracle;
}

static void oracle_free(struct oracle *oracle)
{
	arena_release(&oracle->arena);
	free(oracle);
}

/* --- a reader's cache ------------------------------------------------------------------------ */

struct cached {
	struct uuid id;
	void *entity;
};
struct cache {
	struct cached items[THINGS_MAX];
	size_t n;
	int64_t cursor, last_seq;
	size_t acks;
};

static struct cached *cached_of(struct cache *cache, const struct uuid *id)
{
	for (size_t i = 0; i < cache->n; i++)
		if (uuid_eq(&cache->items[i].id, id))
			return &cache->items[i];
	return NULL;
}

static void take_whole(struct cache *cache, void *entity)
{
	const struct entity *head = entity;
	struct cached *there = cached_of(cache, &head->id);

	if (there == NULL) {
		assert_true(cache->n < THINGS_MAX);
		there = &cache->items[cache->n++];
		there->id = head->id;
	} else if (((struct entity *)there->entity)->version >= head->version) {
		return;
	}
	there->entity = entity;
}

static void take_entry(struct world *world, struct cache *cache, const struct entry *entry)
{
	assert_true(entry->seq >= cache->last_seq); /* in order */
	cache->last_seq = entry->seq;
	for (size_t i = 0; i < entry->n_effects; i++) {
		const struct effect *effect = &entry->effects[i];
		struct cached *there = cached_of(cache, &effect->id);

		if (there == NULL) { /* a reader never gets an entry of what it does not have */
			assert_int_equal(effect->from, 0);
			take_whole(cache, entity_new(effect->kind, &effect->id, &world->arena));
			there = cached_of(cache, &effect->id);
		}
		if (((struct entity *)there->entity)->version < effect->to)
			OK(evolve(there->entity, effect, entry->seq, &world->arena, NULL));
	}
}

static void read_feed(struct world *world, const struct desk *desk, struct cache *cache,
		      const char *more)
{
	for (;;) {
		struct feed_answer page = feed_of(world, desk, cache->cursor, more);

		for (size_t i = 0; i < page.n; i++) {
			if (page.items[i].kind == FEED_ENTRY)
				take_entry(world, cache, &page.items[i].entry);
			else if (page.items[i].kind == FEED_WHOLE)
				take_whole(cache, page.items[i].entity);
			else if (page.items[i].kind == FEED_ACK)
				cache->acks++;
		}
		assert_true(page.next >= cache->cursor);
		if (page.next == cache->cursor && page.n == 0) {
			assert_int_equal(page.next, page.head_seq);
			return;
		}
		cache->cursor = page.next;
	}
}

static void expect_same(const struct oracle *oracle, const struct cache *cache, const char *org)
{
	size_t visible = 0;

	for (size_t i = 0; i < oracle->n; i++) {
		const struct thing *thing = &oracle->things[i];
		struct cached *there = cached_of((struct cache *)(uintptr_t)cache, &thing->id);
		struct str a = STR_INIT, b = STR_INIT;

		if (((struct entity *)thing->entity)->kind == KIND_PROFILE)
			assert_non_null(there); /* everybody's */
		else if (!sees(thing, org))
			assert_null(there);
		visible += there != NULL;
		if (there == NULL)
			continue;
		entity_encode(thing->entity, &a);
		entity_encode(there->entity, &b);
		assert_string_equal(a.s, b.s);
		str_release(&a);
		str_release(&b);
	}
	assert_int_equal(visible, cache->n);
}

/* --- a busy morning -------------------------------------------------------------------------- */

struct crew {
	struct desk duty, chief, city, water, street;
	struct uuid ids[64]; /* of the latest morning */
};

static struct crew crew_make(struct world *world)
{
	return (struct crew){
		.duty = enroll(world, "zhongxin", "duty", "Wang"),
		.chief = enroll(world, "zhongxin", "chief", "Li"),
		.city = enroll(world, "chengguan", "dept", "Zhao"),
		.water = enroll(world, "shuiwu", "dept", "Qian"),
		.street = enroll(world, "gongan", "dept", "Sun"),
	};
}

static void morning(struct world *world, struct crew *crew, int rounds)
{
	static const char *const holders[] = { "chengguan", "shuiwu", "gongan", "zhujian" };
	struct uuid *ids = crew->ids;

	assert_true(rounds <= 64);
	for (int i = 0; i < rounds; i++) {
		struct desk *maker = i % 5 == 0 ? &crew->city : &crew->duty;

		world->clock.now += 1000;
		ids[i] = new_id(world);
		register_one(world, maker, &ids[i], "something happened");
		if (i % 3 != 0)
			plain_act(world, &crew->duty, "accept", &ids[i], 1);
		if (i % 3 == 2) {
			assign_to(world, &crew->chief, &ids[i], 2, holders[i % 4]);
			note_on(world, &crew->chief, &ids[i], "rung, nobody answers");
		}
		if (i > 4)
			note_on(world, &crew->duty, &ids[i - 4], "a late word");
		if (i % 7 == 6)
			note_on(world, &crew->water, &ids[i - 1], "is it ours?");
	}
	for (int i = 0; i < rounds; i += 6) /* those nobody has taken yet */
		close_one(world, &crew->duty, &crew->city, &ids[i]);
}

static void test_feed_is_the_fold(void **state)
{
	static const char *const pages[] = { "", "&max=1024", "&max=3000" };
	struct world *world = *state;
	struct crew crew = crew_make(world);
	const struct desk *readers[] = { &crew.duty, &crew.city, &crew.water, &crew.street };
	struct oracle *oracle;

	morning(world, &crew, 40);
	oracle = oracle_make(world);
	for (size_t i = 0; i < ARRAY_LEN(readers); i++)
		for (size_t k = 0; k < ARRAY_LEN(pages); k++) {
			struct cache *cache = mem_alloc(sizeof *cache);

			read_feed(world, readers[i], cache, pages[k]);
			expect_same(oracle, cache, readers[i]->org);
			free(cache);
		}
	oracle_free(oracle);
}

/* Reading while things happen gives the same as reading afterwards. */
static void test_feed_in_between(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct cache *cache = mem_alloc(sizeof *cache);
	struct oracle *oracle;

	for (int i = 0; i < 6; i++) {
		morning(world, &crew, 9);
		read_feed(world, &crew.water, cache, "&max=2000");
	}
	world_restart(world);
	read_feed(world, &crew.water, cache, "");
	oracle = oracle_make(world);
	expect_same(oracle, cache, "shuiwu");
	assert_true(cache->acks > 0);
	oracle_free(oracle);
	free(cache);
}

static void test_ack_beside_entry(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	struct uuid id = new_id(world);
	int64_t before = feed_of(world, &desk, 0, "").head_seq;
	struct act_answer answer = register_one(world, &desk, &id, "mine");
	struct feed_answer page = feed_of(world, &desk, before, "");

	assert_int_equal(page.n, 2);
	assert_int_equal(page.items[0].kind, FEED_ENTRY);
	assert_int_equal(page.items[1].kind, FEED_ACK);
	assert_true(uuid_eq(&page.items[1].answer.id, &answer.id));
	assert_int_equal(page.items[1].answer.seq, answer.seq);
	assert_int_equal(page.next, answer.seq);
}

static void test_cursor_errors(void **state)
{
	struct world *world = *state;
	struct desk desk;
	struct uuid id;
	char query[100];

	world->gone_after = 20;
	world_restart(world);
	desk = enroll(world, "zhongxin", "duty", "Wang");
	id = new_id(world);
	expect_error(world, ask(world, 409, "GET", "/v1/feed", "since=999", desk.token, NULL),
		     ERR_EPOCH);
	expect_error(world,
		     ask(world, 409, "GET", "/v1/feed",
			 "since=0&epoch=00000000000000000000000000000000", desk.token, NULL),
		     ERR_EPOCH);
	ask(world, 400, "GET", "/v1/feed", "since=-1", desk.token, NULL);
	ask(world, 400, "GET", "/v1/feed", "since=x", desk.token, NULL);
	register_one(world, &desk, &id, "much ado");
	for (int i = 0; i < 20; i++)
		note_on(world, &desk, &id, "more");
	expect_error(world, ask(world, 410, "GET", "/v1/feed", "since=0", desk.token, NULL),
		     ERR_GONE);
	snprintf(query, sizeof query, "since=%d", 10);
	ask(world, 200, "GET", "/v1/feed", query, desk.token, NULL);
}

/* --- snapshots ------------------------------------------------------------------------------- */

struct shot {
	struct world *world;
	struct cache *cache;
	int64_t first_seq, total;
	size_t pages;
	int last_class; /* people, open, closed: never back */
	bool end;
	const char *next;
};

static enum err shot_line(void *ctx, const char *line, size_t len, struct error *err)
{
	struct shot *shot = ctx;
	struct snapshot_line item;
	const struct entity *head;
	int class;

	OK(snapshot_line_decode(line, len, &shot->world->arena, &item, err));
	switch (item.kind) {
	case SNAPSHOT_HEAD:
		if (shot->pages++ == 0)
			shot->first_seq = item.seq;
		shot->total = item.total;
		break;
	case SNAPSHOT_ENTITY:
		head = item.entity;
		class = head->kind != KIND_INCIDENT                 ? 0
			: ((struct incident *)item.entity)->open ? 1
								 : 2;
		assert_true(class >= shot->last_class);
		shot->last_class = class;
		take_whole(shot->cache, item.entity);
		break;
	case SNAPSHOT_NEXT:
		shot->next = item.next;
		break;
	case SNAPSHOT_END:
		shot->end = true;
		break;
	case SNAPSHOT_UNKNOWN:
		fail();
	}
	return ERR_OK;
}

static void read_snapshot(struct world *world, const struct desk *desk, struct shot *shot,
			  const char *max, struct crew *busy)
{
	while (!shot->end) {
		struct line_cutter cutter;
		char query[200];
		const char *body;

		snprintf(query, sizeof query, "max=%s%s%s", max, shot->next != NULL ? "&after=" : "",
			 shot->next != NULL ? shot->next : "");
		body = ask(world, 200, "GET", "/v1/snapshot", query, desk->token, NULL);
		lines_init(&cutter);
		OK(lines_push(&cutter, body, strlen(body), shot_line, shot, NULL));
		OK(lines_end(&cutter, shot_line, shot, NULL));
		lines_release(&cutter);
		if (busy != NULL) {
			morning(world, busy, 3);
			world_restart(world);
		}
	}
}

static void test_snapshot(void **state)
{
	static const char *const sizes[] = { "1024", "5000", "1000000" };
	struct world *world = *state;
	struct crew crew = crew_make(world);
	const struct desk *readers[] = { &crew.duty, &crew.city, &crew.street };
	struct oracle *oracle;

	morning(world, &crew, 30);
	oracle = oracle_make(world);
	for (size_t i = 0; i < ARRAY_LEN(readers); i++)
		for (size_t k = 0; k < ARRAY_LEN(sizes); k++) {
			struct cache *cache = mem_alloc(sizeof *cache);
			struct shot shot = { .world = world, .cache = cache };

			read_snapshot(world, readers[i], &shot, sizes[k], NULL);
			expect_same(oracle, cache, readers[i]->org);
			assert_int_equal(shot.total, (int64_t)cache->n);
			assert_true(k > 0 || shot.pages > 3);
			free(cache);
		}
	oracle_free(oracle);
}

/* Pages taken while the world moves on, the server restarted between them, then the feed. */
static void test_snapshot_then_feed(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct cache *cache = mem_alloc(sizeof *cache);
	struct shot shot = { .world = world, .cache = cache };
	struct oracle *oracle;

	morning(world, &crew, 12);
	read_snapshot(world, &crew.city, &shot, "6000", &crew);
	cache->cursor = shot.first_seq;
	read_feed(world, &crew.city, cache, "");
	oracle = oracle_make(world);
	expect_same(oracle, cache, "chengguan");
	oracle_free(oracle);
	free(cache);
	ask(world, 400, "GET", "/v1/snapshot", "after=1.2", crew.city.token, NULL);
	ask(world, 400, "GET", "/v1/snapshot", "after=1.2.3.4", crew.city.token, NULL);
	ask(world, 400, "GET", "/v1/snapshot", "after=1.x.3", crew.city.token, NULL);
}

/* --- entities, timelines, digests ---------------------------------------------------------------- */

static void test_entity_and_timeline(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct uuid id = new_id(world);
	char path[80], query[120], text[UUID_TEXT];
	const char *body;
	struct timeline_answer answer;
	struct answer_head head;
	void *entity;

	register_one(world, &crew.duty, &id, "watched");
	plain_act(world, &crew.duty, "accept", &id, 1);
	uuid_text(&id, text);
	snprintf(path, sizeof path, "/v1/entities/%s", text);
	snprintf(query, sizeof query, "entity=%s", text);
	ask(world, 404, "GET", path, NULL, crew.city.token, NULL);
	ask(world, 404, "GET", "/v1/timeline", query, crew.city.token, NULL);
	assign_to(world, &crew.duty, &id, 2, "chengguan");
	body = ask(world, 200, "GET", path, NULL, crew.city.token, NULL);
	OK(entity_answer_decode(body, strlen(body), &world->arena, &head, &entity, NULL));
	assert_string_equal(((struct incident *)entity)->holder, "chengguan");
	body = ask(world, 200, "GET", "/v1/timeline", query, crew.city.token, NULL);
	OK(timeline_answer_decode(body, strlen(body), &world->arena, &answer, NULL));
	assert_int_equal(answer.n, 3);
	assert_true(answer.end);
	assert_string_equal(answer.entries[2].act.desc->verb, "assign");
	ask(world, 404, "GET", path, NULL, crew.water.token, NULL);
}

static struct digest_answer digest_of(struct world *world, const struct desk *desk,
				      const char *query)
{
	const char *body = ask(world, 200, "GET", "/v1/digest", query, desk->token, NULL);
	struct digest_answer answer;

	OK(digest_answer_decode(body, strlen(body), &world->arena, &answer, NULL));
	return answer;
}

static void test_digest(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct digest_answer before, later, then;
	char query[60];

	morning(world, &crew, 15);
	before = digest_of(world, &crew.duty, NULL);
	for (int i = 14; i >= 0; i--) /* moved on, latest first, some twice */
		note_on(world, &crew.duty, &crew.ids[i % 11], "since then");
	morning(world, &crew, 8);
	later = digest_of(world, &crew.duty, NULL);
	assert_true(later.seq > before.seq);
	assert_memory_not_equal(later.buckets, before.buckets, sizeof later.buckets);
	snprintf(query, sizeof query, "at=%lld", (long long)before.seq);
	then = digest_of(world, &crew.duty, query);
	assert_int_equal(then.seq, before.seq);
	assert_memory_equal(then.buckets, before.buckets, sizeof then.buckets);
	later = digest_of(world, &crew.water, query);
	assert_memory_not_equal(later.buckets, before.buckets, sizeof later.buckets);
}

static int pair_cmp(const void *a, const void *b)
{
	return uuid_cmp(&((const struct digest_pair *)a)->id, &((const struct digest_pair *)b)->id);
}

/* Of the same moment as the hashes, whatever has come since. */
static void expect_pairs(struct world *world, const struct desk *desk, int64_t at, unsigned bucket,
			 const struct digest_pair *pairs, size_t n)
{
	struct digest_pairs_answer answer;
	char query[60];
	const char *body;

	snprintf(query, sizeof query, "at=%lld&bucket=%u", (long long)at, bucket);
	body = ask(world, 200, "GET", "/v1/digest", query, desk->token, NULL);
	OK(digest_pairs_answer_decode(body, strlen(body), &world->arena, &answer, NULL));
	assert_int_equal(answer.seq, at);
	assert_int_equal(answer.pairs.n, n);
	for (size_t i = 0; i < n; i++)
		assert_true(uuid_eq(&answer.pairs.items[i].id, &pairs[i].id) &&
			    answer.pairs.items[i].version == pairs[i].version);
}

/* The digest is that of the cache a reader would have. */
static void test_digest_of_cache(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct cache *cache = mem_alloc(sizeof *cache);
	struct digest_answer answer;

	morning(world, &crew, 25);
	read_feed(world, &crew.city, cache, "");
	answer = digest_of(world, &crew.city, NULL);
	morning(world, &crew, 3);
	for (unsigned bucket = 0; bucket < DIGEST_BUCKETS; bucket++) {
		struct digest_pair pairs[THINGS_MAX];
		size_t n = 0;

		for (size_t i = 0; i < cache->n; i++)
			if (digest_bucket(&cache->items[i].id) == bucket)
				pairs[n++] = (struct digest_pair){
					cache->items[i].id,
					((struct entity *)cache->items[i].entity)->version
				};
		qsort(pairs, n, sizeof *pairs, pair_cmp);
		assert_true(digest_hash(pairs, n) == answer.buckets[bucket]);
		expect_pairs(world, &crew.city, answer.seq, bucket, pairs, n);
	}
	ask(world, 400, "GET", "/v1/digest", "bucket=64", crew.city.token, NULL);
	ask(world, 400, "GET", "/v1/digest", "bucket=-1", crew.city.token, NULL);
	free(cache);
}

static void test_profile_texts(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	const char *body = ask(world, 200, "GET", "/v1/session", NULL, desk.token, NULL);
	struct session_answer session;
	char path[120], hash[SHA256_HEX];

	OK(session_answer_decode(body, strlen(body), &world->arena, &session, NULL));
	snprintf(path, sizeof path, "/v1/profile/%s", session.profile);
	body = ask(world, 200, "GET", path, NULL, desk.token, NULL);
	bundle_hash(body, strlen(body), hash);
	assert_string_equal(hash, session.profile);
	snprintf(path, sizeof path, "/v1/calendar/%s", session.calendar);
	ask(world, 200, "GET", path, NULL, desk.token, NULL);
	ask(world, 404, "GET", "/v1/profile/00", NULL, desk.token, NULL);
}

/* --- parking --------------------------------------------------------------------------------- */

struct parked {
	struct request request;
	struct reply reply;
};

static void park(struct world *world, struct parked *parked, const struct desk *desk, int64_t since)
{
	char query[80];

	snprintf(query, sizeof query, "since=%lld&wait=50", (long long)since);
	request_make(world, &parked->request, "GET", "/v1/feed", query, desk->token, NULL);
	reply_init(&parked->reply);
	assert_int_equal(service_handle(world->service, &parked->request, &parked->reply),
			 SERVICE_PARKED);
}

static struct feed_answer unpark(struct world *world, struct parked *parked)
{
	struct feed_answer answer;

	assert_int_equal(service_handle(world->service, &parked->request, &parked->reply),
			 SERVICE_DONE);
	assert_int_equal(parked->reply.status, 200);
	OK(feed_answer_decode(parked->reply.body.s, parked->reply.body.len, &world->arena, &answer,
			      NULL));
	reply_release(&parked->reply);
	return answer;
}

static int64_t head_of(struct world *world)
{
	struct service_stand stand;

	OK(service_stand(world->service, &stand, NULL));
	return stand.seq;
}

static void test_park_and_wake(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct parked city, chief;
	struct uuid id = new_id(world);
	struct feed_answer answer;

	park(world, &city, &crew.city, head_of(world));
	park(world, &chief, &crew.chief, head_of(world));
	assert_int_equal(service_parked(world->service), 2);
	register_one(world, &crew.duty, &id, "news for the centre alone");
	service_tick(world->service);
	assert_int_equal(world->n_woken, 1);
	assert_ptr_equal(world->woken[0], &chief.request);
	answer = unpark(world, &chief);
	assert_int_equal(answer.n, 1);

	plain_act(world, &crew.duty, "accept", &id, 1);
	assign_to(world, &crew.duty, &id, 2, "chengguan");
	service_tick(world->service);
	assert_int_equal(world->n_woken, 2);
	answer = unpark(world, &city);
	assert_int_equal(answer.n, 1);
	assert_int_equal(answer.items[0].kind, FEED_WHOLE);
	assert_int_equal(answer.next, head_of(world));
}

/* After news a session's next news waits a moment, so that a burst comes together. */
static void test_coalesced(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct parked chief;
	struct uuid id = new_id(world);

	park(world, &chief, &crew.chief, head_of(world));
	register_one(world, &crew.duty, &id, "first");
	service_tick(world->service);
	assert_int_equal(world->n_woken, 1);
	unpark(world, &chief);
	park(world, &chief, &crew.chief, head_of(world));
	note_on(world, &crew.duty, &id, "burst");
	assert_true(service_tick(world->service) <= 200);
	assert_int_equal(world->n_woken, 1);
	note_on(world, &crew.duty, &id, "burst");
	world->clock.now += 200;
	service_tick(world->service);
	assert_int_equal(world->n_woken, 2);
	assert_int_equal(unpark(world, &chief).n, 2);
}

static void test_park_deadline(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct parked city;

	park(world, &city, &crew.city, head_of(world));
	world->clock.now += 44000;
	service_tick(world->service);
	assert_int_equal(world->n_woken, 0);
	world->clock.now += 12000;
	service_tick(world->service);
	assert_int_equal(world->n_woken, 1);
	assert_int_equal(unpark(world, &city).n, 0);
}

static void test_one_park_a_session(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct parked first, second;

	park(world, &first, &crew.city, head_of(world));
	park(world, &second, &crew.city, head_of(world));
	assert_int_equal(world->n_woken, 1);
	assert_ptr_equal(world->woken[0], &first.request);
	assert_int_equal(unpark(world, &first).n, 0);
	assert_int_equal(service_parked(world->service), 1);
	assert_true(service_forget(world->service, &second.request));
	assert_false(service_forget(world->service, &second.request));
	reply_release(&second.reply);
}

static void test_stop_answers_parked(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	struct parked city;

	park(world, &city, &crew.city, head_of(world));
	service_stop(world->service);
	assert_int_equal(world->n_woken, 1);
	assert_int_equal(unpark(world, &city).n, 0);
	feed_of(world, &crew.city, head_of(world), "&wait=50"); /* no longer parks */
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_##name, world_make, world_free)
	const struct CMUnitTest tests[] = {
		T(feed_is_the_fold),
		T(feed_in_between),
		T(ack_beside_entry),
		T(cursor_errors),
		T(snapshot),
		T(snapshot_then_feed),
		T(entity_and_timeline),
		T(digest),
		T(digest_of_cache),
		T(profile_texts),
		T(park_and_wake),
		T(coalesced),
		T(park_deadline),
		T(one_park_a_session),
		T(stop_answers_parked),
	};

	return cmocka_run_group_tests_name("server reading", tests, NULL, NULL);
}
