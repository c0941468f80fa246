/* zhiban report ledger [ORG] --month M: who has stood how much. */
#include <config.h>

#include "report.h"
#include "roster.h"

enum err report_ledger(struct console *console, const struct wanted *wanted, struct str *out,
		       struct error *err)
{
	enum sheet_format format;
	struct paper_month what;
	struct sheet sheet;
	enum err rc = report_format(wanted, true, &format, err);

	if (rc == ERR_OK)
		rc = roster_ready(console, err);
	if (rc == ERR_OK)
		rc = roster_what(console, wanted->id, wanted->month, wanted->plan, &what, err);
	if (rc == ERR_OK)
		rc = ledger_paper(console->client, &what, &sheet, err);
	if (rc != ERR_OK)
		return rc;
	sheet_write(&sheet, format, out);
	sheet_release(&sheet);
	return ERR_OK;
}
