/* What a handover is made of: the list that must be read, gathered from what is here, and the
 * rest as counts with the list behind each.
 *
 * * The list is what the one who comes has to know before he sits down: alarms, what has run
 * out,
 * instructions, promised calls, countersignatures owed, what is watched or hard, the roster's
 * own
 * loose ends, calls and papers, what changed in this shift.  It is short on purpose (MUST_EACH
 * of each
 * sort): what is not on it is counted, and the count leads to it.
 * * It is gathered in slices of about a millisecond from ranges of indexes, never by a scan of
 * all
 * that blocks; the same code serves the screen, the line `:` and programs (handover_gather). */
#ifndef ZHIBAN_MODEL_HANDOVER_H
#define ZHIBAN_MODEL_HANDOVER_H

#include "zhiban/client/handover.h"
#include "zhiban/client/roster.h"

enum { MUST_EACH = 30 };

struct must_asked {
	const char *org;		/* whose desk */
	const struct roster_plan *plan; /* its roster */
	int64_t since;			/* the shift began, ms UTC */
};
struct must_read;
/* Borrows client and plan.  What changes meanwhile is seen or not: gather again then. */
struct must_read *must_read_new(struct client *client, const struct must_asked *asked);
void must_read_free(struct must_read *must); /* NULL too */
bool must_read_step(struct must_read *must); /* a slice; true: there is more to do */
/* By sort, within one by need; each thing once a sort.  Texts live as long as it. */
const struct handed *must_read_items(const struct must_read *must, size_t *ret_n);
const struct tallied *must_read_tallies(const struct must_read *must, size_t *ret_n);

/* ---- doing it ---- */

struct handover_desk { /* where something is handed over: an organisation and one of its rosters */
	const char *org; /* code */
	const struct roster_plan *plan;
	bool has;		      /* there is a handover: */
	struct client_handover now;   /* the one that is open, or the latest */
	bool fresh;		      /* and none is being prepared: the next one follows it */
	const struct duty_shift *shift; /* that goes now; NULL: the plan has none */
	int64_t starts, ends;
	int64_t since; /* when the present officers took over, or the shift began */
	bool half;     /* it is nearer to the change within the night than to the end */
};
/* The desk of the officer who is logged in (plan NULL: the first roster of his organisation).
 * ERR_NOT_FOUND: his organisation has no roster, so nothing is handed over. */
enum err handover_of_desk(struct client *client, const char *plan, struct arena *arena,
			  struct handover_desk *ret_desk, struct error *err) MUST_CHECK;
/* Whether he should be asked before he leaves: he is on duty by the roster (or took over last), the
 * shift ends within an hour or has ended, and he has not handed it over. */
bool handover_is_due(struct client *client);

/* What prepares the next one at a desk, or gathers the lists of the open one again: the act and its
 * arguments in the arena.  half: within a shift. */
struct handover_act {
	const struct act_desc *act;
	struct uuid target; /* nil of a new one */
	struct given *given;
	size_t n_given;
};
void handover_prepare(const struct handover_desk *desk, const struct must_read *must, bool half,
		      struct arena *arena, struct handover_act *ret_act);
/* Gathers to the end and does it.  For programs. */
enum err handover_gather(struct client *client, const struct handover_desk *desk, bool half,
			 struct client_done *ret_done, struct error *err) MUST_CHECK;

/* Acts of ours that the server has not answered, but for those on this handover (nil: on none); and
 * whether the line is cut, by the link as given. */
size_t handover_unsent(struct client *client, const struct uuid *handover);
bool handover_offline(const struct client_link *link);

/* ---- words ---- */

/* "核查 超时 0:12": why it stands there, with its due as it is at `now`. */
void handed_show(const struct rules *rules, const struct handed *item, int64_t now, struct str *out);
/* "2026-11-22 夜班 17:30-08:30". */
void handover_shift_words(const struct rules *rules, const struct handover *handover,
			  struct str *out);
/* In the order of the list: by sort, then as it was gathered. */
void handover_sorted(const struct handover *handover, struct arena *arena,
		     const struct handed ***ret_items, size_t *ret_n);

#endif
