#include <config.h>

#include "zhiban/domain/carry.h"

#include <string.h>

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

static void visit_owed(struct incident *incident, const struct visit *to)
{
	struct promise *promises = incident->promises.items;
	struct behalf *behalves = incident->behalves.items;
	struct supervision *supervisions = incident->supervisions.items;
	struct receipt *receipts = incident->receipts.items;

	for (size_t i = 0; i < incident->promises.n; i++)
		if (promises[i].kept_at == 0)
			visit(to, &promises[i].org);
	for (size_t i = 0; i < incident->behalves.n; i++)
		if (behalves[i].signed_at == 0)
			visit(to, &behalves[i].org);
	for (size_t i = 0; i < incident->supervisions.n; i++)
		if (supervisions[i].answered_at == 0 && supervisions[i].lifted_at == 0)
			visit(to, &supervisions[i].org);
	for (size_t i = 0; i < incident->receipts.n; i++)
		if (receipts[i].signed_at == 0)
			visit(to, &receipts[i].org);
}

void carry_orgs_each(struct incident *incident, carry_fn fn, void *ctx)
{
	const struct visit to = { fn, ctx };
	struct part *parts = incident->parts.items;
	struct level *levels = incident->levels.items;
	struct clock *clocks = incident->clocks.items;

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
	for (size_t i = 0; i < incident->clocks.n; i++)
		if (clocks[i].stopped_at == 0)
			visit(&to, &clocks[i].org);
	visit_owed(incident, &to);
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
