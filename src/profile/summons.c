/* Summonses (吹哨, 约请, 响应令): the kinds a profile has, who may blow each, its words and its clocks'
 * percentages.  Those of the base stand behind the profile's own; one of the same code is the
 * profile's alone. */
#include <config.h>

#include <string.h>

#include "summons_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/whistle.h"

enum { LETTERS_MAX = 2, ACTS_MAX = 64, SUMMONSES_MAX = 12 };
#define RESERVED "TSJRMKA"

/* --- who may blow it, and whom ---------------------------------------------------------------- */

/* NULL when none is said. */
static enum err build_tiers(struct build *build, const struct conf_section *section,
			    const char *name, const char *const **ret_tiers, struct error *err)
{
	const struct choices *tiers = &build->profile->rules.tiers;
	size_t n = conf_count(section, name);

	for (size_t i = 0; i < n; i++) {
		const char *tier = conf_item(section, name, i);

		if (!choices_find(tiers, tier) && !str_eq(tier, "centre"))
			return conf_item_error(section, name, i, err,
					       _("%s: \"%s\" is none of centre, %s"), name, tier,
					       choice_words(&build->profile->arena, tiers));
	}
	*ret_tiers = n ? build_list(build, section, name) : NULL;
	return ERR_OK;
}

/* Numbers of two kinds must not be the same: each letter has a count of its own. */
static enum err build_letter(struct build *build, const struct conf_section *section,
			     struct summons *summons, struct error *err)
{
	const struct rules *rules = &build->profile->rules;
	const char *letter = conf_str(section, "letter");
	size_t len = strlen(letter);

	if (len == 0 || len > LETTERS_MAX || strspn(letter, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != len ||
	    (len == 1 && strchr(RESERVED, *letter)))
		return conf_error(section, "letter", err,
				  _("letter: \"%s\": one or two capital letters; T is that of "
				    "notices, S of swaps, J of handovers, R of records, M of meetings, "
				    "K of items, A of tasks"),
				  letter);
	for (size_t i = 0; i < rules->n_summonses; i++)
		if (str_eq(rules->summonses[i].letter, letter))
			return conf_error(section, "letter", err,
					  _("letter: \"%s\" is that of the summons \"%s\" already"),
					  letter, rules->summonses[i].code);
	summons->letter = arena_strdup(&build->profile->arena, letter);
	return ERR_OK;
}

enum err check_one_label(struct build *build, const struct conf_section *section, const char *what,
			 const char *(*label_of)(const struct summons *summons, const char *code),
			 struct error *err)
{
	const struct rules *rules = &build->profile->rules;
	const char *code = conf_title(section), *label = conf_str(section, "label");

	for (size_t i = 0; i < rules->n_summonses; i++) {
		const char *other = label_of(&rules->summonses[i], code);

		if (other && !str_eq(other, label))
			return conf_error(section, "label", err,
					  _("%s \"%s\" is called %s here and %s in the summons "
					    "\"%s\": one code, one name"),
					  what, code, label, other, rules->summonses[i].code);
	}
	return ERR_OK;
}

static const char *ground_label(const struct summons *summons, const char *code)
{
	const struct choice *ground = choices_find(&summons->grounds, code);

	return ground ? ground->label : NULL;
}

static enum err build_grounds(struct build *build, const struct conf_section *section,
			      struct choices *ret_grounds, struct error *err)
{
	size_t n = conf_count(section, "ground");
	struct choice *items = arena_array(&build->profile->arena, n + 1, sizeof *items);

	for (size_t i = 0; i < n; i++) {
		const struct conf_section *ground = conf_child(section, "ground", i);
		enum err code = build_id(ground, "ground", err);

		if (!code)
			code = check_one_label(build, ground, "ground", ground_label, err);
		if (code)
			return code;
		items[i].code = arena_strdup(&build->profile->arena, conf_title(ground));
		items[i].label = build_str(build, ground, "label");
		items[i].words = build_list(build, ground, "words");
	}
	*ret_grounds = (struct choices){ items, n };
	return ERR_OK;
}

/* --- its words -------------------------------------------------------------------------------- */

static const char *whistle_acts(struct arena *arena, const char *word)
{
	const char *names[ACTS_MAX];
	size_t n = 0;

	for (size_t i = 0; i < act_desc_count() && n < ARRAY_LEN(names); i++)
		if (act_desc_at(i)->target == KIND_WHISTLE &&
		    !(act_desc_at(i)->flags & (ACT_SYSTEM | ACT_SELF)))
			names[n++] = act_desc_at(i)->verb;
	return words_near(arena, names, n, word);
}

static enum err build_acts(struct build *build, const struct conf_section *section,
			   struct summons *summons, struct error *err)
{
	size_t n = conf_count(section, "act");
	struct act_label *labels = arena_array(&build->profile->arena, n + 1, sizeof *labels);

	for (size_t i = 0; i < n; i++) {
		const struct conf_section *child = conf_child(section, "act", i);

		labels[i].act = act_desc_of(KIND_WHISTLE, conf_title(child));
		labels[i].label = build_str(build, child, "label");
		if (!labels[i].act || labels[i].act->flags & (ACT_SYSTEM | ACT_SELF))
			return conf_error(child, NULL, err, _("a whistle has no act \"%s\"; %s"),
					  conf_title(child),
					  whistle_acts(&build->profile->arena, conf_title(child)));
	}
	summons->labels = labels;
	summons->n_labels = n;
	return ERR_OK;
}

static enum err build_steps(struct build *build, const struct conf_section *section,
			    struct summons *summons, struct error *err)
{
	size_t n = conf_count(section, "step");
	struct step_label *labels = arena_array(&build->profile->arena, n + 1, sizeof *labels);
	const char *codes[WHISTLE_STEPS];

	for (size_t k = 0; k < WHISTLE_STEPS; k++)
		codes[k] = whistle_step_code((enum whistle_step)k);
	for (size_t i = 0; i < n; i++) {
		const struct conf_section *child = conf_child(section, "step", i);

		labels[i].label = labels[i].waiting = build_str(build, child, "label");
		for (size_t k = 0; k < WHISTLE_STEPS; k++)
			if (str_eq(codes[k], conf_title(child)))
				labels[i].step = codes[k];
		if (!labels[i].step)
			return conf_error(child, NULL, err, _("a whistle has no step \"%s\"; %s"),
					  conf_title(child),
					  words_near(&build->profile->arena, codes, WHISTLE_STEPS,
						     conf_title(child)));
	}
	summons->steps = labels;
	summons->n_steps = n;
	return ERR_OK;
}

/* A whistle is sent up nowhere: no escalation can be offered. */
static enum err check_timeouts(const struct conf_section *section, const struct clock_rule *clock,
			       struct error *err)
{
	for (size_t i = 0; i < clock->n_timeouts; i++)
		if (clock->timeouts[i].what == TIMEOUT_OFFER)
			return conf_item_error(section, "timeouts", i, err,
					       _("\"%s\": of a whistle urge, propose or list; it is "
						 "sent up nowhere"),
					       conf_item(section, "timeouts", i));
	return ERR_OK;
}

static enum err build_clock_words(struct build *build, const struct conf_section *section,
				  struct summons *summons, struct error *err)
{
	size_t n = conf_count(section, "clock");
	struct clock_rule *clocks = arena_array(&build->profile->arena, n + 1, sizeof *clocks);
	const char *codes[SUMMONS_CLOCKS];

	for (size_t k = 0; k < SUMMONS_CLOCKS; k++)
		codes[k] = summons_clock_code((enum summons_clock)k);
	for (size_t i = 0; i < n; i++) {
		const struct conf_section *child = conf_child(section, "clock", i);
		enum summons_clock kind = summons_clock_find(conf_title(child));
		enum err code;

		if (kind == SUMMONS_CLOCKS)
			return conf_error(child, NULL, err, _("a whistle has no clock \"%s\"; %s"),
					  conf_title(child),
					  words_near(&build->profile->arena, codes, SUMMONS_CLOCKS,
						     conf_title(child)));
		clocks[i] = (struct clock_rule){ .kind = codes[kind], .side = true };
		clocks[i].label = build_str(build, child, "label");
		code = build_timeouts(build, child, &clocks[i], err);
		if (!code)
			code = check_timeouts(child, &clocks[i], err);
		if (code)
			return code;
	}
	summons->clocks = clocks;
	summons->n_clocks = n;
	return ERR_OK;
}

/* --- all of it -------------------------------------------------------------------------------- */

static void build_words(struct build *build, const struct conf_section *section,
			struct summons *summons)
{
	const char *noun = build_opt(build, section, "noun");
	const char *paper = build_opt(build, section, "paper");

	summons->code = arena_strdup(&build->profile->arena, conf_title(section));
	summons->label = build_str(build, section, "label");
	summons->noun = noun ? noun : summons->label;
	summons->paper = paper ? paper : summons->noun;
	summons->checked = conf_bool(section, "checked");
	summons->confirmed = conf_bool(section, "confirmed");
	summons->coded = conf_bool(section, "coded");
	summons->judged = conf_bool(section, "judged");
	summons->alone = conf_bool(section, "alone");
	summons->listed = conf_bool(section, "listed");
	summons->again = (int)conf_int(section, "again");
}

static enum err build_summons(struct build *build, const struct conf_section *section,
			      struct summons *summons, struct error *err)
{
	static enum err (*const parts[])(struct build *, const struct conf_section *,
					 struct summons *, struct error *) = {
		build_letter, build_summons_classes, build_acts, build_steps, build_clock_words,
	};
	enum err code = build_id(section, "summons", err);

	if (code)
		return code;
	build_words(build, section, summons);
	code = build_tiers(build, section, "blowers", &summons->blowers, err);
	if (!code)
		code = build_tiers(build, section, "calls", &summons->calls, err);
	if (!code)
		code = build_code(build, section, "role", &build->profile->rules.roles,
				  &summons->role, err);
	if (!code)
		code = build_grounds(build, section, &summons->grounds, err);
	for (size_t i = 0; !code && i < ARRAY_LEN(parts); i++)
		code = parts[i](build, section, summons, err);
	return code;
}

/* --- what a base says of tiers and roles that a profile has not ---------------------------------- */

static bool knows_tiers(const struct rules *rules, const struct conf_section *section,
			const char *name)
{
	for (size_t i = 0; i < conf_count(section, name); i++)
		if (!choices_find(&rules->tiers, conf_item(section, name, i)) &&
		    !str_eq(conf_item(section, name, i), "centre"))
			return false;
	return true;
}

static bool knows_role(const struct rules *rules, const struct conf_section *section,
		       const char *name)
{
	return !*conf_str(section, name) || choices_find(&rules->roles, conf_str(section, name));
}

/* A profile with lists of its own need not fit its base's summonses: one that does not is left out,
 * and the check says so. */
static bool base_fits(struct build *build, const struct conf_section *section)
{
	struct jurisdiction *profile = build->profile;
	const struct rules *rules = &profile->rules;
	const char *before = profile->left_out;
	bool fits = knows_tiers(rules, section, "blowers") && knows_tiers(rules, section, "calls") &&
		    knows_role(rules, section, "role");

	for (size_t i = 0; i < conf_count(section, "class"); i++)
		fits = fits && knows_role(rules, conf_child(section, "class", i), "approver");
	if (!fits)
		profile->left_out = arena_printf(&profile->arena, "%s%ssummons %s",
						 before ? before : "", before ? ", " : "",
						 conf_title(section));
	return fits;
}

static enum err add_summonses(struct build *build, const struct conf_section *from,
			      struct summons *summonses, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	size_t own = rules->n_summonses;

	for (size_t i = 0; from && i < conf_count(from, "summons"); i++) {
		const struct conf_section *section = conf_child(from, "summons", i);
		bool known = false;
		enum err code;

		for (size_t k = 0; k < own; k++)
			known = known || str_eq(summonses[k].code, conf_title(section));
		if (known || (from == build->base && !base_fits(build, section)))
			continue;
		code = build_summons(build, section, &summonses[rules->n_summonses], err);
		if (code)
			return code;
		rules->n_summonses++;
	}
	return ERR_OK;
}

enum err build_summonses(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	size_t most = conf_count(build->root, "summons") +
		      (build->base ? conf_count(build->base, "summons") : 0);
	struct summons *summonses = arena_array(&build->profile->arena, most + 1, sizeof *summonses);
	enum err code;

	if (most > SUMMONSES_MAX)
		return conf_error(build->root, NULL, err, _("at most %d summonses"), SUMMONSES_MAX);
	rules->summonses = summonses;
	code = add_summonses(build, build->root, summonses, err);
	return code ? code : add_summonses(build, build->base, summonses, err);
}
