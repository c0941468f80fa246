/* Administration over the network: which role may ask what, and what nobody may do there. */
#include <config.h>

#include "server_help.h"

/* --- who may ask what ---------------------------------------------------------------------------- */

static const char *const roles[] = { "sysadmin", "secadmin", "audadmin", "leader", "duty", "auditor",
				     "dept" };
enum { SYS, SEC, AUD, N_ROLES = ARRAY_LEN(roles) };

/* The one role that gets an answer; to all others it is not there. */
static const struct {
	const char *method, *path, *query, *body;
	int role, status; /* of that role; all others: 404 */
} endpoints[] = {
	{ "GET", "/v1/manage/status", NULL, NULL, SYS, 200 },
	{ "POST", "/v1/manage/backup", NULL, NULL, SYS, 409 }, /* this one keeps none */
	{ "GET", "/v1/manage/officers", NULL, NULL, SEC, 200 },
	{ "POST", "/v1/manage/officers", NULL, "op=add\nname=New\nrole=dept\norg=chengguan\n", SEC, 200 },
	{ "GET", "/v1/manage/review", NULL, NULL, SEC, 200 },
	{ "GET", "/v1/manage/codes", NULL, NULL, SEC, 200 },
	{ "POST", "/v1/manage/codes", NULL, "officer=New\n", SEC, 200 },
	{ "DELETE", "/v1/manage/codes", "officer=New", NULL, SEC, 200 },
	{ "GET", "/v1/manage/sessions", NULL, NULL, SEC, 200 },
	{ "DELETE", "/v1/manage/sessions", "officer=Nobody", NULL, SEC, 404 },
	{ "GET", "/v1/manage/consoles", NULL, NULL, SEC, 200 },
	{ "DELETE", "/v1/manage/consoles", "id=00000000-0000-7000-8000-000000000000", NULL, SEC, 404 },
	{ "GET", "/v1/manage/audit", NULL, NULL, AUD, 200 },
	{ "GET", "/v1/admin/officers", NULL, NULL, -1, 404 },
	{ "GET", "/v1/admin/audit", NULL, NULL, -1, 404 },
	{ "POST", "/v1/admin/officers", NULL, "op=add\nname=X\n", -1, 404 },
};

static int status_of(struct world *world, size_t i, const char *token, const char **ret_body)
{
	struct request request;
	struct reply reply;
	int status;

	request_make(world, &request, endpoints[i].method, endpoints[i].path, endpoints[i].query, token,
		     endpoints[i].body);
	request.admin = false; /* as it comes over the network */
	reply_init(&reply);
	assert_int_equal(service_handle(world->service, &request, &reply), SERVICE_DONE);
	status = reply.status;
	*ret_body = arena_strdup(&world->arena, str_get(&reply.body));
	reply_release(&reply);
	return status;
}

static struct desk of_role(struct world *world, size_t role)
{
	return enroll(world, role == N_ROLES - 1 ? "chengguan" : "zhongxin", roles[role], roles[role]);
}

static void test_table(void **state)
{
	struct world *world = *state;
	struct desk desks[N_ROLES];

	for (size_t r = 0; r < N_ROLES; r++)
		desks[r] = of_role(world, r);
	for (size_t i = 0; i < ARRAY_LEN(endpoints); i++) {
		for (size_t r = 0; r < N_ROLES; r++) {
			const char *body;
			int expected = (int)r == endpoints[i].role ? endpoints[i].status : 404;
			int status = status_of(world, i, desks[r].token, &body);

			if (status != expected)
				fail_msg("%s %s by %s: %d, not %d: %s", endpoints[i].method,
					 endpoints[i].path, roles[r], status, expected, body);
			if ((int)r == endpoints[i].role)
				continue;
			/* the same words as for what is not there */
			if (strstr(body, "there is no /v1/") == NULL)
				fail_msg("%s by %s: %s", endpoints[i].path, roles[r], body);
		}
		if (endpoints[i].role >= 0) {
			const char *body;

			assert_int_equal(status_of(world, i, NULL, &body), 401);
		}
	}
	assert_non_null(strstr(ask(world, 200, "GET", "/v1/admin/audit", "what=manage_denied", NULL, NULL),
			       "duty\tduty\tGET /v1/manage/status"));
}

/* --- what the security administrator may not do --------------------------------------------------- */

struct crew {
	struct desk sec, aud, dept;
};

static struct crew crew_make(struct world *world)
{
	return (struct crew){ .sec = of_role(world, SEC), .aud = of_role(world, AUD),
			      .dept = of_role(world, N_ROLES - 1) };
}

static void manage(struct world *world, int status, const struct desk *desk, const char *method,
		   const char *what, const char *query, const char *body)
{
	char path[80];

	snprintf(path, sizeof path, "/v1/manage/%s", what);
	ask(world, status, method, path, query, desk->token, body);
}

/* Of himself he is told so. */
static void ask_own(struct world *world, const struct desk *desk)
{
	assert_non_null(strstr(ask(world, 403, "POST", "/v1/manage/officers", NULL, desk->token,
				   "op=totp-off\nname=secadmin\n"),
			       "his own account"));
}

static void test_kept_apart(void **state)
{
	static const char *const denied[] = {
		"op=add\nname=Evil\nrole=audadmin\n",	  /* makes no administrator */
		"op=move\nname=dept\nrole=sysadmin\n",	  /* nor of somebody there */
		"op=move\nname=secadmin\nrole=leader\n",  /* not himself */
		"op=totp-off\nname=secadmin\n",
		"op=passwd\nname=secadmin\npin=9999\n",
		"op=passwd\nname=audadmin\npin=9999\n",	  /* nor a colleague */
		"op=disable\nname=audadmin\n",
		"op=totp\nname=audadmin\n",
		"op=move\nname=audadmin\nrole=dept\norg=chengguan\n",
	};
	struct world *world = *state;
	struct crew crew = crew_make(world);
	char id[60] = "id=";

	for (size_t i = 0; i < ARRAY_LEN(denied); i++)
		manage(world, 403, &crew.sec, "POST", "officers", NULL, denied[i]);
	ask_own(world, &crew.sec);
	manage(world, 403, &crew.sec, "POST", "codes", NULL, "officer=audadmin\n");
	manage(world, 403, &crew.sec, "POST", "codes", NULL, "officer=secadmin\n");
	manage(world, 403, &crew.sec, "POST", "codes", NULL, "role=sysadmin\n");
	manage(world, 403, &crew.sec, "DELETE", "sessions", "officer=audadmin", NULL);
	manage(world, 403, &crew.sec, "DELETE", "sessions", "officer=secadmin", NULL);
	uuid_text(&crew.sec.console, id + 3);
	manage(world, 403, &crew.sec, "DELETE", "consoles", id, NULL);
	uuid_text(&crew.aud.console, id + 3);
	manage(world, 403, &crew.sec, "DELETE", "consoles", id, NULL);
	ask(world, 200, "GET", "/v1/session", NULL, crew.aud.token, NULL);
	ask(world, 200, "GET", "/v1/session", NULL, crew.sec.token, NULL);
	/* nothing of it happened */
	assert_null(strstr(ask(world, 200, "GET", "/v1/admin/officers", NULL, NULL, NULL), "Evil"));
	assert_null(strstr(ask(world, 200, "GET", "/v1/admin/audit", NULL, NULL, NULL), "account_"));
	/* on the machine itself it can be done */
	ask(world, 200, "POST", "/v1/admin/officers", NULL, NULL, "op=disable\nname=audadmin\n");
	expect_error(world, ask(world, 401, "GET", "/v1/session", NULL, crew.aud.token, NULL), ERR_AUTH);
}

/* "all" leaves the codes of administrators. */
static void test_all_but_theirs(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);

	code_for(world, "role=sysadmin\n");
	code_for(world, "role=duty\n");
	manage(world, 200, &crew.sec, "DELETE", "codes", "all=yes", NULL);
	assert_non_null(
		strstr(ask(world, 200, "GET", "/v1/admin/code", NULL, NULL, NULL), "\tsysadmin\t"));
	assert_null(strstr(ask(world, 200, "GET", "/v1/admin/code", NULL, NULL, NULL), "\tduty\t"));
}

static void test_what_he_may(void **state)
{
	struct world *world = *state;
	struct crew crew = crew_make(world);
	char id[60] = "id=";

	manage(world, 200, &crew.sec, "POST", "officers", NULL,
	       "op=add\nname=Qian\norg=shuiwu\nrole=dept\npin=2468\n");
	manage(world, 409, &crew.sec, "POST", "officers", NULL, "op=add\nname=Qian\n");
	manage(world, 200, &crew.sec, "POST", "officers", NULL, "op=move\nname=Qian\norg=chengguan\n");
	manage(world, 200, &crew.sec, "POST", "officers", NULL, "op=disable\nname=dept\n");
	expect_error(world, ask(world, 401, "GET", "/v1/session", NULL, crew.dept.token, NULL), ERR_AUTH);
	manage(world, 200, &crew.sec, "POST", "officers", NULL, "op=enable\nname=dept\n");
	uuid_text(&crew.dept.console, id + 3);
	manage(world, 200, &crew.sec, "DELETE", "consoles", id, NULL);
	assert_non_null(strstr(ask(world, 200, "GET", "/v1/admin/audit", "who=secadmin&what=account_add",
				   NULL, NULL),
			       "secadmin\tsecadmin\tQian\tshuiwu dept\ttest"));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_##name, world_make, world_free)
	const struct CMUnitTest tests[] = { T(table), T(kept_apart), T(all_but_theirs), T(what_he_may) };

	return cmocka_run_group_tests_name("server manage", tests, NULL, NULL);
}
