/* What is printed of whistles and of supervisions: documents to sign, made of what is known now.
 *
 * A whistle's paper (吹哨单) has what was asked of whom by when; at later stages also what was done.
 * Texts are the sheet's own. */
#ifndef ZHIBAN_MODEL_WHISTLE_PAPER_H
#define ZHIBAN_MODEL_WHISTLE_PAPER_H

#include "zhiban/client/client.h"
#include "zhiban/domain/whistle.h"
#include "zhiban/wire/sheet.h"

struct paper_asked {
	int64_t now;		   /* when it is printed */
	const char *const *cases;  /* numbers of the incidents that it was blown from */
	size_t n_cases;
	bool explain; /* at the end, how each deadline was found */
};
/* ret_sheet is the caller's to release. */
void whistle_paper(const struct rules *rules, const struct whistle *whistle,
		   const struct paper_asked *asked, struct sheet *ret_sheet);
/* The same of one by its id.  ERR_NOT_FOUND. */
enum err whistle_paper_of(struct client *client, const struct uuid *id, bool explain,
			  struct sheet *ret_sheet, struct error *err) MUST_CHECK;

struct supervised { /* what a supervision is about */
	const char *number, *title;
	const char *noun; /* 事件, 哨件 */
};
/* A supervision (督办单, 黄牌, 约谈 …). */
void supervision_paper(const struct rules *rules, const struct supervised *about,
		       const struct supervision *supervision, int64_t now,
		       struct sheet *ret_sheet);
/* Of an incident or a whistle: the one of that number, 0: the latest.  ERR_NOT_FOUND says which there
 * are. */
enum err supervision_paper_of(struct client *client, enum kind kind, const struct uuid *id,
			      int64_t number, struct sheet *ret_sheet, struct error *err)
	MUST_CHECK;

/* Words of papers: a moment with its weekday (2026-02-13 周五 17:40), in the sheet's arena; the
 * short name of an organisation. */
const char *paper_moment(struct sheet *sheet, const struct rules *rules, int64_t at);
const char *paper_brief(const struct rules *rules, const char *code);

#endif
