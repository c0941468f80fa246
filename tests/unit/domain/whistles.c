#include <config.h>

#include "whistles.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"

static const struct org orgs[] = {
	{ .code = "zx", .name = "联动指挥中心", .brief = "中心", .tier = "district" },
	{ .code = "sw", .name = "区水务局", .brief = "水务局", .tier = "department", .parent = "zx" },
	{ .code = "zj", .name = "区住建局", .brief = "住建局", .tier = "department", .parent = "zx" },
	{ .code = "cg", .name = "区城管局", .brief = "城管局", .tier = "department", .parent = "zx" },
	{ .code = "jt", .name = "区交通局", .brief = "交通局", .tier = "department", .parent = "zx" },
	{ .code = "ll", .name = "兰陵街道", .brief = "兰陵", .tier = "street", .parent = "zx" },
	{ .code = "ql", .name = "青龙街道", .brief = "青龙", .tier = "street", .parent = "zx" },
	{ .code = "ll01", .name = "清凉社区", .brief = "清凉", .tier = "community", .parent = "ll" },
};

static const struct actor others[] = {
	{ "吴镇", "ll", "leader" }, /* mayor */
	{ "林工", "cg", "dept" },   /* works */
	{ "白露", "jt", "dept" },   /* traffic */
};
static const char *const other_names[] = { "mayor", "works", "traffic" };

static const struct choice grounds[] = {
	{ "cross", "职责交叉", NULL },
	{ "joint", "多部门协同", NULL },
};

static const struct {
	const char *code, *label, *approver;
	const char *limits; /* "sign 1h;…" */
	const char *bounds[2];
	const char *extensions; /* "5wd chief;- leader" */
} classes[] = {
	{ "minor", "一般", NULL,
	  "check 240wm;sign 1h;contact 24h;report_in 3wd;handle 7wd;feedback 1d;verify 1wd;rate 1wd;"
	  "judge 1wd;settle 1wd",
	  { "30m", "5wd" }, "5wd chief;- leader" },
	{ "major", "较大", "leader",
	  "approve 2h;check 1h;sign 1h;contact 4h;arrive 1d;report_in 1wd;handle 7wd;feedback 1d;"
	  "verify 1wd;rate 1wd;judge 1wd;settle 1wd",
	  { "30m", "5wd" }, "7wd leader" },
	{ "grave", "重大", "leader",
	  "approve 30m;check 30m;sign 30m;contact 1h;report_in 4h;handle 7wd;verify 1wd;settle 1wd",
	  { NULL, NULL }, "- leader" },
	{ "plain", "响应", NULL, "sign 1h;report_in 1d;handle 3wd", { NULL, NULL }, "" },
};

static struct limit limit_of(const char *text, size_t len)
{
	struct limit limit;
	char word[24];

	snprintf(word, sizeof word, "%.*s", (int)len, text);
	assert_int_equal(limit_parse(word, &limit, NULL), ERR_OK);
	return limit;
}

static void make_limits(struct summons_class *class, const char *words)
{
	for (; *words != '\0'; words += strspn(words, ";")) {
		size_t name = strcspn(words, " "), all = strcspn(words, ";");
		char kind[24];

		snprintf(kind, sizeof kind, "%.*s", (int)name, words);
		assert_true(summons_clock_find(kind) != SUMMONS_CLOCKS);
		class->limits[summons_clock_find(kind)] =
			limit_of(words + name + 1, all - name - 1);
		words += all;
	}
}

static void make_extensions(struct fixture *fx, struct summons_class *class, const char *words)
{
	struct extension_row *rows = arena_array(&fx->arena, 4, sizeof *rows);

	for (; *words != '\0'; words += strspn(words, ";")) {
		size_t name = strcspn(words, " "), all = strcspn(words, ";");

		rows[class->n_extensions++] = (struct extension_row){
			.most = limit_of(words, name),
			.role = arena_strndup(&fx->arena, words + name + 1, all - name - 1),
		};
		words += all;
	}
	class->extensions = rows;
}

static const struct summons_class *make_classes(struct fixture *fx, size_t from, size_t n)
{
	struct summons_class *made = arena_array(&fx->arena, n, sizeof *made);

	for (size_t i = 0; i < n; i++) {
		made[i].code = classes[from + i].code;
		made[i].label = classes[from + i].label;
		made[i].approver = classes[from + i].approver;
		make_limits(&made[i], classes[from + i].limits);
		make_extensions(fx, &made[i], classes[from + i].extensions);
		if (classes[from + i].bounds[0] == NULL)
			continue;
		made[i].least = limit_of(classes[from + i].bounds[0], 8);
		made[i].most = limit_of(classes[from + i].bounds[1], 8);
	}
	return made;
}

void whistles_init(struct whistles *w)
{
	static const char *const streets[] = { "street", NULL }, *const centre[] = { "centre", NULL };
	static const char *const called[] = { "department", NULL };
	struct summons *made;

	*w = (struct whistles){ .whistle = NULL };
	fixture_init(&w->fx);
	w->fx.rules.orgs = orgs;
	w->fx.rules.n_orgs = ARRAY_LEN(orgs);
	rules_index(&w->fx.rules, &w->fx.arena);
	made = arena_array(&w->fx.arena, 2, sizeof *made);
	made[0] = (struct summons){ .code = "whistle", .label = "吹哨", .noun = "哨件",
				    .paper = "吹哨单", .letter = "W", .blowers = streets,
				    .calls = called, .checked = true, .confirmed = true,
				    .coded = true, .judged = true, .alone = true, .again = 1,
				    .grounds = { grounds, ARRAY_LEN(grounds) },
				    .classes = make_classes(&w->fx, 0, 3), .n_classes = 3 };
	made[1] = (struct summons){ .code = "order", .label = "响应令", .noun = "响应令",
				    .paper = "响应令", .letter = "X", .blowers = centre,
				    .calls = called, .alone = true,
				    .classes = make_classes(&w->fx, 3, 1), .n_classes = 1 };
	w->fx.rules.summonses = made;
	w->fx.rules.n_summonses = 2;
	assert_int_equal(limit_parse("1wd", &w->fx.rules.countersign, NULL), ERR_OK);
}

void whistles_release(struct whistles *w)
{
	fixture_release(&w->fx);
}

struct summons *whistles_summons(struct whistles *w, const char *code)
{
	return (struct summons *)(uintptr_t)rules_summons(&w->fx.rules, code);
}

/* --- acts ------------------------------------------------------------------------------------ */

struct actor whistles_actor(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (strcmp(other_names[i], name) == 0)
			return others[i];
	return fixture_actor(name);
}

static void give(struct whistles *w, struct act *act, const char *pair, size_t len)
{
	char *name = arena_strndup(&w->fx.arena, pair, len), *words = strchr(name, '=');
	const struct field *field;
	struct value value;
	struct error err = ERROR_INIT;

	*words++ = '\0';
	field = act_arg_field(act->desc, name);
	if (field == NULL || rules_parse(&w->fx.rules, field, words, &w->fx.arena, &value, &err))
		fail_msg("%s: %s %s", act->desc->verb, name, err.text);
	act_give(act, field, value, &w->fx.arena);
}

static struct act make_act(struct whistles *w, const char *verb, const char *actor,
			   const char *args)
{
	struct act act = { .desc = act_desc_of(KIND_WHISTLE, verb), .actor = whistles_actor(actor),
			   .at = w->fx.now, .by_phone = w->phone };
	char name[40];

	assert_non_null(act.desc);
	snprintf(name, sizeof name, "act %u", ++w->fx.n_acts);
	act.id = uuid_named(name);
	act.n = w->fx.n_acts;
	act.target.kind = KIND_WHISTLE;
	act.target.id = w->whistle != NULL ? w->whistle->head.id
					   : uuid_child(&act.id, "whistle", 0);
	act.target.base = w->whistle != NULL ? w->whistle->head.version : 0;
	for (; *args != '\0'; args += strspn(args, "\n")) {
		size_t len = strcspn(args, "\n");

		give(w, &act, args, len);
		args += len;
	}
	return act;
}

static enum err apply(struct whistles *w, const struct act *act, struct error *err)
{
	const struct state state = { .entity = w->whistle, .serial = w->fx.serial,
				     .mode = w->mode, .proof = w->proof,
				     .proof_step = w->proof_step };
	const struct moment moment = { w->fx.now, w->eff != 0 ? w->eff : w->fx.now };
	enum err code = act_check(act, err);

	if (code == ERR_OK)
		code = decide(&w->fx.rules, &state, act, &moment, &w->fx.arena, &w->decision, err);
	if (code != ERR_OK || w->decision.n_effects == 0)
		return code;
	if (w->whistle == NULL) {
		w->whistle = entity_new(KIND_WHISTLE, &act->target.id, &w->fx.arena);
		w->fx.serial++;
	}
	return evolve(w->whistle, &w->decision.effects[0], act->n, &w->fx.arena, err);
}

enum err whistles_try(struct whistles *w, const char *verb, const char *actor, const char *args,
		      struct error *err)
{
	struct act act = make_act(w, verb, actor, args);
	enum err code = apply(w, &act, err);

	w->eff = w->proof_step = 0;
	w->proof = PROOF_UNKNOWN;
	w->phone = (struct by_phone){ .org = NULL };
	return code;
}

void whistles_must(struct whistles *w, const char *verb, const char *actor, const char *args)
{
	struct error err = ERROR_INIT;

	w->fx.now += MINUTE_MS;
	if (whistles_try(w, verb, actor, args, &err) != ERR_OK)
		fail_msg("%s %s: %s", verb, args, err.text);
}

void whistles_refuse(struct whistles *w, const char *verb, const char *actor, const char *args,
		     enum err code, const char *words)
{
	struct error err = ERROR_INIT;
	enum err got = whistles_try(w, verb, actor, args, &err);

	if (got != code || strstr(err.text, words) == NULL)
		fail_msg("%s %s: %d %s", verb, args, got, got == ERR_OK ? "was done" : err.text);
}

void whistles_run(struct whistles *w, const struct whistles_step *steps, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (steps[i].code == ERR_OK)
			whistles_must(w, steps[i].verb, steps[i].actor, steps[i].args);
		else
			whistles_refuse(w, steps[i].verb, steps[i].actor, steps[i].args,
					steps[i].code, steps[i].words);
	}
}

void whistles_issued(struct whistles *w, const char *cls)
{
	char args[200];

	snprintf(args, sizeof args,
		 "summons=whistle\ntitle=老旧小区消防通道堵塞\nground=多部门协同\ncls=%s\nassist=sw\n"
		 "assist=zj\nassist=cg\nlead_org=sw",
		 cls);
	whistles_must(w, "blow", "mayor", args); /* who may approve it himself has done so */
	whistles_must(w, "issue", "duty", "");
	assert_string_equal(w->whistle->step, "issued");
}

void whistles_share_to(struct whistles *w, const char *org, const char *state)
{
	static const struct {
		const char *state, *verb;
		bool department;
		const char *args;
	} path[] = {
		{ "signed", "sign", true, "" },
		{ "reported", "report_in", true, "comer=张来\ncomer_post=科长\ncomer_phone=6001" },
		{ "confirmed", "confirm_in", false, "" },
		{ "handled", "handle", true, "result=已清理" },
		{ "replied", "feedback", true, "reply=已清理完毕" },
		{ "verified", "verify_ok", false, "" },
	};
	const char *department = strcmp(org, "sw") == 0	  ? "water"
				 : strcmp(org, "zj") == 0 ? "roads"
				 : strcmp(org, "cg") == 0 ? "works"
							  : "traffic";
	char args[200];

	for (size_t i = 0; i < ARRAY_LEN(path); i++) {
		const struct summoned *share = whistles_share(w, org);
		const int64_t done[] = { share->signed_at,    share->reported_at,
					 share->confirmed_at, share->handled_at,
					 share->replied_at,   share->verified_at };

		snprintf(args, sizeof args, "share=%s\n%s", org, path[i].args);
		if (done[i] == 0)
			whistles_must(w, path[i].verb, path[i].department ? department : "town",
				      args);
		if (strcmp(path[i].state, state) == 0)
			return;
	}
	fail_msg("%s", state);
}

/* --- what came of them ----------------------------------------------------------------------- */

const struct summoned *whistles_share(const struct whistles *w, const char *org)
{
	const struct summoned *found = whistle_share_of(w->whistle, org);

	for (size_t i = 0; found == NULL && i < w->whistle->shares.n; i++)
		if (str_eq(whistle_share(w->whistle, i)->org, org))
			found = whistle_share(w->whistle, i);
	if (found == NULL)
		fail_msg("no share of %s", org);
	return found;
}

const struct clock *whistles_clock(const struct whistles *w, const char *org, const char *kind)
{
	return whistle_clock_of(w->whistle, org != NULL ? &whistles_share(w, org)->id : NULL, kind);
}

const char *whistles_runs(struct whistles *w, const char *org, const char *kind)
{
	const struct clock *clock = whistles_clock(w, org, kind);
	char text[CIVIL_TEXT];

	if (clock == NULL || clock->stopped_at != 0)
		return "";
	civil_format(clock->due, w->fx.rules.offset_min, "m-d H:M", text, sizeof text);
	return arena_strdup(&w->fx.arena, text);
}
