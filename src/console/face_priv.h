/* The face's inside, shared by its two files. */
#ifndef ZHIBAN_CONSOLE_FACE_PRIV_H
#define ZHIBAN_CONSOLE_FACE_PRIV_H

#include <stdio.h>

#include "zhiban/console/face.h"
#include "zhiban/views/app.h"

struct face {
	const struct face_options *options;
	struct arena arena;
	struct client *client;
	struct worker *worker;
	struct term *term;
	struct app *app;
	int signals;	    /* a signalfd */
	int64_t drawn_at;   /* own clock */
	int64_t looked_at;  /* when the files were last looked at */
	int64_t asked_at;   /* when the worker was last told that there are keys */
	bool changed;	    /* they may have changed since */
	bool leaving;
	bool plain; /* line by line: asked for, or the terminal cannot be drawn on */
};

/* face_config.c: as the settings say, with keys.conf, whose text keys holds. */
struct app_config face_config(struct face *face, const struct settings *settings,
			      struct str *keys);
enum err face_reload(void *face, struct error *err) MUST_CHECK;
void face_calibrate(struct face *face);

int64_t face_now(const struct face *face);
/* Draws what is dirty and sends what differs. */
void face_draw(struct face *face);
void face_loop(struct face *face);
void plain_loop(struct face *face); /* plain.c */
/* Own words, with their newlines, before it or after it: wrapped as there (plain_say.c). */
void plain_tell(FILE *to, const char *text);

/* Signals become readable; the worker's thread inherits that they are blocked. */
enum err signals_open(int *ret_fd, struct error *err) MUST_CHECK;
/* Stops this process as Ctrl-Z does, until it is continued. */
void signals_stop(void);

#endif
