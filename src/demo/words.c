#include <config.h>

#include "words_priv.h"

#include <stdlib.h>

#include "zhiban/base/conf.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const char *const list_names[DEMO_LISTS] = {
	[DEMO_ESTATES] = "estates",   [DEMO_ROADS] = "roads",	    [DEMO_SHOPS] = "shops",
	[DEMO_SPOTS] = "spots",	      [DEMO_SURNAMES] = "surnames", [DEMO_GIVEN] = "given",
	[DEMO_SUFFIXES] = "suffixes", [DEMO_OPENINGS] = "openings", [DEMO_TRIED] = "tried",
	[DEMO_ASKS] = "asks",	      [DEMO_STORY] = "story",	    [DEMO_RESULTS] = "results",
	[DEMO_NOTES] = "notes",
};

static const struct conf_spec kind_spec[] = {
	{ "category", CONF_STR, CONF_REQUIRED, NULL, 0, 0, NULL, NULL },
	{ "holder", CONF_STRS, CONF_REQUIRED, NULL, 0, 0, NULL, NULL },
	{ "weight", CONF_INT, 0, "1", 1, 1000, NULL, NULL },
	{ "urgency", CONF_INT, 0, "3", 1, 3, NULL, NULL },
	{ "titles", CONF_STRS, CONF_REQUIRED, NULL, 0, 0, NULL, NULL },
	{ "details", CONF_STRS, CONF_REQUIRED, NULL, 0, 0, NULL, NULL },
	{ NULL, CONF_STR, 0, NULL, 0, 0, NULL, NULL },
};

static const struct conf_spec cause_spec[] = {
	{ "units", CONF_STRS, CONF_REQUIRED, NULL, 0, 0, NULL, NULL },
	{ "titles", CONF_STRS, CONF_REQUIRED, NULL, 0, 0, NULL, NULL },
	{ "details", CONF_STRS, CONF_REQUIRED, NULL, 0, 0, NULL, NULL },
	{ "plans", CONF_STRS, CONF_REQUIRED, NULL, 0, 0, NULL, NULL },
	{ "results", CONF_STRS, CONF_REQUIRED, NULL, 0, 0, NULL, NULL },
	{ NULL, CONF_STR, 0, NULL, 0, 0, NULL, NULL },
};

/* All of them; a profile's own file may leave out any. */
#define LISTS(flags)                                                                           \
	{ "estates", CONF_STRS, flags, NULL, 0, 0, NULL, NULL }, \
	{ "roads", CONF_STRS, flags, NULL, 0, 0, NULL, NULL }, \
	{ "shops", CONF_STRS, flags, NULL, 0, 0, NULL, NULL }, \
	{ "spots", CONF_STRS, flags, NULL, 0, 0, NULL, NULL }, \
	{ "surnames", CONF_STRS, flags, NULL, 0, 0, NULL, NULL }, \
	{ "given", CONF_STRS, flags, NULL, 0, 0, NULL, NULL }, \
	{ "suffixes", CONF_STRS, flags, NULL, 0, 0, NULL, NULL }, \
	{ "openings", CONF_STRS, flags, NULL, 0, 0, NULL, NULL }, \
	{ "tried", CONF_STRS, flags, NULL, 0, 0, NULL, NULL }, \
	{ "asks", CONF_STRS, flags, NULL, 0, 0, NULL, NULL }, \
	{ "story", CONF_STRS, flags, NULL, 0, 0, NULL, NULL }, \
	{ "results", CONF_STRS, flags, NULL, 0, 0, NULL, NULL }, \
	{ "notes", CONF_STRS, flags, NULL, 0, 0, NULL, NULL }

static const struct conf_spec words_spec[] = {
	LISTS(CONF_REQUIRED),
	{ "kind", CONF_SECTION, CONF_TITLED | CONF_REQUIRED, NULL, 0, 0, kind_spec, NULL },
	{ "whistle", CONF_SECTION, CONF_TITLED | CONF_REQUIRED, NULL, 0, 0, cause_spec, NULL },
	{ "hard", CONF_SECTION, CONF_TITLED | CONF_REQUIRED, NULL, 0, 0, cause_spec, NULL },
	{ "meeting", CONF_SECTION, CONF_REQUIRED, NULL, 0, 0, demo_meeting_spec, NULL },
	{ "duty", CONF_SECTION, CONF_REQUIRED, NULL, 0, 0, demo_duty_spec, NULL },
	{ "record", CONF_SECTION, CONF_TITLED | CONF_REQUIRED, NULL, 0, 0, demo_record_spec, NULL },
	{ NULL, CONF_STR, 0, NULL, 0, 0, NULL, NULL },
};

static const struct conf_spec own_spec[] = {
	LISTS(0),
	{ NULL, CONF_STR, 0, NULL, 0, 0, NULL, NULL },
};

enum err demo_list_take(const struct conf_section *section, const char *name,
			  struct arena *arena, struct demo_list *ret_list, struct error *err)
{
	size_t n = conf_count(section, name);
	const char **items;

	if (n == 0)
		return conf_error(section, name, err, _("%s: at least one text is needed"), name);
	items = arena_array(arena, n, sizeof *items);
	for (size_t i = 0; i < n; i++)
		items[i] = arena_strdup(arena, conf_item(section, name, i));
	*ret_list = (struct demo_list){ items, n };
	return ERR_OK;
}

static enum err take_kind(const struct conf_section *section, struct arena *arena,
			  struct demo_kind *kind, struct error *err)
{
	enum err rc;

	kind->category = arena_strdup(arena, conf_str(section, "category"));
	kind->weight = (int)conf_int(section, "weight");
	kind->urgency = (int)conf_int(section, "urgency");
	rc = demo_list_take(section, "holder", arena, &kind->holder, err);
	if (rc == ERR_OK)
		rc = demo_list_take(section, "titles", arena, &kind->titles, err);
	if (rc == ERR_OK)
		rc = demo_list_take(section, "details", arena, &kind->details, err);
	return rc;
}

enum err demo_cause_take(const struct conf_section *section, struct arena *arena,
			 struct demo_cause *cause, struct error *err)
{
	const struct {
		const char *name;
		struct demo_list *list;
	} lists[] = {
		{ "units", &cause->units },	{ "titles", &cause->titles },
		{ "details", &cause->details }, { "plans", &cause->plans },
		{ "results", &cause->results },
	};
	enum err rc = ERR_OK;

	for (size_t i = 0; i < ARRAY_LEN(lists) && rc == ERR_OK; i++)
		rc = demo_list_take(section, lists[i].name, arena, lists[i].list, err);
	return rc;
}

static enum err take_causes(const struct conf_section *root, struct arena *arena,
			    struct demo_words *words, struct error *err)
{
	size_t n = conf_count(root, "whistle");
	struct demo_cause *causes = arena_array(arena, n, sizeof *causes);
	enum err rc = ERR_OK;

	for (size_t i = 0; i < n && rc == ERR_OK; i++)
		rc = demo_cause_take(conf_child(root, "whistle", i), arena, &causes[i], err);
	words->causes = causes;
	words->n_causes = n;
	return rc;
}

static enum err take_words(const struct conf_section *root, struct arena *arena,
			   struct demo_words *words, struct error *err)
{
	struct demo_kind *kinds;
	enum err rc;

	for (int i = 0; i < DEMO_LISTS; i++) {
		rc = demo_list_take(root, list_names[i], arena, &words->list[i], err);
		if (rc != ERR_OK)
			return rc;
	}
	words->n_kinds = conf_count(root, "kind");
	if (words->n_kinds == 0)
		return conf_error(root, NULL, err, _("at least one kind is needed"));
	kinds = arena_array(arena, words->n_kinds, sizeof *kinds);
	for (size_t i = 0; i < words->n_kinds; i++) {
		rc = take_kind(conf_child(root, "kind", i), arena, &kinds[i], err);
		if (rc != ERR_OK)
			return rc;
		words->weights += kinds[i].weight;
	}
	words->kinds = kinds;
	rc = take_causes(root, arena, words, err);
	if (rc == ERR_OK)
		rc = demo_duty_take(root, arena, words, err);
	return rc == ERR_OK ? demo_meeting_take(root, arena, words, err) : rc;
}

static enum err take_own(const char *path, struct arena *arena, struct demo_words *words,
			 struct error *err)
{
	struct conf *conf;
	enum err rc = conf_read(path, own_spec, &conf, err);

	if (rc != ERR_OK)
		return rc;
	for (int i = 0; i < DEMO_LISTS && rc == ERR_OK; i++)
		if (conf_count(conf_root(conf), list_names[i]) > 0)
			rc = demo_list_take(conf_root(conf), list_names[i], arena,
					    &words->list[i], err);
	conf_free(conf);
	return rc;
}

enum err demo_words_load(const char *path, const char *own, struct arena *arena,
			 struct demo_words *ret_words, struct error *err)
{
	struct demo_words words = { .weights = 0 };
	struct conf *conf;
	enum err rc;

	rc = conf_read(path, words_spec, &conf, err);
	if (rc != ERR_OK)
		return rc;
	rc = take_words(conf_root(conf), arena, &words, err);
	if (rc == ERR_OK && own != NULL)
		rc = take_own(own, arena, &words, err);
	if (rc == ERR_OK)
		*ret_words = words;
	conf_free(conf);
	return rc;
}
