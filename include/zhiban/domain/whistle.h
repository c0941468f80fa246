/* Whistles (吹哨, 约请, 响应令 …): departments are summoned, each with a share and clocks of its own.
 *
 * The loop: draft → the leader approves → the centre checks → issued; then each share: signed (who
 * comes, when) → contacted → arrived → reported in, which the blower confirms → handled → fed back →
 * verified; both sides rate → closed.  Which of the first steps there are is the profile's
 * (domain/summons.h).  A share whose department was freed is asked nothing any more.
 *
 * Children: summoned (the shares), clock (about: the share's id, none: the whistle as a whole; side is
 * always set, so that no pause of an incident touches it), link (role WHISTLE_CASE: an incident it was
 * blown from), extension, behalf, supervision (org: whose share), phonecall. */
#ifndef ZHIBAN_DOMAIN_WHISTLE_H
#define ZHIBAN_DOMAIN_WHISTLE_H

#include "zhiban/domain/incident.h"

#define WHISTLE_CASE "case"	 /* role of a whistle's link to an incident */
#define WHISTLE_LINK "whistle" /* role of an incident's link to a whistle */
#define WHISTLE_RELATED "W:"	 /* before a whistle's id, in the act "relate" that links an incident */

#define F(name, type, ...) FIELD_C_##type name;
#define K(child, member) struct children member;
struct whistle {
	struct entity head;
#include "zhiban/domain/whistle.def"
};
struct summoned {
	struct uuid id;
#include "zhiban/domain/summoned.def"
};
#undef F
#undef K

enum whistle_step {
	WHISTLE_DRAFT,	 /* also returned by its leader */
	WHISTLE_APPROVE, /* 审签 */
	WHISTLE_CHECK,	 /* 中心审核 */
	WHISTLE_RETURNED, /* by the centre: may be blown once more */
	WHISTLE_ISSUED,	 /* 下达: the shares run */
	WHISTLE_RATE,	 /* all shares are verified: 综合评价 */
	WHISTLE_CLOSED,	 /* 销哨 */
	WHISTLE_WITHDRAWN,
	WHISTLE_REFUSED, /* returned for the second time */
	WHISTLE_STEPS
};
const char *whistle_step_code(enum whistle_step step); /* "draft" … */
enum whistle_step whistle_step(const struct whistle *whistle);
const char *whistle_step_label(enum whistle_step step); /* translated */

/* How far a share has come, as its times say. */
enum share_state {
	SHARE_PLANNED, /* of a draft */
	SHARE_ASKED,
	SHARE_SIGNED,
	SHARE_CONTACTED,
	SHARE_ARRIVED,
	SHARE_REPORTED, /* not confirmed yet */
	SHARE_CONFIRMED,
	SHARE_HANDLED,
	SHARE_REPLIED,
	SHARE_VERIFIED,
	SHARE_FREED,
	SHARE_STATES
};
enum share_state share_state(const struct summoned *share);
const char *share_state_code(enum share_state state);
const char *share_state_label(enum share_state state); /* translated */
bool share_is_live(const struct summoned *share); /* asked, and not freed */

const struct summoned *whistle_share(const struct whistle *whistle, size_t i);
/* The live (of a draft: any) share of an organisation, or NULL. */
struct summoned *whistle_share_of(const struct whistle *whistle, const char *org);
const struct clock *whistle_clock(const struct whistle *whistle, size_t i);
/* The latest clock of a kind about a share (NULL: about the whole), running or stopped; or NULL. */
const struct clock *whistle_clock_of(const struct whistle *whistle, const struct uuid *share,
				     const char *kind);
/* Its running clock of the loop that ends first, none of those beside (a countersignature, an answer);
 * or NULL. */
const struct clock *whistle_next_clock(const struct whistle *whistle);
/* Whether the actor could do an act on it now, without arguments: for menus.  whistle NULL: blow.
 * ERR_DENIED, ERR_REFUSED with the sentence. */
struct rules;
struct act;
struct act_desc;
struct actor;
enum err whistle_possible(const struct rules *rules, const struct whistle *whistle,
			  const struct act_desc *desc, const struct actor *actor,
			  struct error *err) MUST_CHECK;
/* Whose share an act is done to, as the rulebook finds it: the one that is named, of whom was on the
 * telephone, one's own, the only one that it can be done to.  Of the whistle given; NULL: none. */
const struct summoned *whistle_act_share(const struct rules *rules, const struct whistle *whistle,
					 const struct act *act);
/* "22-W003" of "20261122-W003"; "" when it has none yet. */
const char *whistle_short_number(const struct whistle *whistle, char buf[24]);

#endif
