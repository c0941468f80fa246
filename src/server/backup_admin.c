/* POST /v1/admin/backup: "FILE\n", then "replace\n" or "\n", then for each part "LENGTH NAME\n" and
 * its bytes.  Made where PINs are hashed: requests and the writer go on meanwhile. */
#include <config.h>

#include "audit_priv.h"
#include "backup_priv.h"
#include "service_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"

struct backup_job {
	struct audit_by by;
	const char *path;
	bool replace;
	struct backup_part parts[BACKUP_PARTS];
	size_t n;
};

struct body {
	const char *s, *end;
};

/* The next line without its end, in the arena; NULL when there is none. */
static const char *line_of(struct body *body, struct arena *arena)
{
	const char *newline = memchr(body->s, '\n', (size_t)(body->end - body->s)), *line;

	if (newline == NULL)
		return NULL;
	line = arena_strndup(arena, body->s, (size_t)(newline - body->s));
	body->s = newline + 1;
	return line;
}

static bool read_part(struct body *body, struct arena *arena, struct backup_part *part)
{
	const char *line = line_of(body, arena);
	const char *blank = line != NULL ? strchr(line, ' ') : NULL;
	long long len;

	if (blank == NULL || blank[1] == '\0' || strchr(blank + 1, ' ') != NULL ||
	    !str_int(arena_strndup(arena, line, (size_t)(blank - line)), 0, body->end - body->s,
		     &len) ||
	    len > BACKUP_PART_MAX)
		return false;
	*part = (struct backup_part){ blank + 1, arena_strndup(arena, body->s, (size_t)len),
				      (size_t)len };
	body->s += len;
	return true;
}

static bool read_body(const struct request *request, struct arena *arena, struct backup_job *data)
{
	struct body body = { request->body, (const char *)request->body + request->body_len };
	const char *how;

	data->path = body.s != NULL ? line_of(&body, arena) : NULL;
	how = data->path != NULL ? line_of(&body, arena) : NULL;
	if (how == NULL || data->path[0] != '/')
		return false;
	data->replace = strcmp(how, "replace") == 0;
	while (body.s < body.end) {
		if (data->n == BACKUP_PARTS || !read_part(&body, arena, &data->parts[data->n]))
			return false;
		data->n++;
	}
	return true;
}

static enum err backup_work(struct service *service, struct job *job, struct error *err)
{
	const struct backup_job *data = job->data;

	return service_backup(service, data->path, data->parts, data->n, data->replace, err);
}

static enum err backup_write(struct writer *writer, struct job *job, struct error *err)
{
	const struct backup_job *data = job->data;
	const struct audit_line line = { .what = AUDIT_BACKUP, .by = data->by, .about = data->path };

	return audit_note(writer, &line, err);
}

static enum err backup_finish(struct call *call, struct job *job, struct error *err)
{
	struct backup_job *data = job->data;

	(void)err;
	for (size_t i = 0; i < data->n; i++)
		crypto_wipe((void *)(uintptr_t)data->parts[i].bytes, data->parts[i].len);
	if (job->code == ERR_OK)
		call_text(call, "ok\n");
	return job->code;
}

enum err admin_backup_post(struct call *call, struct error *err)
{
	struct job *job = job_new(sizeof(struct backup_job));

	if (!read_body(call->request, &job->arena, job->data)) {
		job_free(job);
		return error_set(err, ERR_INPUT, "%s", _("a path and the parts are wanted"));
	}
	((struct backup_job *)job->data)->by = audit_by(call, &job->arena);
	job->work = backup_work;
	job->write = backup_write;
	job->finish = backup_finish;
	return call_submit(call, job, err);
}

/* --- POST /v1/manage/backup: where it goes is the server's own choice -------------------------- */

struct own_backup {
	struct audit_by by;
	struct str path;
};

static enum err own_work(struct service *service, struct job *job, struct error *err)
{
	struct own_backup *own = job->data;

	return service->backup(service->backup_ctx, service, &own->path, err);
}

static enum err own_write(struct writer *writer, struct job *job, struct error *err)
{
	struct own_backup *own = job->data;
	const struct audit_line line = { .what = AUDIT_BACKUP, .by = own->by,
					 .about = str_get(&own->path) };

	return audit_note(writer, &line, err);
}

static enum err own_finish(struct call *call, struct job *job, struct error *err)
{
	struct own_backup *own = job->data;

	(void)err;
	if (job->code == ERR_OK) {
		call_text(call, str_get(&own->path));
		str_add_char(&call->reply->body, '\n');
	}
	str_release(&own->path);
	return job->code;
}

enum err manage_backup_post(struct call *call, struct error *err)
{
	struct job *job;
	struct own_backup *own;

	if (call->service->backup == NULL)
		return error_set(err, ERR_REFUSED, "%s", _("this server keeps no backups of its own"));
	job = job_new(sizeof *own);
	own = job->data;
	own->by = audit_by(call, &job->arena);
	job->work = own_work;
	job->write = own_write;
	job->finish = own_finish;
	return call_submit(call, job, err);
}
