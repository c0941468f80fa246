/* What a profile says beside its series of meetings: rooms and lines, which cases are put to the
 * meeting (待上会), and the clocks of what a meeting gives to do. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "meeting_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/nominee.h"

/* --- rooms ------------------------------------------------------------------------------------ */

/* Acts and lists name it in one line; its id is made of its name. */
static bool room_name_ok(const char *name)
{
	return *name && strlen(name) <= ROOM_NAME_MAX && !strpbrk(name, "\t\n");
}

static struct meeting_room *room_of(struct meeting_room *rooms, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(rooms[i].name, name))
			return &rooms[i];
	return NULL;
}

static enum err list_rooms(struct build *build, struct meeting_room *rooms, size_t *n,
			   struct error *err)
{
	for (size_t i = 0; i < conf_count(build->root, "rooms"); i++) {
		const char *name = conf_item(build->root, "rooms", i);

		if (!room_name_ok(name))
			return conf_item_error(
			    build->root, "rooms", i, err,
			    _("\"%s\": the name of a room, in one line, at most %d "
			      "bytes"),
			    name, ROOM_NAME_MAX);
		if (room_of(rooms, *n, name))
			return conf_item_error(build->root, "rooms", i, err,
					       _("\"%s\": it stands in this list already"), name);
		rooms[(*n)++] =
		    (struct meeting_room){.name = arena_strdup(&build->profile->arena, name)};
	}
	return ERR_OK;
}

static enum err know_room(struct build *build, const struct conf_section *section,
			  struct meeting_room *rooms, size_t *n, struct error *err)
{
	const char *name = conf_title(section);
	struct meeting_room *room = room_of(rooms, *n, name);

	if (!room_name_ok(name))
		return conf_error(section, NULL, err,
				  _("\"%s\": the name of a room, in one line, at most %d bytes"),
				  name, ROOM_NAME_MAX);
	if (!room) {
		room = &rooms[(*n)++];
		room->name = arena_strdup(&build->profile->arena, name);
	}
	room->seats = (int)conf_int(section, "seats");
	room->line = build_opt(build, section, "line");
	room->is_line = conf_bool(section, "line_only");
	if (room->is_line && room->seats)
		return conf_error(section, "seats", err,
				  _("seats: \"%s\" is a line: nobody sits there"), name);
	if (room->is_line && !room->line)
		return conf_error(section, "line_only", err,
				  _("line_only: \"%s\" names no line to dial"), name);
	return ERR_OK;
}

static enum err build_rooms(struct build *build, struct error *err)
{
	struct rules *rules = &build->profile->rules;
	size_t listed = conf_count(build->root, "rooms"), known = conf_count(build->root, "room"),
	       n = 0;
	struct meeting_room *rooms =
	    arena_array(&build->profile->arena, listed + known + 1, sizeof *rooms);
	const char **names = arena_array(&build->profile->arena, listed + known + 1, sizeof *names);
	enum err code;

	if (listed + known > ROOMS_MAX)
		return conf_error(build->root, listed > ROOMS_MAX ? "rooms" : NULL, err,
				  _("at most %d rooms"), ROOMS_MAX);
	code = list_rooms(build, rooms, &n, err);
	for (size_t i = 0; !code && i < known; i++)
		code = know_room(build, conf_child(build->root, "room", i), rooms, &n, err);
	for (size_t i = 0; i < n; i++)
		names[i] = rooms[i].name;
	rules->meetings.rooms = rooms;
	rules->meetings.n_rooms = n;
	rules->rooms = names;
	return code;
}

/* --- nominees --------------------------------------------------------------------------------- */

/* Returns, clocks and reworks are counted; the rest is so, or is not. */
static bool counted(enum nominee_sort sort)
{
	return sort == NOMINEE_RETURNED || sort == NOMINEE_OVERDUE || sort == NOMINEE_REWORKED;
}

static const char *sort_names(struct build *build, const char *word)
{
	const char *codes[NOMINEE_SORTS];

	for (int i = 0; i < NOMINEE_SORTS; i++)
		codes[i] = nominee_sort_code((enum nominee_sort)i);
	return words_near(&build->profile->arena, codes, NOMINEE_SORTS, word);
}

/* "returned 3 退回多次": the sort, how often, and the words of the list. */
static enum err build_nominee(struct build *build, const struct conf_section *from, size_t index,
			      struct nominee_rule *rule, struct error *err)
{
	enum { MOST = 100 };
	struct arena *arena = &build->profile->arena;
	const char *text = conf_item(from, "nominees", index), *s = text;
	const char *name = word_take(arena, &s);
	size_t digits = strspn(s, "0123456789");
	bool number = digits > 0 && (s[digits] == ' ' || !s[digits]);

	*rule = (struct nominee_rule){.sort = nominee_sort_find(name)};
	if (rule->sort == NOMINEE_SORTS)
		return conf_item_error(from, "nominees", index, err,
				       _("\"%s\": nothing is put to the meeting by \"%s\"; %s"),
				       text, name, sort_names(build, name));
	if (number) {
		long least = digits <= 3 ? strtol(s, NULL, 10) : MOST + 1;

		if (!counted(rule->sort) || least < 1 || least > MOST)
			return conf_item_error(
			    from, "nominees", index, err,
			    _("\"%s\": of returned, overdue and reworked how often, "
			      "1 to %d; of nothing else"),
			    text, MOST);
		rule->at_least = (int)least;
		s += digits + strspn(s + digits, " ");
	}
	rule->label = *s ? arena_strdup(arena, s) : NULL;
	return ERR_OK;
}

static enum err build_nominees(struct build *build, struct error *err)
{
	struct meeting_rules *meetings = &build->profile->rules.meetings;
	const struct conf_section *from = build_from(build, "nominees");
	size_t n = conf_count(from, "nominees");
	struct nominee_rule *rules = arena_array(&build->profile->arena, n + 2, sizeof *rules);
	unsigned said = 0;

	for (size_t i = 0; i < n; i++) {
		enum err code = build_nominee(build, from, i, &rules[i], err);

		if (!code && said & 1U << rules[i].sort)
			code = conf_item_error(from, "nominees", i, err,
					       _("\"%s\": it stands in this list already"),
					       nominee_sort_code(rules[i].sort));
		if (code)
			return code;
		said |= 1U << rules[i].sort;
	}
	if (!(said &
	      1U << NOMINEE_HAND)) /* what somebody puts there stands there, whatever else does */
		rules[n++] = (struct nominee_rule){.sort = NOMINEE_HAND};
	meetings->nominees = rules;
	meetings->n_nominees = n;
	return ERR_OK;
}

/* --- tasks ------------------------------------------------------------------------------------ */

static enum err task_clock(struct build *build, const struct conf_section *section,
			   struct clock_rule *clock, struct error *err)
{
	static const char *const kinds[] = {"sign", "handle", "verify"};
	enum err code;

	*clock = (struct clock_rule){.side = true};
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_eq(kinds[i], conf_title(section)))
			clock->kind = kinds[i];
	if (!clock->kind)
		return conf_error(section, NULL, err, _("a task has no clock \"%s\"; %s"),
				  conf_title(section),
				  words_near(&build->profile->arena, kinds, ARRAY_LEN(kinds),
					     conf_title(section)));
	clock->label = build_str(build, section, "label");
	code = build_timeouts(build, section, clock, err);
	for (size_t i = 0; !code && i < clock->n_timeouts; i++)
		if (clock->timeouts[i].what == TIMEOUT_OFFER)
			code =
			    conf_item_error(section, "timeouts", i, err,
					    _("\"%s\": of a task urge, propose or list; it is sent "
					      "up nowhere"),
					    conf_item(section, "timeouts", i));
	return code;
}

static enum err build_tasks(struct build *build, struct error *err)
{
	struct meeting_rules *meetings = &build->profile->rules.meetings;
	const struct conf_section *task = conf_child(build_from(build, "task"), "task", 0);
	const struct limit none = {.unit = LIMIT_NONE, .from_clock = -1};
	size_t n = task ? conf_count(task, "clock") : 0;
	struct clock_rule *clocks = arena_array(&build->profile->arena, n + 1, sizeof *clocks);
	enum err code;

	meetings->sign = meetings->handle = meetings->verify = none;
	meetings->clocks = clocks;
	if (!task)
		return ERR_OK;
	code = build_limit(task, "sign", &meetings->sign, err);
	if (!code)
		code = build_limit(task, "handle", &meetings->handle, err);
	if (!code)
		code = build_limit(task, "verify", &meetings->verify, err);
	if (!code)
		code = build_extensions(build, task, &meetings->extensions, &meetings->n_extensions,
					err);
	for (size_t i = 0; !code && i < n; i++)
		code = task_clock(build, conf_child(task, "clock", i), &clocks[i], err);
	meetings->n_clocks = code ? 0 : n;
	return code;
}

enum err build_meeting_rules(struct build *build, struct error *err)
{
	enum err code = build_rooms(build, err);

	if (!code)
		code = build_nominees(build, err);
	return code ? code : build_tasks(build, err);
}
