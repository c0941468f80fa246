#include <config.h>

#include "must.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "zhiban/base/civil.h"

void must_do(struct fixture *fx, struct incident **incident, const char *verb, const char *actor,
	     const char *args)
{
	struct error err = ERROR_INIT;

	fx->now += MINUTE_MS;
	if (fixture_do(fx, incident, verb, actor, args, &err) != ERR_OK)
		fail_msg("%s %s: %s", verb, args, err.text);
}

void must_refuse(struct fixture *fx, struct incident **incident, const char *verb,
		 const char *actor, const char *args, enum err code, const char *words)
{
	struct error err = ERROR_INIT;
	enum err got = fixture_do(fx, incident, verb, actor, args, &err);

	if (got != code || strstr(err.text, words) == NULL)
		fail_msg("%s %s: %d %s", verb, args, got, got == ERR_OK ? "was done" : err.text);
}

size_t clocks_running(const struct incident *incident, const char *kind)
{
	size_t n = 0;

	for (size_t i = 0; i < incident->clocks.n; i++)
		n += strcmp(incident_clock(incident, i)->kind, kind) == 0 &&
		     incident_clock(incident, i)->stopped_at == 0;
	return n;
}
