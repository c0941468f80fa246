/* Consoles of the simulation: folders, and the processes on them. */
#include <config.h>

#include <unistd.h>

#include "zhiban/store/cache.h"
#include "zhiban/store/outbox_renew.h"
#include "zhiban/wire/act.h"
#include "zhiban/wire/message.h"

#include "sim.h"

/* ---- the disk as each process sees it ---- */

static void disk_name(char name[16], int slot, int at)
{
	snprintf(name, 16, "c%d.%d", slot, at);
}

void as_proc(struct world *world, int slot, int at)
{
	char name[16];

	disk_name(name, slot, at);
	if (world->disk != NULL)
		faultfs_enter(world->disk, name);
}

void as_sim(struct world *world)
{
	if (world->disk != NULL)
		faultfs_enter(world->disk, "");
}

bool proc_is_dead(const struct world *world, int slot, int at)
{
	char name[16];

	disk_name(name, slot, at);
	return world->disk != NULL && faultfs_is_dead(world->disk, name);
}

bool proc_fired(const struct world *world, int slot, int at)
{
	char name[16];

	disk_name(name, slot, at);
	return world->disk != NULL && world->consoles[slot].procs[at].armed &&
	       faultfs_fired(world->disk, name);
}

void proc_arm(struct world *world, int slot, int at, const struct fault *fault)
{
	char name[16];

	disk_name(name, slot, at);
	faultfs_fail(world->disk, name, fault);
	world->consoles[slot].procs[at].armed = fault != NULL;
	world->consoles[slot].procs[at].lasting = fault != NULL && fault->forever;
	if (fault != NULL)
		sim_say(world, "c%d.%d: its disk will fail (%d) at call %ld", slot, at,
			(int)fault->how, fault->at);
}

/* After whatever a process did: it may have died of it. */
static void bury(struct world *world, int slot, int at)
{
	struct proc *proc = &world->consoles[slot].procs[at];

	if (!proc_is_dead(world, slot, at))
		return;
	sim_say(world, "c%d.%d dies", slot, at);
	client_close(proc->client);
	worker_free(proc->worker);
	line_cut(&proc->line);
	*proc = (struct proc){ .alive = false };
	count_up(world, COUNT_kills_at_a_call);
}

void proc_leave(struct world *world, int slot, int at)
{
	if (proc_is_dead(world, slot, at) || proc_fired(world, slot, at))
		world->consoles[slot].untold = true;
	bury(world, slot, at);
	if (proc_fired(world, slot, at) && !world->consoles[slot].procs[at].lasting) {
		count_up(world, COUNT_disk_faults);
		proc_arm(world, slot, at, NULL);
	}
	as_sim(world);
}

void console_open(struct world *world, int slot)
{
	struct console *console = &world->consoles[slot];
	struct error err = ERROR_INIT;

	console->used = true;
	sim_must(world, outbox_open(console->dir, false, &console->look, &err), &err,
		 "looking into an outbox");
	console->look_version = -1;
	console->id = outbox_console(console->look);
	(void)proc_start(world, slot, 0);
}

void console_close(struct world *world, int slot)
{
	struct console *console = &world->consoles[slot];

	for (int i = 0; i < PROCS; i++)
		if (console->procs[i].alive)
			proc_kill(world, slot, i);
	store_close(console->look);
	console->look = NULL;
	console->used = false;
}

/* ---- processes ---- */

bool proc_start(struct world *world, int slot, int at)
{
	struct console *console = &world->consoles[slot];
	struct proc *proc = &console->procs[at];
	struct client_options face = { .dir = console->dir, .env = &console->station.env };
	struct worker_options options = { .dir = console->dir,
					  .url = "https://sim",
					  .env = &console->station.env,
					  .transport = &proc->line.transport };
	struct error err = ERROR_INIT;

	if (proc->alive)
		return false;
	line_open(&proc->line, world, slot);
	as_proc(world, slot, at);
	if (world->disk != NULL)
		proc_arm(world, slot, at, NULL);
	sim_must(world, client_open(&face, &proc->client, &err), &err, "a console opens");
	sim_must(world, worker_new(&options, &proc->worker, &err), &err, "a worker opens");
	proc->alive = true;
	as_sim(world);
	sim_say(world, "c%d.%d starts", slot, at);
	return true;
}

/* Readers of one process must not hold up the end of another for real time. */
static void let_go(struct console *console)
{
	for (int i = 0; i < PROCS; i++)
		if (console->procs[i].alive)
			client_let_go(console->procs[i].client);
}

void proc_kill(struct world *world, int slot, int at)
{
	struct console *console = &world->consoles[slot];
	struct proc *proc = &console->procs[at];

	if (!proc->alive)
		return;
	sim_say(world, "c%d.%d ends", slot, at);
	let_go(console);
	as_proc(world, slot, at);
	client_close(proc->client);
	worker_free(proc->worker);
	line_cut(&proc->line);
	*proc = (struct proc){ .alive = false };
	as_sim(world);
}

/* As kill -9 does it: nothing is put in order before the end. */
void proc_kill_hard(struct world *world, int slot, int at)
{
	char name[16];

	if (!world->consoles[slot].procs[at].alive)
		return;
	if (world->disk == NULL) {
		proc_kill(world, slot, at);
		return;
	}
	disk_name(name, slot, at);
	as_proc(world, slot, at);
	faultfs_kill(world->disk, name);
	proc_leave(world, slot, at);
}

/* A cache that nothing has damaged is what the server has. */
static void check_defect(struct world *world, int slot, const char *text)
{
	const struct console *console = &world->consoles[slot];

	if (strstr(text, "the cache differed") != NULL && !console->damage && !console->cleared &&
	    !console->copied)
		sim_fail(world, "c%d: %s", slot, text);
}

static void hear(struct world *world, int slot, struct proc *proc)
{
	struct tell tell;

	while (worker_told(proc->worker, &tell)) {
		if (tell.kind == TELL_LINK)
			world->consoles[slot].wants_login = tell.link.state == LINK_LOGIN;
		if (tell.kind == TELL_DEFECT) {
			sim_say(world, "c%d says: %s", slot, tell.text);
			check_defect(world, slot, tell.text);
		}
		if (tell.kind == TELL_VIEW) {
			sim_say(world, "c%d says: %s", slot, tell.text);
			count_up(world, COUNT_views_said);
		} else if (tell.kind == TELL_REFUSED)
			sim_say(world, "c%d refused: %s", slot, tell.text);
		else if (tell.kind == TELL_LOGIN)
			sim_say(world, "c%d log-in: %s", slot, tell.text);
	}
}

void proc_work(struct world *world, int slot, int at)
{
	struct console *console = &world->consoles[slot];
	struct proc *proc = &console->procs[at];
	struct error err = ERROR_INIT;
	bool held = worker_has_lock(proc->worker);
	enum err code;

	as_proc(world, slot, at);
	code = worker_step(proc->worker, 0, &err);
	if (code != ERR_OK && !console->damage && !proc_fired(world, slot, at))
		sim_fail(world, "a worker of c%d fails: %s", slot, err.text);
	if (code != ERR_OK)
		sim_say(world, "c%d.%d: %s", slot, at, err.text);
	proc_leave(world, slot, at);
	if (!proc->alive)
		return;
	if (!held && worker_has_lock(proc->worker) && world->at > 0)
		count_up(world, COUNT_take_overs);
	hear(world, slot, proc);
	console->id = outbox_console(console->look);
}

void proc_poll(struct world *world, int slot, int at)
{
	struct proc *proc = &world->consoles[slot].procs[at];
	struct client_change change;
	struct error err = ERROR_INIT;
	enum err code;

	as_proc(world, slot, at);
	code = client_poll(proc->client, &change, &err);
	if (code != ERR_OK && !world->consoles[slot].damage && !proc_fired(world, slot, at))
		sim_fail(world, "a face of c%d fails: %s", slot, err.text);
	if (code == ERR_OK && !proc_is_dead(world, slot, at) && !proc->armed)
		check_face(world, slot, proc->client);
	proc_leave(world, slot, at);
}

struct proc *console_holder(struct world *world, int slot)
{
	for (int i = 0; i < PROCS; i++) {
		struct proc *proc = &world->consoles[slot].procs[i];

		if (proc->alive && worker_has_lock(proc->worker))
			return proc;
	}
	return NULL;
}

struct proc *proc_any(struct world *world, int *ret_slot, int *ret_at)
{
	int slots[SLOTS * PROCS], ats[SLOTS * PROCS];
	size_t n = 0, which;

	for (int slot = 0; slot < SLOTS; slot++) {
		for (int at = 0; world->consoles[slot].used && at < PROCS; at++) {
			if (!world->consoles[slot].procs[at].alive)
				continue;
			slots[n] = slot;
			ats[n++] = at;
		}
	}
	if (n == 0)
		return NULL;
	which = chance_below(&world->chance, n);
	*ret_slot = slots[which];
	*ret_at = ats[which];
	return &world->consoles[*ret_slot].procs[*ret_at];
}

/* ---- officers ---- */

/* A session ends, for copies of the console too: theirs is the same. */
static void part(struct world *world, int slot)
{
	for (int i = 0; i < SLOTS; i++)
		if (uuid_eq(&world->consoles[i].id, &world->consoles[slot].id))
			world->consoles[i].parted = true;
}

void console_login(struct world *world, int slot, const char *officer)
{
	struct proc *proc = console_holder(world, slot);
	struct ask ask = { .kind = ASK_LOGIN };
	struct outbox_who before, after;

	if (proc == NULL)
		return;
	/* one who sees other things gets them by a snapshot */
	if (outbox_who(world->consoles[slot].look, NULL, &world->arena, &before, NULL) != ERR_OK ||
	    outbox_who(world->consoles[slot].look, officer, &world->arena, &after, NULL) != ERR_OK ||
	    strcmp(before.org, after.org) != 0 || strcmp(before.role, after.role) != 0)
		world->consoles[slot].cleared = true;
	snprintf(ask.officer, sizeof ask.officer, "%s", officer);
	snprintf(ask.pin, sizeof ask.pin, "%s", sim_pin);
	worker_ask(proc->worker, &ask);
	part(world, slot);
	count_up(world, COUNT_logins);
	sim_say(world, "c%d: %s logs in", slot, officer);
}

void console_logout(struct world *world, int slot)
{
	struct proc *proc = console_holder(world, slot);
	struct ask ask = { .kind = ASK_LOGOUT };

	if (proc == NULL)
		return;
	worker_ask(proc->worker, &ask);
	part(world, slot);
	count_up(world, COUNT_logouts);
	sim_say(world, "c%d: log-out", slot);
}

/* ---- looking in ---- */

void console_look(struct world *world, int slot, struct outbox_row **ret_rows, size_t *ret_n)
{
	struct error err = ERROR_INIT;

	sim_must(world,
		 outbox_list(world->consoles[slot].look, &world->arena, ret_rows, ret_n, &err),
		 &err, "listing an outbox");
}

/* ---- the light goes out ---- */

void console_power_cut(struct world *world, int slot)
{
	struct console *console = &world->consoles[slot];
	struct error err = ERROR_INIT;

	for (int at = 0; at < PROCS; at++)
		proc_kill_hard(world, slot, at);
	store_close(console->look);
	if (!faultfs_power_cut(world->disk, console->dir, chance_next(&world->chance)))
		sim_fail(world, "files of c%d are still open", slot);
	sim_say(world, "c%d: a power cut", slot);
	sim_must(world, outbox_open(console->dir, false, &console->look, &err), &err,
		 "looking into an outbox");
	console->look_version = -1;
	console->cleared = true; /* the cache may be of a moment ago */
	count_up(world, COUNT_power_cuts);
}

/* ---- copies ---- */

bool console_clone(struct world *world, int from)
{
	for (int slot = 0; slot < SLOTS; slot++) {
		struct console *to = &world->consoles[slot];

		if (to->used || slot == from)
			continue;
		let_go(&world->consoles[from]);
		copy_console(world->consoles[from].dir, to->dir);
		to->station.skew = world->consoles[from].station.skew;
		to->copied = world->consoles[from].copied = true;
		to->contact = world->consoles[from].contact;
		to->recalled = world->consoles[from].recalled;
		to->away = world->consoles[from].away;
		to->damage = world->consoles[from].damage;
		to->parted = world->consoles[from].parted;
		to->cleared = true; /* its log may not be whole */
		for (size_t i = 0; i < world->ledger.n; i++)
			if (world->ledger.items[i].slots & 1u << from)
				world->ledger.items[i].slots |= 1u << slot;
		count_up(world, COUNT_clones);
		sim_say(world, "c%d is a copy of c%d", slot, from);
		console_open(world, slot);
		return true;
	}
	return false;
}

/* ---- enrolment by code, as `zhiban enroll` does it ---- */

struct anew {
	struct arena arena;
	struct uuid console;
	struct str bytes;
};

static enum err anew_body(void *ctx, const struct outbox_row *row, int64_t n,
			  const char **ret_bytes, size_t *ret_len, struct error *err)
{
	struct anew *anew = ctx;
	struct act act;
	enum err code = act_decode(row->body, row->len, &anew->arena, &act, err);

	if (code != ERR_OK)
		return code;
	act.console = anew->console;
	act.n = n;
	str_clear(&anew->bytes);
	act_encode(&act, &anew->bytes);
	*ret_bytes = str_get(&anew->bytes);
	*ret_len = anew->bytes.len;
	return ERR_OK;
}

void console_enroll(struct world *world, int slot)
{
	struct console *console = &world->consoles[slot];
	const struct sim_officer *officers;
	struct anew anew = { .bytes = STR_INIT };
	struct session_answer answer;
	struct outbox_who who;
	struct store *outbox;
	struct error err = ERROR_INIT;
	const char *body;
	size_t len;
	enum err code;

	(void)sim_officers(&officers);
	if (!server_enroll(world, officers[slot % CONSOLES].name, &world->arena, &body, &len))
		sim_fail(world, "c%d cannot be enrolled", slot);
	sim_must(world, session_answer_decode(body, len, &world->arena, &answer, &err), &err,
		 "enrolling");
	anew.console = answer.console;
	code = outbox_open(console->dir, false, &outbox, &err);
	who = (struct outbox_who){ answer.officer, answer.org, answer.role, answer.token, true };
	if (code == ERR_OK)
		code = outbox_renew(outbox, &answer.console, &who, answer.head.epoch, anew_body,
				    &anew, &err);
	sim_must(world, code, &err, "keeping the console");
	store_close(outbox);
	str_release(&anew.bytes);
	arena_release(&anew.arena);
	console->id = answer.console;
	sim_say(world, "c%d is enrolled anew", slot);
}
