#include <config.h>

#include "conf_priv.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { WORD_SHOWN = 60 };

enum err conf_verror_at(const char *name, int line, struct error *err, const char *fmt, va_list ap)
{
	struct str clean = STR_INIT;
	struct error plain = ERROR_INIT;

	vsnprintf(plain.text, sizeof plain.text, fmt, ap);
	text_clean(&clean, plain.text, strlen(plain.text), false);
	error_set(err, ERR_INPUT, "%s:%d: %s", name, line, clean.s);
	str_release(&clean);
	return ERR_INPUT;
}

enum err conf_error_at(const char *name, int line, struct error *err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	conf_verror_at(name, line, err, fmt, ap);
	va_end(ap);
	return ERR_INPUT;
}

/* The present token, cut at a character's edge. */
static void add_word(const struct lexer *lexer, struct str *out)
{
	size_t len = lexer->len;

	if (len == 0)
		str_add(out, _("end of the text"));
	if (len > WORD_SHOWN) {
		len = WORD_SHOWN;
		while (len > 0 && (lexer->word[len] & 0xC0) == 0x80)
			len--;
	}
	str_add_bytes(out, lexer->word, len);
	if (len < lexer->len)
		str_add(out, "..");
}

enum err conf_wrong(struct lexer *lexer, const char *fmt, ...)
{
	struct str words = STR_INIT;
	struct error sentence = ERROR_INIT;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(sentence.text, sizeof sentence.text, fmt, ap);
	va_end(ap);
	add_word(lexer, &words);
	conf_error_at(lexer->name, lexer->line, lexer->err, "%s: %s", words.s, sentence.text);
	str_release(&words);
	return ERR_INPUT;
}

static bool at_pair(const struct lexer *lexer, char first, char second)
{
	return lexer->end - lexer->at > 1 && lexer->at[0] == first && lexer->at[1] == second;
}

static bool at_line_end(const struct lexer *lexer, const char *s)
{
	return s == lexer->end || *s == '\n' ||
	       (*s == '\r' && s + 1 < lexer->end && s[1] == '\n');
}

static bool at_line_comment(const struct lexer *lexer)
{
	return *lexer->at == '#' || at_pair(lexer, '/', '/');
}

static enum err skip_block_comment(struct lexer *lexer)
{
	lexer->line = lexer->next_line;
	for (lexer->at += 2; lexer->at < lexer->end; lexer->at++) {
		if (at_pair(lexer, '*', '/')) {
			lexer->at += 2;
			return ERR_OK;
		}
		lexer->next_line += *lexer->at == '\n';
	}
	lexer->word = "/*";
	lexer->len = 2;
	return conf_wrong(lexer, _("the comment that begins here has no end: */ is missing"));
}

static enum err skip_space(struct lexer *lexer)
{
	while (lexer->at < lexer->end) {
		if (at_pair(lexer, '/', '*')) {
			if (skip_block_comment(lexer) != ERR_OK)
				return ERR_INPUT;
		} else if (at_line_comment(lexer)) {
			while (lexer->at < lexer->end && *lexer->at != '\n')
				lexer->at++;
		} else if (*lexer->at == ' ' || *lexer->at == '\t' || at_pair(lexer, '\r', '\n')) {
			lexer->at++;
		} else if (*lexer->at == '\n') {
			lexer->at++;
			lexer->next_line++;
		} else {
			break;
		}
	}
	return ERR_OK;
}

/* From an opening double quote to the closing one in the same line. */
static enum err read_quoted(struct lexer *lexer)
{
	const char *s = lexer->at + 1;

	for (;; s++) {
		lexer->len = (size_t)(s - lexer->word);
		if (at_line_end(lexer, s))
			return conf_wrong(lexer,
					  _("the text that begins here has no closing \" in its "
					    "line (\\n stands for a line break)"));
		if (*s == '"')
			break;
		if (*s == '$')
			return conf_wrong(lexer, _("$ is not allowed: nothing is filled in here"));
		if (((unsigned char)*s < 0x20 && *s != '\t') || *s == 0x7F)
			return conf_wrong(lexer, _("control characters are not allowed"));
		if (*s != '\\')
			continue;
		s++;
		if (s == lexer->end || strchr("\"\\nt", *s) == NULL) {
			lexer->len = (size_t)(s - lexer->word);
			return conf_wrong(lexer, _("behind \\ only \" \\ n t are allowed"));
		}
	}
	lexer->at = s + 1;
	lexer->len = (size_t)(lexer->at - lexer->word);
	return ERR_OK;
}

/* '#', '/' and '*' are told apart from comments only inside quotes. */
static bool word_char(const struct lexer *lexer)
{
	char c = *lexer->at;

	if (c == '/')
		return !at_pair(lexer, '/', '/') && !at_pair(lexer, '/', '*');
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       strchr("_-.:+%<>!?&~", c) != NULL;
}

/* Why the sign behind the characters of a word cannot stand there. */
static const char *why_not(char sign)
{
	static const struct {
		const char *signs, *why;
	} reasons[] = {
		{ "$", N_("$ is not allowed: nothing is filled in here") },
		{ ";", N_("; is not allowed: a value ends with its line") },
		{ "'", N_("' is not allowed: texts stand in double quotes") },
		{ "#/", N_("a value with # or // in it stands in double quotes") },
		{ "()", N_("nothing is called or included here") },
	};

	for (size_t i = 0; i < ARRAY_LEN(reasons); i++)
		if (strchr(reasons[i].signs, sign) != NULL)
			return _(reasons[i].why);
	if ((unsigned char)sign >= 0x80)
		return _("what is not plain ASCII stands between double quotes, and these are \" "
			 "and no others");
	return _("this sign is not allowed outside double quotes");
}

static enum err read_word(struct lexer *lexer)
{
	uint32_t cp;

	while (lexer->at < lexer->end && word_char(lexer))
		lexer->at++;
	lexer->len = (size_t)(lexer->at - lexer->word);
	if (lexer->at == lexer->end || strchr(" \t\r\n={},\"", *lexer->at) != NULL) {
		if (lexer->len > 0)
			return ERR_OK;
	}
	lexer->len += text_next(lexer->at, (size_t)(lexer->end - lexer->at), &cp);
	return conf_wrong(lexer, "%s", why_not(*lexer->at));
}

enum err conf_next(struct lexer *lexer, enum conf_token *ret_token)
{
	static const char signs[] = "={},";
	static const enum conf_token tokens[] = { EQUALS, OPEN, CLOSE, COMMA };
	const char *sign;

	if (skip_space(lexer) != ERR_OK)
		return ERR_INPUT;
	lexer->line = lexer->next_line;
	lexer->word = lexer->at;
	lexer->len = 0;
	if (lexer->at == lexer->end) {
		*ret_token = END;
		return ERR_OK;
	}
	sign = strchr(signs, *lexer->at);
	if (sign != NULL) {
		lexer->at++;
		lexer->len = 1;
		*ret_token = tokens[sign - signs];
		return ERR_OK;
	}
	*ret_token = *lexer->at == '"' ? QUOTED : WORD;
	return *ret_token == QUOTED ? read_quoted(lexer) : read_word(lexer);
}
