#include <config.h>

#include "ical_lib_priv.h"

#include "zhiban/base/mem.h"

enum err ical_lib_open(struct arena *arena, const struct ical_lib **ret_lib, struct error *err)
{
	static const char *const names[] = { CALLS(LATE_NAME) };
	static const struct late_library library = { ICAL_SONAME, "libical3", names,
						     ARRAY_LEN(names) };
	struct ical_lib *lib = arena_alloc(arena, sizeof *lib);
	enum err code = late_load(&library, lib, err);

	if (code == ERR_OK)
		*ret_lib = lib;
	return code;
}
