/* Notices to several organisations, and their receipts. */
#include <config.h>

#include <string.h>

#include "decide_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { RECIPIENTS_MAX = 64 }; /* of one notice; a party list holds no more */

/* The class by code or name; without one said the first of the profile. */
static enum err class_of(const struct draft *draft, const struct receipt_rule **ret_class,
			 struct error *err)
{
	const struct rules *rules = draft->rules;
	const char *words = act_text(draft->act, "notice_class");
	struct str names = STR_INIT;

	*ret_class = rules->n_receipts > 0 ? &rules->receipts[0] : NULL;
	if (words == NULL)
		return ERR_OK;
	for (size_t i = 0; i < rules->n_receipts; i++) {
		const struct receipt_rule *rule = &rules->receipts[i];
		if (str_eq(rule->class, words) || str_eq(rule->label, words)) {
			*ret_class = rule;
			str_release(&names);
			return ERR_OK;
		}
		str_addf(&names, "%s%s", i > 0 ? _(", ") : "", rule->label);
	}
	error_set(err, ERR_INPUT, _("\"%.40s\" is no class of notices; there are %.200s"), words,
		  names.len > 0 ? str_get(&names) : "-");
	str_release(&names);
	return ERR_INPUT;
}

static bool is_asked(const struct draft *draft, const char *org)
{
	const struct receipt *receipts = draft->after->receipts.items;

	for (size_t i = draft->before->receipts.n; i < draft->after->receipts.n; i++)
		if (str_eq(receipts[i].org, org))
			return true;
	return false;
}

static void send(struct draft *draft, const char *org, const struct receipt_rule *rule,
		 unsigned index)
{
	struct uuid id = uuid_child(&draft->act->id, "receipt", index);
	struct receipt *receipt = children_add(&draft->after->receipts,
					       child_desc(CHILD_RECEIPT), &id, draft->arena);

	receipt->org = org;
	receipt->words = act_text(draft->act, "words");
	receipt->cls = rule != NULL ? rule->class : NULL;
	receipt->sent_at = draft->eff;
	receipt->sent_by = draft->act->actor.officer;
	if (rule != NULL)
		receipt->due = draft_clock_side(draft, "receipt", &id, org, &rule->limit);
}

enum err apply_notify(struct draft *draft, struct error *err)
{
	const struct receipt_rule *rule;
	enum err code = class_of(draft, &rule, err);

	for (unsigned i = 0; code == ERR_OK; i++) {
		struct value words = act_value(draft->act, "recipient", i);
		const struct org *org;

		if (!value_is_set(words))
			return ERR_OK;
		org = rules_org_named(draft->rules, words.text);
		if (org == NULL)
			return error_set(err, ERR_INPUT,
					 _("%.80s is no organisation of this jurisdiction"),
					 words.text);
		if (i >= RECIPIENTS_MAX)
			return error_set(err, ERR_INPUT, _("at most %d recipients"),
					 (int)RECIPIENTS_MAX);
		if (!is_asked(draft, org->code))
			send(draft, org->code, rule, i);
	}
	return code;
}

/* Whose receipt it is: that of whom the telephone named, of the share that is said, else one's own.
 * For another one it takes a call. */
static enum err signing_org(const struct draft *draft, const char **ret_org, struct error *err)
{
	const struct act *act = draft->act;
	const char *words = act_text(act, "share");
	const struct org *org = words != NULL ? rules_org_named(draft->rules, words) : NULL;

	if (act->by_phone.org != NULL) {
		*ret_org = act->by_phone.org;
		return ERR_OK;
	}
	if (words != NULL && org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 words);
	if (org != NULL && !rules_org_within(draft->rules, act->actor.org, org->code))
		return error_set(err, ERR_DENIED,
				 _("%s signs its receipts itself; by telephone say who was rung"),
				 org->name);
	*ret_org = org != NULL ? org->code : act->actor.org;
	return ERR_OK;
}

/* A notice to a street is received by the street and by all in it. */
static bool receives(const struct draft *draft, const struct receipt *receipt, const char *org)
{
	return rules_org_within(draft->rules, org, receipt->org);
}

static enum err nothing_open(struct draft *draft, const char *org, struct error *err)
{
	const struct org *named = rules_org(draft->rules, org);
	const struct receipt *receipts = draft->after->receipts.items, *last = NULL;
	char when[CIVIL_TEXT];

	for (size_t i = 0; i < draft->after->receipts.n; i++)
		if (receives(draft, &receipts[i], org))
			last = &receipts[i];
	if (last == NULL)
		return error_set(err, ERR_REFUSED, _("no notice was sent to %s"),
				 named != NULL ? named->name : org != NULL ? org : "-");
	civil_format(last->signed_at, draft->rules->offset_min, "m-d H:M", when, sizeof when);
	draft->note = arena_printf(draft->arena, _("%s has signed already, %s"),
				   last->signed_by != NULL ? last->signed_by : "-", when);
	draft->again = act_text(draft->act, "note") == NULL;
	return ERR_OK;
}

enum err apply_receipt(struct draft *draft, struct error *err)
{
	struct receipt *receipts = draft->after->receipts.items;
	const char *org = NULL;
	enum err code = signing_org(draft, &org, err);
	size_t n = 0;

	if (code != ERR_OK)
		return code;
	for (size_t i = 0; i < draft->after->receipts.n; i++) {
		if (receipts[i].signed_at != 0 || !receives(draft, &receipts[i], org))
			continue;
		receipts[i].signed_at = draft->eff;
		receipts[i].signed_by = draft->act->actor.officer;
		draft_clock_drop(draft, &receipts[i].id);
		n++;
	}
	return n > 0 ? ERR_OK : nothing_open(draft, org, err);
}
