#include <config.h>

#include "zhiban/model/plan.h"

#include <string.h>

#include "page_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/mode.h"
#include "zhiban/domain/mark.h"

void plan_of(struct client *client, const struct act_desc *desc, const struct whistle *whistle,
	     const struct given *given, size_t n_given, const struct by_phone *phone,
	     struct arena *arena, struct whistle_plan *ret_plan)
{
	const struct actor *actor = client_actor(client);
	struct act act = {
		.desc = desc,
		.target = { .kind = KIND_WHISTLE },
		.given = arena_dup(arena, given, n_given * sizeof *given),
		.n_given = n_given,
		.at = client_now(client),
	};

	if (actor)
		act.actor = *actor;
	if (phone)
		act.by_phone = *phone;
	if (whistle)
		act.target.id = whistle->head.id;
	whistle_plan(client_rules(client), whistle, &act, client_mode_code(client),
		     client_now(client), arena, ret_plan);
}

const char *plan_when(const struct rules *rules, int64_t at, struct arena *arena)
{
	static const char *const days[] = { "", N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
					    N_("Fri"), N_("Sat"), N_("Sun") };
	struct civil day;

	civil_of_ms(at, rules->offset_min, &day);
	return arena_printf(arena, _("%02d-%02d (%s) %02d:%02d"), day.month, day.day,
			    _(days[day.weekday]), day.hour, day.minute);
}

static const char *limit_words(const struct rules *rules, const char *limit, struct arena *arena)
{
	struct str out = STR_INIT;
	const char *kept;

	if (limit)
		row_words(rules, limit, &out);
	else
		str_add(&out, _("as stated"));
	kept = arena_strdup(arena, str_get(&out));
	str_release(&out);
	return kept;
}

static bool is_of_whole(const struct plan_row *row)
{
	return row->clock == SUMMONS_APPROVE || row->clock == SUMMONS_CHECK;
}

static size_t departments(const struct whistle_plan *plan)
{
	size_t n = 0;

	for (size_t i = 0; i < plan->n_rows; i++) {
		bool known = is_of_whole(&plan->rows[i]);

		for (size_t k = 0; k < i && !known; k++)
			known = !is_of_whole(&plan->rows[k]) &&
				str_eq(plan->rows[k].org, plan->rows[i].org);
		n += !known;
	}
	return n;
}

static bool is_same(const struct plan_row *a, const struct plan_row *b)
{
	return a->clock == b->clock && a->due == b->due && is_of_whole(a) == is_of_whole(b);
}

size_t plan_lines(const struct rules *rules, const struct whistle_plan *plan, struct arena *arena,
		  struct plan_line lines[PLAN_LINES])
{
	size_t all = departments(plan), n = 0;

	for (size_t i = 0; i < plan->n_rows && n < PLAN_LINES; i++) {
		const struct plan_row *row = &plan->rows[i];
		const char *names = "";
		size_t same = 0;
		bool said = false;

		for (size_t k = 0; k < plan->n_rows; k++) {
			if (!is_same(&plan->rows[k], row))
				continue;
			said = said || k < i;
			names = arena_printf(arena, "%s%s%s", names, *names ? _(", ") : "",
					     page_org(rules, plan->rows[k].org));
			same++;
		}
		if (said)
			continue;
		lines[n].text = arena_printf(arena, "%s %s%s%s", row->label,
					     same < all || is_of_whole(row) ? names : "",
					     same < all || is_of_whole(row) ? "  " : "",
					     limit_words(rules, row->limit, arena));
		lines[n].tail = plan_when(rules, row->due, arena);
		lines[n++].provisional = row->provisional;
	}
	return n;
}

const char *plan_head(const struct rules *rules, const struct whistle_plan *plan,
		      struct arena *arena)
{
	struct str out = STR_INIT;
	const char *kept;

	if (plan->cls)
		str_add(&out, plan->cls->label);
	if (plan->summons)
		str_addf(&out, "%s%s", out.len ? ": " : "",
			 summons_step_label(rules, plan->summons, whistle_step_code(plan->next)));
	if (plan->next == WHISTLE_APPROVE && plan->approver)
		str_addf(&out, " (%s)", plan->approver);
	if (plan->come)
		str_addf(&out, _("; comes: %s"), plan->come);
	kept = arena_strdup(arena, str_get(&out));
	str_release(&out);
	return kept;
}

int64_t plan_report_by(const struct whistle_plan *plan)
{
	for (size_t i = 0; i < plan->n_rows; i++)
		if (plan->rows[i].clock == SUMMONS_REPORT_IN)
			return plan->rows[i].due;
	return 0;
}

/* How it was counted is said once of those that are the same. */
static bool is_explained(const struct whistle_plan *plan, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (is_same(&plan->rows[i], &plan->rows[at]))
			return true;
	return false;
}

void plan_page(const struct rules *rules, const struct whistle_plan *plan, struct str *out)
{
	struct arena arena = ARENA_INIT;
	struct plan_line lines[PLAN_LINES];
	size_t n = plan_lines(rules, plan, &arena, lines);

	str_addf(out, "%s\n", plan_head(rules, plan, &arena));
	if (plan->n_problems)
		str_addf(out, "\n%s\n", _("It would be refused:"));
	for (size_t i = 0; i < plan->n_problems; i++)
		str_addf(out, "- %s\n", plan->problems[i]);
	if (plan->least)
		str_addf(out, _("\nThe report-in time may be stated from %s to %s.\n"),
			 plan_when(rules, plan->least, &arena),
			 plan_when(rules, plan->most, &arena));
	if (n)
		str_addf(out, "\n%s\n", _("If it is issued this very minute:"));
	for (size_t i = 0; i < n; i++)
		str_addf(out, "- %s  %s%s%s\n", lines[i].tail, lines[i].text,
			 lines[i].provisional ? "  " : "",
			 lines[i].provisional ? _("provisional: the calendar ends before") : "");
	for (size_t i = 0; i < plan->n_rows; i++)
		if (!is_explained(plan, i) && plan->rows[i].explain)
			str_addf(out, "\n%s", plan->rows[i].explain);
	arena_release(&arena);
}
