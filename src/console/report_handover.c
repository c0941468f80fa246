/* zhiban report handover: what was handed over, on paper. */
#include <config.h>

#include "report.h"
#include "zhiban/base/i18n.h"
#include "zhiban/model/handover.h"
#include "zhiban/model/handover_paper.h"

/* Without an id: the latest of the officer's desk. */
static enum err latest(struct console *console, struct uuid *ret_id, struct error *err)
{
	struct handover_desk desk;
	enum err rc = handover_of_desk(console->client, NULL, &console->arena, &desk, err);

	if (rc != ERR_OK)
		return rc;
	if (!desk.has)
		return error_set(err, ERR_NOT_FOUND, _("nothing was handed over here yet"));
	*ret_id = desk.now.handover->head.id;
	return ERR_OK;
}

enum err report_handover(struct console *console, const struct wanted *wanted, struct str *out,
			 struct error *err)
{
	enum sheet_format format = SHEET_TEXT;
	struct sheet sheet;
	struct uuid id;
	enum err rc = report_format(wanted, false, &format, err);

	if (rc == ERR_OK)
		rc = console_client(console, err);
	if (rc == ERR_OK && wanted->id != NULL)
		rc = client_find_kind(console->client, KIND_HANDOVER, wanted->id, &id, err);
	else if (rc == ERR_OK)
		rc = latest(console, &id, err);
	if (rc == ERR_OK)
		rc = handover_paper_of(console->client, &id, &sheet, err);
	if (rc != ERR_OK)
		return rc;
	sheet_write(&sheet, format, out);
	sheet_release(&sheet);
	return ERR_OK;
}
