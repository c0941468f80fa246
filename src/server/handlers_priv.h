/* The handlers of the table of routes (route.c), one file a resource.  Included by service_priv.h. */
#ifndef ZHIBAN_SERVER_HANDLERS_PRIV_H
#define ZHIBAN_SERVER_HANDLERS_PRIV_H

#include "zhiban/base/error.h"

struct call;

typedef enum err (*handler_fn)(struct call *call, struct error *err);
enum err enroll_post(struct call *call, struct error *err);
enum err session_post(struct call *call, struct error *err);
enum err session_get(struct call *call, struct error *err);
enum err session_delete(struct call *call, struct error *err);
enum err pin_post(struct call *call, struct error *err);
enum err console_post(struct call *call, struct error *err);
enum err snapshot_get(struct call *call, struct error *err);
enum err feed_get(struct call *call, struct error *err);
enum err acts_post(struct call *call, struct error *err);
enum err entities_get(struct call *call, struct error *err);
enum err timeline_get(struct call *call, struct error *err);
enum err digest_get(struct call *call, struct error *err);
enum err search_get(struct call *call, struct error *err);
enum err marks_put(struct call *call, struct error *err);
enum err marks_get(struct call *call, struct error *err);
enum err profile_get(struct call *call, struct error *err);
enum err calendar_get(struct call *call, struct error *err);
enum err places_get(struct call *call, struct error *err);
enum err reveal_post(struct call *call, struct error *err);
enum err callers_post(struct call *call, struct error *err);
enum err arrival_post(struct call *call, struct error *err);
enum err log_post(struct call *call, struct error *err);
enum err ical_post(struct call *call, struct error *err);
enum err ical_get(struct call *call, struct error *err);
enum err admin_erase_post(struct call *call, struct error *err);
enum err admin_purge_post(struct call *call, struct error *err);
enum err health_get(struct call *call, struct error *err);
enum err ready_get(struct call *call, struct error *err);
enum err metrics_get(struct call *call, struct error *err);
enum err admin_status_get(struct call *call, struct error *err);
enum err admin_stand_get(struct call *call, struct error *err);
enum err admin_export_get(struct call *call, struct error *err);
enum err admin_code_post(struct call *call, struct error *err);
enum err admin_codes_get(struct call *call, struct error *err);
enum err admin_codes_delete(struct call *call, struct error *err);
enum err admin_sessions_get(struct call *call, struct error *err);
enum err admin_sessions_delete(struct call *call, struct error *err);
enum err admin_consoles_get(struct call *call, struct error *err);
enum err admin_consoles_delete(struct call *call, struct error *err);
enum err admin_audit_get(struct call *call, struct error *err);
enum err manage_backup_post(struct call *call, struct error *err);
enum err admin_officers_get(struct call *call, struct error *err);
enum err admin_accounts_get(struct call *call, struct error *err);
enum err admin_officers_post(struct call *call, struct error *err);
enum err admin_adopt_post(struct call *call, struct error *err);
enum err admin_calendar_post(struct call *call, struct error *err);
enum err admin_places_post(struct call *call, struct error *err);
enum err cap_post(struct call *call, struct error *err);
enum err admin_cap_post(struct call *call, struct error *err);
enum err admin_acts_post(struct call *call, struct error *err);
enum err open311_get(struct call *call, struct error *err);
enum err open311_post(struct call *call, struct error *err);
/* An error as Open311 says it; the reply has its status.  Lines are errors of their own. */
void open311_refuse(struct call *call, enum err code, const char *sentence);
enum err intake_post(struct call *call, struct error *err);
enum err admin_systems_get(struct call *call, struct error *err);
enum err admin_systems_post(struct call *call, struct error *err);
enum err admin_backup_post(struct call *call, struct error *err);

#endif
