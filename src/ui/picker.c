#include <config.h>

#include "zhiban/ui/picker.h"

#include <stdlib.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/pinyin.h"
#include "zhiban/base/text.h"
#include "picker_priv.h"

enum { FILTER_MAX = 60, DEFAULT_PAGE = 10 };

static void add_folded(struct str *out, const char *text)
{
	if (text == NULL || *text == '\0')
		return;
	text_fold(out, text);
	str_add_char(out, '\n'); /* no word matches across two of them */
}

static void drop_entries(struct picker *picker)
{
	for (size_t i = 0; i < picker->n; i++)
		free(picker->entries[i].folded);
	free(picker->entries);
	free(picker->shown);
}

struct picker *picker_new(const char *title, const struct picker_item *items, size_t n,
			  unsigned flags)
{
	struct picker *picker = mem_alloc(sizeof *picker);

	picker->title = mem_strdup(title);
	picker->flags = flags;
	picker->page = DEFAULT_PAGE;
	edit_init(&picker->edit, FILTER_MAX, false);
	picker_reset(picker, items, n);
	return picker;
}

void picker_free(struct picker *picker)
{
	if (picker == NULL)
		return;
	drop_entries(picker);
	edit_release(&picker->edit);
	free(picker->title);
	free(picker);
}

enum rank { RANK_WHOLE, RANK_BEGINS, RANK_HELD, RANK_NOT };

/* Beside the label.  A sentence is not looked through for initials: they are in every one. */
static bool word_in_pinyin(const struct picker_item *item, const struct pinyin_typed *word)
{
	enum { SPELLED_LEAST = 4 };

	return pinyin_fit(word, item->hint) != PINYIN_NOT ||
	       pinyin_fit(word, item->help) >= PINYIN_BEGINS ||
	       (word->n >= SPELLED_LEAST && pinyin_spelled(word, item->help));
}

/* Whether the item holds every word: in its texts, or by pinyin.  A word alone is all that is typed,
 * and the label has been asked about that. */
static bool holds_words(const struct picker_entry *entry, const struct picker_typed *typed)
{
	for (size_t i = 0; i < typed->n; i++)
		if (strstr(entry->folded, typed->words[i].folded) == NULL &&
		    !(typed->words[i].pinyin.latin &&
		      ((typed->n > 1 && pinyin_fit(&typed->words[i].pinyin,
						   entry->item.label) != PINYIN_NOT) ||
		       word_in_pinyin(&entry->item, &typed->words[i].pinyin))))
			return false;
	return true;
}

static enum rank rank_text(const struct picker_entry *entry, const char *folded, size_t len)
{
	enum rank rank = RANK_HELD;

	for (const char *line = entry->folded; *line != '\0'; line += strcspn(line, "\n") + 1) {
		if (strncmp(line, folded, len) != 0)
			continue;
		if (line[len] == '\n')
			return RANK_WHOLE;
		rank = RANK_BEGINS;
	}
	return rank;
}

/* How well an item fits what was typed. */
static enum rank rank_of(const struct picker_entry *entry, const struct picker_typed *typed)
{
	enum pinyin_fit fit = PINYIN_NOT;
	enum rank rank;

	if (typed->in_pinyin)
		fit = pinyin_fit(&typed->pinyin, entry->item.label);
	if (fit == PINYIN_WHOLE)
		return RANK_WHOLE;
	if (fit == PINYIN_NOT && !holds_words(entry, typed))
		return RANK_NOT;
	rank = rank_text(entry, str_get(&typed->folded), typed->folded.len);
	return fit == PINYIN_BEGINS && rank == RANK_HELD ? RANK_BEGINS : rank;
}

/* The text and its words; empty ones are none. */
static void read_typed(struct picker_typed *typed, const char *text)
{
	char *at;

	*typed = (struct picker_typed){ .folded = STR_INIT };
	text_fold(&typed->folded, text);
	typed->split = mem_strdup(str_get(&typed->folded));
	typed->in_pinyin = pinyin_type(&typed->pinyin, str_get(&typed->folded)) &&
			   typed->pinyin.latin;
	for (at = typed->split; typed->n < PICKER_WORDS;) {
		char *word = at + strspn(at, " ");
		size_t len = strcspn(word, " ");

		if (len == 0)
			break;
		at = word + len + (word[len] != '\0');
		word[len] = '\0';
		typed->words[typed->n].folded = word;
		if (!pinyin_type(&typed->words[typed->n].pinyin, word))
			typed->words[typed->n].pinyin.latin = false;
		typed->n++;
	}
}

static void typed_release(struct picker_typed *typed)
{
	str_release(&typed->folded);
	free(typed->split);
}

static void narrow(struct picker *picker)
{
	struct picker_typed typed;

	read_typed(&typed, edit_text(&picker->edit));
	for (size_t i = 0; i < picker->n; i++) {
		struct picker_entry *entry = &picker->entries[i];

		entry->rank = typed.n == 0 ? RANK_WHOLE : rank_of(entry, &typed);
	}
	picker->n_shown = 0;
	for (int want = RANK_WHOLE; want < RANK_NOT; want++)
		for (size_t i = 0; i < picker->n; i++)
			if (picker->entries[i].rank == want)
				picker->shown[picker->n_shown++] = i;
	picker->cur = 0;
	picker->top = 0;
	typed_release(&typed);
}

void picker_reset(struct picker *picker, const struct picker_item *items, size_t n)
{
	struct str folded = STR_INIT;

	drop_entries(picker);
	picker->n = n;
	picker->entries = mem_alloc((n + 1) * sizeof *picker->entries);
	picker->shown = mem_alloc((n + 1) * sizeof *picker->shown);
	picker->keys_cols = picker->label_cols = 0;
	for (size_t i = 0; i < n; i++) {
		struct picker_entry *entry = &picker->entries[i];
		int keys = items[i].keys != NULL ? text_columns(items[i].keys) : 0;
		int label = items[i].label != NULL ? text_columns(items[i].label) : 0;

		entry->item = items[i];
		add_folded(&folded, items[i].label);
		add_folded(&folded, items[i].name);
		add_folded(&folded, items[i].hint);
		add_folded(&folded, items[i].help);
		entry->folded = str_take(&folded, NULL);
		if (entry->folded == NULL)
			entry->folded = mem_strdup("");
		picker->keys_cols = keys > picker->keys_cols ? keys : picker->keys_cols;
		picker->label_cols = label > picker->label_cols ? label : picker->label_cols;
	}
	str_release(&folded);
	narrow(picker);
}

void picker_filter(struct picker *picker, const char *text)
{
	edit_set(&picker->edit, text);
	narrow(picker);
}

const char *picker_typed(const struct picker *picker)
{
	return edit_text(&picker->edit);
}

static enum picker_result move_cursor(struct picker *picker, int step)
{
	long cur = (long)picker->cur + step, last = (long)picker->n_shown - 1;

	if (cur > last)
		cur = last;
	picker->cur = cur > 0 ? (size_t)cur : 0;
	return PICKER_MORE;
}

static enum picker_result choose(struct picker *picker)
{
	size_t index;

	for (size_t i = 0; i < picker->n; i++)
		if (picker->entries[i].marked)
			return PICKER_DONE; /* wherever the cursor is */
	if (!picker_current(picker, &index) || picker->entries[index].item.why != NULL)
		return PICKER_MORE; /* the reason stands beside it */
	return PICKER_DONE;
}

static enum picker_result toggle(struct picker *picker)
{
	size_t index;

	if (picker_current(picker, &index) && picker->entries[index].item.why == NULL) {
		picker->entries[index].marked = !picker->entries[index].marked;
		if (*edit_text(&picker->edit) != '\0')
			picker_filter(picker, ""); /* the next one is typed anew */
		else
			move_cursor(picker, 1);
	}
	return PICKER_MORE;
}

static enum picker_result type(struct picker *picker, struct key key, const char *pasted)
{
	enum edit_result result;

	if (picker->flags & PICKER_NO_TYPING)
		return PICKER_IGNORED;
	if (key.code == UIKEY_PASTE)
		result = edit_insert(&picker->edit, pasted, strlen(pasted));
	else
		result = edit_key(&picker->edit, key);
	if (result == EDIT_IGNORED)
		return PICKER_IGNORED;
	if (result == EDIT_CHANGED)
		narrow(picker);
	return PICKER_MORE;
}

/* Of the page under the cursor. */
static enum picker_result number(struct picker *picker, size_t line)
{
	size_t position = picker->cur - picker->cur % NUMBERS_PAGE + line;

	if (position >= picker->n_shown)
		return PICKER_MORE;
	picker->cur = position;
	return choose(picker);
}

static enum picker_result next_page(struct picker *picker)
{
	picker->cur += NUMBERS_PAGE - picker->cur % NUMBERS_PAGE;
	if (picker->cur >= picker->n_shown)
		picker->cur = 0;
	return PICKER_MORE;
}

enum picker_result picker_key(struct picker *picker, struct key key, const char *pasted)
{
	struct key plain = key_narrow(key);
	int page = picker->page > 1 ? picker->page - 1 : 1;
	static const struct {
		struct key key;
		int step; /* in rows, or in pages when it is 1000 */
	} moves[] = {
		{ { UIKEY_UP, 0 }, -1 },	 { { UIKEY_DOWN, 0 }, 1 },
		{ { 'p', KEY_CTRL }, -1 },	 { { 'n', KEY_CTRL }, 1 },
		{ { UIKEY_PGUP, 0 }, -1000 }, { { UIKEY_PGDN, 0 }, 1000 },
	};

	for (size_t i = 0; i < ARRAY_LEN(moves); i++)
		if (key_eq(moves[i].key, key))
			return move_cursor(picker, moves[i].step == 1000  ? page :
						   moves[i].step == -1000 ? -page :
									    moves[i].step);
	if (key_eq(key, (struct key){ UIKEY_ENTER, 0 }))
		return choose(picker);
	if (key_eq(key, (struct key){ UIKEY_ESC, 0 }))
		return PICKER_LEFT;
	if ((picker->flags & PICKER_MANY) && key_eq(plain, (struct key){ ' ', 0 }))
		return toggle(picker);
	if ((picker->flags & PICKER_NUMBERS) && plain.mods == 0 && plain.code >= '0' &&
	    plain.code <= '9')
		return plain.code == '0' ? next_page(picker) : number(picker, plain.code - '1');
	return type(picker, key, pasted);
}

bool picker_current(const struct picker *picker, size_t *ret_index)
{
	if (picker->cur >= picker->n_shown)
		return false;
	*ret_index = picker->shown[picker->cur];
	return true;
}

void picker_select(struct picker *picker, size_t index)
{
	for (size_t i = 0; i < picker->n_shown; i++)
		if (picker->shown[i] == index)
			picker->cur = i;
}

size_t picker_shown(const struct picker *picker)
{
	return picker->n_shown;
}

void picker_set_mark(struct picker *picker, size_t index, bool marked)
{
	picker->entries[index].marked = marked;
}

bool picker_is_marked(const struct picker *picker, size_t index)
{
	return picker->entries[index].marked;
}
