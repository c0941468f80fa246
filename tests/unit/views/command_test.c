#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/mem.h"
#include "zhiban/ui/keymap.h"
#include "zhiban/views/command.h"

static void test_keys_fit_together(void **state)
{
	struct error err = ERROR_INIT;
	struct keymap *keymap;

	(void)state;
	assert_int_equal(keymap_new(commands(), &keymap, &err), ERR_OK);
	keymap_free(keymap);
}

/* A verb in the table is an act, and the command's name leads to it. */
static void test_acts(void **state)
{
	static const char *const verbs[] = {
#define C(word, set, key, need, verb, sentence) [CMD_##word] = verb,
#include "zhiban/views/command.def"
#undef C
	};

	(void)state;
	for (size_t i = 0; i < commands()->n; i++) {
		const struct ui_command *command = &commands()->items[i];
		const struct act_desc *act = command_act(command);

		assert_int_equal(command->id, i);
		assert_ptr_equal(ui_command_find(commands(), command->name), command);
		if (!*verbs[i]) {
			assert_null(act);
			continue;
		}
		assert_non_null(act);
		assert_string_equal(act->verb, verbs[i]);
		assert_ptr_equal(command_of_act(act), command);
		assert_true(!(command->needs & CMD_MARKS) || act->flags & ACT_BULK);
	}
}

/* Every act of an officer on an incident or a whistle has a command. */
static void test_every_act_has_a_command(void **state)
{
	(void)state;
	for (size_t i = 0; i < act_desc_count(); i++) {
		const struct act_desc *act = act_desc_at(i);

		if ((act->target == KIND_INCIDENT || act->target == KIND_WHISTLE) &&
		    !(act->flags & (ACT_SYSTEM | ACT_SELF)))
			assert_non_null(command_of_act(act));
	}
	assert_null(command_of_act(NULL));
}

/* The same letter for the same act, whichever kind it is done to. */
static void test_of_a_kind(void **state)
{
	static const struct {
		enum cmd cmd;
		const char *incident, *whistle; /* NULL: none of that kind */
	} cases[] = {
		{ CMD_sign, "sign", "sign" },	      { CMD_verify, "verify_ok", "verify_ok" },
		{ CMD_correct, "fix", "revise" },     { CMD_phone, "call", "call" },
		{ CMD_assign, "assign", NULL },	      { CMD_report_in, NULL, "report_in" },
		{ CMD_blow, NULL, "blow" },	      { CMD_matrix, NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct ui_command *command = command_at(cases[i].cmd);
		const struct act_desc *act = command_act_of(command, KIND_INCIDENT);

		assert_string_equal(act ? act->verb : "-",
				    cases[i].incident ? cases[i].incident : "-");
		act = command_act_of(command, KIND_WHISTLE);
		assert_string_equal(act ? act->verb : "-",
				    cases[i].whistle ? cases[i].whistle : "-");
		assert_true(!act || act->target == KIND_WHISTLE);
		assert_true(!act || command_of_act(act) == command);
	}
}

static void test_every_command_has_help(void **state)
{
	(void)state;
	for (size_t i = 0; i < commands()->n; i++)
		assert_true(strlen(commands()->items[i].help) > 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keys_fit_together),
		cmocka_unit_test(test_acts),
		cmocka_unit_test(test_every_act_has_a_command),
		cmocka_unit_test(test_of_a_kind),
		cmocka_unit_test(test_every_command_has_help),
	};

	return cmocka_run_group_tests_name("views/command", tests, NULL, NULL);
}
