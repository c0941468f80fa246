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

static void add_time(const struct rules *rules, int64_t at, struct str *out)
{
	char text[CIVIL_TEXT];

	civil_format(at, rules->offset_min, "Y-m-d H:M", text, sizeof text);
	str_add(out, text);
}

static void add_words(const struct rules *rules, const struct client_deadline *check,
		      struct str *out)
{
	const char *of = NULL;
	const char *when = check_when_of(rules, check->deadline.org, check->title, &of);
	const struct org *list = rules_org(rules, of);

	if (when)
		/* TRANSLATORS: how often and when, as the profile says it; whose list it stands in */
		str_addf(out, _("By the words: \"%s\", in the list of %s\n"), when,
			 list ? list->name : of);
	else
		str_add(out, _("The profile does not name this check any more.\n"));
}

void deadlines_explain_check(const struct deadlines *deadlines, const struct client_deadline *check,
			     struct str *out)
{
	const struct rules *rules = client_rules(deadlines->client);
	const struct org *org = rules_org(rules, check->deadline.org);
	const struct missed missed = missed_of(deadlines, check);
	char left[LEFT_TEXT];

	str_addf(out, "%s  %s\n", check->title, org ? org->name : check->deadline.org);
	add_words(rules, check, out);
	str_add(out, _("This time due: "));
	add_time(rules, check->deadline.due, out);
	left_words(check->deadline.due, deadlines->now - deadlines->now % MINUTE_MS, left);
	str_addf(out, check->deadline.due <= deadlines->now ? _(", missed for %s\n") : _(", in %s\n"),
		 left);
	if (missed.n) {
		str_add(out, _("Not recorded since: "));
		add_time(rules, missed.since, out);
		str_addf(out, _(", %zu times in the last seven days\n"), missed.n);
	}
	str_add(out, _("It can be recorded from "));
	add_time(rules, check->deadline.due - CHECK_AHEAD_MS, out);
	str_add(out, _(" until "));
	add_time(rules, check->deadline.due + CHECK_LATE_MS, out);
}
