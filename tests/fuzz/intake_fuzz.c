/* Any bytes as the body of an intake: rows within the bounds, each an act that passes its own check
 * or refused with a sentence, and an answer for each that can be read. */
#include <config.h>

#include <string.h>

#include "fuzz.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/wire/intake.h"

static const char words[] = "field \"title\" { columns = {\"主题\", \"a\"} }\n"
			    "field \"src_no\" { columns = {\"n\"} }\n"
			    "field \"reported_at\" { columns = {\"b\"} }\n"
			    "field \"phone\" { columns = {\"c\"} }\n";

static void judge(const struct import_ctx *base, const struct intake_row *row, struct arena *arena,
		  struct intake_result *result)
{
	struct import_ctx ctx = *base;
	struct error err = ERROR_INIT;
	const char *column = NULL;
	struct act act;
	enum err code;

	*result = (struct intake_result){ .verdict = INTAKE_REJECTED, .sentence = row->bad };
	if (row->bad != NULL)
		return;
	ctx.ret_column = &column;
	code = import_act(&ctx, &row->row, arena, &act, &err);
	CHECK(code == ERR_OK || code == ERR_INPUT);
	if (code == ERR_OK) {
		CHECK(act_check(&act, &err) == ERR_OK);
		CHECK(act.at == ctx.now && act_value(&act, "historic", 0).num == 0);
		CHECK(strcmp(act_text(&act, "source"), ctx.source) == 0);
		*result = (struct intake_result){ .verdict = INTAKE_OK,
						  .id = &act.target.id,
						  .src_no = act_text(&act, "src_no") };
		result->id = arena_dup(arena, &act.target.id, sizeof act.target.id);
		return;
	}
	CHECK(err.text[0] != '\0' && column != NULL);
	result->field = column;
	result->sentence = arena_strdup(arena, err.text);
	CHECK(text_valid(err.text, strlen(err.text)) && text_valid(column, strlen(column)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct rules rules = { .offset_min = 480 };
	static const struct answer_head head = { "00000000000000000000000000000000", 1, 1 };
	struct import_ctx ctx = { .rules = &rules, .file = "fuzz", .source = "s", .now = 1,
				  .live = true, .actor = { "fuzz", "c", "system" } };
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct import_map *map;
	struct intake_ask ask;
	struct intake_result *results;
	struct str out = STR_INIT;
	struct plain_answer answer;
	enum err code;

	CHECK(import_map_new(words, strlen(words), NULL, &arena, &map, NULL) == ERR_OK);
	ctx.map = map;
	code = intake_ask_decode((const char *)data, size, &arena, &ask, &err);
	CHECK(code == ERR_OK || code == ERR_INPUT || code == ERR_TOO_LARGE || code == ERR_CORRUPT);
	if (code != ERR_OK) {
		CHECK(err.text[0] != '\0');
		arena_release(&arena);
		return 0;
	}
	CHECK(ask.n > 0 && ask.n <= INTAKE_ROWS);
	results = arena_array(&arena, ask.n, sizeof *results);
	for (size_t i = 0; i < ask.n; i++)
		judge(&ctx, &ask.rows[i], &arena, &results[i]);
	intake_answer_encode(&head, results, ask.n, &out);
	CHECK(plain_answer_decode(out.s, out.len, &arena, &answer, &err) == ERR_OK);
	str_release(&out);
	arena_release(&arena);
	return 0;
}
