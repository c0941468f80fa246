/* A search of what the server has beyond what is kept here: asked once, told, and forgotten. */
#include <config.h>

#include "zhiban/base/i18n.h"

#include "once_priv.h"
#include "sync_priv.h"

bool search_want(struct sync *sync, const char *path)
{
	if (sync->search.wanted) {
		sync->ops->found(sync->ctx, ERR_BUSY, _("the server is being asked already"), NULL, 0);
		return false;
	}
	if (sync->token[0] == '\0') {
		sync->ops->found(sync->ctx, ERR_AUTH, _("nobody is logged in"), NULL, 0);
		return false;
	}
	sync->search.wanted = str_copy(sync->search.path, sizeof sync->search.path, path);
	if (!sync->search.wanted)
		sync->ops->found(sync->ctx, ERR_INPUT, _(err_sentence(ERR_INPUT)), NULL, 0);
	return sync->search.wanted;
}

void search_cancel(struct sync *sync)
{
	if (sync->search.wanted)
		search_told(sync, ERR_OFFLINE, _("it was broken off"), NULL);
}

void search_told(struct sync *sync, enum err code, const char *text,
		 const struct sync_response *response)
{
	sync->search.wanted = false;
	sync->ops->found(sync->ctx, code, text, response != NULL ? response->body : NULL,
			 response != NULL ? response->len : 0);
}
