/* Whistles (and periodic checks that were done) as shown: those of the cache with the acts of ours on
 * them that wait. */
#ifndef ZHIBAN_CLIENT_WHISTLE_H
#define ZHIBAN_CLIENT_WHISTLE_H

#include "zhiban/client/rows.h"
#include "zhiban/domain/inspection.h"
#include "zhiban/domain/whistle.h"

struct client_whistle {
	const struct whistle *whistle; /* in the arena of the call */
	unsigned marks;		       /* enum row_marks */
	int64_t n;		       /* place in the outbox of one that is only there; else 0 */
};
/* The open ones whole (shares, clocks …), by due with none last, then the newest; behind them at most
 * `closed` closed ones, those closed last first, of which only those with waiting acts have children
 * and long texts. */
enum err client_whistles(struct client *client, size_t closed, struct arena *arena,
			 struct client_whistle **ret_whistles, size_t *ret_n, struct error *err)
	MUST_CHECK;
/* One, whole.  ERR_NOT_FOUND. */
enum err client_whistle_get(struct client *client, const struct uuid *id, struct arena *arena,
			    struct client_whistle *ret_whistle, struct error *err) MUST_CHECK;
/* By full number (20261122-W003), short number (22-W003; the latest), local mark (待编号-3, or -3), or
 * 8 and more hex digits of the id.  ERR_NOT_FOUND, ERR_INPUT when several fit. */
enum err client_whistle_find(struct client *client, const char *words, struct uuid *ret_id,
			     struct error *err) MUST_CHECK;
/* An incident, else a whistle, a notice, a swap, a handover, a record by such words, else a month
 * that is here (ORG/2026-12), else somebody of the rosters by his Chinese name: what `zhiban show`
 * and `do` take. */
enum err client_find_any(struct client *client, const char *words, enum kind *ret_kind,
			 struct uuid *ret_id, struct error *err) MUST_CHECK;
/* How it is called on the screen: short number, or "no number yet-3" (translated: 待编号-3). */
const char *client_whistle_mark(const struct client_whistle *whistle, char buf[48]);
/* Whether the officer could do it now, without arguments: for menus.  whistle NULL: blow. */
enum err client_whistle_possible(struct client *client, const struct whistle *whistle,
				 const struct act_desc *act, struct error *err) MUST_CHECK;

/* ---- periodic checks (三查) ---- */

/* The record of one, by its id (inspection_id): NULL while it is not done, here or by an act of ours
 * that waits; in the arena.  marks may be NULL. */
enum err client_inspection(struct client *client, const struct uuid *id, struct arena *arena,
			   const struct inspection **ret_inspection, unsigned *ret_marks,
			   struct error *err) MUST_CHECK;
/* Those due in [from, to), by due. */
enum err client_inspections(struct client *client, int64_t from, int64_t to, struct arena *arena,
			    const struct inspection ***ret_inspections, size_t *ret_n,
			    struct error *err) MUST_CHECK;

#endif
