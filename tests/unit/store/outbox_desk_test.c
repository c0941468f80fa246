/* What the outbox keeps beside acts: what they hang on, what their author saw, who was first; acts
 * that are folded, for a server that lost them; and the desk. */
#include <config.h>

#include "store_help.h"

#include <sqlite3.h>

#include "zhiban/base/civil.h"
#include "zhiban/store/outbox_desk.h"
#include "zhiban/store/outbox_renew.h"

struct made { /* what the outbox said of an act when it made its bytes */
	char text[32];
	struct uuid after;
	int64_t n;
};

static struct uuid id_of(unsigned i)
{
	struct uuid parent = { { 1 } };

	return uuid_child(&parent, "act", i);
}

static struct uuid target_of(unsigned i)
{
	struct uuid parent = { { 2 } };

	return uuid_child(&parent, "incident", i);
}

static enum err body_fn(void *ctx, int64_t n, const struct uuid *after, const char **ret_bytes,
			size_t *ret_len, struct error *err)
{
	struct made *made = ctx;

	(void)err;
	made->n = n;
	made->after = *after;
	*ret_len = (size_t)snprintf(made->text, sizeof made->text, "n=%lld", (long long)n);
	*ret_bytes = made->text;
	return ERR_OK;
}

static enum err put(struct store *store, unsigned i, unsigned target, const struct uuid *replaces,
		    struct made *made)
{
	struct outbox_new act = { .id = id_of(i),
				  .target = target_of(target),
				  .officer = "li",
				  .at = 1000 + i,
				  .body = body_fn,
				  .ctx = made,
				  .replaces = replaces,
				  .seen = "{\"as\":\"seen\"}",
				  .seen_len = 13 };
	int64_t n;

	return outbox_append(store, &act, &n, NULL);
}

static void answered(struct store *store, unsigned i, int64_t seq, const char *note)
{
	struct outbox_answer answer = { .id = id_of(i), .seq = seq, .version = 2, .note = note };

	OK(outbox_answers(store, &answer, 1, NULL));
}

static void refused(struct store *store, unsigned i)
{
	struct outbox_answer answer = { .id = id_of(i), .refused = true, .code = "REFUSED",
					.sentence = "no",
					.by = { "wang", "CENTRE", "assign", 77, 5 } };

	OK(outbox_answers(store, &answer, 1, NULL));
}

static void folds(struct store *store, int64_t seq, int64_t now, size_t want)
{
	size_t n;

	OK(outbox_fold(store, seq, now, &n, NULL));
	assert_int_equal(n, want);
}

static bool has_seen(struct store *store, unsigned i)
{
	struct arena arena = ARENA_INIT;
	struct uuid id = id_of(i);
	const char *bytes;
	size_t len;

	OK(outbox_seen(store, &id, &arena, &bytes, &len, NULL));
	if (bytes != NULL) {
		assert_int_equal(len, 13);
		assert_memory_equal(bytes, "{\"as\":\"seen\"}", 13);
	}
	arena_release(&arena);
	return bytes != NULL;
}

/* The states of all acts in the list by n, as digits. */
static void states_are(struct store *store, const char *want)
{
	struct arena arena = ARENA_INIT;
	struct outbox_row *rows;
	char have[64] = "";
	size_t n;

	OK(outbox_list(store, &arena, &rows, &n, NULL));
	for (size_t i = 0; i < n && i < sizeof have - 1; i++) {
		have[i] = (char)('0' + rows[i].state);
		have[i + 1] = '\0';
		assert_true(i == 0 || rows[i - 1].n < rows[i].n);
	}
	assert_string_equal(have, want);
	arena_release(&arena);
}

static struct store *opened(void **state)
{
	struct folder *folder = *state;
	struct store *store;

	OK(outbox_open(folder->path, false, &store, NULL));
	return store;
}

static void an_act_hangs_on_the_last_one_that_waits(void **state)
{
	struct store *store = opened(state);
	struct uuid one = id_of(1), two = id_of(2), three = id_of(3);
	struct made made;

	OK(put(store, 1, 1, NULL, &made));
	assert_true(uuid_is_nil(&made.after));
	OK(put(store, 2, 1, NULL, &made));
	assert_true(uuid_eq(&made.after, &one));
	OK(put(store, 3, 2, NULL, &made));
	assert_true(uuid_is_nil(&made.after)); /* another incident */
	refused(store, 2);
	OK(put(store, 4, 1, NULL, &made));
	assert_true(uuid_eq(&made.after, &one)); /* not the refused one */
	answered(store, 3, 10, NULL);
	OK(put(store, 5, 2, NULL, &made));
	assert_true(uuid_eq(&made.after, &three)); /* answered, and still here */
	folds(store, 10, 0, 1);
	OK(put(store, 6, 3, &two, &made));
	assert_true(uuid_is_nil(&made.after));
	store_close(store);
}

static void what_was_seen_goes_with_the_act(void **state)
{
	struct store *store = opened(state);
	struct arena arena = ARENA_INIT;
	struct uuid two = id_of(2), four = id_of(4);
	struct outbox_by by;
	struct made made;

	for (unsigned i = 1; i <= 4; i++)
		OK(put(store, i, i, NULL, &made));
	answered(store, 1, 10, NULL);
	refused(store, 2);
	answered(store, 3, 11, "the title stays");
	folds(store, 11, 0, 2);
	assert_false(has_seen(store, 1));
	assert_true(has_seen(store, 2));
	assert_true(has_seen(store, 3)); /* it has still to be read */
	assert_true(has_seen(store, 4));
	OK(outbox_said(store, &two, &arena, &by, NULL));
	assert_string_equal(by.officer, "wang");
	assert_string_equal(by.verb, "assign");
	assert_int_equal(by.at, 77);
	assert_int_equal(by.seq, 5);
	OK(outbox_said(store, &four, &arena, &by, NULL));
	assert_null(by.officer);
	OK(outbox_drop(store, &two, 1, NULL));
	assert_false(has_seen(store, 2));
	OK(outbox_said(store, &two, &arena, &by, NULL));
	assert_null(by.officer);
	OK(outbox_take_back(store, &four, NULL));
	assert_false(has_seen(store, 4));
	store_close(store);
	arena_release(&arena);
}

static void a_note_is_read_before_it_goes(void **state)
{
	struct store *store = opened(state);
	struct outbox_counts counts;
	struct uuid one = id_of(1);
	struct made made;

	OK(put(store, 1, 1, NULL, &made));
	OK(put(store, 2, 1, NULL, &made));
	answered(store, 1, 10, "the title stays");
	answered(store, 2, 11, "");
	assert_int_equal(outbox_drop(store, &one, 1, NULL), ERR_NOT_FOUND); /* not folded yet */
	folds(store, 11, 0, 2);
	states_are(store, "4");
	OK(outbox_counts(store, &counts, NULL));
	assert_int_equal(counts.merged, 1);
	assert_int_equal(counts.pending + counts.refused, 0);
	folds(store, 99, 100 * DAY_MS, 0);
	store_close(store);
	store = opened(state); /* and stays, however long */
	states_are(store, "4");
	OK(outbox_drop(store, &one, 1, NULL));
	states_are(store, "");
	assert_int_equal(outbox_drop(store, &one, 1, NULL), ERR_NOT_FOUND);
	store_close(store);
}

static void desk_items_go_together_or_not_at_all(void **state)
{
	struct store *store = opened(state);
	struct uuid ids[] = { id_of(1), id_of(2), id_of(3) };
	struct made made;

	for (unsigned i = 1; i <= 3; i++)
		OK(put(store, i, 1, NULL, &made));
	refused(store, 1);
	refused(store, 2);
	assert_int_equal(outbox_drop(store, ids, 3, NULL), ERR_NOT_FOUND); /* 3 is on its way */
	states_are(store, "330");
	OK(outbox_drop(store, ids, 2, NULL));
	states_are(store, "0");
	assert_int_equal(put(store, 4, 1, &ids[0], &made), ERR_NOT_FOUND);
	states_are(store, "0"); /* another process was faster: it is not done a second time */
	OK(put(store, 5, 1, NULL, &made));
	assert_int_equal(made.n, 4);
	store_close(store);
}

/* A server that was restored lacks acts from n on. */
static void folded_acts_can_be_sent_again(void **state)
{
	struct store *store = opened(state);
	struct arena arena = ARENA_INIT;
	struct outbox_row *rows;
	struct uuid two = id_of(2), kept_target = target_of(5);
	int64_t missing, prev;
	struct made made;
	size_t n;

	for (unsigned i = 1; i <= 6; i++)
		OK(put(store, i, i, NULL, &made));
	answered(store, 1, 10, NULL);
	refused(store, 2);
	answered(store, 3, 11, NULL);
	answered(store, 4, 12, "a note");
	answered(store, 5, 13, NULL);
	OK(outbox_mark_sent(store, 6, 6, NULL));
	folds(store, 13, 5000, 4);
	states_are(store, "341");
	OK(outbox_kept(store, &kept_target, &arena, &rows, &n, NULL));
	assert_int_equal(n, 1);
	assert_int_equal(rows[0].seq, 13);
	OK(outbox_prev(store, 6, &prev, NULL));
	assert_int_equal(prev, 5); /* kept ones are known */
	OK(outbox_prev(store, 3, &prev, NULL));
	assert_int_equal(prev, 1); /* the refused one is not: no server can ask for it */
	OK(outbox_drop(store, &two, 1, NULL));
	OK(outbox_resend(store, 3, &missing, NULL));
	assert_int_equal(missing, 0);
	states_are(store, "0000"); /* 3, 4, 5, 6 */
	OK(outbox_resend(store, 0, &missing, NULL));
	assert_int_equal(missing, 0); /* 2 was dropped by its author: it is not missed */
	states_are(store, "00000");
	OK(outbox_unsent(store, 64, 0, &arena, &rows, &n, NULL));
	assert_int_equal(n, 5);
	assert_string_equal(rows[0].body, "n=1");
	assert_int_equal(rows[0].seq, 0);
	OK(outbox_kept(store, &kept_target, &arena, &rows, &n, NULL));
	assert_int_equal(n, 0);
	store_close(store);
	arena_release(&arena);
}

static void kept_acts_are_forgotten_in_time(void **state)
{
	struct store *store = opened(state);
	int64_t missing;
	struct made made;

	for (unsigned i = 1; i <= 3; i++)
		OK(put(store, i, i, NULL, &made));
	answered(store, 1, 1, NULL);
	folds(store, 1, 1, 1);
	answered(store, 2, 2, NULL);
	folds(store, 2, KEPT_DAYS * DAY_MS, 1); /* the first is just not too old */
	OK(outbox_resend(store, 1, &missing, NULL));
	assert_int_equal(missing, 0);
	answered(store, 1, 1, NULL);
	folds(store, 1, 1, 1);
	answered(store, 2, 2, NULL);
	folds(store, 2, KEPT_DAYS * DAY_MS + 2, 1);
	OK(outbox_resend(store, 1, &missing, NULL));
	assert_int_equal(missing, 1); /* said, once */
	states_are(store, "00");
	store_close(store);
}

static enum err again(void *ctx, const struct outbox_row *row, int64_t n, const char **ret_bytes,
		      size_t *ret_len, struct error *err)
{
	struct uuid nil = { { 0 } };

	(void)row;
	return body_fn(ctx, n, &nil, ret_bytes, ret_len, err);
}

/* A console that is copied twice: no number is met twice. */
static void numbers_anew_and_anew(void **state)
{
	struct store *store = opened(state);
	struct outbox_counts counts;
	struct made made;
	int64_t prev, missing;

	for (unsigned round = 0; round < 3; round++) {
		unsigned first = round * 10;

		for (unsigned i = 1; i <= 4; i++)
			OK(put(store, first + i, i, NULL, &made));
		refused(store, first + 1);
		answered(store, first + 2, 100 + round, NULL);
		answered(store, first + 3, 5 + round, NULL);
		folds(store, 50, 0, 1);
		OK(outbox_renumber(store, again, &made, NULL));
		OK(outbox_prev(store, 1, &prev, NULL));
		assert_int_equal(prev, 0);
	}
	OK(outbox_counts(store, &counts, NULL));
	assert_int_equal(counts.unsent, 3);
	assert_int_equal(counts.refused, 3);
	assert_int_equal(counts.pending, 6);
	OK(put(store, 90, 9, NULL, &made));
	assert_int_equal(made.n, 7); /* behind the unsent and the refused ones */
	OK(outbox_prev(store, 7, &prev, NULL));
	assert_int_equal(prev, 3);
	folds(store, 200, 0, 3);
	OK(outbox_resend(store, 1, &missing, NULL)); /* the console's former numbers are nobody's */
	OK(outbox_counts(store, &counts, NULL));
	assert_int_equal(counts.unsent, 4);
	store_close(store);
}

/* Another server under the same name gets nothing; what was to be read still is. */
static void another_server_gets_none_of_it(void **state)
{
	struct store *store = opened(state);
	struct arena arena = ARENA_INIT;
	struct outbox_row *rows;
	struct uuid two = id_of(2);
	int64_t missing, prev;
	struct made made;
	size_t n;

	for (unsigned i = 1; i <= 2; i++)
		OK(put(store, i, i, NULL, &made));
	answered(store, 1, 10, NULL);
	answered(store, 2, 11, "a note");
	folds(store, 11, 0, 2);
	OK(outbox_forget_kept(store, NULL));
	OK(outbox_prev(store, 9, &prev, NULL));
	assert_int_equal(prev, 0);
	OK(outbox_resend(store, 1, &missing, NULL));
	OK(outbox_list(store, &arena, &rows, &n, NULL));
	assert_int_equal(n, 1);
	assert_int_equal(rows[0].state, ACT_MERGED);
	assert_string_equal(rows[0].body, "n=2"); /* it can be shown */
	OK(outbox_drop(store, &two, 1, NULL));
	states_are(store, "");
	store_close(store);
	arena_release(&arena);
}

static void as_it_was_before(const char *path)
{
	static const char sql[] = "DROP TABLE seen; DROP TABLE said; DROP TABLE kept; "
				  "DROP INDEX act_target";
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

/* A file of before has none of this, and gets it. */
static void an_older_outbox_is_gone_on_with(void **state)
{
	struct folder *folder = *state;
	struct store *store = opened(state);
	struct made made;
	char path[128];

	OK(put(store, 1, 1, NULL, &made));
	store_close(store);
	snprintf(path, sizeof path, "%s/outbox.db", folder->path);
	as_it_was_before(path);
	store = opened(state);
	states_are(store, "0");
	assert_false(has_seen(store, 1));
	answered(store, 1, 3, "a note");
	folds(store, 3, 0, 1);
	states_are(store, "4");
	store_close(store);
}

/* Of an incident that is not to be seen any more only its author's own words stay. */
static void what_is_not_to_be_seen_leaves_nothing(void **state)
{
	struct store *store = opened(state);
	struct made made;
	struct arena arena = ARENA_INIT;
	struct outbox_answer answer = { .id = id_of(1), .refused = true, .code = "REFUSED",
					.sentence = "no", .theirs = "{}", .theirs_len = 2 };
	struct uuid target = target_of(1);
	struct outbox_row *rows;
	size_t n;

	OK(put(store, 1, 1, NULL, &made));
	OK(put(store, 2, 1, NULL, &made));
	OK(put(store, 3, 2, NULL, &made));
	OK(outbox_answers(store, &answer, 1, NULL));
	OK(outbox_unsee(store, &target, "22-0417", NULL));
	assert_false(has_seen(store, 1));
	assert_false(has_seen(store, 2));
	assert_true(has_seen(store, 3)); /* of another one */
	OK(outbox_list(store, &arena, &rows, &n, NULL));
	assert_int_equal(n, 3);
	assert_null(rows[0].theirs);
	assert_string_equal(rows[0].number, "22-0417");
	assert_string_equal(rows[1].number, "22-0417");
	assert_string_equal(rows[2].number, "");
	states_are(store, "300");
	arena_release(&arena);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)
		T(an_act_hangs_on_the_last_one_that_waits),
		T(what_was_seen_goes_with_the_act),
		T(a_note_is_read_before_it_goes),
		T(desk_items_go_together_or_not_at_all),
		T(folded_acts_can_be_sent_again),
		T(kept_acts_are_forgotten_in_time),
		T(numbers_anew_and_anew),
		T(another_server_gets_none_of_it),
		T(an_older_outbox_is_gone_on_with),
		T(what_is_not_to_be_seen_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
