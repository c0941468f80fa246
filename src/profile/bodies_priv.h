/* Organisations as rosters and meetings name them. */
#ifndef PROFILE_BODIES_PRIV_H
#define PROFILE_BODIES_PRIV_H

#include "profile_priv.h"

/* Whose something is: "centre", a tier (each organisation of it), or the code of an organisation. */
enum err build_owner(struct build *build, const struct conf_section *section, const char *name,
		     const char **ret_of, struct error *err) MUST_CHECK;
/* A list of such; NULL when it is empty. */
enum err build_bodies(struct build *build, const struct conf_section *section, const char *name,
		      const char *const **ret_bodies, struct error *err) MUST_CHECK;

#endif
