/* Rosters and the automatic lines of the duty log in a profile: what their files share. */
#ifndef ROSTERS_PRIV_H
#define ROSTERS_PRIV_H

#include "profile_priv.h"
#include "zhiban/domain/roster.h"

enum { PLANS_MAX = 24, SHIFTS_MAX = 12, POSTS_MAX = 48, SEATS_MAX = 30 };

extern const struct conf_spec roster_spec[], log_spec[];

enum err build_rosters(struct build *build, struct error *err) MUST_CHECK;
enum err build_logged(struct build *build, struct error *err) MUST_CHECK;

/* "08:30" as minutes of the day. */
bool minute_parse(const char *words, int *ret_minute);
/* An option "mode": one of the profile's, or none. */
enum err build_mode_word(struct build *build, const struct conf_section *section,
			 const char **ret_code, struct error *err) MUST_CHECK;
/* The posts of a plan whose shifts stand. */
enum err build_posts(struct build *build, const struct conf_section *section,
		     struct roster_plan *plan, struct error *err) MUST_CHECK;

#endif
