#include <config.h>

#include "play.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"

void play_begin(struct play *play, const char *name)
{
	const char *top = getenv("ZHIBAN_SRCDIR");
	struct error err = ERROR_INIT;
	char file[80];

	*play = (struct play){ .whistle = NULL };
	snprintf(file, sizeof file, "profiles/%s.conf", name);
	if (profile_load(path_join(&play->arena, top ? top : ".", file), &play->profile,
			 &play->days, &err))
		fail_msg("%s", err.text);
	play->rules = &play->profile->rules;
}

void play_end(struct play *play)
{
	profile_free(play->profile);
	workdays_free(play->days);
	arena_release(&play->arena);
}

static void give(struct play *play, struct act *act, const char *pair, size_t len)
{
	char *name = arena_strndup(&play->arena, pair, len), *words = strchr(name, '=');
	const struct field *field;
	struct value value;
	struct error err = ERROR_INIT;

	*words++ = '\0';
	if (strcmp(name, "phone_role") == 0) {
		act->by_phone.role = words;
		act->by_phone.rung = "书记";
		return;
	}
	field = act_arg_field(act->desc, name);
	if (!field || rules_parse(play->rules, field, words, &play->arena, &value, &err))
		fail_msg("%s: %s %s", act->desc->verb, name, err.text);
	act_give(act, field, value, &play->arena);
}

struct act play_act(struct play *play, const struct actor *actor, const char *verb, const char *args)
{
	struct act act = { .desc = act_desc_of(KIND_WHISTLE, verb), .actor = *actor,
			   .at = play->now, .n = ++play->n_acts };
	char name[40];

	assert_non_null(act.desc);
	snprintf(name, sizeof name, "act %u", play->n_acts);
	act.id = uuid_named(name);
	act.target.kind = KIND_WHISTLE;
	act.target.id = play->whistle ? play->whistle->head.id : uuid_child(&act.id, "whistle", 0);
	act.target.base = play->whistle ? play->whistle->head.version : 0;
	for (args += strspn(args, ";"); *args; args += strspn(args, ";")) {
		size_t len = strcspn(args, ";");

		give(play, &act, args, len);
		args += len;
	}
	return act;
}

enum err play_try(struct play *play, const struct act *act, struct whistle **ret_after,
		  struct error *err)
{
	const struct state state = { .entity = play->whistle, .serial = 1 };
	const struct moment moment = { play->now, play->now };
	struct decision decision;
	struct whistle *after;
	enum err code = act_check(act, err);

	if (!code)
		code = decide(play->rules, &state, act, &moment, &play->arena, &decision, err);
	if (code || !ret_after)
		return code;
	after = play->whistle ? entity_copy(play->whistle, &play->arena)
			      : entity_new(KIND_WHISTLE, &act->target.id, &play->arena);
	if (decision.n_effects > 0)
		code = evolve(after, &decision.effects[0], act->n, &play->arena, err);
	*ret_after = after;
	return code;
}
