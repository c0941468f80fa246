#include <config.h>

#include "zhiban/client/log.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/whistle.h"
#include "zhiban/store/log.h"
#include "zhiban/sync/sync.h"
#include "zhiban/wire/act.h"
#include "zhiban/wire/entry.h"

#include "thing_priv.h"
#include "timeline_priv.h"

bool log_shows(const struct rules *rules, enum kind kind, const char *verb)
{
	const struct act_desc *act = act_desc_of(kind, verb);

	return kind == KIND_RECORD || (act != NULL && rules_logged(rules, act) != NULL);
}

/* ---- what a line is about ---- */

struct about { /* looked up once for all lines on it */
	struct uuid entity;
	const char *number, *title, *org;
	const struct record *record;
};

struct reading {
	struct client *client;
	struct arena *arena;
	struct log_line *lines;
	size_t n, cap;
	struct about *abouts; /* sorted by entity */
	size_t n_abouts, cap_abouts;
};

static const char *field_text(const void *entity, enum kind kind, const char *name)
{
	const struct kind_desc *desc = kind_desc(kind);
	const struct field *field = field_find(desc->fields, desc->n_fields, name);
	struct value value;

	if (field == NULL || !field_is_text(field))
		return "";
	value = field_get(field, entity);
	return value.text != NULL ? value.text : "";
}

/* "主班 2026-12" and the like: what has no title. */
static const char *own_title(const struct rules *rules, const void *entity, enum kind kind,
			     struct arena *arena)
{
	const struct roster *roster = entity;
	const struct roster_plan *plan;
	const struct org *org;

	if (kind == KIND_STAFF || kind == KIND_SWAP)
		return field_text(entity, kind, "name");
	if (kind == KIND_ROOM)
		return field_text(entity, kind, "name");
	if (kind != KIND_ROSTER)
		return field_text(entity, kind, "title");
	plan = rules_plan(rules, roster->plan);
	org = rules_org(rules, roster->org);
	return arena_printf(arena, "%s %s %s",
			    org == NULL ? "" : org->brief != NULL ? org->brief : org->name,
			    plan != NULL ? plan->label : "",
			    roster->month != NULL ? roster->month : "");
}

static const void *light(struct reading *reading, enum kind kind, const struct uuid *id)
{
	struct client *client = reading->client;
	const struct overlay_row *over = kind == KIND_INCIDENT ? overlay_find(client, id) : NULL;
	struct page_row row;
	struct thing thing;

	if (over != NULL)
		return over->shown;
	if (kind == KIND_INCIDENT)
		return client->cache != NULL && cache_row(client->cache, id, reading->arena, &row,
							  NULL) == ERR_OK
			       ? row.incident
			       : NULL;
	return thing_get(client, kind, id, "", reading->arena, &thing, NULL) == ERR_OK ? thing.shown
											: NULL;
}

static size_t place_of(const struct reading *reading, const struct uuid *id)
{
	size_t low = 0, high = reading->n_abouts;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (uuid_cmp(&reading->abouts[mid].entity, id) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static const struct about *about_of(struct reading *reading, enum kind kind, const struct uuid *id)
{
	size_t at = place_of(reading, id);
	struct about about = { .entity = *id, .number = "", .title = "", .org = NULL };
	const void *entity;

	if (at < reading->n_abouts && uuid_eq(&reading->abouts[at].entity, id))
		return &reading->abouts[at];
	entity = kind == KIND_MODE || kind == KIND_PROFILE ? NULL : light(reading, kind, id);
	if (entity != NULL) {
		about.number = short_number(field_text(entity, kind, "number"));
		about.title = own_title(reading->client->rules, entity, kind, reading->arena);
		if (kind == KIND_ROSTER || kind == KIND_RECORD || kind == KIND_HANDOVER ||
		    kind == KIND_SWAP || joint_has(kind))
			about.org = field_text(entity, kind, "org");
		if (kind == KIND_RECORD)
			about.record = entity;
	}
	MEM_GROW(reading->abouts, reading->n_abouts, reading->cap_abouts);
	memmove(&reading->abouts[at + 1], &reading->abouts[at],
		(reading->n_abouts - at) * sizeof *reading->abouts);
	reading->n_abouts++;
	reading->abouts[at] = about;
	return &reading->abouts[at];
}

static void finish(struct reading *reading, const struct act *act, int64_t at,
		   struct log_line *line)
{
	const struct about *about = about_of(reading, act->target.kind, &act->target.id);
	const struct logged *logged = line->line.act != NULL
					      ? rules_logged(reading->client->rules, line->line.act)
					      : NULL;
	bool writes = act->target.kind == KIND_RECORD && act->desc->conflict == CONFLICT_CREATES;

	line->at = at;
	line->late = writes && line->line.eff - at > RECORD_LATE_MS;
	line->emphasis = logged != NULL && logged->emphasis;
	line->kind = act->target.kind;
	line->entity = act->target.id;
	line->number = about->number;
	line->title = about->title;
	line->record = about->record;
	line->org = about->org != NULL && *about->org != '\0' ? about->org : line->line.org;
}

static struct log_line *new_line(struct reading *reading)
{
	MEM_GROW(reading->lines, reading->n, reading->cap);
	memset(&reading->lines[reading->n], 0, sizeof *reading->lines);
	return &reading->lines[reading->n++];
}

/* ---- from the cache ---- */

static bool wants(void *ctx, enum kind kind, const char *verb)
{
	const struct reading *reading = ctx;

	return log_shows(reading->client->rules, kind, verb);
}

static enum err add_cached(void *ctx, int64_t at, int64_t seq, const struct uuid *entity,
			   const char *bytes, size_t len, struct error *err)
{
	struct reading *reading = ctx;
	struct log_line *line;
	struct entry entry;

	(void)entity;
	(void)err;
	if (entry_decode(bytes, len, reading->arena, &entry, NULL) != ERR_OK)
		return ERR_OK;
	line = new_line(reading);
	entry.seq = seq;
	line_of_entry(reading->client, &entry, reading->arena, &line->line);
	finish(reading, &entry.act, at, line);
	return ERR_OK;
}

/* ---- what waits ---- */

static bool is_here(const struct reading *reading, const struct uuid *act)
{
	for (size_t i = 0; i < reading->n; i++)
		if (uuid_eq(&reading->lines[i].line.id, act))
			return true;
	return false;
}

static void add_waiting(struct reading *reading, int64_t from, int64_t to)
{
	struct client *client = reading->client;

	for (size_t i = 0; i < client->waiting.n; i++) {
		const struct outbox_row *row = &client->waiting.rows[i];
		struct entry entry = { .seq = 0 };
		struct log_line *line;
		int64_t at;

		if (row->state >= ACT_REFUSED || is_here(reading, &row->id) ||
		    act_decode(row->body, row->len, reading->arena, &entry.act, NULL) != ERR_OK ||
		    !log_shows(client->rules, entry.act.target.kind, act_verb(&entry.act)))
			continue;
		entry.eff = entry.act.at + client->link.offset;
		at = log_at(&entry);
		if (at < from || at >= to)
			continue;
		line = new_line(reading);
		line_of_act(client, &entry.act, reading->arena, &line->line);
		finish(reading, &entry.act, at, line);
	}
}

static int by_moment(const void *a, const void *b)
{
	const struct log_line *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->line.seq != y->line.seq) { /* 0 waits */
		if (x->line.seq == 0 || y->line.seq == 0)
			return x->line.seq == 0 ? 1 : -1;
		return x->line.seq < y->line.seq ? -1 : 1;
	}
	return uuid_cmp(&x->line.id, &y->line.id);
}

/* Asked for from the beginning of its day: whoever looks at the next earlier line asks nothing new. */
static enum err want(struct client *client, int64_t from, int64_t known, struct error *err)
{
	int offset = client->rules->offset_min;
	int64_t day = civil_ms_of_day(civil_day_of_ms(from, offset), offset);
	struct uuid id = sync_log_id(day, known);

	return client->read_only || known == 0 ? ERR_OK
					       : outbox_want(client->outbox, &id,
							     env_now(client->env), err);
}

enum err client_log(struct client *client, int64_t from, int64_t to, struct arena *arena,
		    struct client_log *ret_log, struct error *err)
{
	struct reading reading = { .client = client, .arena = arena };
	int64_t known = 0;
	enum err code = ERR_OK;

	if (client->cache != NULL) {
		code = cache_log(client->cache, from, to, wants, add_cached, &reading, err);
		known = cache_log_from(client->cache);
	}
	if (code == ERR_OK)
		add_waiting(&reading, from, to);
	if (code == ERR_OK && (known == 0 || from < known))
		code = want(client, from, known, err);
	if (code == ERR_OK) {
		*ret_log = (struct client_log){ .n = reading.n,
						.complete = known != 0 && from >= known };
		ret_log->lines = arena_array(arena, reading.n + 1, sizeof *ret_log->lines);
		if (reading.n > 0) {
			qsort(reading.lines, reading.n, sizeof *reading.lines, by_moment);
			memcpy(ret_log->lines, reading.lines, reading.n * sizeof *reading.lines);
		}
	}
	free(reading.lines);
	free(reading.abouts);
	return code;
}
