#include <config.h>

#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

static void must(bool ok, const char *what)
{
	if (!ok) {
		fprintf(stderr, "fixture: %s\n", what);
		abort();
	}
}

static const struct { /* exceptions of 2026, from the State Council's notice */
	int month, first, last;
	bool work;
	const char *name;
} holidays[] = {
	{ 1, 1, 3, false, "元旦" },    { 1, 4, 4, true, "元旦" },     { 2, 14, 14, true, "春节" },
	{ 2, 15, 23, false, "春节" },  { 2, 28, 28, true, "春节" },   { 4, 4, 6, false, "清明节" },
	{ 5, 1, 5, false, "劳动节" },  { 5, 9, 9, true, "劳动节" },   { 6, 19, 21, false, "端午节" },
	{ 9, 20, 20, true, "国庆节" }, { 9, 25, 27, false, "中秋节" }, { 10, 1, 7, false, "国庆节" },
	{ 10, 10, 10, true, "国庆节" },
};

static const struct calendar *make_calendar(struct arena *arena)
{
	struct calendar *calendar = arena_alloc(arena, sizeof *calendar);
	struct calendar_day *days = arena_array(arena, 64, sizeof *days);
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(holidays); i++)
		for (int d = holidays[i].first; d <= holidays[i].last; d++)
			days[n++] = (struct calendar_day){ civil_day(2026, holidays[i].month, d),
							   holidays[i].work, holidays[i].name };
	*calendar = (struct calendar){ "cn", 2026, 2026, days, n };
	return calendar;
}

static const struct org orgs[] = {
	{ .code = "zx", .name = "联动指挥中心", .brief = "中心", .tier = "district" },
	{ .code = "sw", .name = "区水务局", .brief = "水务局", .tier = "department", .parent = "zx" },
	{ .code = "zj", .name = "区住建局", .brief = "住建局", .tier = "department", .parent = "zx" },
	{ .code = "ll", .name = "兰陵街道", .brief = "兰陵", .tier = "street", .parent = "zx" },
	{ .code = "ql", .name = "青龙街道", .brief = "青龙", .tier = "street", .parent = "zx" },
	{ .code = "ll01", .name = "清凉社区", .brief = "清凉", .tier = "community", .parent = "ll" },
	{ .code = "ql01", .name = "新丰社区", .brief = "新丰", .tier = "community", .parent = "ql" },
	{ .code = "ll02", .name = "新丰社区", .brief = "兰陵新丰", .tier = "community", .parent = "ll" },
	{ .code = "ll01g1", .name = "第一网格", .tier = "grid", .parent = "ll01" },
	{ .code = "ql01g1", .name = "第一网格", .tier = "grid", .parent = "ql01" },
};

static const char *const hotline_words[] = { "12345热线", "Hotline", NULL };
static const struct choice sources[] = {
	{ "manual", "人工", NULL },
	{ "12345", "热线", hotline_words },
	{ "grid", "网格", NULL },
};
static const char *const water_words[] = { "供水", NULL };
static const struct choice categories[] = {
	{ "03", "供水排水", water_words },
	{ "0301", "停水", NULL },
	{ "02", "市政道路", NULL },
	{ "99", "其他", NULL },
};
static const struct choice urgencies[] = {
	{ "flash", "特急", NULL }, { "urgent", "急", NULL }, { "plain", "平", NULL }
};
static const struct choice severities[] = {
	{ "minor", "一般", NULL },
	{ "major", "较大", NULL },
	{ "serious", "重大", NULL },
	{ "grave", "特别重大", NULL },
};
static const struct choice tiers[] = {
	{ "district", "区", NULL },
	{ "department", "部门", NULL },
	{ "street", "街道", NULL },
	{ "community", "社区", NULL },
	{ "grid", "网格", NULL },
};
static const struct choice roles[] = {
	{ "secadmin", "安全管理员", NULL }, { "checker", "督查", NULL },
	{ "auditor", "审计", NULL }, { "intake", "坐席", NULL }, { "street", "街镇", NULL },
	{ "dept", "部门", NULL },    { "duty", "值班员", NULL }, { "chief", "值班长", NULL },
	{ "leader", "带班领导", NULL },
};
static const struct role_rule role_list[ARRAY_LEN(roles)] = {
	{ .code = "secadmin", .label = "安全管理员", .manage = MANAGE_SECURITY, .sees = SEES_NONE },
	{ .code = "checker", .label = "督查", .read_only = true, .sees = SEES_ALL },
};
static const char *const closed_words[] = { "已办理", NULL };

static const struct flow { /* a line for each act of each step */
	const char *step, *verb;
	enum who who;
	const char *to;
	const char *guards; /* "name arg;…" */
} flow[] = {
	{ "register", "register", WHO_ANY, "accept", "" },
	{ "accept", "accept", WHO_CENTRE, "assign", "" },
	{ "accept", "fix", WHO_CENTRE, NULL, "" },
	{ "accept", "note", WHO_ANY, NULL, "" },
	{ "assign", "assign", WHO_CENTRE, "sign", "" },
	{ "assign", "note", WHO_ANY, NULL, "" },
	{ "sign", "sign", WHO_HOLDER, "handle", "" },
	{ "sign", "assign", WHO_CENTRE, NULL, "" },
	{ "sign", "fix", WHO_CENTRE_OR_HOLDER, NULL, "" },
	{ "sign", "note", WHO_ANY, NULL, "" },
	{ "handle", "handle", WHO_HOLDER, "verify", "" },
	{ "handle", "fix", WHO_CENTRE_OR_HOLDER, NULL, "" },
	{ "handle", "note", WHO_ORIGIN, NULL, "" },
	{ "verify", "verify_ok", WHO_CENTRE, "close", "actor_not register|handle;org_not handle" },
	{ "verify", "verify_no", WHO_CENTRE, "handle", "actor_not handle" },
	{ "close", "close", WHO_CENTRE, "archive", "field_set satisfaction" },
	{ "archive", "archive", WHO_CENTRE, "archived", "role_at_least chief" },
	{ "archive", "note", WHO_ANY, NULL, "" },
};

static const struct {
	const char *step, *clock;
	enum who who;
	int urgency, severity;
	const char *category;
	enum period period;
	const char *limit;
} limits[] = {
	{ "accept", "accept", WHO_CENTRE, 1, 0, "", PERIOD_ANY, "10m" },
	{ "accept", "accept", WHO_CENTRE, 2, 0, "", PERIOD_ANY, "30m" },
	{ "accept", "accept", WHO_CENTRE, 0, 0, "", PERIOD_NIGHT, "2h@08:30" },
	{ "accept", "accept", WHO_CENTRE, 0, 0, "", PERIOD_ANY, "2h" },
	{ "assign", "assign", WHO_CENTRE, 0, 0, "", PERIOD_ANY, "240wm" },
	{ "sign", "sign", WHO_HOLDER, 1, 0, "", PERIOD_ANY, "10m" },
	{ "sign", "sign", WHO_HOLDER, 0, 0, "", PERIOD_ANY, "30m" },
	{ "handle", "handle", WHO_HOLDER, 1, 0, "", PERIOD_ANY, "4h" },
	{ "handle", "handle", WHO_HOLDER, 0, 3, "", PERIOD_ANY, "8h" },
	{ "handle", "handle", WHO_HOLDER, 0, 0, "03", PERIOD_ANY, "3wd" },
	{ "handle", "handle", WHO_HOLDER, 0, 0, "", PERIOD_ANY, "5wd" },
	{ "handle", "contact", WHO_HOLDER, 1, 0, "", PERIOD_ANY, "30m" },
	{ "handle", "contact", WHO_HOLDER, 0, 0, "", PERIOD_HOLIDAY, "-" },
	{ "handle", "contact", WHO_HOLDER, 0, 0, "", PERIOD_WORK, "90wm" },
	{ "handle", "contact", WHO_HOLDER, 0, 0, "", PERIOD_ANY, "1wd" },
	{ "verify", "verify", WHO_CENTRE, 0, 0, "", PERIOD_ANY, "1wd" },
	{ "archive", "archive", WHO_CENTRE, 0, 0, "", PERIOD_ANY, "1wd" },
};

static const struct {
	const char *id, *label, *waiting;
} steps[] = {
	{ "register", "登记", "待登记" }, { "accept", "受理", "待受理" },
	{ "assign", "交办", "待派" },	  { "sign", "签收", "未签收" },
	{ "handle", "处置", "办理中" },	  { "verify", "核查", "待核查" },
	{ "close", "办结", "待办结" },	  { "archive", "归档", "已办结" },
	{ "archived", "已归档", "已归档" },
};

static void make_guards(struct fixture *fx, struct flow_act *act, const char *words)
{
	struct guard_use *guards = arena_array(&fx->arena, 4, sizeof *guards);

	for (; *words != '\0'; words += strspn(words, ";")) {
		size_t name = strcspn(words, " "), all = strcspn(words, ";");
		struct guard_use *use = &guards[act->n_guards++];
		use->guard = guard_desc_find(arena_strndup(&fx->arena, words, name));
		use->arg = arena_strndup(&fx->arena, words + name + 1, all - name - 1);
		must(use->guard != NULL, words);
		words += all;
	}
	act->guards = guards;
}

static struct clock_rule *find_rule(struct step *step, struct clock_rule *rules, const char *kind)
{
	for (size_t i = 0; i < step->n_clocks; i++)
		if (strcmp(rules[i].kind, kind) == 0)
			return &rules[i];
	rules[step->n_clocks].kind = kind;
	rules[step->n_clocks].label = kind;
	return &rules[step->n_clocks++];
}

static void make_clocks(struct fixture *fx, struct step *step)
{
	struct clock_rule *rules = arena_array(&fx->arena, 4, sizeof *rules);

	for (size_t i = 0; i < ARRAY_LEN(limits); i++) {
		struct clock_rule *rule;
		struct limit_row *rows;
		if (strcmp(limits[i].step, step->id) != 0)
			continue;
		rule = find_rule(step, rules, limits[i].clock);
		if (rule->rows == NULL)
			rule->rows = arena_array(&fx->arena, 8, sizeof *rows);
		rule->who = limits[i].who;
		rows = (struct limit_row *)rule->rows + rule->n_rows++;
		*rows = (struct limit_row){ .urgency = limits[i].urgency,
					    .severity = limits[i].severity,
					    .category = limits[i].category,
					    .period = limits[i].period,
					    .words = limits[i].limit };
		must(limit_parse(limits[i].limit, &rows->limit, NULL) == ERR_OK, limits[i].limit);
	}
	step->clocks = rules;
}

static void make_steps(struct fixture *fx)
{
	struct step *made = arena_array(&fx->arena, ARRAY_LEN(steps), sizeof *made);

	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		struct flow_act *acts = arena_array(&fx->arena, 8, sizeof *acts);
		made[i] = (struct step){ .id = steps[i].id,
					 .label = steps[i].label,
					 .waiting = steps[i].waiting,
					 .tier = "district",
					 .open = i < 7,
					 .acts = acts };
		for (size_t f = 0; f < ARRAY_LEN(flow); f++) {
			struct flow_act *act = &acts[made[i].n_acts];
			if (strcmp(flow[f].step, steps[i].id) != 0)
				continue;
			act->act = act_desc_find(flow[f].verb);
			act->who = flow[f].who;
			act->to = flow[f].to;
			act->way = act->to != NULL ? WAY_STEP : WAY_STAYS;
			make_guards(fx, act, flow[f].guards);
			made[i].n_acts++;
		}
		make_clocks(fx, &made[i]);
	}
	fx->rules.steps = made;
	fx->rules.n_steps = ARRAY_LEN(steps);
}

int64_t fixture_time(const char *text)
{
	int64_t ms;

	must(civil_parse(text, CIVIL_CHINA, &ms, NULL) == ERR_OK, text);
	return ms;
}

#define CHOICES(list) { list, ARRAY_LEN(list) }

void fixture_init(struct fixture *fx)
{
	*fx = (struct fixture){ .serial = 1 };
	arena_init(&fx->arena);
	fx->now = fixture_time("2026-11-23 10:00");
	fx->rules = (struct rules){ .name = "test",
				    .title = "测试区",
				    .brief = "测试",
				    .offset_min = CIVIL_CHINA,
				    .centre = "zx",
				    .orgs = orgs,
				    .n_orgs = ARRAY_LEN(orgs),
				    .sources = CHOICES(sources),
				    .categories = CHOICES(categories),
				    .urgencies = CHOICES(urgencies),
				    .severities = CHOICES(severities),
				    .tiers = CHOICES(tiers),
				    .roles = CHOICES(roles),
				    .role_list = role_list,
				    .other_category = "99",
				    .night_from = 17 * 60 + 30,
				    .night_to = 8 * 60 + 30,
				    .calendar = make_calendar(&fx->arena),
				    .closed_words = closed_words };
	must(hours_parse("08:30-12:00,13:00-17:30", &fx->rules.hours, NULL) == ERR_OK, "hours");
	make_steps(fx);
	rules_index(&fx->rules, &fx->arena);
}

void fixture_release(struct fixture *fx)
{
	arena_release(&fx->arena);
}

struct actor fixture_actor(const char *name)
{
	static const struct {
		const char *name;
		struct actor actor;
	} actors[] = {
		{ "duty", { "李敏", "zx", "duty" } },	     { "chief", { "周强", "zx", "chief" } },
		{ "other", { "陈静", "zx", "duty" } },	     { "water", { "王芳", "sw", "dept" } },
		{ "roads", { "赵军", "zj", "dept" } },	     { "street", { "孙丽", "ll", "street" } },
		{ "station", { "吴霞", "ll01", "street" } }, { "auditor", { "钱进", "zx", "auditor" } },
		{ "intake", { "intake", "zx", "intake" } },  { "system", { "system", "", "system" } },
		{ "checker", { "冯查", "zx", "checker" } },   { "keys", { "安平", "zx", "secadmin" } },
		{ "stranger", { "某人", "nowhere", "duty" } }, { "leader", { "郑凯", "zx", "leader" } },
		{ "green", { "何青", "ql", "street" } },       { "grid", { "许明", "ll01g1", "street" } },
		{ "town", { "沈一", "ll", "duty" } },	       { "watercl", { "高原", "sw", "leader" } },
	};

	for (size_t i = 0; i < ARRAY_LEN(actors); i++)
		if (strcmp(actors[i].name, name) == 0)
			return actors[i].actor;
	must(false, name);
	return actors[0].actor;
}

static void give(struct fixture *fx, struct act *act, const char *pair, size_t len)
{
	char *name = arena_strndup(&fx->arena, pair, len), *words = strchr(name, '=');
	const struct field *field;
	struct value value;
	struct error err = ERROR_INIT;

	must(words != NULL, name);
	*words++ = '\0';
	field = act_arg_field(act->desc, name);
	must(field != NULL, name);
	must(rules_parse(&fx->rules, field, words, &fx->arena, &value, &err) == ERR_OK, err.text);
	act_give(act, field, value, &fx->arena);
}

static struct act make_act(struct fixture *fx, const struct act_desc *desc, const char *verb,
			   const char *actor, const char *args)
{
	struct act act = { .desc = desc, .actor = fixture_actor(actor), .at = fx->now };
	char name[40];

	must(act.desc != NULL, verb);
	snprintf(name, sizeof name, "act %u", ++fx->n_acts);
	act.id = uuid_named(name);
	act.n = fx->n_acts;
	act.target.kind = act.desc->target;
	act.target.id = uuid_child(&act.id, "incident", 0);
	for (; args != NULL && *args != '\0'; args += strspn(args, "\n")) {
		size_t len = strcspn(args, "\n");
		give(fx, &act, args, len);
		args += len;
	}
	return act;
}

struct act fixture_act_of(struct fixture *fx, enum kind kind, const char *verb, const char *actor,
			  const char *args)
{
	return make_act(fx, act_desc_of(kind, verb), verb, actor, args);
}

struct act fixture_act(struct fixture *fx, const char *verb, const struct incident *incident,
		       const char *actor, const char *args)
{
	struct act act = make_act(fx, act_desc_find(verb), verb, actor, args);

	if (incident != NULL) {
		act.target.id = incident->head.id;
		act.target.base = incident->head.version;
	}
	return act;
}

enum err fixture_apply(struct fixture *fx, struct incident **incident, const struct act *act,
		       struct error *err)
{
	struct state state = { .entity = *incident, .serial = fx->serial };
	struct moment moment = { fx->now, moment_eff(act, fx->now, 0, fx->now) };
	struct decision decision;
	enum err code;

	code = decide(&fx->rules, &state, act, &moment, &fx->arena, &decision, err);
	if (code != ERR_OK)
		return code;
	must(decision.n_effects == 1, "one effect");
	if (*incident == NULL) {
		*incident = entity_new(KIND_INCIDENT, &act->target.id, &fx->arena);
		fx->serial++;
	}
	return evolve(*incident, &decision.effects[0], act->n, &fx->arena, err);
}

enum err fixture_do(struct fixture *fx, struct incident **incident, const char *verb,
		    const char *actor, const char *args, struct error *err)
{
	struct act act = fixture_act(fx, verb, *incident, actor, args);

	return fixture_apply(fx, incident, &act, err);
}

enum err fixture_decide(struct fixture *fx, struct incident **incident, const struct act *act,
			int64_t eff, struct decision *ret_decision, struct error *err)
{
	struct state state = { .entity = *incident, .serial = fx->serial };
	struct moment moment = { fx->now, eff != 0 ? eff : moment_eff(act, fx->now, 0, fx->now) };
	enum err code = decide(&fx->rules, &state, act, &moment, &fx->arena, ret_decision, err);

	if (code != ERR_OK || ret_decision->n_effects == 0)
		return code;
	if (*incident == NULL) {
		*incident = entity_new(KIND_INCIDENT, &act->target.id, &fx->arena);
		fx->serial++;
	}
	return evolve(*incident, &ret_decision->effects[0], act->n, &fx->arena, err);
}

void fixture_allow(struct fixture *fx, const char *verbs)
{
	struct flow_act *acts = arena_array(&fx->arena, 64, sizeof *acts);

	fx->rules.always.acts = acts;
	fx->rules.always.n_acts = 0;
	for (const char *s = verbs; *s != '\0'; s += strspn(s, " ")) {
		size_t len = strcspn(s, " ");
		struct flow_act *act = &acts[fx->rules.always.n_acts++];
		act->act = act_desc_find(arena_strndup(&fx->arena, s, len));
		must(act->act != NULL, s);
		act->who = WHO_ANY;
		s += len;
	}
}

struct incident *fixture_incident(struct fixture *fx, const char *step)
{
	static const struct {
		const char *verb, *actor, *args;
	} path[] = {
		{ "register", "street", "title=清凉新村自来水发黄\nphone=13900008821\nstreet=兰陵" },
		{ "accept", "duty", "" },
		{ "assign", "duty", "holder=sw" },
		{ "sign", "water", "" },
		{ "handle", "water", "result=已冲洗管网" },
		{ "verify_ok", "duty", "" },
		{ "close", "duty", "satisfaction=满意" },
		{ "archive", "chief", "" },
	};
	struct incident *incident = NULL;

	for (size_t i = 0; i < ARRAY_LEN(path); i++) {
		struct error err = ERROR_INIT;
		if (incident != NULL && strcmp(incident->step, step) == 0)
			break;
		must(fixture_do(fx, &incident, path[i].verb, path[i].actor, path[i].args, &err) ==
			     ERR_OK,
		     err.text);
	}
	must(strcmp(incident->step, step) == 0, step);
	return incident;
}
