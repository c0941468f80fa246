/* zhiban show of a whistle: on paper, as a document, or as JSON. */
#include <config.h>

#include <string.h>

#include "show.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/client/whistle.h"
#include "zhiban/client/value.h"
#include "zhiban/model/whistle_page.h"
#include "zhiban/wire/jsonout.h"

enum { LABEL_COLUMNS = 16, ONE_FIELD_A_LINE = 70 };

/* Lines of a text behind its first stand under it. */
static void put_text(struct str *out, const char *text, int under)
{
	for (bool first = true; *text != '\0' || first; first = false) {
		size_t len = strcspn(text, "\n");

		if (!first)
			str_add_repeat(out, ' ', (size_t)under);
		text_clean(out, text, len, false);
		str_add_char(out, '\n');
		text += len + (text[len] == '\n');
	}
}

static void put_section(const struct page_section *section, struct str *out)
{
	str_addf(out, section->title != NULL ? "\n%s\n" : "%s",
		 section->title != NULL ? section->title : "");
	for (size_t i = 0; i < section->n; i++) {
		const struct page_line *line = &section->lines[i];
		int under = section->title != NULL ? 2 : 0;

		str_add_repeat(out, ' ', (size_t)under);
		if (line->label != NULL) {
			text_pad(out, line->label, LABEL_COLUMNS);
			str_add_char(out, ' ');
			under += LABEL_COLUMNS + 1;
		}
		put_text(out, line->text, under);
	}
}

static enum err put_page(struct console *console, const struct uuid *id, struct str *out,
			 struct error *err)
{
	struct client_timeline timeline;
	struct whistle_page shown;
	const struct page *page = &shown.page;
	enum err rc = whistle_page_build(console->client, id, ONE_FIELD_A_LINE, &console->arena,
					 &shown, err);

	if (rc == ERR_OK)
		rc = client_timeline(console->client, id, &console->arena, &timeline, err);
	for (size_t s = 0; rc == ERR_OK && s < page->n; s++) {
		if (strcmp(page->sections[s].key, "timeline") == 0)
			continue;
		put_section(&page->sections[s], out);
		if (s == 0)
			str_add_char(out, '\n');
	}
	if (rc == ERR_OK)
		show_timeline(page->incident, &timeline, client_rules(console->client), out);
	return rc;
}

enum err show_whistle(struct console *console, const struct uuid *id, const char *format,
		      struct str *out, struct error *err)
{
	struct client_entries entries;
	struct client_whistle shown;
	struct whistle_page page;
	enum err rc;

	if (strcmp(format, "text") == 0)
		return put_page(console, id, out, err);
	if (strcmp(format, "json") != 0) {
		rc = whistle_page_print(console->client, id, ONE_FIELD_A_LINE, &console->arena, &page,
					err);
		if (rc == ERR_OK)
			show_pages(&page.page, strcmp(format, "html") == 0, out);
		return rc;
	}
	rc = client_whistle_get(console->client, id, &console->arena, &shown, err);
	if (rc == ERR_OK)
		rc = client_entries(console->client, id, &console->arena, &entries, err);
	if (rc == ERR_OK)
		show_json(shown.whistle, client_rules(console->client), entries.items, entries.n,
			  out);
	return rc;
}
