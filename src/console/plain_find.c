/* Search, and the first screen: what needs this officer. */
#include <config.h>

#include "plain_priv.h"

#include "zhiban/base/i18n.h"
#include "zhiban/client/search.h"
#include "zhiban/model/home.h"

enum { AT_ONCE = 2000, SLICES_MOST = 5000 };

/* ---- search ---- */

/* Where the words stand, when it is not in the row itself. */
static const char *hit_words(struct plain *plain, const struct client_hit *hit)
{
	static const char *const where[WHERE_COUNT] = {
		[WHERE_ADDRESS] = N_("in the address"),
		[WHERE_TEXT] = N_("in the text"),
		[WHERE_NOTE] = N_("in a note"),
	};
	const char *row = plain_row(plain, hit->row.incident);

	return where[hit->where] ? arena_printf(&plain->arena, "%s (%s)", row, _(where[hit->where]))
				 : row;
}

static void say_hits(struct plain *plain, struct client_search *search)
{
	struct error err = ERROR_INIT;
	struct client_hit hits[PLAIN_ROWS];
	struct client_indexed indexed;
	size_t n = 0;

	if (client_search_hits(search, 0, PLAIN_ROWS, &plain->arena, hits, &n, &err) != ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	plain_say(plain, arena_printf(&plain->arena, _("%zu found%s"), client_search_found(search),
				      client_search_done(search) ? "" : "+"));
	for (size_t i = 0; i < n; i++) {
		plain->rows[i] = hits[i].row.incident->head.id;
		plain_say(plain, arena_printf(&plain->arena, "%zu. %s", i + 1,
					      hit_words(plain, &hits[i])));
	}
	plain->n_rows = n;
	if (n > 0) {
		plain->focus = plain->rows[0];
		plain->any = true;
	}
	if (client_indexed(plain->client, &indexed, &err) == ERR_OK && indexed.waiting > 0)
		plain_say(plain, arena_printf(&plain->arena,
					      _("the index lacks %lld of %lld: those were looked "
						"through"),
					      (long long)indexed.waiting, (long long)indexed.rows));
}

void plain_search(struct plain *plain, const char *words)
{
	struct client_search_ask ask = { .words = words };
	struct client_search *search;
	struct error err = ERROR_INIT;

	if (client_search_new(plain->client, &ask, &search, &err) != ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	for (int i = 0; i < SLICES_MOST && !client_search_done(search); i++)
		if (client_search_step(search, AT_ONCE, &err) != ERR_OK)
			break;
	if (err.code != ERR_OK)
		plain_say(plain, err.text);
	else
		say_hits(plain, search);
	client_search_free(search);
}

/* ---- what needs me ---- */

static void say_counters(struct plain *plain, const struct home *home)
{
	struct str line = STR_INIT;

	for (int i = 0; i < HOME_COUNTS; i++)
		if (i != HOME_ALARMS)
			str_addf(&line, "%s%s %lld", line.len > 0 ? ", " : "",
				 home_count_title((enum home_count)i),
				 (long long)home_counter(home, (enum home_count)i));
	plain_say(plain, str_get(&line));
	str_release(&line);
}

static void say_group(struct plain *plain, const struct home *home, enum home_group group)
{
	size_t n, said = 0;
	const struct home_row *rows = home_rows(home, &n);

	if (home_group_count(home, group) == 0)
		return;
	plain_say(plain, arena_printf(&plain->arena, "%s: %zu%s", home_group_title(group),
				      home_group_count(home, group),
				      home_has_more(home, group) ? "+" : ""));
	for (size_t i = 0; i < n && said < PLAIN_ROWS / 2 && plain->n_rows < PLAIN_ROWS; i++) {
		struct incident *incident;

		if (rows[i].group != group || client_get(plain->client, &rows[i].id, &plain->arena,
							 &incident, NULL) != ERR_OK)
			continue;
		plain->rows[plain->n_rows++] = rows[i].id;
		said++;
		plain_say(plain, arena_printf(&plain->arena, "%zu. %s", plain->n_rows,
					      plain_row(plain, incident)));
	}
}

void plain_home(struct plain *plain, const char *args)
{
	struct home *home = home_new(plain->client);

	(void)args;
	for (int i = 0; i < SLICES_MOST && home_step(home) & HOME_MORE; i++)
		;
	plain_alarms(plain, "");
	say_counters(plain, home);
	plain->n_rows = 0;
	for (int group = 0; group < HOME_GROUPS; group++)
		say_group(plain, home, (enum home_group)group);
	if (plain->n_rows > 0) {
		plain->focus = plain->rows[0];
		plain->any = true;
	} else {
		plain_say(plain, _("Nothing needs you now; board lists all incidents."));
	}
	home_free(home);
}
