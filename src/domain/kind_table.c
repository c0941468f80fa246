/* The descriptors of all kinds and children: the second expansion of their tables. */
#include <config.h>

#include "kind_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/handover.h"
#include "zhiban/domain/inspection.h"
#include "zhiban/domain/meeting.h"
#include "zhiban/domain/notice.h"
#include "zhiban/domain/record.h"
#include "zhiban/domain/swap.h"
#include "zhiban/domain/whistle.h"

#define F(name_, ...) FIELD_DESC(offsetof(struct OF, name_), name_, __VA_ARGS__),
#define K(child_, member_)

#define OF incident
static const struct field incident_fields[] = {
#include "zhiban/domain/incident.def"
};
#undef OF
#define OF part
static const struct field part_fields[] = {
#include "zhiban/domain/part.def"
};
#undef OF
#define OF clock
static const struct field clock_fields[] = {
#include "zhiban/domain/clock.def"
};
#undef OF
#define OF link
static const struct field link_fields[] = {
#include "zhiban/domain/link.def"
};
#undef OF
#define OF attr
static const struct field attr_fields[] = {
#include "zhiban/domain/attr.def"
};
#undef OF
#define OF person
static const struct field person_fields[] = {
#include "zhiban/domain/person.def"
};
#undef OF
#define OF org
static const struct field org_fields[] = {
#include "zhiban/domain/org.def"
};
#undef OF
#define OF profile
static const struct field profile_fields[] = {
#include "zhiban/domain/profile.def"
};
#undef OF
#define OF level
static const struct field level_fields[] = {
#include "zhiban/domain/level.def"
};
#undef OF
#define OF pause
static const struct field pause_fields[] = {
#include "zhiban/domain/pause.def"
};
#undef OF
#define OF extension
static const struct field extension_fields[] = {
#include "zhiban/domain/extension.def"
};
#undef OF
#define OF force
static const struct field force_fields[] = {
#include "zhiban/domain/force.def"
};
#undef OF
#define OF file
static const struct field file_fields[] = {
#include "zhiban/domain/file.def"
};
#undef OF
#define OF phonecall
static const struct field phonecall_fields[] = {
#include "zhiban/domain/phonecall.def"
};
#undef OF
#define OF promise
static const struct field promise_fields[] = {
#include "zhiban/domain/promise.def"
};
#undef OF
#define OF behalf
static const struct field behalf_fields[] = {
#include "zhiban/domain/behalf.def"
};
#undef OF
#define OF supervision
static const struct field supervision_fields[] = {
#include "zhiban/domain/supervision.def"
};
#undef OF
#define OF instruction
static const struct field instruction_fields[] = {
#include "zhiban/domain/instruction.def"
};
#undef OF
#define OF receipt
static const struct field receipt_fields[] = {
#include "zhiban/domain/receipt.def"
};
#undef OF
#define OF restriction
static const struct field restriction_fields[] = {
#include "zhiban/domain/restriction.def"
};
#undef OF
#define OF absence
static const struct field absence_fields[] = {
#include "zhiban/domain/absence.def"
};
#undef OF
#define OF mode
static const struct field mode_fields[] = {
#include "zhiban/domain/mode.def"
};
#undef OF
#define OF notice
static const struct field notice_fields[] = {
#include "zhiban/domain/notice.def"
};
#undef OF
#define OF whistle
static const struct field whistle_fields[] = {
#include "zhiban/domain/whistle.def"
};
#undef OF
#define OF summoned
static const struct field summoned_fields[] = {
#include "zhiban/domain/summoned.def"
};
#undef OF
#define OF inspection
static const struct field inspection_fields[] = {
#include "zhiban/domain/inspection.def"
};
#undef OF
#define OF staff
static const struct field staff_fields[] = {
#include "zhiban/domain/staff.def"
};
#undef OF
#define OF timeoff
static const struct field timeoff_fields[] = {
#include "zhiban/domain/timeoff.def"
};
#undef OF
#define OF roster
static const struct field roster_fields[] = {
#include "zhiban/domain/roster.def"
};
#undef OF
#define OF turn
static const struct field turn_fields[] = {
#include "zhiban/domain/turn.def"
};
#undef OF
#define OF filing
static const struct field filing_fields[] = {
#include "zhiban/domain/filing.def"
};
#undef OF
#define OF carried
static const struct field carried_fields[] = {
#include "zhiban/domain/carried.def"
};
#undef OF
#define OF swap
static const struct field swap_fields[] = {
#include "zhiban/domain/swap.def"
};
#undef OF
#define OF handover
static const struct field handover_fields[] = {
#include "zhiban/domain/handover.def"
};
#undef OF
#define OF handed
static const struct field handed_fields[] = {
#include "zhiban/domain/handed.def"
};
#undef OF
#define OF tallied
static const struct field tallied_fields[] = {
#include "zhiban/domain/tallied.def"
};
#undef OF
#define OF equipment
static const struct field equipment_fields[] = {
#include "zhiban/domain/equipment.def"
};
#undef OF
#define OF record
static const struct field record_fields[] = {
#include "zhiban/domain/record.def"
};
#undef OF
#define OF meeting
static const struct field meeting_fields[] = {
#include "zhiban/domain/meeting.def"
};
#undef OF
#define OF attendee
static const struct field attendee_fields[] = {
#include "zhiban/domain/attendee.def"
};
#undef OF
#define OF agenda
static const struct field agenda_fields[] = {
#include "zhiban/domain/agenda.def"
};
#undef OF
#define OF stage
static const struct field stage_fields[] = {
#include "zhiban/domain/stage.def"
};
#undef OF
#define OF item
static const struct field item_fields[] = {
#include "zhiban/domain/item.def"
};
#undef OF
#define OF concerned
static const struct field concerned_fields[] = {
#include "zhiban/domain/concerned.def"
};
#undef OF
#define OF paper
static const struct field paper_fields[] = {
#include "zhiban/domain/paper.def"
};
#undef OF
#define OF hearer
static const struct field hearer_fields[] = {
#include "zhiban/domain/hearer.def"
};
#undef OF
#define OF action
static const struct field action_fields[] = {
#include "zhiban/domain/action.def"
};
#undef OF
#define OF room
static const struct field room_fields[] = {
#include "zhiban/domain/room.def"
};
#undef OF
#define OF booking
static const struct field booking_fields[] = {
#include "zhiban/domain/booking.def"
};
#undef OF
#undef F
#undef K

enum { /* rows of child_descs[], by the names the .def files use */
	child_part = CHILD_PART,
	child_clock = CHILD_CLOCK,
	child_link = CHILD_LINK,
	child_attr = CHILD_ATTR,
	child_level = CHILD_LEVEL,
	child_pause = CHILD_PAUSE,
	child_extension = CHILD_EXTENSION,
	child_force = CHILD_FORCE,
	child_file = CHILD_FILE,
	child_phonecall = CHILD_PHONECALL,
	child_promise = CHILD_PROMISE,
	child_behalf = CHILD_BEHALF,
	child_supervision = CHILD_SUPERVISION,
	child_instruction = CHILD_INSTRUCTION,
	child_receipt = CHILD_RECEIPT,
	child_restriction = CHILD_RESTRICTION,
	child_absence = CHILD_ABSENCE,
	child_summoned = CHILD_SUMMONED,
	child_timeoff = CHILD_TIMEOFF,
	child_turn = CHILD_TURN,
	child_filing = CHILD_FILING,
	child_carried = CHILD_CARRIED,
	child_handed = CHILD_HANDED,
	child_tallied = CHILD_TALLIED,
	child_equipment = CHILD_EQUIPMENT,
	child_attendee = CHILD_ATTENDEE,
	child_agenda = CHILD_AGENDA,
	child_stage = CHILD_STAGE,
	child_concerned = CHILD_CONCERNED,
	child_paper = CHILD_PAPER,
	child_booking = CHILD_BOOKING,
	child_hearer = CHILD_HEARER,
};

#define CHILD(CODE, name_)                                                                     \
	[CHILD_##CODE] = { CHILD_##CODE, #name_, name_##_fields, ARRAY_LEN(name_##_fields),    \
			   sizeof(struct name_) }
const struct child_desc child_descs[CHILD_COUNT] = {
	CHILD(PART, part),
	CHILD(CLOCK, clock),
	CHILD(LINK, link),
	CHILD(ATTR, attr),
	CHILD(LEVEL, level),
	CHILD(PAUSE, pause),
	CHILD(EXTENSION, extension),
	CHILD(FORCE, force),
	CHILD(FILE, file),
	CHILD(PHONECALL, phonecall),
	CHILD(PROMISE, promise),
	CHILD(BEHALF, behalf),
	CHILD(SUPERVISION, supervision),
	CHILD(INSTRUCTION, instruction),
	CHILD(RECEIPT, receipt),
	CHILD(RESTRICTION, restriction),
	CHILD(ABSENCE, absence),
	CHILD(SUMMONED, summoned),
	CHILD(TIMEOFF, timeoff),
	CHILD(TURN, turn),
	CHILD(FILING, filing),
	CHILD(CARRIED, carried),
	CHILD(HANDED, handed),
	CHILD(TALLIED, tallied),
	CHILD(EQUIPMENT, equipment),
	CHILD(ATTENDEE, attendee),
	CHILD(AGENDA, agenda),
	CHILD(STAGE, stage),
	CHILD(CONCERNED, concerned),
	CHILD(PAPER, paper),
	CHILD(BOOKING, booking),
	CHILD(HEARER, hearer),
};

static const struct child_slot incident_slots[] = {
#define F(...)
#define K(which, member) { &child_descs[child_##which], offsetof(struct incident, member) },
#include "zhiban/domain/incident.def"
#undef F
#undef K
};

static const struct child_slot notice_slots[] = {
#define F(...)
#define K(which, member) { &child_descs[child_##which], offsetof(struct notice, member) },
#include "zhiban/domain/notice.def"
#undef F
#undef K
};

static const struct child_slot whistle_slots[] = {
#define F(...)
#define K(which, member) { &child_descs[child_##which], offsetof(struct whistle, member) },
#include "zhiban/domain/whistle.def"
#undef F
#undef K
};

static const struct child_slot staff_slots[] = {
#define F(...)
#define K(which, member) { &child_descs[child_##which], offsetof(struct staff, member) },
#include "zhiban/domain/staff.def"
#undef F
#undef K
};

static const struct child_slot roster_slots[] = {
#define F(...)
#define K(which, member) { &child_descs[child_##which], offsetof(struct roster, member) },
#include "zhiban/domain/roster.def"
#undef F
#undef K
};

static const struct child_slot swap_slots[] = {
#define F(...)
#define K(which, member) { &child_descs[child_##which], offsetof(struct swap, member) },
#include "zhiban/domain/swap.def"
#undef F
#undef K
};

static const struct child_slot handover_slots[] = {
#define F(...)
#define K(which, member) { &child_descs[child_##which], offsetof(struct handover, member) },
#include "zhiban/domain/handover.def"
#undef F
#undef K
};

static const struct child_slot meeting_slots[] = {
#define F(...)
#define K(which, member) { &child_descs[child_##which], offsetof(struct meeting, member) },
#include "zhiban/domain/meeting.def"
#undef F
#undef K
};

static const struct child_slot item_slots[] = {
#define F(...)
#define K(which, member) { &child_descs[child_##which], offsetof(struct item, member) },
#include "zhiban/domain/item.def"
#undef F
#undef K
};

static const struct child_slot action_slots[] = {
#define F(...)
#define K(which, member) { &child_descs[child_##which], offsetof(struct action, member) },
#include "zhiban/domain/action.def"
#undef F
#undef K
};

static const struct child_slot room_slots[] = {
#define F(...)
#define K(which, member) { &child_descs[child_##which], offsetof(struct room, member) },
#include "zhiban/domain/room.def"
#undef F
#undef K
};

#define KIND(CODE, name_, plural_)                                                             \
	[KIND_##CODE] = { .kind = KIND_##CODE,                                                 \
			  .name = #name_,                                                      \
			  .plural = plural_,                                                   \
			  .fields = name_##_fields,                                            \
			  .n_fields = ARRAY_LEN(name_##_fields),                               \
			  .size = sizeof(struct name_)
const struct kind_desc kind_descs[KIND_COUNT] = {
	KIND(INCIDENT, incident, "incidents"), .slots = incident_slots,
	  .n_slots = ARRAY_LEN(incident_slots) },
	KIND(PERSON, person, "people") },
	KIND(ORG, org, "orgs") },
	KIND(PROFILE, profile, "profiles") },
	KIND(MODE, mode, "modes") },
	KIND(NOTICE, notice, "notices"), .slots = notice_slots,
	  .n_slots = ARRAY_LEN(notice_slots) },
	KIND(WHISTLE, whistle, "whistles"), .slots = whistle_slots,
	  .n_slots = ARRAY_LEN(whistle_slots) },
	KIND(INSPECTION, inspection, "inspections") },
	KIND(STAFF, staff, "staff"), .slots = staff_slots,
	  .n_slots = ARRAY_LEN(staff_slots) },
	KIND(ROSTER, roster, "rosters"), .slots = roster_slots,
	  .n_slots = ARRAY_LEN(roster_slots) },
	KIND(SWAP, swap, "swaps"), .slots = swap_slots,
	  .n_slots = ARRAY_LEN(swap_slots) },
	KIND(HANDOVER, handover, "handovers"), .slots = handover_slots,
	  .n_slots = ARRAY_LEN(handover_slots) },
	KIND(RECORD, record, "records") },
	KIND(MEETING, meeting, "meetings"), .slots = meeting_slots,
	  .n_slots = ARRAY_LEN(meeting_slots) },
	KIND(ITEM, item, "items"), .slots = item_slots,
	  .n_slots = ARRAY_LEN(item_slots) },
	KIND(ACTION, action, "actions"), .slots = action_slots,
	  .n_slots = ARRAY_LEN(action_slots) },
	KIND(ROOM, room, "rooms"), .slots = room_slots,
	  .n_slots = ARRAY_LEN(room_slots) },
};
