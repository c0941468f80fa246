/* Sessions and consoles, as administrators see and end them. */
#include <config.h>

#include "manage_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { ID_DIGITS = 8, ID_TEXT = ID_DIGITS + 1 };

/* --- sessions -------------------------------------------------------------------------------- */

static const struct listing_column session_columns[] = {
	{ "id", N_("Id") },	    { "officer", N_("Officer") }, { "console", N_("Console") },
	{ "kind", N_("Kind") },	    { "made", N_("Since") },	  { "used", N_("Used") },
	{ "expires", N_("Expires") }, { "address", N_("Address") },
};

struct list {
	struct listing listing;
	const struct rules *rules;
	int64_t now;
	bool titled;
};

/* A word for programs, or what people call it. */
static const char *worded(const struct list *list, const char *word, const char *title)
{
	return list->titled ? _(title) : word;
}

/* What a session is called: the beginning of its token's hash. */
static void session_id(const uint8_t hash[SHA256_LEN], char id[ID_TEXT])
{
	crypto_hex(hash, ID_DIGITS / 2, id);
}

static bool session_row(void *ctx, const struct db_token *row)
{
	struct list *list = ctx;
	struct arena *arena = &list->listing.arena;
	char id[ID_TEXT], console[UUID_TEXT];
	const char *cells[ARRAY_LEN(session_columns)] = {
		id,
		row->officer,
		console,
		row->upload ? worded(list, "upload", N_("only sends what waits"))
			    : worded(list, "session", N_("logged in")),
		manage_time(list->rules, row->made, arena),
		manage_time(list->rules, row->extended, arena),
		manage_time(list->rules, row->expires, arena),
		row->address,
	};

	session_id(row->hash, id);
	uuid_text(&row->console, console);
	if (row->expires >= list->now)
		listing_add(&list->listing, cells);
	return true;
}

static enum err list_reply(struct call *call, struct list *list, enum err code, struct error *err)
{
	if (code == ERR_OK)
		code = manage_reply(call, &list->listing, err);
	listing_release(&list->listing);
	return code;
}

enum err admin_sessions_get(struct call *call, struct error *err)
{
	struct list list = { .rules = call->rules, .now = call->now,
			     .titled = manage_titled(call) };
	enum err code = call_reader(call, err);

	listing_init(&list.listing, session_columns, ARRAY_LEN(session_columns));
	if (code == ERR_OK)
		code = call->service->db->token_scan(call->reader, session_row, &list, err);
	return list_reply(call, &list, code, err);
}

/* --- consoles -------------------------------------------------------------------------------- */

static const struct listing_column console_columns[] = {
	{ "id", N_("Id") },	    { "name", N_("Name") },	{ "made", N_("Enrolled") },
	{ "seen", N_("Last act") }, { "officer", N_("Officer") }, { "state", N_("State") },
};
enum { CONSOLE_OFFICER = 4, CONSOLE_COLUMNS = ARRAY_LEN(console_columns) };

static bool console_row(void *ctx, const struct db_console *row)
{
	struct list *list = ctx;
	struct arena *arena = &list->listing.arena;
	char id[UUID_TEXT];
	const char *cells[CONSOLE_COLUMNS] = {
		id,
		row->name,
		manage_time(list->rules, row->made, arena),
		manage_time(list->rules, row->seen, arena),
		NULL,
		row->closed != 0 ? worded(list, "closed", N_("closed down"))
				 : worded(list, "open", N_("in use")),
	};

	uuid_text(&row->id, id);
	listing_add(&list->listing, cells);
	return true;
}

/* Who is logged in there. */
static bool console_session(void *ctx, const struct db_token *row)
{
	struct list *list = ctx;
	struct listing *listing = &list->listing;
	char id[UUID_TEXT];

	uuid_text(&row->console, id);
	if (row->upload || row->expires < list->now)
		return true;
	for (size_t i = 0; i < listing->n; i += CONSOLE_COLUMNS)
		if (strcmp(listing->cells[i], id) == 0)
			listing->cells[i + CONSOLE_OFFICER] =
				arena_strdup(&listing->arena, row->officer);
	return true;
}

enum err admin_consoles_get(struct call *call, struct error *err)
{
	const struct db_ops *db = call->service->db;
	struct list list = { .rules = call->rules, .now = call->now,
			     .titled = manage_titled(call) };
	enum err code = call_reader(call, err);

	listing_init(&list.listing, console_columns, CONSOLE_COLUMNS);
	if (code == ERR_OK)
		code = db->console_scan(call->reader, console_row, &list, err);
	if (code == ERR_OK)
		code = db->token_scan(call->reader, console_session, &list, err);
	return list_reply(call, &list, code, err);
}

/* --- ending ---------------------------------------------------------------------------------- */

struct revoking {
	struct manager manager;
	const char *id, *officer; /* of a session; or all of his */
	struct uuid console;	  /* of a console; else nil */
	struct arena *arena;
	struct found {
		uint8_t hash[SHA256_LEN];
		const char *officer;
	} *items;
	size_t n, cap;
	struct ending ending;
	int64_t gone;
};

static bool find_each(void *ctx, const struct db_token *row)
{
	struct revoking *revoking = ctx;
	bool sought;
	char id[ID_TEXT];

	session_id(row->hash, id);
	if (!uuid_is_nil(&revoking->console))
		sought = uuid_eq(&row->console, &revoking->console);
	else
		sought = revoking->id != NULL ? strcmp(id, revoking->id) == 0
					      : str_eq(row->officer, revoking->officer);
	if (!sought)
		return true;
	MEM_GROW(revoking->items, revoking->n, revoking->cap);
	revoking->items[revoking->n] =
		(struct found){ .officer = arena_strdup(revoking->arena, row->officer) };
	memcpy(revoking->items[revoking->n++].hash, row->hash, SHA256_LEN);
	return true;
}

static enum err end_one(struct writer *writer, struct revoking *revoking, const struct found *found,
			struct arena *arena, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	const char *role = NULL;
	struct db_account account;
	enum err code = db->account_get(writer->db, found->officer, arena, &account, NULL);

	if (code == ERR_OK)
		role = account.role;
	code = manage_may(&revoking->manager, &writer->book->profile->rules, found->officer, role,
			  err);
	if (code == ERR_OK)
		code = db->token_drop(writer->db, found->hash, err);
	if (code == ERR_OK) {
		ending_add(&revoking->ending, found->hash);
		revoking->gone++;
	}
	return code;
}

static enum err end_all(struct writer *writer, struct job *job, struct error *err)
{
	struct revoking *revoking = job->data;
	enum err code;

	revoking->arena = &job->arena;
	code = writer->service->db->token_scan(writer->db, find_each, revoking, err);
	for (size_t i = 0; code == ERR_OK && i < revoking->n; i++)
		code = end_one(writer, revoking, &revoking->items[i], &job->arena, err);
	free(revoking->items);
	revoking->items = NULL;
	return code;
}

static enum err session_write(struct writer *writer, struct job *job, struct error *err)
{
	struct revoking *revoking = job->data;
	struct audit_line line = {
		.what = AUDIT_SESSION_REVOKE,
		.by = revoking->manager.by,
		.about = revoking->id != NULL ? revoking->id : revoking->officer,
	};
	enum err code = end_all(writer, job, err);

	if (code == ERR_OK && revoking->gone == 0)
		code = error_set(err, ERR_NOT_FOUND, _("there is no session of %s"), line.about);
	line.n = revoking->gone;
	return code != ERR_OK ? code : audit_note(writer, &line, err);
}

static enum err console_write(struct writer *writer, struct job *job, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	struct revoking *revoking = job->data;
	char id[UUID_TEXT];
	struct audit_line line = { .what = AUDIT_CONSOLE_REVOKE, .by = revoking->manager.by,
				   .about = id };
	struct db_console console;
	enum err code = db->console_get(writer->db, &revoking->console, &job->arena, &console, err);

	uuid_text(&revoking->console, id);
	if (code == ERR_OK)
		code = end_all(writer, job, err);
	if (code != ERR_OK)
		return code;
	console.closed = env_now(&writer->service->env);
	line.words = console.name;
	code = db->console_put(writer->db, &console, err);
	return code != ERR_OK ? code : audit_note(writer, &line, err);
}

static enum err revoke_finish(struct call *call, struct job *job, struct error *err)
{
	struct revoking *revoking = job->data;

	(void)err;
	if (job->code != ERR_OK)
		revoking->ending.n = 0;
	ending_done(call, &revoking->ending);
	if (job->code != ERR_OK)
		return job->code;
	call_text(call, "");
	str_addf(&call->reply->body, "%lld\n", (long long)revoking->gone);
	return ERR_OK;
}

enum err admin_sessions_delete(struct call *call, struct error *err)
{
	struct job *job = job_new(sizeof(struct revoking));
	struct revoking *revoking = job->data;

	revoking->manager = manager_of(call, &job->arena);
	revoking->id = arena_strdup(&job->arena, call_arg(call, "id"));
	revoking->officer = arena_strdup(&job->arena, call_arg(call, "officer"));
	if (revoking->id == NULL && revoking->officer == NULL) {
		job_free(job);
		return error_set(err, ERR_INPUT, "%s", _("an id or an officer is wanted"));
	}
	job->write = session_write;
	job->finish = revoke_finish;
	return call_submit(call, job, err);
}

enum err admin_consoles_delete(struct call *call, struct error *err)
{
	const char *id = call_arg(call, "id");
	struct job *job = job_new(sizeof(struct revoking));
	struct revoking *revoking = job->data;

	revoking->manager = manager_of(call, &job->arena);
	if (id == NULL || uuid_parse(id, &revoking->console) != ERR_OK) {
		job_free(job);
		return error_set(err, ERR_INPUT, "%s", _("the id of a console is wanted"));
	}
	if (uuid_eq(&revoking->console, &call->session.console)) {
		job_free(job);
		return error_set(err, ERR_DENIED, "%s", _("this is your own console"));
	}
	job->write = console_write;
	job->finish = revoke_finish;
	return call_submit(call, job, err);
}
