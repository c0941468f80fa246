#include <config.h>

#include "zhiban/model/brief.h"

#include <string.h>

#include "page_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/client/timeline.h"
#include "zhiban/model/left.h"

struct brief {
	struct client *client;
	const struct rules *rules;
	const struct incident *incident;
	struct client_timeline timeline;
	struct arena *arena;
	int64_t now;
};

static const char *value_of(const struct brief *brief, const char *name)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const struct field *field = field_find(kind->fields, kind->n_fields, name);

	return page_value(brief->rules, field, field_get(field, brief->incident), brief->now,
			  brief->arena);
}

/* Those of the fields that are set, apart by a sign. */
static void join(const struct brief *brief, const char *const *names, size_t n, const char *between,
		 struct str *out)
{
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		const char *text = value_of(brief, names[i]);

		if (*text == '\0')
			continue;
		str_addf(out, "%s%s", any ? between : "", text);
		any = true;
	}
}

/* ---- the sentences; each adds itself, or nothing ---- */

static void say_what(const struct brief *brief, struct str *out)
{
	char mark[48];

	str_addf(out, "%s %s", client_mark(brief->client, brief->incident, mark),
		 value_of(brief, "title"));
}

static void say_where(const struct brief *brief, struct str *out)
{
	static const char *const places[] = { "street", "community", "address" };

	join(brief, places, ARRAY_LEN(places), " ", out);
}

static void say_how(const struct brief *brief, struct str *out)
{
	static const char *const how[] = { "severity", "urgency", "source" };
	int64_t at = brief->incident->reported_at ? brief->incident->reported_at
						  : brief->incident->registered_at;

	join(brief, how, ARRAY_LEN(how), _("; "), out);
	if (at)
		str_addf(out, _("%sreported %s"), out->len ? _("; ") : "",
			 page_moment(brief->rules, at, brief->now, brief->arena));
}

static void say_people(const struct brief *brief, struct str *out)
{
	static const char *const figures[] = { "trapped", "moved", "injured", "dead", "missing",
					       "water_cm", "rain_mm" };
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);

	for (size_t i = 0; i < ARRAY_LEN(figures); i++) {
		const struct field *field = field_find(kind->fields, kind->n_fields, figures[i]);
		struct value value = field_get(field, brief->incident);

		if (value_is_set(value))
			str_addf(out, "%s%s %lld", out->len ? _("; ") : "", _(field->title),
				 (long long)value.num);
	}
}

static void say_state(const struct brief *brief, struct str *out)
{
	const struct step *step = rules_step(brief->rules, brief->incident->step);
	const char *holder = value_of(brief, "holder");

	if (step != NULL)
		str_add(out, rules_state_words(brief->rules, step, brief->incident));
	if (*holder != '\0')
		str_addf(out, _("%s%s has it"), out->len ? _("; ") : "", holder);
}

static void say_due(const struct brief *brief, struct str *out)
{
	const struct incident *incident = brief->incident;
	char left[LEFT_TEXT];

	if (!incident->open || incident->due == 0)
		return;
	left_words(incident->due, left_moment(incident->due, brief->now), left);
	str_addf(out, left_state(incident->due, brief->now) == LEFT_OVER ? _("%s was due %s, %s ago")
									    : _("%s due %s, %s left"),
		 value_of(brief, "due_clock"),
		 page_moment(brief->rules, incident->due, brief->now, brief->arena), left);
}

static void say_pressure(const struct brief *brief, struct str *out)
{
	const struct incident *incident = brief->incident;
	const struct field *hard = field_find(kind_desc(KIND_INCIDENT)->fields,
					      kind_desc(KIND_INCIDENT)->n_fields, "hard");

	if (incident->supervised != NULL)
		str_add(out, value_of(brief, "supervised"));
	if (incident->hard)
		str_addf(out, "%s%s", out->len ? _("; ") : "", _(hard->title));
	if (incident->returns > 0)
		str_addf(out, _("%sgiven back %lld times"), out->len ? _("; ") : "",
			 (long long)incident->returns);
	if (incident->merged > 0)
		str_addf(out, _("%s%lld tickets merged"), out->len ? _("; ") : "",
			 (long long)incident->merged);
}

/* What people did last. */
static void say_moves(const struct brief *brief, struct str *out)
{
	enum { MOST = 3, MARK = ACT_SYSTEM | ACT_STILL };
	size_t from = brief->timeline.n, n = 0;

	for (; from > 0 && n < MOST; from--)
		n += !(brief->timeline.lines[from - 1].act &&
		       (brief->timeline.lines[from - 1].act->flags & MARK) == MARK);
	for (size_t i = from; i < brief->timeline.n; i++) {
		const struct client_line *line = &brief->timeline.lines[i];

		if (line->act && (line->act->flags & MARK) == MARK)
			continue;
		str_addf(out, "%s%s %s %s", out->len ? _("; ") : "",
			 page_moment(brief->rules, line->eff ? line->eff : line->at, brief->now,
				     brief->arena),
			 line->label, line->officer ? page_clean(line->officer, brief->arena) : "");
	}
}

static const struct {
	int rank; /* the lower, the longer it stays */
	void (*say)(const struct brief *brief, struct str *out);
} sentences[] = {
	{ 0, say_what },  { 1, say_where }, { 5, say_how },	 { 2, say_people },
	{ 3, say_state }, { 4, say_due },   { 6, say_pressure }, { 7, say_moves },
};

static void cut(struct str *text, size_t chars)
{
	size_t at = 0, len = text->len;

	for (size_t n = 0; at < len && n + 2 < chars; n++) {
		uint32_t cp;

		at += text_next(text->s + at, len - at, &cp);
	}
	str_cut(text, at);
	str_add(text, "..");
}

static void put_together(const struct str *said, int most, struct str *out)
{
	for (size_t i = 0; i < ARRAY_LEN(sentences); i++)
		if (said[i].len > 0 && sentences[i].rank <= most)
			/* TRANSLATORS: a sentence of a paragraph, and what stands before the next */
			str_addf(out, out->len ? _(" %s.") : _("%s."), said[i].s);
}

enum err brief_text(struct client *client, const struct uuid *id, size_t chars, struct str *out,
		    struct error *err)
{
	struct str said[ARRAY_LEN(sentences)] = { STR_INIT }, text = STR_INIT;
	struct arena arena = ARENA_INIT;
	struct brief brief = { .client = client, .rules = client_rules(client), .arena = &arena,
			       .now = client_now(client) };
	struct incident *incident;
	enum err code = client_get(client, id, &arena, &incident, err);

	brief.incident = incident;
	if (code == ERR_OK)
		code = client_timeline(client, id, &arena, &brief.timeline, err);
	for (size_t i = 0; code == ERR_OK && i < ARRAY_LEN(sentences); i++)
		sentences[i].say(&brief, &said[i]);
	for (int most = ARRAY_LEN(sentences) - 1; code == ERR_OK && most >= 0; most--) {
		str_clear(&text);
		put_together(said, most, &text);
		if (chars == 0 || text_chars(str_get(&text)) <= chars)
			break;
	}
	if (code == ERR_OK) {
		if (chars > 0 && text_chars(str_get(&text)) > chars)
			cut(&text, chars);
		str_add(out, str_get(&text));
	}
	for (size_t i = 0; i < ARRAY_LEN(sentences); i++)
		str_release(&said[i]);
	str_release(&text);
	arena_release(&arena);
	return code;
}
