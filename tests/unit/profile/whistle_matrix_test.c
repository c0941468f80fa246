/* Every kind of whistle of every shipped profile × state × act × actor, against tables that a person
 * reads: matrix/NAME-whistles.txt.  GENERATE=1 writes them anew. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "play.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { ACTORS = 10, REASONS = 3, ARGS_MAX = 600 };
enum player { CLERK, HEAD, STREET_CHIEF, DEPUTY, DEPT, ELSEWHERE, DUTY, CHIEF, LEADER, AUDITOR };

/* Officers of the street that blows, of a department that it calls, of a street that has nothing to do
 * with it, of the centre. */
static const struct {
	const char *title, *role;
	enum { OF_STREET, OF_DEPT, OF_OTHER, OF_CENTRE } of;
} actors[ACTORS] = {
	[CLERK] = { "street", "street", OF_STREET },
	[STREET_CHIEF] = { "s.chief", "street_chief", OF_STREET },
	[DEPUTY] = { "deputy", "street_deputy", OF_STREET },
	[HEAD] = { "head", "street_head", OF_STREET },
	[DEPT] = { "dept", "dept", OF_DEPT },
	[ELSEWHERE] = { "other", "street", OF_OTHER },
	[DUTY] = { "duty", "duty", OF_CENTRE },
	[CHIEF] = { "chief", "chief", OF_CENTRE },
	[LEADER] = { "leader", "leader", OF_CENTRE },
	[AUDITOR] = { "auditor", "auditor", OF_CENTRE },
};
static const enum player columns[ACTORS] = { CLERK, STREET_CHIEF, DEPUTY, HEAD,   DEPT,
					  ELSEWHERE, DUTY,	       CHIEF,  LEADER, AUDITOR };

struct cast { /* who is who in one district, for one kind */
	struct play *play;
	const struct summons *summons;
	const struct summons_class *cls;
	const char *street, *other, *dept, *second, *third;
	struct str *out;
};

/* The n-th managed organisation that may blow it (not the centre), or that may be called. */
static const char *nth(const struct cast *cast, bool blows, size_t n)
{
	const struct rules *rules = cast->play->rules;

	for (size_t i = 0; i < rules->n_orgs; i++) {
		const struct org *org = &rules->orgs[i];

		if (!org->managed || (blows && str_eq(org->code, rules->centre)))
			continue;
		if (blows ? summons_may_blow(rules, cast->summons, org->code)
			  : summons_may_call(rules, cast->summons, cast->street, org->code))
			if (n-- == 0)
				return org->code;
	}
	return NULL;
}

static void find_cast(struct cast *cast)
{
	cast->street = nth(cast, true, 0);
	cast->other = nth(cast, true, 1);
	cast->dept = nth(cast, false, 0);
	cast->second = nth(cast, false, 1);
	cast->third = nth(cast, false, 2);
	cast->cls = &cast->summons->classes[0];
	for (size_t i = cast->summons->n_classes; i-- > 0;)
		if (cast->summons->classes[i].approver)
			cast->cls = &cast->summons->classes[i];
	assert_non_null(cast->street);
	assert_non_null(cast->other);
	assert_non_null(cast->dept);
}

static struct actor actor_of(const struct cast *cast, enum player who)
{
	const char *const orgs[] = { cast->street, cast->dept, cast->other, cast->play->rules->centre };

	return (struct actor){ actors[who].title, orgs[actors[who].of], actors[who].role };
}

/* --- what is said ----------------------------------------------------------------------------- */

static const struct {
	const char *arg, *words;
} plain[] = {
	{ "title", "夜市油烟" },   { "reason", "见附言" },     { "note", "已告知" },
	{ "comer", "张工" },	   { "comer_post", "科长" },   { "comer_phone", "6001" },
	{ "plan", "分工办理" },	   { "result", "已处置" },     { "reply", "已处置完毕" },
	{ "content", "content" },  { "judged", "regular" },    { "claim", "not_ours" },
	{ "ruling", "stays" },	   { "extend_by", "1wd" },     { "words", "限期办结" },
	{ "rung", "张某" },	   { "gist", "已通话" },       { "close_reason", "已办结" },
};

static const char *words_for(const struct cast *cast, const struct act_desc *desc, enum player who,
			     const char *name)
{
	if (strcmp(name, "share") == 0)
		return who == DEPT ? NULL : cast->dept;
	if (strcmp(name, "assist") == 0)
		return strcmp(desc->verb, "coassign") == 0 ? cast->third : NULL;
	if (strcmp(name, "unit_org") == 0)
		return strcmp(desc->verb, "replace") == 0 ? cast->third : NULL;
	if (strcmp(name, "channel") == 0)
		return strcmp(desc->verb, "supervise") == 0 ? cast->play->rules->channels[0].code : NULL;
	for (size_t i = 0; i < ARRAY_LEN(plain); i++)
		if (strcmp(plain[i].arg, name) == 0)
			return plain[i].words;
	return NULL;
}

static void args_for(const struct cast *cast, const struct act_desc *desc, enum player who, char *buf)
{
	struct act_arg args[ACT_ARGS_MAX];
	size_t n = act_args(desc, args), at = 0;

	buf[0] = '\0';
	for (size_t i = 0; i < n; i++) {
		const char *words = words_for(cast, desc, who, args[i].field->name);

		if (words)
			at += (size_t)snprintf(buf + at, ARGS_MAX - at, "%s=%s;",
					       args[i].field->name, words);
		assert_true(at < ARGS_MAX);
	}
}

/* --- one state -------------------------------------------------------------------------------- */

struct row {
	char cells[ACTORS][8];
	bool done, refused; /* by a rule, for somebody */
	const char *leads[REASONS];
	size_t n_leads;
	const char *reasons[REASONS];
	size_t n_reasons;
};

static void add_once(const char *list[REASONS], size_t *n, const char *words)
{
	for (size_t i = 0; i < *n; i++)
		if (strcmp(list[i], words) == 0)
			return;
	if (*n < REASONS)
		list[(*n)++] = words;
}

static void try_one(struct cast *cast, const struct act_desc *desc, size_t column, struct row *row)
{
	struct play *play = cast->play;
	struct actor actor = actor_of(cast, columns[column]);
	struct whistle *after = NULL;
	struct error err = ERROR_INIT;
	char args[ARGS_MAX];
	struct act act;
	enum err code;

	args_for(cast, desc, columns[column], args);
	act = play_act(play, &actor, desc->verb, args);
	code = play_try(play, &act, &after, &err);
	snprintf(row->cells[column], sizeof row->cells[column], "%s",
		 code == ERR_OK ? "yes" : code == ERR_DENIED ? "." : "no");
	if (code == ERR_OK) {
		row->done = true;
		add_once(row->leads, &row->n_leads,
			 str_eq(after->step, play->whistle->step) ? "=" : after->step);
	} else if (code != ERR_DENIED) {
		row->refused = true;
		add_once(row->reasons, &row->n_reasons, arena_strdup(&play->arena, err.text));
	}
}

static void put_cell(struct str *out, const char *text, int columns_wide)
{
	int used = text_columns(text);

	str_add(out, text);
	str_add_repeat(out, ' ', used < columns_wide ? (size_t)(columns_wide - used) : 1);
}

static void put_row(struct cast *cast, const struct act_desc *desc, const struct row *row)
{
	str_add(cast->out, "  ");
	put_cell(cast->out, desc->verb, 12);
	put_cell(cast->out, summons_act_label(cast->play->rules, cast->summons, desc), 22);
	for (size_t i = 0; i < ACTORS; i++)
		put_cell(cast->out, row->cells[i], 8);
	for (size_t i = 0; i < row->n_leads; i++)
		str_addf(cast->out, "%s%s", i ? ", " : "", row->leads[i]);
	str_add_char(cast->out, '\n');
	for (size_t i = 0; i < row->n_reasons; i++)
		str_addf(cast->out, "      ! %s\n", row->reasons[i]);
}

/* The acts that somebody can do; and the names of the others. */
static void put_state(struct cast *cast, const char *title)
{
	struct str nobody = STR_INIT;

	str_addf(cast->out, "\n   %s: %s %s\n  ", title, cast->play->whistle->step,
		 summons_step_label(cast->play->rules, cast->summons, cast->play->whistle->step));
	put_cell(cast->out, "act", 12);
	put_cell(cast->out, "label", 22);
	for (size_t i = 0; i < ACTORS; i++)
		put_cell(cast->out, actors[columns[i]].title, 8);
	str_add(cast->out, "leads to\n");
	for (size_t i = 0; i < act_desc_count(); i++) {
		const struct act_desc *desc = act_desc_at(i);
		struct row row = { .done = false };

		if (desc->target != KIND_WHISTLE || desc->conflict == CONFLICT_CREATES ||
		    desc->flags & (ACT_SYSTEM | ACT_SELF))
			continue;
		for (size_t k = 0; k < ACTORS; k++)
			try_one(cast, desc, k, &row);
		if (row.done)
			put_row(cast, desc, &row);
		else
			str_addf(&nobody, " %s", desc->verb);
	}
	str_addf(cast->out, "  nobody:%s\n", str_get(&nobody));
	str_release(&nobody);
}

/* --- the way ---------------------------------------------------------------------------------- */

static void must(struct cast *cast, enum player who, const char *verb, const char *args)
{
	struct play *play = cast->play;
	struct actor actor = actor_of(cast, who);
	struct error err = ERROR_INIT;
	struct act act;

	play->now += MINUTE_MS;
	act = play_act(play, &actor, verb, args);
	if (play_try(play, &act, &play->whistle, &err))
		fail_msg("%s, %s: %s", cast->summons->code, verb, err.text);
}

static void with_args(struct cast *cast, enum player who, const char *verb)
{
	char args[ARGS_MAX];

	args_for(cast, act_desc_of(KIND_WHISTLE, verb), who, args);
	must(cast, who, verb, args);
}

/* A state beside the way: shown, and left again. */
static void aside(struct cast *cast, enum player who, const char *verb, const char *title)
{
	struct whistle *before = cast->play->whistle;

	with_args(cast, who, verb);
	put_state(cast, title);
	cast->play->whistle = before;
}

static void draft(struct cast *cast)
{
	struct str args = STR_INIT;

	str_addf(&args, "summons=%s;title=夜市油烟;cls=%s;draft=yes;assist=%s;", cast->summons->code,
		 cast->cls->code, cast->dept);
	if (cast->second)
		str_addf(&args, "assist=%s;", cast->second);
	if (cast->summons->grounds.n)
		str_addf(&args, "ground=%s;", cast->summons->grounds.items[0].code);
	must(cast, CLERK, "blow", str_get(&args));
	str_release(&args);
}

/* The other department's share, by the centre in its name. */
static void second_to_end(struct cast *cast)
{
	static const struct {
		enum player who;
		const char *verb, *args;
	} way[] = {
		{ DUTY, "report_in", "comer=李工;comer_post=股长;comer_phone=6002" },
		{ CLERK, "confirm_in", "" },
		{ DUTY, "handle", "result=已处置" },
		{ DUTY, "feedback", "reply=已处置" },
		{ CLERK, "verify_ok", "" },
	};
	char args[ARGS_MAX];

	for (size_t i = 0; cast->second && i < ARRAY_LEN(way); i++) {
		if (strcmp(way[i].verb, "confirm_in") == 0 && !cast->summons->confirmed)
			continue;
		snprintf(args, sizeof args, "%s;share=%s", way[i].args, cast->second);
		must(cast, way[i].who, way[i].verb, args);
	}
}

static void walk_share(struct cast *cast)
{
	put_state(cast, "asked");
	aside(cast, DEPT, "dispute", "disputed");
	aside(cast, DEPT, "extend_ask", "more time is asked for");
	aside(cast, LEADER, "supervise", "supervised");
	if (cast->cls->limits[SUMMONS_REPORT_IN].unit != LIMIT_NONE) {
		with_args(cast, DEPT, "sign");
		with_args(cast, DEPT, "report_in");
		put_state(cast, "reported in");
		if (cast->summons->confirmed)
			with_args(cast, CLERK, "confirm_in");
	}
	with_args(cast, DEPT, "handle");
	put_state(cast, "handled");
	with_args(cast, DEPT, "feedback");
	put_state(cast, "fed back");
	second_to_end(cast);
	with_args(cast, CLERK, "verify_ok");
	put_state(cast, "all verified");
}

static void walk(struct cast *cast)
{
	draft(cast);
	put_state(cast, "drafted");
	must(cast, CLERK, "submit", "");
	if (cast->cls->approver) {
		put_state(cast, "handed in");
		must(cast, HEAD, "approve", "");
	}
	if (cast->summons->checked) {
		put_state(cast, "before the centre");
		aside(cast, DUTY, "return", "returned");
		must(cast, DUTY, "issue", "");
	}
	walk_share(cast);
	cast->play->now += 30 * DAY_MS; /* the others had their time to say what they think */
	put_state(cast, "a month later");
	with_args(cast, DUTY, "close");
	put_state(cast, "closed");
}

static void check(const char *name)
{
	const char *top = getenv("ZHIBAN_SRCDIR"), *path;
	struct str out = STR_INIT, want = STR_INIT;
	struct error err = ERROR_INIT;
	struct play play;

	play_begin(&play, name);
	str_addf(&out, "%s %s\n", play.rules->name, play.rules->title);
	str_add(&out, "Of what somebody can do: yes: done; no: refused by a rule, with its sentence; .: not "
		      "his.  \"leads to\": = is nowhere.\n");
	for (size_t i = 0; i < play.rules->n_summonses; i++) {
		struct cast cast = { .play = &play, .summons = &play.rules->summonses[i],
				     .out = &out };

		assert_int_equal(civil_parse("2026-11-23 10:00", CIVIL_CHINA, &play.now, NULL),
				 ERR_OK);
		play.whistle = NULL;
		find_cast(&cast);
		str_addf(&out, "\n== %s %s, %s\n", cast.summons->code, cast.summons->label,
			 cast.cls->label);
		walk(&cast);
	}
	path = path_join(&play.arena, top ? top : ".",
			 arena_printf(&play.arena, "tests/unit/profile/matrix/%s-whistles.txt", name));
	if (getenv("GENERATE"))
		assert_int_equal(file_write(path, out.s, out.len, 0644, &err), ERR_OK);
	if (file_read(path, 4 << 20, &want, &err))
		fail_msg("%s", err.text);
	if (strcmp(str_get(&want), str_get(&out)) != 0)
		fail_msg("%s differs (GENERATE=1 writes it anew)", path);
	str_release(&want);
	str_release(&out);
	play_end(&play);
}

static void tianning(void **state)
{
	(void)state;
	check("tianning");
}

static void xingan(void **state)
{
	(void)state;
	check("xingan");
}

static void huicheng(void **state)
{
	(void)state;
	check("huicheng");
}

static void pukou(void **state)
{
	(void)state;
	check("pukou");
}

static void city(void **state)
{
	(void)state;
	check("city");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tianning), cmocka_unit_test(xingan), cmocka_unit_test(huicheng),
		cmocka_unit_test(pukou),    cmocka_unit_test(city),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
