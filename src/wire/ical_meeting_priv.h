/* What writing and reading of meetings share (ical_meeting.c, ical_reply.c). */
#ifndef WIRE_ICAL_MEETING_PRIV_H
#define WIRE_ICAL_MEETING_PRIV_H

#include "zhiban/wire/ical_meeting.h"

/* "urn:uuid:…" of an attendee, or of who convenes; in the arena. */
const char *meeting_address(const struct uuid *id, struct arena *arena);

#endif
