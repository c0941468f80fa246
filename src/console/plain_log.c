/* --plain: who is on duty, a line for each who is rung; the duty log, a line each, and writing into
 * it. */
#include <config.h>

#include "plain_duty_priv.h"
#include "plain_view_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/handover.h"
#include "zhiban/domain/candidate.h"
#include "zhiban/model/log.h"
#include "zhiban/model/oncall.h"

enum { LINES = 20 };

static const char *brief(const struct rules *rules, const char *code)
{
	const struct org *org = rules_org(rules, code);

	return org == NULL ? (code != NULL ? code : "") : org->brief != NULL ? org->brief : org->name;
}

/* ---- who is on duty ---- */

static void say_rung(struct plain *plain, const struct oncall_rung *rung, size_t number)
{
	struct str line = STR_INIT;

	str_addf(&line, "%zu. %s %s %s", number, rung->label,
		 rung->name != NULL ? rung->name : _("nobody"), rung->phone != NULL ? rung->phone : "");
	if (rung->outing != NULL)
		str_addf(&line, _(", away: %s %s stands in"),
			 rung->outing->deputy != NULL ? rung->outing->deputy : "",
			 rung->outing->deputy_phone != NULL ? rung->outing->deputy_phone : "");
	for (size_t i = 0; i < rung->n_calls; i++) {
		char at[CIVIL_TEXT];

		civil_format(rung->calls[i].record->happened_at,
			     client_rules(plain->client)->offset_min, "H:M", at, sizeof at);
		str_addf(&line, "; %s %s", at,
			 rung->calls[i].answered ? _("answered") : _("no answer"));
	}
	plain_say(plain, str_get(&line));
	str_release(&line);
}

static void say_one(struct plain *plain, const char *org)
{
	const struct rules *rules = client_rules(plain->client);
	struct oncall_page page;
	struct error err = ERROR_INIT;
	struct str head = STR_INIT;
	const char *why;

	if (oncall_page(plain->client, org, client_now(plain->client), &plain->arena, &page, &err) !=
	    ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	oncall_line(rules, &page.duty, 3, &head);
	plain_sayf(plain, "%s: %s", brief(rules, org),
		   head.len > 0 ? head.s : _("nobody is entered for now"));
	str_release(&head);
	why = oncall_why(&page);
	if (*why != '\0')
		plain_say(plain, why);
	for (size_t i = 0; i < page.n; i++)
		say_rung(plain, &page.rungs[i], i + 1);
}

static void say_all(struct plain *plain)
{
	const struct rules *rules = client_rules(plain->client);
	struct duty_now *duties = NULL;
	struct error err = ERROR_INIT;
	size_t n = 0;

	if (client_all_on_duty(plain->client, client_now(plain->client), &plain->arena, &duties, &n,
			       &err) != ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		struct str line = STR_INIT;

		oncall_line(rules, &duties[i], 1, &line);
		plain_sayf(plain, "%s: %s %s%s", brief(rules, duties[i].org), str_get(&line),
			   duties[i].phone != NULL ? duties[i].phone : "",
			   duties[i].gap ? _("  a seat is empty") : "");
		str_release(&line);
	}
	if (n == 0)
		plain_say(plain, _("No organisation has a roster or a duty phone."));
}

/* Of who holds what stands in front of the prompt, as on the screens; else of one's own. */
static const char *own_org(struct plain *plain)
{
	const struct actor *actor = client_actor(plain->client);
	struct incident *incident;

	if (plain->any &&
	    client_get(plain->client, &plain->focus, &plain->arena, &incident, NULL) == ERR_OK &&
	    incident->holder != NULL && *incident->holder != '\0')
		return incident->holder;
	return actor != NULL ? actor->org : client_rules(plain->client)->centre;
}

void plain_oncall(struct plain *plain, const char *args)
{
	const struct org *org;
	struct error err = ERROR_INIT;

	if (strcmp(args, "*") == 0)
		say_all(plain);
	else if (*args == '\0')
		say_one(plain, own_org(plain));
	else if (candidates_org(client_rules(plain->client), args, client_now(plain->client), &org,
				&err) == ERR_OK)
		say_one(plain, org->code);
	else
		plain_say(plain, err.text);
}

/* ---- the log ---- */

static void say_line(struct plain *plain, const struct log_line *line)
{
	const struct rules *rules = client_rules(plain->client);
	char at[CIVIL_TEXT], written[CIVIL_TEXT];
	struct str out = STR_INIT;
	const char *what;

	civil_format(line->at, rules->offset_min, "m-d H:M", at, sizeof at);
	civil_format(line->line.eff, rules->offset_min, "m-d H:M", written, sizeof written);
	str_addf(&out, "%s%s %s %s: %s", line->emphasis ? "! " : "", at, log_what(line),
		 line->line.officer, log_words(rules, line, &plain->arena));
	if (line->late)
		str_addf(&out, _("  late entry, written %s"), written);
	if (line->line.marks & LINE_PENDING)
		str_addf(&out, "  %s", _("waits to be sent"));
	if (log_is_open(line, &what))
		str_addf(&out, "  %s: %s", _("Still open"), what);
	plain_say(plain, str_get(&out));
	str_release(&out);
}

static void say_log(struct plain *plain, int64_t from, int64_t to, const char *words)
{
	const struct rules *rules = client_rules(plain->client);
	struct client_log log = { .n = 0 };
	struct log_filter *filter = NULL;
	struct log_problem problem;
	struct error err = ERROR_INIT;
	size_t first;

	if (log_filter_parse(rules, client_now(plain->client), words, &plain->arena, &filter,
			     &problem) != ERR_OK) {
		plain_say(plain, problem.text);
		return;
	}
	if (client_log(plain->client, from, to, &plain->arena, &log, &err) != ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	log_filter(&log, rules, filter);
	first = log.n > LINES ? log.n - LINES : 0;
	plain_sayf(plain, _("Duty log: %zu lines"), log.n);
	if (first > 0)
		plain_sayf(plain, _("%zu earlier: dutylog FILTER shows fewer"), first);
	for (size_t i = first; i < log.n; i++)
		say_line(plain, &log.lines[i]);
	if (!log.complete)
		plain_say(plain, _("older lines are being fetched: look again in a moment"));
}

/* Of the day of duty that runs. */
void plain_dutylog(struct plain *plain, const char *args)
{
	const struct actor *actor = client_actor(plain->client);
	int64_t from, to;

	log_day(client_rules(plain->client), actor != NULL ? actor->org : NULL,
		client_now(plain->client), &from, &to);
	say_log(plain, from, to, args);
}

/* What was written and done since then, and what moved on the board. */
void plain_since(struct plain *plain, const char *args)
{
	int64_t from = client_last_shift(plain->client);

	if (from == 0) {
		plain_say(plain, _("no duty of yours that has ended is known here"));
		return;
	}
	say_log(plain, from, client_now(plain->client) + MINUTE_MS, args);
	plain_filter(plain, "since:" FILTER_LAST_SHIFT);
}

/* ---- writing ---- */

static bool begins_with_field(const char *words)
{
	return words[strcspn(words, " =")] == '=';
}

static void write_one(struct plain *plain, enum record_sort sort, const char *title)
{
	const struct act_desc *act = act_desc_of(KIND_RECORD, "log");
	const char *words = "";

	if (sort == RECORD_OUTING && *title == '\0')
		title = record_sort_label(sort);
	if (*title != '\0') /* its words, then FIELD=VALUE */
		words = arena_printf(&plain->arena, " %s%s", begins_with_field(title) ? "" : "title=",
				     title);
	plain_act(plain, act,
		  arena_printf(&plain->arena, "sort=%s%s", record_sort_code(sort), words));
}

void plain_write(struct plain *plain, const char *args)
{
	write_one(plain, RECORD_NOTE, args);
}

void plain_callin(struct plain *plain, const char *args)
{
	write_one(plain, RECORD_CALL, args);
}

void plain_came(struct plain *plain, const char *args)
{
	write_one(plain, RECORD_PAPER, args);
}

void plain_outing(struct plain *plain, const char *args)
{
	write_one(plain, RECORD_OUTING, args);
}

void plain_round(struct plain *plain, const char *args)
{
	write_one(plain, RECORD_ROUND, args);
}
