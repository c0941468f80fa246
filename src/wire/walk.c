#include <config.h>

#include "walk_priv.h"

#include "json_priv.h"

/* From behind the opening quote to behind the closing one: a quote is the end unless an odd number
 * of backslashes stands before it. */
static bool text_end(struct walk *walk)
{
	const char *from = walk->s;

	for (;;) {
		const char *quote = memchr(walk->s, '"', (size_t)(walk->end - walk->s));
		const char *s = quote;

		if (quote == NULL)
			return false;
		walk->s = quote + 1;
		while (s > from && s[-1] == '\\')
			s--;
		if ((quote - s) % 2 == 0)
			return true;
	}
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

bool walk_skip(struct walk *walk, struct span *ret_value)
{
	const char *from = walk->s;
	bool good = true;

	if (walk->s == walk->end)
		return false;
	if (*walk->s == '"') {
		walk->s++;
		good = text_end(walk);
	} else if (*walk->s == '{' || *walk->s == '[') {
		good = brackets_end(walk);
	} else {
		while (walk->s < walk->end && *walk->s != ',' && *walk->s != '}' && *walk->s != ']')
			walk->s++;
		good = walk->s > from;
	}
	if (good && ret_value != NULL)
		*ret_value = (struct span){ from, (size_t)(walk->s - from) };
	walk->first = false;
	return good;
}

bool walk_enter(struct walk *walk, char bracket)
{
	if (walk->s == walk->end || *walk->s != bracket)
		return false;
	walk->s++;
	walk->first = true;
	return true;
}

/* The separator before the next item, which the first one has not, or the closing bracket. */
static enum step separator(struct walk *walk, char close)
{
	if (walk->s == walk->end)
		return STEP_BAD;
	if (*walk->s == close) {
		walk->s++;
		walk->first = false; /* what it stood in has had this */
		return STEP_END;
	}
	if (walk->first)
		return STEP_ITEM;
	return *walk->s++ == ',' ? STEP_ITEM : STEP_BAD;
}

enum step walk_member(struct walk *walk, struct span *ret_key)
{
	enum step step = separator(walk, '}');
	struct span key;

	if (step != STEP_ITEM)
		return step;
	if (walk->s == walk->end || *walk->s != '"' || !walk_skip(walk, &key) ||
	    walk->s == walk->end || *walk->s != ':')
		return STEP_BAD;
	walk->s++;
	*ret_key = (struct span){ key.s + 1, key.len - 2 };
	return STEP_ITEM;
}

enum step walk_item(struct walk *walk)
{
	return separator(walk, ']');
}

const char *span_text(struct span value, struct arena *arena)
{
	return json_text_of(value.s, value.len, arena);
}
