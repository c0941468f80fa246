#include <config.h>

#include "world.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/dirs.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/value.h"
#include "zhiban/wire/entity.h"
#include "zhiban/wire/entry.h"

/* Sunday 2026-11-22 02:41 at the jurisdiction. */
static const struct civil night = { .year = 2026, .month = 11, .day = 22, .hour = 2, .minute = 41 };

void world_must(enum err code, const struct error *err, const char *what)
{
	if (code == ERR_OK)
		return;
	printf("Bail out! %s: %s\n", what, err->text);
	exit(99);
}

/* ---- the server's side, small ---- */

static void give(struct world *world, struct act *act, const char *name, const char *words)
{
	struct error err = ERROR_INIT;
	const struct field *field = act_arg_field(act->desc, name);
	struct value value;

	if (!field) {
		printf("Bail out! no argument %s\n", name);
		exit(99);
	}
	if (client_is_ticket(field) && strcspn(words, "0123456789") == strlen(words)) {
		struct uuid other = uuid_named(words); /* of this world */
		char text[UUID_TEXT];

		uuid_text(&other, text);
		words = arena_strdup(&world->arena, text);
	}
	world_must(rules_parse(&world->profile->rules, field, words, &world->arena, &value, &err), &err,
	     name);
	act_give(act, field, value, &world->arena);
}

static enum err apply(struct store *store, void *ctx, struct error *err)
{
	const struct entry *entry = ctx;
	struct applied applied;
	struct str bytes = STR_INIT;
	enum err code;

	entry_canonical(entry, &bytes);
	code = cache_apply_entry(store, entry, bytes.s, bytes.len, &applied, err);
	str_release(&bytes);
	return code;
}

enum err world_apply(struct world *world, const struct entry *entry, struct error *err)
{
	struct entry copy = *entry;

	world->last = entry->act;
	return store_tx(world->cache, apply, &copy, err);
}

/* The mode in force; NULL: none was declared. */
static const char *mode_of(struct world *world)
{
	struct uuid id = uuid_named("mode");
	void *mode;

	if (cache_get(world->cache, KIND_MODE, &id, &world->arena, &mode, NULL) != ERR_OK)
		return NULL;
	return ((struct mode *)mode)->mode;
}

void world_admit(struct world *world, const struct did *did)
{
	struct error err = ERROR_INIT;
	int64_t at = world->fixed.now - did->before * MINUTE_MS;
	const struct act_desc *desc = did->whistle ? act_desc_of(KIND_WHISTLE, did->verb)
						   : act_desc_find(did->verb);
	struct uuid id = uuid_named(did->incident);
	struct act act = {
		.id = uuid_v7(&world->env),
		.desc = desc,
		.target = { .kind = desc->target, .id = id },
		.by_phone = did->phone,
		.actor = { did->officer, did->org, did->role },
		.at = at,
	};
	struct moment moment = { at, at };
	struct state state = { .serial = world->serial, .mode = mode_of(world) };
	struct entry entry = { .seq = ++world->seq, .recv = at, .eff = at };
	struct decision decision;
	void *entity = NULL;

	for (size_t i = 0; did->words[i]; i += 2)
		give(world, &act, did->words[i], did->words[i + 1]);
	if (act.by_phone.at)
		act.by_phone.at = world->fixed.now - act.by_phone.at * MINUTE_MS;
	if (cache_get(world->cache, desc->target, &id, &world->arena, &entity, NULL) == ERR_OK)
		state.entity = entity;
	else if (desc->target == KIND_INCIDENT)
		world->serial++;
	else if (desc->target == KIND_WHISTLE)
		state.serial = ++world->whistles;
	world_must(decide(&world->profile->rules, &state, &act, &moment, &world->arena, &decision, &err),
	     &err, did->verb);
	entry.act = act;
	entry.effects = decision.effects;
	entry.n_effects = decision.n_effects;
	world_must(world_apply(world, &entry, &err), &err, "cache");
}

/* ---- the console's folder ---- */

static const char *profile_path(const struct world *world, struct arena *arena)
{
	return dirs_resource(arena, arena_printf(arena, "profiles/%s.conf", world->profile_name));
}

static enum err put_documents(struct store *store, void *ctx, struct error *err)
{
	const struct world *world = ctx;
	struct arena arena = ARENA_INIT;
	struct str text = STR_INIT;
	char hash[SHA256_HEX];
	enum err code;

	code = bundle_read(profile_path(world, &arena), &text, err);
	bundle_hash(str_get(&text), text.len, hash);
	if (code == ERR_OK)
		code = cache_put_doc(store, hash, str_get(&text), text.len, err);
	if (code == ERR_OK)
		code = store_meta_set(store, "profile", hash, err);
	str_clear(&text);
	if (code == ERR_OK)
		code = file_read(dirs_resource(&arena, "profiles/calendar-cn.conf"), BUNDLE_MAX,
				 &text, err);
	bundle_hash(str_get(&text), text.len, hash);
	if (code == ERR_OK)
		code = cache_put_doc(store, hash, str_get(&text), text.len, err);
	if (code == ERR_OK)
		code = store_meta_set(store, "calendar", hash, err);
	if (code == ERR_OK)
		code = store_meta_set_int(store, "usable", 1, err);
	if (code == ERR_OK)
		code = store_meta_set_int(store, "data_at", world->fixed.now, err);
	str_release(&text);
	arena_release(&arena);
	return code;
}

static void open_folder(struct world *world, bool district)
{
	struct error err = ERROR_INIT;
	struct arena arena = ARENA_INIT;
	struct uuid console = uuid_named("console");
	static const struct {
		const char *profile, *org, *role;
	} seats[] = { { "xingan", "152201", "duty" }, { "huicheng", "441302010", "street" } };
	struct outbox_who who = { "李敏", district ? "990101" : "zhongxin", "duty", "token", true };

	for (size_t i = 0; i < ARRAY_LEN(seats); i++) {
		if (strcmp(seats[i].profile, world->profile_name) == 0) {
			who.org = seats[i].org;
			who.role = seats[i].role;
		}
	}
	if (world->org) {
		who.org = world->org;
		who.role = world->role;
	}
	snprintf(world->dir, sizeof world->dir, "/tmp/zhiban-screen.XXXXXX");
	if (!mkdtemp(world->dir))
		abort();
	world_must(profile_load(profile_path(world, &arena), &world->profile, &world->days, &err),
	     &err, "profile");
	world_must(cache_open(world->dir, CACHE_WRITE, &world->cache, &err), &err, "cache");
	world_must(outbox_open(world->dir, false, &world->outbox, &err), &err, "outbox");
	world_must(outbox_set_console(world->outbox, &console, &err), &err, "console");
	world_must(outbox_login(world->outbox, &who, &err), &err, "login");
	arena_release(&arena);
}

/* ---- worlds ---- */

#define LI "李敏", "zhongxin", "duty"
#define SHUI "周海", "shuiwu", "dept"
#define ZHU "孙丽", "zhujian", "dept"

static const struct did board[] = {
	{ "water", 89, LI, "register",
	  { "title", "清凉新村自来水发黄有异味，多户反映", "urgency", "特急", "source", "热线",
	    "street", "天宁", "category", "水质异常", "reporter", "陈晓华", "phone", "13912348821",
	    "address", "清凉新村12幢", "text",
	    "今天下午起自来水发黄，放置半小时后有沉淀，闻着有铁锈味，楼上楼下十几户都一样。\n"
	    "已经打过自来水公司电话，说是管网检修，但没有贴通知。家里有老人和婴儿，请尽快处理。",
	    NULL } },
	{ "water", 88, LI, "accept", { NULL } },
	{ "water", 86, LI, "assign", { "holder", "水务局", "assist", "自来水公司", NULL } },
	{ "water", 81, SHUI, "sign", { NULL } },
	{ "water", 80, SHUI, "contact", { "note", "已与来电人通话", NULL } },
	{ "road", 64, LI, "register",
	  { "title", "金色新城北门路面塌陷，围挡只有一根绳子，夜间电动车险些掉进坑里", "urgency",
	    "急", "source", "网格", "street", "青龙", "category", "路面破损塌陷", NULL } },
	{ "road", 62, LI, "accept", { NULL } },
	{ "road", 57, LI, "assign", { "holder", "住建局", NULL } },
	{ "dregs", 300, LI, "register",
	  { "title", "青洋路夜间渣土车遗撒", "urgency", "平", "source", "城管", "street", "天宁",
	    "category", "渣土遗撒", NULL } },
	{ "dregs", 280, LI, "accept", { NULL } },
	{ "noise", 26, LI, "register",
	  { "title", "红梅夜市油烟噪声扰民", "urgency", "急", "source", "微警务", "street", "红梅",
	    "category", "噪声扰民", NULL } },
	{ "lamp", 1700, LI, "register",
	  { "title", "Street lamp 17 out <\x1b[31mred\x1b[0m>", "urgency", "平", "source",
	    "领导", "street", "雕庄", "category", "路灯不亮", NULL } },
	{ "lamp", 1690, LI, "accept", { NULL } },
	{ "lamp", 1680, LI, "assign", { "holder", "住建局", NULL } },
	{ "lamp", 1600, ZHU, "sign", { NULL } },
	{ "lamp", 400, ZHU, "handle", { "result", "灯泡已更换，现场已亮灯。", NULL } },
	{ "tree", 6000, LI, "register",
	  { "title", "行道树倒伏压住非机动车道", "urgency", "急", "source", "110", "street",
	    "茶山", "category", "树木倒伏", NULL } },
	{ "tree", 5990, LI, "accept", { NULL } },
	{ "tree", 5980, LI, "assign", { "holder", "园林所", NULL } },
	{ "tree", 5970, "赵强", "yuanlin", "dept", "sign", { NULL } },
	{ "tree", 5700, "赵强", "yuanlin", "dept", "handle", { "result", "已清运。", NULL } },
	{ "tree", 5600, LI, "verify_ok", { NULL } },
	{ "tree", 5500, LI, "close", { "satisfaction", "满意", NULL } },
};

/* Other callers about "water". */
static const struct did same[] = {
	{ "water2", 30, LI, "register",
	  { "title", "清凉新村自来水发黄，有铁锈味", "urgency", "急", "source", "网格", "street",
	    "天宁", "category", "水质异常", "address", "清凉新村9幢", "text",
	    "清凉新村9幢的自来水从下午起发黄，放置后有沉淀，十几户都一样。", NULL } },
	{ "water3", 12, LI, "register",
	  { "title", "反映清凉新村的水是黄的", "urgency", "平", "source", "热线", "street", "天宁",
	    "category", "水质异常", "text", "水龙头出来的自来水发黄，不敢喝。", NULL } },
};

static const struct did imported[] = {
	{ "old", 30, "system", "zhongxin", "system", "register",
	  { "title", "请求A市地铁2#线在梅溪湖CBD处增设一个站", "source", "taidi-hot", "src_no",
	    "286572", "reporter", "A23525", "reported_at", "2018-10-27T15:13:26+08:00", "historic",
	    "1", "attr", "up=0", "attr", "down=3", "text", "领导好！今天游了A3区山。", NULL } },
};

static const struct did elsewhere[] = {
	{ "noise", 1, LI, "accept", { NULL } },
	{ "fire", 1, LI, "register",
	  { "title", "朝阳桥下废品堆放点起火", "urgency", "特急", "source", "应急", "street",
	    "兰陵", "category", "火情", NULL } },
};

static const struct did people[] = {
	{ "person 1", 0, "system", "zhongxin", "system", "enlist",
	  { "name", "李敏", "org", "zhongxin", "role", "duty", "phone", "0519-86660001", NULL } },
	{ "person 2", 0, "system", "zhongxin", "system", "enlist",
	  { "name", "周明", "org", "zhongxin", "role", "leader", "phone", "13861120001", NULL } },
	{ "person 3", 0, "system", "zhongxin", "system", "enlist",
	  { "name", "赵刚", "org", "zhongxin", "role", "chief", NULL } },
	{ "person 4", 0, "system", "zhongxin", "system", "enlist",
	  { "name", "王建国", "org", "zhongxin", "role", "chief", "phone", "13861120002", NULL } },
	{ "person 5", 0, "system", "shuiwu", "system", "enlist",
	  { "name", "孙立", "org", "shuiwu", "role", "chief", "phone", "13861120003", NULL } },
};

/* The caller of "water" as a console has him that may not hold his name and number. */
static void mask(struct world *world)
{
	struct error err = ERROR_INIT;
	struct uuid id = uuid_named("water");
	struct effect effect = { .kind = KIND_INCIDENT, .id = id };
	struct entry entry = { .act = world->last, .seq = ++world->seq, .effects = &effect,
			       .n_effects = 1, .recv = world->fixed.now, .eff = world->fixed.now };
	struct str masked = STR_INIT;
	void *entity;

	world_must(cache_get(world->cache, KIND_INCIDENT, &id, &world->arena, &entity, &err), &err,
		   "water");
	effect.from = ((struct entity *)entity)->version;
	effect.to = effect.from + 1;
	mask_text(&masked, ((struct incident *)entity)->phone);
	effect_set_text(&effect, &world->arena, "phone", str_get(&masked));
	str_clear(&masked);
	mask_text(&masked, ((struct incident *)entity)->reporter);
	effect_set_text(&effect, &world->arena, "reporter", str_get(&masked));
	str_release(&masked);
	entry.act.target.id = id;
	entry.act.id = uuid_v7(&world->env);
	world_must(world_apply(world, &entry, &err), &err, "cache");
}

/* A text of 400 numbered sentences, longer than any page. */
static void admit_long(struct world *world)
{
	struct str text = STR_INIT;
	struct did did = { "long", 20, LI, "register", { "title", "长文来信：小区物业与业委会纠纷",
			   "urgency", "平", "source", "热线", "street", "茶山", "text" } };

	for (int i = 1; i <= 400; i++)
		str_addf(&text, "第%d条：物业费涨价没有经过业主大会，公共收益也没有公示。", i);
	str_add(&text, "以上就是最后一句。");
	did.words[9] = text.s;
	did.words[8] = "text";
	world_admit(world, &did);
	str_release(&text);
}

void world_admit_all(struct world *world, const struct did *did, size_t n)
{
	for (size_t i = 0; i < n; i++)
		world_admit(world, &did[i]);
}

bool world_make(struct world *world, const char *name)
{
	struct error err = ERROR_INIT;
	bool fresh = strcmp(name, "fresh") == 0;

	world->fixed = (struct env_fixed){ civil_to_ms(&night, CIVIL_CHINA), 7 };
	world->env = env_fixed(&world->fixed);
	world->serial = 401;
	world->profile_name = str_starts(name, "city") || strcmp(name, "round") == 0 ? "city"
			      : strcmp(name, "league") == 0 ? "xingan"
			      : strcmp(name, "street") == 0 ? "huicheng"
							    : "tianning";
	if (strcmp(name, "whistle-street") == 0) {
		world->org = "320402004";
		world->role = "street";
	} else if (strcmp(name, "meeting-dept") == 0) {
		world->org = "shuiwu";
		world->role = "dept";
	} else if (strcmp(name, "whistle-dept") == 0) {
		world->org = "shijian";
		world->role = "dept";
	}
	open_folder(world, strcmp(name, "city") == 0 || strcmp(name, "round") == 0);
	if (!fresh)
		world_must(store_tx(world->cache, put_documents, world, &err), &err, "documents");
	if (strcmp(name, "board") == 0 || strcmp(name, "same") == 0) {
		world_admit_all(world, board, ARRAY_LEN(board));
		world_admit_all(world, imported, ARRAY_LEN(imported));
		if (strcmp(name, "same") == 0)
			world_admit_all(world, same, ARRAY_LEN(same));
		return true;
	}
	if (str_starts(name, "city")) { /* "city" at a district, "city-centre" at the top */
		world_city(world);
		return true;
	}
	if (strcmp(name, "round") == 0) {
		world_round(world);
		return true;
	}
	if (str_starts(name, "whistle")) { /* "whistle" at the centre, "whistle-street", "whistle-dept" */
		world_whistle(world);
		return true;
	}
	if (strcmp(name, "street") == 0) {
		world_street(world);
		return true;
	}
	if (strcmp(name, "league") == 0) {
		world_league(world);
		return true;
	}
	if (strcmp(name, "handover") == 0) {
		world_admit_all(world, board, ARRAY_LEN(board));
		world_handover(world);
		return true;
	}
	if (strcmp(name, "log") == 0) {
		world_log(world);
		return true;
	}
	if (str_starts(name, "slots")) { /* "slots-none": nobody can come */
		world_slots(world, strcmp(name, "slots-none") == 0);
		return true;
	}
	if (strcmp(name, "roster") == 0) {
		world_roster(world);
		return true;
	}
	if (str_starts(name, "meeting")) { /* "meeting" at the centre, "meeting-dept" */
		world_meeting(world);
		return true;
	}
	if (strcmp(name, "long") == 0) {
		admit_long(world);
		return true;
	}
	return fresh || strcmp(name, "empty") == 0;
}

/* The server judged the first act of the outbox, after somebody else's. */
static void refuse(struct world *world)
{
	struct error err = ERROR_INIT;
	struct outbox_row *rows;
	struct outbox_answer answer = { .refused = true, .code = "REFUSED",
					.sentence = "不能办理“受理”：现处于“交办”环节" };
	struct str theirs = STR_INIT;
	void *entity;
	size_t n;

	world_must(outbox_list(world->outbox, &world->arena, &rows, &n, &err), &err, "outbox");
	if (cache_get(world->cache, KIND_MODE, &rows[0].target, &world->arena, &entity, NULL) != ERR_OK)
		world_must(cache_get(world->cache, KIND_INCIDENT, &rows[0].target, &world->arena,
				     &entity, &err),
			   &err, "theirs");
	entity_encode(entity, &theirs);
	answer.id = rows[0].id;
	answer.theirs = theirs.s;
	answer.theirs_len = theirs.len;
	world_must(outbox_answers(world->outbox, &answer, 1, &err), &err, "answer");
	str_release(&theirs);
}

struct data_at {
	int64_t at;
};

static enum err put_data_at(struct store *store, void *ctx, struct error *err)
{
	return store_meta_set_int(store, "data_at", ((struct data_at *)ctx)->at, err);
}

void world_data_at(struct world *world, int64_t at)
{
	struct data_at data = { at };
	struct error err = ERROR_INIT;

	world_must(store_tx(world->cache, put_data_at, &data, &err), &err, "data_at");
}

static enum err put_cursor(struct store *store, void *ctx, struct error *err)
{
	return store_meta_set_int(store, "cursor", ((struct world *)ctx)->seq, err);
}

void world_cursor(struct world *world)
{
	struct error err = ERROR_INIT;

	world_must(store_tx(world->cache, put_cursor, world, &err), &err, "cursor");
}

/* All that waits has gone out; no answer has come. */
static void send_all(struct world *world)
{
	struct error err = ERROR_INIT;

	world_must(outbox_mark_sent(world->outbox, 0, INT32_MAX, &err), &err, "sent");
}

bool world_change(struct world *world, const char *name)
{
	if (strcmp(name, "refused") == 0) {
		refuse(world);
		return true;
	}
	if (strcmp(name, "sent") == 0) {
		send_all(world);
		return true;
	}
	if (strcmp(name, "quiet") == 0) {
		world_quiet(world);
		return true;
	}
	if (strcmp(name, "masked") == 0) {
		mask(world);
		return true;
	}
	if (strcmp(name, "people") == 0) {
		world_admit_all(world, people, ARRAY_LEN(people));
		return true;
	}
	if (strcmp(name, "said") == 0) {
		world_meeting_said(world);
		return true;
	}
	if (strcmp(name, "approved") == 0) {
		world_whistle_approved(world);
		return true;
	}
	if (strcmp(name, "handover-tampered") == 0) {
		world_handover_tampered(world);
		return true;
	}
	if (strcmp(name, "elsewhere") != 0)
		return world_desk_change(world, name);
	world_admit_all(world, elsewhere, ARRAY_LEN(elsewhere));
	return true;
}

void world_free(struct world *world)
{
	struct error err = ERROR_INIT;

	store_close(world->cache);
	store_close(world->outbox);
	profile_free(world->profile);
	workdays_free(world->days);
	arena_release(&world->arena);
	if (dir_remove_all(world->dir, &err) != ERR_OK)
		printf("# %s\n", err.text);
}
