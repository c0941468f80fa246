#include <config.h>

#include "zhiban/model/page.h"

#include <string.h>

#include "page_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/mark.h"

static void add_field(struct str *out, const struct rules *rules, const struct incident *incident,
		      const char *name, const char *before, struct arena *arena)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const struct field *field = field_find(kind->fields, kind->n_fields, name);
	const char *text = page_value(rules, field, field_get(field, incident), 0, arena);

	if (*text)
		str_addf(out, "%s%s", out->len ? before : "", text);
}

static const char *what_line(struct client *client, const struct incident *incident,
			     struct arena *arena)
{
	static const char *const places[] = { "street", "community", "grid", "address" };
	const struct rules *rules = client_rules(client);
	struct str out = STR_INIT;
	const char *line;
	char mark[48];

	str_addf(&out, "%s %s", client_mark(client, incident, mark),
		 incident->title ? page_clean(incident->title, arena) : "");
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		add_field(&out, rules, incident, places[i], i ? " " : "  ", arena);
	if (incident->merged)
		str_addf(&out, "  x%lld %s", (long long)incident->merged, _("merged"));
	line = arena_strdup(arena, str_get(&out));
	str_release(&out);
	return line;
}

static const char *moment_format(const struct rules *rules, int64_t at, int64_t now)
{
	struct civil then, today;

	civil_of_ms(at, rules->offset_min, &then);
	civil_of_ms(now, rules->offset_min, &today);
	if (then.year != today.year)
		return "Y-m-d";
	return then.month == today.month && then.day == today.day ? "H:M" : "m-d H:M";
}

const char *page_moment(const struct rules *rules, int64_t at, int64_t now, struct arena *arena)
{
	char text[CIVIL_TEXT];

	civil_format(at, rules->offset_min, moment_format(rules, at, now), text, sizeof text);
	return arena_strdup(arena, text);
}

/* The last few acts, oldest first, short: "01:12 Register Li Min  01:15 Assign …". */
static const char *story_line(struct client *client, const struct incident *incident,
			      struct arena *arena)
{
	enum { LAST = 4 };
	const struct rules *rules = client_rules(client);
	struct client_timeline timeline = { 0 };
	struct str out = STR_INIT;
	const char *line;

	add_field(&out, rules, incident, "reporter", "", arena);
	add_field(&out, rules, incident, "phone", " ", arena);
	if (client_timeline(client, &incident->head.id, arena, &timeline, NULL) != ERR_OK)
		timeline.n = 0;
	for (size_t i = timeline.n > LAST ? timeline.n - LAST : 0; i < timeline.n; i++) {
		const struct client_line *did = &timeline.lines[i];
		int64_t at = did->eff ? did->eff : did->at;

		str_addf(&out, "%s%s %s %s", out.len ? "  " : "",
			 page_moment(rules, at, client_now(client), arena), did->label,
			 did->officer ? page_clean(did->officer, arena) : "");
		if (page_on_behalf(incident, did))
			str_addf(&out, " %s", _("[by phone]"));
		if (did->marks & LINE_PENDING)
			str_addf(&out, " %s", _("[waits to be sent]"));
	}
	line = arena_strdup(arena, str_get(&out));
	str_release(&out);
	return line;
}

enum err page_brief(struct client *client, const struct uuid *id, struct arena *arena,
		    struct page_brief *ret_brief, struct error *err)
{
	struct incident *incident;
	enum err code = client_get(client, id, arena, &incident, err);

	if (code != ERR_OK)
		return code;
	ret_brief->what = what_line(client, incident, arena);
	ret_brief->story = story_line(client, incident, arena);
	return ERR_OK;
}

enum err page_explain(struct client *client, const struct uuid *id, struct str *out,
		      struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct incident *incident;
	enum err code = client_get(client, id, &arena, &incident, err);

	for (size_t i = 0; code == ERR_OK && i < incident->clocks.n; i++) {
		if (out->len)
			str_add(out, "\n");
		clock_explain(client_rules(client), incident, incident_clock(incident, i), out);
	}
	if (code == ERR_OK && !incident->clocks.n)
		str_add(out, _("No clock runs here."));
	arena_release(&arena);
	return code;
}
