/* zhiban search --online: what the server finds by words, also beyond what this console keeps. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "console.h"
#include "list.h"
#include "search.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/ask.h"
#include "zhiban/wire/feed.h"

enum { PAGE_MOST = 200 };

struct search {
	struct list list;
	long long limit, found;
	struct str path, next; /* next "": that was the last page */
	int64_t indexed;
};

static enum err take_line(void *ctx, const char *line, size_t len, struct error *err)
{
	struct search *search = ctx;
	struct arena arena = ARENA_INIT;
	struct snapshot_line one = { .kind = SNAPSHOT_UNKNOWN };
	enum err code = snapshot_line_decode(line, len, &arena, &one, err);

	if (code == ERR_OK && one.kind == SNAPSHOT_HEAD)
		search->indexed = one.seq;
	if (code == ERR_OK && one.kind == SNAPSHOT_NEXT)
		str_add(&search->next, one.next);
	if (code == ERR_OK && one.kind == SNAPSHOT_ENTITY && search->found < search->limit) {
		const struct entity *head = one.entity;

		search->found++;
		code = list_add(&search->list, &head->id, one.entity, err);
	}
	arena_release(&arena);
	return code;
}

static enum err take_page(struct search *search, struct error *err)
{
	struct console *console = search->list.console;
	struct arena arena = ARENA_INIT;
	struct line_cutter cutter;
	struct ask_reply reply;
	struct str path = STR_INIT;
	enum err code;

	str_addf(&path, "%s&max=%lld", str_get(&search->path),
		 search->limit - search->found < PAGE_MOST ? search->limit - search->found
							   : (long long)PAGE_MOST);
	if (search->next.len > 0)
		str_addf(&path, "&before=%s", search->next.s);
	str_clear(&search->next);
	code = server_ask(console->server, "GET", str_get(&path), NULL, 0, &arena, &reply, err);
	str_release(&path);
	lines_init(&cutter);
	if (code == ERR_OK)
		code = lines_push(&cutter, reply.body, reply.len, take_line, search, err);
	if (code == ERR_OK)
		code = lines_end(&cutter, take_line, search, err);
	lines_release(&cutter);
	arena_release(&arena);
	return code;
}

static enum err all_pages(struct search *search, struct error *err)
{
	enum err code;

	do {
		code = take_page(search, err);
	} while (code == ERR_OK && search->next.len > 0 && search->found < search->limit);
	if (code == ERR_OK && search->indexed == 0)
		fprintf(stderr, "%s\n", _("The server is still making its index: not all can be "
					  "found yet."));
	else if (code == ERR_OK && search->next.len > 0)
		fprintf(stderr, _("The first %lld; there may be more: narrow the words, or --limit.\n"),
			search->found);
	return code;
}

/* A day as it begins, or ends, in the jurisdiction. */
static enum err add_day(struct search *search, const char *name, const char *words, bool to_end,
			struct error *err)
{
	int offset = search->list.ctx.rules->offset_min;
	int64_t ms;

	if (words == NULL)
		return ERR_OK;
	if (civil_parse(words, offset, &ms, NULL) != ERR_OK)
		return error_set(err, ERR_USAGE, _("--%s takes a day as 2026-11-22, not \"%s\""),
				 name, words);
	str_addf(&search->path, "&%s=%lld", name, (long long)(to_end ? ms + 86399999 : ms));
	return ERR_OK;
}

enum err search_server(struct console *console, const struct search_words *asked, struct error *err)
{
	struct search search = { .list = { .console = console }, .limit = asked->limit };
	enum err code = list_begin(&search.list, "incidents", asked->columns, asked->format, err);

	str_add(&search.path, "/v1/search?q=");
	if (code == ERR_OK)
		ask_escape(&search.path, asked->words);
	if (asked->closed)
		str_add(&search.path, "&closed=1");
	if (code == ERR_OK)
		code = add_day(&search, "since", asked->since, false, err);
	if (code == ERR_OK)
		code = add_day(&search, "until", asked->until, true, err);
	if (code == ERR_OK)
		code = all_pages(&search, err);
	if (code == ERR_OK)
		code = list_end(&search.list, err);
	list_release(&search.list);
	str_release(&search.path);
	str_release(&search.next);
	return code;
}
