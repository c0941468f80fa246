#include <config.h>

#include "zhiban/model/page.h"

#include <string.h>

#include "page_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"
#include "zhiban/client/timeline.h"
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

/* A percentage passed: the page lists them, here people's acts count. */
static bool is_mark(const struct client_line *line)
{
	return line->act && line->act->flags & ACT_SYSTEM && line->act->flags & ACT_STILL;
}

static size_t last_acts(const struct client_timeline *timeline, size_t most)
{
	size_t at = timeline->n;

	for (size_t n = 0; at > 0 && n < most; at--)
		n += !is_mark(&timeline->lines[at - 1]);
	return at;
}

static const char *who_words(const struct rules *rules, const struct incident *incident,
			     struct arena *arena)
{
	struct str out = STR_INIT;
	const char *kept;

	add_field(&out, rules, incident, "reporter", "", arena);
	add_field(&out, rules, incident, "phone", " ", arena);
	kept = arena_strdup(arena, str_get(&out));
	str_release(&out);
	return kept;
}

/* "01:12 Register Li Min" */
static const char *move_words(struct client *client, const struct incident *incident,
			      const struct client_line *did, struct arena *arena)
{
	int64_t at = did->eff ? did->eff : did->at;

	return arena_printf(arena, "%s %s %s%s%s%s%s",
			    page_moment(client_rules(client), at, client_now(client), arena),
			    did->label, did->officer ? page_clean(did->officer, arena) : "",
			    page_on_behalf(incident, did) ? " " : "",
			    page_on_behalf(incident, did) ? _("[by phone]") : "",
			    did->marks & LINE_PENDING ? " " : "",
			    did->marks & LINE_PENDING ? _("[waits to be sent]") : "");
}

static void last_moves(struct client *client, const struct incident *incident,
		       struct arena *arena, struct page_brief *brief)
{
	struct client_timeline timeline = { 0 };

	brief->n_moves = 0;
	if (client_timeline(client, &incident->head.id, arena, &timeline, NULL) != ERR_OK)
		return;
	for (size_t i = last_acts(&timeline, PAGE_MOVES); i < timeline.n; i++)
		if (!is_mark(&timeline.lines[i]))
			brief->moves[brief->n_moves++] =
				move_words(client, incident, &timeline.lines[i], arena);
}

const char *page_story(const struct page_brief *brief, int cols, struct arena *arena)
{
	struct str out = STR_INIT;
	const char *kept;
	size_t from = 0;

	for (bool fits = false; !fits; from++) {
		str_clear(&out);
		str_add(&out, brief->who);
		for (size_t i = from; i < brief->n_moves; i++)
			str_addf(&out, "%s%s", out.len ? "  " : "", brief->moves[i]);
		fits = text_columns(str_get(&out)) <= cols || from + 1 >= brief->n_moves;
	}
	kept = arena_strdup(arena, str_get(&out));
	str_release(&out);
	return kept;
}

enum err page_brief(struct client *client, const struct uuid *id, struct arena *arena,
		    struct page_brief *ret_brief, struct error *err)
{
	struct incident *incident;
	enum err code = client_get(client, id, arena, &incident, err);

	if (code != ERR_OK)
		return code;
	ret_brief->what = what_line(client, incident, arena);
	ret_brief->who = who_words(client_rules(client), incident, arena);
	last_moves(client, incident, arena, ret_brief);
	return ERR_OK;
}

static void explain_those(struct client *client, const struct incident *incident, bool running,
			  struct str *out)
{
	for (size_t i = 0; i < incident->clocks.n; i++) {
		const struct clock *clock = incident_clock(incident, i);

		if ((clock->stopped_at == 0) != running)
			continue;
		if (out->len)
			str_add(out, "\n");
		clock_explain(client_rules(client), incident, clock, out);
	}
}

enum err page_explain(struct client *client, const struct uuid *id, struct str *out,
		      struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct incident *incident;
	enum err code = client_get(client, id, &arena, &incident, err);

	if (code == ERR_OK) { /* what runs is what is asked about */
		explain_those(client, incident, true, out);
		explain_those(client, incident, false, out);
	}
	if (code == ERR_OK && !incident->clocks.n)
		str_add(out, _("No clock runs here."));
	arena_release(&arena);
	return code;
}
