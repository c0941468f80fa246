/* Any bytes as a filter: parsed, or refused with the word marked inside the text and a sentence; a
 * parsed one judges every row the same twice, and the quick fold of a haystack agrees with the
 * thorough one.  What is offered, wherever the cursor is, begins inside the text and is a text. */
#include <config.h>

#include <string.h>

#include "../../src/domain/filter_priv.h"
#include "../unit/domain/fixture.h"
#include "fuzz.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/base/text.h"
#include "zhiban/domain/filter_offer.h"

static void check_rows(const struct fixture *fx, const struct filter *filter,
		       const struct filter_ctx *ctx, const char *text)
{
	struct incident rows[] = {
		{ .title = text, .step = "sign", .open = 1, .due = fx->now + 1, .holder = "sw" },
		{ .title = "路面塌陷 ＡＢＣ", .number = "20261122-0417", .street = "ll", .urgency = 2 },
		{ .step = "archive", .source = "boston311", .reported_at = fx->now - 1, .severity = 4 },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		bool passes = filter_match(filter, &rows[i], ctx);
		CHECK(passes == filter_match(filter, &rows[i], ctx));
		CHECK(passes || !filter_is_all(filter));
	}
}

static void check_fold(const char *text)
{
	struct str fold = STR_INIT;

	text_fold(&fold, text);
	CHECK(folded_contains(text, str_get(&fold)));
	str_release(&fold);
}

static void check_offers(const char *text, const struct filter_ctx *ctx, struct arena *arena)
{
	size_t len = strlen(text);

	for (size_t at = 0; at <= len; at += 1 + len / 8) {
		struct filter_offers offers;

		if ((text[at] & 0xC0) == 0x80)
			continue; /* a cursor stands between characters */
		filter_offers(text, at, ctx, arena, &offers);
		CHECK(offers.from <= at && offers.n <= FILTER_OFFERS);
		for (size_t i = 0; i < offers.n; i++)
			CHECK(text_valid(offers.items[i].word, strlen(offers.items[i].word)));
	}
	CHECK(strlen(filter_finished(text, arena)) <= len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fixture fx;
	struct actor actor = fixture_actor("duty");
	struct filter_error error = { 0, 0, "" };
	struct filter *filter = NULL;
	struct filter_ctx ctx;
	const char *text;
	enum err code;

	fixture_init(&fx);
	ctx = (struct filter_ctx){ &fx.rules, &actor, fx.now };
	text = arena_strndup(&fx.arena, (const char *)data, size);
	code = filter_parse(text, &ctx, &fx.arena, &filter, &error);
	CHECK(code == ERR_OK || code == ERR_INPUT);
	CHECK((code == ERR_OK) == (filter != NULL));
	if (code == ERR_OK) {
		check_rows(&fx, filter, &ctx, text);
		check_fold(text);
	} else {
		CHECK(error.at + error.len <= strlen(text));
		CHECK(error.text[0] != '\0' && text_valid(error.text, strlen(error.text)));
	}
	if (text_valid(text, strlen(text)))
		check_offers(text, &ctx, &fx.arena);
	fixture_release(&fx);
	return 0;
}
