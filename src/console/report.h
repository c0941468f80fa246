/* What the reports of `zhiban report` share. */
#ifndef ZHIBAN_CONSOLE_REPORT_H
#define ZHIBAN_CONSOLE_REPORT_H

#include "console.h"
#include "zhiban/domain/whistle_stats.h"
#include "zhiban/wire/sheet.h"

struct wanted { /* what the words and options of the command ask for; NULL: not given */
	const char *by, *filter, *format, *chars;
	const char *since, *until, *summons, *formula, *order;
	const char *class, *dept, *from, *at;
	const char *month, *plan; /* of a roster */
	const char *number_of; /* --list */
	const char *id, *number; /* words behind the report's name */
	const char *date, *org; /* of the duty log: the day on which it begins, whose */
	const char *out;	 /* a file that is not there yet; NULL: standard output */
	bool explain;
};

/* Appends the report; the caller prints it. */
typedef enum err (*report_fn)(struct console *console, const struct wanted *wanted, struct str *out,
			      struct error *err);
enum err report_funnel(struct console *console, const struct wanted *wanted, struct str *out,
		       struct error *err) MUST_CHECK;
enum err report_whistle(struct console *console, const struct wanted *wanted, struct str *out,
			struct error *err) MUST_CHECK;
enum err report_supervise(struct console *console, const struct wanted *wanted, struct str *out,
			  struct error *err) MUST_CHECK;
enum err report_matrix(struct console *console, const struct wanted *wanted, struct str *out,
		       struct error *err) MUST_CHECK;
enum err report_plan(struct console *console, const struct wanted *wanted, struct str *out,
		     struct error *err) MUST_CHECK;
enum err report_handover(struct console *console, const struct wanted *wanted, struct str *out,
			  struct error *err) MUST_CHECK;
enum err report_dutylog(struct console *console, const struct wanted *wanted, struct str *out,
			struct error *err) MUST_CHECK; /* list_log.c */
enum err report_roster(struct console *console, const struct wanted *wanted, struct str *out,
		       struct error *err) MUST_CHECK;
enum err report_ledger(struct console *console, const struct wanted *wanted, struct str *out,
		       struct error *err) MUST_CHECK;
enum err report_actions(struct console *console, const struct wanted *wanted, struct str *out,
			struct error *err) MUST_CHECK;
/* report_meeting.c */
enum err report_minutes(struct console *console, const struct wanted *wanted, struct str *out,
			struct error *err) MUST_CHECK;
enum err report_agenda(struct console *console, const struct wanted *wanted, struct str *out,
		       struct error *err) MUST_CHECK;
enum err report_signin(struct console *console, const struct wanted *wanted, struct str *out,
		       struct error *err) MUST_CHECK;
enum err report_invitation(struct console *console, const struct wanted *wanted, struct str *out,
			   struct error *err) MUST_CHECK;
enum err report_meeting_brief(struct console *console, const struct wanted *wanted,
			      struct str *out, struct error *err) MUST_CHECK;
enum err report_figures(struct console *console, const struct wanted *wanted, struct str *out,
			struct error *err) MUST_CHECK;

/* The format by --format, else by the name of --out, else text.  csv: it may be that. */
enum err report_format(const struct wanted *wanted, bool csv, enum sheet_format *ret_format,
		       struct error *err) MUST_CHECK;
/* --order; --since and --until: nothing said: the month that is; only since when: until now. */
enum err report_order(const char *words, enum stats_order *ret_order, struct error *err) MUST_CHECK;
enum err report_window(const struct wanted *wanted, int offset_min, int64_t now,
		       struct stats_window *ret_window, struct error *err) MUST_CHECK;
/* --chars: 0 when it is not given.  ERR_USAGE. */
enum err report_chars(const struct wanted *wanted, size_t *ret_chars, struct error *err) MUST_CHECK;
/* ERR_USAGE with an example when no id is given. */
enum err report_needs_id(const struct wanted *wanted, const char *example, struct error *err)
	MUST_CHECK;

#endif
