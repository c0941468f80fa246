/* Paper: rows as a table of a document that is printed (HTML) or pasted (Markdown).  Whatever comes
 * from outside is cleaned and escaped; nothing is loaded from elsewhere. */
#include <config.h>

#include "paper_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"

/* A4 upright; heads of columns stand on each page, no row is broken. */
static const char style[] =
	"@page{size:A4;margin:18mm 14mm}"
	"body{font:11pt/1.5 \"Noto Sans CJK SC\",\"SimSun\",sans-serif;color:#000;background:#fff}"
	"h1{font-size:16pt;margin:0 0 4mm}h2{font-size:12pt;margin:5mm 0 1mm}p{margin:0 0 3mm}"
	"table{border-collapse:collapse;width:100%}thead{display:table-header-group}"
	"th,td{border:1px solid #666;padding:1mm 2mm;text-align:left;vertical-align:top}"
	"th{background:#eee}tr{page-break-inside:avoid}"
	"footer{margin-top:4mm;color:#444;font-size:9pt}";

void html_text(struct str *out, const char *text)
{
	static const struct {
		char sign;
		const char *instead;
	} signs[] = {
		{ '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" }, { '"', "&quot;" },
		{ '\'', "&#39;" }, { '\n', "<br>\n" },
	};
	struct str clean = STR_INIT;

	text_clean(&clean, text, strlen(text), true);
	for (const char *s = str_get(&clean); *s != '\0'; s++) {
		const char *instead = NULL;

		for (size_t i = 0; i < ARRAY_LEN(signs); i++)
			if (signs[i].sign == *s)
				instead = signs[i].instead;
		if (instead != NULL)
			str_add(out, instead);
		else
			str_add_char(out, *s);
	}
	str_release(&clean);
}

void markdown_text(struct str *out, const char *text)
{
	struct str clean = STR_INIT;

	text_clean(&clean, text, strlen(text), false);
	for (const char *s = str_get(&clean); *s != '\0'; s++) {
		if (strchr("\\`*_{}[]<>#|~", *s) != NULL)
			str_add_char(out, '\\');
		str_add_char(out, *s);
	}
	str_release(&clean);
}

void markdown_lines(struct str *out, const char *text, const char *indent)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");
		struct str line = STR_INIT;

		str_add_bytes(&line, text, len);
		markdown_text(out, str_get(&line));
		str_release(&line);
		text += len;
		if (*text == '\n') {
			str_add(out, "  \n");
			str_add(out, indent);
			text++;
		}
	}
}

void html_begin(struct str *out, const char *title)
{
	str_add(out, "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>");
	html_text(out, title);
	str_addf(out, "</title>\n<style>%s</style>\n</head>\n<body>\n<h1>", style);
	html_text(out, title);
	str_add(out, "</h1>\n");
}

void html_end(struct str *out)
{
	str_add(out, "</body>\n</html>\n");
}

static const char *title_of(const struct out_rows *rows)
{
	return rows->title != NULL ? rows->title : "zhiban";
}

static void html_head(const struct out_rows *rows, struct str *out)
{
	html_begin(out, title_of(rows));
	if (rows->note != NULL) {
		str_add(out, "<p>");
		html_text(out, rows->note);
		str_add(out, "</p>\n");
	}
	str_add(out, "<table>\n<thead><tr>");
	for (size_t i = 0; i < rows->n_fields; i++) {
		str_add(out, "<th>");
		html_text(out, _(rows->fields[i]->title));
		str_add(out, "</th>");
	}
	str_add(out, "</tr></thead>\n<tbody>\n");
}

static void markdown_head(const struct out_rows *rows, struct str *out)
{
	str_add(out, "# ");
	markdown_text(out, title_of(rows));
	str_add(out, "\n\n");
	if (rows->note != NULL) {
		markdown_text(out, rows->note);
		str_add(out, "\n\n");
	}
	for (size_t i = 0; i < rows->n_fields; i++) {
		str_add(out, "| ");
		markdown_text(out, _(rows->fields[i]->title));
		str_add_char(out, ' ');
	}
	str_add(out, "|\n");
	for (size_t i = 0; i < rows->n_fields; i++)
		str_add(out, "| --- ");
	str_add(out, "|\n");
}

void paper_begin(const struct out_rows *rows, struct str *out)
{
	if (rows->format == OUT_HTML)
		html_head(rows, out);
	else
		markdown_head(rows, out);
}

/* As people read it: a moment without seconds, labels for codes, personal values masked. */
static void value_words(const struct out_rows *rows, const struct field *field, struct value value,
			struct str *out)
{
	char buf[80];

	if (!value_is_set(value))
		return;
	if (field->type == FIELD_TIME) {
		civil_format(value.num, rows->offset_min, "Y-m-d H:M", buf, sizeof buf);
		str_add(out, buf);
	} else if ((field->flags & F_MASK) != 0 && !rows->clear) {
		mask_text(out, value.text);
	} else if (rows->rules != NULL) {
		str_add(out, rules_show(rows->rules, field, value, buf, sizeof buf));
	} else if (value.is_text) {
		str_add(out, value.text);
	} else {
		str_addf(out, "%lld", (long long)value.num);
	}
}

void paper_add(const struct out_rows *rows, const void *thing, struct str *out)
{
	bool html = rows->format == OUT_HTML;
	struct str words = STR_INIT;

	if (html)
		str_add(out, "<tr>");
	for (size_t i = 0; i < rows->n_fields; i++) {
		str_clear(&words);
		value_words(rows, rows->fields[i], field_get(rows->fields[i], thing), &words);
		str_add(out, html ? "<td>" : "| ");
		if (html)
			html_text(out, str_get(&words));
		else
			markdown_text(out, str_get(&words));
		str_add(out, html ? "</td>" : " ");
	}
	str_add(out, html ? "</tr>\n" : "|\n");
	str_release(&words);
}

void paper_end(const struct out_rows *rows, struct str *out)
{
	bool html = rows->format == OUT_HTML;

	str_add(out, html ? "</tbody>\n</table>\n<footer>" : "\n");
	str_addf(out, _("%zu in all"), rows->n);
	str_add(out, html ? "</footer>\n" : "\n");
	if (html)
		html_end(out);
}
