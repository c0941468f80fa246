/* Joint meetings, their items and tasks as the lists show them: those that a filter lets through.
 *
 * The filter's words are those of incidents (domain/filter.h): of a meeting a word is looked for in
 * its number, title, series, state and room, dept: is who convenes or attends; of an item and a
 * task in number, title and state, dept: is the lead and whoever is concerned or assists.  mine is
 * what one's own organisation (or one within it) convenes, attends, brought, leads or helps with. */
#ifndef ZHIBAN_MODEL_MEETINGS_H
#define ZHIBAN_MODEL_MEETINGS_H

#include "zhiban/client/meeting.h"
#include "zhiban/domain/filter.h"
#include "zhiban/model/joint_words.h"

enum { MEETINGS_ENDED = 200 }; /* of those that are over, the screen looks at so many */

struct meeting_row {
	struct client_meeting shown;
	const char *mark, *when, *title, *series, *state, *answers;
	struct meeting_next next;
	bool mine;
	bool asks_me; /* one's own organisation is invited and has not answered */
	bool signs_me; /* it has not countersigned the minutes */
};
struct meeting_list {
	struct meeting_row *rows; /* open ones by when they begin, then the others, the latest first */
	size_t n, total;
	size_t open, asking; /* of those shown */
};
struct item_row {
	struct client_item shown;
	const char *mark, *state, *orgs;
	bool waits; /* for approval, or for a meeting */
};
struct item_list {
	struct item_row *rows;
	size_t n, total;
	size_t listed, waiting; /* to be approved; approved and in no agenda */
};
struct action_row {
	struct client_action shown;
	const char *mark, *state, *lead;
	bool overdue, mine;
};
struct action_list {
	struct action_row *rows;
	size_t n, total;
	size_t open, overdue;
};
/* filter NULL: all.  Everything in the arena. */
enum err meeting_list_load(struct client *client, const struct filter *filter, size_t ended,
			   struct arena *arena, struct meeting_list *ret_list,
			   struct error *err) MUST_CHECK;
enum err item_list_load(struct client *client, const struct filter *filter, size_t ended,
			struct arena *arena, struct item_list *ret_list, struct error *err) MUST_CHECK;
enum err action_list_load(struct client *client, const struct filter *filter, size_t ended,
			  struct arena *arena, struct action_list *ret_list,
			  struct error *err) MUST_CHECK;

bool meeting_is_of(const struct rules *rules, const struct meeting *meeting, const char *org);
bool item_is_of(const struct rules *rules, const struct item *item, const char *org);
bool action_is_of(const struct rules *rules, const struct action *action, const char *org);
/* As if they were incidents, for what looks at those alone (filters).  They point into them. */
void meeting_as_case(const struct meeting *meeting, const struct filter_ctx *ctx, struct arena *arena,
		     struct incident *ret_incident);
void item_as_case(const struct item *item, const struct filter_ctx *ctx, struct arena *arena,
		  struct incident *ret_incident);
void action_as_case(const struct action *action, const struct filter_ctx *ctx, struct arena *arena,
		    struct incident *ret_incident);
/* The attendee that an organisation answers for: its own, or of one within it; NULL: none is asked. */
const struct attendee *meeting_own_attendee(const struct rules *rules, const struct meeting *meeting,
					    const char *org);

#endif
