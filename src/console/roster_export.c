/* zhiban roster export FILE: duties as a calendar, or as a table that import takes again. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "roster.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/file.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/roster.h"
#include "zhiban/wire/ical_roster.h"
#include "zhiban/wire/jsonout.h"

enum { DAYS_AHEAD = 62, FILE_MODE = 0600 };

struct leaving {
	struct console *console;
	const char *path, *org_words, *person, *post, *from_words, *to_words, *format;
	const char *org; /* NULL: all */
	bool csv;
	int32_t from, to;
	struct ical_duties duties;
	char staff[UUID_TEXT];
	struct client_roster *rosters;
	size_t n_rosters, n; /* n: duties written */
};

/* ---- which ---- */

static enum err day_of(const struct leaving *l, const char *name, const char *words,
		       int32_t fallback, int32_t *ret_day, struct error *err)
{
	int offset = client_rules(l->console->client)->offset_min;
	int64_t ms;

	*ret_day = fallback;
	if (words == NULL)
		return ERR_OK;
	if (civil_parse(words, offset, &ms, NULL) != ERR_OK)
		return error_set(err, ERR_USAGE, _("--%s takes a day as 2026-11-22, not \"%s\""),
				 name, words);
	*ret_day = civil_day_of_ms(ms, offset);
	return ERR_OK;
}

/* From the first of this month; --to is the last day. */
static enum err find_days(struct leaving *l, struct error *err)
{
	int offset = client_rules(l->console->client)->offset_min;
	struct civil civil;
	enum err code;

	civil_of_ms(client_now(l->console->client), offset, &civil);
	code =
	    day_of(l, "from", l->from_words, civil_day(civil.year, civil.month, 1), &l->from, err);
	if (code == ERR_OK)
		code = day_of(l, "to", l->to_words, l->from + DAYS_AHEAD, &l->to, err);
	if (code == ERR_OK && ++l->to <= l->from)
		code = error_set(err, ERR_USAGE, "%s", _("--to is before --from"));
	l->duties.from = civil_ms_of_day(l->from, offset);
	l->duties.to = civil_ms_of_day(l->to, offset);
	return code;
}

static const char *post_code(const struct rules *rules, const char *words)
{
	for (size_t i = 0; i < rules->n_plans; i++)
		for (size_t k = 0; k < rules->plans[i].n_posts; k++)
			if (str_eq(rules->plans[i].posts[k].code, words) ||
			    str_eq(rules->plans[i].posts[k].label, words))
				return rules->plans[i].posts[k].code;
	return NULL;
}

static enum err find_whose(struct leaving *l, struct error *err)
{
	const struct rules *rules = client_rules(l->console->client);
	const struct org *org = l->org_words != NULL ? rules_org_named(rules, l->org_words) : NULL;
	struct uuid id;
	enum err code = ERR_OK;

	if (l->org_words != NULL && org == NULL)
		return error_set(err, ERR_INPUT, _("%.80s is no organisation of this jurisdiction"),
				 l->org_words);
	l->org = org != NULL ? org->code : NULL;
	l->duties.post = l->post != NULL ? post_code(rules, l->post) : NULL;
	if (l->post != NULL && l->duties.post == NULL)
		return error_set(err, ERR_INPUT, _("no roster has a post \"%s\""), l->post);
	if (l->person != NULL) {
		code = client_staff_find(l->console->client, l->person, l->org, &id, err);
		if (code == ERR_OK) {
			uuid_text(&id, l->staff);
			l->duties.staff = l->staff;
		}
	} else if (l->org ==
		   NULL) { /* one's own, unless a person is asked for wherever he stands */
		const struct actor *actor = client_actor(l->console->client);

		l->org = actor != NULL ? actor->org : rules->centre;
	}
	return code;
}

/* ---- writing ---- */

static const char *org_name(const struct rules *rules, const char *code)
{
	const struct org *org = code != NULL ? rules_org(rules, code) : NULL;

	return org != NULL ? org->name : code != NULL ? code : "";
}

static void write_calendar(struct leaving *l, struct str *out)
{
	const struct rules *rules = client_rules(l->console->client);
	struct arena *arena = &l->console->arena;
	const struct ical_head head = {.method = "PUBLISH",
				       .offset_min = rules->offset_min,
				       .name = l->person != NULL ? l->person
					       : l->org != NULL  ? org_name(rules, l->org)
								 : _("Roster")};
	struct ical_item *items = NULL;
	size_t cap = 0;

	for (size_t i = 0; i < l->n_rosters; i++) {
		struct ical_item *more;
		size_t n = ical_roster_items(rules, l->rosters[i].roster, &l->duties, arena, &more);

		for (size_t k = 0; k < n; k++) {
			MEM_GROW(items, l->n, cap);
			items[l->n++] = more[k];
		}
	}
	ical_items_sort(items, l->n);
	ical_write(&head, items, l->n, out);
	free(items);
}

struct row_of_duty {
	const struct roster *roster;
	const struct turn *turn;
};

static int by_moment(const void *a, const void *b)
{
	const struct row_of_duty *x = a, *y = b;

	if (x->turn->starts != y->turn->starts)
		return x->turn->starts < y->turn->starts ? -1 : 1;
	if (strcmp(x->roster->org, y->roster->org) != 0)
		return strcmp(x->roster->org, y->roster->org);
	return x->turn->seat != y->turn->seat
		   ? (x->turn->seat > y->turn->seat) - (x->turn->seat < y->turn->seat)
		   : uuid_cmp(&x->turn->id, &y->turn->id);
}

static void put_duty(const struct leaving *l, const struct row_of_duty *duty, struct str *out)
{
	const struct rules *rules = client_rules(l->console->client);
	const struct turn *turn = duty->turn;
	const struct roster_plan *plan = rules_plan(rules, duty->roster->plan);
	const struct duty_shift *shift = plan != NULL ? plan_shift(plan, turn->shift) : NULL;
	const struct duty_post *post = plan != NULL ? plan_post(plan, turn->post) : NULL;
	char day[CIVIL_TEXT], starts[CIVIL_TEXT], ends[CIVIL_TEXT], seat[24];
	const char *const cells[] = {
	    day,
	    shift != NULL ? shift->label : turn->shift,
	    post != NULL ? post->label : turn->post,
	    seat,
	    turn->name,
	    org_name(rules, turn->unit),
	    starts,
	    ends,
	    org_name(rules, duty->roster->org),
	    plan != NULL ? plan->label : duty->roster->plan,
	};

	civil_format(turn->starts, rules->offset_min, "Y-m-d", day, sizeof day);
	civil_format(turn->starts, rules->offset_min, "Y-m-d H:M", starts, sizeof starts);
	civil_format(turn->ends, rules->offset_min, "Y-m-d H:M", ends, sizeof ends);
	snprintf(seat, sizeof seat, "%lld", (long long)turn->seat);
	for (size_t i = 0; i < ARRAY_LEN(cells); i++) {
		if (i > 0)
			str_add_char(out, ',');
		csv_guarded(out, cells[i] != NULL ? cells[i] : "");
	}
	str_add(out, "\r\n");
}

/* For a spreadsheet: a mark, CR LF, nothing that it would run. */
static void write_table(struct leaving *l, struct str *out)
{
	static const char *const titles[] = {
	    N_("Date"), N_("Shift"),  N_("Post"), N_("Seat"),         N_("Name"),
	    N_("Unit"), N_("Begins"), N_("Ends"), N_("Organisation"), N_("Roster")};
	struct row_of_duty *duties = NULL;
	size_t cap = 0;

	str_add(out, "\xEF\xBB\xBF");
	for (size_t i = 0; i < ARRAY_LEN(titles); i++) {
		if (i > 0)
			str_add_char(out, ',');
		csv_guarded(out, _(titles[i]));
	}
	str_add(out, "\r\n");
	for (size_t i = 0; i < l->n_rosters; i++)
		for (size_t k = 0; k < l->rosters[i].roster->turns.n; k++) {
			const struct turn *turn = roster_turn(l->rosters[i].roster, k);

			if (!ical_duty_wanted(turn, &l->duties))
				continue;
			MEM_GROW(duties, l->n, cap);
			duties[l->n++] = (struct row_of_duty){l->rosters[i].roster, turn};
		}
	if (l->n > 1)
		qsort(duties, l->n, sizeof *duties, by_moment);
	for (size_t i = 0; i < l->n; i++)
		put_duty(l, &duties[i], out);
	free(duties);
}

/* ---- the run ---- */

static enum err find_format(struct leaving *l, struct error *err)
{
	const char *dot = strrchr(l->path, '.');
	const char *format = l->format != NULL ? l->format : dot != NULL ? dot + 1 : "";

	l->csv = strcmp(format, "csv") == 0;
	if (l->csv || strcmp(format, "ics") == 0)
		return ERR_OK;
	return error_set(err, ERR_USAGE, "%s", _("say --format ics or csv, or name the file so"));
}

static enum err read_rosters(struct leaving *l, struct error *err)
{
	const struct rules *rules = client_rules(l->console->client);
	size_t kept = 0;
	/* a night that began the day before is of the day too */
	enum err code = client_rosters_all(l->console->client, l->from - 1, l->to,
					   &l->console->arena, &l->rosters, &l->n_rosters, err);

	for (size_t i = 0; code == ERR_OK && i < l->n_rosters; i++)
		if (l->org == NULL || rules_org_within(rules, l->rosters[i].roster->org, l->org))
			l->rosters[kept++] = l->rosters[i];
	if (code == ERR_OK)
		l->n_rosters = kept;
	return code;
}

static enum err leave(struct leaving *l, struct error *err)
{
	struct str out = STR_INIT;
	enum err code = console_client(l->console, err);

	if (code == ERR_OK)
		code = find_days(l, err);
	if (code == ERR_OK)
		code = find_whose(l, err);
	if (code == ERR_OK)
		code = read_rosters(l, err);
	if (code != ERR_OK)
		return code;
	if (l->csv)
		write_table(l, &out);
	else
		write_calendar(l, &out);
	if (strcmp(l->path, "-") == 0)
		code = console_print(&out, err);
	else
		code = file_write(l->path, str_get(&out), out.len, FILE_MODE, err);
	str_release(&out);
	if (code == ERR_OK)
		fprintf(stderr, _("%lld duties\n"), (long long)l->n);
	return code;
}

enum err roster_export_command(struct console *console, int argc, char **argv, struct error *err)
{
	struct leaving l = {.console = console};
	const struct command_option options[] = {
	    {"org", &l.org_words, NULL},   {"person", &l.person, NULL}, {"post", &l.post, NULL},
	    {"from", &l.from_words, NULL}, {"to", &l.to_words, NULL},   {"format", &l.format, NULL},
	};
	size_t n = 0;
	enum err code = command_words(argc, argv, options, ARRAY_LEN(options), &l.path, 1, &n, err);

	if (code == ERR_OK && n == 0)
		code = error_set(err, ERR_USAGE, _("which file? %s"), "zhiban roster export FILE");
	if (code == ERR_OK)
		code = find_format(&l, err);
	return code == ERR_OK ? leave(&l, err) : code;
}
