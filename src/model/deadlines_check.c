/* How the time of a periodic check was found, and since when it is missed. */
#include <config.h>

#include "deadlines_priv.h"

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/inspection.h"
#include "zhiban/model/left.h"

struct missed { /* times of one check that nobody recorded, of those in the list */
	int64_t since;
	size_t n;
};

static struct missed missed_of(const struct deadlines *deadlines,
			       const struct client_deadline *check)
{
	struct missed missed = { 0 };

	for (size_t i = 0; i < deadlines->extra.n; i++) {
		const struct client_deadline *row = &deadlines->extra.rows[i];

		if (row->kind != KIND_INSPECTION || row->deadline.due > deadlines->now ||
		    !str_eq(row->title, check->title) ||
		    !str_eq(row->deadline.org, check->deadline.org))
			continue;
		if (missed.n++ == 0)
			missed.since = row->deadline.due;
	}
	return missed;
}

static const char *time_text(const struct rules *rules, int64_t at, char text[CIVIL_TEXT])
{
	civil_format(at, rules->offset_min, "Y-m-d H:M", text, CIVIL_TEXT);
	return text;
}

static void add_words(const struct rules *rules, const struct client_deadline *check,
		      struct str *out)
{
	const char *of = NULL;
	const char *when = check_when_of(rules, check->deadline.org, check->title, &of);
	const struct org *list = rules_org(rules, of);

	str_addf(out, "%s\t", _("By the words"));
	if (when)
		/* TRANSLATORS: how often and when, as the profile says it; whose list it stands in */
		str_addf(out, _("\"%s\", in the list of %s"), when, list ? list->name : of);
	else
		str_add(out, _("the profile does not name this check any more"));
	str_add_char(out, '\n');
}

void deadlines_explain_check(const struct deadlines *deadlines, const struct client_deadline *check,
			     struct str *out)
{
	const struct rules *rules = client_rules(deadlines->client);
	const struct org *org = rules_org(rules, check->deadline.org);
	const struct missed missed = missed_of(deadlines, check);
	int64_t due = check->deadline.due, now = deadlines->now;
	char left[LEFT_TEXT], from[CIVIL_TEXT], until[CIVIL_TEXT];

	str_addf(out, "%s\t%s  %s\n", _("Check"), check->title,
		 org ? org->name : check->deadline.org);
	add_words(rules, check, out);
	left_words(due, now - now % MINUTE_MS, left);
	str_addf(out, "%s\t", _("Due"));
	str_addf(out, due <= now ? _("%s, missed for %s") : _("%s, in %s"),
		 time_text(rules, due, from), left);
	if (missed.n) {
		str_addf(out, "\n%s\t", _("Missed"));
		str_addf(out, _("since %s, %zu times in the last seven days"),
			 time_text(rules, missed.since, from), missed.n);
	}
	str_addf(out, "\n%s\t", _("To be recorded"));
	str_addf(out, _("from %s until %s"), time_text(rules, due - CHECK_AHEAD_MS, from),
		 time_text(rules, due + CHECK_LATE_MS, until));
}
