/* The list that must be read: cases, whistles, and what runs out on them. */
#include <config.h>

#include <string.h>

#include "handover_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/handover.h"
#include "zhiban/client/marks.h"
#include "zhiban/client/whistle.h"
#include "zhiban/domain/alarm.h"
#include "zhiban/domain/stand.h"
#include "zhiban/model/deadlines.h"

enum {
	LOOKED_MOST = 3000,  /* rows of one range: what lies behind is counted, not listed */
	SCAN_BUDGET = 400,
	CHANGED_MOST = 1500, /* rows of the latest moves */
};

static const char *id_words(const struct uuid *id, struct arena *arena)
{
	char text[UUID_TEXT];

	uuid_text(id, text);
	return arena_strdup(arena, text);
}

struct handed must_incident(struct must_read *must, const struct incident *incident,
			    struct arena *arena)
{
	char buf[48];
	const char *mark = client_mark(must->client, incident, buf);

	return (struct handed){ .kind = "incident",
				.about = id_words(&incident->head.id, arena),
				.number = arena_strdup(arena, mark),
				.title = incident->title };
}

static const struct field *incident_field(const char *name)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);

	return field_find(kind->fields, kind->n_fields, name);
}

/* ---- alarms ---- */

static void look_at_alarm(struct must_read *must, const struct incident *incident,
			  struct arena *arena)
{
	struct alarm alarm = alarm_of(must->rules, client_mode_code(must->client), must->asked.org,
				      incident, must->now);
	struct handed item;
	char since[CIVIL_TEXT] = "";

	if (alarm.kind == ALARM_NONE)
		return;
	item = must_incident(must, incident, arena);
	if (alarm.since != 0)
		civil_format(alarm.since, must->rules->offset_min, "m-d H:M", since, sizeof since);
	item.words = arena_printf(arena, _("%s, nobody has acknowledged it since %s"),
				  alarm_label(alarm.kind), since);
	must_add(must, HANDED_ALARM, &item);
}

/* By urgency: new and given ones; what is red and rings stands among what ran out, and is looked at
 * there. */
bool must_alarms(struct must_read *must)
{
	const struct client_order order = { .field = incident_field("urgency"), .open_only = true };
	struct arena arena = ARENA_INIT;
	struct client_page page = { .n = 0 };
	bool more = client_page(must->client, &order, must->key.set ? &must->key : NULL,
				must->key.set ? PAGE_AFTER : PAGE_FROM, MUST_SLICE, &arena, &page,
				NULL) == ERR_OK &&
		    page.more;

	for (size_t i = 0; i < page.n; i++) {
		const struct incident *incident = page.rows[i].incident;

		must->key = page.rows[i].key;
		must->looked++;
		if (incident->urgency == 0 || incident->urgency > must->rules->alarm_urgency) {
			more = false;
			break;
		}
		look_at_alarm(must, incident, &arena);
	}
	arena_release(&arena);
	return more && must->looked < LOOKED_MOST;
}

/* ---- what runs out ---- */

static struct handed of_deadline(const struct must_read *must, const struct client_deadline *row,
				 struct arena *arena)
{
	const struct org *org = rules_org(must->rules, row->deadline.org);
	const char *cause = due_cause_words(must->rules, row);

	if (org != NULL && !str_eq(org->code, must->asked.org))
		cause = arena_printf(arena, "%s %s", org->brief != NULL ? org->brief : org->name,
				     cause);
	return (struct handed){ .kind = kind_desc(row->kind)->name,
				.about = id_words(&row->entity, arena),
				.number = row->number,
				.title = row->title,
				.words = cause,
				.due = row->deadline.due };
}

/* Who has let it run out, and everybody waits for it: the centre urges him, whoever that is. */
static bool is_pressing(void *ctx, const struct client_deadline *row)
{
	(void)ctx;
	if (row->kind == KIND_WHISTLE)
		return row->whistle != NULL && (row->whistle->pressing || row->whistle->important);
	return row->urgency > 0 && row->urgency <= URGENCY_URGENT;
}

/* A shift that ends while it is handed over: that is no news. */
static bool is_this_one(const struct must_read *must, const struct uuid *id, struct arena *arena)
{
	struct client_handover shown;

	return client_handover_get(must->client, id, arena, &shown, NULL) == ERR_OK &&
	       handover_state(shown.handover) < HANDOVER_TAKEN;
}

/* One slice of a range of deadlines: of this desk, or of others the pressing ones. */
static bool slice_of_dues(struct must_read *must, enum handed_sort sort, unsigned sorts, int64_t to,
			  bool others)
{
	const struct client_deadline_filter asked = { .org = others ? NULL : must->asked.org,
						      .sorts = sorts,
						      .to = to,
						      .lets = others ? is_pressing : NULL,
						      .entities = sort == HANDED_OVERDUE };
	struct arena arena = ARENA_INIT;
	struct client_deadlines page = { .n = 0 };
	bool more = client_deadlines_page(must->client, &asked, must->due.set ? &must->due : NULL,
					  MUST_SLICE, &arena, &page, NULL) == ERR_OK &&
		    page.more;

	for (size_t i = 0; i < page.n; i++) {
		struct handed item = of_deadline(must, &page.rows[i], &arena);

		if (page.rows[i].kind == KIND_HANDOVER &&
		    is_this_one(must, &page.rows[i].entity, &arena))
			continue;
		if (page.rows[i].incident != NULL)
			look_at_alarm(must, page.rows[i].incident, &arena);
		must_add(must, sort, &item);
	}
	must->due = page.next;
	must->looked += MUST_SLICE;
	arena_release(&arena);
	return more && must->looked < LOOKED_MOST;
}

/* What has a sort of its own in the list stands there, overdue or not. */
#define OVERDUE_SORTS                                                                          \
	(~(1U << DEADLINE_CALLBACK | 1U << DEADLINE_COUNTERSIGN | 1U << DEADLINE_RECORD |       \
	   1U << DEADLINE_SWAP | 1U << DEADLINE_ROSTER))

bool must_overdue(struct must_read *must)
{
	return slice_of_dues(must, HANDED_OVERDUE, OVERDUE_SORTS, must->now, false);
}

/* Of the district the centre hands over what presses; the rest of it is a count. */
bool must_pressing(struct must_read *must)
{
	return str_eq(must->asked.org, must->rules->centre) &&
	       slice_of_dues(must, HANDED_OVERDUE, OVERDUE_SORTS, must->now, true);
}

/* ---- promised calls, countersignatures ---- */

static const struct promise *promise_of(const struct incident *incident, int64_t due)
{
	const struct promise *promises = incident->promises.items, *open = NULL;

	for (size_t i = 0; i < incident->promises.n; i++)
		if (promises[i].kept_at == 0 && (open == NULL || promises[i].at == due))
			open = &promises[i];
	return open;
}

bool must_promises(struct must_read *must)
{
	const struct client_deadline_filter asked = { .org = must->asked.org,
						      .sorts = 1U << DEADLINE_CALLBACK };
	struct arena arena = ARENA_INIT;
	struct client_deadlines page = { .n = 0 };
	struct incident *incident;
	bool more = client_deadlines_page(must->client, &asked, must->due.set ? &must->due : NULL,
					  MUST_SLICE, &arena, &page, NULL) == ERR_OK &&
		    page.more;

	for (size_t i = 0; i < page.n; i++) {
		const struct client_deadline *row = &page.rows[i];
		struct handed item = of_deadline(must, row, &arena);
		const struct promise *promise;

		if (row->kind == KIND_INCIDENT &&
		    client_get(must->client, &row->entity, &arena, &incident, NULL) == ERR_OK &&
		    (promise = promise_of(incident, row->deadline.due)) != NULL)
			item.words = arena_printf(&arena, _("call %s back%s%s"),
						  promise->whom != NULL ? promise->whom : "-",
						  promise->note != NULL ? ": " : "",
						  promise->note != NULL ? promise->note : "");
		must_add(must, HANDED_PROMISE, &item);
	}
	must->due = page.next;
	must->looked += MUST_SLICE;
	arena_release(&arena);
	return more && must->looked < LOOKED_MOST;
}

bool must_countersigns(struct must_read *must)
{
	return slice_of_dues(must, HANDED_COUNTERSIGN, 1U << DEADLINE_COUNTERSIGN, 0, false);
}

/* ---- instructions ---- */

static void add_instruction(struct must_read *must, const struct incident *incident,
			    struct arena *arena)
{
	const struct instruction *list = incident->instructions.items;
	struct handed item = must_incident(must, incident, arena);
	struct str words = STR_INIT;

	for (size_t i = 0; i < incident->instructions.n; i++) {
		if (list[i].done_at != 0)
			continue;
		str_addf(&words, "%s%s: %s%s", words.len > 0 ? "; " : "",
			 list[i].leader != NULL ? list[i].leader : "-",
			 list[i].words != NULL ? list[i].words : "",
			 list[i].told_at == 0 ? _(" (not passed on)") : "");
	}
	item.words = str_get(&words);
	if (words.len > 0)
		must_add(must, HANDED_INSTRUCTION, &item);
	str_release(&words);
}

bool must_instructions(struct must_read *must)
{
	struct arena arena = ARENA_INIT;
	struct client_page page = { .n = 0 };
	struct incident *incident;
	bool more = client_stand_page(must->client, STAND_INSTRUCTED, &must->key, MUST_SLICE, &arena,
				      &page, NULL) == ERR_OK &&
		    page.more;

	for (size_t i = 0; i < page.n; i++) {
		must->key = page.rows[i].key;
		if (client_get(must->client, &page.rows[i].incident->head.id, &arena, &incident,
			       NULL) == ERR_OK)
			add_instruction(must, incident, &arena);
	}
	must->looked += page.n;
	if (!more) { /* acts of ours may have put some on that list */
		client_overlaid(must->client, &arena, &page);
		for (size_t i = 0; i < page.n; i++)
			if (incident_stands(page.rows[i].incident) & STAND_INSTRUCTED)
				add_instruction(must, page.rows[i].incident, &arena);
	}
	arena_release(&arena);
	return more && must->looked < LOOKED_MOST;
}

/* ---- watched, pinned, hard ---- */

static void add_marked(struct must_read *must, const struct uuid *id, const char *words,
		       struct arena *arena)
{
	struct incident *incident;
	struct client_whistle whistle;
	struct handed item;
	char mark[48];

	if (client_get(must->client, id, arena, &incident, NULL) == ERR_OK) {
		if (!incident->open)
			return;
		item = must_incident(must, incident, arena);
	} else if (client_whistle_get(must->client, id, arena, &whistle, NULL) == ERR_OK) {
		if (!whistle.whistle->open)
			return;
		item = (struct handed){ .kind = "whistle", .about = id_words(id, arena),
					.number = arena_strdup(arena, client_whistle_mark(&whistle,
											  mark)),
					.title = whistle.whistle->title };
	} else {
		return;
	}
	item.words = words;
	must_add(must, HANDED_FLAGGED, &item);
}

/* They are the officer's own marks: the one who comes has others, so he is told. */
bool must_marked(struct must_read *must)
{
	static const struct {
		enum mark_what what;
		const char *words;
	} marks[] = { { MARK_PIN, N_("pinned") }, { MARK_WATCH, N_("watched") } };
	struct arena arena = ARENA_INIT;
	struct uuid *ids = NULL;
	size_t n = 0;

	for (size_t m = 0; m < ARRAY_LEN(marks); m++) {
		if (client_mark_list(must->client, marks[m].what, &arena, &ids, &n, NULL) != ERR_OK)
			continue;
		for (size_t i = 0; i < n && i < MUST_MOST; i++)
			add_marked(must, &ids[i], _(marks[m].words), &arena);
	}
	arena_release(&arena);
	return false;
}

static bool scan_begin(struct must_read *must, const char *words)
{
	static const struct client_order board = { .open_only = true };
	struct filter_error bad;

	must->begun = true;
	must->ctx = client_filter_ctx(must->client);
	return filter_parse(words, &must->ctx, &must->filter_arena, &must->filter, &bad) == ERR_OK &&
	       client_scan_new(must->client, &board, must->filter, &must->ctx, &must->scan, NULL) ==
		       ERR_OK;
}

bool must_hard(struct must_read *must)
{
	struct arena arena = ARENA_INIT;
	struct incident *incident;
	size_t found;

	if (!must->begun && !scan_begin(must, "hard"))
		return false;
	if (client_scan_step(must->scan, SCAN_BUDGET, NULL) != ERR_OK)
		return false;
	found = client_scan_found(must->scan);
	for (; must->at < found; must->at++) {
		struct handed item;

		if (client_get(must->client, client_scan_id(must->scan, must->at), &arena,
			       &incident, NULL) != ERR_OK)
			continue;
		item = must_incident(must, incident, &arena);
		item.words = _("marked as a hard case");
		must_add(must, HANDED_FLAGGED, &item);
	}
	arena_release(&arena);
	return !client_scan_done(must->scan);
}

/* ---- changed in this shift ---- */

static const char *change_words(const struct must_read *must, const struct incident *incident,
				struct arena *arena)
{
	const struct act_desc *act = act_desc_of(KIND_INCIDENT, incident->moved_by != NULL
								       ? incident->moved_by
								       : "");
	const struct step *step = rules_step(must->rules, incident->step);
	char when[CIVIL_TEXT];

	civil_format(incident->moved_at, must->rules->offset_min, "m-d H:M", when, sizeof when);
	return arena_printf(arena, "%s %s  %s", when,
			    act != NULL ? rules_act_label(must->rules, act) : "",
			    step != NULL ? rules_state_words(must->rules, step, incident) : "");
}

/* Urgent and severe ones are listed, the others counted: a night has hundreds of moves. */
static bool is_telling(const struct incident *incident)
{
	return (incident->urgency > 0 && incident->urgency <= URGENCY_URGENT) ||
	       incident->severity >= SEVERITY_MAJOR || incident->supervised != NULL ||
	       incident->trapped > 0 || incident->dead > 0 || incident->missing > 0;
}

bool must_changed(struct must_read *must)
{
	const struct client_order order = { .field = incident_field("moved_at"), .descending = true };
	struct arena arena = ARENA_INIT;
	struct client_page page = { .n = 0 };
	bool more = client_page(must->client, &order, must->key.set ? &must->key : NULL,
				must->key.set ? PAGE_AFTER : PAGE_FROM, MUST_SLICE, &arena, &page,
				NULL) == ERR_OK &&
		    page.more;

	for (size_t i = 0; i < page.n; i++) {
		const struct incident *incident = page.rows[i].incident;
		struct handed item;

		must->key = page.rows[i].key;
		if (incident->moved_at < must->asked.since) {
			more = false;
			break;
		}
		must->looked++;
		if (!is_telling(incident))
			continue;
		item = must_incident(must, incident, &arena);
		item.words = change_words(must, incident, &arena);
		must_add(must, HANDED_CHANGED, &item);
	}
	must->found[HANDED_CHANGED] = must->looked;
	arena_release(&arena);
	return more && must->looked < CHANGED_MOST;
}
