#include <config.h>

#include "speaking.h"

#include <string.h>

#include "behalf_priv.h"
#include "decide_priv.h"
#include "ticking.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"

/* --- as which organisation ------------------------------------------------------------------- */

bool officer_is_of(const struct rules *rules, const char *own, const char *org)
{
	if (own == NULL || org == NULL)
		return false;
	if (str_eq(org, rules->centre))
		return str_eq(own, org);
	return rules_org_within(rules, own, org);
}

bool officer_may_record(const struct rules *rules, const struct actor *actor, const char *home)
{
	if (officer_is_of(rules, actor->org, home) && !str_eq(home, rules->centre))
		return true;
	return str_eq(actor->org, rules->centre) &&
	       (rules_role_reaches(rules, actor->role, "duty") ||
		(choices_find(&rules->roles, "duty") == NULL &&
		 choices_find(&rules->roles, actor->role) != NULL));
}

bool officer_has_role(const struct rules *rules, const struct act *act, const char *home,
		      const char *role)
{
	if (rules_role_reaches(rules, act->actor.role, role))
		return true;
	return rules_role_reaches(rules, act->by_phone.role, role) &&
	       officer_may_record(rules, &act->actor, home);
}

bool secretary_may_record(const struct rules *rules, const struct actor *actor, const char *home)
{
	if (officer_may_record(rules, actor, home))
		return true;
	for (size_t i = 0; officer_is_of(rules, actor->org, home); i++) {
		const struct meeting_series *series = rules_series_of(rules, home, i);

		if (series == NULL)
			break;
		if (series->role != NULL && rules_role_reaches(rules, actor->role, series->role))
			return true;
	}
	return false;
}

bool secretary_has_role(const struct rules *rules, const struct act *act, const char *home,
			const char *role)
{
	return rules_role_reaches(rules, act->actor.role, role) ||
	       (rules_role_reaches(rules, act->by_phone.role, role) &&
		secretary_may_record(rules, &act->actor, home));
}

enum err officer_acts_as(const struct rules *rules, const struct act *act, const char *home,
			 const char **ret_org, struct error *err)
{
	const char *own = act->actor.org, *words = act->by_phone.org;
	const struct org *org = rules_org_named(rules, words);

	*ret_org = own;
	if (words == NULL)
		return ERR_OK;
	if (org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 words);
	if (!str_eq(own, rules->centre) && !officer_is_of(rules, own, org->code) &&
	    !rules_org_within(rules, org->code, own) && !officer_is_of(rules, own, home))
		return error_set(err, ERR_DENIED, _("you cannot record what %s did"), org->name);
	*ret_org = org->code;
	return ERR_OK;
}

const char *org_called(const struct rules *rules, const char *org)
{
	const struct org *named = rules_org(rules, org);

	return named != NULL ? named->name : org != NULL ? org : "-";
}

/* --- whose act it is ------------------------------------------------------------------------- */

enum err speak_any(const struct speaking *c, struct error *err)
{
	if (rules_org(c->rules, c->org) != NULL)
		return ERR_OK;
	return error_set(err, ERR_DENIED, _("%s is no organisation of this jurisdiction"),
			 c->org != NULL ? c->org : "-");
}

enum err speak_secretary(struct speaking *c, struct error *err)
{
	if (officer_is_of(c->rules, c->org, c->home))
		return ERR_OK;
	return error_set(err, ERR_DENIED, _("%s: only %s may do this here"),
			 rules_act_label(c->rules, c->act->desc), org_called(c->rules, c->home));
}

enum err speak_its(struct speaking *c, const char *org, struct error *err)
{
	if (officer_is_of(c->rules, c->org, org))
		return ERR_OK;
	if (!officer_is_of(c->rules, c->org, c->home) && !str_eq(c->org, c->rules->centre))
		return error_set(err, ERR_DENIED,
				 _("%s: only %s, or who convenes it, may do this"),
				 rules_act_label(c->rules, c->act->desc), org_called(c->rules, org));
	c->should = org;
	return ERR_OK;
}

enum err speak_role(struct speaking *c, const char *role, struct error *err)
{
	const struct actor *actor = &c->act->actor;

	if (!officer_is_of(c->rules, c->org, c->home) &&
	    !rules_org_within(c->rules, c->home, actor->org))
		return speak_secretary(c, err);
	if (role != NULL && secretary_has_role(c->rules, c->act, c->home, role))
		return ERR_OK;
	return error_set(err, ERR_DENIED, _("%s needs at least the role %s"),
			 rules_act_label(c->rules, c->act->desc),
			 rules_role_label(c->rules, role));
}

/* --- what follows ---------------------------------------------------------------------------- */

struct act *speak_follow(struct speaking *c, enum kind kind, const char *verb,
			  const struct uuid *id)
{
	struct act *follow = follow_add(&c->follow, &c->n_follow, &c->cap_follow, c->act, c->eff,
					c->arena);
	const struct entity *near = state_near(c->state, kind, id);

	follow->desc = act_desc_of(kind, verb);
	follow->target = (struct target){ .kind = kind, .id = *id,
					  .base = near != NULL ? near->version : 0 };
	return follow;
}

void speak_give(struct speaking *c, struct act *follow, const char *name, const char *text)
{
	if (text != NULL)
		act_give(follow, act_arg_field(follow->desc, name),
			 (struct value){ .is_text = true, .text = text }, c->arena);
}

void speak_give_num(struct speaking *c, struct act *follow, const char *name, int64_t num)
{
	act_give(follow, act_arg_field(follow->desc, name), (struct value){ .num = num }, c->arena);
}

/* --- words ----------------------------------------------------------------------------------- */

const char *speak_when(const struct speaking *c, int64_t at)
{
	char when[CIVIL_TEXT];

	civil_format(at, c->rules->offset_min, "m-d H:M", when, sizeof when);
	return arena_strdup(c->arena, when);
}

const char *speak_short(const struct speaking *c, const char *text, size_t chars)
{
	size_t n = 0, len = 0;

	if (text == NULL || !text_longer(text, chars))
		return text;
	for (; text[len] != '\0'; len++)
		if (((unsigned char)text[len] & 0xC0) != 0x80 && n++ == chars - 1)
			break;
	return arena_printf(c->arena, "%.*s…", (int)len, text);
}

const char *speak_id(const struct speaking *c, const struct uuid *id)
{
	char text[UUID_TEXT];

	uuid_text(id, text);
	return arena_strdup(c->arena, text);
}

enum err speak_done(const struct speaking *c, const char *who, int64_t at, struct error *err)
{
	return error_set(err, ERR_REFUSED, _("%s: done already by %s, %s"),
			 rules_act_label(c->rules, c->act->desc), who != NULL ? who : "-",
			 speak_when(c, at));
}

enum err speak_rev(const struct speaking *c, int64_t rev, const char *edited_by,
		    int64_t edited_at, int64_t base_rev, struct error *err)
{
	int64_t seen = act_gives(c->act, "rev") ? act_value(c->act, "rev", 0).num : base_rev;

	if (seen == rev)
		return ERR_OK;
	return error_set(err, ERR_REFUSED, _("%s wrote it at %s: read it and write again"),
			 officer_show(edited_by), speak_when(c, edited_at));
}

enum err speak_org(const struct speaking *c, const char *arg, size_t i, const char **ret_code,
		    struct error *err)
{
	const char *words = act_value(c->act, arg, i).text;
	const struct org *org = rules_org_named(c->rules, words);

	if (words != NULL && org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 words);
	*ret_code = org != NULL ? org->code : NULL;
	return ERR_OK;
}

enum err speak_near(const struct speaking *c, const char *arg, enum kind kind,
		     const void **ret_entity, struct error *err)
{
	const char *words = act_text(c->act, arg);
	const void *entity = NULL;
	struct uuid id;

	if (words != NULL && uuid_parse(words, &id) == ERR_OK)
		entity = state_near(c->state, kind, &id);
	if (words != NULL && entity == NULL)
		return error_set(err, ERR_NOT_FOUND, _("%s: there is none of the id %.40s"),
				 _(act_arg_field(c->act->desc, arg)->title), words);
	*ret_entity = entity;
	return ERR_OK;
}

const char *speak_number(const struct speaking *c, char letter)
{
	struct civil civil;

	if (c->state->serial == 0)
		return NULL;
	civil_of_ms(c->eff, c->rules->offset_min, &civil);
	return arena_printf(c->arena, "%04d%02d%02d-%c%03lld", civil.year, civil.month, civil.day,
			    letter, (long long)c->state->serial);
}

/* --- on behalf ------------------------------------------------------------------------------- */

/* The organisation whose act it was and whose officer did not do it himself; NULL: his own. */
static const char *done_for(const struct speaking *c)
{
	const struct by_phone *phone = &c->act->by_phone;

	if (phone->org != NULL)
		return c->org;
	if (phone->role != NULL)
		return NULL;
	if (c->rules->countersign.unit == LIMIT_NONE && !by_phone_is(phone))
		return NULL;
	return c->should;
}

struct behalf *speak_behalf(const struct speaking *c, struct children *records, int64_t *owed)
{
	const struct act *act = c->act;
	const struct rules *rules = c->rules;
	const char *org = done_for(c);
	struct behalf *behalf;
	struct uuid id;

	if (actor_is_system(&act->actor) || act->desc->flags & ACT_SYSTEM || act_follows(act) ||
	    (org == NULL && act->by_phone.role == NULL))
		return NULL;
	id = uuid_child(&act->id, "behalf", 0);
	behalf = children_add(records, child_desc(CHILD_BEHALF), &id, c->arena);
	behalf_fill(behalf, rules, act, org, c->eff);
	if (rules->countersign.unit == LIMIT_NONE)
		return behalf;
	behalf->due = due_compute(rules->calendar, &rules->hours, rules->offset_min, c->eff,
				  &rules->countersign, NULL).at;
	++*owed;
	return behalf;
}

struct signatures {
	const struct speaking *c;
	int64_t *owed;
	struct children *clocks; /* or NULL */
};

static bool is_his(const void *ctx, const struct behalf *behalf)
{
	const struct speaking *c = ((const struct signatures *)ctx)->c;
	const struct actor *actor = &c->act->actor;
	bool role = behalf->role == NULL ||
		    rules_role_reaches(c->rules, actor->role, behalf->role);

	if (behalf->org != NULL)
		return role && officer_is_of(c->rules, actor->org, behalf->org);
	return role && (officer_is_of(c->rules, actor->org, c->home) ||
			str_eq(actor->org, c->rules->centre));
}

static void signed_now(void *ctx, const struct behalf *behalf)
{
	struct signatures *s = ctx;
	unsigned none = 0;
	const struct ticking t = { .rules = s->c->rules, .act = s->c->act, .eff = s->c->eff,
				   .clocks = s->clocks, .n_added = &none };

	if (s->clocks != NULL)
		ticking_drop(&t, &behalf->id);
	if (behalf->due != 0 && *s->owed > 0)
		--*s->owed;
}

enum err speak_countersign(struct speaking *c, struct children *records, int64_t *owed,
			    struct children *clocks, struct error *err)
{
	struct signatures s = { c, owed, clocks };
	const struct countersigning signing = { .rules = c->rules,
						.act = c->act,
						.eff = c->eff,
						.arena = c->arena,
						.records = records,
						.is_his = is_his,
						.done = signed_now,
						.ctx = &s };

	return countersign(&signing, &c->note, &c->again, err);
}
