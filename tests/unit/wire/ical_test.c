/* Calendars: what is written, octet by octet; what is read, good and bad; what a bad file may cost.
 */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "loaded.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/wire/ical.h"

enum { OFFSET = 480 };

static int64_t at(const char *words)
{
	int64_t ms = 0;

	assert_int_equal(civil_parse(words, OFFSET, &ms, NULL), ERR_OK);
	return ms;
}

/* ---- writing ---- */

static struct ical_item night(void)
{
	return (struct ical_item){
	    .uid = "0192aaaa-0000-7000-8000-000000000001@zhiban",
	    .sequence = 3,
	    .stamp = at("2026-11-22T10:00"),
	    .starts = at("2026-12-01T17:30"),
	    .ends = at("2026-12-02T08:30"),
	    .summary = "主班·区社会治理联动指挥中心",
	    .text = "夜班; 电话 0519-1234, 备用\n第二行 \\ 反斜",
	    .status = "CONFIRMED",
	};
}

static const char night_lines[] =
    "BEGIN:VCALENDAR\r\n"
    "VERSION:2.0\r\n"
    "PRODID:-//zhiban//zhiban//ZH\r\n"
    "CALSCALE:GREGORIAN\r\n"
    "METHOD:PUBLISH\r\n"
    "NAME:值班\r\n"
    "X-WR-CALNAME:值班\r\n"
    "REFRESH-INTERVAL;VALUE=DURATION:PT60M\r\n"
    "X-PUBLISHED-TTL:PT60M\r\n"
    "BEGIN:VEVENT\r\n"
    "UID:0192aaaa-0000-7000-8000-000000000001@zhiban\r\n"
    "DTSTAMP:20261122T020000Z\r\n"
    "SEQUENCE:3\r\n"
    "DTSTART:20261201T093000Z\r\n"
    "DTEND:20261202T003000Z\r\n"
    "SUMMARY:主班·区社会治理联动指挥中心\r\n"
    "DESCRIPTION:夜班\\; 电话 0519-1234\\, 备用\\n第二行 \\\\ 反斜\r\n"
    "STATUS:CONFIRMED\r\n"
    "TRANSP:OPAQUE\r\n"
    "END:VEVENT\r\n"
    "END:VCALENDAR\r\n";

static void a_night_is_written(void **state)
{
	const struct ical_head head = {
	    .method = "PUBLISH", .name = "值班", .offset_min = OFFSET, .refresh_min = 60};
	struct ical_item item = night();
	struct str out = STR_INIT;

	(void)state;
	ical_write(&head, &item, 1, &out);
	assert_string_equal(str_get(&out), night_lines);
	str_release(&out);
}

static void a_zone_is_written_once(void **state)
{
	const struct ical_head head = {.zone = "Asia/Shanghai", .offset_min = OFFSET};
	struct ical_item items[2] = {night(), night()};
	struct str out = STR_INIT;
	const char *zone;

	(void)state;
	items[1].all_day = true;
	items[1].starts = at("2026-12-05");
	items[1].ends = at("2026-12-07");
	ical_write(&head, items, 2, &out);
	zone = strstr(str_get(&out), "BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\nBEGIN:STANDARD\r\n"
				     "DTSTART:19700101T000000\r\nTZOFFSETFROM:+0800\r\n"
				     "TZOFFSETTO:+0800\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n");
	assert_non_null(zone);
	assert_null(strstr(zone + 1, "BEGIN:VTIMEZONE"));
	assert_non_null(strstr(zone, "DTSTART;TZID=Asia/Shanghai:20261201T173000\r\n"));
	assert_non_null(
	    strstr(zone, "DTSTART;VALUE=DATE:20261205\r\nDTEND;VALUE=DATE:20261207\r\n"));
	str_release(&out);
}

/* Every length, so that every place of a fold is tried. */
static void lines_have_75_octets_and_whole_characters(void **state)
{
	const struct ical_head head = {.offset_min = OFFSET};
	struct ical_item item = night();
	struct str text = STR_INIT, out = STR_INIT;

	(void)state;
	for (size_t n = 0; n < 90; n++) {
		str_clear(&out);
		str_add(&text, n % 3 == 0 ? "班" : n % 3 == 1 ? "a" : "😀");
		item.text = str_get(&text);
		ical_write(&head, &item, 1, &out);
		for (const char *s = str_get(&out), *end; *s != '\0'; s = end + 2) {
			end = strstr(s, "\r\n");
			assert_non_null(end);
			assert_true(end - s <= 75);
			assert_true(text_valid(s, (size_t)(end - s)));
			assert_null(memchr(s, '\n', (size_t)(end - s)));
		}
	}
	str_release(&text);
	str_release(&out);
}

/* Whatever stands in a text, a line ends where we end it. */
static const char *const wicked[] = {
    "a\r\nBEGIN:VEVENT",
    "a\nATTENDEE:mailto:x",
    "a\rb",
    "tab\there",
    "\x01\x1b[31m\x7f",
    "\xc2\x9b"
    "31m",
    "\xff\xfe",
    "\\n",
    ";,:\"",
    "",
};

static void texts_cannot_break_out(void **state)
{
	const struct ical_head head = {.offset_min = OFFSET};
	const struct ical_ask ask = {at("2026-01-01"), at("2027-01-01"), OFFSET, 0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wicked); i++) {
		const struct ical_person person = {.address = wicked[i],
						   .name = wicked[i],
						   .delegate = wicked[i],
						   .from = wicked[i],
						   .asks = true};
		struct ical_item item = night();
		struct arena arena = ARENA_INIT;
		struct ical_calendar calendar;
		struct str out = STR_INIT;

		item.summary = item.text = item.place = item.url = item.category = wicked[i];
		item.people = &person;
		item.n_people = 1;
		ical_write(&head, &item, 1, &out);
		assert_true(text_valid(str_get(&out), out.len));
		assert_int_equal(ical_read(str_get(&out), out.len, &ask, &arena, &calendar, NULL),
				 ERR_OK);
		assert_int_equal(calendar.counts.sorts[ICAL_SORT_EVENT], 1);
		assert_int_equal(calendar.n_records, 1);
		assert_int_equal(calendar.records[0].item.n_people, 1);
		assert_null(strchr(str_get(&out), '\x1b'));
		str_release(&out);
		arena_release(&arena);
	}
}

/* ---- reading ---- */

struct read {
	struct arena arena;
	struct ical_calendar calendar;
	struct error err;
};

static enum err read_bytes(struct read *read, const char *bytes, size_t len)
{
	const struct ical_ask ask = {at("2026-11-01"), at("2027-02-01"), OFFSET, 0};

	*read = (struct read){.arena = ARENA_INIT, .err = ERROR_INIT};
	return ical_read(bytes, len, &ask, &read->arena, &read->calendar, &read->err);
}

#define EVENT(inside) "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n" inside "END:VEVENT\nEND:VCALENDAR\n"

/* The first of all: it looks at a program that has read nothing yet. */
static void libical_comes_with_the_first_calendar(void **state)
{
	static const char text[] = EVENT("DTSTART:20261201T080000\n");
	const struct ical_item item = night();
	struct str out = STR_INIT;
	struct read read;

	(void)state;
	ical_write(&(struct ical_head){.offset_min = OFFSET}, &item, 1, &out);
	str_release(&out);
	assert_int_equal(read_bytes(&read, "no calendar", 11), ERR_INPUT);
	arena_release(&read.arena);
	assert_false(loaded("libical"));
	assert_false(loaded("libicu"));
	assert_int_equal(read_bytes(&read, text, strlen(text)), ERR_OK);
	assert_int_equal(read.calendar.n_records, 1);
	assert_true(loaded("libical"));
	arena_release(&read.arena);
}

/* One record: how many spans it has from November to January, and the first of them, or why it has
 * none. */
static const struct {
	const char *text;
	int spans; /* -1: rejected */
	const char *starts, *ends, *why;
	bool free;
} events[] = {
    {EVENT("DTSTART:20261201T010000Z\nDTEND:20261201T020000Z\n"), 1, "2026-12-01T09:00",
     "2026-12-01T10:00", NULL, false},
    {EVENT("DTSTART:20261201T090000\nDURATION:PT90M\n"), 1, "2026-12-01T09:00", "2026-12-01T10:30",
     NULL, false},
    {EVENT("DTSTART;VALUE=DATE:20261201\n"), 1, "2026-12-01", "2026-12-02", NULL, false},
    {EVENT("DTSTART;VALUE=DATE:20261201\nDTEND;VALUE=DATE:20261204\n"), 1, "2026-12-01",
     "2026-12-04", NULL, false},
    {EVENT("DTSTART;TZID=Europe/Berlin:20261201T090000\n"), 1, "2026-12-01T16:00",
     "2026-12-01T16:00", NULL, false},
    {EVENT("DTSTART;TZID=China Standard Time:20261201T090000\n"), 1, "2026-12-01T09:00",
     "2026-12-01T09:00", NULL, false},
    {EVENT("DTSTART;TZID=\"(UTC+09:00) Osaka\":20261201T090000\n"), 1, "2026-12-01T08:00",
     "2026-12-01T08:00", NULL, false},
    {EVENT("DTSTART;TZID=Nowhere:20261201T090000\n"), 1, "2026-12-01T09:00", "2026-12-01T09:00",
     NULL, false},
    {EVENT("DTSTART:20261201T090000\nTRANSP:TRANSPARENT\n"), 1, "2026-12-01T09:00",
     "2026-12-01T09:00", NULL, true},
    {EVENT("DTSTART:20261201T090000\nSTATUS:CANCELLED\n"), 1, "2026-12-01T09:00",
     "2026-12-01T09:00", NULL, true},
    {EVENT("DTSTART:20250101T090000\n"), 0, NULL, NULL, NULL, false},
    {EVENT("DTSTART:20261031T180000\nDTEND:20261101T083000\n"), 1, "2026-10-31T18:00",
     "2026-11-01T08:30", NULL, false},
    {EVENT("DTSTART:20261201T090000\nRRULE:FREQ=DAILY;COUNT=3\n"), 3, "2026-12-01T09:00",
     "2026-12-01T09:00", NULL, false},
    {EVENT("DTSTART:20261201T090000\nRRULE:FREQ=DAILY;COUNT=5\nEXDATE:20261201T090000,"
	   "20261203T090000\n"),
     3, "2026-12-02T09:00", "2026-12-02T09:00", NULL, false},
    {EVENT("DTSTART:20261201T090000\nRDATE:20261202T090000,20261201T090000\n"), 2,
     "2026-12-01T09:00", "2026-12-01T09:00", NULL, false},
    {EVENT("DTSTART:20000103T090000\nRRULE:FREQ=WEEKLY;BYDAY=MO, WE\n"), 26, "2026-11-02T09:00",
     "2026-11-02T09:00", NULL, false},
    {EVENT("DTSTART:20260101T090000\nRRULE:\n"), 0, NULL, NULL, NULL, false},
    /* an alarm is not the record's */
    {EVENT("DTSTART:20261201T090000\nBEGIN:VALARM\nTRIGGER:-PT5M\nDTSTART:19990101\nEND:VALARM\n"),
     1, "2026-12-01T09:00", "2026-12-01T09:00", NULL, false},
    {EVENT("SUMMARY:x\n"), -1, NULL, NULL, "does not say when it begins", false},
    {EVENT("DTSTART:20261331T090000\n"), -1, NULL, NULL, "DTSTART is no moment", false},
    {EVENT("DTSTART:00000000T000000\n"), -1, NULL, NULL, "DTSTART is no moment", false},
    {EVENT("DTSTART:20261201T090000\nDTEND:20261130T090000\n"), -1, NULL, NULL,
     "ends before it begins", false},
    {EVENT("DTSTART:20261201T090000\nDURATION:soon\n"), -1, NULL, NULL, "no length of time", false},
    {EVENT("DTSTART:20261201T090000\nRRULE:FREQ=OFTEN\n"), -1, NULL, NULL, "no rule", false},
    {EVENT("DTSTART:20261201T090000\nRRULE:FREQ=DAILY;COUNT=0\n"), -1, NULL, NULL, "no rule",
     false},
    {EVENT("DTSTART:20261201T090000\nRRULE:FREQ=DAILY;BYMONTHDAY=32\n"), -1, NULL, NULL, "no rule",
     false},
    {EVENT("DTSTART:20261201T090000\nEXDATE:never\n"), -1, NULL, NULL, "EXDATE is no moment",
     false},
    {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261201T090000\n", -1, NULL, NULL,
     "file ends inside of it", false},
    {"BEGIN:VCALENDAR\nBEGIN:VFREEBUSY\nFREEBUSY;FBTYPE=BUSY:20261201T010000Z/PT1H,"
     "20261202T010000Z/20261202T020000Z\nEND:VFREEBUSY\nEND:VCALENDAR\n",
     2, "2026-12-01T09:00", "2026-12-01T10:00", NULL, false},
    {"BEGIN:VCALENDAR\nBEGIN:VFREEBUSY\nFREEBUSY;FBTYPE=FREE:20261201T010000Z/PT1H\nEND:VFREEBUSY\n"
     "END:VCALENDAR\n",
     1, "2026-12-01T09:00", "2026-12-01T10:00", NULL, true},
    {"BEGIN:VCALENDAR\nBEGIN:VTODO\nDUE:20261201T090000\nEND:VTODO\nEND:VCALENDAR\n", 0, NULL, NULL,
     NULL, false},
};

static void records_say_when_or_why_not(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(events); i++) {
		const struct ical_calendar *calendar;
		struct read read;

		assert_int_equal(read_bytes(&read, events[i].text, strlen(events[i].text)), ERR_OK);
		calendar = &read.calendar;
		if (events[i].spans < 0) {
			assert_int_equal(calendar->n_rejects, 1);
			assert_int_equal(calendar->n_records, 0);
			if (strstr(calendar->rejects[0].why, events[i].why) == NULL)
				fail_msg("%s: %s", events[i].text, calendar->rejects[0].why);
			assert_int_equal(calendar->rejects[0].line, 2);
		} else {
			if (calendar->n_rejects > 0 || calendar->n_spans != (size_t)events[i].spans)
				fail_msg("%s: %zu spans, %s", events[i].text, calendar->n_spans,
					 calendar->n_rejects > 0 ? calendar->rejects[0].why : "");
			assert_int_equal(calendar->n_records, 1);
			assert_int_equal(calendar->records[0].spans, events[i].spans);
		}
		if (events[i].starts != NULL) {
			assert_int_equal(calendar->spans[0].starts, at(events[i].starts));
			assert_int_equal(calendar->spans[0].ends, at(events[i].ends));
			assert_int_equal(calendar->spans[0].busy, !events[i].free);
		}
		arena_release(&read.arena);
	}
}

static const char series[] =
    "BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nX-WR-CALNAME:张三\r\n"
    "BEGIN:VEVENT\r\nUID:s\r\nDTSTART:20261201T010000Z\r\nDTEND:20261201T020000Z\r\n"
    "RRULE:FREQ=DAILY;COUNT=4\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:s\r\nRECURRENCE-ID:20261202T010000Z\r\nDTSTART:20261202T050000Z\r\n"
    "DTEND:20261202T060000Z\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:s\r\nRECURRENCE-ID:20261203T010000Z\r\nDTSTART:20261203T010000Z\r\n"
    "STATUS:CANCELLED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

static void a_series_is_changed_by_others(void **state)
{
	static const struct {
		const char *starts;
		bool busy;
	} expected[] = {{"2026-12-01T09:00", true},
			{"2026-12-02T13:00", true},
			{"2026-12-03T09:00", false},
			{"2026-12-04T09:00", true}};
	struct read read;

	(void)state;
	assert_int_equal(read_bytes(&read, series, strlen(series)), ERR_OK);
	assert_string_equal(read.calendar.method, "PUBLISH");
	assert_string_equal(read.calendar.name, "张三");
	assert_string_equal(read.calendar.records[1].method, "PUBLISH");
	assert_int_equal(read.calendar.records[0].spans, 2);
	assert_int_equal(read.calendar.n_spans, ARRAY_LEN(expected));
	for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
		assert_int_equal(read.calendar.spans[i].starts, at(expected[i].starts));
		assert_int_equal(read.calendar.spans[i].busy, expected[i].busy);
	}
	arena_release(&read.arena);
}

/* Daylight saving as the file itself says it, though the name is a known one. */
static const char zoned[] =
    "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Europe/Berlin\n"
    "BEGIN:DAYLIGHT\nDTSTART:19700329T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nEND:DAYLIGHT\n"
    "BEGIN:STANDARD\nDTSTART:19701213T020000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n"
    "RRULE:FREQ=YEARLY;BYMONTH=12;BYDAY=2SU\nEND:STANDARD\nEND:VTIMEZONE\n"
    "BEGIN:VEVENT\nDTSTART;TZID=Europe/"
    "Berlin:20261207T090000\nRRULE:FREQ=WEEKLY;COUNT=2\nEND:VEVENT\n"
    "END:VCALENDAR\n";

static void zones_of_the_file_come_first(void **state)
{
	struct read read;

	(void)state;
	assert_int_equal(read_bytes(&read, zoned, strlen(zoned)), ERR_OK);
	assert_int_equal(read.calendar.n_spans, 2);
	assert_int_equal(read.calendar.spans[0].starts, at("2026-12-07T15:00"));
	assert_int_equal(read.calendar.spans[1].starts, at("2026-12-14T16:00"));
	assert_string_equal(read.calendar.records[0].zone, "Europe/Berlin");
	assert_false(read.calendar.records[0].zone_guessed);
	arena_release(&read.arena);
}

static void before_its_first_change_a_zone_is_what_it_was(void **state)
{
	static const char text[] =
		"BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:20270101T000000\n"
		"TZOFFSETFROM:+0500\nTZOFFSETTO:+0600\nEND:STANDARD\nEND:VTIMEZONE\n"
		"BEGIN:VEVENT\nDTSTART;TZID=X:20261201T090000\nEND:VEVENT\n"
		"BEGIN:VEVENT\nDTSTART;TZID=X:20270105T090000\nEND:VEVENT\nEND:VCALENDAR\n";
	struct read read;

	(void)state;
	assert_int_equal(read_bytes(&read, text, strlen(text)), ERR_OK);
	assert_int_equal(read.calendar.n_spans, 2);
	assert_int_equal(read.calendar.spans[0].starts, at("2026-12-01T12:00"));
	assert_int_equal(read.calendar.spans[1].starts, at("2027-01-05T11:00"));
	arena_release(&read.arena);
}

/* ---- what files really are ---- */

#define SUMMARY "\xD6\xB5\xB0\xE0" /* in GB18030 */

static void encodings_are_told_apart(void **state)
{
	static const char head[] =
	    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261201T090000\nSUMMARY:";
	static const char end[] = "\nEND:VEVENT\nEND:VCALENDAR\n";
	struct str texts[3] = {STR_INIT, STR_INIT, STR_INIT};

	(void)state;
	str_addf(&texts[0], "\xEF\xBB\xBF%s值班%s", head, end);
	str_addf(&texts[1], "%s" SUMMARY "%s", head, end);
	str_add_bytes(&texts[2], "\xFF\xFE", 2);
	for (const char *s = head; *s != '\0'; s++)
		str_add_bytes(&texts[2], (char[]){*s, 0}, 2);
	str_add_bytes(&texts[2], "\x3C\x50\xED\x73", 4);
	for (const char *s = end; *s != '\0'; s++)
		str_add_bytes(&texts[2], (char[]){*s, 0}, 2);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct read read;

		assert_int_equal(read_bytes(&read, str_get(&texts[i]), texts[i].len), ERR_OK);
		assert_int_equal(read.calendar.n_records, 1);
		assert_string_equal(read.calendar.records[0].item.summary, "值班");
		assert_int_equal(read.calendar.mended, 0);
		arena_release(&read.arena);
		str_release(&texts[i]);
	}
}

static void bad_bytes_stay_where_they_are(void **state)
{
	static const char text[] =
	    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261201T090000\n"
	    "SUMMARY:a\0b 值\n 班\xE5\x80\n \xBC\nEND:VEVENT\nEND:VCALENDAR\n";
	struct read read;

	(void)state;
	assert_int_equal(read_bytes(&read, text, sizeof text - 1), ERR_OK);
	assert_int_equal(read.calendar.n_records, 1);
	/* the NUL is marked; the fold inside a character is none */
	assert_string_equal(read.calendar.records[0].item.summary, "a\xEF\xBF\xBD"
								   "b 值班值");
	assert_int_equal(read.calendar.mended, 1);
	arena_release(&read.arena);
}

static void a_file_may_end_anywhere(void **state)
{
	(void)state;
	for (size_t len = 0; len < strlen(series); len++) {
		struct read read;
		enum err code = read_bytes(&read, series, len);

		assert_true(code == (len >= strlen("BEGIN:") ? ERR_OK : ERR_INPUT));
		assert_true(code != ERR_INPUT || read.err.text[0] != '\0');
		arena_release(&read.arena);
	}
}

static void what_is_no_calendar_is_refused(void **state)
{
	static const char *const texts[] = {"", "\n\n", "hello", "date,shift,post,name\n",
					    "{\"a\":1}"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct read read;

		assert_int_equal(read_bytes(&read, texts[i], strlen(texts[i])), ERR_INPUT);
		assert_non_null(strstr(read.err.text, "no calendar"));
		arena_release(&read.arena);
	}
}

/* ---- what a bad file may cost ---- */

static void a_long_line_costs_one_record(void **state)
{
	struct str text = STR_INIT;
	struct read read;

	(void)state;
	str_add(&text, "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261201T090000\nSUMMARY:");
	str_add_repeat(&text, 'x', 10 * 1024 * 1024);
	str_add(&text,
		"\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART:20261202T090000\nEND:VEVENT\nEND:VCALENDAR\n");
	assert_int_equal(read_bytes(&read, str_get(&text), text.len), ERR_OK);
	assert_int_equal(read.calendar.n_rejects, 1);
	assert_non_null(strstr(read.calendar.rejects[0].why, "longer than any line"));
	assert_int_equal(read.calendar.n_records, 1);
	assert_int_equal(read.calendar.records[0].line, 6);
	arena_release(&read.arena);
	str_clear(&text);
	str_add_repeat(&text, 'x', ICAL_FILE_MOST + 1);
	assert_int_equal(read_bytes(&read, str_get(&text), text.len), ERR_INPUT);
	assert_non_null(strstr(read.err.text, "megabytes"));
	arena_release(&read.arena);
	str_release(&text);
}

static void a_record_may_be_too_long(void **state)
{
	struct str text = STR_INIT;
	struct read read;

	(void)state;
	str_add(&text, "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261201T090000\n");
	for (int i = 0; i < 30000; i++)
		str_addf(&text, "COMMENT:%d\n", i);
	str_add(&text, "END:VEVENT\nEND:VCALENDAR\n");
	assert_int_equal(read_bytes(&read, str_get(&text), text.len), ERR_OK);
	assert_int_equal(read.calendar.n_rejects, 1);
	assert_non_null(strstr(read.calendar.rejects[0].why, "too long"));
	arena_release(&read.arena);
	str_release(&text);
}

/* Each is walked in a bounded number of steps, or refused; none is walked to the end of time. */
static const char *const costly[] = {
    "FREQ=SECONDLY",
    "FREQ=MINUTELY;INTERVAL=1000000000",
    "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;BYDAY=MO;BYSETPOS=366",
    "FREQ=DAILY;COUNT=1000000000",
    "FREQ=SECONDLY;COUNT=1000000000;BYHOUR=3",
    "FREQ=YEARLY;INTERVAL=1000000000",
    "FREQ=WEEKLY;INTERVAL=1000000000",
    "FREQ=MONTHLY;INTERVAL=999999999;BYDAY=5MO",
    "RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=13",
    "RSCALE=HEBREW;FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=31",
    "FREQ=YEARLY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;BYMINUTE=0,1,"
    "2,3,4,5,"
    "6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30;BYDAY=MO,TU,WE,TH,FR",
};

static void rules_cannot_run_away(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(costly); i++) {
		struct str text = STR_INIT;
		struct read read;

		str_add(&text, "BEGIN:VCALENDAR\n");
		for (int k = 0; k < 40; k++)
			str_addf(
			    &text,
			    "BEGIN:VEVENT\nUID:%d\nDTSTART:19010101T000000\nRRULE:%s\nEND:VEVENT\n",
			    k, costly[i]);
		str_add(&text, "END:VCALENDAR\n");
		assert_int_equal(read_bytes(&read, str_get(&text), text.len), ERR_OK);
		assert_int_equal(read.calendar.n_records + read.calendar.n_rejects, 40);
		assert_true(read.calendar.n_spans <= 500000);
		for (size_t k = 0; k < read.calendar.n_records; k++)
			assert_true(read.calendar.records[k].spans <= ICAL_SPANS_MOST);
		arena_release(&read.arena);
		str_release(&text);
	}
}

/* A zone that would be walked for ever by others. */
static void zones_cannot_run_away(void **state)
{
	static const char text[] =
	    "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:00000000T000000\n"
	    "TZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nRRULE:FREQ=SECONDLY\nEND:STANDARD\n"
	    "BEGIN:DAYLIGHT\nDTSTART:19700101T000000\nTZOFFSETTO:+9999\nTZOFFSETFROM:+0100\n"
	    "RRULE:FREQ=SECONDLY\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
	    "BEGIN:VEVENT\nDTSTART;TZID=X:20261201T090000\nEND:VEVENT\nEND:VCALENDAR\n";
	struct read read;

	(void)state;
	assert_int_equal(read_bytes(&read, text, strlen(text)), ERR_OK);
	assert_int_equal(read.calendar.n_records, 1);
	arena_release(&read.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(libical_comes_with_the_first_calendar),
	    cmocka_unit_test(a_night_is_written),
	    cmocka_unit_test(a_zone_is_written_once),
	    cmocka_unit_test(lines_have_75_octets_and_whole_characters),
	    cmocka_unit_test(texts_cannot_break_out),
	    cmocka_unit_test(records_say_when_or_why_not),
	    cmocka_unit_test(a_series_is_changed_by_others),
	    cmocka_unit_test(zones_of_the_file_come_first),
	    cmocka_unit_test(before_its_first_change_a_zone_is_what_it_was),
	    cmocka_unit_test(encodings_are_told_apart),
	    cmocka_unit_test(bad_bytes_stay_where_they_are),
	    cmocka_unit_test(a_file_may_end_anywhere),
	    cmocka_unit_test(what_is_no_calendar_is_refused),
	    cmocka_unit_test(a_long_line_costs_one_record),
	    cmocka_unit_test(a_record_may_be_too_long),
	    cmocka_unit_test(rules_cannot_run_away),
	    cmocka_unit_test(zones_cannot_run_away),
	};

	return cmocka_run_group_tests_name("wire/ical", tests, NULL, NULL);
}
