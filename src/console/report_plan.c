/* zhiban report plan: who would have to come by when, if a whistle were blown now or at another moment,
 * and what stands in the way. */
#include <config.h>

#include <string.h>

#include "report.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/mode.h"
#include "zhiban/domain/candidate.h"
#include "zhiban/domain/mark.h"
#include "zhiban/domain/whistle_plan.h"
#include "zhiban/model/whistle_paper.h"
#include "zhiban/wire/jsonout.h"

struct planned { /* what is asked, and what came of it */
	struct console *console;
	const struct rules *rules;
	struct arena *arena;
	struct act act;
	int64_t at;
	struct whistle_plan plan;
	struct sheet sheet;
};

/* --- the act as it would be sent ------------------------------------------------------------- */

static void give(struct planned *planned, const char *name, struct value value)
{
	const struct field *field = act_arg_field(planned->act.desc, name);

	if (field != NULL)
		act_give(&planned->act, field, value, planned->arena);
}

static void give_text(struct planned *planned, const char *name, const char *text)
{
	if (text != NULL)
		give(planned, name, (struct value){ .is_text = true, .text = text });
}

static enum err give_time(struct planned *planned, const char *option, const char *words,
			  const char *name, struct error *err)
{
	int64_t at;

	if (words == NULL)
		return ERR_OK;
	if (civil_parse(words, planned->rules->offset_min, &at, err) != ERR_OK) {
		error_prefix(err, "%s", option);
		if (err != NULL)
			err->code = ERR_USAGE;
		return ERR_USAGE;
	}
	if (name == NULL)
		planned->at = at;
	else
		give(planned, name, (struct value){ .num = at });
	return ERR_OK;
}

/* Names with commas between, by code, name or pinyin; the first leads. */
static enum err give_departments(struct planned *planned, const char *words, struct error *err)
{
	char *rest = arena_strdup(planned->arena, words != NULL ? words : ""), *word;
	bool first = true;

	while ((word = strsep(&rest, ",")) != NULL) {
		const struct org *org;
		enum err rc;

		if (*word == '\0')
			continue;
		rc = candidates_org(planned->rules, word, planned->at, &org, err);
		if (rc != ERR_OK)
			return rc;
		give_text(planned, "assist", org->code);
		if (first)
			give_text(planned, "lead_org", org->code);
		first = false;
	}
	return ERR_OK;
}

static enum err take_class(const struct rules *rules, const char *summons_code, const char *words,
			   const char **ret_code, struct error *err)
{
	const struct summons *summons = summons_code != NULL ? rules_summons(rules, summons_code)
				      : rules->n_summonses > 0 ? &rules->summonses[0]
							       : NULL;
	struct str names = STR_INIT;

	*ret_code = NULL;
	for (size_t i = 0; words != NULL && summons != NULL && i < summons->n_classes; i++) {
		const struct summons_class *class = &summons->classes[i];

		if (str_eq(class->code, words) || str_eq(class->label, words))
			*ret_code = class->code;
		str_addf(&names, " %s", class->label);
	}
	if (words != NULL && *ret_code == NULL)
		error_set(err, ERR_USAGE, _("--class %s: there are%s"), words, str_get(&names));
	str_release(&names);
	return words == NULL || *ret_code != NULL ? ERR_OK : ERR_USAGE;
}

/* What is asked for has no bearing on title and ground: they are taken as there. */
static enum err build(struct planned *planned, const struct wanted *wanted, struct error *err)
{
	const struct actor *actor = client_actor(planned->console->client);
	const struct rules *rules = planned->rules;
	const struct summons *summons;
	const char *class = NULL;
	const struct org *from;
	enum err rc = take_class(rules, wanted->summons, wanted->class, &class, err);

	if (rc == ERR_OK && actor == NULL)
		rc = error_set(err, ERR_AUTH, "%s", _("nobody is logged in"));
	if (rc == ERR_OK)
		rc = give_time(planned, "--at", wanted->at, NULL, err);
	if (rc == ERR_OK)
		rc = give_time(planned, "--by", wanted->by, "report_by", err);
	if (rc == ERR_OK)
		rc = give_departments(planned, wanted->dept, err);
	if (rc == ERR_OK && wanted->from != NULL) {
		rc = candidates_org(rules, wanted->from, planned->at, &from, err);
		if (rc == ERR_OK)
			planned->act.by_phone = (struct by_phone){ .org = from->code,
								   .at = planned->at };
	}
	if (rc != ERR_OK)
		return rc;
	planned->act.actor = *actor;
	planned->act.at = planned->at;
	give_text(planned, "summons", wanted->summons);
	give_text(planned, "cls", class);
	give_text(planned, "title", "-");
	summons = wanted->summons != NULL ? rules_summons(rules, wanted->summons) : rules->summonses;
	if (summons != NULL && summons->grounds.n > 0)
		give_text(planned, "ground", summons->grounds.items[0].code);
	return ERR_OK;
}

/* --- on paper -------------------------------------------------------------------------------- */

static const char *moment(struct planned *planned, int64_t at)
{
	return paper_moment(&planned->sheet, planned->rules, at);
}

static const char *limit_of(struct planned *planned, const struct plan_row *row)
{
	struct str words = STR_INIT;
	const char *text;

	if (row->limit != NULL)
		row_words(planned->rules, row->limit, &words);
	else
		str_add(&words, _("as stated"));
	if (row->provisional)
		str_add(&words, _(" (provisional)"));
	text = arena_strdup(planned->arena, str_get(&words));
	str_release(&words);
	return text;
}

static void put_facts(struct planned *planned, struct sheet *sheet)
{
	const struct whistle_plan *plan = &planned->plan;

	sheet_fact(sheet, _("Blown at"), moment(planned, planned->at));
	if (plan->cls != NULL)
		sheet_fact(sheet, _("Class"), plan->cls->label);
	if (plan->summons != NULL)
		sheet_fact(sheet, _("Goes to"),
			   summons_step_label(planned->rules, plan->summons,
					      whistle_step_code(plan->next)));
	sheet_fact(sheet, _("Who approves"), plan->approver);
	sheet_fact(sheet, _("Who must come"), plan->come);
	if (plan->least != 0 || plan->most != 0)
		sheet_fact(sheet, _("Report in between"),
			   arena_printf(planned->arena, "%s - %s", moment(planned, plan->least),
					moment(planned, plan->most)));
}

static void put_rows(struct planned *planned, struct sheet *sheet)
{
	const char *titles[] = { _("Department"), _("Clock"), _("Due"), _("Limit") };

	sheet_section(sheet, _("What would be asked"));
	sheet_table(sheet, titles, ARRAY_LEN(titles));
	for (size_t i = 0; i < planned->plan.n_rows; i++) {
		const struct plan_row *row = &planned->plan.rows[i];
		const char *cells[] = { paper_brief(planned->rules, row->org), row->label,
					moment(planned, row->due), limit_of(planned, row) };

		sheet_row(sheet, cells);
	}
}

/* Departments are asked alike: the days are counted once for each clock. */
static void put_days(struct planned *planned, struct sheet *sheet)
{
	const struct whistle_plan *plan = &planned->plan;

	for (size_t i = 0; i < plan->n_rows; i++) {
		bool told = false;

		for (size_t k = 0; k < i; k++)
			told = told || (plan->rows[k].clock == plan->rows[i].clock &&
					plan->rows[k].due == plan->rows[i].due);
		if (told || plan->rows[i].explain == NULL)
			continue;
		sheet_section(sheet, plan->rows[i].label);
		sheet_lines(sheet, plan->rows[i].explain);
	}
}

static void put_sheet(struct planned *planned, bool explain, enum sheet_format format,
		      struct str *out)
{
	struct sheet *sheet = &planned->sheet;

	sheet_init(sheet, _("What a whistle would ask"));
	if (planned->plan.n_problems > 0)
		sheet_section(sheet, _("It could not be blown so"));
	for (size_t i = 0; i < planned->plan.n_problems; i++)
		sheet_text(sheet, arena_printf(planned->arena, "%zu. %s", i + 1,
						planned->plan.problems[i]));
	if (planned->plan.n_problems > 0)
		sheet_section(sheet, _("Else"));
	put_facts(planned, sheet);
	if (planned->plan.n_rows > 0)
		put_rows(planned, sheet);
	if (explain)
		put_days(planned, sheet);
	sheet_write(sheet, format, out);
	sheet_release(sheet);
}

/* --- for programs ---------------------------------------------------------------------------- */

static void json_pair(struct str *out, const char *key, const char *text)
{
	if (text == NULL)
		return;
	str_addf(out, ",\"%s\":", key);
	json_text(out, text);
}

static void json_row(const struct plan_row *row, bool explain, struct str *out)
{
	str_add(out, "{\"clock\":");
	json_text(out, summons_clock_code(row->clock));
	json_pair(out, "org", row->org);
	json_pair(out, "label", row->label);
	json_pair(out, "limit", row->limit);
	str_addf(out, ",\"due\":%lld", (long long)row->due);
	if (row->provisional)
		str_add(out, ",\"provisional\":true");
	if (explain)
		json_pair(out, "explain", row->explain);
	str_add_char(out, '}');
}

static void put_json(struct planned *planned, bool explain, struct str *out)
{
	const struct whistle_plan *plan = &planned->plan;

	str_addf(out, "{\"at\":%lld", (long long)planned->at);
	json_pair(out, "summons", plan->summons != NULL ? plan->summons->code : NULL);
	json_pair(out, "class", plan->cls != NULL ? plan->cls->code : NULL);
	json_pair(out, "next", whistle_step_code(plan->next));
	json_pair(out, "approver", plan->approver);
	json_pair(out, "come", plan->come);
	if (plan->least != 0 || plan->most != 0)
		str_addf(out, ",\"least\":%lld,\"most\":%lld", (long long)plan->least,
			 (long long)plan->most);
	str_add(out, ",\"problems\":[");
	for (size_t i = 0; i < plan->n_problems; i++) {
		if (i > 0)
			str_add_char(out, ',');
		json_text(out, plan->problems[i]);
	}
	str_add(out, "],\"rows\":[");
	for (size_t i = 0; i < plan->n_rows; i++) {
		str_add(out, i > 0 ? ",\n" : "\n");
		json_row(&plan->rows[i], explain, out);
	}
	str_add(out, "]}\n");
}

enum err report_plan(struct console *console, const struct wanted *wanted, struct str *out,
		     struct error *err)
{
	bool json = wanted->format != NULL && strcmp(wanted->format, "json") == 0;
	struct planned planned = { .console = console, .arena = &console->arena };
	enum sheet_format format = SHEET_TEXT;
	enum err rc = json ? ERR_OK : report_format(wanted, true, &format, err);

	if (rc == ERR_OK)
		rc = console_client(console, err);
	if (rc != ERR_OK)
		return rc;
	planned.rules = client_rules(console->client);
	planned.at = client_now(console->client);
	planned.act.desc = act_desc_of(KIND_WHISTLE, "blow");
	planned.act.target.kind = KIND_WHISTLE;
	rc = build(&planned, wanted, err);
	if (rc != ERR_OK)
		return rc;
	whistle_plan(planned.rules, NULL, &planned.act, client_mode_code(console->client), planned.at,
		     planned.arena, &planned.plan);
	if (json)
		put_json(&planned, wanted->explain, out);
	else
		put_sheet(&planned, wanted->explain, format, out);
	if (planned.plan.n_problems == 0)
		return ERR_OK;
	return error_set(err, ERR_REFUSED, _("it could not be blown so: %s"),
			 planned.plan.problems[0]);
}
