/* What a secret address shows: the duties and the meetings of a person, of a post, of an
 * organisation. */
#include <config.h>

#include "ical_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/party.h"
#include "zhiban/wire/entity.h"
#include "zhiban/wire/ical_roster.h"

enum { MONTHS_BACK = 1, MONTHS_ON = 13, ITEMS_MOST = 20000, REFRESH_MIN = 60 };

static const char *const subjects[SUBJECTS] = { "person", "post", "org" };

const char *subject_code(enum subject subject)
{
	return subjects[subject];
}

/* The next word of *rest, in the arena; NULL: there is none. */
static const char *word(const char **rest, struct arena *arena)
{
	const char *s = *rest + strspn(*rest, " ");
	size_t len = strcspn(s, " ");

	*rest = s + len;
	return len > 0 ? arena_strndup(arena, s, len) : NULL;
}

static enum err wrong_form(struct error *err)
{
	return error_set(err, ERR_INPUT, "%s",
			 _("a calendar is of a person (id), a post (organisation, roster, post) or "
			   "an org (code)"));
}

enum err about_parse(const char *what, const char *id, struct arena *arena,
		     struct about *ret_about, struct error *err)
{
	struct about about = { .subject = SUBJECT_PERSON };
	const char *rest = id;

	while (about.subject < SUBJECTS && strcmp(subjects[about.subject], what) != 0)
		about.subject++;
	if (about.subject == SUBJECTS)
		return wrong_form(err);
	if (about.subject == SUBJECT_PERSON) {
		if (uuid_parse(id, &about.staff) != ERR_OK)
			return wrong_form(err);
		*ret_about = about;
		return ERR_OK;
	}
	about.org = word(&rest, arena);
	if (about.subject == SUBJECT_POST) {
		about.plan = word(&rest, arena);
		about.post = word(&rest, arena);
	}
	if (about.org == NULL || *(rest + strspn(rest, " ")) != '\0' ||
	    (about.subject == SUBJECT_POST && about.post == NULL))
		return wrong_form(err);
	*ret_about = about;
	return ERR_OK;
}

/* --- who may ----------------------------------------------------------------------------------- */

static enum err not_there(struct error *err)
{
	return error_set(err, ERR_NOT_FOUND, "%s", _("there is no such calendar"));
}

/* As the parties of a roster are (domain/party.c), but for units of pools. */
static bool reads_of(const struct rules *rules, const char *scope, const char *org)
{
	return scope != NULL && (roster_reader(rules, scope) || str_eq(scope, org) ||
				 rules_org_within(rules, org, scope));
}

static enum err check_person(const struct db_ops *ops, struct db *db, const char *scope,
			     const struct uuid *id, struct arena *arena, const char **ret_title,
			     struct error *err)
{
	struct db_entity row = { .eno = 0 };
	int64_t org = 0, since = 0;
	void *entity = NULL;
	enum err code = ops->entity_get(db, id, arena, &row, err);

	if (code == ERR_NOT_FOUND)
		return not_there(err);
	if (code == ERR_OK && scope != NULL)
		code = ops->org_no(db, scope, false, &org, err);
	if (code == ERR_OK)
		code = ops->party_since(db, org, row.eno, &since, err);
	if (code != ERR_OK)
		return code;
	if (since == 0 || strcmp(row.kind, kind_desc(KIND_STAFF)->name) != 0)
		return not_there(err);
	code = entity_decode(row.bytes, row.len, arena, &entity, err);
	if (code == ERR_OK)
		*ret_title = ((const struct staff *)entity)->name;
	return code;
}

enum err about_check(const struct db_ops *ops, struct db *db, const struct rules *rules,
		     const char *scope, const struct about *about, struct arena *arena,
		     const char **ret_title, struct error *err)
{
	const struct org *org = rules_org(rules, about->org);
	const struct roster_plan *plan = rules_plan(rules, about->plan);
	const struct duty_post *post = plan != NULL ? plan_post(plan, about->post) : NULL;

	if (about->subject == SUBJECT_PERSON)
		return check_person(ops, db, scope, &about->staff, arena, ret_title, err);
	if (org == NULL || !reads_of(rules, scope, org->code))
		return not_there(err);
	*ret_title = about->subject == SUBJECT_ORG
			     ? org->name
			     : arena_printf(arena, "%s · %s",
					    post != NULL ? post->label : about->post, org->name);
	return ERR_OK;
}

/* --- what is read ------------------------------------------------------------------------------ */

struct gathering {
	const struct db_ops *ops;
	struct db *db;
	const struct rules *rules;
	const struct about *about;
	struct ical_duties duties;
	char staff[UUID_TEXT];
	struct arena *arena;
	struct ical_item *items;
	size_t n, cap;
};

static enum err add_roster(struct gathering *gathering, const struct roster *roster)
{
	struct ical_item *items;
	size_t n = ical_roster_items(gathering->rules, roster, &gathering->duties,
				     gathering->arena, &items);

	for (size_t i = 0; i < n && gathering->n < ITEMS_MOST; i++) {
		MEM_GROW(gathering->items, gathering->n, gathering->cap);
		gathering->items[gathering->n++] = items[i];
	}
	return ERR_OK;
}

/* One month; it may not have been begun.  Of one person most are not looked into. */
static enum err add_month(struct gathering *gathering, const char *org, const char *plan,
			  const char *month, struct error *err)
{
	struct uuid id = roster_id(org, plan, month);
	struct db_entity row;
	void *entity;
	enum err code = gathering->ops->entity_get(gathering->db, &id, gathering->arena, &row, err);

	if (code == ERR_NOT_FOUND)
		return ERR_OK;
	if (code != ERR_OK)
		return code;
	if (gathering->duties.staff != NULL &&
	    memmem(row.bytes, row.len, gathering->staff, UUID_TEXT - 1) == NULL)
		return ERR_OK;
	code = entity_decode(row.bytes, row.len, gathering->arena, &entity, err);
	if (code != ERR_OK || ((struct entity *)entity)->kind != KIND_ROSTER)
		return code;
	return add_roster(gathering, entity);
}

static enum err add_plan(struct gathering *gathering, const char *org, const char *plan, int64_t now,
			 struct error *err)
{
	struct civil civil;
	enum err code = ERR_OK;

	civil_of_day(civil_day_of_ms(now, gathering->rules->offset_min), &civil);
	for (int i = -MONTHS_BACK; code == ERR_OK && i <= MONTHS_ON; i++) {
		int month = civil.month - 1 + i + 12; /* of the year before, from 0 */
		char words[ROSTER_MONTH];

		month_of_day(civil_day(civil.year - 1 + month / 12, month % 12 + 1, 1), words);
		code = add_month(gathering, org, plan, words, err);
	}
	return code;
}

static enum err add_org(struct gathering *gathering, const char *org, int64_t now,
			struct error *err)
{
	const struct roster_plan *plan;
	enum err code = ERR_OK;

	for (size_t i = 0;
	     code == ERR_OK && (plan = rules_plan_of(gathering->rules, org, i)) != NULL; i++)
		code = add_plan(gathering, org, plan->code, now, err);
	return code;
}

static enum err add_meetings(struct gathering *gathering, const char *scope, struct error *err)
{
	struct meeting_gathering meetings = { .ops = gathering->ops,
					      .db = gathering->db,
					      .rules = gathering->rules,
					      .scope = scope,
					      .about = gathering->about,
					      .from = gathering->duties.from,
					      .to = gathering->duties.to,
					      .arena = gathering->arena };
	enum err code = meetings_gather(&meetings, err);

	for (size_t i = 0; code == ERR_OK && i < meetings.n && gathering->n < ITEMS_MOST; i++) {
		MEM_GROW(gathering->items, gathering->n, gathering->cap);
		gathering->items[gathering->n++] = meetings.items[i];
	}
	free(meetings.items);
	return code;
}

static enum err gather(struct gathering *gathering, int64_t now, struct error *err)
{
	const struct about *about = gathering->about;
	const struct rules *rules = gathering->rules;
	enum err code = ERR_OK;

	if (about->subject == SUBJECT_POST)
		return add_plan(gathering, about->org, about->plan, now, err);
	if (about->subject == SUBJECT_ORG)
		return add_org(gathering, about->org, now, err);
	for (size_t i = 0; code == ERR_OK && i < rules->n_orgs; i++) /* he may stand anywhere */
		code = add_org(gathering, rules->orgs[i].code, now, err);
	return code;
}

enum err about_write(const struct db_ops *ops, struct db *db, const struct rules *rules,
		     const char *scope, const struct about *about, const char *title, int64_t now,
		     struct arena *arena, struct str *out, struct error *err)
{
	int32_t today = civil_day_of_ms(now, rules->offset_min);
	struct gathering gathering = { .ops = ops, .db = db, .rules = rules, .about = about,
				       .arena = arena };
	const struct ical_head head = { .method = "PUBLISH", .name = title,
					.offset_min = rules->offset_min,
					.refresh_min = REFRESH_MIN };
	enum err code;

	/* a whole day, so that the same duties are the same bytes for a day */
	gathering.duties.from = civil_ms_of_day(today - 31, rules->offset_min);
	gathering.duties.to = civil_ms_of_day(today + 400, rules->offset_min);
	gathering.duties.post = about->subject == SUBJECT_POST ? about->post : NULL;
	if (about->subject == SUBJECT_PERSON) {
		uuid_text(&about->staff, gathering.staff);
		gathering.duties.staff = gathering.staff;
	}
	code = gather(&gathering, now, err);
	if (code == ERR_OK)
		code = add_meetings(&gathering, scope, err);
	if (code == ERR_OK) {
		ical_items_sort(gathering.items, gathering.n);
		ical_write(&head, gathering.items, gathering.n, out);
	}
	free(gathering.items);
	return code;
}
