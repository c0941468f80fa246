/* Libraries that are loaded when they are first needed.
 *
 * Most runs need neither calendars of others nor the solver; linked, these and what they bring would
 * be mapped and relocated at every start, on every console.  The one file that knows such a library
 * lists what it calls of it, and what it calls has the types of the library's own header:
 *
 *	#define CALLS(CALL) CALL(glp_create_prob) CALL(glp_delete_prob)
 *	struct glpk {
 *		CALLS(LATE_CALL)
 *	};
 *	static const char *const names[] = { CALLS(LATE_NAME) };
 *
 * Its soname is configure's, of the library whose header was compiled (GLPK_SONAME). */
#ifndef ZHIBAN_BASE_LATE_H
#define ZHIBAN_BASE_LATE_H

#include <stddef.h>

#include "zhiban/base/error.h"

#define LATE_CALL(name) __typeof__(name) *name;
#define LATE_NAME(name) #name,

struct late_library {
	const char *soname;  /* "libglpk.so.40" */
	const char *package; /* of Debian, that has it */
	const char *const *names;
	size_t n;
};
/* Fills a struct of n pointers to functions, in the order of the names.  The library stays to the end
 * of the program, so the pointers do, too; to load it again costs microseconds.  Any thread.
 * ERR_IO: it is not installed, or another than this program was made with. */
enum err late_load(const struct late_library *library, void *ret_calls, struct error *err) MUST_CHECK;

#endif
