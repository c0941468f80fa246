/* The XML reader: what is read, what is refused, what is bounded. */
#include <config.h>

#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/wire/xml.h"

/* "name{space}[attr=value]=text(children)" */
static void put(const struct xml_node *node, struct str *out)
{
	str_add(out, node->name);
	if (*node->space != '\0')
		str_addf(out, "{%s}", node->space);
	for (size_t i = 0; i < node->n_attrs; i++)
		str_addf(out, "[%s=%s]", node->attrs[i].name, node->attrs[i].value);
	if (*node->text != '\0')
		str_addf(out, "=%s", node->text);
	if (node->first == NULL)
		return;
	str_add_char(out, '(');
	for (const struct xml_node *child = node->first; child != NULL; child = child->next) {
		put(child, out);
		str_add(out, child->next != NULL ? " " : ")");
	}
}

static void read_it(const char *bytes, size_t len, struct str *out)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	const struct xml_node *root = NULL;

	str_clear(out);
	if (xml_parse(bytes, len, &arena, &root, &err) == ERR_OK)
		put(root, out);
	else
		str_addf(out, "! %s", err.text);
	arena_release(&arena);
}

static const struct {
	const char *text, *read; /* "! …": the beginning of the refusal */
} cases[] = {
	{ "<a/>", "a" },
	{ "<?xml version=\"1.0\"?>\n<?xml-stylesheet href='x'?><!-- c --><a> t </a>", "a=t" },
	{ "<a>1<b/>2</a>", "a=12(b)" },
	{ "<a><b>x &lt; y &amp; &#20013;</b><b/><c k='v' x:l=\"w\" xmlns:x=\"u\"/></a>",
	  "a(b=x < y & 中 b c[k=v][l=w])" },
	{ "<p:a xmlns:p=\"urn:n\"><p:b/><c/></p:a>", "a{urn:n}(b{urn:n} c)" },
	{ "<a><![CDATA[<b>]]></a>", "a=<b>" },
	{ "\xEF\xBB\xBF<a>\xE4\xB8\xAD</a>", "a=中" },
	{ "<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>", "a=é" },
	{ "<?xml version='1.0' encoding=\"GB2312\"?><a>\xD6\xD0\x95\x32\x82\x36</a>", "a=中𠀀" },
	{ "<?xml version='1.0' encoding='GBK'?><a>\xD6\xD0</a>", "a=中" },
	{ "<?xml version='1.0' encoding='windows-1252'?><a>\x80</a>", "a=€" },
	{ "", "! line 1" },
	{ "<a>", "! line 1" },
	{ "<a>\n</b>", "! line 2" },
	{ "<a/><b/>", "! line 1" },
	{ "<a k='1' k='2'/>", "! line 1" },
	{ "<a>\x01</a>", "! line 1" },
	{ "<a>\xC3\x28</a>", "! line 1" },
	{ "<a>&b;</a>", "! line 1" },
	{ "<!DOCTYPE a><a/>", "! line 1: a document type" },
	{ "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", "! line 1: a document type" },
	{ "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "! line 1: a document type" },
	{ "<!DOCTYPE a [<!ENTITY % b SYSTEM \"http://x/\"> %b;]><a/>", "! line 1: a document type" },
	{ "<?xml version='1.0' encoding='klingon'?><a/>", "! the encoding klingon" },
	{ "<?xml version='1.0' encoding='GBK'?><a>\xFF\xFF</a>", "! the text is not GBK" },
};

static void read_or_refused(void **unused)
{
	struct str out = STR_INIT;

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		bool refused = cases[i].read[0] == '!';

		read_it(cases[i].text, strlen(cases[i].text), &out);
		if (refused ? !str_starts(str_get(&out), cases[i].read)
			    : strcmp(str_get(&out), cases[i].read) != 0)
			fail_msg("%s: %s, not %s", cases[i].text, str_get(&out), cases[i].read);
	}
	str_release(&out);
}

static void utf16_is_read(void **unused)
{
	static const char text[] = "\xFF\xFE<\0a\0>\0\x2D\x4E<\0/\0a\0>\0";
	struct str out = STR_INIT;

	(void)unused;
	read_it(text, sizeof text - 1, &out);
	assert_string_equal(str_get(&out), "a=中");
	str_release(&out);
}

/* Just what is allowed is read, one more is refused. */
static void nested(struct str *text, size_t depth)
{
	str_clear(text);
	for (size_t i = 0; i < depth; i++)
		str_add(text, "<a>");
	for (size_t i = 0; i < depth; i++)
		str_add(text, "</a>");
}

static void many(struct str *text, size_t n)
{
	str_clear(text);
	str_add(text, "<a>");
	for (size_t i = 1; i < n; i++)
		str_add(text, "<b/>");
	str_add(text, "</a>");
}

static void attributes(struct str *text, size_t n)
{
	str_clear(text);
	str_add(text, "<a");
	for (size_t i = 0; i < n; i++)
		str_addf(text, " k%zu='v'", i);
	str_add(text, "/>");
}

static void longest(struct str *text, size_t n)
{
	str_clear(text);
	str_add_char(text, '<');
	str_add_repeat(text, 'a', n);
	str_add(text, "/>");
}

static void bytes(struct str *text, size_t n)
{
	str_clear(text);
	str_add(text, "<a>");
	str_add_repeat(text, ' ', n - 7);
	str_add(text, "</a>");
}

static const struct {
	void (*make)(struct str *text, size_t n);
	size_t most;
} bounds[] = {
	{ nested, XML_DEPTH_MAX },
	{ many, XML_NODES_MAX },
	{ attributes, XML_ATTRS_MAX },
	{ longest, XML_NAME_MAX },
	{ bytes, XML_BYTES_MAX },
};

static void it_is_bounded(void **unused)
{
	struct str text = STR_INIT, out = STR_INIT;

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(bounds); i++)
		for (size_t more = 0; more < 2; more++) {
			bounds[i].make(&text, bounds[i].most + more);
			read_it(text.s, text.len, &out);
			if ((out.s[0] == '!') != (more == 1))
				fail_msg("bound %zu, %zu: %.80s", i, bounds[i].most + more, out.s);
		}
	str_release(&text);
	str_release(&out);
}

static void children_are_found(void **unused)
{
	static const char text[] = "<a><b>1</b><c>2</c><b>3</b></a>";
	struct arena arena = ARENA_INIT;
	const struct xml_node *root, *b;

	(void)unused;
	assert_int_equal(xml_parse(text, strlen(text), &arena, &root, NULL), ERR_OK);
	b = xml_child(root, "b");
	assert_string_equal(b->text, "1");
	assert_string_equal(xml_again(b)->text, "3");
	assert_null(xml_again(xml_again(b)));
	assert_string_equal(xml_words(root, "c"), "2");
	assert_string_equal(xml_words(root, "d"), "");
	assert_null(xml_child(NULL, "b"));
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(read_or_refused),
		cmocka_unit_test(utf16_is_read),
		cmocka_unit_test(it_is_bounded),
		cmocka_unit_test(children_are_found),
	};

	return cmocka_run_group_tests_name("wire/xml", tests, NULL, NULL);
}
