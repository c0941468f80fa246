/* What a profile says of personal values, and how long things are kept. */
#include <config.h>

#include <string.h>

#include "profile_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { MINUTE_MS = 60 * 1000, DAY_MINUTES = 24 * 60 };

static const char *const holds_words[] = { /* enum holds */
	[HOLDS_HOLDER] = "holder",
	[HOLDS_SHARES] = "shares",
	[HOLDS_NONE] = "none",
};
static const char *const keep_words[KEEP_COUNT] = {
	[KEEP_PERSONAL] = "personal",
	[KEEP_AUDIT] = "audit",
	[KEEP_ANSWERS] = "answers",
};

/* The place of a word; n: it is none of them. */
static size_t place_of(const char *const *words, size_t n, const char *word)
{
	size_t i = 0;

	while (i < n && strcmp(words[i], word) != 0)
		i++;
	return i;
}

static enum err build_holds(struct build *build, struct error *err)
{
	const struct conf_section *from = build_from(build, "holds_personal");
	const char *word = conf_str(from, "holds_personal");
	size_t at = place_of(holds_words, ARRAY_LEN(holds_words), word);

	if (at == ARRAY_LEN(holds_words))
		return conf_error(from, "holds_personal", err, _("%s: \"%s\" is none of %s"),
				  "holds_personal", word,
				  words_of(&build->profile->arena, holds_words,
					   ARRAY_LEN(holds_words)));
	build->profile->rules.privacy.holds = (enum holds)at;
	return ERR_OK;
}

static enum err build_reveals(struct build *build, struct error *err)
{
	struct privacy *privacy = &build->profile->rules.privacy;
	const struct conf_section *from = build_from(build, "reveals_in");
	struct limit limit;
	enum err code = build_limit(from, "reveals_in", &limit, err);

	if (code)
		return code;
	if (limit.unit != LIMIT_MINUTES && limit.unit != LIMIT_DAYS)
		return conf_error(from, "reveals_in", err, _("%s: \"%s\": minutes, hours or days"),
				  "reveals_in", conf_str(from, "reveals_in"));
	privacy->reveals = (int)conf_int(build_from(build, "reveals"), "reveals");
	privacy->callers = (int)conf_int(build_from(build, "callers"), "callers");
	privacy->reveals_ms = (int64_t)limit.amount * MINUTE_MS;
	if (limit.unit == LIMIT_DAYS)
		privacy->reveals_ms *= DAY_MINUTES;
	return ERR_OK;
}

/* "personal 1095d" */
static enum err build_keep(struct build *build, const struct conf_section *from, size_t i,
			   struct error *err)
{
	struct arena *arena = &build->profile->arena;
	const char *text = conf_item(from, "retention", i), *s = text;
	const char *word = word_take(arena, &s);
	size_t at = place_of(keep_words, KEEP_COUNT, word);
	struct error why = ERROR_INIT;
	struct limit limit;

	if (at == KEEP_COUNT)
		return conf_item_error(from, "retention", i, err, _("%s: \"%s\" is none of %s"),
				       "retention", word, words_of(arena, keep_words, KEEP_COUNT));
	if (limit_parse(s, &limit, &why) ||
	    (limit.unit != LIMIT_DAYS && limit.unit != LIMIT_NONE))
		return conf_item_error(from, "retention", i, err,
				       _("\"%s\": how many days, such as \"%s 1095d\", or - for "
					 "ever"),
				       text, word);
	build->profile->rules.privacy.keep_days[at] =
		limit.unit == LIMIT_NONE ? 0 : limit.amount;
	return ERR_OK;
}

enum err build_privacy(struct build *build, struct error *err)
{
	const struct conf_section *from = build_from(build, "retention");
	enum err code = build_holds(build, err);

	if (!code)
		code = build_reveals(build, err);
	for (size_t i = 0; !code && i < conf_count(from, "retention"); i++)
		code = build_keep(build, from, i, err);
	return code;
}
