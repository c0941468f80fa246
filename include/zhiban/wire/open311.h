/* The documents of Open311 (GeoReport v2 and its service discovery), as XML or JSON.  Elements and
 * members have the same names and order in both; what is not said is an empty element, or null. */
#ifndef ZHIBAN_WIRE_OPEN311_H
#define ZHIBAN_WIRE_OPEN311_H

#include "zhiban/base/str.h"
#include "zhiban/domain/open311.h"

enum open311_format { OPEN311_XML, OPEN311_JSON };

struct open311_discovery {
	const char *contact, *key_service; /* or NULL */
	const char *url;		   /* of the endpoint, "https://…/open311/v2" */
	int64_t changed;		   /* ms UTC */
	int offset_min;
};
void open311_put_discovery(struct str *out, enum open311_format format,
			   const struct open311_discovery *discovery);
void open311_put_services(struct str *out, enum open311_format format,
			  const struct open311 *open311);
void open311_put_definition(struct str *out, enum open311_format format,
			    const struct open311_service *service);

/* Lists of requests: begin, any number of requests, end. */
void open311_requests_begin(struct str *out, enum open311_format format);
void open311_put_request(struct str *out, enum open311_format format,
			 const struct open311_request *request, int offset_min);
void open311_requests_end(struct str *out, enum open311_format format);

struct open311_receipt { /* of a request that was made; NULL: not said */
	const char *id, *token, *notice;
};
void open311_put_receipt(struct str *out, enum open311_format format,
			 const struct open311_receipt *receipt);
void open311_put_token(struct str *out, enum open311_format format, const char *id,
		       const char *token);

void open311_errors_begin(struct str *out, enum open311_format format);
void open311_put_error(struct str *out, enum open311_format format, int code,
		       const char *description);
void open311_errors_end(struct str *out, enum open311_format format);

#endif
