/* A whistle on paper: what each department has done, what each side said, and how the deadlines were
 * found. */
#include <config.h>

#include <string.h>

#include "whistle_paper_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/domain/mark.h"

/* What of a share is printed, in the order in which it happens; by: who did it. */
static const struct {
	const char *field, *by;
} steps[] = {
	{ "signed_at", "signed_by" },	  { "contacted_at", NULL },
	{ "arrived_at", NULL },		  { "reported_at", "reported_by" },
	{ "confirmed_at", "confirmed_by" }, { "proof", NULL },
	{ "handled_at", "handled_by" },	  { "result", NULL },
	{ "replied_at", NULL },		  { "reply", NULL },
	{ "verified_at", "verified_by" }, { "reworks", NULL },
	{ "claimed_at", NULL },		  { "claim", NULL },
	{ "claim_for", NULL },		  { "claim_reason", NULL },
	{ "settled_at", "settled_by" },	  { "ruling", NULL },
	{ "freed_at", NULL },		  { "freed_for", NULL },
	{ "instead", NULL },		  { "content", NULL },
	{ "content_note", NULL },	  { "judged", NULL },
	{ "judged_note", NULL },
};

static const char *share_value(struct paper_maker *maker, const struct summoned *share,
			       const char *field)
{
	return paper_value(maker->sheet, maker->rules, CHILD_SUMMONED, field, share);
}

static const char *field_title(enum child child, const char *name)
{
	const struct child_desc *desc = child_desc(child);

	return _(field_find(desc->fields, desc->n_fields, name)->title);
}

static void put_comer(struct paper_maker *maker, const struct summoned *share)
{
	static const char *const fields[] = { "comer", "comer_post", "comer_phone", "comes_at" };
	struct str words = STR_INIT;

	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		const char *value = share_value(maker, share, fields[i]);

		if (*value != '\0')
			str_addf(&words, "%s%s", words.len > 0 ? "  " : "", value);
	}
	sheet_fact(maker->sheet, _("Who comes"), str_get(&words));
	str_release(&words);
}

static const char *extension_words(struct paper_maker *maker, const struct extension *extension)
{
	struct str words = STR_INIT;
	const char *text;

	str_addf(&words, "%s ", _("Asked"));
	row_words(maker->rules, extension->asked != NULL ? extension->asked : "", &words);
	if (extension->decided_at == 0)
		str_addf(&words, "  %s", _("not decided"));
	else if (extension->granted == NULL || *extension->granted == '\0')
		str_addf(&words, "  %s", _("refused"));
	else {
		str_addf(&words, "  %s ", _("Granted"));
		row_words(maker->rules, extension->granted, &words);
	}
	str_addf(&words, "  %s", paper_by(maker->sheet, maker->rules, extension->decided_by,
					  extension->decided_at));
	if (extension->reason != NULL)
		str_addf(&words, "\n%s", extension->reason);
	text = arena_strdup(&maker->sheet->arena, str_get(&words));
	str_release(&words);
	return text;
}

/* Extensions and supervisions are told with the department whose they are. */
static void put_beside(struct paper_maker *maker, const struct summoned *share)
{
	const struct extension *extensions = maker->whistle->asked_more.items;
	const struct supervision *supervisions = maker->whistle->supervisions.items;

	for (size_t i = 0; i < maker->whistle->asked_more.n; i++)
		if (str_eq(extensions[i].org, share->org))
			sheet_fact(maker->sheet, _("Extension"),
				   extension_words(maker, &extensions[i]));
	for (size_t i = 0; i < maker->whistle->supervisions.n; i++)
		if (str_eq(supervisions[i].org, share->org))
			sheet_fact(maker->sheet,
				   paper_value(maker->sheet, maker->rules, CHILD_SUPERVISION,
					       "channel", &supervisions[i]),
				   paper_by(maker->sheet, maker->rules, supervisions[i].by,
					    supervisions[i].at));
}

static void put_share(struct paper_maker *maker, const struct summoned *share)
{
	sheet_section(maker->sheet,
		      arena_printf(&maker->sheet->arena, "%s  %s",
				   paper_org(maker->rules, share->org),
				   share_state_label(share_state(share))));
	put_comer(maker, share);
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		const char *value = share_value(maker, share, steps[i].field);
		const char *by = steps[i].by != NULL && *value != '\0'
					 ? share_value(maker, share, steps[i].by)
					 : "";

		sheet_fact(maker->sheet, field_title(CHILD_SUMMONED, steps[i].field),
			   *by != '\0' ? arena_printf(&maker->sheet->arena, "%s  %s", value, by)
				       : value);
	}
	put_beside(maker, share);
}

static bool has_begun(const struct summoned *share)
{
	enum share_state state = share_state(share);

	return state > SHARE_ASKED || share->claimed_at != 0;
}

void paper_done(struct paper_maker *maker)
{
	const struct whistle *whistle = maker->whistle;

	if (whistle->consulted_at != 0) {
		sheet_section(maker->sheet, _("Consultation"));
		sheet_fact(maker->sheet, _("When"),
			   paper_moment(maker->sheet, maker->rules, whistle->consulted_at));
		sheet_fact(maker->sheet, _("Present"), whistle->present);
		sheet_fact(maker->sheet, _("Plan"), whistle->plan);
	}
	for (size_t i = 0; i < whistle->shares.n; i++)
		if (has_begun(whistle_share(whistle, i)))
			put_share(maker, whistle_share(whistle, i));
}

/* --- evidence -------------------------------------------------------------------------------- */

static void explain_clock(struct paper_maker *maker, const struct clock *clock, const char *whose)
{
	struct str lines = STR_INIT;

	const char *label = summons_clock_label(maker->rules, maker->summons, clock->kind);

	sheet_section(maker->sheet, arena_printf(&maker->sheet->arena, "%s  %s", whose, label));
	clock_explain_as(maker->rules, NULL, clock, label, &lines);
	sheet_lines(maker->sheet, str_get(&lines));
	str_release(&lines);
}

void paper_explain(struct paper_maker *maker)
{
	const struct whistle *whistle = maker->whistle;

	for (size_t i = 0; i < whistle->clocks.n; i++) {
		const struct clock *clock = whistle_clock(whistle, i);

		if (clock->due != 0)
			explain_clock(maker, clock, paper_brief(maker->rules, clock->org));
	}
}
