/* A league: three departments with a share each, and a banner's centre that runs the case; and a street
 * under a district. */
#include <config.h>

#include "world.h"

#include "zhiban/base/mem.h"

#define LI "李敏", "152201", "duty"
#define ROADS "赵强", "152201zj", "dept"

static const struct did shares[] = {
	{ "heat", 3000, LI, "register",
	  { "title", "乌兰街供热管道破裂，路面塌陷", "urgency", "急", "source", "网格", "category",
	    "供热", "street", "152201001", "address", "乌兰街18号", "type", "complex", NULL } },
	{ "heat", 2990, LI, "accept", { NULL } },
	{ "heat", 2980, LI, "assign",
	  { "holder", "152201zj", "assist", "152201cg", "assist", "152201ga", NULL } },
	{ "heat", 2900, ROADS, "sign", { NULL } },
	{ "heat", 2890, "周城", "152201cg", "dept", "sign", { NULL } },
	{ "heat", 2000, ROADS, "handle", { "result", "管道已更换，路面已回填", NULL } },
	{ "heat", 1990, "周城", "152201cg", "dept", "extend_ask",
	  { "extend_by", "3wd", "reason", "围挡拆除要等管道试压", NULL } },
};

void world_league(struct world *world)
{
	world_admit_all(world, shares, ARRAY_LEN(shares));
}

/* A street with a list of its own, between a station below it and the district above. */
#define STATION "叶站", "441302010001", "street"
#define CLERK "曾街", "441302010", "street"

static const struct did levels[] = {
	{ "wall", 600, STATION, "register",
	  { "title", "小区外墙瓷砖脱落，砸到路边车辆", "urgency", "急", "reporter", "刘六", "phone",
	    "13800007777", NULL } },
	{ "wall", 590, STATION, "accept", { NULL } },
	{ "wall", 580, STATION, "escalate", { "reason", "需街道协调物业", NULL } },
	{ "wall", 570, CLERK, "accept", { NULL } },
	{ "wall", 560, CLERK, "assign", { "holder", "441302010", NULL } },
	{ "wall", 550, "江街", "441302010", "street", "sign", { NULL } },
	{ "wall", 500, "江街", "441302010", "street", "escalate",
	  { "reason", "涉及建筑质量，需住建部门", NULL } },
	{ "wall", 490, "郭中", "wangge", "duty", "accept", { NULL } },
	{ "wall", 480, "郭中", "wangge", "duty", "assign", { "holder", "住建局", NULL } },
};

void world_street(struct world *world)
{
	world_admit_all(world, levels, ARRAY_LEN(levels));
}
