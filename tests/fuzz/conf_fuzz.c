/* Any bytes as a configuration: read, or refused with a line; what the check passes libconfuse
 * reads too, and nothing of one text is left for the next. */
#include <config.h>

#include <string.h>

#include "fuzz.h"
#include "zhiban/base/conf.h"
#include "zhiban/base/str.h"
#include "zhiban/base/text.h"

static const struct conf_spec inner[] = {
	{ "limit", CONF_STR, CONF_REQUIRED, NULL, 0, 8, NULL, NULL },
	{ "n", CONF_INT, 0, "3", 1, 10, NULL, NULL },
	{ NULL, CONF_STR, 0, NULL, 0, 0, NULL, NULL },
};

static const struct conf_spec middle[] = {
	{ "label", CONF_STR, 0, NULL, 0, 0, NULL, NULL },
	{ "clock", CONF_SECTION, CONF_TITLED, NULL, 0, 0, inner, NULL },
	{ "root", CONF_SECTION, 0, NULL, 0, 0, inner, NULL },
	{ "acts", CONF_STRS, 0, "a, b", 0, 0, NULL, NULL },
	{ NULL, CONF_STR, 0, NULL, 0, 0, NULL, NULL },
};

static const struct conf_spec outer[] = {
	{ "name", CONF_STR, 0, "x", 0, 0, NULL, NULL },
	{ "n", CONF_INT, 0, NULL, 0, 0, NULL, NULL },
	{ "on", CONF_BOOL, 0, NULL, 0, 0, NULL, NULL },
	{ "list", CONF_STRS, 0, NULL, 0, 0, NULL, NULL },
	{ "step", CONF_SECTION, CONF_TITLED, NULL, 0, 0, middle, NULL },
	{ "one", CONF_SECTION, 0, NULL, 0, 0, middle, NULL },
	{ NULL, CONF_STR, 0, NULL, 0, 0, NULL, NULL },
};

static void check_section(const struct conf_section *section, int lines)
{
	const struct conf_section *child;

	CHECK(conf_line(section, NULL) >= 1 && conf_line(section, NULL) <= lines);
	CHECK(conf_line(section, "label") >= 1 && conf_line(section, "label") <= lines);
	CHECK(text_valid(conf_str(section, "label"), strlen(conf_str(section, "label"))));
	for (size_t i = 0; i < conf_count(section, "acts"); i++)
		CHECK(strlen(conf_item(section, "acts", i)) <= 4096);
	for (size_t i = 0; (child = conf_child(section, "clock", i)) != NULL; i++) {
		CHECK(conf_int(child, "n") >= 1 && conf_int(child, "n") <= 10);
		CHECK(conf_str(child, "limit")[0] != '\0' && conf_title(child)[0] != '\0');
		CHECK(strlen(conf_str(child, "limit")) <= 8);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct conf_section *root, *step;
	struct error err = ERROR_INIT;
	struct conf *conf = NULL, *next = NULL;
	int lines = 1;
	enum err code;

	for (size_t i = 0; i < size; i++)
		lines += data[i] == '\n';
	code = conf_parse("fuzz", (const char *)data, size, outer, &conf, &err);
	CHECK(code == ERR_OK || code == ERR_INPUT || code == ERR_TOO_LARGE);
	CHECK((code == ERR_OK) == (conf != NULL) && code == err.code);
	CHECK(text_valid(err.text, strlen(err.text)));
	if (code == ERR_INPUT)
		CHECK(str_starts(err.text, "fuzz:"));
	if (code == ERR_OK) {
		root = conf_root(conf);
		for (size_t i = 0; (step = conf_child(root, "step", i)) != NULL; i++)
			check_section(step, lines);
		if (conf_count(root, "one") > 0)
			check_section(conf_child(root, "one", 0), lines);
	}
	conf_free(conf);
	CHECK(conf_parse("next", "name = fine", 11, outer, &next, NULL) == ERR_OK);
	CHECK(str_eq(conf_str(conf_root(next), "name"), "fine"));
	conf_free(next);
	return 0;
}
