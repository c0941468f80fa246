/* Joint meetings: one that was held, whose minutes are being signed and whose tasks run; one that is called,
 * with answers of every sort; one that is drawn up; items, and candidates for more. */
#include <config.h>

#include "world.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/meeting.h"

#define LI "李敏", "zhongxin", "duty"
#define ZHOU "周明", "zhongxin", "leader"
#define SHUI "孙立", "shuiwu", "dept"
#define ZHU "郭亮", "zhujian", "dept"
#define CHENG "陆建明", "chengguan", "dept"
#define GONGAN "徐峰", "gongan", "dept"
#define HUAN "许静", "huanjing", "dept"
#define WANGGE "冯刚", "wangge", "dept"
#define ZONGZHI "韩雪", "zongzhi", "dept"

enum { DEPTH = 4, MOST_WORDS = 24 };

static const struct did cases[] = {
	{ "car", 9000, LI, "register",
	  { "title", "丽华三村僵尸车占道三年无人认领", "urgency", "平", "source", "热线", "street",
	    "茶山", NULL } },
	{ "car", 8990, LI, "accept", { NULL } },
	{ "car", 8980, LI, "assign", { "holder", "城管局", NULL } },
	{ "car", 8900, CHENG, "return", { "reason", "车辆属公安交管", NULL } },
	{ "car", 8800, LI, "assign", { "holder", "公安分局", NULL } },
	{ "car", 8700, "徐峰", "gongan", "chief", "return", { "reason", "小区内道路不属公安", NULL } },
	{ "car", 8600, LI, "assign", { "holder", "城管局", NULL } },
	{ "car", 8500, "陆建明", "chengguan", "leader", "return", { "reason", "产权不清", NULL } },
	{ "smell", 7000, LI, "register",
	  { "title", "采菱路餐饮街油烟直排，反复投诉两年", "urgency", "平", "source", "热线", "street",
	    "红梅", NULL } },
	{ "smell", 6990, LI, "accept", { NULL } },
	{ "smell", 6980, LI, "assign", { "holder", "城管局", "assist", "生态环境局", NULL } },
	{ "smell", 6900, LI, "hard", { "reason", "多部门职责交叉", NULL } },
	{ "roof", 5000, LI, "register",
	  { "title", "翠竹新村顶楼加建，住户联名信访", "urgency", "急", "source", "信访", "street",
	    "天宁", NULL } },
	{ "roof", 4990, LI, "accept", { NULL } },
	{ "roof", 4980, LI, "assign", { "holder", "城管局", "assist", "住建局", NULL } },
	{ "roof", 4900, LI, "propose", { "reason", "街道请求区级协调", NULL } },
	{ "well", 4000, LI, "register",
	  { "title", "雕庄工业园雨污混接，河道发黑", "urgency", "急", "source", "网格", "street",
	    "雕庄", NULL } },
	{ "well", 3990, LI, "accept", { NULL } },
	{ "well", 3980, LI, "assign", { "holder", "水务局", "assist", "生态环境局", NULL } },
	{ "well", 3900, LI, "hard", { "reason", "权属不清", NULL } },
	{ "shed", 3000, LI, "register",
	  { "title", "兰陵路非机动车棚违建占用消防通道", "urgency", "急", "source", "网格", "street",
	    "兰陵", NULL } },
	{ "shed", 2990, LI, "accept", { NULL } },
	{ "shed", 2980, LI, "assign", { "holder", "住建局", NULL } },
	{ "shed", 2900, LI, "propose", { "reason", "消防隐患多头管理", NULL } },
};

struct done { /* to a meeting, an item, a task; "@x" in words is the id of x, "%x/ORG" an attendee of x */
	enum kind kind;
	const char *name;
	int64_t before;
	const char *officer, *org, *role, *verb;
	const char *words[MOST_WORDS];
};

static const struct done story[] = {
	/* held last Wednesday, being countersigned */
	{ KIND_ITEM, "K wall", 9000, LI, "bring",
	  { "title", "青山湾小区围墙倾斜责任认定", "lead_org", "zhujian", "assist", "chengguan", NULL } },
	{ KIND_ITEM, "K wall", 8990, ZHOU, "approve", { NULL } },
	{ KIND_ITEM, "K river", 8980, LI, "bring",
	  { "title", "凤凰浜黑臭水体溯源", "lead_org", "shuiwu", "assist", "huanjing", NULL } },
	{ KIND_ITEM, "K river", 8970, ZHOU, "approve", { NULL } },
	{ KIND_MEETING, "M last", 8960, LI, "convene",
	  { "series", "weekly", "title", "联席工作例会", "starts", "2026-11-18 14:30", "room", "研判室",
	    "chair", "周明", "secretary", "李敏", "session", "46", "quorum", "4", NULL } },
	{ KIND_MEETING, "M last", 8950, LI, "agenda",
	  { "entry", "@K wall 1 20", "entry", "@K river 2 20", NULL } },
	{ KIND_MEETING, "M last", 8940, LI, "invite", { NULL } },
	{ KIND_MEETING, "M last", 8000, SHUI, "answer", { "answer", "accepted", NULL } },
	{ KIND_MEETING, "M last", 5043, LI, "open", { "reason", "应到已到多数", NULL } },
	{ KIND_MEETING, "M last", 5040, LI, "sign_in",
	  { "attendee", "%M last/shuiwu", "attendee", "%M last/zhujian", "attendee",
	    "%M last/huanjing", "attendee", "%M last/chengguan", "attendee", "%M last/wangge",
	    "presence", "present", NULL } },
	{ KIND_ITEM, "K wall", 5030, LI, "begin", { NULL } },
	{ KIND_ITEM, "K wall", 5015, LI, "resolve",
	  { "outcome", "agreed", "resolution", "由住建局牵头，一周内完成鉴定并加固。", NULL } },
	{ KIND_ITEM, "K wall", 5014, LI, "rest", { NULL } },
	{ KIND_ITEM, "K river", 5010, LI, "resolve",
	  { "outcome", "agreed", "resolution", "水务局牵头溯源，两周内公布排口清单。", NULL } },
	{ KIND_ACTION, "A wall", 5005, LI, "task",
	  { "item_id", "@K wall", "meeting_id", "@M last", "title", "完成围墙鉴定并加固", "words",
	    "委托有资质单位鉴定，险情未除前昼夜值守。", "lead_org", "zhujian", "assist", "chengguan",
	    "handle_by", "2026-11-21 17:30", NULL } },
	{ KIND_ACTION, "A river", 5004, LI, "task",
	  { "item_id", "@K river", "meeting_id", "@M last", "title", "公布凤凰浜排口清单", "lead_org", "shuiwu", "handle_by",
	    "2026-12-02 17:30", NULL } },
	{ KIND_MEETING, "M last", 5000, LI, "adjourn", { NULL } },
	{ KIND_ACTION, "A wall", 4900, ZHU, "sign", { NULL } },
	{ KIND_ACTION, "A river", 4000, SHUI, "sign", { NULL } },
	{ KIND_ACTION, "A river", 900, SHUI, "progress", { "note", "已排查 14 处排口。", NULL } },
	{ KIND_MEETING, "M last", 3800, LI, "submit", { NULL } },
	{ KIND_MEETING, "M last", 3000, SHUI, "sign", { NULL } },
	/* called for this Wednesday */
	{ KIND_ITEM, "K car", 2900, LI, "bring",
	  { "incident", "@car", "lead_org", "chengguan", "assist", "gongan", "minutes", "15", NULL } },
	{ KIND_ITEM, "K car", 2890, ZHOU, "approve", { NULL } },
	{ KIND_ITEM, "K smell", 2880, LI, "bring",
	  { "incident", "@smell", "lead_org", "chengguan", "assist", "huanjing", NULL } },
	{ KIND_ITEM, "K smell", 2870, ZHOU, "approve", { NULL } },
	{ KIND_ITEM, "K pipe", 2860, LI, "bring",
	  { "title", "老旧小区二次供水移交", "lead_org", "shuiwu", "assist", "zhujian", NULL } },
	{ KIND_ITEM, "K pipe", 2850, ZHOU, "approve", { NULL } },
	{ KIND_MEETING, "M next", 2840, LI, "convene",
	  { "series", "weekly", "title", "联席工作例会", "starts", "2026-11-25 14:30", "room", "研判室",
	    "line", "0519-00001902", "chair", "周明", "secretary", "李敏", "session", "47", NULL } },
	{ KIND_MEETING, "M next", 2830, LI, "agenda",
	  { "entry", "@K car 1 15", "entry", "@K pipe 2 15", "entry", "@K smell 3 20", NULL } },
	{ KIND_MEETING, "M next", 2825, LI, "collect",
	  { "until", "2026-11-22 00:30", "words", "两页以内，附照片", NULL } },
	{ KIND_MEETING, "M next", 2820, LI, "invite", { "note", "请牵头单位准备五分钟汇报。", NULL } },
	{ KIND_MEETING, "M next", 2700, SHUI, "see", { NULL } },
	{ KIND_MEETING, "M next", 2690, CHENG, "answer", { "answer", "accepted", NULL } },
	{ KIND_MEETING, "M next", 2600, HUAN, "answer",
	  { "answer", "delegated", "comer", "赵晓东", "comer_post", "大气科科长", "comer_phone",
	    "13861120088", NULL } },
	{ KIND_MEETING, "M next", 2500, GONGAN, "answer",
	  { "answer", "leave", "reason", "当日全省安保视频会", NULL } },
	{ KIND_MEETING, "M next", 2400, WANGGE, "answer", { "answer", "accepted", NULL } },
	{ KIND_ITEM, "K pipe", 2000, ZHU, "hand_in", { "words", "移交清单 31 个小区，附费用测算。", NULL } },
	/* another one, at the same time */
	{ KIND_ITEM, "K flood", 1900, LI, "bring",
	  { "title", "入冬前沟渠清淤", "lead_org", "shuiwu", NULL } },
	{ KIND_ITEM, "K flood", 1890, ZHOU, "approve", { NULL } },
	{ KIND_MEETING, "M flood", 1880, LI, "convene",
	  { "series", "single", "title", "入冬清淤专题会", "starts", "2026-11-25 14:00", "ends",
	    "2026-11-25 15:00", "room", "调解室", "chair", "吴凯", NULL } },
	{ KIND_MEETING, "M flood", 1870, LI, "agenda", { "entry", "@K flood 1 30", NULL } },
	{ KIND_MEETING, "M flood", 1860, LI, "invite", { NULL } },
	{ KIND_MEETING, "M flood", 1800, SHUI, "answer", { "answer", "accepted", NULL } },
	/* drawn up */
	{ KIND_MEETING, "M force", 1500, LI, "convene",
	  { "series", "task_force", "title", "网格专班会议", "chair", "区委副书记、政法委书记",
	    "chair2", "副区长、公安分局局长", NULL } },
	{ KIND_ITEM, "K shed", 1400, LI, "bring",
	  { "title", "飞线充电整治责任划分", "words", "沿街商铺与住宅混合区的责任边界。", "lead_org",
	    "yingji", "assist", "zhujian", NULL } },
};

/* ---- words ---- */

static const char *id_of(struct world *world, const struct uuid *id)
{
	char text[UUID_TEXT];

	uuid_text(id, text);
	return arena_strdup(&world->arena, text);
}

/* "@K wall 1 20": the numbers stay. */
static const char *meant(struct world *world, const char *words)
{
	const char *slash = strchr(words, '/');
	size_t len = strlen(words);
	struct uuid meeting, id;

	if (*words == '%' && slash) {
		meeting = uuid_named(arena_strndup(&world->arena, words + 1,
						   (size_t)(slash - words) - 1));
		id = attendee_id(&meeting, slash + 1, NULL);
		return id_of(world, &id);
	}
	if (*words != '@')
		return words;
	while (len && strchr(" 0123456789", words[len - 1]))
		len--;
	id = uuid_named(arena_strndup(&world->arena, words + 1, len - 1));
	return arena_printf(&world->arena, "%s%s", id_of(world, &id), words + len);
}

/* ---- acts, and what follows from them ---- */

void world_look_beside(struct world *world, const struct act *act, struct state *state)
{
	struct near_id *ids;
	const void **near;
	size_t n;

	decide_near(&world->profile->rules, act, state->entity, &world->arena, &ids, &n);
	near = arena_array(&world->arena, n + 1, sizeof *near);
	for (size_t i = 0; i < n; i++) {
		void *entity;

		if (cache_get(world->cache, ids[i].kind, &ids[i].id, &world->arena, &entity, NULL) ==
		    ERR_OK)
			near[state->n_near++] = entity;
	}
	state->near = near;
}

static void admit(struct world *world, const struct act *act, int64_t at, int depth)
{
	struct error err = ERROR_INIT;
	struct moment moment = { at, at };
	struct state state = { .serial = ++world->whistles };
	struct entry entry = { .act = *act, .seq = ++world->seq, .recv = at, .eff = at };
	struct decision decision;
	void *entity;

	if (cache_get(world->cache, act->target.kind, &act->target.id, &world->arena, &entity,
		      NULL) == ERR_OK)
		state.entity = entity;
	world_look_beside(world, act, &state);
	world_must(decide(&world->profile->rules, &state, act, &moment, &world->arena, &decision,
			  &err),
		   &err, act->desc->verb);
	entry.effects = decision.effects;
	entry.n_effects = decision.n_effects;
	world_must(world_apply(world, &entry, &err), &err, "cache");
	for (size_t i = 0; i < decision.n_follow && depth < DEPTH; i++)
		admit(world, &decision.follow[i], at, depth + 1);
}

static void tell(struct world *world, const struct done *done)
{
	const struct act_desc *desc = act_desc_of(done->kind, done->verb);
	int64_t at = world->fixed.now - done->before * MINUTE_MS;
	struct act act = { .id = uuid_v7(&world->env),
			   .desc = desc,
			   .target = { .kind = done->kind, .id = uuid_named(done->name) },
			   .actor = { done->officer, done->org, done->role },
			   .at = at };
	struct error err = ERROR_INIT;

	for (size_t i = 0; done->words[i]; i += 2) {
		const struct field *field = act_arg_field(desc, done->words[i]);
		struct value value;

		world_must(field ? ERR_OK : ERR_INPUT, &err, done->words[i]);
		world_must(rules_parse(&world->profile->rules, field,
				       meant(world, done->words[i + 1]), &world->arena, &value,
				       &err),
			   &err, done->words[i]);
		act_give(&act, field, value, &world->arena);
	}
	world->last = act;
	admit(world, &act, at, 0);
}

/* Another secretary writes of an item of the meeting that was held. */
void world_meeting_said(struct world *world)
{
	static const struct done said = { KIND_ITEM, "K wall", 1, "王建国", "zhongxin", "leader",
					  "discuss",
					  { "discussion", "鉴定单位已进场，初判为局部失稳。", "rev",
					    "1", NULL } };

	tell(world, &said);
	world_cursor(world);
}

void world_meeting(struct world *world)
{
	world_admit_all(world, cases, ARRAY_LEN(cases));
	for (size_t i = 0; i < ARRAY_LEN(story); i++)
		tell(world, &story[i]);
	world_cursor(world);
}
