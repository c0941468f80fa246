#include <config.h>

#include "deadlines_priv.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const struct {
	const char *title;
} groups[DUE_GROUPS] = {
	[DUE_OVER] = { N_("Run out") },
	[DUE_SOON] = { N_("Within 2 hours") },
	[DUE_TODAY] = { N_("Today") },
	[DUE_LATER] = { N_("Later") },
};

const char *due_group_title(enum due_group group)
{
	return _(groups[group].title);
}

static int64_t day_end(int64_t now, int offset_min)
{
	return civil_ms_of_day(civil_day_of_ms(now, offset_min) + 1, offset_min);
}

enum due_group due_group(int64_t due, int64_t now, int offset_min)
{
	if (due <= now)
		return DUE_OVER;
	if (due <= now + DUE_SOON_MS)
		return DUE_SOON;
	return due < day_end(now, offset_min) ? DUE_TODAY : DUE_LATER;
}

int64_t due_group_from(const struct deadlines *deadlines, enum due_group group)
{
	int64_t now = deadlines->now, soon = now + DUE_SOON_MS + 1;
	int64_t end = day_end(now, client_rules(deadlines->client)->offset_min);

	switch (group) {
	case DUE_OVER:
		return INT64_MIN;
	case DUE_SOON:
		return now + 1;
	case DUE_TODAY:
		return soon;
	case DUE_LATER:
	case DUE_GROUPS:
		break;
	}
	return end > soon ? end : soon;
}

/* ---- life ---- */

struct deadlines *deadlines_new(struct client *client)
{
	struct deadlines *deadlines = mem_alloc(sizeof *deadlines);

	deadlines->client = client;
	deadlines->mine = true;
	due_sorts(deadlines);
	deadlines_read(deadlines);
	return deadlines;
}

static void forget(struct deadlines *deadlines)
{
	due_gathered_release(&deadlines->extra);
	due_gathered_release(&deadlines->shown);
	due_gathered_release(&deadlines->coming);
	arena_release(&deadlines->parsed_in);
	arena_release(&deadlines->words);
	free(deadlines->filter);
	free(deadlines->refs);
}

void deadlines_clear(struct deadlines *deadlines)
{
	struct client *client = deadlines->client;

	forget(deadlines);
	*deadlines = (struct deadlines){ .client = client, .mine = true };
	due_sorts(deadlines);
	deadlines_read(deadlines);
}

void deadlines_free(struct deadlines *deadlines)
{
	if (!deadlines)
		return;
	forget(deadlines);
	free(deadlines);
}

/* ---- what rows are about ---- */

static size_t slot_of(const struct due_ref *refs, size_t cap, const struct uuid *row)
{
	uint64_t hash;
	size_t at;

	memcpy(&hash, row->b + 8, sizeof hash);
	for (at = hash & (cap - 1); refs[at].used && !uuid_eq(&refs[at].row, row);
	     at = (at + 1) & (cap - 1))
		;
	return at;
}

static void grow(struct deadlines *deadlines)
{
	size_t cap = deadlines->cap_refs ? 2 * deadlines->cap_refs : 256;
	struct due_ref *refs = mem_alloc(cap * sizeof *refs);

	for (size_t i = 0; i < deadlines->cap_refs; i++)
		if (deadlines->refs[i].used)
			refs[slot_of(refs, cap, &deadlines->refs[i].row)] = deadlines->refs[i];
	free(deadlines->refs);
	deadlines->refs = refs;
	deadlines->cap_refs = cap;
}

void due_note(struct deadlines *deadlines, const struct client_deadline *row)
{
	size_t at;

	if (deadlines->n_refs * 2 >= deadlines->cap_refs)
		grow(deadlines);
	at = slot_of(deadlines->refs, deadlines->cap_refs, &row->deadline.id);
	deadlines->n_refs += !deadlines->refs[at].used;
	deadlines->refs[at] = (struct due_ref){ true, row->deadline.id, row->entity, row->kind,
						row->deadline.sort };
}

static const struct due_ref *ref_of(const struct deadlines *deadlines, const struct uuid *row)
{
	const struct due_ref *ref;

	if (deadlines->cap_refs == 0)
		return NULL;
	ref = &deadlines->refs[slot_of(deadlines->refs, deadlines->cap_refs, row)];
	return ref->used ? ref : NULL;
}

bool deadlines_about(const struct deadlines *deadlines, const struct uuid *row, enum kind *ret_kind,
		     struct uuid *ret_entity)
{
	const struct due_ref *ref = ref_of(deadlines, row);

	if (!ref)
		return false;
	*ret_kind = ref->kind;
	*ret_entity = ref->entity;
	return true;
}

static const struct client_deadline *gathered_of(const struct due_gathered *gathered,
						 const struct uuid *row)
{
	for (size_t i = 0; i < gathered->n; i++)
		if (uuid_eq(&gathered->rows[i].deadline.id, row))
			return &gathered->rows[i];
	return NULL;
}

enum err deadlines_get(struct deadlines *deadlines, const struct uuid *row, struct arena *arena,
		       struct due_row *ret_row, struct error *err)
{
	const struct due_ref *ref = ref_of(deadlines, row);
	const struct client_deadline *kept = gathered_of(&deadlines->extra, row);
	struct client_deadline at;
	enum err code = ERR_OK;

	if (!ref && !kept)
		return error_set(err, ERR_NOT_FOUND, "%s", _("it is not in the list"));
	if (kept)
		at = *kept;
	else
		code = client_deadline_get(deadlines->client, ref->kind, &ref->entity, ref->sort,
					   row, arena, &at, err);
	if (code == ERR_OK)
		*ret_row = (struct due_row){
			.id = *row, .at = at,
			.group = due_group(at.deadline.due, deadlines->now,
					   client_rules(deadlines->client)->offset_min)
		};
	return code;
}

/* ---- which ---- */

static bool is_gathered(const struct deadlines *deadlines)
{
	return deadlines->parsed || deadlines->frozen;
}

/* Another list: from the data of now, and nothing of the old one. */
static void other(struct deadlines *deadlines)
{
	deadlines->frozen = false;
	deadlines->waiting = 0;
	due_gather_anew(deadlines);
	deadlines_read(deadlines);
}

void deadlines_set_mine(struct deadlines *deadlines, bool mine)
{
	if (deadlines->mine == mine)
		return;
	deadlines->mine = mine;
	other(deadlines);
}

bool deadlines_is_mine(const struct deadlines *deadlines)
{
	return deadlines->mine;
}

void deadlines_set_day(struct deadlines *deadlines, int32_t day)
{
	if (deadlines->day == day)
		return;
	deadlines->day = day;
	other(deadlines);
}

int32_t deadlines_day(const struct deadlines *deadlines)
{
	return deadlines->day;
}

enum err deadlines_set_filter(struct deadlines *deadlines, const char *text,
			      struct filter_error *ret_error)
{
	const struct filter_ctx ctx = deadlines_filter_ctx(deadlines);
	struct arena arena = ARENA_INIT;
	struct filter *parsed = NULL;
	enum err code = filter_parse(text, &ctx, &arena, &parsed, ret_error);

	if (code != ERR_OK) {
		arena_release(&arena);
		return code;
	}
	arena_release(&deadlines->parsed_in);
	deadlines->parsed_in = arena;
	deadlines->parsed = filter_is_all(parsed) ? NULL : parsed;
	free(deadlines->filter);
	deadlines->filter = mem_strdup(text);
	other(deadlines);
	return ERR_OK;
}

const char *deadlines_filter(const struct deadlines *deadlines)
{
	return deadlines->parsed ? deadlines->filter : "";
}

void deadlines_freeze(struct deadlines *deadlines, bool frozen)
{
	if (deadlines->frozen == frozen)
		return;
	deadlines->waiting = 0;
	if (frozen && !deadlines->parsed)
		due_gather_now(deadlines, DUE_COUNT_MOST);
	deadlines->frozen = frozen;
	if (frozen)
		return;
	if (!deadlines->parsed)
		due_gather_anew(deadlines);
	deadlines->stale = true;
	deadlines_read(deadlines);
}

bool deadlines_is_frozen(const struct deadlines *deadlines)
{
	return deadlines->frozen;
}

size_t deadlines_waiting(const struct deadlines *deadlines)
{
	return deadlines->waiting;
}

struct client_deadline_filter due_asked(const struct deadlines *deadlines, bool with_day)
{
	int offset = client_rules(deadlines->client)->offset_min;
	struct client_deadline_filter asked = { .org = NULL };

	if (deadlines->mine)
		asked = client_deadlines_mine(deadlines->client);
	if (with_day && deadlines->day) {
		asked.from = civil_ms_of_day(deadlines->day, offset);
		asked.to = civil_ms_of_day(deadlines->day + 1, offset);
	}
	return asked;
}

/* ---- counts ---- */

static void count_gathered(struct deadlines *deadlines)
{
	int offset = client_rules(deadlines->client)->offset_min;

	for (size_t i = 0; i < deadlines->shown.n; i++)
		deadlines->counts.n[due_group(deadlines->shown.rows[i].deadline.due,
					      deadlines->now, offset)]++;
	deadlines->counts.whole = deadlines->whole && !deadlines->shown.more;
	for (int g = 0; g < DUE_GROUPS; g++)
		deadlines->counts.more[g] = !deadlines->counts.whole &&
					    (g == DUE_LATER || deadlines->counts.n[g] > 0);
}

void due_count(struct deadlines *deadlines)
{
	const struct client_deadline_filter asked = due_asked(deadlines, true);
	int offset = client_rules(deadlines->client)->offset_min;
	int64_t bounds[DUE_GROUPS + 1] = { INT64_MIN };
	bool exact = true;

	deadlines->counts = (struct due_counts){ .whole = true };
	if (is_gathered(deadlines)) {
		count_gathered(deadlines);
		return;
	}
	for (int g = 1; g < DUE_GROUPS; g++)
		bounds[g] = due_group_from(deadlines, (enum due_group)g);
	bounds[DUE_GROUPS] = INT64_MAX;
	if (client_deadlines_count(deadlines->client, &asked, bounds, DUE_GROUPS + 1,
				   DUE_COUNT_MOST, deadlines->counts.n, &exact, NULL) != ERR_OK)
		memset(deadlines->counts.n, 0, sizeof deadlines->counts.n);
	for (int g = 0; g < DUE_GROUPS; g++)
		deadlines->counts.more[g] = deadlines->counts.n[g] >= DUE_COUNT_MOST;
	for (size_t i = 0; i < deadlines->extra.n; i++)
		deadlines->counts.n[due_group(deadlines->extra.rows[i].deadline.due,
					      deadlines->now, offset)]++;
}

const struct due_counts *deadlines_counts(const struct deadlines *deadlines)
{
	return &deadlines->counts;
}

/* ---- changes ---- */

void deadlines_read(struct deadlines *deadlines)
{
	const struct client_deadline_filter asked = due_asked(deadlines, true);

	if (deadlines->frozen)
		return;
	deadlines->now = client_now(deadlines->client);
	due_gathered_release(&deadlines->extra);
	due_extra(deadlines->client, asked.org, deadlines->now, asked.from, asked.to,
		  deadlines->day == 0, &deadlines->extra);
	due_count(deadlines);
}

bool deadlines_changed(struct deadlines *deadlines, const struct client_change *change)
{
	if (!(change->bits & ~(unsigned)CHANGE_LINK))
		return false;
	if (deadlines->frozen) {
		deadlines->waiting += change->any || change->n == 0 ? 1 : change->n;
		return false;
	}
	deadlines->stale = true;
	return !deadlines->parsed; /* what is gathered is read again when it is whole */
}
