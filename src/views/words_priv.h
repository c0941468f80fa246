/* Words for the ":" line and for what is typed into a filter. */
#ifndef ZHIBAN_VIEWS_WORDS_PRIV_H
#define ZHIBAN_VIEWS_WORDS_PRIV_H

#include "app_priv.h"

/* Whether a command does nothing useful without words behind it. */
bool line_needs_words(const struct ui_command *command);
/* Completion of a filter (a prompt_complete_fn); ctx is the app. */
void filter_words(void *ctx, const char *text, size_t at, struct arena *arena,
		  struct prompt_words *words);
/* The same by what a filter knows. */
void filter_words_of(const struct filter_ctx *filter, const char *text, size_t at,
		     struct arena *arena, struct prompt_words *words);
/* A filter without the word that is wrong: what works of it while it is still typed. */
void filter_without(const char *text, const struct filter_error *problem, struct str *out);
/* The same for what stands behind a command, from words->from on, by what it takes (CMD_FILTER,
 * CMD_PLACE, CMD_OFFICER); false: none of these. */
bool argument_words(struct app *app, unsigned needs, const char *text, size_t at,
		    struct arena *arena, struct prompt_words *words);

#endif
