/* The commands of zhiband as data: one row each, with its words, options, help and example. */
#ifndef ZHIBAN_DAEMON_COMMAND_PRIV_H
#define ZHIBAN_DAEMON_COMMAND_PRIV_H

#include <stddef.h>

#include "zhiban/base/error.h"

enum { ARGS_OPTIONS = 16, ARGS_WORDS = 1024 };

struct option_desc { /* arrays end with a NULL name */
	const char *name;  /* "listen": --listen */
	const char *value; /* "HOST:PORT"; NULL: a flag */
	const char *help;  /* msgid; NULL: not listed */
};
struct args;
struct command {
	const char *name;
	const char *words; /* "DIR FILE" as the help shows them */
	size_t min_words, max_words;
	const struct option_desc *options; /* or NULL */
	const char *help;		   /* msgid */
	const char *example;
	const char *more; /* msgid; further help, or NULL */
	enum err (*run)(const struct args *args, struct error *err);
};
struct args {
	const struct command *command;
	const char *values[ARGS_OPTIONS]; /* by the option's place; "" of a flag that was given */
	const char *words[ARGS_WORDS];
	size_t n_words;
};

/* ERR_USAGE with a sentence. */
enum err args_parse(const struct command *command, int argc, char **argv, struct args *ret_args,
		    struct error *err) MUST_CHECK;
const char *args_value(const struct args *args, const char *option); /* or NULL */
void command_help(const struct command *command);
/* The row of a name, or NULL; the i-th row, NULL behind the last. */
const struct command *command_find(const char *name);
const struct command *command_at(size_t i);

enum err run_init(const struct args *args, struct error *err);
enum err run_status(const struct args *args, struct error *err);
enum err run_serve(const struct args *args, struct error *err);
/* Prints a list of the server's (manage.c): the named options and --format go along. */
enum err manage_list(const struct args *args, const char *path, const char *const *options, size_t n,
		     struct error *err);
enum err run_session(const struct args *args, struct error *err);
enum err run_console(const struct args *args, struct error *err);
enum err run_audit(const struct args *args, struct error *err);
enum err run_code(const struct args *args, struct error *err);
enum err run_officer(const struct args *args, struct error *err);
enum err run_import(const struct args *args, struct error *err);
enum err run_system(const struct args *args, struct error *err);
enum err run_export(const struct args *args, struct error *err);
enum err run_erase(const struct args *args, struct error *err);
enum err run_purge(const struct args *args, struct error *err);
enum err run_backup(const struct args *args, struct error *err);
enum err run_restore(const struct args *args, struct error *err);
enum err run_verify(const struct args *args, struct error *err);
enum err run_profile(const struct args *args, struct error *err);
enum err run_calendar(const struct args *args, struct error *err);
enum err run_places(const struct args *args, struct error *err);
enum err run_warnings(const struct args *args, struct error *err);
enum err run_fill(const struct args *args, struct error *err);

#endif
