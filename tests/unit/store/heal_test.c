/* Another console id takes all or nothing; a cache that something else wrote to is made good. */
#include <config.h>

#include "store_help.h"

#include <sqlite3.h>

#include "zhiban/store/cache.h"
#include "zhiban/store/outbox_renew.h"

static const struct uuid OLD = { { 1 } }, NEW = { { 2 } };

/* ---- another console id ---- */

static struct uuid id_of(unsigned i)
{
	struct uuid parent = { { 9 } };

	return uuid_child(&parent, "act", i);
}

struct body {
	char text[64];
	const char *console;
	int fails_at; /* the act of this place cannot be made; 0: all can */
	int calls;
};

static enum err body_fn(void *ctx, int64_t n, const struct uuid *after, const char **ret_bytes,
			size_t *ret_len, struct error *err)
{
	struct body *body = ctx;

	(void)after;
	(void)err;
	*ret_len = (size_t)snprintf(body->text, sizeof body->text, "%s %lld", body->console,
				    (long long)n);
	*ret_bytes = body->text;
	return ERR_OK;
}

static enum err anew_fn(void *ctx, const struct outbox_row *row, int64_t n, const char **ret_bytes,
			size_t *ret_len, struct error *err)
{
	struct body *body = ctx;

	(void)row;
	if (++body->calls == body->fails_at)
		return error_set(err, ERR_FULL, "no space is left");
	return body_fn(body, n, NULL, ret_bytes, ret_len, err);
}

static void append(struct store *store, unsigned i, const char *officer)
{
	struct body body = { .console = "old" };
	struct outbox_new act = { .id = id_of(i), .target = id_of(50 + i), .officer = officer,
				  .at = 1000 + i, .body = body_fn, .ctx = &body };
	int64_t n;

	OK(outbox_append(store, &act, &n, NULL));
	assert_int_equal(n, i);
}

static void log_in(struct store *store, const char *officer, const char *token)
{
	struct outbox_who who = { officer, "CENTRE", "duty", token, true };

	OK(outbox_login(store, &who, NULL));
}

static void token_is(struct store *store, const char *officer, const char *token)
{
	struct arena arena = ARENA_INIT;
	struct outbox_who who;

	OK(outbox_who(store, officer, &arena, &who, NULL));
	assert_string_equal(who.token, token);
	arena_release(&arena);
}

/* 1 is answered, 2 refused, 3 sent and 4 pending of li, 5 pending of wang, who is not logged in. */
static struct store *open_full(const struct folder *folder)
{
	struct store *store;
	struct outbox_answer answers[] = {
		{ .id = id_of(1), .seq = 10, .version = 1 },
		{ .id = id_of(2), .refused = true, .code = "REFUSED", .sentence = "a rule" },
	};

	OK(outbox_open(folder->path, false, &store, NULL));
	OK(outbox_set_console(store, &OLD, NULL));
	log_in(store, "wang", "token-of-wang");
	for (unsigned i = 1; i <= 5; i++)
		append(store, i, i < 5 ? "li" : "wang");
	log_in(store, "li", "token-of-li");
	OK(outbox_mark_sent(store, 1, 3, NULL));
	OK(outbox_answers(store, answers, ARRAY_LEN(answers), NULL));
	return store;
}

static const struct outbox_row *row_of(const struct outbox_row *rows, size_t n, unsigned i)
{
	struct uuid id = id_of(i);

	for (size_t k = 0; k < n; k++)
		if (uuid_eq(&rows[k].id, &id))
			return &rows[k];
	fail_msg("act %u is gone", i);
	return NULL;
}

static void another_id_takes_all_that_waits(void **state)
{
	static const struct {
		unsigned i;
		int64_t n;
		enum act_state state;
		const char *body;
	} wanted[] = {
		{ 3, 1, ACT_PENDING, "new 1" },	 { 4, 2, ACT_PENDING, "new 2" },
		{ 5, 3, ACT_PENDING, "new 3" },	 { 2, 4, ACT_REFUSED, "old 2" },
	};
	struct store *store = open_full(*state);
	struct outbox_who who = { "li", "CENTRE", "duty", "token-two", true };
	struct body body = { .console = "new" };
	struct arena arena = ARENA_INIT;
	struct outbox_row *rows;
	struct uuid console;
	int64_t n;
	size_t n_rows;

	OK(outbox_answered(store, &n, NULL));
	assert_int_equal(n, 1); /* 2 is not counted: a refused one is not sent again */
	OK(outbox_renew(store, &NEW, &who, NULL, anew_fn, &body, NULL));
	console = outbox_console(store);
	assert_true(uuid_eq(&console, &NEW));
	token_is(store, "li", "token-two");
	token_is(store, "wang", ""); /* of the id before */
	OK(outbox_list(store, &arena, &rows, &n_rows, NULL));
	for (size_t i = 0; i < ARRAY_LEN(wanted); i++) {
		const struct outbox_row *row = row_of(rows, n_rows, wanted[i].i);

		assert_int_equal(row->n, wanted[i].n);
		assert_int_equal(row->state, wanted[i].state);
		assert_string_equal(row->body, wanted[i].body);
	}
	assert_true(row_of(rows, n_rows, 1)->n < 0); /* the new console never sent it */
	assert_int_equal(row_of(rows, n_rows, 1)->state, ACT_ANSWERED);
	OK(outbox_answered(store, &n, NULL));
	assert_int_equal(n, 0);
	OK(outbox_prev(store, 1, &n, NULL));
	assert_int_equal(n, 0);
	arena_release(&arena);
	store_close(store);
}

/* Whatever goes wrong in the middle: id, numbers, bodies and tokens are as they were. */
static void another_id_is_all_or_nothing(void **state)
{
	struct store *store = open_full(*state);
	struct outbox_who who = { "li", "CENTRE", "duty", "token-two", true };
	struct outbox_who nobody = { "li", NULL, "duty", "token-two", true };

	for (int fails_at = 1; fails_at <= 4; fails_at++) {
		struct body body = { .console = "new", .fails_at = fails_at };
		const struct outbox_who *one = fails_at <= 3 ? &who : &nobody; /* at the very end */
		struct arena arena = ARENA_INIT;
		struct outbox_row *rows;
		struct uuid console;
		size_t n_rows;
		int64_t last;

		assert_int_not_equal(outbox_renew(store, &NEW, one, NULL, anew_fn, &body, NULL), ERR_OK);
		console = outbox_console(store);
		assert_true(uuid_eq(&console, &OLD));
		token_is(store, "li", "token-of-li");
		token_is(store, "wang", "token-of-wang");
		OK(outbox_list(store, &arena, &rows, &n_rows, NULL));
		assert_int_equal(n_rows, 5);
		for (unsigned i = 1; i <= 5; i++) {
			char want[16];

			snprintf(want, sizeof want, "old %u", i);
			assert_int_equal(row_of(rows, n_rows, i)->n, i);
			assert_string_equal(row_of(rows, n_rows, i)->body, want);
		}
		OK(outbox_last(store, &last, NULL));
		assert_int_equal(last, 5);
		arena_release(&arena);
	}
	store_close(store);
}

/* The server was restored, and lacks what was answered under the id before: folded or not, it goes
 * again, in its order and before what is unsent; once. */
static void what_was_answered_under_the_id_before_goes_again(void **state)
{
	struct store *store = open_full(*state);
	struct outbox_who who = { "li", "CENTRE", "duty", "token-two", true };
	struct outbox_answer third = { .id = id_of(3), .seq = 12, .version = 1 };
	struct body body = { .console = "new" };
	struct arena arena = ARENA_INIT;
	struct outbox_row *rows;
	size_t n_rows, folded;
	int64_t n;

	OK(outbox_answers(store, &third, 1, NULL));
	OK(outbox_fold(store, 10, 1000, &folded, NULL));
	assert_int_equal(folded, 1); /* 1 is kept, 3 is answered */
	OK(outbox_renew(store, &NEW, &who, NULL, anew_fn, &body, NULL));
	for (int i = 0; i < 2; i++) {
		OK(outbox_resend_earlier(store, anew_fn, &body, NULL));
		OK(outbox_list(store, &arena, &rows, &n_rows, NULL));
		assert_int_equal(n_rows, 5);
		assert_int_equal(row_of(rows, n_rows, 1)->n, 1);
		assert_int_equal(row_of(rows, n_rows, 3)->n, 2);
		assert_int_equal(row_of(rows, n_rows, 2)->n, 3); /* refused */
		assert_int_equal(row_of(rows, n_rows, 4)->n, 4);
		assert_int_equal(row_of(rows, n_rows, 5)->n, 5);
		assert_int_equal(row_of(rows, n_rows, 1)->state, ACT_PENDING);
		assert_int_equal(row_of(rows, n_rows, 3)->state, ACT_PENDING);
		assert_int_equal(row_of(rows, n_rows, 3)->seq, 0);
		assert_string_equal(row_of(rows, n_rows, 1)->body, "new 1");
		assert_string_equal(row_of(rows, n_rows, 5)->body, "new 5");
		OK(outbox_last(store, &n, NULL));
		assert_int_equal(n, 5);
	}
	arena_release(&arena);
	store_close(store);
}

/* With data of the same epoch nothing goes again, with others all does; and that only once. */
static void it_goes_again_to_other_data_only(void **state)
{
	static const char *const epochs[] = { "e1", "e1", "e2", "e2" };
	struct store *store = open_full(*state);
	struct outbox_who who = { "li", "CENTRE", "duty", "token-two", true };
	struct body body = { .console = "new" };
	struct arena arena = ARENA_INIT;
	struct outbox_row *rows;
	size_t n_rows;

	OK(outbox_agree(store, "e1", anew_fn, &body, NULL));
	OK(outbox_renew(store, &NEW, &who, "e1", anew_fn, &body, NULL));
	for (size_t i = 0; i < ARRAY_LEN(epochs); i++) {
		OK(outbox_agree(store, epochs[i], anew_fn, &body, NULL));
		OK(outbox_list(store, &arena, &rows, &n_rows, NULL));
		assert_int_equal(row_of(rows, n_rows, 1)->state,
				 i < 2 ? ACT_ANSWERED : ACT_PENDING);
	}
	store_close(store);
	arena_release(&arena);
}

/* The id comes from a server of other data: in the same transaction. */
static void another_id_from_other_data_takes_all(void **state)
{
	struct store *store = open_full(*state);
	struct outbox_who who = { "li", "CENTRE", "duty", "token-two", true };
	struct body body = { .console = "new" };
	struct arena arena = ARENA_INIT;
	struct outbox_row *rows;
	size_t n_rows;

	OK(outbox_agree(store, "e1", anew_fn, &body, NULL));
	OK(outbox_renew(store, &NEW, &who, "e2", anew_fn, &body, NULL));
	OK(outbox_list(store, &arena, &rows, &n_rows, NULL));
	assert_int_equal(row_of(rows, n_rows, 1)->state, ACT_PENDING);
	assert_int_equal(row_of(rows, n_rows, 1)->n, 1);
	store_close(store);
	arena_release(&arena);
}

static void another_server_gets_nothing_of_it(void **state)
{
	struct store *store = open_full(*state);
	struct outbox_who who = { "li", "CENTRE", "duty", "token-two", true };
	struct body body = { .console = "new" };
	struct arena arena = ARENA_INIT;
	struct outbox_row *rows;
	size_t n_rows, folded;

	OK(outbox_fold(store, 10, 1000, &folded, NULL));
	OK(outbox_forget_kept(store, NULL));
	OK(outbox_renew(store, &NEW, &who, NULL, anew_fn, &body, NULL));
	OK(outbox_resend_earlier(store, anew_fn, &body, NULL));
	OK(outbox_list(store, &arena, &rows, &n_rows, NULL));
	assert_int_equal(n_rows, 4); /* what was not answered stays */
	arena_release(&arena);
	store_close(store);
}

/* ---- a cache that something else wrote to ---- */

static void other_program(const struct folder *folder, const char *sql)
{
	char path[128];
	sqlite3 *db;

	snprintf(path, sizeof path, "%s/cache.db", folder->path);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static enum err put_fn(struct store *store, void *ctx, struct error *err)
{
	struct applied applied;

	return cache_apply_entity(store, ctx, 0, &applied, err);
}

static enum err mend_fn(struct store *store, void *ctx, struct error *err)
{
	(void)ctx;
	return cache_mend(store, err);
}

struct counted {
	int64_t all, open;
};

static void count(void *ctx, const char *step, const char *holder, bool open, int64_t n)
{
	struct counted *counted = ctx;

	(void)step;
	(void)holder;
	counted->all += n;
	counted->open += open ? n : 0;
}

/* The last row is taken out: its clocks stay, and the next row gets its place. */
static void a_row_that_was_deleted_can_come_back(void **state)
{
	enum { N = 40 };
	const struct folder *folder = *state;
	struct arena arena = ARENA_INIT;
	struct incident *incidents[N];
	struct counted before = { 0, 0 }, after = { 0, 0 };
	struct store *store;
	uint64_t seed = 3;
	void *back;
	size_t last = N - 1;

	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	for (unsigned i = 0; i < N; i++)
		incidents[i] = make_incident(&seed, i, &arena);
	while (incidents[last]->clocks.n == 0)
		last--;
	for (unsigned i = 0; i <= last; i++)
		OK(store_tx(store, put_fn, incidents[i], NULL));
	OK(cache_tally(store, count, &before, NULL));
	store_close(store);
	other_program(folder, "DELETE FROM incident WHERE pk = (SELECT max(pk) FROM incident);"
			      "UPDATE tally SET n = n + 5; DELETE FROM tally WHERE step = 'sign'");
	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	OK(store_tx(store, mend_fn, NULL, NULL));
	OK(store_tx(store, put_fn, incidents[last], NULL));
	OK(cache_tally(store, count, &after, NULL));
	assert_int_equal(after.all, before.all);
	assert_int_equal(after.open, before.open);
	OK(cache_get(store, KIND_INCIDENT, &incidents[last]->head.id, &arena, &back, NULL));
	assert_true(entity_eq(back, incidents[last]));
	store_close(store);
	arena_release(&arena);
}

static enum err doc_fn(struct store *store, void *ctx, struct error *err)
{
	const char *hash = ctx;

	return cache_put_doc(store, hash, "abc", 3, err);
}

/* A kept text that the disk has changed is not the text any more: it is fetched again. */
static void a_damaged_document_is_not_there(void **state)
{
	static const char hash[] =
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
	const struct folder *folder = *state;
	struct str text = STR_INIT;
	struct store *store;

	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	OK(store_tx(store, doc_fn, (void *)hash, NULL));
	OK(cache_doc(store, hash, &text, NULL));
	assert_string_equal(text.s, "abc");
	str_clear(&text);
	store_close(store);
	other_program(folder, "UPDATE doc SET bytes = x'610063'");
	OK(cache_open(folder->path, CACHE_WRITE, &store, NULL));
	assert_int_equal(cache_doc(store, hash, &text, NULL), ERR_NOT_FOUND);
	assert_int_equal(text.len, 0);
	OK(store_tx(store, doc_fn, (void *)hash, NULL));
	OK(cache_doc(store, hash, &text, NULL));
	store_close(store);
	str_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)
		IN_FOLDER(another_id_takes_all_that_waits),
		IN_FOLDER(another_id_is_all_or_nothing),
		IN_FOLDER(what_was_answered_under_the_id_before_goes_again),
		IN_FOLDER(it_goes_again_to_other_data_only),
		IN_FOLDER(another_id_from_other_data_takes_all),
		IN_FOLDER(another_server_gets_nothing_of_it),
		IN_FOLDER(a_row_that_was_deleted_can_come_back),
		IN_FOLDER(a_damaged_document_is_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
