/* What the lines of the organisations say about each other: successors and overlays. */
#include <config.h>

#include <string.h>

#include "profile_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* Each code of a list with spaces is an organisation of the table, and not the one itself. */
static enum err check_codes(const struct table *table, const struct org *org, int64_t line,
			    const char *column, const char *codes, struct error *err)
{
	struct arena *arena = &table->build->profile->arena;
	const struct rules *rules = &table->build->profile->rules;

	for (const char *s = codes; s && *s;) {
		const char *code = word_take(arena, &s);

		if (!rules_org(rules, code))
			return table_wrong_at(table, line, column, err,
					      _("\"%s\" is the code of no organisation here"),
					      code);
		if (str_eq(column, "over") && rules_org(rules, code)->layer)
			return table_wrong_at(table, line, column, err,
					      _("\"%s\" is an overlay itself"), code);
		if (str_eq(code, org->code))
			return table_wrong_at(table, line, column, err,
					      _("\"%s\" names itself"), code);
	}
	return ERR_OK;
}

enum visit { NEW, OPEN, DONE };

/* Whether following the successors leads back to one that is being followed.  A list of what is
 * open instead of recursion: a table of thousands of lines may be one chain. */
static bool in_ring(const struct table *table, size_t from, unsigned char *visits,
		    size_t *stack)
{
	struct arena *arena = &table->build->profile->arena;
	const struct rules *rules = &table->build->profile->rules;
	size_t depth = 0;

	stack[depth++] = from;
	while (depth > 0) {
		size_t at = stack[depth - 1];
		const char *s = rules->orgs[at].successor;
		bool deeper = false;

		visits[at] = OPEN;
		while (s && *s && !deeper) {
			const struct org *next = rules_org(rules, word_take(arena, &s));
			size_t to = (size_t)(next - rules->orgs);

			if (visits[to] == OPEN)
				return true;
			if (visits[to] == NEW) {
				stack[depth++] = to;
				deeper = true;
			}
		}
		if (!deeper) {
			visits[at] = DONE;
			depth--;
		}
	}
	return false;
}

enum err check_orgs(const struct table *table, const int64_t *lines, struct error *err)
{
	const struct rules *rules = &table->build->profile->rules;
	struct arena *arena = &table->build->profile->arena;
	unsigned char *visits = arena_array(arena, rules->n_orgs + 1, 1);
	size_t *stack = arena_array(arena, rules->n_orgs + 1, sizeof *stack);

	for (size_t i = 0; i < rules->n_orgs; i++) {
		const struct org *org = &rules->orgs[i];
		enum err code = check_codes(table, org, lines[i], "successor", org->successor, err);

		if (!code)
			code = check_codes(table, org, lines[i], "over", org->over, err);
		if (code)
			return code;
	}
	for (size_t i = 0; i < rules->n_orgs; i++)
		if (rules->orgs[i].successor && visits[i] == NEW &&
		    in_ring(table, i, visits, stack))
			return table_wrong_at(table, lines[i], "successor", err,
					      _("the successors of \"%s\" lead round in a ring"),
					      rules->orgs[i].code);
	return ERR_OK;
}
