#include <config.h>

#include "zhiban/wire/places.h"

#include <string.h>
#include <strings.h>

#include "zhiban/base/conf.h"
#include "zhiban/base/csv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/wire/import.h"
#include "zhiban/wire/jsonout.h"

enum { FIELDS = 16, NAME_MOST = 120 };

static const struct conf_spec field_spec[] = {
	{ "columns", CONF_STRS, CONF_REQUIRED, NULL, 0, NAME_MOST, NULL,
	  N_("names of columns, the best first") },
	{ NULL },
};
static const struct conf_spec words_spec[] = {
	{ "field", CONF_SECTION, CONF_TITLED, NULL, 0, 0, field_spec,
	  N_("a field and the columns that are read into it") },
	{ "odd", CONF_STRS, 0, NULL, 0, NAME_MOST, NULL, N_("words for odd house numbers") },
	{ "even", CONF_STRS, 0, NULL, 0, NAME_MOST, NULL, N_("words for even house numbers") },
	{ "suffixes", CONF_STRS, 0, NULL, 0, NAME_MOST, NULL,
	  N_("last words of a community's name") },
	{ NULL },
};

struct reading { /* one file on its way into the canonical form */
	const struct rules *rules;
	const struct conf_section *words;
	struct arena arena; /* of the row */
	struct place place;
	struct str *out;
	struct places_read *read;
};

/* --- columns ---------------------------------------------------------------------------------- */

static const char *cell(const struct import_row *row, const char *name)
{
	for (size_t i = 0; i < row->n; i++)
		if (strcasecmp(row->names[i], name) == 0)
			return row->values[i];
	return NULL;
}

/* The cell of a field: by its own key, else by the first of the names that is there. */
static const char *field_cell(const struct reading *reading, const struct import_row *row,
			      const char *field)
{
	const char *text = cell(row, field);

	for (size_t i = 0; text == NULL && i < conf_count(reading->words, "field"); i++) {
		const struct conf_section *section = conf_child(reading->words, "field", i);

		if (strcmp(conf_title(section), field) != 0)
			continue;
		for (size_t k = 0; text == NULL && k < conf_count(section, "columns"); k++)
			text = cell(row, conf_item(section, "columns", k));
	}
	return text;
}

static const char *trimmed(struct reading *reading, const char *text)
{
	size_t len;

	if (text == NULL)
		return NULL;
	text += strspn(text, " \t\r\n");
	len = strlen(text);
	while (len > 0 && strchr(" \t\r\n", text[len - 1]) != NULL)
		len--;
	return len > 0 ? arena_strndup(&reading->arena, text, len) : NULL;
}

/* --- one row ---------------------------------------------------------------------------------- */

/* "1-99" with a word behind it, as the canonical form has it. */
static enum err read_numbers(struct reading *reading, struct error *err)
{
	static const char *const parities[] = { "odd", "even" };
	const char *text = reading->place.numbers;
	size_t digits;

	if (text == NULL)
		return ERR_OK;
	digits = strspn(text, "0123456789-");
	for (size_t p = 0; p < ARRAY_LEN(parities); p++)
		for (size_t i = 0; i < conf_count(reading->words, parities[p]); i++)
			if (str_eq(text + digits + strspn(text + digits, " "),
				   conf_item(reading->words, parities[p], i)))
				text = arena_printf(&reading->arena, "%.*s %s", (int)digits, text,
						    parities[p]);
	if (!place_numbers_valid(text))
		return error_set(err, ERR_INPUT,
				 _("\"%.40s\" are no house numbers: write 1-99, 1-99 odd or 2-98 even"),
				 text);
	reading->place.numbers = text;
	return ERR_OK;
}

/* A row of a table of divisions: a community (the lowest level that has a parent in the rules). */
static void read_division(struct reading *reading, const struct import_row *row)
{
	const char *name = trimmed(reading, cell(row, "name"));
	const char *code = trimmed(reading, cell(row, "code"));
	const struct org *org = rules_org(reading->rules, code);
	size_t len = name != NULL ? strlen(name) : 0;

	if (name == NULL || org == NULL || cell(row, "parent") == NULL)
		return;
	if (str_eq(org->tier, "street"))
		reading->place.street = org->code;
	else
		reading->place.community = org->code;
	reading->place.name = name;
	for (size_t i = 0; i < conf_count(reading->words, "suffixes"); i++) {
		const char *suffix = conf_item(reading->words, "suffixes", i);
		size_t n = strlen(suffix);

		if (len > n + 3 && strcmp(name + len - n, suffix) == 0) {
			len -= n;
			break;
		}
	}
	reading->place.address = arena_strndup(&reading->arena, name, len);
}

/* Organisations by name or code, each within the one above it; who names the lower need not name
 * the upper. */
static enum err resolve(struct reading *reading, struct error *err)
{
	struct {
		const char **code;
		const char *title;
	} levels[] = { { &reading->place.street, N_("Street") },
		       { &reading->place.community, N_("Community") },
		       { &reading->place.grid, N_("Grid") } };
	const char *within = NULL;
	const struct org *lowest = NULL;

	for (size_t i = 0; i < ARRAY_LEN(levels); i++) {
		const struct org *org;

		if (*levels[i].code == NULL)
			continue;
		org = rules_org_named_in(reading->rules, *levels[i].code, within);
		if (org == NULL)
			return error_set(err, ERR_INPUT,
					 _("%s: \"%.60s\" is none of this jurisdiction"),
					 _(levels[i].title), *levels[i].code);
		if (within != NULL && !rules_org_within(reading->rules, org->code, within))
			return error_set(err, ERR_INPUT, _("%s: %.60s does not lie in %.60s"),
					 _(levels[i].title), org->name,
					 rules_org(reading->rules, within)->name);
		*levels[i].code = within = org->code;
		lowest = org;
	}
	if (lowest == NULL)
		return error_set(err, ERR_INPUT, "%s", _("it names no street, community or grid"));
	for (; lowest != NULL; lowest = rules_org(reading->rules, lowest->parent)) {
		if (str_eq(lowest->tier, "street") && reading->place.street == NULL)
			reading->place.street = lowest->code;
		if (str_eq(lowest->tier, "community") && reading->place.community == NULL)
			reading->place.community = lowest->code;
	}
	return ERR_OK;
}

static enum err read_row(struct reading *reading, const struct import_row *row, struct error *err)
{
	size_t n;
	const struct field *fields = place_fields(&n);
	enum err code;

	reading->place = (struct place){ .address = NULL };
	for (size_t i = 0; i < n; i++) {
		const char *text = trimmed(reading, field_cell(reading, row, fields[i].name));

		if (text != NULL && text_longer(text, field_max(&fields[i])))
			return error_set(err, ERR_INPUT,
					 _("%s: %zu characters are too many, at most %u"),
					 _(fields[i].title), text_chars(text), field_max(&fields[i]));
		if (text != NULL)
			field_set(&fields[i], &reading->place,
				  (struct value){ .is_text = true, .text = text }, &reading->arena);
	}
	if (reading->place.address == NULL && cell(row, "level") != NULL)
		read_division(reading, row);
	if (reading->place.address == NULL)
		return error_set(err, ERR_INPUT, "%s", _("it has no address"));
	code = read_numbers(reading, err);
	return code == ERR_OK ? resolve(reading, err) : code;
}

/* --- the canonical form ------------------------------------------------------------------------ */

static void put_header(struct str *out)
{
	size_t n;
	const struct field *fields = place_fields(&n);

	for (size_t i = 0; i < n; i++)
		str_addf(out, "%s%s", i > 0 ? "," : "", fields[i].json);
	str_add_char(out, '\n');
}

static void put_place(struct str *out, const struct place *place)
{
	size_t n;
	const struct field *fields = place_fields(&n);

	for (size_t i = 0; i < n; i++) {
		struct value value = field_get(&fields[i], place);

		if (i > 0)
			str_add_char(out, ',');
		if (value_is_set(value))
			csv_cell(out, value.text);
	}
	str_add_char(out, '\n');
}

static void reject(struct reading *reading, const struct import_row *row, const char *why)
{
	if (reading->read->rejected++ == 0)
		import_reject_header(&reading->read->rejects);
	import_reject(row, why, &reading->read->rejects);
}

/* ERR_TOO_LARGE ends the reading; a bad row does not. */
static enum err take_row(struct reading *reading, const struct import_row *row, struct error *err)
{
	struct error why = ERROR_INIT;

	arena_reset(&reading->arena);
	reading->read->rows++;
	if (read_row(reading, row, &why) != ERR_OK) {
		reject(reading, row, why.text);
		return ERR_OK;
	}
	put_place(reading->out, &reading->place);
	reading->read->kept++;
	if (reading->out->len > PLACES_TEXT_MAX)
		return error_set(err, ERR_TOO_LARGE, _("an address table is at most %d MB"),
				 PLACES_TEXT_MAX / 1024 / 1024);
	return ERR_OK;
}

static bool has_address(const struct reading *reading, const struct import_row *row)
{
	return field_cell(reading, row, "address") != NULL ||
	       (cell(row, "level") != NULL && cell(row, "code") != NULL &&
		cell(row, "name") != NULL);
}

static enum err read_file(struct reading *reading, struct import_file *file, struct error *err)
{
	struct import_row row;
	bool end = false;
	enum err code = ERR_OK;

	while (code == ERR_OK && !end) {
		struct error why = ERROR_INIT;

		code = import_next(file, &row, &end, &why);
		if (code == ERR_INPUT && row.line > 0) {
			reading->read->rows++;
			reject(reading, &row, why.text);
			code = ERR_OK;
			continue;
		}
		if (code != ERR_OK)
			return error_set(err, code, "%s", why.text);
		if (end)
			break;
		if (reading->read->rows == 0 && !has_address(reading, &row))
			return error_set(err, ERR_INPUT,
					 _("no column is an address: name one \"address\" (the names "
					   "that are known stand in place-columns.conf)"));
		code = take_row(reading, &row, err);
	}
	return code;
}

enum err places_from_file(const char *path, const char *words, size_t len, const struct rules *rules,
			  struct str *out, struct places_read *ret_read, struct error *err)
{
	struct places_read read = { .rows = 0, .rejects = STR_INIT };
	struct reading reading = { .rules = rules, .out = out, .read = &read };
	struct import_file *file = NULL;
	struct conf *conf = NULL;
	enum err code = conf_parse("place-columns.conf", words, len, words_spec, &conf, err);

	arena_init(&reading.arena);
	if (code == ERR_OK) {
		reading.words = conf_root(conf);
		code = import_open(path, &file, err);
	}
	if (code == ERR_OK) {
		put_header(out);
		code = read_file(&reading, file, err);
	}
	if (code == ERR_OK) {
		read.encoding = import_encoding(file);
		*ret_read = read;
	} else {
		str_release(&read.rejects);
	}
	if (file != NULL)
		import_close(file);
	conf_free(conf);
	arena_release(&reading.arena);
	return code;
}

/* --- reading it back --------------------------------------------------------------------------- */

static enum err bad_text(int64_t line, struct error *err)
{
	return error_set(err, ERR_INPUT, _("address table, line %lld: not in its canonical form"),
			 (long long)line);
}

static enum err give_place(const struct csv_record *record, place_fn fn, void *ctx,
			   struct error *err)
{
	size_t n;
	const struct field *fields = place_fields(&n);
	struct place place = { .address = NULL };

	if (record->n != n)
		return bad_text(record->line, err);
	for (size_t i = 0; i < n; i++) {
		const char *text = csv_cell_at(record, i);

		if (text_longer(text, field_max(&fields[i])))
			return bad_text(record->line, err);
		*(const char **)((char *)&place + fields[i].offset) = *text != '\0' ? text : NULL;
	}
	if (place.address == NULL)
		return bad_text(record->line, err);
	return fn(ctx, &place, err);
}

static bool is_header(const struct csv_record *record)
{
	size_t n;
	const struct field *fields = place_fields(&n);

	for (size_t i = 0; i < n; i++)
		if (record->n != n || strcmp(csv_cell_at(record, i), fields[i].json) != 0)
			return false;
	return true;
}

enum err places_each(const char *text, size_t len, place_fn fn, void *ctx, struct error *err)
{
	struct csv csv = { .sep = ',', .line = 1 };
	struct csv_record record = { 0 };
	size_t used;
	bool header = true;
	enum err code = ERR_OK;

	if (!text_valid(text, len))
		return bad_text(1, err);
	for (; code == ERR_OK && len > 0; text += used, len -= used) {
		code = csv_next(&csv, text, len, true, &record, &used, err);
		if (code == ERR_OK && header && !is_header(&record))
			code = bad_text(1, err);
		else if (code == ERR_OK && !header)
			code = give_place(&record, fn, ctx, err);
		header = false;
	}
	csv_record_release(&record);
	return code;
}
