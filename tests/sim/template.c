/* What every run begins with, made once: a server with officers, and consoles that are in step. */
#include <config.h>

#include <sys/stat.h>

#include "zhiban/base/file.h"
#include "zhiban/profile/profile.h"
#include "zhiban/wire/message.h"

#include "sim.h"

const char sim_pin[] = "1234";

static const struct sim_officer officers[] = {
	{ "Duty", "centre", "duty" },	 { "Road", "roads", "dept" },
	{ "North", "north", "street" },	 { "Water", "water", "dept" },
	{ "Chief", "centre", "chief" },	 { "Mains", "mains", "dept" },
	{ "NorthA", "northa", "street" }, { "South", "south", "street" },
	{ "Intake", "centre", "intake" }, { "Reader", "roads", "auditor" },
	{ "SouthA", "southa", "street" }, { "Leader", "centre", "leader" },
};

size_t sim_officers(const struct sim_officer **ret_officers)
{
	*ret_officers = officers;
	return ARRAY_LEN(officers);
}

static const char *top_dir(void)
{
	const char *top = getenv("ZHIBAN_SRCDIR");

	return top != NULL ? top : ".";
}

static void fail(const char *what, const struct error *err)
{
	printf("# the template: %s: %s\n", what, err->text);
	exit(1);
}

static void replace_all(struct str *text, const char *what, const char *with)
{
	struct str out = STR_INIT;
	const char *from = str_get(text), *at;

	for (; (at = strstr(from, what)) != NULL; from = at + strlen(what)) {
		str_add_bytes(&out, from, (size_t)(at - from));
		str_add(&out, with);
	}
	str_add(&out, from);
	str_release(text);
	*text = out;
}

/* The other profile: other limits, so that dues differ; a step and a class of whistles that are called
 * otherwise; and one organisation that has gone, its work done by another. */
static void change(struct str *bundle)
{
	replace_all(bundle, "240wm", "120wm");
	replace_all(bundle, "handle 3wd", "handle 2wd");
	replace_all(bundle, "handle = \"3wd\"", "handle = \"2wd\"");
	replace_all(bundle, "class \"minor\" {\n\t\tlabel = \"minor\"",
		    "class \"usual\" {\n\t\tlabel = \"usual\"");
	replace_all(bundle, "step \"verify\"", "step \"check\"");
	replace_all(bundle, "to = \"verify\"", "to = \"check\"");
	replace_all(bundle, "southa,South community A,SA,community,south,9,yes,,",
		    "southa,South community A,SA,community,south,9,yes,2026-01-01,southb");
}

void profile_text(int which, struct str *bundle, struct str *calendar)
{
	struct error err = ERROR_INIT;
	char path[512];

	snprintf(path, sizeof path, "%s/tests/sim/sim.conf", top_dir());
	if (bundle_read(path, bundle, &err) != ERR_OK)
		fail(path, &err);
	if (which != 0)
		change(bundle);
	snprintf(path, sizeof path, "%s/profiles/calendar-cn.conf", top_dir());
	if (file_read(path, BUNDLE_MAX, calendar, &err) != ERR_OK)
		fail(path, &err);
}

static void add_officers(struct world *world)
{
	char form[200];

	for (size_t i = 0; i < ARRAY_LEN(officers); i++) {
		snprintf(form, sizeof form, "op=add\nname=%s\norg=%s\nrole=%s\npin=%s\n",
			 officers[i].name, officers[i].org, officers[i].role, sim_pin);
		if (!server_admin(world, "/v1/admin/officers", NULL, form, strlen(form), NULL))
			sim_fail(world, "no account for %s", officers[i].name);
	}
}

void template_make(const char *dir)
{
	struct world *world = mem_alloc(sizeof *world);
	struct str bundle = STR_INIT, calendar = STR_INIT;
	struct service_config config;
	struct error err = ERROR_INIT;
	char empty[SIM_PATH];

	snprintf(empty, sizeof empty, "%.100s-none", dir);
	*world = (struct world){ .now = INT64_C(1794999000000) };
	snprintf(world->dir, sizeof world->dir, "%s", dir);
	mkdir(dir, 0700);
	snprintf(world->server.path, sizeof world->server.path, "%.120s/server.db", dir);
	station_open(&world->server.station, world);
	profile_text(0, &bundle, &calendar);
	config = server_config(&world->server);
	if (service_create(&config, bundle.s, bundle.len, calendar.s, calendar.len, &err) != ERR_OK)
		fail("the server's data", &err);
	str_release(&bundle);
	str_release(&calendar);
	world->oracle = oracle_new(world);
	server_start(world);
	add_officers(world);
	for (int i = 0; i < CONSOLES; i++) {
		struct console *console = &world->consoles[i];

		station_open(&console->station, world);
		console->station.chance.state = (uint64_t)i + 77;
		snprintf(console->dir, sizeof console->dir, "%.120s/c%d", dir, i);
		mkdir(console->dir, 0700);
		console->used = true;
		console_enroll(world, i);
		console_open(world, i);
	}
	quiet(world);
	world_close(world);
	free(world);
}
