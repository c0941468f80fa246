/* Forms that a profile fills in beforehand. */
#ifndef ZHIBAN_DOMAIN_TEMPLATE_H
#define ZHIBAN_DOMAIN_TEMPLATE_H

#include "zhiban/domain/act.h"

struct template_value {
	const char *field, *value; /* as a form has it: a code, a number of the list, words */
};
struct template { /* a form of an act, filled in beforehand; "__" in words is a blank */
	const char *code, *label;
	const char *ask; /* what the caller is to be asked; NULL */
	const struct act_desc *act;
	const struct template_value *values;
	size_t n_values;
};

#endif
