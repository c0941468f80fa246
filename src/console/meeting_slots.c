/* zhiban meeting slots: when a meeting could be. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "meeting.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/whistle.h"
#include "zhiban/client/value.h"
#include "zhiban/domain/candidate.h"
#include "zhiban/model/slots.h"
#include "zhiban/wire/jsonout.h"

enum { ITEMS_MOST = 64, WITHOUT_MOST = 64, SLOTS_MOST = 50 };

struct asked { /* the command's words; NULL: not given */
	const char *from, *to, *length, *series, *without, *limit, *format;
};
struct slots_run {
	struct slots_ask ask;
	struct uuid meeting, items[ITEMS_MOST];
	const char *without[WITHOUT_MOST];
	bool table;
	enum out_format format;
};

struct slot_row {       /* a slot, for programs */
	struct uuid id; /* of the meeting; of items nil */
	int64_t n, starts, ends, missing_n;
	char *room, *missing, *doubts;
};

#define FIELD(name, type, title)                                                                   \
	FIELD_DESC(offsetof(struct slot_row, name), name, type, #name, #name, title, 0, PUBLIC, 0)
static const struct field fields[] = {
    FIELD(n, INT, N_("Number")),
    FIELD(starts, TIME, N_("Begins")),
    FIELD(ends, TIME, N_("Ends")),
    FIELD(room, TEXT, N_("Room")),
    FIELD(missing_n, INT, N_("Not coming")),
    FIELD(missing, TEXT, N_("Who is missing, and why")),
    FIELD(doubts, TEXT, N_("Doubtful")),
};

/* ---- what is asked for ---- */

static enum err usage(struct error *err)
{
	if (err != NULL)
		err->code = ERR_USAGE;
	return ERR_USAGE;
}

static enum err take_moment(struct console *console, const char *option, const char *words,
			    int64_t *ret_at, struct error *err)
{
	struct field field = {.name = "at", .title = option, .type = FIELD_TIME};
	struct value value;

	if (words == NULL)
		return ERR_OK;
	if (client_value(console->client, &field, words, &console->arena, &value, err) != ERR_OK)
		return usage(err);
	*ret_at = value.num;
	return ERR_OK;
}

static enum err take_number(const char *option, const char *words, int most, int *ret_number,
			    struct error *err)
{
	int number = 0;

	if (words == NULL)
		return ERR_OK;
	for (const char *at = words; *at != '\0'; at++) {
		if (*at < '0' || *at > '9' || number > most)
			return error_set(err, ERR_USAGE,
					 _("--%s: a number from 1 to %d, not \"%s\""), option, most,
					 words);
		number = number * 10 + *at - '0';
	}
	if (number < 1 || number > most)
		return error_set(err, ERR_USAGE, _("--%s: a number from 1 to %d, not \"%s\""),
				 option, most, words);
	*ret_number = number;
	return ERR_OK;
}

/* "water,Wang Qiang": organisations by any of their names, or people by theirs. */
static enum err take_without(struct console *console, const char *words, struct slots_run *run,
			     struct error *err)
{
	const struct rules *rules = client_rules(console->client);
	char *at = arena_strdup(&console->arena, words), *next;

	for (; at != NULL; at = next) {
		const struct org *org;

		next = strchr(at, ',');
		if (next != NULL)
			*next++ = '\0';
		if (run->ask.n_without == WITHOUT_MOST)
			return error_set(err, ERR_USAGE, "%s", _("--without: too many"));
		org = rules_org_named(rules, at);
		run->without[run->ask.n_without++] = org != NULL ? org->code : at;
	}
	run->ask.without = run->without;
	return ERR_OK;
}

static enum err take_series(struct console *console, const char *words, struct slots_run *run,
			    struct error *err)
{
	const struct meeting_rules *plan = &client_rules(console->client)->meetings;

	for (size_t i = 0; i < plan->n_series; i++)
		if (str_eq(plan->series[i].code, words) || str_eq(plan->series[i].label, words)) {
			run->ask.series = plan->series[i].code;
			return ERR_OK;
		}
	return error_set(err, ERR_USAGE, _("no series of meetings is called \"%s\""), words);
}

/* A meeting, or items that have none. */
static enum err take_ids(struct console *console, const char *const *words, size_t n,
			 struct slots_run *run, struct error *err)
{
	for (size_t i = 0; i < n; i++) {
		enum kind kind;
		struct uuid id;
		enum err code = client_find_any(console->client, words[i], &kind, &id, err);

		if (code != ERR_OK)
			return code;
		if (kind == KIND_MEETING && n == 1) {
			run->meeting = id;
			run->ask.meeting = &run->meeting;
		} else if (kind == KIND_ITEM && run->ask.n_items < ITEMS_MOST) {
			run->items[run->ask.n_items++] = id;
		} else {
			return error_set(
			    err, ERR_USAGE, "%s",
			    _("give one meeting, or items, or nothing: then those that wait"));
		}
	}
	run->ask.items = run->items;
	return ERR_OK;
}

static enum err take_words(struct console *console, const struct asked *asked,
			   const char *const *rest, size_t n_rest, struct slots_run *run,
			   struct error *err)
{
	int limit = SLOTS_BEST;
	enum err code = take_ids(console, rest, n_rest, run, err);

	run->table = asked->format == NULL || strcmp(asked->format, "table") == 0;
	if (!run->table && out_format_find(asked->format, &run->format) != ERR_OK)
		return error_set(
		    err, ERR_USAGE,
		    _("--format is table, json, jsonl, csv, html or markdown, not \"%s\""),
		    asked->format);
	if (code == ERR_OK)
		code = take_moment(console, "--from", asked->from, &run->ask.from, err);
	if (code == ERR_OK)
		code = take_moment(console, "--to", asked->to, &run->ask.to, err);
	if (code == ERR_OK && asked->to != NULL && strchr(asked->to, ':') == NULL)
		run->ask.to += DAY_MS; /* a day is meant to its end */
	if (code == ERR_OK && run->ask.to > 0 && run->ask.from > run->ask.to)
		code = error_set(err, ERR_USAGE, "%s", _("--to lies before --from"));
	if (code == ERR_OK)
		code = take_number("length", asked->length, 24 * 60, &run->ask.length_min, err);
	if (code == ERR_OK)
		code = take_number("limit", asked->limit, SLOTS_MOST, &limit, err);
	if (code == ERR_OK && asked->series != NULL)
		code = take_series(console, asked->series, run, err);
	if (code == ERR_OK && asked->without != NULL)
		code = take_without(console, asked->without, run, err);
	run->ask.most = (size_t)limit;
	return code;
}

/* Whoever is planned without attends, and is optional. */
static enum err check_without(const struct slots_run *run, const struct slots *slots,
			      struct error *err)
{
	for (size_t k = 0; k < run->ask.n_without; k++) {
		const struct slots_person *found = NULL;

		for (size_t i = 0; i < slots->n_people; i++) {
			const struct slots_person *person = &slots->people[i];

			if ((str_eq(run->without[k], person->org) ||
			     str_eq(run->without[k], person->name) ||
			     str_eq(run->without[k], person->key)) &&
			    (found == NULL || !found->out))
				found = person;
		}
		if (found == NULL)
			return error_set(err, ERR_INPUT, _("--without: \"%s\" is not to attend"),
					 run->without[k]);
		if (!found->out)
			return error_set(
			    err, ERR_REFUSED,
			    _("--without: %s is mandatory, there is no meeting without it"),
			    found->label);
	}
	return ERR_OK;
}

/* ---- for people ---- */

static void put_head(struct console *console, const struct slots *slots, struct str *out)
{
	const struct rules *rules = client_rules(console->client);

	str_addf(out, _("%s: %d minutes, %zu attend, %zu must"), slots->title, slots->length_min,
		 slots->problem.n_people, slots->must);
	if (slots->problem.quorum > 0)
		str_addf(out, _(", quorum %zu"), slots->problem.quorum);
	str_addf(out, _("; %s, until %s\n"), slots_since_words(rules, slots, &console->arena),
		 slots_day(rules, slots->to - 1, &console->arena));
}

static void put_slots(struct console *console, const struct slots *slots, struct str *out)
{
	const struct rules *rules = client_rules(console->client);
	const char *titles[] = {_("No."),  _("Day"),        _("Hours"),
				_("Room"), _("Not coming"), _("Doubtful")};
	struct table table;

	table_init(&table, titles, ARRAY_LEN(titles));
	for (size_t i = 0; i < slots->n_best; i++) {
		const struct slot *slot = &slots->best[i];
		struct str missing = STR_INIT, doubts = STR_INIT;

		slots_missing_words(slots, slot->missing, slot->n_missing, &missing);
		slots_missing_words(slots, slot->doubts, slot->n_doubts, &doubts);
		const char *cells[] = {
		    arena_printf(&console->arena, "%zu", i + 1),
		    slots_day(rules, slot->starts, &console->arena),
		    slots_hours(rules, slot, &console->arena),
		    slots_room_name(slots, slot),
		    slot->n_missing > 0 ? str_get(&missing) : _("nobody"),
		    str_get(&doubts),
		};

		table_add(&table, cells);
		str_release(&missing);
		str_release(&doubts);
	}
	table_write(&table, out);
	table_release(&table);
}

static void put_none(struct console *console, const struct slots *slots, struct str *out)
{
	str_addf(out, "%s\n", slots_none_words(slots, &console->arena));
	for (size_t i = 0; i < slots->n_blockers; i++)
		str_addf(out, "  %s\n",
			 slots_blocker_words(slots, &slots->blockers[i], &console->arena));
}

/* ---- for programs ---- */

static char *kept(struct console *console, const struct slots *slots,
		  const struct slot_missing *missing, size_t n)
{
	struct str words = STR_INIT;
	char *text;

	slots_missing_words(slots, missing, n, &words);
	text = arena_strdup(&console->arena, str_get(&words));
	str_release(&words);
	return text;
}

static void put_rows(struct console *console, const struct slots_run *run,
		     const struct slots *slots, struct str *out)
{
	const struct rules *rules = client_rules(console->client);
	const struct field *columns[ARRAY_LEN(fields)];
	struct out_rows rows = {.format = run->format,
				.fields = columns,
				.rules = rules,
				.offset_min = rules->offset_min,
				.guard = true,
				.title = slots->title};

	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		columns[rows.n_fields++] = &fields[i];
	out_rows_begin(&rows, out);
	for (size_t i = 0; i < slots->n_best; i++) {
		const struct slot *slot = &slots->best[i];
		struct slot_row row = {
		    .id = run->meeting,
		    .n = (int64_t)i + 1,
		    .starts = slot->starts,
		    .ends = slot->ends,
		    .missing_n = (int64_t)slot->n_missing,
		    .room = arena_strdup(&console->arena, slots_room_name(slots, slot)),
		    .missing = kept(console, slots, slot->missing, slot->n_missing),
		    .doubts = kept(console, slots, slot->doubts, slot->n_doubts),
		};

		out_rows_add(&rows, &row.id, &row, out);
	}
	out_rows_end(&rows, out);
}

enum err meeting_slots_command(struct console *console, int argc, char **argv, struct error *err)
{
	struct asked asked = {.from = NULL};
	const struct command_option options[] = {
	    {"from", &asked.from, NULL},       {"to", &asked.to, NULL},
	    {"length", &asked.length, NULL},   {"series", &asked.series, NULL},
	    {"without", &asked.without, NULL}, {"limit", &asked.limit, NULL},
	    {"format", &asked.format, NULL},
	};
	const char *rest[ITEMS_MOST];
	struct slots_run run = {.table = true};
	struct slots slots;
	struct str out = STR_INIT;
	size_t n;
	enum err code =
	    command_words(argc, argv, options, ARRAY_LEN(options), rest, ITEMS_MOST, &n, err);

	if (code == ERR_OK)
		code = console_client(console, err);
	if (code == ERR_OK)
		code = take_words(console, &asked, rest, n, &run, err);
	if (code == ERR_OK)
		code = slots_of(console->client, &run.ask, &console->arena, &slots, err);
	if (code == ERR_OK)
		code = check_without(&run, &slots, err);
	if (code != ERR_OK)
		return code;
	if (!run.table) {
		put_rows(console, &run, &slots, &out);
		for (size_t i = 0; slots.n_best == 0 && i <= slots.n_blockers; i++)
			fprintf(stderr, "%s\n",
				i == 0 ? slots_none_words(&slots, &console->arena)
				       : slots_blocker_words(&slots, &slots.blockers[i - 1],
							     &console->arena));
	} else {
		put_head(console, &slots, &out);
		if (slots.n_best > 0)
			put_slots(console, &slots, &out);
		else
			put_none(console, &slots, &out);
	}
	code = run.table ? console_print_clean(&out, err) : console_print(&out, err);
	str_release(&out);
	return code;
}
