/* What happens at the percentages of a clock, also of those beside the flow, and who may extend it. */
#include <config.h>

#include <string.h>

#include "clock_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/mark.h"

enum { PERCENT_MAX = 1000 };

static const struct {
	const char *word;
	enum timeout timeout;
} timeouts[] = {
	{ "urge", TIMEOUT_URGE },
	{ "propose", TIMEOUT_PROPOSE },
	{ "list", TIMEOUT_LIST },
	{ "offer", TIMEOUT_OFFER },
};

static bool timeout_word(const char *word, enum timeout *ret_timeout)
{
	for (size_t i = 0; i < ARRAY_LEN(timeouts); i++)
		if (str_eq(timeouts[i].word, word)) {
			*ret_timeout = timeouts[i].timeout;
			return true;
		}
	return false;
}

enum err build_timeouts(struct build *build, const struct conf_section *section,
			struct clock_rule *clock, struct error *err)
{
	struct arena *arena = &build->profile->arena;
	size_t n = conf_count(section, "timeouts");
	struct timeout_row *rows = arena_array(arena, n + 1, sizeof *rows);

	for (size_t i = 0; i < n; i++) {
		const char *text = conf_item(section, "timeouts", i), *s = text;
		const char *percent = word_take(arena, &s);
		long long number;

		if (!str_int(percent, 1, PERCENT_MAX, &number) ||
		    !timeout_word(word_take(arena, &s), &rows[i].what) || *s)
			return conf_item_error(section, "timeouts", i, err,
					       _("\"%s\": a percentage from 1 to %d and urge, "
						 "propose, list or offer"),
					       text, PERCENT_MAX);
		rows[i].percent = (int)number;
	}
	clock->timeouts = rows;
	clock->n_timeouts = n;
	return ERR_OK;
}

/* "5wd chief" or "leader": the most he may grant, and his role. */
enum err build_extensions(struct build *build, const struct conf_section *section,
			  const struct extension_row **ret_rows, size_t *ret_n, struct error *err)
{
	struct arena *arena = &build->profile->arena;
	const struct choices *roles = &build->profile->rules.roles;
	size_t n = conf_count(section, "extensions");
	struct extension_row *rows = arena_array(arena, n + 1, sizeof *rows);

	for (size_t i = 0; i < n; i++) {
		const char *text = conf_item(section, "extensions", i), *s = text;
		const char *word = word_take(arena, &s);
		const struct choice *role;
		struct error why = ERROR_INIT;

		rows[i].most = (struct limit){ .unit = LIMIT_NONE, .from_clock = -1 };
		if (*s) {
			if (limit_parse(word, &rows[i].most, &why))
				return conf_item_error(section, "extensions", i, err, "\"%s\": %s",
						       text, why.text);
			word = word_take(arena, &s);
		}
		role = choices_find(roles, word);
		if (!role || *s)
			return conf_item_error(section, "extensions", i, err,
					       _("\"%s\": a limit, if there is one, and a role of "
						 "%s"),
					       text, choice_words(arena, roles));
		rows[i].role = role->code;
	}
	*ret_rows = rows;
	*ret_n = n;
	return ERR_OK;
}

enum err build_clock_marks(struct build *build, const struct conf_section *section,
			   struct clock_rule *clock, struct error *err)
{
	enum err code = build_timeouts(build, section, clock, err);

	return code ? code
		    : build_extensions(build, section, &clock->extensions,
				       &clock->n_extensions, err);
}

/* --- beside the flow -------------------------------------------------------------------------- */

static enum err beside_kind(struct build *build, const struct conf_section *section,
			    const char **ret_kind, struct error *err)
{
	const char *const *kinds = clock_beside_kinds();
	size_t n = 0;

	for (; kinds[n]; n++)
		if (str_eq(kinds[n], conf_title(section))) {
			*ret_kind = kinds[n];
			return ERR_OK;
		}
	return conf_error(section, NULL, err,
			  _("clock \"%s\": always has clocks that no step starts: %s; others stand "
			    "in a step"),
			  conf_title(section), words_of(&build->profile->arena, kinds, n));
}

static const struct clock_rule *find(const struct clock_rule *clocks, size_t n, const char *kind)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(clocks[i].kind, kind))
			return &clocks[i];
	return NULL;
}

static enum err add_beside(struct build *build, const struct conf_section *section,
			   struct clock_rule *clocks, size_t *n, struct error *err)
{
	size_t own = *n;

	for (size_t i = 0; section && i < conf_count(section, "clock"); i++) {
		const struct conf_section *child = conf_child(section, "clock", i);
		struct clock_rule clock = { .side = true };
		enum err code = beside_kind(build, child, &clock.kind, err);

		if (!code)
			code = build_timeouts(build, child, &clock, err);
		if (code)
			return code;
		clock.label = build_str(build, child, "label");
		if (!find(clocks, own, clock.kind))
			clocks[(*n)++] = clock;
	}
	return ERR_OK;
}

enum err build_beside(struct build *build, const struct conf_section *own,
		      const struct conf_section *base, struct step *always, struct error *err)
{
	size_t most = (own ? conf_count(own, "clock") : 0) + (base ? conf_count(base, "clock") : 0);
	struct clock_rule *clocks = arena_array(&build->profile->arena, most + 1, sizeof *clocks);
	enum err code;

	always->clocks = clocks;
	code = add_beside(build, own, clocks, &always->n_clocks, err);
	return code ? code : add_beside(build, base, clocks, &always->n_clocks, err);
}
