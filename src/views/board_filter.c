#include <config.h>

#include <string.h>

#include "board_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* ---- words that can stand in a filter ---- */

static void add_word(struct prompt_words *words, struct arena *arena, const char *word,
		     const char *help)
{
	struct prompt_word *more = arena_array(arena, words->n + 1, sizeof *more);

	if (words->n)
		memcpy(more, words->items, words->n * sizeof *more);
	more[words->n].word = word;
	more[words->n].help = help;
	words->items = more;
	words->n++;
}

static void add_orgs(struct prompt_words *words, struct arena *arena, const struct rules *rules,
		     const char *key, const char *typed)
{
	enum { MOST = 40 };

	for (size_t i = 0; i < rules->n_orgs && words->n < MOST; i++) {
		const char *brief = rules->orgs[i].brief ? rules->orgs[i].brief
							 : rules->orgs[i].name;

		if (str_starts(brief, typed) || strstr(rules->orgs[i].name, typed))
			add_word(words, arena, arena_printf(arena, "%s%s", key, brief),
				 rules->orgs[i].name);
	}
}

static void add_choices(struct prompt_words *words, struct arena *arena,
			const struct choices *choices, const char *key, const char *typed)
{
	for (size_t i = 0; i < choices->n; i++)
		if (str_starts(choices->items[i].label, typed))
			add_word(words, arena,
				 arena_printf(arena, "%s%s", key, choices->items[i].label),
				 choices->items[i].code);
}

static void add_steps(struct prompt_words *words, struct arena *arena, const struct rules *rules,
		      const char *typed)
{
	for (size_t i = 0; i < rules->n_steps; i++)
		if (str_starts(rules->steps[i].label, typed))
			add_word(words, arena,
				 arena_printf(arena, "step:%s", rules->steps[i].label),
				 rules->steps[i].waiting);
}

static const struct {
	const char *word, *help;
} keys[] = {
	{ "step:", N_("step of the flow") },
	{ "street:", N_("street or town") },
	{ "dept:", N_("who holds it") },
	{ "src:", N_("source, or number at the source") },
	{ "sev>=", N_("severity at least") },
	{ "due<", N_("less time left than 30m, 2h, 1d") },
	{ "since:", N_("reported since a date") },
	{ "overdue", N_("past its deadline") },
	{ "open", N_("not closed") },
	{ "mine", N_("held by my organisation") },
	{ "hard", N_("marked as a hard case") },
};

static void add_keys(struct prompt_words *words, struct arena *arena, const char *typed)
{
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (str_starts(keys[i].word, typed))
			add_word(words, arena, keys[i].word, _(keys[i].help));
}

static void complete(void *ctx, const char *text, size_t at, struct arena *arena,
		     struct prompt_words *words)
{
	struct board_view *view = ctx;
	const struct rules *rules = client_rules(view->rows.app->client);
	size_t from = at;
	const char *word;

	while (from > 0 && !strchr(" |!", text[from - 1]))
		from--;
	words->from = from;
	word = arena_strndup(arena, text + from, at - from);
	if (str_starts(word, "step:"))
		add_steps(words, arena, rules, word + 5);
	else if (str_starts(word, "street:"))
		add_orgs(words, arena, rules, "street:", word + 7);
	else if (str_starts(word, "dept:"))
		add_orgs(words, arena, rules, "dept:", word + 5);
	else if (str_starts(word, "src:"))
		add_choices(words, arena, &rules->sources, "src:", word + 4);
	else if (str_starts(word, "sev>="))
		add_choices(words, arena, &rules->severities, "sev>=", word + 5);
	else
		add_keys(words, arena, word);
}

/* ---- the prompt ---- */

void board_filter_open(struct board_view *view, const char *initial)
{
	struct prompt_spec spec = {
		.label = "/",
		.initial = initial,
		.hint = _("words, step: street: dept: due<2h overdue open mine !not a|b; "
			  "Tab completes"),
		.complete = complete,
		.ctx = view,
		.history = &view->rows.app->filters,
	};

	str_clear(&view->before);
	str_add(&view->before, board_filter(view->rows.app->board));
	prompt_free(view->prompt);
	view->prompt = prompt_new(&spec);
}

/* A word that may still become "dept:" is not looked for as a text. */
static const char *without_half(const char *text, struct arena *arena)
{
	size_t from = strlen(text);

	while (from > 0 && !strchr(" |!", text[from - 1]))
		from--;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (text[from] && str_starts(keys[i].word, text + from) &&
		    strcmp(keys[i].word, text + from) != 0)
			return arena_strndup(arena, text, from);
	return text;
}

/* While it is typed, the rest of a filter works without the word that is wrong. */
static void without_wrong(struct board_view *view, const char *text,
			  const struct filter_error *problem)
{
	struct filter_error another;
	struct str rest = STR_INIT;
	size_t from, to;

	str_add(&rest, text);
	from = problem->at < rest.len ? problem->at : rest.len;
	to = from + problem->len < rest.len ? from + problem->len : rest.len;
	while (from > 0 && text[from - 1] != ' ')
		from--;
	to += strcspn(text + to, " ");
	str_remove(&rest, from, to - from);
	if (board_set_filter(view->rows.app->board, str_get(&rest), &another) != ERR_OK &&
	    board_set_filter(view->rows.app->board, "", &another) != ERR_OK)
		str_clear(&rest); /* the list stays as it was */
	str_release(&rest);
}

static bool set(struct board_view *view, const char *text)
{
	struct filter_error problem = { 0 };

	if (board_set_filter(view->rows.app->board, text, &problem) == ERR_OK) {
		if (view->prompt)
			prompt_error(view->prompt, NULL, 0, 0);
		return true;
	}
	if (!view->prompt) {
		app_notice(view->rows.app, ROLE_ERROR, problem.text);
		return false;
	}
	prompt_error(view->prompt, problem.text, problem.at, problem.len);
	without_wrong(view, text, &problem);
	return false;
}

static bool apply(struct board_view *view, const char *text)
{
	struct error err = ERROR_INIT;
	bool good = set(view, text);

	view->rows.dirty |= DIRTY_TITLE | DIRTY_LIST | DIRTY_FOOT;
	if (list_home(view->rows.list, &err) != ERR_OK)
		app_failed(view->rows.app, &err);
	rows_unrest(&view->rows);
	return good;
}

unsigned board_filter_set(struct board_view *view, const char *text)
{
	return apply(view, text) ? UI_REDRAW : UI_FRAME;
}

static unsigned shut(struct board_view *view)
{
	prompt_free(view->prompt);
	view->prompt = NULL;
	return UI_REDRAW_ALL | UI_FRAME;
}

unsigned board_filter_key(struct board_view *view, struct key key, const char *pasted)
{
	struct arena arena = ARENA_INIT;

	switch (prompt_key(view->prompt, key, pasted)) {
	case PROMPT_CHANGED:
		apply(view, without_half(prompt_text(view->prompt), &arena));
		arena_release(&arena);
		return UI_REDRAW;
	case PROMPT_DONE:
		return apply(view, prompt_text(view->prompt)) ? shut(view) : UI_REDRAW;
	case PROMPT_LEFT:
		apply(view, str_get(&view->before));
		return shut(view);
	case PROMPT_MORE:
		break;
	}
	return UI_REDRAW;
}
