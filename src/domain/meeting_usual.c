/* When a series of meetings usually meets. */
#include <config.h>

#include "inspection_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/domain/rules.h"

size_t series_usual(const struct rules *rules, const struct meeting_series *series, int32_t from,
		    int32_t to, int64_t *ret_moments, size_t most)
{
	struct check_when when;
	size_t n = 0;

	if (series == NULL || series->when == NULL || !check_when_parse(series->when, &when))
		return 0;
	for (int32_t day = from; day < to && n < most; day++)
		if (check_when_falls(&when, day))
			ret_moments[n++] =
			    civil_ms_of_day(day, rules->offset_min) + when.minute * MINUTE_MS;
	return n;
}
