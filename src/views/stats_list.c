/* The whistles, or the departments' shares in them, that a number counts: one opens with Enter. */
#include <config.h>

#include <string.h>

#include "choose_priv.h"
#include "stats_priv.h"
#include "whistle_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/text.h"
#include "zhiban/domain/summons.h"
#include "zhiban/model/whistle_paper.h"

struct stats_behind {
	struct choose choose; /* the first: see choose_priv.h */
	struct uuid *ids;
};

static const char *clean(struct arena *arena, const char *text)
{
	struct str out = STR_INIT;
	const char *copy;

	if (text)
		text_clean(&out, text, strlen(text), false);
	copy = arena_strdup(arena, str_get(&out));
	str_release(&out);
	return copy;
}

/* Its line: "22-W003  市监局 已报到  title". */
static void offer(struct stats_behind *behind, const struct figures_item *of,
		  struct picker_item *item)
{
	const struct rules *rules = client_rules(behind->choose.app->client);
	struct arena *arena = &behind->choose.arena;
	const struct whistle *whistle = of->whistle;
	char number[24];

	item->keys = arena_strdup(arena, whistle_short_number(whistle, number));
	item->label =
		of->share ? arena_printf(arena, "%s %s", paper_brief(rules, of->share->org),
					 share_state_label(share_state(of->share)))
			  : arena_printf(arena, "%s %s", paper_brief(rules, whistle->origin),
					 summons_step_label(rules, whistle_summons(rules, whistle),
							    whistle->step));
	item->help = clean(arena, whistle->title);
}

static unsigned chosen(void *state, size_t at)
{
	struct stats_behind *behind = state;

	return ui_open(behind->choose.app->ui, &whistle_view, &behind->ids[at],
		       sizeof behind->ids[at]);
}

static const char *heading(struct stats_behind *behind, const struct stats_what *what, size_t n)
{
	const struct rules *rules = client_rules(behind->choose.app->client);
	struct arena *arena = &behind->choose.arena;

	return arena_printf(arena, "%s%s%s  %s  %zu",
			    what->org ? paper_brief(rules, what->org) : _("All"), "  ",
			    stat_title(what->stat), figures_window(rules, what->window, arena), n);
}

static enum err open_view(struct ui *ui, const void *arg, void **ret_state, struct error *err)
{
	const struct stats_what *what = arg;
	struct stats_behind *behind = choose_new(ui, sizeof *behind, chosen);
	struct arena *arena = &behind->choose.arena;
	struct figures_item *found = NULL;
	struct picker_item *items;
	size_t n = 0;
	enum err code =
		figures_list(behind->choose.app->client, what, arena, &found, &n, err);

	if (code == ERR_OK && n == 0)
		code = error_set(err, ERR_NOT_FOUND, "%s", _("there is none"));
	if (code != ERR_OK) {
		choose_close(behind);
		return code;
	}
	items = arena_array(arena, n, sizeof *items);
	behind->ids = arena_array(arena, n, sizeof *behind->ids);
	for (size_t i = 0; i < n; i++) {
		behind->ids[i] = found[i].whistle->head.id;
		offer(behind, &found[i], &items[i]);
	}
	behind->choose.picker = picker_new(heading(behind, what, n), items, n, 0);
	*ret_state = behind;
	return ERR_OK;
}

const struct view_ops stats_list_view = {
	.name = "whistlestats.list",
	.overlay = true,
	.open = open_view,
	.close = choose_close,
	.place = choose_place,
	.draw = choose_draw,
	.key = choose_key,
};
