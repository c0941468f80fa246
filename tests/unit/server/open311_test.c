/* Open311, GeoReport v2: every document in both forms, what is asked for in every way, what is wrong
 * with a request, who sees what; each JSON answer against the schemas of the standard. */
#include "schema_help.h"
#include "system_help.h"

#define V2 "/open311/v2/"

static const char *const offer[][2] = {
	{ "category \"01\" { label = \"roads\" }",
	  "category \"01\" { label = \"roads\" }\n"
	  "category \"0101\" { label = \"hole\" }\n"
	  "category \"0102\" { label = \"lamp\" }\n"
	  "category \"0103\" { label = \"noise\" }\n"
	  "category \"0104\" { label = \"secret\" }\n"
	  "open311 {\n"
	  "	jurisdiction = \"tests.example\"\n"
	  "	contact = \"ask us\"\n"
	  "	show = {\"desk\"}\n"
	  "	text = true\n"
	  "	position = true\n"
	  "	address = \"full\"\n"
	  "	expected = \"accept\"\n"
	  "	rate = 1000\n"
	  "	service \"0101\" {\n"
	  "		description = \"a hole\"\n"
	  "		notice = \"at once\"\n"
	  "		attribute \"deep\" { description = \"How deep\" type = \"number\" required = true }\n"
	  "		attribute \"size\" { description = \"Size\" type = \"singlevaluelist\" "
	  "values = {\"s=small\", \"l=large\"} }\n"
	  "		attribute \"harm\" { description = \"Harm\" type = \"multivaluelist\" "
	  "values = {\"car=to cars\", \"foot=to walkers\"} }\n"
	  "		attribute \"when\" { description = \"Since\" type = \"datetime\" }\n"
	  "		attribute \"read\" { description = \"Look out\" type = \"text\" variable = false }\n"
	  "	}\n"
	  "	service \"0103\" { type = \"batch\" }\n"
	  "	service \"0104\" { type = \"blackbox\" }\n"
	  "}\n" },
	{ NULL, NULL },
};

static int open311_make(void **state)
{
	int code = rules_make(state);

	if (code == 0)
		adopt_it(*state, 200, bundle_with(*state, offer), "reason=tests");
	return code;
}

/* The schemas, or false when they are not here. */
static bool schemas_find(struct world *world, struct schemas *ret_schemas)
{
	const char *shared = getenv("ZHIBAN_SHARED");

	*ret_schemas = (struct schemas){ .folder = "" };
	if (shared == NULL)
		return false;
	ret_schemas->folder = arena_printf(&world->arena, "%s/data/open311/schema", shared);
	return file_exists(path_join(&world->arena, ret_schemas->folder, "request.json"));
}

static void fits(struct world *world, const char *schema, const char *json)
{
	struct schemas schemas;
	json_t *value = json_loads(json, JSON_REJECT_DUPLICATES, NULL);

	if (value == NULL)
		fail_msg("no JSON: %.300s", json);
	json_decref(value);
	if (schemas_find(world, &schemas))
		schema_expect(&schemas, schema, json);
}

static const char *get(struct world *world, int status, const char *path, const char *query)
{
	return ask(world, status, "GET", path, query, NULL, NULL);
}

static const char *post_to(struct world *world, int status, const char *path, const char *form)
{
	return ask(world, status, "POST", path, NULL, NULL, form);
}

static const char *post(struct world *world, int status, const char *token, const char *form)
{
	return post_to(world, status, V2 "requests.json",
		       arena_printf(&world->arena, "api_key=%s&%s", token, form));
}

/* A request that is in order, and its number. */
static const char *a_hole(struct world *world, const char *token, const char *more)
{
	const char *body = post(world, 200, token,
				arena_printf(&world->arena,
					     "service_code=0101&address_string=Road+1&attribute[deep]=3%s",
					     more));

	return member_of(world, body, "service_request_id");
}

/* --- what is offered ---------------------------------------------------------------------------- */

static void test_offer(void **state)
{
	struct world *world = *state;
	const char *json = get(world, 200, V2 "services.json", NULL);

	fits(world, "services.json", json);
	expect_text(json, "[{\"service_code\":\"0101\",\"service_name\":\"hole\",\"description\":\"a hole\","
			  "\"metadata\":true,\"type\":\"realtime\",\"keywords\":null,\"group\":\"roads\"}");
	expect_text(json, "\"type\":\"batch\"");
	expect_text(json, "\"type\":\"blackbox\"");
	expect_text(json, "{\"service_code\":\"99\"");
	expect_no_text(json, "\"service_code\":\"01\""); /* a group */
	json = get(world, 200, V2 "services/0101.json", "jurisdiction_id=tests.example");
	fits(world, "service-definition.json", json);
	expect_text(json, "\"code\":\"harm\",\"datatype\":\"multivaluelist\"");
	expect_text(json, "{\"variable\":false,\"code\":\"read\"");
	fits(world, "service-definition.json", get(world, 200, V2 "services/99.json", NULL));
	expect_text(get(world, 200, V2 "services/0101.xml", NULL), "<code>size</code>");
	json = get(world, 200, V2 "discovery.json", NULL);
	expect_text(json, "\"contact\":\"ask us\"");
	expect_text(json, "\"url\":\"https://localhost/open311/v2\"");
	expect_text(json, "\"changeset\":\"2026-11-18T10:00:00+08:00\"");
	expect_text(get(world, 200, "/open311/discovery.xml", NULL), "<discovery><changeset>");
}

static void test_none(void **state)
{
	struct world *world = *state; /* of a profile without the section */

	get(world, 404, V2 "services.json", NULL);
	get(world, 404, V2 "requests.xml", NULL);
	get(world, 404, "/open311/discovery.json", NULL);
	post_to(world, 404, V2 "requests.json", "service_code=01");
}

static void test_paths(void **state)
{
	static const struct {
		int status;
		const char *path, *query, *piece;
	} cases[] = {
		{ 404, V2 "services", NULL, "<errors><error><code>404</code>" },
		{ 404, V2 "services.yaml", NULL, "<code>404</code>" },
		{ 404, V2 "nothing.json", NULL, "[{\"code\":404," },
		{ 404, V2 "discovery/x.json", NULL, "\"code\":404" },
		{ 404, V2 "tokens.json", NULL, "\"code\":404" },
		{ 404, "/open311/services.json", NULL, "\"code\":404" },
		{ 404, "/open311/v3/services.json", NULL, "\"code\":404" },
		{ 404, V2 "services/0109.json", NULL, "service_code 0109 was not found" },
		{ 404, V2 "services/0109.xml", NULL, "<description>service_code 0109 was not found" },
		{ 404, V2 "services.json", "jurisdiction_id=else", "jurisdiction_id else was not found" },
		{ 404, V2 "requests.json", "jurisdiction_id=else", "jurisdiction_id" },
		{ 404, V2 "requests/20261118-0009.json", NULL, "20261118-0009 was not found" },
		{ 404, V2 "requests/x.xml", NULL, "<code>404</code>" },
		{ 404, V2 "tokens/x.json", NULL, "token x was not found" },
		{ 404, V2 "tokens/0190a6b0-0000-7000-8000-000000000000.json", NULL, "was not found" },
		{ 404, V2 "requests.json", "service_code=0109", "service_code 0109" },
		{ 400, V2 "requests.json", "status=shut", "status is open or closed" },
		{ 400, V2 "requests.json", "start_date=never", "start_date" },
		{ 400, V2 "requests.json", "end_date=2026-02-30", "end_date" },
		{ 400, V2 "requests.json", "start_date=2026-01-01&end_date=2026-06-01", "90 days" },
		{ 400, V2 "requests.json", "start_date=2026-02-01&end_date=2026-01-01", "behind" },
		{ 403, V2 "requests.json", "api_key=wrong", "[{\"code\":403," },
		{ 200, V2 "requests.json", "status=open,closed", "[]" },
		{ 200, V2 "requests.json", "start_date=2026-01-01&end_date=2026-03-31", "[]" },
		{ 200, V2 "requests.json", "start_date=2026-01-01T00:00:00 08:00", "[]" },
		{ 200, V2 "requests.json", "service_request_id=x,,20261118-0001", "[]" },
		{ 200, V2 "requests.xml", NULL, "<service_requests></service_requests>" },
	};
	struct world *world = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		expect_text(get(world, cases[i].status, cases[i].path, cases[i].query),
			    cases[i].piece);
}

/* --- requests made ------------------------------------------------------------------------------ */

static void test_wrong_posts(void **state)
{
	static const struct {
		int status;
		const char *form, *piece;
	} cases[] = {
		{ 400, "lat=1&long=1", "service_code was not provided" },
		{ 404, "service_code=0109&address_string=x", "service_code 0109 was not found" },
		{ 404, "service_code=0102&address_string=x&jurisdiction_id=else", "jurisdiction_id" },
		{ 400, "service_code=0102", "lat and long, address_string or address_id" },
		{ 400, "service_code=0102&lat=1", "stand together" },
		{ 400, "service_code=0102&lat=x&long=1", "{\"code\":400,\"description\":\"lat: " },
		{ 400, "service_code=0102&lat=1&long=181", "long: " },
		{ 400, "service_code=0101&address_string=x", "attribute[deep] was not provided" },
		{ 400, "service_code=0101&address_string=x&attribute[deep]=", "was not provided" },
		{ 400, "service_code=0101&address_string=x&attribute[deep]=very", "is no number" },
		{ 400, "service_code=0101&address_string=x&attribute[deep]=1&attribute[deep]=2", "twice" },
		{ 400, "service_code=0101&address_string=x&attribute[deep]=1&attribute[size]=m",
		  "none of its values" },
		{ 400, "service_code=0101&address_string=x&attribute[deep]=1&attribute[harm]=car"
		       "&attribute[harm]=dog", "none of its values" },
		{ 400, "service_code=0101&address_string=x&attribute[deep]=1&attribute[when]=then",
		  "no date and time" },
		{ 400, "service_code=0102&address_string=x&attribute[deep]=1", "is not asked of" },
		{ 400, "service_code=0102&address_string=x&phone=1234567890123456789012345678901", "phone" },
		{ 400, "service_code=0102&address_string=x&media_url=javascript:x", "media_url" },
		{ 400, "service_code=0102&address_string=%00", "UTF-8" },
		{ 400, "service_code=0102&address_string=%zz", "hex" },
	};
	struct world *world = *state;
	const char *token = system_token(world, "name=app&source=desk&kinds=open311");
	int64_t head = head_of(world);
	struct str long_one = STR_INIT;
	const char *body;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		expect_text(post(world, cases[i].status, token, cases[i].form), cases[i].piece);
	/* all that is wrong is said at once */
	body = post(world, 400, token, "service_code=0101&lat=1&attribute[x]=1&media_url=x");
	expect_text(body, "stand together");
	expect_text(body, "attribute[x]");
	expect_text(body, "media_url");
	expect_text(body, "attribute[deep] was not provided");
	str_add(&long_one, "service_code=0102&address_string=x&description=");
	str_add_repeat(&long_one, 'd', 4001);
	expect_text(post(world, 400, token, long_one.s), "at most 4000");
	str_cut(&long_one, long_one.len - 1);
	assert_int_equal(head_of(world), head); /* nothing of all that came in */
	post(world, 200, token, long_one.s);
	str_release(&long_one);
	/* bodies that are no form */
	expect_text(post_to(world, 400, V2 "requests.xml", "{\"service_code\":\"0102\"}"), "<code>400</code>");
	expect_text(post_to(world, 404, V2 "services.json", "a=b"), "\"code\":404");
}

static void test_keys(void **state)
{
	struct world *world = *state;
	const char *app = system_token(world, "name=app&source=desk&kinds=open311");
	const char *rows = system_token(world, "name=city&source=desk&kinds=intake");
	const char *form = "service_code=0102&address_string=x";

	expect_text(post_to(world, 403, V2 "requests.json", form), "[{\"code\":403,");
	expect_text(post_to(world, 403, V2 "requests.xml", form), "<code>403</code>");
	post(world, 403, "wrong", form);
	post(world, 403, rows, form); /* it may not do this */
	ask(world, 403, "POST", "/v1/intake", NULL, app, "{\"rows\":[{\"title\":\"x\"}]}");
	post(world, 200, app, form);
	/* in the query, and as a bearer */
	ask(world, 200, "POST", V2 "requests.json",
	    arena_printf(&world->arena, "api_key=%s", app), NULL, form);
	ask(world, 200, "POST", V2 "requests.json", NULL, app, form);
	ask(world, 200, "POST", "/v1/admin/systems", "op=revoke&name=app", NULL, NULL);
	post(world, 403, app, form);
	get(world, 403, V2 "requests.json", arena_printf(&world->arena, "api_key=%s", app));
}

static struct incident *incident_of(struct world *world, const struct desk *desk,
				    const char *filter)
{
	const char *body = ask(world, 200, "GET", "/v1/snapshot", NULL, desk->token, NULL);
	const char *at = strstr(body, filter);
	struct uuid id;

	if (at == NULL)
		fail_msg("no %s", filter);
	while (at > body && *at != '\n')
		at--;
	/* its own id stands before its kind, those of its children further before */
	at = strstr(at, "\"kind\":\"incident\"");
	assert_non_null(at);
	while (!str_starts(at, "\"id\":"))
		at--;
	OK(uuid_parse(member_of(world, at, "id"), &id));
	return incident_seen(world, desk, &id);
}

static const char *attr_of(const struct incident *incident, const char *name)
{
	const struct attr *attrs = incident->attrs.items;

	for (size_t i = 0; i < incident->attrs.n; i++)
		if (strcmp(attrs[i].name, name) == 0)
			return attrs[i].value;
	fail_msg("no attribute %s", name);
	return NULL;
}

static void test_made(void **state)
{
	struct world *world = *state;
	struct desk duty = enroll(world, "centre", "duty", "Du");
	const char *token = system_token(world, "name=app&source=desk&org=north&kinds=open311");
	const char *body = post(world, 200, token,
				"service_code=0101&lat=31.7719&long=-0.5&address_string=Road+1"
				"&address_id=77&description=A+hole%0Ain+the+road&first_name=Ann"
				"&last_name=Lee&email=ann@example.org&phone=%2B49123&device_id=d"
				"&account_id=a&media_url=https://x.example/1.jpg&attribute[deep]=30"
				"&attribute[size]=l&attribute[harm][]=car&attribute[harm][]=foot"
				"&attribute[when]=2026-11-17&attribute[read]=x");
	struct incident *incident;

	assert_string_equal(body, "[{\"service_request_id\":\"20261118-0001\","
				  "\"service_notice\":\"at once\",\"account_id\":null}]");
	incident = incident_of(world, &duty, "20261118-0001");
	assert_string_equal(incident->title, "A hole");
	assert_string_equal(incident->text, "A hole\nin the road");
	assert_string_equal(incident->category, "0101");
	assert_string_equal(incident->source, "desk");
	assert_string_equal(incident->registrar, "app");
	assert_string_equal(incident->origin, "north");
	assert_string_equal(incident->address, "Road 1");
	assert_int_equal(incident->lat, 31771900);
	assert_int_equal(incident->lon, -500000);
	assert_true(incident->open && !incident->imported && incident->due != 0);
	assert_string_equal(attr_of(incident, "How deep"), "30");
	assert_string_equal(attr_of(incident, "Size"), "large");
	assert_string_equal(attr_of(incident, "Harm"), "to cars, to walkers");
	assert_string_equal(attr_of(incident, "Since"), "2026-11-17");
	assert_string_equal(attr_of(incident, "address_id"), "77");
	assert_string_equal(attr_of(incident, "media_url"), "https://x.example/1.jpg");
	assert_int_equal(incident->attrs.n, 6);
	verified(world);
}

/* A client that got no answer sends the same again; another day it is another request. */
static void test_again(void **state)
{
	struct world *world = *state;
	const char *token = system_token(world, "name=app&source=desk&kinds=open311");
	const char *other = system_token(world, "name=two&source=desk&kinds=open311");

	assert_string_equal(a_hole(world, token, ""), "20261118-0001");
	assert_string_equal(a_hole(world, token, ""), "20261118-0001");
	assert_string_equal(a_hole(world, token, "&attribute[size]=s"), "20261118-0002");
	assert_string_equal(a_hole(world, other, ""), "20261118-0003");
	world->clock.now += 24 * HOUR;
	assert_string_equal(a_hole(world, token, ""), "20261119-0001");
	verified(world);
}

static void test_tokens(void **state)
{
	struct world *world = *state;
	const char *token = system_token(world, "name=app&source=desk&kinds=open311");
	const char *body = post(world, 200, token, "service_code=0103&lat=1&long=1");
	const char *ticket = member_of(world, body, "token");

	expect_no_text(body, "service_request_id");
	body = get(world, 200, arena_printf(&world->arena, V2 "tokens/%s.json", ticket), NULL);
	assert_string_equal(body, arena_printf(&world->arena,
					       "[{\"service_request_id\":\"20261118-0001\",\"token\":\"%s\"}]",
					       ticket));
	expect_text(get(world, 200, arena_printf(&world->arena, V2 "tokens/%s.xml", ticket), NULL),
		    "<request><service_request_id>20261118-0001</service_request_id><token>");
	body = post(world, 200, token, "service_code=0104&lat=1&long=1");
	assert_string_equal(body, "[{\"service_notice\":null,\"account_id\":null}]");
	/* a black box shows nothing, not even to who sent it */
	body = get(world, 200, V2 "requests.json", arena_printf(&world->arena, "api_key=%s", token));
	expect_text(body, "20261118-0001");
	expect_no_text(body, "20261118-0002");
	get(world, 404, V2 "requests/20261118-0002.json", NULL);
}

/* --- requests read ------------------------------------------------------------------------------ */

static size_t count_of(const char *json)
{
	size_t n = 0;

	for (const char *s = json; (s = strstr(s, "\"service_request_id\"")) != NULL; s++)
		n++;
	return n;
}

static void expect_list(struct world *world, const char *query, size_t n, const char *first)
{
	const char *json = get(world, 200, V2 "requests.json", query);

	fits(world, "requests.json", json);
	if (count_of(json) != n)
		fail_msg("%s: %zu instead of %zu", query, count_of(json), n);
	if (first != NULL)
		assert_string_equal(member_of(world, json, "service_request_id"), first);
}

static void test_filters(void **state)
{
	struct world *world = *state;
	struct desk duty = enroll(world, "centre", "duty", "Du");
	const char *token = system_token(world, "name=app&source=desk&kinds=open311&rate=1000");
	struct incident *incident;

	for (int i = 0; i < 5; i++) {
		a_hole(world, token, "");
		post(world, 200, token,
		     arena_printf(&world->arena, "service_code=0102&address_string=%d", i));
		world->clock.now += 24 * HOUR;
	}
	incident = incident_of(world, &duty, "20261120-0001");
	does(world, &duty, "accept", &incident->head.id, "");
	expect_list(world, NULL, 10, "20261122-0001");
	expect_list(world, "service_code=0101", 5, "20261122-0001");
	expect_list(world, "service_code=0102", 5, "20261122-0002");
	expect_list(world, "service_code=0102,0101", 10, NULL);
	expect_list(world, "service_code=99", 0, NULL);
	expect_list(world, "status=open", 10, NULL);
	expect_list(world, "status=closed", 0, NULL);
	expect_list(world, "start_date=2026-11-21", 4, "20261122-0001");
	expect_list(world, "end_date=2026-11-19", 2, "20261118-0001");
	expect_list(world, "start_date=2026-11-19&end_date=2026-11-21T09:59:59", 4, "20261120-0001");
	expect_list(world, "start_date=2026-11-21T10:00:00&end_date=2026-11-21T10:00:00", 2, NULL);
	expect_list(world, "start_date=2026-11-21T02:00:00Z&end_date=2026-11-21T02:00:00Z", 2, NULL);
	expect_list(world, "service_request_id=20261119-0002", 1, "20261119-0002");
	expect_list(world, "service_request_id=20261119-0002,20261122-0001,20261122-0009", 2,
		    "20261122-0001");
	/* ids override all else */
	expect_list(world, "service_request_id=20261119-0002&service_code=0101&status=closed", 1, NULL);
	fits(world, "requests.json", get(world, 200, V2 "requests/20261120-0001.json", NULL));
	world->clock.now += 88 * 24 * HOUR; /* the ninety days begin on 21 November at ten */
	expect_list(world, NULL, 4, "20261122-0001");
	expect_list(world, "start_date=2026-11-18&end_date=2026-12-01", 10, NULL);
}

/* Closed ones stand among the open ones by their time, and say when they were closed. */
static void test_closed(void **state)
{
	struct world *world = *state;
	struct desk duty = enroll(world, "centre", "duty", "Du");
	struct desk roads = enroll(world, "roads", "dept", "Ro");
	const char *token = system_token(world, "name=app&source=desk&kinds=open311");
	struct incident *incident;
	const char *json;

	a_hole(world, token, "");
	world->clock.now += HOUR;
	a_hole(world, token, "&attribute[size]=s");
	world->clock.now += HOUR;
	a_hole(world, token, "&attribute[size]=l");
	incident = incident_of(world, &duty, "20261118-0002");
	hand_over(world, &duty, &roads, &incident->head.id);
	json = get(world, 200, V2 "requests/20261118-0002.json", NULL);
	expect_text(json, "\"agency_responsible\":\"Road department\"");
	expect_text(json, "\"expected_datetime\":null"); /* the clock that is asked for does not run */
	json = get(world, 200, V2 "requests/20261118-0001.json", NULL);
	expect_text(json, "\"expected_datetime\":\"2026-11-18T12:00:00+08:00\"");
	does(world, &roads, "handle", &incident->head.id, "result=SECRET");
	does(world, &duty, "feedback", &incident->head.id, "reply=SECRET");
	world->clock.now += HOUR;
	does(world, &duty, "close", &incident->head.id, "");
	expect_list(world, NULL, 3, "20261118-0003");
	expect_list(world, "status=closed", 1, "20261118-0002");
	expect_list(world, "status=open", 2, "20261118-0003");
	json = get(world, 200, V2 "requests.json", NULL);
	assert_true(strstr(json, "20261118-0003") < strstr(json, "20261118-0002"));
	assert_true(strstr(json, "20261118-0002") < strstr(json, "20261118-0001"));
	json = get(world, 200, V2 "requests/20261118-0002.json", NULL);
	fits(world, "requests.json", json);
	expect_text(json, "\"status\":\"closed\"");
	expect_text(json, "\"updated_datetime\":\"2026-11-18T13:00:00+08:00\"");
	expect_no_text(json, "SECRET");
}

/* A thousand are the most; they are the newest. */
static void test_most(void **state)
{
	struct world *world = *state;
	const char *token = system_token(world, "name=city&source=desk&kinds=intake,history&rate=1000");
	struct str rows = STR_INIT;
	const char *json;

	for (int batch = 0; batch < 3; batch++) {
		str_clear(&rows);
		str_add(&rows, "src_no,title,category,status\n");
		for (int i = 0; i < 500; i++)
			str_addf(&rows, "%d,t,0102,%s\n", batch * 500 + i,
				 i % 2 ? "closed" : "new");
		ask(world, 200, "POST", "/v1/intake", "historic=1", token, rows.s);
		world->clock.now += 1000;
	}
	json = get(world, 200, V2 "requests.json", NULL);
	assert_int_equal(count_of(json), 1000);
	fits(world, "requests.json", json);
	expect_no_text(json, "-0500\"");
	expect_text(json, "-1500\"");
	expect_text(json, "-0501\"");
	assert_int_equal(count_of(get(world, 200, V2 "requests.json", "status=open")), 750);
	str_release(&rows);
}

/* --- who sees what ------------------------------------------------------------------------------ */

static void test_scope(void **state)
{
	struct world *world = *state;
	struct desk leader = enroll(world, "centre", "leader", "Li");
	const char *app = system_token(world, "name=app&source=desk&kinds=open311");
	const char *line = system_token(world, "name=hot&source=line&kinds=open311");
	const char *hidden, *query;
	struct incident *incident;
	struct uuid id = new_id(world);

	a_hole(world, app, "");
	hidden = a_hole(world, line, "");
	assert_string_equal(hidden, "20261118-0002");
	/* an officer's own, of a source that is shown and of one that is not */
	does(world, &leader, "register", &id, "title=SECRET&source=desk&category=0102");
	id = new_id(world);
	does(world, &leader, "register", &id, "title=SECRET&source=line&category=0102");
	expect_list(world, NULL, 2, "20261118-0001");
	query = arena_printf(&world->arena, "api_key=%s", app);
	expect_list(world, query, 2, NULL);
	query = arena_printf(&world->arena, "api_key=%s", line);
	expect_list(world, query, 4, NULL);
	get(world, 404, V2 "requests/20261118-0002.json", NULL);
	get(world, 200, V2 "requests/20261118-0002.json", query);
	expect_list(world, "service_request_id=20261118-0002,20261118-0001", 1, "20261118-0001");
	/* what is kept from somebody leaves no more */
	incident = incident_of(world, &leader, "20261118-0001");
	does(world, &leader, "restrict", &incident->head.id, "from=south&reason=x");
	get(world, 404, V2 "requests/20261118-0001.json", NULL);
	expect_list(world, NULL, 1, "20261118-0003");
}

/* In no answer of any path: the person, and the titles that officers write. */
static void test_persons(void **state)
{
	static const char *const secrets[] = { "SECRET", "Ann", "Lee", "ann@", "49123", "device" };
	struct world *world = *state;
	const char *token = system_token(world, "name=app&source=desk&kinds=open311");
	const char *key = arena_printf(&world->arena, "api_key=%s", token);
	const char *answers[8];
	struct desk leader = enroll(world, "centre", "leader", "Li");
	struct uuid id = new_id(world);
	size_t n = 0;

	answers[n++] = post(world, 200, token,
			    "service_code=0101&address_string=Road+1&attribute[deep]=3&first_name=Ann"
			    "&last_name=Lee&email=ann@example.org&phone=%2B49123456789&device_id=device");
	does(world, &leader, "register", &id,
	     "title=SECRET&source=desk&category=0102&reporter=SECRET&phone=49123");
	answers[n++] = get(world, 200, V2 "requests.json", NULL);
	answers[n++] = get(world, 200, V2 "requests.xml", NULL);
	answers[n++] = get(world, 200, V2 "requests.json", key);
	answers[n++] = get(world, 200, V2 "requests/20261118-0001.xml", key);
	answers[n++] = get(world, 200, V2 "requests/20261118-0002.json", key);
	answers[n++] = get(world, 200, V2 "requests.json", "service_request_id=20261118-0001");
	expect_list(world, NULL, 2, NULL);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < ARRAY_LEN(secrets); k++)
			expect_no_text(answers[i], secrets[k]);
}

static void test_rate(void **state)
{
	struct world *world = *state;
	const char *token = system_token(world, "name=app&source=desk&kinds=open311&rate=2");
	const char *key = arena_printf(&world->arena, "api_key=%s", token);
	int wait = 0;

	adopt_it(world, 200,
		 bundle_with(world, (const char *const[][2]){
					    { offer[0][0], offer[0][1] },
					    { "rate = 1000", "rate = 3" },
					    { NULL, NULL } }),
		 "reason=tests");
	for (int i = 0; i < 3; i++)
		get(world, 200, V2 "services.json", NULL);
	assert_int_equal(ask_wait(world, "GET", V2 "services.json", NULL, NULL, NULL, &wait), 429);
	assert_int_equal(wait, 20);
	expect_text(get(world, 429, V2 "requests.xml", NULL), "<code>429</code>");
	get(world, 200, V2 "requests.json", key); /* who has a token counts for himself */
	get(world, 200, V2 "requests.json", key);
	get(world, 429, V2 "requests.json", key);
	post(world, 429, token, "service_code=0102&address_string=x");
	world->clock.now += MINUTE_MS;
	get(world, 200, V2 "services.json", NULL);
	post(world, 200, token, "service_code=0102&address_string=x");
}

static void test_schemas(void **state)
{
	struct world *world = *state;
	struct schemas schemas;
	json_t *request, *wrong;

	if (!schemas_find(world, &schemas)) {
		print_message("SKIP: the shared schemas are not here\n");
		skip();
	}
	/* that the judge is one */
	request = schema_load(&schemas, "request.json");
	wrong = json_pack("{s:s,s:s,s:s,s:s}", "service_request_id", "1", "status", "ajar",
			  "service_code", "1", "requested_datetime", "2026-11-18T10:00:00Z");
	assert_false(schema_fits(&schemas, request, wrong, ""));
	json_object_set_new(wrong, "status", json_string("open"));
	assert_true(schema_fits(&schemas, request, wrong, ""));
	json_object_set_new(wrong, "requested_datetime", json_string("2026-11-18"));
	assert_false(schema_fits(&schemas, request, wrong, ""));
	json_object_set_new(wrong, "requested_datetime", json_string("2026-11-18T10:00:00Z"));
	json_object_set_new(wrong, "lat", json_string("1"));
	assert_false(schema_fits(&schemas, request, wrong, ""));
	json_object_set_new(wrong, "lat", json_real(1));
	assert_true(schema_fits(&schemas, request, wrong, ""));
	json_object_del(wrong, "service_code");
	assert_false(schema_fits(&schemas, request, wrong, ""));
	json_decref(wrong);
	json_decref(request);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_offer, open311_make, world_free),
		cmocka_unit_test_setup_teardown(test_none, rules_make, world_free),
		cmocka_unit_test_setup_teardown(test_paths, open311_make, world_free),
		cmocka_unit_test_setup_teardown(test_wrong_posts, open311_make, world_free),
		cmocka_unit_test_setup_teardown(test_keys, open311_make, world_free),
		cmocka_unit_test_setup_teardown(test_made, open311_make, world_free),
		cmocka_unit_test_setup_teardown(test_again, open311_make, world_free),
		cmocka_unit_test_setup_teardown(test_tokens, open311_make, world_free),
		cmocka_unit_test_setup_teardown(test_filters, open311_make, world_free),
		cmocka_unit_test_setup_teardown(test_closed, open311_make, world_free),
		cmocka_unit_test_setup_teardown(test_most, open311_make, world_free),
		cmocka_unit_test_setup_teardown(test_scope, open311_make, world_free),
		cmocka_unit_test_setup_teardown(test_persons, open311_make, world_free),
		cmocka_unit_test_setup_teardown(test_rate, open311_make, world_free),
		cmocka_unit_test_setup_teardown(test_schemas, open311_make, world_free),
	};

	return cmocka_run_group_tests_name("server open311", tests, NULL, NULL);
}
