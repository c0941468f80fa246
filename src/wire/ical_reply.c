/* Answers to invitations (RFC 5546, METHOD:REPLY): what one says, and whose it is. */
#include <config.h>

#include <string.h>
#include <strings.h>

#include "ical_meeting_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/phone.h"

static bool is_said(const char *text)
{
	return text != NULL && *text != '\0';
}

/* ---- what kind of message it is ---- */

static enum err check_method(const struct rules *rules, const struct ical_record *record,
			     struct error *err)
{
	char from[CIVIL_TEXT], to[CIVIL_TEXT];

	if (record->item.sort != ICAL_SORT_EVENT)
		return error_set(err, ERR_INPUT, _("it is a %s, not an answer to an invitation"),
				 ical_sort_word(record->item.sort));
	if (strcasecmp(record->method, "REPLY") == 0)
		return ERR_OK;
	if (!is_said(record->method))
		return error_set(err, ERR_INPUT, "%s",
				 _("it does not say that it is an answer (METHOD:REPLY)"));
	if (strcasecmp(record->method, "COUNTER") != 0)
		return error_set(err, ERR_INPUT,
				 _("it is no answer but a message of another kind "
				   "(METHOD:%.20s)"),
				 record->method);
	if (record->item.starts == 0)
		return error_set(
		    err, ERR_INPUT, "%s",
		    _("it proposes another meeting instead (COUNTER): that is no answer"));
	civil_format(record->item.starts, rules->offset_min, "Y-m-d H:M", from, sizeof from);
	civil_format(record->item.ends, rules->offset_min, "H:M", to, sizeof to);
	return error_set(
	    err, ERR_INPUT,
	    _("it proposes another time, %s to %s (COUNTER): that is no answer; arrange the "
	      "meeting otherwise, or say that it stays"),
	    from, to);
}

static enum err read_uid(const struct ical_item *item, struct ical_reply *reply,
			 struct arena *arena, struct error *err)
{
	static const char ours[] = "@zhiban";
	size_t len = is_said(item->uid) ? strlen(item->uid) : 0, end = sizeof ours - 1;

	if (len > end && strcasecmp(item->uid + len - end, ours) == 0 &&
	    uuid_parse(arena_strndup(arena, item->uid, len - end), &reply->meeting) == ERR_OK)
		return ERR_OK;
	return error_set(err, ERR_INPUT, _("it answers none of our invitations (UID %.60s)"),
			 len > 0 ? item->uid : "-");
}

/* ---- who says what ---- */

/* "mailto:wang@example.cn" -> "wang@example.cn" */
static const char *behind_scheme(const char *address)
{
	static const char *const schemes[] = {"mailto:", "tel:", "sms:"};

	for (size_t i = 0; i < ARRAY_LEN(schemes); i++)
		if (strncasecmp(address, schemes[i], strlen(schemes[i])) == 0)
			return address + strlen(schemes[i]);
	return address;
}

/* Of a list of addresses the first, without its quotes. */
static const char *first_address(const char *list, struct arena *arena)
{
	if (!is_said(list))
		return NULL;
	list += *list == '"';
	return arena_strndup(arena, list, strcspn(list, "\""));
}

static const struct ical_person *person_at(const struct ical_item *item, const char *address)
{
	for (size_t i = 0; address != NULL && i < item->n_people; i++)
		if (strcasecmp(item->people[i].address, address) == 0)
			return &item->people[i];
	return NULL;
}

static void set_delegate(const struct ical_item *item, const char *address, const char *name,
			 struct ical_reply *reply)
{
	const struct ical_person *person = person_at(item, address);

	if (!is_said(name) && person != NULL)
		name = person->name;
	if (is_said(name))
		reply->delegate = name;
	else if (is_said(address) && strncasecmp(address, "urn:", 4) != 0)
		reply->delegate = behind_scheme(address);
	if (is_said(address) && strncasecmp(address, "tel:", 4) == 0)
		reply->delegate_phone = behind_scheme(address);
}

/* The one who answers; who was sent by him stands behind him, or answers himself. */
static enum err find_person(const struct ical_item *item, const struct ical_person **ret_person,
			    struct error *err)
{
	const struct ical_person *found = NULL, *sent = NULL;
	size_t n = 0;

	for (size_t i = 0; i < item->n_people; i++) {
		if (is_said(item->people[i].from)) {
			sent = &item->people[i];
			continue;
		}
		found = &item->people[i];
		n++;
	}
	if (n > 1)
		return error_set(err, ERR_INPUT,
				 _("it answers for %zu at once: one answer is of one"), n);
	if (n == 0 && sent == NULL)
		return error_set(err, ERR_INPUT, "%s", _("it does not say whose answer it is"));
	*ret_person = n == 1 ? found : sent;
	return ERR_OK;
}

static enum err not_an_answer(const struct ical_person *person, struct error *err)
{
	const char *name = is_said(person->name) ? person->name : person->address;

	if (person->state != NULL && strcasecmp(person->state, "TENTATIVE") == 0)
		return error_set(
		    err, ERR_INPUT,
		    _("%.60s comes perhaps (TENTATIVE): that is no answer yet; ring him"), name);
	if (!is_said(person->state) || strcasecmp(person->state, "NEEDS-ACTION") == 0)
		return error_set(err, ERR_INPUT, _("%.60s has not answered"), name);
	return error_set(err, ERR_INPUT,
			 _("%.60s says \"%.20s\": that is no answer to an invitation"), name,
			 person->state);
}

/* Whom somebody else sends: he comes for him. */
static enum err read_sent(const struct ical_item *item, const struct ical_person *person,
			  struct ical_reply *reply, struct arena *arena, struct error *err)
{
	if (person->state == NULL || strcasecmp(person->state, "ACCEPTED") != 0)
		return error_set(
		    err, ERR_INPUT,
		    _("%.60s was sent and does not come: whoever sent him has to answer "
		      "again"),
		    is_said(person->name) ? person->name : person->address);
	reply->answer = ANSWER_DELEGATED;
	reply->address = first_address(person->from, arena);
	set_delegate(item, person->address, person->name, reply);
	return ERR_OK;
}

static enum err read_person(const struct ical_item *item, const struct ical_person *person,
			    struct ical_reply *reply, struct arena *arena, struct error *err)
{
	static const struct {
		const char *word;
		enum attendee_answer answer;
	} states[] = {
	    {"ACCEPTED", ANSWER_ACCEPTED},
	    {"DECLINED", ANSWER_LEAVE},
	    {"DELEGATED", ANSWER_DELEGATED},
	};

	if (is_said(person->from))
		return read_sent(item, person, reply, arena, err);
	reply->address = person->address;
	reply->name = person->name;
	for (size_t i = 0; i < ARRAY_LEN(states); i++) {
		if (person->state == NULL || strcasecmp(person->state, states[i].word) != 0)
			continue;
		reply->answer = states[i].answer;
		if (reply->answer == ANSWER_DELEGATED)
			set_delegate(item, first_address(person->delegate, arena), NULL, reply);
		return ERR_OK;
	}
	return not_an_answer(person, err);
}

enum err ical_reply_read(const struct rules *rules, const struct ical_record *record,
			 struct arena *arena, struct ical_reply *ret_reply, struct error *err)
{
	struct ical_reply reply = {.line = record->line, .sequence = record->item.sequence};
	const struct ical_person *person = NULL;
	enum err code = check_method(rules, record, err);

	if (code == ERR_OK)
		code = read_uid(&record->item, &reply, arena, err);
	if (code == ERR_OK)
		code = find_person(&record->item, &person, err);
	if (code == ERR_OK)
		code = read_person(&record->item, person, &reply, arena, err);
	/* whose address says nothing is mostly named in words */
	if (code == ERR_OK && reply.answer == ANSWER_DELEGATED && !is_said(reply.delegate))
		reply.delegate = record->item.comment;
	if (code == ERR_OK && reply.answer == ANSWER_DELEGATED && !is_said(reply.delegate))
		code = error_set(err, ERR_INPUT, "%s",
				 _("it sends somebody else and does not say whom (DELEGATED-TO)"));
	if (code != ERR_OK)
		return code;
	reply.comment = is_said(record->item.comment) ? record->item.comment : NULL;
	*ret_reply = reply;
	return ERR_OK;
}

/* ---- whose it is ---- */

static bool same_number(const char *a, const char *b)
{
	char one[PHONE_DIGITS], other[PHONE_DIGITS];

	phone_digits(a, one);
	phone_digits(b, other);
	return *one != '\0' && strcmp(one, other) == 0;
}

/* How surely it is he: 0 not at all. */
static int fits(const struct rules *rules, const struct ical_reply *reply,
		const struct attendee *attendee, struct arena *arena)
{
	const struct org *org = rules_org(rules, attendee->org);
	const char *own = meeting_address(&attendee->id, arena), *name = reply->name;

	if (is_said(reply->address) && strcasecmp(reply->address, own) == 0)
		return 4;
	if (is_said(reply->address) && strncasecmp(reply->address, "tel:", 4) == 0 &&
	    same_number(reply->address + 4, attendee->phone))
		return 3;
	if (!is_said(name))
		return 0;
	if (strcmp(name, ical_meeting_name(rules, attendee, arena)) == 0 ||
	    (is_said(attendee->name) && strcmp(name, attendee->name) == 0))
		return 2;
	return (org != NULL && (strcmp(name, org->name) == 0 || strcmp(name, org->code) == 0)) ||
	       str_eq(name, attendee->org);
}

static enum err check_sequence(const struct meeting *meeting, const struct ical_reply *reply,
			       struct error *err)
{
	if (reply->sequence < meeting->sequence)
		return error_set(
		    err, ERR_REFUSED,
		    _("it answers an earlier invitation (change %d, now %lld): time or place "
		      "are others since; invite again and wait for that answer"),
		    reply->sequence, (long long)meeting->sequence);
	if (reply->sequence > meeting->sequence)
		return error_set(
		    err, ERR_REFUSED,
		    _("it answers a later invitation than is known here (change %d, here "
		      "%lld): get in step first"),
		    reply->sequence, (long long)meeting->sequence);
	return ERR_OK;
}

enum err ical_reply_match(const struct rules *rules, const struct meeting *meeting,
			  const struct ical_reply *reply, struct arena *arena,
			  const struct attendee **ret_attendee, struct error *err)
{
	const struct attendee *found = NULL;
	const char *who = is_said(reply->name)      ? reply->name
			  : is_said(reply->address) ? reply->address
						    : "-";
	int best = 0;
	size_t n = 0;

	for (size_t i = 0; i < meeting->attendees.n; i++) {
		const struct attendee *attendee = meeting_attendee(meeting, i);
		int fit = attendee->asked_at != 0 ? fits(rules, reply, attendee, arena) : 0;

		if (fit == 0 || fit < best)
			continue;
		n = fit > best ? 1 : n + 1;
		best = fit;
		found = attendee;
	}
	if (n == 0)
		return error_set(err, ERR_NOT_FOUND, _("\"%.60s\" is not invited to this meeting"),
				 who);
	if (n > 1)
		return error_set(
		    err, ERR_REFUSED,
		    _("\"%.60s\" could be any of %zu who are invited: answer for him by name"), who,
		    n);
	if (check_sequence(meeting, reply, err) != ERR_OK)
		return ERR_REFUSED;
	*ret_attendee = found;
	return ERR_OK;
}
