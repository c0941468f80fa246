#include <config.h>

#include "zhiban/wire/cap.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "cap_priv.h"
#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/str.h"
#include "zhiban/wire/xml.h"

#define CAP_SPACE "urn:oasis:names:tc:emergency:cap:"
#define CAP_OLD_SPACE "http://www.incident.com/cap/"
#define AMP_SPACE "http://com.icss.amp"

struct decoding {
	int offset_min;
	struct arena *arena;
	bool amp;
	size_t n_codes;
};

static const char *const statuses[] = { "actual", "exercise", "system", "test", "draft", NULL };
static const char *const messages[] = { "alert", "update", "cancel", "ack", "error", NULL };
static const char *const scopes[] = { "public", "restricted", "private", NULL };

/* --- words ----------------------------------------------------------------------------------- */

static enum err wrong(const char *element, const char *text, struct error *err)
{
	return *text == '\0' ? error_set(err, ERR_INPUT, _("%s is missing"), element)
			     : error_set(err, ERR_INPUT, _("%s: \"%.60s\" is not a word of the "
							   "standard"), element, text);
}

static enum err take_word(const struct xml_node *root, const char *element,
			  const char *const *words, const char **ret_word, struct error *err)
{
	const char *text = xml_words(root, element);

	for (size_t i = 0; words[i] != NULL; i++)
		if (strcasecmp(words[i], text) == 0) {
			*ret_word = words[i];
			return ERR_OK;
		}
	return wrong(element, text, err);
}

static enum err take_time(const struct decoding *decoding, const struct xml_node *node,
			  const char *element, int64_t *ret_time, struct error *err)
{
	const char *text = xml_words(node, element);
	struct error why = ERROR_INIT;

	if (*text == '\0' || civil_parse(text, decoding->offset_min, ret_time, &why) == ERR_OK)
		return ERR_OK;
	return error_set(err, ERR_INPUT, _("%s: \"%.60s\" is no time"), element, text);
}

/* What a message is known by: one line, and not longer than it can be kept. */
static enum err take_id(const struct xml_node *root, const char *element, const char **ret_text,
			struct error *err)
{
	enum { MOST = 200 };
	const char *text = xml_words(root, element);

	if (*text == '\0')
		return wrong(element, text, err);
	if (strlen(text) > MOST)
		return error_set(err, ERR_INPUT, _("%s has more than %d bytes"), element, (int)MOST);
	*ret_text = text;
	return ERR_OK;
}

/* --- references: "sender,identifier,sent sender,identifier,sent" ------------------------------ */

static enum err take_refs(const struct decoding *decoding, const char *text,
			  struct cap_alert *alert, struct error *err)
{
	struct cap_ref *refs = arena_array(decoding->arena, CAP_REFS_MAX, sizeof *refs);
	size_t n = 0;

	while (*(text += strspn(text, " \t\r\n")) != '\0') {
		size_t len = strcspn(text, " \t\r\n");
		char *one = arena_strndup(decoding->arena, text, len);
		char *identifier = strchr(one, ','), *sent;

		text += len;
		if (identifier == NULL)
			return error_set(err, ERR_INPUT,
					 _("references: \"%.80s\" is not sender,identifier,sent"),
					 one);
		*identifier++ = '\0';
		sent = strrchr(identifier, ',');
		if (sent != NULL)
			*sent = '\0';
		if (n == CAP_REFS_MAX)
			return error_set(err, ERR_INPUT, _("more than %d references"),
					 (int)CAP_REFS_MAX);
		refs[n++] = (struct cap_ref){ one, identifier };
	}
	alert->refs = refs;
	alert->n_refs = n;
	return ERR_OK;
}

/* --- areas ----------------------------------------------------------------------------------- */

static enum err add_codes(struct decoding *decoding, const char *text, const char **codes,
			  size_t *n, struct error *err)
{
	while (*text != '\0') {
		size_t len = strspn(text, "0123456789");

		if (len >= 2 && len <= 12) {
			if (++decoding->n_codes > CAP_CODES_MAX)
				return error_set(err, ERR_INPUT, _("more than %d area codes"),
						 (int)CAP_CODES_MAX);
			codes[(*n)++] = arena_strndup(decoding->arena, text, len);
		}
		text += len;
		text += strcspn(text, "0123456789");
	}
	return ERR_OK;
}

static size_t count_codes(const struct xml_node *area)
{
	size_t n = 1;

	for (const struct xml_node *geocode = xml_child(area, "geocode"); geocode != NULL;
	     geocode = xml_again(geocode))
		n += strlen(geocode->text) / 3 + strlen(xml_words(geocode, "value")) / 3 + 2;
	return n;
}

/* In CAP a geocode has a name and a value; in the national layout it is a list of codes. */
static enum err take_area(struct decoding *decoding, const struct xml_node *node,
			  struct cap_area *area, struct error *err)
{
	const char **codes = arena_array(decoding->arena, count_codes(node), sizeof *codes);
	size_t n = 0;
	enum err code = ERR_OK;

	area->desc = xml_words(node, "areaDesc");
	for (const struct xml_node *geocode = xml_child(node, "geocode");
	     code == ERR_OK && geocode != NULL; geocode = xml_again(geocode))
		code = add_codes(decoding,
				 xml_child(geocode, "value") != NULL ? xml_words(geocode, "value")
								     : geocode->text,
				 codes, &n, err);
	area->codes = codes;
	return code;
}

static size_t count(const struct xml_node *node, const char *name)
{
	size_t n = 0;

	for (const struct xml_node *at = xml_child(node, name); at != NULL; at = xml_again(at))
		n++;
	return n;
}

static enum err take_areas(struct decoding *decoding, const struct xml_node *node,
			   struct cap_info *info, struct error *err)
{
	size_t n = count(node, "area"), i = 0;
	struct cap_area *areas = arena_array(decoding->arena, n + 1, sizeof *areas);
	enum err code = ERR_OK;

	if (n > CAP_AREAS_MAX)
		return error_set(err, ERR_INPUT, _("more than %d areas"), (int)CAP_AREAS_MAX);
	for (const struct xml_node *area = xml_child(node, "area"); code == ERR_OK && area != NULL;
	     area = xml_again(area))
		code = take_area(decoding, area, &areas[i++], err);
	info->areas = areas;
	info->n_areas = n;
	return code;
}

/* --- info ------------------------------------------------------------------------------------ */

static enum err take_info(struct decoding *decoding, const struct xml_node *node,
			  struct cap_info *info, struct error *err)
{
	enum err code;

	*info = (struct cap_info){
		.language = xml_words(node, "language"),
		.event = xml_words(node, "event"),
		.code = decoding->amp ? xml_words(node, "eventType")
				      : xml_words(xml_child(node, "eventCode"), "value"),
		.severity = xml_words(node, "severity"),
		.urgency = xml_words(node, "urgency"),
		.certainty = xml_words(node, "certainty"),
		.headline = xml_words(node, "headline"),
		.text = xml_words(node, "description"),
		.advice = xml_words(node, "instruction"),
		.web = xml_words(node, "web"),
		.sender_name = xml_words(node, "senderName"),
	};
	if (*info->event == '\0')
		info->event = cap_event(info->headline, decoding->arena);
	info->level = cap_level(info->severity, info->headline);
	code = take_time(decoding, node, "effective", &info->effective, err);
	if (code == ERR_OK)
		code = take_time(decoding, node, "expires", &info->expires, err);
	return code == ERR_OK ? take_areas(decoding, node, info, err) : code;
}

static enum err take_infos(struct decoding *decoding, const struct xml_node *root,
			   struct cap_alert *alert, struct error *err)
{
	size_t n = count(root, "info"), i = 0;
	struct cap_info *infos = arena_array(decoding->arena, n + 1, sizeof *infos);
	enum err code = ERR_OK;

	if (n > CAP_INFOS_MAX)
		return error_set(err, ERR_INPUT, _("more than %d infos"), (int)CAP_INFOS_MAX);
	for (const struct xml_node *node = xml_child(root, "info"); code == ERR_OK && node != NULL;
	     node = xml_again(node))
		code = take_info(decoding, node, &infos[i++], err);
	alert->infos = infos;
	alert->n_infos = n;
	return code;
}

/* --- the message ----------------------------------------------------------------------------- */

static enum err check_root(struct decoding *decoding, const struct xml_node *root,
			   struct error *err)
{
	decoding->amp = strcmp(root->space, AMP_SPACE) == 0;
	if (strcmp(root->name, "alert") == 0 &&
	    (decoding->amp || str_starts(root->space, CAP_SPACE) ||
	     str_starts(root->space, CAP_OLD_SPACE)))
		return ERR_OK;
	return error_set(err, ERR_INPUT, _("this is no CAP message: %.60s of \"%.80s\""),
			 root->name, root->space);
}

static enum err take_head(struct decoding *decoding, const struct xml_node *root,
			  struct cap_alert *alert, struct error *err)
{
	const char *sent = decoding->amp ? "sendTime" : "sent";
	enum err code = take_id(root, "identifier", &alert->identifier, err);

	if (code == ERR_OK)
		code = take_id(root, "sender", &alert->sender, err);
	if (code == ERR_OK)
		code = take_time(decoding, root, sent, &alert->sent, err);
	if (code == ERR_OK && alert->sent == 0)
		code = wrong(sent, "", err);
	if (code == ERR_OK)
		code = take_word(root, "status", statuses, &alert->status, err);
	if (code == ERR_OK)
		code = take_word(root, "msgType", messages, &alert->message, err);
	if (code == ERR_OK)
		code = take_word(root, "scope", scopes, &alert->scope, err);
	alert->note = xml_words(root, "note");
	return code == ERR_OK ? take_refs(decoding, xml_words(root, "references"), alert, err) : code;
}

enum err cap_decode(const char *bytes, size_t len, int offset_min, struct arena *arena,
		    struct cap_alert *ret_alert, struct error *err)
{
	struct decoding decoding = { .offset_min = offset_min, .arena = arena };
	struct cap_alert alert = { .sent = 0 };
	const struct xml_node *root;
	enum err code = xml_parse(bytes, len, arena, &root, err);

	if (code == ERR_OK)
		code = check_root(&decoding, root, err);
	if (code == ERR_OK)
		code = take_head(&decoding, root, &alert, err);
	if (code == ERR_OK)
		code = take_infos(&decoding, root, &alert, err);
	if (code == ERR_OK)
		*ret_alert = alert;
	return code;
}

bool cap_is_message(const char *bytes, size_t len)
{
	size_t at = 0;

	while (at < len && (isspace((unsigned char)bytes[at]) || (bytes[at] & 0x80) != 0 ||
			    bytes[at] == '\0'))
		at++; /* also the marks of encodings */
	return at < len && bytes[at] == '<';
}
