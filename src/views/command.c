#include <config.h>

#include "zhiban/views/command.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

enum {
	WHERE_GENERAL = 0,
	WHERE_LIST = WHERE_BOARD | WHERE_HOME | WHERE_SEARCH,
	WHERE_OF_MEETING = WHERE_MEETINGS | WHERE_MEETING,
	WHERE_ANYMEETING = WHERE_OF_MEETING | WHERE_SITTING,
	WHERE_SAT = WHERE_MEETING | WHERE_SITTING,
	WHERE_ANYITEM = WHERE_ITEMS | WHERE_SITTING,
	WHERE_DECIDED = WHERE_OF_MEETING | WHERE_ITEMS,
	WHERE_ADDED = WHERE_MEETING | WHERE_ITEMS,
	WHERE_GIVEN = WHERE_SAT | WHERE_ITEMS,
	WHERE_JOINT = WHERE_ANYMEETING | WHERE_ITEMS | WHERE_ACTIONS | WHERE_ROOMS |
		      WHERE_CALENDAR | WHERE_SLOTS, /* whatever is about meetings */
	/* any list that is marked */
	WHERE_ROWS = WHERE_LIST | WHERE_WHISTLES | WHERE_DEADLINES | WHERE_MEETINGS | WHERE_ITEMS |
		     WHERE_ACTIONS,
	WHERE_FILTERED = WHERE_ROWS | WHERE_LOG,
	WHERE_SORTED = WHERE_LIST | WHERE_WHISTLES | WHERE_LOG,
	WHERE_SAVED = WHERE_BOARD | WHERE_WHISTLES | WHERE_DEADLINES,
	WHERE_STILL = WHERE_LIST | WHERE_DEADLINES,
	WHERE_MOVE = WHERE_ROWS | WHERE_PAGE | WHERE_OUTBOX | WHERE_PAPER | WHERE_DESK |
		     WHERE_ALARM | WHERE_WHISTLE | WHERE_STATS | WHERE_ROSTER | WHERE_SWAPS |
		     WHERE_SWAP | WHERE_PEOPLE | WHERE_BUILD | WHERE_FINDINGS | WHERE_LOG |
		     WHERE_REPLAY | WHERE_ONCALL | WHERE_HANDOVER | WHERE_HANDOVERS | WHERE_JOINT,
	WHERE_ANYDUTY = WHERE_MOVE & ~WHERE_STATS, /* there its letter is taken */
	WHERE_ACT = WHERE_LIST | WHERE_PAGE | WHERE_ALARM | WHERE_DEADLINES, /* of incidents */
	WHERE_DEED = WHERE_ACT | WHERE_WHISTLES | WHERE_WHISTLE, /* of both */
	/* of tasks too, and what is said of anything */
	WHERE_TASK = WHERE_DEED | WHERE_ACTIONS,
	WHERE_CASETASK = WHERE_ACT | WHERE_ACTIONS,
	WHERE_RUNG = WHERE_TASK | WHERE_ANYMEETING,
	WHERE_NOTED = WHERE_RUNG | WHERE_ITEMS,
	WHERE_OF_SWAP = WHERE_SWAPS | WHERE_SWAP,
	WHERE_OF_HANDOVER = WHERE_HANDOVER,
	WHERE_OF_ROSTER = WHERE_ROSTER | WHERE_OF_SWAP | WHERE_PEOPLE,
	/* of whatever kind */
	WHERE_DUTY = WHERE_DEED | WHERE_OF_ROSTER | WHERE_LOG | WHERE_HANDOVER | WHERE_JOINT,
	WHERE_FILED = WHERE_ROSTER | WHERE_DEADLINES,
	WHERE_CHASED = WHERE_FILED | WHERE_OF_MEETING | WHERE_ITEMS,
	WHERE_SECTIONS = WHERE_PAGE | WHERE_DESK | WHERE_WHISTLE | WHERE_OF_MEETING | WHERE_ITEMS |
			 WHERE_ACTIONS,
	WHERE_SUMMONS = WHERE_WHISTLES | WHERE_WHISTLE | WHERE_DEADLINES, /* of whistles alone */
	WHERE_RETRACTED = WHERE_SUMMONS | WHERE_ACTIONS,
	WHERE_ITEM = WHERE_OUTBOX | WHERE_DESK,
};

#define GROUP_GENERAL N_("Everywhere")
#define GROUP_MOVE N_("Moving")
#define GROUP_SECTIONS N_("Moving")
#define GROUP_BOARD N_("List")
#define GROUP_LIST N_("List")
#define GROUP_ROWS N_("List")
#define GROUP_SEARCH N_("List")
#define GROUP_DEADLINES N_("List")
#define GROUP_SORTED N_("List")
#define GROUP_SAVED N_("List")
#define GROUP_STILL N_("List")
#define GROUP_STATS N_("List")
#define GROUP_ACT N_("Incident")
#define GROUP_DEED N_("Incident")
#define GROUP_SUMMONS N_("Whistle")
#define GROUP_ITEM N_("Outbox and desk")
#define GROUP_TASK N_("Incident")
#define GROUP_CASETASK N_("Incident")
#define GROUP_RUNG N_("Incident")
#define GROUP_NOTED N_("Incident")
#define GROUP_CHASED N_("Roster")
#define GROUP_RETRACTED N_("Whistle")
#define GROUP_MEETINGS N_("Meeting")
#define GROUP_MEETING N_("Meeting")
#define GROUP_OF_MEETING N_("Meeting")
#define GROUP_ANYMEETING N_("Meeting")
#define GROUP_SAT N_("Meeting")
#define GROUP_SITTING N_("Meeting")
#define GROUP_DECIDED N_("Meeting")
#define GROUP_ADDED N_("Meeting")
#define GROUP_GIVEN N_("Meeting")
#define GROUP_ITEMS N_("Item")
#define GROUP_ANYITEM N_("Item")
#define GROUP_ACTIONS N_("Task")
#define GROUP_ROOMS N_("Room")
#define GROUP_SLOTS N_("Meeting")
#define GROUP_CALENDAR N_("Meeting")
#define GROUP_DUTY N_("Incident")
#define GROUP_ROSTER N_("Roster")
#define GROUP_FILED N_("Roster")
#define GROUP_BUILD N_("Roster")
#define GROUP_FILTERED N_("List")
#define GROUP_ANYDUTY N_("Everywhere")
#define GROUP_ONCALL N_("On duty")
#define GROUP_LOG N_("Duty log")
#define GROUP_REPLAY N_("Duty log")
#define GROUP_OF_SWAP N_("Swap")
#define GROUP_PEOPLE N_("People")
#define GROUP_OF_HANDOVER N_("Handover")

#define ARGS(needs)                                                                            \
	((needs) & CMD_THEME    ? N_("NAME")                                                   \
	 : (needs) & CMD_SORT   ? N_("ORDER")                                                  \
	 : (needs) & CMD_FILTER ? N_("FILTER")                                                 \
	 : (needs) & CMD_WORDS ? N_("WORDS")                                                   \
	 : (needs) & CMD_NUMBER ? N_("NUMBER")                                                 \
	 : (needs) & CMD_PLACE ? N_("ADDRESS")                                                 \
	 : (needs) & CMD_LINE ? N_("thin|normal")                                                  \
	 : (needs) & CMD_SPAN ? N_("2h|off")                                                   \
	 : (needs) & CMD_OFFICER ? N_("OFFICER")                                               \
	 : (needs) & CMD_GROUP ? N_("GROUP")                                                   \
	 : (needs) & CMD_COLUMNS ? N_("COLUMNS")                                               \
	 : (needs) & CMD_VIEW ? N_("VIEW")                                                     \
	 : (needs) & CMD_FILE ? N_("FILE")                                                     \
	 : (needs) & CMD_ORG ? N_("ORGANISATION")                                              \
	 : (needs) & CMD_MONTH ? N_("[ORGANISATION] [MONTH]")                                  \
				: "")

static const struct ui_command table[] = {
#define C(word, set, key, need, verb, sentence)                                                \
	[CMD_##word] = {                                                                       \
		.name = #word,                                                                 \
		.group = GROUP_##set,                                                          \
		.keys = key,                                                                   \
		.args = ARGS(need),                                                            \
		.help = sentence,                                                              \
		.where = WHERE_##set,                                                          \
		.needs = (need) | (sizeof verb > 1 ? CMD_ACT : 0),                             \
		.id = CMD_##word,                                                              \
	},
#include "zhiban/views/command.def"
#undef C
};

static const struct ui_commands all = { table, ARRAY_LEN(table) };

const struct ui_commands *commands(void)
{
	return &all;
}

const struct ui_command *command_at(enum cmd cmd)
{
	return &table[cmd];
}

static const char *const verbs[] = {
#define C(word, set, key, need, verb, sentence) [CMD_##word] = verb,
#include "zhiban/views/command.def"
#undef C
};

/* Where something of a kind is selected; a kind that is not here is selected nowhere. */
static const unsigned kinds[KIND_COUNT] = {
	[KIND_INCIDENT] = WHERE_ACT,
	[KIND_WHISTLE] = WHERE_SUMMONS,
	[KIND_STAFF] = WHERE_PEOPLE,
	[KIND_ROSTER] = WHERE_FILED,
	[KIND_SWAP] = WHERE_OF_SWAP,
	[KIND_HANDOVER] = WHERE_HANDOVER | WHERE_HANDOVERS,
	[KIND_RECORD] = WHERE_LOG,
	[KIND_MEETING] = WHERE_ANYMEETING,
	[KIND_ITEM] = WHERE_ANYITEM,
	[KIND_ACTION] = WHERE_ACTIONS | WHERE_DEADLINES,
	[KIND_ROOM] = WHERE_ROOMS,
};

/* One letter for what is the same to whoever presses it. */
static const struct {
	enum cmd cmd;
	enum kind kind;
	const char *verb;
} letters[] = {
	{ CMD_reply, KIND_MEETING, "sign" },	{ CMD_ratify, KIND_MEETING, "grant" },
	{ CMD_sendback, KIND_MEETING, "insist" }, { CMD_correct, KIND_MEETING, "compose" },
	{ CMD_handle, KIND_ACTION, "feedback" },
};

const struct ui_command *command_letter(const struct act_desc *act)
{
	for (size_t i = 0; act && i < ARRAY_LEN(letters); i++)
		if (letters[i].kind == act->target && strcmp(letters[i].verb, act->verb) == 0)
			return &table[letters[i].cmd];
	return NULL;
}

const struct act_desc *command_other(const struct ui_command *command, enum kind kind, size_t i)
{
	for (size_t at = 0; at < ARRAY_LEN(letters); at++)
		if ((int)letters[at].cmd == command->id && letters[at].kind == kind && i-- == 0)
			return act_desc_of(kind, letters[at].verb);
	return NULL;
}

static bool works_on(const struct ui_command *command, enum kind kind)
{
	return !command->where || !kinds[kind] || command->where & kinds[kind];
}

/* By its name; one with a word of its own does what its verb is where it works. */
const struct act_desc *command_act(const struct ui_command *command)
{
	const struct act_desc *act = command->needs & CMD_ACT ? act_desc_find(command->name) : NULL;

	for (size_t kind = 0; !act && kind < KIND_COUNT; kind++)
		if (command->needs & CMD_ACT && command->where & kinds[kind])
			act = act_desc_of((enum kind)kind, verbs[command->id]);
	return act;
}

const struct act_desc *command_act_of(const struct ui_command *command, enum kind kind)
{
	const struct act_desc *act = command_act(command), *of;

	if (!act || act->target == kind)
		return act;
	of = act_desc_of(kind, command->name);
	if (!of)
		of = act_desc_of(kind, act->verb);
	return of && works_on(command, kind) ? of : NULL;
}

const struct ui_command *command_of_act(const struct act_desc *act)
{
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		if (act && command_act_of(&table[i], act->target) == act)
			return &table[i];
	return NULL;
}
