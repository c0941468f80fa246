/* Configuration texts: what is understood, and the sentence for each thing that is not. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <pthread.h>

#include <cmocka.h>

#include "zhiban/base/conf.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"

static const struct conf_spec clock_spec[] = {
	{ "limit", CONF_STR, CONF_REQUIRED, NULL, 0, 8, NULL, "how long" },
	{ "calendar", CONF_STR, 0, "work", 0, 0, NULL, NULL },
	{ NULL, CONF_STR, 0, NULL, 0, 0, NULL, NULL },
};

static const struct conf_spec step_spec[] = {
	{ "label", CONF_STR, 0, NULL, 0, 0, NULL, NULL },
	{ "hours", CONF_INT, 0, "4", 1, 72, NULL, "working hours" },
	{ "acts", CONF_STRS, 0, "note, close", 0, 10, NULL, NULL },
	{ "final", CONF_BOOL, 0, NULL, 0, 0, NULL, NULL },
	{ "clock", CONF_SECTION, 0, NULL, 0, 0, clock_spec, NULL },
	{ NULL, CONF_STR, 0, NULL, 0, 0, NULL, NULL },
};

static const struct conf_spec spec[] = {
	{ "name", CONF_STR, 0, "none", 0, 0, NULL, "its name, shown in the first line" },
	{ "offset", CONF_INT, 0, NULL, 0, 0, NULL, NULL },
	{ "big", CONF_BOOL, 0, "true", 0, 0, NULL, NULL },
	{ "places", CONF_STRS, 0, NULL, 0, 0, NULL, NULL },
	{ "step", CONF_SECTION, CONF_TITLED, NULL, 0, 0, step_spec, "a step of the flow" },
	{ "alarm", CONF_SECTION, 0, NULL, 0, 0, clock_spec, NULL },
	{ NULL, CONF_STR, 0, NULL, 0, 0, NULL, NULL },
};

static struct conf *parsed(const char *text)
{
	struct error err = ERROR_INIT;
	struct conf *conf = NULL;

	if (conf_parse("t.conf", text, strlen(text), spec, &conf, &err) != ERR_OK)
		fail_msg("%s", err.text);
	return conf;
}

static void values_are_read(void **state)
{
	struct conf *conf = parsed("# a comment; with $ and \" in it\n"
				   "name = \"天宁区 \\\"a\\\" \\\\ \\n\\t\"	// another\n"
				   "offset = -480 big = no\n"
				   "/* over\n"
				   " * lines */ places = { \"兰陵\", plain-word,\r\n"
				   "	\"c\",\n"
				   "}\n");
	const struct conf_section *root = conf_root(conf);

	(void)state;
	assert_string_equal(conf_str(root, "name"), "天宁区 \"a\" \\ \n\t");
	assert_int_equal(conf_int(root, "offset"), -480);
	assert_false(conf_bool(root, "big"));
	assert_int_equal(conf_count(root, "places"), 3);
	assert_string_equal(conf_item(root, "places", 0), "兰陵");
	assert_string_equal(conf_item(root, "places", 1), "plain-word");
	assert_string_equal(conf_item(root, "places", 2), "c");
	assert_int_equal(conf_line(root, "name"), 2);
	assert_int_equal(conf_line(root, "offset"), 3);
	assert_int_equal(conf_line(root, "big"), 3);
	assert_int_equal(conf_line(root, "places"), 5);
	assert_int_equal(conf_item_line(root, "places", 1), 5);
	assert_int_equal(conf_item_line(root, "places", 2), 6);
	assert_int_equal(conf_line(root, NULL), 1);
	conf_free(conf);
}

static void defaults_stand_in(void **state)
{
	struct conf *conf = parsed("step a { }\nplaces = { }");
	const struct conf_section *root = conf_root(conf), *step = conf_child(root, "step", 0);

	(void)state;
	assert_string_equal(conf_str(root, "name"), "none");
	assert_int_equal(conf_int(root, "offset"), 0);
	assert_true(conf_bool(root, "big"));
	assert_false(conf_given(root, "big"));
	assert_int_equal(conf_count(root, "places"), 0);
	assert_true(conf_given(root, "places"));
	assert_int_equal(conf_line(root, "places"), 2);
	assert_string_equal(conf_str(step, "label"), "");
	assert_int_equal(conf_int(step, "hours"), 4);
	assert_int_equal(conf_count(step, "acts"), 2);
	assert_string_equal(conf_item(step, "acts", 1), "close");
	assert_false(conf_given(step, "acts"));
	assert_int_equal(conf_count(step, "clock"), 0);
	assert_null(conf_child(step, "clock", 0));
	assert_int_equal(conf_line(step, "hours"), 1);
	conf_free(conf);
}

static void sections_keep_titles_and_lines(void **state)
{
	struct conf *conf = parsed("\n\nstep \"受理\" {\n\thours = 2\n\tclock { limit = 4h }\n}\n"
				   "alarm { limit=1h }\n"
				   "step\n\"b \\\"c\\\"\"\n{\n\nhours = 010\n}\n");
	const struct conf_section *root = conf_root(conf), *a, *b;

	(void)state;
	assert_int_equal(conf_count(root, "step"), 2);
	a = conf_child(root, "step", 0);
	b = conf_child(root, "step", 1);
	assert_null(conf_child(root, "step", 2));
	assert_string_equal(conf_title(a), "受理");
	assert_string_equal(conf_title(b), "b \"c\"");
	assert_string_equal(conf_title(root), "");
	assert_int_equal(conf_line(a, NULL), 3);
	assert_int_equal(conf_line(b, NULL), 8);
	assert_int_equal(conf_line(a, "hours"), 4);
	assert_int_equal(conf_line(b, "hours"), 12);
	assert_int_equal(conf_int(b, "hours"), 10); /* no octal numbers */
	assert_string_equal(conf_str(conf_child(a, "clock", 0), "limit"), "4h");
	assert_int_equal(conf_line(conf_child(a, "clock", 0), "limit"), 5);
	assert_string_equal(conf_str(conf_child(root, "alarm", 0), "limit"), "1h");
	assert_int_equal(conf_line(root, "alarm"), 7);
	conf_free(conf);
}

static const struct {
	const char *text, *sentence;
} mistakes[] = {
	/* words that are not in the schema */
	{ "\nnaem = x", "t.conf:2: naem: there is no such option or section; is name meant? "
			"allowed: name, offset, big, places, step, alarm" },
	{ "step a {\nhour = 3 }", "t.conf:2: hour: there is no such option or section in step; is "
				  "hours meant? allowed: label, hours, acts, final, clock" },
	{ "xyz = 3", "t.conf:1: xyz: there is no such option or section; allowed: name, offset, "
		     "big, places, step, alarm" },
	{ "include(\"/etc/passwd\")",
	  "t.conf:1: include(: nothing is called or included here" },
	{ "\"step|hours\" = 3",
	  "t.conf:1: \"step|hours\": here stands the name of an option or a section, without quotes" },
	/* the form */
	{ "name x", "t.conf:1: name: it is written name = \"TEXT\"" },
	{ "name", "t.conf:1: end of the text: behind a name stands = and a value, or a title and {" },
	{ "name =\n\n", "t.conf:3: end of the text: behind = stands a word, or a text in double "
			"quotes, or a list in { }" },
	{ "name = { a, b }", "t.conf:1: name: it is written name = \"TEXT\"" },
	{ "offset { }", "t.conf:1: offset: it is written offset = NUMBER" },
	{ "step { }", "t.conf:1: step: it is written step \"TITLE\" { ... }" },
	{ "step = 3", "t.conf:1: step: it is written step \"TITLE\" { ... }" },
	{ "alarm x { limit = 3 }", "t.conf:1: alarm: it is written alarm { ... }" },
	{ "step a b {", "t.conf:1: b: behind the title of a section stands {" },
	{ "step \"\" { }", "t.conf:1: \"\": a title must not be empty" },
	{ "places = { a b }", "t.conf:1: b: behind an item of a list stands a comma or }" },
	{ "places = { , }", "t.conf:1: ,: in a list stand words or texts in double quotes, and "
			    "commas between them" },
	{ "places += { a }", "t.conf:1: places: it is written places = { \"TEXT\", \"TEXT\" }" },
	{ "name = a\n}\n", "t.conf:2: }: there is no section open that this could end" },
	{ "\nstep a {\nhours = 3\n", "t.conf:2: step: the section that begins here has no end: } is "
				     "missing" },
	{ "@ = 3", "t.conf:1: @: this sign is not allowed outside double quotes" },
	/* characters */
	{ "name = abc;", "t.conf:1: abc;: ; is not allowed: a value ends with its line" },
	{ "name = ${HOME}", "t.conf:1: $: $ is not allowed: nothing is filled in here" },
	{ "name = \"a ${HOME}\"", "t.conf:1: \"a : $ is not allowed: nothing is filled in here" },
	{ "name = 'abc'", "t.conf:1: ': ' is not allowed: texts stand in double quotes" },
	{ "name = https://a.b", "t.conf:1: https:/: a value with # or // in it stands in double "
				"quotes" },
	{ "name = a#b", "t.conf:1: a#: a value with # or // in it stands in double quotes" },
	{ "name = 水务局", "t.conf:1: 水: what is not plain ASCII stands between double quotes, and "
			   "these are \" and no others" },
	{ "name = “a”", "t.conf:1: “: what is not plain ASCII stands between double quotes, and "
			"these are \" and no others" },
	{ "name = \"abc\nbig = no\n", "t.conf:1: \"abc: the text that begins here has no closing \" "
				      "in its line (\\n stands for a line break)" },
	{ "name = \"a\\033[2J\"", "t.conf:1: \"a\\: behind \\ only \" \\ n t are allowed" },
	{ "name = \"a\033[2J\"", "t.conf:1: \"a: control characters are not allowed" },
	{ "name = \"a\"\n\n/* never\nended", "t.conf:3: /*: the comment that begins here has no end: "
					     "*/ is missing" },
	{ "name = x\n# \xFF", "t.conf:2: 0xFF: this is not UTF-8: save the text in that encoding" },
	{ "name \xE2\x80\xAE = x", "t.conf:1: <U+202E>: what is not plain ASCII stands between "
				   "double quotes, and these are \" and no others" },
	/* values */
	{ "step a { hours = 73 }", "t.conf:1: hours: \"73\" is not allowed; it is written hours = "
				   "NUMBER (1 to 72)" },
	{ "step a {\n\nhours = \"4 \"\n}", "t.conf:3: hours: \"4 \" is not allowed; it is written "
					   "hours = NUMBER (1 to 72)" },
	{ "offset = 99999999999999999999", "t.conf:1: offset: \"99999999999999999999\" is not "
					   "allowed; it is written offset = NUMBER" },
	{ "big = maybe", "t.conf:1: big: \"maybe\" is not allowed; it is written big = true or big = "
			 "false" },
	{ "alarm { limit = 123456789 }", "t.conf:1: limit: the text has 9 bytes, at most 8 are "
					 "allowed" },
	{ "step a { acts = { ok,\n\"12345678901\" } }", "t.conf:2: acts: the text has 11 bytes, at "
							"most 10 are allowed" },
	{ "step a {\nclock { }\n}", "t.conf:2: limit: it is missing in clock; it is written limit = "
				    "\"TEXT\"" },
	{ "alarm {\nlimit = \"\" }", "t.conf:2: limit: it must not be empty" },
	/* twice */
	{ "name = a\nname = b", "t.conf:2: name: it stands here a second time, first in line 1" },
	{ "places = { }\n\nplaces = a", "t.conf:3: places: it stands here a second time, first in "
					"line 1" },
	{ "alarm { limit = 1h }\nalarm { }", "t.conf:2: alarm: it stands here a second time, first "
					     "in line 1" },
	{ "step a { } step a { }", "t.conf:1: step \"a\": it stands here a second time, first in line "
				   "1" },
	{ "step a { }\nstep b { }\nstep \"a\" { }", "t.conf:3: step \"a\": it stands here a second "
						    "time, first in line 1" },
};

static void mistakes_are_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(mistakes); i++) {
		struct error err = ERROR_INIT;
		struct conf *conf = NULL;

		assert_int_equal(conf_parse("t.conf", mistakes[i].text, strlen(mistakes[i].text), spec,
					    &conf, &err),
				 ERR_INPUT);
		assert_null(conf);
		assert_string_equal(err.text, mistakes[i].sentence);
		conf_free(parsed("name = fine")); /* nothing of it is left in the lexer */
	}
}

static void limits_hold(void **state)
{
	struct error err = ERROR_INIT;
	struct str text = STR_INIT;
	struct conf *conf = NULL;

	(void)state;
	str_add_repeat(&text, ' ', CONF_TEXT_MOST + 1);
	assert_int_equal(conf_parse("t", text.s, text.len, spec, &conf, &err), ERR_TOO_LARGE);
	str_clear(&text);
	for (int i = 0; i < 10001; i++)
		str_addf(&text, "step s%d { }\n", i);
	assert_int_equal(conf_parse("t", text.s, text.len, spec, &conf, &err), ERR_INPUT);
	assert_string_equal(err.text, "t:10001: {: there are more than 10000 sections");
	str_release(&text);
	assert_int_equal(conf_parse("t", "name = \0x", 9, spec, &conf, &err), ERR_INPUT);
	assert_string_equal(err.text, "t:1: U+0000: control characters are not allowed");
}

static void errors_of_callers_name_the_line(void **state)
{
	struct conf *conf = parsed("\nstep a {\n\thours = 3\n\tacts = { note,\n fly }\n}\n");
	const struct conf_section *step = conf_child(conf_root(conf), "step", 0);
	struct error err = ERROR_INIT;

	(void)state;
	assert_int_equal(conf_error(step, "hours", &err, "too %s", "many"), ERR_INPUT);
	assert_string_equal(err.text, "t.conf:3: too many");
	(void)conf_error(step, NULL, &err, "no good\033[m");
	assert_string_equal(err.text, "t.conf:2: no good<U+001B>[m");
	(void)conf_error(step, "final", &err, "missing");
	assert_string_equal(err.text, "t.conf:2: missing");
	(void)conf_item_error(step, "acts", 1, &err, "%s: no such act", conf_item(step, "acts", 1));
	assert_string_equal(err.text, "t.conf:5: fly: no such act");
	assert_int_equal(err.code, ERR_INPUT);
	conf_free(conf);
}

static void example_is_a_text(void **state)
{
	struct str example = STR_INIT, active = STR_INIT;
	const char *at;

	(void)state;
	conf_example(spec, &example);
	assert_non_null(strstr(example.s, "# its name, shown in the first line\n#name = \"none\"\n"));
	assert_non_null(strstr(example.s, "	# working hours (1 to 72)\n#	hours = 4\n"));
	assert_non_null(strstr(example.s, "#	acts = { \"note\", \"close\" }\n"));
	conf_free(parsed(example.s));
	/* one sign taken away from each option makes it a text that says the same */
	for (at = example.s; *at != '\0'; at += strcspn(at, "\n") + 1) {
		bool option = at[0] == '#' && at[1] != ' ';
		const char *from = option ? at + 1 : at;

		if (strstr(from, "limit = \"\"") == from + strspn(from, "\t"))
			continue; /* required: it has no default */
		str_add_bytes(&active, from, strcspn(from, "\n") + 1);
	}
	str_add(&active, "\n");
	{
		struct conf *conf = NULL;
		struct error err = ERROR_INIT;

		assert_int_equal(conf_parse("e", active.s, active.len, spec, &conf, &err),
				 ERR_INPUT);
		assert_non_null(strstr(err.text, "limit: it is missing in clock"));
	}
	str_release(&example);
	str_release(&active);
}

enum { THREADS = 4, ROUNDS = 200 };

static void *parse_often(void *arg)
{
	const char *text = arg;

	for (int i = 0; i < ROUNDS; i++) {
		struct conf *conf = NULL;

		if (conf_parse("t", text, strlen(text), spec, &conf, NULL) != ERR_OK)
			return arg;
		if (strcmp(conf_str(conf_root(conf), "name"), "threads") != 0)
			return arg;
		conf_free(conf);
	}
	return NULL;
}

static void threads_may_parse_at_once(void **state)
{
	static const char text[] = "name = threads step a { hours = 3 } places = { a, b, c }";
	pthread_t threads[THREADS];

	(void)state;
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, parse_often, (void *)text), 0);
	for (int i = 0; i < THREADS; i++) {
		void *failed;

		pthread_join(threads[i], &failed);
		assert_null(failed);
	}
}

static void what_is_required_at_the_top(void **state)
{
	static const struct conf_spec top[] = {
		{ "list", CONF_STRS, CONF_REQUIRED, NULL, 0, 0, NULL, NULL },
		{ "part", CONF_SECTION, CONF_REQUIRED | CONF_TITLED, NULL, 0, 0, clock_spec, NULL },
		{ NULL, CONF_STR, 0, NULL, 0, 0, NULL, NULL },
	};
	static const struct {
		const char *text, *sentence;
	} cases[] = {
		{ "", "t:1: list: it is missing; it is written list = { \"TEXT\", \"TEXT\" }" },
		{ "\nlist = { }", "t:2: list: it must not be empty" },
		{ "list = { a,\n\"\" }", "t:2: list: it must not be empty" },
		{ "list = a", "t:1: part: it is missing; it is written part \"TITLE\" { ... }" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct error err = ERROR_INIT;
		struct conf *conf = NULL;

		assert_int_equal(conf_parse("t", cases[i].text, strlen(cases[i].text), top, &conf,
					    &err),
				 ERR_INPUT);
		assert_string_equal(err.text, cases[i].sentence);
	}
}

static void files_are_read(void **state)
{
	struct error err = ERROR_INIT;
	struct conf *conf = NULL;

	(void)state;
	assert_int_equal(conf_read("/nonexistent/zhiban.conf", spec, &conf, &err), ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, "/nonexistent/zhiban.conf"));
	assert_null(conf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_read),
		cmocka_unit_test(defaults_stand_in),
		cmocka_unit_test(sections_keep_titles_and_lines),
		cmocka_unit_test(mistakes_are_named),
		cmocka_unit_test(limits_hold),
		cmocka_unit_test(errors_of_callers_name_the_line),
		cmocka_unit_test(example_is_a_text),
		cmocka_unit_test(threads_may_parse_at_once),
		cmocka_unit_test(what_is_required_at_the_top),
		cmocka_unit_test(files_are_read),
	};

	return cmocka_run_group_tests_name("base/conf", tests, NULL, NULL);
}
