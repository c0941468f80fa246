#include <config.h>

#include "manage_priv.h"
#include "service_priv.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/intake.h"

enum needs {
	NEEDS_NOTHING,
	NEEDS_SESSION,
	NEEDS_TOKEN, /* an upload-only one will do */
	NEEDS_INTAKE, NEEDS_CAP, /* a system's that may do this: it is call->system then */
	NEEDS_WATCHER, /* this machine, or the bearer of the token for it */
	NEEDS_ADMIN,
	NEEDS_SYSTEM, NEEDS_SECURITY, NEEDS_AUDIT, /* a session whose role manages this */
};

struct route {
	const char *method;
	const char *pattern; /* ends with '/': something more must follow */
	enum needs needs;
	size_t body_max; /* bytes unpacked */
	handler_fn handler;
};

enum { KIB = 1024, MIB = 1024 * 1024 };

static const struct route routes[] = {
	{ "POST", "/v1/enroll", NEEDS_NOTHING, 4 * KIB, enroll_post },
	{ "POST", "/v1/session", NEEDS_NOTHING, 4 * KIB, session_post },
	{ "GET", "/v1/session", NEEDS_SESSION, 0, session_get },
	{ "DELETE", "/v1/session", NEEDS_TOKEN, 0, session_delete },
	{ "POST", "/v1/console", NEEDS_SESSION, 4 * KIB, console_post },
	{ "POST", "/v1/pin", NEEDS_SESSION, 4 * KIB, pin_post },
	{ "GET", "/v1/manage/status", NEEDS_SYSTEM, 0, admin_status_get },
	{ "POST", "/v1/manage/backup", NEEDS_SYSTEM, 0, manage_backup_post },
	{ "GET", "/v1/manage/officers", NEEDS_SECURITY, 0, admin_officers_get },
	{ "POST", "/v1/manage/officers", NEEDS_SECURITY, 16 * KIB, admin_officers_post },
	{ "GET", "/v1/manage/review", NEEDS_SECURITY, 0, admin_accounts_get },
	{ "GET", "/v1/manage/codes", NEEDS_SECURITY, 0, admin_codes_get },
	{ "POST", "/v1/manage/codes", NEEDS_SECURITY, 4 * KIB, admin_code_post },
	{ "DELETE", "/v1/manage/codes", NEEDS_SECURITY, 0, admin_codes_delete },
	{ "GET", "/v1/manage/sessions", NEEDS_SECURITY, 0, admin_sessions_get },
	{ "DELETE", "/v1/manage/sessions", NEEDS_SECURITY, 0, admin_sessions_delete },
	{ "GET", "/v1/manage/consoles", NEEDS_SECURITY, 0, admin_consoles_get },
	{ "DELETE", "/v1/manage/consoles", NEEDS_SECURITY, 0, admin_consoles_delete },
	{ "GET", "/v1/manage/audit", NEEDS_AUDIT, 0, admin_audit_get },
	{ "GET", "/v1/snapshot", NEEDS_SESSION, 0, snapshot_get },
	{ "GET", "/v1/feed", NEEDS_SESSION, 0, feed_get },
	{ "POST", "/v1/acts", NEEDS_TOKEN, 4 * MIB, acts_post },
	{ "GET", "/v1/entities/", NEEDS_SESSION, 0, entities_get },
	{ "GET", "/v1/timeline", NEEDS_SESSION, 0, timeline_get },
	{ "GET", "/v1/digest", NEEDS_SESSION, 0, digest_get },
	{ "GET", "/v1/search", NEEDS_SESSION, 0, search_get },
	{ "GET", "/v1/marks", NEEDS_SESSION, 0, marks_get },
	{ "PUT", "/v1/marks", NEEDS_SESSION, 64 * KIB, marks_put },
	{ "POST", "/v1/reveal", NEEDS_SESSION, 4 * KIB, reveal_post },
	{ "POST", "/v1/callers", NEEDS_SESSION, 4 * KIB, callers_post },
	{ "POST", "/v1/arrival", NEEDS_SESSION, 4 * KIB, arrival_post },
	{ "POST", "/v1/log", NEEDS_SESSION, 4 * KIB, log_post },
	{ "POST", "/v1/ical", NEEDS_SESSION, 4 * KIB, ical_post },
	{ "GET", "/ical/", NEEDS_NOTHING, 0, ical_get },
	{ "HEAD", "/ical/", NEEDS_NOTHING, 0, ical_get },
	{ "GET", "/v1/profile/", NEEDS_SESSION, 0, profile_get },
	{ "GET", "/v1/calendar/", NEEDS_SESSION, 0, calendar_get },
	{ "GET", "/v1/places/", NEEDS_SESSION, 0, places_get },
	{ "POST", "/v1/intake", NEEDS_INTAKE, INTAKE_BYTES, intake_post },
	{ "GET", "/open311/", NEEDS_NOTHING, 0, open311_get },
	{ "GET", "/open311/v2/", NEEDS_NOTHING, 0, open311_get },
	{ "GET", "/open311/v2/services/", NEEDS_NOTHING, 0, open311_get },
	{ "GET", "/open311/v2/requests/", NEEDS_NOTHING, 0, open311_get },
	{ "GET", "/open311/v2/tokens/", NEEDS_NOTHING, 0, open311_get },
	{ "POST", "/open311/v2/", NEEDS_NOTHING, 64 * KIB, open311_post },
	{ "POST", "/v1/cap", NEEDS_CAP, 4 * MIB, cap_post },
	{ "GET", "/healthz", NEEDS_NOTHING, 0, health_get },
	{ "GET", "/readyz", NEEDS_NOTHING, 0, ready_get },
	{ "GET", "/metrics", NEEDS_WATCHER, 0, metrics_get },
	{ "GET", "/v1/admin/status", NEEDS_ADMIN, 0, admin_status_get },
	{ "GET", "/v1/admin/stand", NEEDS_ADMIN, 0, admin_stand_get },
	{ "GET", "/v1/admin/profile/", NEEDS_ADMIN, 0, profile_get },
	{ "GET", "/v1/admin/calendar/", NEEDS_ADMIN, 0, calendar_get },
	{ "GET", "/v1/admin/places/", NEEDS_ADMIN, 0, places_get },
	{ "GET", "/v1/admin/export", NEEDS_ADMIN, 0, admin_export_get },
	{ "POST", "/v1/admin/code", NEEDS_ADMIN, 4 * KIB, admin_code_post },
	{ "GET", "/v1/admin/code", NEEDS_ADMIN, 0, admin_codes_get },
	{ "DELETE", "/v1/admin/code", NEEDS_ADMIN, 0, admin_codes_delete },
	{ "GET", "/v1/admin/sessions", NEEDS_ADMIN, 0, admin_sessions_get },
	{ "DELETE", "/v1/admin/sessions", NEEDS_ADMIN, 0, admin_sessions_delete },
	{ "GET", "/v1/admin/consoles", NEEDS_ADMIN, 0, admin_consoles_get },
	{ "DELETE", "/v1/admin/consoles", NEEDS_ADMIN, 0, admin_consoles_delete },
	{ "GET", "/v1/admin/audit", NEEDS_ADMIN, 0, admin_audit_get },
	{ "GET", "/v1/admin/officers", NEEDS_ADMIN, 0, admin_officers_get },
	{ "GET", "/v1/admin/accounts", NEEDS_ADMIN, 0, admin_accounts_get },
	{ "POST", "/v1/admin/officers", NEEDS_ADMIN, 16 * KIB, admin_officers_post },
	{ "POST", "/v1/admin/adopt", NEEDS_ADMIN, BUNDLE_MAX, admin_adopt_post },
	{ "POST", "/v1/admin/calendar", NEEDS_ADMIN, BUNDLE_MAX, admin_calendar_post },
	{ "POST", "/v1/admin/places", NEEDS_ADMIN, 8 * MIB, admin_places_post },
	{ "GET", "/v1/admin/systems", NEEDS_ADMIN, 0, admin_systems_get },
	{ "POST", "/v1/admin/systems", NEEDS_ADMIN, 0, admin_systems_post },
	{ "POST", "/v1/admin/erase", NEEDS_ADMIN, 4 * KIB, admin_erase_post },
	{ "POST", "/v1/admin/purge", NEEDS_ADMIN, 4 * KIB, admin_purge_post },
	{ "POST", "/v1/admin/backup", NEEDS_ADMIN, 4 * MIB, admin_backup_post },
	{ "POST", "/v1/admin/cap", NEEDS_ADMIN, 64 * MIB, admin_cap_post },
	{ "POST", "/v1/admin/acts", NEEDS_ADMIN, 64 * MIB, admin_acts_post },
};

_Static_assert(ARRAY_LEN(routes) < METRIC_ROUTES, "there is no room to count them all");

void route_name(size_t i, const char **ret_method, const char **ret_pattern)
{
	*ret_method = i < ARRAY_LEN(routes) ? routes[i].method : "";
	*ret_pattern = i < ARRAY_LEN(routes) ? routes[i].pattern : "other";
}

static bool matches(const struct route *route, const char *path)
{
	size_t len = strlen(route->pattern);

	if (route->pattern[len - 1] == '/')
		return strncmp(path, route->pattern, len) == 0 && path[len] != '\0' &&
		       strchr(path + len, '/') == NULL;
	return strcmp(path, route->pattern) == 0;
}

/* The route, or NULL; *ret_path tells whether another method would have one. */
static const struct route *find(const char *method, const char *path, bool admin, bool *ret_path)
{
	*ret_path = false;
	for (size_t i = 0; i < ARRAY_LEN(routes); i++) {
		if (!matches(&routes[i], path) || (routes[i].needs == NEEDS_ADMIN && !admin))
			continue;
		if (strcmp(routes[i].method, method) == 0)
			return &routes[i];
		*ret_path = true;
	}
	return NULL;
}

size_t service_body_max(const char *method, const char *path, bool admin)
{
	bool other;
	const struct route *route = find(method, path, admin, &other);

	return route == NULL ? 0 : route->body_max;
}

bool service_route_known(const char *method, const char *path)
{
	bool other;

	return find(method, path, false, &other) != NULL;
}

size_t service_route_count(void)
{
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(routes); i++)
		n += routes[i].needs != NEEDS_ADMIN;
	return n;
}

const char *call_tail(const struct call *call)
{
	return strrchr(call->request->path, '/') + 1;
}

/* --- what handlers use ----------------------------------------------------------------------- */

enum err call_reader(struct call *call, struct error *err)
{
	return call->reader != NULL ? ERR_OK : reader_take(call->service, &call->reader, err);
}

void call_reader_end(struct call *call)
{
	reader_give(call->service, call->reader);
	call->reader = NULL;
}

const char *call_arg(const struct call *call, const char *name)
{
	const struct request *request = call->request;

	for (size_t i = 0; i < request->n_args; i++)
		if (strcmp(request->args[i].name, name) == 0)
			return request->args[i].value;
	return NULL;
}

enum err call_int(const struct call *call, const char *name, int64_t fallback, int64_t min,
		  int64_t max, int64_t *ret_value, struct error *err)
{
	const char *text = call_arg(call, name);
	long long value = fallback;

	if (text != NULL && !str_int(text, min, max, &value))
		return error_set(err, ERR_INPUT,
				 _("%s: a whole number from %lld to %lld is wanted"), name,
				 (long long)min, (long long)max);
	*ret_value = value;
	return ERR_OK;
}

struct answer_head call_head(const struct call *call)
{
	return (struct answer_head){ .epoch = call->service->epoch,
				     .now = call->now,
				     .version = PROTOCOL_VERSION };
}

void call_text(struct call *call, const char *text)
{
	call->reply->type = "text/plain; charset=utf-8";
	str_add(&call->reply->body, text);
}

enum err call_org(struct call *call, int64_t *ret_org, struct error *err)
{
	const char *org = session_scope_org(call->rules, &call->session);
	enum err code = call_reader(call, err);

	if (code != ERR_OK)
		return code;
	if (org == NULL) {
		*ret_org = 0;
		return ERR_OK;
	}
	return call->service->db->org_no(call->reader, org, false, ret_org, err);
}

enum err call_scope(const struct call *call, struct error *err)
{
	const char *said = call_arg(call, "scope");
	const struct session *session = &call->session;
	size_t len = said != NULL ? strcspn(said, " ") : 0;

	if (said == NULL || (strlen(session->org) == len && said[len] == ' ' &&
			     strncmp(session->org, said, len) == 0 &&
			     strcmp(session->role, said + len + 1) == 0))
		return ERR_OK;
	return error_set(err, ERR_SCOPE, "%s", _(err_sentence(ERR_SCOPE)));
}

/* --- a pass ---------------------------------------------------------------------------------- */

void reply_init(struct reply *reply)
{
	*reply = (struct reply){ .status = 200, .type = "application/json" };
}

void reply_release(struct reply *reply)
{
	str_release(&reply->body);
}

static void answer_error(struct call *call, enum err code, const struct error *err)
{
	struct error_answer answer = { .head = call_head(call),
				       .error = err_name(code),
				       .sentence = err->text[0] != '\0' ? err->text
									 : _(err_sentence(code)),
				       .need = call->need };

	str_clear(&call->reply->body);
	call->reply->lasting = false;
	call->reply->etag[0] = '\0';
	call->reply->type = "application/json";
	call->reply->status = err_http(code);
	if ((code == ERR_BUSY || code == ERR_TOO_MANY) && call->reply->retry_after == 0)
		call->reply->retry_after = 1;
	if (call->request != NULL && str_starts(call->request->path, "/open311/")) {
		open311_refuse(call, code, answer.sentence);
		return;
	}
	error_answer_encode(&answer, &call->reply->body);
}

void service_refuse(struct service *service, struct reply *reply, enum err code, int status,
		    const struct error *err)
{
	struct call call = { .service = service, .reply = reply, .now = env_now(&service->env) };

	answer_error(&call, code, err);
	if (status != 0)
		reply->status = status;
	metric_request(service, METRIC_ROUTES - 1, reply->status);
}

static enum err finish_job(struct call *call, struct job *job, struct error *err)
{
	enum err code = job->code;

	if (code != ERR_OK)
		*err = job->err;
	if (job->finish != NULL) /* also to release what it holds, and to tell of failures */
		code = job->finish(call, job, err);
	job_free(job);
	return code;
}

enum err call_submit(struct call *call, struct job *job, struct error *err)
{
	enum err code;

	job->request = call->request;
	call->request->job = job;
	call_reader_end(call);
	code = job_submit(call->service, job, err);
	if (code != ERR_OK) {
		job->code = code;
		if (err != NULL)
			job->err = *err;
	} else if (call->service->threads) {
		call->parked = true;
		return ERR_OK;
	}
	call->request->job = NULL;
	return finish_job(call, job, err);
}

/* To others it is not there. */
static enum err may_watch(struct call *call, struct error *err)
{
	const struct request *request = call->request;
	const struct service *service = call->service;
	uint8_t hash[SHA256_LEN];

	if (request->admin || request->local)
		return ERR_OK;
	if (service->has_metrics_token && request->token != NULL) {
		sha256(request->token, strlen(request->token), hash);
		if (memcmp(hash, service->metrics_token, sizeof hash) == 0)
			return ERR_OK;
	}
	return error_set(err, ERR_NOT_FOUND, _("%s: there is no %s here"), request->method,
			 request->path);
}

static const enum role_manage managed[] = { MANAGE_SYSTEM, MANAGE_SECURITY, MANAGE_AUDIT };

static enum err check_needs(struct call *call, const struct route *route, struct error *err)
{
	enum err code;

	if (route->needs == NEEDS_NOTHING || route->needs == NEEDS_ADMIN)
		return ERR_OK;
	if (route->needs == NEEDS_INTAKE || route->needs == NEEDS_CAP)
		return system_take(call, call->request->token,
				   route->needs == NEEDS_CAP ? SYSTEM_CAP : SYSTEM_INTAKE, err);
	if (route->needs == NEEDS_WATCHER)
		return may_watch(call, err);
	code = session_find(call, err);
	if (code == ERR_OK && call->session.upload && route->needs != NEEDS_TOKEN)
		code = error_set(err, ERR_AUTH, "%s",
				 _("this session was logged out and may only send its acts"));
	if (code == ERR_OK)
		snprintf(call->reply->who, sizeof call->reply->who, "%.90s@%.60s",
			 call->session.officer, call->session.org);
	if (code == ERR_OK && route->needs >= NEEDS_SYSTEM)
		code = manage_gate(call, managed[route->needs - NEEDS_SYSTEM], err);
	return code;
}

static enum err dispatch(struct call *call, struct error *err)
{
	struct request *request = call->request;
	const struct route *route;
	bool other;
	enum err code;

	request->route = METRIC_ROUTES - 1;
	route = find(request->method, request->path, request->admin, &other);
	if (route == NULL)
		return error_set(err, ERR_NOT_FOUND, other ? _("%s cannot be done to %s")
							   : _("%s: there is no %s here"),
				 request->method, request->path);
	request->route = (size_t)(route - routes);
	if (request->body_len > route->body_max)
		return error_set(err, ERR_TOO_LARGE, _("a body may have at most %zu bytes here"),
				 route->body_max);
	code = check_needs(call, route, err);
	return code != ERR_OK ? code : route->handler(call, err);
}

enum service_result service_handle(struct service *service, struct request *request,
				   struct reply *reply)
{
	struct call call = { .service = service, .request = request, .reply = reply,
			     .arena = ARENA_INIT, .now = env_now(&service->env) };
	struct error err = ERROR_INIT;
	struct job *job = request->job;
	enum err code;

	call.book = service_rules(service, &call.rules);
	if (job != NULL) {
		request->job = NULL;
		code = finish_job(&call, job, &err);
	} else {
		code = dispatch(&call, &err);
	}
	call_reader_end(&call);
	/* once parked, the request may already be on its way in another thread */
	if (!call.parked && code != ERR_OK)
		answer_error(&call, code, &err);
	if (!call.parked)
		metric_request(service, request->route, reply->status);
	service_rules_done(service, call.book);
	arena_release(&call.arena);
	return call.parked ? SERVICE_PARKED : SERVICE_DONE;
}
