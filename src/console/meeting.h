/* The verbs of `zhiban meeting`: a row each in meeting.c, a file each. */
#ifndef ZHIBAN_CONSOLE_MEETING_H
#define ZHIBAN_CONSOLE_MEETING_H

#include "console.h"

/* argv[0] is the verb itself. */
enum err meeting_slots_command(struct console *console, int argc, char **argv, struct error *err);
enum err meeting_invite_command(struct console *console, int argc, char **argv, struct error *err);
enum err meeting_reply_command(struct console *console, int argc, char **argv, struct error *err);

#endif
