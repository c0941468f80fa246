#include <config.h>

#include "zhiban/wire/open311.h"

#include <stdio.h>
#include <string.h>

#include "json_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/wire/xml_out.h"

static const char specification[] = "http://wiki.open311.org/GeoReport_v2";

/* --- one writer for both forms ---------------------------------------------------------------- */

struct doc {
	struct str *out;
	bool json;
};

static struct doc doc_of(struct str *out, enum open311_format format)
{
	return (struct doc){ out, format == OPEN311_JSON };
}

/* JSON: a comma where something stands before. */
static void separate(const struct doc *doc)
{
	char last = doc->out->len > 0 ? doc->out->s[doc->out->len - 1] : '[';

	if (last != '[' && last != '{')
		str_add_char(doc->out, ',');
}

static void put_key(const struct doc *doc, const char *key)
{
	separate(doc);
	str_addf(doc->out, "\"%s\":", key);
}

static void begin_root(const struct doc *doc, const char *name, char bracket)
{
	if (doc->json) {
		str_add_char(doc->out, bracket);
		return;
	}
	xml_begin(doc->out);
	xml_open(doc->out, name);
}

static void begin_item(const struct doc *doc, const char *name)
{
	if (!doc->json) {
		xml_open(doc->out, name);
		return;
	}
	separate(doc);
	str_add_char(doc->out, '{');
}

static void begin_list(const struct doc *doc, const char *name)
{
	if (!doc->json) {
		xml_open(doc->out, name);
		return;
	}
	put_key(doc, name);
	str_add_char(doc->out, '[');
}

static void end(const struct doc *doc, const char *name, char bracket)
{
	if (doc->json)
		str_add_char(doc->out, bracket);
	else
		xml_close(doc->out, name);
}

static void put_text(const struct doc *doc, const char *name, const char *text)
{
	if (!doc->json) {
		xml_element(doc->out, name, text);
		return;
	}
	put_key(doc, name);
	if (text == NULL)
		str_add(doc->out, "null");
	else
		json_put_text(doc->out, text);
}

/* A number or a truth value, the same in both forms; NULL: not said. */
static void put_plain(const struct doc *doc, const char *name, const char *word)
{
	if (!doc->json) {
		xml_element(doc->out, name, word);
		return;
	}
	put_key(doc, name);
	str_add(doc->out, word != NULL ? word : "null");
}

static void put_bool(const struct doc *doc, const char *name, bool value)
{
	put_plain(doc, name, value ? "true" : "false");
}

static void put_number(const struct doc *doc, const char *name, long long number)
{
	char word[24];

	snprintf(word, sizeof word, "%lld", number);
	put_plain(doc, name, word);
}

static void put_degrees(const struct doc *doc, const char *name, bool there, int64_t micro)
{
	char word[40];
	long long size = micro < 0 ? -(long long)micro : (long long)micro;

	snprintf(word, sizeof word, "%s%lld.%06lld", micro < 0 ? "-" : "", size / 1000000,
		 size % 1000000);
	put_plain(doc, name, there ? word : NULL);
}

/* W3C date and time, to the second. */
static void put_time(const struct doc *doc, const char *name, int64_t ms, int offset_min)
{
	char word[CIVIL_TEXT];

	civil_iso(ms - ms % 1000, offset_min, word);
	put_text(doc, name, ms != 0 ? word : NULL);
}

/* --- discovery and services ------------------------------------------------------------------- */

static void put_formats(const struct doc *doc)
{
	begin_list(doc, "formats");
	if (doc->json) {
		str_add(doc->out, "\"text/xml\",\"application/json\"");
	} else {
		xml_element(doc->out, "format", "text/xml");
		xml_element(doc->out, "format", "application/json");
	}
	end(doc, "formats", ']');
}

void open311_put_discovery(struct str *out, enum open311_format format,
			   const struct open311_discovery *discovery)
{
	struct doc doc = doc_of(out, format);

	begin_root(&doc, "discovery", '{');
	put_time(&doc, "changeset", discovery->changed, discovery->offset_min);
	put_text(&doc, "contact", discovery->contact);
	put_text(&doc, "key_service", discovery->key_service);
	begin_list(&doc, "endpoints");
	begin_item(&doc, "endpoint");
	put_text(&doc, "specification", specification);
	put_text(&doc, "url", discovery->url);
	put_time(&doc, "changeset", discovery->changed, discovery->offset_min);
	put_text(&doc, "type", "production");
	put_formats(&doc);
	end(&doc, "endpoint", '}');
	end(&doc, "endpoints", ']');
	end(&doc, "discovery", '}');
}

void open311_put_services(struct str *out, enum open311_format format,
			  const struct open311 *open311)
{
	struct doc doc = doc_of(out, format);

	begin_root(&doc, "services", '[');
	for (size_t i = 0; i < open311->n_services; i++) {
		const struct open311_service *service = &open311->services[i];

		begin_item(&doc, "service");
		put_text(&doc, "service_code", service->code);
		put_text(&doc, "service_name", service->name);
		put_text(&doc, "description", service->description);
		put_bool(&doc, "metadata", service->n_attributes > 0);
		put_text(&doc, "type", open311_type_words[service->type]);
		put_text(&doc, "keywords", service->keywords);
		put_text(&doc, "group", service->group);
		end(&doc, "service", '}');
	}
	end(&doc, "services", ']');
}

static void put_attribute(const struct doc *doc, const struct open311_attribute *attribute,
			  size_t order)
{
	begin_item(doc, "attribute");
	put_bool(doc, "variable", attribute->variable);
	put_text(doc, "code", attribute->code);
	put_text(doc, "datatype", open311_datatype_words[attribute->datatype]);
	put_bool(doc, "required", attribute->required);
	put_text(doc, "datatype_description", attribute->hint);
	put_number(doc, "order", (long long)order);
	put_text(doc, "description", attribute->description);
	begin_list(doc, "values");
	for (size_t i = 0; i < attribute->n_values; i++) {
		begin_item(doc, "value");
		put_text(doc, "key", attribute->values[i].key);
		put_text(doc, "name", attribute->values[i].name);
		end(doc, "value", '}');
	}
	end(doc, "values", ']');
	end(doc, "attribute", '}');
}

void open311_put_definition(struct str *out, enum open311_format format,
			    const struct open311_service *service)
{
	struct doc doc = doc_of(out, format);

	begin_root(&doc, "service_definition", '{');
	put_text(&doc, "service_code", service->code);
	begin_list(&doc, "attributes");
	for (size_t i = 0; i < service->n_attributes; i++)
		put_attribute(&doc, &service->attributes[i], i + 1);
	end(&doc, "attributes", ']');
	end(&doc, "service_definition", '}');
}

/* --- requests --------------------------------------------------------------------------------- */

void open311_requests_begin(struct str *out, enum open311_format format)
{
	struct doc doc = doc_of(out, format);

	begin_root(&doc, "service_requests", '[');
}

void open311_requests_end(struct str *out, enum open311_format format)
{
	struct doc doc = doc_of(out, format);

	end(&doc, "service_requests", ']');
}

void open311_put_request(struct str *out, enum open311_format format,
			 const struct open311_request *request, int offset_min)
{
	struct doc doc = doc_of(out, format);

	begin_item(&doc, "request");
	put_text(&doc, "service_request_id", request->id);
	put_text(&doc, "status", request->open ? "open" : "closed");
	put_text(&doc, "status_notes", request->notes);
	put_text(&doc, "service_name", request->service->name);
	put_text(&doc, "service_code", request->service->code);
	put_text(&doc, "description", request->description);
	put_text(&doc, "agency_responsible", request->agency);
	put_text(&doc, "service_notice", request->service->notice);
	put_time(&doc, "requested_datetime", request->requested, offset_min);
	put_time(&doc, "updated_datetime", request->updated, offset_min);
	put_time(&doc, "expected_datetime", request->expected, offset_min);
	put_text(&doc, "address", request->address);
	put_text(&doc, "address_id", NULL);
	put_text(&doc, "zipcode", NULL);
	put_degrees(&doc, "lat", request->has_position, request->lat);
	put_degrees(&doc, "long", request->has_position, request->lon);
	put_text(&doc, "media_url", NULL);
	end(&doc, "request", '}');
}

void open311_put_receipt(struct str *out, enum open311_format format,
			 const struct open311_receipt *receipt)
{
	struct doc doc = doc_of(out, format);

	begin_root(&doc, "service_requests", '[');
	begin_item(&doc, "request");
	if (receipt->id != NULL)
		put_text(&doc, "service_request_id", receipt->id);
	if (receipt->token != NULL)
		put_text(&doc, "token", receipt->token);
	put_text(&doc, "service_notice", receipt->notice);
	put_text(&doc, "account_id", NULL);
	end(&doc, "request", '}');
	end(&doc, "service_requests", ']');
}

void open311_put_token(struct str *out, enum open311_format format, const char *id,
		       const char *token)
{
	struct doc doc = doc_of(out, format);

	begin_root(&doc, "service_requests", '[');
	begin_item(&doc, "request");
	put_text(&doc, "service_request_id", id);
	put_text(&doc, "token", token);
	end(&doc, "request", '}');
	end(&doc, "service_requests", ']');
}

/* --- errors ----------------------------------------------------------------------------------- */

void open311_errors_begin(struct str *out, enum open311_format format)
{
	struct doc doc = doc_of(out, format);

	begin_root(&doc, "errors", '[');
}

void open311_put_error(struct str *out, enum open311_format format, int code,
		       const char *description)
{
	struct doc doc = doc_of(out, format);

	begin_item(&doc, "error");
	put_number(&doc, "code", code);
	put_text(&doc, "description", description);
	end(&doc, "error", '}');
}

void open311_errors_end(struct str *out, enum open311_format format)
{
	struct doc doc = doc_of(out, format);

	end(&doc, "errors", ']');
}
