#include <config.h>

#include "zhiban/domain/carry.h"

#include <string.h>

#include "zhiban/domain/meeting.h"
#include "zhiban/domain/whistle.h"

enum { HEIRS_DEEP = 16 }; /* successors of successors; more is a circle */

/* --- what hangs on the rules ----------------------------------------------------------------- */

struct visit {
	carry_fn fn;
	void *ctx;
};

static void visit(const struct visit *to, const char **code)
{
	if (*code != NULL)
		to->fn(to->ctx, code);
}

void carry_steps_each(struct incident *incident, carry_fn fn, void *ctx)
{
	const struct visit to = { fn, ctx };
	struct level *levels = incident->levels.items;

	visit(&to, &incident->step);
	for (size_t i = 0; i < incident->levels.n; i++) {
		visit(&to, &levels[i].step);
		visit(&to, &levels[i].back);
	}
}

/* Countersignatures and answers to supervision (NULL: it knows none). */
static void visit_answers(const struct children *behalf, const struct children *supervised,
			  const struct visit *to)
{
	struct behalf *behalves = behalf->items;
	struct supervision *supervisions = supervised != NULL ? supervised->items : NULL;

	for (size_t i = 0; i < behalf->n; i++)
		if (behalves[i].signed_at == 0)
			visit(to, &behalves[i].org);
	for (size_t i = 0; supervised != NULL && i < supervised->n; i++)
		if (supervisions[i].answered_at == 0 && supervisions[i].lifted_at == 0)
			visit(to, &supervisions[i].org);
}

static void visit_clocks(const struct children *list, const struct visit *to)
{
	struct clock *clocks = list->items;

	for (size_t i = 0; i < list->n; i++)
		if (clocks[i].stopped_at == 0)
			visit(to, &clocks[i].org);
}

static void visit_owed(struct incident *incident, const struct visit *to)
{
	struct promise *promises = incident->promises.items;
	struct receipt *receipts = incident->receipts.items;

	for (size_t i = 0; i < incident->promises.n; i++)
		if (promises[i].kept_at == 0)
			visit(to, &promises[i].org);
	visit_answers(&incident->behalves, &incident->supervisions, to);
	for (size_t i = 0; i < incident->receipts.n; i++)
		if (receipts[i].signed_at == 0)
			visit(to, &receipts[i].org);
}

void carry_orgs_each(struct incident *incident, carry_fn fn, void *ctx)
{
	const struct visit to = { fn, ctx };
	struct part *parts = incident->parts.items;
	struct level *levels = incident->levels.items;

	if (incident->open) {
		visit(&to, &incident->seat);
		visit(&to, &incident->holder);
		visit(&to, &incident->duty_unit);
		for (size_t i = 0; i < incident->parts.n; i++)
			if (part_is_live(&parts[i]) || parts[i].waits != NULL)
				visit(&to, &parts[i].org);
	}
	for (size_t i = 0; i < incident->levels.n; i++) {
		visit(&to, &levels[i].seat);
		visit(&to, &levels[i].holder);
	}
	visit_clocks(&incident->clocks, &to);
	visit_owed(incident, &to);
}

/* --- whistles -------------------------------------------------------------------------------- */

void carry_whistle_orgs_each(struct whistle *whistle, carry_fn fn, void *ctx)
{
	const struct visit to = { fn, ctx };
	struct summoned *shares = whistle->shares.items;

	if (whistle->open) {
		visit(&to, &whistle->origin);
		visit(&to, &whistle->lead);
		for (size_t i = 0; i < whistle->shares.n; i++)
			if (shares[i].freed_at == 0)
				visit(&to, &shares[i].org);
	}
	visit_clocks(&whistle->clocks, &to);
	visit_answers(&whistle->behalves, &whistle->supervisions, &to);
}

void carry_claims_each(struct whistle *whistle, carry_fn fn, void *ctx)
{
	const struct visit to = { fn, ctx };
	struct summoned *shares = whistle->shares.items;

	for (size_t i = 0; whistle->open && i < whistle->shares.n; i++)
		if (share_is_live(&shares[i]) && shares[i].settled_at == 0)
			visit(&to, &shares[i].claim_for);
}

/* --- meetings, items, tasks ------------------------------------------------------------------ */

/* Who was there was there: of what is over only who has still to sign. */
static bool attends(const struct meeting *meeting, const struct attendee *attendee)
{
	return meeting_state(meeting) <= MEETING_SITTING ||
	       (meeting->open && attendee->sign_at == 0);
}

static void visit_meeting(struct meeting *meeting, const struct visit *to)
{
	struct attendee *attendees = meeting->attendees.items;

	if (meeting->open) {
		visit(to, &meeting->org);
		for (size_t i = 0; i < meeting->attendees.n; i++)
			if (attends(meeting, &attendees[i]))
				visit(to, &attendees[i].org);
	}
	visit_clocks(&meeting->clocks, to);
	visit_answers(&meeting->behalves, NULL, to);
}

static void visit_item(struct item *item, const struct visit *to)
{
	struct concerned *concerned = item->concerned.items;
	struct paper *papers = item->papers.items;

	if (item->open) {
		visit(to, &item->org);
		visit(to, &item->lead);
		for (size_t i = 0; i < item->concerned.n; i++)
			visit(to, &concerned[i].org);
		for (size_t i = 0; i < item->papers.n; i++)
			if (papers[i].sent_at == 0)
				visit(to, &papers[i].org);
	}
	visit_answers(&item->behalves, NULL, to);
}

static void visit_action(struct action *action, const struct visit *to)
{
	struct concerned *assists = action->assists.items;

	if (action->open) {
		visit(to, &action->org);
		visit(to, &action->lead);
		for (size_t i = 0; i < action->assists.n; i++)
			if (assists[i].done_at == 0)
				visit(to, &assists[i].org);
	}
	visit_clocks(&action->clocks, to);
	visit_answers(&action->behalves, &action->supervisions, to);
}

void carry_joint_orgs_each(void *entity, carry_fn fn, void *ctx)
{
	const struct visit to = { fn, ctx };
	const struct entity *head = entity;

	if (head->kind == KIND_MEETING)
		visit_meeting(entity, &to);
	else if (head->kind == KIND_ITEM)
		visit_item(entity, &to);
	else
		visit_action(entity, &to);
}

const char *carry_kind(const struct whistle *whistle, struct arena *arena)
{
	return arena_printf(arena, "%s:%s", whistle->summons != NULL ? whistle->summons : "",
			    whistle->cls != NULL ? whistle->cls : "");
}

bool carry_kind_stands(const struct rules *rules, const char *words)
{
	for (size_t i = 0; i < rules->n_summonses; i++) {
		const struct summons *summons = &rules->summonses[i];
		size_t len = strlen(summons->code);

		if (strncmp(words, summons->code, len) == 0 && words[len] == ':')
			return words[len + 1] == '\0' ||
			       summons_class(summons, words + len + 1) != NULL;
	}
	return false;
}

const char *carry_line(const char *line, const char *words)
{
	size_t len = strlen(words);

	return strncmp(line, words, len) == 0 && line[len] == '=' ? line + len + 1 : NULL;
}

/* --- organisations that end ------------------------------------------------------------------ */

bool org_stands(const struct rules *rules, const char *code, int64_t now)
{
	const struct org *org = rules_org(rules, code);

	return org != NULL && (org->ends == 0 || org->ends > now);
}

static bool lies_within(const struct rules *rules, const char *const places[], size_t n,
			const char *org)
{
	for (size_t i = 0; i < n; i++) {
		const struct org *place = places[i] != NULL ? rules_org_named(rules, places[i])
							    : NULL;

		if (place != NULL && rules_org_within(rules, place->code, org))
			return true;
	}
	return false;
}

/* The word of a list that begins at *s; moves on behind it.  false: there is none. */
static bool next_code(const char **s, char *buf, size_t size)
{
	size_t len;

	*s += strspn(*s, " ");
	len = strcspn(*s, " ");
	if (len == 0 || len >= size)
		return false;
	memcpy(buf, *s, len);
	buf[len] = '\0';
	*s += len;
	return true;
}

static const struct org *successor_of(const struct rules *rules, const struct org *org,
				      const char *const places[], size_t n)
{
	const char *rest = org->successor != NULL ? org->successor : "";
	const struct org *first = NULL;
	char code[128];

	while (next_code(&rest, code, sizeof code)) {
		const struct org *next = rules_org(rules, code);

		if (next == NULL)
			continue;
		if (lies_within(rules, places, n, code))
			return next;
		if (first == NULL)
			first = next;
	}
	return first;
}

const struct org *org_heir(const struct rules *rules, const char *code,
			   const char *const places[], size_t n_places, int64_t now)
{
	const struct org *org = rules_org(rules, code);

	for (int i = 0; org != NULL && i < HEIRS_DEEP; i++) {
		if (org_stands(rules, org->code, now))
			return org;
		org = successor_of(rules, org, places, n_places);
	}
	return NULL;
}
