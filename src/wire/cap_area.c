/* Whose an area is: by its code of the national divisions, or by its name. */
#include <config.h>

#include <string.h>

#include "cap_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/cap_act.h"

enum { CODE_MOST = 12 };

/* Without the zeros that stand for "the whole of it": two digits each for province, city and
 * county, three each for town and village. */
static size_t bare(const char *code)
{
	static const size_t steps[] = { 12, 9, 6, 4, 2 };
	size_t len = strlen(code);

	for (size_t i = 0; i + 1 < ARRAY_LEN(steps); i++)
		if (len == steps[i] &&
		    strspn(code + steps[i + 1], "0") >= steps[i] - steps[i + 1])
			len = steps[i + 1];
	return len;
}

static bool begins(const char *code, size_t len, const char *with, size_t with_len)
{
	return with_len <= len && memcmp(code, with, with_len) == 0;
}

static bool code_is_ours(const struct rules *rules, const char *code)
{
	size_t len = bare(code);

	for (size_t i = 0; i < rules->warnings.n_areas; i++) {
		const char *own = rules->warnings.areas[i].code;
		size_t own_len = bare(own);

		/* all of it is ours, or we lie in it; of the others only just that area */
		if (i == 0 ? begins(code, len, own, own_len) || begins(own, own_len, code, len)
			   : len == own_len && memcmp(code, own, len) == 0)
			return true;
	}
	return false;
}

static const struct org *org_of_code(const struct rules *rules, const char *code)
{
	char text[CODE_MOST + 1];
	size_t len = bare(code);

	if (len < 6 || len > CODE_MOST)
		return NULL;
	memcpy(text, code, len);
	text[len] = '\0';
	return rules_org(rules, text);
}

bool cap_area_is_ours(const struct rules *rules, const struct cap_area *area)
{
	for (const char *const *code = area->codes; code != NULL && *code != NULL; code++)
		if (code_is_ours(rules, *code) || org_of_code(rules, *code) != NULL)
			return true;
	if (area->codes != NULL && area->codes[0] != NULL)
		return false; /* a code says it better than a name that many places have */
	for (size_t i = 0; i < rules->warnings.n_areas; i++)
		if (strstr(area->desc, rules->warnings.areas[i].name) != NULL)
			return true;
	return *area->desc != '\0' && rules_org_named(rules, area->desc) != NULL;
}

/* --- recipients ------------------------------------------------------------------------------ */

static void add(struct cap_recipients *to, const struct rules *rules, const struct org *org,
		int64_t now)
{
	if (org == NULL || str_eq(org->code, rules->centre) || (org->ends != 0 && org->ends <= now))
		return;
	for (size_t i = 0; i < to->n; i++)
		if (to->codes[i] == org->code)
			return;
	if (to->n < CAP_RECIPIENTS_MAX)
		to->codes[to->n++] = org->code;
	else
		to->full = true;
}

static void add_area(struct cap_recipients *to, const struct rules *rules,
		     const struct cap_area *area, int64_t now)
{
	for (const char *const *code = area->codes; code != NULL && *code != NULL; code++)
		add(to, rules, org_of_code(rules, *code), now);
	if (*area->desc != '\0')
		add(to, rules, rules_org_named(rules, area->desc), now);
}

void cap_recipients(const struct rules *rules, const struct warning_rule *rule,
		    const struct cap_area *const *areas, size_t n, int64_t now,
		    struct cap_recipients *to)
{
	for (const char *const *word = rule->to; word != NULL && *word != NULL; word++) {
		const char *tier = str_starts(*word, "tier ") ? *word + 5 : NULL;
		bool all = strcmp(*word, "all") == 0;

		for (size_t i = 0; strcmp(*word, "area") == 0 && i < n; i++)
			add_area(to, rules, areas[i], now);
		for (size_t i = 0; (tier != NULL || all) && i < rules->n_orgs; i++)
			if (all ? str_eq(rules->orgs[i].parent, rules->centre)
				: str_eq(rules->orgs[i].tier, tier))
				add(to, rules, &rules->orgs[i], now);
		add(to, rules, rules_org(rules, *word), now);
	}
}
