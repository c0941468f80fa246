/* Bytes of a calendar as records of unfolded lines. */
#include <config.h>

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "ical_priv.h"
#include "import_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

enum { DEPTH_MOST = 8, REJECTS_MOST = 1000, LINES_MOST = 20000, SUBSTITUTE = 0x1A /* SUB */ };

/* ---- text ---- */

/* Bytes as UTF-8, whatever they were; NUL and what is no text in their encoding is then no UTF-8.
 */
static enum err as_utf8(const char *bytes, size_t len, struct str *out, struct error *err)
{
	struct text_source source = {.bytes = bytes, .left = len};
	enum err code = source_open(&source, err);

	while (code == ERR_OK && !source.end) {
		code = source_fill(&source, err);
		if (code == ERR_OK) {
			str_add_bytes(out, str_get(&source.text) + source.at,
				      source.text.len - source.at);
			source.at = source.text.len;
		}
	}
	source_release(&source);
	return code;
}

/* What is no UTF-8 becomes U+FFFD and is counted. */
static size_t mend(const struct str *text, struct str *out)
{
	const char *s = str_get(text);
	size_t left = text->len, n, mended = 0;
	uint32_t cp;

	for (; left > 0; s += n, left -= n) {
		n = text_next(s, left, &cp);
		if (n == 1 && ((*s & 0x80) != 0 || *s == SUBSTITUTE)) {
			mended++;
			str_add(out, "\xEF\xBF\xBD");
		} else {
			str_add_bytes(out, s, n);
		}
	}
	return mended;
}

static bool is_utf16(const char *bytes, size_t len)
{
	if (len >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0))
		return true;
	/* every second byte of ASCII is zero; one that was dropped into a file is not that */
	return len >= 4 && ((!bytes[0] && !bytes[2]) || (!bytes[1] && !bytes[3]));
}

struct unfolded {
	struct str text; /* lines that end in LF */
	int64_t *lines;  /* the number of each */
	size_t n, cap;
};

static void add_line(struct unfolded *out, int64_t line)
{
	MEM_GROW(out->lines, out->n, out->cap);
	out->lines[out->n++] = line;
}

static void unfold(const char *s, size_t len, struct unfolded *out)
{
	int64_t line = 1;
	bool begun = false;

	while (len > 0) {
		const char *nl = memchr(s, '\n', len),
			   *cr = memchr(s, '\r', nl ? (size_t)(nl - s) : len);
		const char *end = cr ? cr : nl ? nl : s + len;
		size_t used = (size_t)(end - s), skip = 0;

		if (used < len)
			skip = *end == '\r' && used + 1 < len && end[1] == '\n' ? 2 : 1;
		if (begun && used > 0 && (*s == ' ' || *s == '\t')) {
			str_cut(&out->text, out->text.len - 1);
			str_add_bytes(&out->text, s + 1, used - 1);
		} else {
			add_line(out, line);
			str_add_bytes(&out->text, s, used);
		}
		str_add_char(&out->text, '\n');
		begun = true;
		s += used + skip;
		len -= used + skip;
		line++;
	}
}

/* ---- records ---- */

struct reader {
	struct arena *arena;
	struct ical_blocks *out;
	size_t cap, rejects_cap;
	struct ical_line *lines; /* of the present block */
	size_t n_lines, lines_cap;
	struct str bytes;
	bool in; /* in a block */
	enum ical_sort sort;
	int64_t line;
	const char *why, *method;
	const char *stack[DEPTH_MOST]; /* what was begun inside of it */
	size_t depth, groups;
};

static void reject(struct reader *reader, int64_t line, const char *what, const char *why)
{
	struct ical_blocks *out = reader->out;

	if (out->n_rejects >= REJECTS_MOST)
		return;
	MEM_GROW(out->rejects, out->n_rejects, reader->rejects_cap);
	out->rejects[out->n_rejects++] =
	    (struct ical_reject){line, arena_strdup(reader->arena, what), why, ""};
}

static void block_begin(struct reader *reader, enum ical_sort sort, int64_t line)
{
	reader->in = true;
	reader->sort = sort;
	reader->line = line;
	reader->why = NULL;
	reader->n_lines = reader->depth = 0;
	str_clear(&reader->bytes);
}

static void block_end(struct reader *reader)
{
	struct ical_blocks *out = reader->out;
	struct ical_block block = {.sort = reader->sort,
				   .line = reader->line,
				   .n = reader->n_lines,
				   .why = reader->why,
				   .method = reader->method};

	reader->in = false;
	if (out->n >= ICAL_RECORDS_MOST) {
		reject(reader, reader->line,
		       reader->sort < ICAL_SORTS ? ical_sort_word(reader->sort) : "VTIMEZONE",
		       _("the file has too many records"));
		return;
	}
	block.lines = arena_array(reader->arena, block.n + 1, sizeof *block.lines);
	if (block.n > 0)
		memcpy(block.lines, reader->lines, block.n * sizeof *block.lines);
	block.bytes = arena_strdup(reader->arena, str_get(&reader->bytes));
	MEM_GROW(out->blocks, out->n, reader->cap);
	out->blocks[out->n++] = block;
}

static bool sort_of(const char *word, enum ical_sort *ret_sort)
{
	for (enum ical_sort sort = 0; sort < ICAL_SORTS; sort++)
		if (strcasecmp(word, ical_sort_word(sort)) == 0) {
			*ret_sort = sort;
			return true;
		}
	*ret_sort = ICAL_SORTS;
	return strcasecmp(word, "VTIMEZONE") == 0;
}

static void on_begin(struct reader *reader, const char *word, int64_t line)
{
	enum ical_sort sort;

	reader->out->any = true;
	if (sort_of(word, &sort)) {
		if (sort < ICAL_SORTS)
			reader->out->counts.sorts[sort]++;
		else
			reader->out->counts.zones++;
		if (reader->in) {
			reader->why = _("it has no end");
			block_end(reader);
		}
		block_begin(reader, sort, line);
	} else if (!reader->in) {
		reader->method = ""; /* of the calendar that begins */
	} else {
		if (reader->depth == DEPTH_MOST)
			reader->why = _("too much stands inside of it");
		else
			reader->stack[reader->depth++] = word;
		reader->groups++;
	}
}

static void on_end(struct reader *reader, const char *word)
{
	enum ical_sort sort;

	if (!reader->in)
		return;
	if (sort_of(word, &sort) && sort == reader->sort) {
		if (reader->depth > 0)
			reader->why = _("what was begun in it has no end");
		block_end(reader);
	} else if (reader->depth > 0 && strcasecmp(word, reader->stack[reader->depth - 1]) == 0) {
		reader->depth--;
	} else {
		reader->why = _("it has no end");
		block_end(reader);
	}
}

static void count(struct ical_counts *counts, const char *name)
{
	counts->rules += strcmp(name, "RRULE") == 0;
	counts->exceptions += strcmp(name, "EXDATE") == 0;
	counts->instances += strcmp(name, "RECURRENCE-ID") == 0;
}

static void keep(struct reader *reader, const struct ical_line *line)
{
	bool zone = reader->sort == ICAL_SORTS;

	/* alarms and the like say nothing of when somebody is busy */
	if (reader->depth > (zone ? 1 : 0))
		return;
	if (reader->n_lines >= LINES_MOST) {
		reader->why = _("it is too long");
		return;
	}
	MEM_GROW(reader->lines, reader->n_lines, reader->lines_cap);
	reader->lines[reader->n_lines++] = *line;
}

/* The name, upper case; what does not begin with one is no line of a calendar. */
static const char *line_name(struct arena *arena, const char *text)
{
	size_t n = 0;
	char *name;

	while (isalnum((unsigned char)text[n]) || text[n] == '-')
		n++;
	if (n == 0 || (text[n] != ':' && text[n] != ';'))
		return NULL;
	name = arena_strndup(arena, text, n);
	for (char *c = name; *c != '\0'; c++)
		*c = (char)toupper((unsigned char)*c);
	return name;
}

static const char *word_behind(struct arena *arena, const char *text)
{
	const char *s = strchr(text, ':');
	size_t n;

	s = s != NULL ? s + 1 : "";
	s += strspn(s, " \t");
	n = strlen(s);
	while (n > 0 && isspace((unsigned char)s[n - 1]))
		n--;
	return arena_strndup(arena, s, n);
}

static void bad_line(struct reader *reader, int64_t line, const char *why)
{
	if (reader->in)
		reader->why = arena_printf(reader->arena, _("line %lld: %s"), (long long)line, why);
	else
		reject(reader, line, "", why);
}

static void outside(struct reader *reader, const char *name, const char *text)
{
	struct ical_blocks *out = reader->out;
	const char *value = value_text(text, reader->arena);

	if (strcmp(name, "METHOD") == 0) {
		reader->method = value + strspn(value, " ");
		if (*out->method == '\0')
			out->method = reader->method;
	} else if (strcmp(name, "X-WR-CALNAME") == 0 || strcmp(name, "NAME") == 0) {
		out->name = value;
	}
}

static void on_line(struct reader *reader, const char *text, size_t len, int64_t number)
{
	struct ical_line line = {number, NULL, NULL, reader->depth, reader->groups};

	while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t'))
		len--;
	if (len == 0)
		return;
	if (len > ICAL_LINE_MOST) {
		bad_line(reader, number, _("longer than any line may be"));
		return;
	}
	line.text = arena_strndup(reader->arena, text, len);
	line.name = line_name(reader->arena, line.text);
	if (reader->in && reader->bytes.len + len < ICAL_RECORD_MOST) {
		str_add(&reader->bytes, line.text);
		str_add_char(&reader->bytes, '\n');
	} else if (reader->in) {
		reader->why = _("it is too long");
	}
	if (line.name == NULL) {
		/* some write texts without folding them: the record can be read without them */
		if (!reader->in)
			reject(reader, number, "", _("no line of a calendar"));
		return;
	}
	count(&reader->out->counts, line.name);
	if (strcmp(line.name, "BEGIN") == 0)
		on_begin(reader, word_behind(reader->arena, line.text), number);
	else if (strcmp(line.name, "END") == 0)
		on_end(reader, word_behind(reader->arena, line.text));
	else if (reader->in)
		keep(reader, &line);
	else
		outside(reader, line.name, line.text);
}

/* A text that was taken for another encoding behind all may have other lines than were counted. */
static void walk(struct reader *reader, const struct unfolded *text)
{
	const char *s = str_get(&text->text), *end = s + text->text.len;

	for (size_t i = 0; s < end; i++) {
		const char *nl = memchr(s, '\n', (size_t)(end - s)), *stop = nl != NULL ? nl : end;
		size_t at = i < text->n ? i : text->n - 1;

		on_line(reader, s, (size_t)(stop - s), text->n > 0 ? text->lines[at] : 1);
		s = stop + 1;
	}
	if (reader->in) {
		reader->why = _("the file ends inside of it");
		block_end(reader);
	}
}

/* What grows line by line lies on the heap; the answer lies in the arena. */
static void settle(struct reader *reader)
{
	struct ical_blocks *out = reader->out;
	struct ical_block *blocks = out->blocks;
	struct ical_reject *rejects = out->rejects;

	out->blocks = arena_array(reader->arena, out->n + 1, sizeof *blocks);
	if (out->n > 0)
		memcpy(out->blocks, blocks, out->n * sizeof *blocks);
	out->rejects = arena_array(reader->arena, out->n_rejects + 1, sizeof *rejects);
	if (out->n_rejects > 0)
		memcpy(out->rejects, rejects, out->n_rejects * sizeof *rejects);
	free(blocks);
	free(rejects);
	free(reader->lines);
	str_release(&reader->bytes);
}

/* Folds are taken out before bytes are looked at as text: old programs fold inside a character.  Of
 * GB18030 no second byte is a blank or the end of a line. */
static enum err lines_of(const char *bytes, size_t len, struct unfolded *ret_lines,
			 size_t *ret_mended, struct error *err)
{
	struct str text = STR_INIT, utf8 = STR_INIT;
	bool wide = is_utf16(bytes, len);
	enum err code;

	if (wide) {
		code = as_utf8(bytes, len, &utf8, err);
		unfold(str_get(&utf8), utf8.len, ret_lines);
	} else {
		unfold(bytes, len, ret_lines);
		/* zeros look like UTF-16, and bytes that are no UTF-8 like GB18030 */
		for (size_t i = 0; i < ret_lines->text.len; i++)
			if (ret_lines->text.s[i] == '\0')
				ret_lines->text.s[i] = SUBSTITUTE;
		code = as_utf8(str_get(&ret_lines->text), ret_lines->text.len, &utf8, err);
		str_clear(&ret_lines->text);
		str_add_bytes(&ret_lines->text, str_get(&utf8), utf8.len);
	}
	if (code == ERR_OK) {
		*ret_mended = mend(&ret_lines->text, &text);
		str_release(&ret_lines->text);
		ret_lines->text = text;
	} else {
		str_release(&text);
	}
	str_release(&utf8);
	return code;
}

enum err ical_blocks(const char *bytes, size_t len, struct arena *arena,
		     struct ical_blocks *ret_blocks, struct error *err)
{
	struct ical_blocks out = {.method = "", .name = ""};
	struct reader reader = {.arena = arena, .out = &out, .bytes = STR_INIT, .method = ""};
	struct unfolded lines = {.text = STR_INIT};
	enum err code;

	if (len > ICAL_FILE_MOST)
		return error_set(err, ERR_INPUT, _("a calendar has at most %d megabytes"),
				 ICAL_FILE_MOST / 1024 / 1024);
	code = lines_of(bytes, len, &lines, &out.mended, err);
	if (code == ERR_OK) {
		walk(&reader, &lines);
		settle(&reader);
		*ret_blocks = out;
	}
	str_release(&lines.text);
	free(lines.lines);
	return code;
}

const struct ical_line *block_line(const struct ical_block *block, const char *name)
{
	for (size_t i = 0; i < block->n; i++)
		if (block->lines[i].depth == 0 && strcmp(block->lines[i].name, name) == 0)
			return &block->lines[i];
	return NULL;
}
