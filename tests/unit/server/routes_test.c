/* The routes that consoles may use and the paths of schema/openapi.yaml are the same. */
#include "server_help.h"

/* "/v1/profile/{hash}" as a path that a request could have. */
static void example_of(const char *pattern, size_t len, char *path, size_t size)
{
	size_t at = 0;

	for (size_t i = 0; i < len && at + 2 < size; i++) {
		if (pattern[i] == '{') {
			path[at++] = 'x';
			i += strcspn(pattern + i, "}");
		} else {
			path[at++] = pattern[i];
		}
	}
	path[at] = '\0';
}

static void test_documented(void **state)
{
	static const char *const methods[] = { "get", "post", "delete", "put", "head" };
	struct world *world = *state;
	const char *top = getenv("ZHIBAN_SRCDIR");
	struct str text = STR_INIT;
	char file[512], path[200] = "", method[16];
	size_t paths = 0, operations = 0;

	snprintf(file, sizeof file, "%s/schema/openapi.yaml", top != NULL ? top : ".");
	OK(file_read(file, 1024 * 1024, &text, NULL));
	for (const char *line = text.s; *line != '\0'; line += strcspn(line, "\n") + 1) {
		size_t len = strcspn(line, "\n");

		if (str_starts(line, "components:"))
			break;
		if (str_starts(line, "  /")) {
			example_of(line + 2, len - 3, path, sizeof path);
			paths++;
		}
		for (size_t i = 0; i < ARRAY_LEN(methods); i++) {
			size_t n = strlen(methods[i]);

			if (!str_starts(line, "    ") || strncmp(line + 4, methods[i], n) != 0 ||
			    line[4 + n] != ':')
				continue;
			for (size_t k = 0; k <= n; k++)
				method[k] = (char)(methods[i][k] >= 'a' ? methods[i][k] - 32 : '\0');
			operations++;
			if (!service_route_known(method, path))
				fail_msg("%s %s is documented, but there is no such route", method,
					 path);
		}
	}
	assert_true(paths > 5);
	assert_int_equal(operations, service_route_count());
	str_release(&text);
	(void)world;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_documented, world_make, world_free),
	};

	return cmocka_run_group_tests_name("server routes", tests, NULL, NULL);
}
