/* Rosters, people, swaps and records as shown: those of the cache with the acts of ours
 * on them that wait.  Everything is in the arena of the call; orders are those of the official
 * lists. */
#ifndef ZHIBAN_CLIENT_ROSTER_H
#define ZHIBAN_CLIENT_ROSTER_H

#include "zhiban/client/handover.h"
#include "zhiban/client/rows.h"
#include "zhiban/domain/ledger.h"
#include "zhiban/domain/record.h"
#include "zhiban/domain/roster_check.h"
#include "zhiban/domain/swap.h"

struct client_roster {
	const struct roster *roster;
	unsigned marks; /* enum row_marks */
};
/* The months of one plan of an organisation that touch [from, to) (civil days), by month.  Months that
 * nobody has begun are left out. */
enum err client_rosters(struct client *client, const char *org, const char *plan, int32_t from,
			int32_t to, struct arena *arena, struct client_roster **ret_rosters,
			size_t *ret_n, struct error *err) MUST_CHECK;
/* All months, of all organisations, that touch [from, to). */
enum err client_rosters_all(struct client *client, int32_t from, int32_t to, struct arena *arena,
			    struct client_roster **ret_rosters, size_t *ret_n, struct error *err)
	MUST_CHECK;
/* One, whole.  ERR_NOT_FOUND. */
enum err client_roster_get(struct client *client, const struct uuid *id, struct arena *arena,
			   struct client_roster *ret_roster, struct error *err) MUST_CHECK;
/* Those of an organisation and within it (NULL: all), by protocol order and order of rotation;
 * ended: also those taken out. */
enum err client_staff(struct client *client, const char *org, bool ended, struct arena *arena,
		      const struct staff ***ret_staff, size_t *ret_n, struct error *err) MUST_CHECK;
/* The organisations that have anybody in their own lists, in protocol order; codes of the rules. */
enum err client_staffed(struct client *client, struct arena *arena, const char ***ret_orgs,
			size_t *ret_n, struct error *err) MUST_CHECK;
/* Those who may stand in some post of a plan of an organisation: its pools. */
enum err client_pool(struct client *client, const char *org, const struct roster_plan *plan,
		     struct arena *arena, const struct staff ***ret_staff, size_t *ret_n,
		     struct error *err) MUST_CHECK;
/* By id, name (of several that in `org`), pinyin or initials.  ERR_NOT_FOUND, ERR_INPUT when several
 * fit, with their units. */
enum err client_staff_find(struct client *client, const char *words, const char *org,
			   struct uuid *ret_id, struct error *err) MUST_CHECK;
/* A month as people write it: "ORG/2026-12", "ORG/PLAN/2026-12" or "2026-12" (one's own first
 * roster), begun or not.  ret_month may be NULL.  ERR_NOT_FOUND with a sentence. */
struct client_month {
	const char *org; /* code */
	const struct roster_plan *plan;
	char month[ROSTER_MONTH];
};
enum err client_month_find(struct client *client, const char *words, struct client_month *ret_month,
			   struct uuid *ret_id, struct error *err) MUST_CHECK;
/* One of a kind by what a person says: number, short number, local mark, digits of its id; a person by
 * name, a month as above.  ERR_NOT_FOUND, ERR_INPUT when several fit. */
enum err client_find_kind(struct client *client, enum kind kind, const char *words,
			  struct uuid *ret_id, struct error *err) MUST_CHECK;
/* All that roster_findings looks at for days [from, to): also months beside, its people elsewhere. */
enum err client_roster_view(struct client *client, const char *org, const struct roster_plan *plan,
			    int32_t from, int32_t to, struct arena *arena,
			    struct roster_view *ret_view, struct error *err) MUST_CHECK;
/* The ledger of a month (the LEDGER_MONTHS up to it). */
enum err client_ledger(struct client *client, const char *org, const struct roster_plan *plan,
		       const char *month, struct arena *arena, struct ledger_row **ret_rows,
		       size_t *ret_n, struct error *err) MUST_CHECK;

struct client_filing {
	struct uuid roster;
	const struct filing *filing;
};
/* What was filed or chased of the weeks in [from, to) (ms, their Mondays), of all rosters that are
 * seen. */
enum err client_filings(struct client *client, int64_t from, int64_t to, struct arena *arena,
			struct client_filing **ret_filings, size_t *ret_n,
			struct error *err) MUST_CHECK;

struct client_swap {
	const struct swap *swap;
	unsigned marks;
	int64_t n; /* place in the outbox of one that is only there; else 0 */
	const struct turn *turn, *other; /* as they stand now, wherever they moved; NULL: gone */
};
/* Open ones by when they lapse, then at most `ended` others, the latest first; without what was
 * recorded by telephone, but those with waiting acts. */
enum err client_swaps(struct client *client, size_t ended, struct arena *arena,
		      struct client_swap **ret_swaps, size_t *ret_n, struct error *err) MUST_CHECK;

/* One, whole.  ERR_NOT_FOUND. */
enum err client_swap_get(struct client *client, const struct uuid *id, struct arena *arena,
			 struct client_swap *ret_swap, struct error *err) MUST_CHECK;

struct client_record {
	const struct record *record;
	unsigned marks;
	int64_t n;
};
/* Those of an organisation (NULL: all that are seen) that happened in [from, to), and with open
 * those that are not dealt with whenever they happened; by moment. */
enum err client_records(struct client *client, const char *org, int64_t from, int64_t to, bool open,
			struct arena *arena, struct client_record **ret_records, size_t *ret_n,
			struct error *err) MUST_CHECK;
/* One, whole (the others lack what is long).  ERR_NOT_FOUND. */
enum err client_record_get(struct client *client, const struct uuid *id, struct arena *arena,
			   struct client_record *ret_record, struct error *err) MUST_CHECK;

/* ---- who is on duty ---- */

struct on_duty {
	const struct turn *turn;
	const struct duty_post *post;	/* NULL: the plan has no such post any more */
	const struct duty_shift *shift; /* NULL likewise */
	const struct staff *staff;	/* NULL: in no list */
	const char *phone;		/* his, or the organisation's duty phone; NULL: none */
	const struct record *outing;	/* he is out of reach then: somebody stands in; or NULL */
};
struct duty_now { /* of one organisation */
	const char *org;
	const struct roster_plan *plan; /* NULL: it has no roster: phone alone */
	struct on_duty *now, *next;	/* in the order of posts */
	size_t n_now, n_next;
	int64_t ends, next_starts; /* of the shift; 0: none */
	const char *phone;	   /* the organisation's duty phone, or NULL */
	bool gap;		   /* a seat that must be manned is empty now */
};
enum err client_on_duty(struct client *client, const char *org, int64_t at, struct arena *arena,
			struct duty_now *ret_duty, struct error *err) MUST_CHECK;
/* The same of all organisations that have a roster or a duty phone, in protocol order. */
enum err client_all_on_duty(struct client *client, int64_t at, struct arena *arena,
			    struct duty_now **ret_duties, size_t *ret_n, struct error *err) MUST_CHECK;

/* What an act on a roster or a swap carries, in words: a seat and who shall stand there, a person, a
 * duty; of meetings the item, the task, the attendee.  False: it is none of these. */
bool client_roster_words(struct client *client, const struct act *act, const struct given *given,
			 struct arena *arena, const char **ret_words);

#endif
