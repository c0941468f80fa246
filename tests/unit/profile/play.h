/* One whistle of one shipped profile, and what is done to it. */
#ifndef ZHIBAN_TESTS_PROFILE_PLAY_H
#define ZHIBAN_TESTS_PROFILE_PLAY_H

#include "zhiban/domain/decide.h"
#include "zhiban/domain/whistle.h"
#include "zhiban/profile/profile.h"

struct play {
	struct arena arena;
	struct jurisdiction *profile;
	const struct rules *rules;
	struct workdays *days;
	struct whistle *whistle; /* NULL: nobody has blown yet */
	int64_t now;
	unsigned n_acts;
};

/* Loads profiles/NAME.conf, or ends the test. */
void play_begin(struct play *play, const char *name);
void play_end(struct play *play);
/* An act now; args: "name=words" separated by ';', phone_role=… makes it one told by telephone. */
struct act play_act(struct play *play, const struct actor *actor, const char *verb, const char *args);
/* Decides; when it is done, ret_after (may be NULL) gets the whistle afterwards. */
enum err play_try(struct play *play, const struct act *act, struct whistle **ret_after,
		  struct error *err);

#endif
