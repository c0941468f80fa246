/* Inside wire/: what the readers of warnings share. */
#ifndef WIRE_CAP_PRIV_H
#define WIRE_CAP_PRIV_H

#include "zhiban/domain/rules.h"
#include "zhiban/wire/cap.h"

/* The kind of hazard that a Chinese headline names before its colour, or "". */
const char *cap_event(const char *headline, struct arena *arena);

enum { CAP_RECIPIENTS_MAX = 400 };
struct cap_recipients {
	const char *codes[CAP_RECIPIENTS_MAX];
	size_t n;
	bool full; /* there would be more */
};
/* Whom the rule names, of these areas; units that have ended are left out. */
void cap_recipients(const struct rules *rules, const struct warning_rule *rule,
		    const struct cap_area *const *areas, size_t n, int64_t now,
		    struct cap_recipients *to);

#endif
