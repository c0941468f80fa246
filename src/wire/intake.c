#include <config.h>

#include "zhiban/wire/intake.h"

#include <string.h>

#include "import_priv.h"
#include "message_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

/* --- asking ----------------------------------------------------------------------------------- */

static enum err too_many(struct error *err)
{
	return error_set(err, ERR_TOO_LARGE, _("at most %d rows at once"), INTAKE_ROWS);
}

/* A row is the reader's until the next one. */
static struct import_row keep_row(const struct import_row *row, struct arena *arena)
{
	const char **names = arena_array(arena, row->n + 1, sizeof *names);
	const char **values = arena_array(arena, row->n + 1, sizeof *values);

	for (size_t i = 0; i < row->n; i++) {
		names[i] = arena_strdup(arena, row->names[i]);
		values[i] = arena_strdup(arena, row->values[i]);
	}
	return (struct import_row){ row->line, names, values, row->n };
}

static enum err read_file(const char *bytes, size_t len, struct arena *arena,
			  struct intake_ask *ask, struct error *err)
{
	struct import_file *file;
	enum err code = import_open_text("rows", bytes, len, &file, err);

	if (code != ERR_OK)
		return code;
	for (;;) {
		struct import_row row = { .n = 0 };
		struct error why = ERROR_INIT;
		bool end = false;

		code = import_next(file, &row, &end, &why);
		if (end || (code != ERR_OK && code != ERR_INPUT))
			break;
		if (ask->n == INTAKE_ROWS) {
			code = too_many(&why);
		} else {
			struct intake_row *kept = &ask->rows[ask->n++];

			kept->row.line = row.line;
			if (code == ERR_OK)
				kept->row = keep_row(&row, arena);
			else
				kept->bad = arena_strdup(arena, why.text);
			code = ERR_OK;
		}
		if (code == ERR_OK)
			continue;
		(void)error_set(err, code, "%s", why.text);
		break;
	}
	import_close(file);
	/* not even a header */
	return code == ERR_CORRUPT ? error_set(err, ERR_INPUT, "%s", _("no rows can be read of this"))
				   : code;
}

static enum err read_list(const struct json *list, struct arena *arena, struct intake_ask *ask,
			  struct error *err)
{
	if (list->n > INTAKE_ROWS)
		return too_many(err);
	json_each (item, list) {
		struct intake_row *row = &ask->rows[ask->n++];

		if (json_is(item, TREE_OBJECT))
			row->bad = import_row_of(item, arena, &row->row);
		else
			row->bad = _("a row is an object");
		row->row.line = (int64_t)ask->n;
	}
	return ERR_OK;
}

enum err intake_ask_decode(const char *bytes, size_t len, struct arena *arena,
			   struct intake_ask *ret_ask, struct error *err)
{
	struct intake_ask ask = { .n = 0 };
	const struct json *rows;
	struct json_doc doc;
	enum err code;

	ask.rows = arena_array(arena, INTAKE_ROWS, sizeof *ask.rows);
	if (json_read(bytes, len, &doc, NULL) == ERR_OK) {
		rows = json_member(doc.root, "rows");
		/* an object without rows is a row itself: JSON Lines of one line */
		code = json_is(rows, TREE_LIST) ? read_list(rows, arena, &ask, err)
						: read_file(bytes, len, arena, &ask, err);
		json_release(&doc);
	} else {
		code = read_file(bytes, len, arena, &ask, err);
	}
	if (code == ERR_OK && ask.n == 0)
		code = error_set(err, ERR_INPUT, "%s", _("no rows can be read of this"));
	if (code == ERR_OK)
		*ret_ask = ask;
	return code;
}

/* --- answering -------------------------------------------------------------------------------- */

static const char *const verdict_words[INTAKE_VERDICTS] = {
	[INTAKE_OK] = "ok",
	[INTAKE_EXISTS] = "exists",
	[INTAKE_REJECTED] = "rejected",
};

static void put_text(struct str *out, const char *key, const char *text, bool *first)
{
	if (text == NULL)
		return;
	json_put_key(out, key, first);
	json_put_text(out, text);
}

static void put_kept(struct str *out, const char *const *kept, bool *first)
{
	if (kept == NULL || *kept == NULL)
		return;
	json_put_key(out, "kept", first);
	str_add_char(out, '[');
	for (size_t i = 0; kept[i] != NULL; i++) {
		if (i > 0)
			str_add_char(out, ',');
		json_put_text(out, kept[i]);
	}
	str_add_char(out, ']');
}

static void put_result(struct str *out, const struct intake_result *result, size_t place)
{
	bool first = true;

	put_text(out, "field", result->field, &first);
	if (result->id != NULL) {
		json_put_key(out, "id", &first);
		json_put_uuid(out, result->id);
	}
	put_kept(out, result->kept, &first);
	put_text(out, "number", result->number, &first);
	json_put_key(out, "row", &first);
	json_put_int(out, (int64_t)place);
	put_text(out, "sentence", result->sentence, &first);
	put_text(out, "src_no", result->src_no, &first);
	put_text(out, "verdict", verdict_words[result->verdict], &first);
	json_put_end(out, first);
}

static void put_count(struct str *out, enum intake_verdict verdict,
		      const struct intake_result *results, size_t n, bool *first)
{
	int64_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += results[i].verdict == verdict;
	json_put_key(out, verdict_words[verdict], first);
	json_put_int(out, count);
}

void intake_answer_encode(const struct answer_head *head, const struct intake_result *results,
			  size_t n, struct str *out)
{
	bool first = true;

	head_put_epoch(out, head, &first);
	put_count(out, INTAKE_EXISTS, results, n, &first);
	head_put_now(out, head, &first);
	put_count(out, INTAKE_OK, results, n, &first);
	put_count(out, INTAKE_REJECTED, results, n, &first);
	json_put_key(out, "rows", &first);
	str_add_char(out, '[');
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			str_add_char(out, ',');
		put_result(out, &results[i], i + 1);
	}
	str_add_char(out, ']');
	head_put_version(out, head, &first);
	json_put_end(out, first);
}
