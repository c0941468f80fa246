/* Lists and pages, line by line. */
#include <config.h>

#include "plain_priv.h"
#include "plain_view_priv.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/mode.h"
#include "zhiban/model/desk.h"
#include "zhiban/model/page.h"

enum { WIDTH = 72 };

/* ---- the list ---- */

/* Numbered; over each group of a grouped list its heading. */
static void say_rows(struct plain *plain, const struct client_row *rows, size_t n)
{
	bool grouped = board_group(plain->board) != 0;

	plain->any_alike = false;
	for (size_t i = 0; i < n; i++) {
		const struct incident *incident = rows[i].incident;

		if (grouped && (i == 0 || !board_same_group(plain->board, rows[i - 1].incident,
							    incident)))
			plain_heading(plain, incident);
		plain->rows[i] = incident->head.id;
		plain_sayf(plain, "%zu. %s", i + 1, plain_row(plain, incident));
	}
	plain->n_rows = n;
	if (n > 0)
		plain->focus = plain->rows[n - 1];
}

static enum err fetch(struct plain *plain, enum board_from from, size_t before, size_t n,
		      struct board_page *ret_page)
{
	struct error err = ERROR_INIT;
	enum err code = board_fetch(plain->board, from, &plain->focus, before, n, &plain->arena,
				    ret_page, &err);

	plain->said.list = SAVED_INCIDENTS;
	if (code == ERR_NOT_FOUND) /* the row has left the list */
		code = board_fetch(plain->board, BOARD_FIRST, NULL, 0, n, &plain->arena, ret_page,
				   &err);
	if (code != ERR_OK)
		plain_say(plain, err.text);
	return code;
}

void plain_next(struct plain *plain, const char *args)
{
	struct board_page page;
	size_t skip;

	(void)args;
	if (fetch(plain, plain->any ? BOARD_AT : BOARD_FIRST, 0, PLAIN_ROWS + plain->any, &page) !=
	    ERR_OK)
		return;
	skip = plain->any && page.n > 0 && uuid_eq(&page.rows[0].incident->head.id, &plain->focus);
	page.n = page.n > PLAIN_ROWS + skip ? PLAIN_ROWS + skip : page.n;
	if (page.n > skip)
		say_rows(plain, page.rows + skip, page.n - skip);
	plain->any = page.n > 0;
	if (page.last)
		plain_say(plain, page.n ? _("That is all. g begins again.")
					: _("Nothing is listed."));
}

void plain_list_from(struct plain *plain)
{
	struct uuid first = plain->focus;
	struct board_page page;

	if (fetch(plain, BOARD_AT, 0, PLAIN_ROWS, &page) != ERR_OK)
		return;
	say_rows(plain, page.rows, page.n > PLAIN_ROWS ? PLAIN_ROWS : page.n);
	plain->any = page.n > 0;
	if (page.n > 0 && uuid_eq(&page.rows[0].incident->head.id, &first))
		plain->focus = first;
}

/* The ten before those that were said last. */
void plain_pageup(struct plain *plain, const char *args)
{
	struct board_page page;
	size_t n = 0;

	(void)args;
	if (!plain->any) {
		plain_last(plain, "");
		return;
	}
	if (plain->n_rows > 0)
		plain->focus = plain->rows[0];
	if (fetch(plain, BOARD_AT, PLAIN_ROWS, PLAIN_ROWS, &page) != ERR_OK)
		return;
	while (n < page.n && !uuid_eq(&page.rows[n].incident->head.id, &plain->focus))
		n++;
	if (n == 0) {
		plain_say(plain, _("That is the first one."));
		return;
	}
	say_rows(plain, page.rows, n);
}

void plain_changed(struct plain *plain, const char *args)
{
	struct incident *incident;
	struct uuid id;

	(void)args;
	if (!plain->any || !board_next_changed(plain->board, &plain->focus, &id) ||
	    client_get(plain->client, &id, &plain->arena, &incident, NULL) != ERR_OK) {
		plain_say(plain, board_changes(plain->board) > 0 ?
					 _("no row that changed stands further on in this list") :
					 _("nothing changed that you have not seen"));
		return;
	}
	(void)board_seen(plain->board, &id);
	plain->focus = id;
	plain->any = true;
	plain_say(plain, plain_row(plain, incident));
}

void plain_first(struct plain *plain, const char *args)
{
	plain->any = false;
	plain_next(plain, args);
}

void plain_last(struct plain *plain, const char *args)
{
	struct board_page page;

	(void)args;
	if (fetch(plain, BOARD_LAST, 0, PLAIN_ROWS, &page) != ERR_OK)
		return;
	say_rows(plain, page.rows, page.n > PLAIN_ROWS ? PLAIN_ROWS : page.n);
	plain->any = page.n > 0;
	if (page.n == 0)
		plain_say(plain, _("Nothing is listed."));
}

static void step_to(struct plain *plain, bool down)
{
	struct board_page page;
	size_t at = 0;

	if (!plain->any) {
		plain_first(plain, "");
		return;
	}
	if (fetch(plain, BOARD_AT, down ? 0 : 1, 2, &page) != ERR_OK || page.n == 0)
		return;
	for (size_t i = 0; i < page.n; i++)
		if (uuid_eq(&page.rows[i].incident->head.id, &plain->focus))
			at = down ? i + 1 : i - 1;
	if (at >= page.n) {
		plain_say(plain, down ? _("That is the last one.") : _("That is the first one."));
		return;
	}
	plain->focus = page.rows[at].incident->head.id;
	plain->n_rows = 0;
	plain_say(plain, plain_row(plain, page.rows[at].incident));
}

void plain_down(struct plain *plain, const char *args)
{
	(void)args;
	step_to(plain, true);
}

void plain_up(struct plain *plain, const char *args)
{
	(void)args;
	step_to(plain, false);
}

void plain_count(struct plain *plain)
{
	while (board_next(plain->board) <= face_now(plain->face))
		board_step(plain->board);
	plain_sayf(plain, _("%lld incidents"), (long long)board_count(plain->board)->shown);
}

void plain_filter(struct plain *plain, const char *args)
{
	struct filter_error problem;

	if (board_set_filter(plain->board, args, &problem) != ERR_OK) {
		plain_say(plain, problem.text);
		return;
	}
	plain_count(plain);
	plain_first(plain, "");
}

/* ---- pages ---- */

static bool focused(struct plain *plain, const char *args)
{
	struct error err = ERROR_INIT;

	if (*args != '\0' && plain_named(plain, args, &plain->focus, &err) != ERR_OK) {
		plain_say(plain, err.text);
		return false;
	}
	plain->any |= *args != '\0';
	if (!plain->any)
		plain_say(plain, _("no incident is selected"));
	return plain->any;
}

void plain_page(struct plain *plain, const char *args)
{
	struct error err = ERROR_INIT;
	struct page page;

	if (!focused(plain, args))
		return;
	if (plain_is_whistle(plain, &plain->focus, NULL)) {
		plain_whistle_page(plain);
		return;
	}
	if (page_build(plain->client, &plain->focus, WIDTH / 2, &plain->arena, &page, &err) !=
	    ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	for (size_t s = 0; s < page.n; s++) {
		if (page.sections[s].title)
			plain_say(plain, page.sections[s].title);
		for (size_t i = 0; i < page.sections[s].n; i++) {
			const struct page_line *line = &page.sections[s].lines[i];

			plain_say(plain, line->label ? arena_printf(&plain->arena, "%s: %s",
								    line->label, line->text)
						     : line->text);
		}
	}
	if (!page.complete)
		plain_say(plain, _("older lines are being fetched: look again in a moment"));
}

void plain_explain(struct plain *plain, const char *args)
{
	struct str text = STR_INIT;
	struct error err = ERROR_INIT;

	if (!focused(plain, args))
		return;
	if (plain_is_whistle(plain, &plain->focus, NULL)) {
		plain_whistle_explain(plain);
		str_release(&text);
		return;
	}
	plain_say(plain, page_explain(plain->client, &plain->focus, &text, &err) == ERR_OK
				 ? str_get(&text)
				 : err.text);
	str_release(&text);
}

void plain_outbox(struct plain *plain, const char *args)
{
	struct error err = ERROR_INIT;
	struct desk desk;

	(void)args;
	if (desk_read(plain->client, &plain->arena, &desk, &err) != ERR_OK) {
		plain_say(plain, err.text);
		return;
	}
	for (size_t i = 0; i < desk.n; i++) {
		const struct client_waiting *waiting = desk.lines[i].waiting;

		plain_say(plain,
			  arena_printf(&plain->arena, "%lld %s: %s%s%s",
				       (long long)waiting->act.n,
				       outbox_state_words(waiting->state),
				       desk_deed(&desk.lines[i], &plain->arena),
				       *desk.lines[i].words ? ": " : "", desk.lines[i].words));
	}
	plain_say(plain, desk.n == 0 ? _("Nothing waits, nothing was refused.")
			 : desk.own > 0
				 ? _("keep NUMBER does it again, drop NUMBER gives it up")
				 : _("u takes back what waits on the incident"));
}

/* ---- how things stand ---- */

void plain_mode(struct plain *plain)
{
	const struct rules *rules = client_rules(plain->client);
	const struct mode_rule *mode = rules_mode(rules, client_mode_code(plain->client));

	if (rules->training)
		plain_say(plain, arena_printf(&plain->arena, "[%s]", _("training")));
	if (mode->emergency)
		plain_say(plain, arena_printf(&plain->arena, "%s: %s", _("Mode"), mode->label));
}

void plain_status(struct plain *plain, const char *args)
{
	const struct rules *rules = client_rules(plain->client);
	const struct actor *actor = client_actor(plain->client);
	const struct board_count *count = board_count(plain->board);
	struct client_link link;
	struct str age = STR_INIT, stands = STR_INIT;

	(void)args;
	client_link(plain->client, &link);
	if (link.state == LINK_OFFLINE && !link.since)
		link.state = LINK_NONE; /* it has just begun: not known yet */
	link_state_words(&link, env_now(client_env(plain->client)), rules->offset_min,
			 client_is_enrolled(plain->client), &stands);
	plain_say(plain, arena_printf(&plain->arena, "%s, %s", rules->title,
				      actor ? actor->officer : ""));
	plain_mode(plain);
	plain_say(plain, arena_printf(&plain->arena,
			 _("open %lld, overdue %lld, within the hour %lld; %s; to send %u, refused %u"),
			 (long long)count->open, (long long)count->overdue,
			 (long long)count->soon,
			 str_get(&stands) + 1, /* without the sign that colours it on a screen */
			 link.pending, link.refused));
	if (link_is_old(&link, env_now(client_env(plain->client)))) {
		link_age_words(link_age(&link, env_now(client_env(plain->client))), &age);
		plain_say(plain, arena_printf(&plain->arena, _("data %s old"), str_get(&age)));
	}
	if (plain->alarms > 0)
		plain_alarms(plain, "");
	str_release(&stands);
	str_release(&age);
}

/* How many, and each as a line. */
void plain_alarms(struct plain *plain, const char *args)
{
	(void)args;
	plain_ring_list(&plain->ring, plain->locked);
}

void plain_quiet(struct plain *plain, const char *args)
{
	plain_ring_hush(&plain->ring, args);
}
