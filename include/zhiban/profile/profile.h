/* A jurisdiction's profile: loaded into rules, with errors that name file, line, word and what is
 * allowed.
 *
 * A profile is a conf text with CSV tables beside it.  On disk they are files; on the wire they are
 * one text, the bundle: sections, each begun by a line "%%file NAME", the conf first.  The bundle's
 * SHA-256 is the profile's hash.  A profile may name a base: a conf beside it that says what it
 * does not say itself; it is in the bundle too, and has no base of its own.  The working-day
 * calendar is a text of its own with its own hash.  Both are parsed as untrusted input. */
#ifndef ZHIBAN_PROFILE_PROFILE_H
#define ZHIBAN_PROFILE_PROFILE_H

#include "zhiban/base/crypto.h"
#include "zhiban/base/str.h"
#include "zhiban/domain/rules.h"

enum { BUNDLE_MAX = 8 * 1024 * 1024, PROFILE_ORGS_MAX = 50000 };

/* --- calendar --------------------------------------------------------------------------------- */

struct workdays { /* a loaded calendar; owns everything */
	struct arena arena;
	struct calendar calendar;
	char hash[SHA256_HEX]; /* of its text */
};
/* name is for messages and the calendar's own name if it states none. */
enum err workdays_parse(const char *name, const char *text, size_t len, struct workdays **ret_days,
			struct error *err) MUST_CHECK;
enum err workdays_load(const char *path, struct workdays **ret_days, struct error *err) MUST_CHECK;
void workdays_free(struct workdays *days);
/* Appends the text of a calendar; workdays_parse gives the same one back. */
void workdays_write(const struct calendar *calendar, struct str *out);
/* The calendar with the days of one year in place of what it knew of it; the year is known or next
 * to those that are, else ERR_INPUT.  Days that lie in a year nobody knows are left out.  The
 * result borrows from both. */
enum err workdays_put_year(const struct calendar *calendar, int year,
			   const struct calendar_day *days, size_t n, struct arena *arena,
			   struct calendar *ret_calendar, struct error *err) MUST_CHECK;

/* --- profile ---------------------------------------------------------------------------------- */

struct jurisdiction { /* owns everything; rules.calendar is borrowed from the workdays given */
	struct arena arena;
	struct rules rules;
	const char *calendar; /* the calendar it names: "cn" is calendar-cn.conf */
	const char *base;     /* name of the file it stands on, or NULL */
	const char *left_out; /* of the base, for want of what it speaks of; or NULL */
	struct calendar local; /* days of its own over that calendar; n_days 0: none */
	struct named_calendar *calendars; /* rules.calendars, whose days.under follows */
};
/* Reads the conf file and the tables it names (beside it) into one bundle. */
enum err bundle_read(const char *path, struct str *out, struct error *err) MUST_CHECK;
void bundle_hash(const char *bundle, size_t len, char ret_hex[SHA256_HEX]);

/* From a bundle; rules.calendar is an empty one (every week plain, everything provisional) until
 * profile_use_calendar. */
enum err profile_parse(const char *bundle, size_t len, struct jurisdiction **ret_profile,
		       struct error *err) MUST_CHECK;
/* From disk: the bundle of path, and its calendar from the same folder. */
enum err profile_load(const char *path, struct jurisdiction **ret_profile,
		      struct workdays **ret_days, struct error *err) MUST_CHECK;
/* days must outlive the profile. */
void profile_use_calendar(struct jurisdiction *profile, const struct workdays *days);
void profile_free(struct jurisdiction *profile);

struct conf_spec;
/* The keys of a profile, and those of them that its base may say, for the manual. */
const struct conf_spec *profile_schema(void);
const struct conf_spec *profile_base_schema(void);

/* Loads path and appends what it says, in words for those who run the centre; nothing when it
 * cannot be loaded.  For `zhiband profile check FILE`. */
enum err profile_check(const char *path, struct str *out, struct error *err) MUST_CHECK;

#endif
