/* The steps: what can happen, how often, and what it does. */
#include <config.h>

#include "sim.h"

/* ---- the network ---- */

static void step_deliver(struct world *world)
{
	static const enum flight_state legs[] = { FLIGHT_OUT, FLIGHT_BACK, FLIGHT_PARKED,
						  FLIGHT_OUT };
	size_t first = chance_below(&world->chance, ARRAY_LEN(legs));

	for (size_t i = 0; i < ARRAY_LEN(legs); i++) {
		struct flight *flight = flight_pick(world, legs[(first + i) % ARRAY_LEN(legs)]);

		if (flight != NULL) {
			flight_deliver(world, flight);
			return;
		}
	}
}

static void step_lose_request(struct world *world)
{
	struct flight *flight = flight_pick(world, FLIGHT_OUT);

	if (flight != NULL)
		flight_lose(world, flight);
}

static void step_lose_answer(struct world *world)
{
	struct flight *flight = flight_pick(world, FLIGHT_BACK);

	if (flight == NULL) { /* the server does it, and nobody hears of it; acts above all */
		for (int i = 0; i < 4 && (flight == NULL || flight->lane != LANE_WRITE); i++)
			flight = flight_pick(world, FLIGHT_OUT);
		if (flight == NULL || flight->line == NULL)
			return;
		flight_deliver(world, flight);
		if (flight->state != FLIGHT_BACK)
			return;
	}
	flight_lose(world, flight);
}

static void step_double(struct world *world)
{
	struct flight *flight = flight_pick(world, FLIGHT_OUT);

	if (flight != NULL)
		flight_double(world, flight);
}

static void step_spoil(struct world *world)
{
	struct flight *flight = flight_pick(world, FLIGHT_BACK);

	if (flight != NULL)
		flight_spoil(world, flight);
}

/* A while without faults: so that consoles get far enough for the next ones to matter. */
static void step_flow(struct world *world)
{
	for (int round = 0; round < 6; round++) {
		for (int slot = 0; slot < SLOTS; slot++)
			for (int at = 0; world->consoles[slot].used && at < PROCS; at++)
				if (world->consoles[slot].procs[at].alive)
					proc_work(world, slot, at);
		server_tick(world);
		(void)network_deliver_all(world);
		world->now += 120;
	}
}

/* ---- time ---- */

static void step_time(struct world *world)
{
	static const int64_t longest[] = { 500, 500, 5000, 5000, 60000, 700000, 4000000 };
	size_t which = chance_below(&world->chance, ARRAY_LEN(longest));

	world->now += 1 + (int64_t)chance_below(&world->chance, (uint64_t)longest[which]);
	server_tick(world);
}

static void step_days(struct world *world)
{
	world->now += (int64_t)chance_below(&world->chance, 20) * 3600 * 1000;
	server_tick(world);
}

/* To the middle of the quiet hours, and to their end. */
static void step_night(struct world *world)
{
	enum { HOUR = 3600 * 1000, DAY = 24 * HOUR, OFFSET = 8 * HOUR, MIDNIGHT = DAY, END = 7 * HOUR };
	int64_t of_day = (world->now + world->server.station.skew + OFFSET) % DAY;

	world->now += MIDNIGHT - of_day + (int64_t)chance_below(&world->chance, 3 * HOUR);
	server_tick(world);
	of_day = (world->now + world->server.station.skew + OFFSET) % DAY;
	world->now += END - of_day + 1000;
	for (int i = 0; i < 4; i++) {
		server_tick(world);
		world->now += 250;
	}
}

static void unsteady(struct world *world, unsigned slots)
{
	for (size_t i = 0; i < world->ledger.n; i++)
		if (world->ledger.items[i].slots & slots)
			world->ledger.items[i].steady = false;
}

static void step_console_clock(struct world *world)
{
	static const int64_t far[] = { 2000, 60000, 3600000, 5 * INT64_C(86400000) };
	int slot = (int)chance_below(&world->chance, SLOTS);
	int64_t most = far[chance_below(&world->chance, ARRAY_LEN(far))];

	if (!world->consoles[slot].used)
		return;
	world->consoles[slot].station.skew =
		(int64_t)chance_below(&world->chance, (uint64_t)most * 2) - most;
	unsteady(world, 1u << slot);
	count_up(world, COUNT_clock_jumps);
	sim_say(world, "c%d: clock %+lld ms", slot, (long long)world->consoles[slot].station.skew);
}

static void step_server_clock(struct world *world)
{
	int64_t before = world->server.station.skew;

	world->server.station.skew = (int64_t)chance_below(&world->chance, 6000) - 3000;
	if (world->server.station.skew < before) /* its own time does not run backwards far */
		world->now += before - world->server.station.skew;
	unsteady(world, ~0u);
}

/* ---- processes ---- */

static void step_work(struct world *world)
{
	int slot, at;

	if (proc_any(world, &slot, &at) != NULL)
		proc_work(world, slot, at);
}

static void step_poll(struct world *world)
{
	int slot, at;

	if (proc_any(world, &slot, &at) != NULL)
		proc_poll(world, slot, at);
}

static void step_compare_faces(struct world *world)
{
	struct proc *proc;
	int slot, at;

	proc = proc_any(world, &slot, &at);
	if (proc == NULL || proc->armed || world->consoles[slot].damage)
		return;
	proc_poll(world, slot, at);
	if (proc->alive)
		check_fresh(world, slot, proc->client);
}

static struct flight *news_of_own_act(struct world *world)
{
	struct flight *act = NULL, *news;

	for (int i = 0; i < 6 && (act == NULL || act->lane != LANE_WRITE); i++)
		act = flight_pick(world, FLIGHT_OUT);
	if (act == NULL || act->lane != LANE_WRITE || act->line == NULL || world->server.armed ||
	    world->server.service == NULL)
		return NULL;
	news = act->line->lane[LANE_READ];
	flight_deliver(world, act); /* its answer stays on the way: the feed is faster */
	world->now += 250;
	server_tick(world);
	if (news == NULL || (news->state == FLIGHT_PARKED && !news->request.woken))
		return NULL;
	flight_deliver(world, news);
	return news->state == FLIGHT_BACK ? news : NULL;
}

/* The process dies while it takes an answer in, between any two writes; its successor looks first. */
static void step_die_over_answer(struct world *world)
{
	struct fault fault = { .how = FAULT_KILL,
			       .calls = CALLS(CALL_WRITE) | CALLS(CALL_SYNC) | CALLS(CALL_TRUNCATE),
			       .at = 1 + (long)chance_below(&world->chance, 24) };
	struct flight *flight = news_of_own_act(world);
	int slot, at = 0;

	if (flight == NULL)
		flight = flight_pick(world, FLIGHT_BACK);
	if (flight == NULL) {
		flight = flight_pick(world, FLIGHT_PARKED);
		if (flight == NULL)
			flight = flight_pick(world, FLIGHT_OUT);
		if (flight == NULL || flight->line == NULL || world->server.armed)
			return;
		flight_deliver(world, flight);
		if (flight->state != FLIGHT_BACK)
			return;
	}
	slot = flight->line->slot;
	while (at + 1 < PROCS && flight->line != &world->consoles[slot].procs[at].line)
		at++;
	flight_deliver(world, flight);
	proc_arm(world, slot, at, &fault);
	proc_work(world, slot, at);
	if (world->consoles[slot].procs[at].alive) {
		proc_arm(world, slot, at, NULL);
		return;
	}
	(void)proc_start(world, slot, at);
	proc_poll(world, slot, at);
	count_up(world, COUNT_deaths_over_answers);
}

static void step_kill(struct world *world)
{
	int slot, at;

	if (proc_any(world, &slot, &at) == NULL)
		return;
	if (chance_one_in(&world->chance, 3))
		proc_kill(world, slot, at);
	else
		proc_kill_hard(world, slot, at);
	count_up(world, COUNT_kills);
}

/* A fault at some call to come; deaths, errors, and a full disk that stays full for a while. */
static struct fault some_fault(struct world *world, bool deadly)
{
	static const enum fault_how deaths[] = { FAULT_KILL, FAULT_KILL, FAULT_KILL_TORN };
	static const enum fault_how errors[] = { FAULT_IO, FAULT_FULL, FAULT_TORN };
	struct fault fault = { .how = deadly ? deaths[chance_below(&world->chance, 3)]
					     : errors[chance_below(&world->chance, 3)],
			       .calls = chance_one_in(&world->chance, 2) ? CALLS_CHANGE : 0,
			       .at = 1 + (long)chance_below(&world->chance, 30) };

	fault.forever = fault.how == FAULT_FULL && chance_one_in(&world->chance, 2);
	return fault;
}

static void step_kill_at(struct world *world)
{
	struct fault fault = some_fault(world, true);
	int slot, at;

	if (proc_any(world, &slot, &at) != NULL)
		proc_arm(world, slot, at, &fault);
}

static void step_disk_error(struct world *world)
{
	struct fault fault = some_fault(world, false);
	int slot, at;

	if (proc_any(world, &slot, &at) != NULL)
		proc_arm(world, slot, at, &fault);
}

static void step_kill_server_at(struct world *world)
{
	struct fault fault = some_fault(world, true);

	if (world->server.service != NULL)
		server_arm(world, &fault);
}

static void step_server_disk_error(struct world *world)
{
	struct fault fault = some_fault(world, false);

	if (world->server.service != NULL)
		server_arm(world, &fault);
}

static void step_power_cut(struct world *world)
{
	int slot, at;

	if (proc_any(world, &slot, &at) == NULL)
		return;
	console_power_cut(world, slot);
	(void)proc_start(world, slot, at);
}

/* The one who writes the cache dies while another process waits for the lock. */
static void step_kill_holder(struct world *world)
{
	int slot = (int)chance_below(&world->chance, SLOTS);
	struct proc *holder;

	if (!world->consoles[slot].used)
		return;
	holder = console_holder(world, slot);
	if (holder == NULL)
		return;
	(void)proc_start(world, slot, 0);
	(void)proc_start(world, slot, 1);
	proc_kill_hard(world, slot, (int)(holder - world->consoles[slot].procs));
	count_up(world, COUNT_kills);
}

static void step_start(struct world *world)
{
	int slot = (int)chance_below(&world->chance, SLOTS);

	for (int i = 0; i < SLOTS; i++, slot = (slot + 1) % SLOTS) {
		int at = (int)chance_below(&world->chance, PROCS);

		if (world->consoles[slot].used && proc_start(world, slot, at))
			return;
	}
}

static void step_kill_server(struct world *world)
{
	if (world->server.service == NULL)
		return;
	if (chance_one_in(&world->chance, 3))
		server_stop(world);
	else
		server_kill(world);
	count_up(world, COUNT_server_kills);
}

static void step_start_server(struct world *world)
{
	server_start(world);
}

static void step_backup(struct world *world)
{
	server_backup(world);
}

static void step_restore(struct world *world)
{
	(void)server_restore(world);
}

/* ---- officers and rules ---- */

static const char *some_officer(struct world *world)
{
	const struct sim_officer *officers;
	size_t n = sim_officers(&officers);

	return officers[chance_below(&world->chance, n)].name;
}

static void step_login(struct world *world)
{
	int slot = (int)chance_below(&world->chance, SLOTS);

	if (world->consoles[slot].used)
		console_login(world, slot, some_officer(world));
}

static void step_logout(struct world *world)
{
	int slot = (int)chance_below(&world->chance, SLOTS);

	if (world->consoles[slot].used)
		console_logout(world, slot);
}

/* A new PIN ends all sessions of the officer. */
static void step_token(struct world *world)
{
	char form[100];

	if (world->server.service == NULL)
		return;
	snprintf(form, sizeof form, "op=passwd\nname=%s\npin=%s\n", some_officer(world), sim_pin);
	if (server_admin(world, "/v1/admin/officers", NULL, form, strlen(form), NULL))
		count_up(world, COUNT_tokens_dropped);
}

/* To another organisation, another role, or one that sees all or nothing; sessions stay. */
static void step_scope(struct world *world)
{
	static const struct sim_officer places[] = {
		{ NULL, "roads", "dept" },     { NULL, "water", "dept" },  { NULL, "mains", "dept" },
		{ NULL, "north", "street" },   { NULL, "northa", "street" }, { NULL, "centre", "duty" },
		{ NULL, "centre", "leader" },  { NULL, "centre", "duty" }, { NULL, "roads", "auditor" },
		{ NULL, "centre", "sysadmin" },
	};
	size_t at = chance_below(&world->chance, ARRAY_LEN(places));

	server_move_officer(world, some_officer(world), places[at].org, places[at].role);
}

static void step_adopt(struct world *world)
{
	server_adopt(world);
}

/* ---- the table ---- */

static const struct {
	const char *name;
	unsigned weight;
	void (*run)(struct world *world);
	bool always; /* in every run; the others in some */
} kinds[] = {
	{ "act", 124, officer_act, true },
	{ "bulk", 6, officer_bulk, false },
	{ "fix", 14, officer_fix_same, false },
	{ "register", 30, officer_register, true },
	{ "note", 24, officer_note, false },
	{ "erase", 6, step_erase, false },
	{ "mode", 3, officer_mode, false },
	{ "course", 20, officer_course, true },
	{ "countersign", 8, officer_countersign, true },
	{ "restrict", 16, officer_restrict, true },
	{ "unanswered", 14, officer_unanswered, true },
	{ "notice", 14, officer_notice, true },
	{ "secrets", 36, officer_secrets, true },
	{ "inspect", 4, officer_inspect, true },
	{ "blow", 18, officer_blow, true },
	{ "whistle", 58, officer_whistle, true },
	{ "staff", 10, officer_staff, true },
	{ "roster", 16, officer_roster, true },
	{ "roster-change", 20, officer_roster_change, true },
	{ "swap", 22, officer_swap, true },
	{ "handover", 16, officer_handover, true },
	{ "log", 8, officer_log, true },
	{ "convene", 10, officer_convene, true },
	{ "meeting", 10, officer_meeting, true },
	{ "sitting", 10, officer_sitting, true },
	{ "meeting-course", 14, officer_meeting_course, true },
	{ "meeting-any", 32, officer_meeting_any, true },
	{ "whistle-course", 24, officer_whistle_course, true },
	{ "send-for", 3, officer_sends_for, false },
	{ "desk", 24, officer_desk, false },
	{ "take-back", 6, officer_take_back, false },
	{ "poll", 50, step_poll, true },
	{ "work", 120, step_work, true },
	{ "deliver", 120, step_deliver, true },
	{ "flow", 24, step_flow, true },
	{ "lose-request", 16, step_lose_request, false },
	{ "lose-answer", 16, step_lose_answer, false },
	{ "double", 14, step_double, false },
	{ "spoil", 14, step_spoil, false },
	{ "time", 40, step_time, true },
	{ "days", 2, step_days, false },
	{ "night", 2, step_night, false },
	{ "console-clock", 4, step_console_clock, false },
	{ "server-clock", 2, step_server_clock, false },
	{ "cross", 30, step_cross, false },
	{ "compare-faces", 12, step_compare_faces, true },
	{ "die-over-answer", 24, step_die_over_answer, false },
	{ "kill", 8, step_kill, false },
	{ "kill-holder", 4, step_kill_holder, false },
	{ "kill-at", 8, step_kill_at, false },
	{ "disk-error", 4, step_disk_error, false },
	{ "power-cut", 2, step_power_cut, false },
	{ "kill-server-at", 4, step_kill_server_at, false },
	{ "server-disk-error", 2, step_server_disk_error, false },
	{ "start", 24, step_start, true },
	{ "kill-server", 4, step_kill_server, false },
	{ "start-server", 24, step_start_server, true },
	{ "backup", 3, step_backup, false },
	{ "restore", 2, step_restore, false },
	{ "login", 12, step_login, false },
	{ "logout", 4, step_logout, false },
	{ "token", 2, step_token, false },
	{ "scope", 3, step_scope, false },
	{ "adopt", 1, step_adopt, false },
	{ "clone", 2, step_clone, false },
	{ "delete-cache", 2, step_delete_cache, false },
	{ "damage-cache", 2, step_damage_cache, false },
	{ "quiet", 2, quiet, true },
};

size_t step_kinds(void)
{
	return ARRAY_LEN(kinds);
}

const char *step_name(unsigned kind)
{
	return kind < ARRAY_LEN(kinds) ? kinds[kind].name : "?";
}

bool step_find(const char *name, unsigned *ret_kind)
{
	for (unsigned i = 0; i < ARRAY_LEN(kinds); i++) {
		if (strcmp(kinds[i].name, name) != 0)
			continue;
		*ret_kind = i;
		return true;
	}
	return false;
}

/* Each run leaves some kinds out and has more of others: what is rare together happens too. */
void steps_draw(uint64_t seed, struct sim_step *steps, size_t n)
{
	static const unsigned more[] = { 0, 1, 1, 2, 4 };
	struct chance chance = { seed * UINT64_C(0x2545F4914F6CDD1D) + 1 };
	unsigned weights[ARRAY_LEN(kinds)], sum = 0;

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		weights[i] = kinds[i].weight;
		if (!kinds[i].always)
			weights[i] *= more[chance_below(&chance, ARRAY_LEN(more))];
		sum += weights[i];
	}
	for (size_t i = 0; i < n; i++) {
		uint64_t at = chance_below(&chance, sum);
		unsigned kind = 0;

		for (; at >= weights[kind]; kind++)
			at -= weights[kind];
		steps[i] = (struct sim_step){ kind, chance_next(&chance) };
	}
	if (n > 0)
		steps[n - 1].kind = ARRAY_LEN(kinds) - 1; /* quiet, at the end */
}

void step_run(struct world *world, const struct sim_step *step)
{
	world_reseed(world, step);
	world->seated = false;
	kinds[step->kind].run(world);
	if (world->seated)
		proc_leave(world, world->seat_slot, world->seat_at);
	check_step(world);
	arena_reset(&world->arena);
	count_up(world, COUNT_steps);
}
