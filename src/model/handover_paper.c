#include <config.h>

#include "zhiban/model/handover_paper.h"

#include <string.h>

#include "whistle_paper_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/client/handover.h"
#include "zhiban/model/handover.h"

struct maker {
	const struct rules *rules;
	const struct handover *handover;
	const struct client_handover *shown;
	struct sheet *sheet;
};

/* ---- the head ---- */

static const char *shift_words(const struct maker *maker)
{
	struct str words = STR_INIT;
	const char *text;

	handover_shift_words(maker->rules, maker->handover, &words);
	text = arena_strdup(&maker->sheet->arena, str_get(&words));
	str_release(&words);
	return text;
}

static const char *read_words(const struct maker *maker)
{
	const struct handover *handover = maker->handover;

	return arena_printf(&maker->sheet->arena, _("%lld of %lld"), (long long)handover->ticked,
			    (long long)handover->must);
}

static void put_head(const struct maker *maker)
{
	const struct handover *handover = maker->handover;
	const struct rules *rules = maker->rules;
	struct sheet *sheet = maker->sheet;
	const struct roster_plan *plan = handover_plan(rules, handover->org, handover->plan);

	sheet_fact(sheet, _("Number"),
		   handover->number != NULL ? handover->number : _("no number yet"));
	sheet_fact(sheet, _("Organisation"), paper_org(rules, handover->org));
	sheet_fact(sheet, _("Roster"), plan != NULL ? plan->label : handover->plan);
	sheet_fact(sheet, _("Shift"), shift_words(maker));
	sheet_fact(sheet, _("State"), handover_state_label(handover_state(handover)));
	sheet_fact(sheet, _("Prepared"),
		   paper_by(sheet, rules, handover->prepared_by, handover->prepared_at));
	sheet_fact(sheet, _("Read"), read_words(maker));
	sheet_fact(sheet, _("Words"), handover->words);
}

/* ---- the list ---- */

static const char *item_words(const struct maker *maker, const struct handed *item)
{
	struct arena *arena = &maker->sheet->arena;
	const char *due = item->due != 0 ? paper_short(maker->sheet, maker->rules, item->due) : "";

	return arena_printf(arena, "%s%s%s%s%s%s%s", item->words != NULL ? item->words : "",
			    *due != '\0' ? "\n" : "", *due != '\0' ? _("Due") : "",
			    *due != '\0' ? " " : "", due, item->remark != NULL ? "\n" : "",
			    item->remark != NULL
				    ? arena_printf(arena, "%s: %s", officer_show(item->remark_by),
						   item->remark)
				    : "");
}

static const char *tick_words(const struct maker *maker, const struct handed *item)
{
	char when[CIVIL_TEXT];

	if (item->ticked_at == 0)
		return _("not read");
	civil_format(item->ticked_at, maker->rules->offset_min, "H:M", when, sizeof when);
	return arena_printf(&maker->sheet->arena, "Y %s\n%s", when, officer_show(item->ticked_by));
}

static void put_items(const struct maker *maker)
{
	const char *const titles[] = { _("Number"), _("Matter"), _("Why"), _("Read") };
	struct sheet *sheet = maker->sheet;
	const struct handed **items;
	size_t n = 0;
	enum handed_sort sort = HANDED_SORTS;

	handover_sorted(maker->handover, &sheet->arena, &items, &n);
	if (n == 0)
		sheet_section(sheet, _("To be read"));
	if (n == 0)
		sheet_text(sheet, _("Nothing had to be read."));
	for (size_t i = 0; i < n; i++) {
		const char *cells[ARRAY_LEN(titles)] = { items[i]->number, items[i]->title,
							 item_words(maker, items[i]),
							 tick_words(maker, items[i]) };

		if (i == 0 || handed_sort_find(items[i]->sort) != sort) {
			sort = handed_sort_find(items[i]->sort);
			sheet_section(sheet, sort < HANDED_SORTS ? handed_sort_label(sort)
								 : items[i]->sort);
			sheet_table(sheet, titles, ARRAY_LEN(titles));
		}
		sheet_row(sheet, cells);
	}
}

static void put_tallies(const struct maker *maker)
{
	const char *const titles[] = { _("What"), _("How many") };
	const struct tallied *tallies = maker->handover->tallies.items;

	if (maker->handover->tallies.n == 0)
		return;
	sheet_section(maker->sheet, _("And besides"));
	sheet_table(maker->sheet, titles, ARRAY_LEN(titles));
	for (size_t i = 0; i < maker->handover->tallies.n; i++) {
		const char *const cells[] = { tallies[i].label,
					      arena_printf(&maker->sheet->arena, "%lld",
							   (long long)tallies[i].n) };

		sheet_row(maker->sheet, cells);
	}
}

static void put_equipment(const struct maker *maker)
{
	const char *const titles[] = { _("What"), _("State"), _("Remark"), _("By") };
	const struct equipment *list = maker->handover->equipment.items;

	if (maker->handover->equipment.n == 0)
		return;
	sheet_section(maker->sheet, _("Equipment"));
	sheet_table(maker->sheet, titles, ARRAY_LEN(titles));
	for (size_t i = 0; i < maker->handover->equipment.n; i++) {
		const char *const cells[] = { list[i].label, equipment_label(list[i].found),
					      list[i].remark,
					      list[i].by != NULL ? officer_show(list[i].by) : "" };

		sheet_row(maker->sheet, cells);
	}
}

/* ---- who signed ---- */

static const char *open_words(const struct maker *maker)
{
	const struct handover *handover = maker->handover;
	struct str words = STR_INIT;
	const char *text;

	if (handover->unread > 0)
		str_addf(&words, _("%lld not read"), (long long)handover->unread);
	if (handover->unsent > 0) {
		str_add(&words, words.len > 0 ? _(", ") : "");
		str_addf(&words, _("%lld not sent"), (long long)handover->unsent);
	}
	if (handover->in_at != 0 && handover->out_by == NULL && !handover->half)
		str_addf(&words, "%s%s", words.len > 0 ? _(", ") : "",
			 _("the one who went has not signed"));
	text = arena_strdup(&maker->sheet->arena, str_get(&words));
	str_release(&words);
	return text;
}

/* By telephone: who wrote it down, and who confirmed it. */
static const char *third_words(const struct maker *maker)
{
	const struct handover *handover = maker->handover;
	const struct behalf *calls = handover->behalves.items;
	struct sheet *sheet = maker->sheet;
	const char *words = paper_by(sheet, maker->rules, handover->third_by, handover->third_at);

	if (handover->third_at == 0)
		return "";
	for (size_t i = 0; i < handover->behalves.n; i++)
		words = arena_printf(&sheet->arena, _("%s\nby telephone, written down by %s%s%s"),
				     words, officer_show(calls[i].by),
				     calls[i].signed_at != 0 ? _(", confirmed by ")
							     : _(", not confirmed yet"),
				     calls[i].signed_at != 0 ? officer_show(calls[i].signed_by) : "");
	return words;
}

static void put_signatures(const struct maker *maker)
{
	const struct handover *handover = maker->handover;
	const struct rules *rules = maker->rules;
	struct sheet *sheet = maker->sheet;

	sheet_section(sheet, _("Signatures"));
	sheet_fact(sheet, _("Handed over by"),
		   paper_by(sheet, rules, handover->out_by, handover->out_at));
	sheet_fact(sheet, _("Taken over by"),
		   paper_by(sheet, rules, handover->in_by, handover->in_at));
	sheet_fact(sheet, _("Witnessed by"), third_words(maker));
	if (handover->third_at == 0)
		sheet_fact(sheet, _("To be witnessed by"),
			   paper_moment(sheet, rules, handover->third_due));
	sheet_fact(sheet, _("Left open"), open_words(maker));
	sheet_fact(sheet, _("Why so closed"), handover->why);
	if (handover->offline)
		sheet_fact(sheet, _("Line"), _("done with the line cut"));
	if (handover->hash == NULL && !handover->half)
		sheet_sign(sheet, _("Handed over by"));
	if (handover->hash == NULL)
		sheet_sign(sheet, _("Taken over by"));
	if (handover->third_due != 0 && handover->third_at == 0)
		sheet_sign(sheet, _("Witnessed by"));
}

static void put_chain(const struct maker *maker)
{
	const struct handover *handover = maker->handover;
	struct sheet *sheet = maker->sheet;

	sheet_section(sheet, _("Chain"));
	sheet_fact(sheet, _("State"),
		   maker->shown->marks != 0 && handover->hash != NULL
			   ? _("not confirmed by the server yet: its hash may still change")
			   : chain_state_label(maker->shown->chain));
	sheet_fact(sheet, _("Hash of the one before"),
		   handover->chain != NULL ? handover->chain : _("none: this is the first"));
	sheet_fact(sheet, _("Hash"), handover->hash);
}

void handover_paper(const struct rules *rules, const struct client_handover *shown, int64_t now,
		    struct sheet *ret_sheet)
{
	const struct maker maker = { rules, shown->handover, shown, ret_sheet };
	struct str title = STR_INIT;

	str_addf(&title, "%s %s", paper_org(rules, shown->handover->org), _("Handover"));
	sheet_init(ret_sheet, str_get(&title));
	str_release(&title);
	sheet_note(ret_sheet, arena_printf(&ret_sheet->arena, _("printed %s"),
					   paper_moment(ret_sheet, rules, now)));
	put_head(&maker);
	put_items(&maker);
	put_tallies(&maker);
	put_equipment(&maker);
	put_signatures(&maker);
	put_chain(&maker);
}

enum err handover_paper_of(struct client *client, const struct uuid *id, struct sheet *ret_sheet,
			   struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct client_handover shown;
	enum err code = client_handover_get(client, id, &arena, &shown, err);

	if (code == ERR_OK)
		handover_paper(client_rules(client), &shown, client_now(client), ret_sheet);
	arena_release(&arena);
	return code;
}
