/* Calendars as bytes: RFC 5545 by hand, since every octet of a line counts. */
#include <config.h>

#include "zhiban/wire/ical.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { LINE_OCTETS = 75, STAMP = 40 };

const char *ical_sort_word(enum ical_sort sort)
{
	static const char *const words[ICAL_SORTS] = {"VEVENT", "VTODO", "VFREEBUSY", "VJOURNAL"};

	return words[sort];
}

/* A line that is whole, folded; a character is never cut. */
static void put_line(struct str *out, const struct str *line)
{
	const char *s = str_get(line);
	size_t left = line->len, room = LINE_OCTETS;

	while (left > room) {
		size_t n = room;

		while (n > 0 && ((unsigned char)s[n] & 0xC0) == 0x80)
			n--;
		if (n == 0) /* no text of ours: never */
			n = room;
		str_add_bytes(out, s, n);
		str_add(out, "\r\n ");
		s += n;
		left -= n;
		room = LINE_OCTETS - 1;
	}
	str_add_bytes(out, s, left);
	str_add(out, "\r\n");
}

static void put(struct str *out, const char *fmt, ...) PRINTF(2, 3);

static void put(struct str *out, const char *fmt, ...)
{
	struct str line = STR_INIT;
	va_list ap;
	char words[200]; /* names, numbers and moments; texts have functions of their own */
	int n;

	va_start(ap, fmt);
	n = vsnprintf(words, sizeof words, fmt, ap);
	va_end(ap);
	assert(n > 0 && (size_t)n < sizeof words);
	str_add(&line, words);
	put_line(out, &line);
	str_release(&line);
}

/* One character of a TEXT; what stands for nothing in a calendar is left out. */
static void put_escaped(struct str *line, const char *s, size_t n, uint32_t cp)
{
	if (cp == '\n')
		str_add(line, "\\n");
	else if (cp == '\\' || cp == ';' || cp == ',')
		str_addf(line, "\\%c", (char)cp);
	else if (cp >= ' ' || cp == '\t')
		if (cp < 0x7F || cp > 0x9F)
			str_add_bytes(line, s, n);
}

static void put_text(struct str *out, const char *name, const char *text)
{
	struct str line = STR_INIT;
	size_t n, len;
	uint32_t cp;

	if (text == NULL || *text == '\0')
		return;
	str_addf(&line, "%s:", name);
	for (len = strlen(text); len > 0; text += n, len -= n) {
		n = text_next(text, len, &cp);
		if (n == 1 && (*text & 0x80) != 0)
			str_add(&line, "\xEF\xBF\xBD");
		else if (*text == '\r' && n < len && text[1] == '\n')
			continue;
		else if (*text == '\r')
			str_add(&line, "\\n");
		else
			put_escaped(&line, text, n, cp);
	}
	put_line(out, &line);
	str_release(&line);
}

/* Without what would end a line, and with what is no text marked. */
static void add_marked(struct str *line, const char *s, bool quoted)
{
	size_t n, len = strlen(s);
	uint32_t cp;

	for (; len > 0; s += n, len -= n) {
		n = text_next(s, len, &cp);
		if (n == 1 && (*s & 0x80) != 0)
			str_add(line, "\xEF\xBF\xBD");
		else if (quoted && (cp == '"' || cp == '^' || cp == '\n'))
			str_addf(line, "^%c", cp == '"' ? '\'' : cp == '^' ? '^' : 'n');
		else if (cp >= ' ' && (cp < 0x7F || cp > 0x9F))
			str_add_bytes(line, s, n);
	}
}

/* A value that is no text: an address, a word. */
static void add_plain(struct str *line, const char *s)
{
	add_marked(line, s, false);
}

/* The value of a parameter; what may not stand there is written as RFC 6868 says. */
static void add_quoted(struct str *line, const char *s)
{
	str_add_char(line, '"');
	add_marked(line, s, true);
	str_add_char(line, '"');
}

static void put_plain(struct str *out, const char *name, const char *value)
{
	struct str line = STR_INIT;

	if (value == NULL || *value == '\0')
		return;
	str_addf(&line, "%s:", name);
	add_plain(&line, value);
	put_line(out, &line);
	str_release(&line);
}

static void put_person(struct str *out, const char *name, const struct ical_person *person)
{
	const struct {
		const char *name, *value;
		bool quoted;
	} parts[] = {
	    {"CUTYPE", person->type, false},
	    {"ROLE", person->role, false},
	    {"PARTSTAT", person->state, false},
	    {"RSVP", person->asks ? "TRUE" : NULL, false},
	    {"DELEGATED-TO", person->delegate, true},
	    {"DELEGATED-FROM", person->from, true},
	    {"CN", person->name, true},
	};
	struct str line = STR_INIT;

	str_add(&line, name);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		if (parts[i].value == NULL || *parts[i].value == '\0')
			continue;
		str_addf(&line, ";%s=", parts[i].name);
		if (parts[i].quoted)
			add_quoted(&line, parts[i].value);
		else
			add_plain(&line, parts[i].value);
	}
	str_add_char(&line, ':');
	add_plain(&line, person->address != NULL && *person->address != '\0' ? person->address
									     : "invalid:nomail");
	put_line(out, &line);
	str_release(&line);
}

/* ---- moments ---- */

static void utc_words(int64_t ms, char words[STAMP])
{
	civil_format(ms, 0, "YmdTHMSZ", words, STAMP);
}

static void put_utc(struct str *out, const char *name, int64_t ms)
{
	char words[STAMP];

	if (ms == 0)
		return;
	utc_words(ms, words);
	put(out, "%s:%s", name, words);
}

static void put_moment(struct str *out, const struct ical_head *head, const char *name, int64_t ms,
		       bool all_day)
{
	char words[STAMP];

	if (ms == 0)
		return;
	if (all_day) {
		civil_format(ms, head->offset_min, "Ymd", words, sizeof words);
		put(out, "%s;VALUE=DATE:%s", name, words);
	} else if (head->zone != NULL) {
		civil_format(ms, head->offset_min, "YmdTHMS", words, sizeof words);
		put(out, "%s;TZID=%s:%s", name, head->zone, words);
	} else {
		put_utc(out, name, ms);
	}
}

/* A zone that never changes its clocks. */
static void put_zone(struct str *out, const struct ical_head *head)
{
	char offset[32];
	int minutes = abs(head->offset_min);

	snprintf(offset, sizeof offset, "%c%02d%02d", head->offset_min < 0 ? '-' : '+',
		 minutes / 60, minutes % 60);
	put(out, "BEGIN:VTIMEZONE");
	put(out, "TZID:%s", head->zone);
	put(out, "BEGIN:STANDARD");
	put(out, "DTSTART:19700101T000000");
	put(out, "TZOFFSETFROM:%s", offset);
	put(out, "TZOFFSETTO:%s", offset);
	put(out, "END:STANDARD");
	put(out, "END:VTIMEZONE");
}

/* ---- records ---- */

static void put_span(struct str *out, const struct ical_item *item)
{
	char from[STAMP], to[STAMP];

	put_utc(out, "DTSTART", item->starts);
	put_utc(out, "DTEND", item->ends);
	if (item->starts == 0 || item->ends <= item->starts)
		return;
	utc_words(item->starts, from);
	utc_words(item->ends, to);
	put(out, "FREEBUSY;FBTYPE=%s:%s/%s", item->free ? "FREE" : "BUSY", from, to);
}

static void put_when(struct str *out, const struct ical_head *head, const struct ical_item *item)
{
	if (item->sort == ICAL_SORT_FREEBUSY) {
		put_span(out, item);
		return;
	}
	put_moment(out, head, "RECURRENCE-ID", item->instance, item->all_day);
	put_moment(out, head, "DTSTART", item->starts, item->all_day);
	if (item->sort != ICAL_SORT_JOURNAL && item->ends > item->starts)
		put_moment(out, head, item->sort == ICAL_SORT_TODO ? "DUE" : "DTEND", item->ends,
			   item->all_day);
}

static void put_item(struct str *out, const struct ical_head *head, const struct ical_item *item)
{
	const char *word = ical_sort_word(item->sort);

	put(out, "BEGIN:%s", word);
	put_text(out, "UID", item->uid);
	/* the same items are the same bytes: no clock is asked here */
	put_utc(out, "DTSTAMP", item->stamp != 0 ? item->stamp : item->starts);
	put_utc(out, "CREATED", item->created);
	put_utc(out, "LAST-MODIFIED", item->changed);
	put(out, "SEQUENCE:%d", item->sequence);
	put_when(out, head, item);
	put_text(out, "SUMMARY", item->summary);
	put_text(out, "DESCRIPTION", item->text);
	put_text(out, "COMMENT", item->comment);
	put_text(out, "LOCATION", item->place);
	put_text(out, "CATEGORIES", item->category);
	put_plain(out, "URL", item->url);
	put_plain(out, "STATUS", item->status);
	if (item->sort == ICAL_SORT_EVENT)
		put(out, "TRANSP:%s", item->free ? "TRANSPARENT" : "OPAQUE");
	if (item->organizer != NULL)
		put_person(out, "ORGANIZER", item->organizer);
	for (size_t i = 0; i < item->n_people; i++)
		put_person(out, "ATTENDEE", &item->people[i]);
	put(out, "END:%s", word);
}

void ical_write(const struct ical_head *head, const struct ical_item *items, size_t n,
		struct str *out)
{
	put(out, "BEGIN:VCALENDAR");
	put(out, "VERSION:2.0");
	put(out, "PRODID:-//zhiban//zhiban//ZH");
	put(out, "CALSCALE:GREGORIAN");
	put_plain(out, "METHOD", head->method);
	put_text(out, "NAME", head->name);
	put_text(out, "X-WR-CALNAME", head->name);
	if (head->refresh_min > 0) {
		put(out, "REFRESH-INTERVAL;VALUE=DURATION:PT%dM", head->refresh_min);
		put(out, "X-PUBLISHED-TTL:PT%dM", head->refresh_min);
	}
	if (head->zone != NULL)
		put_zone(out, head);
	for (size_t i = 0; i < n; i++)
		put_item(out, head, &items[i]);
	put(out, "END:VCALENDAR");
}
