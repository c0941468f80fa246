/* The outbox on a failing disk: what was confirmed is there, with its n and bytes; what was not is
 * there wholly or not at all. */
#include <config.h>

#include "sweep.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/store/outbox_renew.h"
#include "zhiban/store/outbox_desk.h"

struct box {
	struct store *store;
	struct uuid last; /* of the latest act */
};

static struct uuid id_of(unsigned i)
{
	struct uuid parent = { { 9 } };

	return uuid_child(&parent, "act", i);
}

static enum err bytes_of(char *text, int64_t n, const char **ret_bytes, size_t *ret_len)
{
	*ret_len = (size_t)snprintf(text, 3000, "n=%lld %02500d", (long long)n, 7);
	*ret_bytes = text;
	return ERR_OK;
}

static enum err body_fn(void *ctx, int64_t n, const struct uuid *after, const char **ret_bytes,
			size_t *ret_len, struct error *err)
{
	(void)err;
	(void)after;
	return bytes_of(ctx, n, ret_bytes, ret_len);
}

static enum err append(struct box *box, unsigned i, const char *officer, unsigned replaces,
		       struct error *err)
{
	char text[3000];
	struct uuid old = id_of(replaces);
	struct outbox_new act = { .id = id_of(i),
				  .target = id_of(100 + i % 3),
				  .officer = officer,
				  .at = 1000 + i,
				  .body = body_fn,
				  .ctx = text,
				  .replaces = replaces != 0 ? &old : NULL,
				  .seen = "{\"seen\":1}",
				  .seen_len = 10 };
	int64_t n;

	return outbox_append(box->store, &act, &n, err);
}

static enum err again_fn(void *ctx, const struct outbox_row *row, int64_t n,
			 const char **ret_bytes, size_t *ret_len, struct error *err)
{
	(void)row;
	(void)err;
	return bytes_of(ctx, n, ret_bytes, ret_len);
}

static enum err renumber(struct box *box, bool renew, struct error *err)
{
	static const struct outbox_who li = { "li", "CENTRE", "duty", "token-3", true };
	struct uuid console = id_of(78);
	char text[3000];

	return renew ? outbox_renew(box->store, &console, &li, "e", again_fn, text, err)
		     : outbox_renumber(box->store, again_fn, text, err);
}

static enum err answer(struct box *box, struct error *err)
{
	static const char theirs[] = "{\"id\":\"x\"}";
	struct outbox_answer answers[] = {
		{ .id = id_of(1), .seq = 40, .version = 1, .number = "20261122-0001" },
		{ .id = id_of(2), .refused = true, .code = "REFUSED", .sentence = "no",
		  .theirs = theirs, .theirs_len = sizeof theirs - 1,
		  .by = { "wang", "CENTRE", "assign", 900, 39 } },
		{ .id = id_of(3), .seq = 41, .version = 2, .note = "merged" },
	};

	return outbox_answers(box->store, answers, ARRAY_LEN(answers), err);
}

static enum err box_open(void *ctx, struct disk *disk, struct error *err)
{
	struct box *box = ctx;

	return box->store != NULL ? ERR_OK : outbox_open(disk->folder, false, &box->store, err);
}

static void box_close(void *ctx)
{
	struct box *box = ctx;

	store_close(box->store);
	box->store = NULL;
}

static enum err refuse_and_drop(struct box *box, bool drop, struct error *err)
{
	struct outbox_answer answer = { .id = id_of(4), .refused = true, .code = "REFUSED",
					.sentence = "no" };

	return drop ? outbox_drop(box->store, &answer.id, 1, err)
		    : outbox_answers(box->store, &answer, 1, err);
}

static enum err people_step(struct box *box, size_t i, struct error *err)
{
	static const struct outbox_who li = { "li", "CENTRE", "duty", "token-1", true };
	static const struct outbox_who wang = { "wang", "CENTRE", "duty", "token-2", true };
	struct uuid id = id_of(i < 5 ? 77 : 101);

	switch (i) {
	case 0:
		return outbox_set_console(box->store, &id, err);
	case 1:
		return outbox_login(box->store, &li, err);
	case 2:
		return outbox_login(box->store, &wang, err);
	case 3:
		return outbox_logout(box->store, err);
	case 4:
		return outbox_token_bad(box->store, "li", err);
	case 5:
		return outbox_want(box->store, &id, 5, err);
	case 6:
		return outbox_want_done(box->store, &id, err);
	}
	return ERR_OK;
}

enum { STEPS = 27, NOW = 5000 };

static enum err box_step(void *ctx, struct disk *disk, size_t i, struct error *err)
{
	struct box *box = ctx;
	struct uuid id;
	int64_t missing;
	size_t n;

	switch (i) {
	case 0:
		return box_open(ctx, disk, err);
	case 1:
	case 2:
		return people_step(box, i - 1, err);
	case 3:
	case 4:
	case 5:
	case 6:
		return append(box, (unsigned)i - 2, "li", 0, err);
	case 7:
		return outbox_mark_sent(box->store, 1, 3, err);
	case 8:
		return answer(box, err);
	case 9:
		return outbox_fold(box->store, 40, NOW, &n, err);
	case 10:
		return append(box, 5, "li", 2, err); /* from the desk, again */
	case 11:
		return append(box, 6, "li", 0, err);
	case 12:
		id = id_of(6);
		return outbox_take_back(box->store, &id, err);
	case 13:
		return people_step(box, 2, err);
	case 14:
		return append(box, 7, "wang", 0, err);
	case 15: /* with a note to be read */
		return outbox_fold(box->store, 41, NOW + 1, &n, err);
	case 16:
	case 17:
		return refuse_and_drop(box, i == 17, err);
	case 18: /* what was kept is sent again */
		return outbox_resend(box->store, 1, &missing, err);
	case 19:
		return answer(box, err);
	case 20: /* years later: what was kept is forgotten */
		return outbox_fold(box->store, 41, NOW + INT64_C(100000000000), &n, err);
	case 21:
	case 22:
		return renumber(box, i == 22, err);
	}
	return people_step(box, i - 20, err);
}

static void test_every_step(void **state)
{
	struct box box = { .store = NULL };
	const struct script script = { .what = "outbox",
				       .file = "outbox.db",
				       .n = STEPS,
				       .step = box_step,
				       .open = box_open,
				       .close = box_close,
				       .ctx = &box };

	script_sweep(*state, &script, 25);
}

/* ---- reading that fails is not "nothing there" ---- */

static void test_n_is_never_given_twice(void **state)
{
	struct disk *disk = *state;
	struct box box = { .store = NULL };
	size_t folded;
	long k = 1;
	bool more = true;

	for (; more; k++) {
		struct outbox_answer answers[] = { { .id = id_of(1), .seq = 4, .version = 1 } };
		struct arena arena = ARENA_INIT;
		struct outbox_row *rows;
		size_t n;
		enum err code;

		disk_clean(disk);
		faultfs_enter(disk->fs, "p");
		assert_int_equal(box_open(&box, disk, NULL), ERR_OK);
		assert_int_equal(append(&box, 1, "li", 0, NULL), ERR_OK);
		assert_int_equal(outbox_answers(box.store, answers, 1, NULL), ERR_OK);
		assert_int_equal(outbox_fold(box.store, 4, NOW, &folded, NULL), ERR_OK);
		assert_int_equal(folded, 1);
		box_close(&box);
		assert_int_equal(box_open(&box, disk, NULL), ERR_OK); /* nothing is in its memory */
		faultfs_fail(disk->fs, "p", &(struct fault){ .how = FAULT_IO, .at = k });
		code = append(&box, 2, "li", 0, NULL);
		more = faultfs_fired(disk->fs, "p");
		faultfs_fail(disk->fs, "p", NULL);
		assert_int_equal(outbox_list(box.store, &arena, &rows, &n, NULL), ERR_OK);
		if (code == ERR_OK)
			assert_int_equal(n, 1);
		for (size_t i = 0; i < n; i++)
			assert_int_equal(rows[i].n, 2);
		arena_release(&arena);
		box_close(&box);
	}
	assert_true(k > 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_every_step, disk_begin, disk_end),
		cmocka_unit_test_setup_teardown(test_n_is_never_given_twice, disk_begin, disk_end),
	};

	return cmocka_run_group_tests_name("outbox_disk", tests, NULL, NULL);
}
