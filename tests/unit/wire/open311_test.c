/* The documents of Open311 in both forms, and XML that stays whole whatever goes in. */
#include <config.h>

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/file.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/open311.h"
#include "zhiban/wire/xml_out.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

static const struct open311_value values[] = { { "a", "A & B" }, { "c", "丙" } };
static const struct open311_attribute attributes[] = {
	{ .code = "kind", .description = "which?", .hint = "one", .datatype = OPEN311_SINGLE,
	  .variable = true, .required = true, .values = values, .n_values = 2 },
	{ .code = "note", .description = "read this", .datatype = OPEN311_TEXT },
};
static const struct open311_service services[] = {
	{ .code = "0202", .name = "井盖", .description = "lost \"lids\"", .group = "道路",
	  .keywords = "a, b", .notice = "4h", .type = OPEN311_BATCH, .attributes = attributes,
	  .n_attributes = 2 },
	{ .code = "0203", .name = "路灯" },
};
static const struct open311 offer = { .services = services, .n_services = 2 };

static void same(struct str *out, const char *text)
{
	assert_string_equal(str_get(out), text);
	str_release(out);
}

static void test_services(void **state)
{
	struct str xml = STR_INIT, json = STR_INIT;

	(void)state;
	open311_put_services(&xml, OPEN311_XML, &offer);
	same(&xml, HEAD "<services>"
		"<service><service_code>0202</service_code><service_name>井盖</service_name>"
		"<description>lost &quot;lids&quot;</description><metadata>true</metadata>"
		"<type>batch</type><keywords>a, b</keywords><group>道路</group></service>"
		"<service><service_code>0203</service_code><service_name>路灯</service_name>"
		"<description/><metadata>false</metadata><type>realtime</type><keywords/><group/>"
		"</service></services>");
	open311_put_services(&json, OPEN311_JSON, &offer);
	same(&json, "[{\"service_code\":\"0202\",\"service_name\":\"井盖\","
		"\"description\":\"lost \\\"lids\\\"\",\"metadata\":true,\"type\":\"batch\","
		"\"keywords\":\"a, b\",\"group\":\"道路\"},{\"service_code\":\"0203\","
		"\"service_name\":\"路灯\",\"description\":null,\"metadata\":false,"
		"\"type\":\"realtime\",\"keywords\":null,\"group\":null}]");
}

static void test_definition(void **state)
{
	struct str xml = STR_INIT, json = STR_INIT;

	(void)state;
	open311_put_definition(&xml, OPEN311_XML, &services[0]);
	same(&xml, HEAD "<service_definition><service_code>0202</service_code><attributes>"
		"<attribute><variable>true</variable><code>kind</code>"
		"<datatype>singlevaluelist</datatype><required>true</required>"
		"<datatype_description>one</datatype_description><order>1</order>"
		"<description>which?</description><values><value><key>a</key><name>A &amp; B</name>"
		"</value><value><key>c</key><name>丙</name></value></values></attribute>"
		"<attribute><variable>false</variable><code>note</code><datatype>text</datatype>"
		"<required>false</required><datatype_description/><order>2</order>"
		"<description>read this</description><values></values></attribute>"
		"</attributes></service_definition>");
	open311_put_definition(&json, OPEN311_JSON, &services[1]);
	same(&json, "{\"service_code\":\"0203\",\"attributes\":[]}");
}

static void test_requests(void **state)
{
	const struct open311_request plain = { .id = "20261122-0001", .open = true,
					       .service = &services[1],
					       .requested = 1795362992834 };
	const struct open311_request full = {
		.id = "2", .service = &services[0], .notes = "<done>", .description = "d",
		.agency = "g", .address = "x", .requested = 1795362992000, .updated = 1795362993000,
		.expected = 1795362994000, .has_position = true, .lat = 31771900, .lon = -5
	};
	struct str xml = STR_INIT, json = STR_INIT, none = STR_INIT;

	(void)state;
	open311_requests_begin(&json, OPEN311_JSON);
	open311_put_request(&json, OPEN311_JSON, &plain, 480);
	open311_put_request(&json, OPEN311_JSON, &full, 0);
	open311_requests_end(&json, OPEN311_JSON);
	same(&json, "[{\"service_request_id\":\"20261122-0001\",\"status\":\"open\","
		"\"status_notes\":null,\"service_name\":\"路灯\",\"service_code\":\"0203\","
		"\"description\":null,\"agency_responsible\":null,\"service_notice\":null,"
		"\"requested_datetime\":\"2026-11-22T23:56:32+08:00\",\"updated_datetime\":null,"
		"\"expected_datetime\":null,\"address\":null,\"address_id\":null,\"zipcode\":null,"
		"\"lat\":null,\"long\":null,\"media_url\":null},"
		"{\"service_request_id\":\"2\",\"status\":\"closed\",\"status_notes\":\"<done>\","
		"\"service_name\":\"井盖\",\"service_code\":\"0202\",\"description\":\"d\","
		"\"agency_responsible\":\"g\",\"service_notice\":\"4h\","
		"\"requested_datetime\":\"2026-11-22T15:56:32+00:00\","
		"\"updated_datetime\":\"2026-11-22T15:56:33+00:00\","
		"\"expected_datetime\":\"2026-11-22T15:56:34+00:00\",\"address\":\"x\","
		"\"address_id\":null,\"zipcode\":null,\"lat\":31.771900,\"long\":-0.000005,"
		"\"media_url\":null}]");
	open311_requests_begin(&none, OPEN311_XML);
	open311_requests_end(&none, OPEN311_XML);
	same(&none, HEAD "<service_requests></service_requests>");
	open311_requests_begin(&xml, OPEN311_XML);
	open311_put_request(&xml, OPEN311_XML, &full, 0);
	assert_non_null(strstr(xml.s, "<status_notes>&lt;done&gt;</status_notes>"));
	assert_non_null(strstr(xml.s, "<lat>31.771900</lat><long>-0.000005</long>"));
	str_release(&xml);
}

static void test_answers(void **state)
{
	static const struct open311_receipt id = { .id = "1", .notice = "n" };
	static const struct open311_receipt token = { .token = "t" };
	struct str a = STR_INIT, b = STR_INIT, c = STR_INIT, d = STR_INIT, e = STR_INIT;

	(void)state;
	open311_put_receipt(&a, OPEN311_JSON, &id);
	same(&a, "[{\"service_request_id\":\"1\",\"service_notice\":\"n\",\"account_id\":null}]");
	open311_put_receipt(&b, OPEN311_XML, &token);
	same(&b, HEAD "<service_requests><request><token>t</token><service_notice/><account_id/>"
		      "</request></service_requests>");
	open311_put_token(&c, OPEN311_JSON, "1", "t");
	same(&c, "[{\"service_request_id\":\"1\",\"token\":\"t\"}]");
	open311_errors_begin(&d, OPEN311_JSON);
	open311_put_error(&d, OPEN311_JSON, 403, "a\"b");
	open311_put_error(&d, OPEN311_JSON, 400, "c");
	open311_errors_end(&d, OPEN311_JSON);
	same(&d, "[{\"code\":403,\"description\":\"a\\\"b\"},{\"code\":400,\"description\":\"c\"}]");
	open311_errors_begin(&e, OPEN311_XML);
	open311_put_error(&e, OPEN311_XML, 404, "x");
	open311_errors_end(&e, OPEN311_XML);
	same(&e, HEAD "<errors><error><code>404</code><description>x</description></error></errors>");
}

static void test_discovery(void **state)
{
	const struct open311_discovery discovery = { .contact = "c",
						     .url = "https://h/open311/v2",
						     .changed = 1795362992834,
						     .offset_min = 480 };
	struct str json = STR_INIT;

	(void)state;
	open311_put_discovery(&json, OPEN311_JSON, &discovery);
	same(&json, "{\"changeset\":\"2026-11-22T23:56:32+08:00\",\"contact\":\"c\","
		"\"key_service\":null,\"endpoints\":[{\"specification\":"
		"\"http://wiki.open311.org/GeoReport_v2\",\"url\":\"https://h/open311/v2\","
		"\"changeset\":\"2026-11-22T23:56:32+08:00\",\"type\":\"production\","
		"\"formats\":[\"text/xml\",\"application/json\"]}]}");
}

/* --- XML ---------------------------------------------------------------------------------------- */

static void test_xml_text(void **state)
{
	static const struct {
		const char *text, *xml;
	} cases[] = {
		{ "plain 井", "plain 井" },
		{ "a<b>&\"c'", "a&lt;b&gt;&amp;&quot;c'" },
		{ "]]>", "]]&gt;" },
		{ "a\tb\nc\rd", "a\tb\nc&#13;d" },
		{ "\x01\x1b[31m", "\xEF\xBF\xBD\xEF\xBF\xBD[31m" },
		{ "\x7f", "\xEF\xBF\xBD" },
		{ "\xC2\x85", "\xEF\xBF\xBD" },
		{ "a\xffz", "a\xEF\xBF\xBDz" },
		{ "\xE4\xBA", "\xEF\xBF\xBD\xEF\xBF\xBD" },
		{ "\xEF\xBF\xBE\xEF\xBF\xBF", "\xEF\xBF\xBD\xEF\xBF\xBD" }, /* U+FFFE, U+FFFF */
		{ "\xEF\xBF\xBD", "\xEF\xBF\xBD" },
		{ "\xF0\x9F\x9A\xA8", "\xF0\x9F\x9A\xA8" },
		{ "\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" }, /* half a surrogate */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str out = STR_INIT;

		xml_text(&out, cases[i].text);
		assert_string_equal(str_get(&out), cases[i].xml);
		str_release(&out);
	}
}

static void test_xml_element(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	xml_element(&out, "a", NULL);
	xml_element(&out, "b", "");
	xml_element(&out, "c", "<");
	same(&out, "<a/><b/><c>&lt;</c>");
}

/* --- shapes of others ---------------------------------------------------------------------------- */

/* The names of elements in a text in their order, each only when it is not there yet: " a b c ". */
static void names_of(const char *xml, struct str *out)
{
	str_add(out, " ");
	for (const char *s = xml; (s = strchr(s, '<')) != NULL; s++) {
		size_t len = strcspn(s + 1, " />\t\r\n");
		struct str name = STR_INIT;

		if (s[1] == '/' || s[1] == '?' || s[1] == '!')
			continue;
		str_addf(&name, " %.*s ", (int)len, s + 1);
		if (strstr(str_get(out), name.s) == NULL)
			str_addf(out, "%s ", name.s + 1);
		str_release(&name);
	}
}

/* Every element that servers of others send is one that we send, too. */
static void expect_shape(const char *folder, const char *file, const char *ours)
{
	struct arena arena = ARENA_INIT;
	struct str text = STR_INIT, theirs = STR_INIT, mine = STR_INIT;
	char *names, *name, *rest;

	assert_int_equal(file_read(path_join(&arena, folder, file), 1 << 20, &text, NULL), ERR_OK);
	names_of(text.s, &theirs);
	names_of(ours, &mine);
	names = rest = arena_strdup(&arena, theirs.s);
	while ((name = strsep(&rest, " ")) != NULL)
		if (*name != '\0' &&
		    strstr(mine.s, arena_printf(&arena, " %s ", name)) == NULL)
			fail_msg("%s has <%s>, ours has%s", file, name, mine.s);
	assert_non_null(names);
	str_release(&text);
	str_release(&theirs);
	str_release(&mine);
	arena_release(&arena);
}

static void test_fixtures(void **state)
{
	const char *shared = getenv("ZHIBAN_SHARED");
	const struct open311_request request = { .id = "1", .service = &services[0] };
	const struct open311_discovery discovery = { .url = "u" };
	const struct open311_receipt receipt = { .id = "1", .token = "t" };
	struct str out[6] = { STR_INIT, STR_INIT, STR_INIT, STR_INIT, STR_INIT, STR_INIT };
	struct arena arena = ARENA_INIT;
	const char *folder;

	(void)state;
	if (shared == NULL)
		shared = "../shared";
	folder = path_join(&arena, shared, "data/open311/fixtures");
	if (!file_exists(path_join(&arena, folder, "ruby__services.xml"))) {
		print_message("SKIP: the shared fixtures are not here\n");
		skip();
	}
	open311_put_services(&out[0], OPEN311_XML, &offer);
	open311_put_definition(&out[1], OPEN311_XML, &services[0]);
	open311_requests_begin(&out[2], OPEN311_XML);
	open311_put_request(&out[2], OPEN311_XML, &request, 0);
	open311_put_discovery(&out[3], OPEN311_XML, &discovery);
	open311_put_receipt(&out[4], OPEN311_XML, &receipt);
	open311_errors_begin(&out[5], OPEN311_XML);
	open311_put_error(&out[5], OPEN311_XML, 400, "x");
	expect_shape(folder, "ruby__services.xml", out[0].s);
	expect_shape(folder, "node__dc-services.xml", out[0].s);
	expect_shape(folder, "ruby__service_definition.xml", out[1].s);
	expect_shape(folder, "node__dc-services-S0301.xml", out[1].s);
	expect_shape(folder, "ruby__service_requests.xml", out[2].s);
	expect_shape(folder, "ruby__get_service_request.xml", out[2].s);
	expect_shape(folder, "ruby__service_requests_empty.xml", out[2].s);
	expect_shape(folder, "node__service-requests.xml", out[2].s);
	expect_shape(folder, "node__service-request.xml", out[2].s);
	expect_shape(folder, "node__discovery-dc.xml", out[3].s);
	expect_shape(folder, "ruby__post_service_request.xml", out[4].s);
	expect_shape(folder, "node__boston-submitrequest-token.xml", out[4].s);
	expect_shape(folder, "ruby__request_id_from_token.xml", out[4].s);
	expect_shape(folder, "node__token.xml", out[4].s);
	expect_shape(folder, "ruby__get_service_request_not_found.xml", out[5].s);
	expect_shape(folder, "node__boston-err-submitrequest-base_is_duplicate.xml", out[5].s);
	for (size_t i = 0; i < ARRAY_LEN(out); i++)
		str_release(&out[i]);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_services),   cmocka_unit_test(test_definition),
		cmocka_unit_test(test_requests),   cmocka_unit_test(test_answers),
		cmocka_unit_test(test_discovery),  cmocka_unit_test(test_xml_text),
		cmocka_unit_test(test_xml_element), cmocka_unit_test(test_fixtures),
	};

	return cmocka_run_group_tests_name("wire/open311", tests, NULL, NULL);
}
