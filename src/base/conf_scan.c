#include <config.h>

#include "conf_priv.h"

#include <stdint.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

/* libconfuse compares each title with all before it. */
enum { DEEPEST = 16, SECTIONS_MOST = 10000 };

/* What may come next. */
enum state { NAME, AFTER_NAME, BRACE, VALUE, ITEM, AFTER_ITEM, STATES };

struct level {
	const char *name;		/* of the section, "" for the whole text */
	const struct conf_spec *specs;	/* what may stand in it */
	int line;			/* of its name */
};

struct scan {
	struct lexer lexer;
	enum state state;
	struct level levels[DEEPEST];
	int depth;	/* of the present level */
	int sections;	/* so far */
	const struct conf_spec *given; /* the option or section that is being read */
	int given_line;
	struct str lines; /* of its values */
	struct str *out;
};

/* The grammar: the next state for each token, or why there is none. */
static const struct {
	signed char next[TOKENS]; /* -1: not allowed */
	const char *expected;
} rules[STATES] = {
	[NAME] = { { AFTER_NAME, -1, -1, -1, NAME, -1, NAME },
		   N_("here stands the name of an option or a section, without quotes") },
	[AFTER_NAME] = { { BRACE, BRACE, VALUE, NAME, -1, -1, -1 },
			 N_("behind a name stands = and a value, or a title and {") },
	[BRACE] = { { -1, -1, -1, NAME, -1, -1, -1 },
		    N_("behind the title of a section stands {") },
	[VALUE] = { { NAME, NAME, -1, ITEM, -1, -1, -1 },
		    N_("behind = stands a word, or a text in double quotes, or a list in { }") },
	[ITEM] = { { AFTER_ITEM, AFTER_ITEM, -1, -1, NAME, -1, -1 },
		   N_("in a list stand words or texts in double quotes, and commas between them") },
	[AFTER_ITEM] = { { -1, -1, -1, -1, NAME, ITEM, -1 },
			 N_("behind an item of a list stands a comma or }") },
};

static void put(struct scan *scan, const char *quote)
{
	str_add_char(scan->out, ' ');
	str_add(scan->out, quote);
	str_add_bytes(scan->out, scan->lexer.word, scan->lexer.len);
	str_add(scan->out, quote);
}

/* The option is read: its lines go into the hidden list of its section. */
static void end_option(struct scan *scan)
{
	str_addf(scan->out, "\n" CONF_LINES " += \"%d %s%s\"\n", scan->given_line,
		 scan->given->name, scan->lines.s);
}

static enum err begin_name(struct scan *scan)
{
	const struct level *level = &scan->levels[scan->depth];
	const struct lexer *lexer = &scan->lexer;
	struct str allowed = STR_INIT;

	scan->given = conf_spec_of(level->specs, lexer->word, lexer->len);
	scan->given_line = lexer->line;
	str_clear(&scan->lines);
	if (scan->given != NULL) {
		str_addf(scan->out, "\"%s\"", scan->given->name);
		return ERR_OK;
	}
	conf_allowed(level->specs, lexer->word, lexer->len, &allowed);
	if (scan->depth == 0)
		conf_wrong(&scan->lexer, _("there is no such option or section; %s"), allowed.s);
	else
		conf_wrong(&scan->lexer, _("there is no such option or section in %s; %s"),
			   level->name, allowed.s);
	str_release(&allowed);
	return ERR_INPUT;
}

/* Is it written as what it is: a value, a list, a section with or without a title? */
static enum err check_form(struct scan *scan, enum conf_token token)
{
	const struct conf_spec *spec = scan->given;
	bool section = spec->type == CONF_SECTION, titled = (spec->flags & CONF_TITLED) != 0, ok;
	struct str form = STR_INIT;

	if (scan->state == VALUE)
		ok = token != OPEN || spec->type == CONF_STRS;
	else
		ok = token == EQUALS ? !section : section && titled == (token != OPEN);
	if (ok)
		return ERR_OK;
	conf_form(spec, &form);
	scan->lexer.word = spec->name;
	scan->lexer.len = strlen(spec->name);
	conf_wrong(&scan->lexer, _("it is written %s"), form.s);
	str_release(&form);
	return ERR_INPUT;
}

static enum err put_title(struct scan *scan)
{
	bool bare = scan->lexer.word[0] != '"';

	if (!bare && scan->lexer.len == 2)
		return conf_wrong(&scan->lexer, _("a title must not be empty"));
	str_addf(scan->out, " \"%d ", scan->sections);
	str_add_bytes(scan->out, scan->lexer.word + !bare, scan->lexer.len - !bare);
	str_add(scan->out, bare ? "\"" : "");
	return ERR_OK;
}

static enum err open_section(struct scan *scan)
{
	if (scan->depth + 1 == DEEPEST)
		return conf_wrong(&scan->lexer, _("sections are nested too deeply"));
	if (++scan->sections > SECTIONS_MOST)
		return conf_wrong(&scan->lexer, _("there are more than %d sections"),
				  SECTIONS_MOST);
	scan->levels[++scan->depth] = (struct level){
		.name = scan->given->name,
		.specs = scan->given->section,
		.line = scan->given_line,
	};
	str_addf(scan->out, " {\n" CONF_LINES " += \"%d\"\n", scan->given_line);
	return ERR_OK;
}

static enum err close_section(struct scan *scan)
{
	if (scan->depth == 0)
		return conf_wrong(&scan->lexer, _("there is no section open that this could end"));
	scan->depth--;
	str_add(scan->out, "}\n");
	return ERR_OK;
}

static enum err at_end(struct scan *scan)
{
	const struct level *level = &scan->levels[scan->depth];

	if (scan->depth == 0)
		return ERR_OK;
	scan->lexer.line = level->line;
	scan->lexer.word = level->name;
	scan->lexer.len = strlen(level->name);
	return conf_wrong(&scan->lexer, _("the section that begins here has no end: } is missing"));
}

/* What a token that the grammar allows does. */
static enum err apply(struct scan *scan, enum conf_token token)
{
	bool value = token == WORD || token == QUOTED;

	switch (scan->state) {
	case NAME:
		if (token == END)
			return at_end(scan);
		return token == CLOSE ? close_section(scan) : begin_name(scan);
	case AFTER_NAME:
		if (check_form(scan, token) != ERR_OK)
			return ERR_INPUT;
		if (token == EQUALS)
			str_add(scan->out, " =");
		return value ? put_title(scan) : token == OPEN ? open_section(scan) : ERR_OK;
	case BRACE:
		return open_section(scan);
	case VALUE:
		if (check_form(scan, token) != ERR_OK)
			return ERR_INPUT;
		break;
	case ITEM:
	case AFTER_ITEM:
	case STATES:
		break;
	}
	put(scan, token == WORD ? "\"" : "");
	if (value)
		str_addf(&scan->lines, " %d", scan->lexer.line);
	if (token == CLOSE || (value && scan->state == VALUE))
		end_option(scan);
	return ERR_OK;
}

/* The first byte that is no UTF-8 is named with its line. */
static enum err check_utf8(const char *name, const char *s, size_t len, struct error *err)
{
	int line = 1;

	while (len > 0) {
		uint32_t cp;
		size_t n = text_next(s, len, &cp);

		if (n == 1 && cp == 0xFFFD)
			return conf_error_at(
				name, line, err, "0x%02X: %s", (unsigned char)*s,
				_("this is not UTF-8: save the text in that encoding"));
		if (cp == 0)
			return conf_error_at(name, line, err, "U+0000: %s",
					     _("control characters are not allowed"));
		line += cp == '\n';
		s += n;
		len -= n;
	}
	return ERR_OK;
}

static enum err scan_all(struct scan *scan)
{
	enum conf_token token;

	do {
		int next;

		if (conf_next(&scan->lexer, &token) != ERR_OK)
			return ERR_INPUT;
		if (token == END && scan->depth > 0 && scan->state == NAME)
			return at_end(scan);
		next = rules[scan->state].next[token];
		if (next < 0)
			return conf_wrong(&scan->lexer, "%s", _(rules[scan->state].expected));
		if (apply(scan, token) != ERR_OK)
			return ERR_INPUT;
		scan->state = (enum state)next;
	} while (token != END);
	return ERR_OK;
}

enum err conf_scan(const char *name, const char *text, size_t len, const struct conf_spec *spec,
		   struct str *out, struct error *err)
{
	struct scan scan = { .out = out, .levels[0] = { .name = "", .specs = spec, .line = 1 } };
	enum err code;

	if (len > CONF_TEXT_MOST)
		return error_set(err, ERR_TOO_LARGE, _("%s: longer than %d bytes"), name,
				 CONF_TEXT_MOST);
	if (check_utf8(name, text, len, err) != ERR_OK)
		return ERR_INPUT;
	scan.lexer = (struct lexer){
		.name = name, .at = text, .end = text + len, .next_line = 1, .err = err,
	};
	if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
		scan.lexer.at += 3; /* the mark some editors put at the beginning */
	str_init(&scan.lines);
	code = scan_all(&scan);
	str_release(&scan.lines);
	return code;
}
