/* Officers blow whistles, sign for them, report in with and without a code, dispute, extend, verify and
 * rate; as with incidents, mostly what is possible, and now and then what is not. */
#include <config.h>

#include "zhiban/client/arrival.h"
#include "zhiban/client/whistle.h"
#include "zhiban/domain/inspection.h"

#include "args.h"
#include "sim.h"

struct desk { /* an officer before a console, and the whistle he looks at */
	struct sim_seat seat;
	const struct whistle *whistle;
};

/* ---- what he says ---- */

/* Most shares are known by who acts; the blower and the centre must say whose. */
static const char *some_share(struct world *world, const struct whistle *whistle)
{
	if (whistle == NULL || whistle->shares.n == 0 || chance_one_in(&world->chance, 8))
		return NULL;
	return whistle_share(whistle, chance_below(&world->chance, whistle->shares.n))->org;
}

/* The code that some street's console shows at this moment for a share: its officer says it. */
static const char *code_heard(struct world *world, const struct desk *desk, const char *org)
{
	const char *code = NULL;

	for (int i = 0; code == NULL && i < SLOTS * PROCS; i++) {
		int slot = i / PROCS, at = i % PROCS;
		struct proc *proc = &world->consoles[slot].procs[at];
		struct client_arrivals codes;

		if ((slot == desk->seat.slot && at == desk->seat.at) ||
		    !world->consoles[slot].used || !proc->alive || proc_is_dead(world, slot, at) ||
		    world->consoles[slot].damage || client_actor(proc->client) == NULL)
			continue;
		as_proc(world, slot, at);
		if (client_arrival_codes(proc->client, desk->whistle, &world->arena, &codes,
					 NULL) != ERR_OK)
			codes.n = 0;
		for (size_t k = 0; k < codes.n; k++)
			if (str_eq(codes.codes[k].share->org, org))
				code = arena_strdup(&world->arena, codes.codes[k].digits);
		proc_leave(world, slot, at);
	}
	as_proc(world, desk->seat.slot, desk->seat.at);
	return code;
}

static void say_code(struct world *world, const struct desk *desk, const struct act_desc *desc,
		     const char *share, struct args *args)
{
	const char *own = client_actor(desk->seat.client)->org, *code = NULL;

	if (chance_one_in(&world->chance, 6) || !str_eq(desk->whistle->summons, "whistle"))
		return;
	if (!chance_one_in(&world->chance, 8))
		code = code_heard(world, desk, share != NULL ? share : own);
	if (code == NULL && !chance_one_in(&world->chance, 6))
		return;
	args_text(args, desc, "code", code != NULL ? code : "123456");
	if (code != NULL)
		count_up(world, COUNT_codes);
}

static void whistle_args(struct world *world, const struct desk *desk, const struct act_desc *desc,
			 const char *share, struct args *args)
{
	struct act_arg all[ACT_ARGS_MAX];
	size_t n = act_args(desc, all);

	if (strcmp(desc->verb, "report_in") == 0)
		say_code(world, desk, desc, share, args);
	if (share != NULL)
		args_text(args, desc, "share", share);
	if (strcmp(desc->verb, "settle") == 0 && chance_one_in(&world->chance, 2)) {
		args_text(args, desc, "ruling",
			  chance_one_in(&world->chance, 2) ? "replaced" : "lead");
		args_text(args, desc, "unit_org",
			  chance_one_in(&world->chance, 2) ? "roads" : "mains");
		args_text(args, desc, "reason", sim_words(world, "reason"));
		return;
	}
	for (size_t i = 0; i < n; i++)
		if (strcmp(all[i].field->name, "share") != 0 &&
		    strcmp(all[i].field->name, "code") != 0)
			args_give(world, desc, &all[i], args);
}

static void blow_args(struct world *world, const struct sim_seat *seat, const struct act_desc *desc,
		      struct args *args)
{
	static const char *const departments[] = { "roads", "water", "mains", "south" };
	size_t first = chance_below(&world->chance, ARRAY_LEN(departments));
	struct client_page page;
	char id[UUID_TEXT];

	args_text(args, desc, "title", sim_words(world, "whistle"));
	args_text(args, desc, "text", sim_words(world, "what it is about"));
	for (size_t i = 0; i < 1 + chance_below(&world->chance, 3); i++)
		args_text(args, desc, "assist",
			  departments[(first + i) % ARRAY_LEN(departments)]);
	if (chance_one_in(&world->chance, 3))
		args_text(args, desc, "cls", chance_one_in(&world->chance, 2) ? "major" : "minor");
	if (chance_one_in(&world->chance, 4))
		args_num(args, desc, "draft", 1);
	if (!chance_one_in(&world->chance, 3))
		return;
	page = sim_look(world, seat);
	if (page.n == 0)
		return;
	uuid_text(&page.rows[chance_below(&world->chance, page.n)].incident->head.id, id);
	args_text(args, desc, "incident", arena_strdup(&world->arena, id));
}

/* ---- what comes next ---- */

struct next {
	const char *verb, *share;
};

/* A share that is behind, and what it lacks. */
static struct next next_of_share(const struct whistle *whistle)
{
	for (size_t i = 0; i < whistle->shares.n; i++) {
		const struct summoned *share = whistle_share(whistle, i);
		const struct next steps[] = {
			{ share->signed_at == 0 ? "sign" : NULL, share->org },
			{ share->reported_at == 0 ? "report_in" : NULL, share->org },
			{ share->confirmed_at == 0 ? "confirm_in" : NULL, share->org },
			{ share->handled_at == 0 ? "handle" : NULL, share->org },
			{ share->replied_at == 0 ? "feedback" : NULL, share->org },
			{ share->verified_at == 0 ? "verify_ok" : NULL, share->org },
		};

		for (size_t k = 0; share_is_live(share) && k < ARRAY_LEN(steps); k++)
			if (steps[k].verb != NULL)
				return steps[k];
	}
	return (struct next){ NULL, NULL };
}

static struct next next_of_rating(const struct whistle *whistle)
{
	for (size_t i = 0; i < whistle->shares.n; i++) {
		const struct summoned *share = whistle_share(whistle, i);

		if (share_is_live(share) && share->rated_at == 0)
			return (struct next){ "rate", share->org };
		if (share_is_live(share) && share->judged_at == 0)
			return (struct next){ "judge", share->org };
	}
	return (struct next){ NULL, NULL };
}

static struct next next_of(const struct whistle *whistle)
{
	switch (whistle_step(whistle)) {
	case WHISTLE_DRAFT:
	case WHISTLE_RETURNED:
		return (struct next){ "submit", NULL };
	case WHISTLE_APPROVE:
		return (struct next){ "approve", NULL };
	case WHISTLE_CHECK:
		return (struct next){ "issue", NULL };
	case WHISTLE_ISSUED:
		return next_of_share(whistle);
	case WHISTLE_RATE:
		return next_of_rating(whistle);
	case WHISTLE_CLOSED:
	case WHISTLE_WITHDRAWN:
	case WHISTLE_REFUSED:
	case WHISTLE_STEPS:
		break;
	}
	return (struct next){ NULL, NULL };
}

/* Something beside the way that waits for somebody's word, in whatever step. */
static struct next asked_for(struct world *world, const struct whistle *whistle)
{
	const struct extension *extensions = whistle->asked_more.items;
	const struct supervision *supervisions = whistle->supervisions.items;
	bool yes = chance_one_in(&world->chance, 2);

	if ((whistle->proposed_at != 0 || whistle->listed_at != 0) &&
	    chance_one_in(&world->chance, 3))
		return (struct next){ "waive", NULL };
	for (size_t i = 0; i < whistle->shares.n; i++) {
		const struct summoned *share = whistle_share(whistle, i);

		if (share->claimed_at != 0 && share->settled_at == 0)
			return (struct next){ "settle", share->org };
		if (share->reported_at != 0 && share->handled_at == 0 &&
		    chance_one_in(&world->chance, 4))
			return (struct next){ share->confirmed_at == 0 ? "deny_in" : "extend_ask",
					      share->org };
		if (share->replied_at != 0 && share->verified_at == 0 && yes)
			return (struct next){ "verify_no", share->org };
	}
	for (size_t i = 0; i < whistle->asked_more.n; i++)
		if (extensions[i].decided_at == 0)
			return (struct next){ yes ? "extend_ok" : "extend_no", NULL };
	for (size_t i = 0; i < whistle->supervisions.n; i++)
		if (supervisions[i].lifted_at == 0)
			return (struct next){ supervisions[i].answered_at == 0 ? "respond" : "lift",
					      supervisions[i].org };
	if (whistle_step(whistle) == WHISTLE_APPROVE)
		return (struct next){ "disapprove", NULL };
	if (whistle_step(whistle) == WHISTLE_CHECK)
		return (struct next){ "return", NULL };
	if (whistle_step(whistle) == WHISTLE_RATE)
		return (struct next){ yes ? "close" : "judge", NULL };
	if (whistle->owed > 0)
		return (struct next){ "countersign", NULL };
	return (struct next){ yes ? "dispute" : chance_one_in(&world->chance, 3) ? "urge" : "supervise",
			      whistle->shares.n > 0 ? whistle_share(whistle, 0)->org : NULL };
}

/* ---- doing ---- */

static bool some_whistle(struct world *world, struct desk *desk)
{
	struct client_whistle *all;
	struct error err = ERROR_INIT;
	size_t n = 0;

	desk->whistle = NULL;
	if (client_whistles(desk->seat.client, 2, &world->arena, &all, &n, &err) != ERR_OK) {
		if (!sim_broken(world, &desk->seat))
			sim_fail(world, "the whistles: %s", err.text);
		return false;
	}
	for (int tries = 0; n > 0 && tries < 3; tries++) {
		desk->whistle = all[chance_below(&world->chance, n)].whistle;
		if (whistle_step(desk->whistle) == WHISTLE_ISSUED)
			break;
	}
	return true;
}

static void blow(struct world *world, struct desk *desk)
{
	const struct act_desc *desc = act_desc_of(KIND_WHISTLE, "blow");
	struct args args = { .n = 0 };

	blow_args(world, &desk->seat, desc, &args);
	if (sim_do(world, &desk->seat, desc, NULL, &args))
		count_up(world, COUNT_whistles);
}

static void do_it(struct world *world, struct desk *desk, const struct act_desc *desc,
		  const char *share)
{
	struct args args = { .n = 0 };
	struct uuid id = desk->whistle->head.id;

	whistle_args(world, desk, desc, share, &args);
	if (strcmp(desc->verb, "approve") == 0 || strcmp(desc->verb, "disapprove") == 0 ||
	    strcmp(desc->verb, "extend_ok") == 0 || strcmp(desc->verb, "lift") == 0)
		args.phone = (struct by_phone){ .role = "leader", .rung = "Leader",
						.wording = sim_words(world, "agreed") };
	if (sim_do(world, &desk->seat, desc, &id, &args))
		count_up(world, COUNT_whistle_acts);
}

/* Of those that are possible, each as often; of those that always are, not too many. */
static const struct act_desc *some_verb(struct world *world, const struct desk *desk)
{
	static const char *const always[] = { "note", "call", "propose", "waive", "urge",
					      "supervise", "withdraw" };
	const struct act_desc *fit[VERBS], *any = act_desc_of(KIND_WHISTLE, "note");
	size_t n = 0;

	for (size_t i = 0; i < act_desc_count() && n < VERBS; i++) {
		const struct act_desc *desc = act_desc_at(i);
		bool rare = false;

		if (desc->target != KIND_WHISTLE || desc->conflict == CONFLICT_CREATES ||
		    desc->flags & ACT_SYSTEM)
			continue;
		for (size_t k = 0; k < ARRAY_LEN(always); k++)
			rare = rare || strcmp(desc->verb, always[k]) == 0;
		if (rare && !chance_one_in(&world->chance, 5))
			continue;
		any = desc;
		if (client_whistle_possible(desk->seat.client, desk->whistle, desc, NULL) == ERR_OK)
			fit[n++] = desc;
	}
	return n == 0 || chance_one_in(&world->chance, 12) ? any
							   : fit[chance_below(&world->chance, n)];
}

/* The blower's console asks for what it makes codes from. */
static void ask_secrets(struct world *world, const struct desk *desk)
{
	struct worker *worker = world->consoles[desk->seat.slot].procs[desk->seat.at].worker;
	struct client_whistle *all;
	size_t n = 0;

	if (client_whistles(desk->seat.client, 0, &world->arena, &all, &n, NULL) != ERR_OK)
		return;
	for (size_t i = 0; i < n; i++) {
		struct ask ask = { .kind = ASK_ARRIVAL, .id = all[i].whistle->head.id };

		if (client_arrival_wanted(desk->seat.client, all[i].whistle))
			worker_ask(worker, &ask);
	}
}

static bool is_role(const struct desk *desk, const char *role)
{
	return strcmp(client_actor(desk->seat.client)->role, role) == 0;
}

/* Streets do it most; the centre's are of a simple kind. */
void officer_blow(struct world *world)
{
	struct desk desk;
	bool street = false;

	for (int tries = 0; tries < 10 && !street; tries++)
		street = sim_take_seat(world, &desk.seat) && is_role(&desk, "street");
	if (!street && (!sim_take_high_seat(world, &desk.seat) || !chance_one_in(&world->chance, 4)))
		return;
	blow(world, &desk);
}

/* Where there is a whistle, if such a seat is found soon. */
static bool sit_with_one(struct world *world, struct desk *desk)
{
	for (int tries = 0; tries < 6; tries++) {
		if (!(chance_one_in(&world->chance, 3) ? sim_take_high_seat(world, &desk->seat)
						       : sim_take_seat(world, &desk->seat)))
			continue;
		if (some_whistle(world, desk) && desk->whistle != NULL)
			return true;
		proc_leave(world, desk->seat.slot, desk->seat.at);
		world->seated = false;
	}
	return false;
}

/* Some acts on one, of which each may be what another does at his console meanwhile. */
void officer_whistle(struct world *world)
{
	struct desk desk;

	if (!sit_with_one(world, &desk))
		return;
	for (size_t i = 0; i < 3 + chance_below(&world->chance, 6); i++) {
		struct next next = { NULL, NULL };

		if (sim_broken(world, &desk.seat) || !some_whistle(world, &desk) ||
		    desk.whistle == NULL)
			return;
		ask_secrets(world, &desk);
		if (chance_one_in(&world->chance, 3))
			next = next_of(desk.whistle);
		else if (chance_one_in(&world->chance, 2))
			next = asked_for(world, desk.whistle);
		if (next.verb != NULL)
			do_it(world, &desk, act_desc_of(KIND_WHISTLE, next.verb), next.share);
		else
			do_it(world, &desk, some_verb(world, &desk),
			      some_share(world, desk.whistle));
	}
}

/* One whistle as far as it goes, act behind act, from a seat that may record most for others. */
void officer_whistle_course(struct world *world)
{
	size_t length = 1 + chance_below(&world->chance, 16);
	struct client_whistle shown;
	struct desk desk;
	struct uuid id;

	if (!sim_take_high_seat(world, &desk.seat) || !some_whistle(world, &desk) ||
	    desk.whistle == NULL)
		return;
	id = desk.whistle->head.id;
	for (size_t i = 0; i < length && !sim_broken(world, &desk.seat); i++) {
		struct next next;

		if (client_whistle_get(desk.seat.client, &id, &world->arena, &shown, NULL) != ERR_OK)
			return;
		desk.whistle = shown.whistle;
		next = next_of(desk.whistle);
		if (next.verb == NULL)
			return;
		do_it(world, &desk, act_desc_of(KIND_WHISTLE, next.verb), next.share);
		if (strcmp(next.verb, "issue") == 0 && !chance_one_in(&world->chance, 4))
			return; /* the departments have their turn */
	}
}

/* A street's screen is open. */
void officer_secrets(struct world *world)
{
	struct desk desk;

	for (int tries = 0; tries < 12; tries++) {
		if (!sim_take_seat(world, &desk.seat))
			continue;
		if (is_role(&desk, "street")) {
			ask_secrets(world, &desk);
			return;
		}
	}
}

/* A periodic check of his organisation, done or done again. */
void officer_inspect(struct world *world)
{
	const struct act_desc *desc = act_desc_of(KIND_INSPECTION, "inspect");
	const int64_t day = INT64_C(86400000);
	struct check_due checks[CHECKS_MOST];
	struct args args = { .n = 0 };
	struct desk desk;
	size_t n = 0;

	for (int tries = 0; tries < 6 && n == 0; tries++)
		if (sim_take_seat(world, &desk.seat))
			n = checks_due(client_rules(desk.seat.client),
				       client_actor(desk.seat.client)->org,
				       client_now(desk.seat.client) - day,
				       client_now(desk.seat.client) + day, checks);
	if (n == 0)
		return;
	n = chance_below(&world->chance, n);
	args_text(&args, desc, "label", checks[n].label);
	args_num(&args, desc, "due", checks[n].due);
	args_text(&args, desc, "found", sim_words(world, "found"));
	(void)sim_do(world, &desk.seat, desc, NULL, &args);
}
