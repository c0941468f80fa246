/* The conflict desk (待核) and the rest of the outbox, ready to draw.
 *
 * Lines come in groups: refused acts first, each with those that hung on it behind it; then notes
 * of acts that were merged, to be read; then what waits.  Texts are for people: organisations'
 * names, labels of steps and acts, the jurisdiction's time; personal values are masked; outside
 * text is cleaned.  Everything lies in the arena of the call. */
#ifndef ZHIBAN_MODEL_DESK_H
#define ZHIBAN_MODEL_DESK_H

#include "zhiban/client/desk.h"

enum desk_group { DESK_REFUSED, DESK_MERGED, DESK_WAITING, DESK_GROUPS };

struct desk_line {
	const struct client_waiting *waiting;
	const struct client_waiting *leader; /* the refused act it hung on, still here; or NULL */
	enum desk_group group;
	int depth;	    /* 0, or how many leaders stand above it */
	size_t hanging;	    /* refused acts that hung on this one, also indirectly */
	const char *mark;   /* what its incident is called; one never registered: as its leader */
	const char *wanted; /* what it was to do: "水务局"; "" */
	const char *words;  /* why it is here: the refusal, the note; "" while it waits */
};
struct desk {
	struct desk_line *lines;
	size_t n;
	size_t count[DESK_GROUPS];
	size_t own; /* refused or to be read, of the current officer */
};
enum err desk_read(struct client *client, struct arena *arena, struct desk *ret_desk,
		   struct error *err) MUST_CHECK;
/* The line of an act, or NULL. */
const struct desk_line *desk_find(const struct desk *desk, const struct uuid *act);
/* Whether it lies on the desk, to be decided or read. */
bool desk_is_on(const struct desk_line *line);

/* ---- one item: what its author saw, what he wanted, what stands there ---- */

struct desk_row {
	const char *title;
	const char *base, *mine, *theirs; /* "" not set */
	bool given; /* the act carries it */
	bool clash; /* mine and theirs both left base, each another way */
};
struct desk_item {
	const char *what;  /* the incident: number, title, place */
	const char *did;   /* "11-22 02:41 交办 水务局" */
	const char *first; /* who came before: "李敏 指挥中心 01:12 交办 水务局"; "" not known */
	const char *after; /* the act it hung on: "3 交办 水务局"; "" */
	bool here; /* the incident is */
	bool has_base, has_theirs;
	bool later;   /* what stands there differs from what the server judged by */
	bool pending; /* what stands there is with acts of this console that wait */
	struct desk_row *rows;
	size_t n;
};
void desk_item_make(struct client *client, const struct desk *desk, const struct desk_line *line,
		    struct arena *arena, struct desk_item *ret_item);

/* "22-0404 清凉新村…" of the act's target, also when it was never registered; and what was to be
 * done to it: "交办 22-0404 水务局". */
const char *desk_target(struct client *client, const struct desk_line *line, struct arena *arena);
const char *desk_deed(const struct desk_line *line, struct arena *arena);

#endif
