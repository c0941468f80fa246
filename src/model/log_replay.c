/* A night gone through again: what had happened by each line of the log, and the case as it was
 * then. */
#include <config.h>

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/log.h"

/* ---- counters ---- */

static void count(struct replay_step *step, const char *label)
{
	for (size_t i = 0; i < step->n_counts; i++) {
		if (strcmp(step->counts[i].label, label) == 0) {
			step->counts[i].n++;
			return;
		}
	}
	step->counts[step->n_counts++] = (struct replay_count){ label, 1 };
}

/* ---- the case as it was ---- */

static const char *const facts[] = { "holder", "urgency", "severity", "category", "street", "source",
				     "address" };

/* Who held it gave it back, or it was taken back: it is nobody's until it is given again. */
static bool lets_go(const struct client_line *line, const char *holder)
{
	if (line->act == NULL || line->act->target != KIND_INCIDENT)
		return false;
	return strcmp(line->act->verb, "recall") == 0 ||
	       (strcmp(line->act->verb, "return") == 0 && str_eq(line->org, holder));
}

/* What was said of a field last, by then; false: nothing. */
static bool said_last(const struct replay_step *step, const char *name, struct value *ret_value)
{
	bool holds = strcmp(name, "holder") == 0, found = false;

	for (size_t i = 0; i < step->n_story; i++) {
		const struct client_line *line = &step->story[i];

		if (holds && found && lets_go(line, ret_value->text))
			found = false;
		for (size_t k = 0; k < line->n_given; k++) {
			if (strcmp(line->given[k].field->name, name) != 0 ||
			    !value_is_set(line->given[k].value))
				continue;
			*ret_value = line->given[k].value;
			found = true;
		}
	}
	return found;
}

static void add_fact(struct replay_step *step, const char *label, const char *text)
{
	if (step->n_facts < REPLAY_FACTS && text != NULL && *text != '\0')
		step->facts[step->n_facts++] = (struct replay_fact){ label, text };
}

static void fold_facts(const struct rules *rules, struct replay_step *step, struct arena *arena)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const struct step *at = step->n_story > 0 ? step->story[step->n_story - 1].step : NULL;

	struct value title;

	if (step->line->kind != KIND_INCIDENT && said_last(step, "title", &title)) {
		step->number = step->line->record->about_no != NULL ? step->line->record->about_no : "";
		step->title = title.text;
	}
	if (at != NULL)
		add_fact(step, _("State"), at->waiting != NULL ? at->waiting : at->label);
	for (size_t i = 0; i < ARRAY_LEN(facts); i++) {
		const struct field *field = field_find(kind->fields, kind->n_fields, facts[i]);
		struct value value;
		char buf[256];

		if (field != NULL && said_last(step, facts[i], &value))
			add_fact(step, _(field->title),
				 arena_strdup(arena, rules_show(rules, field, value, buf, sizeof buf)));
	}
}

static bool is_case(const struct record *record)
{
	return record != NULL && str_eq(record->about_kind, kind_desc(KIND_INCIDENT)->name);
}

/* ---- a step ---- */

/* What is noted of a case tells of the moment when it happened, however late it was written down. */
static bool was_by(const struct client_line *story, const struct log_line *line, bool of_case)
{
	if (of_case)
		return story->eff <= line->at;
	return story->seq != 0 && line->line.seq != 0 ? story->seq <= line->line.seq
						      : story->eff <= line->line.eff;
}

enum err replay_at(struct client *client, const struct client_log *log, size_t i,
		   struct arena *arena, struct replay_step *ret_step, struct error *err)
{
	struct replay_step step = { .whole = true };
	struct client_timeline timeline = { .n = 0 };
	const struct log_line *line;
	struct uuid of_case;
	enum err code;

	if (i >= log->n)
		return error_set(err, ERR_NOT_FOUND, "%s", _("the night ends here"));
	line = step.line = &log->lines[i];
	step.counts = arena_array(arena, i + 1, sizeof *step.counts);
	for (size_t k = 0; k <= i; k++) {
		const struct log_line *at = &log->lines[k];

		count(&step, log_what(at));
		step.unanswered +=
		    at->line.act != NULL && strcmp(at->line.act->verb, "unanswered") == 0;
	}
	/* of a call about a case the story is the case's */
	of_case = line->record != NULL ? staff_uuid(line->record->about) : (struct uuid){ { 0 } };
	code = client_timeline(client, uuid_is_nil(&of_case) ? &line->entity : &of_case, arena,
			       &timeline, err);
	if (code != ERR_OK)
		return code;
	while (step.n_story < timeline.n &&
	       was_by(&timeline.lines[step.n_story], line, !uuid_is_nil(&of_case)))
		step.n_story++;
	step.story = timeline.lines;
	step.whole = timeline.complete;
	step.number = line->number;
	step.title = line->title;
	if (line->kind == KIND_INCIDENT || (!uuid_is_nil(&of_case) && is_case(line->record)))
		fold_facts(client_rules(client), &step, arena);
	*ret_step = step;
	return ERR_OK;
}
