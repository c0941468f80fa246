/* What the locked screen shows: the time, who is here, alarms, the link; nothing else. */
#include <config.h>

#include <string.h>

#include "lock_priv.h"
#include "ring_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"

enum { WIDTH = 58, HEIGHT = 17, LIST_ROWS = 6 };

struct sheet {
	struct lock *lock;
	struct canvas *canvas;
	struct area left; /* what is still free, from the top */
};

static void line(struct sheet *sheet, enum role role, const char *text)
{
	struct area row = area_top(&sheet->left, 1);

	if (row.rows > 0)
		canvas_pad(sheet->canvas, row.row, row.col, row.cols, role, text, PAD_RIGHT);
}

/* A sentence, on as many rows as it needs. */
static void sentence(struct sheet *sheet, enum role role, const char *text)
{
	struct str part = STR_INIT;

	while (*text) {
		size_t skip, len = text_wrap(text, sheet->left.cols, &skip);

		str_clear(&part);
		str_add_bytes(&part, text, len);
		line(sheet, role, str_get(&part));
		text += len + skip;
	}
	str_release(&part);
}

static void who_words(const struct app *app, const char *officer, const char *org,
		      const char *role, struct str *out)
{
	const struct rules *rules = client_rules(app->client);
	const struct org *at = rules_org(rules, org);

	str_addf(out, "%s  %s  %s", officer, rules_role_label(rules, role),
		 at == NULL ? org : at->brief ? at->brief : at->name);
}

static void draw_head(struct sheet *sheet)
{
	struct app *app = sheet->lock->app;
	const struct rules *rules = client_rules(app->client);
	const struct actor *actor = client_actor(app->client);
	struct str text = STR_INIT;
	enum role role;

	str_addf(&text, "%s  %s", _("Duty desk"),
		 sheet->lock->shut ? _("[locked]") : _("[change of officer]"));
	line(sheet, ROLE_TITLE, str_get(&text));
	line(sheet, ROLE_TEXT, rules->title);
	line(sheet, ROLE_TEXT, "");
	str_clear(&text);
	frame_clock(app, &text);
	line(sheet, ROLE_TITLE, str_get(&text));
	str_clear(&text);
	if (actor)
		who_words(app, actor->officer, actor->org, actor->role, &text);
	else
		str_add(&text, _("nobody is logged in"));
	line(sheet, ROLE_TEXT, str_get(&text));
	str_clear(&text);
	if (ring_is_loud(app)) /* whoever hears it must know whom to ring */
		ring_banner(app, &text);
	else
		frame_alarms(app, &text);
	line(sheet, app->alarms ? ring_role(app) : ROLE_HINT,
	     app->alarms ? str_get(&text) : _("no alarm"));
	str_clear(&text);
	role = frame_link(app, &text);
	str_addf(&text, _("  to send %u"), app->link.pending);
	line(sheet, role, str_get(&text));
	line(sheet, ROLE_TEXT, "");
	str_release(&text);
}

/* Of a long list the part with the chosen one. */
static void draw_seats(struct sheet *sheet)
{
	const struct lock *lock = sheet->lock;
	size_t from = lock->chosen >= LIST_ROWS ? lock->chosen - LIST_ROWS + 1 : 0;

	line(sheet, ROLE_HEADING, _("Who takes over?"));
	for (size_t i = from; i <= lock->n_seats && i < from + LIST_ROWS; i++) {
		struct str text = STR_INIT;

		str_addf(&text, "%c %zu ", i == lock->chosen ? '>' : ' ', i + 1);
		if (i < lock->n_seats)
			who_words(lock->app, lock->seats[i].officer, lock->seats[i].org,
				  lock->seats[i].role, &text);
		else
			str_add(&text, _("another officer ..."));
		line(sheet, i == lock->chosen ? ROLE_LIST_SELECTED : ROLE_TEXT, str_get(&text));
		str_release(&text);
	}
	line(sheet, ROLE_HINT, _("A number or Enter chooses, Esc leaves"));
}

static void draw_name(struct sheet *sheet)
{
	struct lock *lock = sheet->lock;
	struct area row;
	int used;

	line(sheet, ROLE_HEADING, _("Who takes over?"));
	row = area_top(&sheet->left, 1);
	used = canvas_text(sheet->canvas, row.row, row.col, row.cols, ROLE_LABEL, _("Name: "));
	row.col += used;
	row.cols -= used;
	edit_draw(&lock->name, sheet->canvas, row, ROLE_FORM_INPUT, true);
	line(sheet, ROLE_HINT, _("Enter goes on to the PIN, Esc leaves"));
}

static void draw_pin(struct sheet *sheet)
{
	const struct pin_box *box = &sheet->lock->box;
	struct str text = STR_INIT;

	str_addf(&text, "%s  ", box->officer);
	pin_words(box, &text);
	line(sheet, ROLE_FORM_FOCUS, str_get(&text));
	line(sheet, ROLE_HINT,
	     box->second	? _("Enter goes on, Esc leaves") :
	     sheet->lock->shut ? _("Enter opens, Tab another officer, Esc leaves") :
				  _("Enter takes over, Tab another officer, Esc leaves"));
	str_release(&text);
}

static void draw_stage(struct sheet *sheet)
{
	switch (sheet->lock->stage) {
	case LOCK_SHUT:
		line(sheet, ROLE_HINT, _("Any key, then your PIN"));
		if (sheet->lock->app->lock_hint)
			line(sheet, ROLE_HINT, sheet->lock->app->lock_hint);
		break;
	case LOCK_PIN:
		draw_pin(sheet);
		break;
	case LOCK_WHO:
		draw_seats(sheet);
		break;
	case LOCK_NAME:
		draw_name(sheet);
		break;
	case LOCK_STAGES:
		break;
	}
}

void lock_draw(void *state, struct canvas *canvas, struct area area, bool all)
{
	struct lock *lock = state;
	struct sheet sheet = { .lock = lock, .canvas = canvas,
			       .left = area_middle(area, HEIGHT, WIDTH) };

	(void)all;
	canvas_erase(canvas, area);
	canvas_cursor(canvas, -1, 0);
	draw_head(&sheet);
	draw_stage(&sheet);
	sentence(&sheet, ROLE_WARNING, lock->words);
}
