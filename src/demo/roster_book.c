/* The book of a play: what there is by now, and whether the rulebook takes what comes next. */
#include <config.h>

#include "roster_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/decide.h"
#include "zhiban/domain/doc_no.h"
#include "zhiban/domain/meeting.h"

void *book_find(const struct book *book, enum kind kind, const struct uuid *id)
{
	for (size_t i = book->n; i-- > 0;)
		if (book->things[i].kind == kind && uuid_eq(&book->things[i].id, id))
			return book->things[i].entity;
	return NULL;
}

static void *book_make(struct book *book, enum kind kind, const struct uuid *id)
{
	void *entity = book_find(book, kind, id);

	if (entity != NULL)
		return entity;
	MEM_GROW(book->things, book->n, book->cap);
	entity = entity_new(kind, id, book->arena);
	book->things[book->n++] = (struct book_thing){ kind, *id, entity };
	return entity;
}

struct act book_act(struct book *book, enum kind kind, const char *verb, const struct uuid *id,
		    const struct actor *actor, int64_t at)
{
	const struct entity *entity = book_find(book, kind, id);

	return (struct act){ .id = uuid_v7(&book->demo->env),
			     .desc = act_desc_of(kind, verb),
			     .target = { kind, *id, entity != NULL ? entity->version : 0 },
			     .actor = *actor,
			     .at = at };
}

void book_text(struct book *book, struct act *act, const char *name, const char *text)
{
	if (text != NULL && *text != '\0')
		act_give(act, act_arg_field(act->desc, name),
			 (struct value){ .is_text = true, .text = text }, book->arena);
}

void book_num(struct book *book, struct act *act, const char *name, int64_t num)
{
	act_give(act, act_arg_field(act->desc, name), (struct value){ .num = num }, book->arena);
}

/* Which of its kind it is on its day, as the server will count. */
static int64_t serial_of(const struct book *book, const struct act *act)
{
	const struct kind_desc *desc = kind_desc(act->target.kind);
	const struct field *field = field_find(desc->fields, desc->n_fields, "number");
	int64_t serial = 1;
	char day[CIVIL_TEXT];

	civil_format(act->at, book->demo->rules->offset_min, "Ymd", day, sizeof day);
	for (size_t i = 0; field != NULL && i < book->n; i++) {
		const struct book_thing *thing = &book->things[i];
		const char *number = thing->kind == act->target.kind
					     ? field_get(field, thing->entity).text
					     : NULL;

		serial += number != NULL && strncmp(number, day, strlen(day)) == 0;
	}
	return serial;
}

/* Which number of that word and year its minutes would have. */
static int64_t doc_serial_of(const struct book *book, const struct act *act, const void *target)
{
	const struct rules *rules = book->demo->rules;
	const struct meeting *meeting = target;
	const struct meeting_series *series;
	int year = doc_no_year(act->at, rules->offset_min);
	int64_t most = 0;

	if (act->desc != act_desc_of(KIND_MEETING, "issue") || meeting == NULL)
		return 0;
	series = rules_series(rules, meeting->series);
	for (size_t i = 0; series != NULL && series->doc != NULL && i < book->n; i++) {
		const struct meeting *other = book->things[i].entity;
		int64_t serial;

		if (book->things[i].kind != KIND_MEETING || other->doc_no == NULL ||
		    !str_eq(other->org, meeting->org))
			continue;
		serial = doc_no_serial(other->doc_no, series->doc, year);
		most = serial > most ? serial : most;
	}
	return series != NULL && series->doc != NULL ? most + 1 : 0;
}

struct found { /* what is near an act, as far as it is there */
	const void **items;
	size_t n, cap;
};

static void found_add(struct book *book, const struct near_id *ids, size_t n, struct found *found)
{
	for (size_t i = 0; i < n; i++) {
		const void *entity = book_find(book, ids[i].kind, &ids[i].id);

		if (entity == NULL)
			continue;
		if (found->n == found->cap) {
			const void **items;

			found->cap = found->cap > 0 ? found->cap * 2 : 16;
			items = arena_array(book->arena, found->cap, sizeof *items);
			if (found->n > 0)
				memcpy(items, found->items, found->n * sizeof *items);
			found->items = items;
		}
		found->items[found->n++] = entity;
	}
}

/* What it looks at, and what one of these leads on to. */
static void find_near(struct book *book, const struct act *act, const void *target,
		      struct found *found)
{
	struct near_id *ids = NULL;
	size_t n = 0, first;

	decide_near(book->demo->rules, act, target, book->arena, &ids, &n);
	found_add(book, ids, n, found);
	first = found->n;
	for (size_t i = 0; i < first; i++) {
		ids = NULL;
		n = 0;
		decide_near_of(act, found->items[i], book->arena, &ids, &n);
		found_add(book, ids, n, found);
	}
}

/* What the rulebook says of an act as things are; nothing of it is written yet. */
static enum err judge(struct book *book, const struct act *act, struct decision *ret_decision,
		      struct error *err)
{
	const struct moment moment = { act->at, act->at };
	const void *target = book_find(book, act->target.kind, &act->target.id);
	struct found found = { .n = 0 };
	struct state state = { .entity = target, .serial = serial_of(book, act),
			       .doc_serial = doc_serial_of(book, act, target) };

	find_near(book, act, target, &found);
	state.near = found.items;
	state.n_near = found.n;
	return decide(book->demo->rules, &state, act, &moment, book->arena, ret_decision, err);
}

static size_t place_of(const struct book *book, const struct act *act)
{
	size_t i = book->n;

	while (i > 0 && (book->things[i - 1].kind != act->target.kind ||
			 !uuid_eq(&book->things[i - 1].id, &act->target.id)))
		i--;
	return i; /* one behind it; 0: not there */
}

/* The decision and what follows from it: all of it, or nothing. */
static enum err apply(struct book *book, const struct act *act, struct error *err)
{
	struct decision decision;
	enum err rc = judge(book, act, &decision, err);
	size_t place = place_of(book, act);
	void *before = NULL;

	if (rc == ERR_OK && decision.n_follow > 0 && place > 0) {
		before = book->things[place - 1].entity;
		book->things[place - 1].entity = entity_copy(before, book->arena);
	}
	for (size_t i = 0; rc == ERR_OK && i < decision.n_effects; i++) {
		struct effect *effect = &decision.effects[i];
		void *entity = book_make(book, effect->kind, &effect->id);

		rc = evolve(entity, effect, 0, book->arena, err);
	}
	for (size_t i = 0; rc == ERR_OK && i < decision.n_follow; i++)
		rc = apply(book, &decision.follow[i], err);
	if (rc != ERR_OK && before != NULL)
		book->things[place - 1].entity = before;
	if (rc == ERR_OK && decision.n_effects == 0 && decision.n_follow == 0)
		rc = error_set(err, ERR_EXISTS, "%s", decision.note != NULL ? decision.note : "");
	return rc;
}

bool book_done(struct book *book, const struct act *act)
{
	struct error err = ERROR_INIT;

	if (act->at >= book->now)
		return false;
	if (apply(book, act, &err) != ERR_OK) {
		book->tale->refused++;
		return false;
	}
	MEM_GROW(book->tale->items, book->tale->n, book->tale->cap);
	book->tale->items[book->tale->n++] = (struct demo_told){ *act, act->at };
	return true;
}

static struct actor of_role(const struct book *book, const char *role)
{
	const struct demo_people *people = book->people;
	const struct demo_person *found = &people->items[0];

	for (size_t i = 0; i < people->n; i++)
		if (str_eq(people->items[i].org, book->demo->rules->centre) &&
		    str_eq(people->items[i].role, role))
			found = &people->items[i];
	return (struct actor){ found->name, found->org, found->role };
}

struct actor book_chief(const struct book *book)
{
	return of_role(book, "chief");
}

struct actor book_boss(const struct book *book)
{
	return of_role(book, "leader");
}

struct actor book_actor(const struct book *book, const char *org)
{
	for (size_t i = 0; i < book->people->heads; i++) {
		const struct demo_person *person = &book->people->items[i];

		if (str_eq(person->org, org) && !str_eq(org, book->demo->rules->centre))
			return (struct actor){ person->name, person->org, person->role };
	}
	return book_chief(book);
}

const char *book_pick(struct book *book, enum demo_duty_id id)
{
	const struct demo_list *list = &book->demo->words->duty[id];

	return list->items[demo_below(book->demo, list->n)];
}

int64_t book_minutes(struct book *book, int low, int high)
{
	return (low + (int64_t)demo_below(book->demo, (size_t)(high - low + 1))) * MINUTE_MS;
}
