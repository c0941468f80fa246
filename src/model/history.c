#include <config.h>

#include "zhiban/model/history.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/base/text.h"
#include "zhiban/client/search.h"
#include "zhiban/domain/phone.h"
#include "zhiban/domain/place.h"
#include "zhiban/domain/rules.h"

enum {
	ADDRESS_LEAST = 9, /* bytes: three characters of Chinese */
	PAGE = 100,
};

struct near_cases { /* the newest first */
	struct history_case cases[HISTORY_CASES];
	int64_t at[HISTORY_CASES];
	size_t n, found;
};

struct history {
	struct client *client;
	struct arena arena; /* of the ask and the cases */
	struct history_ask ask;
	const char *address; /* folded; "" when there is too little of it */
	char digits[PHONE_DIGITS];
	struct client_search *search; /* of the address; NULL: none, or it is done */
	size_t taken;		      /* of its hits, once it is done */
	struct client_order order;    /* of the scan for the rest */
	struct row_key key;
	size_t looked;
	bool done, all;
	struct near_cases near[NEAR_COUNT];
};

static const char *word(const char *text)
{
	return text ? text : "";
}

bool history_same(const struct history_ask *a, const struct history_ask *b)
{
	return strcmp(word(a->address), word(b->address)) == 0 &&
	       strcmp(word(a->grid), word(b->grid)) == 0 &&
	       strcmp(word(a->community), word(b->community)) == 0 &&
	       strcmp(word(a->phone), word(b->phone)) == 0;
}

static const char *folded(struct arena *arena, const char *text)
{
	struct str out = STR_INIT;
	const char *copy;

	place_fold(&out, word(text));
	copy = out.len >= ADDRESS_LEAST ? arena_strdup(arena, out.s) : "";
	str_release(&out);
	return copy;
}

/* What goes before a house number: the index finds all of that street, is_at tells them apart. */
static void search_address(struct history *history)
{
	size_t len = strcspn(history->address, "0123456789");
	const char *words = arena_strndup(&history->arena, history->address,
					  len >= ADDRESS_LEAST ? len : strlen(history->address));
	struct client_search_ask ask = { .words = words };

	if (!*words || client_search_new(history->client, &ask, &history->search, NULL) != ERR_OK)
		history->search = NULL;
}

struct history *history_new(struct client *client, const struct history_ask *ask)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	struct history *history = mem_alloc(sizeof *history);

	history->client = client;
	history->ask = (struct history_ask){
		arena_strdup(&history->arena, word(ask->address)),
		arena_strdup(&history->arena, word(ask->grid)),
		arena_strdup(&history->arena, word(ask->community)),
		arena_strdup(&history->arena, word(ask->phone)),
	};
	history->address = folded(&history->arena, ask->address);
	phone_digits(ask->phone, history->digits);
	history->order.field = field_find(kind->fields, kind->n_fields, "registered_at");
	history->order.descending = true;
	history->done = !*history->address && !*history->ask.grid && !*history->ask.community &&
			!*history->digits;
	search_address(history);
	return history;
}

void history_free(struct history *history)
{
	if (!history)
		return;
	client_search_free(history->search);
	arena_release(&history->arena);
	free(history);
}

const struct history_ask *history_asked(const struct history *history)
{
	return &history->ask;
}

/* ---- looking ---- */

static bool is_at(const struct history *history, const struct incident *incident,
		  struct str *passing)
{
	const char *typed = history->address;

	if (!*typed)
		return false;
	str_clear(passing);
	place_fold(passing, word(incident->address));
	if (passing->len >= ADDRESS_LEAST &&
	    (strstr(passing->s, typed) || strstr(typed, passing->s)))
		return true;
	return incident->title && strstr(incident->title, typed);
}

/* Where one of that time goes; NULL: there are newer ones enough. */
static struct history_case *room(struct near_cases *list, int64_t at)
{
	size_t i = list->n;

	list->found++;
	while (i > 0 && list->at[i - 1] < at)
		i--;
	if (i == HISTORY_CASES)
		return NULL;
	list->n += list->n < HISTORY_CASES;
	memmove(&list->cases[i + 1], &list->cases[i],
		(list->n - 1 - i) * sizeof *list->cases);
	memmove(&list->at[i + 1], &list->at[i], (list->n - 1 - i) * sizeof *list->at);
	list->at[i] = at;
	return &list->cases[i];
}

static void take(struct history *history, enum history_near near, const struct incident *incident)
{
	const struct rules *rules = client_rules(history->client);
	const struct step *step = rules_step(rules, incident->step); /* NULL: of other rules */
	struct history_case *row = room(&history->near[near], incident->registered_at);
	struct str what = STR_INIT;
	char mark[48], when[CIVIL_TEXT];

	if (!row)
		return;
	str_addf(&what, "%s ", client_mark(history->client, incident, mark));
	text_clean(&what, word(incident->title), strlen(word(incident->title)), false);
	civil_format(incident->registered_at, rules->offset_min, "m-d", when, sizeof when);
	row->id = incident->head.id;
	row->what = arena_strdup(&history->arena, str_get(&what));
	row->state = arena_printf(&history->arena, "%s %s", when,
				  step ? rules_state_words(rules, step, incident) :
					 word(incident->step));
	row->open = incident->open;
	str_release(&what);
}

static void look_at(struct history *history, const struct incident *incident, struct str *passing)
{
	const struct history_ask *ask = &history->ask;
	char digits[PHONE_DIGITS];

	if (is_at(history, incident, passing))
		; /* the search finds it, and older ones */
	else if (*ask->grid && str_eq(incident->grid, ask->grid))
		take(history, NEAR_GRID, incident);
	else if (*ask->community && str_eq(incident->community, ask->community))
		take(history, NEAR_COMMUNITY, incident);
	if (!*history->digits || !incident->phone)
		return;
	phone_digits(incident->phone, digits);
	if (strcmp(digits, history->digits) == 0)
		take(history, NEAR_CALLER, incident);
}

static bool step_page(struct history *history, size_t n)
{
	struct arena arena = ARENA_INIT;
	struct client_page page = { .n = 0 };
	struct str passing = STR_INIT;
	enum err code = client_page(history->client, &history->order,
				    history->key.set ? &history->key : NULL, PAGE_AFTER, n, &arena,
				    &page, NULL);

	for (size_t i = 0; code == ERR_OK && i < page.n; i++) {
		look_at(history, page.rows[i].incident, &passing);
		history->key = page.rows[i].key;
	}
	history->looked += page.n;
	history->all = code == ERR_OK && !page.more;
	history->done = code != ERR_OK || !page.more || history->looked >= HISTORY_LOOKED;
	str_release(&passing);
	arena_release(&arena);
	return !history->done;
}

static void take_hits(struct history *history)
{
	struct client_hit hits[PAGE];
	struct arena arena = ARENA_INIT;
	struct str passing = STR_INIT;
	size_t n = 0;

	if (client_search_hits(history->search, history->taken, PAGE, &arena, hits, &n, NULL) !=
	    ERR_OK)
		n = 0;
	for (size_t i = 0; i < n; i++)
		if (is_at(history, hits[i].row.incident, &passing))
			take(history, NEAR_ADDRESS, hits[i].row.incident);
	history->taken += n;
	if (n < PAGE) {
		client_search_free(history->search);
		history->search = NULL;
	}
	str_release(&passing);
	arena_release(&arena);
}

/* A slice of the search; its hits are gone through when all of them are there. */
static void step_search(struct history *history, size_t budget)
{
	if (client_search_done(history->search)) {
		take_hits(history);
	} else if (client_search_step(history->search, budget < PAGE ? PAGE : budget, NULL) !=
		   ERR_OK) { /* with less it might not get on */
		client_search_free(history->search);
		history->search = NULL;
	}
}

bool history_step(struct history *history, size_t budget)
{
	if (history->search) {
		step_search(history, budget);
		return history->search || !history->done;
	}
	while (!history->done && budget > 0) {
		size_t n = budget < PAGE ? budget : PAGE;

		budget -= n;
		(void)step_page(history, n);
	}
	return !history->done;
}

size_t history_looked(const struct history *history)
{
	return history->looked;
}

bool history_all(const struct history *history)
{
	return history->all;
}

static bool is_of(const struct uuid *id, const struct uuid *ids, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (uuid_eq(id, &ids[i]))
			return true;
	return false;
}

size_t history_told(struct history *history, const struct uuid *ids, size_t n)
{
	struct near_cases before = history->near[NEAR_CALLER];
	struct arena arena = ARENA_INIT;
	size_t here;

	history->near[NEAR_CALLER] = (struct near_cases){ .n = 0 };
	for (size_t i = 0; i < n; i++) {
		struct incident *incident;

		if (client_get(history->client, &ids[i], &arena, &incident, NULL) == ERR_OK)
			take(history, NEAR_CALLER, incident);
	}
	here = history->near[NEAR_CALLER].found;
	for (size_t i = 0; i < before.n; i++) { /* what waits to be sent, say */
		struct history_case *row;

		if (is_of(&before.cases[i].id, ids, n))
			continue;
		row = room(&history->near[NEAR_CALLER], before.at[i]);
		if (row)
			*row = before.cases[i];
	}
	arena_release(&arena);
	return here;
}

size_t history_cases(const struct history *history, enum history_near near,
		     const struct history_case **ret_cases, size_t *ret_n)
{
	*ret_cases = history->near[near].cases;
	*ret_n = history->near[near].n;
	return history->near[near].found;
}
