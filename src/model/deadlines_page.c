/* Pages of the list: rows of the index, what is computed between them, headings above the groups. */
#include <config.h>

#include "deadlines_priv.h"

#include <stdlib.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/due_filing.h"

struct window { /* contiguous rows in their order */
	struct client_deadline *rows;
	size_t n;
	bool first, last; /* nothing comes before, nothing behind */
};

static struct uuid heading_id(enum due_group group)
{
	char name[] = "deadline group 0";

	name[sizeof name - 2] = (char)('0' + (int)group);
	return uuid_named(name);
}

static bool is_heading(const struct uuid *id, enum due_group *ret_group)
{
	for (int g = 0; g < DUE_GROUPS; g++) {
		struct uuid heading = heading_id((enum due_group)g);

		if (uuid_eq(&heading, id)) {
			*ret_group = (enum due_group)g;
			return true;
		}
	}
	return false;
}

/* ---- two sources as one ---- */

/* The first of what is computed at a place (set) or behind it; n when there is none. */
static size_t extra_from(const struct deadlines *deadlines, const struct deadline_key *at,
			 bool inclusive)
{
	size_t i = 0;

	while (at->set && i < deadlines->extra.n) {
		int c = due_key_cmp(&deadlines->extra.rows[i].key, at);

		if (c > 0 || (c == 0 && inclusive))
			break;
		i++;
	}
	return i;
}

/* n rows behind a place (not set: from the first). */
static enum err forward(struct deadlines *deadlines, const struct deadline_key *after, size_t n,
			struct arena *arena, struct window *ret, struct error *err)
{
	const struct client_deadline_filter asked = due_asked(deadlines, true);
	struct client_deadlines page = { .n = 0 };
	size_t e = extra_from(deadlines, after, false), i = 0;
	enum err code = client_deadlines_page(deadlines->client, &asked,
					      after->set ? after : NULL, n, arena, &page, err);

	if (code != ERR_OK)
		return code;
	ret->rows = arena_array(arena, n + 1, sizeof *ret->rows);
	ret->n = 0;
	while (ret->n < n && (i < page.n || e < deadlines->extra.n)) {
		bool extra = i >= page.n ||
			     (e < deadlines->extra.n &&
			      due_key_cmp(&deadlines->extra.rows[e].key, &page.rows[i].key) < 0);

		if (extra && i >= page.n && page.more)
			break; /* what comes behind the page may stand before it */
		ret->rows[ret->n++] = extra ? deadlines->extra.rows[e++] : page.rows[i++];
	}
	ret->last = i >= page.n && !page.more && e >= deadlines->extra.n;
	return ERR_OK;
}

/* n rows before a place (not set: the last). */
static enum err backward(struct deadlines *deadlines, const struct deadline_key *before, size_t n,
			 struct arena *arena, struct window *ret, struct error *err)
{
	const struct client_deadline_filter asked = due_asked(deadlines, true);
	struct client_deadlines page = { .n = 0 };
	size_t e = before->set ? extra_from(deadlines, before, true) : deadlines->extra.n, i;
	struct client_deadline *rows;
	enum err code = client_deadlines_before(deadlines->client, &asked,
						before->set ? before : NULL, n, arena, &page, err);

	if (code != ERR_OK)
		return code;
	rows = arena_array(arena, n + 1, sizeof *rows);
	i = page.n;
	ret->n = 0;
	while (ret->n < n && (i > 0 || e > 0)) {
		bool extra = i == 0 ||
			     (e > 0 && due_key_cmp(&deadlines->extra.rows[e - 1].key,
						   &page.rows[i - 1].key) > 0);

		if (extra && i == 0 && page.more)
			break;
		ret->n++;
		rows[n - ret->n] = extra ? deadlines->extra.rows[--e] : page.rows[--i];
	}
	ret->rows = rows + (n - ret->n);
	ret->first = i == 0 && !page.more && e == 0;
	return ERR_OK;
}

/* ---- where to begin ---- */

/* As client_deadlines_mine means it: all lies within the centre, and is not its own for that. */
static bool is_of(const struct rules *rules, const char *org, const char *whose)
{
	bool centre = str_eq(whose, rules->centre);

	return org ? str_eq(org, whose) || (!centre && rules_org_within(rules, org, whose)) : centre;
}

/* The place of an anchor as it is now: of a heading that of its first row. */
static enum err place_of(struct deadlines *deadlines, const struct uuid *anchor,
			 struct arena *arena, struct client_deadline *ret_row, struct error *err)
{
	const struct client_deadline_filter asked = due_asked(deadlines, true);
	const struct rules *rules = client_rules(deadlines->client);
	struct deadline_key from = { true, 0, INT64_MIN };
	enum due_group group;
	struct window window;
	struct due_row row;
	enum err code;

	if (is_heading(anchor, &group)) {
		from.due = due_group_from(deadlines, group);
		from.set = group != DUE_OVER;
		code = forward(deadlines, &from, 1, arena, &window, err);
		if (code == ERR_OK && (window.n == 0 ||
				       due_group(window.rows[0].deadline.due, deadlines->now,
						 rules->offset_min) != group))
			return error_set(err, ERR_NOT_FOUND, "%s", _("it is not in the list"));
		if (code == ERR_OK)
			*ret_row = window.rows[0];
		return code;
	}
	code = deadlines_get(deadlines, anchor, arena, &row, err);
	if (code != ERR_OK)
		return code;
	if ((asked.org && !is_of(rules, row.at.deadline.org, asked.org)) ||
	    (asked.to && (row.at.deadline.due < asked.from || row.at.deadline.due >= asked.to)))
		return error_set(err, ERR_NOT_FOUND, "%s", _("it is not in the list"));
	*ret_row = row.at;
	return ERR_OK;
}

static enum err around(struct deadlines *deadlines, const struct uuid *anchor, size_t before,
		       size_t n, struct arena *arena, struct window *ret, struct error *err)
{
	struct client_deadline at;
	struct window head = { .n = 0 }, tail = { .n = 0 };
	enum err code = place_of(deadlines, anchor, arena, &at, err);

	if (code == ERR_OK)
		code = backward(deadlines, &at.key, before, arena, &head, err);
	if (code == ERR_OK)
		code = forward(deadlines, &at.key, n > before ? n - before : 1, arena, &tail, err);
	if (code != ERR_OK)
		return code;
	ret->rows = arena_array(arena, head.n + tail.n + 1, sizeof *ret->rows);
	for (size_t i = 0; i < head.n; i++)
		ret->rows[ret->n++] = head.rows[i];
	ret->rows[ret->n++] = at;
	for (size_t i = 0; i < tail.n; i++)
		ret->rows[ret->n++] = tail.rows[i];
	ret->first = head.first;
	ret->last = tail.last;
	return ERR_OK;
}

/* ---- from what was gathered ---- */

static enum err gathered_window(struct deadlines *deadlines, enum due_from from,
				const struct uuid *anchor, size_t before, size_t n,
				struct window *ret, struct error *err)
{
	struct due_gathered *shown = &deadlines->shown;
	size_t at = from == DUE_LAST && shown->n > n ? shown->n - n : 0;
	enum due_group group;

	if (from == DUE_AT) {
		bool heading = is_heading(anchor, &group);
		int offset = client_rules(deadlines->client)->offset_min;

		while (at < shown->n &&
		       !(heading ? due_group(shown->rows[at].deadline.due, deadlines->now,
					     offset) == group
				 : uuid_eq(&shown->rows[at].deadline.id, anchor)))
			at++;
		if (at == shown->n)
			return error_set(err, ERR_NOT_FOUND, "%s", _("it is not in the list"));
		at = at > before ? at - before : 0;
	}
	*ret = (struct window){ .rows = shown->rows + at,
				.n = shown->n - at < n ? shown->n - at : n,
				.first = at == 0 };
	ret->last = at + ret->n == shown->n;
	return ERR_OK;
}

/* ---- headings ---- */

static void add_heading(struct due_page *page, enum due_group group)
{
	page->rows[page->n++] =
		(struct due_row){ .id = heading_id(group), .heading = true, .group = group };
}

/* A heading stands where another group begins; above the first row when nothing comes before.  The
 * first row of a window in the middle is only there to tell. */
static void group_rows(struct deadlines *deadlines, const struct window *window,
		       struct arena *arena, struct due_page *page)
{
	int offset = client_rules(deadlines->client)->offset_min;
	size_t skip = window->first ? 0 : 1;
	int group = -1;

	page->rows = arena_array(arena, window->n + DUE_GROUPS + 1, sizeof *page->rows);
	page->n = 0;
	for (size_t i = 0; i < window->n; i++) {
		const struct client_deadline *at = &window->rows[i];
		enum due_group its = due_group(at->deadline.due, deadlines->now, offset);

		if (i >= skip && (int)its != group)
			add_heading(page, its);
		group = (int)its;
		if (i < skip)
			continue;
		due_note(deadlines, at);
		page->rows[page->n++] =
			(struct due_row){ .id = at->deadline.id, .group = its, .at = *at };
	}
	page->first = window->first;
	page->last = window->last;
}

/* In a list that stands still: what does not run any more is said to be gone. */
static void look_again(struct deadlines *deadlines, struct due_page *page, struct arena *arena)
{
	for (size_t i = 0; i < page->n; i++) {
		struct due_row *row = &page->rows[i], now;

		if (!row->heading && row->at.kind != KIND_INSPECTION &&
		    !due_is_filing(&row->at))
			row->gone = deadlines_get(deadlines, &row->id, arena, &now, NULL) != ERR_OK ||
				    now.at.deadline.due != row->at.deadline.due;
	}
}

enum err deadlines_fetch(struct deadlines *deadlines, enum due_from from,
			 const struct uuid *anchor, size_t before, size_t n, struct arena *arena,
			 struct due_page *ret_page, struct error *err)
{
	static const struct deadline_key end;
	struct window window = { .first = from == DUE_FIRST, .last = from == DUE_LAST };
	enum err code;

	/* one more row than is wanted tells whether a heading stands before the first */
	if (deadlines->parsed || deadlines->frozen)
		code = gathered_window(deadlines, from, anchor, before + 1, n + 1, &window, err);
	else if (from == DUE_FIRST)
		code = forward(deadlines, &end, n, arena, &window, err);
	else if (from == DUE_LAST)
		code = backward(deadlines, &end, n + 1, arena, &window, err);
	else
		code = around(deadlines, anchor, before + 1, n + 1, arena, &window, err);
	if (code != ERR_OK)
		return code;
	group_rows(deadlines, &window, arena, ret_page);
	if (deadlines->frozen)
		look_again(deadlines, ret_page, arena);
	return ERR_OK;
}
