/* Guards that ask how far the incident, its shares, callers and levels have come. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guard_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const char *org_brief(const struct rules *rules, const char *code)
{
	const struct org *org = rules_org(rules, code);

	if (org == NULL)
		return code != NULL ? code : "-";
	return org->brief != NULL ? org->brief : org->name;
}

static int state_rank(const char *state)
{
	static const char *const states[] = { "assigned", "signed", "handled", "verified" };

	for (int i = 0; i < (int)ARRAY_LEN(states); i++)
		if (str_eq(states[i], state))
			return i;
	return 0;
}

/* Live shares of which the question is not true, by name; how many. */
static size_t list_parts(const struct ask *ask, const void *what,
			 bool (*reached)(const struct part *part, const void *what),
			 struct str *names)
{
	size_t n = 0;

	for (size_t i = 0; ask->incident != NULL && i < ask->incident->parts.n; i++) {
		const struct part *part = incident_part(ask->incident, i);
		if (part_is_live(part) && !reached(part, what))
			str_addf(names, "%s%s", n++ > 0 ? _(", ") : "",
				 org_brief(ask->rules, part->org));
	}
	return n;
}

static bool in_state(const struct part *part, const void *what)
{
	return state_rank(part_state(part)) >= state_rank(what);
}

enum err guard_all_parts(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	const struct child_desc *desc = child_desc(CHILD_PART);
	const struct field *state = field_find(desc->fields, desc->n_fields, "state");
	const struct value value = { .is_text = true, .text = use->arg };
	struct str names = STR_INIT;
	char buf[80];
	enum err code = ERR_OK;

	if (list_parts(ask, use->arg, in_state, &names) > 0)
		code = guard_refuse(use, err, rules_show(ask->rules, state, value, buf, sizeof buf),
				    str_get(&names));
	str_release(&names);
	return code;
}

/* Which moment of a share says that a verb was done to it. */
static const struct {
	const char *verb, *field;
} moments[] = {
	{ "sign", "signed_at" },      { "contact", "contacted_at" },
	{ "arrive", "arrived_at" },   { "handle", "handled_at" },
	{ "verify_ok", "verified_at" }, { "feedback", "replied_at" },
};

static bool has_moment(const struct part *part, const void *what)
{
	const struct child_desc *desc = child_desc(CHILD_PART);

	for (size_t i = 0; i < ARRAY_LEN(moments); i++)
		if (strcmp(moments[i].verb, what) == 0)
			return value_is_set(field_get(
				field_find(desc->fields, desc->n_fields, moments[i].field), part));
	return false;
}

enum err guard_all_parts_by(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	const struct act_desc *verb = act_desc_find(use->arg);
	struct str names = STR_INIT;
	enum err code = ERR_OK;

	if (list_parts(ask, use->arg, has_moment, &names) > 0)
		code = guard_refuse(use, err,
				    verb != NULL ? rules_act_label(ask->rules, verb) : use->arg,
				    str_get(&names));
	str_release(&names);
	return code;
}

static const struct level *newest_level(const struct ask *ask)
{
	const struct level *levels;

	if (ask->incident == NULL || ask->incident->levels.n == 0)
		return NULL;
	levels = ask->incident->levels.items;
	return &levels[ask->incident->levels.n - 1];
}

/* The upper level is the backstop: what the lower one has tried it may not refuse as such. */
enum err guard_lower_tried(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	const struct level *level = newest_level(ask);

	if (level == NULL || !level->tried)
		return ERR_OK;
	return guard_refuse(use, err, org_brief(ask->rules, level->seat), "");
}

enum err guard_no_level_below(const struct ask *ask, const struct guard_use *use,
			      struct error *err)
{
	const struct level *level = newest_level(ask);

	if (level == NULL)
		return ERR_OK;
	return guard_refuse(use, err, org_brief(ask->rules, level->seat), "");
}

enum err guard_response_at_most(const struct ask *ask, const struct guard_use *use,
				struct error *err)
{
	char level[24];

	if (ask->incident == NULL || ask->incident->response <= strtol(use->arg, NULL, 10))
		return ERR_OK;
	snprintf(level, sizeof level, "%lld", (long long)ask->incident->response);
	return guard_refuse(use, err, level, use->arg);
}

static void moment_text(const struct ask *ask, int64_t at, char when[CIVIL_TEXT])
{
	civil_format(at, ask->rules->offset_min, "m-d H:M", when, CIVIL_TEXT);
}

enum err guard_extension_free(const struct ask *ask, const struct guard_use *use,
			      struct error *err)
{
	char when[CIVIL_TEXT];

	if (ask->incident == NULL || ask->incident->asked_at == 0)
		return ERR_OK;
	moment_text(ask, ask->incident->asked_at, when);
	return guard_refuse(use, err, when, "");
}

/* A stop ends by itself at its time; asked without a moment it may have ended. */
enum err guard_not_paused(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	char when[CIVIL_TEXT];

	if (ask->incident == NULL)
		return ERR_OK;
	if (ask->incident->shelved_at != 0)
		return guard_refuse(use, err, _("it is taken off the shelf"), "");
	if (ask->eff == 0 || ask->incident->paused_until <= ask->eff)
		return ERR_OK;
	moment_text(ask, ask->incident->paused_until, when);
	return guard_refuse(use, err, when, "");
}

enum err guard_reopen_within(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	int days = ask->rules->reopen_days;
	int64_t closed = ask->incident != NULL ? ask->incident->closed_at : 0;
	char when[CIVIL_TEXT], count[24];

	if (days == 0 || closed == 0 || ask->eff == 0 || ask->eff <= closed + days * DAY_MS)
		return ERR_OK;
	moment_text(ask, closed, when);
	snprintf(count, sizeof count, "%d", days);
	return guard_refuse(use, err, when, count);
}

enum err guard_no_promises(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	const struct promise *promises =
		ask->incident != NULL ? ask->incident->promises.items : NULL;
	char when[CIVIL_TEXT];

	for (size_t i = 0; promises != NULL && i < ask->incident->promises.n; i++) {
		if (promises[i].kept_at != 0)
			continue;
		moment_text(ask, promises[i].at, when);
		return guard_refuse(use, err, promises[i].whom != NULL ? promises[i].whom : "-",
				    when);
	}
	return ERR_OK;
}

enum err guard_no_children(const struct ask *ask, const struct guard_use *use, struct error *err)
{
	char count[24];

	if (ask->incident == NULL || ask->incident->merged == 0)
		return ERR_OK;
	snprintf(count, sizeof count, "%lld", (long long)ask->incident->merged);
	return guard_refuse(use, err, count, "");
}

/* What is fed back on a lead ticket goes to the callers of all that are merged into it; one merged
 * in later is told when the lead is closed. */
enum err guard_callers_answered(const struct ask *ask, const struct guard_use *use,
				struct error *err)
{
	const struct incident *incident = ask->incident;
	char count[24];

	if (incident == NULL || incident->merged == 0 || incident->replied_at != 0)
		return ERR_OK;
	if (ask->act != NULL ? act_text(ask->act, "reply") != NULL
			     : act_arg_field(ask->desc, "reply") != NULL)
		return ERR_OK;
	snprintf(count, sizeof count, "%lld", (long long)incident->merged);
	return guard_refuse(use, err, count, "");
}
