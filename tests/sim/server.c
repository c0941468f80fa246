/* The server of the simulation: started, killed, restored, administered. */
#include <config.h>

#include <unistd.h>

#include "zhiban/base/crypto.h"
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

void server_start(struct world *world)
{
	struct server *server = &world->server;
	struct service_config config = server_config(server);
	struct error err = ERROR_INIT;

	if (server->service != NULL)
		return;
	sim_must(world, service_open(&config, &server->service, &err), &err, "the server starts");
	server->touched = true;
	forget_contacts(world, world->now);
	sim_say(world, "server starts");
}

void server_kill(struct world *world)
{
	struct server *server = &world->server;

	if (server->reader != NULL)
		db_sqlite.close(server->reader);
	server->reader = NULL;
	if (server->service == NULL)
		return;
	sim_say(world, "server stops");
	service_stop(server->service);
	network_server_gone(world);
	service_close(server->service);
	server->service = NULL;
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

enum service_result server_handle(struct world *world, struct flight *flight)
{
	world->server.touched = true;
	return service_handle(world->server.service, &flight->request, &flight->reply);
}

/* ---- the administrator ---- */

bool server_admin(struct world *world, const char *path, const char *query, const char *body,
		  size_t len, struct str *out)
{
	struct request request = { .method = "POST",
				   .path = path,
				   .address = "admin",
				   .admin = true,
				   .body = body,
				   .body_len = len };
	struct reply reply;
	bool good;

	if (query != NULL)
		request.args[request.n_args++] = (struct request_arg){ "reason", query };
	reply_init(&reply);
	if (service_handle(world->server.service, &request, &reply) != SERVICE_DONE)
		sim_fail(world, "an administrator's request is parked");
	world->server.touched = true;
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
	good = service_handle(world->server.service, &request, &reply) == SERVICE_DONE &&
	       reply.status == 200;
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

	if (server->service == NULL)
		return;
	server->profile = !server->profile;
	profile_text(server->profile, &bundle, &calendar);
	if (!server_admin(world, "/v1/admin/adopt", "better", bundle.s, bundle.len, &out))
		sim_fail(world, "the other profile is not adopted");
	count_up(world, COUNT_adoptions);
	sim_say(world, "profile %d adopted", server->profile);
	str_release(&bundle);
	str_release(&calendar);
	str_release(&out);
}

/* Nobody has a command for it yet: as the data would be changed.  A session's token is bound to the
 * scope it was given for. */
void server_move_officer(struct world *world, const char *officer, const char *org,
			 const char *role)
{
	struct server *server = &world->server;
	struct arena arena = ARENA_INIT;
	struct db_account account;
	struct error err = ERROR_INIT;
	struct db *db;
	enum err code;

	server_kill(world);
	code = db_sqlite.open(server->path, DB_WRITE | DB_UNSYNCED, &db, &err);
	if (code == ERR_OK) {
		code = db_sqlite.begin(db, &err);
		if (code == ERR_OK)
			code = db_sqlite.account_get(db, officer, &arena, &account, &err);
		account.org = org;
		account.role = role;
		if (code == ERR_OK)
			code = db_sqlite.account_put(db, &account, &err);
		if (code == ERR_OK)
			code = db_sqlite.token_drop_of(db, officer, &err);
		if (code == ERR_OK)
			code = db_sqlite.commit(db, &err);
		db_sqlite.close(db);
	}
	sim_must(world, code, &err, "moving an officer");
	arena_release(&arena);
	server_start(world);
	count_up(world, COUNT_scope_changes);
	sim_say(world, "%s is now at %s as %s", officer, org, role);
}

/* ---- backups ---- */

/* While it serves, or on its closed data. */
void server_backup(struct world *world)
{
	struct server *server = &world->server;
	struct sim_backup *backup = &server->backups[chance_below(&world->chance, BACKUPS)];
	struct error err = ERROR_INIT;
	bool ran = server->service != NULL;

	if (!ran)
		server_start(world);
	snprintf(backup->path, sizeof backup->path, "%.120s/backup%d", world->dir,
		 (int)(backup - server->backups));
	sim_must(world, service_backup(server->service, backup->path, NULL, 0, true, &err), &err,
		 "a backup");
	backup->used = true;
	backup->made = world->now;
	if (!ran)
		server_kill(world);
	count_up(world, COUNT_backups);
	sim_say(world, "backup %d", (int)(backup - server->backups));
}

bool server_restore(struct world *world)
{
	struct server *server = &world->server;
	const struct sim_backup *backup = &server->backups[chance_below(&world->chance, BACKUPS)];
	struct service_config config = server_config(server);
	struct verify_report report;
	struct error err = ERROR_INIT;

	if (!backup->used)
		return false;
	server_kill(world);
	db_sqlite.destroy(server->path);
	sim_must(world, service_restore(&config, backup->path, NULL, NULL, &report, &err), &err,
		 "a restore");
	oracle_forget(world);
	server_start(world);
	forget_contacts(world, backup->made);
	oracle_follow(world);
	count_up(world, COUNT_restores);
	sim_say(world, "restored from backup %d", (int)(backup - server->backups));
	return true;
}
