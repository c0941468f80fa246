/* Summonses while a profile is read: the kinds, and the classes of each. */
#ifndef PROFILE_SUMMONS_PRIV_H
#define PROFILE_SUMMONS_PRIV_H

#include "clock_priv.h"

/* All classes of one kind, in the order of the text.  What the kind says of checks and judgements
 * must stand. */
enum err build_summons_classes(struct build *build, const struct conf_section *section,
			       struct summons *summons, struct error *err) MUST_CHECK;

/* A whistle keeps the code alone, and lists show what it is called: of several kinds it must be called
 * the same.  label_of: of a code in a kind, or NULL. */
enum err check_one_label(struct build *build, const struct conf_section *section, const char *what,
			 const char *(*label_of)(const struct summons *summons, const char *code),
			 struct error *err) MUST_CHECK;

#endif
