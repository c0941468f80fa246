/* What others did meanwhile, and the server's judgement of what the outbox holds. */
#include <config.h>

#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/decide.h"
#include "zhiban/store/outbox_desk.h"
#include "zhiban/wire/act.h"
#include "zhiban/wire/entity.h"

/* ---- judging ---- */

struct judged {
	struct outbox_row *row;
	struct act act;
	bool refused;
};

static const struct judged *refused_leader(const struct judged *judged, size_t n,
					   const struct uuid *after)
{
	for (size_t i = 0; i < n; i++)
		if (judged[i].refused && uuid_eq(&judged[i].act.id, after))
			return &judged[i];
	return NULL;
}

static void refuse(struct world *world, const struct judged *judged, const char *sentence,
		   const void *now)
{
	struct error err = ERROR_INIT;
	struct outbox_answer answer = { .id = judged->act.id, .refused = true, .code = "REFUSED",
					.sentence = sentence };
	struct str theirs = STR_INIT;

	if (now)
		entity_encode(now, &theirs);
	answer.theirs = now ? str_get(&theirs) : NULL;
	answer.theirs_len = theirs.len;
	if (world->last.desc && uuid_eq(&world->last.target.id, &judged->act.target.id))
		answer.by = (struct outbox_by){ .officer = world->last.actor.officer,
						.org = world->last.actor.org,
						.verb = world->last.desc->verb,
						.at = world->last.at,
						.seq = world->seq };
	world_must(outbox_answers(world->outbox, &answer, 1, &err), &err, "answer");
	str_release(&theirs);
}

static void accept(struct world *world, const struct judged *judged,
		   const struct decision *decision, int64_t version)
{
	struct error err = ERROR_INIT;
	bool nothing = decision->note && decision->n_effects == 0; /* it was done before */
	struct entry entry = { .seq = nothing ? world->seq : ++world->seq,
			       .recv = judged->act.at, .eff = judged->act.at,
			       .act = judged->act, .effects = decision->effects,
			       .n_effects = decision->n_effects };
	struct outbox_answer answer = { .id = judged->act.id, .seq = entry.seq,
					.version = version + !nothing, .note = decision->note };

	if (!nothing)
		world_must(world_apply(world, &entry, &err), &err, "cache");
	world_must(outbox_answers(world->outbox, &answer, 1, &err), &err, "answer");
}

static void judge(struct world *world, struct judged *judged, size_t n)
{
	struct judged *one = &judged[n];
	struct moment moment = { one->act.at, one->act.at };
	struct state state = { .serial = world->serial };
	struct decision decision;
	struct error err = ERROR_INIT;
	void *now = NULL, *base = NULL;
	const char *seen;
	size_t len;

	world_must(outbox_seen(world->outbox, &one->act.id, &world->arena, &seen, &len, &err), &err,
		   "seen");
	if (seen)
		world_must(entity_decode(seen, len, &world->arena, &base, &err), &err, "seen");
	if (cache_get(world->cache, one->act.target.kind, &one->act.target.id, &world->arena, &now, NULL) !=
	    ERR_OK)
		now = NULL;
	state.entity = now;
	state.base_entity = base;
	world_look_beside(world, &one->act, &state);
	if (refused_leader(judged, n, &one->act.after) &&
	    one->act.desc->conflict != CONFLICT_APPEND) {
		one->refused = true;
		refuse(world, one, "所依附的动作未被接受", now);
		return;
	}
	one->refused = decide(&world->profile->rules, &state, &one->act, &moment, &world->arena,
			      &decision, &err) != ERR_OK;
	if (one->refused)
		refuse(world, one, err.text, now);
	else
		accept(world, one, &decision, now ? ((struct entity *)now)->version : 0);
}

void world_judge(struct world *world)
{
	struct error err = ERROR_INIT;
	struct outbox_row *rows;
	struct judged *judged;
	size_t n, used = 0, folded;

	world_must(outbox_list(world->outbox, &world->arena, &rows, &n, &err), &err, "outbox");
	judged = arena_array(&world->arena, n + 1, sizeof *judged);
	for (size_t i = 0; i < n; i++) {
		if (rows[i].state != ACT_PENDING)
			continue;
		judged[used].row = &rows[i];
		world_must(act_decode(rows[i].body, rows[i].len, &world->arena, &judged[used].act,
				      &err), &err, "act");
		judge(world, judged, used++);
	}
	world_must(outbox_fold(world->outbox, world->seq, world->fixed.now, &folded, &err), &err,
		   "fold");
}

/* ---- what others did ---- */

#define WANG "王建国", "zhongxin", "chief"

static const struct did rival[] = {
	{ "dregs", 1, WANG, "assign", { "holder", "城管局", "reason", "城管夜班就近", NULL } },
};
static const struct did corrected[] = {
	{ "noise", 1, WANG, "fix",
	  { "title", "红梅夜市烧烤摊油烟噪声扰民", "address", "红梅夜市东门", "reporter", "刘梅",
	    "phone", "13861234567", NULL } },
};

/* The server accepts nothing of what waits: the account was taken away. */
static void deny(struct world *world)
{
	struct error err = ERROR_INIT;
	struct outbox_row *rows;
	size_t n;

	world_must(outbox_list(world->outbox, &world->arena, &rows, &n, &err), &err, "outbox");
	for (size_t i = 0; i < n; i++) {
		struct outbox_answer answer = { .id = rows[i].id, .refused = true,
						.code = "DENIED", .sentence = "该账号已停用" };

		world_must(outbox_answers(world->outbox, &answer, 1, &err), &err, "answer");
	}
}

static const struct did retold[] = {
	{ "water", 1, WANG, "fix",
	  { "text",
	    "居民反映：今天下午起自来水发黄，有沉淀，十几户都一样。自来水公司答复为管网检修，"
	    "预计明早六点恢复；已请社区为有老人和婴儿的住户送桶装水，名单由网格员登记后报街道。",
	    NULL } },
};

static const struct did acked[] = {
	{ "noise", 2, WANG, "ack", { NULL } },
	{ "noise", 1, WANG, "note", { "note", "已通知摊主", NULL } },
};

static void other_officer(struct world *world, const char *officer, const char *org,
			  const char *role)
{
	struct error err = ERROR_INIT;
	struct outbox_who who = { officer, org, role, "token", true };

	world_must(outbox_login(world->outbox, &who, &err), &err, "login");
}

bool world_desk_change(struct world *world, const char *name)
{
	if (strcmp(name, "rival") == 0)
		world_admit(world, &rival[0]);
	else if (strcmp(name, "corrected") == 0)
		world_admit(world, &corrected[0]);
	else if (strcmp(name, "retold") == 0)
		world_admit(world, &retold[0]);
	else if (strcmp(name, "acked") == 0)
		for (size_t i = 0; i < ARRAY_LEN(acked); i++)
			world_admit(world, &acked[i]);
	else if (strcmp(name, "judged") == 0)
		world_judge(world);
	else if (strcmp(name, "denied") == 0)
		deny(world);
	else if (strcmp(name, "officer") == 0)
		other_officer(world, WANG);
	else
		return false;
	return true;
}
