/* What runs out, line by line. */
#include <config.h>

#include "plain_priv.h"
#include "plain_view_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/model/deadlines.h"
#include "zhiban/model/home.h"
#include "zhiban/model/left.h"

static void say_counts(struct plain *plain, const struct deadlines *deadlines)
{
	const struct due_counts *counts = deadlines_counts(deadlines);
	struct str line = STR_INIT;

	str_add(&line, deadlines_is_mine(deadlines) ? _("My organisation") : _("All organisations"));
	for (int g = 0; g < DUE_GROUPS; g++)
		str_addf(&line, ", %s %lld%s", due_group_title((enum due_group)g),
			 (long long)counts->n[g], counts->more[g] ? "+" : "");
	plain_say(plain, str_get(&line));
	str_release(&line);
}

static const char *row_words(struct plain *plain, struct deadlines *deadlines,
			     const struct due_row *row)
{
	const struct rules *rules = client_rules(plain->client);
	const struct org *org = rules_org(rules, row->at.deadline.org);
	int64_t due = row->at.deadline.due, now = client_now(plain->client);
	struct due_detail detail;
	char left[LEFT_TEXT];

	deadlines_detail(deadlines, row, &plain->arena, &detail);
	left_words(due, now - now % MINUTE_MS, left);
	return arena_printf(&plain->arena, "%s %s, %s%s%s %s %s: %s%s%s",
			    due <= now ? _("overdue by") : _("left"), left, detail.sort,
			    *row->at.number ? " " : "", row->at.number, detail.cause,
			    org == NULL ? "" : org->brief != NULL ? org->brief : org->name,
			    row->at.title, *detail.pressed ? ", " : "", detail.pressed);
}

static void say_rows(struct plain *plain, struct deadlines *deadlines)
{
	struct error err = ERROR_INIT;
	struct due_page page;

	plain->n_rows = 0;
	if (deadlines_fetch(deadlines, DUE_FIRST, NULL, 0, PLAIN_ROWS, &plain->arena, &page, &err) !=
	    ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	for (size_t i = 0; i < page.n && plain->n_rows < PLAIN_ROWS; i++) {
		if (page.rows[i].heading) {
			plain_sayf(plain, "%s:", due_group_title(page.rows[i].group));
			continue;
		}
		plain->rows[plain->n_rows++] = page.rows[i].at.entity;
		plain_sayf(plain, "%zu. %s", plain->n_rows,
			   row_words(plain, deadlines, &page.rows[i]));
	}
	if (plain->n_rows == 0)
		plain_say(plain, _("Nothing runs out."));
	if (plain->n_rows > 0)
		plain->focus = plain->rows[0];
	plain->any = plain->n_rows > 0;
}

void plain_deadlines_of(struct plain *plain, bool mine, const char *filter)
{
	struct deadlines *deadlines = deadlines_new(plain->client);
	struct filter_error wrong;

	deadlines_set_mine(deadlines, mine);
	if (deadlines_set_filter(deadlines, filter, &wrong) != ERR_OK) {
		plain_say(plain, wrong.text);
		deadlines_free(deadlines);
		return;
	}
	plain_said(plain, SAVED_DEADLINES, filter, "", !mine);
	while (deadlines_step(deadlines) & DUE_MORE)
		;
	say_counts(plain, deadlines);
	say_rows(plain, deadlines);
	deadlines_free(deadlines);
}

void plain_deadlines(struct plain *plain, const char *args)
{
	size_t all = strcspn(args, " ");
	bool every = strncmp(args, "all", all) == 0 && all == 3;

	plain_deadlines_of(plain, !every, every ? args + all + strspn(args + all, " ") : args);
}

void plain_unreported(struct plain *plain, const char *args)
{
	(void)args;
	plain_deadlines_of(plain, false, home_count_filter(HOME_UNREPORTED));
}
