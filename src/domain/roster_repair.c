/* Filling what is empty: somebody gives a duty away to stand there, and another takes that. */
#include <config.h>

#include "roster_build_priv.h"

enum { DEPTH = 3, TRIES = 4000, TRIES_RARE = 40000 };

struct chain {
	struct build_state *state;
	uint64_t *random;
	int tries;
};

static bool place(struct chain *chain, int seat, int depth);

static int open_seat_of(const struct build_state *state, int person, int i)
{
	int seat = state->duties[person].items[i].seat;

	return seat >= 0 && state_is_open(state->frame, seat) ? seat : -1;
}

/* Somebody stands here and gives one of his duties away. */
static bool trade(struct chain *chain, int seat, int person, int depth)
{
	struct build_state *state = chain->state;

	for (int i = 0; i < state->duties[person].n && chain->tries > 0; i++) {
		int given = open_seat_of(state, person, i);

		if (given < 0)
			continue;
		chain->tries--;
		state_take(state, given);
		if (state_fits(state, seat, person)) {
			state_put(state, seat, person);
			if (place(chain, given, depth - 1))
				return true;
			state_take(state, seat);
		}
		state_put(state, given, person);
	}
	return false;
}

static bool place(struct chain *chain, int seat, int depth)
{
	struct build_state *state = chain->state;
	const struct build_seat *at = &state->frame->problem->seats[seat];
	uint32_t n = (uint32_t)at->n_may, from;

	if (n == 0)
		return false;
	from = build_below(chain->random, n);
	for (uint32_t k = 0; k < n; k++) {
		int person = at->may[(from + k) % n];

		if (state_fits(state, seat, person)) {
			state_put(state, seat, person);
			return true;
		}
	}
	for (uint32_t k = 0; depth > 0 && k < n && chain->tries > 0; k++)
		if (trade(chain, seat, at->may[(from + k) % n], depth))
			return true;
	return false;
}

void state_repair(struct build_state *state, uint64_t *random, const struct build_watch *watch)
{
	const struct build_frame *frame = state->frame;

	for (int standby = 0; standby <= 1; standby++)
		for (int i = 0; i < frame->n_open; i++) {
			int seat = frame->open[i];
			struct chain chain = { state, random, standby ? TRIES : TRIES_RARE };

			if (frame->problem->seats[seat].standby != (bool)standby ||
			    state->who[seat] >= 0)
				continue;
			for (int depth = 0; depth <= DEPTH; depth++)
				if (place(&chain, seat, depth))
					break;
			if (build_is_over(watch))
				return;
		}
}
