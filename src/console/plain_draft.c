/* What was given to an act and not sent: kept at each answer, gone on with by the same act or from the
 * list. */
#include <config.h>

#include "plain_ask.h"
#include "plain_pick_priv.h"

#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/subject.h"

static struct drafts *drafts_of(struct plain *plain)
{
	const struct actor *actor = client_actor(plain->client);

	if (!plain->drafts && actor && !client_read_only(plain->client))
		plain->drafts = drafts_new(plain->client, actor->officer);
	return plain->drafts;
}

static bool is_creating(const struct act_desc *act)
{
	return act->conflict == CONFLICT_CREATES;
}

static void when_words(struct plain *plain, const struct draft *draft, char text[CIVIL_TEXT])
{
	civil_format(draft->at, client_rules(plain->client)->offset_min, "m-d H:M", text, CIVIL_TEXT);
}

/* ---- of the act that is asked for ---- */

void plain_draft_take(struct plain *plain, const struct draft *draft)
{
	struct plain_asking *asking = plain->asking;
	char when[CIVIL_TEXT];

	asking->draft = draft->id;
	when_words(plain, draft, when);
	plain_sayf(plain, _("as you left it at %s:"), when);
	for (size_t i = 0; i < draft->n; i++) {
		struct error err = ERROR_INIT;

		if (!*draft->values[i])
			continue;
		if (plain_take_field(plain, draft->names[i], draft->values[i], &err) == ERR_OK)
			plain_say_given(plain, draft->names[i]);
		else
			plain_say(plain, err.text);
	}
	asking->changed = false;
}

void plain_draft_find(struct plain *plain)
{
	struct plain_asking *asking = plain->asking;
	struct drafts *drafts = drafts_of(plain);
	const struct draft *draft;
	char when[CIVIL_TEXT];

	if (!drafts)
		return;
	drafts_refresh(drafts);
	draft = drafts_find(drafts, asking->act->verb,
			    is_creating(asking->act) ? &asking->draft : &asking->id);
	if (draft && !uuid_is_nil(&draft->id)) {
		plain_draft_take(plain, draft);
	} else if (is_creating(asking->act) &&
		   (draft = drafts_latest(drafts, asking->act->verb)) != NULL) {
		when_words(plain, draft, when);
		plain_sayf(plain,
			   _("a draft of %s is kept (%s): . leaves this, drafts goes on with it"),
			   when, draft_words(draft));
	}
}

bool plain_draft_keep(struct plain *plain)
{
	struct plain_asking *asking = plain->asking;
	struct drafts *drafts = drafts_of(plain);
	struct error err = ERROR_INIT;

	if (!drafts || asking->n_words == 0)
		return false;
	if (!asking->changed)
		return true;
	if (uuid_is_nil(&asking->draft))
		asking->draft = is_creating(asking->act) ? uuid_v7(client_env(plain->client))
							 : asking->id;
	if (drafts_put(drafts, asking->act->verb, &asking->draft, client_now(plain->client),
		       asking->names, asking->words, asking->n_words, &err) != ERR_OK)
		plain_say(plain, err.text);
	asking->changed = false;
	return true;
}

void plain_draft_drop(struct plain *plain)
{
	struct plain_asking *asking = plain->asking;

	if (plain->drafts && !uuid_is_nil(&asking->draft))
		drafts_drop(plain->drafts, asking->act->verb, &asking->draft);
}

/* ---- the list ---- */

struct kept {
	const struct act_desc *act;
	struct uuid id;
};

/* The act of a draft of something new begins without an incident. */
static void go_on(struct plain *plain, struct plain_pick *pick, size_t at)
{
	const struct kept *kept = &((const struct kept *)pick->own)[at];
	const struct draft *draft;

	if (!kept->act)
		return;
	if (!is_creating(kept->act)) {
		plain_ask_begin(plain, kept->act, &kept->id);
		return;
	}
	drafts_refresh(plain->drafts);
	draft = drafts_find(plain->drafts, kept->act->verb, &kept->id);
	if (draft)
		plain_ask_resume(plain, kept->act, draft);
}

static const char *line_of(struct plain *plain, const struct draft *draft,
			   const struct act_desc *act)
{
	struct subject subject;
	const char *on = "";
	char when[CIVIL_TEXT], mark[48];

	if (!is_creating(act) && subject_get(plain->client, act->target, &draft->id, &plain->arena,
					     &subject, NULL) == ERR_OK)
		on = subject_mark(plain->client, &subject, mark);
	when_words(plain, draft, when);
	return arena_printf(&plain->arena, "%s %s %s %s", when,
			    rules_act_label(client_rules(plain->client), act), on,
			    draft_words(draft));
}

static void list_all(struct plain *plain, const struct draft *const *list, size_t n)
{
	struct plain_pick *pick = plain_pick_new(plain, _("Drafts"), go_on);
	struct kept *kept = arena_array(&pick->arena, n + 1, sizeof *kept);

	pick->own = kept;
	pick->list = true;
	for (size_t i = 0; i < n && pick->n < PLAIN_PICKS; i++) {
		const struct act_desc *act = draft_act(plain->client, list[i]);

		kept[pick->n] = (struct kept){ act, list[i]->id };
		plain_pick_add(pick, act ? line_of(plain, list[i], act) : list[i]->verb);
	}
	plain_pick_say(plain);
	plain_say(plain, _("a number goes on with it; drafts drop NUMBER throws it away"));
}

/* drafts; drafts drop N */
void plain_drafts(struct plain *plain, const char *args)
{
	struct drafts *drafts = drafts_of(plain);
	const struct draft *list[DRAFTS_MAX];
	long long at;
	size_t n;

	if (!drafts) {
		plain_say(plain, _("nobody is logged in on this console"));
		return;
	}
	drafts_refresh(drafts);
	n = drafts_list(drafts, list);
	if (*args == '\0' && n == 0) {
		plain_say(plain, _("nothing was typed and left"));
	} else if (*args == '\0') {
		list_all(plain, list, n);
	} else if (!str_starts(args, "drop ") || !str_int(args + 5, 1, (long long)n, &at)) {
		plain_sayf(plain, _("there is no draft \"%s\""),
			   str_starts(args, "drop ") ? args + 5 : args);
	} else {
		drafts_drop(drafts, list[at - 1]->verb, &list[at - 1]->id);
		plain_say(plain, _("thrown away"));
	}
}
