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

static bool bulk_of_some_kind(const struct ui_command *command)
{
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		const struct act_desc *act = command_act_of(command, (enum kind)kind);

		if (act && act->flags & ACT_BULK)
			return true;
	}
	return false;
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
		assert_true(!(command->needs & CMD_MARKS) || bulk_of_some_kind(command));
	}
}

/* Every act of an officer on an incident, a whistle, a swap, a person of a roster, a meeting, an item, a
 * task or a room has a command;
 * of rosters all but setting seats, which the grid does. */
static void test_every_act_has_a_command(void **state)
{
	static const bool has[KIND_COUNT] = { [KIND_INCIDENT] = true, [KIND_WHISTLE] = true,
					      [KIND_STAFF] = true,    [KIND_ROSTER] = true,
					      [KIND_SWAP] = true,     [KIND_MEETING] = true,
					      [KIND_ITEM] = true,     [KIND_ACTION] = true,
					      [KIND_ROOM] = true };

	(void)state;
	for (size_t i = 0; i < act_desc_count(); i++) {
		const struct act_desc *act = act_desc_at(i);

		if (has[act->target] && !(act->flags & (ACT_SYSTEM | ACT_SELF)) &&
		    act != act_desc_of(KIND_ROSTER, "roster"))
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

/* An act of several kinds has a command of its own where its letter means something else. */
static void test_own_words(void **state)
{
	static const struct {
		enum kind kind;
		const char *verb;
		enum cmd cmd;
	} cases[] = {
		{ KIND_SWAP, "accept", CMD_agree },	{ KIND_INCIDENT, "accept", CMD_accept },
		{ KIND_SWAP, "approve", CMD_permit },	{ KIND_WHISTLE, "approve", CMD_approve },
		{ KIND_STAFF, "fix", CMD_adjust },	{ KIND_INCIDENT, "fix", CMD_correct },
		{ KIND_ROSTER, "chase", CMD_chase },	{ KIND_SWAP, "countersign", CMD_endorse },
		{ KIND_MEETING, "chase", CMD_chase },	{ KIND_ITEM, "chase", CMD_chase },
		{ KIND_MEETING, "approve", CMD_ratify }, { KIND_ITEM, "approve", CMD_ratify },
		{ KIND_MEETING, "fix", CMD_correct },	{ KIND_ITEM, "fix", CMD_correct },
		{ KIND_ACTION, "fix", CMD_correct },	{ KIND_ACTION, "sign", CMD_sign },
		{ KIND_MEETING, "sign", CMD_undersign }, { KIND_MEETING, "issue", CMD_publish },
		{ KIND_ITEM, "drop", CMD_strike },	{ KIND_ACTION, "verify_no", CMD_rework },
		{ KIND_ACTION, "withdraw", CMD_withdraw }, { KIND_MEETING, "call", CMD_phone },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct act_desc *act = act_desc_of(cases[i].kind, cases[i].verb);

		assert_non_null(act);
		assert_ptr_equal(command_of_act(act), command_at(cases[i].cmd));
	}
	assert_null(command_act_of(command_at(CMD_decline), KIND_SWAP));
}

/* A letter does another act where its own cannot be done: both ways. */
static void test_letters(void **state)
{
	static const struct {
		enum kind kind;
		const char *verb;
		enum cmd cmd;
	} cases[] = {
		{ KIND_MEETING, "sign", CMD_reply },	{ KIND_MEETING, "grant", CMD_ratify },
		{ KIND_MEETING, "insist", CMD_sendback }, { KIND_ACTION, "feedback", CMD_handle },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const struct act_desc *act = act_desc_of(cases[i].kind, cases[i].verb);
		const struct ui_command *command = command_letter(act);
		bool found = false;

		assert_non_null(act);
		assert_ptr_equal(command, command_at(cases[i].cmd));
		assert_true(*command->keys != '\0');
		for (size_t k = 0; command_other(command, cases[i].kind, k); k++)
			found |= command_other(command, cases[i].kind, k) == act;
		assert_true(found);
	}
	assert_null(command_letter(act_desc_find("sign")));
	assert_null(command_letter(NULL));
	assert_null(command_other(command_at(CMD_reply), KIND_ITEM, 0));
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
		cmocka_unit_test(test_own_words),
		cmocka_unit_test(test_letters),
		cmocka_unit_test(test_every_command_has_help),
	};

	return cmocka_run_group_tests_name("views/command", tests, NULL, NULL);
}
