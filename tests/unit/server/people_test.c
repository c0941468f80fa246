/* Accounts: second factor, own PIN, codes that end, sessions that end or are ended, officers that
 * move, and what the audit log keeps of it all. */
#include <config.h>

#include "server_help.h"

#include "../../../src/server/audit_priv.h"
#include "../../../src/server/totp_priv.h"
#include "zhiban/base/civil.h"

/* --- helpers ----------------------------------------------------------------------------------- */

static const char *session_body(struct world *world, const struct desk *desk, const char *pin,
				const char *totp)
{
	struct session_ask msg = { .console = desk->console, .officer = desk->officer, .pin = pin,
				   .totp = totp };
	struct str body = STR_INIT;
	const char *text;

	session_ask_encode(&msg, &body);
	text = arena_strdup(&world->arena, body.s);
	str_release(&body);
	return text;
}

static const char *log_in(struct world *world, int status, const struct desk *desk, const char *pin,
			  const char *totp)
{
	return ask(world, status, "POST", "/v1/session", NULL, NULL,
		   session_body(world, desk, pin, totp));
}

static const char *change(struct world *world, int status, const char *form)
{
	return ask(world, status, "POST", "/v1/admin/officers", NULL, NULL, form);
}

static const char *audit(struct world *world, const char *query)
{
	return ask(world, 200, "GET", "/v1/admin/audit", query, NULL, NULL);
}

static size_t lines(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		n += *text == '\n';
	return n;
}

static void expect_word(const char *text, const char *word)
{
	if (strstr(text, word) == NULL)
		fail_msg("no \"%s\" in: %s", word, text);
}

static struct service *service_of(struct world *world)
{
	return world->service;
}

static void check_audit(struct world *world, enum err expected)
{
	struct service *service = service_of(world);
	struct error err = ERROR_INIT;
	struct db *db;
	int64_t n = 0;

	OK(service->db->open(world->data, 0, &db, NULL));
	OK(service->db->begin(db, NULL));
	assert_int_equal(audit_verify(service->db, db, &n, &err), expected);
	service->db->close(db);
}

/* --- the second factor ------------------------------------------------------------------------- */

/* The secret of an otpauth address. */
static void secret_of(const char *uri, uint8_t secret[TOTP_SECRET])
{
	static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	const char *at = strstr(uri, "secret=");
	uint32_t held = 0;
	int bits = 0;
	size_t n = 0;

	assert_non_null(at);
	for (at += strlen("secret="); *at != '&' && n < TOTP_SECRET; at++) {
		held = held << 5 | (uint32_t)(strchr(signs, *at) - signs);
		bits += 5;
		if (bits >= 8) {
			bits -= 8;
			secret[n++] = (uint8_t)(held >> bits);
		}
	}
	assert_int_equal(n, TOTP_SECRET);
}

static const char *code_now(struct world *world, const uint8_t secret[TOTP_SECRET], int64_t steps)
{
	char text[10];

	assert_true(totp_code(secret, TOTP_SECRET, world->clock.now / 30000 + steps, 6, text));
	return arena_strdup(&world->arena, text);
}

static void test_second_factor(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	uint8_t secret[TOTP_SECRET], other[TOTP_SECRET] = { 1 };
	const char *code;

	log_in(world, 200, &desk, "1234", NULL);
	secret_of(change(world, 200, "op=totp\nname=Wang\n"), secret);
	expect_error(world, log_in(world, 401, &desk, "1234", NULL), ERR_SECOND);
	/* a wrong PIN is told nothing of it */
	expect_error(world, log_in(world, 401, &desk, "4321", NULL), ERR_AUTH);
	expect_error(world, log_in(world, 401, &desk, "1234", code_now(world, other, 0)), ERR_SECOND);
	code = code_now(world, secret, 0);
	log_in(world, 200, &desk, "1234", code);
	expect_error(world, log_in(world, 401, &desk, "1234", code), ERR_SECOND);
	/* an older one than that is used up with it */
	expect_error(world, log_in(world, 401, &desk, "1234", code_now(world, secret, -1)), ERR_SECOND);
	world->clock.now += 60000;
	log_in(world, 200, &desk, "1234", code_now(world, secret, 0));
	change(world, 200, "op=totp-off\nname=Wang\n");
	log_in(world, 200, &desk, "1234", NULL);
}

/* Wrong codes are wrong tries; the PIN without a code is none. */
static void test_second_backs_off(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");

	change(world, 200, "op=totp\nname=Wang\n");
	for (int i = 0; i < 10; i++)
		expect_error(world, log_in(world, 401, &desk, "1234", NULL), ERR_SECOND);
	for (int i = 0; i < 3; i++)
		expect_error(world, log_in(world, 401, &desk, "1234", "000000"), ERR_SECOND);
	expect_error(world, log_in(world, 429, &desk, "1234", "000000"), ERR_TOO_MANY);
}

/* --- PIN ---------------------------------------------------------------------------------------- */

static const char *pin_body(struct world *world, const char *old, const char *new)
{
	return arena_printf(&world->arena, "{\"new\":\"%s\",\"old\":\"%s\"}", new, old);
}

static void test_own_pin(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang"), second = desk;

	second = desk_from(world, log_in(world, 200, &desk, "1234", NULL));
	expect_error(world,
		     ask(world, 403, "POST", "/v1/pin", NULL, desk.token, pin_body(world, "1", "5678")),
		     ERR_DENIED);
	ask(world, 400, "POST", "/v1/pin", NULL, desk.token, pin_body(world, "1234", "12"));
	ask(world, 400, "POST", "/v1/pin", NULL, desk.token, pin_body(world, "1234", "1234"));
	ask(world, 401, "POST", "/v1/pin", NULL, NULL, pin_body(world, "1234", "5678"));
	ask(world, 200, "POST", "/v1/pin", NULL, desk.token, pin_body(world, "1234", "5678"));
	ask(world, 200, "GET", "/v1/session", NULL, desk.token, NULL);
	expect_error(world, ask(world, 401, "GET", "/v1/session", NULL, second.token, NULL), ERR_AUTH);
	log_in(world, 401, &desk, "1234", NULL);
	log_in(world, 200, &desk, "5678", NULL);
	expect_word(audit(world, "what=pin_own"), "Wang");
}

/* --- codes -------------------------------------------------------------------------------------- */

static void test_codes(void **state)
{
	struct world *world = *state;
	const char *one = code_for(world, "officer=Wang\n"), *two = code_for(world, "hours=2\n"),
		   *three = code_for(world, "officer=Li\norg=chengguan\nrole=dept\n"), *list;
	char query[40] = "id=";

	ask(world, 400, "POST", "/v1/admin/code", NULL, NULL, "hours=0\n");
	ask(world, 400, "POST", "/v1/admin/code", NULL, NULL, "hours=337\n");
	list = ask(world, 200, "GET", "/v1/admin/code", NULL, NULL, NULL);
	assert_int_equal(lines(list), 3);
	assert_null(strstr(list, "hash"));
	assert_null(strstr(list, one)); /* what lets in is not shown again */
	expect_word(list, "\tLi\tchengguan\tdept\t");
	/* revoked by its id: the row of Li, which begins its line */
	list = strstr(list, "\tLi\t");
	memcpy(query + 3, list - 8, 8);
	assert_string_equal(ask(world, 200, "DELETE", "/v1/admin/code", query, NULL, NULL), "1\n");
	ask(world, 404, "DELETE", "/v1/admin/code", query, NULL, NULL);
	ask(world, 403, "POST", "/v1/enroll", NULL, NULL, enroll_body(world, three, NULL, "1234"));
	world->clock.now += 2 * HOUR_MS + 1000; /* also past the back-off */
	ask(world, 403, "POST", "/v1/enroll", NULL, NULL, enroll_body(world, two, "Qian", "1234"));
	ask(world, 200, "POST", "/v1/enroll", NULL, NULL, enroll_body(world, one, NULL, "1234"));
	ask(world, 400, "DELETE", "/v1/admin/code", NULL, NULL, NULL);
	code_for(world, "officer=Zhao\n");
	assert_string_equal(ask(world, 200, "DELETE", "/v1/admin/code", "all=yes", NULL, NULL), "1\n");
	assert_string_equal(ask(world, 200, "GET", "/v1/admin/code", NULL, NULL, NULL), "");
}

/* --- sessions ----------------------------------------------------------------------------------- */

static void test_session_life(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	int64_t begun = world->clock.now;

	/* used every ten hours it goes on, but not for longer than a week */
	while (world->clock.now + 10 * HOUR_MS < begun + 168 * HOUR_MS) {
		world->clock.now += 10 * HOUR_MS;
		ask(world, 200, "GET", "/v1/session", NULL, desk.token, NULL);
	}
	/* another console id does not make it younger */
	desk = desk_from(world, ask(world, 200, "POST", "/v1/console", NULL, desk.token, "{}"));
	world->clock.now = begun + 168 * HOUR_MS + 1;
	expect_error(world, ask(world, 401, "GET", "/v1/session", NULL, desk.token, NULL), ERR_AUTH);
	desk.officer = "Wang";
	desk = desk_from(world, log_in(world, 200, &desk, "1234", NULL));
	world->clock.now += 12 * HOUR_MS + 1;
	expect_error(world, ask(world, 401, "GET", "/v1/session", NULL, desk.token, NULL), ERR_AUTH);
}

/* A feed that waits is ended with its session, at once. */
static void test_revoke_parked(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	struct request request;
	struct reply reply;
	char query[60];

	snprintf(query, sizeof query, "since=%lld&wait=50",
		 (long long)feed_of(world, &desk, 0, "").next);
	request_make(world, &request, "GET", "/v1/feed", query, desk.token, NULL);
	reply_init(&reply);
	assert_int_equal(service_handle(world->service, &request, &reply), SERVICE_PARKED);
	expect_word(ask(world, 200, "GET", "/v1/admin/sessions", NULL, NULL, NULL), "\tWang\t");
	assert_string_equal(ask(world, 200, "DELETE", "/v1/admin/sessions", "officer=Wang", NULL, NULL),
			    "1\n");
	assert_int_equal(world->n_woken, 1);
	assert_int_equal(service_handle(world->service, &request, &reply), SERVICE_DONE);
	assert_int_equal(reply.status, 401);
	reply_release(&reply);
	ask(world, 404, "DELETE", "/v1/admin/sessions", "officer=Wang", NULL, NULL);
	assert_string_equal(ask(world, 200, "GET", "/v1/admin/sessions", NULL, NULL, NULL), "");
	expect_word(audit(world, "what=session_revoke"), "local");
}

static void test_console_closed(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	char query[60] = "id=";

	uuid_text(&desk.console, query + 3);
	expect_word(ask(world, 200, "GET", "/v1/admin/consoles", NULL, NULL, NULL), "\tWang\topen\n");
	ask(world, 200, "DELETE", "/v1/admin/consoles", query, NULL, NULL);
	expect_error(world, ask(world, 401, "GET", "/v1/session", NULL, desk.token, NULL), ERR_AUTH);
	expect_error(world, log_in(world, 403, &desk, "1234", NULL), ERR_DENIED);
	expect_word(ask(world, 200, "GET", "/v1/admin/consoles", NULL, NULL, NULL), "closed");
	ask(world, 400, "DELETE", "/v1/admin/consoles", "id=none", NULL, NULL);
}

/* Sessions stay when an officer moves; what they see is that of the new place. */
static void test_move(void **state)
{
	struct world *world = *state;
	struct desk duty = enroll(world, "zhongxin", "duty", "Wang");
	struct desk dept = enroll(world, "chengguan", "dept", "Zhao");
	struct uuid id = new_id(world), person = uuid_named("person:Zhao");
	char path[80] = "/v1/entities/", someone[80] = "/v1/entities/";
	const char *body;

	register_one(world, &duty, &id, "a hole");
	uuid_text(&id, path + strlen(path));
	uuid_text(&person, someone + strlen(someone));
	ask(world, 404, "GET", path, NULL, dept.token, NULL);
	ask(world, 400, "POST", "/v1/admin/officers", NULL, NULL, "op=move\nname=Zhao\n");
	ask(world, 400, "POST", "/v1/admin/officers", NULL, NULL, "op=move\nname=Zhao\norg=nowhere\n");
	ask(world, 404, "POST", "/v1/admin/officers", NULL, NULL, "op=move\nname=Nobody\norg=zhongxin\n");
	change(world, 200, "op=move\nname=Zhao\norg=zhongxin\nrole=chief\nreason=new post\n");
	body = ask(world, 200, "GET", "/v1/session", NULL, dept.token, NULL);
	expect_word(body, "\"org\":\"zhongxin\"");
	expect_word(body, "\"role\":\"chief\"");
	ask(world, 200, "GET", path, NULL, dept.token, NULL);
	expect_word(ask(world, 200, "GET", someone, NULL, duty.token, NULL), "\"role\":\"chief\"");
	expect_word(audit(world, "what=account_move"), "zhongxin chief: new post");
	change(world, 200, "op=move\nname=Zhao\nrole=secadmin\n");
	ask(world, 404, "GET", path, NULL, dept.token, NULL);
}

/* --- the audit log ------------------------------------------------------------------------------ */

static void test_failures_summed(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");

	for (int i = 0; i < 3; i++)
		log_in(world, 401, &desk, "0000", NULL);
	log_in(world, 429, &desk, "0000", NULL);
	(void)service_tick(world->service);
	assert_string_equal(audit(world, "what=login_failed"), "");
	world->clock.now += 61000;
	(void)service_tick(world->service);
	expect_word(audit(world, "what=login_failed"), "\tWang\t\ttest\t3\n");
	assert_int_equal(lines(audit(world, "what=login_failed")), 1);
	/* what is left over is written at the end */
	log_in(world, 401, &desk, "0000", NULL);
	world_restart(world);
	assert_int_equal(lines(audit(world, "what=login_failed")), 2);
	check_audit(world, ERR_OK);
}

static void test_audit_reading(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	const char *text;

	log_in(world, 200, &desk, "1234", NULL);
	world->clock.now += HOUR_MS;
	log_in(world, 200, &desk, "1234", NULL);
	assert_int_equal(lines(audit(world, "what=login")), 2);
	assert_int_equal(lines(audit(world, "what=login&limit=1")), 1);
	assert_int_equal(lines(audit(world, "who=Wang")), 3);
	assert_int_equal(lines(audit(world, "who=local")), 1);
	assert_int_equal(lines(audit(world, "after=3")), 1);
	text = audit(world, "what=login&limit=1&format=json");
	expect_word(text, "[{\"no\":\"4\",\"at\":\"2026-");
	expect_word(text, "\"what\":\"login\",\"who\":\"Wang\",\"role\":\"duty\",\"via\":\"test\"}]\n");
	expect_word(audit(world, "what=code&format=csv"), "no,at,what,who,role,about,words,via,times\n");
	expect_word(audit(world, "what=code&format=table"), "enrolment code made");
	ask(world, 400, "GET", "/v1/admin/audit", "format=xml", NULL, NULL);
	ask(world, 400, "GET", "/v1/admin/audit", "limit=0", NULL, NULL);
	ask(world, 400, "GET", "/v1/admin/audit", "since=soon", NULL, NULL);
	assert_string_equal(audit(world, "since=2050-01-01"), "");
}

/* A line that was changed, taken out, added or cut off is found. */
static void test_audit_chain(void **state)
{
	static const struct {
		const char *what;
		int64_t drop, add;
	} cases[] = {
		{ "the oldest taken out", 1, 0 },
		{ "all taken out", 99, 0 },
		{ "one added behind", 0, 5 },
		{ "one added in a gap", 0, 7 },
		{ "nothing", 0, 0 },
	};
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");

	log_in(world, 200, &desk, "1234", NULL);
	log_in(world, 200, &desk, "1234", NULL);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct service *service = service_of(world);
		struct db_audit forged = { .no = cases[i].add, .at = 1, .what = "login", .n = 1 };
		struct error err = ERROR_INIT;
		int64_t n = 0;
		struct db *db = service->writer.db;
		enum err expected = cases[i].drop + cases[i].add > 0 ? ERR_CORRUPT : ERR_OK;

		OK(service->db->begin(db, NULL));
		if (cases[i].drop > 0)
			OK(service->db->audit_drop(db, cases[i].drop, NULL));
		if (cases[i].add > 0)
			OK(service->db->audit_add(db, &forged, NULL));
		if (audit_verify(service->db, db, &n, &err) != expected)
			fail_msg("%s", cases[i].what);
		OK(service->db->rollback(db, NULL));
	}
}

enum { KEPT_MAX = 16 };
struct kept {
	struct db_audit rows[KEPT_MAX];
	size_t n;
	struct arena *arena;
};

static bool keep_row(void *ctx, const struct db_audit *row)
{
	struct kept *kept = ctx;
	struct db_audit *copy = &kept->rows[kept->n++];

	assert_true(kept->n < KEPT_MAX);
	*copy = *row;
	copy->what = arena_strdup(kept->arena, row->what);
	copy->who = arena_strdup(kept->arena, row->who);
	copy->role = arena_strdup(kept->arena, row->role);
	copy->about = arena_strdup(kept->arena, row->about);
	copy->words = arena_strdup(kept->arena, row->words);
	copy->via = arena_strdup(kept->arena, row->via);
	return true;
}

/* Each part of a line counts, also what is not there. */
static void test_audit_content(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	const struct db_ops *ops = world->service->db;
	struct db *db = world->service->writer.db;
	struct kept kept = { .arena = &world->arena };

	log_in(world, 200, &desk, "1234", NULL);
	OK(ops->audit_scan(db, 0, keep_row, &kept, NULL));
	assert_int_equal(kept.n, 3);
	for (int part = 0; part <= 9; part++) {
		struct db_audit rows[KEPT_MAX];
		struct db_audit *row = &rows[1]; /* the enrolment, which has all of them */
		struct error err = ERROR_INIT;
		int64_t n = 0;

		memcpy(rows, kept.rows, sizeof rows);
		row->at += part == 1;
		row->n += part == 2;
		row->what = part == 3 ? "login" : row->what;
		row->who = part == 4 ? "Li" : row->who;
		row->role = part == 5 ? "chief" : row->role;
		row->about = part == 6 ? "x" : row->about;
		row->words = part == 7 ? NULL : row->words;
		row->via = part == 8 ? "" : row->via;
		row->hash[0] ^= part == 9;
		OK(ops->begin(db, NULL));
		OK(ops->audit_drop(db, 99, NULL));
		for (size_t i = 0; i < kept.n; i++)
			OK(ops->audit_add(db, &rows[i], NULL));
		if (audit_verify(ops, db, &n, &err) != (part == 0 ? ERR_OK : ERR_CORRUPT))
			fail_msg("part %d: %s", part, err.text);
		OK(ops->rollback(db, NULL));
	}
}

static void test_audit_purged(void **state)
{
	struct world *world = *state;
	struct desk desk = enroll(world, "zhongxin", "duty", "Wang");
	int64_t n = 0;
	struct db *db;

	world->clock.now += DAY_MS;
	log_in(world, 200, &desk, "1234", NULL);
	db = world->service->writer.db;
	OK(world->service->db->begin(db, NULL));
	OK(audit_purge(&world->service->writer, world->clock.now, &n, NULL));
	OK(world->service->db->commit(db, NULL));
	assert_int_equal(n, 2);
	assert_int_equal(lines(audit(world, NULL)), 1);
	check_audit(world, ERR_OK);
	log_in(world, 200, &desk, "1234", NULL);
	check_audit(world, ERR_OK);
}

/* No PIN, code, token or secret stands in the log. */
static void test_audit_tells_no_secret(void **state)
{
	struct world *world = *state;
	const char *code = code_for(world, "officer=Wang\n"), *text, *uri;
	struct desk desk = desk_from(world, ask(world, 200, "POST", "/v1/enroll", NULL, NULL,
						enroll_body(world, code, NULL, "246813")));

	change(world, 200, "op=passwd\nname=Wang\npin=135724\n");
	uri = change(world, 200, "op=totp\nname=Wang\n");
	text = audit(world, "format=jsonl");
	assert_null(strstr(text, "246813"));
	assert_null(strstr(text, "135724"));
	assert_null(strstr(text, arena_strndup(&world->arena, code, 14)));
	assert_null(strstr(text, arena_strndup(&world->arena, desk.token, 16)));
	assert_null(strstr(text, arena_strndup(&world->arena, strstr(uri, "secret=") + 7, 16)));
	assert_int_equal(lines(text), 4);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(test_##name, world_make, world_free)
	const struct CMUnitTest tests[] = {
		T(second_factor),   T(second_backs_off), T(own_pin),
		T(codes),	    T(session_life),	 T(revoke_parked),
		T(console_closed),  T(move),		 T(failures_summed),
		T(audit_reading),   T(audit_chain), T(audit_content),	 T(audit_purged),
		T(audit_tells_no_secret),
	};

	return cmocka_run_group_tests_name("server people", tests, NULL, NULL);
}
