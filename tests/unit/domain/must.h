/* Acts in tests that must be done, or must be refused: what came of them is judged here. */
#ifndef ZHIBAN_TESTS_DOMAIN_MUST_H
#define ZHIBAN_TESTS_DOMAIN_MUST_H

#include "fixture.h"

/* A minute after the one before. */
void must_do(struct fixture *fx, struct incident **incident, const char *verb, const char *actor,
	     const char *args);
/* With this code, in a sentence that has these words. */
void must_refuse(struct fixture *fx, struct incident **incident, const char *verb,
		 const char *actor, const char *args, enum err code, const char *words);
/* How many clocks of a kind run. */
size_t clocks_running(const struct incident *incident, const char *kind);

#endif
