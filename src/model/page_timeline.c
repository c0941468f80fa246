/* The timeline of a page: who did what, for whom, within which limit, why, and when it was known. */
#include <config.h>

#include <string.h>

#include "page_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/client/desk.h"
#include "zhiban/client/timeline.h"
#include "zhiban/model/meeting_words.h"

static const char *moment_text(struct page_maker *maker, int64_t at)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const struct field *time = field_find(kind->fields, kind->n_fields, "moved_at");

	return page_value(maker->rules, time, (struct value){ .num = at }, maker->now,
			  maker->arena);
}

const char *page_org(const struct rules *rules, const char *code)
{
	const struct org *org = rules_org(rules, code);

	return !org ? code ? code : "" : org->brief ? org->brief : org->name;
}

/* Several departments may have got the same limit at once: it is said once. */
static bool is_repeated(const struct incident *incident, size_t at)
{
	const struct clock *clock = incident_clock(incident, at);

	for (size_t i = 0; i < at; i++) {
		const struct clock *other = incident_clock(incident, i);

		if (other->started_at == clock->started_at && other->due == clock->due &&
		    str_eq(other->kind, clock->kind))
			return true;
	}
	return false;
}

/* "sign 10 min till 01:25, handle 4 h till 05:20": the limits that began with an act, its share's too.
 * They are the present ones: what was granted since is said beside the clock. */
static void add_limits(struct page_maker *maker, int64_t moment, struct str *out)
{
	const struct incident *incident = maker->page->incident;
	bool any = false;

	for (size_t i = 0; i < incident->clocks.n; i++) {
		const struct clock *clock = incident_clock(incident, i);

		if (clock->started_at != moment || !clock->due || is_repeated(incident, i))
			continue;
		const char *kind =
		    maker->task ? joint_clock_label(maker->rules, KIND_ACTION, clock->kind)
		    : maker->whistle
			? summons_clock_label(maker->rules, maker->summons, clock->kind)
			: page_child(maker, CHILD_CLOCK, "kind", clock);

		str_addf(out, "%s%s", any ? _(", ") : "\n", any ? "" : _("Limits: "));
		if (clock->limit)
			str_addf(out, _("%s %s till %s"), kind,
				 page_child(maker, CHILD_CLOCK, "limit", clock),
				 page_child(maker, CHILD_CLOCK, "due", clock));
		else
			str_addf(out, _("%s till %s"), kind,
				 page_child(maker, CHILD_CLOCK, "due", clock));
		any = true;
	}
}

/* How it came in, where that is not with the act: its author's clock, and when the server had it. */
static void add_marks(struct page_maker *maker, const struct client_line *line, int64_t moment,
		      struct str *out)
{
	if (page_on_behalf(maker->page->incident, line))
		str_addf(out, "  %s", _("[by phone]"));
	if (line->marks & LINE_PENDING)
		str_addf(out, "  %s", _("[waits to be sent]"));
	if (line->marks & LINE_IMPORTED)
		str_addf(out, "  %s", _("[imported]"));
	if (line->marks & LINE_LATE)
		str_addf(out, _("  [claimed while offline; at the server %s]"),
			 moment_text(maker, line->recv));
	if (line->at && !(line->marks & LINE_IMPORTED) &&
	    (line->at - moment > MINUTE_MS || moment - line->at > MINUTE_MS))
		str_addf(out, _("  [author's clock: %s]"), moment_text(maker, line->at));
}

/* A mark that time passed stands back behind what people did. */
static enum tone line_tone(const struct client_line *line)
{
	enum { MARK = ACT_SYSTEM | ACT_STILL };

	if (line->marks & LINE_PENDING)
		return TONE_PENDING;
	return line->act && (line->act->flags & MARK) == MARK ? TONE_HINT : TONE_TEXT;
}

static void timeline_line(struct page_maker *maker, struct page_section *section,
			  const struct client_line *line)
{
	struct str text = STR_INIT;
	int64_t moment = line->eff ? line->eff : line->at;

	str_addf(&text, "%s  %s", line->label, line->officer ? line->officer : "");
	if (line->org && *line->org)
		str_addf(&text, " (%s)", page_org(maker->rules, line->org));
	if (*line->whom && !(line->org && str_eq(line->whom, page_org(maker->rules, line->org))))
		str_addf(&text, " > %s", line->whom); /* another than who did it */
	add_marks(maker, line, moment, &text);
	if (*line->phone)
		str_addf(&text, "\n%s", line->phone);
	if (line->text && *line->text)
		str_addf(&text, "\n%s", line->text);
	add_limits(maker, moment, &text);
	page_line(maker, section, line_tone(line),
		  moment_text(maker, moment), page_label_cols(maker, 12),
		  arena_strdup(maker->arena, str_get(&text)));
	str_release(&text);
}

/* What lies on the desk stands at the end, with the server's words. */
static enum err desk_lines(struct page_maker *maker, struct page_section *section,
			      struct error *err)
{
	struct client_waiting *rows;
	size_t n;
	enum err code = client_outbox(maker->client, true, maker->arena, &rows, &n, err);

	for (size_t i = 0; code == ERR_OK && i < n; i++) {
		bool refused = rows[i].state == OUTBOX_REFUSED;

		if (!uuid_eq(&rows[i].act.target.id, &maker->page->incident->head.id))
			continue;
		page_line(maker, section, refused ? TONE_REFUSED : TONE_PENDING,
			  moment_text(maker, rows[i].act.at), page_label_cols(maker, 12),
			  arena_printf(maker->arena, refused ? _("%s  [not accepted] %s") :
							       _("%s  [to be read] %s"),
				       rows[i].label,
				       refused ? rows[i].sentence : rows[i].note));
	}
	return code;
}

enum err page_timeline(struct page_maker *maker, struct error *err)
{
	struct client_timeline timeline;
	struct page_section *section;
	enum err code = client_timeline(maker->client, &maker->page->incident->head.id,
					maker->arena, &timeline, err);

	if (code != ERR_OK)
		return code;
	page_path(maker, &timeline);
	section = page_section(maker, "timeline", _("Timeline"));
	maker->page->complete = timeline.complete;
	if (!timeline.complete)
		page_line(maker, section, TONE_HINT, NULL, 0, _("older lines are being fetched"));
	for (size_t i = 0; i < timeline.n; i++)
		timeline_line(maker, section, &timeline.lines[i]);
	return desk_lines(maker, section, err);
}
