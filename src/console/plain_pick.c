/* One of several, by its number: a question that stands until it is answered or left. */
#include <config.h>

#include "plain_pick_priv.h"
#include "plain_priv.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/whistle.h"

struct plain_pick *plain_pick_new(struct plain *plain, const char *question,
				  void (*chosen)(struct plain *plain, struct plain_pick *pick,
						 size_t at))
{
	plain_pick_free(plain);
	plain->pick = mem_alloc(sizeof *plain->pick);
	plain->pick->question = arena_strdup(&plain->pick->arena, question);
	plain->pick->chosen = chosen;
	plain->pick->usual = PLAIN_PICKS;
	return plain->pick;
}

void plain_pick_free(struct plain *plain)
{
	if (!plain->pick)
		return;
	arena_release(&plain->pick->arena);
	free(plain->pick);
	plain->pick = NULL;
}

void plain_pick_add(struct plain_pick *pick, const char *label)
{
	if (pick->n < PLAIN_PICKS)
		pick->labels[pick->n++] = arena_strdup(&pick->arena, label);
}

void plain_pick_say(struct plain *plain)
{
	const struct plain_pick *pick = plain->pick;

	for (size_t i = 0; i < pick->n; i++)
		plain_sayf(plain, "%zu. %s%s", i + 1, pick->labels[i],
			   i == pick->usual ? _(" (Enter)") : "");
}

void plain_pick_answer(struct plain *plain, const char *line)
{
	struct plain_pick *pick = plain->pick;
	long long number;
	size_t at = pick->n;

	if (*line == '\0')
		at = pick->usual;
	else if (str_int(line, 1, (long long)pick->n, &number))
		at = (size_t)number - 1;
	for (size_t i = 0; *line != '\0' && i < pick->n && at >= pick->n; i++)
		if (strcmp(line, pick->labels[i]) == 0)
			at = i;
	if (strcmp(line, ".") == 0 || strcmp(line, "\033") == 0) {
		plain_pick_free(plain);
		plain_say(plain, _("left; nothing was done"));
	} else if (at >= pick->n && pick->list) {
		plain_pick_free(plain);
		plain_obey(plain, arena_strdup(&plain->arena, line));
	} else if (at >= pick->n) {
		plain_say(plain, _("a number of these; . leaves"));
		plain_pick_say(plain);
	} else {
		plain->pick = NULL; /* it may ask the next question */
		pick->chosen(plain, pick, at);
		arena_release(&pick->arena);
		free(pick);
	}
}

/* ---- which incident is meant ---- */

enum err plain_named(struct plain *plain, const char *word, struct uuid *ret_id, struct error *err)
{
	long long row;

	if (str_int(word, 1, PLAIN_ROWS, &row) && (size_t)row <= plain->n_rows) {
		*ret_id = plain->rows[row - 1];
		return ERR_OK;
	}
	if (client_find(plain->client, word, ret_id, err) == ERR_OK ||
	    client_whistle_find(plain->client, word, ret_id, NULL) == ERR_OK)
		return ERR_OK;
	return client_find(plain->client, word, ret_id, err);
}

bool plain_target(struct plain *plain, const char **args, struct uuid *ret_id)
{
	size_t len = strcspn(*args, " ");
	const char *word = arena_strndup(&plain->arena, *args, len);

	if (len > 0 && plain_named(plain, word, ret_id, NULL) == ERR_OK) {
		*args += len + strspn(*args + len, " ");
		return true;
	}
	if (plain->any)
		*ret_id = plain->focus;
	else
		plain_say(plain, _("no incident is selected"));
	return plain->any;
}

bool plain_only_target(struct plain *plain, const char *args, struct uuid *ret_id)
{
	struct error err = ERROR_INIT;

	if (*args == '\0')
		return plain_target(plain, &args, ret_id);
	if (plain_named(plain, args, ret_id, &err) == ERR_OK)
		return true;
	plain_say(plain, err.text);
	return false;
}
