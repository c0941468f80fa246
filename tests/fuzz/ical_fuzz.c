/* Any bytes as a calendar: every record is read or refused with a sentence, spans lie in the window
 * and in order, and what was read and is written is read as the same again. */
#include <config.h>

#include <string.h>

#include "fuzz.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/text.h"
#include "zhiban/wire/ical.h"
#include "zhiban/wire/ical_meeting.h"

static void check(const struct ical_calendar *calendar, const struct ical_ask *ask)
{
	for (size_t i = 0; i < calendar->n_spans; i++) {
		const struct ical_span *span = &calendar->spans[i];

		CHECK(span->record < calendar->n_records);
		CHECK(span->starts < ask->to && span->ends >= ask->from);
		CHECK(i == 0 || calendar->spans[i - 1].starts <= span->starts);
	}
	for (size_t i = 0; i < calendar->n_records; i++) {
		const struct ical_record *record = &calendar->records[i];

		CHECK(record->line > 0);
		CHECK(text_valid(record->item.summary, strlen(record->item.summary)));
		CHECK(record->item.starts == 0 || record->item.ends >= record->item.starts);
	}
	for (size_t i = 0; i < calendar->n_rejects; i++)
		CHECK(*calendar->rejects[i].why != '\0' &&
		      text_valid(calendar->rejects[i].why, strlen(calendar->rejects[i].why)));
}

static void write_again(const struct ical_calendar *calendar, const struct ical_ask *ask,
			struct arena *arena)
{
	const struct ical_head head = {
	    .method = calendar->method, .name = calendar->name, .offset_min = ask->offset_min};
	struct ical_item *items = arena_array(arena, calendar->n_records + 1, sizeof *items);
	struct ical_calendar again;
	struct str out = STR_INIT;

	for (size_t i = 0; i < calendar->n_records; i++)
		items[i] = calendar->records[i].item;
	ical_write(&head, items, calendar->n_records, &out);
	CHECK(text_valid(str_get(&out), out.len));
	CHECK(ical_read(str_get(&out), out.len, ask, arena, &again, NULL) == ERR_OK);
	CHECK(again.counts.sorts[ICAL_SORT_EVENT] + again.counts.sorts[ICAL_SORT_TODO] +
		  again.counts.sorts[ICAL_SORT_FREEBUSY] + again.counts.sorts[ICAL_SORT_JOURNAL] ==
	      calendar->n_records);
	str_release(&out);
}

/* As answers to an invitation: each is one, or it is said why not. */
static void answer(const struct ical_calendar *calendar, struct arena *arena)
{
	static struct org orgs[] = {{.code = "zx", .name = "指挥中心"}};
	const struct rules rules = {.offset_min = 480, .centre = "zx", .orgs = orgs, .n_orgs = 1};
	struct uuid id = uuid_named("a meeting"), who = uuid_named("an attendee");
	struct meeting *meeting = entity_new(KIND_MEETING, &id, arena);
	struct attendee *attendee = children_add(&meeting->attendees, child_desc(CHILD_ATTENDEE),
						 &who, arena);

	attendee->org = "zx";
	attendee->name = "王五";
	attendee->asked_at = 1;
	for (size_t i = 0; i < calendar->n_records; i++) {
		const struct attendee *found = NULL;
		struct error err = ERROR_INIT;
		struct ical_reply reply;
		enum err code =
		    ical_reply_read(&rules, &calendar->records[i], arena, &reply, &err);

		CHECK(code == ERR_OK || (code == ERR_INPUT && err.text[0] != '\0'));
		if (code != ERR_OK)
			continue;
		CHECK(reply.answer < ANSWERS);
		CHECK(reply.answer != ANSWER_DELEGATED || reply.delegate != NULL);
		code = ical_reply_match(&rules, meeting, &reply, arena, &found, &err);
		CHECK((code == ERR_OK) == (found != NULL));
		CHECK(code == ERR_OK || err.text[0] != '\0');
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct ical_ask ask = {20000 * DAY_MS, 21000 * DAY_MS, 480, 500};
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct ical_calendar calendar;
	enum err code = ical_read((const char *)data, size, &ask, &arena, &calendar, &err);

	CHECK(code == ERR_OK || code == ERR_INPUT);
	CHECK(code == ERR_OK || err.text[0] != '\0');
	if (code == ERR_OK) {
		check(&calendar, &ask);
		write_again(&calendar, &ask, &arena);
		answer(&calendar, &arena);
	}
	arena_release(&arena);
	return 0;
}
