/* Callers ask for what is known of them to be erased: at any moment, of any case. */
#include <config.h>

#include "oracle.h"
#include "zhiban/wire/entity.h"

/* Nothing of it stands in the data any more: neither in the table nor in the state. */
static bool none_left(void *ctx, const struct db_personal *row)
{
	struct world *world = ctx;

	sim_fail(world, "value %lld of an erased case is still there", (long long)row->id);
	return false;
}

static void must_be_gone(struct world *world, const struct uuid *id)
{
	struct db *db = server_reader(world);
	struct arena arena = ARENA_INIT;
	const struct incident *incident;
	struct db_entity row;
	struct error err = ERROR_INIT;
	void *entity;

	sim_must(world, db_sqlite.entity_get(db, id, &arena, &row, &err), &err, "the erased case");
	sim_must(world, db_sqlite.personal_of(db, row.eno, none_left, world, &err), &err,
		 "the values of the erased case");
	sim_must(world, entity_decode(row.bytes, row.len, &arena, &entity, &err), &err,
		 "the erased case");
	incident = entity;
	/* a team's phone on the scene is nobody's personal value */
	if (incident->phone != NULL || incident->reporter != NULL)
		sim_fail(world, "the state of an erased case has a caller");
	arena_release(&arena);
}

void step_erase(struct world *world)
{
	struct request_arg args[] = { { "incident", NULL }, { "reason", "asked for" }, { NULL, NULL } };
	char text[UUID_TEXT];
	struct uuid id;
	size_t n;

	if (world->server.service == NULL)
		return;
	oracle_follow(world);
	n = oracle_count(world->oracle);
	if (n == 0 || !oracle_at(world->oracle, chance_below(&world->chance, n), &id))
		return;
	uuid_text(&id, text);
	args[0].value = text;
	if (!server_admin(world, "/v1/admin/erase", args, NULL, 0, NULL))
		return;
	count_up(world, COUNT_erased);
	sim_say(world, "%s erased", text);
	must_be_gone(world, &id);
}
