/* Values of properties: libical reads one line at a time.
 *
 * Its own memory is not ours; a line is at most ICAL_LINE_MOST long, so that it is little. */
#include <config.h>

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "ical_lib_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

/* NULL: it cannot be read. */
static icalproperty *property(const struct ical_lib *lib, const char *text)
{
	lib->icalerror_set_errors_are_fatal(0);
	lib->icalerror_clear_errno();
	return lib->icalproperty_new_from_string(text);
}

static bool to_moment(const struct ical_lib *lib, struct icaltimetype t, struct moment *ret_moment)
{
	struct civil civil = {.year = t.year,
			      .month = t.month,
			      .day = t.day,
			      .hour = t.hour,
			      .minute = t.minute,
			      .second = t.second};
	bool valid = civil_valid(t.year, t.month, t.day);

	if (!valid || t.hour < 0 || t.hour > 24 || t.minute < 0 || t.minute > 59 || t.second < 0 ||
	    t.second > 60)
		return false;
	if (t.is_date)
		civil.hour = civil.minute = civil.second = 0;
	ret_moment->local = civil_to_ms(&civil, 0);
	ret_moment->date = t.is_date;
	ret_moment->utc = lib->icaltime_is_utc(t);
	return true;
}

const char *value_param(const struct ical_lib *lib, const char *text, const char *name,
			struct arena *arena)
{
	icalproperty *prop = property(lib, text);
	const char *value = NULL;
	char *words;

	if (prop == NULL)
		return NULL;
	words = lib->icalproperty_get_parameter_as_string_r(prop, name);
	if (words != NULL) {
		if (text_valid(words, strlen(words))) /* it cuts characters elsewhere */
			value = arena_strdup(arena, words);
		lib->icalmemory_free_buffer(words);
	}
	lib->icalproperty_free(prop);
	return value;
}

/* A property of whatever name has a moment as its value: DTSTART, DTEND, DUE, RECURRENCE-ID, EXDATE
 * … */
static bool value_time(const struct ical_lib *lib, icalproperty *prop, struct icaltimetype *ret_time)
{
	icalvalue *value = lib->icalproperty_get_value(prop);

	switch (value != NULL ? (int)lib->icalvalue_isa(value) : (int)ICAL_NO_VALUE) {
	case ICAL_DATE_VALUE:
		*ret_time = lib->icalvalue_get_date(value);
		return true;
	case ICAL_DATETIME_VALUE:
		*ret_time = lib->icalvalue_get_datetime(value);
		return true;
	case ICAL_DATETIMEDATE_VALUE:
		*ret_time = lib->icalvalue_get_datetimedate(value);
		return true;
	case ICAL_DATETIMEPERIOD_VALUE:
		*ret_time = lib->icalvalue_get_datetimeperiod(value).time;
		return true;
	default:
		return false;
	}
}

enum err value_moment(const struct ical_lib *lib, const char *text, struct arena *arena,
		      struct moment *ret_moment)
{
	icalproperty *prop = property(lib, text);
	struct moment moment = {0};
	struct icaltimetype t;
	bool good = prop != NULL && value_time(lib, prop, &t) && to_moment(lib, t, &moment);

	if (prop != NULL)
		lib->icalproperty_free(prop);
	if (!good)
		return ERR_INPUT;
	moment.zone = moment.utc || moment.date ? NULL : value_param(lib, text, "TZID", arena);
	*ret_moment = moment;
	return ERR_OK;
}

static int64_t duration_ms(struct icaldurationtype d)
{
	int64_t seconds = ((int64_t)d.weeks * 7 + d.days) * 86400 + (int64_t)d.hours * 3600 +
			  (int64_t)d.minutes * 60 + d.seconds;

	return (d.is_neg ? -seconds : seconds) * 1000;
}

enum err value_duration(const struct ical_lib *lib, const char *text, int64_t *ret_ms)
{
	icalproperty *prop = property(lib, text);
	icalvalue *value = prop != NULL ? lib->icalproperty_get_value(prop) : NULL;
	bool good = value != NULL && lib->icalvalue_isa(value) == ICAL_DURATION_VALUE;

	if (good)
		*ret_ms = duration_ms(lib->icalvalue_get_duration(value));
	if (prop != NULL)
		lib->icalproperty_free(prop);
	return good ? ERR_OK : ERR_INPUT;
}

enum err value_period(const struct ical_lib *lib, const char *text, struct arena *arena,
		      struct moment *ret_from, struct moment *ret_to)
{
	icalproperty *prop = property(lib, text);
	icalvalue *value = prop != NULL ? lib->icalproperty_get_value(prop) : NULL;
	struct icalperiodtype period = ICALPERIODTYPE_INITIALIZER;
	struct moment from = {0}, to = {0};
	bool good = value != NULL;

	if (good && lib->icalvalue_isa(value) == ICAL_PERIOD_VALUE)
		period = lib->icalvalue_get_period(value);
	else if (good && lib->icalvalue_isa(value) == ICAL_DATETIMEPERIOD_VALUE)
		period = lib->icalvalue_get_datetimeperiod(value).period;
	if (prop != NULL)
		lib->icalproperty_free(prop);
	if (lib->icalperiodtype_is_null_period(period) || !to_moment(lib, period.start, &from))
		return ERR_INPUT;
	from.zone = from.utc ? NULL : value_param(lib, text, "TZID", arena);
	if (lib->icaltime_is_null_time(period.end)) {
		to = from;
		to.local += duration_ms(period.duration);
	} else if (to_moment(lib, period.end, &to)) {
		to.zone = from.zone;
	} else {
		return ERR_INPUT;
	}
	*ret_from = from;
	*ret_to = to;
	return ERR_OK;
}

enum err value_offset(const struct ical_lib *lib, const char *text, int *ret_seconds)
{
	icalproperty *prop = property(lib, text);
	icalvalue *value = prop != NULL ? lib->icalproperty_get_value(prop) : NULL;
	bool good = value != NULL && lib->icalvalue_isa(value) == ICAL_UTCOFFSET_VALUE;

	if (good)
		*ret_seconds = lib->icalvalue_get_utcoffset(value);
	if (prop != NULL)
		lib->icalproperty_free(prop);
	return good && *ret_seconds > -86400 && *ret_seconds < 86400 ? ERR_OK : ERR_INPUT;
}

/* ^', ^n and ^^ of RFC 6868. */
static const char *plain(const char *s, struct arena *arena)
{
	char *copy, *to;

	if (s == NULL || strchr(s, '^') == NULL)
		return s;
	copy = to = arena_strdup(arena, s);
	for (; *s != '\0'; s++) {
		const char *known = *s == '^' && s[1] != '\0' ? strchr("'n^", s[1]) : NULL;

		*to++ = known == NULL ? *s : *known == '\'' ? '"' : *known == 'n' ? '\n' : '^';
		s += known != NULL;
	}
	*to = '\0';
	return copy;
}

enum err value_person(const struct ical_lib *lib, const char *text, struct arena *arena,
		      struct ical_person *ret_person)
{
	const char *asks = value_param(lib, text, "RSVP", arena);

	*ret_person = (struct ical_person){
	    .address = arena_strdup(arena, value_raw(text)),
	    .name = plain(value_param(lib, text, "CN", arena), arena),
	    .role = value_param(lib, text, "ROLE", arena),
	    .state = value_param(lib, text, "PARTSTAT", arena),
	    .delegate = value_param(lib, text, "DELEGATED-TO", arena),
	    .from = value_param(lib, text, "DELEGATED-FROM", arena),
	    .type = value_param(lib, text, "CUTYPE", arena),
	    .asks = asks != NULL && strcasecmp(asks, "TRUE") == 0,
	};
	return *ret_person->address != '\0' ? ERR_OK : ERR_INPUT;
}

/* ---- without libical ---- */

const char *value_raw(const char *text)
{
	bool quoted = false;

	for (; *text != '\0'; text++) {
		if (*text == '"')
			quoted = !quoted;
		else if (*text == ':' && !quoted)
			return text + 1;
	}
	return text;
}

/* By hand: libical cuts a character that stands behind a backslash. */
const char *value_text(const char *text, struct arena *arena)
{
	const char *from = value_raw(text);
	char *copy = arena_strdup(arena, from), *to = copy;

	for (; *from != '\0'; from++) {
		if (*from != '\\' || from[1] == '\0')
			*to++ = *from;
		else if (*++from == 'n' || *from == 'N')
			*to++ = '\n';
		else
			*to++ = *from;
	}
	*to = '\0';
	return copy;
}

size_t value_split(const char *text, struct arena *arena, const char ***ret_texts)
{
	const char *value = value_raw(text), *s = value;
	size_t n = 1, head = (size_t)(value - text);
	const char **texts;

	for (const char *c = value; *c != '\0'; c++)
		n += *c == ',';
	texts = arena_array(arena, n, sizeof *texts);
	for (size_t i = 0; i < n; i++) {
		size_t len = strcspn(s, ",");

		texts[i] = arena_printf(arena, "%.*s%.*s", (int)head, text, (int)len, s);
		s += len + (s[len] == ',');
	}
	*ret_texts = texts;
	return n;
}
