/* What u can do about the last act: take it back, do its opposite, or say that there is none. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/undo.h"

struct stage {
	struct world world;
	struct client *client;
};

static void do_it(struct stage *stage, const struct uuid *id, const char *verb, const char *arg,
		  const char *words)
{
	const struct act_desc *act = act_desc_find(verb);
	struct given given = { arg ? act_arg_field(act, arg) : NULL,
			       { .is_text = true, .text = words } };
	struct client_change change;
	struct client_done done;

	assert_int_equal(client_act(stage->client, act, id, &given, arg != NULL, &done, NULL), ERR_OK);
	assert_int_equal(client_poll(stage->client, &change, NULL), ERR_OK);
}

static void admit(struct stage *stage)
{
	struct client_change change;

	assert_true(world_change(&stage->world, "judged"));
	assert_int_equal(client_poll(stage->client, &change, NULL), ERR_OK);
}

/* Verb of the inverse; "back" when it is taken back; "" refused; "none" nothing was done. */
static const char *undone(struct stage *stage, const struct uuid *id, struct error *err)
{
	struct undo undo;
	enum err code = undo_find(stage->client, id, &undo, err);

	if (code == ERR_NOT_FOUND)
		return "none";
	if (code != ERR_OK)
		return "";
	return undo.inverse ? undo.inverse->verb : "back";
}

static void test_by_what_became_of_it(void **state)
{
	struct stage stage = { .client = NULL };
	struct uuid noise = uuid_named("noise"), water = uuid_named("water"), gone = uuid_named("x");
	struct error err = ERROR_INIT;

	(void)state;
	assert_true(world_make(&stage.world, "board"));
	assert_int_equal(client_open(&(struct client_options){ .dir = stage.world.dir,
							       .env = &stage.world.env },
				     &stage.client, NULL),
			 ERR_OK);
	do_it(&stage, &noise, "note", "note", "一句话");
	assert_string_equal(undone(&stage, &noise, &err), "back");
	assert_string_not_equal(undone(&stage, &water, &err), "back"); /* not of this one */
	admit(&stage);
	assert_string_equal(undone(&stage, &noise, &err), ""); /* a note has no opposite */
	assert_non_null(strstr(err.text, "opposite"));
	do_it(&stage, &noise, "accept", NULL, NULL);
	admit(&stage);
	do_it(&stage, &noise, "assign", "holder", "chengguan");
	assert_string_equal(undone(&stage, &noise, &err), "back");
	admit(&stage);
	assert_string_equal(undone(&stage, &noise, &err), "recall");
	do_it(&stage, &noise, "recall", "reason", "派错了");
	admit(&stage);
	assert_string_equal(undone(&stage, &noise, &err), ""); /* and a recall has none */
	assert_string_equal(undone(&stage, &gone, &err), "none");
	client_close(stage.client);
	world_free(&stage.world);
}

static void test_every_inverse_is_an_act(void **state)
{
	(void)state;
	for (size_t i = 0; i < act_desc_count(); i++) {
		const struct act_desc *act = act_desc_at(i);

		if (strcmp(act->inverse, "none") != 0 && !undo_inverse(act))
			fail_msg("%s: %s", act->verb, act->inverse);
	}
	assert_string_equal(undo_inverse(act_desc_find("pause"))->verb, "resume");
	assert_null(undo_inverse(act_desc_find("note")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_by_what_became_of_it),
		cmocka_unit_test(test_every_inverse_is_an_act),
	};

	return cmocka_run_group_tests_name("model/undo", tests, NULL, NULL);
}
