#include <config.h>

#include <string.h>

#include "act_joint.h"
#include "act_priv.h"
#include "log_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/swap.h"

/* The order in which a registration is asked for: whose phone, where (an address proposes the rest
 * of the place), what; how urgent, and his words.  What may follow is folded away.  What only an
 * import brings is not asked for at all. */
static const char *const register_order[] = {
	"phone",    "address",	"title",       "urgency",     "text",	   "reporter",
	"street",   "community", "grid",       "category",    "source",	   "type",
	"object_class", "object_no", "object_state", "occurred_at", "severity", "src_no",
};
enum { REGISTER_OPEN = 5 }; /* of them are in sight at once */

/* A whistle: who must come, why, how grave, by when; then what it is about. */
static const char *const blow_order[] = { "summons", "title", "assist", "lead_org", "ground",
					  "important", "pressing", "cls", "report_by", "street",
					  "address", "incident", "text", "handle_by", "draft" };

/* What the program finds out by itself: of a file. */
static const char *const found_out[] = { "file_size", "file_hash" };

static bool is_one_of(const char *name, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/* Fields that this district or this incident has no use for: lists that the profile does not have,
 * a share where no step works by shares. */
static bool is_of_use(const struct rules *rules, const struct field *field,
		      const struct subject *subject, bool whose)
{
	static const char *const listed[] = { "type", "object_class", "object_state", "channel",
					      "notice_class", "out_to" };
	const struct incident *incident = subject ? subject->incident : NULL;
	const struct step *step = incident ? rules_step(rules, incident->step) : NULL;
	struct arena arena = ARENA_INIT;
	bool has;

	if (field->flags & F_HIDDEN || is_one_of(field->name, found_out, ARRAY_LEN(found_out)))
		return false;
	if (strcmp(field->name, "share") == 0 && subject && subject->kind != KIND_INCIDENT)
		return whose;
	if (strcmp(field->name, "share") == 0)
		return step && step->shares;
	if (strcmp(field->name, "code") == 0 && subject && subject->kind == KIND_WHISTLE) {
		const struct summons *kind = whistle_summons(rules, subject->whistle.whistle);

		return !kind || kind->coded;
	}
	if (strcmp(field->name, "who") == 0 && subject && subject->kind == KIND_SWAP && subject->entity)
		return !((const struct swap *)subject->entity)->other_staff; /* of one who is named */
	if (strcmp(field->name, "summons") == 0)
		return rules->n_summonses > 1;
	if (strcmp(field->name, "list_line") == 0)
		return rules->n_duties > 0;
	if (strcmp(field->name, "object_no") == 0)
		return rules->objects.n > 0;
	if (!is_one_of(field->name, listed, ARRAY_LEN(listed)))
		return true;
	const struct choices *choices = rules_choices_in(rules, field, &arena);

	has = choices && choices->n > 0;
	arena_release(&arena);
	return has;
}

/* Without what was chosen before. */
static size_t left_to_ask(const struct app *app, const struct act_desc *act,
			  struct act_arg args[ACT_ARGS_MAX])
{
	size_t n = act_args(act, args), kept = 0;

	for (size_t i = 0; i < n; i++)
		if (!act_preset_has(app, act, args[i].field->name))
			args[kept++] = args[i];
	return kept;
}

static size_t act_order(const struct app *app, const struct act_desc *act,
			const struct subject *subject, struct act_arg args[ACT_ARGS_MAX])
{
	const struct rules *rules = client_rules(app->client);
	bool whose = subject && subject_asks_whose(app->client, subject, act);
	struct act_arg all[ACT_ARGS_MAX];
	size_t n = left_to_ask(app, act, all), used = 0;
	bool registers = strcmp(act->verb, "register") == 0, blows = strcmp(act->verb, "blow") == 0;
	const char *const *order = registers ? register_order : blow_order;
	size_t n_order = registers ? ARRAY_LEN(register_order) : blows ? ARRAY_LEN(blow_order) : 1;
	size_t n_log;
	const char *const *log = log_form_order(app, act, &n_log);

	if (log) {
		order = log;
		n_order = n_log;
	}

	for (size_t i = 0; i < n; i++) /* whose it is comes before what is said of it */
		if (strcmp(all[i].field->name, "share") == 0 &&
		    is_of_use(rules, all[i].field, subject, whose) &&
		    act_joint_asks(app, act, all[i].field))
			args[used++] = all[i];
	for (size_t o = 0; o < n_order; o++)
		for (size_t i = 0; i < n; i++)
			if (strcmp(all[i].field->name, "share") != 0 &&
			    (all[i].required || is_of_use(rules, all[i].field, subject, whose)) &&
			    !is_one_of(all[i].field->name, found_out, ARRAY_LEN(found_out)) &&
			    act_joint_asks(app, act, all[i].field) &&
			    (n_order == 1 || strcmp(all[i].field->name, order[o]) == 0))
				args[used++] = all[i];
	return used;
}

/* ---- choices ---- */

static struct form_choice *choice_list(const struct choices *choices, bool by_number,
				       struct arena *arena, size_t *ret_n)
{
	struct form_choice *list = arena_array(arena, choices->n + 1, sizeof *list);

	for (size_t i = 0; i < choices->n; i++) {
		list[i].value = by_number ? arena_printf(arena, "%zu", i + 1)
					  : choices->items[i].code;
		list[i].label = choices->items[i].label;
		list[i].hint = choices->items[i].code;
	}
	*ret_n = choices->n;
	return list;
}

/* Tiers from the community downwards, and overlays: thousands of organisations. */
static bool is_low(const struct rules *rules, const struct org *org)
{
	const struct choice *low = choices_find(&rules->tiers, "community");
	const struct choice *tier = choices_find(&rules->tiers, org->tier);

	return org->layer != NULL || (low != NULL && tier != NULL && tier >= low);
}

/* Whose own ground it is: of the centre that runs the case, or of the officer, below the whole. */
static bool is_on_ground(const struct rules *rules, const char *ground, const struct org *org)
{
	return ground != NULL && !str_eq(ground, rules->centre) &&
	       rules_org_within(rules, org->code, ground);
}

struct picking { /* organisations for a field */
	const struct rules *rules;
	const struct field *field;
	const struct subject *subject; /* or NULL */
	const struct summons *summons; /* who may be called by it alone; or NULL */
	const char *own;		 /* the officer's organisation, or NULL */
	int64_t now;
};

/* Organisations in protocol order; a field called like a tier (street, community, grid) takes only
 * those of it, the others of the low tiers only those on one's own ground. */
static bool org_fits(const struct picking *picking, const struct org *org)
{
	const struct rules *rules = picking->rules;
	const char *seat = picking->subject && picking->subject->incident
				   ? picking->subject->incident->seat
				   : NULL;

	if (picking->summons)
		return summons_may_call(rules, picking->summons, picking->own, org->code);
	if (choices_find(&rules->tiers, picking->field->name) != NULL)
		return str_eq(org->tier, picking->field->name);
	return !is_low(rules, org) || is_on_ground(rules, seat, org) ||
	       is_on_ground(rules, picking->own, org);
}

/* Closed ones, and those that do not exist yet, hold nothing. */
static bool is_current(const struct org *org, int64_t now)
{
	return (org->begins == 0 || org->begins <= now) && (org->ends == 0 || org->ends > now);
}

static struct form_choice *org_list(const struct picking *picking, struct arena *arena,
				    size_t *ret_n)
{
	const struct rules *rules = picking->rules;
	struct form_choice *list = arena_array(arena, rules->n_orgs + 1, sizeof *list);
	size_t n = 0;

	for (size_t i = 0; i < rules->n_orgs; i++) {
		const struct org *org = &rules->orgs[i];

		if (!is_current(org, picking->now) || !org_fits(picking, org))
			continue;
		list[n].value = org->code;
		list[n].label = org->brief ? org->brief : org->name;
		list[n].help = org->managed
				   ? org->name
				   : arena_printf(arena, _("%s (run by others)"), org->name);
		list[n++].hint = arena_printf(arena, "%s %s", org->code, org->name);
	}
	*ret_n = n;
	return list;
}

static void add_share(const struct rules *rules, const char *code, struct form_choice *list,
		      size_t *n)
{
	const struct org *org = rules_org(rules, code);

	if (!org)
		return;
	list[*n].value = org->code;
	list[*n].label = org->brief ? org->brief : org->name;
	list[(*n)++].help = org->name;
}

static struct form_choice *whistle_shares(const struct rules *rules, const struct whistle *whistle,
					  struct arena *arena, size_t *ret_n)
{
	struct form_choice *list = arena_array(arena, whistle->shares.n + 1, sizeof *list);
	size_t n = 0;

	for (size_t i = 0; i < whistle->shares.n; i++)
		if (!whistle_share(whistle, i)->freed_at)
			add_share(rules, whistle_share(whistle, i)->org, list, &n);
	*ret_n = n;
	return list;
}

/* The departments that have a share now. */
static struct form_choice *share_list(const struct rules *rules, const struct subject *subject,
				      struct arena *arena, size_t *ret_n)
{
	if (subject->kind == KIND_WHISTLE)
		return whistle_shares(rules, subject->whistle.whistle, arena, ret_n);

	const struct incident *incident = subject->incident;
	struct form_choice *list = arena_array(arena, incident->parts.n + 1, sizeof *list);
	size_t n = 0;

	for (size_t i = 0; i < incident->parts.n; i++) {
		const struct part *part = incident_part(incident, i);

		if (!str_eq(part->role, "past") && !str_eq(part->state, "returned"))
			add_share(rules, part->org, list, &n);
	}
	*ret_n = n;
	return list;
}

static struct form_choice *yes_no(struct arena *arena, size_t *ret_n)
{
	struct form_choice *list = arena_array(arena, 2, sizeof *list);

	list[0] = (struct form_choice){ .value = "1", .label = _("yes") };
	list[1] = (struct form_choice){ .value = "0", .label = _("no") };
	*ret_n = 2;
	return list;
}

/* ---- fields ---- */

static const char *field_help(const struct field *field)
{
	switch (field->type) {
	case FIELD_TIME:
		return _("2026-11-22 02:41, 02:41 of today, or +40m +2h +1d from now");
	case FIELD_MICRO:
		return _("degrees: 31.779400");
	case FIELD_ORG:
		return _("type to choose: name, short name or code");
	case FIELD_CHOICE:
	case FIELD_CODE:
		return _("type to choose");
	case FIELD_TEXT:
	case FIELD_INT:
	case FIELD_BOOL:
	case FIELD_PERSON:
		break;
	}
	return field->flags & F_LONG ? _("several lines; Tab goes on") : NULL;
}

/* What is asked in words that say how. */
static const struct {
	const char *name, *help;
} helps[] = {
	{ "lead", N_("the number of the lead ticket: 22-0417") },
	{ "related", N_("a number here (22-0417) or elsewhere") },
	{ "extend_by", N_("how much more: 3wd, 2d, 4h, 90wm") },
	{ "granted", N_("3wd, 2d, 4h, 90wm; empty: as asked") },
	{ "called_at", N_("when it was; empty: now") },
	{ "list_line", N_("the line of the duty list, or: none") },
	{ "file_name", N_("path of the file: its name, size and hash are noted") },
	{ "incident", N_("numbers of the cases it is blown for: 22-0417, 22-0420") },
	{ "code", N_("the six digits that the street's console shows; empty: the street confirms") },
	{ "cls", N_("empty: by whether it is important and pressing") },
	{ "handle_by", N_("empty: by the class") },
	{ "report_by", N_("empty: by the class") },
};

static const char *help_of(const struct field *field)
{
	for (size_t i = 0; i < ARRAY_LEN(helps); i++)
		if (strcmp(helps[i].name, field->name) == 0)
			return _(helps[i].help);
	return field_help(field);
}

/* An organisation may have a list of its own (四类三十六项): its officers choose from that. */
static const struct choices *own_list(const struct rules *rules, const char *org,
				      const struct field *field, const struct choices *choices,
				      struct arena *arena)
{
	const struct override *own = rules_override(rules, org);
	struct choices *list;
	struct choice *items;

	if (!choices || !own || !own->categories || strcmp(field->name, "category") != 0)
		return choices;
	list = arena_alloc(arena, sizeof *list);
	items = arena_array(arena, choices->n + 1, sizeof *items);
	for (size_t i = 0; own->categories[i]; i++) {
		const struct choice *choice = choices_find(choices, own->categories[i]);

		if (choice && list->n < choices->n)
			items[list->n++] = *choice;
	}
	list->items = items;
	return list;
}

/* Of the departments that a whistle may call: those its kind lets be called. */
static bool is_called(const struct field *field)
{
	static const char *const names[] = { "assist", "lead_org", "unit_org", "claim_for" };

	return is_one_of(field->name, names, ARRAY_LEN(names));
}

/* A list that each kind of whistle has of its own; kinds: only those that he may blow. */
static const struct choices *summons_list(struct app *app, const struct field *field,
					  const struct summons *summons,
					  const struct choices *choices, struct arena *arena)
{
	const struct rules *rules = client_rules(app->client);
	const struct actor *actor = client_actor(app->client);
	struct choices *list = arena_alloc(arena, sizeof *list);
	size_t most = summons ? summons->n_classes + rules->n_summonses : rules->n_summonses;
	struct choice *items = arena_array(arena, most + 1, sizeof *items);

	if (summons && strcmp(field->name, "ground") == 0)
		return &summons->grounds;
	list->items = items;
	for (size_t i = 0; summons && strcmp(field->name, "cls") == 0 && i < summons->n_classes; i++)
		items[list->n++] = (struct choice){ summons->classes[i].code,
						    summons->classes[i].label, NULL };
	for (size_t i = 0; strcmp(field->name, "summons") == 0 && i < rules->n_summonses; i++)
		if (actor && summons_may_blow(rules, &rules->summonses[i], actor->org))
			items[list->n++] = (struct choice){ rules->summonses[i].code,
							    rules->summonses[i].label, NULL };
	return list->n ? list : choices;
}

static void take_choices(struct app *app, const struct field *field,
			 const struct subject *subject, const struct summons *summons,
			 struct arena *arena, struct form_field *out)
{
	const struct rules *rules = client_rules(app->client);
	const struct choices *choices = rules_choices_in(rules, field, arena);
	const struct actor *actor = client_actor(app->client);
	const char *own = actor ? actor->org : NULL;
	struct picking picking = { rules, field, subject, is_called(field) ? summons : NULL, own,
				   app_now(app) };

	if (subject && subject->kind == KIND_WHISTLE)
		picking.own = subject->whistle.whistle->origin;
	if (choices && summons)
		choices = summons_list(app, field, summons, choices, arena);
	if (subject && strcmp(field->name, "share") == 0 && !subject_is(subject->kind))
		out->choices = share_list(rules, subject, arena, &out->n_choices);
	else if (field->type == FIELD_ORG)
		out->choices = org_list(&picking, arena, &out->n_choices);
	else if (choices)
		out->choices = choice_list(own_list(rules, own, field, choices, arena),
					   field->type == FIELD_CHOICE, arena, &out->n_choices);
	else if (field->type == FIELD_BOOL)
		out->choices = yes_no(arena, &out->n_choices);
}

static void make_field(struct app *app, const struct act_arg *arg, const struct subject *subject,
		       const struct summons *summons, struct arena *arena, struct form_field *out)
{
	const struct field *field = arg->field;

	out->name = field->name;
	out->label = _(field->title);
	out->help = help_of(field);
	out->type = field->flags & F_LONG ? FORM_TEXT : FORM_LINE;
	out->flags = arg->required ? FORM_REQUIRED : 0;
	out->max_chars = field_is_text(field) ? field_max(field) : 0;
	out->rows = field->flags & F_LONG ? 5 : 1;
	take_choices(app, field, subject, summons, arena, out);
	if (out->n_choices)
		out->type = arg->repeat ? FORM_MANY : FORM_CHOICE;
	if (out->type == FORM_MANY)
		out->help = _("Space marks one after the other, Enter when all are marked");
}

/* The second part: what was said by telephone. */
static void make_phone(struct app *app, struct arena *arena, struct act_fields *fields)
{
	size_t n;
	const struct field *phone = by_phone_fields(&n);

	for (size_t i = 0; i < n; i++) {
		struct act_arg arg = { &phone[i], false, false };
		struct form_field *field = &fields->fields[fields->n];

		make_field(app, &arg, NULL, NULL, arena, field);
		field->name = arena_printf(arena, "phone.%s", phone[i].json);
		field->rows = field->type == FORM_TEXT ? 3 : 1;
		fields->args[fields->n++] = &phone[i];
	}
}

/* Of a registration three fields and two more are in sight, and there is room for what is known. */
static void fold(struct form_field *field)
{
	bool open = field->flags & FORM_REQUIRED;

	for (size_t i = 0; i < REGISTER_OPEN && !open; i++)
		open = strcmp(field->name, register_order[i]) == 0;
	if (!open)
		field->flags |= FORM_FOLDED;
	if (field->type == FORM_TEXT)
		field->rows = 3;
}

/* Of a whistle what is seldom needed is folded away. */
static void shape_blow(struct form_field *field)
{
	static const char *const folded[] = { "handle_by", "draft", "text" };

	if (strcmp(field->name, "assist") == 0)
		field->label = _("Departments called");
	if (is_one_of(field->name, folded, ARRAY_LEN(folded)))
		field->flags |= FORM_FOLDED;
	if (field->type == FORM_TEXT)
		field->rows = 3;
}

void act_fields_build(struct app *app, const struct act_desc *act, const struct subject *subject,
		      const struct summons *summons, bool phone, struct arena *arena,
		      struct act_fields *ret_fields)
{
	struct act_arg args[ACT_ARGS_MAX];
	size_t n = act_order(app, act, subject, args), n_phone;

	by_phone_fields(&n_phone);
	ret_fields->fields = arena_array(arena, n + n_phone + 1, sizeof *ret_fields->fields);
	ret_fields->args = arena_array(arena, n + n_phone + 1, sizeof *ret_fields->args);
	ret_fields->n = ret_fields->n_act = n;
	for (size_t i = 0; i < n; i++) {
		make_field(app, &args[i], subject, summons, arena, &ret_fields->fields[i]);
		act_joint_shape(app, act, &args[i], subject, arena, &ret_fields->fields[i]);
		if (strcmp(act->verb, "register") == 0)
			fold(&ret_fields->fields[i]);
		if (strcmp(act->verb, "blow") == 0)
			shape_blow(&ret_fields->fields[i]);
		if (log_field_label(app, act, args[i].field) != NULL)
			ret_fields->fields[i].label = log_field_label(app, act, args[i].field);
		if (act->target == KIND_WHISTLE && strcmp(act->verb, "issue") == 0 &&
		    strcmp(args[i].field->name, "assist") == 0)
			ret_fields->fields[i].label = _("Departments to add");
		ret_fields->args[i] = args[i].field;
	}
	if (phone)
		make_phone(app, arena, ret_fields);
}
