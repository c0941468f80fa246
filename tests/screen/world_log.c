/* A night at the centre: cases that came in, what was written into the duty log, one entry later than it
 * happened, calls to a street of which one was answered, a leader who is away. */
#include <config.h>

#include "world.h"

#include "zhiban/base/mem.h"

#define LI "李敏", "zhongxin", "duty"

static const struct did cases[] = {
	{ "water", 89, LI, "register",
	  { "title", "清凉新村自来水发黄有异味，多户反映", "urgency", "特急", "source", "热线",
	    "street", "天宁", "category", "水质异常", NULL } },
	{ "water", 88, LI, "accept", { NULL } },
	{ "water", 86, LI, "assign", { "holder", "水务局", NULL } },
	{ "road", 64, LI, "register",
	  { "title", "金色新城北门路面塌陷", "urgency", "急", "source", "网格", "street", "青龙",
	    "category", "路面破损塌陷", NULL } },
	{ "road", 62, LI, "accept", { NULL } },
	{ "road", 58, LI, "assign", { "holder", "住建局", NULL } },
	{ "road", 30, LI, "recall", { "reason", "属城管职责", NULL } },
};

static const struct {
	const char *name;
	int64_t before;
	const char *words[24];
} records[] = {
	{ "R note", 400, { "sort", "note", "title", "指挥大厅备用电源切换正常", NULL } },
	{ "R paper", 300,
	  { "sort", "paper", "title", "关于做好强降雨防范的通知", "party", "市防指", "paper_no",
	    "防汛〔2026〕31号", "due", "2026-11-22 06:00", NULL } },
	{ "R late", 20,
	  { "sort", "call", "title", "市民询问停水多久", "party", "周女士", "happened_at",
	    "2026-11-22 01:30", NULL } },
	{ "R out", 200,
	  { "sort", "outing", "title", "外出报备", "party", "吴凯", "place", "南京", "from_at",
	    "2026-11-21 20:00", "to_at", "2026-11-22 20:00", "deputy", "王建国", "deputy_phone",
	    "13861120002", NULL } },
	{ "R rung 1", 40,
	  { "sort", "call", "title", "呼叫 指挥中心 副班 林涛", "outward", "1", "rung_org", "zhongxin",
	    "rung_post", "deputy", "party", "林涛", NULL } },
	{ "R rung 2", 35,
	  { "sort", "call", "title", "呼叫 指挥中心 值班长 钱进", "outward", "1", "rung_org", "zhongxin",
	    "rung_post", "chief", "party", "钱进", "answered", "钱进", "words", "说马上到大厅", NULL } },
};

/* Notes on the cases, each at its moment: what stood on the case's page then is gone through again. */
static void note_about(struct world *world, const char *mark, const char *name, const char *no,
		       const char *title, int64_t before)
{
	struct uuid id = uuid_named(mark), about = uuid_named(name);
	const char *words[] = { "sort", "note", "title", title, "about_kind", "incident", "about", NULL,
				"about_no", no, NULL };
	char text[UUID_TEXT];

	uuid_text(&about, text);
	words[7] = text;
	world_admit_near(world, KIND_RECORD, "log", &id, before, LI, words);
}

void world_log(struct world *world)
{
	world_roster(world);
	world_admit_all(world, cases, ARRAY_LEN(cases));
	for (size_t i = 0; i < ARRAY_LEN(records); i++) {
		struct uuid id = uuid_named(records[i].name);

		world_admit_near(world, KIND_RECORD, "log", &id, records[i].before, LI,
				 records[i].words);
	}
	note_about(world, "R held", "road", "22-0402", "住建局称已派抢修队", 50);
	note_about(world, "R recalled", "road", "22-0402", "塌陷改由城管局处置，待重新交办", 25);
}
