/* Candidates for the meeting: which there are, in which order, in slices; and how meetings are told. */
#include <config.h>

#include "consoles.h"

#include "zhiban/base/civil.h"
#include "zhiban/model/meeting_words.h"
#include "zhiban/model/nominees.h"
#include "zhiban/model/subject.h"

static struct uuid must(struct console *console, enum kind kind, const char *verb,
			const struct uuid *target, const char *words)
{
	struct client_done done = { .n = 0 };
	struct error err = ERROR_INIT;

	if (act(console, kind, verb, target, words, &done, &err) != ERR_OK)
		fail_msg("%s: %s", verb, err.text);
	return done.target;
}

/* One that a department has. */
static struct uuid with(struct world *world, const char *title, const char *holder)
{
	struct console *centre = &world->all[CENTRE];
	char words[200];
	struct uuid id;

	snprintf(words, sizeof words, "title=%s\naddress=here\nsource=phone110\ntext=words", title);
	id = must(centre, KIND_INCIDENT, "register", NULL, words);
	world->fixed.now += MINUTE_MS;
	if (holder == NULL)
		return id;
	must(centre, KIND_INCIDENT, "accept", &id, NULL);
	snprintf(words, sizeof words, "holder=%s", holder);
	must(centre, KIND_INCIDENT, "assign", &id, words);
	return id;
}

static void hard(struct world *world, const struct uuid *id)
{
	must(&world->all[CENTRE], KIND_INCIDENT, "hard", id, "reason=nobody wants it");
}

static void gather(struct nominees *nominees, size_t budget)
{
	int steps = 0;

	OK(nominees_begin(nominees, NULL));
	while (!nominees_done(nominees)) {
		OK(nominees_step(nominees, budget, NULL));
		assert_true(++steps < 1000);
	}
}

static void assert_titles(const struct nominees *nominees, const char *const *titles)
{
	size_t n = 0;

	while (titles[n] != NULL) {
		assert_non_null(nominees_at(nominees, n));
		assert_string_equal(nominees_at(nominees, n)->title, titles[n]);
		n++;
	}
	assert_int_equal(nominees_n(nominees), n);
}

static void those_of_the_same_departments_stand_together(void **state)
{
	struct world *world = *state;
	struct nominees *nominees = nominees_new(world->all[CENTRE].client);
	struct uuid first, second, third, hand;

	settle_all(world);
	first = with(world, "first", "shuiwu");
	second = with(world, "second", "zhujian");
	third = with(world, "third", "shuiwu");
	hand = with(world, "by hand", "zhujian");
	with(world, "an ordinary one", "shuiwu");
	hard(world, &first);
	hard(world, &second);
	hard(world, &third);
	must(&world->all[CENTRE], KIND_INCIDENT, "propose", &hand, "reason=it has to");
	for (size_t budget = 1; budget < 9; budget += 7) {
		gather(nominees, budget); /* also one by one */
		assert_titles(nominees, (const char *const[]){ "by hand", "second", "first", "third",
							       NULL });
	}
	assert_true(nominees_at(nominees, 0)->sorts & 1u << NOMINEE_HAND);
	assert_true(nominees_at(nominees, 1)->sorts & 1u << NOMINEE_HARD);
	assert_string_equal(nominees_at(nominees, 2)->orgs[0], "shuiwu");
	assert_int_equal(nominees_at(nominees, 0)->together, 0);
	assert_int_equal(nominees_at(nominees, 3)->together, 1);
	assert_int_equal(nominees_find(nominees, &third), 3);
	nominees_free(nominees);
}

static void what_an_item_is_about_is_none(void **state)
{
	struct world *world = *state;
	struct console *centre = &world->all[CENTRE];
	struct nominees *nominees = nominees_new(centre->client);
	struct uuid case_id, item;
	char words[100], id[UUID_TEXT];

	settle_all(world);
	case_id = with(world, "a hole", "shuiwu");
	hard(world, &case_id);
	gather(nominees, 100);
	assert_int_equal(nominees_n(nominees), 1);
	uuid_text(&case_id, id);
	snprintf(words, sizeof words, "incident=%s", id);
	item = must(centre, KIND_ITEM, "bring", NULL, words);
	assert_int_equal(nominees_n(nominees), 1); /* the old list, until the new one is whole */
	for (int i = 0; i < 2; i++) {
		gather(nominees, 100);
		assert_int_equal(nominees_n(nominees), 0);
		settle_all(world);
	}
	must(centre, KIND_ITEM, "drop", &item, "reason=it is mended");
	settle_all(world);
	gather(nominees, 100);
	assert_int_equal(nominees_n(nominees), 1);
	nominees_free(nominees);
}

static void who_put_it_there_finds_it_closed_too(void **state)
{
	struct world *world = *state;
	struct nominees *nominees = nominees_new(world->all[CENTRE].client);
	struct uuid id;

	settle_all(world);
	id = with(world, "not ours", NULL);
	must(&world->all[CENTRE], KIND_INCIDENT, "propose", &id, "reason=whose is it");
	must(&world->all[CENTRE], KIND_INCIDENT, "decline", &id, "reason=elsewhere");
	for (int i = 0; i < 2; i++) { /* waiting, and in the cache */
		gather(nominees, 100);
		assert_titles(nominees, (const char *const[]){ "not ours", NULL });
		settle_all(world);
	}
	nominees_free(nominees);
}

/* ---- words ---- */

static bool offers(struct client *client, const struct subject *subject, const char *verb)
{
	const struct act_desc *acts[ACTS_HERE_MOST];
	size_t n = subject_acts(client, subject, acts);

	for (size_t i = 0; i < n; i++)
		if (strcmp(acts[i]->verb, verb) == 0)
			return true;
	return false;
}

static void a_meeting_in_words(void **state)
{
	struct world *world = *state;
	struct console *centre = &world->all[CENTRE];
	const struct rules *rules;
	struct client_meeting shown;
	struct subject subject;
	struct uuid id;
	char mark[48];

	settle_all(world);
	rules = client_rules(centre->client);
	id = must(centre, KIND_MEETING, "convene", NULL,
		  "series=weekly\ntitle=the week\nstarts=2026-11-25 14:30\nends=2026-11-25 16:00\nroom=here\n"
		  "attend=shuiwu\tmust\tZhou");
	OK(client_meeting_get(centre->client, &id, &world->arena, &shown, NULL));
	assert_string_equal(joint_line(rules, KIND_MEETING, shown.meeting, &world->arena),
			    "联席工作例会 No. 1  11-25 We 14:30-16:00  here");
	assert_string_equal(attendee_said(meeting_attendee_of(shown.meeting, "shuiwu", "Zhou"),
					  &world->arena),
			    "not invited yet");
	assert_true(joint_is_of(rules, shown.meeting, "shuiwu"));
	assert_true(joint_is_of(rules, shown.meeting, "zhongxin"));
	assert_false(joint_is_of(rules, shown.meeting, "320402001"));
	OK(subject_get(centre->client, KIND_MEETING, &id, &world->arena, &subject, NULL));
	assert_string_equal(subject_mark(centre->client, &subject, mark), "");
	assert_true(offers(centre->client, &subject, "agenda"));
	assert_false(offers(centre->client, &subject, "issue"));
	assert_false(offers(centre->client, &subject, "countersign")); /* there is nothing to */
	settle_all(world);
	OK(subject_get(centre->client, KIND_MEETING, &id, &world->arena, &subject, NULL));
	assert_non_null(strstr(subject_mark(centre->client, &subject, mark), "23-M"));
	assert_false(offers(world->all[WATER].client, &subject, "agenda"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(those_of_the_same_departments_stand_together, world_make,
						world_free),
		cmocka_unit_test_setup_teardown(what_an_item_is_about_is_none, world_make, world_free),
		cmocka_unit_test_setup_teardown(who_put_it_there_finds_it_closed_too, world_make,
						world_free),
		cmocka_unit_test_setup_teardown(a_meeting_in_words, world_make, world_free),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
