/* Joint meetings while a profile is read: series with their stages (meetings.c, meeting_stage.c),
 * rooms, what puts a case to the meeting, and the clocks of tasks (meeting_rules.c). */
#ifndef PROFILE_MEETING_PRIV_H
#define PROFILE_MEETING_PRIV_H

#include "clock_priv.h"
#include "zhiban/domain/meeting_plan.h"

enum {
	SERIES_MAX = 16,
	STAGES_MAX = 16,
	ROOMS_MAX = 64,
	ROOM_NAME_MAX = 60, /* bytes, as the field of a room */
	MEETING_MINUTES_MAX = 24 * 60
};

extern const struct conf_spec series_spec[], room_spec[], task_spec[];

/* What rules.meetings says of series; organisations, tiers and roles must stand. */
enum err build_meetings(struct build *build, struct error *err) MUST_CHECK;
/* Rooms, nominees and tasks. */
enum err build_meeting_rules(struct build *build, struct error *err) MUST_CHECK;
/* The stages of a series whose limits stand. */
enum err build_stages(struct build *build, const struct conf_section *section,
		      struct meeting_series *series, struct error *err) MUST_CHECK;

/* "60%" as 60; none: 0. */
enum err build_percent(const struct conf_section *section, const char *name, int *ret_percent,
		       struct error *err) MUST_CHECK;

#endif
