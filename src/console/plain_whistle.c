/* --plain: whistles, a line each; the page of one with its matrix as text; codes and the what-if. */
#include <config.h>

#include "plain_ask.h"
#include "plain_view_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/arrival.h"
#include "zhiban/model/left.h"
#include "zhiban/model/plan.h"
#include "zhiban/model/whistle_page.h"
#include "zhiban/model/whistles.h"

enum { PAGE_COLS = 60 };

bool plain_is_whistle(struct plain *plain, const struct uuid *id, const char **ret_mark)
{
	struct client_whistle shown;
	char mark[48];

	if (client_whistle_get(plain->client, id, &plain->arena, &shown, NULL) != ERR_OK)
		return false;
	if (ret_mark)
		*ret_mark = arena_strdup(&plain->arena, client_whistle_mark(&shown, mark));
	return true;
}

/* ---- the list ---- */

static void say_row(struct plain *plain, const struct whistle_row *row, size_t number)
{
	const struct whistle *whistle = row->shown.whistle;
	const struct rules *rules = client_rules(plain->client);
	char left[LEFT_TEXT] = "";

	if (row->worst.clock && row->worst.clock->due)
		left_text(row->worst.clock->due,
			  left_moment(row->worst.clock->due, client_now(plain->client)), left);
	plain_sayf(plain, "%zu. %s %s %s %s %s %s%s%s%s%s", number, row->mark, row->cls, left,
		   whistle_whom(rules, whistle, 0, &plain->arena),
		   whistle->title ? whistle->title : "", row->step,
		   *row->worst_label ? "  " : "", row->worst_label, *row->worst_org ? " " : "",
		   row->worst_org);
}

void plain_whistles(struct plain *plain, const char *args)
{
	plain_whistles_by(plain, args, "");
}

/* The district's word (约请); untranslated, it would stand among English words. */
static const char *word_of(const struct rules *rules)
{
	const char *word = N_("Whistles"), *here = _(word);

	return rules->n_summonses && strcmp(here, word) != 0 ? rules->summonses[0].label : here;
}

void plain_whistles_by(struct plain *plain, const char *args, const char *sort)
{
	size_t order = 0;
	bool turned = false;
	struct filter_ctx ctx = client_filter_ctx(plain->client);
	struct whistle_filter *filter = NULL;
	struct filter_error problem;
	struct whistle_list list = { .n = 0 };
	struct error err = ERROR_INIT;

	if (*args && whistle_filter_parse(args, &ctx, &plain->arena, &filter, &problem) != ERR_OK) {
		plain_say(plain, problem.text);
		return;
	}
	if (whistle_list_load(plain->client, filter, *args ? WHISTLES_CLOSED : 0, &plain->arena,
			      &list, &err) != ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	plain_said(plain, SAVED_WHISTLES, args, sort, false);
	if (*sort && whistle_order_find(sort, &order, &turned))
		whistle_list_sort(&list, client_rules(plain->client), order, turned);
	plain_sayf(plain, _("%s: %zu, overdue %zu"), word_of(client_rules(plain->client)), list.n,
		   list.overdue);
	plain->n_rows = 0;
	plain->any_alike = false;
	for (size_t i = 0; i < list.n && i < PLAIN_ROWS; i++) {
		plain->rows[plain->n_rows++] = list.rows[i].shown.whistle->head.id;
		say_row(plain, &list.rows[i], i + 1);
	}
	if (list.n > PLAIN_ROWS)
		plain_sayf(plain, _("%zu more: whistles FILTER shows fewer"), list.n - PLAIN_ROWS);
	if (plain->n_rows) {
		plain->focus = plain->rows[0];
		plain->any = true;
	}
}

/* ---- one ---- */

void plain_whistle_page(struct plain *plain)
{
	struct error err = ERROR_INIT;
	struct whistle_page page;

	if (whistle_page_build(plain->client, &plain->focus, PAGE_COLS, &plain->arena, &page,
			       &err) != ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	for (size_t s = 0; s < page.page.n; s++) {
		const struct page_section *section = &page.page.sections[s];

		if (section->title)
			plain_say(plain, section->title);
		for (size_t i = 0; i < section->n; i++) {
			const struct page_line *line = &section->lines[i];

			plain_say(plain, line->label && *line->label
						 ? arena_printf(&plain->arena, "%s: %s",
								line->label, line->text)
						 : line->text);
		}
	}
	if (!page.page.complete)
		plain_say(plain, _("older lines are being fetched: look again in a moment"));
}

void plain_whistle_explain(struct plain *plain)
{
	struct str text = STR_INIT;
	struct error err = ERROR_INIT;

	plain_say(plain, whistle_explain(plain->client, &plain->focus, "", "", &text, &err) == ERR_OK
				 ? str_get(&text)
				 : err.text);
	str_release(&text);
}

/* ---- codes ---- */

static void say_codes(struct plain *plain, const struct client_arrivals *codes)
{
	for (size_t i = 0; i < codes->n; i++) {
		const struct org *org =
			rules_org(client_rules(plain->client), codes->codes[i].share->org);

		plain_sayf(plain, "%s: %.3s %s", org ? org->name : codes->codes[i].share->org,
			   codes->codes[i].digits, codes->codes[i].digits + 3);
	}
	if (codes->n)
		plain_sayf(plain, _("New ones in %lld min; the old ones count some minutes longer, "
				    "each once."),
			   (long long)((codes->left + MINUTE_MS - 1) / MINUTE_MS));
	else
		plain_say(plain, _("All departments have reported in."));
}

void plain_arrival(struct plain *plain, const char *args)
{
	struct ask ask = { .kind = ASK_ARRIVAL };
	struct error err = ERROR_INIT;
	struct client_whistle shown;
	struct client_arrivals codes;
	enum err code;

	if (!plain_only_target(plain, args, &ask.id))
		return;
	code = client_whistle_get(plain->client, &ask.id, &plain->arena, &shown, &err);
	if (code == ERR_OK && plain->face->worker &&
	    client_arrival_wanted(plain->client, shown.whistle)) {
		worker_ask(plain->face->worker, &ask);
		plain_say(plain, _("What the codes are made from is being fetched from the server: "
				   "look again in a moment."));
		return;
	}
	if (code == ERR_OK)
		code = client_arrival_codes(plain->client, shown.whistle, &plain->arena, &codes,
					    &err);
	if (code != ERR_OK)
		plain_say(plain, err.text);
	else
		say_codes(plain, &codes);
}

/* ---- what-if ---- */

void plain_plan_look(struct plain *plain)
{
	const struct plain_asking *asking = plain->asking;
	const struct rules *rules = client_rules(plain->client);
	struct plan_line lines[PLAN_LINES];
	struct client_whistle shown = { .whistle = NULL };
	struct whistle_plan plan;
	size_t n;

	if (asking->act->target != KIND_WHISTLE || asking->n == 0 ||
	    (strcmp(asking->act->verb, "blow") != 0 && strcmp(asking->act->verb, "revise") != 0))
		return;
	if (asking->act->conflict != CONFLICT_CREATES &&
	    client_whistle_get(plain->client, &asking->id, &plain->arena, &shown, NULL) != ERR_OK)
		return;
	plan_of(plain->client, asking->act, shown.whistle, asking->given, asking->n,
		&asking->phone, &plain->arena, &plan);
	for (size_t i = 0; i < plan.n_problems; i++)
		plain_sayf(plain, _("Not yet: %s"), plan.problems[i]);
	if (!plan.summons)
		return;
	plain_say(plain, plan_head(rules, &plan, &plain->arena));
	n = plan_lines(rules, &plan, &plain->arena, lines);
	for (size_t i = 0; i < n; i++)
		plain_sayf(plain, "%s: %s", lines[i].text, lines[i].tail);
}

/* Of one that is not issued yet, each day counted. */
void plain_plan(struct plain *plain, const char *args)
{
	struct client_whistle shown;
	struct error err = ERROR_INIT;
	struct whistle_plan plan;
	struct str text = STR_INIT;
	struct uuid id;

	if (!plain_only_target(plain, args, &id))
		return;
	if (client_whistle_get(plain->client, &id, &plain->arena, &shown, &err) != ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	plan_of(plain->client,
		act_desc_of(KIND_WHISTLE,
			    whistle_step(shown.whistle) == WHISTLE_DRAFT ? "submit" : "issue"),
		shown.whistle, NULL, 0, NULL, &plain->arena, &plan);
	plan_page(client_rules(plain->client), &plan, &text);
	plain_say(plain, str_get(&text));
	str_release(&text);
}
