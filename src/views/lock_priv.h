/* Who works here: log-in, lock, change of officer. */
#ifndef ZHIBAN_VIEWS_LOCK_PRIV_H
#define ZHIBAN_VIEWS_LOCK_PRIV_H

#include "app_priv.h"
#include "zhiban/client/seat.h"
#include "zhiban/ui/edit.h"

/* ---- pin.c: an officer's words on their way to the server ---- */

enum { PIN_MOST = 32, DIGITS = 6 };
struct pin_box {
	struct app *app;
	char officer[96];
	char pin[PIN_MOST + 1], digits[DIGITS + 1];
	bool second; /* the server wants the digits of the second factor, too */
	bool asking; /* sent, and not answered yet */
	bool sent;   /* to the server: its answer will come */
};
/* false: no officer has so long a name. */
bool pin_begin(struct pin_box *box, struct app *app, const char *officer) MUST_CHECK;
void pin_wipe(struct pin_box *box); /* what was typed; the officer stays */
bool pin_type(struct pin_box *box, struct key key); /* true: it was typed or taken away */
bool pin_ready(const struct pin_box *box);	    /* there is something to send */
void pin_send(struct pin_box *box);
/* The answer.  True: he is in, or it was refused; false: the digits are wanted now. */
bool pin_told(struct pin_box *box, const struct tell *tell);
/* "PIN: ****", or the digits. */
void pin_words(const struct pin_box *box, struct str *out);

/* ---- lock.c ---- */

enum lock_stage {
	LOCK_SHUT,  /* a key asks the PIN */
	LOCK_PIN,   /* of the officer in the box */
	LOCK_WHO,   /* which officer takes over? */
	LOCK_NAME,  /* one who is not in the list */
	LOCK_STAGES,
};
struct lock {
	struct app *app;
	bool shut; /* only a PIN leads back */
	enum lock_stage stage;
	struct pin_box box;
	char woken[8];	  /* the character of the key that woke it, "" */
	int64_t touched;  /* own clock */
	struct arena arena;
	struct seat *seats;
	size_t n_seats, chosen; /* chosen == n_seats: another one */
	struct edit name;
	char words[256]; /* what went wrong, or how long to wait */
};
struct lock_arg {
	bool shut; /* else an officer who is here lets another take over */
	const char *officer; /* who takes over; NULL: to be asked */
};
extern const struct view_ops lock_view;

void lock_draw(void *state, struct canvas *canvas, struct area area, bool all); /* lock_draw.c */
/* Locks now, whatever is shown.  ERR_AUTH nobody is logged in; ERR_NOT_FOUND the PIN is not known. */
enum err lock_now(struct app *app, unsigned *ret_flags, struct error *err) MUST_CHECK;
unsigned lock_command(struct app *app); /* the officer asks for it */
unsigned lock_change(struct app *app, const char *officer);
bool lock_is_shut(const struct app *app);
/* How a log-in went; the flags. */
unsigned lock_told(struct lock *lock, const struct tell *tell);

/* ---- idle.c ---- */

/* When the screen locks by itself or is looked at again, own clock; INT64_MAX: never. */
int64_t idle_next(const struct app *app);
unsigned idle_tick(struct app *app, int64_t now); /* locks, if it is time */

/* ---- seat.c ---- */

/* What an officer had typed and looked for waits for him while another has the seat. */
struct seat_kept {
	char *officer;
	struct prompt_history filters, lines;
	char *filter;
	size_t order, group;
	bool turned;
};
/* Another officer is the current one: what was the other's is put away, and nothing of it is
 * shown. */
unsigned seat_changed(struct app *app);
void seat_release(struct app *app);

/* ---- reveal.c ---- */
extern const struct view_ops reveal_view; /* arg: the incident's id */
unsigned reveal_view_told(struct app *app, const struct tell *tell);
/* When the value is hidden again; INT64_MAX: none is shown. */
int64_t reveal_view_next(const struct app *app);
void reveal_view_forget(struct app *app); /* at once */

/* ---- login.c ---- */
struct login;
unsigned login_told(struct login *login, const struct tell *tell);

#endif
