/* What acts on rosters carry, in words: names instead of ids. */
#include <config.h>

#include <string.h>

#include "roster_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

static void add_person(struct client *client, const struct uuid *id, struct str *out)
{
	struct arena arena = ARENA_INIT;
	struct thing thing;

	if (uuid_is_nil(id))
		str_add(out, "-");
	else if (thing_get(client, KIND_STAFF, id, "", &arena, &thing, NULL) == ERR_OK &&
		 ((const struct staff *)thing.shown)->name != NULL)
		str_add(out, ((const struct staff *)thing.shown)->name);
	else
		str_add(out, "?");
	arena_release(&arena);
}

static void add_seat(const struct roster_plan *plan, int32_t day, const char *shift, const char *post,
		     int seat, struct str *out)
{
	const struct duty_shift *of_shift = plan != NULL ? plan_shift(plan, shift) : NULL;
	const struct duty_post *of_post = plan != NULL ? plan_post(plan, post) : NULL;
	char text[CIVIL_TEXT];

	civil_format(civil_ms_of_day(day, 0), 0, "m-d", text, sizeof text);
	str_addf(out, "%s %s %s", text, of_shift != NULL ? of_shift->label : shift,
		 of_post != NULL ? of_post->label : post);
	if (seat > 1)
		str_addf(out, " %d", seat);
}

static bool add_turn(struct client *client, const struct uuid *id, struct str *out)
{
	struct arena arena = ARENA_INIT;
	struct client_roster roster;
	const struct turn *turn = NULL;
	struct uuid of;

	if (client->cache != NULL && cache_turn_roster(client->cache, id, &of, NULL) == ERR_OK &&
	    client_roster_get(client, &of, &arena, &roster, NULL) == ERR_OK)
		turn = roster_turn_find(roster.roster, id);
	if (turn != NULL)
		add_seat(rules_plan(client->rules, roster.roster->plan),
			 turn_day(client->rules, turn), turn->shift, turn->post, (int)turn->seat, out);
	arena_release(&arena);
	return turn != NULL;
}

static bool add_cell(struct client *client, const struct act *act, const char *words, struct str *out)
{
	const struct roster_plan *plan = rules_plan(client->rules, act_text(act, "plan_code"));
	struct cell cell;

	if (plan == NULL || cell_parse(plan, words, &cell, NULL) != ERR_OK)
		return false;
	add_seat(plan, cell.day, cell.shift, cell.post, cell.seat, out);
	str_add_char(out, ' ');
	if (!uuid_is_nil(&cell.was)) {
		add_person(client, &cell.was, out);
		str_add(out, " > ");
	}
	add_person(client, &cell.now, out);
	return true;
}

bool client_roster_words(struct client *client, const struct act *act, const struct given *given,
			 struct arena *arena, const char **ret_words)
{
	struct str out = STR_INIT;
	bool known = roster_words(client, act, given, &out);

	if (known)
		*ret_words = arena_strdup(arena, str_get(&out));
	str_release(&out);
	return known;
}

bool roster_words(struct client *client, const struct act *act, const struct given *given,
		  struct str *out)
{
	const char *name = given->field->name;
	struct uuid id;

	if (joint_words(client, act, given, out))
		return true;
	if ((act->target.kind != KIND_ROSTER && act->target.kind != KIND_SWAP) ||
	    given->value.text == NULL)
		return false;
	if (strcmp(name, "cell") == 0)
		return add_cell(client, act, given->value.text, out);
	if (uuid_parse(given->value.text, &id) != ERR_OK)
		return false;
	if (strcmp(name, "who") == 0)
		add_person(client, &id, out);
	else if (strcmp(name, "turn_id") != 0 && strcmp(name, "other_turn") != 0)
		return false;
	else
		return add_turn(client, &id, out);
	return true;
}
