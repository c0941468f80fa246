/* What an organisation and all in it do in their own way, and the ways of pressing: channels of
 * supervision and classes of receipts. */
#include <config.h>

#include <string.h>

#include "profile_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/inspection.h"

/* --- overrides -------------------------------------------------------------------------------- */

static enum err own_categories(struct build *build, const struct conf_section *section,
			       struct override *own, struct error *err)
{
	const struct choices *categories = &build->profile->rules.categories;

	for (size_t i = 0; i < conf_count(section, "categories"); i++) {
		const char *code = conf_item(section, "categories", i);

		if (!choices_find(categories, code))
			return conf_item_error(section, "categories", i, err,
					       _("categories: \"%s\" is none of this file's or its "
						 "base's"),
					       code);
	}
	if (conf_count(section, "categories") > 0)
		own->categories = build_list(build, section, "categories");
	return ERR_OK;
}

static enum err own_labels(struct build *build, const struct conf_section *section,
			   struct override *own, struct error *err)
{
	size_t n = conf_count(section, "act");
	struct act_label *labels = arena_array(&build->profile->arena, n + 1, sizeof *labels);

	for (size_t i = 0; i < n; i++) {
		const struct conf_section *act = conf_child(section, "act", i);

		labels[i].act = act_desc_find(conf_title(act));
		labels[i].label = build_str(build, act, "label");
		if (!labels[i].act)
			return conf_error(act, NULL, err, _("there is no act \"%s\"; %s"),
					  conf_title(act),
					  act_words(&build->profile->arena, true, conf_title(act)));
	}
	own->labels = labels;
	own->n_labels = n;
	return ERR_OK;
}

static enum err own_steps(struct build *build, const struct conf_section *section,
			  struct override *own, struct error *err)
{
	size_t n = conf_count(section, "step");
	struct step_label *labels = arena_array(&build->profile->arena, n + 1, sizeof *labels);

	for (size_t i = 0; i < n; i++) {
		const struct conf_section *child = conf_child(section, "step", i);
		const struct step *step = rules_step(&build->profile->rules, conf_title(child));
		const char *label = build_opt(build, child, "label");
		const char *waiting = build_opt(build, child, "waiting");

		if (!step)
			return conf_error(child, NULL, err,
					  _("there is no step \"%s\"; %s"), conf_title(child),
					  step_words(build, conf_title(child)));
		labels[i] = (struct step_label){ step->id, label ? label : step->label,
						 waiting ? waiting : step->waiting };
	}
	own->steps = labels;
	own->n_steps = n;
	return ERR_OK;
}

/* The record of a check is known by its name and its time. */
static bool check_said(const struct check *checks, size_t n, const struct check *check)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(checks[i].label, check->label) && str_eq(checks[i].when, check->when))
			return true;
	return false;
}

static enum err own_checks(struct build *build, const struct conf_section *section,
			   struct override *own, struct error *err)
{
	static const char *const words[] = { " daily ", " weekly ", " monthly " };
	struct arena *arena = &build->profile->arena;
	size_t n = conf_count(section, "checks");
	struct check *checks = arena_array(arena, n + 1, sizeof *checks);

	if (n > CHECKS_MOST)
		return conf_error(section, "checks", err, _("checks: at most %d"), CHECKS_MOST);
	for (size_t i = 0; i < n; i++) {
		const char *text = conf_item(section, "checks", i), *at = NULL;

		for (size_t w = 0; !at && w < ARRAY_LEN(words); w++)
			at = strstr(text, words[w]);
		if (!at || at == text || !check_when_ok(at + 1))
			return conf_item_error(section, "checks", i, err,
					       _("\"%s\": a name and when: daily 21:00, weekly 7 "
						 "21:00 or monthly -1 17:00"),
					       text);
		checks[i].label = arena_strndup(arena, text, (size_t)(at - text));
		checks[i].when = arena_strdup(arena, at + 1);
		if (check_said(checks, i, &checks[i]))
			return conf_item_error(section, "checks", i, err,
					       _("\"%s\": it stands in this list already"), text);
	}
	own->checks = checks;
	own->n_checks = n;
	return ERR_OK;
}

enum err build_overrides(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	size_t n = conf_count(build->root, "override");
	struct override *overrides =
		arena_array(&build->profile->arena, n + 1, sizeof *overrides);
	enum err code = ERR_OK;

	for (size_t i = 0; !code && i < n; i++) {
		const struct conf_section *section = conf_child(build->root, "override", i);
		const struct org *org = rules_org(rules, conf_title(section));
		struct override *own = &overrides[i];

		if (!org)
			return conf_error(section, NULL, err,
					  _("override \"%s\": there is no organisation of this "
					    "code"),
					  conf_title(section));
		own->org = org->code;
		own->report_to = build_opt(build, section, "reports");
		code = own_categories(build, section, own, err);
		if (!code)
			code = own_labels(build, section, own, err);
		if (!code)
			code = own_steps(build, section, own, err);
		if (!code)
			code = own_checks(build, section, own, err);
	}
	rules->overrides = overrides;
	rules->n_overrides = n;
	return code;
}

/* --- channels, receipts ----------------------------------------------------------------------- */

static enum err build_channels(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	const struct conf_section *from = build_from(build, "channel");
	size_t n = conf_count(from, "channel");
	struct channel *channels = arena_array(&build->profile->arena, n + 1, sizeof *channels);
	enum err code = ERR_OK;

	for (size_t i = 0; !code && i < n; i++) {
		const struct conf_section *section = conf_child(from, "channel", i);

		code = build_id(section, "channel", err);
		channels[i].code = arena_strdup(&build->profile->arena, conf_title(section));
		channels[i].label = build_str(build, section, "label");
		channels[i].paper = build_opt(build, section, "paper");
		channels[i].office = build_opt(build, section, "office");
		channels[i].text = build_opt(build, section, "text");
		channels[i].copies = build_list(build, section, "copies");
		if (!channels[i].paper)
			channels[i].paper = channels[i].label;
		channels[i].points = (int)conf_int(section, "points");
		channels[i].rank = (int)conf_int(section, "rank");
		if (!code)
			code = build_code(build, section, "role", &rules->roles, &channels[i].role,
					  err);
		if (!code)
			code = build_limit(section, "answer", &channels[i].answer, err);
		if (!code)
			code = build_limit(section, "sign", &channels[i].sign, err);
	}
	rules->channels = channels;
	rules->n_channels = n;
	return code;
}

static enum err build_receipts(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	const struct conf_section *from = build_from(build, "receipt");
	size_t n = conf_count(from, "receipt");
	struct receipt_rule *receipts =
		arena_array(&build->profile->arena, n + 1, sizeof *receipts);
	enum err code = ERR_OK;

	for (size_t i = 0; !code && i < n; i++) {
		const struct conf_section *section = conf_child(from, "receipt", i);

		code = build_id(section, "receipt", err);
		receipts[i].class = arena_strdup(&build->profile->arena, conf_title(section));
		receipts[i].label = build_str(build, section, "label");
		if (!code)
			code = build_limit(section, "limit", &receipts[i].limit, err);
	}
	rules->receipts = receipts;
	rules->n_receipts = n;
	return code;
}

enum err build_supervision(struct build *build, struct error *err)
{
	enum err code = build_channels(build, err);

	return code ? code : build_receipts(build, err);
}
