/* What `zhiban show` of the several kinds shares. */
#ifndef ZHIBAN_CONSOLE_SHOW_H
#define ZHIBAN_CONSOLE_SHOW_H

#include "console.h"
#include "zhiban/client/timeline.h"
#include "zhiban/domain/incident.h"

void show_clean(struct str *out, const char *text, bool keep_newlines);
void show_label(struct str *out, const char *label);
void show_timeline(const struct incident *incident, const struct client_timeline *timeline,
		   const struct rules *rules, struct str *out);

/* An incident as a document (show_paper.c). */
enum err show_paper(struct console *console, const struct uuid *id, bool html, struct str *out,
		    struct error *err) MUST_CHECK;

struct page;
/* A page as a document; its first section is the head. */
void show_pages(const struct page *page, bool html, struct str *out);

/* A whistle (show_whistle.c); format: text, json, html or markdown. */
enum err show_whistle(struct console *console, const struct uuid *id, const char *format,
		      struct str *out, struct error *err) MUST_CHECK;

/* A notice (notice.c). */
enum err notice_text(struct console *console, const struct uuid *id, struct str *out,
		     struct error *err) MUST_CHECK;

/* An act that people do; of several kinds that have one of its name only the first. */
bool act_is_offered(const struct act_desc *act);
/* What an act of `zhiban do` is done to (do_target.c): several kinds have acts of one name, so what
 * the words mean says which is meant, and *act becomes that. */
enum err act_target(struct console *console, const char *words, const struct act_desc **act,
		    struct uuid *ret_id, struct error *err) MUST_CHECK;
/* Whether the words name something of another kind that has an act of that name: *act becomes it. */
bool act_of_other(struct console *console, const char *words, const struct act_desc **act);
/* do_handover.c: whether the lists of a handover are to be gathered, and doing it. */
bool act_gathers(const struct act_desc *act, const struct given *given, size_t n);
enum err do_gather(struct client *client, const struct act_desc *act, const struct given *given,
		   size_t n, struct client_done *ret_done, struct error *err) MUST_CHECK;
/* Whether who does it signs, and so types his PIN; asking for it (file: where it stands; NULL: the
 * terminal) and checking it.  ERR_AUTH: it is wrong. */
bool act_is_signed(const struct act_desc *act);
enum err act_sign(struct client *client, const char *file, struct error *err) MUST_CHECK;
/* Whether it is on a person of the rosters, a swap, a handover, a record. */
bool act_is_of_duty(const struct act_desc *act);
/* The first word of an act on a roster (a month, or a duty) as arguments of it; *n counts on. */
enum err act_roster_words(struct console *console, const struct act_desc *act, const char *words,
			  struct given *given, size_t *n, struct error *err) MUST_CHECK;

/* The first word of an act that brings an item, gives a task or books a room as an argument of it. */
enum err act_meeting_words(struct console *console, const struct act_desc *act, const char *words,
			   struct given *given, size_t *n, struct error *err) MUST_CHECK;

/* A meeting, an item, a task or a room (show_meeting.c); text or json. */
enum err show_meeting(struct console *console, enum kind kind, const struct uuid *id,
		      const char *format, struct str *out, struct error *err) MUST_CHECK;
/* A month of a roster, one of its people, a swap, a handover or a record; text or json. */
enum err show_duty(struct console *console, enum kind kind, const struct uuid *id,
		   const char *format, struct str *out, struct error *err) MUST_CHECK;

#endif
