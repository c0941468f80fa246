/* A parsed filter: groups of terms.  A row passes when all terms of one group hold. */
#ifndef ZHIBAN_DOMAIN_FILTER_PRIV_H
#define ZHIBAN_DOMAIN_FILTER_PRIV_H

#include "zhiban/domain/candidate.h"
#include "zhiban/domain/filter.h"

enum op { OP_IS, OP_LESS, OP_LESS_EQ, OP_MORE, OP_MORE_EQ };

enum term_kind {
	TERM_WORD,  /* needle in one of the searched fields */
	TERM_NAMED, /* that, or a place of one of codes, or in pinyin in one of the fields */
	TERM_HAS,   /* needle in the field */
	TERM_CODES, /* the field is one of codes */
	TERM_PARTY, /* the holder or a part is one of codes */
	TERM_NUM,   /* the field against num */
	TERM_TIME,  /* the field against when */
	TERM_FLAG,
	TERM_SORT, /* the row is of one of codes */
};

struct when { /* a time, some of it counted from the moment of looking */
	enum { WHEN_AT, WHEN_FROM_NOW, WHEN_DAY } form;
	int64_t value; /* ms; WHEN_DAY: days from today */
	int64_t span;  /* ms that the words mean: a day, a minute; 0: a moment */
};

struct term {
	enum term_kind kind;
	bool negated;
	const struct field *field;
	enum op op;
	const char *needle; /* folded */
	const char **codes; /* sorted */
	size_t n_codes;
	const struct pinyin_typed *spelled; /* TERM_NAMED; NULL: not in pinyin */
	int64_t num;
	struct when when;
	bool (*flag)(const struct incident *incident, const struct filter_ctx *ctx);
	unsigned children; /* that the flag looks at: bits 1 << enum child */
	bool opens; /* the flag lets no closed one through */
	struct term *next; /* of the group */
};

struct group {
	struct term *terms;
	struct group *next;
};

struct filter {
	struct group *groups; /* none: all pass */
	const struct field *searched[8];
	size_t n_searched;
};

/* Whether haystack, folded as text_fold does, contains a needle folded before. */
bool folded_contains(const char *haystack, const char *needle);
enum folded_fit { FOLDED_NOT, FOLDED_PART, FOLDED_SAME };
enum folded_fit folded_find(const char *haystack, const char *needle);

#define FILTER_SORT "kind" /* the word for a row's sort */
struct candidates candidates_of_sorts(const struct choices *sorts, struct arena *arena);
struct candidates candidates_of_fields(struct arena *arena);
const char *filter_flag(size_t i); /* its word; NULL behind the last */
const struct field *filter_field(const char *name); /* by name, short name or title; or NULL */

/* Parsing. */
struct word { /* a piece of the text, in bytes */
	size_t at, len;
};

struct parse {
	const char *text;
	size_t at, len;
	const struct filter_ctx *ctx;
	struct arena *arena;
	struct filter_error *error;
};

const char *parse_folded(const struct parse *parse, struct word word); /* in the arena */
/* Marks the word and says why; returns ERR_INPUT. */
enum err parse_bad(struct parse *parse, struct word word, const char *fmt, ...) PRINTF(3, 4);
/* A word may be the name of a place, or be pinyin: then the term is TERM_NAMED. */
void parse_named(struct parse *parse, struct term *term);
/* Whether a name stands for the sort of a row; fills such a term from its value. */
bool parse_is_sort(const struct parse *parse, const char *name);
enum err parse_sort(struct parse *parse, struct term *term, const char *name, struct word value,
		    bool quoted) MUST_CHECK;
/* Fills the term from its value; name: the field as the person wrote it. */
enum err parse_value(struct parse *parse, struct term *term, const char *name, struct word value,
		     bool quoted) MUST_CHECK;

#endif
