#include <config.h>

#include "zhiban/model/draft.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/arena.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/client/draft.h"
#include "zhiban/model/subject.h"

enum { FIELDS_MOST = 128 };

struct item {
	struct arena arena;
	struct draft draft; /* verb NULL: unused */
	unsigned long age;  /* larger: put later */
	bool unkept;	    /* in memory only: the disk refused */
};

struct drafts {
	struct client *client;
	char *officer;
	struct item items[DRAFTS_MAX];
	unsigned long puts;
};

const struct act_desc *draft_act(struct client *client, const struct draft *draft)
{
	const struct act_desc *act = act_desc_find(draft->verb);
	const struct act_desc *other = act_desc_of(KIND_WHISTLE, draft->verb);
	struct arena arena = ARENA_INIT;
	struct subject subject;

	if (act && act != other && other &&
	    subject_get(client, KIND_INCIDENT, &draft->id, &arena, &subject, NULL) != ERR_OK &&
	    subject_get(client, KIND_WHISTLE, &draft->id, &arena, &subject, NULL) == ERR_OK)
		act = other;
	arena_release(&arena);
	return act;
}

static void clear(struct item *item)
{
	arena_release(&item->arena);
	*item = (struct item){ 0 };
}

void drafts_free(struct drafts *drafts)
{
	if (!drafts)
		return;
	for (size_t i = 0; i < DRAFTS_MAX; i++)
		arena_release(&drafts->items[i].arena);
	free(drafts->officer);
	free(drafts);
}

static struct item *find(const struct drafts *drafts, const char *verb, const struct uuid *id)
{
	for (size_t i = 0; i < DRAFTS_MAX; i++) {
		const struct draft *draft = &drafts->items[i].draft;

		if (draft->verb && strcmp(draft->verb, verb) == 0 && uuid_eq(&draft->id, id))
			return (struct item *)&drafts->items[i];
	}
	return NULL;
}

static struct item *oldest(struct drafts *drafts)
{
	struct item *oldest = &drafts->items[0];

	for (size_t i = 1; i < DRAFTS_MAX && oldest->draft.verb; i++)
		if (!drafts->items[i].draft.verb || drafts->items[i].age < oldest->age)
			oldest = &drafts->items[i];
	return oldest;
}

static struct item *room(struct drafts *drafts, const char *verb, const struct uuid *id)
{
	struct item *item = find(drafts, verb, id);

	if (!item)
		item = oldest(drafts);
	clear(item);
	item->draft.verb = arena_strdup(&item->arena, verb);
	item->draft.id = *id;
	item->age = ++drafts->puts;
	return item;
}

/* ---- as text ---- */

static void add_escaped(struct str *out, const char *value)
{
	for (; *value; value++) {
		if (*value == '\n' || *value == '\t' || *value == '\\')
			str_addf(out, "\\%c", *value == '\n' ? 'n' : *value == '\t' ? 't' : '\\');
		else
			str_add_char(out, *value);
	}
}

static void unescape(char *value)
{
	char *to = value;

	for (; *value; value++) {
		if (*value == '\\' && value[1]) {
			value++;
			*to++ = *value == 'n' ? '\n' : *value == 't' ? '\t' : *value;
		} else {
			*to++ = *value;
		}
	}
	*to = '\0';
}

static void write_fields(const struct draft *draft, struct str *out)
{
	for (size_t i = 0; i < draft->n; i++) {
		str_addf(out, "%s\t", draft->names[i]);
		add_escaped(out, draft->values[i]);
		str_add_char(out, '\n');
	}
}

static void read_fields(struct item *item, const char *fields)
{
	struct draft *draft = &item->draft;
	char *rest = arena_strdup(&item->arena, fields), *line;

	draft->names = arena_array(&item->arena, FIELDS_MOST, sizeof *draft->names);
	draft->values = arena_array(&item->arena, FIELDS_MOST, sizeof *draft->values);
	while (draft->n < FIELDS_MOST && (line = strsep(&rest, "\n")) != NULL) {
		const char *name = strsep(&line, "\t");

		if (!line)
			continue;
		unescape(line);
		draft->names[draft->n] = name;
		draft->values[draft->n++] = line;
	}
}

/* ---- what is kept ---- */

void drafts_refresh(struct drafts *drafts)
{
	struct arena arena = ARENA_INIT;
	struct outbox_draft *rows;
	size_t n;

	if (!drafts->client || client_drafts(drafts->client, drafts->officer, &arena, &rows, &n,
					     NULL) != ERR_OK) {
		arena_release(&arena);
		return;
	}
	for (size_t i = 0; i < DRAFTS_MAX; i++)
		if (!drafts->items[i].unkept)
			clear(&drafts->items[i]);
	for (size_t i = n; i-- > 0;) { /* the latest is put last */
		struct item *item;

		if (find(drafts, rows[i].verb, &rows[i].id))
			continue;
		item = room(drafts, rows[i].verb, &rows[i].id);
		item->draft.at = rows[i].at;
		read_fields(item, rows[i].fields);
	}
	arena_release(&arena);
}

struct drafts *drafts_new(struct client *client, const char *officer)
{
	struct drafts *drafts = mem_alloc(sizeof *drafts);

	drafts->client = client && !client_read_only(client) && *officer ? client : NULL;
	drafts->officer = mem_strdup(officer);
	drafts_refresh(drafts);
	return drafts;
}

enum err drafts_put(struct drafts *drafts, const char *verb, const struct uuid *id, int64_t now,
		    const char *const *names, const char *const *values, size_t n,
		    struct error *err)
{
	struct item *item = room(drafts, verb, id);
	struct draft *draft = &item->draft;
	struct str fields = STR_INIT;
	enum err code = ERR_OK;

	n = n < FIELDS_MOST ? n : FIELDS_MOST;
	draft->at = now;
	draft->n = n;
	draft->names = arena_array(&item->arena, n + 1, sizeof *draft->names);
	draft->values = arena_array(&item->arena, n + 1, sizeof *draft->values);
	for (size_t i = 0; i < n; i++) {
		draft->names[i] = arena_strdup(&item->arena, names[i]);
		draft->values[i] = arena_strdup(&item->arena, values[i]);
	}
	if (drafts->client) {
		write_fields(draft, &fields);
		code = client_draft_put(drafts->client,
					&(struct outbox_draft){ .officer = drafts->officer,
								.verb = verb,
								.id = *id,
								.at = now,
								.fields = str_get(&fields) },
					err);
		item->unkept = code != ERR_OK;
	}
	str_release(&fields);
	return code;
}

const struct draft *drafts_find(const struct drafts *drafts, const char *verb,
				const struct uuid *id)
{
	const struct item *item = find(drafts, verb, id);

	return item ? &item->draft : NULL;
}

const char *drafts_get(const struct drafts *drafts, const char *verb, const struct uuid *id,
		       const char *name)
{
	const struct draft *draft = drafts_find(drafts, verb, id);

	for (size_t i = 0; draft && i < draft->n; i++)
		if (strcmp(draft->names[i], name) == 0)
			return draft->values[i];
	return draft ? "" : NULL;
}

size_t drafts_list(const struct drafts *drafts, const struct draft *ret_list[DRAFTS_MAX])
{
	unsigned long below = drafts->puts + 1;
	size_t n = 0;

	for (;;) {
		const struct item *next = NULL;

		for (size_t i = 0; i < DRAFTS_MAX; i++)
			if (drafts->items[i].draft.verb && drafts->items[i].age < below &&
			    (!next || drafts->items[i].age > next->age))
				next = &drafts->items[i];
		if (!next)
			return n;
		below = next->age;
		ret_list[n++] = &next->draft;
	}
}

const struct draft *drafts_latest(const struct drafts *drafts, const char *verb)
{
	const struct draft *list[DRAFTS_MAX];
	size_t n = drafts_list(drafts, list);

	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i]->verb, verb) == 0)
			return list[i];
	return NULL;
}

void drafts_drop(struct drafts *drafts, const char *verb, const struct uuid *id)
{
	struct item *item = find(drafts, verb, id);
	struct uuid gone = *id; /* it may lie in what goes */

	if (drafts->client &&
	    client_draft_drop(drafts->client, drafts->officer, verb, &gone, NULL) != ERR_OK)
		return; /* it is offered again rather than lost */
	if (item)
		clear(item);
}

const char *draft_words(const struct draft *draft)
{
	static const char *const telling[] = { "title",	 "address", "text",   "reason",
					       "result", "note",    "holder", "phone" };

	for (size_t t = 0; t < ARRAY_LEN(telling); t++)
		for (size_t i = 0; i < draft->n; i++)
			if (strcmp(draft->names[i], telling[t]) == 0 && *draft->values[i])
				return draft->values[i];
	for (size_t i = 0; i < draft->n; i++)
		if (*draft->values[i])
			return draft->values[i];
	return "";
}
