/* Zones of calendars: what the file itself says of a TZID, else what the machine knows, else an
 * offset in its words, else the jurisdiction's.  What a file says is counted by us: libical walks
 * such rules without end when they are made to hurt. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ical_lib_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

enum { ZONES_MOST = 200, CHANGES_MOST = 4000, YEAR_FIRST = 1900, YEAR_END = 2200 };

struct change {        /* from then on */
	int64_t local; /* by the clock before it */
	int offset;    /* seconds */
};
struct ical_zone {
	const char *tzid;
	struct change *changes; /* by time */
	size_t n;
	int before; /* offset before the first */
};

static int by_time(const void *a, const void *b)
{
	const struct change *x = a, *y = b;

	return x->local < y->local ? -1 : x->local > y->local;
}

struct observance {
	struct moment start;
	int from, to;
	bool has_start, has_to, has_from;
	const struct ical_line *lines;
	size_t n;
};

static void add_change(struct ical_zone *zone, size_t *cap, int64_t local, int offset)
{
	if (zone->n >= CHANGES_MOST)
		return;
	MEM_GROW(zone->changes, zone->n, *cap);
	zone->changes[zone->n++] = (struct change){local, offset};
}

static int64_t year_ms(int year)
{
	struct civil civil = {.year = year, .month = 1, .day = 1};

	return civil_to_ms(&civil, 0);
}

static void add_rule(const struct ical_work *work, struct ical_zone *zone, size_t *cap,
		     const struct observance *o, const char *rule)
{
	struct rule_ask ask = {.lib = work->lib,
			       .rule = rule,
			       .start = o->start,
			       .until = INT64_MIN,
			       .from = year_ms(YEAR_FIRST),
			       .to = year_ms(YEAR_END),
			       .most = 1000};
	int64_t *at = NULL, utc;
	size_t n = 0;
	bool cut;

	if (strcasestr(rule, "FREQ=YEARLY") == NULL)
		return; /* no zone changes its clocks more often */
	if (rule_until(work->lib, rule, work->arena, &utc))
		ask.until = utc + o->from * INT64_C(1000);
	if (rule_moments(&ask, work->budget, work->arena, &at, &n, &cut, NULL) != ERR_OK)
		return;
	for (size_t i = 0; i < n; i++)
		add_change(zone, cap, at[i], o->to);
}

/* Lines [n] of one STANDARD or DAYLIGHT. */
static void add_observance(const struct ical_work *work, struct ical_zone *zone, size_t *cap,
			   const struct ical_line *lines, size_t n)
{
	const struct ical_lib *lib = work->lib;
	struct arena *arena = work->arena;
	struct observance o = {.lines = lines, .n = n};
	struct moment moment;
	const char **texts;

	for (size_t i = 0; i < n; i++) {
		if (strcmp(lines[i].name, "DTSTART") == 0)
			o.has_start = value_moment(lib, lines[i].text, arena, &o.start) == ERR_OK;
		else if (strcmp(lines[i].name, "TZOFFSETTO") == 0)
			o.has_to = value_offset(lib, lines[i].text, &o.to) == ERR_OK;
		else if (strcmp(lines[i].name, "TZOFFSETFROM") == 0)
			o.has_from = value_offset(lib, lines[i].text, &o.from) == ERR_OK;
	}
	if (!o.has_start || !o.has_to)
		return;
	if (!o.has_from)
		o.from = o.to;
	if (zone->n == 0 || o.start.local < zone->changes[0].local)
		zone->before = o.from;
	add_change(zone, cap, o.start.local, o.to);
	for (size_t i = 0; i < n; i++) {
		if (strcmp(lines[i].name, "RRULE") == 0)
			add_rule(work, zone, cap, &o, value_raw(lines[i].text));
		if (strcmp(lines[i].name, "RDATE") != 0)
			continue;
		for (size_t k = value_split(lines[i].text, arena, &texts); k-- > 0;)
			if (value_moment(lib, texts[k], arena, &moment) == ERR_OK)
				add_change(zone, cap, moment.local, o.to);
	}
}

static bool zone_read(const struct ical_work *work, const struct ical_block *block,
		      struct ical_zone *ret_zone)
{
	const struct ical_line *tzid = block_line(block, "TZID");
	struct ical_zone zone = {.n = 0};
	struct change *changes;
	size_t cap = 0, from = 0;

	if (tzid == NULL || block->why != NULL ||
	    *value_raw(tzid->text) == '\0')
		return false;
	zone.tzid = value_text(tzid->text, work->arena);
	while (from < block->n) {
		size_t to = from + 1;

		while (block->lines[from].depth > 0 && to < block->n &&
		       block->lines[to].group == block->lines[from].group)
			to++;
		if (block->lines[from].depth > 0)
			add_observance(work, &zone, &cap, block->lines + from, to - from);
		from = to;
	}
	if (zone.n == 0)
		return false;
	qsort(zone.changes, zone.n, sizeof *zone.changes, by_time);
	changes = arena_dup(work->arena, zone.changes, zone.n * sizeof *zone.changes);
	free(zone.changes);
	zone.changes = changes;
	*ret_zone = zone;
	return true;
}

void zones_read(const struct ical_work *work, const struct ical_blocks *blocks,
		struct ical_zones *ret_zones)
{
	struct ical_zones zones = {.lib = work->lib, .offset_min = work->ask->offset_min};

	zones.zones = arena_array(work->arena, ZONES_MOST, sizeof *zones.zones);
	for (size_t i = 0; i < blocks->n && zones.n < ZONES_MOST; i++)
		if (blocks->blocks[i].sort == ICAL_SORTS)
			zones.n += zone_read(work, &blocks->blocks[i], &zones.zones[zones.n]);
	*ret_zones = zones;
}

/* ---- asking ---- */

static int offset_at(const struct ical_zone *zone, int64_t local)
{
	int offset = zone->before;

	for (size_t i = 0; i < zone->n && zone->changes[i].local <= local; i++)
		offset = zone->changes[i].offset;
	return offset;
}

/* "Area/City" at the end of "/freeassociation.sourceforge.net/Tzfile/Europe/Vienna". */
static icaltimezone *known_zone(const struct ical_lib *lib, const char *tzid)
{
	icaltimezone *zone = lib->icaltimezone_get_builtin_timezone(tzid);
	const char *at = strrchr(tzid, '/');

	for (int parts = 0; zone == NULL && at != NULL && at > tzid && parts < 3; parts++) {
		while (at > tzid && at[-1] != '/')
			at--;
		zone = lib->icaltimezone_get_builtin_timezone(at);
		if (at > tzid)
			at--;
	}
	return zone;
}

/* What programs of one maker call the zones that people here may write in. */
static const struct {
	const char *name;
	int minutes;
} names[] = {
    {"China Standard Time", 480},
    {"Taipei Standard Time", 480},
    {"Singapore Standard Time", 480},
    {"Tokyo Standard Time", 540},
    {"Korea Standard Time", 540},
    {"UTC", 0},
    {"GMT", 0},
    {"Etc/UTC", 0},
    {"Asia/Beijing", 480},
};

/* "(UTC+08:00) …", "GMT+8", "GMT+0800" */
static bool said_offset(const char *tzid, int *ret_seconds)
{
	const char *s = strstr(tzid, "UTC");
	int hours = 0, minutes = 0;
	char sign;

	if (s == NULL)
		s = strstr(tzid, "GMT");
	if (s == NULL || strchr(tzid, '/') != NULL)
		return false;
	sign = s[3];
	if ((sign != '+' && sign != '-') || sscanf(s + 4, "%2d%*1[:]%2d", &hours, &minutes) < 1)
		return false;
	if (minutes == 0 && hours >= 0 && s[4] != '\0' && s[5] != '\0')
		(void)sscanf(s + 4, "%2d%2d", &hours, &minutes);
	if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59)
		return false;
	*ret_seconds = (hours * 3600 + minutes * 60) * (sign == '-' ? -1 : 1);
	return true;
}

static int machine_offset(const struct ical_lib *lib, icaltimezone *zone, int64_t local)
{
	struct icaltimetype t = ICALTIMETYPE_INITIALIZER;
	struct civil civil;
	int daylight;

	civil_of_ms(local, 0, &civil);
	t.year = civil.year;
	t.month = civil.month;
	t.day = civil.day;
	t.hour = civil.hour;
	t.minute = civil.minute;
	t.second = civil.second;
	return lib->icaltimezone_get_utc_offset(zone, &t, &daylight);
}

static int zone_offset(const struct ical_zones *zones, const char *tzid, int64_t local,
		       bool *ret_guessed)
{
	int seconds = zones->offset_min * 60;
	icaltimezone *zone;

	if (tzid == NULL)
		return seconds;
	for (size_t i = 0; i < zones->n; i++)
		if (strcmp(zones->zones[i].tzid, tzid) == 0)
			return offset_at(&zones->zones[i], local);
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcasecmp(names[i].name, tzid) == 0)
			return names[i].minutes * 60;
	zone = strlen(tzid) < 100 ? known_zone(zones->lib, tzid) : NULL;
	if (zone != NULL)
		return machine_offset(zones->lib, zone, local);
	if (!said_offset(tzid, &seconds))
		*ret_guessed = true;
	return seconds;
}

int64_t zone_utc(const struct ical_zones *zones, const char *tzid, int64_t local, bool *ret_guessed)
{
	return local - zone_offset(zones, tzid, local, ret_guessed) * INT64_C(1000);
}

int64_t zone_local(const struct ical_zones *zones, const char *tzid, int64_t utc)
{
	bool guessed = false;
	int64_t local = utc + zone_offset(zones, tzid, utc, &guessed) * INT64_C(1000);

	return utc + zone_offset(zones, tzid, local, &guessed) * INT64_C(1000);
}

int64_t moment_utc(const struct ical_zones *zones, const struct moment *moment, bool *ret_guessed)
{
	return moment->utc ? moment->local
			   : zone_utc(zones, moment->date ? NULL : moment->zone, moment->local,
				      ret_guessed);
}
