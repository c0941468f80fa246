#include <config.h>

#include "zhiban/ui/form.h"

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"
#include "form_priv.h"

enum { LABEL_MAX = 18, COUNT_COLS = 10, PICKER_ROWS_MAX = 14, WORDS_ROWS_MAX = 3,
       FIELDS_ROWS_MIN = 6, WIDE_COLS = 98 };

static int input_rows(const struct form *form, size_t index, int cols)
{
	const struct form_field *field = &form->fields[index];

	if (field->type == FORM_TEXT)
		return field->rows > 0 ? field->rows : FORM_TEXT_ROWS;
	if (field->type == FORM_INFO)
		return edit_rows(&form->entries[index].edit, cols);
	return 1;
}

/* Rows of a sentence that says what to do: it is shown whole, for what matters stands at its end. */
static int words_rows(const char *words, int cols)
{
	int rows = 0;

	while (words != NULL && *words != '\0' && rows < WORDS_ROWS_MAX) {
		size_t skip, len = text_wrap(words, cols, &skip);

		words += len + skip;
		rows++;
	}
	return rows;
}

static void draw_words(struct canvas *canvas, struct area area, enum role role, const char *words)
{
	for (int i = 0; i < area.rows; i++) {
		size_t skip, len = text_wrap(words, area.cols, &skip);
		struct str line = STR_INIT;

		if (i + 1 < area.rows)
			str_add_bytes(&line, words, len);
		else
			str_add(&line, words);
		canvas_pad(canvas, area.row + i, area.col, area.cols, role, str_get(&line),
			   PAD_RIGHT);
		words += len + skip;
		str_release(&line);
	}
}

static int field_rows(const struct form *form, size_t index, int cols)
{
	int proposals = index == form->focus && form_proposes(form) ? (int)form->n_proposals : 0;

	if (form_hides(form, index))
		return 0;
	return input_rows(form, index, cols) +
	       words_rows(form->entries[index].error, cols) + proposals;
}

static int label_cols(const struct form *form)
{
	int cols = 0;

	for (size_t i = 0; i < form->n; i++) {
		int n = text_columns(form->fields[i].label);

		cols = n > cols ? n : cols;
	}
	return cols < LABEL_MAX ? cols : LABEL_MAX;
}

/* What is chosen, in words. */
static void add_labels(const struct form_field *field, const char *value, struct str *out)
{
	for (const char *s = value; *s != '\0';) {
		size_t len = field->type == FORM_MANY ? strcspn(s, ",") : strlen(s);
		const struct form_choice *choice = form_choice_of(field, s, len);

		if (out->len > 0)
			str_add(out, ", ");
		if (choice != NULL)
			str_add(out, choice->label != NULL ? choice->label : choice->value);
		else
			str_add_bytes(out, s, len);
		s += len;
		s += *s == ',';
	}
}

static void draw_choice(const struct form *form, size_t index, struct canvas *canvas,
			struct area area, bool focus)
{
	struct str labels = STR_INIT;

	add_labels(&form->fields[index], edit_text(&form->entries[index].edit), &labels);
	if (labels.len > 0)
		canvas_pad(canvas, area.row, area.col, area.cols, ROLE_FORM_INPUT,
			   str_get(&labels), PAD_RIGHT);
	else
		canvas_pad(canvas, area.row, area.col, area.cols, ROLE_HINT,
			   _("[Enter or type to choose]"), PAD_RIGHT);
	if (focus)
		canvas_cursor(canvas, area.row, area.col);
	str_release(&labels);
}

/* "12/200" at the right while a limited field is typed in, "full 200/200" when the last key or paste
 * found no room. */
static void draw_count(const struct form *form, size_t index, struct canvas *canvas,
		       struct area area)
{
	const struct form_entry *entry = &form->entries[index];
	struct str words = STR_INIT;

	str_addf(&words, entry->full ? _("full %zu/%zu") : "%zu/%zu", edit_chars(&entry->edit),
		 form->fields[index].max_chars);
	canvas_pad(canvas, area.row, area.col, area.cols, entry->full ? ROLE_ERROR : ROLE_HINT,
		   str_get(&words), PAD_LEFT);
	str_release(&words);
}

static int count_cols(const struct form_entry *entry)
{
	return entry->full ? COUNT_COLS + 6 : COUNT_COLS;
}

/* One a row under the line, as wide as the line; what lies at the right says whose it is. */
static void draw_proposals(const struct form *form, struct canvas *canvas, struct area area)
{
	for (size_t i = 0; i < form->n_proposals && (int)i < area.rows; i++) {
		bool at = form->at == i + 1;
		enum role role = at ? ROLE_LIST_SELECTED : ROLE_TEXT;
		struct area row = { area.row + (int)i, area.col, 1, area.cols };
		struct area help = area_right(&row, area.cols / 2);

		canvas_pad(canvas, row.row, row.col, 2, role, at ? "> " : "  ", PAD_RIGHT);
		canvas_pad(canvas, row.row, row.col + 2, row.cols - 2, role,
			   form->proposals[i].label, PAD_RIGHT);
		canvas_pad(canvas, help.row, help.col, help.cols, at ? role : ROLE_HINT,
			   form->proposals[i].help, PAD_RIGHT);
	}
}

static void draw_field(struct form *form, size_t index, struct canvas *canvas, struct area area,
		       int labels)
{
	const struct form_field *field = &form->fields[index];
	struct form_entry *entry = &form->entries[index];
	bool focus = index == form->focus && field->type != FORM_INFO && !form->beside;
	struct area label = area_left(&area, labels + 4), input = area;

	canvas_erase(canvas, (struct area){ label.row, label.col, label.rows,
					    label.cols + area.cols });
	canvas_text(canvas, label.row, label.col, 1, ROLE_FORM_FOCUS, focus ? ">" : " ");
	canvas_pad(canvas, label.row, label.col + 1, labels, focus ? ROLE_FORM_FOCUS : ROLE_LABEL,
		   field->label, PAD_RIGHT);
	if (field->flags & FORM_REQUIRED)
		canvas_text(canvas, label.row, label.col + labels + 2, 1, ROLE_ERROR, "*");
	input.rows = input_rows(form, index, area.cols);
	if (input.rows > area.rows)
		input.rows = area.rows;
	if (focus && field->max_chars > 0 && !form_is_choice(field) && area.cols > 30)
		draw_count(form, index, canvas, area_right(&input, count_cols(entry)));
	else if (field->max_chars > 0 && !form_is_choice(field) && area.cols > 30)
		area_right(&input, COUNT_COLS);
	if (form_is_choice(field))
		draw_choice(form, index, canvas, input, focus && form->picker == NULL);
	else
		edit_draw(&entry->edit, canvas, input,
			  field->type == FORM_INFO ? ROLE_TEXT : ROLE_FORM_INPUT,
			  focus && form->picker == NULL && form->at == 0);
	if (focus && form_proposes(form)) {
		int below = input.rows + words_rows(entry->error, area.cols);

		draw_proposals(form, canvas,
			       (struct area){ area.row + below, area.col, area.rows - below,
					      area.cols });
	}
	if (entry->error != NULL && area.rows > input.rows) {
		int rows = words_rows(entry->error, area.cols), room = area.rows - input.rows;

		draw_words(canvas,
			   (struct area){ area.row + input.rows, area.col, rows < room ? rows : room,
					  area.cols },
			   ROLE_ERROR, entry->error);
	}
}

static int fields_rows(const struct form *form, int cols)
{
	int rows = 0;

	for (size_t i = 0; i < form->n; i++)
		rows += field_rows(form, i, cols);
	return rows;
}

static bool any_hidden(const struct form *form)
{
	for (size_t i = 0; i < form->n; i++)
		if (form_hides(form, i))
			return true;
	return false;
}

/* Scrolls so that the focused field is in view, and its error. */
static void scroll(struct form *form, int rows, int cols)
{
	int first = 0, end, all = fields_rows(form, cols);

	for (size_t i = 0; i < form->focus; i++)
		first += field_rows(form, i, cols);
	end = first + field_rows(form, form->focus, cols);
	if (form->top > all - rows) /* the screen has grown */
		form->top = all > rows ? all - rows : 0;
	if (end > form->top + rows)
		form->top = end - rows;
	if (first < form->top)
		form->top = first;
}

/* The row behind the fields: what is folded away, by name. */
static void draw_fold(const struct form *form, struct canvas *canvas, struct area row)
{
	struct str words = STR_INIT;

	str_add(&words, _("F3 more:"));
	for (size_t i = 0; i < form->n; i++)
		if (form_hides(form, i))
			str_addf(&words, " %s", form->fields[i].label);
	canvas_text(canvas, row.row, row.col, 1, ROLE_TEXT, " ");
	canvas_pad(canvas, row.row, row.col + 1, row.cols - 1, ROLE_HINT, words.s, PAD_RIGHT);
	str_release(&words);
}

/* Right behind the last field, or the last row; the fields have what is above it. */
static struct area fold_row(const struct form *form, struct area *area, int cols)
{
	int rows = fields_rows(form, cols);
	struct area row = area_bottom(area, 1);

	if (rows < area->rows)
		row.row = area->row + rows;
	return row;
}

/* Returns the row of the focused field. */
static int draw_fields(struct form *form, struct canvas *canvas, struct area area)
{
	int labels = label_cols(form), cols = area.cols - labels - 4, row = 0, focus_row = area.row;

	if (form->n == 0)
		return focus_row;
	if (any_hidden(form) && area.rows > 1)
		draw_fold(form, canvas, fold_row(form, &area, cols));
	scroll(form, area.rows, cols);
	for (size_t i = 0; i < form->n; i++) {
		int rows = field_rows(form, i, cols), at = area.row + row - form->top;
		int below = area.row + area.rows - at;

		/* A field that begins above the area is not drawn in part. */
		if (rows > 0 && row >= form->top && below > 0)
			draw_field(form, i, canvas,
				   (struct area){ at, area.col, rows < below ? rows : below,
						  area.cols },
				   labels);
		if (i == form->focus)
			focus_row = at;
		row += rows;
	}
	return focus_row;
}

static void draw_picker(struct form *form, struct canvas *canvas, struct area area, int row)
{
	int rows = picker_rows(form->picker);
	struct area box = area;

	if (rows > PICKER_ROWS_MAX)
		rows = PICKER_ROWS_MAX;
	if (rows > area.rows)
		rows = area.rows;
	box.rows = rows;
	box.row = row + 1;
	if (box.row + rows > area.row + area.rows)
		box.row = area.row + area.rows - rows;
	box.col += 2;
	box.cols -= 4;
	picker_draw(form->picker, canvas, box);
}

static void draw_keys(const struct form *form, struct canvas *canvas, struct area line)
{
	struct str words = STR_INIT;

	str_add(&words, _("F10 ^S save  Tab next  Esc keep draft"));
	if (form->keys != NULL)
		str_addf(&words, "  %s", form->keys);
	str_addf(&words, "  %s", _("* required"));
	canvas_pad(canvas, line.row, line.col, line.cols, ROLE_HINT, words.s, PAD_RIGHT);
	str_release(&words);
}

static const char *help_words(const struct form *form, struct str *out)
{
	if (form->beside && form->reading) {
		str_addf(out, "%s  %s", _("Up Down move"), _("F6 Esc back to the fields"));
		return out->s;
	}
	if (form->beside) {
		const char *more = form_aside_help(form);

		str_addf(out, "%s  %s  %s", _("Up Down move"), _("Enter opens it"),
			 more != NULL ? more : "");
		str_addf(out, "  %s", _("F6 Esc back to the fields"));
		return out->s;
	}
	if (form_proposes(form))
		return form->at ? _("Enter takes it, Esc goes back to the line") :
				  _("Down goes to the proposals");
	return form->n > 0 ? form->fields[form->focus].help : NULL;
}

static void draw_help(const struct form *form, struct canvas *canvas, struct area help,
		      bool notice)
{
	struct str words = STR_INIT;

	if (notice)
		draw_words(canvas, help, form->hints ? ROLE_HINT : ROLE_ERROR, form->notice);
	else
		canvas_pad(canvas, help.row, help.col, help.cols, ROLE_HINT,
			   help_words(form, &words), PAD_RIGHT);
	str_release(&words);
}

/* What stands beside the fields: at the right where there is room, else in the rows that they leave,
 * at least one, and half of them while the cursor is there. */
static void draw_aside(struct form *form, struct canvas *canvas, struct area *inside)
{
	int cols = inside->cols - label_cols(form) - 4, rows;
	struct area line;

	if (!form_has_aside(form))
		return;
	if (inside->cols >= WIDE_COLS) {
		struct area aside = area_right(inside, inside->cols * 2 / 5);

		line = area_left(&aside, 2);
		canvas_erase(canvas, line);
		line.cols = 1;
		canvas_fill(canvas, line, '|', ROLE_FRAME);
		form_aside_draw(form, canvas, aside);
		return;
	}
	rows = inside->rows - fields_rows(form, cols) - (any_hidden(form) ? 1 : 0) - 1;
	if (form->beside && rows < form_aside_rows(form) && rows < inside->rows / 2)
		rows = inside->rows / 2;
	if (rows < 2) {
		form_aside_brief(form, canvas, area_bottom(inside, 1));
		return;
	}
	struct area aside = area_bottom(inside, rows + 1);

	line = area_top(&aside, 1);
	canvas_fill(canvas, line, '-', ROLE_FRAME);
	form_aside_draw(form, canvas, aside);
}

void form_draw(struct form *form, struct canvas *canvas, struct area area)
{
	struct area inside = canvas_box(canvas, area, ROLE_FRAME, form->title);
	int told = words_rows(form->notice, inside.cols);
	int help_rows = told > 0 && inside.rows - told < FIELDS_ROWS_MIN ? 1 : told;
	struct area keys = area_bottom(&inside, 1);
	struct area help = area_bottom(&inside, help_rows > 0 ? help_rows : 1);
	int row;

	draw_aside(form, canvas, &inside);
	row = draw_fields(form, canvas, inside);
	draw_help(form, canvas, help, help_rows > 0);
	draw_keys(form, canvas, keys);
	if (form->picker != NULL)
		draw_picker(form, canvas, inside, row);
}
