/* What a line means: the keys and names of the screens' command table, a number, or an act. */
#include <config.h>

#include "plain_pick_priv.h"
#include "plain_duty_priv.h"
#include "plain_paper_priv.h"
#include "plain_priv.h"
#include "plain_view_priv.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/client/seat.h"
#include "zhiban/client/whistle.h"
#include "zhiban/model/home.h"
#include "zhiban/views/command.h"

static void plain_help(struct plain *plain, const char *args);

static void plain_leave(struct plain *plain, const char *args)
{
	(void)args;
	plain->leaving = true;
}

static void plain_board(struct plain *plain, const char *args)
{
	(void)args;
	plain_filter(plain, "");
}

/* The counters are filters. */
static void plain_counter(struct plain *plain, const char *name)
{
	static const struct {
		const char *name;
		enum home_count count;
	} counters[] = {
		{ "unsigned", HOME_UNSIGNED },	 { "soon", HOME_SOON },
		{ "overdue", HOME_OVERDUE },	 { "receipts", HOME_RECEIPTS },
		{ "watched", HOME_WATCHED },	 { "instructions", HOME_INSTRUCTIONS },
	};

	for (size_t i = 0; i < ARRAY_LEN(counters); i++)
		if (strcmp(counters[i].name, name) == 0)
			plain_filter(plain, home_count_filter(counters[i].count));
}

/* Nothing of what was said is left on the screen, nor above it. */
void plain_lock(struct plain *plain, const char *args)
{
	const struct actor *actor = client_actor(plain->client);
	struct error err = ERROR_INIT;

	(void)args;
	if (!actor || !seat_knows(plain->client, actor->officer) ||
	    seat_lock(plain->client, &err) != ERR_OK) {
		plain_say(plain, err.text[0] ? err.text : _("no PIN is known here: log in first"));
		return;
	}
	plain_ask_free(plain);
	plain_pick_free(plain);
	plain->locked = true;
	if (isatty(STDOUT_FILENO))
		fputs("\033[H\033[2J\033[3J", stdout);
	plain_echo(false);
	plain_say(plain, arena_printf(&plain->arena, _("Locked: %s. Type your PIN and Enter."),
				      actor->officer));
	plain_alarms(plain, "");
}

/* Commands of the screens that have a sense here; keys and help come from their table. */
static const struct {
	const char *name; /* in views/command.def; another word: only here */
	const char *help; /* of those, N_ */
	void (*run)(struct plain *plain, const char *args);
} words[] = {
	{ "help", NULL, plain_help },
	{ "pagedown", N_("Enter: the next ten"), plain_next },
	{ "pageup", NULL, plain_pageup },
	{ "down", NULL, plain_down },
	{ "up", NULL, plain_up },
	{ "top", NULL, plain_first },
	{ "bottom", NULL, plain_last },
	{ "changed", NULL, plain_changed },
	{ "filter", N_("/WORDS, with all of the filter language; / alone: all"), plain_filter },
	{ "search", N_("\\WORDS: find in title, text, place, numbers and notes"), plain_search },
	{ "home", NULL, plain_home },
	{ "sort", N_("sort ORDER: in another order; -ORDER the other way round"), plain_sort },
	{ "order", NULL, plain_order },
	{ "group", NULL, plain_group },
	{ "groups", NULL, plain_groups },
	{ "nextgroup", NULL, plain_next_group },
	{ "prevgroup", NULL, plain_prev_group },
	{ "columns", N_("I, columns NAME,NAME: what a line tells of a row; columns - the usual"),
	  plain_columns },
	{ "view", NULL, plain_view },
	{ "save", NULL, plain_save },
	{ "forget", NULL, plain_forget },
	{ "views", NULL, plain_views },
	{ "export", NULL, plain_export },
	{ "board", NULL, plain_board },
	{ "deadlines", N_("deadlines [all] FILTER: what runs out, the next first"), plain_deadlines },
	{ "unreported", NULL, plain_unreported },
	{ "whistles", N_("whistles FILTER: those under way, the worst first"), plain_whistles },
	{ "arrival", NULL, plain_arrival },
	{ "plan", NULL, plain_plan },
	{ "whistlestats", N_("whistlestats [street] [-1]: figures of whistles, of the month before"),
	  plain_stats },
	{ "supervisions", NULL, plain_supervisions },
	{ "print", N_("print NUMBER: a whistle's sheet"), plain_print },
	{ "roster",
	  N_("roster [ORG/]2026-12[-01]: who stands where, day by day; of a day a week from there"),
	  plain_roster },
	{ "nextgap", N_("nextgap [ORG/]2026-12: the next seat that is empty"), plain_gap },
	{ "seat", N_("seat NAME [REASON]: into the seat that nextgap said"), plain_seat },
	{ "people", N_("people [NAME]: who stands in that roster, with phones"), plain_people },
	{ "swaps", NULL, plain_swaps },
	{ "swap", N_("swap 2026-12-03/night/main [who=NAME] REASON: ask for a swap"), plain_swap },
	{ "agree", NULL, plain_agree },
	{ "refuse", NULL, plain_refuse },
	{ "permit", NULL, plain_permit },
	{ "forbid", NULL, plain_forbid },
	{ "retract", NULL, plain_retract },
	{ "meetings", N_("meetings FILTER: joint meetings, and what each needs next"), plain_meetings },
	{ "meeting", N_("meeting NUMBER: a meeting, an item or a task of one"), plain_meeting },
	{ "candidates", N_("candidates: cases for the next meeting, and why each is one"),
	  plain_candidates },
	{ "items", N_("items FILTER: items of meetings"), plain_items },
	{ "actions", N_("actions FILTER: tasks that meetings gave"), plain_actions },
	{ "reply", N_("reply NUMBER accepted|leave REASON|delegated WHO: to an invitation"),
	  plain_reply },
	{ "bring", N_("bring NUMBER: a case becomes an item of a meeting"), plain_bring },
	{ "ratify", N_("ratify NUMBER: approve an item, or minutes"), plain_ratify },
	{ "sendback", N_("sendback NUMBER REASON: do not approve it"), plain_sendback },
	{ "undersign", N_("undersign NUMBER: countersign minutes"), plain_undersign },
	{ "when", N_("when NUMBER: when that meeting could be; alone: one of the items that wait"),
	  plain_when },
	{ "calendar", N_("calendar [2026-12]: meetings and my duties, of the next days or of a month"),
	  plain_calendar },
	{ "unsigned", NULL, plain_counter },
	{ "soon", NULL, plain_counter },
	{ "overdue", NULL, plain_counter },
	{ "receipts", NULL, plain_counter },
	{ "instructions", NULL, plain_counter },
	{ "watched", NULL, plain_counter },
	{ "oncall", N_("o, oncall ORG: who is on duty there, whom to ring; * is all"), plain_oncall },
	{ "dutylog", N_("dutylog FILTER: the duty log of the day that runs"), plain_dutylog },
	{ "since", N_("since: the log since my last shift, and what moved on the board"), plain_since },
	{ "write", N_("write WORDS: a line into the log"), plain_write },
	{ "callin", N_("callin WORDS: a call came in; also FIELD=VALUE, as party=NAME"), plain_callin },
	{ "paper", N_("paper WORDS: a paper came in"), plain_came },
	{ "outing", N_("outing party=LEADER place=WHERE ...: a leader goes away"), plain_outing },
	{ "round", N_("round WORDS: a round was made"), plain_round },
	{ "open", N_("a number, or open: the page of the incident"), plain_page },
	{ "find", NULL, plain_page },
	{ "explain", NULL, plain_explain },
	{ "watch", NULL, plain_watch },
	{ "pin", NULL, plain_pin },
	{ "links", NULL, plain_links },
	{ "place", NULL, plain_place },
	{ "reveal", NULL, plain_reveal },
	{ "dups", NULL, plain_dups },
	{ "undo", NULL, plain_undo },
	{ "drafts", NULL, plain_drafts },
	{ "outbox", NULL, plain_outbox },
	{ "desk", N_("X: what waits, and what was not accepted; keep N, drop N"), plain_outbox },
	{ "keep", NULL, plain_desk },
	{ "drop", NULL, plain_desk },
	{ "alarms", N_("alarms: those that nobody has acknowledged"), plain_alarms },
	{ "ringing", NULL, plain_alarms },
	{ "quiet", N_("quiet 2h: no bell so long; quiet off ends it"), plain_quiet },
	{ "status", N_("status: how things stand"), plain_status },
	{ "link", NULL, plain_status },
	{ "reload", NULL, plain_reload },
	{ "lock", NULL, plain_lock },
	{ "leave", NULL, plain_leave },
};

/* Letters that the screens do not need, and signs before what follows them. */
static const struct {
	const char *typed, *name;
} shorter[] = {
	{ "o", "oncall" }, { "st", "status" }, { "X", "desk" }, { "/", "filter" },
	{ "\\", "search" }, { "?", "help" }, { "!!", "alarms" }, { "A", "ack" }, { "q", "leave" },
};

/* ",2" is a sequence of keys. */
static const char *lengthened(struct plain *plain, const char *word)
{
	if (*word == ',')
		return arena_printf(&plain->arena, "Comma%s", word);
	for (size_t i = 0; i < ARRAY_LEN(shorter); i++)
		if (strcmp(shorter[i].typed, word) == 0)
			return shorter[i].name;
	return word;
}

static bool has_key(const struct ui_command *command, const char *word)
{
	const char *s = command->keys;
	size_t len = strlen(word);

	while (*s != '\0') {
		size_t n = strcspn(s, " ");

		if (n == len && strncmp(s, word, n) == 0)
			return true;
		s += n + (s[n] == ' ');
	}
	return false;
}

/* The command with that key or name which works on a list, or everywhere. */
static const struct ui_command *command_named(const char *word)
{
	const struct ui_commands *all = commands();

	for (size_t i = 0; i < all->n; i++) {
		const struct ui_command *command = &all->items[i];

		if ((command->where == 0 ||
		     command->where & (WHERE_BOARD | WHERE_PAGE | WHERE_WHISTLE)) &&
		    has_key(command, word))
			return command;
	}
	return ui_command_find(all, word);
}

static const struct act_desc *act_named(const struct rules *rules, const char *word)
{
	const struct ui_command *command = command_named(word);
	const struct act_desc *act = command ? command_act(command) : NULL;

	if (!act)
		act = act_desc_find(word);
	for (size_t i = 0; !act && i < act_desc_count(); i++)
		if (strcmp(rules_act_label(rules, act_desc_at(i)), word) == 0)
			act = act_desc_at(i);
	return act;
}

/* A command of its own, whatever act it does in the end. */
static bool is_word(const char *word)
{
	const struct ui_command *command = command_named(word);

	for (size_t i = 0; command && i < ARRAY_LEN(words); i++)
		if (strcmp(words[i].name, command->name) == 0)
			return true;
	return false;
}

static bool run_word(struct plain *plain, const char *word, const char *args)
{
	const struct ui_command *command;
	char whole[64];

	word = lengthened(plain, word);
	command = command_named(word);
	if (command)
		word = command->name;
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (strcmp(words[i].name, word) != 0)
			continue;
		if (words[i].run == plain_desk) { /* which of the two it is */
			snprintf(whole, sizeof whole, "%s %.40s", word, args);
			args = whole;
		} else if (words[i].run == plain_counter) {
			args = word;
		}
		words[i].run(plain, args);
		return true;
	}
	return false;
}

/* A row by its number in the list said last, an incident by its own: its page. */
static bool open_number(struct plain *plain, const char *line)
{
	struct uuid id;
	long long row;

	if (str_int(line, 1, PLAIN_ROWS, &row) && (size_t)row <= plain->n_rows) {
		plain->focus = plain->rows[row - 1];
		plain->any = true;
		plain_page(plain, "");
		return true;
	}
	if (client_find(plain->client, line, &id, NULL) != ERR_OK &&
	    client_whistle_find(plain->client, line, &id, NULL) != ERR_OK)
		return false;
	plain_page(plain, line);
	return true;
}

static void no_such(struct plain *plain, const char *word)
{
	const struct ui_command *command = command_named(word);
	struct str nearest = STR_INIT;

	if (command) {
		plain_sayf(plain, _("%s: %s. It works on the drawn screens only."), command->name,
			   _(command->help));
		return;
	}
	ui_command_nearest(commands(), word, &nearest);
	plain_say(plain, nearest.len > 0
				 ? arena_printf(&plain->arena,
						_("%s: no such command; nearest: %s"), word,
						nearest.s)
				 : arena_printf(&plain->arena,
						_("%s: no such command; ? lists them"), word));
	str_release(&nearest);
}

/* Signs that an input method types for the first of a line count as theirs. */
static char *narrow(struct plain *plain, const char *line)
{
	struct str out = STR_INIT;
	uint32_t cp;
	size_t n = text_next(line, strlen(line), &cp);
	struct key key = key_narrow((struct key){ cp, 0 });
	char *copy;

	if (n > 0 && key.code < 0x80)
		key_utf8(key, &out);
	else
		n = 0;
	str_add(&out, line + n);
	copy = arena_strdup(&plain->arena, str_get(&out));
	str_release(&out);
	return copy;
}

void plain_obey(struct plain *plain, char *line)
{
	const struct act_desc *act;
	char *rest = narrow(plain, line), sign[2] = "";
	const char *word;

	rest += strspn(rest, " ");
	if (*rest == '\0') {
		plain_next(plain, "");
		return;
	}
	if (*rest == ':') {
		rest++;
	} else if (strchr("/\\?", *rest)) {
		sign[0] = *rest;
		run_word(plain, sign, rest + 1 + strspn(rest + 1, " "));
		return;
	}
	if (open_number(plain, rest))
		return;
	word = lengthened(plain, arena_strndup(&plain->arena, rest, strcspn(rest, " ")));
	rest += strcspn(rest, " ");
	rest += strspn(rest, " ");
	act = act_named(client_rules(plain->client), word);
	if (act && !is_word(word))
		plain_act(plain, act, rest);
	else if (!run_word(plain, word, rest))
		no_such(plain, word);
}

/* ---- help: what works here, as a line each; "?WORD" only those with the word ---- */

/* A key that can be typed into a line, and means that command there; NULL: none. */
static const char *typed_key(struct plain *plain, const struct ui_command *command)
{
	size_t len = strcspn(command->keys, " ");
	const char *key = arena_strndup(&plain->arena, command->keys, len);

	if (str_starts(key, "Comma,"))
		return key + strlen("Comma");
	if (len != 1 || (*key >= '0' && *key <= '9') || command_named(key) != command ||
	    strcmp(lengthened(plain, key), "ack") == 0)
		return NULL; /* numbers are those of rows here */
	return key;
}

static void help_line(struct plain *plain, const char *name, const char *help, const char *filter)
{
	const struct ui_command *command = ui_command_find(commands(), name);
	const char *line = help ? _(help) : "", *key;

	if (!help && command) {
		key = command_act(command) && has_key(command, "A") ? "A"
								     : typed_key(plain, command);
		line = arena_printf(&plain->arena, "%s%s%s%s%s: %s", key ? key : "",
				    key ? ", " : "", name, *command->args ? " " : "",
				    *command->args ? _(command->args) : "", _(command->help));
	}
	if (strstr(line, filter))
		plain_say(plain, line);
}

static void plain_help(struct plain *plain, const char *filter)
{
	const struct ui_commands *all = commands();

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		help_line(plain, words[i].name, words[i].help, filter);
	plain_say(plain, _("Acts, on the incident in front of \">\" or with its number; what is "
			   "needed is "
			   "asked for:"));
	for (size_t i = 0; i < all->n; i++)
		if (command_act(&all->items[i]) && !is_word(all->items[i].name) &&
		    (*all->items[i].keys || *filter))
			help_line(plain, all->items[i].name, NULL, filter);
	if (!*filter)
		plain_say(plain, _("VERB NUMBER FIELD=VALUE ... does it at once: "
				   "note 22-0417 note=...\n"
				   "?WORD lists what has the word, also acts without a key"));
}
