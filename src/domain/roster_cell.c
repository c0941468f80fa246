/* Cells: how an act writes the change of a seat. */
#include <config.h>

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/roster.h"

enum { CELL_WORDS = 7, CELL_WORD = 64, SEAT_MOST = 999 };

struct words { /* of a cell, cut at its spaces */
	char word[CELL_WORDS][CELL_WORD];
	size_t n;
};

static bool cut(const char *text, struct words *words)
{
	words->n = 0;
	for (text += strspn(text, " "); *text != '\0'; text += strspn(text, " ")) {
		size_t len = strcspn(text, " ");

		if (words->n == CELL_WORDS || len >= CELL_WORD)
			return false;
		memcpy(words->word[words->n], text, len);
		words->word[words->n++][len] = '\0';
		text += len;
	}
	return words->n >= CELL_WORDS - 1;
}

/* "-": nobody. */
static bool person(const char *word, struct uuid *ret_id)
{
	*ret_id = (struct uuid){ { 0 } };
	return strcmp(word, "-") == 0 || uuid_parse(word, ret_id) == ERR_OK;
}

static bool day_of(const char *word, int32_t *ret_day)
{
	int64_t at;

	if (strlen(word) != strlen("2026-12-01") || civil_parse(word, 0, &at, NULL) != ERR_OK)
		return false;
	*ret_day = civil_day_of_ms(at, 0);
	return true;
}

static enum err parse(const struct roster_plan *plan, const char *text, struct arena *arena,
		      struct cell *ret_cell, struct error *err)
{
	struct words words;
	struct cell cell = { 0 };
	const struct duty_shift *shift;
	const struct duty_post *post;
	long long seat;

	if (!cut(text, &words) || !day_of(words.word[0], &cell.day) ||
	    !str_int(words.word[3], 1, SEAT_MOST, &seat) || !person(words.word[4], &cell.was) ||
	    !person(words.word[5], &cell.now) ||
	    (words.n == CELL_WORDS && strcmp(words.word[6], "fixed") != 0))
		return error_set(err, ERR_INPUT, "%s",
				 _("a seat is DAY SHIFT POST NUMBER WAS NOW [fixed], like "
				   "2026-12-01 night main 1 - -: WAS and NOW are ids of people, - "
				   "is nobody"));
	shift = plan_shift(plan, words.word[1]);
	post = plan_post(plan, words.word[2]);
	if ((shift == NULL || post == NULL) && arena == NULL)
		return error_set(err, ERR_INPUT,
				 shift == NULL ? _("the roster %s has no shift %s")
					       : _("the roster %s has no post %s"),
				 plan->label, shift == NULL ? words.word[1] : words.word[2]);
	cell.shift = shift != NULL ? shift->code : arena_strdup(arena, words.word[1]);
	cell.post = post != NULL ? post->code : arena_strdup(arena, words.word[2]);
	cell.seat = (int)seat;
	cell.fixed = words.n == CELL_WORDS;
	*ret_cell = cell;
	return ERR_OK;
}

enum err cell_parse(const struct roster_plan *plan, const char *words, struct cell *ret_cell,
		    struct error *err)
{
	return parse(plan, words, NULL, ret_cell, err);
}

enum err cell_parse_any(const struct roster_plan *plan, const char *words, struct arena *arena,
			struct cell *ret_cell, struct error *err)
{
	return parse(plan, words, arena, ret_cell, err);
}

const char *cell_words(const struct cell *cell, struct arena *arena)
{
	char day[CIVIL_TEXT], was[40], now[40];

	civil_format(civil_ms_of_day(cell->day, 0), 0, "Y-m-d", day, sizeof day);
	uuid_words(&cell->was, was);
	uuid_words(&cell->now, now);
	return arena_printf(arena, "%s %s %s %d %s %s%s", day, cell->shift, cell->post, cell->seat,
			    was, now, cell->fixed ? " fixed" : "");
}
