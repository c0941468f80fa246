/* A city of four levels at night, in an emergency: what the page and the board show of levels, shares,
 * clocks that stand still, calls, things owed, and of the mode. */
#include <config.h>

#include "world.h"

#include "zhiban/base/mem.h"

#define LI "李敏", "990101", "duty"
#define CHIEF "钱进", "zhongxin", "chief"
#define LEADER "王建国", "zhongxin", "leader"
#define CITY "周城", "zhongxin", "duty"
#define STREET "赵丽", "990101001", "street"
#define HASH "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

/* Water in an underpass: done by telephone, asked for from the city, overdue things beside it. */
static const struct did flood[] = {
	{ "flood", 150, STREET, "register",
	  { "title", "望云街下穿通道积水，三辆车熄火，有人被困", "urgency", "特急", "category",
	    "路面破损塌陷", "street", "望云街道", "address", "望云街下穿通道", "text",
	    "水深过膝，还在涨。", NULL } },
	{ "flood", 149, LI, "accept", { NULL } },
	{ "flood", 148, LI, "assign", { "holder", "云东住建", "assist", "云东交通", NULL } },
	{ "flood", 143, LI, "sign", { "note", "人已在路上", NULL },
	  { .org = "990101_zj", .rung = "云东住建值班 0999-00001043", .answered_by = "老周",
	    .wording = "收到，泵车十分钟内出发", .at = 143 } },
	{ "flood", 141, LI, "dispatch",
	  { "unit", "住建抢险队", "people", "12", "vehicles", "3", "chief_name", "刘强", "chief_phone",
	    "0999-8600", NULL } },
	{ "flood", 120, LI, "arrive", { "unit", "住建抢险队", NULL },
	  { .org = "990101_zj", .rung = "刘强", .at = 121 } },
	{ "flood", 118, LI, "scene",
	  { "trapped", "3", "moved", "12", "water_cm", "80", "rain_mm", "46", NULL } },
	{ "flood", 100, LI, "call",
	  { "rung", "云东交通 0999-00001054", "answered", "小何", "gist", "两头已封路，绕行牌已摆",
	    NULL } },
	{ "flood", 95, LI, "call_later",
	  { "call_at", "2026-11-22 02:21", "whom", "报警人", "note", "问人是否都上来了", NULL } },
	{ "flood", 90, LI, "notify",
	  { "recipient", "望云街道", "recipient", "云东交通", "words", "下穿通道一律封闭，未通知不得放行",
	    "notice_class", "橙色预警", NULL } },
	{ "flood", 85, STREET, "receipt", { NULL } },
	{ "flood", 60, CITY, "instruct",
	  { "leader", "王建国", "words", "先救人，再排水；市级泵车马上调。", "means", "电话", NULL } },
	{ "flood", 50, LI, "escalate", { "reason", "缺大流量泵车，请市级调度", NULL } },
	{ "flood", 45, CITY, "assign", { "holder", "市水务局", "assist", "市交通局", NULL } },
	{ "flood", 40, CHIEF, "supervise",
	  { "channel", "督办", "words", "水务局泵车到位情况每半小时报一次", NULL } },
	{ "flood", 20, LI, "attach",
	  { "file_name", "下穿通道-0221.jpg", "file_size", "482133", "file_hash", HASH, "file_kind",
	    "before", NULL } },
};

/* Away and back again, then twice given back. */
static const struct did turned[] = {
	{ "gas", 400, LI, "register",
	  { "title", "北桥街道老楼燃气味", "urgency", "急", "street", "北桥街道", "address",
	    "北桥路7号", NULL } },
	{ "gas", 395, LI, "accept", { NULL } },
	{ "gas", 390, LI, "assign", { "holder", "云东住建", NULL } },
	{ "gas", 380, "孙丽", "990101_zj", "dept", "return",
	  { "reason", "燃气不归住建管", "list_line", "none", NULL } },
	{ "gas", 370, LI, "assign", { "holder", "云东应急", NULL } },
};

/* And round: to who had it first; related with the flood of that night. */
static const struct did again[] = {
	{ "gas", 300, "马强", "990101_yjj", "dept", "return",
	  { "reason", "应急只管处置，不管管线", "list_line", "none", NULL } },
	{ "gas", 290, LI, "assign", { "holder", "云东住建", "assist", "云东应急", NULL } },
	{ "gas", 280, LI, "relate", { "related", "flood", "note", "同一夜，同一施工队", NULL } },
	{ "gas", 270, LI, "relate", { "related", "110-20261122-77", NULL } },
};

static const struct did still[] = {
	{ "tree", 900, LI, "register",
	  { "title", "青桐街道古树倾斜待专家鉴定", "urgency", "平", "street", "青桐街道", "address",
	    "青桐路", NULL } },
	{ "tree", 890, LI, "accept", { NULL } },
	{ "tree", 880, LI, "assign", { "holder", "云东园林", NULL } },
	{ "tree", 870, "吴园", "990101_yl", "dept", "sign", { NULL } },
	{ "tree", 800, "吴园", "990101_yl", "dept", "pause",
	  { "until", "2026-11-25 09:00", "reason", "等专家鉴定", NULL } },
	{ "fence", 2000, LI, "register",
	  { "title", "拆迁围挡长期未清", "category", "乱堆乱放", "urgency", "平", "street",
	    "望云街道", "address", "望云街", NULL } },
	{ "fence", 1990, LI, "accept", { NULL } },
	{ "fence", 1980, LI, "shelve",
	  { "review_at", "2026-12-20 09:00", "reason", "权属诉讼中", NULL },
	  { .role = "leader", .rung = "王建国", .answered_by = "本人", .wording = "同意挂账",
	    .at = 1980 } },
};

static const struct did joined[] = {
	{ "twin", 110, LI, "register",
	  { "title", "望云街下穿积水（另一位市民来电）", "urgency", "特急", "street", "望云街道",
	    "address", "望云街下穿通道", NULL } },
	{ "twin", 109, LI, "accept", { NULL } },
};

static const struct did war[] = {
	{ "mode", 130, LEADER, "mode",
	  { "mode", "war2", "reason", "暴雨红色预警，三处积水", NULL } },
};

void world_city(struct world *world)
{
	world_admit_all(world, still, ARRAY_LEN(still));
	world_admit_all(world, flood, 5);
	world_admit_all(world, war, ARRAY_LEN(war));
	world_admit_all(world, flood + 5, ARRAY_LEN(flood) - 5);
	world_admit_all(world, turned, ARRAY_LEN(turned));
	world_admit_all(world, joined, ARRAY_LEN(joined));
}

void world_round(struct world *world)
{
	world_city(world);
	world_admit_all(world, again, ARRAY_LEN(again));
}

void world_quiet(struct world *world)
{
	static const struct did digest[] = {
		{ "mode", 0, "system", "zhongxin", "system", "digest",
		  { "digest_from", "2026-11-21 22:00", "digest_to", "2026-11-22 02:41", "urges", "5",
		    "overdue", "2", "listed", "1", NULL } },
	};

	world_admit_all(world, digest, ARRAY_LEN(digest));
}
