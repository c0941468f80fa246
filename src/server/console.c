/* POST /v1/console: another console id for an officer who is logged in.
 *
 * For files that were copied or restored, which have numbers that the console they came from has
 * used already.  The session that asks stays: it may be the one of the files they were copied
 * from. */
#include <config.h>

#include "auth_priv.h"

#include "zhiban/base/crypto.h"

struct renewal {
	struct login login;
	struct uuid before; /* the console that asks */
};

static enum err console_write(struct writer *writer, struct job *job, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct renewal *renewal = job->data;
	struct login *login = &renewal->login;
	struct db_console console, before;
	enum err code = db->console_get(writer->db, &renewal->before, &job->arena, &before, err);

	if (code != ERR_OK)
		return code;
	console = (struct db_console){ .id = uuid_v7(&writer->service->env),
				       .name = login->console_name,
				       .made = env_now(&writer->service->env) };
	console.seen = console.made;
	if (console.name == NULL)
		console.name = before.name;
	login->console = console.id;
	code = db->console_put(writer->db, &console, err);
	if (code == ERR_OK)
		code = login_write_token(writer, login, &job->arena, err);
	return code != ERR_OK ? code : note_enrolment(writer, login, err);
}

static enum err console_finish(struct call *call, struct job *job, struct error *err)
{
	struct renewal *renewal = job->data;
	struct login *login = &renewal->login;
	struct session session = { .console = login->console,
				   .officer = login->officer,
				   .org = login->org,
				   .role = login->role };

	(void)err;
	if (job->code == ERR_OK) {
		contact_inherit(call->service->contacts, &renewal->before, &login->console,
				call->now);
		session_reply(call, &session, login->token, login->last_n);
	}
	crypto_wipe(login->token, sizeof login->token);
	return job->code;
}

enum err console_post(struct call *call, struct error *err)
{
	struct console_ask ask;
	struct renewal *renewal;
	struct login *login;
	struct job *job;
	enum err code = console_ask_decode(call->request->body, call->request->body_len,
					   &call->arena, &ask, err);

	if (code == ERR_OK)
		code = login_check_name(ask.console_name, err);
	if (code != ERR_OK)
		return code;
	job = job_new(sizeof *renewal);
	renewal = job->data;
	renewal->before = call->session.console;
	login = &renewal->login;
	login->officer = arena_strdup(&job->arena, call->session.officer);
	login->org = arena_strdup(&job->arena, call->session.org);
	login->role = arena_strdup(&job->arena, call->session.role);
	login->console_name = arena_strdup(&job->arena, ask.console_name);
	login->address = arena_strdup(&job->arena, call->request->address);
	login->made = call->session.made;
	job->write = console_write;
	job->finish = console_finish;
	return call_submit(call, job, err);
}
