/* zhiban report funnel: how many cases end at which level. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/rows.h"
#include "zhiban/domain/funnel.h"
#include "zhiban/wire/jsonout.h"

enum { BUDGET = 2000, PAGE = 200, KEY_MOST = 80 };

enum by { BY_STREET, BY_MONTH, BY_CATEGORY };
static const struct {
	const char *word, *title;
	enum by by;
} bys[] = {
	{ "street", N_("Street"), BY_STREET },
	{ "month", N_("Month"), BY_MONTH },
	{ "category", N_("Category"), BY_CATEGORY },
};

struct line {
	char key[KEY_MOST];
	struct funnel funnel;
};
struct lines { /* one for each street, month or category; the last is of all */
	const struct rules *rules;
	size_t by; /* row of bys */
	struct line *items;
	size_t n, cap;
	struct funnel all;
};

static void key_of(const struct lines *lines, const struct incident *incident, char *key)
{
	struct civil civil;

	switch (bys[lines->by].by) {
	case BY_STREET:
		snprintf(key, KEY_MOST, "%s", incident->street != NULL ? incident->street : "");
		break;
	case BY_MONTH:
		civil_of_ms(incident->registered_at, lines->rules->offset_min, &civil);
		snprintf(key, KEY_MOST, "%04d-%02d", civil.year, civil.month);
		break;
	case BY_CATEGORY: /* the group: the first two digits */
		snprintf(key, KEY_MOST, "%.2s",
			 incident->category != NULL ? incident->category : "");
		break;
	}
}

static void count(struct lines *lines, const struct incident *incident)
{
	char key[KEY_MOST];
	size_t i = 0;

	key_of(lines, incident, key);
	while (i < lines->n && strcmp(lines->items[i].key, key) != 0)
		i++;
	if (i == lines->n) {
		MEM_GROW(lines->items, lines->n, lines->cap);
		lines->items[lines->n] = (struct line){ .funnel = { .on_site = 0 } };
		memcpy(lines->items[lines->n++].key, key, sizeof key);
	}
	funnel_add(&lines->items[i].funnel, incident);
	funnel_add(&lines->all, incident);
}

static enum err count_all(struct console *console, const char *words, struct lines *lines,
			  struct error *err)
{
	const struct client_order order = { .field = NULL };
	struct filter_ctx ctx = { .rules = lines->rules,
				  .actor = client_actor(console->client),
				  .now = client_now(console->client) };
	struct filter *filter = NULL;
	struct filter_error bad;
	struct client_scan *scan = NULL;
	size_t taken = 0;
	enum err rc = filter_parse(words, &ctx, &console->arena, &filter, &bad);

	if (rc != ERR_OK)
		return error_set(err, ERR_USAGE, _("in the filter, \"%.*s\": %s"), (int)bad.len,
				 words + bad.at, bad.text);
	rc = client_scan_new(console->client, &order, filter, &ctx, &scan, err);
	while (rc == ERR_OK && (!client_scan_done(scan) || taken < client_scan_found(scan))) {
		struct client_page page = { .n = 0 };
		struct arena arena = ARENA_INIT;

		if (taken < client_scan_found(scan)) {
			rc = client_scan_rows(scan, taken, PAGE, &arena, &page, err);
			taken += PAGE;
		} else {
			rc = client_scan_step(scan, BUDGET, err);
		}
		for (size_t i = 0; rc == ERR_OK && i < page.n; i++)
			count(lines, page.rows[i].incident);
		arena_release(&arena);
	}
	client_scan_free(scan);
	return rc;
}

/* --- showing ---------------------------------------------------------------------------------- */

static const char *key_words(struct console *console, const struct lines *lines, const char *key)
{
	const struct org *org = rules_org(lines->rules, key);
	const struct choice *choice = choices_find(&lines->rules->categories, key);

	if (*key == '\0')
		return _("(not said)");
	if (bys[lines->by].by == BY_STREET && org != NULL)
		return org->brief != NULL ? org->brief : org->name;
	if (bys[lines->by].by == BY_CATEGORY && choice != NULL)
		return arena_printf(&console->arena, "%s %s", key, choice->label);
	return arena_strdup(&console->arena, key);
}

static const char *percent(struct console *console, int tenths)
{
	if (tenths < 0)
		return "-";
	return arena_printf(&console->arena, "%d.%d%%", tenths / 10, tenths % 10);
}

enum { COLUMNS = 9 };
static const char *const titles[COLUMNS - 1] = {
	N_("All"),     N_("On site"), "%",	  N_("Level 1"),
	"%",	       N_("Level 2"), "%",	  N_("Not decided yet"),
};

static void cells_of(struct console *console, const char *name, const struct funnel *funnel,
		     const char *cells[COLUMNS])
{
	struct arena *arena = &console->arena;
	int shares[3];

	funnel_shares(funnel, shares);
	cells[0] = funnel_is_doubtful(funnel) ? arena_printf(arena, "%s ?", name) : name;
	cells[1] = arena_printf(arena, "%lld", (long long)funnel_all(funnel));
	cells[2] = arena_printf(arena, "%lld", (long long)funnel->on_site);
	cells[3] = percent(console, shares[0]);
	cells[4] = arena_printf(arena, "%lld", (long long)funnel->level1);
	cells[5] = percent(console, shares[1]);
	cells[6] = arena_printf(arena, "%lld", (long long)funnel->level2);
	cells[7] = percent(console, shares[2]);
	cells[8] = arena_printf(arena, "%lld", (long long)funnel->undecided);
}

static void target_cells(struct console *console, const struct rules *rules,
			 const char *cells[COLUMNS])
{
	for (size_t i = 0; i < COLUMNS; i++)
		cells[i] = "";
	cells[0] = _("Aimed at");
	for (size_t i = 0; i < 3; i++)
		if (rules->targets[i] != 0)
			cells[3 + 2 * i] = percent(console, rules->targets[i] * 10);
}

static void put_csv(const char *const *cells, struct str *out)
{
	for (size_t i = 0; i < COLUMNS; i++) {
		if (i > 0)
			str_add_char(out, ',');
		csv_cell(out, cells[i]);
	}
	str_add_char(out, '\n');
}

static int by_key(const void *a, const void *b)
{
	return strcmp(((const struct line *)a)->key, ((const struct line *)b)->key);
}

/* Streets stand in protocol order, months and categories in their own. */
static void order_lines(struct lines *lines)
{
	size_t at = 0;

	if (lines->n > 1)
		qsort(lines->items, lines->n, sizeof *lines->items, by_key);
	for (size_t o = 0; bys[lines->by].by == BY_STREET && o < lines->rules->n_orgs; o++)
		for (size_t i = at; i < lines->n; i++) {
			struct line line = lines->items[i];

			if (strcmp(line.key, lines->rules->orgs[o].code) != 0)
				continue;
			memmove(&lines->items[at + 1], &lines->items[at], (i - at) * sizeof line);
			lines->items[at++] = line;
		}
}

static void show(struct console *console, struct lines *lines, bool csv, struct str *out)
{
	const char *head[COLUMNS], *cells[COLUMNS];
	struct table table;

	head[0] = _(bys[lines->by].title);
	for (size_t i = 1; i < COLUMNS; i++)
		head[i] = strcmp(titles[i - 1], "%") == 0 ? "%" : _(titles[i - 1]);
	table_init(&table, head, COLUMNS);
	if (csv)
		put_csv(head, out);
	order_lines(lines);
	for (size_t i = 0; i <= lines->n + 1; i++) {
		if (i < lines->n)
			cells_of(console, key_words(console, lines, lines->items[i].key),
				 &lines->items[i].funnel, cells);
		else if (i == lines->n)
			cells_of(console, _("All"), &lines->all, cells);
		else if (lines->rules->targets[0] == 0)
			break;
		else
			target_cells(console, lines->rules, cells);
		if (csv)
			put_csv(cells, out);
		else
			table_add(&table, cells);
	}
	if (!csv)
		table_write(&table, out);
	table_release(&table);
}

static enum err find_by(const char *word, size_t *ret_by, struct error *err)
{
	for (size_t i = 0; i < ARRAY_LEN(bys); i++)
		if (strcmp(bys[i].word, word) == 0) {
			*ret_by = i;
			return ERR_OK;
		}
	return error_set(err, ERR_USAGE, _("--by %s: it is street, month or category"), word);
}

enum err report_funnel(struct console *console, const struct wanted *wanted, struct str *out,
		       struct error *err)
{
	struct lines lines = { .n = 0 };
	const char *format = wanted->format != NULL ? wanted->format : "text";
	enum err rc = find_by(wanted->by != NULL ? wanted->by : "street", &lines.by, err);

	if (rc == ERR_OK && strcmp(format, "text") != 0 && strcmp(format, "csv") != 0)
		rc = error_set(err, ERR_USAGE, _("--format %s: it is text or csv"), format);
	if (rc == ERR_OK)
		rc = console_client(console, err);
	if (rc == ERR_OK) {
		lines.rules = client_rules(console->client);
		rc = count_all(console, wanted->filter != NULL ? wanted->filter : "", &lines, err);
	}
	if (rc == ERR_OK)
		show(console, &lines, strcmp(format, "csv") == 0, out);
	free(lines.items);
	return rc;
}
