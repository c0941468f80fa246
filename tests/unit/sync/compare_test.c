/* The cache beside the server: what differs is found part by part and put right. */
#include <config.h>

#include "sync_help.h"

static const char FEED_50[] = "/v1/feed?epoch=" EPOCH_A "&since=50&wait=0&max=524288" SCOPE;

/* Ids with this number end in it, so 17 falls into part 17. */
static struct uuid in_part(uint8_t part, uint8_t which)
{
	struct uuid id = { { which } };

	id.b[15] = part;
	return id;
}

static void answer_hashes(struct fake *fake, int64_t seq, uint64_t differ)
{
	struct digest_answer digest = { .head = head_of(fake, EPOCH_A), .seq = seq };
	struct str body = STR_INIT;

	for (unsigned i = 0; i < DIGEST_BUCKETS; i++)
		digest.buckets[i] = fake->buckets[i] + (differ >> i & 1);
	digest_answer_encode(&digest, &body);
	answer_str(fake, LANE_ASK, &body);
}

static void answer_pairs(struct fake *fake, int64_t seq, struct digest_pair *pairs, size_t n)
{
	struct digest_pairs_answer message = { .head = head_of(fake, EPOCH_A), .seq = seq,
					       .pairs = { pairs, n } };
	struct str body = STR_INIT;

	digest_pairs_answer_encode(&message, &body);
	answer_str(fake, LANE_ASK, &body);
}

static void answer_entity(struct fake *fake, const struct uuid *id, int64_t version, int64_t seq)
{
	struct arena arena = ARENA_INIT;
	struct incident *incident = entity_new(KIND_INCIDENT, id, &arena);
	struct answer_head head = head_of(fake, EPOCH_A);
	struct str entity = STR_INIT, body = STR_INIT;

	incident->head.version = version;
	incident->head.seq = seq;
	incident->title = "right";
	entity_encode(incident, &entity);
	entity_answer(&body, str_get(&entity), entity.len, &head);
	answer_str(fake, LANE_ASK, &body);
	str_release(&entity);
	arena_release(&arena);
}

static void nothing_differs(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	sync_tick(fake.sync, fake.now + 10 * 60 * 1000);
	PATH(&fake, LANE_ASK, "/v1/digest?at=50" SCOPE);
	assert_false(sync_in_step(fake.sync));
	answer_hashes(&fake, 50, 0);
	assert_true(sync_in_step(fake.sync));
	assert_int_equal(fake.defects, 0);
	assert_int_equal(fake.compared, 1);
	assert_int_equal(fake.mended, 0);
	end(&fake);
}

/* One is missing, one is another version, one is too many: two are fetched, one goes, and then it
 * is looked at again. */
static void what_differs_is_put_right(void **state)
{
	struct uuid a = in_part(17, 1), b = in_part(17, 2), c = in_part(17, 3), d = in_part(17, 4);
	struct digest_pair own[] = { { a, 5 }, { b, 9 }, { d, 1 } };
	struct digest_pair theirs[] = { { a, 5 }, { b, 8 }, { c, 2 } };
	struct fake fake = { .pairs = own, .n_pairs = 3 };
	char path[100], text[UUID_TEXT];

	(void)state;
	begin_in_step(&fake);
	sync_compare(fake.sync, fake.now);
	answer_hashes(&fake, 50, UINT64_C(1) << 17);
	PATH(&fake, LANE_ASK, "/v1/digest?at=50&bucket=17" SCOPE);
	answer_pairs(&fake, 50, theirs, 3);
	assert_int_equal(fake.mended, 1);
	assert_int_equal(fake.n_extra, 1);
	assert_int_equal(fake.defects, 1);
	assert_non_null(strstr(fake.defect, "1 missing, 1 different, 1 too many"));
	size_t dropped = fake.dropped;
	for (int i = 0; i < 2; i++) {
		uuid_text(i == 0 ? &b : &c, text);
		snprintf(path, sizeof path, "/v1/entities/%s", text);
		PATH(&fake, LANE_ASK, path);
		assert_false(sync_in_step(fake.sync));
		answer_entity(&fake, i == 0 ? &b : &c, i == 0 ? 8 : 2, 40);
		assert_int_equal(fake.dropped, ++dropped); /* an older one replaces a newer one */
	}
	PATH(&fake, LANE_ASK, "/v1/digest?at=50" SCOPE);
	assert_int_equal(fake.compared, 0);
	answer_hashes(&fake, 50, 0);
	assert_int_equal(fake.compared, 1);
	assert_int_equal(fake.defects, 1);
	assert_int_equal(fake.cleared, 0);
	assert_true(sync_in_step(fake.sync));
	end(&fake);
}

/* Each part that differs is asked about, at the cursor of then. */
static void several_parts(void **state)
{
	struct uuid a = in_part(3, 1), b = in_part(63, 1);
	struct digest_pair one = { a, 1 }, two = { b, 1 };
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	sync_compare(fake.sync, fake.now);
	answer_hashes(&fake, 50, UINT64_C(1) << 3 | UINT64_C(1) << 63);
	PATH(&fake, LANE_ASK, "/v1/digest?at=50&bucket=3" SCOPE);
	answer_feed(&fake, EPOCH_A, 55, 55); /* a page comes between */
	answer_pairs(&fake, 50, &one, 1);
	PATH(&fake, LANE_ASK, "/v1/digest?at=55&bucket=63" SCOPE);
	assert_int_equal(fake.mended, 0); /* not before all is known */
	answer_pairs(&fake, 55, &two, 1);
	assert_int_equal(fake.mended, 1);
	assert_non_null(strstr(fake.defect, "2 missing, 0 different, 0 too many"));
	end(&fake);
}

/* What is being fetched changes meanwhile: the older answer must not take the newer page back. */
static void a_page_is_faster_than_the_repair(void **state)
{
	struct uuid wrong = { { 9 } }; /* answer_feed tells of this one */
	struct digest_pair theirs = { wrong, 3 };
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	sync_compare(fake.sync, fake.now);
	answer_hashes(&fake, 50, 1);
	answer_pairs(&fake, 50, &theirs, 1);
	answer_feed(&fake, EPOCH_A, 51, 51);
	size_t items = fake.items;
	answer_entity(&fake, &wrong, 3, 50);
	assert_int_equal(fake.items, items); /* left out */
	BUSY(&fake, LANE_ASK);
	answer_entity(&fake, &wrong, 4, 51);
	assert_int_equal(fake.items, items + 2);
	PATH(&fake, LANE_ASK, "/v1/digest?at=51" SCOPE);
	end(&fake);
}

/* An entity fetched by itself may be newer than the pages: no difference of which to speak. */
static void it_is_compared_when_pages_have_caught_up(void **state)
{
	struct uuid id = { { 4 } };
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	fake.has_gap = true;
	fake.gap = (struct sync_gap){ KIND_INCIDENT, id };
	answer_feed(&fake, EPOCH_A, 51, 51);
	answer_entity(&fake, &id, 9, 60);
	sync_compare(fake.sync, fake.now);
	IDLE(&fake, LANE_ASK);
	answer_feed(&fake, EPOCH_A, 60, 60);
	PATH(&fake, LANE_ASK, "/v1/digest?at=60" SCOPE);
	end(&fake);
}

static void one_that_is_not_to_be_seen_goes(void **state)
{
	struct uuid a = in_part(1, 1);
	struct digest_pair theirs = { a, 1 };
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	sync_compare(fake.sync, fake.now);
	answer_hashes(&fake, 50, 2);
	answer_pairs(&fake, 50, &theirs, 1);
	answer_error(&fake, LANE_ASK, ERR_NOT_FOUND, 0);
	assert_int_equal(fake.mended, 2);
	assert_int_equal(fake.n_extra, 1);
	PATH(&fake, LANE_ASK, "/v1/digest?at=50" SCOPE);
	end(&fake);
}

/* More than 256, or pairs that cannot be had: everything is fetched; the next page clears. */
static void too_much_differs(void **state)
{
	enum { MANY = 257 };
	struct digest_pair *theirs = mem_alloc(MANY * sizeof *theirs);

	(void)state;
	for (int way = 0; way < 2; way++) {
		struct fake fake = { .first_n = 0 };

		for (int i = 0; i < MANY; i++) {
			theirs[i] = (struct digest_pair){ in_part(5, (uint8_t)(i >> 8)), 1 };
			theirs[i].id.b[1] = (uint8_t)i;
		}
		begin_in_step(&fake);
		sync_compare(fake.sync, fake.now);
		answer_hashes(&fake, 50, 1 << 5);
		if (way == 0)
			answer_pairs(&fake, 50, theirs, MANY);
		else
			answer_error(&fake, LANE_ASK, ERR_GONE, 0);
		assert_int_equal(fake.defects, 1);
		PATH(&fake, LANE_READ, "/v1/snapshot?max=98304");
		assert_int_equal(fake.resends, 0);
		assert_int_equal(fake.mended, 0);
		answer_snapshot(&fake, EPOCH_A, 60, 1, NULL);
		assert_int_equal(fake.cleared, 1);
		end(&fake);
	}
	free(theirs);
}

/* If it differs still after one repair by parts, everything is fetched once; if even then, it is
 * left: no repairs for ever. */
static void what_cannot_be_put_right_is_left(void **state)
{
	struct uuid a = in_part(0, 1);
	struct digest_pair theirs = { a, 1 };
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	sync_compare(fake.sync, fake.now);
	answer_hashes(&fake, 50, 1);
	answer_pairs(&fake, 50, &theirs, 1);
	answer_entity(&fake, &a, 1, 40);
	answer_hashes(&fake, 50, 1);
	assert_int_equal(fake.defects, 2);
	answer_snapshot(&fake, EPOCH_A, 60, 1, NULL);
	answer_feed(&fake, EPOCH_A, 60, 60);
	PATH(&fake, LANE_ASK, "/v1/digest?at=60" SCOPE);
	answer_hashes(&fake, 60, 1);
	assert_int_equal(fake.defects, 2);
	assert_true(sync_in_step(fake.sync));
	assert_int_equal(fake.compared, 1);
	sync_tick(fake.sync, fake.now + 10 * 60 * 1000);
	answer_hashes(&fake, 60, 1);
	assert_int_equal(fake.defects, 2);
	assert_true(sync_in_step(fake.sync));
	end(&fake);
}

/* The answer to another question, or none: asked again, nothing is mended. */
static void another_answer_mends_nothing(void **state)
{
	struct digest_pair theirs = { { { 1 } }, 1 };
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	sync_compare(fake.sync, fake.now);
	answer_hashes(&fake, 49, 1);
	IDLE(&fake, LANE_ASK);
	sync_tick(fake.sync, fake.now += 2000);
	answer_hashes(&fake, 50, 1);
	answer_pairs(&fake, 49, &theirs, 1);
	sync_tick(fake.sync, fake.now += 2000);
	PATH(&fake, LANE_ASK, "/v1/digest?at=50&bucket=0" SCOPE);
	answer(&fake, LANE_ASK, 200, "<html>", 0);
	assert_int_equal(fake.mended, 0);
	assert_int_equal(fake.defects, 0);
	end(&fake);
}

static void a_server_that_does_not_compare_is_no_fault(void **state)
{
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	sync_compare(fake.sync, fake.now);
	answer_error(&fake, LANE_ASK, ERR_GONE, 0);
	assert_true(sync_in_step(fake.sync));
	PATH(&fake, LANE_READ, "/v1/feed?epoch=" EPOCH_A "&since=50&wait=50&max=524288" SCOPE);
	end(&fake);
}

/* A line that is cut in the middle: it goes on where it was. */
static void a_cut_in_the_middle(void **state)
{
	struct uuid a = in_part(0, 1);
	struct digest_pair theirs = { a, 1 };
	struct fake fake = { .first_n = 0 };

	(void)state;
	begin_in_step(&fake);
	sync_compare(fake.sync, fake.now);
	answer_hashes(&fake, 50, 1);
	answer_pairs(&fake, 50, &theirs, 1);
	for (int lane = 0; lane < LANE_COUNT; lane += LANE_ASK) {
		fake.lane[lane].busy = false;
		sync_failed(fake.sync, (enum sync_lane)lane, "cut", fake.now);
	}
	sync_tick(fake.sync, fake.now += 2000);
	PATH(&fake, LANE_READ, FEED_50);
	answer_entity(&fake, &a, 1, 40);
	assert_int_equal(fake.mended, 1);
	end(&fake);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_differs),
		cmocka_unit_test(what_differs_is_put_right),
		cmocka_unit_test(several_parts),
		cmocka_unit_test(a_page_is_faster_than_the_repair),
		cmocka_unit_test(it_is_compared_when_pages_have_caught_up),
		cmocka_unit_test(one_that_is_not_to_be_seen_goes),
		cmocka_unit_test(too_much_differs),
		cmocka_unit_test(what_cannot_be_put_right_is_left),
		cmocka_unit_test(another_answer_mends_nothing),
		cmocka_unit_test(a_server_that_does_not_compare_is_no_fault),
		cmocka_unit_test(a_cut_in_the_middle),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
