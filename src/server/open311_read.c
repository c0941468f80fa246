/* Open311: requests read, by what they are or by their ids; tokens.
 *
 * What may be seen is read in the order of the centre's snapshot, the newest first.  Rows are looked
 * at as bytes first: of a case that cannot be meant nothing is decoded. */
#include <config.h>

#include "admit_priv.h"
#include "open311_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/entity.h"

enum { REQUESTS_MOST = 1000, DAYS_MOST = 90, IDS_MOST = 100, CODES_MOST = 100, WORDS = 128 };

/* --- what is asked --------------------------------------------------------------------------- */

struct query {
	int64_t from, until; /* of registered_at, both included */
	bool open, closed;
	const char *codes[CODES_MOST]; /* n_codes 0: any */
	size_t n_codes;
	const char *number; /* of one incident, or NULL */
};

/* "a,b" in parts. */
static enum err split(struct call *call, const char *name, const char **parts, size_t most,
		      size_t *ret_n, struct error *err)
{
	const char *s = call_arg(call, name);
	size_t n = 0;

	while (s != NULL && *s != '\0') {
		size_t len = strcspn(s, ",");

		if (len > 0 && n == most)
			return error_set(err, ERR_INPUT, _("%s: at most %zu"), name, most);
		if (len > 0)
			parts[n++] = arena_strndup(&call->arena, s, len);
		s += len + (s[len] == ',');
	}
	*ret_n = n;
	return ERR_OK;
}

/* The plus of an offset that was not escaped has become a space. */
static enum err parse_date(struct call *call, const char *name, int64_t *ret_at, struct error *err)
{
	const char *words = call_arg(call, name);
	size_t len = words != NULL ? strlen(words) : 0;
	char *copy;

	if (len == 0)
		return ERR_OK;
	copy = arena_strdup(&call->arena, words);
	if (len > 16 && copy[len - 6] == ' ' && copy[len - 3] == ':')
		copy[len - 6] = '+';
	if (civil_parse(copy, call->rules->offset_min, ret_at, err) == ERR_OK)
		return ERR_OK;
	(void)error_prefix(err, "%s", name);
	return ERR_INPUT;
}

static enum err parse_dates(struct call *call, struct query *query, struct error *err)
{
	int64_t from = INT64_MIN, until = INT64_MIN;
	const int64_t span = DAYS_MOST * DAY_MS;
	enum err code = parse_date(call, "start_date", &from, err);

	if (code == ERR_OK)
		code = parse_date(call, "end_date", &until, err);
	if (code != ERR_OK)
		return code;
	if (until == INT64_MIN)
		until = from == INT64_MIN || from + span > call->now ? call->now : from + span;
	if (from == INT64_MIN)
		from = until - span;
	if (from > until)
		return error_set(err, ERR_INPUT, "%s", _("start_date is behind end_date"));
	if (until - from > span)
		return error_set(err, ERR_INPUT,
				 _("start_date and end_date are more than %d days apart"),
				 DAYS_MOST);
	query->from = from;
	query->until = until;
	return ERR_OK;
}

static enum err parse_status(struct call *call, struct query *query, struct error *err)
{
	const char *words[4];
	size_t n;
	enum err code = split(call, "status", words, ARRAY_LEN(words), &n, err);

	if (code != ERR_OK)
		return code;
	query->open = query->closed = n == 0;
	for (size_t i = 0; i < n; i++) {
		if (strcmp(words[i], "open") == 0)
			query->open = true;
		else if (strcmp(words[i], "closed") == 0)
			query->closed = true;
		else
			return error_set(err, ERR_INPUT, _("status is open or closed, not %.40s"),
					 words[i]);
	}
	return ERR_OK;
}

static enum err parse_codes(struct call *call, struct query *query, struct error *err)
{
	enum err code = split(call, "service_code", query->codes, CODES_MOST, &query->n_codes, err);

	for (size_t i = 0; code == ERR_OK && i < query->n_codes; i++)
		if (open311_service(call->rules->open311, query->codes[i]) == NULL)
			code = error_set(err, ERR_NOT_FOUND, _("service_code %.80s was not found"),
					 query->codes[i]);
	return code;
}

/* --- looking --------------------------------------------------------------------------------- */

struct found {
	int64_t at;
	size_t start, len; /* in the text */
};
struct look {
	struct call *call;
	const struct query *query;
	enum open311_format format;
	const char *source; /* of the system that asks, or NULL */
	int64_t class;
	size_t n_class; /* found in it */
	struct arena scratch;
	struct str text;
	struct found items[2 * REQUESTS_MOST];
	size_t n;
	enum err code;
};

static bool holds(const struct db_entity *row, const char *key, const char *value)
{
	char words[WORDS];
	int len = snprintf(words, sizeof words, "\"%s\":\"%s\"", key, value);

	/* a code that would be escaped, or is too long, is left to the decoded one */
	if (len < 0 || (size_t)len >= sizeof words || strpbrk(value, "\"\\") != NULL)
		return true;
	return memmem(row->bytes, row->len, words, (size_t)len) != NULL;
}

static bool may_be_meant(const struct look *look, const struct db_entity *row)
{
	const struct open311 *open311 = look->call->rules->open311;
	const struct query *query = look->query;
	bool any = look->source != NULL && holds(row, "source", look->source);

	for (const char *const *s = open311->show; !any && *s != NULL; s++)
		any = holds(row, "source", *s);
	if (!any || (query->number != NULL && !holds(row, "number", query->number)))
		return false;
	any = query->n_codes == 0;
	for (size_t i = 0; !any && i < query->n_codes; i++)
		any = holds(row, "category", query->codes[i]);
	return any;
}

static bool is_meant(const struct look *look, const struct incident *incident)
{
	const struct query *query = look->query;
	bool any = query->n_codes == 0;

	if (incident->registered_at > query->until ||
	    (query->number != NULL && !str_eq(incident->number, query->number)))
		return false;
	for (size_t i = 0; !any && i < query->n_codes; i++)
		any = str_eq(incident->category, query->codes[i]);
	return any && open311_shows(look->call->rules, incident, look->source);
}

static void take(struct look *look, const struct incident *incident)
{
	struct found *found = &look->items[look->n++];
	struct open311_request view;

	look->n_class++;
	open311_view(look->call->rules, incident, &look->scratch, &view);
	found->at = incident->registered_at;
	found->start = look->text.len;
	open311_put_request(&look->text, look->format, &view, look->call->rules->offset_min);
	if (look->text.s[found->start] == ',') /* another stands before it here */
		found->start++;
	found->len = look->text.len - found->start;
}

static bool look_at(void *ctx, const struct db_entity *row)
{
	struct look *look = ctx;
	void *entity;

	if (row->class != look->class || row->rank > -look->query->from)
		return false;
	if (strcmp(row->kind, "incident") != 0 || !may_be_meant(look, row))
		return true;
	arena_reset(&look->scratch);
	look->code = entity_decode(row->bytes, row->len, &look->scratch, &entity, NULL);
	if (look->code != ERR_OK)
		return false;
	if (is_meant(look, entity))
		take(look, entity);
	return look->n_class < REQUESTS_MOST &&
	       (look->query->number == NULL || look->n_class == 0);
}

static enum err look_in(struct look *look, int64_t class, struct error *err)
{
	const struct db_ops *db = look->call->service->db;
	struct db_place after = { class, -look->query->until - 1, INT64_MAX };
	int64_t centre;
	enum err code = db->org_no(look->call->reader, look->call->rules->centre, false, &centre,
				   err);

	look->class = class;
	look->n_class = 0;
	if (code == ERR_OK)
		code = db->snapshot(look->call->reader, centre, &after, look_at, look, err);
	if (code == ERR_OK && look->code != ERR_OK)
		code = error_set(err, ERR_CORRUPT, "%s", _("an incident cannot be read"));
	return code;
}

static enum err look_for(struct look *look, const struct query *query, struct error *err)
{
	enum err code = ERR_OK;

	look->query = query;
	if (look->source == NULL && *look->call->rules->open311->show == NULL)
		return ERR_OK; /* nobody in particular sees nothing */
	if (query->open)
		code = look_in(look, CLASS_OPEN, err);
	if (code == ERR_OK && query->closed)
		code = look_in(look, CLASS_CLOSED, err);
	return code;
}

/* --- one, by its number ---------------------------------------------------------------------- */

/* A number begins with the day on which it was given. */
static bool day_of_number(const char *number, int offset_min, struct query *ret_query)
{
	char text[9];
	long long day;
	int32_t since;

	if (strlen(number) < 10 || strlen(number) > 40 || number[8] != '-')
		return false;
	memcpy(text, number, 8);
	text[8] = '\0';
	if (!str_int(text, 19000101, 99991231, &day) ||
	    !civil_valid((int)(day / 10000), (int)(day / 100 % 100), (int)(day % 100)))
		return false;
	since = civil_day((int)(day / 10000), (int)(day / 100 % 100), (int)(day % 100));
	*ret_query = (struct query){ .from = civil_ms_of_day(since, offset_min),
				     .until = civil_ms_of_day(since + 1, offset_min) - 1,
				     .open = true,
				     .closed = true,
				     .number = number };
	return true;
}

static enum err look_for_number(struct look *look, const char *number, struct error *err)
{
	struct query query;

	return day_of_number(number, look->call->rules->offset_min, &query)
		       ? look_for(look, &query, err)
		       : ERR_OK;
}

/* --- GET requests ---------------------------------------------------------------------------- */

static int newest_first(const void *a, const void *b)
{
	const struct found *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? 1 : -1;
	return (x->start > y->start) - (x->start < y->start);
}

static void put_found(struct look *look)
{
	struct str *out = &look->call->reply->body;

	qsort(look->items, look->n, sizeof *look->items, newest_first);
	open311_requests_begin(out, look->format);
	for (size_t i = 0; i < look->n && i < REQUESTS_MOST; i++) {
		if (i > 0 && look->format == OPEN311_JSON)
			str_add_char(out, ',');
		str_add_bytes(out, look->text.s + look->items[i].start, look->items[i].len);
	}
	open311_requests_end(out, look->format);
}

static enum err look_for_many(struct look *look, struct error *err)
{
	const char *ids[IDS_MOST];
	struct query query = { .n_codes = 0 };
	size_t n;
	enum err code = split(look->call, "service_request_id", ids, IDS_MOST, &n, err);

	for (size_t i = 0; code == ERR_OK && i < n; i++)
		code = look_for_number(look, ids[i], err);
	if (code != ERR_OK || n > 0) /* ids override all else */
		return code;
	code = parse_dates(look->call, &query, err);
	if (code == ERR_OK)
		code = parse_status(look->call, &query, err);
	if (code == ERR_OK)
		code = parse_codes(look->call, &query, err);
	return code != ERR_OK ? code : look_for(look, &query, err);
}

enum err open311_requests(struct call *call, const struct open311_path *path, struct error *err)
{
	struct look *look;
	enum err code = call_reader(call, err);

	if (code != ERR_OK)
		return code;
	look = mem_alloc(sizeof *look);
	look->call = call;
	look->format = path->format;
	look->source = call->system.source;
	code = path->item != NULL ? look_for_number(look, path->item, err)
				  : look_for_many(look, err);
	if (code == ERR_OK && path->item != NULL && look->n == 0)
		code = error_set(err, ERR_NOT_FOUND, _("service_request_id %.80s was not found"),
				 path->item);
	if (code == ERR_OK)
		put_found(look);
	arena_release(&look->scratch);
	str_release(&look->text);
	free(look);
	return code;
}

/* --- GET tokens ------------------------------------------------------------------------------ */

static enum err find_token(struct call *call, const char *token, const char **ret_number,
			   struct error *err)
{
	const struct open311_service *service = NULL;
	const struct incident *incident = NULL;
	struct db_entity row;
	struct uuid id;
	void *entity;
	enum err code = uuid_parse(token, &id) == ERR_OK ? call_reader(call, err) : ERR_NOT_FOUND;

	if (code == ERR_OK)
		code = call->service->db->entity_get(call->reader, &id, &call->arena, &row, err);
	if (code == ERR_OK)
		code = entity_decode(row.bytes, row.len, &call->arena, &entity, err);
	if (code == ERR_OK && ((const struct entity *)entity)->kind == KIND_INCIDENT)
		incident = entity;
	if (incident != NULL)
		service = open311_service(call->rules->open311, incident->category);
	if (code == ERR_OK && (service == NULL || service->type == OPEN311_BLACKBOX))
		code = ERR_NOT_FOUND;
	if (code == ERR_OK)
		*ret_number = incident->number;
	return code;
}

enum err open311_token(struct call *call, const struct open311_path *path, struct error *err)
{
	const char *number = NULL;
	enum err code = find_token(call, path->item, &number, err);

	if (code == ERR_NOT_FOUND)
		return error_set(err, ERR_NOT_FOUND, _("token %.80s was not found"), path->item);
	if (code == ERR_OK)
		open311_put_token(&call->reply->body, path->format, number, path->item);
	return code;
}
