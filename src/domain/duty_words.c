#include <config.h>

#include "duty_words.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/domain/handover.h"
#include "zhiban/domain/record.h"
#include "zhiban/domain/roster.h"
#include "zhiban/domain/swap.h"

static const struct {
	const char *code, *label;
} hows[] = { /* how somebody came into a seat */
	{ "hand", N_("by hand") },	 { "built", N_("built") },
	{ "cover", N_("stands in") },	 { "takeover", N_("taken over in an emergency") },
	{ "swap", N_("swapped") },	 { "moved", N_("moved") },
	{ "import", N_("imported") },
};

static const char *plan_label(const struct rules *rules, const struct field *field, const char *code)
{
	const struct roster_plan *plan = rules_plan(rules, code);

	(void)field;
	return plan != NULL ? plan->label : NULL;
}

static const char *shift_label(const struct rules *rules, const struct field *field,
			       const char *code)
{
	(void)field;
	for (size_t i = 0; i < rules->n_plans; i++) {
		const struct duty_shift *shift = plan_shift(&rules->plans[i], code);

		if (shift != NULL)
			return shift->label;
	}
	return NULL;
}

static const char *post_label(const struct rules *rules, const struct field *field, const char *code)
{
	(void)field;
	for (size_t i = 0; i < rules->n_plans; i++) {
		const struct duty_post *post = plan_post(&rules->plans[i], code);

		if (post != NULL)
			return post->label;
	}
	return NULL;
}

static const char *how_label(const struct rules *rules, const struct field *field, const char *code)
{
	(void)rules;
	(void)field;
	for (size_t i = 0; i < ARRAY_LEN(hows); i++)
		if (strcmp(hows[i].code, code) == 0)
			return _(hows[i].label);
	return NULL;
}

static const char *state_label(const struct rules *rules, const struct field *field,
			       const char *code)
{
	(void)rules;
	(void)field;
	for (int i = 0; i < SWAP_STATES; i++)
		if (strcmp(swap_state_code((enum swap_state)i), code) == 0)
			return swap_state_label((enum swap_state)i);
	for (int i = 0; i < HANDOVER_STATES; i++)
		if (strcmp(handover_state_code((enum handover_state)i), code) == 0)
			return handover_state_label((enum handover_state)i);
	return NULL;
}

/* A paper among records, and papers among what is handed over. */
static const char *sort_label(const struct rules *rules, const struct field *field, const char *code)
{
	const struct child_desc *handed = child_desc(CHILD_HANDED);

	(void)rules;
	if (field >= handed->fields && field < handed->fields + handed->n_fields)
		return handed_sort_find(code) < HANDED_SORTS
			       ? handed_sort_label(handed_sort_find(code))
			       : NULL;
	return record_sort_find(code) < RECORD_SORTS ? record_sort_label(record_sort_find(code))
						     : NULL;
}

static const char *found_label(const struct rules *rules, const struct field *field,
			       const char *code)
{
	(void)rules;
	(void)field;
	return equipment_label(code);
}

static const struct {
	const char *field;
	const char *(*label)(const struct rules *rules, const struct field *field,
			     const char *code);
} codes[] = {
	{ "plan", plan_label },	      { "plan_code", plan_label }, { "shift", shift_label },
	{ "post", post_label },	      { "post_code", post_label }, { "rung_post", post_label },
	{ "how", how_label },	      { "state", state_label },	   { "sort", sort_label },
	{ "found", found_label },
};

const char *duty_show(const struct rules *rules, const struct field *field, const char *code)
{
	for (size_t i = 0; i < ARRAY_LEN(codes); i++)
		if (strcmp(codes[i].field, field->name) == 0)
			return codes[i].label(rules, field, code);
	return NULL;
}
