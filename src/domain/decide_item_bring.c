/* An item is brought, corrected, approved, or dropped. */
#include <config.h>

#include <string.h>

#include "item_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/nominee.h"

enum { CONCERNED_MOST = 40 };

const char *item_home(const struct rules *rules, const struct act *act)
{
	const char *words = act_text(act, "org");
	const struct org *org = rules_org_named(rules, words != NULL ? words : act->by_phone.org);

	if (words != NULL)
		return org != NULL ? org->code : words;
	if (org == NULL)
		org = rules_org(rules, act->actor.org);
	return org != NULL && rules_series_of(rules, org->code, 0) != NULL ? org->code
									  : rules->centre;
}

bool item_needs_approval(const struct rules *rules, const char *org)
{
	const struct meeting_series *series;

	for (size_t i = 0; (series = rules_series_of(rules, org, i)) != NULL; i++)
		if (series->item_role != NULL)
			return true;
	return false;
}

void item_table(struct iteming *i, bool off)
{
	enum kind kind = str_eq(i->after->about_kind, "whistle") ? KIND_WHISTLE : KIND_INCIDENT;
	struct act *follow;
	struct uuid id;

	if (i->after->about == NULL || uuid_parse(i->after->about, &id) != ERR_OK)
		return;
	follow = speak_follow(&i->s, kind, "table", &id);
	speak_give(&i->s, follow, "item_id", speak_id(&i->s, &i->after->head.id));
	if (off)
		speak_give_num(&i->s, follow, "off", 1);
}

/* --- what it is about ------------------------------------------------------------------------ */

struct about { /* the incident or the whistle, as it is */
	const void *entity;
	const char *number, *title;
	const struct children *links;
};

static enum err find_about(struct iteming *i, struct about *ret_about, struct error *err)
{
	const void *found = NULL;
	enum err code = speak_near(&i->s, "incident", KIND_INCIDENT, &found, err);

	if (code == ERR_OK && found != NULL) {
		const struct incident *incident = found;

		if (act_text(i->s.act, "whistle") != NULL)
			return error_set(err, ERR_INPUT,
					 _("an item is about one case or one whistle"));
		*ret_about = (struct about){ incident, incident->number, incident->title,
					     &incident->links };
		return ERR_OK;
	}
	if (code == ERR_OK)
		code = speak_near(&i->s, "whistle", KIND_WHISTLE, &found, err);
	if (code == ERR_OK && found != NULL) {
		const struct whistle *whistle = found;

		*ret_about = (struct about){ whistle, whistle->number, whistle->title,
					     &whistle->links };
	}
	return code;
}

/* One open item of each: the first is named, with whoever brought it, as far as it is known. */
static enum err check_alone(const struct iteming *i, const struct about *about, struct error *err)
{
	const struct link *links = about->links->items;

	for (size_t n = 0; n < about->links->n; n++) {
		const struct item *first = NULL;
		struct uuid id;

		if (!str_eq(links[n].role, ITEM_LINK))
			continue;
		if (links[n].target != NULL && uuid_parse(links[n].target, &id) == ERR_OK)
			first = state_near(i->s.state, KIND_ITEM, &id);
		if (first == NULL)
			return error_set(err, ERR_REFUSED,
					 _("%s is on the list of a meeting already"),
					 about->number != NULL ? about->number : about->title);
		return error_set(err, ERR_REFUSED,
				 _("%s is on the list of a meeting already: item %s, brought by %s, "
				   "%s"),
				 about->number != NULL ? about->number : about->title,
				 first->number != NULL ? first->number : first->title,
				 officer_show(first->by), speak_when(&i->s, first->brought_at));
	}
	return ERR_OK;
}

static enum err set_about(struct iteming *i, struct about *about, struct error *err)
{
	struct item *after = i->after;
	const struct entity *head;
	enum err code = find_about(i, about, err);

	if (code != ERR_OK || about->entity == NULL)
		return code;
	head = about->entity;
	after->about_kind = kind_desc(head->kind)->name;
	after->about = speak_id(&i->s, &head->id);
	after->about_no = about->number;
	return check_alone(i, about, err);
}

/* --- whom it concerns ------------------------------------------------------------------------ */

static void concern(struct iteming *i, const char *org)
{
	struct item *after = i->after;
	struct concerned *one;
	struct uuid id;

	for (size_t n = 0; n < after->concerned.n; n++)
		if (str_eq(item_concerned(after, n)->org, org))
			return;
	id = uuid_child(&i->s.act->id, "concerned", (unsigned)after->concerned.n);
	one = children_add(&after->concerned, child_desc(CHILD_CONCERNED), &id, i->s.arena);
	one->org = org;
	one->must = 1;
}

static void unconcern(struct iteming *i)
{
	struct children *list = &i->after->concerned;

	while (list->n > 0) {
		struct uuid id = item_concerned(i->after, 0)->id;

		children_remove(list, child_desc(CHILD_CONCERNED), &id);
	}
}

/* Those that the act names; the lead is one of them. */
static enum err set_departments(struct iteming *i, struct error *err)
{
	struct item *after = i->after;
	const char *lead = NULL, *org = NULL;
	enum err code = speak_org(&i->s, "lead_org", 0, &lead, err);

	if (code == ERR_OK && value_is_set(act_value(i->s.act, "assist", 0)))
		unconcern(i);
	if (code == ERR_OK && lead != NULL)
		after->lead = lead;
	if (code == ERR_OK && after->lead != NULL)
		concern(i, after->lead);
	for (size_t n = 0; code == ERR_OK; n++) {
		code = speak_org(&i->s, "assist", n, &org, err);
		if (code != ERR_OK || org == NULL)
			break;
		if (after->lead == NULL)
			after->lead = org;
		if (n >= CONCERNED_MOST)
			return error_set(err, ERR_INPUT, _("more than %d departments"),
					 CONCERNED_MOST);
		concern(i, org);
	}
	return code;
}

/* Where nobody is named: who has, or had, to do with the case. */
static void propose_departments(struct iteming *i, const struct about *about)
{
	const char *codes[CONCERNED_MOST];
	size_t n;

	if (about->entity == NULL || value_is_set(act_value(i->s.act, "assist", 0)))
		return;
	n = nominee_orgs(i->s.rules, about->entity, codes, CONCERNED_MOST);
	for (size_t k = 0; k < n; k++) {
		if (i->after->lead == NULL)
			i->after->lead = codes[k];
		concern(i, codes[k]);
	}
}

/* --- bringing -------------------------------------------------------------------------------- */

static void set_words(struct iteming *i)
{
	static const char *const names[] = { "title", "words", "minutes" };
	const struct kind_desc *kind = kind_desc(KIND_ITEM);

	for (size_t n = 0; n < ARRAY_LEN(names); n++) {
		struct value value = act_value(i->s.act, names[n], 0);

		if (value_is_set(value))
			field_set(field_find(kind->fields, kind->n_fields, names[n]), i->after,
				  value, i->s.arena);
	}
}

static const char *why(const struct iteming *i, const struct about *about)
{
	const struct rules *rules = i->s.rules;
	const char *said = act_text(i->s.act, "why");
	const struct entity *head = about->entity;
	unsigned sorts;

	if (said != NULL || head == NULL)
		return said;
	sorts = head->kind == KIND_INCIDENT ? nominee_of_incident(rules, about->entity, i->s.eff)
					    : nominee_of_whistle(rules, about->entity, i->s.eff);
	return sorts != 0 ? nominee_words(rules, about->entity, sorts, i->s.eff, i->s.arena) : NULL;
}

/* At once into the agenda of a meeting that is being prepared, or sits. */
static enum err into_agenda(struct iteming *i, struct error *err)
{
	const void *found = NULL;
	enum err code = speak_near(&i->s, "meeting_id", KIND_MEETING, &found, err);
	const struct meeting *meeting = found;
	const struct meeting_series *series =
		meeting != NULL ? rules_series(i->s.rules, meeting->series) : NULL;
	struct act *follow;

	if (code != ERR_OK || meeting == NULL)
		return code;
	if (!str_eq(meeting->org, i->after->org))
		return error_set(err, ERR_REFUSED, _("that meeting is convened by %s"),
				 org_called(i->s.rules, meeting->org));
	code = speak_secretary(&i->s, err); /* whoever may set its agenda */
	if (code == ERR_OK && series != NULL && series->role != NULL)
		code = speak_role(&i->s, series->role, err);
	if (code != ERR_OK)
		return code;
	follow = speak_follow(&i->s, KIND_MEETING, "agenda", &meeting->head.id);
	speak_give(&i->s, follow, "entry",
		   arena_printf(i->s.arena, "%s %zu %lld",
				speak_id(&i->s, &i->after->head.id), meeting->agenda.n + 1,
				(long long)i->after->minutes));
	return ERR_OK;
}

static enum err check_home(const struct iteming *i, struct error *err)
{
	if (rules_org(i->s.rules, i->s.home) != NULL)
		return ERR_OK;
	return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
			 i->s.home != NULL ? i->s.home : "-");
}

static void enter(struct iteming *i)
{
	struct item *after = i->after;
	bool listed = item_needs_approval(i->s.rules, i->s.home);

	after->org = i->s.home;
	after->by = i->s.act->actor.officer;
	after->by_org = rules_org(i->s.rules, i->s.org)->code;
	after->brought_at = i->s.eff;
	after->state = item_state_code(listed ? ITEM_LISTED : ITEM_APPROVED);
	after->open = 1;
	after->number = speak_number(&i->s, 'K');
	if (!listed)
		after->approved_at = i->s.eff;
}

enum err item_bring(struct iteming *i, struct error *err)
{
	struct about about = { .entity = NULL };
	enum err code = check_home(i, err);

	if (code == ERR_OK)
		code = set_about(i, &about, err);
	if (code != ERR_OK)
		return code;
	set_words(i);
	if (i->after->title == NULL)
		i->after->title = about.title;
	if (i->after->title == NULL)
		return error_set(err, ERR_INPUT, _("%s is missing"), _("Title"));
	code = set_departments(i, err);
	if (code != ERR_OK)
		return code;
	propose_departments(i, &about);
	i->after->why = why(i, &about);
	enter(i);
	item_table(i, false);
	return into_agenda(i, err);
}

/* Whom it concerns sits in its meeting: the agenda is set once more. */
static void tell_meeting(struct iteming *i)
{
	const struct meeting *meeting = i->meeting;
	struct act *follow;

	if (i->after->meeting == NULL || meeting == NULL || meeting_state(meeting) > MEETING_CALLED)
		return;
	for (size_t n = 0; n < meeting->agenda.n; n++) {
		const struct agenda *entry = meeting_entry(meeting, n);

		if (!str_eq(entry->item, speak_id(&i->s, &i->after->head.id)))
			continue;
		follow = speak_follow(&i->s, KIND_MEETING, "agenda", &meeting->head.id);
		speak_give(&i->s, follow, "entry", agenda_words(entry, i->s.arena));
	}
}

enum err item_revise(struct iteming *i, struct error *err)
{
	bool whom = value_is_set(act_value(i->s.act, "assist", 0)) ||
		    act_text(i->s.act, "lead_org") != NULL;
	enum err code;

	set_words(i);
	code = set_departments(i, err);
	if (code == ERR_OK && whom)
		tell_meeting(i);
	return code;
}

/* --- its end before a meeting ---------------------------------------------------------------- */

static const char *approver(const struct iteming *i)
{
	const struct by_phone *phone = &i->s.act->by_phone;

	return phone->role != NULL && phone->rung != NULL ? phone->rung : i->s.act->actor.officer;
}

enum err item_approve(struct iteming *i, struct error *err)
{
	(void)err;
	i->after->state = item_state_code(ITEM_APPROVED);
	i->after->approved_at = i->s.eff;
	i->after->approved_by = approver(i);
	return ERR_OK;
}

static void end(struct iteming *i, enum item_state state)
{
	i->after->state = item_state_code(state);
	i->after->open = 0;
	item_table(i, true);
}

enum err item_disapprove(struct iteming *i, struct error *err)
{
	(void)err;
	i->after->refused_for = act_text(i->s.act, "reason");
	end(i, ITEM_REFUSED);
	return ERR_OK;
}

enum err item_drop(struct iteming *i, struct error *err)
{
	const struct meeting *meeting = i->meeting;

	if (i->before->meeting != NULL)
		return error_set(err, ERR_REFUSED,
				 _("it stands in the agenda of %s: take it out of that first"),
				 meeting == NULL	     ? _("a meeting")
				 : meeting->number != NULL ? meeting->number
							   : meeting->title);
	i->after->dropped_for = act_text(i->s.act, "reason");
	end(i, ITEM_DROPPED);
	return ERR_OK;
}
