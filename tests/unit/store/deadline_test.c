/* The list of what runs out: each way of writing keeps it as the entities say. */
#include <config.h>

#include "store_help.h"

#include <sqlite3.h>

#include "zhiban/domain/handover.h"
#include "zhiban/domain/record.h"
#include "zhiban/domain/swap.h"
#include "zhiban/domain/whistle.h"
#include "zhiban/store/cache.h"
#include "zhiban/store/deadline.h"

enum { ENTITIES = 40, ROWS = 4096 };

static const char *const orgs[] = { NULL, "HOUSING", "WATER", "CITY", "A-STREET" };

/* ---- entities by hand ---- */

static void add_clock(void *entity, unsigned i, const char *kind, const char *org, int64_t due,
		      int64_t stopped, struct arena *arena)
{
	struct entity *head = entity;
	struct uuid id = uuid_child(&head->id, "clock", i);
	const struct child_desc *desc = child_desc(CHILD_CLOCK);
	struct clock *clock = children_add(entity_children(entity, desc), desc, &id, arena);

	clock->kind = kind;
	clock->org = org;
	clock->due = due;
	clock->stopped_at = stopped;
	if (i % 2 != 0)
		clock->step = "handle";
}

/* An extension asked for, about the clock of that index. */
static void add_asked(void *entity, unsigned i, unsigned clock, int64_t decided,
		      struct arena *arena)
{
	struct entity *head = entity;
	struct uuid id = uuid_child(&head->id, "extension", i);
	struct uuid about = uuid_child(&head->id, "clock", clock);
	const struct child_desc *desc = child_desc(CHILD_EXTENSION);
	struct extension *asked = children_add(entity_children(entity, desc), desc, &id, arena);
	char text[UUID_TEXT];

	uuid_text(&about, text);
	asked->clock = arena_strdup(arena, text);
	asked->decided_at = decided;
}

static struct uuid id_of(unsigned i)
{
	struct uuid parent = { { 3 } };

	return uuid_child(&parent, "deadline", i);
}

static void *make(enum kind kind, unsigned i, int64_t version, struct arena *arena)
{
	struct uuid id = id_of(i);
	struct entity *head = entity_new(kind, &id, arena);

	head->version = version;
	head->seq = version;
	if (kind == KIND_INCIDENT)
		((struct incident *)head)->open = 1;
	else
		((struct whistle *)head)->open = 1;
	return head;
}

/* Even ones are incidents, odd ones whistles; dues repeat, so that ties occur. */
static void *make_random(uint64_t *seed, unsigned i, int64_t version, struct arena *arena)
{
	void *entity = make(i % 2 != 0 ? KIND_WHISTLE : KIND_INCIDENT, i, version, arena);
	unsigned n = (unsigned)(next_random(seed) % 6);

	if (i % 2 == 0) {
		((struct incident *)entity)->seat = orgs[next_random(seed) % ARRAY_LEN(orgs)];
		((struct incident *)entity)->open = next_random(seed) % 4 != 0;
	}
	for (unsigned k = 0; k < n; k++)
		add_clock(entity, k, k % 3 != 0 ? "sign" : "countersign",
			  orgs[next_random(seed) % ARRAY_LEN(orgs)],
			  next_random(seed) % 5 != 0 ? 1000 + (int64_t)(next_random(seed) % 9) : 0,
			  next_random(seed) % 3 != 0 ? 0 : 900, arena);
	for (unsigned k = 0; k < n && k < 2; k++)
		add_asked(entity, k, k, next_random(seed) % 2 != 0 ? 0 : 950, arena);
	return entity;
}

/* ---- what the list should be ---- */

struct want {
	struct deadline deadline;
	int64_t tie;
	enum kind kind;
	struct uuid entity;
};

static int by_place(const void *a, const void *b)
{
	const struct want *x = a, *y = b;

	if (x->deadline.due != y->deadline.due)
		return x->deadline.due < y->deadline.due ? -1 : 1;
	return x->tie == y->tie ? 0 : x->tie < y->tie ? -1 : 1;
}

static size_t wanted(void *const *entities, size_t n, struct want wants[ROWS])
{
	static struct deadline list[DEADLINES_MOST];
	size_t found = 0;

	for (size_t i = 0; i < n; i++) {
		size_t has = entities[i] != NULL ? deadlines_of(entities[i], list) : 0;

		for (size_t k = 0; k < has; k++) {
			const struct entity *head = entities[i];

			wants[found++] = (struct want){ list[k], deadline_tie(&head->id, &list[k]),
							head->kind, head->id };
		}
	}
	qsort(wants, found, sizeof *wants, by_place);
	return found;
}

static const struct deadline_ask everything = { .due = INT64_MIN, .end = INT64_MAX, .n = ROWS };

static void same_row(struct store *store, const struct deadline_row *row, const struct want *want,
		     struct arena *arena)
{
	struct deadline_of of;

	assert_int_equal(row->deadline.due, want->deadline.due);
	assert_int_equal(row->tie, want->tie);
	assert_int_equal(row->kind, want->kind);
	assert_int_equal(row->deadline.sort, want->deadline.sort);
	assert_true(uuid_eq(&row->deadline.id, &want->deadline.id));
	assert_true(uuid_eq(&row->deadline.about, &want->deadline.about));
	assert_true(str_eq(row->deadline.org, want->deadline.org));
	assert_true(str_eq(row->deadline.clock, want->deadline.clock));
	OK(cache_deadline_of(store, row->kind, row->pk, arena, &of, NULL));
	assert_true(uuid_eq(&of.id, &want->entity));
}

/* The whole list, its own check, and each organisation's range. */
static void is_as_said(struct store *store, void *const *entities, size_t n)
{
	static struct want wants[ROWS];
	static struct deadline_row rows[ROWS];
	struct arena arena = ARENA_INIT;
	size_t n_wants = wanted(entities, n, wants), found = 0;
	struct error err = ERROR_INIT;
	struct deadline_of none;
	int64_t wrong = -1, count;

	OK(cache_deadlines(store, &everything, &arena, rows, &found, NULL));
	assert_int_equal(found, n_wants);
	for (size_t i = 0; i < found; i++)
		same_row(store, &rows[i], &wants[i], &arena);
	for (size_t o = 0; o < ARRAY_LEN(orgs); o++) {
		struct deadline_ask ask = everything;
		size_t of = 0;

		ask.org = orgs[o] != NULL ? orgs[o] : "";
		for (size_t i = 0; i < n_wants; i++)
			of += str_eq(wants[i].deadline.org, orgs[o]);
		OK(cache_deadlines(store, &ask, &arena, rows, &found, NULL));
		assert_int_equal(found, of);
		for (size_t i = 0; i < found; i++)
			assert_true(str_eq(rows[i].deadline.org, orgs[o]));
		OK(cache_deadline_count(store, &ask, INT64_MIN, INT64_MAX, ROWS, &count, NULL));
		assert_int_equal(count, of);
	}
	assert_int_equal(cache_deadline_of(store, KIND_WHISTLE, INT64_MAX, &arena, &none, &err),
			 ERR_NOT_FOUND);
	assert_true(err.text[0] != '\0');
	OK(cache_deadlines_check(store, false, &wrong, NULL));
	assert_int_equal(wrong, 0);
	arena_release(&arena);
}

/* ---- writing ---- */

struct put {
	const void *entity; /* taken whole, or */
	const struct effect *effect; /* folded, or */
	enum kind kind;
	const struct uuid *drop, *after; /* dropped; after: the version that comes instead */
	bool clear, mend, prune;
	struct applied applied;
};

static enum err put_fn(struct store *store, void *ctx, struct error *err)
{
	struct put *put = ctx;
	struct entry entry = { .seq = 7, .effects = (struct effect *)put->effect, .n_effects = 1 };
	enum err code = ERR_OK;
	bool left;

	if (put->clear)
		code = cache_clear(store, err);
	if (put->mend)
		code = cache_mend(store, err);
	if (put->prune)
		code = cache_prune(store, 10, &left, err);
	if (put->drop != NULL)
		code = cache_drop(store, put->kind, put->drop, err);
	if (code == ERR_OK && put->effect != NULL)
		code = cache_apply_entry(store, &entry, "{}", 2, &put->applied, err);
	if (code == ERR_OK && put->entity != NULL)
		code = cache_apply_entity(store, put->entity, 0, &put->applied, err);
	return code;
}

static void run(struct store *store, struct put put)
{
	OK(store_tx(store, put_fn, &put, NULL));
}

/* One entity through each way it can be written; after each the list is what it says. */
static void each_way_of_writing_keeps_it(void **state)
{
	static const enum kind kinds[] = { KIND_INCIDENT, KIND_WHISTLE };
	struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	struct store *store;

	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	for (unsigned k = 0; k < ARRAY_LEN(kinds); k++) {
		void *now = make(kinds[k], 10 + k, 1, &arena);
		struct entity *head = now;
		struct effect *effect;
		void *next;

		add_clock(now, 0, "sign", "WATER", 500, 0, &arena);
		add_clock(now, 1, "handle", "WATER", 700, 0, &arena);
		run(store, (struct put){ .entity = now });
		is_as_said(store, &now, 1);

		/* folded: one stops, another has another due, a third comes */
		next = entity_copy(now, &arena);
		((struct clock *)entity_children(next, child_desc(CHILD_CLOCK))->items)[0].stopped_at = 400;
		((struct clock *)entity_children(next, child_desc(CHILD_CLOCK))->items)[1].due = 900;
		add_clock(next, 2, "verify", "HOUSING", 600, 0, &arena);
		add_asked(next, 0, 1, 0, &arena);
		effect = arena_array(&arena, 1, sizeof *effect);
		effect_diff(effect, now, next, &arena);
		run(store, (struct put){ .effect = effect });
		((struct entity *)next)->version = 2;
		is_as_said(store, &next, 1);

		/* the same again, and an older one: nothing */
		run(store, (struct put){ .effect = effect });
		run(store, (struct put){ .entity = now });
		is_as_said(store, &next, 1);

		/* a whole newer one in its place */
		now = make(kinds[k], 10 + k, 5, &arena);
		add_clock(now, 0, "rate", "CITY", 800, 0, &arena);
		run(store, (struct put){ .entity = now });
		is_as_said(store, &now, 1);

		/* dropped so that it comes anew, in one transaction; then dropped for good */
		next = make(kinds[k], 10 + k, 3, &arena);
		add_clock(next, 4, "sign", "CITY", 810, 0, &arena);
		run(store, (struct put){ .kind = kinds[k], .drop = &head->id, .entity = next });
		is_as_said(store, &next, 1);
		run(store, (struct put){ .kind = kinds[k], .drop = &head->id });
		is_as_said(store, NULL, 0);

		run(store, (struct put){ .entity = next });
		run(store, (struct put){ .clear = true });
		is_as_said(store, NULL, 0);
	}
	store_close(store);
	arena_release(&arena);
}

static void what_leaves_the_window_leaves_it(void **state)
{
	struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	struct incident *incident = make(KIND_INCIDENT, 1, 1, &arena);
	void *entities[1] = { incident };
	struct store *store;

	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	incident->open = 0;
	incident->closed_at = incident->moved_at = 100;
	add_clock(incident, 0, "countersign", "WATER", 500, 0, &arena);
	run(store, (struct put){ .entity = incident });
	is_as_said(store, entities, 1);
	cache_window(store, 200);
	run(store, (struct put){ .prune = true });
	is_as_said(store, NULL, 0);
	/* it is reopened: from outside, whole */
	incident = make(KIND_INCIDENT, 1, 4, &arena);
	add_clock(incident, 0, "countersign", "WATER", 500, 0, &arena);
	add_clock(incident, 1, "handle", "WATER", 600, 0, &arena);
	run(store, (struct put){ .entity = incident });
	entities[0] = incident;
	is_as_said(store, entities, 1);
	store_close(store);
	arena_release(&arena);
}

/* What another program wrote to the file is put right when it is mended, and counted before. */
static void a_mended_file_has_it_anew(void **state)
{
	static const char *const breaks[] = {
		"DELETE FROM deadline WHERE due = 1003",
		"UPDATE deadline SET org = 'NOBODY'",
		"INSERT INTO deadline VALUES (5, 5, 'WATER', 0, 99999, x'00', 0, NULL, NULL)",
		"UPDATE deadline SET due = due + 1, sort = 99",
		"DELETE FROM incident WHERE pk < 5",
		"DELETE FROM deadline",
	};
	struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	void *entities[ENTITIES];
	uint64_t seed = 4;

	for (size_t i = 0; i < ARRAY_LEN(breaks); i++) {
		static struct deadline_row rows[ROWS];
		struct store *store;
		char *path = path_join(&arena, folder->path, "cache.db");
		int64_t wrong = 0;
		sqlite3 *db;
		size_t n;

		OK(cache_remove(folder->path, NULL));
		OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
		for (unsigned k = 0; k < ENTITIES; k++) {
			entities[k] = make_random(&seed, k, 1, &arena);
			run(store, (struct put){ .entity = entities[k] });
		}
		is_as_said(store, entities, ENTITIES);
		assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
		assert_int_equal(sqlite3_exec(db, breaks[i], NULL, NULL, NULL), SQLITE_OK);
		sqlite3_close(db);
		OK(cache_deadlines_check(store, false, &wrong, NULL));
		assert_true(wrong > 0);
		OK(cache_deadlines(store, &everything, &arena, rows, &n, NULL)); /* is read all the same */
		run(store, (struct put){ .mend = true });
		if (strstr(breaks[i], "FROM incident"))
			for (unsigned k = 0; k < ENTITIES; k++) {
				void *there;

				if (cache_get(store, ((struct entity *)entities[k])->kind,
					      &((struct entity *)entities[k])->id, &arena, &there,
					      NULL) != ERR_OK)
					entities[k] = NULL;
			}
		is_as_said(store, entities, ENTITIES);
		store_close(store);
	}
	arena_release(&arena);
}

/* Whatever happens in whatever order, the list is what all entities say. */
static void it_is_what_all_entities_say(void **state)
{
	struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	void *entities[ENTITIES] = { NULL };
	int64_t versions[ENTITIES] = { 0 };
	struct store *store;
	uint64_t seed = 11;

	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	for (int step = 0; step < 600; step++) {
		unsigned i = (unsigned)(next_random(&seed) % ENTITIES);
		struct put put = { .kind = i % 2 != 0 ? KIND_WHISTLE : KIND_INCIDENT };
		struct uuid id = id_of(i);
		void *next = make_random(&seed, i, versions[i] + 1, &arena);
		struct effect effect;

		switch (next_random(&seed) % 4) {
		case 0:
			put.drop = &id;
			entities[i] = NULL;
			break;
		case 1: /* folded */
			if (entities[i] != NULL) {
				effect = (struct effect){ .from = 0 };
				effect_diff(&effect, entities[i], next, &arena);
				put.effect = &effect;
				versions[i]++;
				entities[i] = next;
			}
			break;
		default:
			put.entity = next;
			versions[i]++;
			entities[i] = next;
		}
		run(store, put);
		if (step % 10 == 0)
			is_as_said(store, entities, ENTITIES);
	}
	is_as_said(store, entities, ENTITIES);
	store_close(store);
	arena_release(&arena);
}

/* Pages of any size, from any place, both ways, of some sorts and kinds, are the list. */
static void pages_are_the_list(void **state)
{
	static const struct deadline_ask asks[] = {
		{ .end = INT64_MAX },
		{ .end = 1005 },
		{ .end = INT64_MAX, .sorts = 1 << DEADLINE_EXTENSION },
		{ .end = INT64_MAX, .kinds = 1 << KIND_WHISTLE, .org = "WATER" },
		{ .end = 1006, .sorts = 1 << DEADLINE_CLOCK | 1 << DEADLINE_COUNTERSIGN,
		  .kinds = 1 << KIND_INCIDENT },
	};
	static struct want wants[ROWS];
	struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	void *entities[ENTITIES];
	struct store *store;
	uint64_t seed = 8;
	size_t n;

	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	for (unsigned i = 0; i < ENTITIES; i++) {
		entities[i] = make_random(&seed, i, 1, &arena);
		run(store, (struct put){ .entity = entities[i] });
	}
	n = wanted(entities, ENTITIES, wants);
	for (size_t a = 0; a < ARRAY_LEN(asks); a++) {
		struct want fits[ROWS];
		size_t n_fits = 0;

		for (size_t i = 0; i < n; i++)
			if (wants[i].deadline.due < asks[a].end &&
			    (asks[a].sorts == 0 || asks[a].sorts >> wants[i].deadline.sort & 1) &&
			    (asks[a].kinds == 0 || asks[a].kinds >> wants[i].kind & 1) &&
			    (asks[a].org == NULL || str_eq(asks[a].org, wants[i].deadline.org)))
				fits[n_fits++] = wants[i];
		assert_true(n_fits > 1);
		for (int back = 0; back < 2; back++)
			for (size_t size = 1; size < 8; size += 3) {
				struct deadline_ask ask = asks[a];
				struct deadline_row rows[8];
				size_t at = 0, got = 1;

				ask.back = back;
				ask.n = size;
				ask.due = back ? asks[a].end : INT64_MIN;
				ask.tie = -1;
				ask.end = back ? INT64_MIN : asks[a].end;
				while (got > 0) {
					OK(cache_deadlines(store, &ask, &arena, rows, &got, NULL));
					for (size_t i = 0; i < got; i++, at++) {
						const struct want *want =
							&fits[back ? n_fits - 1 - at : at];

						assert_true(at < n_fits);
						same_row(store, &rows[i], want, &arena);
						ask.due = rows[i].deadline.due;
						ask.tie = rows[i].tie;
					}
				}
				assert_int_equal(at, n_fits);
			}
	}
	store_close(store);
	arena_release(&arena);
}

/* Swaps, handovers, records and rosters: each with something that runs out, then without it. */
static void *make_other(unsigned i, bool open, struct arena *arena)
{
	static const enum kind kinds[] = { KIND_SWAP, KIND_HANDOVER, KIND_RECORD, KIND_ROSTER };
	struct uuid id = id_of(500 + i), child = uuid_child(&id, "child", 0);
	struct entity *head = entity_new(kinds[i], &id, arena);
	struct swap *swap = (struct swap *)head;
	struct handover *handover = (struct handover *)head;
	struct record *record = (struct record *)head;
	struct roster *roster = (struct roster *)head;
	struct behalf *behalf;
	struct turn *turn;

	head->version = head->seq = open ? 1 : 2;
	switch (kinds[i]) {
	case KIND_SWAP:
		swap->org = "WATER";
		swap->open = open;
		swap->lapses_at = 500;
		behalf = children_add(&swap->behalves, child_desc(CHILD_BEHALF), &child, arena);
		behalf->org = "CITY";
		behalf->due = 480;
		behalf->signed_at = open ? 0 : 470;
		break;
	case KIND_HANDOVER:
		handover->org = "WATER";
		handover->open = open;
		handover->ends = 510;
		break;
	case KIND_RECORD:
		record->org = "HOUSING";
		record->open = open;
		record->due = 520;
		break;
	default:
		roster->org = "A-STREET";
		turn = children_add(&roster->turns, child_desc(CHILD_TURN), &child, arena);
		turn->how = "takeover";
		turn->ends = 530;
		turn->ok_at = open ? 0 : 505;
		break;
	}
	return head;
}

static void what_runs_out_beside_cases(void **state)
{
	enum { KINDS = 4 };
	struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	struct store *store;
	void *now[KINDS];

	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	for (unsigned i = 0; i < KINDS; i++) {
		now[i] = make_other(i, true, &arena);
		run(store, (struct put){ .entity = now[i] });
		is_as_said(store, now, i + 1);
	}
	run(store, (struct put){ .mend = true });
	is_as_said(store, now, KINDS);
	for (unsigned i = 0; i < KINDS; i++) {
		now[i] = make_other(i, false, &arena);
		run(store, (struct put){ .entity = now[i] });
		is_as_said(store, now, KINDS);
	}
	is_as_said(store, NULL, 0);
	store_close(store);
	arena_release(&arena);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_way_of_writing_keeps_it, folder_make,
						folder_remove),
		cmocka_unit_test_setup_teardown(what_runs_out_beside_cases, folder_make,
						folder_remove),
		cmocka_unit_test_setup_teardown(what_leaves_the_window_leaves_it, folder_make,
						folder_remove),
		cmocka_unit_test_setup_teardown(a_mended_file_has_it_anew, folder_make,
						folder_remove),
		cmocka_unit_test_setup_teardown(it_is_what_all_entities_say, folder_make,
						folder_remove),
		cmocka_unit_test_setup_teardown(pages_are_the_list, folder_make, folder_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
