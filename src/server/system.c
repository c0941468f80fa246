#include <config.h>

#include "auth_priv.h"
#include "system_priv.h"

#include <stdio.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"

struct actor system_as_actor(const struct db_system *system)
{
	return (struct actor){ .officer = system->name, .org = system->org, .role = "system" };
}

struct db_system system_keep(const struct db_system *system, struct arena *arena)
{
	struct db_system kept = *system;

	kept.name = arena_strdup(arena, system->name);
	kept.source = arena_strdup(arena, system->source);
	kept.org = arena_strdup(arena, system->org);
	return kept;
}

static enum err check_rate(struct call *call, struct error *err)
{
	int64_t wait = rate_take(call->service->rates, "system", call->system.name,
				 call->system.rate, service_ticks(call->service));

	if (wait == 0)
		return ERR_OK;
	call->reply->retry_after = (int)((wait + 999) / 1000);
	return error_set(err, ERR_TOO_MANY, _("more than %lld requests a minute: wait %d seconds"),
			 (long long)call->system.rate, call->reply->retry_after);
}

enum err system_take(struct call *call, const char *token, unsigned kind, struct error *err)
{
	uint8_t hash[SHA256_LEN];
	enum err code;

	if (token == NULL || *token == '\0')
		return error_set(err, ERR_AUTH, "%s", _("a system's token is wanted"));
	code = call_reader(call, err);
	if (code != ERR_OK)
		return code;
	token_hash(token, hash);
	code = call->service->db->system_find(call->reader, hash, &call->arena, &call->system, err);
	if (code == ERR_NOT_FOUND || (code == ERR_OK && !call->system.active))
		return error_set(err, ERR_AUTH, "%s", _("the token is unknown or was revoked"));
	if (code != ERR_OK)
		return code;
	snprintf(call->reply->who, sizeof call->reply->who, "%.90s (%.60s)", call->system.name,
		 call->system.source);
	if ((call->system.kinds & kind) == 0)
		return error_set(err, ERR_DENIED, _("%s may not do this"), call->system.name);
	return check_rate(call, err);
}

enum err system_used(struct writer *writer, const struct db_system *system, struct error *err)
{
	struct arena arena = ARENA_INIT;
	int64_t now = env_now(&writer->service->env);
	struct db_system row;
	enum err code = ERR_OK;

	if (system->used > now - HOUR_MS && system->used <= now)
		return ERR_OK;
	/* as it is now: it may have been revoked since */
	code = writer->service->db->system_get(writer->db, system->name, &arena, &row, err);
	if (code == ERR_OK) {
		row.used = now;
		code = writer->service->db->system_put(writer->db, &row, err);
	}
	arena_release(&arena);
	return code;
}
