#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "log_priv.h"
#include "meetings_priv.h"
#include "oncall_priv.h"
#include "ring_priv.h"
#include "roster_priv.h"
#include "whistle_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/client/mode.h"

enum { HEAD_ROWS = 2, FOOT_ROWS = 2 }; /* below: what is due next, the keys */

struct area frame_body(void *ctx, int rows, int cols)
{
	const struct app *app = ctx;

	if (app->lock) /* it is the whole screen */
		return (struct area){ 0, 0, rows, cols };
	return (struct area){ HEAD_ROWS, 0, rows - HEAD_ROWS - FOOT_ROWS, cols };
}

/* ---- the first line: where I am, who I am, what time it is ---- */

static const char *weekday(int iso)
{
	static const char *const names[] = { N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
					     N_("Fri"), N_("Sat"), N_("Sun") };

	return _(names[(iso - 1) % 7]);
}

/* Practice is said first, on both lines: nobody shall take it for the real thing, nor the other
 * way round. */
static bool training_word(struct app *app, struct str *out)
{
	if (!client_rules(app->client)->training)
		return false;
	str_addf(out, "[%s]", _("training"));
	return true;
}

/* most: of who is on duty here, at most so many are named. */
static void who_line(struct app *app, const char *place, int most, struct str *out)
{
	const struct rules *rules = client_rules(app->client);
	const struct actor *actor = client_actor(app->client);
	const struct choice *role = actor ? choices_find(&rules->roles, actor->role) : NULL;
	const struct org *org = actor ? rules_org(rules, actor->org) : NULL;
	const char *duty = "";
	bool named = false; /* the officer, among them */

	str_addf(out, " %s %s   ", _("Duty desk"), place ? place : "");
	if (!actor) {
		str_add(out, client_is_enrolled(app->client) ? _("nobody is logged in")
							     : _("not enrolled"));
		return;
	}
	if (most > 0)
		duty = oncall_frame_words(app, most, &named);
	named = named && strstr(duty, actor->officer) != NULL;
	if (!named)
		str_addf(out, "%s %s%s", role ? role->label : actor->role, actor->officer,
			 *duty ? "   " : "");
	str_add(out, duty);
	/* The centre is named already: it is the jurisdiction's title. */
	if (org && rules->centre && strcmp(org->code, rules->centre) != 0)
		str_addf(out, "  %s", org->brief ? org->brief : org->name);
	if (app_read_only(app))
		str_addf(out, "  [%s]", _("read-only"));
}

/* " 战时 since 02:10": an emergency mode, and "not sent yet" while it waits. */
static enum role mode_words(struct app *app, struct str *out)
{
	const struct rules *rules = client_rules(app->client);
	const struct mode *mode = client_mode(app->client);
	const struct mode_rule *rule = rules_mode(rules, client_mode_code(app->client));
	char since[LINK_WHEN];
	bool waits = client_mode_marks(app->client) & ROW_PENDING;
	enum role usual = training_word(app, out) ? ROLE_FRAME_TRAINING : ROLE_TITLE;

	if (!mode || (!rule->emergency && !waits))
		return usual;
	civil_format(mode->since, rules->offset_min, "m-d H:M", since, sizeof since);
	str_addf(out, "[%s]", rule->label);
	if (mode->since)
		str_addf(out, _(" since %s"), since);
	if (waits)
		str_addf(out, " %s", _("[waits to be sent]"));
	str_add(out, " ");
	return rule->emergency ? ROLE_FRAME_EMERGENCY : usual;
}

void frame_clock(struct app *app, struct str *out)
{
	struct civil now;

	civil_of_ms(app_now(app), client_rules(app->client)->offset_min, &now);
	str_addf(out, "%s %02d:%02d", weekday(now.weekday), now.hour, now.minute);
}

/* With as much of the place's name and of who is on duty as there is room for. */
static void fit_who(struct app *app, int cols, struct str *out)
{
	const struct rules *rules = client_rules(app->client);
	const struct {
		const char *place;
		int most;
	} ways[] = { { rules->title, 3 }, { rules->title, 2 }, { rules->brief, 3 },
		     { rules->brief, 2 }, { rules->brief, 1 }, { rules->brief, 0 } };
	size_t begins = out->len;

	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		str_cut(out, begins);
		who_line(app, ways[i].place, ways[i].most, out);
		if (text_columns(out->s) <= cols)
			return;
	}
}

static void draw_first(struct app *app, struct canvas *canvas, int cols)
{
	struct str left = STR_INIT, right = STR_INIT;
	enum role role = mode_words(app, &left);
	int width;

	frame_clock(app, &right);
	str_add(&right, " ");
	width = text_columns(str_get(&right));
	if (ring_is_loud(app)) { /* nothing on this line matters more */
		role = ROLE_ALARM_LOUD;
		str_add(&left, " ");
		ring_banner(app, &left);
	} else {
		fit_who(app, cols - width - 1, &left);
	}
	canvas_pad(canvas, 0, 0, cols - width - 1, role, str_get(&left), PAD_RIGHT);
	canvas_pad(canvas, 0, cols - width - 1, width + 1, role, str_get(&right), PAD_LEFT);
	str_release(&left);
	str_release(&right);
}

/* ---- the second line: screens, link, what waits ---- */

static const struct {
	const struct view_ops *ops;
	enum cmd cmd;
	const char *word;
	int spared; /* where room is short its key does without: 1 first of all; 0: never */
} screens[] = {
	{ &home_view, CMD_home, N_("On duty"), 0 },
	{ &board_view, CMD_board, N_("Incidents"), 0 },
	{ &deadlines_view, CMD_deadlines, N_("Deadlines"), 0 },
	{ &roster_view, CMD_roster, N_("Roster"), 3 },
	{ &meetings_view, CMD_meetings, N_("Meetings"), 4 },
	{ &log_view, CMD_dutylog, N_("Log"), 2 },
	{ &outbox_view, CMD_outbox, N_("Outbox"), 0 },
	{ &whistles_view, CMD_whistles, N_("Whistles"), 1 },
};
enum { SPARED_MOST = 4 };

int64_t frame_own_now(const struct app *app)
{
	return env_now(client_env(app->client));
}

enum role frame_link(struct app *app, struct str *out)
{
	const struct client_link *link = &app->drawn;

	link_state_words(link, frame_own_now(app), client_rules(app->client)->offset_min,
			 client_is_enrolled(app->client), out);
	return link->state == LINK_ONLINE ? ROLE_STATUS_ONLINE :
	       link->state == LINK_THIN	  ? ROLE_STATUS_THIN :
					    ROLE_STATUS_OFFLINE;
}

static void traffic_words(int64_t bytes, struct str *out)
{
	if (bytes < 1000)
		str_addf(out, _(" %lldB/min"), (long long)bytes);
	else if (bytes < 1000000)
		str_addf(out, _(" %lld.%lldK/min"), (long long)(bytes / 1000),
			 (long long)(bytes % 1000 / 100));
	else
		str_addf(out, _(" %lld.%lldM/min"), (long long)(bytes / 1000000),
			 (long long)(bytes % 1000000 / 100000));
}

static void total_words(int64_t bytes, struct str *out)
{
	if (bytes < 10000)
		str_addf(out, _(", %lldB in all"), (long long)bytes);
	else
		str_addf(out, _(", %lldK in all"), (long long)(bytes / 1000));
}

/* A screen that the district's profile has nothing for is not offered. */
static bool has_screen(struct app *app, enum cmd cmd)
{
	const struct rules *rules = client_rules(app->client);

	if (cmd == CMD_meetings)
		return client_rules(app->client)->meetings.n_series > 0;
	if (cmd == CMD_roster)
		return rules->n_plans > 0;
	return cmd != CMD_whistles || rules->n_summonses > 0;
}

static int draw_tabs(struct app *app, struct canvas *canvas, int cols, int spared)
{
	int col = 1;

	for (size_t i = 0; i < ARRAY_LEN(screens); i++) {
		struct str key = STR_INIT;
		bool here = ui_top(app->ui) == screens[i].ops;

		if (!has_screen(app, screens[i].cmd) ||
		    (screens[i].spared > 0 && screens[i].spared <= spared && !here))
			continue;
		keymap_first_key(app->keymap, command_at(screens[i].cmd), &key);
		str_add(&key, screens[i].cmd == CMD_whistles ? whistles_word(app) :
							       _(screens[i].word));
		col += canvas_text(canvas, 1, col, cols - col,
				   here ? ROLE_TAB_CURRENT : ROLE_TAB, str_get(&key));
		col += canvas_text(canvas, 1, col, cols - col, ROLE_TAB, " ");
		str_release(&key);
	}
	return col;
}

void frame_alarms(struct app *app, struct str *out)
{
	if (app->alarms)
		str_addf(out, _("!!%zu not acknowledged"), app->alarms);
}

static int draw_sign(struct canvas *canvas, int col, int cols, enum role role, const char *text)
{
	int used = canvas_text(canvas, 1, col, cols - col, role, text);

	return used + canvas_text(canvas, 1, col + used, cols - col - used, ROLE_TEXT, " ");
}

/* How many ring; and that nothing sounds, for as long as that was asked for. */
static int draw_alarm_sign(struct app *app, struct canvas *canvas, int col, int cols)
{
	struct str text = STR_INIT;
	int used = 0;

	frame_alarms(app, &text);
	if (app->alarms)
		used = draw_sign(canvas, col, cols, ring_role(app), str_get(&text));
	str_clear(&text);
	ring_hush_words(app, &text);
	if (text.len > 0)
		used += draw_sign(canvas, col + used, cols, ROLE_WARNING, str_get(&text));
	str_release(&text);
	return used;
}

/* What lies on the conflict desk, loud, with the key that leads there. */
static int draw_desk_sign(struct app *app, struct canvas *canvas, int col, int cols)
{
	unsigned n = app->drawn.refused + app->drawn.merged;
	struct str text = STR_INIT;
	int used = 0;

	if (n) {
		keymap_first_key(app->keymap, command_at(CMD_desk), &text);
		str_addf(&text, _("Desk %u"), n);
		used = canvas_text(canvas, 1, col, cols - col, ROLE_CONFLICT, str_get(&text));
		used += canvas_text(canvas, 1, col + used, cols - col - used, ROLE_TEXT, " ");
	}
	str_release(&text);
	return used;
}

/* What waits; cut, also what may have arrived there: whoever rings up must know. */
static void waiting_words(const struct client_link *link, struct str *out)
{
	str_addf(out, _(" to send %u"), link->pending);
	if (link->state == LINK_OFFLINE && link->sent)
		str_addf(out, _(" (%u sent)"), link->sent);
	if (link->left > 0)
		str_addf(out, _(" fetching, %lld left"), (long long)link->left);
}

/* Behind it how old the data are, loud, when they are old; else the traffic. */
static enum role last_words(struct app *app, struct str *out)
{
	struct str age = STR_INIT;

	if (!link_is_old(&app->drawn, frame_own_now(app))) {
		traffic_words(app->drawn.bytes_minute, out);
		if (app->thin) /* what the whole session has cost so far */
			total_words(app->drawn.bytes_in + app->drawn.bytes_out, out);
		return ROLE_TEXT;
	}
	link_age_words(link_age(&app->drawn, frame_own_now(app)), &age);
	str_addf(out, _("data %s old"), str_get(&age));
	str_release(&age);
	return ROLE_STATUS_OFFLINE;
}

static int draw_training_sign(struct app *app, struct canvas *canvas, int col, int cols)
{
	struct str word = STR_INIT;
	int used = 0;

	if (training_word(app, &word)) {
		used = canvas_text(canvas, 1, col, cols - col, ROLE_FRAME_TRAINING, word.s);
		used += canvas_text(canvas, 1, col + used, cols - col - used, ROLE_TEXT, " ");
	}
	str_release(&word);
	return used;
}

/* The mode again beside the link: who looks there only must see it too. */
static int draw_mode_sign(struct app *app, struct canvas *canvas, int col, int cols)
{
	const struct mode_rule *rule = rules_mode(client_rules(app->client),
						  client_mode_code(app->client));
	int used;

	if (!rule->emergency)
		return 0;
	used = canvas_text(canvas, 1, col, cols - col, ROLE_FRAME_EMERGENCY, rule->label);
	return used + canvas_text(canvas, 1, col + used, cols - col - used, ROLE_TEXT, " ");
}

/* What must not be cut off comes before what everybody knows: the names of screens go first, then
 * what the first line says, too. */
static int draw_all_signs(struct app *app, struct canvas *canvas, int col, int cols, bool few)
{
	col += draw_alarm_sign(app, canvas, col, cols);
	if (!few) {
		col += draw_training_sign(app, canvas, col, cols);
		col += draw_mode_sign(app, canvas, col, cols);
	}
	return col + draw_desk_sign(app, canvas, col, cols);
}

static int draw_signs(struct app *app, struct canvas *canvas, int cols, int fits, int room)
{
	int col = 0;

	for (int spared = 0; spared <= SPARED_MOST && (col == 0 || col > fits); spared++)
		col = draw_all_signs(app, canvas, draw_tabs(app, canvas, cols, spared), cols, false);
	for (int few = 0; few < 2 && col > room; few++) {
		canvas_fill(canvas, (struct area){ 1, 0, 1, 1 }, ' ', ROLE_TEXT);
		col = draw_all_signs(app, canvas, 1, cols, few);
	}
	return col;
}

static void draw_second(struct app *app, struct canvas *canvas, int cols)
{
	struct str link = STR_INIT, rest = STR_INIT, last = STR_INIT;
	enum role role = frame_link(app, &link), loud = last_words(app, &last);
	int at, col, right;

	waiting_words(&app->drawn, &rest);
	if (loud != ROLE_TEXT)
		str_add(&rest, " ");
	right = text_columns(str_get(&link)) + text_columns(str_get(&rest)) +
		text_columns(str_get(&last)) + 1;
	col = draw_signs(app, canvas, cols, cols - right + 1,
			 loud != ROLE_TEXT ? cols - right + 1 : cols);
	at = cols - right > col ? cols - right : col;
	canvas_fill(canvas, (struct area){ 1, col, 1, at - col }, ' ', ROLE_TEXT);
	at += canvas_text(canvas, 1, at, cols - at, role, str_get(&link));
	at += canvas_text(canvas, 1, at, cols - at, ROLE_TEXT, str_get(&rest));
	at += canvas_text(canvas, 1, at, cols - at, loud, str_get(&last));
	canvas_fill(canvas, (struct area){ 1, at, 1, cols - at }, ' ', ROLE_TEXT);
	str_release(&link);
	str_release(&rest);
	str_release(&last);
}

void frame_draw(void *ctx, struct canvas *canvas)
{
	struct app *app = ctx;
	int rows = canvas_rows(canvas), cols = canvas_cols(canvas);

	if (app->lock)
		return;
	draw_first(app, canvas, cols);
	draw_second(app, canvas, cols);
	frame_draw_due(app, canvas, rows - 2, cols);
	frame_draw_hints(app, canvas, rows - 1, cols);
}
