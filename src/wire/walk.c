#include <config.h>

#include "walk_priv.h"

#include <string.h>

#include "json_priv.h"

static bool text_end(struct walk *walk) /* from behind the opening quote to behind the closing one */
{
	for (; walk->s < walk->end; walk->s++) {
		if (*walk->s == '\\')
			walk->s++;
		else if (*walk->s == '"')
			return walk->s++, true;
	}
	return false;
}

/* From the bracket to behind the one that closes it. */
static bool brackets_end(struct walk *walk)
{
	size_t depth = 0;

	while (walk->s < walk->end) {
		char c = *walk->s++;

		if (c == '"') {
			if (!text_end(walk))
				return false;
		} else if (c == '{' || c == '[') {
			depth++;
		} else if ((c == '}' || c == ']') && --depth == 0) {
			return true;
		}
	}
	return false;
}

static bool value_next(struct walk *walk, struct span *ret_value)
{
	const char *from = walk->s;

	if (walk->s == walk->end)
		return false;
	if (*walk->s == '"') {
		walk->s++;
		if (!text_end(walk))
			return false;
	} else if (*walk->s == '{' || *walk->s == '[') {
		if (!brackets_end(walk))
			return false;
	} else {
		while (walk->s < walk->end && *walk->s != ',' && *walk->s != '}' && *walk->s != ']')
			walk->s++;
	}
	*ret_value = (struct span){ from, (size_t)(walk->s - from) };
	return ret_value->len > 0;
}

bool walk_into(struct walk *walk, struct span value, char bracket)
{
	if (value.len < 2 || value.s[0] != bracket ||
	    value.s[value.len - 1] != (bracket == '{' ? '}' : ']'))
		return false;
	*walk = (struct walk){ value.s + 1, value.s + value.len - 1 };
	return true;
}

/* The separator before the next item, which the first one has not. */
static enum step separator(struct walk *walk, bool *first)
{
	if (walk->s == walk->end)
		return STEP_END;
	if (!*first && *walk->s++ != ',')
		return STEP_BAD;
	*first = false;
	return STEP_ITEM;
}

enum step member_next(struct walk *walk, bool *first, struct span *ret_key, struct span *ret_value)
{
	enum step step = separator(walk, first);
	struct span key;

	if (step != STEP_ITEM)
		return step;
	if (!value_next(walk, &key) || key.s[0] != '"' || walk->s == walk->end || *walk->s != ':')
		return STEP_BAD;
	walk->s++;
	*ret_key = (struct span){ key.s + 1, key.len - 2 };
	return value_next(walk, ret_value) ? STEP_ITEM : STEP_BAD;
}

enum step item_next(struct walk *walk, bool *first, struct span *ret_value)
{
	enum step step = separator(walk, first);

	return step != STEP_ITEM || value_next(walk, ret_value) ? step : STEP_BAD;
}

bool span_is(struct span span, const char *word)
{
	size_t len = strlen(word);

	return span.len == len && memcmp(span.s, word, len) == 0;
}

bool members_find(struct span object, struct wanted *wanted, size_t n)
{
	struct walk walk;
	struct span key, value;
	bool first = true;
	enum step step;

	if (!walk_into(&walk, object, '{'))
		return false;
	while ((step = member_next(&walk, &first, &key, &value)) == STEP_ITEM)
		for (size_t i = 0; i < n; i++)
			if (span_is(key, wanted[i].key))
				wanted[i].value = value;
	return step == STEP_END;
}

const char *span_text(struct span value, struct arena *arena)
{
	return json_text_of(value.s, value.len, arena);
}
