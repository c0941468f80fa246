/* A supervision on paper: by which channel, number, for whom, in which words, to be answered by when;
 * the answer, and that it was lifted. */
#include <config.h>

#include "whistle_paper_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/domain/due.h"

static void put_answer(const struct rules *rules, const struct supervision *it, struct sheet *sheet)
{
	sheet_section(sheet, _("Answer"));
	if (it->answered_at == 0) {
		sheet_text(sheet, _("not answered"));
		sheet_sign(sheet, paper_brief(rules, it->org));
		return;
	}
	sheet_fact(sheet, _("Answered"), paper_by(sheet, rules, it->answered_by, it->answered_at));
	if (it->due != 0)
		sheet_fact(sheet, _("In time"), it->answered_at <= it->due ? _("yes") : _("no"));
	sheet_fact(sheet, _("Answer"), it->answer);
}

static void put_lifting(const struct rules *rules, const struct supervision *it,
			struct sheet *sheet)
{
	sheet_section(sheet, _("Lifting"));
	if (it->lifted_at == 0) {
		sheet_text(sheet, _("in force"));
		sheet_sign(sheet, _("Leader"));
		return;
	}
	sheet_fact(sheet, _("Lifted"), paper_by(sheet, rules, it->lifted_by, it->lifted_at));
}

/* What the profile says of the channel's sheet: who issues it, when it is to be signed for, who else is
 * sent one. */
static void put_channel(const struct rules *rules, const struct channel *channel,
			const struct supervision *it, struct sheet *sheet)
{
	struct str copies = STR_INIT;

	if (channel == NULL)
		return;
	sheet_fact(sheet, _("Issuing office"),
		   channel->office != NULL ? channel->office : paper_org(rules, rules->centre));
	if (channel->sign.unit != LIMIT_NONE)
		sheet_fact(sheet, _("Sign for it by"),
			   paper_moment(sheet, rules,
					due_compute(rules->calendar, &rules->hours,
						    rules->offset_min, it->at, &channel->sign, NULL)
						.at));
	for (const char *const *copy = channel->copies; copy != NULL && *copy != NULL; copy++)
		str_addf(&copies, "%s%s", copies.len > 0 ? _(", ") : "", *copy);
	sheet_fact(sheet, _("Copies to"), str_get(&copies));
	str_release(&copies);
}

void supervision_paper(const struct rules *rules, const struct supervised *about,
		       const struct supervision *it, int64_t now, struct sheet *sheet)
{
	const struct channel *channel = rules_channel(rules, it->channel);
	const char *label = channel != NULL ? channel->label : it->channel;
	struct str title = STR_INIT;

	str_addf(&title, "%s %s", rules->title != NULL ? rules->title : "",
		 channel != NULL && channel->paper != NULL ? channel->paper
		 : label != NULL			   ? label
							   : _("Supervision"));
	sheet_init(sheet, str_get(&title));
	str_release(&title);
	sheet_note(sheet, arena_printf(&sheet->arena, _("printed %s"),
				       paper_moment(sheet, rules, now)));
	sheet_fact(sheet, _("Number"),
		   arena_printf(&sheet->arena, "%s-%lld", about->number, (long long)it->number));
	sheet_fact(sheet, _("Supervision by"), label);
	sheet_fact(sheet, about->noun,
		   arena_printf(&sheet->arena, "%s  %s", about->number,
				about->title != NULL ? about->title : ""));
	sheet_fact(sheet, _("Must answer"), paper_org(rules, it->org));
	sheet_fact(sheet, _("Issued"), paper_by(sheet, rules, it->by, it->at));
	sheet_fact(sheet, _("Words"), it->words);
	sheet_fact(sheet, _("Answer by"), paper_moment(sheet, rules, it->due));
	if (it->points != 0)
		sheet_fact(sheet, _("Points"),
			   arena_printf(&sheet->arena, "-%lld", (long long)it->points));
	put_channel(rules, channel, it, sheet);
	if (channel != NULL && channel->text != NULL)
		sheet_text(sheet, channel->text);
	put_answer(rules, it, sheet);
	put_lifting(rules, it, sheet);
}
