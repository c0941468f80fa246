/* What the subcommands share: common options, settings, the client, and how output is written. */
#ifndef ZHIBAN_CONSOLE_CONSOLE_H
#define ZHIBAN_CONSOLE_CONSOLE_H

#include <getopt.h>

#include "zhiban/base/str.h"
#include "zhiban/client/rows.h"
#include "zhiban/client/settings.h"

struct console {
	struct arena arena; /* lives as long as the program */
	struct env env;
	int64_t shift; /* of env's clock, ms: a demo that starts at another time */
	const char *config, *server_name, *theme; /* NULL: not given */
	bool thin, plain, read_only;
	bool has_settings;
	struct settings settings;
	const struct server_settings *server;
	struct client *client;
};

typedef enum err (*command_fn)(struct console *console, int argc, char **argv, struct error *err);
struct subcommand {
	const char *name;
	command_fn run;
	const char *words, *help, *example;
};
size_t subcommand_count(void);
const struct subcommand *subcommand_at(size_t i);

#define H(name, function, words, help, example) \
	enum err function(struct console *console, int argc, char **argv, struct error *err);
#include "command.def"
#undef H

/* The settings and the server meant; the client on its folder.  Read and opened once. */
enum err console_server(struct console *console, struct error *err) MUST_CHECK;
enum err console_client(struct console *console, struct error *err) MUST_CHECK;

/* One option a subcommand knows: a word that goes to *text, or a flag. */
struct command_option {
	const char *name;
	const char **text; /* takes a value */
	bool *flag;	   /* takes none */
};
/* Options anywhere, the other words in order to rest (at most max_rest).  ERR_USAGE names what is
 * wrong. */
enum err command_words(int argc, char **argv, const struct command_option *options, size_t n,
		       const char **rest, size_t max_rest, size_t *ret_n_rest, struct error *err)
	MUST_CHECK;
/* A whole number of seconds for --wait and the like; text NULL gives 0. */
enum err command_seconds(const char *option, const char *text, int64_t *ret_ms, struct error *err)
	MUST_CHECK;
/* The PIN from a file of mode 0600, or asked on the terminal without echo. */
enum err command_pin(const char *file, bool twice, char pin[64], struct error *err) MUST_CHECK;
/* Those of the second factor, from the terminal; without one ERR_SECOND in words. */
enum err command_digits(char digits[64], struct error *err) MUST_CHECK;

/* Writes out to standard output and clears it.  ERR_IO when nobody reads any more. */
enum err console_print(struct str *out, struct error *err) MUST_CHECK;
enum err console_print_clean(struct str *text, struct error *err) MUST_CHECK; /* cleaned first */
/* status.c: whether the server answers just now. */
bool console_online(struct console *console, const struct client_link *link);
/* FIELD=VALUE words into arguments of an act, in the arena. */
enum err console_given(struct console *console, const struct act_desc *act,
		       const char *const *words, size_t n, struct given *given, size_t *n_given,
		       struct error *err) MUST_CHECK;

/* Brings the folder in step, as holder of its lock or by waiting for whoever holds it, until all
 * acts are answered and nothing is missing, or wait_ms passed: ERR_OFFLINE then, with why. */
enum err console_sync(struct console *console, int64_t wait_ms, struct error *err) MUST_CHECK;

/* Tables for people: cells are cleaned, columns padded by the columns they take on a screen. */
struct table {
	struct arena arena;
	const char *const *titles; /* translated */
	size_t n_columns;
	const char ***rows;
	size_t n, cap;
};
/* place.c: a registration that names an address and no organisation gets those of the only place it
 * can mean, and says so.  given has room for ACT_ARGS_MAX. */
enum err place_fill(struct console *console, const struct act_desc *act, struct given *given,
		    size_t *n, struct error *err) MUST_CHECK;

enum { TABLE_CELL_MOST = 60 };
void table_init(struct table *table, const char *const *titles, size_t n_columns);
void table_add(struct table *table, const char *const *cells);
/* A line of its own, with how many rows follow till the next one. */
void table_heading(struct table *table, const char *text);
/* Appends header and rows; widths fit the rows there are. */
void table_write(struct table *table, struct str *out);
void table_release(struct table *table);

#endif
