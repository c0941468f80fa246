/* Any bytes as a profile's bundle and as a calendar: loaded, or refused with a sentence; what was
 * loaded holds together. */
#include <config.h>

#include <string.h>

#include "fuzz.h"
#include "zhiban/base/text.h"
#include "zhiban/profile/profile.h"

static void check_rules(const struct rules *rules)
{
	CHECK(rules->n_orgs > 0 && rules->n_steps > 0);
	CHECK(rules_org(rules, rules->centre) != NULL);
	for (size_t i = 0; i < rules->n_orgs; i++) {
		CHECK(rules_org(rules, rules->orgs[i].code) == &rules->orgs[i]);
		CHECK(rules_org_within(rules, rules->orgs[i].code, rules->centre));
	}
	for (size_t i = 0; i < rules->n_steps; i++)
		for (size_t k = 0; k < rules->steps[i].n_acts; k++) {
			const char *to = rules->steps[i].acts[k].to;

			CHECK(to == NULL || rules_step(rules, to) != NULL);
		}
}

static void refused(enum err code, const struct error *err)
{
	CHECK(code == ERR_INPUT || code == ERR_TOO_LARGE);
	CHECK(err->text[0] != '\0' && text_valid(err->text, strlen(err->text)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct jurisdiction *jurisdiction = NULL;
	struct workdays *days = NULL;
	struct error err = ERROR_INIT;
	enum err code = profile_parse((const char *)data, size, &jurisdiction, &err);

	if (code)
		refused(code, &err);
	else
		check_rules(&jurisdiction->rules);
	CHECK((code == ERR_OK) == (jurisdiction != NULL));
	profile_free(jurisdiction);
	err = (struct error)ERROR_INIT;
	code = workdays_parse("fuzz.conf", (const char *)data, size, &days, &err);
	if (code)
		refused(code, &err);
	else
		for (size_t i = 1; i < days->calendar.n_days; i++)
			CHECK(days->calendar.days[i - 1].day < days->calendar.days[i].day);
	workdays_free(days);
	return 0;
}
