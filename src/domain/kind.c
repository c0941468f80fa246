#include <config.h>

#include "zhiban/domain/kind.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/handover.h"
#include "zhiban/domain/inspection.h"
#include "zhiban/domain/notice.h"
#include "zhiban/domain/record.h"
#include "zhiban/domain/swap.h"
#include "zhiban/domain/whistle.h"

/* The second expansion of the tables (the first is incident.h): the descriptors. */
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
#undef F
#undef K

enum { /* rows of children[], by the names the .def files use */
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
};

#define CHILD(CODE, name_)                                                                     \
	[CHILD_##CODE] = { CHILD_##CODE, #name_, name_##_fields, ARRAY_LEN(name_##_fields),    \
			   sizeof(struct name_) }
static const struct child_desc children[CHILD_COUNT] = {
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
};

static const struct child_slot incident_slots[] = {
#define F(...)
#define K(which, member) { &children[child_##which], offsetof(struct incident, member) },
#include "zhiban/domain/incident.def"
#undef F
#undef K
};

static const struct child_slot notice_slots[] = {
#define F(...)
#define K(which, member) { &children[child_##which], offsetof(struct notice, member) },
#include "zhiban/domain/notice.def"
#undef F
#undef K
};

static const struct child_slot whistle_slots[] = {
#define F(...)
#define K(which, member) { &children[child_##which], offsetof(struct whistle, member) },
#include "zhiban/domain/whistle.def"
#undef F
#undef K
};

static const struct child_slot staff_slots[] = {
#define F(...)
#define K(which, member) { &children[child_##which], offsetof(struct staff, member) },
#include "zhiban/domain/staff.def"
#undef F
#undef K
};

static const struct child_slot roster_slots[] = {
#define F(...)
#define K(which, member) { &children[child_##which], offsetof(struct roster, member) },
#include "zhiban/domain/roster.def"
#undef F
#undef K
};

static const struct child_slot swap_slots[] = {
#define F(...)
#define K(which, member) { &children[child_##which], offsetof(struct swap, member) },
#include "zhiban/domain/swap.def"
#undef F
#undef K
};

static const struct child_slot handover_slots[] = {
#define F(...)
#define K(which, member) { &children[child_##which], offsetof(struct handover, member) },
#include "zhiban/domain/handover.def"
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
static const struct kind_desc kinds[KIND_COUNT] = {
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
};

const struct kind_desc *kind_desc(enum kind kind)
{
	return &kinds[kind];
}

const struct kind_desc *kind_find(const char *name)
{
	for (size_t i = 0; i < KIND_COUNT; i++)
		if (strcmp(kinds[i].name, name) == 0 || strcmp(kinds[i].plural, name) == 0)
			return &kinds[i];
	return NULL;
}

const struct child_desc *child_desc(enum child child)
{
	return &children[child];
}

const struct child_desc *child_find(const char *name)
{
	for (size_t i = 0; i < CHILD_COUNT; i++)
		if (strcmp(children[i].name, name) == 0)
			return &children[i];
	return NULL;
}

const struct children *entity_children_const(const void *entity, const struct child_desc *desc)
{
	const struct entity *head = entity;
	const struct kind_desc *kind = kind_desc(head->kind);

	for (size_t i = 0; i < kind->n_slots; i++)
		if (kind->slots[i].desc == desc)
			return (const void *)((const char *)entity + kind->slots[i].offset);
	return NULL;
}

struct children *entity_children(void *entity, const struct child_desc *desc)
{
	const struct entity *head = entity;
	const struct kind_desc *kind = kind_desc(head->kind);

	for (size_t i = 0; i < kind->n_slots; i++)
		if (kind->slots[i].desc == desc)
			return (void *)((char *)entity + kind->slots[i].offset);
	return NULL;
}

const void *children_at(const struct children *list, const struct child_desc *desc, size_t i)
{
	return (const char *)list->items + i * desc->size;
}

void *children_find(const struct children *list, const struct child_desc *desc,
		    const struct uuid *id)
{
	for (size_t i = 0; i < list->n; i++) {
		struct uuid *own = (void *)((char *)list->items + i * desc->size);
		if (uuid_eq(own, id))
			return own;
	}
	return NULL;
}

void *children_add(struct children *list, const struct child_desc *desc, const struct uuid *id,
		   struct arena *arena)
{
	char *item;

	if (list->n == list->cap) {
		size_t cap = list->cap != 0 ? list->cap * 2 : 4;
		void *items = arena_array(arena, cap, desc->size);
		if (list->n > 0)
			memcpy(items, list->items, list->n * desc->size);
		list->items = items;
		list->cap = cap;
	}
	item = (char *)list->items + list->n++ * desc->size;
	memset(item, 0, desc->size);
	memcpy(item, id, sizeof *id);
	return item;
}

void children_remove(struct children *list, const struct child_desc *desc, const struct uuid *id)
{
	char *item = children_find(list, desc, id);
	char *end = (char *)list->items + list->n * desc->size;

	if (item == NULL)
		return;
	memmove(item, item + desc->size, (size_t)(end - item) - desc->size);
	list->n--;
}

void *entity_new(enum kind kind, const struct uuid *id, struct arena *arena)
{
	struct entity *head = arena_alloc(arena, kinds[kind].size);

	head->kind = kind;
	head->id = *id;
	return head;
}

static void copy_fields(const struct field *fields, size_t n, void *to, const void *from,
			struct arena *arena)
{
	for (size_t i = 0; i < n; i++)
		if (field_is_text(&fields[i]))
			field_set(&fields[i], to, field_get(&fields[i], from), arena);
}

void *entity_copy(const void *entity, struct arena *arena)
{
	const struct entity *head = entity;
	const struct kind_desc *kind = kind_desc(head->kind);
	char *copy = arena_dup(arena, entity, kind->size);

	copy_fields(kind->fields, kind->n_fields, copy, entity, arena);
	for (size_t i = 0; i < kind->n_slots; i++) {
		const struct child_desc *desc = kind->slots[i].desc;
		const struct children *from = entity_children_const(entity, desc);
		struct children *to = entity_children(copy, desc);

		*to = (struct children){ NULL, 0, 0 };
		if (from->n == 0)
			continue;
		to->items = arena_dup(arena, from->items, from->n * desc->size);
		to->n = to->cap = from->n;
		for (size_t j = 0; j < from->n; j++)
			copy_fields(desc->fields, desc->n_fields,
				    (char *)to->items + j * desc->size, children_at(from, desc, j),
				    arena);
	}
	return copy;
}

static bool same_fields(const struct field *fields, size_t n, const void *a, const void *b)
{
	for (size_t i = 0; i < n; i++)
		if (!value_eq(field_get(&fields[i], a), field_get(&fields[i], b)))
			return false;
	return true;
}

static bool same_children(const void *a, const void *b, const struct child_desc *desc)
{
	const struct children *as = entity_children_const(a, desc);
	const struct children *bs = entity_children_const(b, desc);

	if (as->n != bs->n)
		return false;
	for (size_t i = 0; i < as->n; i++) {
		const void *x = children_at(as, desc, i), *y = children_at(bs, desc, i);
		if (!uuid_eq(x, y) || !same_fields(desc->fields, desc->n_fields, x, y))
			return false;
	}
	return true;
}

bool entity_eq(const void *a, const void *b)
{
	const struct entity *x = a, *y = b;
	const struct kind_desc *kind = kind_desc(x->kind);

	if (x->kind != y->kind || !uuid_eq(&x->id, &y->id) || x->version != y->version)
		return false;
	if (!same_fields(kind->fields, kind->n_fields, a, b))
		return false;
	for (size_t i = 0; i < kind->n_slots; i++)
		if (!same_children(a, b, kind->slots[i].desc))
			return false;
	return true;
}
