/* Records of the duty log: their sorts, and how far each has come. */
#include <config.h>

#include "zhiban/domain/record.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const struct {
	const char *code, *label;
} sorts[RECORD_SORTS] = {
	[RECORD_NOTE] = { "note", N_("Jotting") },	      [RECORD_CALL] = { "call", N_("Call") },
	[RECORD_PAPER] = { "paper", N_("Paper") },    [RECORD_OUTING] = { "outing", N_("Leader out") },
	[RECORD_ROUND] = { "round", N_("Round") },
}, steps[] = {
	{ "", "" },
	{ "proposed", N_("proposed") },
	{ "instructed", N_("instructed") },
	{ "passed_on", N_("passed on") },
	{ "done", N_("dealt with") },
	{ "out", N_("away") },
	{ "back", N_("back") },
};

const char *record_sort_code(enum record_sort sort)
{
	return sorts[sort].code;
}

const char *record_sort_label(enum record_sort sort)
{
	return _(sorts[sort].label);
}

enum record_sort record_sort_find(const char *code)
{
	size_t i = 0;

	while (i < ARRAY_LEN(sorts) && !str_eq(sorts[i].code, code))
		i++;
	return (enum record_sort)i;
}

const char *record_step(const struct record *record)
{
	if (record_sort_find(record->sort) == RECORD_OUTING)
		return record->back_at != 0 ? "back" : "out";
	return record->done_at != 0	    ? "done"
	       : record->told_at != 0	    ? "passed_on"
	       : record->instructed_at != 0 ? "instructed"
	       : record->proposed_at != 0   ? "proposed"
					    : "";
}

const char *record_step_label(const char *step)
{
	for (size_t i = 0; i < ARRAY_LEN(steps); i++)
		if (str_eq(steps[i].code, step))
			return *steps[i].label != '\0' ? _(steps[i].label) : "";
	return step != NULL ? step : "";
}

const struct logged *rules_logged(const struct rules *rules, const struct act_desc *act)
{
	for (size_t i = 0; i < rules->n_logged; i++)
		if (rules->logged[i].act == act)
			return &rules->logged[i];
	return NULL;
}
