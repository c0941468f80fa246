/* The commands of the console as data; see command.def. */
#ifndef ZHIBAN_VIEWS_COMMAND_H
#define ZHIBAN_VIEWS_COMMAND_H

#include "zhiban/domain/act.h"
#include "zhiban/ui/command.h"

enum cmd {
#define C(name, ...) CMD_##name,
#include "zhiban/views/command.def"
#undef C
	CMD_COUNT,
};

/* Where commands work: bits of ui_command.where. */
enum where {
	WHERE_BOARD = 1 << 0,
	WHERE_PAGE = 1 << 1,
	WHERE_OUTBOX = 1 << 2,
	WHERE_PAPER = 1 << 3, /* a page of text to read: the link, an explanation */
	WHERE_ALARM = 1 << 8, /* the list of what rings */
	WHERE_DESK = 1 << 4,  /* one item of the conflict desk */
	WHERE_HOME = 1 << 5,  /* 当班: rows in groups */
	WHERE_SEARCH = 1 << 9, /* what was found by words */
	WHERE_WHISTLES = 1 << 6,  /* the list of whistles */
	WHERE_WHISTLE = 1 << 7,	  /* the page of one, with its matrix */
	WHERE_STATS = 1 << 11, /* figures of whistles: numbers, each with its list */
	WHERE_DEADLINES = 1 << 10, /* what runs out: rows of incidents and of whistles */
	WHERE_ROSTER = 1 << 12,	   /* a roster, as a month or a week of seats */
	WHERE_SWAPS = 1 << 13,	   /* the list of swaps */
	WHERE_SWAP = 1 << 14,	   /* the page of one */
	WHERE_PEOPLE = 1 << 15,	   /* who stands in rosters */
	WHERE_BUILD = 1 << 16,	   /* a month that is being built */
	WHERE_FINDINGS = 1 << 17,  /* what is wrong with a roster */
	WHERE_LOG = 1 << 18,	   /* the duty log */
	WHERE_REPLAY = 1 << 19,	   /* a night gone through again, step by step */
	WHERE_ONCALL = 1 << 20,	   /* who is on duty now */
	WHERE_HANDOVER = 1 << 21,  /* a handover: what is to be read */
	WHERE_HANDOVERS = 1 << 22, /* the list of them */
	WHERE_MEETINGS = 1 << 23,  /* the list of meetings, with the candidates for the next */
	WHERE_MEETING = 1 << 24,   /* the page of one */
	WHERE_ITEMS = 1 << 25,	   /* items: their list, the page of one */
	WHERE_ACTIONS = 1 << 26,   /* tasks that meetings gave: their list, the page of one */
	WHERE_ROOMS = 1 << 27,	   /* rooms with their bookings */
	WHERE_CALENDAR = 1 << 28,  /* meetings and duties of a month, or a week */
	WHERE_SLOTS = 1 << 29,	   /* when a meeting could be */
	WHERE_SITTING = 1 << 30,   /* a meeting that sits */
};

/* What they need: bits of ui_command.needs. */
enum cmd_flags {
	CMD_SELECTED = 1 << 0, /* an incident or a whistle under the cursor, or the page's */
	CMD_MARKS = 1 << 1,    /* applies to the marked ones when there are any */
	CMD_WRITES = 1 << 2,   /* not for read-only accounts */
	CMD_THEME = 1 << 3,    /* takes the name of a theme */
	CMD_SORT = 1 << 4,     /* takes the name of an order */
	CMD_FILTER = 1 << 5,   /* takes a filter */
	CMD_NUMBER = 1 << 6,   /* takes a number */
	CMD_OFFICER = 1 << 8,  /* takes the name of an officer */
	CMD_ACT = 1 << 7,      /* does the act of its name (verb or alias) */
	CMD_PLACE = 1 << 10,   /* takes an address */
	CMD_LINE = 1 << 18,    /* takes thin or normal */
	CMD_WORDS = 1 << 17,   /* takes words to look for */
	CMD_SPAN = 1 << 19,    /* takes a span of time, or off */
	CMD_ITEM = 1 << 9,     /* an act of the outbox for which it makes sense */
	CMD_GROUP = 1 << 20,   /* takes what to group by */
	CMD_COLUMNS = 1 << 21, /* takes names of columns */
	CMD_VIEW = 1 << 22,    /* takes the name of a saved view */
	CMD_FILE = 1 << 23,    /* takes the path of a file */
	CMD_ORG = 1 << 24,     /* takes the name of an organisation */
	CMD_MONTH = 1 << 25,   /* takes an organisation, a month, or both */
};

const struct ui_commands *commands(void);
const struct ui_command *command_at(enum cmd cmd);
const struct act_desc *command_act(const struct ui_command *command); /* NULL: it does none */
/* The act of that kind that a command does: sign of a whistle has the key of sign of an incident.
 * NULL: none of that kind, or the command works nowhere where one is. */
const struct act_desc *command_act_of(const struct ui_command *command, enum kind kind);
const struct ui_command *command_of_act(const struct act_desc *act);  /* NULL: no command does it */
/* The command whose letter does an act where what its own act is of cannot be done now: Y approves the
 * minutes, and before there are any it grants leave.  NULL: none but its own. */
const struct ui_command *command_letter(const struct act_desc *act);
/* The i-th act that a letter does for something of a kind beside its own; NULL behind the last. */
const struct act_desc *command_other(const struct ui_command *command, enum kind kind, size_t i);

#endif
