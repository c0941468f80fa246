/* Other systems in the server's tests. */
#ifndef TESTS_SERVER_SYSTEM_HELP_H
#define TESTS_SERVER_SYSTEM_HELP_H

#include "rules_help.h"

/* The token of a new system; words as of the query ("name=city&source=desk&kinds=intake"). */
static inline const char *system_token(struct world *world, const char *words)
{
	const char *query = arena_printf(&world->arena, "op=add&%s", words);
	const char *body = ask(world, 200, "POST", "/v1/admin/systems", query, NULL, NULL);

	return arena_strndup(&world->arena, body, strcspn(body, "\n"));
}

static inline void expect_text(const char *text, const char *piece)
{
	if (strstr(text, piece) == NULL)
		fail_msg("no %s in %s", piece, text);
}

static inline void expect_no_text(const char *text, const char *piece)
{
	if (strstr(text, piece) != NULL)
		fail_msg("%s is in %s", piece, text);
}

/* The text of a member of JSON, from a place on: {"a":"b"} gives b for "a". */
static inline const char *member_of(struct world *world, const char *json, const char *key)
{
	const char *words = arena_printf(&world->arena, "\"%s\":\"", key);
	const char *at = strstr(json, words);

	if (at == NULL)
		fail_msg("no %s in %s", key, json);
	at += strlen(words);
	return arena_strndup(&world->arena, at, strcspn(at, "\""));
}

/* A request whose reply is looked at: its status, and the seconds to wait. */
static inline int ask_wait(struct world *world, const char *method, const char *path,
			   const char *query, const char *token, const char *body, int *ret_wait)
{
	struct request request;
	struct reply reply;
	int status;

	request_make(world, &request, method, path, query, token, body);
	reply_init(&reply);
	assert_int_equal(service_handle(world->service, &request, &reply), SERVICE_DONE);
	status = reply.status;
	*ret_wait = reply.retry_after;
	reply_release(&reply);
	return status;
}

static inline int64_t head_of(struct world *world)
{
	struct service_stand stand;

	OK(service_stand(world->service, &stand, NULL));
	return stand.seq;
}

#endif
