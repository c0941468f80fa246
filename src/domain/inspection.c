#include <config.h>

#include "zhiban/domain/inspection.h"

#include <stdlib.h>
#include <string.h>

#include "inspection_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/str.h"

struct uuid inspection_id(const char *org, const char *label, int64_t due)
{
	struct str words = STR_INIT;
	struct uuid id;

	str_addf(&words, "inspection\n%s\n%s\n%lld", org, label, (long long)due);
	id = uuid_named(str_get(&words));
	str_release(&words);
	return id;
}

/* The override of the organisation itself or of the nearest above it that names checks. */
static const struct override *checks_of(const struct rules *rules, const char *org)
{
	for (const struct org *at = rules_org(rules, org); at != NULL;
	     at = rules_org(rules, at->parent))
		for (size_t i = 0; i < rules->n_overrides; i++)
			if (rules->overrides[i].n_checks > 0 &&
			    str_eq(rules->overrides[i].org, at->code))
				return &rules->overrides[i];
	return NULL;
}

const char *check_when_of(const struct rules *rules, const char *org, const char *label,
			const char **ret_list_of)
{
	const struct override *own = checks_of(rules, org);

	for (size_t i = 0; own != NULL && i < own->n_checks; i++)
		if (str_eq(own->checks[i].label, label)) {
			*ret_list_of = own->org;
			return own->checks[i].when;
		}
	return NULL;
}

static int by_due(const void *a, const void *b)
{
	const struct check_due *x = a, *y = b;

	return x->due != y->due ? (x->due < y->due ? -1 : 1) : strcmp(x->label, y->label);
}

size_t checks_due(const struct rules *rules, const char *org, int64_t from, int64_t to,
		  struct check_due checks[CHECKS_MOST])
{
	const struct override *own = checks_of(rules, org);
	const struct org *whose = rules_org(rules, org);
	struct check_when whens[CHECKS_MOST];
	int32_t first, last;
	size_t n = 0;

	if (own == NULL || from >= to)
		return 0;
	for (size_t i = 0; i < own->n_checks && i < CHECKS_MOST; i++)
		if (!check_when_parse(own->checks[i].when, &whens[i]))
			whens[i] = (struct check_when){ CHECK_WEEKLY, 0, 0 }; /* never */
	first = civil_day_of_ms(from, rules->offset_min);
	last = civil_day_of_ms(to - 1, rules->offset_min);
	for (int32_t day = first; day <= last && n < CHECKS_MOST; day++)
		for (size_t i = 0; i < own->n_checks && i < CHECKS_MOST && n < CHECKS_MOST; i++) {
			int64_t due = civil_ms_of_day(day, rules->offset_min) +
				      whens[i].minute * MINUTE_MS;

			if (due < from || due >= to || !check_when_falls(&whens[i], day))
				continue;
			checks[n++] = (struct check_due){
				whose->code, own->checks[i].label, due,
				inspection_id(whose->code, own->checks[i].label, due)
			};
		}
	qsort(checks, n, sizeof *checks, by_due);
	return n;
}
