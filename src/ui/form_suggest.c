/* Proposals under a line of a form. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "form_priv.h"
#include "zhiban/base/mem.h"

void form_proposals_clear(struct form *form)
{
	for (size_t i = 0; i < form->n_proposals; i++) {
		free(form->proposals[i].label);
		free(form->proposals[i].help);
	}
	form->n_proposals = form->at = 0;
}

static bool stand_already(const struct form *form, const char *name,
			  const struct form_choice *items, size_t n)
{
	if (n == 0 || n != form->n_proposals ||
	    strcmp(form->fields[form->proposed_for].name, name) != 0)
		return false;
	for (size_t i = 0; i < n; i++) {
		const char *label = items[i].label != NULL ? items[i].label : items[i].value;

		if (strcmp(form->proposals[i].label, label) != 0)
			return false;
	}
	return true;
}

/* The same again leaves the cursor where it is among them. */
void form_suggest(struct form *form, const char *name, const struct form_choice *items, size_t n)
{
	if (n > FORM_PROPOSALS)
		n = FORM_PROPOSALS;
	if (stand_already(form, name, items, n))
		return;
	form_proposals_clear(form);
	for (size_t i = 0; i < form->n; i++)
		if (strcmp(form->fields[i].name, name) == 0)
			form->proposed_for = i;
	for (size_t i = 0; i < n; i++) {
		const char *label = items[i].label != NULL ? items[i].label : items[i].value;

		form->proposals[i] = (struct form_proposal){
			mem_strdup(label), mem_strdup(items[i].help != NULL ? items[i].help : "")
		};
		form->n_proposals++;
	}
}

size_t form_taken(const struct form *form)
{
	return form->taken;
}

bool form_proposes(const struct form *form)
{
	return form->n_proposals > 0 && form->proposed_for == form->focus;
}

/* Down from the line goes in; what no proposal wants is the form's. */
enum form_result form_proposal_key(struct form *form, struct key key)
{
	if (key_eq(key, (struct key){ UIKEY_DOWN, 0 })) {
		if (form->at == form->n_proposals)
			return FORM_IGNORED;
		form->at++;
		return FORM_MORE;
	}
	if (form->at == 0)
		return FORM_IGNORED;
	if (key_eq(key, (struct key){ UIKEY_UP, 0 })) {
		form->at--;
		return FORM_MORE;
	}
	if (key_eq(key, (struct key){ UIKEY_ENTER, 0 })) {
		form->taken = form->at - 1;
		form->at = 0;
		return FORM_TOOK;
	}
	form->at = 0; /* back in the line, where the key means what it always does */
	return key.code == UIKEY_ESC ? FORM_MORE : FORM_IGNORED;
}
