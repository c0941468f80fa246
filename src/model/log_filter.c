/* The filter of the duty log. */
#include <config.h>

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/pinyin.h"
#include "zhiban/domain/candidate.h"
#include "zhiban/model/log.h"

enum { TERMS_MOST = 32 };

enum term_of { TERM_WORDS, TERM_SORT, TERM_BY, TERM_ORG, TERM_ACT, TERM_FLAG };
enum flag { FLAG_AUTO, FLAG_MANUAL, FLAG_LATE, FLAG_OPEN, FLAG_EMPHASIS, FLAG_PENDING, FLAGS };

static const char *const flag_names[FLAGS] = { N_("auto"),    N_("manual"),   N_("late"),
					       N_("open"),    N_("emphasis"), N_("pending") };

struct term {
	enum term_of of;
	bool negated;
	const char *words;
	enum record_sort sort;
	enum flag flag;
};
struct log_filter {
	struct term terms[TERMS_MOST];
	size_t n;
};

static bool find_flag(const char *words, enum flag *ret_flag)
{
	for (int i = 0; i < FLAGS; i++) {
		if (strcmp(flag_names[i], words) == 0 || strcmp(_(flag_names[i]), words) == 0) {
			*ret_flag = (enum flag)i;
			return true;
		}
	}
	return false;
}

static enum record_sort find_sort(const char *words)
{
	for (int i = 0; i < RECORD_SORTS; i++)
		if (strcmp(record_sort_code((enum record_sort)i), words) == 0 ||
		    strcmp(record_sort_label((enum record_sort)i), words) == 0)
			return (enum record_sort)i;
	return RECORD_SORTS;
}

static enum err wrong(struct log_problem *problem, size_t at, size_t len, const char *text)
{
	*problem = (struct log_problem){ .at = at, .len = len };
	snprintf(problem->text, sizeof problem->text, "%s", text);
	return ERR_INPUT;
}

/* "sort:call" and the like; what has another word before its colon is words. */
static enum err take_named(const struct rules *rules, int64_t now, struct term *term, char *name,
			   char *value, size_t at, size_t len, struct log_problem *problem)
{
	static const struct {
		const char *name, *title;
		enum term_of of;
	} names[] = { { "sort", N_("Sort"), TERM_SORT }, { "by", N_("By"), TERM_BY },
		      { "org", N_("Organisation"), TERM_ORG }, { "act", N_("Act"), TERM_ACT } };
	const struct org *org;
	size_t i = 0;

	while (i < ARRAY_LEN(names) && strcasecmp(names[i].name, name) != 0 &&
	       strcasecmp(_(names[i].title), name) != 0)
		i++;
	if (i == ARRAY_LEN(names))
		return wrong(problem, at, len, _("sort: by: org: act: are known here"));
	term->of = names[i].of;
	term->words = value;
	if (term->of == TERM_SORT) {
		term->sort = find_sort(value);
		if (term->sort == RECORD_SORTS)
			return wrong(problem, at, len,
				     _("a sort is note, call, paper, outing or round"));
	}
	if (term->of == TERM_ORG) {
		struct error err = ERROR_INIT;

		if (candidates_org(rules, value, now, &org, &err) != ERR_OK)
			return wrong(problem, at, len, err.text);
		term->words = org->code;
	}
	return ERR_OK;
}

static enum err take_word(const struct rules *rules, int64_t now, char *word, bool quoted, size_t at,
			  struct log_filter *filter, struct log_problem *problem)
{
	struct term *term = &filter->terms[filter->n];
	size_t len = strlen(word);
	char *colon;

	if (filter->n == TERMS_MOST)
		return wrong(problem, at, len, _("too many words in the filter"));
	*term = (struct term){ .negated = !quoted && *word == '!' };
	word += term->negated;
	colon = quoted ? NULL : strchr(word, ':');
	term->words = word;
	filter->n++;
	if (colon != NULL && colon != word && colon[1] != '\0') {
		*colon = '\0';
		return take_named(rules, now, term, word, colon + 1, at, len, problem);
	}
	if (!quoted && find_flag(word, &term->flag))
		term->of = TERM_FLAG;
	return ERR_OK;
}

enum err log_filter_parse(const struct rules *rules, int64_t now, const char *words,
			  struct arena *arena, struct log_filter **ret_filter,
			  struct log_problem *ret_problem)
{
	struct log_filter *filter = arena_alloc(arena, sizeof *filter);
	const char *at = words;
	enum err code = ERR_OK;

	while (code == ERR_OK && *(at += strspn(at, " ")) != '\0') {
		bool quoted = *at == '"';
		size_t len = strcspn(at + quoted, quoted ? "\"" : " ");
		char *word = arena_strndup(arena, at + quoted, len);

		if (*word != '\0')
			code = take_word(rules, now, word, quoted, (size_t)(at - words), filter,
					 ret_problem);
		at += quoted + len;
		at += quoted && *at == '"';
	}
	if (code == ERR_OK)
		*ret_filter = filter;
	return code;
}

/* ---- whether a line fits ---- */

static bool has(const char *text, const char *words, const struct pinyin_typed *typed, bool latin)
{
	if (text == NULL || *text == '\0')
		return false;
	return strcasestr(text, words) != NULL || (latin && pinyin_fit(typed, text) != PINYIN_NOT);
}

static bool has_words(const struct rules *rules, const struct log_line *line, const char *words)
{
	struct arena arena = ARENA_INIT;
	struct pinyin_typed typed;
	bool latin = pinyin_type(&typed, words) && typed.latin;
	const struct org *org = rules_org(rules, line->org);
	bool found = has(line->number, words, &typed, false) ||
		     has(line->title, words, &typed, latin) ||
		     has(line->line.label, words, &typed, latin) ||
		     has(line->line.officer, words, &typed, latin) ||
		     (org != NULL && has(org->brief, words, &typed, latin)) ||
		     strcasestr(log_words(rules, line, &arena), words) != NULL;

	arena_release(&arena);
	return found;
}

static bool has_flag(const struct log_line *line, enum flag flag)
{
	const char *what;

	switch (flag) {
	case FLAG_AUTO:
		return line->kind != KIND_RECORD;
	case FLAG_MANUAL:
		return line->kind == KIND_RECORD;
	case FLAG_LATE:
		return line->late;
	case FLAG_OPEN:
		return log_is_open(line, &what);
	case FLAG_EMPHASIS:
		return line->emphasis;
	case FLAG_PENDING:
		return (line->line.marks & LINE_PENDING) != 0;
	case FLAGS:
		break;
	}
	return false;
}

static bool fits_term(const struct term *term, const struct rules *rules, const struct log_line *line)
{
	switch (term->of) {
	case TERM_WORDS:
		return has_words(rules, line, term->words);
	case TERM_SORT:
		return line->record != NULL && record_sort_find(line->record->sort) == term->sort;
	case TERM_BY:
		return strcmp(line->line.officer, term->words) == 0 ||
		       pinyin_fits(line->line.officer, term->words);
	case TERM_ORG:
		return rules_org_within(rules, line->org, term->words);
	case TERM_ACT:
		return line->line.act != NULL && (strcmp(line->line.act->verb, term->words) == 0 ||
						  strcmp(line->line.label, term->words) == 0);
	case TERM_FLAG:
		return has_flag(line, term->flag);
	}
	return false;
}

bool log_fits(const struct log_filter *filter, const struct rules *rules, const struct log_line *line)
{
	for (size_t i = 0; filter != NULL && i < filter->n; i++)
		if (fits_term(&filter->terms[i], rules, line) == filter->terms[i].negated)
			return false;
	return true;
}
