/* Many small parts of the index of texts become one, a few pages at a time. */
#include <config.h>

#include <string.h>

#include "zhiban/base/mem.h"

#include "search_priv.h"

/* When there are FAN parts of a size (a power of eight), they are merged; the largest are left. */
enum { FAN = 8, LEVELS = 6, DELETE_MORE = 8 };

struct merge_input {
	struct part_row part;
	int64_t page; /* id of the page it is in */
	struct str bytes;
	struct page_walk walk;
	bool over;
};
struct merge {
	struct store *store;
	struct part_row to;
	int64_t done; /* terms up to this one are written */
	struct merge_input *inputs;
	size_t n;
	int64_t *ties; /* of one term */
	size_t n_ties, cap_ties;
};

static enum err one_row(struct store *store, const char *sql, struct part_row *ret_row,
			int64_t *ret_done, bool *ret_there, struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, sql, &stmt, err);

	if (code == ERR_OK)
		code = db_row(store, stmt, ret_there, err);
	if (code != ERR_OK || !*ret_there)
		return code;
	*ret_row = (struct part_row){ db_col_int(stmt, 0), db_col_int(stmt, 1),
				      db_col_int(stmt, 2) };
	*ret_done = db_col_int(stmt, 3);
	db_done(stmt);
	return ERR_OK;
}

static enum err run_part(struct store *store, const char *sql, int64_t part, int64_t value,
			 struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, sql, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":part", part);
	if (sqlite3_bind_parameter_index(stmt, ":value") > 0)
		db_int(stmt, ":value", value);
	return db_run(store, stmt, err);
}

/* --- beginning -------------------------------------------------------------------------------- */

static unsigned level_of(int64_t rows)
{
	unsigned level = 0;

	for (; rows >= FAN && level < LEVELS; rows /= FAN)
		level++;
	return level;
}

static const char GOES[] = "UPDATE gram_part SET goes = :value WHERE part = :part";

/* The smallest that are many: in ret_there whether there are. */
static enum err begin(struct store *store, bool *ret_there, struct error *err)
{
	struct part_row *parts;
	size_t n, many[LEVELS + 1] = { 0 };
	unsigned level = 0;
	int64_t rows = 0, to = 0, base = INT64_MAX;
	enum err code = search_parts(store, &parts, &n, err);

	if (code != ERR_OK)
		return code;
	for (size_t i = 0; i < n; i++)
		many[level_of(parts[i].rows)]++;
	while (level < LEVELS && many[level] < FAN)
		level++;
	for (size_t i = 0; level < LEVELS && i < n; i++)
		if (level_of(parts[i].rows) <= level) {
			rows += parts[i].rows;
			base = parts[i].base < base ? parts[i].base : base;
		}
	if (rows > 0)
		code = search_new_part(store, base, rows, PART_MADE, &to, err);
	for (size_t i = 0; rows > 0 && i < n && code == ERR_OK; i++)
		if (level_of(parts[i].rows) <= level)
			code = run_part(store, GOES, parts[i].part, to, err);
	*ret_there = rows > 0;
	free(parts);
	return code;
}

/* --- reading the inputs ----------------------------------------------------------------------- */

static const char PAGE_AT[] =
	"SELECT id, bytes FROM gram WHERE id <= :key AND id >= :from ORDER BY id DESC LIMIT 1";
static const char PAGE_BEHIND[] =
	"SELECT id, bytes FROM gram WHERE id > :key AND id < :end ORDER BY id LIMIT 1";

static enum err read_page(struct merge *merge, struct merge_input *input, bool first,
			  struct error *err)
{
	sqlite3_stmt *stmt;
	bool row = false;
	enum err code = db_stmt(merge->store, first ? PAGE_AT : PAGE_BEHIND, &stmt, err);

	if (code != ERR_OK)
		return code;
	if (first) {
		db_int(stmt, ":key", search_key(input->part.part, merge->done + 1));
		db_int(stmt, ":from", search_key(input->part.part, 0));
	} else {
		db_int(stmt, ":key", input->page);
		db_int(stmt, ":end", search_key(input->part.part + 1, 0));
	}
	code = db_row(merge->store, stmt, &row, err);
	if (code != ERR_OK)
		return code;
	input->over = !row && !first;
	if (!row) { /* no page begins so early: the first one is behind */
		input->page = search_key(input->part.part, 0) - 1;
		return first ? read_page(merge, input, false, err) : ERR_OK;
	}
	input->page = db_col_int(stmt, 0);
	str_clear(&input->bytes);
	str_add_bytes(&input->bytes, sqlite3_column_blob(stmt, 1),
		      (size_t)sqlite3_column_bytes(stmt, 1));
	db_done(stmt);
	page_begin(&input->walk, input->bytes.s, input->bytes.len, input->page);
	return ERR_OK;
}

/* To the next term behind what is done. */
static enum err advance(struct merge *merge, struct merge_input *input, struct error *err)
{
	enum err code = ERR_OK;

	while (!input->over && code == ERR_OK) {
		if (!page_next(&input->walk))
			code = read_page(merge, input, false, err);
		else if (input->walk.term > merge->done)
			break;
	}
	return code;
}

static const char INPUTS[] =
	"SELECT part, base, rows FROM gram_part WHERE goes = :part ORDER BY base";

static enum err open_inputs(struct merge *merge, struct error *err)
{
	sqlite3_stmt *stmt;
	size_t cap = 0;
	bool row;
	enum err code = db_stmt(merge->store, INPUTS, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":part", merge->to.part);
	while ((code = db_row(merge->store, stmt, &row, err)) == ERR_OK && row) {
		MEM_GROW(merge->inputs, merge->n, cap);
		merge->inputs[merge->n++] = (struct merge_input){
			.part = { db_col_int(stmt, 0), db_col_int(stmt, 1), db_col_int(stmt, 2) },
			.bytes = STR_INIT,
		};
	}
	for (size_t i = 0; i < merge->n && code == ERR_OK; i++) {
		code = read_page(merge, &merge->inputs[i], true, err);
		if (code == ERR_OK)
			code = advance(merge, &merge->inputs[i], err);
	}
	return code;
}

/* --- one term --------------------------------------------------------------------------------- */

static int by_tie(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void take_rows(struct merge *merge, const struct merge_input *input)
{
	const unsigned char *at = input->walk.list, *end = at + input->walk.len;
	int64_t tie = input->part.base;

	while (at < end) {
		tie += (int64_t)varint_get(&at, end);
		MEM_GROW(merge->ties, merge->n_ties, merge->cap_ties);
		merge->ties[merge->n_ties++] = tie;
	}
}

/* Parts follow each other, but for rows that have changed. */
static void put_in_order(struct merge *merge)
{
	size_t n = 0;
	bool ordered = true;

	for (size_t i = 1; i < merge->n_ties; i++)
		ordered &= merge->ties[i - 1] < merge->ties[i];
	if (ordered)
		return;
	qsort(merge->ties, merge->n_ties, sizeof *merge->ties, by_tie);
	for (size_t i = 1; i < merge->n_ties; i++)
		if (merge->ties[i] != merge->ties[n])
			merge->ties[++n] = merge->ties[i];
	merge->n_ties = n + 1;
}

static enum err merge_term(struct merge *merge, struct page_writer *writer, bool *ret_over,
			   struct error *err)
{
	int64_t term = INT64_MAX;
	enum err code = ERR_OK;

	for (size_t i = 0; i < merge->n; i++)
		if (!merge->inputs[i].over && merge->inputs[i].walk.term < term)
			term = merge->inputs[i].walk.term;
	*ret_over = term == INT64_MAX;
	if (*ret_over)
		return ERR_OK;
	merge->n_ties = 0;
	merge->done = term;
	for (size_t i = 0; i < merge->n && code == ERR_OK; i++) {
		struct merge_input *input = &merge->inputs[i];

		if (input->over || input->walk.term != term)
			continue;
		take_rows(merge, input);
		code = advance(merge, input, err);
	}
	put_in_order(merge);
	return code == ERR_OK ? writer_add(writer, term, merge->ties, merge->n_ties, err) : code;
}

/* --- a slice ---------------------------------------------------------------------------------- */

static const char DONE[] = "UPDATE gram_part SET done = :value WHERE part = :part";
static const char GONE[] = "UPDATE gram_part SET state = 2 WHERE goes = :part";
static const char USED[] = "UPDATE gram_part SET state = 0 WHERE part = :part";

static enum err merge_some(struct merge *merge, size_t pages, struct error *err)
{
	struct page_writer writer = { .store = merge->store,
				      .part = merge->to.part,
				      .base = merge->to.base };
	bool over = false;
	enum err code = open_inputs(merge, err);

	while (code == ERR_OK && !over && writer.written < pages)
		code = merge_term(merge, &writer, &over, err);
	if (code == ERR_OK)
		code = writer_end(&writer, err);
	if (code == ERR_OK)
		code = run_part(merge->store, DONE, merge->to.part, merge->done, err);
	if (code == ERR_OK && over)
		code = run_part(merge->store, GONE, merge->to.part, 0, err);
	if (code == ERR_OK && over)
		code = run_part(merge->store, USED, merge->to.part, 0, err);
	writer_release(&writer);
	return code;
}

static void merge_release(struct merge *merge)
{
	for (size_t i = 0; i < merge->n; i++)
		str_release(&merge->inputs[i].bytes);
	free(merge->inputs);
	free(merge->ties);
}

static const char DELETE_PAGES[] =
	"DELETE FROM gram WHERE id IN (SELECT id FROM gram WHERE id >= :from AND id < :end LIMIT :n)";
static const char DELETE_PART[] = "DELETE FROM gram_part WHERE part = :part";

static enum err delete_some(struct store *store, const struct part_row *part, size_t pages,
			    struct error *err)
{
	sqlite3_stmt *stmt;
	enum err code = db_stmt(store, DELETE_PAGES, &stmt, err);

	if (code != ERR_OK)
		return code;
	db_int(stmt, ":from", search_key(part->part, 0));
	db_int(stmt, ":end", search_key(part->part + 1, 0));
	db_int(stmt, ":n", (int64_t)pages);
	code = db_run(store, stmt, err);
	if (code == ERR_OK && sqlite3_changes64(store->db) < (int64_t)pages)
		code = run_part(store, DELETE_PART, part->part, 0, err);
	return code;
}

static const char A_GONE[] =
	"SELECT part, base, rows, done FROM gram_part WHERE state = 2 LIMIT 1";
static const char A_MADE[] =
	"SELECT part, base, rows, done FROM gram_part WHERE state = 1 LIMIT 1";

enum err cache_search_merge(struct store *store, size_t pages, bool *ret_more, struct error *err)
{
	struct merge merge = { .store = store };
	bool there = false;
	enum err code = one_row(store, A_GONE, &merge.to, &merge.done, &there, err);

	if (code == ERR_OK && there) {
		*ret_more = true;
		return delete_some(store, &merge.to, pages * DELETE_MORE, err);
	}
	if (code == ERR_OK)
		code = one_row(store, A_MADE, &merge.to, &merge.done, &there, err);
	if (code == ERR_OK && !there) {
		code = begin(store, &there, err);
		if (code == ERR_OK && there)
			code = one_row(store, A_MADE, &merge.to, &merge.done, &there, err);
	}
	if (code == ERR_OK && there)
		code = merge_some(&merge, pages, err);
	merge_release(&merge);
	if (code == ERR_OK)
		*ret_more = there;
	return code;
}
