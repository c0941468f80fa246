#include <config.h>

#include "zhiban/client/client.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/pinyin.h"
#include "zhiban/client/search.h"

#include "thing_priv.h"

enum { MONTHS_BACK = 36 };

enum err client_get(struct client *client, const struct uuid *id, struct arena *arena,
		    struct incident **ret_incident, struct error *err)
{
	struct incident *incident = NULL;
	enum err code = overlay_state(client, id, arena, &incident, err);

	if (code != ERR_OK)
		return code;
	if (incident == NULL && client_found_of(client, id) != NULL)
		incident = entity_copy(client_found_of(client, id), arena);
	if (incident == NULL)
		return error_set(err, ERR_NOT_FOUND, "%s", _("that incident is not here"));
	*ret_incident = incident;
	return ERR_OK;
}

const char *client_mark(const struct client *client, const struct incident *incident,
			char buf[48])
{
	const struct overlay_row *row = overlay_find(client, &incident->head.id);
	char number[24], hex[UUID_TEXT];

	if (incident->number != NULL && incident->number[0] != '\0') {
		snprintf(buf, 48, "%s", incident_short_number(incident, number));
	} else if (row != NULL && row->n != 0) {
		/* TRANSLATORS: an incident without a number yet, and its place in the outbox */
		snprintf(buf, 48, _("no number yet-%lld"), (long long)row->n);
	} else {
		uuid_text(&incident->head.id, hex);
		snprintf(buf, 48, "%.8s", hex);
	}
	return buf;
}

/* ---- finding ---- */

/* "22-0417": the latest month whose number ends so. */
static enum err find_short(struct client *client, const char *words, struct uuid *ret_id)
{
	const struct rules *rules = client->rules;
	struct civil civil;
	char number[48];

	civil_of_ms(client_now(client), rules->offset_min, &civil);
	for (int back = 0; back < MONTHS_BACK; back++) {
		int month = civil.year * 12 + civil.month - 1 - back;

		snprintf(number, sizeof number, "%04d%02d%s", month / 12, month % 12 + 1, words);
		if (cache_by_number(client->cache, number, ret_id, NULL) == ERR_OK)
			return ERR_OK;
	}
	return ERR_NOT_FOUND;
}

static bool is_short(const char *words)
{
	size_t day = strspn(words, "0123456789");

	return day == 2 && words[2] == '-' && words[3] != '\0' &&
	       strspn(words + 3, "0123456789") == strlen(words + 3);
}

static enum err find_local(struct client *client, long long n, struct uuid *ret_id)
{
	for (size_t i = 0; i < client->overlay.n; i++) {
		if (client->overlay.rows[i].n == n) {
			*ret_id = client->overlay.rows[i].shown->head.id;
			return ERR_OK;
		}
	}
	return ERR_NOT_FOUND;
}

/* Ids of the overlay and of the cache that begin so. */
static enum err find_prefix(struct client *client, const char *words, struct uuid *ret_id,
			    struct error *err)
{
	struct uuid found[2];
	char text[UUID_TEXT], hex[33], want[33];
	size_t n = 0, len = 0;
	enum err code = ERR_OK;

	for (; *words != '\0' && len < 32; words++)
		if (*words != '-')
			want[len++] = (char)tolower((unsigned char)*words);
	want[len] = '\0';
	if (client->cache != NULL)
		code = cache_by_prefix(client->cache, KIND_INCIDENT, want, found, &n, err);
	if (code != ERR_OK)
		return code;
	for (size_t i = 0; i < client->overlay.n && n < 2; i++) {
		const struct overlay_row *row = &client->overlay.rows[i];
		size_t at = 0;

		uuid_text(&row->shown->head.id, text);
		for (const char *c = text; *c != '\0'; c++)
			if (*c != '-')
				hex[at++] = *c;
		if (row->base == NULL && strncmp(hex, want, len) == 0)
			found[n++] = row->shown->head.id;
	}
	if (n == 2)
		return error_set(err, ERR_INPUT, _("%s fits several: give more digits"), want);
	if (n == 0)
		return ERR_NOT_FOUND;
	*ret_id = found[0];
	return ERR_OK;
}

enum err client_find(struct client *client, const char *words, struct uuid *ret_id,
		     struct error *err)
{
	struct error own = ERROR_INIT;
	long long n;
	enum err code = ERR_NOT_FOUND;

	if (client->cache != NULL)
		code = cache_by_number(client->cache, words, ret_id, NULL);
	if (code == ERR_NOT_FOUND && client->cache != NULL && is_short(words))
		code = find_short(client, words, ret_id);
	if (code == ERR_NOT_FOUND && words_are_local(words, &n))
		code = find_local(client, n, ret_id);
	if (code == ERR_NOT_FOUND && words_are_hex(words))
		code = find_prefix(client, words, ret_id, &own);
	if (code == ERR_NOT_FOUND)
		return error_set(err, ERR_NOT_FOUND,
				 _("no incident \"%s\" here: give its number, its local mark or 8 "
				   "digits of its id"), words);
	if (code != ERR_OK)
		return error_set(err, code, "%s", own.text);
	return ERR_OK;
}

/* ---- people ---- */

struct people {
	struct arena *arena;
	const struct person **items;
	size_t n, cap;
};

static enum err add_person(void *ctx, const void *entity, struct error *err)
{
	struct people *people = ctx;

	(void)err;
	if (people->n == people->cap) {
		size_t cap = people->cap != 0 ? people->cap * 2 : 32;
		const struct person **items = arena_array(people->arena, cap, sizeof *items);

		if (people->n > 0)
			memcpy(items, people->items, people->n * sizeof *items);
		people->items = items;
		people->cap = cap;
	}
	people->items[people->n++] = entity;
	return ERR_OK;
}

struct sorted { /* a person, and how the name is read */
	const struct person *person;
	const char *read;
};

static int by_protocol(const void *a, const void *b, void *ctx)
{
	const struct sorted *x = a, *y = b;
	const struct rules *rules = ctx;
	const struct org *ox = rules_org(rules, x->person->org);
	const struct org *oy = rules_org(rules, y->person->org);
	int order;

	if (ox != oy) /* organisations stand in one array, in protocol order; unknown ones last */
		return ox == NULL ? 1 : oy == NULL ? -1 : ox < oy ? -1 : 1;
	order = strcmp(x->read, y->read);
	return order != 0 ? order : strcmp(x->person->name != NULL ? x->person->name : "",
					   y->person->name != NULL ? y->person->name : "");
}

/* Where the protocol does not say it, by how names are read, as a telephone list is. */
static void sort_people(const struct rules *rules, struct people *people)
{
	struct sorted *sorted = arena_array(people->arena, people->n + 1, sizeof *sorted);
	struct str read = STR_INIT;

	for (size_t i = 0; i < people->n; i++) {
		str_clear(&read);
		if (people->items[i]->name != NULL)
			pinyin_spell(&read, people->items[i]->name);
		sorted[i] = (struct sorted){ people->items[i],
					     arena_strdup(people->arena, str_get(&read)) };
	}
	qsort_r(sorted, people->n, sizeof *sorted, by_protocol, (void *)rules);
	for (size_t i = 0; i < people->n; i++)
		people->items[i] = sorted[i].person;
	str_release(&read);
}

enum err client_people(struct client *client, struct arena *arena,
		       const struct person ***ret_people, size_t *ret_n, struct error *err)
{
	struct people people = { .arena = arena };
	enum err code = ERR_OK;

	if (client->cache != NULL)
		code = cache_each(client->cache, KIND_PERSON, arena, add_person, &people, err);
	if (code != ERR_OK)
		return code;
	if (people.n > 0)
		sort_people(client->rules, &people);
	*ret_people = people.items;
	*ret_n = people.n;
	return ERR_OK;
}
