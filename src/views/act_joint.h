/* Forms of acts on meetings, items, tasks and rooms. */
#ifndef ZHIBAN_VIEWS_ACT_JOINT_H
#define ZHIBAN_VIEWS_ACT_JOINT_H

#include "act_priv.h"

struct act_form;

/* Whether a form asks for it at all. */
bool act_joint_asks(const struct app *app, const struct act_desc *act, const struct field *field);
/* Gives a field the list that it is chosen from. */
void act_joint_shape(struct app *app, const struct act_desc *act, const struct act_arg *arg,
		     const struct subject *subject, struct arena *arena, struct form_field *field);
/* A correction: its form begins with what stands there. */
bool act_joint_corrects(const struct act_desc *act);
/* What stands in the target where its field has another name; NULL: it has not. */
const char *act_joint_present(const struct field *field, const struct subject *subject,
			      struct arena *arena);
/* What a form begins with; NULL: nothing. */
const char *act_joint_first(struct act_form *view, const struct field *field);

#endif
