/* The handlers of the acts, for the table in decide.c; included by decide_priv.h. */
#ifndef ZHIBAN_DOMAIN_DECIDE_HANDLERS_H
#define ZHIBAN_DOMAIN_DECIDE_HANDLERS_H

#include "zhiban/domain/decide.h"

struct draft;

/* Handlers of the acts: rows of handlers[] in decide.c; several of one verb run in that order. What
 * a handler does not enter itself (draft_enter, draft_go, draft_pop), the flow's row does after
 * it. */
typedef enum err apply_fn(struct draft *draft, struct error *err);
enum err draft_first(const struct draft *draft, struct error *err) MUST_CHECK;
apply_fn apply_register, apply_fix;
apply_fn apply_assign, apply_coassign, apply_summon, apply_recall; /* decide_assign.c */
apply_fn apply_sign, apply_contact, apply_arrive, apply_handle, apply_verify, apply_rework,
	apply_return, apply_share_reply; /* decide_handle.c */
apply_fn apply_accept, apply_decline, apply_refer, apply_transfer, apply_outcome, apply_escalate,
	apply_feedback, apply_callback, apply_close, apply_rate, apply_archive,
	apply_reopen; /* decide_acts.c */
apply_fn apply_ack, apply_unanswered; /* decide_alarm.c */
void draft_hand_on(struct draft *draft); /* who gets it has not acknowledged it */
apply_fn apply_countersign; /* decide_behalf.c */
apply_fn apply_dispatch, apply_arrive_force, apply_depart, apply_scene,
	apply_attach; /* decide_scene.c */
apply_fn apply_call, apply_call_later; /* decide_call.c */
apply_fn apply_merge, apply_unmerge, apply_absorb, apply_release, apply_follow,
	apply_relate; /* decide_merge.c */
apply_fn apply_urge, apply_supervise, apply_respond, apply_lift, apply_instruct, apply_pass_on,
	apply_fulfil, apply_hard,
	apply_propose; /* decide_supervise.c */
apply_fn apply_notify, apply_receipt; /* decide_notice.c */
apply_fn apply_reveal, apply_erase; /* decide_personal.c */
apply_fn apply_restrict, apply_unrestrict; /* decide_restrict.c */

/* The jurisdiction's own (decide_own.c), its mode (decide_mode.c). */
enum err decision_of(const void *before, const void *after, struct arena *arena, const char *note,
		     struct decision *ret_decision) MUST_CHECK; /* the one effect between them */
/* One more act that follows from `act`, by its actor; the caller says what and to whom.  The pointer
 * is good until the next call. */
struct act *follow_add(struct act **follow, size_t *n, size_t *cap, const struct act *act,
		       int64_t eff, struct arena *arena);
enum err decide_person(const struct rules *rules, const struct state *state, const struct act *act,
		       struct arena *arena, struct decision *ret_decision,
		       struct error *err) MUST_CHECK;
enum err decide_profile(const struct state *state, const struct act *act,
			const struct moment *moment, struct arena *arena,
			struct decision *ret_decision, struct error *err) MUST_CHECK;
enum err decide_mode(const struct rules *rules, const struct state *state, const struct act *act,
		     const struct moment *moment, struct arena *arena,
		     struct decision *ret_decision, struct error *err) MUST_CHECK;
/* Notices that stand alone (decide_post.c). */
enum err decide_notice(const struct rules *rules, const struct state *state, const struct act *act,
		       const struct moment *moment, struct arena *arena,
		       struct decision *ret_decision, struct error *err) MUST_CHECK;

/* Whistles (decide_whistle.c), periodic checks that were done (decide_inspection.c). */
enum err decide_whistle(const struct rules *rules, const struct state *state, const struct act *act,
			const struct moment *moment, struct arena *arena,
			struct decision *ret_decision, struct error *err) MUST_CHECK;
enum err decide_inspection(const struct rules *rules, const struct state *state,
			   const struct act *act, const struct moment *moment, struct arena *arena,
			   struct decision *ret_decision, struct error *err) MUST_CHECK;

/* Rosters, their people, swaps; handovers; records of the duty log: a file of that name each. */
typedef enum err decide_fn(const struct rules *rules, const struct state *state, const struct act *act,
			   const struct moment *moment, struct arena *arena,
			   struct decision *ret_decision, struct error *err) MUST_CHECK;
decide_fn decide_staff, decide_roster, decide_swap, decide_handover, decide_record;
/* Meetings, their items, tasks and rooms: a file of that name each. */
decide_fn decide_meeting, decide_item, decide_action, decide_room;

/* Cases that are carried over when the rules change (decide_carry.c). */
enum err apply_carry(struct draft *draft, struct error *err) MUST_CHECK;

/* Pauses and the shelf (decide_pause.c), extensions (decide_extend.c), time marks
 * (decide_fire.c). */
apply_fn apply_pause, apply_resume, apply_shelve, apply_unshelve;
struct pause *incident_pause(const struct incident *incident, int64_t at); /* in force, or NULL */
void draft_end_pauses(struct draft *draft);
apply_fn apply_table, apply_resolved, apply_tasked; /* decide_table.c */
apply_fn apply_extend_ask, apply_extend_ok, apply_extend_no, apply_fire, apply_waive;

#endif
