/* zhiban list: people, organisations, notices, supervisions.  These lists are short enough to be
 * looked through, and have a small filter of their own: words that stand in a text, FIELD:VALUE by
 * code or label, in:ORG for an organisation and all below it; names and labels by pinyin, too;
 * "current" for those that are not closed or lifted; of meetings, their items and tasks "open", "mine",
 * "overdue"; !not; all must fit. */
#include <config.h>

#include <string.h>

#include "list.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/pinyin.h"
#include "zhiban/client/handover.h"
#include "zhiban/client/notice.h"
#include "zhiban/client/roster.h"
#include "zhiban/client/whistle.h"
#include "zhiban/domain/candidate.h"
#include "zhiban/model/meeting_words.h"
#include "zhiban/model/supervisions.h"

static enum err unknown_field(const struct list *list, const char *name, struct error *err)
{
	struct str known = STR_INIT;

	for (size_t i = 0; i < list->kind->n_fields; i++)
		str_addf(&known, " %s:", list->kind->fields[i].name);
	error_set(err, ERR_USAGE, _("in the filter, \"%s\": there are%s in:"), name,
		  str_get(&known));
	str_release(&known);
	return ERR_USAGE;
}

/* A field by its name, or by the title people know. */
static const struct field *field_named(const struct kind_desc *kind, const char *name)
{
	for (size_t i = 0; i < kind->n_fields; i++)
		if (strcmp(kind->fields[i].name, name) == 0 ||
		    strcmp(_(kind->fields[i].title), name) == 0)
			return &kind->fields[i];
	return NULL;
}

static enum err read_within(const struct list *list, const char *words, struct small_term *term,
			    struct error *err)
{
	const struct org *org;

	if (candidates_org(list->ctx.rules, words, list->ctx.now, &org, err) != ERR_OK) {
		error_prefix(err, "%s", _("in the filter"));
		if (err != NULL)
			err->code = ERR_USAGE;
		return ERR_USAGE;
	}
	term->within = org->code;
	return ERR_OK;
}

static bool read_flag(const char *word, struct small_term *term)
{
	term->open = strcmp(word, "open") == 0 || strcmp(word, _("open")) == 0;
	term->mine = strcmp(word, "mine") == 0 || strcmp(word, _("mine")) == 0;
	term->overdue = strcmp(word, "overdue") == 0 || strcmp(word, _("overdue")) == 0;
	return term->open || term->mine || term->overdue;
}

static enum err read_term(const struct list *list, char *word, struct small_term *term,
			  struct error *err)
{
	char *colon;

	*term = (struct small_term){ .negated = *word == '!' };
	word += term->negated;
	colon = strchr(word, ':');
	term->words = word;
	if ((list->kind->kind == KIND_ORG || list->kind->kind == KIND_NOTICE) &&
	    (strcmp(word, "current") == 0 || strcmp(word, _("current")) == 0)) {
		term->current = true;
		return ERR_OK;
	}
	if (joint_is(list->kind->kind) && read_flag(word, term))
		return ERR_OK;
	if (colon == NULL)
		return ERR_OK;
	*colon = '\0';
	term->words = colon + 1;
	if (strcmp(word, "in") == 0)
		return read_within(list, term->words, term, err);
	term->field = field_named(list->kind, word);
	return term->field != NULL ? ERR_OK : unknown_field(list, word, err);
}

enum err small_read(const struct list *list, struct small_filter *ret_filter,
			    struct error *err)
{
	char *rest, *word;
	enum err rc = ERR_OK;

	ret_filter->n = 0;
	if (list->filter == NULL)
		return ERR_OK;
	rest = arena_strdup(&list->console->arena, list->filter);
	while (rc == ERR_OK && (word = strsep(&rest, " ")) != NULL) {
		if (*word == '\0')
			continue;
		if (ret_filter->n == SMALL_TERMS)
			return error_set(err, ERR_USAGE, _("too many words in the filter"));
		rc = read_term(list, word, &ret_filter->terms[ret_filter->n++], err);
	}
	return rc;
}

/* NOT for what has no letter in it: that stands for itself. */
static enum pinyin_fit by_pinyin(const char *name, const char *words)
{
	struct pinyin_typed typed;

	if (*words == '\0' || !pinyin_type(&typed, words) || !typed.latin)
		return PINYIN_NOT;
	return pinyin_fit(&typed, name);
}

static bool value_is(const struct rules *rules, const struct field *field, const void *thing,
		     const char *words)
{
	struct value value = field_get(field, thing);
	char buf[64];
	const char *shown = rules_show(rules, field, value, buf, sizeof buf);

	return (value.is_text && value.text != NULL && strcmp(value.text, words) == 0) ||
	       strcmp(shown, words) == 0 || by_pinyin(shown, words) >= PINYIN_BEGINS;
}

static bool has_words(const struct kind_desc *kind, const void *thing, const char *words)
{
	for (size_t i = 0; i < kind->n_fields; i++) {
		struct value value = field_get(&kind->fields[i], thing);

		if (!value.is_text || value.text == NULL)
			continue;
		if (strstr(value.text, words) != NULL)
			return true;
		if (kind->fields[i].flags & F_SEARCH && by_pinyin(value.text, words) != PINYIN_NOT)
			return true;
	}
	return false;
}

/* Whose it is. */
static const char *org_of(const struct kind_desc *kind, const void *thing)
{
	const struct field *field = field_find(kind->fields, kind->n_fields,
					       kind->kind == KIND_NOTICE ? "issuer"
					       : kind->kind == KIND_ORG	 ? "code"
									 : "org");

	return field != NULL ? field_get(field, thing).text : NULL;
}

static bool is_open(const struct list *list, const void *thing)
{
	const struct field *field = field_find(list->kind->fields, list->kind->n_fields, "open");

	return field != NULL && field_get(field, thing).num != 0;
}

static bool fits_term(const struct list *list, const struct small_term *term, const void *thing)
{
	const struct rules *rules = list->ctx.rules;

	if (term->current && list->kind->kind == KIND_NOTICE)
		return ((const struct notice *)thing)->open != 0;
	if (term->current)
		return ((const struct org *)thing)->ends == 0 ||
		       ((const struct org *)thing)->ends > list->ctx.now;
	if (term->open || term->overdue)
		return term->overdue ? joint_is_overdue(thing, list->ctx.now) : is_open(list, thing);
	if (term->mine)
		return list->ctx.actor != NULL && joint_is_of(rules, thing, list->ctx.actor->org);
	if (term->within != NULL)
		return rules_org_within(rules, org_of(list->kind, thing), term->within);
	return term->field != NULL ? value_is(rules, term->field, thing, term->words)
				   : has_words(list->kind, thing, term->words);
}

bool small_fits(const struct list *list, const struct small_filter *filter, const void *thing)
{
	for (size_t i = 0; i < filter->n; i++)
		if (fits_term(list, &filter->terms[i], thing) == filter->terms[i].negated)
			return false;
	return true;
}

enum err list_people(struct list *list, struct error *err)
{
	const struct person **people;
	struct small_filter filter;
	size_t n = 0;
	enum err rc = small_read(list, &filter, err);

	if (rc == ERR_OK)
		rc = client_people(list->console->client, &list->console->arena, &people, &n, err);
	for (size_t i = 0; rc == ERR_OK && i < n && list->written < list->limit; i++) {
		if (!small_fits(list, &filter, people[i]))
			continue;
		rc = list_add(list, &people[i]->head.id, people[i], err);
		list->written++;
	}
	return rc;
}

enum err list_notices(struct list *list, struct error *err)
{
	struct client_notice *notices = NULL;
	struct small_filter filter;
	size_t n = 0;
	enum err rc = small_read(list, &filter, err);

	if (rc == ERR_OK)
		rc = client_notices(list->console->client, &list->console->arena, &notices, &n, err);
	for (size_t i = 0; rc == ERR_OK && i < n && list->written < list->limit; i++) {
		if (!small_fits(list, &filter, notices[i].notice))
			continue;
		rc = list_add(list, &notices[i].notice->head.id, notices[i].notice, err);
		list->written++;
	}
	return rc;
}

enum err list_inspections(struct list *list, struct error *err)
{
	const struct inspection **done = NULL;
	struct small_filter filter;
	size_t n = 0;
	enum err rc = small_read(list, &filter, err);

	if (rc == ERR_OK)
		rc = client_inspections(list->console->client, INT64_MIN, INT64_MAX,
					&list->console->arena, &done, &n, err);
	for (size_t i = 0; rc == ERR_OK && i < n && list->written < list->limit; i++) {
		const struct inspection *whole = done[i]; /* what was found is a long text */
		struct arena arena = ARENA_INIT;

		if (client_inspection(list->console->client, &done[i]->head.id, &arena, &whole, NULL,
				      NULL) != ERR_OK)
			whole = done[i];
		if (small_fits(list, &filter, whole)) {
			rc = list_add(list, &whole->head.id, whole, err);
			list->written++;
		}
		arena_release(&arena);
	}
	return rc;
}

static const char *shift_word(const struct rules *rules, const struct handover *handover)
{
	const struct roster_plan *plan = rules_plan(rules, handover->plan);
	const struct duty_shift *shift = plan != NULL && handover->shift != NULL
						 ? plan_shift(plan, handover->shift)
						 : NULL;

	return shift != NULL ? shift->label : handover->shift;
}

/* The latest first; without a limit, the last hundred. */
enum err list_handovers(struct list *list, struct error *err)
{
	enum { LATEST = 100, ALL = 100000 };
	struct client_handover *shown = NULL;
	struct small_rows rows = { NULL, 0, 0 };
	struct small_filter filter;
	size_t n = 0, most = list->filter != NULL || list->sort != NULL ? ALL
			     : list->limit < ALL			 ? list->limit
									 : LATEST;
	enum err rc = small_read(list, &filter, err);

	if (rc == ERR_OK)
		rc = client_handovers(list->console->client, NULL, NULL, most, &list->console->arena,
				      &shown, &n, err);
	for (size_t i = 0; rc == ERR_OK && i < n; i++) {
		const struct handover *one = shown[i].handover;
		struct handover *row = arena_dup(&list->console->arena, one, sizeof *one);

		if (!small_fits(list, &filter, one))
			continue;
		if (list->as_table || list->rows.format > OUT_JSONL)
			row->shift = shift_word(list->ctx.rules, row); /* of its own plan */
		small_add(&rows, &one->head.id, one, row);
	}
	return rc == ERR_OK ? small_write(list, &rows, err) : rc;
}

enum err list_orgs(struct list *list, struct error *err)
{
	const struct rules *rules = list->ctx.rules;
	struct small_filter filter;
	enum err rc = small_read(list, &filter, err);

	for (size_t i = 0; rc == ERR_OK && i < rules->n_orgs && list->written < list->limit; i++) {
		if (!small_fits(list, &filter, &rules->orgs[i]))
			continue;
		rc = list_add(list, &rules->orgs[i].head.id, &rules->orgs[i], err);
		list->written++;
	}
	return rc;
}

enum err list_supervisions(struct list *list, struct error *err)
{
	struct supervision_row *rows = NULL;
	struct small_filter filter;
	size_t n = 0;
	enum err rc = small_read(list, &filter, err);

	if (rc == ERR_OK)
		rc = supervisions_load(list->console->client, &list->console->arena, &rows, &n, err);
	for (size_t i = 0; rc == ERR_OK && i < n && list->written < list->limit; i++) {
		if (!small_fits(list, &filter, &rows[i]))
			continue;
		rc = list_add(list, &rows[i].id, &rows[i], err);
		list->written++;
	}
	return rc;
}
