/* The words of warnings: colours, severities, what a headline says. */
#include <config.h>

#include <string.h>
#include <strings.h>

#include "cap_priv.h"
#include "zhiban/base/mem.h"

static const struct {
	const char *level;
	const char *severity; /* of CAP */
	const char *colour;   /* of the national messages */
} levels[] = {
	{ "red", "Extreme", "红色" },	 /* cjk: words of the national messages */
	{ "orange", "Severe", "橙色" },	 /* cjk: as above */
	{ "yellow", "Moderate", "黄色" }, /* cjk: as above */
	{ "blue", "Minor", "蓝色" },	 /* cjk: as above */
};

static const char issues[] = "发布"; /* cjk: "SENDER issues EVENT COLOUR warning" */
static const char *const verbs[] = { "更新", "变更", "升级", "继续" }; /* cjk: instead of it */

const char *cap_level(const char *severity, const char *words)
{
	const char *level = "none";
	const char *first = NULL;

	for (size_t i = 0; i < ARRAY_LEN(levels); i++)
		if (strcasecmp(severity, levels[i].level) == 0 ||
		    strcmp(severity, levels[i].colour) == 0)
			return levels[i].level;
	for (size_t i = 0; i < ARRAY_LEN(levels); i++) { /* the first colour that is named */
		const char *at = strstr(words, levels[i].colour);

		if (at != NULL && (first == NULL || at < first)) {
			first = at;
			level = levels[i].level;
		}
	}
	for (size_t i = 0; first == NULL && i < ARRAY_LEN(levels); i++)
		if (strcasecmp(severity, levels[i].severity) == 0)
			level = levels[i].level;
	return level;
}

const char *cap_event(const char *headline, struct arena *arena)
{
	const char *from = strstr(headline, issues), *to = NULL;

	for (size_t i = 0; from == NULL && i < ARRAY_LEN(verbs); i++)
		from = strstr(headline, verbs[i]);
	if (from == NULL)
		return "";
	from += strlen(issues); /* all of them are as long */
	for (size_t i = 0; i < ARRAY_LEN(levels); i++) {
		const char *at = strstr(from, levels[i].colour);

		if (at != NULL && (to == NULL || at < to))
			to = at;
	}
	return to != NULL ? arena_strndup(arena, from, (size_t)(to - from)) : "";
}
