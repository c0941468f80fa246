/* Whose a duty is, and who else could stand it. */
#include <config.h>

#include "roster_priv.h"

#include "zhiban/base/civil.h"
#include "zhiban/domain/roster_check.h"

/* An officer of that name, where he is one; else the chief, who writes it down for him. */
struct actor book_person(const struct book *book, const char *name)
{
	for (size_t i = 0; i < book->people->n; i++)
		if (str_eq(book->people->items[i].name, name))
			return (struct actor){ name, book->people->items[i].org,
					       book->people->items[i].role };
	return book_chief(book);
}

const char *book_id(const struct book *book, const struct uuid *id)
{
	char text[40];

	uuid_words(id, text);
	return arena_strdup(book->arena, text);
}

/* --- who could stand a duty ------------------------------------------------------------------- */

bool rota_need_of(const struct book *book, const struct rota *rota, const struct turn *turn,
		    struct need *ret_need)
{
	struct need needs[NEEDS_MOST];
	int32_t day = turn_day(book->demo->rules, turn);
	size_t n = roster_needs(book->demo->rules, rota->plan, day, NULL, needs);

	for (size_t i = 0; i < n; i++)
		if (str_eq(needs[i].shift->code, turn->shift) && needs[i].seat == turn->seat &&
		    str_eq(needs[i].post->code, turn->post)) {
			*ret_need = needs[i];
			return true;
		}
	return false;
}

static bool has_account(const struct book *book, const char *name)
{
	for (size_t i = 0; i < book->people->n; i++)
		if (str_eq(book->people->items[i].name, name))
			return true;
	return false;
}

static bool is_first(const struct book *book, const char *name)
{
	return str_eq(name, book->people->items[0].name);
}

enum { PASSES = 3 }; /* the demo's own officer, who has an account, anybody */

static bool in_pass(const struct book *book, const char *name, int pass)
{
	if (pass == 0)
		return is_first(book, name);
	return has_account(book, name) == (pass == 1);
}

const struct staff *rota_free_for(const struct book *book, const struct rota *rota,
				    const struct turn *turn, bool first)
{
	const struct roster *beside[ROTA_MONTHS];
	struct roster_view view = rota_view(book, rota, turn_day(book->demo->rules, turn), beside);
	struct arena scratch = ARENA_INIT;
	struct roster_books *books = roster_books_new(&view, &scratch);
	const struct staff *found = NULL;
	struct need need;

	for (int pass = first ? 0 : 1; pass < PASSES && rota_need_of(book, rota, turn, &need); pass++)
		for (size_t i = 0; i < rota->n_staff && found == NULL; i++) {
			const struct staff *staff = rota->staff[i];

			if (in_pass(book, staff->name, pass) && !str_eq(staff->name, turn->name) &&
			    roster_books_break(books, &need, staff, NULL) == 0)
				found = staff;
		}
	arena_release(&scratch);
	return found;
}

/* Duties of officers with an account on a post, that begin within [from, to). */
size_t rota_duties(const struct book *book, const struct rota *rota, const char *post, int64_t from,
		     int64_t to, const struct turn *turns[TURNS_MOST])
{
	int32_t first = civil_day_of_ms(from, book->demo->rules->offset_min);
	int32_t last = civil_day_of_ms(to, book->demo->rules->offset_min);
	const struct roster *before = NULL;
	size_t n = 0;

	for (int32_t day = first; day <= last; day++) {
		const struct roster *roster = rota_roster(book, rota, day);

		for (size_t i = 0; roster != NULL && roster != before && i < roster->turns.n; i++) {
			const struct turn *turn = roster_turn(roster, i);

			if (turn->starts >= from && turn->starts < to && str_eq(turn->post, post) &&
			    has_account(book, turn->name) && n < TURNS_MOST)
				turns[n++] = turn;
		}
		before = roster;
	}
	return n;
}
