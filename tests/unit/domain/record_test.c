/* Records of the duty log: what may be written, what becomes of it, and that it stays. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/domain/record.h"

static enum err act(struct fixture *fx, struct record **record, const char *verb,
		    const char *actor, const char *args, const struct record *near,
		    struct error *err)
{
	struct act one = fixture_act_of(fx, KIND_RECORD, verb, actor, args);
	const void *nears[1] = { near };
	struct state state = { .entity = *record, .serial = 12, .near = nears, .n_near = 1 };
	struct moment moment = { fx->now, fx->now };
	struct decision decision;
	enum err code;

	if (*record != NULL)
		one.target.id = (*record)->head.id;
	code = decide(&fx->rules, &state, &one, &moment, &fx->arena, &decision, err);
	if (code != ERR_OK)
		return code;
	if (*record == NULL)
		*record = entity_new(KIND_RECORD, &one.target.id, &fx->arena);
	for (size_t i = 0; i < decision.n_effects; i++)
		assert_int_equal(evolve(*record, &decision.effects[i], 1, &fx->arena, NULL), ERR_OK);
	fx->now += MINUTE_MS;
	return ERR_OK;
}

/* ---- writing; now is 2026-11-23 10:00 ---- */

static const struct {
	const char *actor, *args;
	enum err code;
	const char *words;
	const char *sort;
	bool late, open;
} entries[] = {
	{ "duty", "title=备勤车加油", ERR_OK, "", "note", false, false },
	{ "duty", "title=大雾\nhappened_at=2026-11-23 09:46", ERR_OK, "", "note", false, false },
	{ "duty", "title=大雾\nhappened_at=2026-11-23 09:44", ERR_OK, "", "note", true, false },
	{ "duty", "title=大雾\nhappened_at=2026-11-23 10:05", ERR_OK, "", "note", false, false },
	{ "duty", "title=大雾\nhappened_at=2026-11-23 10:06", ERR_INPUT, "still to come", "", false, false },
	{ "duty", "title=市值班室来电\nsort=call\nparty=市值班室", ERR_OK, "", "call", false, false },
	{ "duty", "title=叫应\nsort=call\nrung_org=青龙街道\nrung_post=main", ERR_OK, "", "call", false, false },
	{ "duty", "title=叫应\nsort=call\nrung_org=某街道", ERR_INPUT, "no organisation", "", false, false },
	{ "duty", "title=来电\nsort=call\nproposed=转水务局", ERR_OK, "", "call", false, true },
	{ "duty", "title=督查通知\nsort=paper\npaper_no=常政办〔2026〕7号", ERR_OK, "", "paper", false, true },
	{ "duty", "title=请回复\nsort=note\ndue=2026-11-23 12:00", ERR_OK, "", "note", false, true },
	{ "duty", "title=请回复\ndue=2026-11-23 09:00", ERR_INPUT, "before it happened", "", false, false },
	{ "duty", "title=外出\nsort=outing", ERR_INPUT, "which leader", "", false, false },
	{ "duty", "title=外出\nsort=outing\nparty=王建国\nto_at=2026-11-25 18:00", ERR_OK, "", "outing", false, true },
	{ "duty", "title=外出\nsort=outing\nleader=王建国\nfrom_at=2026-11-25 18:00\nto_at=2026-11-24 18:00",
	  ERR_INPUT, "behind the beginning", "", false, false },
	{ "duty", "title=巡查机房\nsort=round", ERR_OK, "", "round", false, false },
	{ "duty", "title=x\nsort=gossip", ERR_INPUT, "note, call, paper", "", false, false },
	{ "duty", "sort=note", ERR_INPUT, "", "", false, false },
	{ "duty", "title=x\norg=ll", ERR_DENIED, "only", "", false, false },
	{ "station", "title=x\norg=ll", ERR_OK, "", "note", false, false }, /* within it */
	{ "street", "title=x", ERR_OK, "", "note", false, false },
	{ "street", "title=x\norg=zx", ERR_DENIED, "only", "", false, false },
	{ "auditor", "title=x", ERR_DENIED, "", "", false, false },
	{ "checker", "title=x", ERR_DENIED, "", "", false, false },
	{ "stranger", "title=x", ERR_INPUT, "no organisation", "", false, false },
	{ "duty", "title=x\ncorrects=nothing", ERR_INPUT, "to correct", "", false, false },
};

static void what_may_be_written(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(entries); i++) {
		struct fixture fx;
		struct record *record = NULL;
		struct error err = ERROR_INIT;
		enum err code;

		fixture_init(&fx);
		code = act(&fx, &record, "log", entries[i].actor, entries[i].args, NULL, &err);
		if (code != entries[i].code || strstr(err.text, entries[i].words) == NULL)
			fail_msg("entry %zu: %d \"%s\"", i, (int)code, err.text);
		if (code == ERR_OK &&
		    (strcmp(record->sort, entries[i].sort) != 0 || record->late != entries[i].late ||
		     record->open != entries[i].open ||
		     strcmp(record->number, "20261123-R012") != 0))
			fail_msg("entry %zu: %s %s late %d open %d", i, record->number, record->sort,
				 (int)record->late, (int)record->open);
		fixture_release(&fx);
	}
}

static void a_late_entry_has_both_moments(void **unused)
{
	struct fixture fx;
	struct record *record = NULL;

	(void)unused;
	fixture_init(&fx);
	assert_int_equal(act(&fx, &record, "log", "duty",
			     "title=停电\nhappened_at=2026-11-23 03:10", NULL, NULL),
			 ERR_OK);
	assert_true(record->happened_at == fixture_time("2026-11-23 03:10"));
	assert_true(record->written_at == fixture_time("2026-11-23 10:00"));
	assert_string_equal(record->by, "李敏");
	fixture_release(&fx);
}

/* ---- what becomes of it ---- */

static const struct {
	const char *sort, *before; /* verbs done before: s i p f b */
	const char *verb, *actor, *args;
	enum err code;
	const char *words, *step;
} steps[] = {
	{ "paper", "", "submit", "duty", "proposed=转水务局", ERR_OK, "", "proposed" },
	{ "paper", "s", "instruct", "duty", "leader=王建国\ninstructed=同意", ERR_OK, "", "instructed" },
	{ "paper", "si", "pass_on", "other", "told=水务局值班室", ERR_OK, "", "passed_on" },
	{ "paper", "sip", "fulfil", "other", "outcome=已回复", ERR_OK, "", "done" },
	{ "call", "", "fulfil", "other", "outcome=已答复", ERR_OK, "", "done" },
	/* what was written stays */
	{ "paper", "s", "submit", "duty", "proposed=转住建局", ERR_REFUSED, "another entry", "" },
	{ "paper", "i", "instruct", "duty", "leader=王\ninstructed=缓", ERR_REFUSED, "another entry", "" },
	{ "paper", "p", "pass_on", "duty", "told=x", ERR_REFUSED, "already", "" },
	{ "paper", "f", "fulfil", "duty", "outcome=x", ERR_REFUSED, "dealt with already (11-23 10:01)", "" },
	{ "paper", "", "back", "duty", NULL, ERR_REFUSED, "does not apply", "" },
	{ "outing", "", "fulfil", "duty", "outcome=x", ERR_REFUSED, "does not apply", "" },
	{ "outing", "", "back", "duty", NULL, ERR_OK, "", "back" },
	{ "outing", "", "back", "duty", "back_at=2026-11-23 18:00", ERR_INPUT, "still to come", "" },
	{ "outing", "b", "back", "duty", NULL, ERR_REFUSED, "back already", "" },
	/* whose */
	{ "paper", "", "submit", "street", "proposed=x", ERR_DENIED, "only", "" },
	{ "paper", "", "fulfil", "auditor", "outcome=x", ERR_DENIED, "", "" },
	{ "paper", "", "log", "duty", "title=x", ERR_EXISTS, "", "" },
};

static void done_before(struct fixture *fx, struct record **record, char verb)
{
	static const struct {
		char key;
		const char *verb, *args;
	} all[] = {
		{ 's', "submit", "proposed=转水务局" },
		{ 'i', "instruct", "leader=王建国\ninstructed=同意" },
		{ 'p', "pass_on", "told=水务局" },
		{ 'f', "fulfil", "outcome=办了" },
		{ 'b', "back", NULL },
	};

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (all[i].key == verb)
			assert_int_equal(act(fx, record, all[i].verb, "duty", all[i].args, NULL, NULL),
					 ERR_OK);
}

static void what_becomes_of_it(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		struct fixture fx;
		struct record *record = NULL;
		struct error err = ERROR_INIT;
		char args[100];
		enum err code;

		fixture_init(&fx);
		snprintf(args, sizeof args, "title=x\nsort=%s\nparty=王建国", steps[i].sort);
		assert_int_equal(act(&fx, &record, "log", "duty", args, NULL, &err), ERR_OK);
		for (const char *b = steps[i].before; *b != '\0'; b++)
			done_before(&fx, &record, *b);
		code = act(&fx, &record, steps[i].verb, steps[i].actor, steps[i].args, NULL, &err);
		if (code != steps[i].code || strstr(err.text, steps[i].words) == NULL)
			fail_msg("step %zu: %d \"%s\"", i, (int)code, err.text);
		if (code == ERR_OK) {
			assert_string_equal(record_step(record), steps[i].step);
			assert_int_equal(record->open, strcmp(steps[i].step, "done") != 0 &&
							       strcmp(steps[i].step, "back") != 0);
		}
		fixture_release(&fx);
	}
}

static void a_correction_is_another_entry(void **unused)
{
	struct fixture fx;
	struct record *wrong = NULL, *right = NULL, *other = NULL;
	struct error err = ERROR_INIT;
	char args[200], id[UUID_TEXT];

	(void)unused;
	fixture_init(&fx);
	assert_int_equal(act(&fx, &wrong, "log", "duty", "title=停电三户", NULL, &err), ERR_OK);
	uuid_text(&wrong->head.id, id);
	snprintf(args, sizeof args, "title=更正：停电十三户\ncorrects=%s", id);
	assert_int_equal(act(&fx, &right, "log", "duty", args, wrong, &err), ERR_OK);
	assert_string_equal(right->corrects, id);
	assert_string_equal(wrong->title, "停电三户");
	/* not that of another log */
	assert_int_equal(act(&fx, &other, "log", "street", args, wrong, &err), ERR_DENIED);
	fixture_release(&fx);
}

static void no_sort_is_without_a_name(void **unused)
{
	(void)unused;
	for (int i = 0; i < RECORD_SORTS; i++) {
		assert_int_equal(record_sort_find(record_sort_code((enum record_sort)i)), i);
		assert_string_not_equal(record_sort_label((enum record_sort)i), "");
	}
	assert_int_equal(record_sort_find("gossip"), RECORD_SORTS);
	assert_int_equal(record_sort_find(NULL), RECORD_SORTS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_may_be_written),
		cmocka_unit_test(a_late_entry_has_both_moments),
		cmocka_unit_test(what_becomes_of_it),
		cmocka_unit_test(a_correction_is_another_entry),
		cmocka_unit_test(no_sort_is_without_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
