/* A quiet point: no more faults, everything is delivered, until all are in step. */
#include <config.h>

#include "sim.h"

enum { ROUNDS = 600, MOVED_MS = 300, STILL_MS = 4000, DIGEST_MS = 11 * 60 * 1000, LOGIN_EVERY = 6,
       STILL_ROUNDS = 4 /* what the last to write set off has gone round by then */ };

static bool turn(struct world *world)
{
	bool moved = false;

	for (int slot = 0; slot < SLOTS; slot++)
		for (int at = 0; world->consoles[slot].used && at < PROCS; at++)
			if (world->consoles[slot].procs[at].alive)
				proc_work(world, slot, at);
	server_tick(world);
	moved = network_deliver_all(world);
	check_step(world);
	return moved;
}

/* The server has been put back to before it knew this console: it is enrolled again by a code. */
static void enroll_unknown(struct world *world, int slot)
{
	struct console *console = &world->consoles[slot];
	struct arena arena = ARENA_INIT;
	struct db_console row;
	enum err code = db_sqlite.console_get(server_reader(world), &console->id, &arena, &row,
					      NULL);

	arena_release(&arena);
	if (code != ERR_NOT_FOUND)
		return;
	for (int at = 0; at < PROCS; at++)
		proc_kill(world, slot, at);
	console_enroll(world, slot);
	count_up(world, COUNT_enrolled_anew);
	(void)proc_start(world, slot, 0);
}

/* Whose acts wait for a token, or else who was here last. */
static bool wants_login(struct world *world, int slot, char officer[64])
{
	struct console *console = &world->consoles[slot];
	struct outbox_who who;
	struct outbox_row *rows;
	size_t n;

	console_look(world, slot, &rows, &n);
	for (size_t i = 0; i < n; i++) {
		if (rows[i].state >= ACT_ANSWERED)
			continue;
		if (outbox_who(console->look, rows[i].officer, &world->arena, &who, NULL) !=
			    ERR_OK ||
		    who.token[0] == '\0') {
			snprintf(officer, 64, "%s", rows[i].officer);
			return true;
		}
	}
	if (outbox_who(console->look, NULL, &world->arena, &who, NULL) == ERR_OK &&
	    who.token[0] != '\0' && !console->wants_login)
		return false;
	return store_meta_text(console->look, "last", officer, 64);
}

static void log_in(struct world *world)
{
	char officer[64];

	for (int slot = 0; slot < SLOTS; slot++) {
		if (!world->consoles[slot].used)
			continue;
		enroll_unknown(world, slot);
		if (wants_login(world, slot, officer))
			console_login(world, slot, officer);
	}
}

static bool in_step(struct world *world)
{
	for (int slot = 0; slot < SLOTS; slot++) {
		const struct proc *holder;

		if (!world->consoles[slot].used)
			continue;
		holder = console_holder(world, slot);
		if (holder == NULL || !worker_in_step(holder->worker))
			return false;
	}
	return true;
}

static void say_who(struct world *world)
{
	for (int slot = 0; slot < SLOTS; slot++) {
		struct console *console = &world->consoles[slot];
		struct client_link link;
		struct proc *holder;
		char last[64];

		if (!console->used)
			continue;
		holder = console_holder(world, slot);
		printf("# c%d: %s lock, %s\n", slot, holder != NULL ? "has the" : "no",
		       holder != NULL && worker_in_step(holder->worker) ? "in step"
									: "not in step");
		if (holder == NULL)
			continue;
		proc_poll(world, slot, (int)(holder - console->procs));
		client_link(holder->client, &link);
		store_meta_text(console->look, "last", last, sizeof last);
		printf("#   link %d %s pending %u unsent %u cursor %lld, last officer %s\n",
		       (int)link.state, link.reason, link.pending, link.unsent,
		       (long long)link.cursor, last);
	}
}

static void settle(struct world *world)
{
	int still = 0;

	for (int round = 0; round < ROUNDS; round++) {
		bool moved = turn(world);

		if (!in_step(world))
			still = 0;
		/* an answer that just went out may bring what its console cannot know yet: a clock
		 * that fired in this very round */
		else if (++still >= STILL_ROUNDS && !moved)
			return;
		if (round % LOGIN_EVERY == 0)
			log_in(world);
		world->now += moved ? MOVED_MS : STILL_MS;
		arena_reset(&world->arena);
	}
	say_who(world);
	sim_fail(world, "not in step after %d rounds without a fault", ROUNDS);
}

static bool any_damage(const struct world *world)
{
	for (int slot = 0; slot < SLOTS; slot++)
		if (world->consoles[slot].used && world->consoles[slot].damage)
			return true;
	return false;
}

void quiet(struct world *world)
{
	world->quiet = true;
	sim_say(world, "quiet");
	server_arm(world, NULL);
	server_start(world);
	for (int slot = 0; slot < SLOTS; slot++) {
		struct console *console = &world->consoles[slot];
		bool any = false;

		for (int at = 0; console->used && at < PROCS; at++) {
			any |= console->procs[at].alive;
			if (console->procs[at].alive && world->disk != NULL)
				proc_arm(world, slot, at, NULL);
		}
		if (console->used && !any)
			(void)proc_start(world, slot, 0);
	}
	settle(world);
	if (any_damage(world)) { /* the digest finds it */
		world->now += DIGEST_MS;
		settle(world);
		for (int slot = 0; slot < SLOTS; slot++)
			world->consoles[slot].damage = false;
	}
	for (int slot = 0; slot < SLOTS; slot++)
		world->consoles[slot].cleared = false;
	check_quiet(world);
	world->quiet = false;
	sim_say(world, "quiet: all in step");
}
