/* Line by line: figures of whistles, a row a line with each number named; supervisions in force; a
 * whistle's sheet. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "plain_paper_priv.h"
#include "plain_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/whistle.h"
#include "zhiban/model/figures_sheet.h"
#include "zhiban/model/supervisions.h"
#include "zhiban/model/whistle_paper.h"

enum { BUDGET = 1000 };

/* "公安分局: 被吹哨 1, 按时签收 0/1 0.0%"; numbers that are nothing are left out. */
static void say_row(struct plain *plain, const struct figures *figures,
		    const struct figures_wanted *wanted, const struct stats_row *row)
{
	struct str words = STR_INIT;
	bool first = true;

	str_addf(&words, "%s:", figures_name(client_rules(plain->client), row));
	for (size_t i = 0; i < figures_columns(wanted->ask.side); i++) {
		struct figures_column column;
		char text[FIGURES_TEXT];

		figures_column(wanted->ask.side, i, &column);
		figures_cell(figures, row, wanted->ask.side, i, wanted->formula, false, text);
		if (strcmp(text, "-") == 0 || strcmp(text, "0") == 0)
			continue;
		str_addf(&words, "%s %s %s", first ? "" : ",", column.title, text);
		first = false;
	}
	plain_say(plain, str_get(&words));
	str_release(&words);
}

static void say_figures(struct plain *plain, const struct figures *figures,
			const struct figures_wanted *wanted)
{
	const struct stats *stats = figures_stats(figures, FIGURES_NOW);
	const struct stats_row **rows;
	size_t n;

	plain_sayf(plain, "%s  %s",
		   wanted->ask.side == STATS_STREETS ? _("Whistles by street")
						     : _("Whistles by department"),
		   figures_window(stats->rules, wanted->ask.window, &plain->arena));
	rows = stats_rows(stats, wanted->order, &plain->arena, &n);
	for (size_t i = 0; i < n; i++)
		say_row(plain, figures, wanted, rows[i]);
	if (n > 0)
		say_row(plain, figures, wanted, &stats->all);
	else
		plain_say(plain, _("there is none"));
}

/* "street -1": the month before. */
void plain_stats(struct plain *plain, const char *args)
{
	struct figures_wanted wanted = { .ask = { .compare = true },
					 .order = STATS_PROTOCOL,
					 .formula = stats_formula(0) };
	char *rest = arena_strdup(&plain->arena, args), *word;
	struct figures *figures = NULL;
	struct error err = ERROR_INIT;
	long long months = 0;
	enum err rc = ERR_OK;

	while (rc == ERR_OK && (word = strsep(&rest, " ")) != NULL) {
		if (strcmp(word, "street") == 0)
			wanted.ask.side = STATS_STREETS;
		else if (*word != '\0' && strcmp(word, "department") != 0 &&
			 !str_int(word, -1200, 0, &months))
			rc = error_set(&err, ERR_INPUT, "%s",
				       _("type whistlestats, whistlestats street, whistlestats -1"));
	}
	wanted.ask.window = stats_month(client_rules(plain->client)->offset_min,
					client_now(plain->client), (int)months);
	if (rc == ERR_OK)
		rc = figures_new(plain->client, &wanted.ask, &figures, &err);
	while (rc == ERR_OK && !figures_done(figures))
		rc = figures_step(figures, BUDGET, &err);
	if (rc == ERR_OK)
		say_figures(plain, figures, &wanted);
	else
		plain_say(plain, err.text);
	figures_free(figures);
}

void plain_supervisions(struct plain *plain, const char *args)
{
	const struct rules *rules = client_rules(plain->client);
	struct supervision_row *rows = NULL;
	struct error err = ERROR_INIT;
	struct sheet words;
	size_t n = 0;

	(void)args;
	if (supervisions_load(plain->client, &plain->arena, &rows, &n, &err) != ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	if (n == 0)
		plain_say(plain, _("No supervision is in force."));
	sheet_init(&words, "");
	for (size_t i = 0; i < n; i++) {
		const struct channel *channel = rules_channel(rules, rows[i].channel);

		plain_sayf(plain, "%s %s-%lld %s, %s %s, %s: %s",
			   channel != NULL ? channel->label : rows[i].channel, rows[i].about,
			   (long long)rows[i].serial, paper_brief(rules, rows[i].org),
			   _("Answer by"), paper_moment(&words, rules, rows[i].due),
			   rows[i].answered_at != 0 ? _("Answered") : _("not answered"),
			   rows[i].title != NULL ? rows[i].title : "");
	}
	sheet_release(&words);
}

void plain_print(struct plain *plain, const char *args)
{
	struct error err = ERROR_INIT;
	struct str out = STR_INIT;
	struct sheet sheet;
	struct uuid id = plain->focus;
	enum err rc = ERR_OK;

	if (*args != '\0')
		rc = client_whistle_find(plain->client, args, &id, &err);
	else if (!plain_is_whistle(plain, &id, NULL))
		rc = error_set(&err, ERR_INPUT, "%s", _("type print and the whistle's number"));
	if (rc == ERR_OK && whistle_paper_of(plain->client, &id, true, &sheet, &err) == ERR_OK) {
		sheet_write(&sheet, SHEET_TEXT, &out);
		plain_say(plain, str_get(&out));
		sheet_release(&sheet);
		str_release(&out);
		return;
	}
	plain_say(plain, err.text);
}
