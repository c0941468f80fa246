/* What officers do at their consoles. */
#include <config.h>

#include "zhiban/base/uuid.h"
#include "zhiban/domain/alarm.h"
#include "zhiban/domain/rules.h"

#include "args.h"
#include "sim.h"

enum { SHOWN = 24 };

bool sim_take_seat(struct world *world, struct sim_seat *seat)
{
	struct proc *proc = proc_any(world, &seat->slot, &seat->at);

	if (proc == NULL)
		return false;
	world->seat_slot = seat->slot;
	world->seat_at = seat->at;
	world->seated = true;
	as_proc(world, seat->slot, seat->at);
	seat->client = proc->client;
	return client_actor(proc->client) != NULL && client_has_rules(proc->client);
}

/* His disk has failed him: then nothing that was not said to be done counts. */
bool sim_broken(struct world *world, const struct sim_seat *seat)
{
	return proc_is_dead(world, seat->slot, seat->at) ||
	       proc_fired(world, seat->slot, seat->at) || world->consoles[seat->slot].damage;
}

struct client_page sim_look(struct world *world, const struct sim_seat *seat)
{
	static const struct client_order board = { .field = NULL };
	struct client_page page = { .n = 0 };
	struct error err = ERROR_INIT;

	if (client_page(seat->client, &board, NULL, PAGE_FROM, SHOWN, &world->arena, &page, &err) !=
		    ERR_OK &&
	    !sim_broken(world, seat))
		sim_fail(world, "the board of c%d: %s", seat->slot, err.text);
	return page;
}

/* ---- doing ---- */

bool sim_do(struct world *world, const struct sim_seat *seat, const struct act_desc *desc,
		   const struct uuid *target, const struct args *args)
{
	const struct actor *actor = client_actor(seat->client);
	struct console *console = &world->consoles[seat->slot];
	struct client_done done;
	struct error err = ERROR_INIT;
	struct deed *deed;
	struct ask wake = { .kind = ASK_WAKE };
	int64_t before;
	enum err code;

	if (proc_is_dead(world, seat->slot, seat->at))
		return false;
	as_sim(world);
	before = store_meta_int(console->look, "n");
	as_proc(world, seat->slot, seat->at);
	code = args->phone.org != NULL || args->phone.role != NULL
		       ? client_act_phone(seat->client, desc, target, args->items, args->n,
					  &args->phone, &done, &err)
		       : client_act(seat->client, desc, target, args->items, args->n, &done, &err);
	if (code != ERR_OK) {
		count_up(world, COUNT_refused_here);
		sim_say(world, "c%d.%d %s: no: %s", seat->slot, seat->at, desc->verb, err.text);
		if ((code == ERR_IO || code == ERR_CORRUPT || code == ERR_BUSY) &&
		    !sim_broken(world, seat))
			sim_fail(world, "an act of c%d cannot be kept: %s", seat->slot, err.text);
		return false;
	}
	if (done.n != before + 1)
		sim_fail(world, "c%d gives n %lld after %lld", seat->slot, (long long)done.n,
			 (long long)before);
	deed = ledger_add(world, seat->slot, &done);
	deed->desc = desc;
	deed->field = args->seen;
	deed->contact = console->contact;
	snprintf(deed->text, sizeof deed->text, "%s", args->text != NULL ? args->text : "");
	snprintf(deed->officer, sizeof deed->officer, "%s", actor->officer);
	snprintf(deed->org, sizeof deed->org, "%s", actor->org);
	snprintf(deed->role, sizeof deed->role, "%s", actor->role);
	if (!chance_one_in(&world->chance, 4))
		worker_ask(console->procs[seat->at].worker, &wake);
	count_up(world, COUNT_acts);
	if (sim_is_verbose(world)) {
		char text[UUID_TEXT], act[UUID_TEXT];

		uuid_text(&done.target, text);
		uuid_text(&done.act, act);
		sim_say(world, "c%d.%d %s by %s on %s: act %s n %lld", seat->slot, seat->at,
			desc->verb, actor->officer, text, act, (long long)done.n);
	}
	return true;
}

static const struct act_desc *act_of_step(struct world *world, const struct sim_seat *seat,
					  const struct incident *incident)
{
	const struct step *step = rules_step(client_rules(seat->client), incident->step);

	for (int tries = 0; step != NULL && step->n_acts > 0 && tries < 8; tries++) {
		const struct act_desc *desc =
			step->acts[chance_below(&world->chance, step->n_acts)].act;

		if (desc->conflict != CONFLICT_CREATES && strstr(desc->verb, "merge") == NULL &&
		    client_possible(seat->client, incident, desc, NULL) == ERR_OK)
			return desc;
	}
	return NULL;
}

/* An act on what is shown, mostly one that the step allows. */
static const struct act_desc *some_act(struct world *world, const struct sim_seat *seat,
				       const struct incident *incident)
{
	const struct act_desc *desc = NULL;

	switch (chance_below(&world->chance, 3)) {
	case 0:
		desc = waited_for(world, incident);
		break;
	case 1:
		desc = act_of_step(world, seat, incident);
		break;
	}
	if (desc != NULL) /* what leads on goes first, or no case would get far */
		return desc;
	for (int tries = 0; tries < 12; tries++) {
		desc = act_desc_at(chance_below(&world->chance, act_desc_count()));
		if (desc->target != KIND_INCIDENT || desc->conflict == CONFLICT_CREATES)
			continue;
		if (chance_one_in(&world->chance, 10) ||
		    client_possible(seat->client, incident, desc, NULL) == ERR_OK)
			return desc;
	}
	return act_desc_find("note");
}

bool officer_on(struct world *world, int slot, int at, const char *verb, const struct uuid *target)
{
	const struct act_desc *desc = act_desc_find(verb);
	struct sim_seat seat = { slot, at, world->consoles[slot].procs[at].client };
	struct args args = { .n = 0 };
	bool done;

	args_fill(world, desc, NULL, NULL, &args);
	done = sim_do(world, &seat, desc, target, &args);
	proc_leave(world, slot, at);
	return done;
}

void officer_act(struct world *world)
{
	struct args args = { .n = 0 };
	struct client_page page;
	const struct incident *incident;
	const struct act_desc *desc;
	struct sim_seat seat;

	if (!sim_take_seat(world, &seat))
		return;
	page = sim_look(world, &seat);
	if (page.n == 0)
		return;
	incident = page.rows[chance_below(&world->chance, page.n)].incident;
	desc = some_act(world, &seat, incident);
	args_fill(world, desc, incident, &page, &args);
	(void)sim_do(world, &seat, desc, &incident->head.id, &args);
}

/* A seat of the centre, if one is found soon: it may do most. */
bool sim_take_high_seat(struct world *world, struct sim_seat *seat)
{
	bool taken = false;

	for (int tries = 0; tries < 6; tries++) {
		taken = sim_take_seat(world, seat);
		if (taken && strcmp(client_actor(seat->client)->org, "centre") == 0)
			break;
	}
	return taken;
}

/* One of those that are due first, or one into which others were merged. */
static const struct incident *some_case(struct world *world, const struct client_page *page)
{
	bool leads = chance_one_in(&world->chance, 3);

	for (size_t i = 0; leads && i < page->n; i++)
		if (page->rows[i].incident->merged > 0)
			return page->rows[i].incident;
	return page->rows[chance_below(&world->chance, page->n < 6 ? page->n : 6)].incident;
}

/* One case as far as it goes, act behind act. */
void officer_course(struct world *world)
{
	enum { LENGTH = 14 };
	struct client_page page;
	struct incident *incident;
	struct uuid id;
	struct sim_seat seat;

	if (!sim_take_high_seat(world, &seat))
		return;
	page = sim_look(world, &seat);
	if (page.n == 0)
		return;
	id = some_case(world, &page)->head.id;
	for (int i = 0; i < LENGTH && !sim_broken(world, &seat); i++) {
		const struct act_desc *desc;
		struct args args = { .n = 0 };

		if (client_get(seat.client, &id, &world->arena, &incident, NULL) != ERR_OK)
			return;
		desc = chance_one_in(&world->chance, 3) ? NULL : waited_for(world, incident);
		if (desc == NULL)
			desc = act_of_step(world, &seat, incident);
		if (desc == NULL)
			return;
		args_fill(world, desc, incident, &page, &args);
		if (sim_do(world, &seat, desc, &id, &args))
			count_up(world, COUNT_course_acts);
	}
}

/* An officer whose act it was that was recorded; NULL: none is known. */
static const char *whose_act(const struct incident *incident)
{
	const struct behalf *records = incident->behalves.items;
	const struct sim_officer *officers;
	size_t n = sim_officers(&officers);

	for (size_t i = 0; i < incident->behalves.n; i++)
		for (size_t k = 0; records[i].signed_at == 0 && k < n; k++)
			if (str_eq(officers[k].org, records[i].org) &&
			    !str_eq(officers[k].name, records[i].by))
				return officers[k].name;
	return NULL;
}

/* Somebody comes to countersign what others recorded for him. */
void officer_sends_for(struct world *world)
{
	struct client_page page;
	struct sim_seat seat;

	if (!sim_take_seat(world, &seat))
		return;
	page = sim_look(world, &seat);
	for (size_t i = 0; i < page.n; i++) {
		const char *name = whose_act(page.rows[i].incident);

		if (name == NULL)
			continue;
		proc_leave(world, seat.slot, seat.at);
		world->seated = false;
		console_login(world, seat.slot, name);
		return;
	}
}

void officer_countersign(struct world *world)
{
	const struct act_desc *desc = act_desc_find("countersign");
	struct args args = { .n = 0 };
	struct client_page page;
	struct sim_seat seat;

	if (!sim_take_seat(world, &seat))
		return;
	page = sim_look(world, &seat);
	for (size_t i = 0; i < page.n; i++)
		if (page.rows[i].incident->owed > 0)
			(void)sim_do(world, &seat, desc, &page.rows[i].incident->head.id, &args);
}

/* What rings, and nobody answers; so does the seat's other console now and then. */
void officer_unanswered(struct world *world)
{
	const struct act_desc *desc = act_desc_find("unanswered");
	struct client_page page;
	struct sim_seat seat;

	if (!sim_take_seat(world, &seat))
		return;
	page = sim_look(world, &seat);
	for (size_t i = 0; i < page.n; i++) {
		const struct incident *incident = page.rows[i].incident;
		struct args args = { .n = 0 };

		if (alarm_of(client_rules(seat.client), NULL, client_actor(seat.client)->org,
			     incident, client_now(seat.client)).kind == ALARM_NONE)
			continue;
		args_num(&args, desc, "rang_at", incident->registered_at);
		args_num(&args, desc, "keyed_at", incident->registered_at);
		if (sim_do(world, &seat, desc, &incident->head.id, &args))
			count_up(world, COUNT_unanswered);
	}
}

/* A notice that stands alone: posted, amended, signed for, lifted. */
void officer_notice(struct world *world)
{
	static const char *const verbs[] = { "confirm", "confirm", "amend", "rescind" };
	const struct act_desc *desc = act_desc_find("post");
	const struct uuid *target = NULL;
	struct client_notice *notices;
	struct args args = { .n = 0 };
	struct error err = ERROR_INIT;
	struct sim_seat seat;
	size_t n = 0;

	if (!(chance_one_in(&world->chance, 2) ? sim_take_seat(world, &seat)
					       : sim_take_high_seat(world, &seat)))
		return;
	if (client_notices(seat.client, &world->arena, &notices, &n, &err) != ERR_OK) {
		if (!sim_broken(world, &seat))
			sim_fail(world, "the notices: %s", err.text);
		return;
	}
	if (n > 0 && !chance_one_in(&world->chance, 3)) {
		desc = act_desc_find(verbs[chance_below(&world->chance, ARRAY_LEN(verbs))]);
		target = &notices[chance_below(&world->chance, n)].notice->head.id;
	}
	args_fill(world, desc, NULL, NULL, &args);
	args.phone = (struct by_phone){ .org = NULL };
	if (target == NULL)
		args_text(&args, desc, "recipient", "roads");
	for (size_t i = 0; i < n && strcmp(desc->verb, "confirm") == 0; i++)
		if (sim_do(world, &seat, desc, &notices[i].notice->head.id, &args))
			count_up(world, COUNT_notices);
	if (strcmp(desc->verb, "confirm") != 0 && sim_do(world, &seat, desc, target, &args))
		count_up(world, COUNT_notices);
}

enum { KEEP_OUT = 12 };

/* Who has had to do with it: they see it, unless they have a duty they may be kept from it. */
static size_t whom_to_keep_out(const struct incident *incident, const char *orgs[KEEP_OUT])
{
	const struct receipt *receipts = incident->receipts.items;
	size_t n = 0;

	for (size_t i = 0; i < incident->parts.n && n < KEEP_OUT - 4; i++)
		orgs[n++] = incident_part(incident, i)->org;
	for (size_t i = 0; i < incident->receipts.n && n < KEEP_OUT - 3; i++)
		orgs[n++] = receipts[i].org;
	orgs[n++] = incident->origin;
	orgs[n++] = incident->handler_org;
	orgs[n++] = "water"; /* mains lies within it */
	return n;
}

static struct by_phone leader_by_phone(const struct sim_seat *seat)
{
	if (strcmp(client_actor(seat->client)->role, "leader") == 0)
		return (struct by_phone){ .org = NULL };
	return (struct by_phone){ .role = "leader", .rung = "Leader", .wording = "yes" };
}

static bool keep_out(struct world *world, const struct sim_seat *seat, const struct incident *incident)
{
	const struct act_desc *desc = act_desc_find("restrict");
	const char *orgs[KEEP_OUT];
	size_t n = whom_to_keep_out(incident, orgs), first = chance_below(&world->chance, n);

	for (size_t i = 0; i < n; i++) {
		const char *org = orgs[(first + i) % n];
		struct args args = { .phone = leader_by_phone(seat) };

		if (org == NULL)
			continue;
		args_text(&args, desc, "from", org);
		args_text(&args, desc, "reason", sim_words(world, "reason"));
		if (sim_do(world, seat, desc, &incident->head.id, &args))
			return true;
	}
	return false;
}

static bool show_again(struct world *world, const struct sim_seat *seat, const struct incident *incident)
{
	const struct act_desc *desc = act_desc_find("unrestrict");
	struct args args = { .phone = leader_by_phone(seat) };

	args_text(&args, desc, "reason", sim_words(world, "reason"));
	return sim_do(world, seat, desc, &incident->head.id, &args);
}

/* The leader keeps some cases from others, or shows them again. */
void officer_restrict(struct world *world)
{
	struct client_page page;
	struct sim_seat seat;

	if (!sim_take_high_seat(world, &seat))
		return;
	page = sim_look(world, &seat);
	for (size_t i = 0; i < page.n; i++) {
		const struct incident *incident = page.rows[i].incident;
		bool done;

		if (!chance_one_in(&world->chance, 3))
			continue;
		done = incident->restrictions.n > 0 && chance_one_in(&world->chance, 2)
			       ? show_again(world, &seat, incident)
			       : keep_out(world, &seat, incident);
		if (done)
			count_up(world, COUNT_restricts);
	}
}

/* The same act on several, as with marks on the board. */
void officer_bulk(struct world *world)
{
	struct client_page page;
	const struct act_desc *desc;
	struct sim_seat seat;
	struct args args = { .n = 0 };

	if (!sim_take_seat(world, &seat))
		return;
	page = sim_look(world, &seat);
	if (page.n < 2)
		return;
	desc = some_act(world, &seat, page.rows[0].incident);
	if (!(desc->flags & ACT_BULK))
		desc = act_desc_find("note");
	args_fill(world, desc, NULL, &page, &args);
	for (size_t i = 0; i < page.n && i < 6; i++)
		if (sim_do(world, &seat, desc, &page.rows[i].incident->head.id, &args))
			count_up(world, COUNT_bulk_acts);
}

/* Several correct the same field of the same incident. */
void officer_fix_same(struct world *world)
{
	const struct act_desc *desc = act_desc_find("fix");
	struct args args = { .n = 0 };
	struct client_page page;
	struct sim_seat seat;

	if (!sim_take_seat(world, &seat))
		return;
	page = sim_look(world, &seat);
	if (page.n == 0)
		return;
	args.text = sim_words(world, "title");
	args_text(&args, desc, "title", args.text);
	args.seen = act_arg_field(desc, "title");
	if (sim_do(world, &seat, desc, &page.rows[0].incident->head.id, &args))
		count_up(world, COUNT_fixes);
}

void officer_register(struct world *world)
{
	const struct act_desc *desc = act_desc_find("register");
	struct args args = { .n = 0 };
	struct sim_seat seat;

	if (!sim_take_seat(world, &seat))
		return;
	args_register(world, desc, &args);
	if (sim_do(world, &seat, desc, NULL, &args))
		count_up(world, COUNT_registered);
}

void officer_note(struct world *world)
{
	const struct act_desc *desc = act_desc_find("note");
	struct args args = { .n = 0 };
	struct client_page page;
	struct sim_seat seat;

	if (!sim_take_seat(world, &seat))
		return;
	page = sim_look(world, &seat);
	if (page.n == 0)
		return;
	args_text(&args, desc, "note", sim_words(world, "note"));
	if (sim_do(world, &seat, desc, &page.rows[chance_below(&world->chance, page.n)].incident->head.id,
		   &args))
		count_up(world, COUNT_notes);
}

/* Peacetime to emergency and back: the jurisdiction's one entity of that kind. */
void officer_mode(struct world *world)
{
	const struct act_desc *desc = act_desc_find("mode");
	struct args args = { .n = 0 };
	struct sim_seat seat;
	const char *code;

	if (!sim_take_seat(world, &seat))
		return;
	code = client_mode_code(seat.client);
	args_text(&args, desc, "mode", code != NULL && strcmp(code, "storm") == 0 ? "peace" : "storm");
	args_text(&args, desc, "reason", sim_words(world, "weather"));
	args_text(&args, desc, "summary", sim_words(world, "summary"));
	args.phone = (struct by_phone){ .role = "leader", .rung = "Leader", .wording = "yes" };
	if (sim_do(world, &seat, desc, NULL, &args))
		count_up(world, COUNT_modes);
}

/* ---- the desk ---- */

static void again(struct world *world, const struct sim_seat *seat, const struct client_waiting *item)
{
	struct console *console = &world->consoles[seat->slot];
	const struct actor *actor = client_actor(seat->client);
	struct client_done done;
	struct deed *deed, *old;
	struct error err = ERROR_INIT;
	enum err code;

	code = client_desk_again(seat->client, &item->act.id, NULL, 0, &done, &err);
	if (code != ERR_OK)
		sim_say(world, "c%d: not again: %s", seat->slot, err.text);
	if (code != ERR_OK && !sim_broken(world, seat))
		return;
	old = ledger_find(world, &item->act.id);
	if (old != NULL) /* or nobody knows: it was not said to be done */
		old->again = true;
	if (code != ERR_OK)
		return;
	deed = ledger_add(world, seat->slot, &done);
	deed->desc = item->act.desc;
	deed->contact = console->contact;
	snprintf(deed->officer, sizeof deed->officer, "%s", actor->officer);
	snprintf(deed->org, sizeof deed->org, "%s", actor->org);
	snprintf(deed->role, sizeof deed->role, "%s", actor->role);
	count_up(world, COUNT_desk_again);
	sim_say(world, "c%d: again %s", seat->slot, item->act.desc->verb);
}

void officer_desk(struct world *world)
{
	struct client_waiting *rows;
	const struct client_waiting *item;
	struct deed *deed;
	struct sim_seat seat;
	size_t n;
	struct error err = ERROR_INIT;

	if (!sim_take_seat(world, &seat))
		return;
	if (client_outbox(seat.client, true, &world->arena, &rows, &n, &err) != ERR_OK) {
		if (!sim_broken(world, &seat))
			sim_fail(world, "the desk: %s", err.text);
		return;
	}
	if (n == 0)
		return;
	item = &rows[chance_below(&world->chance, n)];
	for (size_t i = 0; i < n && item->state != OUTBOX_REFUSED; i++) /* there are fewer */
		item = &rows[i];
	if (item->state == OUTBOX_REFUSED && !chance_one_in(&world->chance, 4)) {
		again(world, &seat, item);
		return;
	}
	if (client_desk_drop(seat.client, &item->act.id, NULL) != ERR_OK && !sim_broken(world, &seat))
		return;
	deed = ledger_find(world, &item->act.id);
	if (deed != NULL)
		deed->dropped = true;
	count_up(world, COUNT_desk_dropped);
	sim_say(world, "c%d: off the desk: %s", seat.slot, item->act.desc->verb);
}

void officer_take_back(struct world *world)
{
	struct client_waiting *rows;
	struct sim_seat seat;
	struct deed *deed;
	size_t n;
	struct error err = ERROR_INIT;

	if (!sim_take_seat(world, &seat))
		return;
	if (client_outbox(seat.client, false, &world->arena, &rows, &n, &err) != ERR_OK) {
		if (!sim_broken(world, &seat))
			sim_fail(world, "the outbox: %s", err.text);
		return;
	}
	if (n == 0 || (client_take_back(seat.client, &rows[n - 1].act.id, NULL) != ERR_OK &&
		       !sim_broken(world, &seat)))
		return;
	deed = ledger_find(world, &rows[n - 1].act.id);
	if (deed != NULL)
		deed->dropped = true;
	count_up(world, COUNT_taken_back);
	sim_say(world, "c%d: taken back: %s n %lld", seat.slot, rows[n - 1].act.desc->verb,
		(long long)rows[n - 1].act.n);
}
