/* An official document as HTML that prints on A4: the standard's margins, type sizes and 22 lines of 28
 * characters; and as Markdown. */
#include <config.h>

#include <string.h>

#include "official_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/wire/jsonout.h"

/* 156 x 225 mm of text; 16 pt on 28.95 pt lines; the fonts that the standard names stand first. */
static const char style[] =
	"@page{size:A4;margin:37mm 26mm 35mm 28mm;@bottom-center{content:\"\\2014 \" "
	"counter(page) \" \\2014\";font:14pt \"SimSun\",\"Noto Serif CJK SC\",serif}}"
	"body{font:16pt/28.95pt \"FangSong_GB2312\",\"FangSong\",\"STFangsong\","
	"\"Noto Serif CJK SC\",serif;color:#000;background:#fff;max-width:156mm;margin:0 auto}"
	"p{margin:0;text-indent:2em;text-align:justify}"
	".mark{font:bold 30pt/1.3 \"FZXiaoBiaoSong-B05S\",\"SimSun\",\"Noto Serif CJK SC\",serif;"
	"color:#d7000f;text-align:center;text-indent:0}"
	".draft,.number{text-align:center;text-indent:0}"
	"hr.red{border:0;border-top:2pt solid #d7000f;margin:4mm 0 8mm}"
	"h1{font:normal 22pt/1.4 \"FZXiaoBiaoSong-B05S\",\"SimSun\",\"Noto Serif CJK SC\",serif;"
	"text-align:center;margin:0 0 28.95pt}"
	".to{text-indent:0}"
	"h2,h3,h4{font-size:16pt;font-weight:normal;margin:0;text-indent:2em}"
	"h2,.names b{font-family:\"SimHei\",\"Noto Sans CJK SC\",sans-serif}"
	"h3{font-family:\"KaiTi_GB2312\",\"KaiTi\",\"Noto Serif CJK SC\",serif}"
	".names{padding-left:5em;text-indent:-3em}.names b{font-weight:normal}"
	".names.first{margin-top:28.95pt}"
	".attached{margin-top:28.95pt}.attached.more{margin-top:0;text-indent:5em}"
	".signed{display:table;text-align:center;text-indent:0;margin:28.95pt 4em 0 auto}"
	".attachment{page-break-before:always}.attachment h2{text-indent:0}"
	".attachment h1{font-size:18pt}"
	"table{border-collapse:collapse;width:100%;font-size:12pt;line-height:1.5}"
	"thead{display:table-header-group}tr{page-break-inside:avoid}"
	"th,td{border:.75pt solid #000;padding:1mm 1.5mm;text-align:left;vertical-align:top}"
	"footer{margin-top:28.95pt;border-top:1pt solid #000;border-bottom:1pt solid #000;"
	"font-size:14pt}footer div{padding:0 1em;border-top:.5pt solid #000}"
	"footer div:first-child{border-top:0}.printed{display:flex;justify-content:space-between}";

static void element(struct str *out, const char *tag, const char *class, const char *text)
{
	if (text == NULL)
		return;
	str_addf(out, "<%s", tag);
	if (class != NULL)
		str_addf(out, " class=\"%s\"", class);
	str_add(out, ">");
	html_text(out, text);
	str_addf(out, "</%s>\n", tag);
}

static void html_block(const struct official_block *block, struct arena *arena, struct str *out)
{
	static const char *const tags[] = { "h2", "h3", "h4" };

	if (block->sort == BLOCK_HEADING)
		element(out, tags[block->level - 1], NULL,
			arena_printf(arena, "%s%s", block->label, block->text));
	else if (block->sort == BLOCK_TEXT)
		element(out, "p", NULL, block->text);
}

static void html_names(const struct official_block *block, bool first, struct arena *arena,
		       struct str *out)
{
	str_addf(out, "<p class=\"names%s\"><b>", first ? " first" : "");
	html_text(out, official_label(block->label, arena));
	str_add(out, "</b>");
	html_text(out, block->text);
	str_add(out, "</p>\n");
}

static void html_cells(const struct official_block *block, const char *tag, struct str *out)
{
	str_add(out, "<tr>");
	for (size_t k = 0; k < block->n; k++) {
		str_addf(out, "<%s>", tag);
		html_text(out, block->cells[k]);
		str_addf(out, "</%s>", tag);
	}
	str_add(out, "</tr>\n");
}

static void html_attachment(const struct official *official, size_t at, struct arena *arena,
			    struct str *out)
{
	size_t rows = official_rows(official, at);

	str_add(out, "<section class=\"attachment\">\n");
	element(out, "h2", NULL, official_attachment_head(official, at, arena));
	element(out, "h1", NULL, official->blocks[at].text);
	str_add(out, "<table>\n<thead>");
	html_cells(&official->blocks[at], "th", out);
	str_add(out, "</thead>\n<tbody>\n");
	for (size_t r = 1; r <= rows; r++)
		html_cells(&official->blocks[at + r], "td", out);
	str_add(out, "</tbody>\n</table>\n</section>\n");
}

static void html_head(const struct official *official, struct arena *arena, struct str *out)
{
	const char *const *parts = official->parts;

	str_add(out, "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>");
	html_text(out, parts[OFFICIAL_TITLE] != NULL ? parts[OFFICIAL_TITLE] : "");
	str_addf(out, "</title>\n<style>%s</style>\n</head>\n<body>\n", style);
	element(out, "p", "mark", parts[OFFICIAL_MARK]);
	if (parts[OFFICIAL_DRAFT] != NULL)
		element(out, "p", "draft", arena_printf(arena, _("(%s)"), parts[OFFICIAL_DRAFT]));
	element(out, "p", "number", parts[OFFICIAL_NUMBER]);
	str_add(out, "<hr class=\"red\">\n");
	element(out, "h1", NULL, parts[OFFICIAL_TITLE]);
	if (parts[OFFICIAL_MAIN_TO] != NULL)
		element(out, "p", "to", arena_printf(arena, _("%s:"), parts[OFFICIAL_MAIN_TO]));
}

static void html_foot(const struct official *official, struct arena *arena, struct str *out)
{
	const char *const *parts = official->parts;
	const char *by = parts[OFFICIAL_PRINTER], *at = parts[OFFICIAL_PRINTED];

	for (size_t i = 0; i < official_attachments(official); i++)
		element(out, "p", i == 0 ? "attached" : "attached more",
			arena_printf(arena, "%s%s",
				     i == 0 ? official_label(_("Attached"), arena) : "",
				     official_attachment_name(official, i, arena)));
	for (size_t i = 0, n = 0; i < official->n; i++)
		if (official->blocks[i].sort == BLOCK_NAMES)
			html_names(&official->blocks[i], n++ == 0, arena, out);
	if (parts[OFFICIAL_SIGNED] != NULL || parts[OFFICIAL_DATE] != NULL)
		element(out, "p", "signed",
			arena_printf(arena, "%s\n%s",
				     parts[OFFICIAL_SIGNED] != NULL ? parts[OFFICIAL_SIGNED] : "",
				     parts[OFFICIAL_DATE] != NULL ? parts[OFFICIAL_DATE] : ""));
	for (size_t i = 0; i < official->n; i++)
		if (official->blocks[i].sort == BLOCK_ATTACH)
			html_attachment(official, i, arena, out);
	if (parts[OFFICIAL_COPIES] == NULL && by == NULL && at == NULL)
		return;
	str_add(out, "<footer>\n");
	if (parts[OFFICIAL_COPIES] != NULL)
		element(out, "div", NULL,
			arena_printf(arena, "%s%s", official_label(_("Copies"), arena),
				     parts[OFFICIAL_COPIES]));
	if (by != NULL || at != NULL) {
		str_add(out, "<div class=\"printed\">");
		element(out, "span", NULL, by != NULL ? by : "");
		element(out, "span", NULL, at != NULL ? at : "");
		str_add(out, "</div>\n");
	}
	str_add(out, "</footer>\n");
}

void official_as_html(const struct official *official, struct str *out)
{
	struct arena arena = ARENA_INIT;

	html_head(official, &arena, out);
	for (size_t i = 0; i < official->n; i++)
		html_block(&official->blocks[i], &arena, out);
	html_foot(official, &arena, out);
	str_add(out, "</body>\n</html>\n");
	arena_release(&arena);
}

/* ---- Markdown ---- */

static void markdown_line(struct str *out, const char *before, const char *text)
{
	if (text == NULL)
		return;
	str_add(out, before);
	markdown_text(out, text);
	str_add(out, "\n\n");
}

static void markdown_labelled(struct str *out, const char *label, const char *text,
			      struct arena *arena)
{
	str_add(out, "**");
	markdown_text(out, official_label(label, arena));
	str_add(out, "**");
	markdown_text(out, text);
	str_add(out, "\n\n");
}

static void markdown_cells(const struct official_block *block, struct str *out)
{
	for (size_t k = 0; k < block->n; k++) {
		str_add(out, "| ");
		markdown_text(out, block->cells[k]);
		str_add_char(out, ' ');
	}
	str_add(out, "|\n");
}

static void markdown_attachment(const struct official *official, size_t at, struct arena *arena,
				struct str *out)
{
	size_t rows = official_rows(official, at);

	str_addf(out, "## %s  ", official_attachment_head(official, at, arena));
	markdown_text(out, official->blocks[at].text);
	str_add(out, "\n\n");
	markdown_cells(&official->blocks[at], out);
	for (size_t k = 0; k < official->blocks[at].n; k++)
		str_add(out, "| --- ");
	str_add(out, "|\n");
	for (size_t r = 1; r <= rows; r++)
		markdown_cells(&official->blocks[at + r], out);
	str_add_char(out, '\n');
}

static void markdown_block(const struct official_block *block, struct arena *arena, struct str *out)
{
	static const char *const levels[] = { "## ", "### ", "#### " };

	if (block->sort == BLOCK_HEADING)
		markdown_line(out, levels[block->level - 1],
			      arena_printf(arena, "%s%s", block->label, block->text));
	else if (block->sort == BLOCK_TEXT)
		markdown_line(out, "", block->text);
}

void official_as_markdown(const struct official *official, struct str *out)
{
	const char *const *parts = official->parts;
	struct arena arena = ARENA_INIT;

	markdown_line(out, "", parts[OFFICIAL_MARK]);
	if (parts[OFFICIAL_DRAFT] != NULL)
		markdown_line(out, "", arena_printf(&arena, _("(%s)"), parts[OFFICIAL_DRAFT]));
	markdown_line(out, "", parts[OFFICIAL_NUMBER]);
	markdown_line(out, "# ", parts[OFFICIAL_TITLE]);
	if (parts[OFFICIAL_MAIN_TO] != NULL)
		markdown_line(out, "", arena_printf(&arena, _("%s:"), parts[OFFICIAL_MAIN_TO]));
	for (size_t i = 0; i < official->n; i++)
		markdown_block(&official->blocks[i], &arena, out);
	for (size_t i = 0; i < official_attachments(official); i++)
		markdown_line(out, "",
			      arena_printf(&arena, "%s%s",
					   i == 0 ? official_label(_("Attached"), &arena) : "",
					   official_attachment_name(official, i, &arena)));
	for (size_t i = 0; i < official->n; i++)
		if (official->blocks[i].sort == BLOCK_NAMES)
			markdown_labelled(out, official->blocks[i].label, official->blocks[i].text,
					  &arena);
	markdown_line(out, "", parts[OFFICIAL_SIGNED]);
	markdown_line(out, "", parts[OFFICIAL_DATE]);
	for (size_t i = 0; i < official->n; i++)
		if (official->blocks[i].sort == BLOCK_ATTACH)
			markdown_attachment(official, i, &arena, out);
	if (parts[OFFICIAL_COPIES] != NULL)
		markdown_labelled(out, _("Copies"), parts[OFFICIAL_COPIES], &arena);
	if (parts[OFFICIAL_PRINTER] != NULL || parts[OFFICIAL_PRINTED] != NULL)
		markdown_line(
		    out, "",
		    arena_printf(&arena, "%s %s",
				 parts[OFFICIAL_PRINTER] != NULL ? parts[OFFICIAL_PRINTER] : "",
				 parts[OFFICIAL_PRINTED] != NULL ? parts[OFFICIAL_PRINTED] : ""));
	arena_release(&arena);
}
