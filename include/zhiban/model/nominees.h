/* Candidates for the next meeting (待上会): cases and whistles that the profile's rules name or that
 * somebody put there, with why, whom they concern, and no item yet.
 *
 * They are gathered in slices, from the cases that are open: the screen shows what it has so far.  What
 * is gathered lives until the next nominees_begin or nominees_free; a change of the data asks for a new
 * beginning, and what was there stays to be seen until the new list is whole. */
#ifndef ZHIBAN_MODEL_NOMINEES_H
#define ZHIBAN_MODEL_NOMINEES_H

#include "zhiban/client/meeting.h"
#include "zhiban/domain/nominee.h"

enum { NOMINEE_ORGS = 8 };
struct nominee {
	enum kind kind;	 /* incident, whistle */
	struct uuid id;
	const char *number, *title; /* short number, or local mark */
	const char *step;	    /* label */
	const char *why;	    /* in words: "退回 4 次；超时 2 次" */
	unsigned sorts;		    /* bits 1 << enum nominee_sort */
	const char *orgs[NOMINEE_ORGS]; /* codes of departments it concerns, the lead first */
	size_t n_orgs;
	int64_t since;	 /* registered, blown */
	int64_t due;	 /* the next clock; 0: none */
	unsigned marks;	 /* enum row_marks */
	size_t together; /* how many of its departments concern candidates before it in the list */
};
struct nominees;
struct nominees *nominees_new(struct client *client);
void nominees_free(struct nominees *nominees);
/* Anew: from what is shown now. */
enum err nominees_begin(struct nominees *nominees, struct error *err) MUST_CHECK;
/* Looks at no more than budget cases (1,000 are about 10 ms).  When done: those put there by hand
 * first, then marked hard, then by how many rules name them; among equals those that concern the
 * same departments stand together, then the older first. */
enum err nominees_step(struct nominees *nominees, size_t budget, struct error *err) MUST_CHECK;
bool nominees_done(const struct nominees *nominees);
size_t nominees_n(const struct nominees *nominees); /* of the latest whole list, or so far */
const struct nominee *nominees_at(const struct nominees *nominees, size_t i);
/* The place of one, or -1. */
int64_t nominees_find(const struct nominees *nominees, const struct uuid *id);

#endif
