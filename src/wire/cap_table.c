/* The table of a relay of weather warnings: a row a warning. */
#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cap_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/import.h"

enum { ROWS_MAX = 200000, VALUE_MOST = 20000, RELAY_LIFE = 24 * 60 * 60 * 1000 };

enum column { COL_CODE, COL_NAME, COL_TYPE, COL_COLOUR, COL_ISSUED, COL_EXPIRES, COL_GONE,
	      COL_HEADLINE, COL_TEXT, COLUMNS };

static const struct { /* names that relays give their columns; of several the first counts */
	enum column column;
	const char *name;
} names[] = {
	{ COL_CODE, "adcode" },	      { COL_CODE, "code" },	     { COL_NAME, "name" },
	{ COL_NAME, "area" },	      { COL_TYPE, "type" },	     { COL_TYPE, "warning_type" },
	{ COL_COLOUR, "color" },      { COL_COLOUR, "colour" },	     { COL_COLOUR, "level" },
	{ COL_ISSUED, "issued" },     { COL_ISSUED, "published_at" }, { COL_EXPIRES, "expires" },
	{ COL_GONE, "last_seen" },    { COL_HEADLINE, "headline" },  { COL_TEXT, "description" },
	{ COL_TEXT, "text" },
};

struct row { /* with what sorts it */
	struct cap_alert alert;
	const char *key; /* place and kind */
	size_t at;	 /* in the file */
};

struct tabling {
	int offset_min;
	struct arena *arena;
	struct row *rows;
	size_t n, cap;
	struct cap_bad_row *bad;
	size_t n_bad, cap_bad;
};

static void pick(const struct import_row *row, const char *values[COLUMNS])
{
	for (size_t c = 0; c < COLUMNS; c++)
		values[c] = "";
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		for (size_t k = 0; k < row->n && *values[names[i].column] == '\0'; k++)
			if (strcasecmp(row->names[k], names[i].name) == 0)
				values[names[i].column] = row->values[k];
}

static void add_bad(struct tabling *tabling, int64_t line, const char *why)
{
	MEM_GROW(tabling->bad, tabling->n_bad, tabling->cap_bad);
	tabling->bad[tabling->n_bad++] =
		(struct cap_bad_row){ line, arena_strdup(tabling->arena, why) };
}

static const struct cap_area *area_of(struct tabling *tabling, const char *const *values)
{
	struct cap_area *area = arena_alloc(tabling->arena, sizeof *area);
	const char **codes = arena_array(tabling->arena, 2, sizeof *codes);
	size_t digits = strspn(values[COL_CODE], "0123456789");

	area->desc = arena_strdup(tabling->arena, values[COL_NAME]);
	if (digits >= 2 && digits <= 12 && values[COL_CODE][digits] == '\0')
		codes[0] = arena_strdup(tabling->arena, values[COL_CODE]);
	area->codes = codes;
	return area;
}

static const char *headline_of(struct tabling *tabling, const char *const *values)
{
	if (*values[COL_HEADLINE] != '\0')
		return arena_strdup(tabling->arena, values[COL_HEADLINE]);
	/* TRANSLATORS: place, kind of hazard, colour: 天宁区 暴雨 红色 预警 */
	return arena_printf(tabling->arena, _("%s %s %s warning"), values[COL_NAME],
			    values[COL_TYPE], values[COL_COLOUR]);
}

static const char *wrong_row(struct tabling *tabling, const char *const *values,
			     int64_t *ret_issued, int64_t *ret_expires)
{
	const char *end = *values[COL_EXPIRES] != '\0' ? values[COL_EXPIRES] : values[COL_GONE];

	for (size_t c = 0; c < COLUMNS; c++)
		if (strlen(values[c]) > VALUE_MOST)
			return _("a value is too long");
	if (*values[COL_TYPE] == '\0')
		return _("no kind of hazard is said");
	if (*values[COL_NAME] == '\0' && *values[COL_CODE] == '\0')
		return _("no place is said");
	if (*values[COL_ISSUED] == '\0' ||
	    civil_parse(values[COL_ISSUED], tabling->offset_min, ret_issued, NULL) != ERR_OK)
		return _("it is not said when it was issued");
	if (*end != '\0' && civil_parse(end, tabling->offset_min, ret_expires, NULL) != ERR_OK)
		return _("what it says of its end is no time");
	return NULL;
}

static void add_row(struct tabling *tabling, const struct import_row *from)
{
	struct arena *arena = tabling->arena;
	const char *values[COLUMNS];
	int64_t issued = 0, expires = 0;
	struct cap_info *info;
	struct row row = { .at = tabling->n };
	const char *why, *place;

	pick(from, values);
	why = wrong_row(tabling, values, &issued, &expires);
	if (why != NULL) {
		add_bad(tabling, from->line, why);
		return;
	}
	place = *values[COL_CODE] != '\0' ? values[COL_CODE] : values[COL_NAME];
	if (expires == 0)
		expires = issued + RELAY_LIFE; /* else it would stand for ever */
	info = arena_alloc(arena, sizeof *info);
	*info = (struct cap_info){
		.language = "", .code = "", .severity = "", .urgency = "", .certainty = "",
		.advice = "", .web = "", .sender_name = "",
		.event = arena_strdup(arena, values[COL_TYPE]),
		.level = cap_level(values[COL_COLOUR], values[COL_COLOUR]),
		.headline = headline_of(tabling, values),
		.text = arena_strdup(arena, values[COL_TEXT]),
		.effective = issued, .expires = expires,
		.areas = area_of(tabling, values), .n_areas = 1,
	};
	row.key = arena_printf(arena, "%.100s %.60s", place, values[COL_TYPE]);
	row.alert = (struct cap_alert){
		.identifier = arena_printf(arena, "%s %lld", row.key, (long long)(issued / 1000)),
		.sender = "relay", .sent = issued, .status = "actual", .message = "alert",
		.scope = "public", .note = "", .infos = info, .n_infos = 1, .relay = true,
	};
	MEM_GROW(tabling->rows, tabling->n, tabling->cap);
	tabling->rows[tabling->n++] = row;
}

/* --- order ----------------------------------------------------------------------------------- */

static int in_time(const struct row *x, const struct row *y)
{
	if (x->alert.sent != y->alert.sent)
		return x->alert.sent < y->alert.sent ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

static int by_key(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	return order != 0 ? order : in_time(x, y);
}

static int by_time(const void *a, const void *b)
{
	return in_time(a, b);
}

/* One of the same place and kind takes the place of the one before it, if that was in force. */
static void chain(struct tabling *tabling)
{
	if (tabling->n == 0)
		return;
	qsort(tabling->rows, tabling->n, sizeof *tabling->rows, by_key);
	for (size_t i = 1; i < tabling->n; i++) {
		struct cap_alert *alert = &tabling->rows[i].alert;
		const struct row *before = &tabling->rows[i - 1];
		struct cap_ref *ref;

		if (strcmp(before->key, tabling->rows[i].key) != 0 ||
		    (before->alert.infos->expires != 0 &&
		     before->alert.infos->expires <= alert->sent))
			continue;
		ref = arena_alloc(tabling->arena, sizeof *ref);
		*ref = (struct cap_ref){ before->alert.sender, before->alert.identifier };
		alert->message = "update";
		alert->refs = ref;
		alert->n_refs = 1;
	}
	qsort(tabling->rows, tabling->n, sizeof *tabling->rows, by_time);
}

static enum err read_rows(struct tabling *tabling, struct import_file *file, struct error *err)
{
	for (;;) {
		struct import_row row = { .n = 0 };
		struct error why = ERROR_INIT;
		bool end = false;
		enum err code = import_next(file, &row, &end, &why);

		if (code == ERR_OK && end)
			return ERR_OK;
		if (code == ERR_INPUT)
			add_bad(tabling, row.line, why.text);
		else if (code != ERR_OK)
			return error_set(err, code, "%s", why.text);
		else if (tabling->n == ROWS_MAX)
			return error_set(err, ERR_INPUT, _("more than %d rows"), (int)ROWS_MAX);
		else
			add_row(tabling, &row);
	}
}

static void hand_over(struct tabling *tabling, struct cap_table *table)
{
	struct arena *arena = tabling->arena;

	table->n = tabling->n;
	table->alerts = arena_array(arena, tabling->n + 1, sizeof *table->alerts);
	for (size_t i = 0; i < tabling->n; i++)
		table->alerts[i] = tabling->rows[i].alert;
	table->n_bad = tabling->n_bad;
	table->bad = arena_array(arena, tabling->n_bad + 1, sizeof *table->bad);
	for (size_t i = 0; i < tabling->n_bad; i++)
		table->bad[i] = tabling->bad[i];
}

enum err cap_table(const char *bytes, size_t len, int offset_min, struct arena *arena,
		   struct cap_table *ret_table, struct error *err)
{
	struct tabling tabling = { .offset_min = offset_min, .arena = arena };
	struct import_file *file = NULL;
	enum err code = import_open_text("relay", bytes, len, &file, err);

	if (code == ERR_OK)
		code = read_rows(&tabling, file, err);
	if (code == ERR_OK) {
		chain(&tabling);
		hand_over(&tabling, ret_table);
	}
	if (file != NULL)
		import_close(file);
	free(tabling.rows);
	free(tabling.bad);
	return code;
}
