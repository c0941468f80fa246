/* Open311, GeoReport v2, under /open311/v2/ (open311.c, open311_read.c, open311_post.c). */
#ifndef ZHIBAN_SERVER_OPEN311_PRIV_H
#define ZHIBAN_SERVER_OPEN311_PRIV_H

#include "service_priv.h"
#include "zhiban/wire/open311.h"

struct open311_path { /* "requests/20261122-0001.json" */
	const char *resource, *item; /* item NULL: none */
	enum open311_format format;
};
/* Of the request's path; false: it has none of the two endings.  Texts in the call's arena. */
bool open311_path(struct call *call, struct open311_path *ret_path);
/* The type of the reply. */
void open311_type(struct call *call, enum open311_format format);
enum err open311_offered(const struct call *call, struct error *err) MUST_CHECK;
/* ERR_NOT_FOUND unless the name is that of this jurisdiction; NULL is not asked for. */
enum err open311_check_jurisdiction(const struct open311 *open311, const char *name,
				    struct error *err) MUST_CHECK;

/* open311_read.c */
enum err open311_requests(struct call *call, const struct open311_path *path,
			  struct error *err) MUST_CHECK;
enum err open311_token(struct call *call, const struct open311_path *path,
		       struct error *err) MUST_CHECK;

#endif
