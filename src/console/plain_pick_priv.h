/* --plain: a question that is answered by a number. */
#ifndef ZHIBAN_CONSOLE_PLAIN_PICK_PRIV_H
#define ZHIBAN_CONSOLE_PLAIN_PICK_PRIV_H

#include "plain_priv.h"

enum { PLAIN_PICKS = 32 };

struct plain_pick {
	struct arena arena; /* of all in it */
	const char *question; /* without its "> " */
	const char *labels[PLAIN_PICKS];
	size_t n, usual; /* Enter takes the usual one; n: there is none */
	void (*chosen)(struct plain *plain, struct plain_pick *pick, size_t at);
	bool list;	/* another command may be typed instead */
	void *own;	/* for chosen, in the arena */
};
/* Replaces what was asked before; fill it, then plain_pick_say. */
struct plain_pick *plain_pick_new(struct plain *plain, const char *question,
				  void (*chosen)(struct plain *plain, struct plain_pick *pick,
						 size_t at));
void plain_pick_add(struct plain_pick *pick, const char *label);
void plain_pick_say(struct plain *plain);
void plain_pick_answer(struct plain *plain, const char *line);
void plain_pick_free(struct plain *plain);

#endif
