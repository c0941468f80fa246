/* The page of one item of the desk: why, then base, mine and theirs side by side. */
#include <config.h>

#include <string.h>

#include "desk_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/ui/pager.h"

enum { SIDES = 3, GAP = 2, TALL = 6 };

struct layout {
	struct pager *pager;
	int label, side, cols; /* columns of the titles, of one side, of the page */
	const char *heads[SIDES];
};

static const char *shown(const char *text)
{
	return *text ? text : "-";
}

/* The next wrapped line of each side, beside each other; false: nothing is left. */
static bool next_line(const struct layout *layout, const char *rest[SIDES], struct str *out)
{
	bool any = false;

	str_clear(out);
	for (int i = 0; i < SIDES; i++) {
		size_t skip, len = text_wrap(rest[i], layout->side, &skip);
		struct str part = STR_INIT;

		any |= *rest[i] != '\0';
		str_add_bytes(&part, rest[i], len);
		if (i + 1 < SIDES) {
			text_pad(out, str_get(&part), layout->side);
			str_add_repeat(out, ' ', GAP);
		} else {
			str_add(out, str_get(&part));
		}
		str_release(&part);
		rest[i] += len + skip;
	}
	return any;
}

static int height(const struct layout *layout, const char *text)
{
	int lines = 0;

	while (*text) {
		size_t skip, len = text_wrap(text, layout->side, &skip);

		text += len + skip;
		lines++;
	}
	return lines;
}

static void add_beside(struct layout *layout, const char *label, enum role role,
		       const char *const sides[SIDES])
{
	const char *rest[SIDES] = { sides[0], sides[1], sides[2] };
	struct str line = STR_INIT;

	while (next_line(layout, rest, &line)) {
		pager_add(layout->pager, label, layout->label, role, str_get(&line));
		label = "";
	}
	str_release(&line);
}

/* Long texts stand under each other, over the whole width. */
static void add_stacked(struct layout *layout, const char *label, enum role role,
			const char *const sides[SIDES])
{
	struct str line = STR_INIT;

	for (int i = 0; i < SIDES; i++) {
		str_clear(&line);
		str_addf(&line, "[%s] %s", layout->heads[i], sides[i]);
		pager_add(layout->pager, i ? "" : label, layout->label, role, str_get(&line));
	}
	str_release(&line);
}

static void add_row(struct layout *layout, const struct desk_item *item,
		    const struct desk_row *row)
{
	const char *const sides[SIDES] = {
		item->has_base ? shown(row->base) : "?",
		shown(row->mine),
		item->has_theirs ? shown(row->theirs) : "?",
	};
	enum role role = row->clash ? ROLE_CONFLICT : ROLE_TEXT;
	struct str label = STR_INIT;
	bool tall = false;

	str_addf(&label, "%s %s", row->clash ? "X" : " ", row->title);
	for (int i = 0; i < SIDES; i++)
		tall = tall || height(layout, sides[i]) > TALL;
	if (tall)
		add_stacked(layout, str_get(&label), role, sides);
	else
		add_beside(layout, str_get(&label), role, sides);
	str_release(&label);
}

static struct layout lay_out(const struct desk_line *line, const struct desk_item *item, int cols,
			     struct pager *pager)
{
	struct layout layout = {
		.pager = pager,
		.cols = cols,
		.heads = { _("what I saw"), _("what I wanted"), _("what stands there now") },
	};
	int widest = 0;

	if (!line->waiting->own) {
		layout.heads[0] = _("what was seen");
		layout.heads[1] = _("what was wanted");
	}
	for (size_t i = 0; i < item->n; i++) {
		int width = text_columns(item->rows[i].title);

		widest = width > widest ? width : widest;
	}
	widest = widest > cols / 4 ? cols / 4 : widest;
	layout.label = 2 + widest + 1;
	layout.side = (cols - layout.label - 1 - (SIDES - 1) * GAP) / SIDES; /* 1: the pager's */
	return layout;
}

static void add_compared(const struct desk_line *line, const struct desk_item *item, int cols,
			 struct pager *pager)
{
	struct layout layout = lay_out(line, item, cols, pager);

	pager_section(pager, "compared",
		      item->pending ? _("Compared (now: with what waits to be sent)") :
		      item->later   ? _("Compared (it has changed since the answer)") :
				      _("Compared"));
	add_beside(&layout, "", ROLE_HEADING, layout.heads);
	for (size_t i = 0; i < item->n; i++)
		add_row(&layout, item, &item->rows[i]);
}

static void add_why(const struct desk_line *line, const struct desk_item *item,
		    struct pager *pager)
{
	const struct {
		const char *label, *text;
		enum role role;
	} lines[] = {
		{ line->group == DESK_MERGED ? _("Its note") : _("Not accepted"), line->words,
		  ROLE_CONFLICT },
		{ _("Before it"), item->first, ROLE_TEXT },
		{ _("Hung on"), item->after, ROLE_TEXT },
		{ line->waiting->own ? _("I did") : _("Done by"), item->did, ROLE_TEXT },
	};
	int label = 0;

	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		int width = text_columns(lines[i].label);

		label = width > label ? width : label;
	}
	pager_section(pager, "why", NULL);
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		if (*lines[i].text)
			pager_add(pager, lines[i].label, label + 1, lines[i].role, lines[i].text);
}

/* Those that hung on it: they lie right behind it. */
static void add_hanging(const struct desk *desk, const struct desk_line *line, struct pager *pager)
{
	struct str text = STR_INIT;

	if (!line->hanging)
		return;
	str_addf(&text, _("Hung on it, not accepted either: %zu"), line->hanging);
	pager_section(pager, "hanging", str_get(&text));
	for (const struct desk_line *next = line + 1;
	     next < desk->lines + desk->n && next->depth > line->depth; next++) {
		str_clear(&text);
		str_addf(&text, "%lld  %s  %s", (long long)next->waiting->act.n,
			 next->waiting->label, next->wanted);
		pager_add(pager, "", 2 * (next->depth - line->depth), ROLE_TEXT, str_get(&text));
	}
	str_release(&text);
}

void desk_fill(const struct desk *desk, const struct desk_line *line,
	       const struct desk_item *item, int cols, struct pager *pager)
{
	pager_begin(pager);
	add_why(line, item, pager);
	add_compared(line, item, cols, pager);
	add_hanging(desk, line, pager);
	pager_end(pager);
}
