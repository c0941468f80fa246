/* Whistles in their stages: one under way whose report-in has run out here and is disputed there, one
 * that the centre has to check, one that its leader has to approve, a draft. */
#include <config.h>

#include "world.h"

#include "zhiban/base/mem.h"
#include "zhiban/store/outbox_secret.h"

#define LI "李敏", "zhongxin", "duty"
#define HONG "顾海燕", "320402004", "street"
#define HONG_LEADER "沈立群", "320402004", "street_deputy"
#define TIAN "方琴", "320402005", "street"
#define SHIJIAN "蒋伟", "shijian", "dept"
#define CHENG "陆建明", "chengguan", "dept"
#define HUAN "许静", "huanjing", "dept"
#define GONGAN "徐峰", "gongan", "dept"

static const struct did whistles[] = {
	{ "oil", 900, LI, "register",
	  { "title", "红梅夜市油烟噪声扰民，二十余户反映", "urgency", "急", "source", "热线", "street",
	    "红梅", "category", "噪声扰民", "address", "红梅夜市南段", NULL } },
	{ "oil", 890, LI, "accept", { NULL } },
	{ "smoke", 880, LI, "register",
	  { "title", "红梅夜市摊位占道，油烟直排", "urgency", "平", "source", "网格", "street", "红梅",
	    "category", "噪声扰民", "address", "红梅夜市北段", NULL } },
	{ "W market", 640, HONG, "blow",
	  { "title", "红梅夜市油烟噪声扰民联合整治", "text",
	    "夜市摊位约四十个，油烟直排、占道和噪声反复投诉，单靠街道无执法权限。", "ground", "several",
	    "important", "1", "address", "红梅夜市", "street", "红梅", "report_by",
	    "2026-11-22 02:36", "assist", "市监局", "assist", "城管局", "assist", "生态环境局",
	    "assist", "公安分局", "incident", "oil", NULL } },
	{ "W market", 622, HONG_LEADER, "approve", { "note", "同意，请中心协调。", NULL }, { 0 }, true },
	{ "W market", 600, LI, "issue", { "note", "注意夜间到场安全", NULL }, { 0 }, true },
	{ "W market", 569, SHIJIAN, "sign",
	  { "comer", "蒋伟", "comer_post", "科长", "comer_phone", "13861120010", NULL }, { 0 }, true },
	{ "W market", 588, CHENG, "sign",
	  { "comer", "陆建明", "comer_post", "中队长", "comer_phone", "13861120011", NULL }, { 0 },
	  true },
	{ "W market", 500, CHENG, "contact", { NULL }, { 0 }, true },
	{ "W market", 290, SHIJIAN, "contact", { NULL }, { 0 }, true },
	{ "W market", 425, CHENG, "report_in",
	  { "comer", "陆建明", "comer_post", "中队长", "comer_phone", "13861120011", NULL }, { 0 },
	  true },
	{ "W market", 420, HONG, "confirm_in", { "share", "城管局", NULL }, { 0 }, true },
	{ "W market", 400, GONGAN, "sign", { NULL }, { 0 }, true },
	{ "W market", 300, GONGAN, "dispute",
	  { "claim", "not_ours", "reason", "现场无治安警情，属市场管理职责", NULL }, { 0 }, true },
	{ "W market", 60, HUAN, "sign",
	  { "comer", "许静", "comer_post", "副科长", "comer_phone", "13861120012", NULL }, { 0 }, true },
	{ "W market", 50, HUAN, "report_in",
	  { "comer", "许静", "comer_post", "副科长", "comer_phone", "13861120012", NULL }, { 0 }, true },
	{ "W market", 10, HONG, "call",
	  { "rung", "市监局值班室", "gist", "说人已出发，预计三点到场", NULL }, { 0 }, true },
	{ "W wall", 45, TIAN, "blow",
	  { "title", "青山湾北墙倾斜，已拉警戒线", "ground", "authority", "important", "1", "pressing",
	    "1", "address", "青山湾小区北门", "street", "天宁", "assist", "住建局", "assist", "应急局",
	    NULL } },
	{ "W wall", 40, "钱卫东", "320402005", "street_head", "approve", { NULL }, { 0 }, true },
	{ "W dogs", 30, HONG, "blow",
	  { "title", "流浪犬集中出没", "ground", "overlap", "street", "红梅", "assist", "公安分局",
	    "assist", "农业农村局", NULL } },
	{ "W pipes", 20, HONG, "blow",
	  { "title", "老旧小区管网改造扰民协调", "ground", "phase", "street", "红梅", "assist", "住建局",
	    "draft", "1", NULL } },
};

/* As the server has told the console that shows the codes. */
static void put_secret(struct world *world)
{
	struct uuid id = uuid_named("W market");
	unsigned char secret[ARRIVAL_SECRET];
	struct error err = ERROR_INIT;

	for (size_t i = 0; i < sizeof secret; i++)
		secret[i] = (unsigned char)(i * 7);
	world_must(outbox_secret_put(world->outbox, &id, secret, &err), &err, "secret");
}

void world_whistle(struct world *world)
{
	world_admit_all(world, whistles, ARRAY_LEN(whistles));
	if (world->org)
		put_secret(world);
}

void world_whistle_approved(struct world *world)
{
	static const struct did approved[] = {
		{ "W dogs", 0, HONG_LEADER, "approve", { NULL }, { 0 }, true },
	};

	world_admit_all(world, approved, ARRAY_LEN(approved));
}
