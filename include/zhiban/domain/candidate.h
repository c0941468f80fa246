/* The names that the value of a field may have, and which of them is meant by what was typed.
 *
 * What is typed fits a name, the first that finds any: exactly; as a part of it, or typed whole in
 * pinyin (base/pinyin.h); by how it begins in pinyin; by a piece of it in pinyin.  So "ll" is
 * Lanling alone where that is a short name, and all that begin so where none is called that. */
#ifndef ZHIBAN_DOMAIN_CANDIDATE_H
#define ZHIBAN_DOMAIN_CANDIDATE_H

#include "zhiban/base/pinyin.h"
#include "zhiban/domain/rules.h"

struct candidate {
	const char *code;
	const char **names; /* NULL-terminated; the first is shown */
};
struct candidates { /* in the order of the rules: protocol order */
	struct candidate *items;
	size_t n, cap;
	bool open; /* outside words are kept in such a field: an unlisted one may be meant */
};

/* false: the field has no list.  Organisations of a field called like a tier (street, community,
 * grid) are those of it, those that ended among them. */
bool candidates_of(const struct rules *rules, const struct field *field, struct arena *arena,
		   struct candidates *ret_list);
/* Adds one under up to three names (NULL ones are left out) and the words of a choice (or NULL). */
void candidates_add(struct candidates *list, struct arena *arena, const char *code,
		    const char *const own[3], const char *const *words);

enum candidate_fit { CANDIDATE_NOT, CANDIDATE_WITHIN, CANDIDATE_BEGINS, CANDIDATE_PART,
		     CANDIDATE_EXACT };
/* What is typed, ready to be compared with many. */
struct candidate_typed {
	const char *folded; /* in the arena */
	struct pinyin_typed pinyin;
	bool by_pinyin; /* there are letters in it */
};
void candidate_type(struct candidate_typed *typed, const char *words, bool pinyin,
		    struct arena *arena);
enum candidate_fit candidate_fit(const struct candidate *item, const struct candidate_typed *typed);
/* Marks with true those that it fits best; how many in ret_n. */
enum candidate_fit candidates_match(const struct candidates *list, const char *words, bool pinyin,
				    bool *fits, size_t *ret_n);
/* The names nearest to words, by characters or by pinyin, with commas (to "" the first ones);
 * ret_near: the nearest is a slip of the pen away. */
const char *candidates_near(const struct candidates *list, const char *words, struct arena *arena,
			    bool *ret_near);

/* What a person typed for a field that has a list: the code when just one is meant (organisations
 * that ended by now are not).  false: none, or several are called exactly so, which other fields may
 * decide.  ERR_INPUT when it is the beginning or the pinyin of several, with their names. */
enum err candidates_meant(const struct rules *rules, const struct field *field, const char *words,
			  int64_t now, struct arena *arena, const char **ret_code, bool *ret_found,
			  struct error *err) MUST_CHECK;
/* One of some choices by what is typed: by its names (choices_named), or the only one that fits else.
 * NULL: none or several. */
const struct choice *candidates_choice(const struct choices *choices, const char *words);
/* The same for an organisation of any tier, when it is not its code, name or short name: ERR_INPUT
 * with the nearest when there is none. */
enum err candidates_org(const struct rules *rules, const char *words, int64_t now,
			const struct org **ret_org, struct error *err) MUST_CHECK;

/* Only by its code, name or short name, for whoever gives rights to it; the nearest are told. */
enum err candidates_org_exactly(const struct rules *rules, const char *words,
				const struct org **ret_org, struct error *err) MUST_CHECK;

#endif
