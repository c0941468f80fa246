/* Supervision (督办): what incidents and whistles share. */
#ifndef ZHIBAN_DOMAIN_SUPERVISION_PRIV_H
#define ZHIBAN_DOMAIN_SUPERVISION_PRIV_H

#include "zhiban/domain/rules.h"

/* By code or label, or NULL; and the sentence that says which there are. */
const struct channel *channel_named(const struct rules *rules, const char *words);
enum err channel_unknown(const struct rules *rules, const char *words, struct error *err);
/* Cards only rise: each stands above those in force, of an organisation (NULL: of any).
 * ERR_REFUSED. */
enum err channel_rises(const struct rules *rules, const struct channel *channel,
		       const struct children *list, const char *org, struct error *err) MUST_CHECK;
/* A new document: number, organisation, words, who and when; the due is the caller's. */
struct supervision *supervision_add(struct children *list, const struct channel *channel,
				    const struct act *act, const char *org, int64_t eff,
				    struct arena *arena);
/* The newest in force, of the channel and the organisation that are said (NULL: any); unanswered: to
 * be answered yet.  Or NULL. */
struct supervision *supervision_newest(const struct rules *rules, struct children *list,
				       const char *channel, const char *org, bool unanswered);

/* One act about the supervision of an entity: what it keeps, and how it runs clocks. */
struct supervising {
	const struct rules *rules;
	const struct act *act;
	int64_t eff;
	struct arena *arena;
	struct children *list;
	const char **supervised; /* the channel in force */
	int64_t *proposed_at, *listed_at;
	bool (*has_role)(void *ctx, const char *role);
	/* A clock "answer" about a document: to a date, or by a limit (returns the due); its end. */
	void (*until)(void *ctx, const struct uuid *about, const char *org, int64_t due);
	int64_t (*beside)(void *ctx, const struct uuid *about, const char *org,
			  const struct limit *limit);
	void (*drop)(void *ctx, const struct uuid *about);
	void *ctx;
};
/* Issues what the act says, to be answered by an organisation; rises: above those in force of that one
 * alone, else of all.  ERR_INPUT, ERR_DENIED, ERR_REFUSED. */
enum err supervising_issue(const struct supervising *s, const char *org, bool rises,
			   struct error *err) MUST_CHECK;
void supervising_answer(const struct supervising *s, struct supervision *one);
/* Lifts the newest in force of the organisation (NULL: of any). */
enum err supervising_lift(const struct supervising *s, const char *org, struct error *err) MUST_CHECK;
/* Sets aside what was proposed: whoever could issue one of them may. */
enum err supervising_waive(const struct supervising *s, struct error *err) MUST_CHECK;

#endif
