/* A whistle up to its issue: drafted, handed in, approved by its leader, checked by the centre. */
#include <config.h>

#include <string.h>

#include "decide_handlers.h"
#include "whistle_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* --- where it comes from --------------------------------------------------------------------- */

/* The kind that is said, else the first that the organisation, or one above it, may blow. */
static enum err find_summons(struct whistling *w, const char **ret_origin, struct error *err)
{
	const struct rules *rules = w->rules;
	const char *words = act_text(w->act, "summons");

	for (size_t i = 0; i < rules->n_summonses; i++) {
		const struct summons *summons = &rules->summonses[i];
		const char *origin;

		if (words != NULL && !str_eq(summons->code, words) && !str_eq(summons->label, words))
			continue;
		origin = summons_blower(rules, summons, w->org);
		if (origin == NULL && w->summons != NULL)
			continue;
		w->summons = summons;
		*ret_origin = origin;
		if (origin != NULL)
			return ERR_OK;
	}
	if (w->summons == NULL)
		return error_set(err, ERR_INPUT, _("\"%.40s\" is no kind of whistle here"),
				 words != NULL ? words : "");
	return error_set(err, ERR_DENIED, _("%s: %s may not blow it"), w->summons->label,
			 whistling_org_name(w, w->org));
}

static enum err link_incident(struct whistling *w, const char *words, struct error *err)
{
	const struct link *links = w->after->links.items;
	struct uuid incident, id;
	char text[UUID_TEXT], own[UUID_TEXT];
	struct link *link;
	struct act *follow;

	if (uuid_parse(words, &incident) != ERR_OK)
		return error_set(err, ERR_INPUT, _("there is no ticket %.40s"), words);
	uuid_text(&incident, text);
	for (size_t i = 0; i < w->after->links.n; i++)
		if (str_eq(links[i].target, text))
			return ERR_OK;
	id = uuid_child(&w->act->id, "link", w->n_links++);
	link = children_add(&w->after->links, child_desc(CHILD_LINK), &id, w->arena);
	link->role = WHISTLE_CASE;
	link->target = arena_strdup(w->arena, text);
	uuid_text(&w->after->head.id, own);
	follow = follow_add(&w->follow, &w->n_follow, &w->cap_follow, w->act, w->eff, w->arena);
	follow->desc = act_desc_of(KIND_INCIDENT, "relate");
	follow->target = (struct target){ .kind = KIND_INCIDENT, .id = incident };
	act_give(follow, act_arg_field(follow->desc, "related"),
		 (struct value){ .is_text = true,
				 .text = arena_printf(w->arena, WHISTLE_RELATED "%s", own) },
		 w->arena);
	return ERR_OK;
}

static enum err link_incidents(struct whistling *w, struct error *err)
{
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK; i++) {
		struct value words = act_value(w->act, "incident", i);

		if (!value_is_set(words))
			return ERR_OK;
		code = link_incident(w, words.text, err);
	}
	return code;
}

/* --- handing in ------------------------------------------------------------------------------ */

/* What the blower states lies within the bounds of the class, counted from now. */
static enum err check_report_by(const struct whistling *w, struct error *err)
{
	return summons_check_report_by(w->rules, w->cls, w->eff, w->after->report_by, err);
}

/* A correction that says nothing of it leaves it: it was in its bounds when it was stated. */
static enum err check_stated(const struct whistling *w, struct error *err)
{
	bool corrected = w->from == WHISTLE_APPROVE || w->from == WHISTLE_CHECK;

	if (corrected && !value_is_set(act_value(w->act, "report_by", 0)) &&
	    str_eq(w->before->cls, w->after->cls))
		return ERR_OK;
	return check_report_by(w, err);
}

static enum err check_handle_by(const struct whistling *w, struct error *err)
{
	int64_t at = w->after->handle_by;

	if (at == 0 || (at > w->eff && at >= w->after->report_by))
		return ERR_OK;
	return error_set(err, ERR_INPUT, _("the time to handle it by must lie ahead, after the "
					   "report"));
}

static enum err check_called(const struct whistling *w, struct error *err)
{
	return w->after->shares.n > 0 ? ERR_OK
				      : error_set(err, ERR_INPUT, _("no department is called"));
}

static enum err check_ground(const struct whistling *w, struct error *err)
{
	return w->after->ground != NULL || w->summons->grounds.n == 0
		       ? ERR_OK
		       : error_set(err, ERR_INPUT, _("%s is missing"), _("Ground"));
}

static enum err check_case(const struct whistling *w, struct error *err)
{
	bool there = w->after->links.n > 0 || value_is_set(act_value(w->act, "incident", 0));

	return w->summons->alone || there
		       ? ERR_OK
		       : error_set(err, ERR_INPUT, _("%s is blown from a case, not alone"),
				   w->summons->label);
}

enum err whistling_complete(struct whistling *w, struct error *err)
{
	static enum err (*const checks[])(const struct whistling *w, struct error *err) = {
		check_called, check_ground, check_case, check_stated, check_handle_by,
	};
	enum err code = ERR_OK;

	for (size_t i = 0; code == ERR_OK && i < ARRAY_LEN(checks); i++)
		code = whistling_pass(w, checks[i](w, err), err);
	return code;
}

/* The leader's name when he was on the telephone, else the officer's own. */
static void approved(struct whistling *w)
{
	const struct by_phone *phone = &w->act->by_phone;

	w->after->approved_at = w->eff;
	w->after->approved_by = phone->role != NULL && phone->rung != NULL ? phone->rung
									    : w->act->actor.officer;
}

enum whistle_step whistling_next(const struct whistling *w, bool approved)
{
	if (!approved && w->cls->approver != NULL)
		return WHISTLE_APPROVE;
	return w->summons->checked && !str_eq(w->after->origin, w->rules->centre) ? WHISTLE_CHECK
										  : WHISTLE_ISSUED;
}

/* To its leader, the centre, or out: whoever may approve it himself has done so. */
static enum err hand_in(struct whistling *w, struct error *err)
{
	enum err code = whistling_complete(w, err);
	bool reaches = w->cls->approver != NULL && whistling_role(w, w->cls->approver);

	if (code != ERR_OK)
		return code;
	w->after->approved_at = 0;
	w->after->approved_by = NULL;
	if (reaches)
		approved(w);
	whistling_go(w, whistling_next(w, reaches));
	return ERR_OK;
}

/* --- the acts -------------------------------------------------------------------------------- */

static void set_number(struct whistling *w)
{
	struct civil civil;

	if (w->state->serial == 0)
		return;
	civil_of_ms(w->eff, w->rules->offset_min, &civil);
	w->after->number = arena_printf(w->arena, "%04d%02d%02d-%s%03lld", civil.year, civil.month,
					civil.day, w->summons->letter,
					(long long)w->state->serial);
}

static enum err check_role(const struct whistling *w, struct error *err)
{
	if (w->summons->role == NULL || whistling_role(w, w->summons->role))
		return ERR_OK;
	return error_set(err, ERR_DENIED, _("%s needs at least the role %s"), w->summons->label,
			 rules_role_label(w->rules, w->summons->role));
}

enum err whistling_begin(struct whistling *w, struct error *err)
{
	struct whistle *after = w->after;
	const char *origin = NULL;
	enum err code = find_summons(w, &origin, err);

	if (w->summons == NULL)
		return code; /* nothing can be said of it */
	code = whistling_pass(w, code, err);
	if (code != ERR_OK)
		return code;
	after->summons = w->summons->code;
	after->origin = origin != NULL ? origin : w->org;
	after->blower = w->act->actor.officer;
	after->blown_at = w->eff;
	if (!str_eq(after->origin, w->rules->centre))
		after->street = after->origin;
	code = whistling_pass(w, check_role(w, err), err);
	set_number(w);
	return code;
}

enum err whistle_blow(struct whistling *w, struct error *err)
{
	enum err code = whistling_begin(w, err);

	if (code == ERR_OK)
		code = whistling_fill(w, err);
	if (code == ERR_OK)
		code = link_incidents(w, err);
	if (code != ERR_OK)
		return code;
	if (act_value(w->act, "draft", 0).num == 0)
		return hand_in(w, err);
	whistling_go(w, WHISTLE_DRAFT);
	return ERR_OK;
}

/* What was changed after the leader has approved goes to him again; the centre's own corrections of
 * what it checks do not. */
enum err whistle_revise(struct whistling *w, struct error *err)
{
	enum err code = whistling_fill(w, err);

	if (code != ERR_OK || w->from == WHISTLE_DRAFT || w->from == WHISTLE_RETURNED)
		return code;
	if (w->from == WHISTLE_CHECK && str_eq(w->org, w->rules->centre))
		return whistling_complete(w, err);
	return hand_in(w, err);
}

enum err whistle_submit(struct whistling *w, struct error *err)
{
	return hand_in(w, err);
}

static enum err check_approver(const struct whistling *w, struct error *err)
{
	const char *role = w->cls != NULL ? w->cls->approver : NULL;

	if (role == NULL || whistling_role(w, role))
		return ERR_OK;
	return error_set(err, ERR_DENIED, _("%s: only %s may approve it"), whistling_label(w),
			 w->cls->approver_words != NULL ? w->cls->approver_words
							 : rules_role_label(w->rules, role));
}

enum err whistle_approve(struct whistling *w, struct error *err)
{
	enum err code = check_approver(w, err);

	if (code != ERR_OK)
		return code;
	approved(w);
	whistling_go(w, whistling_next(w, true));
	return ERR_OK;
}

enum err whistle_disapprove(struct whistling *w, struct error *err)
{
	enum err code = check_approver(w, err);

	if (code != ERR_OK)
		return code;
	w->after->returned_for = act_text(w->act, "reason");
	whistling_go(w, WHISTLE_DRAFT);
	return ERR_OK;
}

/* The centre may add departments, name the lead and change the class; what was stated outside the
 * bounds of the new one is the class's again. */
enum err whistle_issue(struct whistling *w, struct error *err)
{
	const struct summons_class *before = w->cls;
	enum err code = whistling_fill(w, err);

	if (code == ERR_OK)
		code = check_handle_by(w, err);
	if (code != ERR_OK)
		return code;
	if (w->cls != before && check_report_by(w, NULL) != ERR_OK) {
		w->after->report_by = 0;
		w->note = arena_printf(w->arena, _("the time to report in is that of the class %s"),
				       w->cls->label);
	}
	whistling_go(w, WHISTLE_ISSUED);
	return ERR_OK;
}

enum err whistle_return(struct whistling *w, struct error *err)
{
	(void)err;
	w->after->returns++;
	w->after->returned_for = act_text(w->act, "reason");
	w->after->approved_at = 0;
	w->after->approved_by = NULL;
	if (w->after->returns <= w->summons->again) {
		whistling_go(w, WHISTLE_RETURNED);
		return ERR_OK;
	}
	w->after->close_reason = w->after->returned_for;
	whistling_go(w, WHISTLE_REFUSED);
	return ERR_OK;
}

enum err whistle_withdraw(struct whistling *w, struct error *err)
{
	(void)err;
	w->after->close_reason = act_text(w->act, "reason");
	whistling_go(w, WHISTLE_WITHDRAWN);
	return ERR_OK;
}
