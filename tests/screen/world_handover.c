/* Earlier handovers of the centre: each follows the one before, the last but one was closed with
 * an item unread, the last waits for its witness.  And calls and papers in the register. */
#include <config.h>

#include "world.h"

#include "zhiban/base/mem.h"
#include "zhiban/domain/handover.h"

enum { HOUR = 60 };

static const struct {
	int64_t before; /* minutes: when it was taken over */
	const char *out, *in, *third;
	const char *shift, *starts, *ends;
	const char *reason; /* nothing was read */
} shifts[] = {
	{ 66 * HOUR + 15, "孙丽", "陈晓华", "赵刚", "night", "2026-11-18 17:30", "2026-11-19 08:30", NULL },
	{ 33 * HOUR + 10, "陈晓华", "刘洋", "赵刚", "day", "2026-11-20 08:30", "2026-11-20 17:30",
	  "火警在途，先接班" },
	{ 9 * HOUR + 13, "刘洋", "李敏", NULL, "day", "2026-11-21 08:30", "2026-11-21 17:30", NULL },
};

static struct uuid hand_over(struct world *world, size_t i, const struct uuid *before)
{
	const char *item = "overdue\tincident\t0198a1b2-0000-7000-8000-00000000000a\t18-0409\t0\t"
			   "金色新城北门路面塌陷\t住建局 签收";
	const char *words[20] = { "org", "zhongxin", "plan_code", "centre", "shift", shifts[i].shift,
				  "starts", shifts[i].starts, "ends", shifts[i].ends, "item", item };
	struct uuid id = handover_id("zhongxin", "centre", before);
	const char *give[] = { "words", "东边管网今晚检修，热线可能有一批停水来电。", NULL };
	const char *take[] = { shifts[i].reason != NULL ? "reason" : NULL, shifts[i].reason, NULL };
	const char *none[] = { NULL };
	char text[UUID_TEXT];
	size_t n = 12;

	if (!uuid_is_nil(before)) {
		uuid_text(before, text);
		words[n++] = "before";
		words[n++] = arena_strdup(&world->arena, text);
	}
	words[n] = NULL;
	world_admit_near(world, KIND_HANDOVER, "hand_over", &id, shifts[i].before + 40, shifts[i].out,
			 "zhongxin", "duty", words);
	if (shifts[i].reason == NULL) {
		struct uuid one = uuid_child(&id, "overdue incident 0198a1b2-0000-7000-8000-00000000000a",
					     0);
		const char *tick[] = { "tick", text, NULL };

		uuid_text(&one, text);
		world_admit_near(world, KIND_HANDOVER, "tick", &id, shifts[i].before + 20,
				 shifts[i].in, "zhongxin", "duty", tick);
	}
	world_admit_near(world, KIND_HANDOVER, "give", &id, shifts[i].before + 3, shifts[i].out,
			 "zhongxin", "duty", give);
	world_admit_near(world, KIND_HANDOVER, "take", &id, shifts[i].before, shifts[i].in,
			 "zhongxin", "duty", take);
	if (shifts[i].third != NULL)
		world_admit_near(world, KIND_HANDOVER, "witness", &id, shifts[i].before - 30,
				 shifts[i].third, "zhongxin", "chief", none);
	return id;
}

static void write_log(struct world *world)
{
	static const char *const paper[] = { "sort", "paper", "title", "关于报送今冬用气安全检查情况的通知",
					     "party", "市安委办", "paper_no", "常安办〔2026〕31号", "due",
					     "2026-11-22 10:00", NULL };
	static const char *const call[] = { "sort", "call", "title", "市值班室询问塌陷处置进展", "party",
					    "市值班室", "proposed", "住建局书面回复", NULL };
	static const char *const note[] = { "title", "大雾，能见度不足200米", NULL };
	struct uuid id = uuid_named("record paper");

	world_admit_near(world, KIND_RECORD, "log", &id, 300, "李敏", "zhongxin", "duty", paper);
	id = uuid_named("record call");
	world_admit_near(world, KIND_RECORD, "log", &id, 100, "李敏", "zhongxin", "duty", call);
	id = uuid_named("record note");
	world_admit_near(world, KIND_RECORD, "log", &id, 60, "李敏", "zhongxin", "duty", note);
}

/* The main seat of the coming day, taken over at once: the chief has not said yes yet. */
static void take_over(struct world *world)
{
	struct uuid month = roster_id("zhongxin", "centre", "2026-11"), who = uuid_named("欧阳建国");
	struct error err = ERROR_INIT;
	const struct turn *turn;
	char id[40], name[40];
	int32_t first = 0, end = 0;
	void *roster;

	world_must(cache_get(world->cache, KIND_ROSTER, &month, &world->arena, &roster, &err), &err,
		   "month");
	(void)month_days("2026-11", &first, &end);
	turn = roster_turn_at(&world->profile->rules, roster, first + 21, "day", "main", 1);
	if (turn != NULL) {
		const char *words[] = { "turn_id", id, "who", name, "reason", "突发高热，送医", NULL };

		uuid_words(&turn->id, id);
		uuid_words(&who, name);
		world_admit_near(world, KIND_ROSTER, "takeover", &month, 50, "李敏", "zhongxin",
				 "duty", words);
	}
}

void world_handover(struct world *world)
{
	struct uuid before = { { 0 } };

	world_roster(world);
	take_over(world);
	for (size_t i = 0; i < ARRAY_LEN(shifts); i++)
		before = hand_over(world, i, &before);
	write_log(world);
}

/* Somebody with the data base in hand writes another reason into the last but one. */
void world_handover_tampered(struct world *world)
{
	struct uuid nil = { { 0 } };
	struct uuid id = handover_id("zhongxin", "centre", &nil);
	struct error err = ERROR_INIT;
	struct entry entry = { .seq = ++world->seq, .recv = world->fixed.now,
			       .eff = world->fixed.now };
	struct effect effect = { .kind = KIND_HANDOVER };
	const struct entity *head;
	void *entity;

	id = handover_id("zhongxin", "centre", &id);
	world_must(cache_get(world->cache, KIND_HANDOVER, &id, &world->arena, &entity, &err), &err,
		   "handover");
	head = entity;
	effect.id = id;
	effect.from = head->version;
	effect.to = head->version + 1;
	effect_set_text(&effect, &world->arena, "why", "无");
	entry.act = (struct act){ .id = uuid_v7(&world->env),
				  .desc = act_desc_of(KIND_HANDOVER, "remark"),
				  .target = { .kind = KIND_HANDOVER, .id = id },
				  .actor = { "system", "", "system" }, .at = world->fixed.now };
	entry.effects = &effect;
	entry.n_effects = 1;
	world_must(world_apply(world, &entry, &err), &err, "cache");
}
