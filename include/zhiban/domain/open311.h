/* What a jurisdiction offers by Open311 (GeoReport v2), and what of an incident leaves by it.
 *
 * A service is a category of the profile.  Personal fields never leave; what else does, the profile
 * says. */
#ifndef ZHIBAN_DOMAIN_OPEN311_H
#define ZHIBAN_DOMAIN_OPEN311_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct incident;
struct rules;

enum open311_type { /* the standard's word for how a service answers */
	OPEN311_REALTIME, /* the id at once */
	OPEN311_BATCH,	  /* a token, which gives the id */
	OPEN311_BLACKBOX, /* neither; its requests are not shown */
	OPEN311_TYPES
};
enum open311_datatype {
	OPEN311_STRING, OPEN311_NUMBER, OPEN311_DATETIME, OPEN311_TEXT, OPEN311_SINGLE,
	OPEN311_MULTI, OPEN311_DATATYPES
};
enum open311_address { OPEN311_NOWHERE, OPEN311_AREA /* street and community */, OPEN311_FULL };

struct open311_value {
	const char *key, *name;
};
struct open311_attribute {
	const char *code, *description;
	const char *hint; /* datatype_description; or NULL */
	enum open311_datatype datatype;
	bool variable; /* false: only words to be read */
	bool required;
	const struct open311_value *values; /* of the lists */
	size_t n_values;
};
struct open311_service {
	const char *code, *name; /* the category's code and label */
	const char *description, *group, *keywords; /* keywords: "a, b"; NULL: none */
	const char *notice; /* service_notice: what will be done; or NULL */
	enum open311_type type;
	const struct open311_attribute *attributes;
	size_t n_attributes;
};
struct open311 {
	const char *jurisdiction; /* jurisdiction_id; NULL: any will do */
	const char *contact, *key_service; /* or NULL */
	const char *endpoint;	  /* its address; NULL: that it was asked at */
	const char *const *show; /* sources whose cases everybody may see; NULL-terminated */
	const char *expected;	 /* the clock by which a case is expected to be done; or NULL */
	bool text, position, notes, agency; /* whether these leave */
	enum open311_address address;
	int rate; /* requests a minute of an address without a key */
	const struct open311_service *services;
	size_t n_services;
};

extern const char *const open311_type_words[OPEN311_TYPES];
extern const char *const open311_datatype_words[OPEN311_DATATYPES];

/* open311 may be NULL: nothing is offered. */
const struct open311_service *open311_service(const struct open311 *open311, const char *code);
const struct open311_attribute *open311_attribute(const struct open311_service *service,
						  const char *code);

struct open311_request { /* what leaves of an incident; NULL and 0: not said */
	const char *id;	    /* the incident's number */
	bool open;
	const char *notes, *description, *agency, *address;
	const struct open311_service *service;
	int64_t requested, updated, expected; /* ms UTC */
	bool has_position;
	int64_t lat, lon; /* millionths of a degree */
};

/* Whether it is shown: of an offered service that is no black box, under no restriction, and either
 * of a source that everybody may see or of that of the system that asks (NULL: nobody in
 * particular). */
bool open311_shows(const struct rules *rules, const struct incident *incident, const char *source);
/* Only for incidents that are shown.  Texts are borrowed, or in the arena. */
void open311_view(const struct rules *rules, const struct incident *incident, struct arena *arena,
		  struct open311_request *ret_request);

#endif
