/* What the head of a request may be, line by line; and for whom a proxy asks. */
#include <config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "head_priv.h"
#include "zhiban/base/mem.h"

/* lines: "Name: value\n..." */
static struct head head_of(const char *method, const char *uri, const char *version,
			   const char *lines)
{
	struct head head = { .method = method, .uri = uri, .version = version };

	for (const char *s = lines; *s != '\0'; s += strcspn(s, "\n") + 1) {
		size_t len = strcspn(s, "\n"), name = strcspn(s, ":");

		assert_true(name + 2 <= len && head.n < HEAD_LINES);
		head.lines[head.n++] = (struct head_line){ s, s + name + 2, name, len - name - 2 };
	}
	return head;
}

static void test_first_line(void **state)
{
	static const struct {
		const char *method, *uri, *version;
		enum err code;
	} cases[] = {
		{ "GET", "/healthz", "HTTP/1.1", ERR_OK },
		{ "GET", "/v1/feed?since=1&x=%E6%96%87", "HTTP/1.0", ERR_OK },
		{ "M-SEARCH", "/", "HTTP/1.1", ERR_OK },
		{ "GE T", "/healthz", "HTTP/1.1", ERR_INPUT },
		{ "", "/healthz", "HTTP/1.1", ERR_INPUT },
		{ "GET\x01", "/healthz", "HTTP/1.1", ERR_INPUT },
		{ "<3>GET", "/healthz", "HTTP/1.1", ERR_INPUT },
		{ "GET", "healthz", "HTTP/1.1", ERR_INPUT },
		{ "GET", "", "HTTP/1.1", ERR_INPUT },
		{ "GET", "*", "HTTP/1.1", ERR_INPUT },
		{ "GET", "http://other/healthz", "HTTP/1.1", ERR_INPUT },
		{ "GET", "/a%00b", "HTTP/1.1", ERR_INPUT },
		{ "GET", "/a%", "HTTP/1.1", ERR_INPUT },
		{ "GET", "/a%4", "HTTP/1.1", ERR_INPUT },
		{ "GET", "/a%zz", "HTTP/1.1", ERR_INPUT },
		{ "GET", "/a\xe6\x96\x87", "HTTP/1.1", ERR_INPUT },
		{ "GET", "/a\tb", "HTTP/1.1", ERR_INPUT },
		{ "GET", "/a#b", "HTTP/1.1", ERR_INPUT },
		{ "GET", "/a\\b", "HTTP/1.1", ERR_INPUT },
		{ "GET", "/healthz", "HTTP/2.0", ERR_INPUT },
		{ "GET", "/healthz", "HTTP/1.2", ERR_INPUT },
		{ "GET", "/healthz", "http/1.1", ERR_INPUT },
		{ "GET", "/healthz", "", ERR_INPUT },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct head head = head_of(cases[i].method, cases[i].uri, cases[i].version,
					   "Host: a\n");
		struct error err = ERROR_INIT;

		if (head_check(&head, &err) != cases[i].code)
			fail_msg("%s %s %s: %s", cases[i].method, cases[i].uri, cases[i].version,
				 err.text);
	}
}

static void test_lines(void **state)
{
	static const struct {
		const char *version, *lines;
		enum err code;
	} cases[] = {
		{ "HTTP/1.1", "Host: a\nAccept: x\nAccept: y\n", ERR_OK },
		{ "HTTP/1.0", "Accept: x\n", ERR_OK },
		{ "HTTP/1.1", "Host: a\nContent-Length: 0\n", ERR_OK },
		{ "HTTP/1.1", "Host: a\nTransfer-Encoding: chunked\n", ERR_OK },
		{ "HTTP/1.1", "Host: a\nTransfer-Encoding: Chunked\n", ERR_OK },
		{ "HTTP/1.1", "Accept: x\n", ERR_INPUT },
		{ "HTTP/1.1", "Host: a\nHost: a\n", ERR_INPUT },
		{ "HTTP/1.1", "Host: a\nhOST: a\n", ERR_INPUT },
		{ "HTTP/1.1", "Host: a\nContent-Length: 1\nContent-Length: 1\n", ERR_INPUT },
		{ "HTTP/1.1", "Host: a\nContent-Length: 1, 1\n", ERR_INPUT },
		{ "HTTP/1.1", "Host: a\nContent-Length: +1\n", ERR_INPUT },
		{ "HTTP/1.1", "Host: a\nContent-Length: -1\n", ERR_INPUT },
		{ "HTTP/1.1", "Host: a\nContent-Length: 1 \n", ERR_INPUT },
		{ "HTTP/1.1", "Host: a\nContent-Length: 0x1\n", ERR_INPUT },
		{ "HTTP/1.1", "Host: a\nContent-Length: \n", ERR_INPUT },
		{ "HTTP/1.1", "Host: a\nContent-Length: 9999999999999999\n", ERR_INPUT },
		{ "HTTP/1.1", "Host: a\nContent-Length: 1\nTransfer-Encoding: chunked\n", ERR_INPUT },
		{ "HTTP/1.1", "Host: a\nTransfer-Encoding: chunked\nTransfer-Encoding: chunked\n",
		  ERR_INPUT },
		{ "HTTP/1.1", "Host: a\nTransfer-Encoding: gzip, chunked\n", ERR_INPUT },
		{ "HTTP/1.1", "Host: a\nTransfer-Encoding: identity\n", ERR_INPUT },
		{ "HTTP/1.1", "Host: a\nTransfer-Encoding: xchunked\n", ERR_INPUT },
		{ "HTTP/1.0", "Host: a\nTransfer-Encoding: chunked\n", ERR_INPUT },
		{ "HTTP/1.1", "Host: a\nAuthorization: a\nAuthorization: b\n", ERR_INPUT },
		{ "HTTP/1.1", "Host: a\nContent-Encoding: gzip\nContent-Encoding: gzip\n", ERR_INPUT },
		{ "HTTP/1.1", "Host: a\nX : b\n", ERR_INPUT },
		{ "HTTP/1.1", "Host: a\n: b\n", ERR_INPUT },
		{ "HTTP/1.1", "Host: a\nX(): b\n", ERR_INPUT },
		{ "HTTP/1.1", "Host: a\nX: b\x01\n", ERR_INPUT },
		{ "HTTP/1.1", "Host: a\nX: b\rc\n", ERR_INPUT },
		{ "HTTP/1.1", "Host: a\nX: b\x7f\n", ERR_INPUT },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct head head = head_of("GET", "/", cases[i].version, cases[i].lines);
		struct error err = ERROR_INIT;

		if (head_check(&head, &err) != cases[i].code)
			fail_msg("%s %s: %s", cases[i].version, cases[i].lines, err.text);
	}
}

/* A head as the library leaves it, NULs in place of what stood between: bytes is such a buffer, and the
 * lines' names and values begin at those places in it. */
#define BUFFER(bytes, n0, v0, n1, v1) { bytes, sizeof bytes - 1, { n0, n1 }, { v0, v1 } }
static void test_hidden_bytes(void **state)
{
	static const struct {
		const char *bytes;
		size_t size;
		int name[2], value[2];
	} plain = BUFFER("GET\0/\0HTTP/1.1\0\0Host\0 a\0\0X\0b\0\0\0\0", 16, 22, 25, 27),
	  hidden[] = {
		BUFFER("GET\0/\0HTTP/1.1\0\0Host\0a\0\0X\0b\0c\0\0\0\0", 16, 21, 24, 26), /* "a NUL b" */
		BUFFER("GET\0/\0HTTP/1.1\0\0Host\0 a\0X\0b\0\0\0\0", 16, 22, 24, 26), /* a bare LF */
		BUFFER("GET\0/\0HTTP/1.1\0\0Host\0a\0c\0\0X\0b\0\0\0\0", 16, 21, 26, 28),
		BUFFER("GET\0/\0HTTP/1.1\0Host\0 a\0\0X\0 b\0\0\0\0", 15, 21, 24, 27),
		BUFFER("GET\0/\0HTTP/1.1\0\0Host\0 a\0\0X\0 b\0\0\0", 16, 22, 25, 28),
		BUFFER("GET\0/\0HTTP/1.1\0\0Host\0 a\0\0X\0   b\0\0\0\0", 16, 22, 25, 30),
		BUFFER("GET\0/\0HTTP/1.1\0\0Host\0 a\0\0X\0 b\0\0x\0", 16, 22, 25, 28), /* LF, ":x" LF */
		BUFFER("GET\0/?\0HTTP/1.1\0\0Host\0 a\0\0X\0 b\0\0\0\0", 17, 23, 26, 29),
	  };

	(void)state;
	for (size_t i = 0; i <= ARRAY_LEN(hidden); i++) {
		const char *bytes = i == 0 ? plain.bytes : hidden[i - 1].bytes;
		const int *name = i == 0 ? plain.name : hidden[i - 1].name;
		const int *value = i == 0 ? plain.value : hidden[i - 1].value;
		struct head head = { .method = bytes, .uri = "/", .n = 2 };

		head.version = bytes + (bytes[5] == '?' ? 7 : 6);
		head.size = i == 0 ? plain.size : hidden[i - 1].size;
		head.lines[0] = (struct head_line){ bytes + name[0], bytes + value[0], 4, 1 };
		head.lines[1] = (struct head_line){ bytes + name[1], bytes + value[1], 1, 1 };
		if (head_check(&head, NULL) != (i == 0 ? ERR_OK : ERR_INPUT))
			fail_msg("case %zu", i);
		head.size = 0; /* not known */
		assert_int_equal(head_check(&head, NULL), ERR_OK);
	}
}

static void test_too_many_lines(void **state)
{
	struct head head = head_of("GET", "/", "HTTP/1.1", "Host: a\n");

	(void)state;
	while (head.n < HEAD_LINES)
		head.lines[head.n++] = (struct head_line){ "X", "y", 1, 1 };
	assert_int_equal(head_check(&head, NULL), ERR_OK);
	head.n++;
	assert_int_equal(head_check(&head, NULL), ERR_TOO_LARGE);
}

static void test_forwarded_for(void **state)
{
	static const struct {
		const char *lines, *address; /* NULL: refused */
	} cases[] = {
		{ "X-Forwarded-For: 10.1.2.3\n", "10.1.2.3" },
		{ "X-Forwarded-For: 1.1.1.1, 10.1.2.3\n", "10.1.2.3" }, /* the first is hearsay */
		{ "X-Forwarded-For: evil,10.1.2.3 \n", "10.1.2.3" },
		{ "X-Forwarded-For: 1.1.1.1\nx-forwarded-for: 2001:db8::1\n", "2001:db8::1" },
		{ "X-Forwarded-For: \n", NULL },
		{ "X-Forwarded-For: 10.1.2.3,\n", NULL },
		{ "X-Forwarded-For: unknown\n", NULL },
		{ "X-Forwarded-For: 10.1.2.3:80\n", NULL },
		{ "X-Forwarded-For: 10.1.2\n", NULL },
		{ "X-Forwarded-For: 1111111111111111111111111111111111111111111111111111111111\n", NULL },
		{ "Via: 1.1 proxy\n", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct head head = head_of("GET", "/", "HTTP/1.1", cases[i].lines);
		char address[HEAD_ADDRESS] = "untouched";
		enum err code = head_forwarded_for(&head, address, NULL);

		assert_true(head_is_forwarded(&head));
		assert_int_equal(code, cases[i].address != NULL ? ERR_OK : ERR_INPUT);
		assert_string_equal(address,
				    cases[i].address != NULL ? cases[i].address : "untouched");
	}
	assert_false(head_is_forwarded(&(struct head){ .n = 0 }));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_first_line),     cmocka_unit_test(test_lines),
		cmocka_unit_test(test_hidden_bytes),   cmocka_unit_test(test_too_many_lines),
		cmocka_unit_test(test_forwarded_for),
	};

	return cmocka_run_group_tests_name("server head", tests, NULL, NULL);
}
