#include <config.h>

#include "zhiban/model/oncall.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/mode.h"

enum { TONIGHT_H = 12 }; /* calls are looked for so far back where no shift is known */

/* ---- the shift that runs ---- */

static void note_shift(struct oncall_page *page)
{
	const struct duty_now *duty = &page->duty;

	for (size_t i = 0; i < duty->n_now; i++) {
		const struct on_duty *one = &duty->now[i];

		if (one->post != NULL && one->post->phone && page->shift != NULL)
			continue; /* who is at home may stand longer */
		if (one->turn->starts > page->since || page->shift == NULL) {
			page->since = one->turn->starts;
			page->shift = one->shift;
		}
	}
}

/* ---- calls ---- */

struct calls {
	struct client_record *records;
	size_t n;
};

static bool is_call_to(const struct record *record, const char *org, const char *post)
{
	return record_sort_find(record->sort) == RECORD_CALL && record->outward &&
	       str_eq(record->rung_org, org) && str_eq(record->rung_post, post);
}

static void add_calls(const struct calls *calls, const char *org, struct oncall_rung *rung,
		      struct oncall_page *page, struct arena *arena)
{
	const char *post = rung->post != NULL ? rung->post->code : NULL;

	rung->calls = arena_array(arena, calls->n + 1, sizeof *rung->calls);
	for (size_t i = 0; i < calls->n; i++) {
		const struct record *record = calls->records[i].record;
		bool answered = record->answered != NULL && *record->answered != '\0';

		if (!is_call_to(record, org, post))
			continue;
		rung->calls[rung->n_calls++] =
			(struct oncall_call){ record, calls->records[i].marks, answered };
		page->answered += answered;
		page->rung_n++;
	}
}

/* ---- the ladder ---- */

static void add_rung(struct oncall_page *page, const struct on_duty *duty,
		     const struct duty_post *post)
{
	struct oncall_rung *rung = &page->rungs[page->n++];

	*rung = (struct oncall_rung){ .duty = duty, .post = post,
				      .place = post != NULL ? post->rung : 0,
				      .label = post != NULL ? post->label : _("Duty phone"),
				      .phone = duty != NULL ? duty->phone : page->duty.phone };
	if (duty == NULL)
		return;
	if (post == NULL)
		rung->label = duty->turn->post != NULL ? duty->turn->post : "";
	rung->name = duty->turn->name;
	rung->title = duty->staff != NULL ? duty->staff->title : NULL;
	rung->outing = duty->outing;
}

static bool has_rung(const struct oncall_page *page, const struct duty_post *post)
{
	for (size_t i = 0; i < page->n; i++)
		if (page->rungs[i].post == post)
			return true;
	return false;
}

/* Seats of the ladder that should be manned now and are not are said too: whoever rings must not look
 * for them. */
static void add_empty(struct client *client, int64_t at, struct oncall_page *page)
{
	const struct rules *rules = client_rules(client);
	int32_t today = civil_day_of_ms(at, rules->offset_min);
	struct need needs[NEEDS_MOST];

	for (int32_t day = today - 1; page->duty.plan != NULL && day <= today; day++) {
		size_t n = roster_needs(rules, page->duty.plan, day, client_mode_code(client), needs);

		for (size_t i = 0; i < n; i++) {
			const struct need *need = &needs[i];

			if (need->starts > at || need->ends <= at || need->may_be_empty ||
			    need->post->rung == 0 || has_rung(page, need->post))
				continue;
			add_rung(page, NULL, need->post);
			page->rungs[page->n - 1].phone = NULL;
		}
	}
}

static int by_ladder(const void *a, const void *b)
{
	const struct oncall_rung *x = a, *y = b;
	int p = x->place > 0 ? x->place : 1000, q = y->place > 0 ? y->place : 1000;

	if (p != q)
		return p < q ? -1 : 1;
	return x->duty == NULL || y->duty == NULL || x->duty == y->duty ? 0
	       : x->duty < y->duty					? -1
									: 1;
}

enum err oncall_page(struct client *client, const char *org, int64_t at, struct arena *arena,
		     struct oncall_page *ret_page, struct error *err)
{
	struct oncall_page page = { .since = 0 };
	struct calls calls = { .n = 0 };
	size_t posts;
	enum err code = client_on_duty(client, org, at, arena, &page.duty, err);

	if (code != ERR_OK)
		return code;
	note_shift(&page);
	if (page.since == 0)
		page.since = at - TONIGHT_H * HOUR_MS;
	code = client_records(client, NULL, page.since, at + 1, false, arena, &calls.records, &calls.n,
			      err);
	if (code != ERR_OK)
		return code;
	posts = page.duty.plan != NULL ? page.duty.plan->n_posts : 0;
	page.rungs = arena_array(arena, page.duty.n_now + posts + 2, sizeof *page.rungs);
	for (size_t i = 0; i < page.duty.n_now; i++)
		add_rung(&page, &page.duty.now[i], page.duty.now[i].post);
	add_empty(client, at, &page);
	qsort(page.rungs, page.n, sizeof *page.rungs, by_ladder);
	if (page.duty.phone != NULL)
		add_rung(&page, NULL, NULL);
	for (size_t i = 0; i < page.n; i++)
		add_calls(&calls, org, &page.rungs[i], &page, arena);
	*ret_page = page;
	return ERR_OK;
}

static bool can_be_rung(const struct oncall_rung *rung)
{
	return rung->phone != NULL && *rung->phone != '\0';
}

size_t oncall_next(const struct oncall_page *page)
{
	size_t first = page->n;

	for (size_t i = 0; i < page->n; i++) {
		if (!can_be_rung(&page->rungs[i]))
			continue;
		if (first == page->n)
			first = i;
		if (page->rungs[i].n_calls == 0)
			return i;
	}
	return first;
}

const char *oncall_why(const struct oncall_page *page)
{
	const struct duty_now *duty = &page->duty;

	if (duty->plan == NULL)
		return duty->phone != NULL ? _("No roster: its duty phone alone is known.")
					   : _("No roster and no duty phone.");
	if (duty->n_now == 0)
		return _("Nobody is entered for now: the roster is not filled.");
	return duty->gap ? _("A seat is empty that must be manned.") : "";
}

/* ---- a line ---- */

typedef bool (*post_is_fn)(const struct duty_post *post);

static bool is_leader(const struct duty_post *post)
{
	return post->leader;
}

static bool is_chief(const struct duty_post *post)
{
	return post->chief && !post->leader;
}

static bool is_first(const struct duty_post *post)
{
	return post->rung == 1;
}

static const struct on_duty *who_is(const struct duty_now *duty, post_is_fn is)
{
	for (size_t i = 0; i < duty->n_now; i++)
		if (duty->now[i].post != NULL && is(duty->now[i].post))
			return &duty->now[i];
	return NULL;
}

const struct on_duty *oncall_chief(const struct duty_now *duty)
{
	const struct on_duty *chief = who_is(duty, is_chief);

	if (chief == NULL)
		chief = who_is(duty, is_first);
	if (chief == NULL)
		chief = who_is(duty, is_leader);
	return chief != NULL || duty->n_now == 0 ? chief : &duty->now[0];
}

static void add_one(const struct on_duty *one, struct str *out)
{
	if (one != NULL)
		str_addf(out, "%s%s %s", out->len > 0 ? " " : "",
			 one->post != NULL ? one->post->label : one->turn->post, one->turn->name);
}

/* Who leads, who answers for the shift, who is rung first: of fewer the last ones. */
void oncall_line(const struct rules *rules, const struct duty_now *duty, int most, struct str *out)
{
	const struct on_duty *leader = who_is(duty, is_leader), *chief = who_is(duty, is_chief);
	const struct on_duty *first = who_is(duty, is_first);
	char until[CIVIL_TEXT];

	if (first == NULL)
		first = leader == NULL && chief == NULL && duty->n_now > 0 ? &duty->now[0] : NULL;
	if (most > 1)
		add_one(leader, out);
	if (chief != leader && (most > 2 || (most == 2 && leader == NULL)))
		add_one(chief, out);
	if (first != leader && first != chief)
		add_one(first, out);
	if (out->len == 0)
		add_one(oncall_chief(duty), out);
	if (out->len == 0 || duty->ends == 0)
		return;
	civil_format(duty->ends, rules->offset_min, "H:M", until, sizeof until);
	str_add_char(out, ' ');
	str_addf(out, most > 1 ? _("till %s, then handover") : _("till %s"), until);
}
