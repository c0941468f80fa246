/* Open311: what is asked for, discovery, services, errors. */
#include <config.h>

#include "open311_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/entry.h"

static const char root[] = "/open311/";

/* --- paths ----------------------------------------------------------------------------------- */

static bool take_ending(char *path, enum open311_format *ret_format)
{
	char *dot = strrchr(path, '.');

	if (dot == NULL || (strcmp(dot, ".xml") != 0 && strcmp(dot, ".json") != 0))
		return false;
	*ret_format = strcmp(dot, ".json") == 0 ? OPEN311_JSON : OPEN311_XML;
	*dot = '\0';
	return true;
}

bool open311_path(struct call *call, struct open311_path *ret_path)
{
	char *path = arena_strdup(&call->arena, call->request->path + strlen(root)), *slash;

	if (str_starts(path, "v2/"))
		path += strlen("v2/");
	else if (!str_starts(path, "discovery."))
		return false;
	if (!take_ending(path, &ret_path->format))
		return false;
	slash = strchr(path, '/');
	if (slash != NULL)
		*slash = '\0';
	ret_path->resource = path;
	ret_path->item = slash != NULL ? slash + 1 : NULL;
	return true;
}

void open311_type(struct call *call, enum open311_format format)
{
	call->reply->type = format == OPEN311_JSON ? "application/json; charset=utf-8"
						   : "text/xml; charset=utf-8";
}

enum err open311_offered(const struct call *call, struct error *err)
{
	return call->rules->open311 != NULL
		       ? ERR_OK
		       : error_set(err, ERR_NOT_FOUND, "%s",
				   _("this jurisdiction offers nothing by Open311"));
}

enum err open311_check_jurisdiction(const struct open311 *open311, const char *name,
				    struct error *err)
{
	if (name == NULL || *name == '\0' || open311->jurisdiction == NULL ||
	    strcmp(name, open311->jurisdiction) == 0)
		return ERR_OK;
	return error_set(err, ERR_NOT_FOUND, _("jurisdiction_id %.80s was not found"), name);
}

/* --- errors ---------------------------------------------------------------------------------- */

/* The standard knows 400, 403 and 404; a wrong or missing api_key is 403. */
void open311_refuse(struct call *call, enum err code, const char *sentence)
{
	enum open311_format format = OPEN311_XML;
	struct str *out = &call->reply->body;

	(void)take_ending(arena_strdup(&call->arena, call->request->path), &format);
	if (code == ERR_AUTH)
		call->reply->status = err_http(ERR_DENIED);
	open311_type(call, format);
	open311_errors_begin(out, format);
	for (const char *s = sentence; *s != '\0';) { /* several stand in lines */
		size_t len = strcspn(s, "\n");

		open311_put_error(out, format, call->reply->status,
				  arena_strndup(&call->arena, s, len));
		s += len + (s[len] == '\n');
	}
	open311_errors_end(out, format);
}

/* --- discovery ------------------------------------------------------------------------------- */

static bool latest_adoption(void *ctx, const struct db_adoption *row)
{
	*(int64_t *)ctx = row->seq;
	return true;
}

/* When what is offered last changed: the moment of the adoption in force. */
static enum err adopted_at(struct call *call, int64_t *ret_at, struct error *err)
{
	const struct db_ops *db = call->service->db;
	struct entry entry = { .recv = 0 };
	struct db_entry row;
	int64_t seq = 0;
	enum err code = call_reader(call, err);

	if (code == ERR_OK)
		code = db->adoption_scan(call->reader, latest_adoption, &seq, err);
	if (code == ERR_OK)
		code = db->journal_get(call->reader, seq, &call->arena, &row, err);
	if (code == ERR_OK)
		code = entry_decode(row.bytes, row.len, &call->arena, &entry, err);
	if (code == ERR_OK)
		*ret_at = entry.recv;
	return code;
}

/* As it was asked, if that can be a host's name. */
static const char *host_of(const struct call *call)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789.:-_[]";
	const char *host = call->request->host;

	return host != NULL && *host != '\0' && host[strspn(host, letters)] == '\0' ? host
										     : "localhost";
}

static enum err get_discovery(struct call *call, const struct open311_path *path,
			      struct error *err)
{
	const struct open311 *open311 = call->rules->open311;
	struct open311_discovery discovery = { .contact = open311->contact,
					       .key_service = open311->key_service,
					       .offset_min = call->rules->offset_min };
	enum err code = adopted_at(call, &discovery.changed, err);

	if (code != ERR_OK)
		return code;
	discovery.url = open311->endpoint;
	if (discovery.url == NULL)
		discovery.url =
			arena_printf(&call->arena, "https://%s/open311/v2", host_of(call));
	open311_put_discovery(&call->reply->body, path->format, &discovery);
	return ERR_OK;
}

/* --- services -------------------------------------------------------------------------------- */

static enum err get_services(struct call *call, const struct open311_path *path,
			     struct error *err)
{
	const struct open311 *open311 = call->rules->open311;
	const struct open311_service *service;

	if (path->item == NULL) {
		open311_put_services(&call->reply->body, path->format, open311);
		return ERR_OK;
	}
	service = open311_service(open311, path->item);
	if (service == NULL)
		return error_set(err, ERR_NOT_FOUND, _("service_code %.80s was not found"),
				 path->item);
	open311_put_definition(&call->reply->body, path->format, service);
	return ERR_OK;
}

/* --- which it is ----------------------------------------------------------------------------- */

static const struct {
	const char *resource;
	bool item, no_item; /* with something behind it, and without */
	enum err (*get)(struct call *call, const struct open311_path *path, struct error *err);
} resources[] = {
	{ "discovery", false, true, get_discovery },
	{ "services", true, true, get_services },
	{ "requests", true, true, open311_requests },
	{ "tokens", true, false, open311_token },
};

/* Who reads: a system with its token, or anybody as often as the profile says. */
static enum err take_reader(struct call *call, struct error *err)
{
	const struct open311 *open311 = call->rules->open311;
	const char *key = call_arg(call, "api_key");
	int64_t wait;

	if (key != NULL || call->request->token != NULL)
		return system_take(call, key != NULL ? key : call->request->token, SYSTEM_OPEN311,
				   err);
	wait = rate_take(call->service->rates, "open311", call->request->address, open311->rate,
			 service_ticks(call->service));
	if (wait == 0)
		return ERR_OK;
	call->reply->retry_after = (int)((wait + 999) / 1000);
	return error_set(err, ERR_TOO_MANY, _("more than %lld requests a minute: wait %d seconds"),
			 (long long)open311->rate, call->reply->retry_after);
}

enum err open311_get(struct call *call, struct error *err)
{
	struct open311_path path;
	enum err code;

	if (!open311_path(call, &path))
		return error_set(err, ERR_NOT_FOUND, "%s", _("a path here ends in .xml or .json"));
	code = open311_offered(call, err);
	if (code == ERR_OK)
		code = take_reader(call, err);
	if (code == ERR_OK)
		code = open311_check_jurisdiction(call->rules->open311,
						  call_arg(call, "jurisdiction_id"), err);
	if (code != ERR_OK)
		return code;
	for (size_t i = 0; i < ARRAY_LEN(resources); i++) {
		if (strcmp(resources[i].resource, path.resource) != 0 ||
		    !(path.item != NULL ? resources[i].item : resources[i].no_item))
			continue;
		open311_type(call, path.format);
		return resources[i].get(call, &path, err);
	}
	return error_set(err, ERR_NOT_FOUND, _("%s: there is no %s here"), call->request->method,
			 call->request->path);
}
