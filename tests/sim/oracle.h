/* Inside the oracle: the journal read with jansson, folded and judged without any code of ours. */
#ifndef TESTS_SIM_ORACLE_H
#define TESTS_SIM_ORACLE_H

#include <jansson.h>

#include "sim.h"

enum { ORGS = 32 };

struct written { /* an entry */
	struct uuid act, console;
	int64_t seq, n, recv, eff;
};
struct touch { /* of an entity by an entry */
	int64_t seq;
	struct uuid console;
};
struct known { /* an entity */
	struct uuid id;
	json_t *state;
	uint32_t parties; /* who sees it */
	uint32_t claims;  /* who would, if nothing were kept from anybody */
	size_t restrictions;
	struct touch *touches;
	size_t n_touches, cap_touches;
};
struct seen_due { /* what was due in a version, in whatever branch of the history */
	struct uuid id;
	int64_t version, due;
};
struct oracle {
	struct world *world;
	struct {
		char code[16], parent[16];
	} orgs[ORGS];
	size_t n_orgs;
	struct written *entries;
	size_t n, cap;
	int64_t head;
	struct known *known;
	size_t n_known, cap_known;
	struct seen_due *dues;
	size_t n_dues, cap_dues;
	json_t *fired;	   /* "clock percentage due" of each firing */
	json_t *following; /* "verb incident" that must come next */
};

uint32_t oracle_org(const struct oracle *oracle, const char *code); /* its bit, 0: none */
uint32_t oracle_org_up(const struct oracle *oracle, const char *code); /* and all above it */
/* oracle_parties.c: after an entry; and whose view a role at an organisation has, 0: nobody's. */
void oracle_parties(const struct oracle *oracle, struct known *known);
void oracle_absences(const struct oracle *oracle, const struct known *known); /* oracle_absence.c */
uint32_t oracle_view(const struct oracle *oracle, const char *org, const char *role);
struct known *oracle_known(const struct oracle *oracle, const struct uuid *id);
bool oracle_may_know(const json_t *state, const char *org, const char *role);
void oracle_mask(json_t *state);
const char *state_text(const json_t *object, const char *key); /* NULL: not there */
int64_t json_int(const json_t *object, const char *key);
bool json_id(const json_t *object, const char *key, struct uuid *ret_id);

/* oracle_rules.c: the rulebook.  The state before an entry, to be freed, or NULL; the entry, once it
 * is applied; and what holds when no entry is half-way. */
json_t *rules_before(const struct oracle *oracle, json_t *act);
void rules_judge(struct oracle *oracle, const struct written *entry, json_t *act, json_t *before);
void rules_settled(const struct oracle *oracle);

/* The reader a token belongs to, by the server's data now; false: nobody. */
bool oracle_reader(struct world *world, const char *token, char officer[64], char org[64],
		   char role[32], struct uuid *ret_console);

#endif
