/* What ran out while this console was off, or cut off, told in one line when it is in step again. */
#include <config.h>

#include "rows_priv.h"

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum { AWAY_LEAST_MIN = 10, FRESH_MIN = 2, LOOKED_MOST = 5000, SLICE = 500 };

struct away_sum {
	int64_t since, now; /* of the server */
	int64_t mine, all;  /* that ran out meanwhile, and still run */
	int64_t proposed, listed;
};

bool away_is_mine(const struct app *app, const char *org)
{
	const struct rules *rules = client_rules(app->client);
	const char *own = client_deadlines_mine(app->client).org;

	if (!own || !org)
		return false;
	return str_eq(org, own) || (!str_eq(own, rules->centre) && rules_org_within(rules, org, own));
}

static void add(const struct app *app, const struct client_deadline *row, struct away_sum *sum)
{
	int64_t proposed = row->incident ? row->incident->proposed_at :
			   row->whistle	 ? row->whistle->proposed_at :
					   0;
	int64_t listed = row->incident ? row->incident->listed_at :
			 row->whistle  ? row->whistle->listed_at :
					 0;

	sum->all++;
	sum->mine += away_is_mine(app, row->deadline.org);
	sum->proposed += proposed >= sum->since;
	sum->listed += listed >= sum->since;
}

static void look(const struct app *app, struct away_sum *sum)
{
	const struct client_deadline_filter asked = { .from = sum->since, .to = sum->now + 1,
						      .entities = true };
	struct client_deadlines page = { .more = true };

	for (size_t looked = 0; page.more && looked < LOOKED_MOST; looked += SLICE) {
		struct deadline_key after = page.next;
		struct arena arena = ARENA_INIT;

		page = (struct client_deadlines){ .n = 0 };
		if (client_deadlines_page(app->client, &asked, after.set ? &after : NULL, SLICE,
					  &arena, &page, NULL) != ERR_OK)
			page.more = false;
		for (size_t i = 0; i < page.n; i++)
			add(app, &page.rows[i], sum);
		arena_release(&arena);
	}
}

static void tell(struct app *app, const struct away_sum *sum)
{
	struct str words = STR_INIT, key = STR_INIT;
	char since[CIVIL_TEXT];

	civil_format(sum->since, client_rules(app->client)->offset_min,
		     sum->now - sum->since > DAY_MS ? "m-d H:M" : "H:M", since, sizeof since);
	str_addf(&words, _("Since %s, while nobody was here, ran out:"), since);
	rows_add_count(&words, _("of ours"), sum->mine);
	rows_add_count(&words, _("of others"), sum->all - sum->mine);
	rows_add_count(&words, _("supervision proposed"), sum->proposed);
	rows_add_count(&words, _("on the leader's list"), sum->listed);
	keymap_first_key(app->keymap, command_at(CMD_deadlines), &key);
	str_addf(&words, _("  %s lists them"), str_get(&key));
	app_notice(app, ROLE_WARNING, words.s);
	app->away_told = sum->now;
	str_release(&words);
	str_release(&key);
}

/* The data are of now, and nothing is still to come. */
static bool in_step(const struct app *app)
{
	const struct client_link *link = &app->link;

	return (link->state == LINK_ONLINE || link->state == LINK_THIN) && link->left == 0 &&
	       link->data_at != 0 && frame_own_now(app) - link->data_at < FRESH_MIN * MINUTE_MS;
}

bool away_look(struct app *app)
{
	int64_t own = frame_own_now(app), shift = app_now(app) - own;
	struct away_sum sum = { .now = app_now(app) };

	if (app->away_since == 0 && !in_step(app) && app->link.data_at != 0 &&
	    own - app->link.data_at > AWAY_LEAST_MIN * MINUTE_MS)
		app->away_since = app->link.data_at;
	if (app->away_since == 0 || !in_step(app))
		return false;
	sum.since = app->away_since + shift;
	app->away_since = 0;
	look(app, &sum);
	if (sum.all == 0)
		return false;
	tell(app, &sum);
	return true;
}
