/* Acts out of tables: see the header. */
#include <config.h>

#include "zhiban/model/roster_import.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/client/value.h"

enum { CELLS_AT_ONCE = 1000, FIELDS_MOST = 16 };

/* ---- what was not taken ---- */

static void reject(struct roster_import *run, size_t row, enum err code, const char *why)
{
	run->rejected++;
	run->others = run->others || code != ERR_DENIED;
	run->reject(run->ctx, row, why);
}

/* Whether it is about this row alone. */
static bool is_of_row(enum err code)
{
	return code == ERR_REFUSED || code == ERR_INPUT || code == ERR_DENIED ||
	       code == ERR_NOT_FOUND || code == ERR_EXISTS;
}

static enum err do_act(struct roster_import *run, const struct act_desc *act,
		       const struct uuid *target, const struct given *given, size_t n,
		       struct error *err)
{
	struct client_done done;
	enum err code = run->dry ? client_try(run->client, act, target, given, n, err)
				 : client_act(run->client, act, target, given, n, &done, err);

	run->acts += code == ERR_OK;
	return code;
}

static void give(struct given *given, size_t *n, const struct act_desc *act, const char *name,
		 struct value value)
{
	const struct field *field = act_arg_field(act, name);

	if (field != NULL && (!value.is_text || value.text != NULL))
		given[(*n)++] = (struct given){field, value};
}

static struct value text_value(const char *text)
{
	return (struct value){.is_text = true, .text = text};
}

/* ---- seats ---- */

struct month {
	struct roster_import *run;
	const char *org;
	const struct roster_plan *plan;
	char name[ROSTER_MONTH];
	const struct roster *roster; /* as shown; NULL: nobody has begun it */
	struct arena *arena;
};

static int by_seat(const void *a, const void *b)
{
	const struct roster_seat *x = &((const struct import_seat *)a)->said;
	const struct roster_seat *y = &((const struct import_seat *)b)->said;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	if (x->shift != y->shift)
		return x->shift < y->shift ? -1 : 1;
	if (x->post != y->post)
		return x->post < y->post ? -1 : 1;
	return x->seat - y->seat;
}

static const struct turn *turn_now(const struct month *month, const struct roster_seat *said)
{
	return month->roster == NULL
		   ? NULL
		   : roster_turn_at(client_rules(month->run->client), month->roster, said->day,
				    said->shift->code, said->post->code, said->seat);
}

static bool stands_so(const struct month *month, const struct roster_seat *said)
{
	const struct turn *turn = turn_now(month, said);
	struct uuid there = turn != NULL ? staff_uuid(turn->staff) : (struct uuid){{0}};

	return said->staff != NULL ? uuid_eq(&there, &said->staff->head.id) : uuid_is_nil(&there);
}

static const char *cell_of(const struct month *month, const struct roster_seat *said)
{
	const struct turn *turn = turn_now(month, said);
	struct cell cell = {.day = said->day,
			    .shift = said->shift->code,
			    .post = said->post->code,
			    .seat = said->seat,
			    .fixed = turn != NULL && turn->locked};

	if (turn != NULL)
		cell.was = staff_uuid(turn->staff);
	if (said->staff != NULL)
		cell.now = said->staff->head.id;
	return cell_words(&cell, month->arena);
}

/* All of them by one act. */
static enum err set_seats(const struct month *month, const struct import_seat *seats, size_t n,
			  struct error *err)
{
	const struct act_desc *act = act_desc_of(KIND_ROSTER, "roster");
	struct given *given = arena_array(month->arena, n + 5, sizeof *given);
	size_t n_given = 0;

	give(given, &n_given, act, "org", text_value(month->org));
	give(given, &n_given, act, "plan_code", text_value(month->plan->code));
	give(given, &n_given, act, "month", text_value(month->name));
	give(given, &n_given, act, "reason", text_value(month->run->reason));
	give(given, &n_given, act, "despite", text_value(month->run->despite));
	for (size_t i = 0; i < n; i++)
		give(given, &n_given, act, "cell", text_value(cell_of(month, &seats[i].said)));
	return do_act(month->run, act, NULL, given, n_given, err);
}

/* By halves where it is refused, so that every seat but the refused ones is set. */
static enum err set_some(const struct month *month, const struct import_seat *seats, size_t n,
			 struct error *err)
{
	struct error why = ERROR_INIT;
	enum err code;

	if (n == 0)
		return ERR_OK;
	code = set_seats(month, seats, n, &why);
	if (code == ERR_OK) {
		month->run->taken += (int64_t)n;
		return ERR_OK;
	}
	if (!is_of_row(code))
		return error_set(err, code, "%s", why.text);
	if (n == 1) {
		reject(month->run, seats[0].row, code, why.text);
		return ERR_OK;
	}
	code = set_some(month, seats, n / 2, err);
	return code == ERR_OK ? set_some(month, seats + n / 2, n - n / 2, err) : code;
}

static enum err month_read(struct month *month, struct error *err)
{
	struct uuid id = roster_id(month->org, month->plan->code, month->name);
	struct client_roster roster = {.roster = NULL};
	struct error own = ERROR_INIT;
	enum err code = client_roster_get(month->run->client, &id, month->arena, &roster, &own);

	if (code != ERR_OK && code != ERR_NOT_FOUND)
		return error_set(err, code, "%s", own.text);
	month->roster = code == ERR_OK ? roster.roster : NULL;
	return ERR_OK;
}

/* What is to be done of one month: a seat that two rows name is the later one's no more than the
 * other's. */
static size_t sift(struct month *month, const struct import_seat *seats, size_t n,
		   struct import_seat *todo)
{
	struct roster_import *run = month->run;
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (i > 0 && by_seat(&seats[i - 1], &seats[i]) == 0) {
			if (seats[i - 1].said.staff == seats[i].said.staff)
				run->same++;
			else
				reject(run, seats[i].row, ERR_INPUT,
				       _("another row says somebody else for the same seat"));
		} else if (stands_so(month, &seats[i].said)) {
			run->same++;
		} else {
			todo[kept++] = seats[i];
		}
	}
	return kept;
}

static enum err import_month(struct roster_import *run, const char *org,
			     const struct roster_plan *plan, const char *name,
			     const struct import_seat *seats, size_t n, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct month month = {.run = run, .org = org, .plan = plan, .arena = &arena};
	struct import_seat *todo = arena_array(&arena, n + 1, sizeof *todo);
	enum err code;
	size_t left;

	memcpy(month.name, name, sizeof month.name);
	code = month_read(&month, err);
	left = code == ERR_OK ? sift(&month, seats, n, todo) : 0;
	for (size_t at = 0; code == ERR_OK && at < left; at += CELLS_AT_ONCE)
		code = set_some(&month, todo + at,
				left - at < CELLS_AT_ONCE ? left - at : CELLS_AT_ONCE, err);
	arena_release(&arena);
	return code;
}

enum err roster_import_seats(struct roster_import *run, const char *org,
			     const struct roster_plan *plan, struct import_seat *seats, size_t n,
			     struct error *err)
{
	enum err code = ERR_OK;
	size_t end;

	if (n > 0)
		qsort(seats, n, sizeof *seats, by_seat);
	for (size_t at = 0; code == ERR_OK && at < n; at = end) {
		char month[ROSTER_MONTH], other[ROSTER_MONTH];

		month_of_day(seats[at].said.day, month);
		for (end = at + 1; end < n; end++) {
			month_of_day(seats[end].said.day, other);
			if (strcmp(month, other) != 0)
				break;
		}
		code = import_month(run, org, plan, month, seats + at, end - at, err);
	}
	return code;
}

/* ---- people ---- */

static const struct staff *staff_named(struct client *client, const char *name, const char *org,
				       struct arena *arena)
{
	const struct staff **staff;
	size_t n = 0;

	if (client_staff(client, org, false, arena, &staff, &n, NULL) != ERR_OK)
		return NULL;
	for (size_t i = 0; i < n; i++)
		if (str_eq(staff[i]->name, name) && str_eq(staff[i]->org, org))
			return staff[i];
	return NULL;
}

/* The row's value of an argument, NULL when it says none. */
static const char *said_of(const struct columns *columns, const struct import_row *said,
			   const char *key)
{
	for (size_t i = 0; i < said->n; i++)
		if (*said->values[i] != '\0' && columns_is(columns, said->names[i], key))
			return said->values[i];
	return NULL;
}

/* Labels of posts and shifts as the codes that are kept; what nobody knows stays, to be refused in
 * words. */
static const char *codes_of(const struct rules *rules, const char *words, bool shifts,
			    struct arena *arena)
{
	static const char between[] = " ,;\n\t/";
	const char *codes = "";

	for (words += strspn(words, between); *words != '\0'; words += strspn(words, between)) {
		const char *word = arena_strndup(arena, words, strcspn(words, between)),
			   *code = NULL;

		words += strlen(word);
		for (size_t i = 0; code == NULL && i < rules->n_plans; i++) {
			const struct roster_plan *plan = &rules->plans[i];

			for (size_t k = 0; shifts && k < plan->n_shifts; k++)
				if (str_eq(plan->shifts[k].label, word))
					code = plan->shifts[k].code;
			for (size_t k = 0; !shifts && k < plan->n_posts; k++)
				if (str_eq(plan->posts[k].label, word))
					code = plan->posts[k].code;
		}
		codes = arena_printf(arena, "%s%s%s", codes, *codes != '\0' ? " " : "",
				     code != NULL ? code : word);
	}
	return codes;
}

struct engaging {
	const struct act_desc *act;
	struct given given[FIELDS_MOST];
	size_t n;
	const struct staff *there;
};

/* What the row says that is not so yet. */
static enum err take_fields(struct roster_import *run, const struct columns *columns,
			    const struct import_row *said, struct arena *arena,
			    struct engaging *person, struct error *err)
{
	const struct kind_desc *kind = kind_desc(KIND_STAFF);

	for (size_t i = 0; i < kind->n_fields && person->n < FIELDS_MOST; i++) {
		const struct field *field = act_arg_field(person->act, kind->fields[i].name);
		const char *words = said_of(columns, said, kind->fields[i].name);
		struct value value;
		enum err code;

		if (field == NULL || words == NULL || strcmp(field->name, "org") == 0)
			continue;
		if (strcmp(field->name, "posts") == 0 || strcmp(field->name, "shifts") == 0)
			words = codes_of(client_rules(run->client), words,
					 strcmp(field->name, "shifts") == 0, arena);
		code = client_value(run->client, field, words, arena, &value, err);
		if (code != ERR_OK)
			return code;
		if (person->there == NULL ||
		    !value_eq(field_get(&kind->fields[i], person->there), value))
			person->given[person->n++] = (struct given){field, value};
	}
	return ERR_OK;
}

static enum err find_org(struct roster_import *run, const char *words, const char *org,
			 const char **ret_org, struct error *err)
{
	const struct org *found =
	    rules_org_named(client_rules(run->client), words != NULL ? words : org);

	if (found == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 words != NULL ? words : org);
	*ret_org = found->code;
	return ERR_OK;
}

static enum err import_person(struct roster_import *run, const struct columns *columns,
			      const char *org, const struct import_row *said, struct arena *arena,
			      bool *ret_same, struct error *err)
{
	const char *name = said_of(columns, said, "name");
	struct engaging person = {.n = 0};
	enum err code = find_org(run, said_of(columns, said, "org"), org, &org, err);

	if (code == ERR_OK && name == NULL)
		code = error_set(err, ERR_INPUT, "%s", _("it says no name"));
	if (code != ERR_OK)
		return code;
	person.there = staff_named(run->client, name, org, arena);
	person.act = act_desc_of(KIND_STAFF, person.there != NULL ? "fix" : "engage");
	if (person.there == NULL)
		give(person.given, &person.n, person.act, "org", text_value(org));
	code = take_fields(run, columns, said, arena, &person, err);
	*ret_same = code == ERR_OK && person.there != NULL && person.n == 0;
	if (code != ERR_OK || *ret_same)
		return code;
	return do_act(run, person.act, person.there != NULL ? &person.there->head.id : NULL,
		      person.given, person.n, err);
}

/* Counts it, or rejects it, or ends all of it. */
static enum err count_row(struct roster_import *run, size_t row, enum err code, bool same,
			  const struct error *why, struct error *err)
{
	if (code == ERR_OK) {
		*(same ? &run->same : &run->taken) += 1;
		return ERR_OK;
	}
	if (!is_of_row(code))
		return error_set(err, code, "%s", why->text);
	reject(run, row, code, why->text);
	return ERR_OK;
}

enum err roster_import_person(struct roster_import *run, const struct columns *columns,
			      const char *org, const struct import_row *said, size_t row,
			      struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct error why = ERROR_INIT;
	bool same = false;
	enum err code = import_person(run, columns, org, said, &arena, &same, &why);

	code = count_row(run, row, code, same, &why, err);
	arena_release(&arena);
	return code;
}

/* ---- away ---- */

static bool is_away(const struct staff *staff, int64_t from, int64_t to)
{
	const struct timeoff *offs = staff->timeoffs.items;

	for (size_t i = 0; i < staff->timeoffs.n; i++)
		if (offs[i].ended_at == 0 && offs[i].from_at <= from && offs[i].to_at >= to)
			return true;
	return false;
}

static const char *reason_of(const struct roster_import *run, const char *why)
{
	enum { REASON_MOST = 200 };

	if (run->reason != NULL)
		return run->reason;
	return why != NULL && *why != '\0' && !text_longer(why, REASON_MOST) ? why
									     : _("from a calendar");
}

static enum err import_away(struct roster_import *run, const struct uuid *id, int64_t from,
			    int64_t to, const char *why, struct arena *arena, bool *ret_same,
			    struct error *err)
{
	const struct act_desc *act = act_desc_of(KIND_STAFF, "timeoff");
	const void *staff = NULL;
	struct given given[3];
	size_t n = 0;
	enum err code = client_entity(run->client, KIND_STAFF, id, arena, &staff, err);

	if (code != ERR_OK)
		return code;
	*ret_same = is_away(staff, from, to);
	if (*ret_same)
		return ERR_OK;
	give(given, &n, act, "from_at", (struct value){.num = from});
	give(given, &n, act, "to_at", (struct value){.num = to});
	give(given, &n, act, "reason", text_value(reason_of(run, why)));
	return do_act(run, act, id, given, n, err);
}

enum err roster_import_away(struct roster_import *run, const struct uuid *staff, int64_t from,
			    int64_t to, const char *words, size_t row, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct error why = ERROR_INIT;
	bool same = false;
	enum err code = import_away(run, staff, from, to, words, &arena, &same, &why);

	code = count_row(run, row, code, same, &why, err);
	arena_release(&arena);
	return code;
}

size_t roster_import_busy(const struct ical_calendar *calendar, int64_t now, bool whole_days,
			  struct arena *arena, struct away **ret_away)
{
	struct away *away = arena_array(arena, calendar->n_spans + 1, sizeof *away);
	size_t n = 0;

	for (size_t i = 0; i < calendar->n_spans; i++) { /* by beginning */
		const struct ical_span *span = &calendar->spans[i];
		const struct ical_item *item = &calendar->records[span->record].item;

		if (!span->busy || span->ends <= now || span->ends <= span->starts ||
		    (whole_days && !item->all_day))
			continue;
		if (n > 0 && span->starts <= away[n - 1].to) {
			if (span->ends > away[n - 1].to)
				away[n - 1].to = span->ends;
			continue;
		}
		away[n++] = (struct away){span->starts, span->ends, item->summary, span->record};
	}
	*ret_away = away;
	return n;
}
