#include <config.h>

#include <string.h>

#include "console.h"
#include "zhiban/base/text.h"

void table_init(struct table *table, const char *const *titles, size_t n_columns)
{
	*table = (struct table){ .titles = titles, .n_columns = n_columns };
}

static void append(struct table *table, const char **row)
{
	if (table->n == table->cap) {
		size_t cap = table->cap ? table->cap * 2 : 64;
		const char ***rows = arena_array(&table->arena, cap, sizeof *rows);

		if (table->n > 0)
			memcpy(rows, table->rows, table->n * sizeof *rows);
		table->rows = rows;
		table->cap = cap;
	}
	table->rows[table->n++] = row;
}

/* A row has a place behind its cells: what is there says that it is a heading. */
void table_add(struct table *table, const char *const *cells)
{
	const char **row = arena_array(&table->arena, table->n_columns + 1, sizeof *row);
	struct str clean = STR_INIT;

	for (size_t i = 0; i < table->n_columns; i++) {
		str_clear(&clean);
		text_clean(&clean, cells[i], strlen(cells[i]), false);
		row[i] = arena_strdup(&table->arena, str_get(&clean));
	}
	str_release(&clean);
	row[table->n_columns] = NULL;
	append(table, row);
}

void table_heading(struct table *table, const char *text)
{
	const char **row = arena_array(&table->arena, table->n_columns + 1, sizeof *row);
	struct str clean = STR_INIT;

	text_clean(&clean, text, strlen(text), false);
	row[table->n_columns] = arena_strdup(&table->arena, str_get(&clean));
	str_release(&clean);
	append(table, row);
}

static bool is_heading(const struct table *table, size_t i)
{
	return table->rows[i][table->n_columns] != NULL;
}

static int column_width(const struct table *table, size_t column)
{
	int widest = text_columns(table->titles[column]);

	for (size_t i = 0; i < table->n; i++) {
		int columns = is_heading(table, i) ? 0 : text_columns(table->rows[i][column]);

		widest = columns > widest ? columns : widest;
	}
	return widest < TABLE_CELL_MOST ? widest : TABLE_CELL_MOST;
}

/* The last column is not padded: lines end where their text ends. */
static void write_row(const struct table *table, const char *const *cells, const int *widths,
		      struct str *out)
{
	for (size_t i = 0; i < table->n_columns; i++) {
		bool last = i + 1 == table->n_columns;

		if (last && text_columns(cells[i]) <= widths[i])
			str_add(out, cells[i]);
		else
			text_pad_middle(out, cells[i], widths[i]);
		if (!last)
			str_add(out, "  ");
	}
	while (out->len > 0 && out->s[out->len - 1] == ' ')
		str_cut(out, out->len - 1);
	str_add_char(out, '\n');
}

static void write_heading(const struct table *table, size_t at, struct str *out)
{
	size_t n = 0;

	while (at + n + 1 < table->n && !is_heading(table, at + n + 1))
		n++;
	str_addf(out, "-- %s  %zu\n", table->rows[at][table->n_columns], n);
}

void table_write(struct table *table, struct str *out)
{
	int *widths = arena_array(&table->arena, table->n_columns, sizeof *widths);

	for (size_t i = 0; i < table->n_columns; i++)
		widths[i] = column_width(table, i);
	write_row(table, table->titles, widths, out);
	for (size_t i = 0; i < table->n; i++)
		if (is_heading(table, i))
			write_heading(table, i, out);
		else
			write_row(table, table->rows[i], widths, out);
}

void table_release(struct table *table)
{
	arena_release(&table->arena);
}
