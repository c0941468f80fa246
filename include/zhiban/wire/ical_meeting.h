/* Joint meetings as items of a calendar (ical.h), by the rules of RFC 5546: invitation (REQUEST),
 * cancelling (CANCEL), answer (REPLY), and what whoever subscribes to a calendar sees (PUBLISH).
 *
 * The UID is the meeting's id, SEQUENCE its count of changes since it was called.  Organisations
 * have no mail: an attendee's address is "urn:uuid:" and his id, by which an answer finds him
 * again; his name and his organisation are in CN.  Phones of people do not go out; the conference
 * line does. */
#ifndef ZHIBAN_WIRE_ICAL_MEETING_H
#define ZHIBAN_WIRE_ICAL_MEETING_H

#include "zhiban/domain/meeting.h"
#include "zhiban/wire/ical.h"

enum ical_method { ICAL_PUBLISH, ICAL_REQUEST, ICAL_CANCEL, ICAL_REPLY, ICAL_METHODS };
const char *ical_method_word(enum ical_method method); /* "PUBLISH" … */

/* The item of a meeting, in the arena; its texts may be the meeting's.  only: one attendee, who
 * alone stands in it (of a REPLY: whose it is); NULL: all.  A PUBLISH names nobody (RFC
 * 5546, 3.2.1). */
struct ical_item ical_meeting_item(const struct rules *rules, const struct meeting *meeting,
				   enum ical_method method, const struct attendee *only,
				   struct arena *arena);
/* ERR_REFUSED with a sentence: it has no time yet, nobody is invited, it is not cancelled, he has
 * not answered. */
enum err ical_meeting_check(const struct meeting *meeting, enum ical_method method,
			    const struct attendee *only, struct error *err) MUST_CHECK;
/* How an attendee is called: 王五（城管局）, 城管局; in the arena. */
const char *ical_meeting_name(const struct rules *rules, const struct attendee *attendee,
			      struct arena *arena);

/* ---- answers ---- */

struct ical_reply { /* texts in the arena, NULL when it does not say them */
	struct uuid meeting;
	int64_t line; /* of its record in the file */
	int sequence;
	enum attendee_answer answer;
	const char *address, *name; /* whose it is: of the one invited, not of his delegate */
	const char *comment;
	const char *delegate, *delegate_phone; /* DELEGATED: a name, else his address */
};
/* What a record of a file says.  ERR_INPUT with a sentence when it is no answer: another METHOD (a
 * COUNTER with the time that it proposes), PARTSTAT of neither yes nor no, nobody's or several
 * people's, or of no meeting of ours. */
enum err ical_reply_read(const struct rules *rules, const struct ical_record *record,
			 struct arena *arena, struct ical_reply *ret_reply,
			 struct error *err) MUST_CHECK;
/* Whose answer it is: by address, phone, name or organisation.  ERR_NOT_FOUND, or ERR_REFUSED:
 * several could be meant, or it answers an earlier SEQUENCE than the meeting has, or one that is
 * not known here yet. */
enum err ical_reply_match(const struct rules *rules, const struct meeting *meeting,
			  const struct ical_reply *reply, struct arena *arena,
			  const struct attendee **ret_attendee, struct error *err) MUST_CHECK;

#endif
