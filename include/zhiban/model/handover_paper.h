/* What is printed of a handover (交接班记录): the list with its ticks, the counts, equipment,
 * who signed, and the hash by which it is found whole in a year.  Texts are the sheet's own. */
#ifndef ZHIBAN_MODEL_HANDOVER_PAPER_H
#define ZHIBAN_MODEL_HANDOVER_PAPER_H

#include "zhiban/client/roster.h"
#include "zhiban/wire/sheet.h"

/* now: when it is printed.  ret_sheet is the caller's to release. */
void handover_paper(const struct rules *rules, const struct client_handover *shown, int64_t now,
		    struct sheet *ret_sheet);
/* The same of one by its id.  ERR_NOT_FOUND. */
enum err handover_paper_of(struct client *client, const struct uuid *id, struct sheet *ret_sheet,
			   struct error *err) MUST_CHECK;

#endif
