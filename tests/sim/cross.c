/* Two at once: one officer's act waits at his console while another's on the same incident comes in
 * by the feed. */
#include <config.h>

#include "sim.h"

static bool sits(const struct proc *proc)
{
	return proc->alive && !proc->armed && client_actor(proc->client) != NULL &&
	       client_has_rules(proc->client);
}

/* A console at which somebody can act, other than `not`; -1: none. */
static int some_slot(struct world *world, int not)
{
	int from = (int)chance_below(&world->chance, SLOTS);

	for (int i = 0; i < SLOTS; i++) {
		int slot = (from + i) % SLOTS;
		const struct console *console = &world->consoles[slot];

		if (slot != not && console->used && !console->damage && sits(&console->procs[0]))
			return slot;
	}
	return -1;
}

/* All goes but what this console writes. */
static void deliver_but(struct world *world, int slot)
{
	for (size_t i = 0; i < FLIGHTS; i++) {
		struct flight *flight = &world->flights[i];
		bool held = flight->line != NULL && flight->line->slot == slot &&
			    flight->lane == LANE_WRITE;
		bool goes = flight->state == FLIGHT_OUT || flight->state == FLIGHT_BACK ||
			    (flight->state == FLIGHT_PARKED && flight->request.woken);

		if (goes && !held && (flight->line != NULL || flight->state == FLIGHT_OUT))
			flight_deliver(world, flight);
	}
}

static bool pick(struct world *world, struct client *client, struct uuid *ret_id)
{
	static const struct client_order board = { .field = NULL };
	struct client_page page;

	if (client_page(client, &board, NULL, PAGE_FROM, 6, &world->arena, &page, NULL) != ERR_OK ||
	    page.n == 0)
		return false;
	*ret_id = page.rows[chance_below(&world->chance, page.n)].incident->head.id;
	return true;
}

void step_cross(struct world *world)
{
	int a = some_slot(world, -1), b = a >= 0 ? some_slot(world, a) : -1;
	struct uuid id;

	if (b < 0 || world->server.service == NULL || world->server.armed ||
	    !pick(world, world->consoles[a].procs[0].client, &id))
		return;
	if (!officer_on(world, a, 0, "note", &id) || !officer_on(world, b, 0, "fix", &id))
		return;
	for (int round = 0; round < 6; round++) {
		if (!sits(&world->consoles[a].procs[0]) || !sits(&world->consoles[b].procs[0]))
			return;
		proc_work(world, a, 0);
		proc_work(world, b, 0);
		if (sits(&world->consoles[a].procs[0]))
			proc_poll(world, a, 0);
		server_tick(world);
		deliver_but(world, a);
		deliver_but(world, a);
		if (world->server.service == NULL)
			return;
		world->now += 250;
	}
	proc_poll(world, a, 0);
	if (sits(&world->consoles[a].procs[0]))
		check_fresh(world, a, world->consoles[a].procs[0].client);
	count_up(world, COUNT_crossed);
}
