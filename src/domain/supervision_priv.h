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

#endif
