/* zhiban search: incidents by words of their texts: those here; with --online, those at the server. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "search.h"

#include "list.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/search.h"

enum { SEARCH_MOST = SEARCH_HITS, STEP = 4000, PAGE = 50 };

/* The days and "closed" as words of the filter, which know how they are meant. */
static const char *filter_of(struct console *console, const struct search_words *asked)
{
	struct str out = STR_INIT;
	const char *filter;

	if (asked->filter != NULL)
		str_addf(&out, "%s", asked->filter);
	if (asked->closed)
		str_add(&out, " closed");
	if (asked->since != NULL)
		str_addf(&out, " registered_at>=%s", asked->since);
	if (asked->until != NULL)
		str_addf(&out, " registered_at<=%s", asked->until);
	filter = arena_strdup(&console->arena, str_get(&out));
	str_release(&out);
	return filter;
}

static enum err check_day(const char *name, const char *words, int offset, struct error *err)
{
	int64_t ms;

	if (words == NULL || civil_parse(words, offset, &ms, NULL) == ERR_OK)
		return ERR_OK;
	return error_set(err, ERR_USAGE, _("--%s takes a day as 2026-11-22, not \"%s\""), name, words);
}

static enum err pour(struct list *list, struct client_search *search, long long limit,
		     struct error *err)
{
	enum err code = ERR_OK;
	size_t most = (size_t)limit, at = 0;

	/* by relevance all must be known before the first is shown */
	while (code == ERR_OK && !client_search_done(search) &&
	       (client_search_found(search) < most || list->sort != NULL))
		code = client_search_step(search, STEP, err);
	while (code == ERR_OK && at < most && at < client_search_found(search)) {
		struct arena arena = ARENA_INIT;
		struct client_hit hits[PAGE];
		size_t n = most - at < PAGE ? most - at : PAGE, got = 0;

		code = client_search_hits(search, at, n, &arena, hits, &got, err);
		for (size_t i = 0; i < got && code == ERR_OK; i++) {
			const struct incident *incident = hits[i].row.incident;

			code = list_add(list, &incident->head.id, incident, err);
		}
		at += n;
		arena_release(&arena);
	}
	return code;
}

/* On the error's way, so that rows can be piped. */
static void say_how_many(struct client *client, const struct client_search *search, long long limit)
{
	size_t found = client_search_found(search);
	struct client_indexed indexed;

	if (!client_search_done(search) || found == SEARCH_HITS || (long long)found > limit)
		fprintf(stderr,
			_("The first %lld; there may be more: narrow the words, or --limit.\n"),
			(long long)found < limit ? (long long)found : limit);
	if (client_indexed(client, &indexed, NULL) == ERR_OK && indexed.rows > 0 &&
	    indexed.waiting > indexed.rows / 100)
		fprintf(stderr,
			_("The index knows %lld of %lld incidents; the rest was looked through.\n"),
			(long long)(indexed.rows - indexed.waiting), (long long)indexed.rows);
	if (found == 0)
		fprintf(stderr, "%s\n", _("Nothing here has these words; --online asks the server for "
					   "what is not kept here."));
}

static enum err search_here(struct console *console, const struct search_words *asked,
			    struct error *err)
{
	struct list list = { .console = console, .sort = asked->best ? "best" : NULL };
	struct client_search_ask ask = { .words = asked->words, .by_relevance = asked->best };
	struct client_search *search = NULL;
	struct filter *filter = NULL;
	const char *words = filter_of(console, asked);
	enum err code = list_begin(&list, "incidents", asked->columns, asked->format, err);

	if (code == ERR_OK)
		code = check_day("since", asked->since, list.ctx.rules->offset_min, err);
	if (code == ERR_OK)
		code = check_day("until", asked->until, list.ctx.rules->offset_min, err);
	if (code == ERR_OK)
		code = list_parse_filter(&list, words, &filter, err);
	ask.filter = *words != '\0' ? filter : NULL;
	ask.ctx = &list.ctx;
	if (code == ERR_OK)
		code = client_search_new(console->client, &ask, &search, err);
	if (code == ERR_INPUT)
		code = ERR_USAGE;
	if (code == ERR_OK)
		code = pour(&list, search, asked->limit, err);
	if (code == ERR_OK)
		code = list_end(&list, err);
	if (code == ERR_OK)
		say_how_many(console->client, search, asked->limit);
	client_search_free(search);
	list_release(&list);
	return code;
}

enum err search_command(struct console *console, int argc, char **argv, struct error *err)
{
	const char *limit = NULL, *words[GRAM_WORDS];
	struct search_words asked = { .limit = 50 };
	bool server = false;
	const struct command_option options[] = {
		{ "limit", &limit, NULL },	    { "format", &asked.format, NULL },
		{ "columns", &asked.columns, NULL }, { "since", &asked.since, NULL },
		{ "until", &asked.until, NULL },    { "filter", &asked.filter, NULL },
		{ "closed", NULL, &asked.closed },  { "best", NULL, &asked.best },
		{ "online", NULL, &server },
	};
	struct str all = STR_INIT;
	size_t n = 0;
	enum err code =
		command_words(argc, argv, options, ARRAY_LEN(options), words, GRAM_WORDS, &n, err);

	if (code == ERR_OK && n == 0)
		code = error_set(err, ERR_USAGE, "%s", _("words to look for are wanted"));
	if (code == ERR_OK && limit != NULL && !str_int(limit, 1, SEARCH_MOST, &asked.limit))
		code = error_set(err, ERR_USAGE, _("--limit takes a number from 1 to %d, not \"%s\""),
				 SEARCH_MOST, limit);
	if (code == ERR_OK && server && (asked.filter != NULL || asked.best))
		code = error_set(err, ERR_USAGE, "%s",
				 _("the server knows no filter and no relevance: --filter and --best "
				   "are for what is here"));
	if (code == ERR_OK)
		code = console_client(console, err);
	for (size_t i = 0; i < n; i++)
		str_addf(&all, "%s%s", i > 0 ? " " : "", words[i]);
	asked.words = str_get(&all);
	if (code == ERR_OK)
		code = server ? search_server(console, &asked, err) : search_here(console, &asked, err);
	str_release(&all);
	return code;
}
