/* Any bytes as an import file: every row is taken or refused with a sentence that names its line, the
 * reader ends, and an act that was made passes its own check and keeps its words. */
#include <config.h>

#include <string.h>

#include "fuzz.h"
#include "zhiban/base/text.h"
#include "zhiban/wire/act.h"
#include "zhiban/wire/import.h"

static const char words[] = "field \"title\" { columns = {\"主题\", \"a\"} }\n"
			    "field \"reported_at\" { columns = {\"b\"} }\n"
			    "field \"lat\" { columns = {\"c\"} }\n";

static void check_row(const struct import_ctx *ctx, const struct import_row *row)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct str bytes = STR_INIT;
	struct act act, again;
	enum err code = import_act(ctx, row, &arena, &act, &err);

	CHECK(code == ERR_OK || code == ERR_INPUT);
	if (code) {
		CHECK(err.text[0] != '\0' && text_valid(err.text, strlen(err.text)));
		import_reject(row, err.text, &bytes);
	} else {
		CHECK(act_check(&act, &err) == ERR_OK);
		act_encode(&act, &bytes);
		CHECK(act_decode(bytes.s, bytes.len, &arena, &again, NULL) == ERR_OK);
	}
	str_release(&bytes);
	arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct rules rules = { .offset_min = 480 };
	struct import_ctx ctx = { .rules = &rules, .file = "fuzz", .now = 1,
				  .actor = { "system", "c", "system" } };
	struct arena arena = ARENA_INIT;
	struct import_file *file = NULL;
	struct import_map *map;
	int64_t line = 0;

	CHECK(import_map_new(words, strlen(words), NULL, &arena, &map, NULL) == ERR_OK);
	ctx.map = map;
	CHECK(import_open_text("fuzz", (const char *)data, size, &file, NULL) == ERR_OK);
	for (size_t rows = 0;; rows++) {
		struct import_row row = { 0 };
		struct error err = ERROR_INIT;
		bool end = false;
		enum err code = import_next(file, &row, &end, &err);

		CHECK(code == ERR_OK || code == ERR_INPUT || code == ERR_CORRUPT);
		if (code == ERR_CORRUPT || (code == ERR_OK && end))
			break;
		CHECK(row.line > line && rows <= size);
		line = row.line;
		if (code == ERR_OK)
			check_row(&ctx, &row);
		else
			CHECK(err.text[0] != '\0');
	}
	import_close(file);
	arena_release(&arena);
	return 0;
}
