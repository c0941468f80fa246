/* zhiban report minutes, agenda, signin, invitation, meeting-brief: what is printed of a meeting,
 * and what is read out of it. */
#include <config.h>

#include "report.h"
#include "zhiban/base/i18n.h"
#include "zhiban/client/roster.h"
#include "zhiban/model/minutes_paper.h"

static enum err find(struct console *console, const struct wanted *wanted, const char *example,
		     struct uuid *ret_id, struct error *err)
{
	enum err rc = report_needs_id(wanted, example, err);

	if (rc == ERR_OK)
		rc = console_client(console, err);
	if (rc == ERR_OK)
		rc = client_find_kind(console->client, KIND_MEETING, wanted->id, ret_id, err);
	return rc;
}

enum err report_minutes(struct console *console, const struct wanted *wanted, struct str *out,
			struct error *err)
{
	enum sheet_format format;
	struct official official;
	struct uuid id;
	enum err rc = report_format(wanted, false, &format, err);

	if (rc == ERR_OK)
		rc = find(console, wanted, "zhiban report minutes 22-M001 --format html", &id, err);
	if (rc == ERR_OK)
		rc = minutes_paper_of(console->client, &id, &official, err);
	if (rc != ERR_OK)
		return rc;
	official_write(&official, format, out);
	official_release(&official);
	return ERR_OK;
}

/* --org, or --dept: to that organisation alone. */
enum err report_invitation(struct console *console, const struct wanted *wanted, struct str *out,
			   struct error *err)
{
	const char *words = wanted->org != NULL ? wanted->org : wanted->dept;
	const struct org *org = NULL;
	enum sheet_format format;
	struct official official;
	struct uuid id;
	enum err rc = report_format(wanted, false, &format, err);

	if (rc == ERR_OK)
		rc = find(console, wanted, "zhiban report invitation 22-M001 --format html", &id,
			  err);
	if (rc == ERR_OK && words != NULL) {
		org = rules_org_named(client_rules(console->client), words);
		if (org == NULL)
			rc = error_set(err, ERR_USAGE,
				       _("%.80s is no organisation of this jurisdiction"), words);
	}
	if (rc == ERR_OK)
		rc = invitation_paper_of(console->client, &id, org != NULL ? org->code : NULL,
					 &official, err);
	if (rc != ERR_OK)
		return rc;
	official_write(&official, format, out);
	official_release(&official);
	return ERR_OK;
}

typedef enum err (*sheet_fn)(struct client *client, const struct uuid *id, struct sheet *ret_sheet,
			     struct error *err);

static enum err put_sheet(struct console *console, const struct wanted *wanted, sheet_fn make,
			  const char *example, struct str *out, struct error *err)
{
	enum sheet_format format;
	struct sheet sheet;
	struct uuid id;
	enum err rc = report_format(wanted, true, &format, err);

	if (rc == ERR_OK)
		rc = find(console, wanted, example, &id, err);
	if (rc == ERR_OK)
		rc = make(console->client, &id, &sheet, err);
	if (rc != ERR_OK)
		return rc;
	sheet_write(&sheet, format, out);
	sheet_release(&sheet);
	return ERR_OK;
}

enum err report_agenda(struct console *console, const struct wanted *wanted, struct str *out,
		       struct error *err)
{
	return put_sheet(console, wanted, agenda_paper_of, "zhiban report agenda 22-M001", out, err);
}

enum err report_signin(struct console *console, const struct wanted *wanted, struct str *out,
		       struct error *err)
{
	return put_sheet(console, wanted, signin_paper_of, "zhiban report signin 22-M001", out, err);
}

enum err report_meeting_brief(struct console *console, const struct wanted *wanted,
			      struct str *out, struct error *err)
{
	struct uuid id;
	size_t chars = 0;
	enum err rc = report_chars(wanted, &chars, err);

	if (rc == ERR_OK)
		rc = find(console, wanted, "zhiban report meeting-brief 22-M001 --chars 140", &id,
			  err);
	if (rc == ERR_OK)
		rc = meeting_brief_of(console->client, &id, chars, out, err);
	if (rc == ERR_OK)
		str_add_char(out, '\n');
	return rc;
}
