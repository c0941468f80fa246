#include <config.h>

#include "zhiban/model/home.h"

#include <stdlib.h>
#include <string.h>

#include "home_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/marks.h"
#include "zhiban/client/mode.h"
#include "zhiban/domain/stand.h"
#include "zhiban/model/alarm.h"

enum {
	SLICE = 60,	  /* rows of a slice */
	LOOKED = 480,	  /* rows of a range */
	LOOKED_STEP = 120, /* of one step that is up to us */
	REST_LEAST = 300, /* ms between two gatherings, and ten times as long as one took */
	REST_TIMES = 10,
};

struct gathered {
	struct home_row row;
	struct home_need need;
	int64_t due;
};

/* The ranges that rows come from, one after the other. */
enum range {
	RANGE_ALARMS,
	RANGE_OVER,	/* ran out: the latest first */
	RANGE_NEXT,	/* runs out next */
	RANGE_OURS,	/* held by the officer's organisation */
	RANGE_UNSIGNED,
	RANGE_WATCHED,
	RANGE_OVERLAID, /* acts of ours stand on them */
	RANGE_STEPS,	/* one for each step of the flow: those that are up to us */
};

struct home {
	struct client *client;

	struct home_row *rows; /* shown */
	size_t n_rows;
	size_t count[HOME_GROUPS]; /* of all that were gathered */
	bool more[HOME_GROUPS];
	int64_t counters[HOME_COUNTS];
	bool whole;

	bool stale; /* something changed since the gathering began */
	bool going;
	size_t range; /* enum range, and the steps behind it */
	struct row_key at;
	size_t looked;
	bool cut[HOME_GROUPS]; /* a range had more than were looked at */
	struct gathered *all;
	size_t n_all, cap_all;
	int64_t began, rest_till;
	const struct alarms *alarms; /* or NULL */
};

struct home *home_new(struct client *client)
{
	struct home *home = mem_alloc(sizeof *home);

	home->client = client;
	home->stale = true;
	return home;
}

void home_alarms(struct home *home, const struct alarms *alarms)
{
	home->alarms = alarms;
}

void home_clear(struct home *home)
{
	home->n_rows = 0;
	memset(home->count, 0, sizeof home->count);
	memset(home->more, 0, sizeof home->more);
	memset(home->counters, 0, sizeof home->counters);
	home->whole = home->going = false;
	home->stale = true;
	home->rest_till = 0;
}

void home_free(struct home *home)
{
	if (!home)
		return;
	free(home->rows);
	free(home->all);
	free(home);
}

const struct home_row *home_rows(const struct home *home, size_t *ret_n)
{
	*ret_n = home->n_rows;
	return home->rows;
}

size_t home_group_count(const struct home *home, enum home_group group)
{
	return home->count[group];
}

bool home_has_more(const struct home *home, enum home_group group)
{
	return home->more[group];
}

bool home_is_whole(const struct home *home)
{
	return home->whole;
}

/* ---- one row ---- */

static void gather(struct home *home, const struct incident *incident)
{
	const struct uuid *id = &incident->head.id;
	struct home_facts facts = { .rules = client_rules(home->client),
				    .actor = client_actor(home->client),
				    .mode = client_mode_code(home->client),
				    .now = client_now(home->client),
				    .watched = client_marked(home->client, id, MARK_WATCH) ||
					       client_marked(home->client, id, MARK_PIN),
				    .unsigned_share = home->range == RANGE_UNSIGNED };
	const struct step *step = rules_step(facts.rules, incident->step);
	struct arena arena = ARENA_INIT;
	struct incident *whole;
	enum home_group group;

	/* a row has no shares, and they say whose turn it is */
	if (step && step->shares && client_get(home->client, id, &arena, &whole, NULL) == ERR_OK)
		incident = whole;
	group = home_group(&facts, incident);
	if (group != HOME_NONE) {
		MEM_GROW(home->all, home->n_all, home->cap_all);
		home->all[home->n_all++] = (struct gathered){
			{ *id, group }, home_need(&facts, incident, group), incident->due };
	}
	arena_release(&arena);
}

/* ---- ranges ---- */

static const struct field *incident_field(const char *name)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);

	return field_find(kind->fields, kind->n_fields, name);
}

/* Whether the officer does what leads on from a step, whoever holds its cases. */
static bool is_our_step(const struct home *home, const struct step *step)
{
	static const char *const nobody;
	struct incident incident = { .open = 1, .step = step->id, .holder = nobody };
	const struct actor *actor = client_actor(home->client);

	return step->open && actor && home_is_ours(client_rules(home->client), actor, &incident);
}

/* Where a range begins; false: there is nothing in it. */
static bool range_begin(struct home *home, struct client_order *order)
{
	const struct rules *rules = client_rules(home->client);
	const struct actor *actor = client_actor(home->client);
	int64_t now = client_now(home->client);
	struct value value = { .is_text = true };
	bool first = !home->at.set;

	*order = (struct client_order){ .open_only = true };
	switch ((enum range)home->range) {
	case RANGE_ALARMS:
		order->field = incident_field("urgency");
		return rules->alarm_urgency > 0;
	case RANGE_OVER:
	case RANGE_NEXT:
		if (first)
			row_key_due(now, &home->at);
		return true;
	case RANGE_OURS:
		order->field = incident_field("holder");
		value.text = actor->org;
		break;
	case RANGE_UNSIGNED:
	case RANGE_WATCHED:
	case RANGE_OVERLAID:
		return true;
	default:
		order->field = incident_field("step");
		value.text = rules->steps[home->range - RANGE_STEPS].id;
		if (!is_our_step(home, &rules->steps[home->range - RANGE_STEPS]))
			return false;
	}
	if (first)
		client_group_key(home->client, order, value, &home->at);
	return true;
}

/* Whether a row still belongs to the range; behind it nothing does. */
static bool in_range(const struct home *home, const struct incident *incident)
{
	const struct rules *rules = client_rules(home->client);

	switch ((enum range)home->range) {
	case RANGE_ALARMS:
		return incident->urgency > 0 && incident->urgency <= rules->alarm_urgency;
	case RANGE_NEXT:
		return incident->open && incident->due &&
		       incident->due - client_now(home->client) <= HOME_NEXT_MS;
	case RANGE_OURS:
		return str_eq(incident->holder, client_actor(home->client)->org);
	case RANGE_OVER:
	case RANGE_UNSIGNED:
	case RANGE_WATCHED:
	case RANGE_OVERLAID:
		return true;
	default:
		return str_eq(incident->step, rules->steps[home->range - RANGE_STEPS].id);
	}
}

static enum err range_page(struct home *home, const struct client_order *order,
			   struct arena *arena, struct client_page *page)
{
	enum page_dir dir = home->range == RANGE_OVER ? PAGE_BEFORE :
			    home->at.set	      ? PAGE_AFTER : PAGE_FROM;

	if (home->range == RANGE_UNSIGNED)
		return client_stand_page(home->client, STAND_UNSIGNED, &home->at, SLICE, arena,
					 page, NULL);
	if (home->range == RANGE_OVERLAID) {
		client_overlaid(home->client, arena, page);
		return ERR_OK;
	}
	return client_page(home->client, order, &home->at, dir, SLICE, arena, page, NULL);
}

static void next_range(struct home *home)
{
	home->range++;
	home->at = (struct row_key){ .set = false };
	home->looked = 0;
}

static void gather_watched(struct home *home)
{
	static const enum mark_what marks[] = { MARK_WATCH, MARK_PIN };
	struct arena arena = ARENA_INIT;
	struct client_order board = { .field = NULL };

	for (size_t m = 0; m < ARRAY_LEN(marks); m++) {
		struct uuid *ids;
		size_t n;

		if (client_mark_list(home->client, marks[m], &arena, &ids, &n, NULL) != ERR_OK)
			continue;
		for (size_t i = 0; i < n && i < LOOKED; i++) {
			struct client_row row;

			if (client_row_get(home->client, &board, &ids[i], &arena, &row, NULL) ==
			    ERR_OK)
				gather(home, row.incident);
		}
		home->cut[HOME_WATCH] |= n > LOOKED;
	}
	arena_release(&arena);
	next_range(home);
}

/* Which group loses rows when a range is cut. */
static enum home_group group_of_range(size_t range)
{
	return range <= RANGE_OVER ? HOME_ACT : range == RANGE_UNSIGNED ? HOME_WAIT : HOME_NEXT;
}

/* After a first snapshot indexes are still being made: a range is left out, and said to have more,
 * until the minute that finds its index. */
static bool waits_for_index(struct home *home, const struct client_order *order)
{
	bool slow = client_order_is_slow(home->client, order);

	home->cut[group_of_range(home->range)] |= slow;
	return slow;
}

static void gather_slice(struct home *home)
{
	size_t most = home->range >= RANGE_STEPS ? LOOKED_STEP : LOOKED;
	struct arena arena = ARENA_INIT;
	struct client_order order;
	struct client_page page;
	bool inside = true;

	if (home->range == RANGE_WATCHED) {
		gather_watched(home);
		return;
	}
	if (!range_begin(home, &order) || waits_for_index(home, &order) ||
	    range_page(home, &order, &arena, &page) != ERR_OK) {
		next_range(home);
		arena_release(&arena);
		return;
	}
	for (size_t i = 0; i < page.n && inside; i++) {
		inside = in_range(home, page.rows[i].incident);
		if (inside)
			gather(home, page.rows[i].incident);
	}
	home->looked += page.n;
	if (page.n)
		home->at = page.rows[home->range == RANGE_OVER ? 0 : page.n - 1].key;
	if (home->looked >= most && inside && page.more)
		home->cut[group_of_range(home->range)] = true;
	if (!inside || !page.more || home->looked >= most)
		next_range(home);
	arena_release(&arena);
}

/* ---- the whole ---- */

static int by_id(const void *x, const void *y)
{
	const struct gathered *a = x, *b = y;

	int c = uuid_cmp(&a->row.id, &b->row.id);

	return c ? c : (int)a->row.group - (int)b->row.group;
}

static int cmp(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static int by_need(const void *x, const void *y)
{
	const struct gathered *a = x, *b = y;
	int c = cmp(a->row.group, b->row.group);

	if (c == 0)
		c = cmp(a->need.first, b->need.first);
	if (c == 0)
		c = cmp(a->need.order, b->need.order);
	return c ? c : uuid_cmp(&a->row.id, &b->row.id);
}

/* A case may have come from several ranges: the more urgent place is its own. */
static void drop_twice(struct home *home)
{
	size_t n = 0;

	if (home->n_all)
		qsort(home->all, home->n_all, sizeof *home->all, by_id);
	for (size_t i = 0; i < home->n_all; i++)
		if (n == 0 || !uuid_eq(&home->all[n - 1].row.id, &home->all[i].row.id))
			home->all[n++] = home->all[i];
	home->n_all = n;
}

/* What was gathered becomes what is shown; true: it is something else. */
static bool show(struct home *home)
{
	size_t count[HOME_GROUPS] = { 0 }, n = 0;
	struct home_row *rows;
	bool other;

	drop_twice(home);
	if (home->n_all)
		qsort(home->all, home->n_all, sizeof *home->all, by_need);
	rows = mem_alloc((home->n_all + 1) * sizeof *rows);
	for (size_t i = 0; i < home->n_all; i++)
		if (count[home->all[i].row.group]++ < HOME_MOST)
			rows[n++] = home->all[i].row;
	other = !home->whole || n != home->n_rows ||
		memcmp(count, home->count, sizeof count) != 0;
	for (size_t i = 0; i < n && !other; i++)
		other = !uuid_eq(&rows[i].id, &home->rows[i].id) ||
			rows[i].group != home->rows[i].group;
	free(home->rows);
	home->rows = rows;
	home->n_rows = n;
	memcpy(home->count, count, sizeof count);
	for (int g = 0; g < HOME_GROUPS; g++)
		home->more[g] = home->cut[g] || count[g] > HOME_MOST;
	home->whole = true;
	return other;
}

/* True: a counter is another than it was. */
static bool recount(struct home *home)
{
	int64_t fresh[HOME_COUNTS];
	bool other;

	home_recount(home->client, home->alarms, fresh);
	other = memcmp(fresh, home->counters, sizeof fresh) != 0;
	memcpy(home->counters, fresh, sizeof fresh);
	return other;
}

static void begin(struct home *home)
{
	home->stale = false;
	home->going = true;
	home->range = client_actor(home->client) ? 0 : SIZE_MAX;
	home->at = (struct row_key){ .set = false };
	home->looked = home->n_all = 0;
	memset(home->cut, 0, sizeof home->cut);
	home->began = env_now(client_env(home->client));
}

static unsigned finish(struct home *home)
{
	int64_t now = env_now(client_env(home->client)), rest = (now - home->began) * REST_TIMES;
	unsigned work = show(home) ? HOME_ROWS : HOME_IDLE;

	home->going = false;
	home->rest_till = now + (rest > REST_LEAST ? rest : REST_LEAST);
	return work | (recount(home) ? HOME_COUNTERS : HOME_IDLE);
}

unsigned home_step(struct home *home)
{
	int64_t now = env_now(client_env(home->client));

	if (home->rest_till > now + MINUTE_MS) /* the clock was set back */
		home->rest_till = now;
	if (!home->going && (!home->stale || now < home->rest_till))
		return HOME_IDLE;
	if (!home->going)
		begin(home);
	if (home->range < RANGE_STEPS + client_rules(home->client)->n_steps)
		gather_slice(home);
	if (home->range < RANGE_STEPS + client_rules(home->client)->n_steps)
		return HOME_MORE;
	return finish(home) | (home->stale ? HOME_MORE : HOME_IDLE);
}

int64_t home_next(const struct home *home)
{
	return home->going ? 0 : home->stale ? home->rest_till : INT64_MAX;
}

void home_changed(struct home *home, const struct client_change *change)
{
	if (change->bits & ~(unsigned)CHANGE_LINK)
		home->stale = true;
	if (change->bits & (CHANGE_RULES | CHANGE_ACTOR)) { /* what was begun is of other rules */
		home->going = false;
		home->rest_till = 0;
	}
}

void home_minute(struct home *home)
{
	home->stale = true;
}

int64_t home_counter(const struct home *home, enum home_count count)
{
	return home->counters[count];
}
