/* Figures of whistles: what departments did with what they were asked (报到率 …), and how streets blow
 * (吹哨率, 规范).
 *
 * Pure and streaming: whistle after whistle is added.  A number is how many shares, or whistles, one
 * function lets through (stats_has), so a number and the list behind it cannot differ.
 *
 * What was done counts against the due of its latest clock, extensions included: on time, late, or
 * missed, when it was not done and the due has passed; these three are owed.  What still has time is
 * in none.  A report in counts when the blower has confirmed it, where the profile wants that.  Shares
 * of whistles that were withdrawn, and those that were freed, are asked nothing. */
#ifndef ZHIBAN_DOMAIN_WHISTLE_STATS_H
#define ZHIBAN_DOMAIN_WHISTLE_STATS_H

#include "zhiban/domain/rules.h"
#include "zhiban/domain/whistle.h"

enum stat {
	/* of shares */
	STAT_ASKED,
	STAT_SIGN_OWED, STAT_SIGN_TIMELY, STAT_SIGN_LATE, STAT_SIGN_MISSED, /* in this order */
	STAT_REPORT_OWED, STAT_REPORT_TIMELY, STAT_REPORT_LATE, STAT_REPORT_MISSED,
	STAT_HANDLE_OWED, STAT_HANDLE_TIMELY, STAT_HANDLE_LATE, STAT_HANDLE_MISSED,
	STAT_FEEDBACK_OWED, STAT_FEEDBACK_TIMELY, STAT_FEEDBACK_LATE, STAT_FEEDBACK_MISSED,
	STAT_UNCONFIRMED, /* said to have reported in: the blower has not confirmed it */
	STAT_REWORKED,
	STAT_DISPUTED,
	STAT_EXTENDED, /* more time was granted */
	STAT_FREED,    /* was asked, and is not any more */
	STAT_CARDED,   /* a supervision was issued to it */
	STAT_RATED, STAT_CONTENT, STAT_FAIR, STAT_POOR,
	/* of whistles */
	STAT_BLOWN, /* handed in; withdrawn only if it had been issued */
	STAT_ISSUED,
	STAT_RETURNED, /* by the centre, at least once */
	STAT_REFUSED,
	STAT_WITHDRAWN,
	STAT_CLOSED,
	STAT_JUDGED, STAT_REGULAR, STAT_IRREGULAR, /* what most departments say */
	STATS
};
const char *stat_code(enum stat stat);	/* "report_timely" …: key in JSON */
const char *stat_title(enum stat stat); /* translated */
bool stat_is_of_share(enum stat stat);
bool stat_find(const char *code, enum stat *ret_stat) MUST_CHECK;

enum stats_side {
	STATS_DEPARTMENTS, /* rows by who was asked; in the window: when it was asked */
	STATS_STREETS,	   /* rows by who blew; in the window: when it was blown */
};
struct stats_window { /* [since, until) ms UTC; 0: without that end */
	int64_t since, until;
};
/* The calendar month of a moment, so many months later (earlier: negative). */
struct stats_window stats_month(int offset_min, int64_t at, int months);
/* To compare with: as much time just before (环比; whole months: as many months), and the same dates
 * of the year before (同比).  Without both ends there is nothing to compare with: false. */
bool stats_previous(int offset_min, struct stats_window window, struct stats_window *ret_window);
bool stats_year_ago(int offset_min, struct stats_window window, struct stats_window *ret_window);

struct stats_what { /* which shares or whistles a number is of */
	enum stat stat;
	enum stats_side side;
	const char *org;     /* code; NULL: all */
	const char *summons; /* code; NULL: all */
	struct stats_window window;
};
/* share NULL: the whistle itself, for a number of whistles. */
bool stats_has(const struct rules *rules, const struct stats_what *what,
	       const struct whistle *whistle, const struct summoned *share, int64_t now);

struct stats_row {
	const char *org; /* code; NULL: all */
	int64_t n[STATS];
	int64_t report_ms; /* from asked to reported in, of those that have */
	int64_t points;	   /* of supervisions, also of those that were lifted */
	int64_t cases;	   /* incidents registered in the window, by street */
};
struct stats {
	const struct rules *rules;
	enum stats_side side;
	const char *summons; /* NULL: all */
	struct stats_window window;
	int64_t now;
	struct stats_row *rows; /* as organisations stand in the rules; one more for unknown ones */
	struct stats_row all;
};
/* The rows are the caller's to free with stats_release; texts are borrowed. */
void stats_init(struct stats *stats, const struct rules *rules, enum stats_side side,
		struct stats_window window, int64_t now);
void stats_release(struct stats *stats);
void stats_add(struct stats *stats, const struct whistle *whistle); /* with its children */
void stats_add_case(struct stats *stats, const char *street, int64_t registered_at);
/* The rows that have anything, in protocol order, or with the worst first: those that can be ranked by
 * their points, the others behind. */
enum stats_order { STATS_PROTOCOL, STATS_WORST };
const struct stats_row **stats_rows(const struct stats *stats, enum stats_order order,
				    struct arena *arena, size_t *ret_n);

/* Shares of numbers in tenths of a percent; -1: nothing to divide by. */
int stats_permille(const struct stats_row *row, enum stat part, enum stat whole);
/* How content the blowers are, content 1, fair 0.7, poor 0. */
int stats_content(const struct stats_row *row);
int stats_per_100(const struct stats_row *row); /* whistles per 100 cases, in tenths */
int64_t stats_report_ms(const struct stats_row *row); /* on average; -1: nobody has */

/* The assessment of a department: a named formula of shares with weights, minus the points of cards.
 * Terms with nothing to divide by are left out, and the others weigh so much more. */
enum { STATS_TERMS = 4, STATS_FEWEST = 5 /* asked: with fewer it is not ranked */ };
struct stats_formula {
	const char *name, *title;
	struct {
		int weight; /* percent */
		enum stat part, whole; /* whole STAT_RATED: how content they are */
	} terms[STATS_TERMS];
};
size_t stats_formula_count(void);
const struct stats_formula *stats_formula(size_t i); /* the first is the usual one */
const struct stats_formula *stats_formula_find(const char *name); /* or NULL */
/* In tenths of a point, may be negative.  False: too few, or nothing to weigh. */
bool stats_score(const struct stats_row *row, const struct stats_formula *formula, int *ret_tenths);
/* "0.25*Reported in on time/Reports in owed + …", in words of the screen. */
void stats_formula_words(const struct stats_formula *formula, struct str *out);

#endif
