/* The server of the simulation: started, killed, restored, administered. */
#include <config.h>

#include <unistd.h>

#include "zhiban/server/backup.h"
#include "zhiban/wire/enroll.h"
#include "zhiban/wire/message.h"

#include "sim.h"

static int64_t ticks(void *ctx)
{
	const struct server *server = ctx;

	return server->station.world->now;
}

/* Whoever is woken is handled again when the network comes to it. */
static void wake(void *ctx, struct request *request)
{
	(void)ctx;
	(void)request; /* `woken` is set in it */
}

struct service_config server_config(struct server *server)
{
	return (struct service_config){ .db = &db_sqlite,
					.where = server->path,
					.db_flags = DB_UNSYNCED,
					.env = server->station.env,
					.ticks = ticks,
					.wake = wake,
					.ctx = server };
}

/* What it remembers of a console after a start: when its session was last extended, and one that
 * may only send is not. */
static void forget_contacts(struct world *world, int64_t before)
{
	enum { EXTEND_MS = 31 * 60 * 1000 };

	for (int slot = 0; slot < SLOTS; slot++) {
		struct console *console = &world->consoles[slot];

		if (console->recalled > before)
			console->recalled = before;
		console->recalled = console->parted ? 0 : console->recalled - EXTEND_MS;
		if (console->away > console->recalled)
			console->away = console->recalled;
	}
}

static void as_server(struct world *world)
{
	if (world->disk != NULL)
		faultfs_enter(world->disk, "server");
}

void server_arm(struct world *world, const struct fault *fault)
{
	if (world->disk == NULL)
		return;
	faultfs_fail(world->disk, "server", fault);
	world->server.armed = fault != NULL;
	if (fault != NULL)
		sim_say(world, "the server's disk will fail (%d) at call %ld", (int)fault->how,
			fault->at);
}

void server_start(struct world *world)
{
	struct server *server = &world->server;
	struct service_config config = server_config(server);
	struct error err = ERROR_INIT;

	if (server->service != NULL)
		return;
	as_server(world);
	server_arm(world, NULL);
	sim_must(world, service_open(&config, &server->service, &err), &err, "the server starts");
	as_sim(world);
	server->touched = true;
	world->server.full = false;
	forget_contacts(world, world->now);
	sim_say(world, "server starts");
}

static void stop_looking(struct server *server)
{
	if (server->reader != NULL)
		db_sqlite.close(server->reader);
	server->reader = NULL;
}

/* While it is the current one, dead or alive. */
static void close_service(struct world *world)
{
	struct server *server = &world->server;

	sim_say(world, "server stops");
	service_stop(server->service);
	network_server_gone(world);
	service_close(server->service);
	server->service = NULL;
	server->armed = false;
}

void server_stop(struct world *world)
{
	stop_looking(&world->server);
	if (world->server.service == NULL)
		return;
	as_server(world);
	close_service(world);
	as_sim(world);
}

void server_kill(struct world *world)
{
	if (world->server.service == NULL)
		return;
	stop_looking(&world->server);
	as_server(world);
	faultfs_kill(world->disk, "server");
	close_service(world);
	as_sim(world);
}

struct db *server_reader(struct world *world)
{
	struct server *server = &world->server;
	struct error err = ERROR_INIT;

	if (server->reader == NULL)
		sim_must(world, db_sqlite.open(server->path, 0, &server->reader, &err), &err,
			 "looking into the server");
	return server->reader;
}

/* false: the server has died of what its disk did. */
static bool survived(struct world *world)
{
	if (world->disk == NULL || !faultfs_is_dead(world->disk, "server")) {
		if (world->server.armed && faultfs_fired(world->disk, "server"))
			count_up(world, COUNT_disk_faults);
		as_sim(world);
		return true;
	}
	sim_say(world, "the server dies");
	count_up(world, COUNT_server_kills_at_a_call);
	stop_looking(&world->server);
	close_service(world);
	as_sim(world);
	return false;
}

static bool call(struct world *world, struct request *request, struct reply *reply,
		 enum service_result *ret_result)
{
	world->server.touched = true;
	as_server(world);
	*ret_result = service_handle(world->server.service, request, reply);
	return survived(world);
}

/* What the server does by itself, at its own disk. */
void server_tick(struct world *world)
{
	struct server *server = &world->server;

	if (server->service == NULL)
		return;
	server->touched = true;
	as_server(world);
	(void)service_tick(server->service);
	(void)survived(world);
}

bool server_handle(struct world *world, struct flight *flight, enum service_result *ret_result)
{
	return call(world, &flight->request, &flight->reply, ret_result);
}

/* ---- the administrator ---- */

bool server_admin(struct world *world, const char *path, const struct request_arg *args,
		  const char *body, size_t len, struct str *out)
{
	struct request request = { .method = "POST",
				   .path = path,
				   .address = "admin",
				   .admin = true,
				   .body = body,
				   .body_len = len };
	struct reply reply;
	enum service_result result;
	bool good;

	for (; args != NULL && args->name != NULL; args++)
		request.args[request.n_args++] = *args;
	reply_init(&reply);
	if (!call(world, &request, &reply, &result)) {
		reply_release(&reply);
		return false;
	}
	if (result != SERVICE_DONE)
		sim_fail(world, "an administrator's request is parked");
	good = reply.status == 200;
	if (good && out != NULL)
		str_add_bytes(out, str_get(&reply.body), reply.body.len);
	if (!good)
		sim_say(world, "admin %s: %d %s", path, reply.status, str_get(&reply.body));
	reply_release(&reply);
	return good;
}

/* A code for the officer, used up at once: the body of the answer, in the arena. */
bool server_enroll(struct world *world, const char *officer, struct arena *arena,
		   const char **ret_body, size_t *ret_len)
{
	struct str code = STR_INIT, body = STR_INIT;
	char form[128];
	struct request request = { .method = "POST", .path = "/v1/enroll", .address = "sim" };
	struct enroll_ask ask = { .name = officer, .pin = sim_pin };
	struct reply reply;
	enum service_result result;
	bool good;

	snprintf(form, sizeof form, "officer=%s\n", officer);
	if (!server_admin(world, "/v1/admin/code", NULL, form, strlen(form), &code))
		sim_fail(world, "no code for %s", officer);
	str_cut(&code, strcspn(code.s, "\n"));
	ask.code = str_get(&code);
	enroll_ask_encode(&ask, &body);
	request.body = body.s;
	request.body_len = body.len;
	reply_init(&reply);
	good = call(world, &request, &reply, &result) && reply.status == 200;
	if (good) {
		*ret_body = arena_strndup(arena, reply.body.s, reply.body.len);
		*ret_len = reply.body.len;
	}
	world->server.touched = true;
	reply_release(&reply);
	str_release(&code);
	str_release(&body);
	return good;
}

void server_adopt(struct world *world)
{
	struct server *server = &world->server;
	struct str bundle = STR_INIT, calendar = STR_INIT, out = STR_INIT;
	/* steps, classes and organisations that one of the two profiles does not have */
	const struct request_arg args[] = {
		{ "reason", "better" },
		{ "map", server->profile ? "check=verify,whistle:usual=whistle:minor"
					 : "verify=check,whistle:minor=whistle:usual" },
		{ "redue", "1" },
		{ NULL, NULL },
	};
	bool armed = server->armed;

	if (server->service == NULL)
		return;
	server->profile = !server->profile;
	profile_text(server->profile, &bundle, &calendar);
	if (server_admin(world, "/v1/admin/adopt", args, bundle.s, bundle.len, &out))
		count_up(world, COUNT_adoptions);
	else if (!armed)
		sim_fail(world, "the other profile is not adopted");
	sim_say(world, "profile %d adopted", server->profile);
	str_release(&bundle);
	str_release(&calendar);
	str_release(&out);
}

void server_move_officer(struct world *world, const char *officer, const char *org,
			 const char *role)
{
	char form[200];

	if (world->server.service == NULL)
		return;
	snprintf(form, sizeof form, "op=move\nname=%s\norg=%s\nrole=%s\nreason=moved\n", officer,
		 org, role);
	if (!server_admin(world, "/v1/admin/officers", NULL, form, strlen(form), NULL))
		return;
	for (int slot = 0; slot < SLOTS; slot++)
		world->consoles[slot].cleared = true; /* another view comes in, if it was his */
	count_up(world, COUNT_scope_changes);
	sim_say(world, "%s is now at %s as %s", officer, org, role);
}

/* ---- backups ---- */

void server_backup(struct world *world)
{
	struct server *server = &world->server;
	struct sim_backup *backup = &server->backups[chance_below(&world->chance, BACKUPS)];
	struct error err = ERROR_INIT;
	enum err code;

	if (server->service == NULL || server->armed)
		return;
	snprintf(backup->path, sizeof backup->path, "%.120s/backup%d", world->dir,
		 (int)(backup - server->backups));
	as_server(world);
	code = service_backup(server->service, backup->path, NULL, 0, true, &err);
	as_sim(world);
	sim_must(world, code, &err, "a backup");
	backup->used = true;
	backup->made = world->now;
	count_up(world, COUNT_backups);
	sim_say(world, "backup %d", (int)(backup - server->backups));
}

/* Numbers are what a restored server and a console agree by on what is lost.  Of a console that the
 * backup does not know, and of copies that went on under numbers of one, they do not say enough: what
 * those had sent since the backup may be gone. */
static void note_risks(struct world *world)
{
	for (int slot = 0; slot < SLOTS; slot++) {
		const struct console *console = &world->consoles[slot];

		if (!console->used)
			continue;
		if (console->copied)
			for (size_t i = 0; i < world->ledger.n; i++)
				world->ledger.items[i].at_risk |=
					(world->ledger.items[i].slots & 1u << slot) != 0;
	}
}

bool server_restore(struct world *world)
{
	struct server *server = &world->server;
	const struct sim_backup *backup = &server->backups[chance_below(&world->chance, BACKUPS)];
	static const char *const ends[] = { "", "-wal", "-shm" };
	struct service_config config;
	struct verify_report report;
	struct error err = ERROR_INIT;
	char path[SIM_PATH + 8];

	if (!backup->used)
		return false;
	server_stop(world);
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		snprintf(path, sizeof path, "%s%s", server->path, ends[i]);
		unlink(path);
	}
	config = server_config(server);
	sim_must(world, service_restore(&config, backup->path, NULL, NULL, &report, &err), &err,
		 "restoring");
	oracle_forget(world);
	server_start(world);
	forget_contacts(world, backup->made);
	note_risks(world);
	oracle_follow(world);
	count_up(world, COUNT_restores);
	sim_say(world, "restored from backup %d", (int)(backup - server->backups));
	return true;
}
