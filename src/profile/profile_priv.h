/* Inside profile/: one build of rules from the parsed conf text and its tables. */
#ifndef PROFILE_PRIV_H
#define PROFILE_PRIV_H

#include "zhiban/base/conf.h"
#include "zhiban/profile/profile.h"

enum { BUNDLE_FILES = 8 };

struct bundle_file {
	const char *name; /* in the arena */
	const char *text; /* borrowed from the bundle */
	size_t len;
};
struct bundle {
	struct bundle_file files[BUNDLE_FILES]; /* the conf first */
	size_t n;
};

struct build {
	struct jurisdiction *profile;
	const struct conf_section *root;
	const struct bundle *bundle;
};

extern const struct conf_spec profile_spec[];

enum err bundle_split(const char *text, size_t len, struct arena *arena, struct bundle *ret_bundle,
		      struct error *err) MUST_CHECK;
const struct bundle_file *bundle_find(const struct bundle *bundle, const char *name); /* or NULL */

/* Each fills its part of build->profile->rules. */
enum err build_lists(struct build *build, struct error *err) MUST_CHECK;
enum err build_orgs(struct build *build, struct error *err) MUST_CHECK;
enum err build_flow(struct build *build, struct error *err) MUST_CHECK;
enum err build_clocks(struct build *build, const struct conf_section *section,
		      const struct step *step, const struct clock_rule **ret_clocks, size_t *ret_n,
		      struct error *err) MUST_CHECK;

/* An option's string copied into the profile's arena. */
const char *build_str(struct build *build, const struct conf_section *section, const char *name);
/* "a, b, c" in the arena, for what is allowed. */
const char *words_of(struct arena *arena, const char *const *words, size_t n);
const char *choice_words(struct arena *arena, const struct choices *choices);

struct who_word {
	const char *word;
	enum who who;
};
enum err build_who(struct build *build, const struct conf_section *section,
		   const struct who_word *words, size_t n, enum who *ret_who, struct error *err)
	MUST_CHECK;

#endif
