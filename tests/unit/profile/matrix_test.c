/* Every shipped profile × step × act × actor, against tables that a person reads: matrix/NAME.txt.
 * GENERATE=1 writes them anew. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "course.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/base/text.h"

enum verdict { NOBODY, DENIED, REFUSED, LATER, DONE };
static const char *const verdict_words[] = { " ", ".", "no", "*", "yes" };

enum { REASONS = 4, PLACES = 4 };

struct row { /* one act in one step */
	enum verdict of[COURSE_ACTORS];
	const char *leads[PLACES]; /* steps, "=" for none */
	size_t n_leads;
	const char *reasons[REASONS]; /* of those refused, distinct */
	size_t n_reasons;
	bool in_step; /* the step has it, or all have */
};

static void add_once(const char **list, size_t *n, size_t most, const char *words)
{
	for (size_t i = 0; i < *n; i++)
		if (strcmp(list[i], words) == 0)
			return;
	if (*n < most)
		list[(*n)++] = words;
}

static const char *leads_to(struct course *course, const struct incident *before,
			    const struct incident *after)
{
	const char *way = !str_eq(after->merged_into, before->merged_into) ? ""
			  : after->levels.n > before->levels.n ? "up "
			  : after->levels.n < before->levels.n ? "down "
							       : "";

	if (str_eq(before->step, after->step) && *way == '\0')
		return "=";
	return arena_printf(&course->arena, "%s%s", way, after->step);
}

/* One act by one actor in one state. */
static enum verdict try_one(struct course *course, const struct incident *incident,
			    const struct act_desc *desc, size_t who, struct row *row)
{
	const struct incident *after;
	struct error err = ERROR_INIT;
	enum verdict verdict = DONE;
	struct actor actor;
	struct act act;
	enum err code;

	if (!course_actor(course, incident, who, &actor))
		return NOBODY;
	act = course_act(course, desc, incident, &actor);
	code = course_try(course, incident, &act, NULL, &after, &err);
	if (code == ERR_OK) {
		add_once(row->leads, &row->n_leads, PLACES, leads_to(course, incident, after));
	} else if (code == ERR_DENIED) {
		verdict = DENIED;
	} else {
		verdict = REFUSED;
		assert_true(err.text[0] != '\0');
		add_once(row->reasons, &row->n_reasons, REASONS,
			 arena_strdup(&course->arena, err.text));
	}
	arena_reset(&course->scratch);
	return verdict;
}

/* The first state of a step at or behind a node in which there is such an actor. */
static size_t next_with(struct course *course, const struct step *step, size_t node, size_t who)
{
	struct actor actor;

	while (node < course->n_nodes &&
	       (course->nodes[node].step != step ||
		!course_actor(course, course->nodes[node].incident, who, &actor)))
		node++;
	return node;
}

/* In the first state of the step that has such an actor; and if not there, in any other. */
static enum verdict try_all(struct course *course, const struct step *step,
			    const struct act_desc *desc, size_t who, struct row *row)
{
	const struct flow_act *flow = course_row(course, step, desc);
	size_t node = next_with(course, step, 0, who);
	enum verdict verdict = NOBODY;

	if (node < course->n_nodes)
		verdict = try_one(course, course->nodes[node].incident, desc, who, row);
	if (verdict == NOBODY || !row->in_step || who == COURSE_ACTORS - 1 ||
	    (verdict == DONE && (flow == NULL || flow->way == WAY_STAYS)))
		return verdict;
	while ((node = next_with(course, step, node + 1, who)) < course->n_nodes) {
		struct row other = { .n_leads = 0 };

		if (try_one(course, course->nodes[node].incident, desc, who, &other) != DONE)
			continue;
		add_once(row->leads, &row->n_leads, PLACES, other.leads[0]);
		if (verdict != DONE)
			verdict = LATER;
		if (flow == NULL || flow->way == WAY_STAYS)
			break;
	}
	return verdict;
}

static struct row row_of(struct course *course, const struct step *step,
			 const struct act_desc *desc)
{
	struct row row = { .in_step = course_row(course, step, desc) != NULL };

	for (size_t who = 0; who < COURSE_ACTORS; who++)
		row.of[who] = try_all(course, step, desc, who, &row);
	return row;
}

static bool same_row(const struct row *a, const struct row *b)
{
	for (size_t i = 0; i < 3; i++) /* the others differ from step to step in being there */
		if (a->of[i] != b->of[i])
			return false;
	for (size_t i = 3; i < COURSE_ACTORS; i++)
		if (a->of[i] != NOBODY && b->of[i] != NOBODY && a->of[i] != b->of[i])
			return false;
	return a->n_leads == b->n_leads && (a->n_leads == 0 || strcmp(a->leads[0], b->leads[0]) == 0);
}

/* --- as text ----------------------------------------------------------------------------------- */

static void put_wide(struct str *out, const char *text, int width)
{
	int used = (int)text_columns(text);

	str_add(out, text);
	str_add_repeat(out, ' ', used < width ? (size_t)(width - used) : 1);
}

static void put_head(struct str *out)
{
	put_wide(out, "  act", 15);
	put_wide(out, "label", 15);
	for (size_t i = 0; i < COURSE_ACTORS; i++)
		put_wide(out, course_actors[i], 8);
	str_add(out, "leads to; guards\n");
}

static void put_row(struct course *course, struct str *out, const struct step *step,
		    const struct act_desc *desc, const struct row *row)
{
	const struct flow_act *flow = course_row(course, step, desc);

	str_add(out, "  ");
	put_wide(out, desc->verb, 13);
	put_wide(out, rules_act_label_at(course->rules, step, desc, NULL), 15);
	for (size_t i = 0; i < COURSE_ACTORS; i++)
		put_wide(out, verdict_words[row->of[i]], 8);
	for (size_t i = 0; i < row->n_leads; i++)
		str_addf(out, "%s%s", i > 0 ? ", " : "", row->leads[i]);
	for (size_t i = 0; flow != NULL && i < flow->n_guards; i++)
		str_addf(out, "; %s%s%s", flow->guards[i].guard->name,
			 *flow->guards[i].arg != '\0' ? " " : "", flow->guards[i].arg);
	while (out->len > 0 && out->s[out->len - 1] == ' ')
		str_cut(out, out->len - 1);
	str_add_char(out, '\n');
	for (size_t i = 0; i < row->n_reasons; i++)
		str_addf(out, "      ! %s\n", row->reasons[i]);
}

static void put_way(struct course *course, struct str *out, size_t node)
{
	if (course->nodes[node].from != node) {
		put_way(course, out, course->nodes[node].from);
		str_add(out, ", ");
	}
	str_add(out, course->nodes[node].how);
}

/* To have seen something is nobody's step, and each department signs for its share. */
static bool needs_no_row(const struct act_desc *desc)
{
	return desc->conflict == CONFLICT_IDEMPOTENT || strcmp(desc->verb, "sign") == 0;
}

/* Of a step: its own acts; what all steps allow only where it is otherwise; then what it does not. */
static void put_step(struct course *course, struct str *out, size_t node, struct row *always)
{
	const struct step *step = course->nodes[node].step;
	struct str nots = STR_INIT, more = STR_INIT;

	str_addf(out, "\n== %s %s（%s）, %s%s%s\n", step->id, step->label, step->waiting, step->tier,
		 step->open ? "" : ", closed", step->shares ? ", by shares" : "");
	str_add(out, "   ");
	put_way(course, out, node);
	str_add(out, "\n");
	put_head(out);
	for (size_t a = 0; a < act_desc_count(); a++) {
		const struct act_desc *desc = act_desc_at(a);
		struct row row;

		if (desc->target != KIND_INCIDENT || (desc->flags & (ACT_SYSTEM | ACT_SELF)) ||
		    desc->conflict == CONFLICT_CREATES)
			continue;
		row = row_of(course, step, desc);
		if (row.n_leads > 0 && needs_no_row(desc))
			row.in_step = true;
		if (step_act(step, desc) != NULL) {
			put_row(course, out, step, desc, &row);
		} else if (!row.in_step) {
			if (row.n_leads > 0)
				fail_msg("%s is done in %s, which has no row for it", desc->verb,
					 step->id);
			str_addf(&nots, " %s", desc->verb);
		} else if (always != NULL && always[a].in_step && same_row(&always[a], &row)) {
			continue;
		} else {
			put_row(course, &more, step, desc, &row);
			if (always != NULL && !always[a].in_step)
				always[a] = row;
		}
	}
	if (more.len > 0)
		str_addf(out, "  -- as every step, here:\n%s", str_get(&more));
	str_addf(out, "  not here:%s\n", str_get(&nots));
	str_release(&nots);
	str_release(&more);
}

static size_t first_of(const struct course *course, const struct step *step)
{
	size_t i = 0;

	while (i < course->n_nodes && course->nodes[i].step != step)
		i++;
	return i;
}

static void put_profile(struct course *course, struct str *out)
{
	const struct rules *rules = course->rules;
	struct row *always = mem_alloc(act_desc_count() * sizeof *always);

	memset(always, 0, act_desc_count() * sizeof *always);
	str_addf(out, "%s %s\n", rules->name, rules->title);
	str_add(out, "yes: done in the first state of the step that has such an actor; *: not there, but "
		     "in another; no: refused by\na rule, with its sentence; .: not his; blank: there "
		     "is nobody of that kind.  \"leads to\": = is nowhere.\n");
	for (size_t i = 0; i < rules->n_steps; i++) {
		size_t node = first_of(course, &rules->steps[i]);

		if (node < course->n_nodes)
			put_step(course, out, node, always);
		else if (rules->steps[i].n_acts > 0 && step_act(&rules->steps[i], act_desc_find("register")) == NULL)
			fail_msg("%s: no act leads into the step %s", rules->name, rules->steps[i].id);
	}
	free(always);
}

/* --- against the tables ------------------------------------------------------------------------ */

static void check(const char *name)
{
	struct course course;
	struct str out = STR_INIT;
	const char *difference;

	assert_true(course_begin(&course, name));
	course_explore(&course);
	put_profile(&course, &out);
	difference = course_compare(&course, name, str_get(&out));
	if (difference != NULL)
		fail_msg("%s", difference);
	str_release(&out);
	course_end(&course);
}

static void tianning(void **unused)
{
	(void)unused;
	check("tianning");
}

static void xingan(void **unused)
{
	(void)unused;
	check("xingan");
}

static void huicheng(void **unused)
{
	(void)unused;
	check("huicheng");
}

static void pukou(void **unused)
{
	(void)unused;
	check("pukou");
}

static void city(void **unused)
{
	(void)unused;
	check("city");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tianning),
		cmocka_unit_test(xingan),
		cmocka_unit_test(huicheng),
		cmocka_unit_test(pukou),
		cmocka_unit_test(city),
	};

	return cmocka_run_group_tests_name("profile/matrix", tests, NULL, NULL);
}
