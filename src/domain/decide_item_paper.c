/* Papers for an item: asked for, sent, chased. */
#include <config.h>

#include "item_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

struct paper *item_paper_of(struct item *item, const char *org)
{
	struct paper *papers = item->papers.items;

	for (size_t n = 0; n < item->papers.n; n++)
		if (str_eq(papers[n].org, org))
			return &papers[n];
	return NULL;
}

int64_t item_missing(const struct item *item, int64_t *ret_due)
{
	int64_t missing = 0, due = 0;

	for (size_t n = 0; n < item->papers.n; n++) {
		const struct paper *paper = item_paper(item, n);

		if (paper->asked_at == 0 || paper->sent_at != 0)
			continue;
		missing++;
		if (due == 0 || (paper->due != 0 && paper->due < due))
			due = paper->due;
	}
	*ret_due = due;
	return missing;
}

static struct paper *add(struct iteming *i, const char *org)
{
	struct uuid id = uuid_child(&i->s.act->id, "paper", (unsigned)i->after->papers.n);
	struct paper *paper = children_add(&i->after->papers, child_desc(CHILD_PAPER), &id,
					   i->s.arena);

	paper->org = org;
	return paper;
}

/* Who has sent his already is asked no more, but for a later date it does no harm to know. */
static void ask(struct iteming *i, const char *org, int64_t until)
{
	struct paper *paper = item_paper_of(i->after, org);

	if (paper == NULL)
		paper = add(i, org);
	if (paper->sent_at != 0)
		return;
	if (paper->asked_at == 0)
		paper->asked_at = i->s.eff;
	paper->due = until;
}

enum err item_collect(struct iteming *i, struct error *err)
{
	int64_t until = act_value(i->s.act, "until", 0).num;
	const char *org = NULL;
	size_t n = 0;
	enum err code = ERR_OK;

	if (until <= i->s.eff)
		return error_set(err, ERR_INPUT, _("the time for the papers must lie ahead"));
	for (; code == ERR_OK; n++) {
		code = speak_org(&i->s, "assist", n, &org, err);
		if (code != ERR_OK || org == NULL)
			break;
		ask(i, org, until);
	}
	for (size_t k = 0; code == ERR_OK && n == 0 && k < i->before->concerned.n; k++)
		ask(i, item_concerned(i->before, k)->org, until);
	if (code == ERR_OK && i->after->papers.n == 0)
		return error_set(err, ERR_REFUSED, _("it concerns no department that could be asked"));
	return code;
}

/* A second one takes the place of the first; that came when it came. */
enum err item_hand_in(struct iteming *i, struct error *err)
{
	const struct act *act = i->s.act;
	const char *name = act_text(act, "file_name"), *words = act_text(act, "words");
	const char *hash = NULL;
	int64_t size = act_value(act, "file_size", 0).num;
	struct paper *paper;
	enum err code = ERR_OK;

	if (name == NULL && words == NULL)
		return error_set(err, ERR_INPUT, _("a paper is a file, or what it says in short"));
	if (name != NULL)
		code = file_given(act, i->s.arena, &hash, err);
	if (code != ERR_OK)
		return code;
	paper = item_paper_of(i->after, i->department);
	if (paper == NULL)
		paper = add(i, i->department);
	if (paper->sent_at == 0)
		paper->sent_at = i->s.eff;
	paper->sent_by = act->actor.officer;
	if (words != NULL)
		paper->words = words;
	if (name != NULL) {
		paper->name = name;
		paper->size = size;
		paper->hash = hash;
	}
	return ERR_OK;
}

enum err item_chase(struct iteming *i, struct error *err)
{
	const char *org = NULL;
	struct paper *papers = i->after->papers.items;
	size_t n = 0;
	enum err code = speak_org(&i->s, "share", 0, &org, err);

	for (size_t k = 0; code == ERR_OK && k < i->after->papers.n; k++) {
		if (papers[k].asked_at == 0 || papers[k].sent_at != 0 ||
		    (org != NULL && !str_eq(papers[k].org, org)))
			continue;
		papers[k].chased++;
		papers[k].chased_at = i->s.eff;
		n++;
	}
	if (code == ERR_OK && n == 0)
		return error_set(err, ERR_REFUSED, _("nobody owes a paper here"));
	return code;
}
