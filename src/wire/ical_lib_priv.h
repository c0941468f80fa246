/* Inside wire/: what is called of libical.  It brings ICU, 4 MB that few runs need, so it is loaded
 * with the first calendar that is read (base/late.h). */
#ifndef WIRE_ICAL_LIB_PRIV_H
#define WIRE_ICAL_LIB_PRIV_H

#include <libical/ical.h>

#include "ical_priv.h"
#include "zhiban/base/late.h"

#define CALLS(CALL) \
	CALL(icalerror_clear_errno) CALL(icalerror_set_errors_are_fatal) CALL(icalmemory_free_buffer) \
	CALL(icalperiodtype_is_null_period) CALL(icalproperty_free) \
	CALL(icalproperty_get_parameter_as_string_r) CALL(icalproperty_get_value) \
	CALL(icalproperty_new_from_string) CALL(icalrecur_iterator_free) CALL(icalrecur_iterator_new) \
	CALL(icalrecur_iterator_next) CALL(icalrecur_iterator_set_start) \
	CALL(icalrecurrencetype_from_string) CALL(icaltime_compare) CALL(icaltime_is_null_time) \
	CALL(icaltime_is_utc) CALL(icaltimezone_get_builtin_timezone) \
	CALL(icaltimezone_get_utc_offset) CALL(icalvalue_get_date) CALL(icalvalue_get_datetime) \
	CALL(icalvalue_get_datetimedate) CALL(icalvalue_get_datetimeperiod) \
	CALL(icalvalue_get_duration) CALL(icalvalue_get_period) CALL(icalvalue_get_utcoffset) \
	CALL(icalvalue_isa)
struct ical_lib {
	CALLS(LATE_CALL)
};

#endif
