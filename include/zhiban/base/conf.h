/* Configuration texts (libconfuse lives only behind this header).
 *
 * A schema declares what may stand in a text; parsing keeps the line of every option, so that each
 * error, found here or by the caller, reads "FILE:LINE: word: what is allowed".  Sections may
 * repeat with different titles; an option or a title twice, an unknown word, '$', includes and
 * values out of range are errors.  The text is untrusted input.
 *
 *	name = "text"		# texts in double quotes, with \" \\ \n \t
 *	limit = 4h		# a plain word needs no quotes
 *	places = { "a", "b" }
 *	step "accept" {
 *		hours = 2
 *	}
 *
 * What is asked for by a name that the schema of the section does not have is a defect of ours and
 * ends the program (assert).  Several threads may parse at once. */
#ifndef ZHIBAN_BASE_CONF_H
#define ZHIBAN_BASE_CONF_H

#include <stdbool.h>
#include <stddef.h>

#include "zhiban/base/error.h"

enum conf_type { CONF_STR, CONF_INT, CONF_BOOL, CONF_STRS /* { "a", "b" } */, CONF_SECTION };
enum conf_flags {
	CONF_REQUIRED = 1 << 0, /* must be given; a text or a list must not be empty */
	CONF_TITLED = 1 << 1,	/* section "title" { }, may repeat; others stand once */
};
enum { CONF_TEXT_MOST = 1 << 20 }; /* bytes of a whole text */

struct conf_spec { /* arrays end with a NULL name */
	const char *name;
	enum conf_type type;
	unsigned flags;
	const char *fallback; /* default as text ("a, b" for CONF_STRS); NULL: none ("" / 0 /
				 false / empty list) */
	long min, max;	      /* CONF_INT: range, none when both are 0; CONF_STR and items of
				 CONF_STRS: longest in bytes (0: 4096) */
	const struct conf_spec *section;
	const char *help; /* N_ sentence, for the commented example */
};

struct conf;	     /* a parsed text, owns everything below */
struct conf_section; /* borrowed from it */

/* name is used in messages only. */
enum err conf_parse(const char *name, const char *text, size_t len, const struct conf_spec *spec,
		    struct conf **ret_conf, struct error *err) MUST_CHECK;
/* "-" is standard input; the name in messages is the path. */
enum err conf_read(const char *path, const struct conf_spec *spec, struct conf **ret_conf,
		   struct error *err) MUST_CHECK;
void conf_free(struct conf *conf);
const struct conf_section *conf_root(const struct conf *conf);

const char *conf_title(const struct conf_section *section); /* "" when untitled */
/* Sections given, or items of a list, the default's when it is not given. */
size_t conf_count(const struct conf_section *section, const char *name);
/* Sections in the order of the text; NULL at or behind the count. */
const struct conf_section *conf_child(const struct conf_section *section, const char *name,
				      size_t index);
const char *conf_str(const struct conf_section *section, const char *name);
const char *conf_item(const struct conf_section *section, const char *name, size_t index);
long conf_int(const struct conf_section *section, const char *name);
bool conf_bool(const struct conf_section *section, const char *name);
bool conf_given(const struct conf_section *section, const char *name);
/* Line of an option (name) or of the section itself (NULL), from 1.  Of an option that is not
 * given: the line of its section. */
int conf_line(const struct conf_section *section, const char *name);
int conf_item_line(const struct conf_section *section, const char *name, size_t index);
/* error_set with ERR_INPUT, "FILE:LINE: " before it, and the whole made harmless for a terminal. */
enum err conf_error(const struct conf_section *section, const char *name, struct error *err,
		    const char *fmt, ...) PRINTF(4, 5);
/* The same for one item of a list. */
enum err conf_item_error(const struct conf_section *section, const char *name, size_t index,
			 struct error *err, const char *fmt, ...) PRINTF(5, 6);
/* Of some words the one that is nearest to a mistyped one, at most two letters off; NULL: none
 * is. */
const char *conf_nearest(const char *const *words, size_t n, const char *word);
/* The commented example of a schema: every option with its help and its default. */
struct str;
void conf_example(const struct conf_spec *spec, struct str *out);

#endif
