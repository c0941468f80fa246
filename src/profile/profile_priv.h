/* Inside profile/: one build of rules from the parsed conf text, its base and its tables. */
#ifndef PROFILE_PRIV_H
#define PROFILE_PRIV_H

#include "zhiban/base/conf.h"
#include "zhiban/base/csv.h"
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
	const struct conf_section *base; /* of the base file; NULL: there is none */
	const struct bundle *bundle;
	struct mode_rule *modes; /* rules.modes, while they are made */
};

extern const struct conf_spec profile_spec[];
extern const struct conf_spec base_spec[]; /* what a base may say: a part of profile_spec */

enum err bundle_split(const char *text, size_t len, struct arena *arena, struct bundle *ret_bundle,
		      struct error *err) MUST_CHECK;
const struct bundle_file *bundle_find(const struct bundle *bundle, const char *name); /* or NULL */

/* Each fills its part of build->profile->rules, in this order. */
enum err build_lists(struct build *build, struct error *err) MUST_CHECK;
enum err build_roles(struct build *build, struct error *err) MUST_CHECK; /* what roles may */
enum err build_settings(struct build *build, struct error *err) MUST_CHECK;
enum err build_privacy(struct build *build, struct error *err) MUST_CHECK;
enum err build_days(struct build *build, struct error *err) MUST_CHECK;
enum err build_orgs(struct build *build, struct error *err) MUST_CHECK;
enum err build_modes(struct build *build, struct error *err) MUST_CHECK; /* codes and labels */
enum err build_flow(struct build *build, struct error *err) MUST_CHECK;
enum err build_summonses(struct build *build, struct error *err) MUST_CHECK;
enum err build_mode_rules(struct build *build, struct error *err) MUST_CHECK;
enum err build_supervision(struct build *build, struct error *err) MUST_CHECK;
enum err build_warnings(struct build *build, struct error *err) MUST_CHECK;
enum err build_overrides(struct build *build, struct error *err) MUST_CHECK;
enum err build_duties(struct build *build, struct error *err) MUST_CHECK;
enum err build_templates(struct build *build, struct error *err) MUST_CHECK;
enum err build_open311(struct build *build, struct error *err) MUST_CHECK;

/* --- helpers (build.c) ------------------------------------------------------------------------ */

/* Where an option stands: in the profile, else in its base; the profile when in neither. */
const struct conf_section *build_from(const struct build *build, const char *name);
/* An option's string copied into the profile's arena; build_opt gives NULL for "". */
const char *build_str(struct build *build, const struct conf_section *section, const char *name);
const char *build_opt(struct build *build, const struct conf_section *section, const char *name);
/* A list of strings, NULL-terminated, in the arena. */
const char *const *build_list(struct build *build, const struct conf_section *section,
			      const char *name);
/* The titles of the sections of a name, for what is allowed. */
const char *build_titles(struct build *build, const struct conf_section *section,
			 const char *name);
/* A title as an id: 1 to 20 letters without what the command line would split. */
enum err build_id(const struct conf_section *section, const char *what, struct error *err)
	MUST_CHECK;
/* An option of section that must be one of the choices; "" is allowed and gives NULL. */
enum err build_code(struct build *build, const struct conf_section *section, const char *name,
		    const struct choices *choices, const char **ret_code, struct error *err)
	MUST_CHECK;
/* A limit such as "1wd". */
enum err build_limit(const struct conf_section *section, const char *name, struct limit *ret_limit,
		     struct error *err) MUST_CHECK;
/* Place of a code in a list, from 1; 0: not there. */
int choice_position(const struct choices *choices, const char *code);
bool category_known(const struct choices *categories, const char *prefix);
/* "a, b, c" in the arena, for what is allowed. */
const char *words_of(struct arena *arena, const char *const *words, size_t n);
/* "there are a, b, c", and before it which of them may be meant. */
const char *words_near(struct arena *arena, const char *const *words, size_t n, const char *word);
const char *step_words(struct build *build, const char *word); /* the same of the steps */
const char *choice_words(struct arena *arena, const struct choices *choices);
/* The front word of *s in the arena; *s goes behind it and the spaces that follow. */
const char *word_take(struct arena *arena, const char **s);

/* --- parts of the flow ------------------------------------------------------------------------ */

struct who_word {
	const char *word;
	enum who who;
};
enum err build_who(struct build *build, const struct conf_section *section,
		   const struct who_word *words, size_t n, enum who *ret_who, struct error *err)
	MUST_CHECK;
/* One act section.  registers: the act that makes an incident may stand there. */
enum err build_act(struct build *build, const struct conf_section *section, bool registers,
		   struct flow_act *ret_act, struct error *err) MUST_CHECK;
/* A guard and its argument, words of the item of a list. */
enum err build_guard(struct build *build, const struct conf_section *section, size_t index,
		     const char *words, struct guard_use *ret_use, struct error *err) MUST_CHECK;
/* An act on an incident of that name, or an error that names them. */
enum err build_verb(struct build *build, const struct conf_section *section, const char *list,
		    size_t index, const char *word, const struct act_desc **ret_act,
		    struct error *err) MUST_CHECK;
/* As words_near, of the acts that a step can allow, or of all. */
const char *act_words(struct arena *arena, bool all, const char *word);
/* Whether the acts, clocks and steps hold together (flow_reach.c). */
enum err check_flow(struct build *build, struct error *err) MUST_CHECK;

/* --- days ------------------------------------------------------------------------------------- */

struct days {
	struct calendar_day *items;
	size_t n, cap;
};
/* One item of a list: "2026-01-01..2026-01-03 NAME" or one day.  year 0: any, and the name may be
 * left out. */
enum err days_read(const struct conf_section *section, const char *list, size_t index, int year,
		   bool work, struct arena *arena, struct days *days, struct error *err) MUST_CHECK;
/* Sorts them; a day twice is an error. */
enum err days_sort(const struct conf_section *section, struct days *days, struct error *err)
	MUST_CHECK;

/* --- tables ----------------------------------------------------------------------------------- */

struct table { /* a CSV file of the bundle, read line by line */
	struct build *build;
	const struct bundle_file *file;
	void *ctx;
	/* The header, then each line that is no comment. */
	enum err (*header)(struct table *table, const struct csv_record *record,
			   struct error *err);
	enum err (*line)(struct table *table, const struct csv_record *record, struct error *err);
	size_t n_columns; /* set by the reader from the header */
};
/* section and name: the option that names the file. */
enum err table_read(struct table *table, const struct conf_section *section, const char *name,
		    struct error *err) MUST_CHECK;
/* "FILE:LINE: COLUMN: words". */
enum err table_wrong(const struct table *table, const struct csv_record *record,
		     const char *column, struct error *err, const char *fmt, ...) PRINTF(5, 6);
enum err table_wrong_at(const struct table *table, int64_t line, const char *column,
			struct error *err, const char *fmt, ...) PRINTF(5, 6);
/* What the organisations say about each other; lines are theirs in the file. */
enum err check_orgs(const struct table *table, const int64_t *lines, struct error *err) MUST_CHECK;

#endif
