/* A whistle on paper: who blew it for what, who approved it, and what is asked of whom by when. */
#include <config.h>

#include <string.h>

#include "whistle_paper_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/mark.h"

/* --- the head -------------------------------------------------------------------------------- */

static const char *ground_label(const struct paper_maker *maker)
{
	const char *code = maker->whistle->ground;
	const struct choice *choice =
		code != NULL && maker->summons != NULL ? choices_find(&maker->summons->grounds, code)
						       : NULL;

	return choice != NULL ? choice->label : code;
}

static const char *class_words(const struct paper_maker *maker)
{
	const struct whistle *whistle = maker->whistle;
	struct str words = STR_INIT;
	const char *text;

	str_add(&words, maker->class != NULL ? maker->class->label
			: whistle->cls != NULL ? whistle->cls
					       : "");
	if (whistle->important || whistle->pressing)
		str_addf(&words, "  %s%s%s", whistle->important ? _("Important") : "",
			 whistle->important && whistle->pressing ? _(", ") : "",
			 whistle->pressing ? _("Pressing") : "");
	text = arena_strdup(&maker->sheet->arena, str_get(&words));
	str_release(&words);
	return text;
}

static const char *case_words(struct sheet *sheet, const struct paper_asked *asked)
{
	struct str words = STR_INIT;
	const char *text;

	for (size_t i = 0; i < asked->n_cases; i++)
		str_addf(&words, "%s%s", i > 0 ? _(", ") : "", asked->cases[i]);
	text = arena_strdup(&sheet->arena, str_get(&words));
	str_release(&words);
	return text;
}

static void put_head(struct paper_maker *maker, const struct paper_asked *asked)
{
	const struct whistle *whistle = maker->whistle;
	const struct rules *rules = maker->rules;
	struct sheet *sheet = maker->sheet;

	sheet_fact(sheet, _("Number"), whistle->number != NULL ? whistle->number : _("no number yet"));
	sheet_fact(sheet, _("State"), summons_step_label(rules, maker->summons, whistle->step));
	sheet_fact(sheet, _("Class"), class_words(maker));
	sheet_fact(sheet, _("Why it is blown"), ground_label(maker));
	sheet_fact(sheet, _("Matter"), whistle->title);
	sheet_fact(sheet, _("Text"), whistle->text);
	sheet_fact(sheet, _("Address"), whistle->address);
	if (!str_eq(whistle->street, whistle->origin))
		sheet_fact(sheet, _("Street"), paper_org(rules, whistle->street));
	sheet_fact(sheet, _("Cases"), case_words(sheet, asked));
	sheet_fact(sheet, _("Blown by"), paper_org(rules, whistle->origin));
	sheet_fact(sheet, _("Drafted"),
		   paper_by(sheet, rules, whistle->blower, whistle->blown_at));
	if (maker->class != NULL)
		sheet_fact(sheet, _("Who must come"), maker->class->come);
	sheet_fact(sheet, _("Report in by"), paper_moment(sheet, rules, whistle->report_by));
	sheet_fact(sheet, _("Handle by"), paper_moment(sheet, rules, whistle->handle_by));
}

/* --- who approved ---------------------------------------------------------------------------- */

/* What the telephone said of an act; NULL when it was done at a console. */
static const struct behalf *behalf_of(const struct whistle *whistle, const char *verb)
{
	const struct behalf *items = whistle->behalves.items, *found = NULL;

	for (size_t i = 0; i < whistle->behalves.n; i++)
		if (str_eq(items[i].verb, verb))
			found = &items[i];
	return found;
}

static const char *phone_words(struct paper_maker *maker, const struct behalf *behalf)
{
	static const struct {
		const char *field, *title;
	} parts[] = {
		{ "rung", N_("Who was rung") }, { "answered", N_("Who answered") },
		{ "said_at", N_("When") },	{ "wording", N_("Words") },
		{ "by", N_("Recorded by") },
	};
	struct str words = STR_INIT;
	const char *text;

	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		const char *value = paper_value(maker->sheet, maker->rules, CHILD_BEHALF,
						parts[i].field, behalf);

		if (*value != '\0')
			str_addf(&words, "%s%s %s", words.len > 0 ? "\n" : "", _(parts[i].title),
				 value);
	}
	if (behalf->signed_at != 0)
		str_addf(&words, "\n%s %s", _("Countersigned"),
			 paper_by(maker->sheet, maker->rules, behalf->signed_by, behalf->signed_at));
	else
		str_addf(&words, "\n%s", _("not countersigned"));
	text = arena_strdup(&maker->sheet->arena, str_get(&words));
	str_release(&words);
	return text;
}

static void put_approval(struct paper_maker *maker)
{
	const struct whistle *whistle = maker->whistle;
	const struct behalf *behalf = behalf_of(whistle, "approve");
	struct sheet *sheet = maker->sheet;

	sheet_section(sheet, _("Approval"));
	if (maker->class != NULL)
		sheet_fact(sheet, _("Who approves"), maker->class->approver_words);
	sheet_fact(sheet, _("Approved"),
		   paper_by(sheet, maker->rules, whistle->approved_by, whistle->approved_at));
	if (whistle->approved_at != 0 && behalf != NULL)
		sheet_fact(sheet, _("By telephone"), phone_words(maker, behalf));
	sheet_fact(sheet, _("Issue"),
		   paper_by(sheet, maker->rules, whistle->issued_by, whistle->issued_at));
	if (whistle->returns > 0)
		sheet_fact(sheet, _("Returned because"), whistle->returned_for);
	if (whistle->closed_at != 0)
		sheet_fact(sheet, _("Closed"), paper_moment(sheet, maker->rules, whistle->closed_at));
	sheet_fact(sheet, _("Closing reason"), whistle->close_reason);
}

/* --- what is asked --------------------------------------------------------------------------- */

static const enum summons_clock asked_clocks[] = { SUMMONS_SIGN, SUMMONS_CONTACT,
						   SUMMONS_REPORT_IN, SUMMONS_HANDLE };
enum { ASKED = ARRAY_LEN(asked_clocks), BEFORE = 1 };

static const char *limit_words(struct paper_maker *maker, const char *limit)
{
	struct str words = STR_INIT;
	const char *text;

	if (limit != NULL)
		row_words(maker->rules, limit, &words);
	text = arena_strdup(&maker->sheet->arena, str_get(&words));
	str_release(&words);
	return text;
}

/* Before it is issued no clock runs: what the class says. */
static const char *planned_cell(struct paper_maker *maker, enum summons_clock clock)
{
	char limit[24];

	if (clock == SUMMONS_REPORT_IN && maker->whistle->report_by != 0)
		return paper_short(maker->sheet, maker->rules, maker->whistle->report_by);
	if (maker->class == NULL || maker->class->limits[clock].unit == LIMIT_NONE)
		return "-";
	limit_text(&maker->class->limits[clock], limit);
	return limit_words(maker, limit);
}

/* The due with its weekday; below it how it counts. */
static const char *asked_cell(struct paper_maker *maker, const struct summoned *share,
			      enum summons_clock kind)
{
	const struct clock *clock =
		whistle_clock_of(maker->whistle, &share->id, summons_clock_code(kind));
	const char *days, *due;

	if (share->asked_at == 0)
		return planned_cell(maker, kind);
	if (clock == NULL || clock->due == 0)
		return "-";
	due = paper_short(maker->sheet, maker->rules, clock->due);
	days = paper_workdays(maker->sheet, maker->rules, clock->started_at, clock->due);
	if (*days == '\0' || (clock->limit != NULL && strstr(clock->limit, "wd") == NULL))
		days = limit_words(maker, clock->limit);
	return arena_printf(&maker->sheet->arena, "%s\n%s%s", due, days,
			    clock->provisional ? _(" (provisional)") : "");
}

/* A class that sets no such limit has no column of it. */
static bool is_asked(const struct paper_maker *maker, enum summons_clock kind)
{
	const struct whistle *whistle = maker->whistle;

	if (maker->class != NULL && maker->class->limits[kind].unit != LIMIT_NONE)
		return true;
	for (size_t i = 0; i < whistle->clocks.n; i++)
		if (str_eq(whistle_clock(whistle, i)->kind, summons_clock_code(kind)))
			return true;
	return false;
}

static void put_asked(struct paper_maker *maker)
{
	const char *titles[BEFORE + ASKED], *cells[BEFORE + ASKED];
	const struct whistle *whistle = maker->whistle;
	enum summons_clock clocks[ASKED];
	size_t n = 0;

	sheet_section(maker->sheet, _("What is asked"));
	titles[0] = _("Department");
	for (size_t i = 0; i < ASKED; i++) {
		if (!is_asked(maker, asked_clocks[i]))
			continue;
		clocks[n++] = asked_clocks[i];
		titles[n] = summons_clock_label(maker->rules, maker->summons,
						summons_clock_code(asked_clocks[i]));
	}
	sheet_table(maker->sheet, titles, BEFORE + n);
	for (size_t s = 0; s < whistle->shares.n; s++) {
		const struct summoned *share = whistle_share(whistle, s);

		if (share->freed_at != 0)
			continue;
		cells[0] = arena_printf(&maker->sheet->arena, "%s\n%s",
					paper_brief(maker->rules, share->org),
					str_eq(share->role, "lead") ? _("leads") : _("joins"));
		for (size_t i = 0; i < n; i++)
			cells[BEFORE + i] = asked_cell(maker, share, clocks[i]);
		sheet_row(maker->sheet, cells);
	}
}

/* --- where to sign --------------------------------------------------------------------------- */

static void put_sign(struct paper_maker *maker, const char *who, const char *as)
{
	sheet_sign(maker->sheet, arena_printf(&maker->sheet->arena, "%s (%s)", who, as));
}

static void put_signs(struct paper_maker *maker)
{
	const struct whistle *whistle = maker->whistle;
	const struct behalf *behalf = behalf_of(whistle, "approve");
	enum whistle_step step = whistle_step(whistle);
	struct sheet *sheet = maker->sheet;

	if (step >= WHISTLE_CLOSED)
		return;
	sheet_section(sheet, _("Signatures"));
	if (maker->class != NULL && maker->class->approver != NULL &&
	    (whistle->approved_at == 0 || (behalf != NULL && behalf->signed_at == 0)))
		sheet_sign(sheet, maker->class->approver_words != NULL ? maker->class->approver_words
								       : _("Leader"));
	if (whistle->issued_at == 0)
		put_sign(maker, paper_brief(maker->rules, maker->rules->centre),
			 summons_clock_label(maker->rules, maker->summons, "check"));
	for (size_t i = 0; i < whistle->shares.n; i++) {
		const struct summoned *share = whistle_share(whistle, i);

		if (share->freed_at == 0 && share->verified_at == 0)
			put_sign(maker, paper_brief(maker->rules, share->org), _("Department"));
	}
	put_sign(maker, paper_brief(maker->rules, whistle->origin), _("Blown by"));
}

void whistle_paper(const struct rules *rules, const struct whistle *whistle,
		   const struct paper_asked *asked, struct sheet *ret_sheet)
{
	const struct summons *summons = whistle_summons(rules, whistle);
	struct paper_maker maker = { .rules = rules,
				     .whistle = whistle,
				     .summons = summons,
				     .class = summons_class(summons, whistle->cls),
				     .now = asked->now,
				     .sheet = ret_sheet };
	struct str title = STR_INIT;

	str_addf(&title, "%s %s", rules->title != NULL ? rules->title : "",
		 summons != NULL && summons->paper != NULL ? summons->paper : _("Whistle"));
	sheet_init(ret_sheet, str_get(&title));
	str_release(&title);
	sheet_note(ret_sheet, arena_printf(&ret_sheet->arena, _("printed %s"),
					   paper_moment(ret_sheet, rules, asked->now)));
	put_head(&maker, asked);
	put_approval(&maker);
	put_asked(&maker);
	paper_done(&maker);
	put_signs(&maker);
	if (asked->explain)
		paper_explain(&maker);
}
