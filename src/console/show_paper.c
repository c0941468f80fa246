/* The page of an incident as a document: HTML to print, Markdown to paste.  It has what the page of the
 * screen has, in its words; personal values are masked. */
#include <config.h>

#include <string.h>

#include "show.h"
#include "zhiban/model/page.h"
#include "zhiban/wire/jsonout.h"

enum { ONE_FIELD_A_LINE = 70 };

static void html_section(const struct page_section *section, struct str *out)
{
	if (section->title != NULL) {
		str_add(out, "<h2>");
		html_text(out, section->title);
		str_add(out, "</h2>\n");
	}
	str_add(out, "<table>\n");
	for (size_t i = 0; i < section->n; i++) {
		const struct page_line *line = &section->lines[i];

		str_add(out, line->label != NULL ? "<tr><th>" : "<tr><td colspan=\"2\">");
		if (line->label != NULL) {
			html_text(out, line->label);
			str_add(out, "</th><td>");
		}
		html_text(out, line->text);
		str_add(out, "</td></tr>\n");
	}
	str_add(out, "</table>\n");
}

static void markdown_section(const struct page_section *section, struct str *out)
{
	if (section->title != NULL) {
		str_add(out, "\n## ");
		markdown_text(out, section->title);
		str_add(out, "\n\n");
	}
	for (size_t i = 0; i < section->n; i++) {
		const struct page_line *line = &section->lines[i];

		str_add(out, "- ");
		if (line->label != NULL && *line->label != '\0') {
			str_add(out, "**");
			markdown_text(out, line->label);
			str_add(out, "** ");
		}
		markdown_lines(out, line->text, "  "); /* below the item, as its own */
		str_add_char(out, '\n');
	}
}

void show_pages(const struct page *page, bool html, struct str *out)
{
	const char *title = page->sections[0].lines[0].text; /* the head: number and title */

	if (html) {
		html_begin(out, title);
	} else {
		str_add(out, "# ");
		markdown_text(out, title);
		str_add(out, "\n\n");
	}
	for (size_t s = 1; s < page->n; s++)
		if (html)
			html_section(&page->sections[s], out);
		else
			markdown_section(&page->sections[s], out);
	if (html)
		html_end(out);
}

enum err show_paper(struct console *console, const struct uuid *id, bool html, struct str *out,
		    struct error *err)
{
	struct page page;
	enum err rc = page_print(console->client, id, ONE_FIELD_A_LINE, &console->arena, &page, err);

	if (rc == ERR_OK)
		show_pages(&page, html, out);
	return rc;
}
