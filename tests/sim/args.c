/* What acts carry in the simulation: by the tables of acts and fields, so that every verb is tried. */
#include <config.h>

#include "zhiban/base/uuid.h"
#include "zhiban/domain/rules.h"

#include "args.h"
#include "sim.h"

const char *sim_words(struct world *world, const char *what)
{
	return arena_printf(&world->arena, "%s %d", what, ++world->serial);
}

void args_text(struct args *args, const struct act_desc *desc, const char *name, const char *text)
{
	const struct field *field = act_arg_field(desc, name);

	if (field != NULL && args->n < SIM_GIVEN)
		args->items[args->n++] =
			(struct given){ field, { .is_text = true, .text = text } };
}

void args_num(struct args *args, const struct act_desc *desc, const char *name, int64_t num)
{
	const struct field *field = act_arg_field(desc, name);

	if (field != NULL && args->n < SIM_GIVEN)
		args->items[args->n++] = (struct given){ field, { .num = num } };
}

static const char *some_org(struct world *world)
{
	static const char *const orgs[] = { "roads", "water", "mains", "north", "northa", "southa" };

	return orgs[chance_below(&world->chance, ARRAY_LEN(orgs))];
}

static const char *some_phone(struct world *world)
{
	return arena_printf(&world->arena, "1380000%04d", ++world->serial);
}

static void fix_args(struct world *world, const struct act_desc *desc, struct args *args)
{
	switch (chance_below(&world->chance, 5)) {
	case 0:
		args->text = sim_words(world, "title");
		args_text(args, desc, "title", args->text);
		args->seen = act_arg_field(desc, "title");
		break;
	case 1:
		args->text = sim_words(world, "address");
		args_text(args, desc, "address", args->text);
		args->seen = act_arg_field(desc, "address");
		break;
	case 2:
		args_text(args, desc, "phone", some_phone(world));
		args_text(args, desc, "reporter", sim_words(world, "Caller"));
		break;
	case 3:
		args_num(args, desc, "urgency", (int64_t)chance_below(&world->chance, 3) + 1);
		args_text(args, desc, "address", sim_words(world, "address"));
		break;
	default:
		args_text(args, desc, "category", chance_one_in(&world->chance, 2) ? "0101" : "02");
		args_text(args, desc, "title", sim_words(world, "title"));
		break;
	}
	count_up(world, COUNT_fixes);
}

static const char *const due_texts[] = { "extend_by", "granted" };
static const char *const ahead[] = { "until", "review_at", "call_at", "answer_by", "expires_at" };

/* A text that the argument's field takes. */
static const char *some_text(struct world *world, const struct field *field,
			     const struct incident *incident, const struct client_page *page)
{
	static const struct {
		const char *name, *words[3];
	} lists[] = {
		{ "field", { "phone", "reporter", "phone" } },
		{ "why", { "callback", "locate", "callback" } },
		{ "out_to", { "110", "119", "110" } },
		{ "channel", { "note", "card", "note" } },
		{ "notice_class", { "plain", "red", "plain" } },
		{ "file_kind", { "before", "after", "other" } },
		{ "satisfaction", { "good", "fair", "bad" } },
		{ "category", { "0101", "02", "01" } },
		{ "claim", { "not_ours", "other_lead", "not_ours" } },
		{ "ruling", { "stays", "freed", "meeting" } },
		{ "content", { "content", "fair", "poor" } },
		{ "judged", { "regular", "irregular", "regular" } },
		{ "cls", { "minor", "major", "minor" } },
		{ "level", { "red", "orange", "none" } },
		{ "field", { "phone", "reporter", "phone" } },
		{ "why", { "callback", "locate", "callback" } },
	};

	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		if (strcmp(lists[i].name, field->name) == 0)
			return lists[i].words[chance_below(&world->chance, 3)];
	for (size_t i = 0; i < ARRAY_LEN(due_texts); i++)
		if (strcmp(due_texts[i], field->name) == 0)
			return chance_one_in(&world->chance, 2) ? "1wd" : "2h";
	if (strcmp(field->name, "behalf") == 0 && incident != NULL && incident->behalves.n > 0) {
		const struct behalf *records = incident->behalves.items;
		char id[UUID_TEXT];

		uuid_text(&records[chance_below(&world->chance, incident->behalves.n)].id, id);
		return arena_strdup(&world->arena, id);
	}
	if (strcmp(field->name, "file_hash") == 0)
		return "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
	if (strcmp(field->name, "unit") == 0 || strcmp(field->name, "whom") == 0 ||
	    strcmp(field->name, "rung") == 0)
		return chance_one_in(&world->chance, 2) ? "First team" : "Second team";
	if (page != NULL && page->n > 0 &&
	    (strcmp(field->name, "lead") == 0 || strcmp(field->name, "related") == 0)) {
		char id[UUID_TEXT];

		uuid_text(&page->rows[chance_below(&world->chance, page->n)].incident->head.id, id);
		return arena_strdup(&world->arena, id);
	}
	if (field->type == FIELD_ORG)
		return some_org(world);
	return sim_words(world, field->name);
}

static int64_t some_num(struct world *world, const struct field *field)
{
	if (field->type == FIELD_BOOL)
		return 1;
	if (field->type != FIELD_TIME)
		return (int64_t)chance_below(&world->chance, 9) + 1;
	for (size_t i = 0; i < ARRAY_LEN(ahead); i++)
		if (strcmp(ahead[i], field->name) == 0)
			return world->now +
			       ((int64_t)chance_below(&world->chance, 90) + 1) * 3600 * 1000;
	return world->now;
}

/* What an argument of any act may be; most of the optional ones stay away. */
static void give_any(struct world *world, const struct act_desc *desc, const struct act_arg *arg,
		     const struct incident *incident, const struct client_page *page,
		     struct args *args)
{
	const struct field *field = arg->field;

	if (!arg->required && !chance_one_in(&world->chance, 4))
		return;
	if (field_is_text(field))
		args_text(args, desc, field->name, some_text(world, field, incident, page));
	else
		args_num(args, desc, field->name, some_num(world, field));
}

void args_give(struct world *world, const struct act_desc *desc, const struct act_arg *arg,
	       struct args *args)
{
	give_any(world, desc, arg, NULL, NULL, args);
}

/* Whose turn it may be: a share's, the holder's, the seat's, or anybody's. */
static const char *some_turn(struct world *world, const struct incident *incident)
{
	size_t n = incident != NULL ? incident->parts.n : 0;
	size_t notices = incident != NULL ? incident->receipts.n : 0;
	const char *org = NULL;

	if (notices > 0 && chance_one_in(&world->chance, 3))
		org = ((const struct receipt *)incident->receipts.items)
			      [chance_below(&world->chance, notices)].org;
	else if (n > 0 && chance_one_in(&world->chance, 2))
		org = incident_part(incident, chance_below(&world->chance, n))->org;
	else if (incident != NULL && !chance_one_in(&world->chance, 3))
		org = incident->holder != NULL ? incident->holder : incident->seat;
	return org != NULL ? org : some_org(world);
}

/* Half of those who act have no console. */
static void some_call(struct world *world, const struct incident *incident, bool ranked,
		      struct args *args)
{
	args->phone = (struct by_phone){ .org = some_turn(world, incident),
					 .rung = "Desk",
					 .answered_by = sim_words(world, "Clerk"),
					 .wording = sim_words(world, "said"),
					 .at = world->now };
	if (ranked ? !chance_one_in(&world->chance, 4) : chance_one_in(&world->chance, 3))
		args->phone = (struct by_phone){ .role = "leader", .rung = "Leader",
						 .wording = sim_words(world, "agreed") };
	count_up(world, COUNT_by_phone);
}

/* What only a chief may do, and is told by telephone else. */
static bool asks_rank(const struct act_desc *desc)
{
	static const char *const verbs[] = { "lift", "shelve", "extend_ok", "restrict",
					      "unrestrict" };

	for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
		if (strcmp(desc->verb, verbs[i]) == 0)
			return true;
	return false;
}

static bool is_told(const struct act_desc *desc)
{
	return desc->flags & ACT_SHARE || asks_rank(desc) || strcmp(desc->verb, "receipt") == 0;
}

void args_fill(struct world *world, const struct act_desc *desc, const struct incident *incident,
	       const struct client_page *page, struct args *args)
{
	struct act_arg all[ACT_ARGS_MAX];
	size_t n;

	if (strcmp(desc->verb, "fix") == 0) {
		fix_args(world, desc, args);
		return;
	}
	n = act_args(desc, all);
	for (size_t i = 0; i < n; i++)
		give_any(world, desc, &all[i], incident, page, args);
	if (strcmp(desc->verb, "assign") == 0) {
		args->text = args->items[0].value.text;
		args->seen = args->items[0].field;
	}
	if (chance_one_in(&world->chance, is_told(desc) ? 2 : 6))
		some_call(world, incident, asks_rank(desc), args);
}

void args_register(struct world *world, const struct act_desc *desc, struct args *args)
{
	args->text = sim_words(world, "incident");
	args_text(args, desc, "title", args->text);
	args->seen = act_arg_field(desc, "title");
	if (!chance_one_in(&world->chance, 3)) {
		args_text(args, desc, "phone", some_phone(world));
		args_text(args, desc, "reporter", sim_words(world, "Caller"));
	}
	args_text(args, desc, "street", chance_one_in(&world->chance, 2) ? "north" : "south");
	if (chance_one_in(&world->chance, 3))
		args_num(args, desc, "urgency", (int64_t)chance_below(&world->chance, 3) + 1);
}
