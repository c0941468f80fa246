/* What `zhiband profile check` says of a profile, part by part. */
#ifndef PROFILE_CHECK_PRIV_H
#define PROFILE_CHECK_PRIV_H

#include "profile_priv.h"

/* text, and spaces up to `columns`, two at least. */
void say_cell(struct str *out, const char *text, int columns);
/* A limit in words: "10 minutes", "5 working days". */
void say_limit(const struct limit *limit, struct str *out);
const char *who_words(enum who who);
/* The name of an organisation, its code when there is none. */
const char *org_words(const struct rules *rules, const char *code);

/* Codes of organisations, tiers and "centre" as people call them, with commas. */
void say_bodies(const struct rules *rules, const char *const *codes, struct str *out);

void say_orgs(const struct rules *rules, struct str *out);
void say_flow(const struct rules *rules, struct str *out);
void say_clock(const struct rules *rules, const struct clock_rule *clock, struct str *out);
void say_beside(const struct clock_rule *clock, struct str *out);
/* Each "; extension 1 by …". */
void say_extensions(const struct rules *rules, const struct extension_row *rows, size_t n,
		    struct str *out);
void say_modes(const struct rules *rules, struct str *out);
void say_overrides(const struct rules *rules, struct str *out);
void say_pressing(const struct rules *rules, struct str *out);
void say_summonses(const struct rules *rules, struct str *out);
void say_rosters(const struct rules *rules, struct str *out); /* and the duty log */
void say_meetings(const struct rules *rules, struct str *out); /* rooms, nominees and tasks, too */
void say_duties(const struct rules *rules, struct str *out);
/* Steps that wait for a holder whom nobody named: a part of the warnings. */
void say_without_holder(const struct rules *rules, struct str *out);
/* Summonses that nobody may blow, or that call nobody. */
void say_empty_summonses(const struct rules *rules, struct str *out);
/* Rosters that nobody has, posts of festivals that the calendar does not know. */
void say_empty_rosters(const struct rules *rules, struct str *out);
/* Series that nobody convenes, that hold more than their time, clocks without a limit. */
void say_empty_meetings(const struct rules *rules, struct str *out);
void say_warnings(const struct rules *rules, struct str *out);

#endif
