/* A reckon of a month as shown here, what it would change, and the act that does it. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

#include "client_priv.h"
#include "reckon_priv.h"

/* The months that the ledger looks at before this one. */
static enum err read_history(struct client *client, const struct reckon_options *options,
			     int32_t first, struct arena *arena, const struct roster ***ret_rosters,
			     size_t *ret_n, struct error *err)
{
	struct client_roster *rosters;
	int32_t back = first;
	enum err code;

	for (int i = 1; i < LEDGER_MONTHS; i++) {
		char before[ROSTER_MONTH];

		month_of_day(back - 1, before);
		if (!month_days(before, &back, &(int32_t){ 0 }))
			break;
	}
	code = client_rosters(client, options->org, options->plan->code, back, first, arena,
			      &rosters, ret_n, err);
	if (code != ERR_OK)
		return code;
	*ret_rosters = arena_array(arena, *ret_n + 1, sizeof **ret_rosters);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret_rosters)[i] = rosters[i].roster;
	return ERR_OK;
}

/* What two have spoken about is not built away under them. */
static enum err read_pledged(struct client *client, struct build_ask *ask, struct arena *arena,
			     struct error *err)
{
	struct client_swap *swaps;
	struct uuid *pledged;
	size_t n = 0;
	enum err code = client_swaps(client, 0, arena, &swaps, &n, err);

	if (code != ERR_OK)
		return code;
	pledged = arena_array(arena, 2 * n + 1, sizeof *pledged);
	for (size_t i = 0; i < n; i++) {
		const struct turn *both[] = { swaps[i].turn, swaps[i].other };

		for (size_t k = 0; k < ARRAY_LEN(both); k++)
			if (both[k] != NULL)
				pledged[ask->n_pledged++] = both[k]->id;
	}
	ask->pledged = pledged;
	return ERR_OK;
}

static enum err make_problem(struct client *client, const struct reckon_options *options,
			     struct arena *arena, struct build_problem *ret_problem,
			     struct error *err)
{
	struct build_ask ask = { .keep = options->keep, .frozen = client_now(client) };
	const struct roster **history;
	struct roster_view view;
	enum err code;

	if (!month_days(options->month, &ask.from, &ask.to))
		return error_set(err, ERR_INPUT, _("\"%s\" is no month: 2026-12"), options->month);
	code = client_roster_view(client, options->org, options->plan, ask.from, ask.to, arena,
				  &view, err);
	if (code == ERR_OK)
		code = read_history(client, options, ask.from, arena, &history, &ask.n_history, err);
	if (code == ERR_OK)
		code = read_pledged(client, &ask, arena, err);
	if (code != ERR_OK)
		return code;
	if (view.n_staff == 0)
		return error_set(err, ERR_NOT_FOUND, "%s",
				 _("nobody is in the list of people who stand duty there"));
	ask.history = history;
	roster_problem(&view, &ask, arena, ret_problem);
	return ERR_OK;
}

enum err reckon_new(struct client *client, const struct reckon_options *options,
		    struct reckon **ret_reckon, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct build_problem problem;
	struct reckon_info info;
	enum err code = make_problem(client, options, &arena, &problem, err);

	if (code != ERR_OK) {
		arena_release(&arena);
		return code;
	}
	info = (struct reckon_info){ arena_strdup(&arena, options->org),
				     arena_strdup(&arena, options->plan->code),
				     arena_strdup(&arena, options->month) };
	*ret_reckon = reckon_make(&arena, &problem, options, &info);
	return ERR_OK;
}

/* ---- what it would change ---- */

static const struct staff *staff_at(const struct build_problem *problem, int person)
{
	return person >= 0 ? problem->people[person].staff : NULL;
}

void reckon_changes(const struct reckon *reckon, const struct build_answer *answer,
		    struct arena *arena, struct reckon_change **ret_changes, size_t *ret_n)
{
	const struct build_problem *problem = reckon_problem(reckon);
	struct reckon_change *changes = arena_array(arena, problem->n_seats + 1, sizeof *changes);
	size_t n = 0;

	for (size_t s = 0; s < problem->n_seats; s++) {
		const struct build_seat *seat = &problem->seats[s];

		if (!seat->shut && seat->fixed < 0 && answer->who[s] != seat->was)
			changes[n++] = (struct reckon_change){ seat, staff_at(problem, seat->was),
							       staff_at(problem, answer->who[s]) };
	}
	*ret_changes = changes;
	*ret_n = n;
}

void reckon_shares(const struct reckon *reckon, const struct build_answer *answer,
		   struct arena *arena, struct reckon_share **ret_shares, size_t *ret_n)
{
	enum { WHOLE = 2, HALF = 1 };
	const struct build_problem *problem = reckon_problem(reckon);
	struct reckon_share *shares = arena_array(arena, problem->n_people + 1, sizeof *shares);

	for (size_t p = 0; p < problem->n_people; p++)
		shares[p] = (struct reckon_share){ .staff = problem->people[p].staff,
						   .before = problem->people[p].before,
						   .after = problem->people[p].before };
	for (size_t s = 0; s < problem->n_seats; s++) {
		const struct build_seat *seat = &problem->seats[s];
		struct reckon_share *share = &shares[answer->who[s] >= 0 ? answer->who[s] : 0];

		if (answer->who[s] < 0)
			continue;
		share->after += seat->weight;
		share->duties++;
		share->nights += seat->night;
		share->halves[seat->cls] += seat->standby ? HALF : WHOLE;
	}
	*ret_shares = shares;
	*ret_n = problem->n_people;
}

/* ---- doing it ---- */

static const char *words_of(const struct reckon_change *change, struct arena *arena)
{
	const struct need *need = &change->seat->need;
	struct cell cell = { .day = need->day,
			     .shift = need->shift->code,
			     .post = need->post->code,
			     .seat = need->seat };

	if (change->was != NULL)
		cell.was = change->was->head.id;
	if (change->now != NULL)
		cell.now = change->now->head.id;
	return cell_words(&cell, arena);
}

struct gift { /* arguments of an act */
	const struct act_desc *act;
	struct given *given;
	size_t n;
};

static void give(struct gift *gift, const char *name, struct value value)
{
	const struct field *field = act_arg_field(gift->act, name);

	if (field != NULL)
		gift->given[gift->n++] = (struct given){ field, value };
}

static void give_text(struct gift *gift, const char *name, const char *text)
{
	if (text != NULL)
		give(gift, name, (struct value){ .is_text = true, .text = text });
}

enum err reckon_save(struct client *client, const struct reckon *reckon,
		     const struct build_answer *answer, const char *despite,
		     struct client_done *ret_done, struct error *err)
{
	enum { OTHERS = 8 };
	const struct reckon_info *info = reckon_info(reckon);
	struct arena arena = ARENA_INIT;
	struct gift gift = { .act = act_desc_find("roster") };
	struct reckon_change *changes;
	struct uuid target;
	size_t n;
	enum err code;

	reckon_changes(reckon, answer, &arena, &changes, &n);
	if (n == 0 || info->org == NULL) {
		arena_release(&arena);
		return error_set(err, ERR_NOT_FOUND, "%s", _("there is nothing to change"));
	}
	gift.given = arena_array(&arena, n + OTHERS, sizeof *gift.given);
	give_text(&gift, "org", info->org);
	give_text(&gift, "plan_code", info->plan);
	give_text(&gift, "month", info->month);
	for (size_t i = 0; i < n; i++)
		give_text(&gift, "cell", words_of(&changes[i], &arena));
	give_text(&gift, "despite", despite);
	give(&gift, "score", (struct value){ .num = answer->score.unfair });
	if (answer->score.bound >= 0)
		give(&gift, "bound", (struct value){ .num = answer->score.bound });
	target = roster_id(info->org, info->plan, info->month);
	code = client_act(client, gift.act, &target, gift.given, gift.n, ret_done, err);
	arena_release(&arena);
	return code;
}
