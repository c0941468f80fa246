/* The list of deadlines as shown: whatever is done, with the line or without, it is what the entities
 * say that are shown; its pages, counts and the next one are parts of it. */
#include <config.h>

#include "consoles.h"

#include "zhiban/client/deadlines.h"
#include "zhiban/store/deadline.h"

enum { MOST = 1024, IDS = 128 };

static const char *const orgs[] = { NULL, "zhongxin", "shuiwu", "zhujian", "320402001",
				    "320402001001" };

/* ---- what there is, by hand ---- */

static void add_clock(struct world *world, struct incident *incident, unsigned i, const char *kind,
		      const char *org, int64_t due)
{
	struct uuid id = uuid_child(&incident->head.id, "clock", i);
	struct clock *clock = children_add(&incident->clocks, child_desc(CHILD_CLOCK), &id,
					   &world->server.arena);

	clock->kind = kind;
	clock->org = org;
	clock->due = due;
	clock->step = i % 2 != 0 ? "handle" : NULL;
	clock->side = i % 2 == 0;
}

static struct incident *by_hand(struct world *world, unsigned i)
{
	struct server *server = &world->server;
	struct uuid parent = { { 6 } }, id = uuid_child(&parent, "incident", i);
	struct incident *incident = entity_new(KIND_INCIDENT, &id, &server->arena);

	incident->head.version = incident->head.seq = 1;
	incident->number = arena_printf(&server->arena, "20261123-%04u", 500 + i);
	incident->title = arena_printf(&server->arena, "matter %u of %s", i, i % 3 ? "water" : "trees");
	incident->street = i % 4 != 0 ? "320402001" : "320402002";
	incident->urgency = 1 + i % 3;
	incident->step = "handle";
	incident->open = 1;
	incident->holder = "shuiwu";
	server->incidents[server->n_incidents++] = incident;
	return incident;
}

/* Dues repeat; some are past. */
static void make_many(struct world *world, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		struct incident *incident = by_hand(world, i);

		for (unsigned k = 0; k < 1 + i % 3; k++)
			add_clock(world, incident, k, k % 2 != 0 ? "handle" : "countersign",
				  orgs[(i + k) % ARRAY_LEN(orgs)],
				  world->fixed.now + ((int64_t)(i * 7 + k) % 11 - 5) * 3600000);
	}
}

/* ---- what the list should be ---- */

struct want {
	struct deadline deadline;
	int64_t tie;
	enum kind kind;
	struct uuid entity;
};
struct wants {
	struct want rows[MOST];
	size_t n;
};

static int by_place(const void *a, const void *b)
{
	const struct want *x = a, *y = b;

	if (x->deadline.due != y->deadline.due)
		return x->deadline.due < y->deadline.due ? -1 : 1;
	return x->tie == y->tie ? 0 : x->tie < y->tie ? -1 : 1;
}

static void add_wants(struct world *world, struct client *client, enum kind kind,
		      const struct uuid *id, struct wants *wants)
{
	static struct deadline list[DEADLINES_MOST];
	const void *entity;
	size_t n;

	if (client_entity(client, kind, id, &world->arena, &entity, NULL) != ERR_OK)
		return;
	n = deadlines_of(entity, list);
	for (size_t i = 0; i < n; i++)
		wants->rows[wants->n++] =
			(struct want){ list[i], deadline_tie(id, &list[i]), kind, *id };
}

struct ids { /* of what only an outbox may have */
	struct uuid ids[IDS];
	enum kind kinds[IDS];
	size_t n;
};

static void wanted(struct world *world, struct client *client, const struct ids *ids,
		   struct wants *wants)
{
	const struct server *server = &world->server;

	wants->n = 0;
	for (size_t i = 0; i < server->n_incidents; i++)
		add_wants(world, client, KIND_INCIDENT, &server->incidents[i]->head.id, wants);
	for (size_t i = 0; i < server->n_things; i++)
		if (server->things[i]->kind == KIND_WHISTLE)
			add_wants(world, client, KIND_WHISTLE, &server->things[i]->id, wants);
	for (size_t i = 0; i < ids->n; i++)
		if (server_entity(&world->server, &ids->ids[i]) == NULL)
			add_wants(world, client, ids->kinds[i], &ids->ids[i], wants);
	qsort(wants->rows, wants->n, sizeof *wants->rows, by_place);
}

/* ---- filters ---- */

static bool lets_urgent(void *ctx, const struct client_deadline *row)
{
	(void)ctx;
	return row->urgency == 1;
}

static bool fits(struct client *client, const struct client_deadline_filter *filter,
		 const struct want *want)
{
	const struct rules *rules = client_rules(client);
	const struct deadline *deadline = &want->deadline;
	const char *org = deadline->org;
	bool of;

	if (filter->org == NULL)
		of = true;
	else if (strcmp(filter->org, rules->centre) == 0)
		of = org == NULL || strcmp(org, rules->centre) == 0;
	else
		of = rules_org_within(rules, org, filter->org);
	return of && (filter->sorts == 0 || (filter->sorts >> deadline->sort & 1)) &&
	       (filter->kinds == 0 || (filter->kinds >> want->kind & 1)) &&
	       deadline->due >= filter->from && (filter->to == 0 || deadline->due < filter->to);
}

static size_t fitting(struct client *client, const struct client_deadline_filter *filter,
		      const struct wants *wants, const struct want **ret_rows)
{
	size_t n = 0;

	for (size_t i = 0; i < wants->n; i++)
		if (fits(client, filter, &wants->rows[i]))
			ret_rows[n++] = &wants->rows[i];
	return n;
}

static void same(struct world *world, struct client *client, const struct client_deadline *row,
		 const struct want *want)
{
	struct client_deadline again;
	const void *entity;

	assert_int_equal(row->key.due, want->deadline.due);
	assert_int_equal(row->key.tie, want->tie);
	assert_int_equal(row->kind, want->kind);
	assert_true(uuid_eq(&row->entity, &want->entity));
	assert_int_equal(row->deadline.sort, want->deadline.sort);
	assert_true(uuid_eq(&row->deadline.id, &want->deadline.id));
	assert_true(uuid_eq(&row->deadline.about, &want->deadline.about));
	/* nobody's is the centre's */
	assert_string_equal(row->deadline.org, want->deadline.org ? want->deadline.org
								  : client_rules(client)->centre);
	assert_true(str_eq(row->deadline.clock, want->deadline.clock));
	OK(client_entity(client, row->kind, &row->entity, &world->arena, &entity, NULL));
	if (row->kind == KIND_INCIDENT) {
		const struct incident *incident = entity;
		char mark[48];

		assert_string_equal(row->number, client_mark(client, incident, mark));
		assert_string_equal(row->title, incident->title);
		assert_int_equal(row->urgency, incident->urgency);
		assert_true(str_eq(row->street, incident->street));
	} else {
		struct client_whistle whistle;
		char mark[48];

		OK(client_whistle_get(client, &row->entity, &world->arena, &whistle, NULL));
		assert_string_equal(row->number, client_whistle_mark(&whistle, mark));
		assert_string_equal(row->title, whistle.whistle->title);
		assert_true(str_eq(row->cls, whistle.whistle->cls));
		assert_int_equal(row->marks, whistle.marks);
	}
	OK(client_deadline_get(client, row->kind, &row->entity, row->deadline.sort,
			       &row->deadline.id, &world->arena, &again, NULL));
	assert_int_equal(again.key.due, row->key.due);
	assert_int_equal(again.key.tie, row->key.tie);
}

/* All pages of a size, forwards and backwards. */
static void pages_are(struct world *world, struct client *client,
		      const struct client_deadline_filter *filter, const struct want **wants,
		      size_t n, size_t size)
{
	for (int back = 0; back < 2; back++) {
		struct deadline_key key = { .set = false };
		struct client_deadlines page = { .more = true };
		size_t at = 0;

		while (page.more) {
			OK(back ? client_deadlines_before(client, filter, &key, size, &world->arena,
							  &page, NULL)
				: client_deadlines_page(client, filter, &key, size, &world->arena,
							&page, NULL));
			assert_true(page.n > 0 || n == 0);
			assert_true(at + page.n <= n);
			for (size_t i = 0; i < page.n; i++)
				same(world, client, &page.rows[i],
				     wants[back ? n - at - page.n + i : at + i]);
			at += page.n;
			key = page.next;
		}
		assert_int_equal(at, n);
	}
}

static void counts_are(struct client *client, const struct client_deadline_filter *filter,
		       const struct want **wants, size_t n, int64_t now)
{
	const int64_t bounds[] = { INT64_MIN, now - 3600000, now, now + 7200000, now + 86400000,
				   INT64_MAX };
	int64_t counts[ARRAY_LEN(bounds) - 1], want[ARRAY_LEN(bounds) - 1] = { 0 };
	bool exact = false;

	for (size_t i = 0; i < n; i++)
		for (size_t b = 0; b + 1 < ARRAY_LEN(bounds); b++)
			want[b] += wants[i]->deadline.due >= bounds[b] &&
				   wants[i]->deadline.due < bounds[b + 1];
	OK(client_deadlines_count(client, filter, bounds, ARRAY_LEN(bounds), 1000, counts, &exact,
				  NULL));
	assert_true(exact);
	for (size_t b = 0; b + 1 < ARRAY_LEN(bounds); b++)
		assert_int_equal(counts[b], want[b]);
	OK(client_deadlines_count(client, filter, bounds, ARRAY_LEN(bounds), 2, counts, &exact,
				  NULL));
	for (size_t b = 0; b + 1 < ARRAY_LEN(bounds); b++)
		assert_int_equal(counts[b], want[b] < 2 ? want[b] : 2);
	exact = false; /* one bound makes no range */
	OK(client_deadlines_count(client, filter, bounds, 1, 2, counts, &exact, NULL));
	assert_true(exact);
}

static void next_is(struct world *world, unsigned who, const struct wants *wants)
{
	struct client *client = world->all[who].client;
	struct client_deadline_filter mine = client_deadlines_mine(client);
	struct client_deadline row;

	for (int turn = 0; turn < 3; turn++) { /* the later ones from what is remembered */
		int64_t from = turn == 1 ? world->fixed.now : 0;
		const struct want *first = NULL;

		for (size_t i = 0; i < wants->n && first == NULL; i++)
			if (fits(client, &mine, &wants->rows[i]) &&
			    wants->rows[i].deadline.due >= from)
				first = &wants->rows[i];
		assert_int_equal(client_next_mine(client, from, &world->arena, &row), first != NULL);
		if (first != NULL)
			same(world, client, &row, first);
	}
}

/* Everything that can be asked about the list at one console. */
static void is_as_shown(struct world *world, unsigned who, const struct ids *ids)
{
	static struct wants wants;
	static const struct want *rows[MOST];
	struct client *client = world->all[who].client;
	int64_t now = world->fixed.now;
	const struct client_deadline_filter filters[] = {
		{ .org = NULL },
		client_deadlines_mine(client),
		{ .org = "320402001" },
		{ .sorts = 1 << DEADLINE_COUNTERSIGN },
		{ .kinds = 1 << KIND_WHISTLE },
		{ .kinds = 1 << KIND_INCIDENT, .from = now - 7200000, .to = now + 7200000 },
		{ .org = "shuiwu", .from = now },
	};

	wanted(world, client, ids, &wants);
	for (size_t i = 0; i < ARRAY_LEN(filters); i++) {
		size_t n = fitting(client, &filters[i], &wants, rows);

		pages_are(world, client, &filters[i], rows, n, 1 + (size_t)now / 200 % 7);
		counts_are(client, &filters[i], rows, n, now);
	}
	next_is(world, who, &wants);
}

/* ---- tests ---- */

static void what_is_cached_is_listed(void **state)
{
	struct world *world = *state;
	struct ids none = { .n = 0 };

	make_many(world, 40);
	settle_all(world);
	for (unsigned who = 0; who < CONSOLES; who++)
		is_as_shown(world, who, &none);
}

#define WORDS "title=two pipes and a road\nground=several\nassist=shuiwu\nassist=zhujian\nlead_org=shuiwu"

static const struct {
	unsigned who;
	enum kind kind;
	const char *verb, *words;
} acts[] = {
	{ CENTRE, KIND_INCIDENT, "register", "title=a new pipe" },
	{ STREET, KIND_WHISTLE, "blow", WORDS },
	{ CENTRE, KIND_WHISTLE, "issue", NULL },
	{ CENTRE, KIND_WHISTLE, "urge", NULL },
	{ WATER, KIND_WHISTLE, "sign", "comer=Zhou" },
	{ WATER, KIND_WHISTLE, "contact", NULL },
	{ WATER, KIND_WHISTLE, "report_in", "comer=Zhou\ncomer_post=head\ncomer_phone=1" },
	{ STREET, KIND_WHISTLE, "confirm_in", NULL },
	{ WATER, KIND_WHISTLE, "extend_ask", "extend_by=2wd\nreason=rain" },
	{ STREET, KIND_WHISTLE, "withdraw", "reason=over" },
	{ CENTRE, KIND_INCIDENT, "accept", NULL },
	{ CENTRE, KIND_INCIDENT, "assign", "holder=shuiwu" },
	{ WATER, KIND_INCIDENT, "sign", NULL },
};

/* An act that is refused changes nothing: so many of those tried are. */
static bool try_act(struct world *world, uint64_t *seed, struct ids *ids)
{
	size_t i = (size_t)((*seed = *seed * 6364136223846793005u + 1442695040888963407u) >> 33) %
		   ARRAY_LEN(acts);
	const struct act_desc *desc = act_desc_of(acts[i].kind, acts[i].verb);
	struct console *console = &world->all[acts[i].who];
	struct client_done done;
	const struct uuid *target = NULL;
	size_t n = 0, pick = (size_t)(*seed >> 40);

	if (desc->conflict != CONFLICT_CREATES) {
		for (size_t k = 0; k < ids->n; k++)
			n += ids->kinds[k] == acts[i].kind;
		if (n == 0)
			return false;
		pick %= n;
		for (size_t k = 0; k < ids->n; k++)
			if (ids->kinds[k] == acts[i].kind && pick-- == 0)
				target = &ids->ids[k];
	}
	if (act(console, acts[i].kind, acts[i].verb, target, acts[i].words, &done, NULL) != ERR_OK)
		return false;
	if (target == NULL && ids->n < IDS) {
		ids->kinds[ids->n] = acts[i].kind;
		ids->ids[ids->n++] = done.target;
	}
	return true;
}

/* Acts of three officers in any order, the line up and down: at each console the list is what is shown
 * there, at once. */
static void whatever_is_done_it_is_as_shown(void **state)
{
	struct world *world = *state;
	struct ids ids = { .n = 0 };
	uint64_t seed = 5;
	unsigned done = 0;

	make_many(world, 12);
	settle_all(world);
	for (int turn = 0; turn < 400; turn++) {
		done += try_act(world, &seed, &ids);
		if (turn % 10 == 9)
			world->server.down = (seed >> 50) % 2 != 0;
		for (unsigned who = 0; who < CONSOLES; who++) {
			if ((seed >> (40 + who)) % 3 == 0)
				step(world, &world->all[who]);
			if (turn % 8 == 0)
				is_as_shown(world, who, &ids);
		}
		arena_reset(&world->arena);
	}
	assert_true(done > 40);
	world->server.down = false;
	world->fixed.now += 300000;
	settle_all(world);
	for (unsigned who = 0; who < CONSOLES; who++)
		is_as_shown(world, who, &ids);
}

/* A row keeps its place while its entity waits and when it is folded; the cursor finds what follows. */
static void a_row_keeps_its_key(void **state)
{
	struct world *world = *state;
	struct client *client = world->all[STREET].client;
	struct client_deadline_filter whistles = { .kinds = 1 << KIND_WHISTLE };
	struct client_deadlines page;
	struct client_done done;
	struct deadline_key key;

	settle_all(world);
	OK(act(&world->all[STREET], KIND_WHISTLE, "blow", NULL, WORDS, &done, NULL));
	OK(client_deadlines_page(client, &whistles, NULL, 10, &world->arena, &page, NULL));
	assert_int_equal(page.n, 1);
	assert_int_equal(page.rows[0].marks, ROW_PENDING | ROW_NEW);
	key = page.rows[0].key;
	settle(world, &world->all[STREET]);
	OK(client_deadlines_page(client, &whistles, NULL, 10, &world->arena, &page, NULL));
	assert_int_equal(page.n, 1);
	assert_int_equal(page.rows[0].marks, 0);
	assert_int_equal(page.rows[0].key.tie, key.tie);
	OK(client_deadlines_page(client, &whistles, &page.rows[0].key, 10, &world->arena, &page,
				 NULL));
	assert_int_equal(page.n, 0);
	assert_false(page.more);
}

static void words_and_callers_choose(void **state)
{
	static const struct {
		const char *words;
		bool urgent;
		unsigned at_least;
	} cases[] = {
		{ "water", false, 20 },	  { "trees", true, 1 },	   { "1123-0503", false, 0 },
		{ "23-0503", false, 1 },  { "matter 雕庄", false, 5 }, { "nothing such", false, 0 },
		{ "水务 water", false, 1 }, { "  ", false, 40 },
	};
	struct world *world = *state;
	struct client *client = world->all[CENTRE].client;
	static struct wants wants;
	struct ids none = { .n = 0 };

	make_many(world, 40);
	settle_all(world);
	wanted(world, client, &none, &wants);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct client_deadline_filter filter = {
			.words = cases[i].words, .lets = cases[i].urgent ? lets_urgent : NULL,
			.entities = true,
		};
		const int64_t all[] = { INT64_MIN, INT64_MAX };
		struct client_deadlines page;
		int64_t count;
		bool exact;

		OK(client_deadlines_page(client, &filter, NULL, 500, &world->arena, &page, NULL));
		assert_true(page.n >= cases[i].at_least);
		assert_true(cases[i].at_least > 0 || page.n == 0);
		assert_false(page.more);
		for (size_t k = 0; k < page.n; k++) {
			assert_non_null(page.rows[k].incident);
			assert_true(uuid_eq(&page.rows[k].incident->head.id, &page.rows[k].entity));
			assert_true(!cases[i].urgent || page.rows[k].urgency == 1);
		}
		OK(client_deadlines_count(client, &filter, all, 2, 1000, &count, &exact, NULL));
		assert_true(exact);
		assert_int_equal(count, page.n);
	}
}

static void one_that_has_gone_is_not_there(void **state)
{
	struct world *world = *state;
	struct uuid id = issued(world, WORDS), nil = { { 0 } };
	struct client *street = world->all[STREET].client;
	struct client_deadline row;
	struct error err = ERROR_INIT;

	OK(client_deadline_get(street, KIND_WHISTLE, &id, DEADLINE_CLOCK, &nil, &world->arena, &row,
			       NULL));
	assert_string_equal(row.deadline.clock, "sign"); /* what runs out first */
	world->server.down = true;
	must_whistle(&world->all[STREET], "withdraw", &id, "reason=over");
	assert_int_equal(client_deadline_get(street, KIND_WHISTLE, &id, row.deadline.sort,
					     &row.deadline.id, &world->arena, &row, NULL),
			 ERR_NOT_FOUND);
	assert_int_equal(client_deadline_get(street, KIND_WHISTLE, &nil, DEADLINE_CLOCK, &nil,
					     &world->arena, &row, &err),
			 ERR_NOT_FOUND);
	assert_true(err.text[0] != '\0');
}

/* What is remembered goes with each change that others have made, also where nothing of ours waits. */
static void news_of_others_move_the_next_one(void **state)
{
	struct world *world = *state;
	struct client *water = world->all[WATER].client;
	struct client_deadline row;
	struct uuid id = blown(world, WORDS);

	assert_false(client_next_mine(water, 0, &world->arena, &row));
	must_whistle(&world->all[CENTRE], "issue", &id, NULL);
	settle(world, &world->all[CENTRE]);
	for (int i = 0; i < 60 && !client_next_mine(water, 0, &world->arena, &row); i++)
		step(world, &world->all[WATER]);
	assert_true(client_next_mine(water, 0, &world->arena, &row));
	assert_string_equal(row.deadline.clock, "sign");
	assert_true(uuid_eq(&row.entity, &id));
}

static size_t asked_of(struct world *world, struct client *client, bool mine)
{
	struct client_deadline_filter filter = { .sorts = 1 << DEADLINE_EXTENSION };
	struct client_deadlines page;

	if (mine)
		filter.org = client_deadlines_mine(client).org;
	OK(client_deadlines_page(client, &filter, NULL, 10, &world->arena, &page, NULL));
	for (size_t i = 0; i < page.n; i++) {
		struct client_deadline again;

		assert_string_equal(page.rows[i].deadline.org, client_rules(client)->centre);
		OK(client_deadline_get(client, KIND_WHISTLE, &page.rows[i].entity,
				       DEADLINE_EXTENSION, &page.rows[i].deadline.id, &world->arena,
				       &again, NULL));
		assert_string_equal(again.deadline.org, client_rules(client)->centre);
	}
	return page.n;
}

/* What is asked for on a whistle waits for the centre: at once at the one who asks, then there, among
 * its own; and at nobody else's. */
static void an_extension_of_a_whistle_is_the_centres(void **state)
{
	struct world *world = *state;
	struct console *water = &world->all[WATER];
	struct uuid id = blown(world, WORDS);

	must_whistle(&world->all[CENTRE], "issue", &id, NULL);
	settle_all(world);
	must_whistle(water, "sign", &id, "comer=Zhou");
	must_whistle(water, "contact", &id, NULL);
	must_whistle(water, "report_in", &id, "comer=Zhou\ncomer_post=head\ncomer_phone=1");
	settle_all(world);
	must_whistle(&world->all[STREET], "confirm_in", &id, "share=shuiwu");
	settle_all(world);
	assert_int_equal(asked_of(world, water->client, false), 0);
	must_whistle(water, "extend_ask", &id, "extend_by=2wd\nreason=rain");
	assert_int_equal(asked_of(world, water->client, false), 1);
	assert_int_equal(asked_of(world, water->client, true), 0);
	settle_all(world);
	assert_int_equal(asked_of(world, water->client, true), 0);
	assert_int_equal(asked_of(world, world->all[CENTRE].client, true), 1);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, world_make, world_free)
	static const struct CMUnitTest tests[] = {
		T(what_is_cached_is_listed),	   T(whatever_is_done_it_is_as_shown),
		T(a_row_keeps_its_key),		   T(words_and_callers_choose),
		T(one_that_has_gone_is_not_there), T(an_extension_of_a_whistle_is_the_centres),
		T(news_of_others_move_the_next_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
