#include <config.h>

#include "zhiban/ui/command.h"

#include <string.h>

enum { NAME_MAX_BYTES = 64, NEAREST = 4 };

const struct ui_command *ui_command_find(const struct ui_commands *commands, const char *name)
{
	for (size_t i = 0; i < commands->n; i++)
		if (strcmp(commands->items[i].name, name) == 0)
			return &commands->items[i];
	return NULL;
}

/* Edits that make a of b (Levenshtein); words are short. */
static size_t distance(const char *a, const char *b)
{
	size_t row[NAME_MAX_BYTES + 1], n = strlen(b);

	if (n > NAME_MAX_BYTES || strlen(a) > NAME_MAX_BYTES)
		return NAME_MAX_BYTES;
	for (size_t i = 0; i <= n; i++)
		row[i] = i;
	for (size_t k = 0; a[k] != '\0'; k++) {
		size_t corner = row[0];

		row[0] = k + 1;
		for (size_t i = 1; i <= n; i++) {
			size_t best = corner + (a[k] != b[i - 1]);

			corner = row[i];
			if (row[i] + 1 < best)
				best = row[i] + 1;
			if (row[i - 1] + 1 < best)
				best = row[i - 1] + 1;
			row[i] = best;
		}
	}
	return row[n];
}

static bool is_near(const char *name, const char *other)
{
	size_t edits = distance(name, other);

	return edits <= 2 && edits < strlen(name);
}

void ui_command_nearest(const struct ui_commands *commands, const char *name,
			struct str *out)
{
	int found = 0;

	for (size_t i = 0; i < commands->n && found < NEAREST; i++) {
		const char *other = commands->items[i].name;

		if (*name != '\0' && (str_starts(other, name) || is_near(name, other))) {
			str_addf(out, "%s%s", found > 0 ? ", " : "", other);
			found++;
		}
	}
}
