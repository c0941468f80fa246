/* Meetings to be fitted between rosters, other meetings and rooms: one without a time, others that stand in
 * its way; "slots-none": one that nobody can make. */
#include <config.h>

#include "world.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/meeting.h"

#define LEADER "周明", "zhongxin", "leader"

/* words: argument, value, …; the meeting has that name here. */
static void convene(struct world *world, const char *name, int64_t before, const char *const *words)
{
	struct uuid id = uuid_named(name);

	world_admit_near(world, KIND_MEETING, "convene", &id, before, LEADER, words);
}

static void book(struct world *world, const char *room, const char *from, const char *to,
		 const char *title)
{
	const char *centre = world->profile->rules.centre;
	struct uuid id = room_id(centre, room);
	const char *words[] = { "org", centre, "room_name", room, "from_at", from, "to_at", to,
				"booked_for", title, NULL };

	world_admit_near(world, KIND_ROOM, "book", &id, 30, LEADER, words);
}

void world_slots(struct world *world, bool none)
{
	/* who sits here stands in the roster; departments send somebody */
	const char *weekly[] = { "series", "weekly", "attend", "zhongxin\tchair\t周明\t主任",
				 "attend", "zhongxin\tmust\t陈晓华", "attend", "shuiwu\tmust",
				 "attend", "zhujian\tmust", "attend", "gongan\tmay",
				 "attend", "chengguan\tmay", "attend", "rexian\tmay\t马超",
				 "quorum", "4", NULL };
	const char *water[] = { "title", "供水管网改造协调会", "starts", "2026-11-24 14:30",
				"ends", "2026-11-24 16:30", "room", "研判室", "attend",
				"shuiwu\tmust", "attend", "chengguan\tmay", "attend",
				"zhongxin\tmust\t李敏", "chair", "王建国", NULL };
	const char *police[] = { "title", "冬季消防专班会议", "starts", "2026-11-26 09:00",
				 "ends", "2026-11-26 12:00", "room", "培训室", "attend",
				 "gongan\tmust", "attend", "zhujian\tmay", "attend",
				 "zhongxin\tmust\t孙丽", "chair", "吴凯", NULL };
	const char *away[] = { "from_at", "2026-11-22 08:00", "to_at", "2026-12-12 00:00", "reason",
			       "外出学习", NULL };
	struct uuid who = uuid_named("周明");

	world_roster(world);
	world->whistles = 0; /* meetings are numbered from one */
	convene(world, "meeting weekly", 600, weekly);
	convene(world, "meeting water", 500, water);
	convene(world, "meeting police", 400, police);
	book(world, "研判室", "2026-11-25 08:30", "2026-11-25 12:00", "保供电会商");
	book(world, "培训室", "2026-11-25 08:30", "2026-11-25 17:30", "网格员培训");
	book(world, "指挥室", "2026-11-25 08:30", "2026-11-25 10:30", "视频调度");
	if (none)
		world_admit_near(world, KIND_STAFF, "timeoff", &who, 20, LEADER, away);
}
