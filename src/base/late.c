#include <config.h>

#include "zhiban/base/late.h"

#include <dlfcn.h>
#include <string.h>

#include "zhiban/base/i18n.h"

static enum err lacks(const struct late_library *library, struct error *err)
{
	const char *why = dlerror(); /* this thread's */

	return error_set(err, ERR_IO, _("%s cannot be loaded: install the package %s (%s)"),
			 library->soname, library->package, why != NULL ? why : "");
}

enum err late_load(const struct late_library *library, void *ret_calls, struct error *err)
{
	void *loaded = dlopen(library->soname, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	char *calls = ret_calls;

	if (loaded == NULL)
		return lacks(library, err);
	for (size_t i = 0; i < library->n; i++)
		if (dlsym(loaded, library->names[i]) == NULL)
			return lacks(library, err);
	for (size_t i = 0; i < library->n; i++) {
		void *call = dlsym(loaded, library->names[i]);

		memcpy(calls + i * sizeof call, &call, sizeof call);
	}
	return ERR_OK;
}
