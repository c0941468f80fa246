/* Notices on paper: `zhiban show` of one. */
#include <config.h>

#include <string.h>

#include "console.h"
#include "show.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/client/notice.h"
#include "zhiban/client/timeline.h"

static void put_fields(const struct notice *notice, const struct rules *rules, bool longs,
		       struct str *out)
{
	const struct kind_desc *kind = kind_desc(KIND_NOTICE);

	for (size_t i = 0; i < kind->n_fields; i++) {
		const struct field *field = &kind->fields[i];
		struct value value = field_get(field, notice);
		char buf[256];

		if (((field->flags & F_LONG) != 0) != longs || (field->flags & F_HIDDEN) != 0 ||
		    !value_is_set(value))
			continue;
		if (longs)
			str_addf(out, "\n%s\n", _(field->title));
		else
			show_label(out, _(field->title));
		show_clean(out, rules_show(rules, field, value, buf, sizeof buf), longs);
		str_add_char(out, '\n');
	}
}

static void put_time(const struct rules *rules, const char *name, const struct receipt *receipt,
		     struct str *out)
{
	const struct child_desc *desc = child_desc(CHILD_RECEIPT);
	const struct field *field = field_find(desc->fields, desc->n_fields, name);
	char buf[256];

	str_addf(out, " %s ", _(field->title));
	show_clean(out, rules_show(rules, field, field_get(field, receipt), buf, sizeof buf), false);
}

static void put_receipts(const struct notice *notice, const struct rules *rules, int64_t now,
			 struct str *out)
{
	const struct receipt *receipts = notice->receipts.items;

	if (notice->receipts.n > 0)
		str_addf(out, "\n%s\n", _("Receipts"));
	for (size_t i = 0; i < notice->receipts.n; i++) {
		const struct org *org = rules_org(rules, receipts[i].org);
		bool late = receipts[i].signed_at == 0 && receipts[i].due != 0 &&
			    receipts[i].due <= now;

		str_add(out, late ? "! " : "  ");
		text_pad(out, org != NULL ? org->brief != NULL ? org->brief : org->name
					  : receipts[i].org, 16);
		if (receipts[i].signed_at != 0) {
			put_time(rules, "signed_at", &receipts[i], out);
			put_time(rules, "signed_by", &receipts[i], out);
		} else if (receipts[i].due != 0) {
			put_time(rules, "due", &receipts[i], out);
		}
		str_add_char(out, '\n');
	}
}

enum err notice_text(struct console *console, const struct uuid *id, struct str *out,
		     struct error *err)
{
	const struct rules *rules = client_rules(console->client);
	struct client_timeline timeline;
	struct client_notice shown;
	char number[24];
	enum err rc = client_notice_get(console->client, id, &console->arena, &shown, err);

	if (rc == ERR_OK)
		rc = client_timeline(console->client, id, &console->arena, &timeline, err);
	if (rc != ERR_OK)
		return rc;
	show_clean(out, notice_short_number(shown.notice, number), false);
	str_add_char(out, ' ');
	show_clean(out, shown.notice->title != NULL ? shown.notice->title : "", false);
	str_add(out, shown.marks & ROW_PENDING ? _(" [pending]") : "");
	str_add(out, "\n\n");
	put_fields(shown.notice, rules, false, out);
	put_fields(shown.notice, rules, true, out);
	put_receipts(shown.notice, rules, client_now(console->client), out);
	show_timeline(NULL, &timeline, rules, out);
	return ERR_OK;
}
