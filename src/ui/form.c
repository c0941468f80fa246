#include <config.h>

#include "zhiban/ui/form.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "form_priv.h"

bool form_is_choice(const struct form_field *field)
{
	return field->type == FORM_CHOICE || field->type == FORM_MANY;
}

const struct form_choice *form_choice_of(const struct form_field *field, const char *value,
					 size_t len)
{
	for (size_t i = 0; i < field->n_choices; i++)
		if (strlen(field->choices[i].value) == len &&
		    memcmp(field->choices[i].value, value, len) == 0)
			return &field->choices[i];
	return NULL;
}

/* One that holds something, has an error or is being edited stays in sight. */
bool form_hides(const struct form *form, size_t index)
{
	return form->fields[index].flags & FORM_FOLDED && !form->unfolded && index != form->focus &&
	       form->entries[index].error == NULL && *edit_text(&form->entries[index].edit) == '\0';
}

bool form_folds(const struct form *form)
{
	for (size_t i = 0; i < form->n; i++)
		if (form->fields[i].flags & FORM_FOLDED)
			return true;
	return false;
}

static bool can_focus(const struct form *form, size_t index)
{
	return form->fields[index].type != FORM_INFO && !form_hides(form, index);
}

struct form *form_new(const char *title, const struct form_field *fields, size_t n)
{
	struct form *form = mem_alloc(sizeof *form);

	form->title = mem_strdup(title);
	form->fields = fields;
	form->n = n;
	form->entries = mem_alloc((n + 1) * sizeof *form->entries);
	for (size_t i = 0; i < n; i++)
		edit_init(&form->entries[i].edit,
			  form_is_choice(&fields[i]) ? 0 : fields[i].max_chars,
			  fields[i].type == FORM_TEXT || fields[i].type == FORM_INFO);
	while (form->focus + 1 < n && !can_focus(form, form->focus))
		form->focus++;
	return form;
}

void form_free(struct form *form)
{
	if (form == NULL)
		return;
	for (size_t i = 0; i < form->n; i++) {
		edit_release(&form->entries[i].edit);
		free(form->entries[i].error);
	}
	picker_free(form->picker);
	form_proposals_clear(form);
	form_aside_clear(form);
	free(form->entries);
	free(form->title);
	free(form->notice);
	free(form->keys);
	free(form);
}

static size_t index_of(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->n; i++)
		if (strcmp(form->fields[i].name, name) == 0)
			return i;
	assert(!"no such field");
	return 0;
}

void form_set(struct form *form, const char *name, const char *value)
{
	edit_set(&form->entries[index_of(form, name)].edit, value != NULL ? value : "");
}

const char *form_get(const struct form *form, const char *name)
{
	return edit_text(&form->entries[index_of(form, name)].edit);
}

static void set_error(struct form_entry *entry, const char *sentence)
{
	char *copy = mem_strdup(sentence);

	free(entry->error);
	entry->error = copy;
}

void form_error(struct form *form, const char *name, const char *sentence)
{
	set_error(&form->entries[index_of(form, name)], sentence);
}

void form_notice(struct form *form, const char *sentence)
{
	char *copy = mem_strdup(sentence);

	free(form->notice);
	form->notice = copy;
	form->hints = false;
}

void form_hint(struct form *form, const char *sentence)
{
	form_notice(form, sentence);
	form->hints = true;
}

void form_focus(struct form *form, const char *name)
{
	size_t index = index_of(form, name);

	if (form->fields[index].type != FORM_INFO)
		form->focus = index;
}

void form_goto(struct form *form, const char *name, size_t at)
{
	struct edit *edit;

	form_focus(form, name);
	edit = &form->entries[form->focus].edit;
	edit->at = at < edit->text.len ? at : edit->text.len;
}

void form_keys(struct form *form, const char *words)
{
	char *copy = mem_strdup(words);

	free(form->keys);
	form->keys = copy;
}

bool form_picking(const struct form *form)
{
	return form->picker != NULL;
}

const char *form_focused(const struct form *form)
{
	return form->n > 0 ? form->fields[form->focus].name : "";
}

bool form_changed(const struct form *form)
{
	return form->changed;
}

static bool is_blank(const char *text)
{
	return text[strspn(text, " \n")] == '\0';
}

bool form_complete(struct form *form)
{
	bool complete = true;

	for (size_t i = form->n; i-- > 0;) {
		struct form_entry *entry = &form->entries[i];

		if (!(form->fields[i].flags & FORM_REQUIRED) || !is_blank(edit_text(&entry->edit)))
			continue;
		set_error(entry, _("this must be filled in"));
		form->focus = i;
		complete = false;
	}
	return complete;
}

/* To the next field that can be edited; stays at the ends. */
static enum form_result move_focus(struct form *form, int step)
{
	long i = (long)form->focus + step;

	form->entries[form->focus].full = false;
	while (i >= 0 && i < (long)form->n && !can_focus(form, (size_t)i))
		i += step;
	if (i >= 0 && i < (long)form->n)
		form->focus = (size_t)i;
	return FORM_MORE;
}

static enum form_result wrap_focus(struct form *form, int step)
{
	size_t before = form->focus;

	move_focus(form, step);
	if (form->focus == before && form->n > 0) {
		form->focus = step > 0 ? 0 : form->n - 1;
		if (!can_focus(form, form->focus))
			move_focus(form, step);
	}
	return FORM_MORE;
}

static void touched(struct form *form)
{
	set_error(&form->entries[form->focus], NULL);
	form_notice(form, NULL);
	form->changed = true;
}

/* Whether a value is among values joined by commas. */
static bool has_value(const char *values, const char *value)
{
	size_t len = strlen(value);

	for (const char *s = values; *s != '\0';) {
		size_t n = strcspn(s, ",");

		if (n == len && memcmp(s, value, n) == 0)
			return true;
		s += n;
		s += *s == ',';
	}
	return false;
}

static enum form_result open_picker(struct form *form, const char *typed)
{
	const struct form_field *field = &form->fields[form->focus];
	const char *value = edit_text(&form->entries[form->focus].edit);
	struct picker_item *items = mem_alloc((field->n_choices + 1) * sizeof *items);

	for (size_t i = 0; i < field->n_choices; i++) {
		const struct form_choice *choice = &field->choices[i];

		items[i] = (struct picker_item){
			.label = choice->label != NULL ? choice->label : choice->value,
			.name = choice->value,
			.help = choice->help,
			.hint = choice->hint,
		};
	}
	form->picker = picker_new(field->label, items, field->n_choices,
				  field->type == FORM_MANY ? PICKER_MANY : 0);
	for (size_t i = 0; i < field->n_choices; i++) {
		bool set = has_value(value, field->choices[i].value);

		if (field->type == FORM_MANY)
			picker_set_mark(form->picker, i, set);
		else if (set)
			picker_select(form->picker, i);
	}
	if (typed != NULL)
		picker_filter(form->picker, typed);
	free(items);
	return FORM_MORE;
}

/* The values that are marked, or the one under the cursor. */
static void take_choices(struct form *form)
{
	const struct form_field *field = &form->fields[form->focus];
	struct str value = STR_INIT;
	size_t current;

	for (size_t i = 0; field->type == FORM_MANY && i < field->n_choices; i++)
		if (picker_is_marked(form->picker, i))
			str_addf(&value, "%s%s", value.len > 0 ? "," : "",
				 field->choices[i].value);
	if (value.len == 0 && picker_current(form->picker, &current))
		str_add(&value, field->choices[current].value);
	edit_set(&form->entries[form->focus].edit, str_get(&value));
	str_release(&value);
	touched(form);
}

static enum form_result picker_step(struct form *form, struct key key, const char *pasted)
{
	const struct form_field *field = &form->fields[form->focus];
	const char *typed = picker_typed(form->picker);
	enum picker_result result = picker_key(form->picker, key, pasted);

	if (result == PICKER_MORE && key.code == UIKEY_ENTER && (field->flags & FORM_OTHER) &&
	    picker_shown(form->picker) == 0 && !is_blank(typed)) {
		edit_set(&form->entries[form->focus].edit, typed);
		touched(form);
		result = PICKER_LEFT;
	} else if (result == PICKER_DONE) {
		take_choices(form);
	}
	if (result == PICKER_DONE || result == PICKER_LEFT) {
		picker_free(form->picker);
		form->picker = NULL;
		if (result == PICKER_DONE)
			move_focus(form, 1);
	}
	return FORM_MORE;
}

static enum form_result choice_key(struct form *form, struct key key)
{
	struct form_entry *entry = &form->entries[form->focus];
	struct str typed = STR_INIT;

	if (key.code == UIKEY_ENTER || key_eq(key, (struct key){ ' ', 0 }))
		return open_picker(form, NULL);
	if (key.code == UIKEY_BACKSPACE || key.code == UIKEY_DEL) {
		edit_set(&entry->edit, "");
		touched(form);
		return FORM_MORE;
	}
	if (!key_is_text(key))
		return FORM_IGNORED;
	key_utf8(key, &typed);
	open_picker(form, str_get(&typed));
	str_release(&typed);
	return FORM_MORE;
}

/* What is pasted comes in whole or not at all: half a report would be taken for all of it. */
static bool has_room(struct form *form, const char *pasted)
{
	struct form_entry *entry = &form->entries[form->focus];
	size_t most = form->fields[form->focus].max_chars;
	size_t chars = edit_chars(&entry->edit) + text_chars(pasted);
	struct str words = STR_INIT;

	if (most == 0 || chars <= most)
		return true;
	str_addf(&words, _("too long by %zu characters: nothing of what was pasted was taken in"),
		 chars - most);
	set_error(entry, words.s);
	entry->full = true;
	str_release(&words);
	return false;
}

static enum form_result text_key(struct form *form, struct key key, const char *pasted)
{
	struct form_entry *entry = &form->entries[form->focus];
	enum edit_result result;

	if (key.code == UIKEY_PASTE && !has_room(form, pasted))
		return FORM_MORE;
	if (key.code == UIKEY_PASTE)
		result = edit_insert(&entry->edit, pasted, strlen(pasted));
	else
		result = edit_key(&entry->edit, key);
	entry->full = result == EDIT_FULL;
	if (result == EDIT_CHANGED || result == EDIT_FULL)
		touched(form);
	return result == EDIT_IGNORED ? FORM_IGNORED : FORM_MORE;
}

static bool is_save(struct key key)
{
	return key_eq(key, (struct key){ 's', KEY_CTRL }) ||
	       key_eq(key, (struct key){ UIKEY_F1 + 9, 0 });
}

static enum form_result save(struct form *form)
{
	return form_complete(form) ? FORM_SAVE : FORM_MORE;
}

/* Unfolds, and goes to the first that was hidden; folds again what is empty. */
static enum form_result turn_fold(struct form *form)
{
	size_t first = form->n;

	for (size_t i = form->n; i-- > 0;)
		if (form_hides(form, i))
			first = i;
	form->unfolded = !form->unfolded;
	if (form->unfolded && first < form->n)
		form->focus = first;
	return FORM_MORE;
}

enum form_result form_key(struct form *form, struct key key, const char *pasted)
{
	enum form_result result = FORM_IGNORED;

	if (form->picker != NULL)
		return picker_step(form, key, pasted);
	result = form_aside_key(form, key);
	if (result != FORM_IGNORED || (form->beside && !is_save(key)))
		return result;
	if (form_proposes(form)) {
		result = form_proposal_key(form, key);
		if (result != FORM_IGNORED)
			return result;
	}
	if (is_save(key))
		return save(form);
	if (key_eq(key, (struct key){ UIKEY_F1 + 2, 0 }) && form_folds(form))
		return turn_fold(form);
	if (key_eq(key, (struct key){ UIKEY_ESC, 0 }))
		return FORM_LEAVE;
	if (form->n == 0 || !can_focus(form, form->focus))
		return FORM_IGNORED;
	if (key.code == UIKEY_TAB)
		return wrap_focus(form, (key.mods & KEY_SHIFT) ? -1 : 1);
	if (form_is_choice(&form->fields[form->focus]))
		result = key.code == UIKEY_PASTE ? FORM_MORE : choice_key(form, key);
	else
		result = text_key(form, key, pasted);
	if (result != FORM_IGNORED)
		return result;
	if (key_eq(key, (struct key){ UIKEY_ENTER, 0 }) ||
	    key_eq(key, (struct key){ UIKEY_DOWN, 0 }))
		return move_focus(form, 1);
	if (key_eq(key, (struct key){ UIKEY_UP, 0 }))
		return move_focus(form, -1);
	return FORM_IGNORED;
}
