/* Clocks while a profile is read: those of steps, and those that no step starts (clocks.c,
 * clock_marks.c). */
#ifndef PROFILE_CLOCK_PRIV_H
#define PROFILE_CLOCK_PRIV_H

#include "profile_priv.h"

enum err build_clocks(struct build *build, const struct conf_section *section,
		      const struct step *step, const struct clock_rule **ret_clocks, size_t *ret_n,
		      struct error *err) MUST_CHECK;
/* Timeouts and extensions of a clock. */
enum err build_clock_marks(struct build *build, const struct conf_section *section,
			   struct clock_rule *clock, struct error *err) MUST_CHECK;
/* Timeouts alone, of a section that has no extensions. */
enum err build_timeouts(struct build *build, const struct conf_section *section,
			struct clock_rule *clock, struct error *err) MUST_CHECK;
enum err build_extensions(struct build *build, const struct conf_section *section,
			  const struct extension_row **ret_rows, size_t *ret_n,
			  struct error *err) MUST_CHECK;
/* The clocks beside the flow, of the profile's own always section and of its base's (either may be
 * NULL); those of its own win. */
enum err build_beside(struct build *build, const struct conf_section *own,
		      const struct conf_section *base, struct step *always,
		      struct error *err) MUST_CHECK;

#endif
