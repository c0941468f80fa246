#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "duty_words.h"
#include "joint_words.h"
#include "summons_words.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/mark.h"

static const struct { /* fields whose words are a list of the rules */
	const char *field;
	size_t offset; /* of the struct choices in struct rules */
} lists[] = {
	{ "source", offsetof(struct rules, sources) },
	{ "category", offsetof(struct rules, categories) },
	{ "urgency", offsetof(struct rules, urgencies) },
	{ "severity", offsetof(struct rules, severities) },
	{ "tier", offsetof(struct rules, tiers) },
	{ "role", offsetof(struct rules, roles) },
	{ "type", offsetof(struct rules, types) },
	{ "object_class", offsetof(struct rules, objects) },
	{ "object_state", offsetof(struct rules, object_states) },
	{ "out_to", offsetof(struct rules, outs) },
	{ "why", offsetof(struct rules, reveal_whys) },
};

const struct choices *rules_choices(const struct rules *rules, const struct field *field)
{
	if (field->type != FIELD_CODE && field->type != FIELD_CHOICE)
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		if (strcmp(lists[i].field, field->name) == 0)
			return (const void *)((const char *)rules + lists[i].offset);
	return NULL;
}

/* Words of the program's own, that profiles do not name. */
static const struct {
	const char *field, *code, *title;
} words[] = {
	{ "role", "lead", N_("lead") },
	{ "role", "assist", N_("assisting") },
	{ "role", "summoned", N_("summoned") },
	{ "role", "past", N_("formerly") },
	{ "role", "child", N_("merged in") },
	{ "role", "related", N_("related") },
	{ "role", "whistle", N_("whistle") },
	{ "role", "case", N_("case") },
	{ "role", "item", N_("item") },
	{ "role", "settled", N_("item") },
	{ "role", "action", N_("task") },
	{ "state", "assigned", N_("assigned") },
	{ "state", "signed", N_("signed") },
	{ "state", "handled", N_("handled") },
	{ "state", "verified", N_("verified") },
	{ "state", "returned", N_("returned") },
	{ "shows", "before", N_("before") },
	{ "shows", "after", N_("after") },
	{ "shows", "other", N_("something else") },
	{ "file_kind", "before", N_("before") },
	{ "file_kind", "after", N_("after") },
	{ "file_kind", "other", N_("something else") },
	{ "role", "message", N_("message") },
	{ "level", "red", N_("red") },
	{ "level", "orange", N_("orange") },
	{ "level", "yellow", N_("yellow") },
	{ "level", "blue", N_("blue") },
	{ "level", "none", N_("no level") },
	{ "effect", "urge", N_("urged") },
	{ "field", "reporter", N_("Reporter") },
	{ "field", "phone", N_("Phone") },
	{ "effect", "propose", N_("supervision proposed") },
	{ "effect", "list", N_("put on the leader's list") },
	{ "effect", "offer", N_("escalation offered") },
	{ "content", "content", N_("satisfied") },
	{ "content", "fair", N_("fairly satisfied") },
	{ "content", "poor", N_("not satisfied") },
	{ "judged", "regular", N_("in order") },
	{ "judged", "irregular", N_("not in order") },
	{ "claim", "not_ours", N_("not our business") },
	{ "claim", "other_lead", N_("another should lead") },
	{ "ruling", "stays", N_("it stays so") },
	{ "ruling", "freed", N_("freed") },
	{ "ruling", "replaced", N_("another in its place") },
	{ "ruling", "lead", N_("another leads") },
	{ "ruling", "meeting", N_("to the joint meeting") },
	{ "proof", "none", N_("no proof yet") },
	{ "proof", "unverified", N_("code not checked yet") },
	{ "proof", "code", N_("by the code") },
	{ "proof", "street", N_("by who summoned") },
	{ "proof", "denied", N_("denied") },
};

static void add_choice(struct choices *list, struct choice *items, const char *code,
		       const char *label)
{
	items[list->n++] = (struct choice){ code, label != NULL ? label : code, NULL };
	list->items = items;
}

const struct choices *rules_choices_in(const struct rules *rules, const struct field *field,
				       struct arena *arena)
{
	const struct choices *known = rules_choices(rules, field);
	size_t most = ARRAY_LEN(words) + rules->n_channels + rules->n_modes + rules->n_receipts;
	struct choice *items;
	struct choices *list;

	if (known != NULL || field->type != FIELD_CODE)
		return known;
	known = summons_choices(rules, field, arena);
	if (known == NULL)
		known = joint_choices(rules, field, arena);
	if (known != NULL)
		return known;
	items = arena_array(arena, most, sizeof *items);
	list = arena_alloc(arena, sizeof *list);
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strcmp(words[i].field, field->name) == 0)
			add_choice(list, items, words[i].code, _(words[i].title));
	for (size_t i = 0; strcmp(field->name, "channel") == 0 && i < rules->n_channels; i++)
		add_choice(list, items, rules->channels[i].code, rules->channels[i].label);
	for (size_t i = 0; strcmp(field->name, "mode") == 0 && i < rules->n_modes; i++)
		add_choice(list, items, rules->modes[i].code, rules->modes[i].label);
	for (size_t i = 0; strcmp(field->name, "notice_class") == 0 && i < rules->n_receipts; i++)
		add_choice(list, items, rules->receipts[i].class, rules->receipts[i].label);
	return list->n > 0 ? list : NULL;
}

static const char *clock_words(const struct rules *rules, const char *kind)
{
	const char *label = clock_label(rules, kind);
	const struct summons *usual = rules->n_summonses > 0 ? &rules->summonses[0] : NULL;

	if (label == kind && usual != NULL) /* no clock of incidents, but perhaps one of whistles */
		label = summons_clock_label(rules, usual, kind);
	return label != kind ? label : NULL;
}

static const char *step_label(const struct rules *rules, const char *id)
{
	const struct step *step = rules_step(rules, id);

	return step != NULL ? step->label : NULL;
}

static const char *verb_label(const struct rules *rules, const char *verb)
{
	const struct act_desc *act = act_desc_find(verb);

	return act != NULL ? rules_act_label(rules, act) : NULL;
}

static const char *channel_label(const struct rules *rules, const char *code)
{
	const struct channel *channel = rules_channel(rules, code);

	return channel != NULL ? channel->label : NULL;
}

static const char *mode_label(const struct rules *rules, const char *code)
{
	for (size_t i = 0; i < rules->n_modes; i++)
		if (strcmp(rules->modes[i].code, code) == 0)
			return rules->modes[i].label;
	return NULL;
}

static const char *receipt_label(const struct rules *rules, const char *code)
{
	for (size_t i = 0; i < rules->n_receipts; i++)
		if (strcmp(rules->receipts[i].class, code) == 0)
			return rules->receipts[i].label;
	return NULL;
}

static const struct { /* codes that are no list of choices */
	const char *field;
	const char *(*label)(const struct rules *rules, const char *code); /* NULL: not known */
} codes[] = {
	{ "step", step_label },	     { "due_clock", clock_words }, { "kind", clock_words },
	{ "back", step_label },	     { "moved_by", verb_label },   { "verb", verb_label },
	{ "channel", channel_label }, { "supervised", channel_label },
	{ "mode", mode_label },	     { "cls", receipt_label },	   { "notice_class", receipt_label },
};

static const char *own_word(const char *field, const char *code)
{
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strcmp(words[i].field, field) == 0 && strcmp(words[i].code, code) == 0)
			return _(words[i].title);
	return NULL;
}

static const char *show_code(const struct rules *rules, const struct field *field, const char *code)
{
	const struct choices *choices = rules_choices(rules, field);
	const struct choice *choice = choices != NULL ? choices_find(choices, code) : NULL;
	const char *label;

	if (choice != NULL)
		return choice->label;
	label = summons_show(rules, field, code);
	if (label == NULL)
		label = joint_show(rules, field, code);
	if (label != NULL)
		return label;
	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		if (strcmp(codes[i].field, field->name) != 0)
			continue;
		label = codes[i].label(rules, code);
		if (label != NULL)
			return label;
	}
	label = own_word(field->name, code);
	if (label == NULL)
		label = duty_show(rules, field, code);
	return label != NULL ? label : code;
}

static const char *show_org(const struct rules *rules, const char *code)
{
	const struct org *org = rules_org(rules, code);

	if (org == NULL)
		return code;
	return org->brief != NULL ? org->brief : org->name;
}

static const char *show_choice(const struct rules *rules, const struct field *field, int64_t num,
			       char *buf, size_t size)
{
	const struct choices *choices = rules_choices(rules, field);

	if (choices != NULL && num >= 1 && (uint64_t)num <= choices->n)
		return choices->items[num - 1].label;
	snprintf(buf, size, "%lld", (long long)num);
	return buf;
}

static const char *show_micro(int64_t micro, char *buf, size_t size)
{
	lldiv_t parts = lldiv(micro < 0 ? -micro : micro, 1000000);

	snprintf(buf, size, "%s%lld.%06lld", micro < 0 ? "-" : "", parts.quot, parts.rem);
	return buf;
}

const char *officer_show(const char *officer)
{
	return str_eq(officer, "system") ? _("system") : officer;
}

const char *rules_show(const struct rules *rules, const struct field *field, struct value value,
		       char *buf, size_t size)
{
	if (!value_is_set(value))
		return field->type == FIELD_BOOL ? _("no") : "";
	switch (field->type) {
	case FIELD_TEXT:
		return value.text;
	case FIELD_PERSON:
		return officer_show(value.text);
	case FIELD_CODE:
		return show_code(rules, field, value.text);
	case FIELD_ORG:
		return show_org(rules, value.text);
	case FIELD_CHOICE:
		return show_choice(rules, field, value.num, buf, size);
	case FIELD_BOOL:
		return _("yes");
	case FIELD_TIME:
		civil_format(value.num, rules->offset_min, "Y-m-d H:M", buf, size);
		return buf;
	case FIELD_MICRO:
		return show_micro(value.num, buf, size);
	case FIELD_INT:
		snprintf(buf, size, "%lld", (long long)value.num);
		return buf;
	}
	return "";
}

static enum err no_such_choice(const struct field *field, const struct choices *choices,
			       const char *typed, struct error *err)
{
	struct str allowed = STR_INIT;

	for (size_t i = 0; i < choices->n; i++)
		str_addf(&allowed, "%s%s", i > 0 ? ", " : "", choices->items[i].label);
	error_set(err, ERR_INPUT, _("%s: \"%.60s\" is not one of %s"), _(field->title), typed,
		  str_get(&allowed));
	str_release(&allowed);
	return ERR_INPUT;
}

enum err rules_parse(const struct rules *rules, const struct field *field, const char *typed,
		     struct arena *arena, struct value *ret_value, struct error *err)
{
	const struct choices *choices = rules_choices_in(rules, field, arena);
	const struct choice *choice = choices != NULL ? choices_named(choices, typed) : NULL;
	const struct org *org;

	if (field->type == FIELD_CHOICE && choice != NULL) {
		*ret_value = (struct value){ .num = choice - choices->items + 1 };
		return ERR_OK;
	}
	if (field->type == FIELD_CHOICE && choices != NULL && *typed != '\0') {
		long long num;
		if (!str_int(typed, 1, (long long)choices->n, &num))
			return no_such_choice(field, choices, typed, err);
	}
	if (choice != NULL) {
		*ret_value = (struct value){ .is_text = true, .text = choice->code };
		return ERR_OK;
	}
	org = field->type == FIELD_ORG ? rules_org_named(rules, typed) : NULL;
	if (org != NULL) {
		*ret_value = (struct value){ .is_text = true, .text = org->code };
		return ERR_OK;
	}
	return field_parse(field, typed, rules->offset_min, arena, ret_value, err);
}
