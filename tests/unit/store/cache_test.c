/* The cache: what is applied, passed over, missing; counters; another schema. */
#include <config.h>

#include "store_help.h"

#include <sqlite3.h>
#include <unistd.h>

#include "zhiban/domain/handover.h"
#include "zhiban/domain/record.h"
#include "zhiban/domain/stand.h"
#include "zhiban/domain/swap.h"
#include "zhiban/store/cache.h"
#include "zhiban/store/page.h"

struct put {
	const struct incident *incident;
	const struct entry *entry;
	const char *bytes;
	int64_t missing_to;
	bool fail, drop;
	struct applied applied;
};

static enum err put_fn(struct store *store, void *ctx, struct error *err)
{
	struct put *put = ctx;
	enum err code;

	if (put->drop)
		code = cache_drop(store, KIND_INCIDENT, &put->incident->head.id, err);
	else if (put->entry != NULL)
		code = cache_apply_entry(store, put->entry, put->bytes, strlen(put->bytes),
					 &put->applied, err);
	else
		code = cache_apply_entity(store, put->incident, put->missing_to, &put->applied,
					  err);
	if (code == ERR_OK && put->fail)
		return error_set(err, ERR_IO, "as wanted");
	return code;
}

static struct applied put_incident(struct store *store, const struct incident *incident)
{
	struct put put = { .incident = incident, .missing_to = incident->head.seq };

	OK(store_tx(store, put_fn, &put, NULL));
	return put.applied;
}

struct counts {
	int64_t all, open, sign_water;
};
static void count(void *ctx, const char *step, const char *holder, bool open, int64_t n)
{
	struct counts *counts = ctx;

	counts->all += n;
	counts->open += open ? n : 0;
	if (strcmp(step, "sign") == 0 && strcmp(holder, "WATER") == 0)
		counts->sign_water += n;
}

static struct counts counts_of(struct store *store)
{
	struct counts counts = { 0, 0, 0 };

	OK(cache_tally(store, count, &counts, NULL));
	return counts;
}

static void whole_entities_come_back_as_they_were(void **state)
{
	struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	struct store *store, *reader;
	uint64_t seed = 3;

	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	OK(cache_open(folder->path, CACHE_READ, &reader, NULL));
	for (unsigned i = 0; i < 50; i++) {
		struct incident *incident = make_incident(&seed, i, &arena);
		void *back;

		assert_true(put_incident(store, incident).changed);
		assert_false(put_incident(store, incident).changed);
		OK(cache_get(reader, KIND_INCIDENT, &incident->head.id, &arena, &back, NULL));
		assert_true(entity_eq(incident, back));
		assert_int_equal(cache_lines_missing(reader, KIND_INCIDENT, &incident->head.id),
				 incident->head.seq);
		incident->head.version++;
		incident->title = "changed";
		incident->holder = NULL;
		incident->clocks.n = 0;
		assert_true(put_incident(store, incident).changed);
		OK(cache_get(reader, KIND_INCIDENT, &incident->head.id, &arena, &back, NULL));
		assert_true(entity_eq(incident, back));
	}
	store_close(reader);
	store_close(store);
	arena_release(&arena);
}

static void counters_follow_and_a_failure_leaves_no_trace(void **state)
{
	struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	struct store *store;
	struct counts want = { 0, 0, 0 }, got;
	struct uuid id = { { 1 } };
	struct put put = { .fail = true, .missing_to = 0 };
	struct incident *last = NULL;
	uint64_t seed = 9;

	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	for (unsigned i = 0; i < 200; i++) {
		last = make_incident(&seed, i, &arena);
		put_incident(store, last);
		want.all++;
		want.open += last->open;
		want.sign_water += last->holder != NULL && strcmp(last->step, "sign") == 0 &&
				   strcmp(last->holder, "WATER") == 0;
	}
	put.incident = entity_new(KIND_INCIDENT, &id, &arena);
	((struct incident *)put.incident)->head.version = 1;
	assert_int_equal(store_tx(store, put_fn, &put, NULL), ERR_IO);
	got = counts_of(store);
	assert_memory_equal(&got, &want, sizeof got);

	put = (struct put){ .incident = last, .drop = true };
	OK(store_tx(store, put_fn, &put, NULL));
	assert_int_equal(counts_of(store).all, want.all - 1);
	assert_int_equal(cache_lines_missing(store, KIND_INCIDENT, &last->head.id), 0);
	store_close(store);
	arena_release(&arena);
}

/* Each case: cached version, an effect from → to; what becomes of it. */
static void an_effect_applies_only_where_it_fits(void **state)
{
	static const struct {
		int64_t cached, from;
		bool changed, gap;
		int64_t after;
	} cases[] = {
		{ 0, 0, true, false, 1 }, { 0, 1, false, true, 0 }, { 1, 1, true, false, 2 },
		{ 2, 1, false, false, 2 }, { 3, 1, false, false, 3 }, { 1, 2, false, true, 1 },
	};
	struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	struct store *store;

	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	for (unsigned i = 0; i < ARRAY_LEN(cases); i++) {
		struct uuid parent = { { 9 } }, id = uuid_child(&parent, "case", i);
		struct incident *incident = entity_new(KIND_INCIDENT, &id, &arena);
		struct effect effect = { .kind = KIND_INCIDENT,
					 .id = id,
					 .from = cases[i].from,
					 .to = cases[i].from + 1 };
		struct entry entry = { .seq = 40 + i, .effects = &effect, .n_effects = 1 };
		struct put put = { .entry = &entry, .bytes = "{}" };
		void *back = NULL;

		entry.act.target.id = id;
		effect_set_text(&effect, &arena, "title", "new");
		incident->head.version = cases[i].cached;
		incident->title = "old";
		if (cases[i].cached > 0)
			put_incident(store, incident);
		OK(store_tx(store, put_fn, &put, NULL));
		assert_int_equal(put.applied.changed, cases[i].changed);
		assert_int_equal(put.applied.gap, cases[i].gap);
		if (cases[i].after == 0) {
			assert_int_equal(cache_get(store, KIND_INCIDENT, &id, &arena, &back, NULL),
					 ERR_NOT_FOUND);
			continue;
		}
		OK(cache_get(store, KIND_INCIDENT, &id, &arena, &back, NULL));
		incident = back;
		assert_int_equal(incident->head.version, cases[i].after);
		assert_string_equal(incident->title, cases[i].changed ? "new" : "old");
		if (cases[i].changed)
			assert_int_equal(incident->head.seq, entry.seq);
	}
	store_close(store);
	arena_release(&arena);
}

static void readers_hear_what_changed(void **state)
{
	struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	struct store *store, *reader;
	struct uuid ids[8];
	struct incident *incident;
	int64_t at = 0, version;
	uint64_t seed = 1;
	size_t n;
	bool any;

	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	OK(cache_open(folder->path, CACHE_READ, &reader, NULL));
	put_incident(store, make_incident(&seed, 0, &arena));
	OK(cache_recent(reader, &at, ids, 8, &n, &any, NULL));
	version = store_data_version(reader);
	incident = make_incident(&seed, 1, &arena);
	put_incident(store, incident);
	assert_int_not_equal(store_data_version(reader), version);
	OK(cache_recent(reader, &at, ids, 8, &n, &any, NULL));
	assert_int_equal(n, 1);
	assert_false(any);
	assert_true(uuid_eq(&ids[0], &incident->head.id));
	for (unsigned i = 0; i < 20; i++)
		put_incident(store, make_incident(&seed, 10 + i, &arena));
	OK(cache_recent(reader, &at, ids, 8, &n, &any, NULL));
	assert_true(any);
	store_close(reader);
	store_close(store);
	arena_release(&arena);
}

static void ids_and_numbers_are_found(void **state)
{
	struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	struct store *store;
	struct incident *incident;
	struct uuid ids[2], id;
	char text[UUID_TEXT];
	uint64_t seed = 4;
	size_t n;

	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	incident = make_incident(&seed, 5, &arena);
	incident->number = "20261122-0417";
	put_incident(store, incident);
	OK(cache_by_number(store, "20261122-0417", &id, NULL));
	assert_true(uuid_eq(&id, &incident->head.id));
	assert_int_equal(cache_by_number(store, "20261122-0418", &id, NULL), ERR_NOT_FOUND);
	uuid_text(&incident->head.id, text);
	for (size_t len = 36; len >= 7; len--) { /* odd and even, over the hyphens */
		text[len] = '\0';
		OK(cache_by_prefix(store, KIND_INCIDENT, text, ids, &n, NULL));
		assert_int_equal(n, 1);
	}
	text[6] = text[6] == 'f' ? '0' : 'f';
	OK(cache_by_prefix(store, KIND_INCIDENT, text, ids, &n, NULL));
	assert_int_equal(n, 0);
	assert_int_equal(cache_by_prefix(store, KIND_INCIDENT, "xyz", ids, &n, NULL), ERR_INPUT);
	store_close(store);
	arena_release(&arena);
}

static void count_versions(void *ctx, const struct uuid *id, int64_t version)
{
	(void)id;
	*(int64_t *)ctx += version;
}

static enum err prune_fn(struct store *store, void *ctx, struct error *err)
{
	return cache_prune(store, 1, ctx, err);
}

static enum err widen_fn(struct store *store, void *ctx, struct error *err)
{
	(void)ctx;
	return cache_widen(store, err);
}

/* Of what is older than the window only the version is kept, so that nothing about it is missed. */
static void old_ones_are_kept_outside(void **state)
{
	struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	struct store *store;
	struct incident *old, *open;
	struct effect effect = { .kind = KIND_INCIDENT, .from = 3, .to = 4 };
	struct entry entry = { .seq = 90, .effects = &effect, .n_effects = 1 };
	struct put put = { .entry = &entry, .bytes = "{}" };
	int64_t versions = 0;
	uint64_t seed = 2;
	bool more = false;
	void *back;

	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	cache_window(store, 1000);
	old = make_incident(&seed, 1, &arena);
	old->open = 0;
	old->closed_at = 900;
	old->head.version = 3;
	open = make_incident(&seed, 2, &arena);
	open->open = 1;
	open->head.version = 5;
	assert_true(put_incident(store, old).changed);
	assert_false(put_incident(store, old).changed); /* it is known */
	assert_true(put_incident(store, open).changed);
	assert_int_equal(cache_get(store, KIND_INCIDENT, &old->head.id, &arena, &back, NULL),
			 ERR_NOT_FOUND);
	assert_int_equal(counts_of(store).all, 1);
	OK(cache_versions(store, count_versions, &versions, NULL));
	assert_int_equal(versions, 8);

	effect.id = entry.act.target.id = old->head.id;
	OK(store_tx(store, put_fn, &put, NULL));
	assert_true(put.applied.gap); /* it has been opened again, say: comes whole */
	old->head.version = 4;
	old->open = 1;
	put_incident(store, old);
	assert_int_equal(counts_of(store).all, 2);
	versions = 0;
	OK(cache_versions(store, count_versions, &versions, NULL));
	assert_int_equal(versions, 9);

	old->head.version = 5; /* closes within the window, then grows old */
	old->open = 0;
	old->closed_at = old->moved_at = 1500;
	put_incident(store, old);
	OK(store_tx(store, prune_fn, &more, NULL));
	assert_int_equal(counts_of(store).all, 2);
	cache_window(store, 2000);
	OK(store_tx(store, prune_fn, &more, NULL));
	assert_int_equal(counts_of(store).all, 1);
	cache_window(store, 0);
	OK(store_tx(store, widen_fn, NULL, NULL));
	assert_true(put_incident(store, old).changed); /* a snapshot brings it back */
	assert_int_equal(counts_of(store).all, 2);
	store_close(store);
	arena_release(&arena);
}

struct put_any {
	const void *entity;
	struct applied applied;
};
static enum err put_any_fn(struct store *store, void *ctx, struct error *err)
{
	struct put_any *put = ctx;

	return cache_apply_entity(store, put->entity, 0, &put->applied, err);
}

/* Of duty, too, what has ended; rosters stay for a year of ledgers. */
static void duty_grows_old(void **state)
{
	const int64_t day = 86400000, before = 500 * day;
	struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	const struct uuid ids[] = { uuid_named("a"), uuid_named("b"), uuid_named("c"),
				    uuid_named("d"), uuid_named("e"), uuid_named("f") };
	struct record *line = entity_new(KIND_RECORD, &ids[0], &arena);
	struct record *paper = entity_new(KIND_RECORD, &ids[1], &arena);
	struct swap *swap = entity_new(KIND_SWAP, &ids[2], &arena);
	struct handover *handover = entity_new(KIND_HANDOVER, &ids[3], &arena);
	struct roster *month = entity_new(KIND_ROSTER, &ids[4], &arena);
	struct roster *ancient = entity_new(KIND_ROSTER, &ids[5], &arena);
	void *const all[] = { line, paper, swap, handover, month, ancient };
	const bool stays[] = { false, true, false, false, true, false };
	struct store *store;
	bool more = true;

	line->happened_at = line->written_at = before - 1;
	paper->happened_at = paper->written_at = before - 1;
	paper->open = 1;
	swap->asked_at = swap->decided_at = before - 1;
	handover->prepared_at = handover->in_at = handover->third_at = before - 1;
	month->starts = before - 300 * day;
	month->ends = before - 270 * day;
	ancient->starts = before - 430 * day;
	ancient->ends = before - 400 * day;
	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	for (int again = 0; again < 2; again++) {
		cache_window(store, again == 0 ? 0 : before);
		for (size_t i = 0; i < ARRAY_LEN(all); i++) {
			struct put_any put = { .entity = all[i] };

			((struct entity *)all[i])->version = again + 1;
			OK(store_tx(store, put_any_fn, &put, NULL));
			assert_true(put.applied.changed);
		}
		if (again == 0) { /* they were here before the window */
			cache_window(store, before);
			while (more)
				OK(store_tx(store, prune_fn, &more, NULL));
		}
		for (size_t i = 0; i < ARRAY_LEN(all); i++) {
			struct entity *head = all[i];
			void *back;

			assert_int_equal(cache_get(store, head->kind, &head->id, &arena, &back, NULL),
					 stays[i] ? ERR_OK : ERR_NOT_FOUND);
		}
	}
	store_close(store);
	arena_release(&arena);
}

static void another_schema_is_made_anew(void **state)
{
	struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	struct store *store;
	sqlite3 *db;
	uint64_t seed = 4;
	char *path = path_join(&arena, folder->path, "cache.db");

	assert_int_equal(cache_open(folder->path, CACHE_READ, &store, NULL), ERR_NOT_FOUND);
	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	put_incident(store, make_incident(&seed, 5, &arena));
	store_close(store);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "PRAGMA user_version = 7", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	assert_int_equal(cache_open(folder->path, CACHE_READ, &store, NULL), ERR_NOT_FOUND);
	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	assert_int_equal(counts_of(store).all, 0);
	store_close(store);

	OK(file_write(path, "this is no database, whatever it is", 35, 0600, NULL));
	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	assert_int_equal(counts_of(store).all, 0);
	store_close(store);
	arena_release(&arena);
}

struct view {
	bool changed;
	int64_t went, came;
};

static enum err view_begins(struct store *store, void *ctx, struct error *err)
{
	enum err code = cache_view_begin(store, err);

	(void)ctx;
	return code == ERR_OK ? cache_clear(store, err) : code;
}

static enum err view_ends(struct store *store, void *ctx, struct error *err)
{
	struct view *view = ctx;

	return cache_view_end(store, &view->changed, &view->went, &view->came, err);
}

/* Of 10 of the view before 6 stay, 4 go, and 3 come. */
static void it_is_known_what_went_and_came(void **state)
{
	struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	struct store *store;
	struct view view = { .changed = false };
	uint64_t seed = 5;

	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	for (unsigned i = 0; i < 10; i++)
		put_incident(store, make_incident(&seed, i, &arena));
	OK(store_tx(store, view_ends, &view, NULL));
	assert_false(view.changed);
	OK(store_tx(store, view_begins, NULL, NULL));
	put_incident(store, make_incident(&seed, 4, &arena));
	OK(store_tx(store, view_begins, NULL, NULL)); /* moved on before it was whole */
	for (unsigned i = 4; i < 13; i++)
		put_incident(store, make_incident(&seed, i, &arena));
	OK(store_tx(store, view_ends, &view, NULL));
	assert_true(view.changed);
	assert_int_equal(view.went, 4);
	assert_int_equal(view.came, 3);
	OK(store_tx(store, view_ends, &view, NULL));
	assert_false(view.changed);
	store_close(store);
	arena_release(&arena);
}

static struct incident *unsigned_one(uint64_t *seed, unsigned i, struct arena *arena)
{
	struct incident *incident = make_incident(seed, i, arena);

	incident->open = 1;
	incident->holder = "WATER";
	incident->signer = incident->handler = NULL;
	incident->parts.n = 0;
	return incident;
}

/* Another view begins with an empty cache: what was unsigned in the one before is not counted. */
static void what_stood_open_goes_with_the_rows(void **state)
{
	struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	struct store *store;
	uint64_t seed = 6;
	int64_t n = 0;

	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	for (unsigned i = 0; i < 5; i++)
		put_incident(store, unsigned_one(&seed, i, &arena));
	OK(cache_stand_count(store, STAND_UNSIGNED, 100, &n, NULL));
	assert_int_equal(n, 5);
	OK(store_tx(store, view_begins, NULL, NULL));
	OK(cache_stand_count(store, STAND_UNSIGNED, 100, &n, NULL));
	assert_int_equal(n, 0);
	put_incident(store, unsigned_one(&seed, 7, &arena));
	OK(cache_stand_count(store, STAND_UNSIGNED, 100, &n, NULL));
	assert_int_equal(n, 1);
	store_close(store);
	arena_release(&arena);
}

static enum err put_many(struct store *store, void *ctx, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct applied applied;
	uint64_t seed = 3;
	enum err code = ERR_OK;

	(void)ctx;
	for (unsigned i = 0; i < 12000 && code == ERR_OK; i++) {
		const struct incident *incident = make_incident(&seed, i, &arena);

		code = cache_apply_entity(store, incident, incident->head.seq, &applied, err);
		arena_reset(&arena);
	}
	arena_release(&arena);
	return code;
}

/* A console that was loaded yesterday holds few pages from the beginning, and at rest nearly none. */
static void memory_is_taken_for_a_load_and_given_back(void **state)
{
	enum { FEW = 3500000 };
	struct folder *folder = *state;
	struct store *store;
	sqlite3_int64 bulk, few;

	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	OK(cache_bulk(store, true, NULL));
	OK(store_tx(store, put_many, NULL, NULL));
	bulk = sqlite3_memory_used();
	assert_true(bulk > FEW);
	OK(cache_bulk(store, false, NULL));
	assert_true(sqlite3_memory_used() < bulk / 4);
	store_close(store);
	OK(cache_remove(folder->path, NULL));
	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	OK(store_tx(store, put_many, NULL, NULL));
	few = sqlite3_memory_used();
	assert_true(few < FEW);
	OK(cache_rest(store, NULL));
	assert_true(sqlite3_memory_used() < few / 2);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)
		T(whole_entities_come_back_as_they_were),
		T(counters_follow_and_a_failure_leaves_no_trace),
		T(an_effect_applies_only_where_it_fits),
		T(readers_hear_what_changed),
		T(ids_and_numbers_are_found),
		T(old_ones_are_kept_outside),
		T(duty_grows_old),
		T(another_schema_is_made_anew),
		T(it_is_known_what_went_and_came),
		T(what_stood_open_goes_with_the_rows),
		T(memory_is_taken_for_a_load_and_given_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
