/* Each guard that a shipped profile picks, in each place: the same act, by the same officer, refused
 * here by this guard and applied there; as text with the sentences in matrix/NAME-guards.txt.
 * GENERATE=1 writes it anew. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "trial.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

/* --- a place ----------------------------------------------------------------------------------- */

struct place { /* where a profile picked a guard */
	const struct step *step;
	const struct flow_act *row;
	const struct guard_use *use;
	const struct mode_rule *mode; /* the guard is the mode's; or NULL */
};

static enum err done(struct trial *trial, struct error *err)
{
	int64_t now = trial->course->now;
	enum err code;

	trial->course->now = trial->now;
	code = course_try(trial->course, trial->incident, &trial->act, trial->mode, NULL, err);
	trial->course->now = now;
	return code;
}

/* The act with everything as all guards ask, but for the one in question if !good. */
static bool prepare(struct course *course, const struct place *place,
		    const struct incident *incident, size_t who, bool good, struct trial *ret_trial)
{
	struct trial trial = { .course = course, .now = course->now };

	trial.incident = entity_copy(incident, &course->scratch);
	if (!course_actor(course, incident, who, &trial.actor))
		return false;
	trial.act = course_act(course, place->row->act, incident, &trial.actor);
	if (place->mode != NULL)
		trial.mode = place->mode->code;
	trial_ready(&trial);
	for (size_t i = 0; i < place->row->n_guards; i++)
		if (!trial_make(&trial, &place->row->guards[i], true))
			return false;
	for (size_t i = 0; place->mode != NULL && i < place->mode->n_guards; i++)
		if (place->mode->guards[i].act == place->row->act &&
		    !trial_make(&trial, &place->mode->guards[i].guard, true))
			return false;
	if (!good && !trial_make(&trial, place->use, false))
		return false;
	*ret_trial = trial;
	return true;
}

/* Whether it is this guard that refuses: without it the same act is done, or refused for another
 * reason. */
static bool decides(const struct place *place, struct trial *trial, const char *sentence)
{
	struct guard_use *use = (struct guard_use *)place->use;
	const struct guard_use kept = *use;
	struct error err = ERROR_INIT;
	enum err code;

	*use = (struct guard_use){ guard_desc_find("mode_not"), "-" };
	code = done(trial, &err);
	*use = kept;
	return code == ERR_OK || strcmp(err.text, sentence) != 0;
}

enum found { NO_PAIR, NOTHING_TO_TRY, PAIR };

static enum found try_pair(struct course *course, const struct place *place, size_t node,
			   size_t who, char *sentence, size_t size)
{
	const struct incident *incident = course->nodes[node].incident;
	struct trial good, bad;
	struct error err = ERROR_INIT;

	if (!prepare(course, place, incident, who, true, &good) || done(&good, &err) != ERR_OK)
		return NO_PAIR;
	if (!prepare(course, place, incident, who, false, &bad))
		return NOTHING_TO_TRY;
	if (done(&bad, &err) != ERR_REFUSED || !decides(place, &bad, err.text))
		return NO_PAIR;
	snprintf(sentence, size, "%s", err.text);
	return PAIR;
}

static void put_pair(struct course *course, struct str *out, const struct place *place,
		     const char *sentence)
{
	str_addf(out, "%s%s%s  %s %s  %s%s%s\n    ! %s\n", place->step->id,
		 place->mode != NULL ? " in " : "", place->mode != NULL ? place->mode->code : "",
		 place->row->act->verb,
		 rules_act_label_at(course->rules, place->step, place->row->act, NULL),
		 place->use->guard->name, *place->use->arg != '\0' ? " " : "", place->use->arg, sentence);
}

static void check_place(struct course *course, struct str *out, const struct place *place)
{
	bool nothing = false;
	char sentence[400];

	for (size_t node = 0; node < course->n_nodes; node++) {
		if (course->nodes[node].step != place->step)
			continue;
		for (size_t who = 0; who < COURSE_ACTORS - 1; who++) {
			enum found found = try_pair(course, place, node, who, sentence, sizeof sentence);

			arena_reset(&course->scratch);
			if (found == PAIR) {
				put_pair(course, out, place, sentence);
				return;
			}
			nothing = nothing || found == NOTHING_TO_TRY;
		}
	}
	if (!nothing)
		fail_msg("%s: %s %s, guard %s %s: no act refused here is applied there",
			 course->rules->name, place->step->id, place->row->act->verb,
			 place->use->guard->name, place->use->arg);
	put_pair(course, out, place, "(nothing in this district that it could refuse)");
}

static void check_row(struct course *course, struct str *out, const struct step *step,
		      const struct flow_act *row)
{
	for (size_t i = 0; i < row->n_guards; i++)
		check_place(course, out, &(struct place){ step, row, &row->guards[i], NULL });
	for (size_t m = 0; m < course->rules->n_modes; m++) {
		const struct mode_rule *mode = &course->rules->modes[m];
		for (size_t i = 0; i < mode->n_guards; i++)
			if (mode->guards[i].act == row->act)
				check_place(course, out, &(struct place){ step, row,
									 &mode->guards[i].guard, mode });
	}
}

static void check_profile(struct course *course, struct str *out)
{
	const struct rules *rules = course->rules;

	for (size_t i = 0; i < rules->n_steps; i++) {
		const struct step *step = &rules->steps[i];
		for (size_t a = 0; a < step->n_acts; a++)
			if (step->acts[a].act->conflict != CONFLICT_CREATES)
				check_row(course, out, step, &step->acts[a]);
	}
	for (size_t a = 0; a < rules->always.n_acts; a++) /* in the first step that leaves it as it is */
		for (size_t i = 0; i < rules->n_steps; i++)
			if (rules->steps[i].open && step_act(&rules->steps[i], act_desc_find("register")) == NULL &&
			    step_act(&rules->steps[i], rules->always.acts[a].act) == NULL) {
				check_row(course, out, &rules->steps[i], &rules->always.acts[a]);
				break;
			}
}

static void check(const char *name, bool *picked)
{
	struct course course;
	struct str out = STR_INIT;
	const char *difference;

	assert_true(course_begin(&course, name));
	course_explore(&course);
	str_addf(&out, "%s %s: where a guard refuses, by its sentence; the same act by the same officer is "
		       "applied when that is made good.\n", name, course.rules->title);
	check_profile(&course, &out);
	for (size_t g = 0; g < guard_desc_count(); g++)
		picked[g] = picked[g] ||
			    strstr(str_get(&out),
				   arena_printf(&course.arena, "  %s", guard_desc_at(g)->name)) != NULL;
	difference = course_compare(&course, arena_printf(&course.arena, "%s-guards", name),
				    str_get(&out));
	if (difference != NULL)
		fail_msg("%s", difference);
	str_release(&out);
	course_end(&course);
}

static const char *const profiles[] = { "tianning", "xingan", "huicheng", "pukou", "city" };

static void refused_here_applied_there(void **unused)
{
	bool *picked = mem_alloc(guard_desc_count() * sizeof *picked);
	size_t idle = 0;

	(void)unused;
	memset(picked, 0, guard_desc_count() * sizeof *picked);
	for (size_t i = 0; i < ARRAY_LEN(profiles); i++)
		check(profiles[i], picked);
	for (size_t g = 0; g < guard_desc_count(); g++)
		if (!picked[g]) {
			print_error("no profile picks the guard %s\n", guard_desc_at(g)->name);
			idle++;
		}
	free(picked);
	assert_int_equal(idle, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refused_here_applied_there),
	};

	return cmocka_run_group_tests_name("profile/pairs", tests, NULL, NULL);
}
