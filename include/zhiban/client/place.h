/* Places: proposals from the address table, and the card of a place. */
#ifndef ZHIBAN_CLIENT_PLACE_H
#define ZHIBAN_CLIENT_PLACE_H

#include "zhiban/client/client.h"
#include "zhiban/domain/place.h"

enum { PLACE_PROPOSALS = 8, PLACE_OVERLAYS = 8, PLACE_PEOPLE = 8, PLACE_HISTORY = 10 };

/* At most max places that fit what was typed, also in pinyin, the best first, in the arena; none when
 * there is no address table here. */
enum err client_places(struct client *client, const char *words, size_t max, struct arena *arena,
		       struct place **ret_places, size_t *ret_n, struct error *err) MUST_CHECK;

/* What a registration gets from the only place that its address can mean: that place, or NULL when
 * several fit equally well or none stands whole in the address. */
enum err client_place_of(struct client *client, const char *address, struct arena *arena,
			 const struct place **ret_place, struct error *err) MUST_CHECK;

struct place_card { /* all in the arena, or the rules'; NULL what is not known */
	const struct place *place;
	const struct org *street, *community, *grid;
	const struct org *overlays[PLACE_OVERLAYS]; /* police grid, professional grid … */
	size_t n_overlays;
	const struct person *people[PLACE_PEOPLE]; /* of grid, community, street, in this order */
	size_t n_people;
	const struct incident *history[PLACE_HISTORY]; /* newest first, light */
	size_t n_history, n_before;		       /* n_before: as many again, or more */
	bool all; /* all that is here was looked at; else only the newest ones */
};
/* The card of what was typed. */
enum err client_place_card(struct client *client, const char *words, struct arena *arena,
			   struct place_card *ret_card, struct error *err) MUST_CHECK;
/* That of an incident's place: its address, else its grid, community or street. */
enum err client_place_card_of(struct client *client, const struct incident *incident,
			      struct arena *arena, struct place_card *ret_card, struct error *err)
	MUST_CHECK;

#endif
