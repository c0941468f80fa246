/* A page of text to be read and left again. */
#ifndef ZHIBAN_VIEWS_PAPER_PRIV_H
#define ZHIBAN_VIEWS_PAPER_PRIV_H

#include "app_priv.h"

struct text_page { /* arg of paper_view; texts copied */
	const char *title, *text;
	struct uuid explains; /* not nil: the clocks of this incident, read anew as time goes */
	const struct selection *whistle; /* not NULL: of this whistle, of the clock under the cursor */
	bool link;	      /* about the link */
};

enum role tone_role(enum tone tone); /* the colours of a page's lines */
/* Up, down, a page, to the ends: true when the command was one of these. */
bool paper_move(struct pager *pager, const struct ui_command *command, unsigned *ret_flags);

#endif
