/* What can be done to what lies in the outbox: from its list, and from the desk's page. */
#include <config.h>

#include <string.h>

#include "act_priv.h"
#include "desk_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* Of the top view; NULL: there is none, or it is below an overlay. */
static const struct desk_line *top_item(struct app *app)
{
	const struct view_ops *top = ui_top(app->ui);

	if (top == &outbox_view)
		return outbox_view_item(ui_top_state(app->ui));
	return top == &desk_view ? desk_view_item(ui_top_state(app->ui)) : NULL;
}

void desk_remember(struct app *app)
{
	const struct desk_line *line = top_item(app);

	app->item = line ? line->waiting->act.id : (struct uuid){ { 0 } };
}

/* ---- why not ---- */

static const char *why_state(const struct desk_line *line, enum cmd cmd)
{
	switch (line->waiting->state) {
	case OUTBOX_REFUSED:
		return cmd == CMD_dropall && !line->hanging ? _("nothing hangs on it") : NULL;
	case OUTBOX_MERGED:
		return cmd == CMD_drop ? NULL :
		       _("it was accepted: its note is to be read, there is nothing to send again");
	case OUTBOX_PENDING:
		return cmd == CMD_drop ? NULL :
		       _("it waits to be sent: only what was refused is done again");
	case OUTBOX_SENT:
	case OUTBOX_ANSWERED:
		break;
	}
	return _("it is on its way: what the server has admitted stays in the journal");
}

const char *desk_line_why(struct app *app, const struct desk_line *line, enum cmd cmd)
{
	const char *sentence = why_state(line, cmd);

	if (!line->waiting->own)
		return arena_printf(&app->whys,
				    _("this is %s's: only its author decides it, logged in "
				      "here (:login)"),
				    line->waiting->act.actor.officer);
	return sentence;
}

const char *desk_why(struct app *app, enum cmd cmd)
{
	struct arena arena = ARENA_INIT;
	const struct desk_line *line = top_item(app);
	const char *sentence = _("no act is selected");
	struct desk desk;

	if (!line && !uuid_is_nil(&app->item) &&
	    desk_read(app->client, &arena, &desk, NULL) == ERR_OK)
		line = desk_find(&desk, &app->item);
	if (line)
		sentence = desk_line_why(app, line, cmd);
	arena_release(&arena);
	return sentence;
}

bool desk_can(struct app *app, enum cmd cmd)
{
	const struct desk_line *line = top_item(app);

	if (!line || !line->waiting->own || why_state(line, cmd))
		return false;
	return line->group != DESK_MERGED || ui_top(app->ui) == &desk_view; /* it is read there */
}

/* ---- doing ---- */

static unsigned failed(struct app *app, const struct error *err)
{
	app_failed(app, err);
	return UI_FRAME;
}

static unsigned done(struct app *app, const char *words)
{
	struct uuid none = { { 0 } };
	unsigned flags = acts_done(app, &none);

	app_notice(app, ROLE_GOOD, words);
	return flags;
}

static unsigned keep(struct app *app, const struct uuid *act)
{
	struct error err = ERROR_INIT;
	struct client_done ret;

	if (client_desk_again(app->client, act, NULL, 0, &ret, &err) != ERR_OK)
		return failed(app, &err);
	return done(app, _("done again, waits to be sent"));
}

static unsigned edit(struct app *app, const struct uuid *act)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	const struct desk_line *line = NULL;
	struct question question = { 0 };
	struct desk desk;
	unsigned flags = UI_FRAME;

	if (desk_read(app->client, &arena, &desk, &err) == ERR_OK)
		line = desk_find(&desk, act);
	if (line) {
		question.act = line->waiting->act.desc;
		question.replaces = *act;
		acts_target(app, question.act, &line->waiting->act.target.id);
		flags = ui_open(app->ui, &form_view, &question, sizeof question);
	} else if (err.code != ERR_OK) {
		app_failed(app, &err);
	}
	arena_release(&arena);
	return flags;
}

unsigned desk_drop(struct app *app, const struct uuid *act, bool all)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	const struct desk_line *line = NULL;
	const char *words = _("dropped");
	struct desk desk;
	size_t n;
	enum err code = desk_read(app->client, &arena, &desk, &err);

	if (code == ERR_OK && !(line = desk_find(&desk, act)))
		code = error_set(&err, ERR_NOT_FOUND, "%s", _("it does not lie here any more"));
	if (code == ERR_OK && all)
		code = client_desk_drop_all(app->client, act, &n, &err);
	else if (code == ERR_OK && desk_is_on(line))
		code = client_desk_drop(app->client, act, &err);
	else if (code == ERR_OK)
		code = client_take_back(app->client, act, &err);
	if (code == ERR_OK && line->group == DESK_MERGED)
		words = _("read, and taken off");
	else if (code == ERR_OK && !desk_is_on(line))
		words = _("taken back");
	arena_release(&arena);
	return code == ERR_OK ? done(app, words) : failed(app, &err);
}

static unsigned ask(struct app *app, const struct uuid *act, enum cmd cmd)
{
	struct asking asking = { cmd, *act };

	return ui_open(app->ui, &ask_view, &asking, sizeof asking);
}

unsigned desk_command(struct app *app, const struct uuid *act, enum cmd cmd)
{
	switch (cmd) {
	case CMD_keep:
		return keep(app, act);
	case CMD_edit:
		return edit(app, act);
	default:
		return ask(app, act, cmd);
	}
}

unsigned desk_leave(struct app *app)
{
	struct asking asking = { .cmd = CMD_leave };

	if (!app->link.refused && !app->link.merged)
		return UI_QUIT;
	return ui_open(app->ui, &ask_view, &asking, sizeof asking);
}

/* The latest that does not hang on another. */
static const struct desk_line *newest(const struct desk *desk)
{
	const struct desk_line *line = NULL;

	for (size_t i = 0; i < desk->n && desk_is_on(&desk->lines[i]); i++)
		if (!desk->lines[i].leader &&
		    (!line || desk->lines[i].waiting->act.n > line->waiting->act.n))
			line = &desk->lines[i];
	return line;
}

unsigned desk_announce(struct app *app)
{
	unsigned before = app->announced, now = app->link.refused + app->link.merged;
	const struct desk_line *line = NULL;
	struct arena arena = ARENA_INIT;
	struct str text = STR_INIT, key = STR_INIT;
	struct desk desk;
	unsigned flags = UI_NOTHING;

	app->announced = now;
	if (now > before && desk_read(app->client, &arena, &desk, NULL) == ERR_OK)
		line = newest(&desk);
	if (line) {
		keymap_first_key(app->keymap, command_at(CMD_desk), &key);
		if (!line->waiting->own)
			str_addf(&text, "[%s] ", line->waiting->act.actor.officer);
		str_addf(&text,
			 line->group == DESK_MERGED ?
				 _("Accepted with a note: %s: %s (%s shows it)") :
				 _("Not accepted: %s: %s (%s shows it)"),
			 desk_deed(line, &arena), line->words, str_get(&key));
		app_notice(app, ROLE_CONFLICT, str_get(&text));
		flags = line->group == DESK_REFUSED ? UI_FRAME | UI_BELL : UI_FRAME;
	}
	arena_release(&arena);
	str_release(&text);
	str_release(&key);
	return flags;
}

/* ---- the way there ---- */

unsigned desk_show(struct app *app)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	const struct desk_line *line = NULL;
	struct desk desk;
	struct uuid id;
	unsigned flags = UI_FRAME;
	bool selected = app_selected(app, &id);

	if (desk_read(app->client, &arena, &desk, &err) != ERR_OK) {
		app_failed(app, &err);
		desk.n = 0;
	} else if (!desk.count[DESK_REFUSED] && !desk.count[DESK_MERGED]) {
		app_notice(app, ROLE_GOOD, _("Nothing lies on the conflict desk."));
		desk.n = 0;
	}
	for (size_t i = 0; i < desk.n && desk_is_on(&desk.lines[i]); i++)
		if (!line || (selected && uuid_eq(&desk.lines[i].waiting->act.target.id, &id) &&
			      !uuid_eq(&line->waiting->act.target.id, &id)))
			line = &desk.lines[i];
	if (line)
		flags = ui_open(app->ui, &desk_view, &line->waiting->act.id,
				sizeof line->waiting->act.id);
	arena_release(&arena);
	return flags;
}
