/* The tables and what walks them: fields, kinds, acts and their arguments. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fixture.h"
#include "zhiban/base/mem.h"

static const struct {
	const char *field, *words;
	int64_t num;	    /* for those that are numbers */
	const char *text;   /* for texts; "-": empty */
	const char *error;  /* part of the sentence; NULL: fine */
} words[] = {
	{ "title", "路面塌陷", 0, "路面塌陷", NULL },
	{ "title", "", 0, "-", NULL },
	{ "title", "\xff", 0, NULL, "UTF-8" },
	{ "urgency", "1", 1, NULL, NULL },
	{ "urgency", "3", 3, NULL, NULL },
	{ "urgency", "4", 0, NULL, "1 to 3" },
	{ "urgency", "0", 0, NULL, "1 to 3" },
	{ "urgency", "x", 0, NULL, "Urgency" },
	{ "urgency", "", 0, NULL, NULL },
	{ "hard", "yes", 1, NULL, NULL },
	{ "hard", "true", 1, NULL, NULL },
	{ "hard", "no", 0, NULL, NULL },
	{ "hard", "maybe", 0, NULL, "neither yes nor no" },
	{ "reworks", "12", 12, NULL, NULL },
	{ "reworks", "-1", 0, NULL, "whole number" },
	{ "lat", "31.7719", 31771900, NULL, NULL },
	{ "lat", "-0.5", -500000, NULL, NULL },
	{ "lat", "31", 31000000, NULL, NULL },
	{ "lon", "119.97345678", 119973456, NULL, NULL },
	{ "lon", "180", 180000000, NULL, NULL },
	{ "lon", "180.000001", 0, NULL, "degrees" },
	{ "lon", "1e3", 0, NULL, "degrees" },
	{ "lon", ".5", 0, NULL, "degrees" },
	{ "lon", "99999999999999999999", 0, NULL, "degrees" },
	{ "occurred_at", "2026-11-22T02:41:00+08:00", INT64_C(1795286460000), NULL, NULL },
	{ "occurred_at", "2026-11-22 02:41", INT64_C(1795286460000), NULL, NULL },
	{ "occurred_at", "gestern", 0, NULL, "Occurred" },
};

static void words_become_values(void **state)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		const struct field *field = field_find(kind->fields, kind->n_fields, words[i].field);
		struct value value = { .num = -77 };
		struct error err = ERROR_INIT;
		enum err code = field_parse(field, words[i].words, 480, &arena, &value, &err);

		if (words[i].error != NULL) {
			assert_int_equal(code, ERR_INPUT);
			if (strstr(err.text, words[i].error) == NULL)
				fail_msg("%s=%s: %s", words[i].field, words[i].words, err.text);
			assert_int_equal(value.num, -77); /* untouched */
			continue;
		}
		if (code != ERR_OK)
			fail_msg("%s=%s: %s", words[i].field, words[i].words, err.text);
		if (words[i].text == NULL)
			assert_int_equal(value.num, words[i].num);
		else if (strcmp(words[i].text, "-") == 0)
			assert_false(value_is_set(value));
		else
			assert_string_equal(value.text, words[i].text);
	}
	arena_release(&arena);
}

static void long_text_is_refused_not_cut(void **state)
{
	const struct kind_desc *kind = kind_desc(KIND_INCIDENT);
	const struct field *field = field_find(kind->fields, kind->n_fields, "title");
	struct arena arena = ARENA_INIT;
	struct value value;
	struct error err = ERROR_INIT;
	char text[3 * 201 + 1] = "";

	(void)state;
	for (int i = 0; i < 200; i++)
		memcpy(text + 3 * i, "水", 4);
	assert_int_equal(field_parse(field, text, 0, &arena, &value, &err), ERR_OK);
	assert_int_equal(strlen(value.text), 600);
	memcpy(text + 600, "水", 4);
	assert_int_equal(field_parse(field, text, 0, &arena, &value, &err), ERR_INPUT);
	assert_non_null(strstr(err.text, "201 characters are too many, at most 200"));
	arena_release(&arena);
}

static void names_are_unique(const struct field *fields, size_t n, size_t size)
{
	for (size_t i = 0; i < n; i++) {
		assert_true(fields[i].offset < size);
		for (size_t j = 0; j < i; j++) {
			assert_string_not_equal(fields[i].name, fields[j].name);
			assert_string_not_equal(fields[i].json, fields[j].json);
			assert_string_not_equal(fields[i].sql, fields[j].sql);
			assert_int_not_equal(fields[i].offset, fields[j].offset);
		}
	}
}

static void tables_are_sound(void **state)
{
	(void)state;
	for (int k = 0; k < KIND_COUNT; k++) {
		const struct kind_desc *kind = kind_desc(k);
		assert_int_equal(kind->kind, k);
		assert_ptr_equal(kind_find(kind->name), kind);
		assert_ptr_equal(kind_find(kind->plural), kind);
		names_are_unique(kind->fields, kind->n_fields, kind->size);
	}
	for (int c = 0; c < CHILD_COUNT; c++) {
		const struct child_desc *desc = child_desc(c);
		assert_int_equal(desc->child, c);
		assert_ptr_equal(child_find(desc->name), desc);
		names_are_unique(desc->fields, desc->n_fields, desc->size);
	}
	assert_null(kind_find("dragon"));
	assert_null(child_find("dragon"));
	/* not what whistles, people, rosters, handovers, meetings and rooms have */
	assert_int_equal(kind_desc(KIND_INCIDENT)->n_slots, CHILD_COUNT - 15);
}

/* Every field can be written and read back without touching its neighbours. */
static void fields_do_not_overlap(void **state)
{
	struct arena arena = ARENA_INIT;
	struct uuid id = uuid_named("x");

	(void)state;
	for (int k = 0; k < KIND_COUNT; k++) {
		const struct kind_desc *kind = kind_desc(k);
		void *entity = entity_new(k, &id, &arena);
		char text[24];

		for (size_t i = 0; i < kind->n_fields; i++) {
			snprintf(text, sizeof text, "t%zu", i);
			field_set(&kind->fields[i], entity,
				  (struct value){ field_is_text(&kind->fields[i]), (int64_t)i + 1, text },
				  &arena);
		}
		for (size_t i = 0; i < kind->n_fields; i++) {
			struct value value = field_get(&kind->fields[i], entity);
			snprintf(text, sizeof text, "t%zu", i);
			if (value.is_text)
				assert_string_equal(value.text, text);
			else
				assert_int_equal(value.num, i + 1);
		}
		assert_true(uuid_eq(&((struct entity *)entity)->id, &id));
	}
	arena_release(&arena);
}

static void every_act_has_its_arguments(void **state)
{
	(void)state;
	for (size_t i = 0; i < act_desc_count(); i++) {
		const struct act_desc *desc = act_desc_at(i);
		struct act_arg args[ACT_ARGS_MAX];
		size_t n = act_args(desc, args), words_n = 1;

		assert_ptr_equal(act_desc_of(desc->target, desc->verb), desc);
		if (desc->alias[0] != '\0')
			assert_ptr_equal(act_desc_of(desc->target, desc->alias), desc);
		if (strcmp(desc->inverse, "none") != 0)
			assert_non_null(act_desc_of(desc->target, desc->inverse));
		/* a verb alone is the incident's, where there is one of it */
		if (act_desc_of(KIND_INCIDENT, desc->verb) != NULL)
			assert_int_equal(act_desc_find(desc->verb)->target, KIND_INCIDENT);
		for (const char *s = desc->args; *s != '\0'; s++)
			words_n += *s == ' ';
		assert_true(n >= words_n); /* each word of the table was understood */
		assert_true(n < ACT_ARGS_MAX);
		for (size_t a = 0; a < n; a++)
			assert_ptr_equal(act_arg_field(desc, args[a].field->name), args[a].field);
	}
	assert_null(act_desc_find("dance"));
	assert_null(act_desc_find(""));
	assert_null(act_arg_field(act_desc_find("sign"), "title"));
}

static void arguments_say_what_they_are(void **state)
{
	struct act_arg args[ACT_ARGS_MAX];
	size_t n = act_args(act_desc_find("register"), args);
	bool title = false, phone = false, attr = false;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		const char *name = args[i].field->name;
		if (strcmp(name, "title") == 0)
			title = args[i].required && !args[i].repeat;
		if (strcmp(name, "phone") == 0)
			phone = !args[i].required;
		if (strcmp(name, "attr") == 0)
			attr = args[i].repeat;
		assert_string_not_equal(name, "step"); /* of rules alone */
	}
	assert_true(title && phone && attr);
}

static const struct {
	const char *verb, *args, *error;
} given[] = {
	{ "assign", "holder=sw\nassist=zj\nassist=ll", NULL },
	{ "assign", "assist=zj", "Holder is missing" },
	{ "assign", "holder=sw\nholder=zj", "Holder is given twice" },
	{ "note", "", "Note is missing" },
	{ "note", "note=", "Note is missing" },
	{ "sign", "", NULL },
};

static void arguments_are_checked(void **state)
{
	struct fixture fx;

	(void)state;
	fixture_init(&fx);
	for (size_t i = 0; i < ARRAY_LEN(given); i++) {
		struct act act = fixture_act(&fx, given[i].verb, NULL, "duty", given[i].args);
		struct error err = ERROR_INIT;
		enum err code = act_check(&act, &err);

		assert_int_equal(code, given[i].error != NULL ? ERR_INPUT : ERR_OK);
		if (given[i].error != NULL)
			assert_string_equal(err.text, given[i].error);
	}
	fixture_release(&fx);
}

static void outside_arguments_are_checked(void **state)
{
	const struct act_desc *assign = act_desc_find("assign"), *reg = act_desc_find("register");
	const struct field *holder = act_arg_field(assign, "holder");
	const struct field *title = act_arg_field(reg, "title"), *urgency = act_arg_field(reg, "urgency");
	struct arena arena = ARENA_INIT;
	struct act act = { .desc = assign };
	struct error err = ERROR_INIT;
	char text[1000];

	(void)state;
	act_give(&act, holder, (struct value){ .num = 5 }, &arena);
	assert_int_equal(act_check(&act, &err), ERR_INPUT); /* a number where a text belongs */
	act = (struct act){ .desc = assign };
	act_give(&act, title, (struct value){ .is_text = true, .text = "x" }, &arena);
	assert_int_equal(act_check(&act, &err), ERR_INPUT);
	assert_string_equal(err.text, "Assign takes no argument Title");
	act = (struct act){ .desc = reg };
	act_give(&act, title, (struct value){ .is_text = true, .text = "x\xff" }, &arena);
	assert_int_equal(act_check(&act, &err), ERR_INPUT);
	act = (struct act){ .desc = reg };
	memset(text, 'a', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	act_give(&act, title, (struct value){ .is_text = true, .text = text }, &arena);
	assert_int_equal(act_check(&act, &err), ERR_INPUT);
	act = (struct act){ .desc = reg };
	act_give(&act, title, (struct value){ .is_text = true, .text = "x" }, &arena);
	act_give(&act, urgency, (struct value){ .num = 7 }, &arena);
	assert_int_equal(act_check(&act, &err), ERR_INPUT);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_become_values),
		cmocka_unit_test(long_text_is_refused_not_cut),
		cmocka_unit_test(tables_are_sound),
		cmocka_unit_test(fields_do_not_overlap),
		cmocka_unit_test(every_act_has_its_arguments),
		cmocka_unit_test(arguments_say_what_they_are),
		cmocka_unit_test(arguments_are_checked),
		cmocka_unit_test(outside_arguments_are_checked),
	};

	return cmocka_run_group_tests_name("domain/field", tests, NULL, NULL);
}
