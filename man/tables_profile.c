/* tables_profile NAME: one table of what a profile may say, in mdoc; see tables.c.  The example is
 * the file itself, found by ZHIBAN_SRCDIR. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mdoc.h"
#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/decide.h"
#include "zhiban/profile/profile.h"

static const struct conf_spec *find(const struct conf_spec *spec, const char *name)
{
	while (spec->name && strcmp(spec->name, name) != 0)
		spec++;
	return spec;
}

static void put_key(const struct conf_spec *key)
{
	printf(".It Cm %s", key->name);
	switch (key->type) {
	case CONF_STR:
		fputs(" = Qq Ar text", stdout);
		break;
	case CONF_INT:
		fputs(" = Ar number", stdout);
		break;
	case CONF_BOOL:
		fputs(" = Cm true | false", stdout);
		break;
	case CONF_STRS:
		fputs(" = { Qo Ar text Qc No , ... }", stdout);
		break;
	case CONF_SECTION:
		fputs(key->flags & CONF_TITLED ? " Qo Ar NAME Qc No { ... }" : " No { ... }", stdout);
		break;
	}
	putchar('\n');
	mdoc_text(key->help);
	puts(".");
	if (key->flags & CONF_REQUIRED)
		puts("Must be given.");
	else if (key->type != CONF_BOOL && key->fallback && *key->fallback)
		printf("Default:\n.Ql %s .\n", key->fallback);
}

/* The keys of a section; sections or plain keys only, when asked so. */
static void put_keys(const struct conf_spec *spec, bool plain, bool sections)
{
	puts(".Bl -tag -width quiet_urgency -compact");
	for (; spec->name; spec++)
		if (spec->type == CONF_SECTION ? sections : plain)
			put_key(spec);
	puts(".El");
}

/* "step/clock": the keys of that section. */
static void put_section(const char *outer, const char *inner)
{
	const struct conf_spec *spec = find(profile_schema(), outer)->section;

	put_keys(inner ? find(spec, inner)->section : spec, true, true);
}

static void put_own(void)
{
	puts(".Bl -tag -width quiet_urgency -compact");
	for (const struct conf_spec *key = profile_schema(); key->name; key++)
		if (!find(profile_base_schema(), key->name)->name && key->type != CONF_SECTION)
			put_key(key);
	puts(".El");
}

static void put_shared(void)
{
	put_keys(profile_base_schema(), true, false);
}

static void put_lists(void)
{
	put_keys(profile_schema(), false, true);
}

static void put_step(void)
{
	put_section("step", NULL);
}

static void put_act(void)
{
	put_section("step", "act");
}

static void put_clock(void)
{
	put_section("step", "clock");
}

static void put_beside(void)
{
	put_section("always", "clock");
}

static void put_start(void)
{
	put_section("start", NULL);
}

static void put_choice(void)
{
	put_section("source", NULL);
}

static void put_mode(void)
{
	put_section("mode", NULL);
}

static void put_override(void)
{
	put_section("override", NULL);
}

static void put_channel(void)
{
	put_section("channel", NULL);
}

static void put_warning(void)
{
	put_section("warning", NULL);
}

static void put_receipt(void)
{
	put_section("receipt", NULL);
}

static void put_open311(void)
{
	put_section("open311", NULL);
}

static void put_service(void)
{
	put_section("open311", "service");
}

static void put_attribute(void)
{
	const struct conf_spec *spec = find(profile_schema(), "open311")->section;

	put_keys(find(find(spec, "service")->section, "attribute")->section, true, true);
}

static void put_hours_set(void)
{
	put_section("hours_set", NULL);
}

static void put_calendar_set(void)
{
	put_section("calendar_set", NULL);
}

static void put_guards(void)
{
	puts(".Bl -tag -width response_at_most -compact");
	for (size_t i = 0; i < guard_desc_count(); i++) {
		const struct guard_desc *guard = guard_desc_at(i);

		printf(".It Cm %s", guard->name);
		if (*guard->arg)
			printf(" Ar %s", guard->arg);
		putchar('\n');
		mdoc_text(guard->sentence);
		puts(".");
		if (*guard->arg) {
			puts("Takes");
			mdoc_text(guard_arg_words(guard));
			puts(".");
		}
	}
	puts(".El");
}

static void put_orgs(void)
{
	const struct kind_desc *kind = kind_desc(KIND_ORG);

	puts(".Bl -column successor Overlays_links -compact");
	puts(".It Sy Column Ta Sy Title");
	for (size_t i = 0; i < kind->n_fields; i++) {
		const struct field *field = &kind->fields[i];

		if (field->flags & F_RULE)
			continue;
		printf(".It %s Ta ", field->json);
		mdoc_text(field->title);
		puts(field->flags & F_REQUIRED ? ", must be given" : "");
	}
	puts(".El");
}

/* A piece of a text, line by line. */
static void put_text(const char *text, size_t len)
{
	puts(".Bd -literal");
	for (size_t i = 0; i < len; i++) {
		if ((i == 0 || text[i - 1] == '\n') && (text[i] == '.' || text[i] == '\''))
			fputs("\\&", stdout);
		if (text[i] == '\\')
			fputs("\\e", stdout);
		else
			putchar(text[i]);
	}
	puts(".Ed");
}

/* A file of profiles/; of it, what begins with one line and ends with another (NULL: all). */
static void put_file(const char *name, const char *first, const char *last)
{
	const char *top = getenv("ZHIBAN_SRCDIR");
	struct arena arena = ARENA_INIT;
	struct str text = STR_INIT;
	const char *path = arena_printf(&arena, "%s/profiles/%s", top ? top : ".", name);
	const char *from, *to;

	if (file_read(path, 1 << 20, &text, NULL) != ERR_OK)
		exit(1);
	from = first ? strstr(str_get(&text), first) : str_get(&text);
	to = from && last ? strstr(from, last) : NULL;
	if (!from || (last && !to))
		exit(1);
	put_text(from, to ? (size_t)(to - from) + strlen(last) : strlen(from));
	str_release(&text);
	arena_release(&arena);
}

static void put_summons(void)
{
	put_section("summons", NULL);
}

static void put_summons_class(void)
{
	put_section("summons", "class");
}

static void put_whistle(void)
{
	put_file("common.conf", "\nsummons \"whistle\" {", "\n}\n");
}

static void put_roster(void)
{
	put_section("roster", NULL);
}

static void put_roster_shift(void)
{
	put_section("roster", "shift");
}

static void put_roster_post(void)
{
	put_section("roster", "post");
}

static void put_roster_street(void)
{
	put_file("common.conf", "\nroster \"street\" {", "\n}\n");
}

static void put_meeting(void)
{
	put_section("meeting", NULL);
}

static void put_meeting_stage(void)
{
	put_section("meeting", "stage");
}

static void put_meeting_weekly(void)
{
	put_file("tianning.conf", "\nmeeting \"weekly\" {", "\n}\n");
}

static void put_meeting_village(void)
{
	put_file("xingan.conf", "\nmeeting \"village\" {", "\n}\n");
}

static void put_room(void)
{
	put_section("room", NULL);
}

static void put_task(void)
{
	put_section("task", NULL);
}

static void put_task_clock(void)
{
	put_section("task", "clock");
}

static void put_log(void)
{
	put_section("log", NULL);
}

static void put_example(void)
{
	put_file("example.conf", NULL, NULL);
}

static void put_example_orgs(void)
{
	put_file("example-orgs.csv", NULL, NULL);
}

int main(int argc, char **argv)
{
	static const struct mdoc_table tables[] = {
		{ "own", put_own },
		{ "shared", put_shared },
		{ "lists", put_lists },
		{ "choice", put_choice },
		{ "start", put_start },
		{ "step", put_step },
		{ "act", put_act },
		{ "clock", put_clock },
		{ "beside", put_beside },
		{ "mode", put_mode },
		{ "override", put_override },
		{ "channel", put_channel },
		{ "receipt", put_receipt },
		{ "warning", put_warning },
		{ "open311", put_open311 },
		{ "service", put_service },
		{ "attribute", put_attribute },
		{ "hours_set", put_hours_set },
		{ "calendar_set", put_calendar_set },
		{ "guards", put_guards },
		{ "orgs", put_orgs },
		{ "summons", put_summons },
	{ "summons_class", put_summons_class },
	{ "whistle", put_whistle },
		{ "roster", put_roster },
		{ "roster_shift", put_roster_shift },
		{ "roster_post", put_roster_post },
		{ "roster_street", put_roster_street },
		{ "meeting", put_meeting },
		{ "meeting_stage", put_meeting_stage },
		{ "meeting_weekly", put_meeting_weekly },
		{ "meeting_village", put_meeting_village },
		{ "room", put_room },
		{ "task", put_task },
		{ "task_clock", put_task_clock },
		{ "log", put_log },
		{ "example", put_example },
		{ "example-orgs", put_example_orgs },
		{ NULL, NULL },
	};

	return mdoc_main(tables, argc, argv);
}
