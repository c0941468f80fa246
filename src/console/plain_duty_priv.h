/* What is said and done line by line of who is on duty: rosters, swaps, the duty log. */
#ifndef ZHIBAN_CONSOLE_PLAIN_DUTY_PRIV_H
#define ZHIBAN_CONSOLE_PLAIN_DUTY_PRIV_H

struct plain;

/* ---- plain_log.c ---- */
void plain_oncall(struct plain *plain, const char *args);  /* an organisation; "*" all */
void plain_dutylog(struct plain *plain, const char *args); /* a filter */
void plain_since(struct plain *plain, const char *args);
void plain_write(struct plain *plain, const char *args); /* its words, or FIELD=VALUE … */
void plain_callin(struct plain *plain, const char *args);
void plain_came(struct plain *plain, const char *args); /* a paper */
void plain_outing(struct plain *plain, const char *args);
void plain_round(struct plain *plain, const char *args);

/* ---- plain_roster.c ---- */
void plain_roster(struct plain *plain, const char *args); /* ORG/MONTH, MONTH, ORG */
void plain_gap(struct plain *plain, const char *args);	  /* the next empty seat */
void plain_seat(struct plain *plain, const char *args);	  /* who stands there */
void plain_swaps(struct plain *plain, const char *args);
void plain_swap(struct plain *plain, const char *args);
void plain_agree(struct plain *plain, const char *args);
void plain_refuse(struct plain *plain, const char *args);
void plain_permit(struct plain *plain, const char *args);
void plain_forbid(struct plain *plain, const char *args);
void plain_retract(struct plain *plain, const char *args);
void plain_people(struct plain *plain, const char *args);

/* ---- plain_meeting.c ---- */
void plain_meetings(struct plain *plain, const char *args); /* of them all: args: a filter */
void plain_candidates(struct plain *plain, const char *args);
void plain_items(struct plain *plain, const char *args);
void plain_actions(struct plain *plain, const char *args);
void plain_meeting(struct plain *plain, const char *args); /* of them all: by its number */
void plain_reply(struct plain *plain, const char *args);
void plain_bring(struct plain *plain, const char *args);
void plain_ratify(struct plain *plain, const char *args);
void plain_sendback(struct plain *plain, const char *args);
void plain_undersign(struct plain *plain, const char *args);

/* ---- plain_when.c ---- */
void plain_when(struct plain *plain, const char *args);	    /* a meeting; "": items that wait */
void plain_calendar(struct plain *plain, const char *args); /* a month; "": the next days */

#endif
