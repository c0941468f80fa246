/* Notices that stand alone (warnings passed on, orders, roll calls): posted, amended, lifted, signed
 * for.  A notice about one incident is its act "notify" (decide_notice.c). */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "decide_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/notice.h"

enum { RECIPIENTS_MAX = 400 }; /* with what is above them they fit into a party list */

struct post { /* one act on a notice being decided */
	const struct rules *rules;
	const struct state *state;
	const struct act *act;
	const struct moment *moment;
	struct arena *arena;
	struct notice *after;
	const char *note;
	bool again; /* nothing is left to change */
};

/* --- who ------------------------------------------------------------------------------------- */

static enum err not_yours(const struct post *post, const char *org, struct error *err)
{
	const struct org *named = rules_org(post->rules, org);

	return error_set(err, ERR_DENIED, _("%s: only %s may do this here"),
			 rules_act_label(post->rules, post->act->desc),
			 named != NULL ? named->name : org != NULL ? org : "-");
}

/* The system, the centre, and whoever posted it. */
static enum err check_issuer(const struct post *post, struct error *err)
{
	const struct actor *actor = &post->act->actor;

	if (actor_is_system(actor) || str_eq(actor->org, post->rules->centre) ||
	    str_eq(actor->org, post->after->issuer))
		return ERR_OK;
	return not_yours(post, post->after->issuer, err);
}

/* --- receipts -------------------------------------------------------------------------------- */

static const struct receipt_rule *class_named(const struct rules *rules, const char *words)
{
	for (size_t i = 0; words != NULL && i < rules->n_receipts; i++)
		if (str_eq(rules->receipts[i].class, words) ||
		    str_eq(rules->receipts[i].label, words))
			return &rules->receipts[i];
	return NULL;
}

static enum err no_class(const struct rules *rules, const char *words, struct error *err)
{
	struct str names = STR_INIT;

	for (size_t i = 0; i < rules->n_receipts; i++)
		str_addf(&names, "%s%s", i > 0 ? _(", ") : "", rules->receipts[i].label);
	error_set(err, ERR_INPUT, _("\"%.40s\" is no class of notices; there are %.200s"), words,
		  names.len > 0 ? str_get(&names) : "-");
	str_release(&names);
	return ERR_INPUT;
}

/* The class that is said, else the one that is called like the level, else the first. */
static enum err set_class(struct post *post, struct error *err)
{
	const struct rules *rules = post->rules;
	const char *words = act_text(post->act, "notice_class");
	const struct receipt_rule *rule = class_named(rules, words);

	if (words != NULL && rule == NULL)
		return no_class(rules, words, err);
	if (words == NULL && post->after->cls != NULL &&
	    act_text(post->act, "level") == NULL)
		return ERR_OK; /* an amendment that says nothing of it */
	if (rule == NULL)
		rule = class_named(rules, post->after->level);
	if (rule == NULL && rules->n_receipts > 0)
		rule = &rules->receipts[0];
	post->after->cls = rule != NULL ? rule->class : NULL;
	return ERR_OK;
}

/* By when: the limit of the class, or that of the mode if it is sooner. */
static int64_t receipt_due(const struct post *post)
{
	const struct rules *rules = post->rules;
	const struct receipt_rule *rule = class_named(rules, post->after->cls);
	const struct mode_rule *mode = rules_mode(rules, post->state->mode);
	int64_t due = 0, sooner;

	if (rule != NULL && rule->limit.unit != LIMIT_NONE)
		due = due_compute(rules->calendar, &rules->hours, rules->offset_min,
				  post->moment->recv, &rule->limit, NULL).at;
	for (size_t i = 0; mode != NULL && i < mode->n_limits; i++) {
		if (!str_eq(mode->limits[i].clock, "receipt") || mode->limits[i].percent != 0)
			continue;
		sooner = due_compute(rules->calendar, &rules->hours, rules->offset_min,
				     post->moment->recv, &mode->limits[i].limit, NULL).at;
		if (due == 0 || (sooner != 0 && sooner < due))
			due = sooner;
	}
	return due;
}

static struct receipt *receipt_of(struct notice *notice, const char *org)
{
	struct receipt *receipts = notice->receipts.items;

	for (size_t i = 0; i < notice->receipts.n; i++)
		if (str_eq(receipts[i].org, org))
			return &receipts[i];
	return NULL;
}

static void ask(struct post *post, struct receipt *receipt)
{
	receipt->cls = post->after->cls;
	receipt->sent_at = post->moment->eff;
	receipt->sent_by = post->act->actor.officer;
	receipt->signed_at = 0;
	receipt->signed_by = NULL;
	receipt->due = receipt_due(post);
}

static enum err add_recipient(struct post *post, const char *words, struct error *err)
{
	const struct org *org = rules_org_named(post->rules, words);
	const struct actor *actor = &post->act->actor;
	struct uuid id;
	struct receipt *receipt;

	if (org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 words);
	if (!actor_is_system(actor) && !rules_org_within(post->rules, org->code, actor->org))
		return error_set(err, ERR_DENIED, _("%s is not one of yours"), org->name);
	if (receipt_of(post->after, org->code) != NULL)
		return ERR_OK;
	if (post->after->receipts.n >= RECIPIENTS_MAX)
		return error_set(err, ERR_INPUT, _("at most %d recipients"), (int)RECIPIENTS_MAX);
	id = uuid_child(&post->act->target.id, org->code, 0);
	receipt = children_add(&post->after->receipts, child_desc(CHILD_RECEIPT), &id,
			       post->arena);
	receipt->org = org->code;
	ask(post, receipt);
	return ERR_OK;
}

static enum err add_recipients(struct post *post, struct error *err)
{
	enum err code = ERR_OK;

	for (unsigned i = 0; code == ERR_OK; i++) {
		struct value words = act_value(post->act, "recipient", i);

		if (!value_is_set(words))
			return ERR_OK;
		code = add_recipient(post, words.text, err);
	}
	return code;
}

/* What lists show of the receipts. */
static void count(struct notice *notice)
{
	const struct receipt *receipts = notice->receipts.items;

	notice->asked = (int64_t)notice->receipts.n;
	notice->signatures = notice->late = notice->due = 0;
	for (size_t i = 0; i < notice->receipts.n; i++) {
		if (receipts[i].signed_at != 0) {
			notice->signatures++;
			continue;
		}
		if (!notice->open || receipts[i].due == 0)
			continue;
		notice->late += receipts[i].due <= notice->counted_at;
		if (notice->due == 0 || receipts[i].due < notice->due)
			notice->due = receipts[i].due;
	}
}

/* --- posting --------------------------------------------------------------------------------- */

static void set_words(struct post *post)
{
	static const char *const names[] = { "title", "text",	"advice", "level",     "event",
					     "area",  "source", "sender", "src_no",    "issued_at",
					     "expires_at" };
	const struct kind_desc *kind = kind_desc(KIND_NOTICE);

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct value value = act_value(post->act, names[i], 0);

		if (value_is_set(value))
			field_set(field_find(kind->fields, kind->n_fields, names[i]), post->after,
				  value, post->arena);
	}
}

static void note_message(struct post *post)
{
	const char *sender = act_text(post->act, "sender"), *number = act_text(post->act, "src_no");
	char key[NOTICE_KEY];
	struct uuid id;
	struct link *link;

	if (sender == NULL || number == NULL)
		return;
	notice_message(sender, number, key);
	id = uuid_child(&post->act->target.id, key, 0);
	if (children_find(&post->after->links, child_desc(CHILD_LINK), &id) != NULL)
		return;
	link = children_add(&post->after->links, child_desc(CHILD_LINK), &id, post->arena);
	link->role = NOTICE_MESSAGE;
	link->target = arena_strdup(post->arena, key);
}

static enum err check_level(const struct post *post, struct error *err)
{
	const char *level = post->after->level;

	if (level == NULL || notice_rank(level) > 0 || str_eq(level, "none"))
		return ERR_OK;
	return error_set(err, ERR_INPUT, _("\"%.40s\" is no level of notices; there are %s"), level,
			 "red, orange, yellow, blue, none");
}

static enum err apply_post(struct post *post, struct error *err)
{
	struct notice *after = post->after;
	struct civil civil;
	enum err code;

	after->open = 1;
	after->issuer = post->act->actor.org;
	after->poster = post->act->actor.officer;
	after->posted_at = post->moment->eff;
	set_words(post);
	note_message(post);
	if (post->state->serial != 0) {
		civil_of_ms(post->moment->eff, post->rules->offset_min, &civil);
		after->number = arena_printf(post->arena, "%04d%02d%02d-T%03lld", civil.year,
					     civil.month, civil.day,
					     (long long)post->state->serial);
	}
	code = check_level(post, err);
	if (code == ERR_OK)
		code = set_class(post, err);
	return code == ERR_OK ? add_recipients(post, err) : code;
}

static enum err check_open(const struct post *post, struct error *err)
{
	char when[CIVIL_TEXT];

	if (post->after->open)
		return ERR_OK;
	civil_format(post->after->lifted_at, post->rules->offset_min, "m-d H:M", when, sizeof when);
	return error_set(err, ERR_REFUSED, _("this notice is not in force any more since %s"), when);
}

/* What is more severe than before is asked of everybody again. */
static enum err apply_amend(struct post *post, struct error *err)
{
	struct notice *after = post->after;
	int before = notice_rank(after->level);
	enum err code = check_open(post, err);

	if (code == ERR_OK)
		code = check_issuer(post, err);
	if (code != ERR_OK)
		return code;
	set_words(post);
	note_message(post);
	after->amended_at = post->moment->eff;
	after->amendments++;
	code = check_level(post, err);
	if (code == ERR_OK)
		code = set_class(post, err);
	for (size_t i = 0; code == ERR_OK && notice_rank(after->level) > before &&
			   i < after->receipts.n; i++)
		ask(post, (struct receipt *)after->receipts.items + i);
	return code == ERR_OK ? add_recipients(post, err) : code;
}

static enum err apply_rescind(struct post *post, struct error *err)
{
	struct notice *after = post->after;
	char when[CIVIL_TEXT];
	enum err code = check_issuer(post, err);

	if (code != ERR_OK)
		return code;
	if (!after->open) {
		civil_format(after->lifted_at, post->rules->offset_min, "m-d H:M", when,
			     sizeof when);
		post->note = arena_printf(post->arena, _("it was lifted already, %s"), when);
		post->again = true;
		return ERR_OK;
	}
	note_message(post);
	after->open = 0;
	after->lifted_at = post->moment->eff;
	after->lifted_for = act_text(post->act, "reason");
	return ERR_OK;
}

/* --- signing, expiring ----------------------------------------------------------------------- */

/* Whose receipt: that of whom the telephone named, else one's own. */
static enum err signing_org(const struct post *post, const char **ret_org, struct error *err)
{
	const struct act *act = post->act;
	const struct org *org;

	*ret_org = act->actor.org;
	if (act->by_phone.org == NULL)
		return ERR_OK;
	org = rules_org_named(post->rules, act->by_phone.org);
	if (org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 act->by_phone.org);
	if (!str_eq(act->actor.org, post->rules->centre) &&
	    !str_eq(act->actor.org, post->after->issuer) &&
	    !rules_org_within(post->rules, act->actor.org, org->code))
		return error_set(err, ERR_DENIED, _("you cannot record what %s did"), org->name);
	*ret_org = org->code;
	return ERR_OK;
}

static enum err nothing_open(struct post *post, const char *org, struct error *err)
{
	const struct receipt *receipts = post->after->receipts.items, *last = NULL;
	const struct org *named = rules_org(post->rules, org);
	char when[CIVIL_TEXT];

	for (size_t i = 0; i < post->after->receipts.n; i++)
		if (rules_org_within(post->rules, org, receipts[i].org))
			last = &receipts[i];
	if (last == NULL)
		return error_set(err, ERR_REFUSED, _("no notice was sent to %s"),
				 named != NULL ? named->name : org != NULL ? org : "-");
	civil_format(last->signed_at, post->rules->offset_min, "m-d H:M", when, sizeof when);
	post->note = arena_printf(post->arena, _("%s has signed already, %s"),
				  last->signed_by != NULL ? last->signed_by : "-", when);
	post->again = act_text(post->act, "note") == NULL;
	return ERR_OK;
}

/* A notice to a street is received by the street and by all in it. */
static enum err apply_confirm(struct post *post, struct error *err)
{
	struct receipt *receipts = post->after->receipts.items;
	const char *org = NULL;
	enum err code = signing_org(post, &org, err);
	size_t n = 0;

	for (size_t i = 0; code == ERR_OK && i < post->after->receipts.n; i++) {
		if (receipts[i].signed_at != 0 ||
		    !rules_org_within(post->rules, org, receipts[i].org))
			continue;
		receipts[i].signed_at = post->moment->eff;
		receipts[i].signed_by = post->act->actor.officer;
		n++;
	}
	return code != ERR_OK || n > 0 ? code : nothing_open(post, org, err);
}

/* The server's own: a receipt ran out, or the notice itself. */
static enum err apply_lapse(struct post *post, struct error *err)
{
	struct notice *after = post->after;
	int64_t now = post->moment->eff, next = notice_next(after);

	(void)err;
	post->again = next == 0 || next > now;
	if (post->again)
		return ERR_OK;
	after->counted_at = now;
	if (after->expires_at != 0 && after->expires_at <= now) {
		after->open = 0;
		after->lifted_at = after->expires_at;
	}
	return ERR_OK;
}

/* --- all of it ------------------------------------------------------------------------------- */

static const struct {
	const char *verb;
	enum err (*apply)(struct post *post, struct error *err);
} handlers[] = {
	{ "post", apply_post },	      { "amend", apply_amend }, { "rescind", apply_rescind },
	{ "confirm", apply_confirm }, { "lapse", apply_lapse },
};

enum err decide_notice(const struct rules *rules, const struct state *state, const struct act *act,
		       const struct moment *moment, struct arena *arena,
		       struct decision *ret_decision, struct error *err)
{
	const void *before = state->entity != NULL ? state->entity
						   : entity_new(KIND_NOTICE, &act->target.id, arena);
	struct post post = { .rules = rules, .state = state, .act = act, .moment = moment,
			     .arena = arena, .after = entity_copy(before, arena) };
	enum err code = actor_may_write(rules, &act->actor, act->desc, err);

	for (size_t i = 0; code == ERR_OK && i < ARRAY_LEN(handlers); i++)
		if (strcmp(handlers[i].verb, act->desc->verb) == 0)
			code = handlers[i].apply(&post, err);
	if (code != ERR_OK)
		return code;
	if (post.again) {
		*ret_decision = (struct decision){ .note = post.note };
		return ERR_OK;
	}
	count(post.after);
	return decision_of(before, post.after, arena, post.note, ret_decision);
}
