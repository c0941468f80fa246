/* The what-if beside the form of a whistle. */
#ifndef ZHIBAN_VIEWS_ACT_PLAN_H
#define ZHIBAN_VIEWS_ACT_PLAN_H

#include "act_form_priv.h"
#include "zhiban/model/plan.h"

/* ---- act_blow.c ---- */
/* Fills the report-in time in as the class has it, and says its bounds. */
void act_blow_report_by(struct act_form *view, const struct whistle_plan *plan);
/* A field that stands as the class has filled it in: nobody stated it, so it is not sent. */
bool act_blow_is_filled(const struct act_form *view, const char *name);
void act_blow_trim(const struct act_form *view, struct given *given, size_t *n);

#endif
