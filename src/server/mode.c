/* The mode in force (peacetime, emergency), for every decision of the writer. */
#include <config.h>

#include "admit_priv.h"
#include "service_priv.h"

#include "zhiban/base/i18n.h"

static enum err read_mode(struct writer *writer, struct arena *arena, struct error *err)
{
	const struct uuid id = uuid_named("mode");
	struct target_state target;
	const struct mode *mode;
	enum err code = target_load(writer, &id, arena, &target, err);

	if (code != ERR_OK)
		return code;
	mode = target.entity;
	if (!str_copy(writer->mode, sizeof writer->mode,
		      mode != NULL && mode->mode != NULL ? mode->mode : ""))
		return error_set(err, ERR_CORRUPT, "%s", _(err_sentence(ERR_CORRUPT)));
	writer->mode_known = true;
	return ERR_OK;
}

enum err mode_in_force(struct writer *writer, const char **ret_mode, struct error *err)
{
	enum err code = ERR_OK;

	if (!writer->mode_known) {
		struct arena arena = ARENA_INIT;

		code = read_mode(writer, &arena, err);
		arena_release(&arena);
	}
	if (code == ERR_OK)
		*ret_mode = writer->mode[0] != '\0' ? writer->mode : NULL;
	return code;
}
