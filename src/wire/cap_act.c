#include <config.h>

#include "zhiban/wire/cap_act.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cap_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/domain/notice.h"

enum { TITLE_MOST = 200, AREA_MOST = 2000, EVENT_MOST = 80, SRC_NO_MOST = 80, ADDRESS_MOST = 200 };

struct making { /* one message */
	const struct cap_ctx *ctx;
	const struct cap_alert *alert;
	struct arena *arena;
	const struct cap_info *infos[CAP_INFOS_MAX]; /* in one language */
	size_t n_infos;
	const struct cap_area **areas; /* of these, those that are ours */
	size_t n_areas, n_others;
	const char *level;
	int64_t effective, expires; /* the latest; 0: one of them says nothing of it */
	const struct warning_rule *rule;
	const char *title, *event, *area, *text, *advice;
	struct cap_verdict verdict;
};

static const char *const outcome_names[] = {
	[CAP_NOTHING] = "nothing", [CAP_KNOWN] = "known",	  [CAP_POST] = "posted",
	[CAP_AMEND] = "amended",   [CAP_LIFT] = "lifted",	  [CAP_REGISTER] = "registered",
	[CAP_NOTE] = "noted",
};

const char *cap_outcome_name(enum cap_outcome outcome)
{
	return outcome_names[outcome];
}

/* --- what it says ---------------------------------------------------------------------------- */

/* The same is said in several languages: Chinese is taken if it is there, else the first. */
static void choose_language(struct making *making)
{
	const struct cap_alert *alert = making->alert;
	const char *language = alert->n_infos > 0 ? alert->infos[0].language : "";

	for (size_t i = 0; i < alert->n_infos; i++)
		if (strncasecmp(alert->infos[i].language, "zh", 2) == 0) {
			language = alert->infos[i].language;
			break;
		}
	for (size_t i = 0; i < alert->n_infos; i++)
		if (strcasecmp(alert->infos[i].language, language) == 0)
			making->infos[making->n_infos++] = &alert->infos[i];
}

static void sum_up(struct making *making)
{
	size_t n = 0;

	making->level = "none";
	for (size_t i = 0; i < making->n_infos; i++)
		n += making->infos[i]->n_areas;
	making->areas = arena_array(making->arena, n + 1, sizeof *making->areas);
	for (size_t i = 0; i < making->n_infos; i++) {
		const struct cap_info *info = making->infos[i];

		if (notice_rank(info->level) > notice_rank(making->level))
			making->level = info->level;
		if (i == 0 || (making->expires != 0 && (info->expires == 0 ||
							 info->expires > making->expires)))
			making->expires = info->expires;
		if (making->effective == 0)
			making->effective = info->effective;
		for (size_t k = 0; k < info->n_areas; k++)
			if (cap_area_is_ours(making->ctx->rules, &info->areas[k]))
				making->areas[making->n_areas++] = &info->areas[k];
			else
				making->n_others++;
	}
}

/* --- rules ----------------------------------------------------------------------------------- */

static bool among(const char *const *words, const char *word, const char *usual,
		  const char *also_usual)
{
	if (words == NULL || words[0] == NULL)
		return usual == NULL || str_eq(usual, word) || str_eq(also_usual, word);
	for (; *words != NULL; words++)
		if (strcmp(*words, word) == 0)
			return true;
	return false;
}

static bool event_fits(const struct making *making, const char *const *events)
{
	if (events == NULL || events[0] == NULL)
		return true;
	for (; *events != NULL; events++)
		for (size_t i = 0; i < making->n_infos; i++)
			if (strstr(making->infos[i]->event, *events) != NULL ||
			    str_starts(making->infos[i]->code, *events))
				return true;
	return false;
}

static bool fits(const struct making *making, const struct warning_rule *rule, const char *message)
{
	return among(rule->statuses, making->alert->status, "actual", NULL) &&
	       among(rule->messages, message, "alert", "update") &&
	       among(rule->levels, making->level, NULL, NULL) &&
	       event_fits(making, rule->events) && (rule->anywhere || making->n_areas > 0);
}

static const struct warning_rule *find_rule(const struct making *making, const char *message)
{
	const struct rules *rules = making->ctx->rules;

	for (size_t i = 0; i < rules->warnings.n; i++)
		if (fits(making, &rules->warnings.items[i], message))
			return &rules->warnings.items[i];
	return NULL;
}

/* --- words ----------------------------------------------------------------------------------- */

static bool is_new(const struct making *making, size_t i, size_t member)
{
	const char *const *own = (const void *)((const char *)making->infos[i] + member);

	for (size_t k = 0; k < i; k++)
		if (str_eq(*own, *(const char *const *)(const void *)
				      ((const char *)making->infos[k] + member)))
			return false;
	return **own != '\0';
}

/* The different texts of the infos, one behind the other. */
static const char *joined(const struct making *making, size_t member, const char *between)
{
	const char *text = "";

	for (size_t i = 0; i < making->n_infos; i++) {
		const char *own = *(const char *const *)(const void *)
				   ((const char *)making->infos[i] + member);

		if (is_new(making, i, member))
			text = *text != '\0' ? arena_printf(making->arena, "%s%s%s", text, between, own)
					     : own;
	}
	return text;
}

/* A headline may be longer than a title: then it begins the text. */
static void choose_title(struct making *making)
{
	const struct cap_alert *alert = making->alert;
	const char *const candidates[] = { making->n_infos > 0 ? making->infos[0]->headline : "",
					   making->event, alert->note, alert->identifier };
	const char *lead = "";

	for (size_t i = 0; making->title == NULL && i < ARRAY_LEN(candidates); i++) {
		if (*candidates[i] == '\0')
			continue;
		if (!text_longer(candidates[i], TITLE_MOST) && strchr(candidates[i], '\n') == NULL)
			making->title = candidates[i];
		else if (i == 0)
			lead = candidates[i];
	}
	if (making->title == NULL)
		making->title = alert->identifier;
	if (*lead != '\0')
		making->text = arena_printf(making->arena, "%s\n\n%s", lead, making->text);
}

static const char *area_words(struct making *making)
{
	struct str words = STR_INIT;
	const char *copy;
	size_t n = 0, told = 0;

	for (size_t i = 0; i < making->n_infos; i++)
		for (size_t k = 0; k < making->infos[i]->n_areas; k++, n++) {
			const char *desc = making->infos[i]->areas[k].desc;

			if (*desc == '\0' || words.len + strlen(desc) > AREA_MOST / 2)
				continue;
			str_addf(&words, "%s%s", told > 0 ? _(", ") : "", desc);
			told++;
		}
	if (told < n && told > 0)
		str_addf(&words, _(" and %zu more"), n - told);
	copy = arena_strdup(making->arena, str_get(&words));
	str_release(&words);
	return copy;
}

static void find_words(struct making *making)
{
	const char *web;

	making->event = joined(making, offsetof(struct cap_info, event), _(", "));
	if (text_longer(making->event, EVENT_MOST))
		making->event = making->infos[0]->event;
	if (text_longer(making->event, EVENT_MOST))
		making->event = "";
	making->text = joined(making, offsetof(struct cap_info, text), "\n\n");
	making->advice = joined(making, offsetof(struct cap_info, advice), "\n\n");
	web = joined(making, offsetof(struct cap_info, web), "\n");
	if (*web != '\0')
		making->text = arena_printf(making->arena, "%s%s%s", making->text,
					    *making->text != '\0' ? "\n\n" : "", web);
	making->area = area_words(making);
	choose_title(making);
}

/* --- acts ------------------------------------------------------------------------------------ */

static void begin(struct making *making, enum cap_outcome outcome, const char *verb,
		  const struct target *target)
{
	struct act *act = &making->verdict.act;
	char key[NOTICE_KEY], words[NOTICE_KEY + 40];

	notice_message(making->alert->sender, making->alert->identifier, key);
	snprintf(words, sizeof words, "cap %s %s", verb, key);
	making->verdict.outcome = outcome;
	*act = (struct act){ .id = uuid_named(words),
			     .desc = act_desc_find(verb),
			     .target = *target,
			     .actor = making->ctx->actor,
			     .at = making->ctx->now };
}

static void give_text(struct making *making, const char *name, const char *text)
{
	struct act *act = &making->verdict.act;

	if (text != NULL && *text != '\0')
		act_give(act, act_arg_field(act->desc, name),
			 (struct value){ .is_text = true, .text = text }, making->arena);
}

static void give_num(struct making *making, const char *name, int64_t num)
{
	struct act *act = &making->verdict.act;

	if (num != 0)
		act_give(act, act_arg_field(act->desc, name), (struct value){ .num = num },
			 making->arena);
}

static const char *source_of(const struct making *making)
{
	const struct rules *rules = making->ctx->rules;

	if (making->ctx->source != NULL)
		return making->ctx->source;
	return rules->warnings.source != NULL ? rules->warnings.source : rules->default_source;
}

static enum err give_recipients(struct making *making, struct error *err)
{
	struct cap_recipients *to = arena_alloc(making->arena, sizeof *to);

	cap_recipients(making->ctx->rules, making->rule, making->areas, making->n_areas,
		       making->ctx->now, to);
	if (to->full)
		return error_set(err, ERR_INPUT,
				 _("the rule \"%s\" names more than %d recipients"),
				 making->rule->id, (int)CAP_RECIPIENTS_MAX);
	for (size_t i = 0; i < to->n; i++)
		give_text(making, "recipient", to->codes[i]);
	return ERR_OK;
}

/* What both a new notice and an amendment say. */
static enum err give_notice(struct making *making, struct error *err)
{
	find_words(making);
	give_text(making, "title", making->title);
	give_text(making, "text", making->text);
	give_text(making, "advice", making->advice);
	give_text(making, "level", making->level);
	give_text(making, "event", making->event);
	give_text(making, "area", making->area);
	give_text(making, "sender", making->alert->sender);
	give_text(making, "src_no", making->alert->identifier);
	give_num(making, "issued_at", making->alert->sent);
	give_num(making, "expires_at", making->expires);
	if (making->rule == NULL)
		return ERR_OK;
	give_text(making, "notice_class", making->rule->class);
	return give_recipients(making, err);
}

static enum err make_notice(struct making *making, struct error *err)
{
	const struct target target = { KIND_NOTICE, notice_id(making->alert->sender,
							      making->alert->identifier), 0 };

	begin(making, CAP_POST, "post", &target);
	give_text(making, "source", source_of(making));
	return give_notice(making, err);
}

static void give_attr(struct making *making, const char *name, const char *value)
{
	if (*value != '\0')
		give_text(making, "attr", arena_printf(making->arena, "%s=%s", name, value));
}

static enum err make_incident(struct making *making)
{
	const struct cap_alert *alert = making->alert;
	char key[NOTICE_KEY], words[NOTICE_KEY + 16];
	struct target target = { KIND_INCIDENT, { { 0 } }, 0 };
	const char *number = alert->identifier;

	notice_message(alert->sender, alert->identifier, key);
	snprintf(words, sizeof words, "cap incident %s", key);
	target.id = uuid_named(words);
	begin(making, CAP_REGISTER, "register", &target);
	find_words(making);
	give_text(making, "title", making->title);
	give_text(making, "text", *making->advice != '\0'
				  ? arena_printf(making->arena, "%s\n\n%s", making->text,
						 making->advice)
				  : making->text);
	give_text(making, "source", source_of(making));
	give_text(making, "src_no", text_longer(number, SRC_NO_MOST) ? key : number);
	give_text(making, "category", making->rule->category);
	give_num(making, "urgency", making->rule->urgency);
	if (!text_longer(making->area, ADDRESS_MOST))
		give_text(making, "address", making->area);
	give_num(making, "occurred_at", making->effective);
	give_num(making, "reported_at", alert->sent);
	give_attr(making, _("Sender"), alert->sender);
	give_attr(making, _("Number at the source"), number);
	give_attr(making, _("Level"), making->level);
	return ERR_OK;
}

static enum err note_incident(struct making *making, const struct target *target)
{
	begin(making, CAP_NOTE, "note", target);
	find_words(making);
	give_text(making, "note",
		  arena_printf(making->arena, "%s (%s, %s)%s%s", making->title,
			       making->alert->sender, making->alert->message,
			       *making->text != '\0' ? "\n" : "",
			       text_longer(making->text, 4000) ? "" : making->text));
	return ERR_OK;
}

static enum err lift(struct making *making, const struct target *target, const char *reason)
{
	begin(making, CAP_LIFT, "rescind", target);
	give_text(making, "reason", reason);
	give_text(making, "sender", making->alert->sender);
	give_text(making, "src_no", making->alert->identifier);
	return ERR_OK;
}

/* --- deciding -------------------------------------------------------------------------------- */

static enum err nothing(struct making *making, const char *why)
{
	making->verdict.outcome = CAP_NOTHING;
	making->verdict.why = why;
	return ERR_OK;
}

/* The newest message that it refers to and that made something. */
static bool find_before(const struct making *making, struct target *ret_target)
{
	const struct cap_ctx *ctx = making->ctx;

	for (size_t i = making->alert->n_refs; i > 0; i--) {
		const struct cap_ref *ref = &making->alert->refs[i - 1];

		if (ctx->known(ctx->ctx, ref->sender, ref->identifier, ret_target))
			return true;
	}
	return false;
}

static bool is_over(const struct making *making)
{
	return making->expires != 0 && making->expires <= making->ctx->now;
}

/* An exercise does not touch what is real, unless a rule makes something of exercises. */
static bool status_counts(const struct making *making)
{
	const struct warning_rule *rule = find_rule(making, "alert");

	return strcmp(making->alert->status, "actual") == 0 ||
	       (rule != NULL && rule->makes != WARNING_NOTHING);
}

static enum err follow_up(struct making *making, const struct target *before, struct error *err)
{
	bool cancel = strcmp(making->alert->message, "cancel") == 0;
	const char *said;

	find_words(making);
	said = *making->alert->note != '\0' ? making->alert->note
	       : making->n_infos > 0	    ? making->title
					    : ""; /* then it is but its number */
	if (before->kind == KIND_INCIDENT)
		return note_incident(making, before);
	if (cancel)
		return lift(making, before,
			    *said != '\0' && !text_longer(said, 2000)
				    ? said : _("lifted by its sender"));
	if (is_over(making))
		return lift(making, before, _("it has expired"));
	begin(making, CAP_AMEND, "amend", before);
	if (making->rule != NULL && making->rule->makes != WARNING_NOTICE)
		making->rule = NULL; /* no new recipients by a rule that makes something else */
	return give_notice(making, err);
}

static enum err new_one(struct making *making, struct error *err)
{
	if (making->rule == NULL)
		return nothing(making, making->n_areas == 0 && making->n_others > 0
					       ? _("it is of another area")
					       : _("no rule of the profile fits"));
	if (making->rule->makes == WARNING_NOTHING)
		return nothing(making, _("the profile makes nothing of it"));
	if (is_over(making))
		return nothing(making, _("it is over already"));
	return making->rule->makes == WARNING_NOTICE ? make_notice(making, err)
						     : make_incident(making);
}

static enum err decide_message(struct making *making, struct error *err)
{
	const struct cap_alert *alert = making->alert;
	const struct cap_ctx *ctx = making->ctx;
	bool cancel = strcmp(alert->message, "cancel") == 0;
	bool update = strcmp(alert->message, "update") == 0;
	struct target before;

	if (ctx->known(ctx->ctx, alert->sender, alert->identifier, &before)) {
		making->verdict.outcome = CAP_KNOWN;
		return ERR_OK;
	}
	making->rule = find_rule(making, alert->message);
	if (making->rule != NULL)
		making->verdict.rule = making->rule->id;
	if ((cancel || update) && status_counts(making) && find_before(making, &before))
		return follow_up(making, &before, err);
	if (cancel)
		return nothing(making, _("it refers to nothing that came in"));
	return new_one(making, err);
}

enum err cap_act(const struct cap_ctx *ctx, const struct cap_alert *alert, struct arena *arena,
		 struct cap_verdict *ret_verdict, struct error *err)
{
	struct making *making = arena_alloc(arena, sizeof *making);
	enum err code;

	making->ctx = ctx;
	making->alert = alert;
	making->arena = arena;
	choose_language(making);
	sum_up(making);
	code = decide_message(making, err);
	if (code != ERR_OK)
		return code;
	if (making->title == NULL)
		find_words(making);
	making->verdict.title = making->title;
	making->verdict.level = making->level;
	if (making->verdict.outcome >= CAP_POST)
		code = act_check(&making->verdict.act, err);
	if (code == ERR_OK)
		*ret_verdict = making->verdict;
	return code;
}
