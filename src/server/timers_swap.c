/* Swaps end by themselves when one of their duties begins, or is no longer theirs.  A duty may be moved
 * after it was asked for: so the moment of an open swap is looked up in the rosters as they are, with
 * every change of them; where it is another one than the swap says, that is put right at once. */
#include <config.h>

#include "admit_priv.h"
#include "service_priv.h"
#include "timers_priv.h"

#include "zhiban/base/mem.h"
#include "zhiban/domain/swap.h"
#include "zhiban/wire/entity.h"

static enum err load_roster(struct writer *writer, const char *words, struct arena *arena,
			    const struct roster **ret_roster, struct error *err)
{
	struct target_state target = { .entity = NULL };
	struct uuid id;
	enum err code = ERR_OK;

	if (words != NULL && uuid_parse(words, &id) == ERR_OK)
		code = target_load(writer, &id, arena, &target, err);
	if (code == ERR_OK && target.entity != NULL &&
	    ((const struct entity *)target.entity)->kind == KIND_ROSTER)
		*ret_roster = target.entity;
	return code;
}

/* When a duty begins; 0: it is not there, or stands for another. */
static enum err duty_begins(struct writer *writer, const char *roster_words, const char *turn_words,
			    const char *staff, struct arena *arena, int64_t *ret_at,
			    struct error *err)
{
	const struct roster *roster = NULL;
	const struct turn *turn = NULL;
	struct uuid id;
	enum err code = load_roster(writer, roster_words, arena, &roster, err);

	if (code != ERR_OK)
		return code;
	if (roster != NULL && uuid_parse(turn_words, &id) == ERR_OK)
		turn = roster_turn_find(roster, &id);
	*ret_at = turn != NULL && str_eq(turn->staff, staff) ? turn->starts : 0;
	return ERR_OK;
}

enum err swap_duties_begin(struct writer *writer, const struct swap *swap, struct arena *arena,
		     int64_t *ret_at, struct error *err)
{
	int64_t own = 0, other = 0;
	enum err code = ERR_OK;

	if (swap->turn != NULL)
		code = duty_begins(writer, swap->roster, swap->turn, swap->staff, arena, &own, err);
	if (code == ERR_OK && swap->other_turn != NULL)
		code = duty_begins(writer, swap->other_roster, swap->other_turn, swap->other_staff,
				   arena, &other, err);
	if (code != ERR_OK)
		return code;
	if (swap->other_turn == NULL)
		*ret_at = own;
	else
		*ret_at = other < own ? other : own; /* 0: there is nothing left to swap */
	return ERR_OK;
}

enum err swap_moment(struct writer *writer, const struct swap *swap, struct arena *arena,
		     int64_t *ret_at, struct error *err)
{
	int64_t begins = 0;
	enum err code = ERR_OK;

	if (swap->open)
		code = swap_duties_begin(writer, swap, arena, &begins, err);
	if (code == ERR_OK)
		*ret_at = !swap->open		     ? 0
			  : begins == swap->lapses_at ? begins
						      : writer_now(writer);
	return code;
}

/* --- all of them ------------------------------------------------------------------------------- */

struct swaps { /* of one roster, or all, before their moments are written */
	const char *roster; /* id; NULL: all */
	struct arena arena;
	struct swap_row {
		int64_t eno;
		const struct swap *swap;
	} *rows;
	size_t n, cap;
	enum err code;
	struct error err;
};

static bool swap_each(void *ctx, const struct db_entity *row)
{
	struct swaps *swaps = ctx;
	const struct swap *swap;
	void *entity;

	swaps->code = entity_decode(row->bytes, row->len, &swaps->arena, &entity, &swaps->err);
	if (swaps->code != ERR_OK)
		return false;
	swap = entity;
	if (swaps->roster != NULL && !str_eq(swap->roster, swaps->roster) &&
	    !str_eq(swap->other_roster, swaps->roster))
		return true;
	MEM_GROW(swaps->rows, swaps->n, swaps->cap);
	swaps->rows[swaps->n++] = (struct swap_row){ row->eno, swap };
	return true;
}

static enum err time_all(struct writer *writer, struct swaps *swaps, struct error *err)
{
	const struct db_ops *db = writer->service->db;
	enum err code = db->swap_scan(writer->db, swap_each, swaps, err);

	if (code == ERR_OK && swaps->code != ERR_OK)
		code = error_set(err, swaps->code, "%s", swaps->err.text);
	for (size_t i = 0; code == ERR_OK && i < swaps->n; i++) {
		int64_t at = 0;

		code = swap_moment(writer, swaps->rows[i].swap, &swaps->arena, &at, err);
		if (code == ERR_OK)
			code = db->timer_put(writer->db, swaps->rows[i].eno, at, err);
		writer->retimed = true;
	}
	free(swaps->rows);
	arena_release(&swaps->arena);
	return code;
}

enum err timers_swaps(struct writer *writer, const struct uuid *roster, struct error *err)
{
	struct swaps swaps = { .arena = ARENA_INIT };
	char id[UUID_TEXT];

	if (roster != NULL) {
		uuid_text(roster, id);
		swaps.roster = id;
	}
	return time_all(writer, &swaps, err);
}
