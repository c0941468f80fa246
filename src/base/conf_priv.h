/* What the files of conf share: conf_lex.c reads words, conf_scan.c checks them against grammar and
 * schema, conf.c has libconfuse take it to pieces,
 * conf_check.c checks the values, conf_get.c hands them out. */
#ifndef ZHIBAN_BASE_CONF_PRIV_H
#define ZHIBAN_BASE_CONF_PRIV_H

#include "zhiban/base/arena.h"
#include "zhiban/base/conf.h"
#include "zhiban/base/str.h"

/* Name of the hidden list in each section of the text that goes to libconfuse.  Its items say what
 * libconfuse forgets: "12" the section opens in line 12; "13 places 13 14" the option was given in
 * line 13 and its values are in lines 13 and 14.  No text can give it: the sign is in no word. */
#define CONF_LINES "@"

/* What was given, or the default. */
struct conf_value {
	int line; /* 0: not given */
	size_t n; /* items, or sections */
	const char **items;
	const int *lines; /* of the items; NULL for a default */
	struct conf_section *sections;
};

struct conf_section {
	const struct conf *conf;
	const struct conf_spec *specs;
	struct conf_value *values; /* one for each spec */
	const char *name, *title;
	int line;
};

struct conf {
	struct arena arena;
	const char *name;
	struct conf_section root;
};

enum conf_token { WORD, QUOTED, EQUALS, OPEN, CLOSE, COMMA, END, TOKENS };

struct lexer {
	const char *name; /* of the text, for messages */
	const char *at, *end;
	int line;	  /* of the present token */
	int next_line;	  /* of what comes behind it */
	const char *word; /* the present token as it stands in the text */
	size_t len;
	struct error *err;
};

enum err conf_next(struct lexer *lexer, enum conf_token *ret_token) MUST_CHECK;
/* "FILE:LINE: word: sentence" about the present token. */
enum err conf_wrong(struct lexer *lexer, const char *fmt, ...) PRINTF(2, 3);

/* Checks a text against the schema, all but the values, and appends it in a form that has only
 * what libconfuse reads as we do: no comments (it counts their lines twice), nothing open at the
 * end (its lexer would begin the next text inside the string), no variables, everything in double
 * quotes, titles with a number before them ("3 accept", so that all differ), and CONF_LINES. */
enum err conf_scan(const char *name, const char *text, size_t len, const struct conf_spec *spec,
		   struct str *out, struct error *err) MUST_CHECK;

/* ERR_INPUT "NAME:LINE: ", the words cleaned for a terminal. */
enum err conf_error_at(const char *name, int line, struct error *err, const char *fmt, ...)
	PRINTF(4, 5);
enum err conf_verror_at(const char *name, int line, struct error *err, const char *fmt, va_list ap)
	PRINTF(4, 0);

const struct conf_spec *conf_spec_of(const struct conf_spec *specs, const char *name, size_t len);
/* How an option or section is written: 'limit = 3 (1 to 30)', 'step "TITLE" { }'. */
void conf_form(const struct conf_spec *spec, struct str *out);
/* "allowed: a, b, c", with the nearest one to word before it when one is near. */
void conf_allowed(const struct conf_spec *specs, const char *word, size_t len, struct str *out);

/* Is the word, or the value, what its schema allows? */
bool conf_as_bool(const char *word, bool *ret_value);
bool conf_as_int(const struct conf_spec *spec, const char *word, long long *ret_value);
enum err conf_check_value(const struct conf_section *section, const struct conf_spec *spec,
			  const struct conf_value *value, struct error *err) MUST_CHECK;
/* Has each section of the value a title of its own? */
enum err conf_check_titles(struct arena *arena, const struct conf_value *value, struct error *err)
	MUST_CHECK;
enum err conf_twice(const struct conf_section *section, int line, const char *name, int first,
		    struct error *err);

#endif
