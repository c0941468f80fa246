/* The departments of a whistle: who comes, how far each is, what it and the blower say. */
#include <config.h>

#include <string.h>

#include "whistle_page_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* One line of a share: values with their titles, persons bare behind their moment. */
struct share_line {
	const char *fields[8];
};

static const struct share_line coming = { { "comer", "comer_post", "comer_phone", "comes_at" } };
static const struct share_line moments[] = {
	{ { "signed_at", "signed_by", "contacted_at", "arrived_at" } },
	{ { "reported_at", "reported_by", "proof", "confirmed_at", "confirmed_by" } },
	{ { "handled_at", "handled_by", "result" } },
	{ { "replied_at", "reply", "reworks" } },
	{ { "verified_at", "verified_by" } },
	{ { "claimed_at", "claim", "claim_for", "claim_reason" } },
	{ { "settled_at", "settled_by", "ruling" } },
	{ { "freed_at", "freed_for", "instead" } },
	{ { "content", "content_note", "rated_at", "rated_by" } },
	{ { "judged", "judged_note", "judged_at", "judged_by" } },
};

/* What needs no title: people, and the words of a form whose order says what they are. */
static bool is_bare(const char *name)
{
	static const char *const bare[] = { "comer_post",   "comer_phone", "claim_reason",
					    "content_note", "judged_note", "freed_for",
					    "result",	    "reply" };
	size_t len = strlen(name);

	if (len > 3 && strcmp(name + len - 3, "_by") == 0)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(bare); i++)
		if (strcmp(bare[i], name) == 0)
			return true;
	return false;
}

static void add_value(struct page_maker *maker, const struct summoned *share, const char *name,
		      struct str *out)
{
	const char *value = page_child(maker, CHILD_SUMMONED, name, share);

	if (!*value)
		return;
	if (out->len)
		str_add(out, strlen(name) > 3 && strcmp(name + strlen(name) - 3, "_by") == 0 ? " "
											    : "  ");
	if (!is_bare(name))
		str_addf(out, "%s ", page_field_title(CHILD_SUMMONED, name));
	str_add(out, value);
}

static const char *line_words(struct page_maker *maker, const struct summoned *share,
			      const struct share_line *line)
{
	struct str out = STR_INIT;
	const char *kept;

	for (size_t i = 0; i < ARRAY_LEN(line->fields) && line->fields[i]; i++)
		add_value(maker, share, line->fields[i], &out);
	kept = arena_strdup(maker->arena, str_get(&out));
	str_release(&out);
	return kept;
}

/* What waits for a decision or for a word of the other side. */
static bool is_open(const struct summoned *share)
{
	return share->claimed_at && !share->settled_at;
}

static void share_lines(struct page_maker *maker, struct page_section *section,
			const struct summoned *share)
{
	int cols = page_label_cols(maker, 14);
	bool lead = str_eq(share->role, "lead");
	const char *first = arena_printf(maker->arena, "%s%s%s", share_state_label(share_state(share)),
					 lead ? "  " : "",
					 lead ? page_child(maker, CHILD_SUMMONED, "role", share) : "");
	const char *who = line_words(maker, share, &coming);

	page_line(maker, section,
		  share->freed_at ? TONE_HINT : is_open(share) ? TONE_SOON : TONE_TEXT,
		  page_org(maker->rules, share->org), cols,
		  arena_printf(maker->arena, "%s%s%s", first, *who ? "  " : "", who));
	for (size_t i = 0; i < ARRAY_LEN(moments); i++) {
		const char *words = line_words(maker, share, &moments[i]);

		if (*words)
			page_line(maker, section, share->freed_at ? TONE_HINT : TONE_TEXT, "", cols,
				  words);
	}
}

void whistle_page_shares(struct page_maker *maker, const struct whistle_page *page)
{
	struct page_section *section;

	if (!page->matrix.n_rows)
		return;
	section = page_section(maker, "shares", _("Departments called"));
	for (size_t i = 0; i < page->matrix.n_rows; i++)
		share_lines(maker, section, page->matrix.rows[i].share);
}

/* ---- the cell under the cursor ---- */

const char *whistle_cell_words(struct client *client, const struct whistle_page *page, size_t row,
			       enum summons_clock clock, struct arena *arena)
{
	struct page of = page->page;
	struct page_maker maker = whistle_page_maker(client, page, &of, 200, arena);
	const struct matrix_row *at = &page->matrix.rows[row];
	const struct clock *child = at->cells[clock].clock;
	const char *label =
		summons_clock_label(maker.rules, page->summons, summons_clock_code(clock));
	enum tone tone;

	if (!child)
		return arena_printf(arena, "%s  %s  %s", page_org(maker.rules, at->share->org), label,
				    at->cells[clock].state == CELL_IDLE ? _("not begun")
				    : at->cells[clock].state == CELL_NONE ? _("no such clock")
									  : _("done without a clock"));
	return arena_printf(arena, "%s  %s  %s", page_org(maker.rules, at->share->org), label,
			    page_clock_words(&maker, child, &tone));
}

const char *whistle_share_words(struct client *client, const struct whistle_page *page, size_t row,
				struct arena *arena)
{
	static const struct share_line said = { { "proof", "confirmed_at", "confirmed_by", "claim",
						  "claim_for", "ruling", "freed_for" } };
	struct page of = page->page;
	struct page_maker maker = whistle_page_maker(client, page, &of, 200, arena);
	const struct summoned *share = page->matrix.rows[row].share;
	const char *who = line_words(&maker, share, &coming);
	const char *rest = line_words(&maker, share, &said);

	if (!*who && !*rest)
		return share_state_label(share_state(share));
	return arena_printf(arena, "%s%s%s", who, *who && *rest ? "  " : "", rest);
}
