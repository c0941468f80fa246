/* What a fuzz target is: one function that takes any bytes and must neither crash nor break a
 * CHECK.  See local.mk for how to add one. */
#ifndef ZHIBAN_TESTS_FUZZ_H
#define ZHIBAN_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CHECK(condition)                                                                       \
	do {                                                                                   \
		if (!(condition)) {                                                            \
			fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #condition);   \
			abort();                                                               \
		}                                                                              \
	} while (0)

#endif
