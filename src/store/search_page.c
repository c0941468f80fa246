/* Pages of the index of texts. */
#include <config.h>

#include "search_priv.h"

#include "zhiban/base/mem.h"

enum { PAGE_BYTES = 4000 }; /* with its cell's head in one page of the file */

int64_t search_key(int64_t part, int64_t term)
{
	return part << PART_SHIFT | term;
}

void varint_put(struct str *out, uint64_t value)
{
	for (; value >= 0x80; value >>= 7)
		str_add_char(out, (char)(value | 0x80));
	str_add_char(out, (char)value);
}

uint64_t varint_get(const unsigned char **at, const unsigned char *end)
{
	uint64_t value = 0;

	for (unsigned shift = 0; *at < end && shift < 64; shift += 7) {
		unsigned char c = *(*at)++;

		value |= (uint64_t)(c & 0x7F) << shift;
		if (c < 0x80)
			break;
	}
	return value;
}

void page_begin(struct page_walk *walk, const void *bytes, size_t len, int64_t id)
{
	*walk = (struct page_walk){ .at = bytes,
				    .end = (const unsigned char *)bytes + len,
				    .term = id & ((INT64_C(1) << TERM_BITS) - 1) };
}

bool page_next(struct page_walk *walk)
{
	if (walk->at >= walk->end)
		return false;
	walk->term += (int64_t)varint_get(&walk->at, walk->end);
	walk->rows = (int64_t)varint_get(&walk->at, walk->end);
	if (walk->rows > 1) {
		walk->len = varint_get(&walk->at, walk->end);
		walk->list = walk->at;
	} else {
		walk->list = walk->at;
		(void)varint_get(&walk->at, walk->end);
		walk->len = (size_t)(walk->at - walk->list);
		return true;
	}
	if (walk->len > (size_t)(walk->end - walk->at)) {
		walk->at = walk->end;
		return false;
	}
	walk->at += walk->len;
	return true;
}

/* --- writing ---------------------------------------------------------------------------------- */

static const char PUT[] = "INSERT INTO gram (id, bytes) VALUES (:id, :bytes)";

static enum err flush(struct page_writer *writer, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code;

	if (writer->page.len == 0)
		return ERR_OK;
	code = db_stmt(writer->store, PUT, &stmt, err);
	if (code != ERR_OK)
		return code;
	db_int(stmt, ":id", search_key(writer->part, writer->first));
	db_blob(stmt, ":bytes", writer->page.s, writer->page.len);
	code = db_run(writer->store, stmt, err);
	str_clear(&writer->page);
	writer->written++;
	return code;
}

enum err writer_add(struct page_writer *writer, int64_t term, const int64_t *ties, size_t n,
		    struct error *err)
{
	enum { HEAD = 24 };
	int64_t before = writer->base;
	enum err code = ERR_OK;

	str_clear(&writer->list);
	for (size_t i = 0; i < n; i++) {
		varint_put(&writer->list, (uint64_t)(ties[i] - before));
		before = ties[i];
	}
	if (writer->page.len > 0 && writer->page.len + writer->list.len + HEAD > PAGE_BYTES)
		code = flush(writer, err);
	if (code != ERR_OK)
		return code;
	if (writer->page.len == 0)
		writer->first = writer->last = term;
	varint_put(&writer->page, (uint64_t)(term - writer->last));
	varint_put(&writer->page, n);
	if (n > 1)
		varint_put(&writer->page, writer->list.len);
	str_add_bytes(&writer->page, writer->list.s, writer->list.len);
	writer->last = term;
	return ERR_OK;
}

enum err writer_end(struct page_writer *writer, struct error *err)
{
	return flush(writer, err);
}

void writer_release(struct page_writer *writer)
{
	str_release(&writer->page);
	str_release(&writer->list);
}

/* --- parts ------------------------------------------------------------------------------------ */

static const char PARTS[] = "SELECT part, base, rows FROM gram_part WHERE state = 0 ORDER BY base";
static const char NEW_PART[] = "INSERT INTO gram_part (part, base, rows, state, done) VALUES "
			       "((SELECT coalesce(max(part), 0) + 1 FROM gram_part), :base, :rows, "
			       ":state, -1)";

enum err search_parts(struct store *store, struct part_row **ret_parts, size_t *ret_n,
		      struct error *err)
{
	struct part_row *parts = NULL;
	size_t n = 0, cap = 0;
	sqlite3_stmt *stmt;
	bool row;
	enum err code = db_stmt(store, PARTS, &stmt, err);

	while (code == ERR_OK && (code = db_row(store, stmt, &row, err)) == ERR_OK && row) {
		MEM_GROW(parts, n, cap);
		parts[n++] = (struct part_row){ db_col_int(stmt, 0), db_col_int(stmt, 1),
						db_col_int(stmt, 2) };
	}
	if (code != ERR_OK) {
		free(parts);
		return code;
	}
	*ret_parts = parts;
	*ret_n = n;
	return ERR_OK;
}

enum err search_new_part(struct store *store, int64_t base, int64_t rows, enum part_state state,
			 int64_t *ret_part, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, NEW_PART, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":base", base);
	db_int(stmt, ":rows", rows);
	db_int(stmt, ":state", state);
	code = db_run(store, stmt, err);
	if (code == ERR_OK)
		*ret_part = sqlite3_last_insert_rowid(store->db);
	return code;
}
