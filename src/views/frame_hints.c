/* The last line: keys that work here. */
#include <config.h>

#include "desk_priv.h"
#include "meetings_priv.h"
#include "whistle_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/model/acts.h"
#include "zhiban/model/subject.h"

enum {
	LISTS = WHERE_BOARD | WHERE_HOME | WHERE_SEARCH,
	ROWS = LISTS | WHERE_WHISTLES | WHERE_DEADLINES,
	EVERYWHERE = ROWS | WHERE_PAGE | WHERE_OUTBOX | WHERE_PAPER | WHERE_DESK |
		     WHERE_ALARM | WHERE_WHISTLE | WHERE_STATS | WHERE_ROSTER | WHERE_SWAPS |
		     WHERE_SWAP | WHERE_PEOPLE | WHERE_BUILD | WHERE_LOG | WHERE_REPLAY |
		     WHERE_ONCALL | WHERE_HANDOVER | WHERE_HANDOVERS | WHERE_MEETINGS |
		     WHERE_MEETING | WHERE_ITEMS | WHERE_ACTIONS | WHERE_ROOMS | WHERE_CALENDAR |
		     WHERE_SLOTS | WHERE_SITTING,
};

static const struct {
	unsigned where;
	enum cmd cmd;
	const char *word;
} hints[] = {
	{ ROWS | WHERE_ALARM, CMD_open, N_("page") },
	/* those possible follow */
	{ ROWS | WHERE_PAGE | WHERE_WHISTLE | WHERE_ALARM, CMD_menu, N_("acts") },
	{ WHERE_ROSTER, CMD_open, N_("who") },
	{ WHERE_ROSTER, CMD_vacate, N_("empty") },
	{ WHERE_ROSTER, CMD_days, N_("days") },
	{ WHERE_ROSTER, CMD_menu, N_("acts") },
	{ WHERE_ROSTER, CMD_swap, N_("swap") },
	{ WHERE_ROSTER, CMD_build, N_("build") },
	{ WHERE_ROSTER, CMD_findings, N_("what is wrong") },
	{ WHERE_ROSTER, CMD_week, N_("week, month") },
	{ WHERE_ROSTER, CMD_whose, N_("whose") },
	{ WHERE_BUILD, CMD_open, N_("save") },
	{ WHERE_BUILD, CMD_halt, N_("enough") },
	{ WHERE_BUILD, CMD_keepset, N_("what stays") },
	{ WHERE_BUILD, CMD_sides, N_("changes, ledger") },
	{ WHERE_SWAPS, CMD_open, N_("page") },
	{ WHERE_SWAPS | WHERE_SWAP | WHERE_PEOPLE, CMD_menu, N_("acts") },
	{ WHERE_PEOPLE, CMD_bars, N_("phones, ledger") },
	{ WHERE_PEOPLE, CMD_engage, N_("add") },
	{ WHERE_SLOTS, CMD_open, N_("take it") },
	{ WHERE_SLOTS, CMD_nextbest, N_("next best") },
	{ WHERE_SLOTS, CMD_slotdayon, N_("day") },
	{ WHERE_SLOTS, CMD_sloton, N_("half hour") },
	{ WHERE_SLOTS, CMD_whatif, N_("without") },
	{ WHERE_SLOTS, CMD_longer, N_("longer") },
	{ WHERE_CALENDAR, CMD_open, N_("page") },
	{ WHERE_CALENDAR, CMD_calweek, N_("week, month") },
	{ WHERE_CALENDAR, CMD_calback, N_("month before") },
	{ WHERE_CALENDAR, CMD_caltoday, N_("today") },
	{ WHERE_MEETINGS | WHERE_ITEMS | WHERE_ACTIONS | WHERE_ROOMS, CMD_open, N_("page") },
	{ WHERE_MEETINGS | WHERE_MEETING | WHERE_ITEMS | WHERE_ACTIONS, CMD_menu, N_("acts") },
	{ WHERE_MEETINGS, CMD_section, N_("other pane") },
	{ WHERE_MEETINGS, CMD_mark, N_("mark") },
	{ WHERE_MEETINGS, CMD_bring, N_("to the meeting") },
	{ WHERE_MEETINGS, CMD_convene, N_("new meeting") },
	{ WHERE_MEETING, CMD_section, N_("tab") },
	{ WHERE_MEETING, CMD_putin, N_("add") },
	{ WHERE_MEETING, CMD_slots, N_("slots") },
	{ WHERE_MEETING, CMD_sit, N_("sit") },
	{ WHERE_SITTING, CMD_there, N_("here, begin") },
	{ WHERE_SITTING, CMD_attendsheet, N_("sheet, agenda") },
	{ WHERE_SITTING, CMD_writeup, N_("discussion") },
	{ WHERE_SITTING, CMD_decided, N_("resolution") },
	{ WHERE_SITTING, CMD_handout, N_("task") },
	{ WHERE_ITEMS, CMD_newitem, N_("new item") },
	{ WHERE_ROOMS, CMD_book, N_("book") },
	{ WHERE_ROOMS, CMD_free, N_("unbook") },
	{ WHERE_ROOMS, CMD_dayback, N_("week before") },
	{ WHERE_LOG, CMD_open, N_("page") },
	{ WHERE_LOG, CMD_write, N_("note") },
	{ WHERE_LOG, CMD_callin, N_("call") },
	{ WHERE_LOG, CMD_record, N_("write down") },
	{ WHERE_LOG, CMD_logback, N_("day before") },
	{ WHERE_LOG, CMD_filter, N_("filter") },
	{ WHERE_LOG, CMD_replay, N_("replay") },
	{ WHERE_OUTBOX, CMD_open, N_("open it") },
	{ WHERE_OUTBOX, CMD_keep, N_("send again") },
	{ WHERE_OUTBOX, CMD_edit, N_("edit") },
	{ WHERE_OUTBOX, CMD_drop, N_("drop") },
	{ WHERE_PAGE | WHERE_WHISTLE, CMD_section, N_("section") },
	{ WHERE_SEARCH, CMD_search, N_("words") },
	{ WHERE_SEARCH, CMD_server, N_("server") },
	{ ROWS | WHERE_PAGE | WHERE_WHISTLE, CMD_explain, N_("clocks") },
	{ WHERE_WHISTLES, CMD_blow, N_("blow") },
	{ LISTS, CMD_register, N_("register") },
	{ WHERE_DEADLINES, CMD_mine, N_("mine, all") },
	{ WHERE_DEADLINES, CMD_month, N_("month") },
	{ WHERE_STATS, CMD_open, N_("list behind it") },
	{ WHERE_STATS, CMD_side, N_("other side") },
	{ WHERE_STATS, CMD_prevmonth, N_("month before") },
	{ WHERE_STATS, CMD_worst, N_("order") },
	{ ROWS, CMD_filter, N_("filter") },
	{ WHERE_DESK, CMD_outbox, N_("the whole list") },
	{ WHERE_PAGE | WHERE_WHISTLE | WHERE_PAPER | WHERE_DESK | WHERE_ALARM | WHERE_SWAP |
		  WHERE_BUILD | WHERE_REPLAY | WHERE_ONCALL | WHERE_HANDOVER | WHERE_HANDOVERS |
		  WHERE_SLOTS | WHERE_CALENDAR | WHERE_MEETING | WHERE_ROOMS |
		  WHERE_SITTING,
	  CMD_escape,
	  N_("back") },
	{ EVERYWHERE, CMD_command, N_("command") },
	{ EVERYWHERE, CMD_help, N_("help") },
};

/* "a交办" in Chinese, "a assign " where words are of letters. */
static void hint_word(struct app *app, struct str *out, enum cmd cmd, const char *word)
{
	bool letters = (unsigned char)*word < 0x80;

	str_add(out, letters && out->len ? "  " : " ");
	keymap_first_key(app->keymap, command_at(cmd), out);
	str_addf(out, "%s%s", letters ? " " : "", word);
}

void frame_hint_subject(struct app *app, const struct subject *subject)
{
	const struct rules *rules = client_rules(app->client);
	const struct act_desc *acts[ACTS_HERE_MOST];
	size_t n = subject && !app_read_only(app) ? subject_acts(app->client, subject, acts) : 0;

	app->n_hints = 0;
	app->hinted = subject ? subject->id : (struct uuid){ 0 };
	for (size_t i = 0; i < n && app->n_hints < CMD_COUNT; i++) {
		const struct ui_command *command = command_of_act(acts[i]);

		if (command && !*command->keys && command_letter(acts[i]))
			command = command_letter(acts[i]);
		if (!command || !*command->keys || /* by the menu and by name */
		    command->id == CMD_reveal)	   /* nothing is done to the case */
			continue;
		app->hint_words[app->n_hints] = subject_act_label(rules, subject, acts[i]);
		app->hints[app->n_hints++] = (enum cmd)command->id;
	}
}

void frame_hint_acts(struct app *app, const struct incident *incident)
{
	struct arena arena = ARENA_INIT;
	struct subject subject = { .kind = KIND_INCIDENT };

	if (incident) {
		subject.id = incident->head.id;
		subject.incident = arena_dup(&arena, incident, sizeof *incident);
	}
	frame_hint_subject(app, incident ? &subject : NULL);
	arena_release(&arena);
}

/* Acts that are possible stand behind the menu's key, as many as there is room for. */
static void hint_acts(struct app *app, struct str *out, int room)
{
	for (size_t i = 0; i < app->n_hints; i++) {
		unsigned where = command_at(app->hints[i])->where;
		struct str word = STR_INIT;

		if (where && !(where & ui_where(app->ui))) /* its key means another thing here */
			continue;
		hint_word(app, &word, app->hints[i], app->hint_words[i]);
		room -= text_columns(word.s);
		if (room >= 0)
			str_add(out, word.s);
		str_release(&word);
	}
}

/* What another view hinted at last is not what stands under the cursor here. */
static void hint_selected(struct app *app)
{
	const struct selection *selection = app_selection(app);
	struct arena arena = ARENA_INIT;
	struct subject subject;

	if (!selection && ui_top(app->ui) == &deadlines_view) /* a periodic check */
		frame_hint_subject(app, NULL);
	if (selection && !uuid_eq(&selection->id, &app->hinted))
		frame_hint_subject(app, subject_get(app->client, selection->kind, &selection->id,
						    &arena, &subject, NULL) == ERR_OK
						? &subject
						: NULL);
	arena_release(&arena);
}

/* To blow is called as what is blown, where that is the district's word. */
static const char *hint_of(const struct app *app, size_t i)
{
	const char *word = _(hints[i].word);

	return hints[i].cmd == CMD_blow && (unsigned char)*word >= 0x80 ? whistles_word(app) : word;
}

/* Of whoever convenes meetings alone. */
static bool is_of_secretary(enum cmd cmd)
{
	return cmd == CMD_convene || cmd == CMD_bring || cmd == CMD_putin || cmd == CMD_slots ||
	       cmd == CMD_sit || cmd == CMD_newitem;
}

void frame_draw_hints(struct app *app, struct canvas *canvas, int row, int cols)
{
	unsigned where = ui_where(app->ui);
	struct str parts[2] = { STR_INIT, STR_INIT }; /* before and behind the acts */
	size_t part = 0;

	hint_selected(app);
	for (size_t i = 0; i < ARRAY_LEN(hints); i++) {
		bool writes = hints[i].cmd == CMD_menu ||
			      command_at(hints[i].cmd)->needs & CMD_WRITES;

		if (!(hints[i].where & where) || (writes && app_read_only(app)))
			continue;
		if (command_at(hints[i].cmd)->needs & CMD_ITEM && !desk_can(app, hints[i].cmd))
			continue;
		if (hints[i].cmd == CMD_blow && !whistles_may_blow(app))
			continue;
		if (is_of_secretary(hints[i].cmd) &&
		    !(meetings_may_convene(app) && meeting_takes(app, hints[i].cmd)))
			continue;
		hint_word(app, &parts[part], hints[i].cmd, hint_of(app, i));
		if (hints[i].cmd == CMD_menu)
			part = 1;
	}
	hint_acts(app, &parts[0], part ? cols - text_columns(str_get(&parts[0])) -
						 text_columns(str_get(&parts[1])) : 0);
	str_add(&parts[0], str_get(&parts[1]));
	canvas_pad(canvas, row, 0, cols, ROLE_HINT, parts[0].s, PAD_RIGHT);
	str_release(&parts[0]);
	str_release(&parts[1]);
}
