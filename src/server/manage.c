#include <config.h>

#include "manage_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/candidate.h"
#include "zhiban/domain/carry.h"

/* --- who asks -------------------------------------------------------------------------------- */

struct manager manager_of(const struct call *call, struct arena *arena)
{
	return (struct manager){ .by = audit_by(call, arena), .local = call->session.officer == NULL };
}

struct denied {
	struct audit_by by;
	const char *path;
};

static enum err denied_write(struct writer *writer, struct job *job, struct error *err)
{
	const struct denied *denied = job->data;
	const struct audit_line line = { .what = AUDIT_MANAGE_DENIED, .by = denied->by,
					 .about = denied->path };

	return audit_note(writer, &line, err);
}

static void denied_done(struct service *service, struct job *job)
{
	(void)service;
	job_free(job);
}

/* Not waited for. */
static void note_denied(struct call *call)
{
	struct job *job = job_new(sizeof(struct denied));
	struct denied *denied = job->data;

	denied->by = audit_by(call, &job->arena);
	denied->path = arena_printf(&job->arena, "%s %s", call->request->method,
				    call->request->path);
	job->write = denied_write;
	job->done = denied_done;
	call_reader_end(call);
	if (job_submit(call->service, job, NULL) != ERR_OK)
		job_free(job);
}

enum err manage_gate(struct call *call, enum role_manage what, struct error *err)
{
	if (rules_role(call->rules, call->session.role)->manage == what)
		return ERR_OK;
	note_denied(call);
	return error_set(err, ERR_NOT_FOUND, _("%s: there is no %s here"), call->request->method,
			 call->request->path);
}

enum err manage_may(const struct manager *manager, const struct rules *rules, const char *officer,
		    const char *role, struct error *err)
{
	if (manager->local)
		return ERR_OK;
	if (str_eq(manager->by.who, officer))
		return error_set(err, ERR_DENIED, "%s",
				 _("nobody administers his own account: do it on the server itself"));
	if (rules_role(rules, role)->manage == MANAGE_NOTHING)
		return ERR_OK;
	return error_set(err, ERR_DENIED,
			 _("accounts of the role %s are made and changed on the server itself"),
			 rules_role_label(rules, role));
}

/* --- words ----------------------------------------------------------------------------------- */

const char *manage_form(const struct call *call, struct arena *arena, const char *name)
{
	const char *s = call->request->body, *end = s + call->request->body_len;
	size_t len = strlen(name);

	while (s < end) {
		const char *newline = memchr(s, '\n', (size_t)(end - s));
		const char *stop = newline != NULL ? newline : end;

		if ((size_t)(stop - s) > len + 1 && memcmp(s, name, len) == 0 && s[len] == '=')
			return arena_strndup(arena, s + len + 1, (size_t)(stop - s) - len - 1);
		s = stop + 1;
	}
	return NULL;
}

static enum err resolve_org(const struct rules *rules, int64_t now, const char **org,
			    struct error *err)
{
	const struct org *known = NULL;
	enum err code = candidates_org_exactly(rules, *org, &known, err);

	if (code != ERR_OK)
		return code;
	if (!org_stands(rules, known->code, now))
		return error_set(err, ERR_INPUT, _("%s has ended"), known->name);
	*org = known->code;
	return ERR_OK;
}

static enum err resolve_role(const struct rules *rules, const char **role, struct error *err)
{
	const struct choice *choice = choices_named(&rules->roles, *role);
	struct str allowed = STR_INIT;

	if (choice != NULL) {
		*role = choice->code;
		return ERR_OK;
	}
	for (size_t i = 0; i < rules->roles.n; i++)
		str_addf(&allowed, "%s%s", i > 0 ? ", " : "", rules->roles.items[i].code);
	(void)error_set(err, ERR_INPUT, _("%s is no role; allowed are %s"), *role,
			str_get(&allowed));
	str_release(&allowed);
	return ERR_INPUT;
}

enum err manage_resolve(const struct rules *rules, int64_t now, const char **org, const char **role,
			struct error *err)
{
	enum err code = ERR_OK;

	if (*org != NULL)
		code = resolve_org(rules, now, org, err);
	return code == ERR_OK && *role != NULL ? resolve_role(rules, role, err) : code;
}

/* --- replies --------------------------------------------------------------------------------- */

enum err manage_reply(struct call *call, const struct listing *listing, struct error *err)
{
	enum listing_format format;
	enum err code = listing_format(call_arg(call, "format"), LISTING_TSV, &format, err);

	if (code != ERR_OK)
		return code;
	call_text(call, "");
	listing_write(listing, format, &call->reply->body);
	if (format == LISTING_JSON)
		call->reply->type = "application/json";
	if (format == LISTING_JSONL)
		call->reply->type = "application/x-ndjson";
	return ERR_OK;
}

bool manage_titled(const struct call *call)
{
	return str_eq(call_arg(call, "format"), "table");
}

const char *manage_org(const struct rules *rules, const char *code, bool titled)
{
	const struct org *org = titled && code != NULL ? rules_org(rules, code) : NULL;

	return org != NULL ? org->name : code;
}

const char *manage_role(const struct rules *rules, const char *code, bool titled)
{
	return titled && code != NULL ? rules_role_label(rules, code) : code;
}

const char *manage_time(const struct rules *rules, int64_t at, struct arena *arena)
{
	char text[CIVIL_TEXT];

	if (at == 0)
		return NULL;
	civil_format(at, rules->offset_min, "Y-m-d H:M", text, sizeof text);
	return arena_strdup(arena, text);
}

/* --- sessions that end ------------------------------------------------------------------------- */

void ending_add(struct ending *ending, const uint8_t token[SHA256_LEN])
{
	MEM_GROW(ending->sessions, ending->n, ending->cap);
	ending->sessions[ending->n++] = memo_key(token, SHA256_LEN);
}

void ending_done(struct call *call, struct ending *ending)
{
	parks_end(call->service, ending->sessions, ending->n);
	free(ending->sessions);
	*ending = (struct ending){ .n = 0 };
}

struct of_officer {
	const char *officer;
	struct ending *ending;
};

static bool token_each(void *ctx, const struct db_token *row)
{
	const struct of_officer *of = ctx;

	if (strcmp(row->officer, of->officer) == 0)
		ending_add(of->ending, row->hash);
	return true;
}

enum err ending_of(struct writer *writer, const char *officer, struct ending *ending,
		   struct error *err)
{
	struct of_officer of = { officer, ending };

	return writer->service->db->token_scan(writer->db, token_each, &of, err);
}
