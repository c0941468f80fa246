/* The check's words on the flow: where cases begin, each step with who may do what and where it
 * leads, modes, supervision. */
#include <config.h>

#include <string.h>

#include "check_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/decide.h"

static const char *const whos[] = {
	[WHO_ANY] = N_("anybody"),
	[WHO_CENTRE] = N_("the centre"),
	[WHO_SEAT] = N_("the seat"), /* who runs the loop */
	[WHO_HOLDER] = N_("the holder"),
	[WHO_CENTRE_OR_HOLDER] = N_("centre or holder"),
	[WHO_SEAT_OR_HOLDER] = N_("seat or holder"),
	[WHO_ORIGIN] = N_("who registered it"),
	[WHO_SHARE] = N_("each for its share"),
	[WHO_BELOW] = N_("the seat below"),
};

const char *who_words(enum who who)
{
	return _(whos[who]);
}

static const char *tier_label(const struct rules *rules, const char *tier)
{
	const struct choice *choice = choices_find(&rules->tiers, tier);

	return choice ? choice->label : "";
}

static int tier_rank(const struct rules *rules, const struct step *step)
{
	return choice_position(&rules->tiers, step->tier);
}

static void say_step_name(const struct rules *rules, const char *id, struct str *out)
{
	str_addf(out, "%s %s", rules_step(rules, id)->label, id);
}

/* "→ 交办 assign", "↑ 区 二级响应 level2 (below: waits in …, goes on in …)". */
static void say_way(const struct rules *rules, const struct step *from, const struct flow_act *act,
		    struct str *out)
{
	const struct step *to = rules_step(rules, act->to);

	switch (act->way) {
	case WAY_STAYS:
		str_add(out, _("stays"));
		return;
	case WAY_BACK:
	case WAY_AGAIN:
		str_add(out,
			act->way == WAY_BACK ? _("↓ below, goes on") : _("↓ below, once more"));
		if (to) {
			str_add(out, _("; nothing below: → "));
			say_step_name(rules, act->to, out);
		}
		return;
	case WAY_STEP:
		break;
	}
	if (to->open && *from->id && tier_rank(rules, to) < tier_rank(rules, from)) {
		str_addf(out, "↑ %s ", tier_label(rules, to->tier));
		say_step_name(rules, act->to, out);
		str_add(out, _(" (below: waits in "));
		say_step_name(rules, act->stay ? act->stay : from->id, out);
		if (act->back) {
			str_add(out, _(", goes on in "));
			say_step_name(rules, act->back, out);
		}
		str_add(out, ")");
		return;
	}
	str_add(out, "→ ");
	say_step_name(rules, act->to, out);
}

static void say_sets(const struct rules *rules, const struct flow_act *act, struct str *out)
{
	char buf[40];

	for (size_t i = 0; i < act->n_sets; i++) {
		const char *value = rules_show(rules, act->sets[i].field, act->sets[i].value, buf,
					       sizeof buf);

		str_addf(out, "  %s=%s", act->sets[i].field->name, *value ? value : "0");
	}
}

static void say_guards(const struct guard_use *guards, size_t n, struct str *out)
{
	for (size_t i = 0; i < n; i++)
		str_addf(out, "%s%s%s%s", i ? ", " : _(" if "), guards[i].guard->name,
			 *guards[i].arg ? " " : "", guards[i].arg);
}

enum { ACT_COLUMNS = 28, WHO_COLUMNS = 20 };

static void say_act(const struct rules *rules, const struct step *step, const struct flow_act *act,
		    struct str *out)
{
	struct str name = STR_INIT;

	str_addf(&name, "%s %s", act->label ? act->label : rules_act_label(rules, act->act),
		 act->act->verb);
	str_add(out, "    ");
	say_cell(out, str_get(&name), ACT_COLUMNS);
	say_cell(out, who_words(act->who), WHO_COLUMNS);
	say_way(rules, step, act, out);
	say_sets(rules, act, out);
	say_guards(act->guards, act->n_guards, out);
	if (act->closed)
		str_add(out, _("  (closed ones too)"));
	str_add_char(out, '\n');
	str_release(&name);
}

static void say_step(const struct rules *rules, const struct step *step, struct str *out)
{
	str_addf(out, _("\nstep %s %s (%s), tier %s"), step->id, step->label, step->waiting,
		 tier_label(rules, step->tier));
	if (!step->open)
		str_add(out, _(", closed"));
	if (step->shares)
		str_add(out, _(", each department its share"));
	if (step->response >= 0)
		str_addf(out, _(", response level %d"), step->response);
	str_add_char(out, '\n');
	for (size_t i = 0; i < step->n_acts; i++)
		say_act(rules, step, &step->acts[i], out);
	for (size_t i = 0; i < step->n_clocks; i++)
		say_clock(rules, &step->clocks[i], out);
}

static void say_starts(const struct rules *rules, struct str *out)
{
	const struct flow_act *registers =
		step_act(&rules->steps[0], act_desc_find("register"));
	bool all = false;

	str_add(out, _("\ncases begin:\n"));
	for (size_t i = 0; i < rules->n_starts; i++) {
		const struct start *start = &rules->starts[i];

		str_add(out, "    ");
		if (start->tier)
			str_addf(out, _("registered by %s, "), tier_label(rules, start->tier));
		if (start->type)
			str_addf(out, "%s, ", choices_find(&rules->types, start->type)->label);
		str_add(out, "→ ");
		say_step_name(rules, start->step, out);
		str_add_char(out, '\n');
		all = all || (!start->tier && !start->type);
	}
	if (all)
		return;
	str_add(out, "    → ");
	say_step_name(rules, registers && registers->to ? registers->to : rules->steps[0].id, out);
	str_add_char(out, '\n');
}

void say_flow(const struct rules *rules, struct str *out)
{
	say_starts(rules, out);
	for (size_t i = 0; i < rules->n_steps; i++)
		say_step(rules, &rules->steps[i], out);
	if (rules->always.n_acts)
		str_add(out, _("\nin every open step:\n"));
	for (size_t i = 0; i < rules->always.n_acts; i++)
		say_act(rules, &rules->always, &rules->always.acts[i], out);
	if (rules->always.n_clocks)
		str_add(out, _("\nbeside the steps:\n"));
	for (size_t i = 0; i < rules->always.n_clocks; i++)
		say_beside(&rules->always.clocks[i], out);
}

/* --- modes ------------------------------------------------------------------------------------ */

static void say_mode(const struct rules *rules, const struct mode_rule *mode, struct str *out)
{
	str_addf(out, "    %s %s", mode->code, mode->label);
	if (mode->emergency)
		str_add(out, _(", emergency"));
	if (!mode->quiet)
		str_add(out, _(", no quiet hours"));
	if (str_eq(mode->pause, "-"))
		str_add(out, _(", no clock is stopped"));
	else if (mode->pause)
		str_addf(out, _(", clocks stopped only by %s"),
			 rules_role_label(rules, mode->pause));
	for (size_t i = 0; i < mode->n_limits; i++) {
		str_addf(out, "%s%s ", _("; "), mode->limits[i].clock);
		if (mode->limits[i].percent)
			str_addf(out, "%d%%", mode->limits[i].percent);
		else
			say_limit(&mode->limits[i].limit, out);
	}
	for (size_t i = 0; i < mode->n_guards; i++) {
		str_addf(out, "%s%s", _("; "), rules_act_label(rules, mode->guards[i].act));
		say_guards(&mode->guards[i].guard, 1, out);
	}
	for (size_t i = 0; mode->columns && mode->columns[i]; i++)
		str_addf(out, "%s%s", i ? ", " : _("; columns "), mode->columns[i]);
	if (mode->posts)
		str_addf(out, "%s%s", _("; "), mode->posts);
	if (mode->reports)
		str_addf(out, "%s%s", _("; "), mode->reports);
	str_add_char(out, '\n');
}

void say_modes(const struct rules *rules, struct str *out)
{
	if (rules->n_modes)
		str_add(out, _("\nmodes:\n"));
	for (size_t i = 0; i < rules->n_modes; i++)
		say_mode(rules, &rules->modes[i], out);
}

/* --- warnings --------------------------------------------------------------------------------- */

static void say_words(const char *title, const char *const *words, struct str *out)
{
	if (words == NULL || words[0] == NULL)
		return;
	str_addf(out, "; %s", title);
	for (; *words != NULL; words++)
		str_addf(out, " %s", *words);
}

static void say_incoming(const struct warnings *warnings, struct str *out)
{
	static const char *const makes[] = { N_("nothing"), N_("a notice"), N_("an incident") };

	if (warnings->n > 0)
		str_add(out, _("\nwarnings that come in, the first that fits:\n"));
	for (size_t i = 0; i < warnings->n; i++) {
		const struct warning_rule *rule = &warnings->items[i];

		str_addf(out, "    %s → %s", rule->id, _(makes[rule->makes]));
		say_words(_("level"), rule->levels, out);
		say_words(_("event"), rule->events, out);
		say_words(_("message"), rule->messages, out);
		say_words(_("status"), rule->statuses, out);
		say_words(_("to"), rule->to, out);
		str_add(out, rule->anywhere ? _("; of any area\n") : "\n");
	}
	if (warnings->n > 0 && warnings->n_areas == 0)
		str_add(out, _("    but no areas are named: only what is of any area counts\n"));
}

/* --- pressing --------------------------------------------------------------------------------- */

/* What its printed sheet is called, who issues it and who else gets one. */
static void say_sheet(const struct channel *channel, struct str *out)
{
	str_addf(out, _("; sheet %s"), channel->paper);
	if (channel->office)
		str_addf(out, _(" of %s"), channel->office);
	for (size_t i = 0; channel->copies[i]; i++)
		str_addf(out, "%s%s", i ? _(", ") : _(", copies to "), channel->copies[i]);
}

void say_pressing(const struct rules *rules, struct str *out)
{
	if (rules->n_channels)
		str_add(out, _("\nways of supervision:\n"));
	for (size_t i = 0; i < rules->n_channels; i++) {
		const struct channel *channel = &rules->channels[i];

		str_addf(out, _("    %s %s, by %s; answer: "), channel->code, channel->label,
			 rules_role_label(rules, channel->role));
		say_limit(&channel->answer, out);
		if (channel->sign.unit != LIMIT_NONE) {
			str_add(out, _("; signed within "));
			say_limit(&channel->sign, out);
		}
		if (channel->points)
			str_addf(out, _("; points: %d"), channel->points);
		if (channel->rank)
			str_addf(out, _("; rung %d"), channel->rank);
		else
			str_add(out, _("; beside the others"));
		say_sheet(channel, out);
		str_add_char(out, '\n');
	}
	if (rules->n_receipts)
		str_add(out, _("\nreceipts of notices:\n"));
	for (size_t i = 0; i < rules->n_receipts; i++) {
		str_addf(out, "    %s %s%s", rules->receipts[i].class, rules->receipts[i].label,
			 _(": "));
		say_limit(&rules->receipts[i].limit, out);
		str_add_char(out, '\n');
	}
	say_incoming(&rules->warnings, out);
}
