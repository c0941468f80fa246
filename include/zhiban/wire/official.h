/* An official document (公文), in the shape of GB/T 9704: who issues it, its number, title, whom it
 * is sent to, numbered headings and paragraphs, who attended, what is attached, who signs and when,
 * copies, and who printed it when.  Written as text (28 full-width characters a line, as on its
 * page), Markdown, or HTML that prints on A4 with the standard's margins and type.
 *
 * Whatever is put in may be outside text: it is cleaned here, and escaped as the format wants. */
#ifndef ZHIBAN_WIRE_OFFICIAL_H
#define ZHIBAN_WIRE_OFFICIAL_H

#include "zhiban/wire/sheet.h"

enum { OFFICIAL_COLUMNS = 56 };

enum official_part { /* one line each, or none */
	OFFICIAL_MARK,	/* 发文机关标志: above the red line */
	OFFICIAL_DRAFT, /* a word beside it while it is none yet: 草稿 */
	OFFICIAL_NUMBER,
	OFFICIAL_TITLE,
	OFFICIAL_MAIN_TO,
	OFFICIAL_SIGNED, /* who issues it, below the text */
	OFFICIAL_DATE,	 /* 成文日期 */
	OFFICIAL_COPIES,
	OFFICIAL_PRINTER,
	OFFICIAL_PRINTED, /* when */
	OFFICIAL_PARTS
};

struct official {
	struct arena arena;
	const char *parts[OFFICIAL_PARTS]; /* NULL: none */
	struct official_block *blocks;
	size_t n, cap;
	int counts[3]; /* headings so far, by level */
};
/* Everything given is copied. */
void official_init(struct official *official);
void official_release(struct official *official);
void official_set(struct official *official, enum official_part part, const char *text);
/* A heading of level 1 (一、), 2 (（一）) or 3 (1.): numbered here. */
void official_heading(struct official *official, int level, const char *text);
void official_text(struct official *official, const char *text); /* a paragraph each line */
/* "出席：甲，乙": a label and who it is; nothing when there is nobody.  They stand below the text and
 * what is attached (GB/T 9704, 10.3), in the order given. */
void official_names(struct official *official, const char *label, const char *names);
/* An attachment (附件), on a page of its own: its title, a table's titles, then rows.  It is named
 * below the text too.  Cells may be NULL.  Of two columns it is a form: what is asked, and what is
 * said to it. */
void official_attach(struct official *official, const char *title, const char *const *titles, size_t n);
void official_row(struct official *official, const char *const *cells);

/* SHEET_CSV is no format of it: as text. */
void official_write(const struct official *official, enum sheet_format format, struct str *out);
/* A number as documents count in headings (一 … 十二), from 1 to 99; larger ones in figures. */
const char *official_count(int n, struct arena *arena);

#endif
