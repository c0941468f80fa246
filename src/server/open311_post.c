/* Open311: a request is made.  What it says becomes a register act of the system whose key it is;
 * names and numbers of who asks are personal values of the incident and never leave by Open311. */
#include <config.h>

#include "intake_priv.h"
#include "open311_priv.h"

#include <stdio.h>
#include <string.h>

#include "zhiban/base/civil.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/base/text.h"
#include "zhiban/domain/decide.h"
#include "zhiban/wire/form.h"

enum { DESCRIPTION_CHARS = 4000, URL_BYTES = 500 };

struct post { /* a request on its way to an act */
	struct call *call;
	struct arena *arena; /* the job's */
	struct form form;
	const struct open311_service *service;
	struct act act;
	struct str faults; /* lines; all that is wrong is said at once */
};

static void fault(struct post *post, const char *fmt, ...) PRINTF(2, 3);

static void fault(struct post *post, const char *fmt, ...)
{
	char words[300];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(words, sizeof words, fmt, ap);
	va_end(ap);
	for (char *s = words; *s != '\0'; s++) /* one line each */
		*s = *s == '\n' ? ' ' : *s;
	str_addf(&post->faults, "%s%s", post->faults.len > 0 ? "\n" : "", words);
}

/* Of the form, or of the query. */
static const char *said(const struct post *post, const char *name)
{
	const char *value = form_value(&post->form, name);

	if (value == NULL)
		value = call_arg(post->call, name);
	return value != NULL && *value != '\0' ? value : NULL;
}

/* --- attributes ------------------------------------------------------------------------------ */

/* "attribute[CODE]" or "attribute[CODE][]". */
static const char *attribute_code(const struct post *post, const char *name)
{
	static const char before[] = "attribute[";
	const char *code, *end;

	if (!str_starts(name, before))
		return NULL;
	code = name + strlen(before);
	end = strchr(code, ']');
	if (end == NULL || (end[1] != '\0' && strcmp(end + 1, "[]") != 0))
		return NULL;
	return arena_strndup(post->arena, code, (size_t)(end - code));
}

static bool is_number(const char *s)
{
	size_t digits;

	s += *s == '-' || *s == '+';
	digits = strspn(s, "0123456789");
	s += digits;
	if (*s == '.') {
		size_t more = strspn(s + 1, "0123456789");

		s += 1 + more;
		digits += more;
	}
	return digits > 0 && digits <= 30 && *s == '\0';
}

/* What a person reads for the value; NULL: it does not fit, and the fault is noted. */
static const char *read_value(struct post *post, const struct open311_attribute *attribute,
			      const char *words)
{
	int64_t at;

	switch (attribute->datatype) {
	case OPEN311_STRING:
	case OPEN311_TEXT:
	case OPEN311_DATATYPES:
		return words;
	case OPEN311_NUMBER:
		if (is_number(words))
			return words;
		fault(post, _("attribute[%s]: \"%.40s\" is no number"), attribute->code, words);
		return NULL;
	case OPEN311_DATETIME:
		if (civil_parse(words, post->call->rules->offset_min, &at, NULL) == ERR_OK)
			return words;
		fault(post, _("attribute[%s]: \"%.40s\" is no date and time"), attribute->code,
		      words);
		return NULL;
	case OPEN311_SINGLE:
	case OPEN311_MULTI:
		break;
	}
	for (size_t i = 0; i < attribute->n_values; i++)
		if (strcmp(attribute->values[i].key, words) == 0)
			return attribute->values[i].name;
	fault(post, _("attribute[%s]: \"%.40s\" is none of its values"), attribute->code, words);
	return NULL;
}

static void give(struct post *post, const char *name, const char *text)
{
	act_give(&post->act, act_arg_field(post->act.desc, name),
		 (struct value){ .is_text = true, .text = text }, post->arena);
}

/* An attribute of the incident, under words that a person understands. */
static void keep(struct post *post, const char *name, const char *value)
{
	const struct child_desc *desc = child_desc(CHILD_ATTR);
	char *words = arena_printf(post->arena, "%s=%s", name, value);
	unsigned longest = field_max(field_find(desc->fields, desc->n_fields, "name"));

	for (char *s = words; s < words + strlen(name); s++)
		*s = *s == '=' ? '-' : *s;
	if (text_longer(name, longest))
		return;
	give(post, "attr", words);
}

static const char *title_of(const struct open311_attribute *attribute)
{
	const struct child_desc *desc = child_desc(CHILD_ATTR);
	const struct field *name = field_find(desc->fields, desc->n_fields, "name");

	return text_longer(attribute->description, field_max(name)) ? attribute->code
								     : attribute->description;
}

/* All values of one attribute, of a list several. */
static void take_attribute(struct post *post, const struct open311_attribute *attribute)
{
	const char *all = NULL;
	size_t n = 0;

	for (size_t i = 0; i < post->form.n; i++) {
		const char *code = attribute_code(post, post->form.pairs[i].name);
		const char *words = post->form.pairs[i].value, *value;

		if (code == NULL || strcmp(code, attribute->code) != 0 || *words == '\0')
			continue;
		value = read_value(post, attribute, words);
		n++;
		if (value != NULL)
			all = all == NULL ? value
					  : arena_printf(post->arena, "%s, %s", all, value);
	}
	if (n > 1 && attribute->datatype != OPEN311_MULTI)
		fault(post, _("attribute[%s] stands there twice"), attribute->code);
	if (n == 0 && attribute->required)
		fault(post, _("attribute[%s] was not provided"), attribute->code);
	if (all != NULL)
		keep(post, title_of(attribute), all);
}

static void take_attributes(struct post *post)
{
	for (size_t i = 0; i < post->form.n; i++) {
		const char *code = attribute_code(post, post->form.pairs[i].name);

		if (code != NULL && open311_attribute(post->service, code) == NULL)
			fault(post, _("attribute[%.40s] is not asked of service %s"), code,
			      post->service->code);
	}
	for (size_t i = 0; i < post->service->n_attributes; i++)
		if (post->service->attributes[i].variable)
			take_attribute(post, &post->service->attributes[i]);
}

/* --- fields ---------------------------------------------------------------------------------- */

/* A field of the incident from the words of a parameter. */
static void take_field(struct post *post, const char *field, const char *parameter,
		       const char *words)
{
	const struct field *desc = act_arg_field(post->act.desc, field);
	struct error why = ERROR_INIT;
	struct value value;

	if (words == NULL)
		return;
	if (rules_parse(post->call->rules, desc, words, post->arena, &value, &why) != ERR_OK)
		fault(post, "%s: %.200s", parameter, why.text);
	else if (value_is_set(value))
		act_give(&post->act, desc, value, post->arena);
}

static bool is_ascii(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s >= 0x80)
			return false;
	return true;
}

/* Who asks, and where he is written to, in one field that is masked: "Ann Lee <ann@example.org>". */
static const char *reporter_of(const struct post *post)
{
	const char *first = said(post, "first_name"), *last = said(post, "last_name");
	const char *mail = said(post, "email"), *name = first != NULL ? first : last;

	if (first != NULL && last != NULL) /* 张三, but Ann Lee */
		name = is_ascii(last) ? arena_printf(post->arena, "%s %s", first, last)
				      : arena_printf(post->arena, "%s%s", last, first);
	if (mail == NULL)
		return name;
	return name == NULL ? mail : arena_printf(post->arena, "%s <%s>", name, mail);
}

static void take_place(struct post *post)
{
	const char *lat = said(post, "lat"), *lon = said(post, "long");
	const char *address = said(post, "address_string"), *id = said(post, "address_id");

	if (lat == NULL && lon == NULL && address == NULL && id == NULL)
		fault(post, "%s", _("lat and long, address_string or address_id is wanted"));
	else if ((lat == NULL) != (lon == NULL))
		fault(post, "%s", _("lat and long stand together"));
	take_field(post, "lat", "lat", lat);
	take_field(post, "lon", "long", lon);
	take_field(post, "address", "address_string", address);
	if (id != NULL)
		keep(post, "address_id", id);
}

/* The beginning of the description, else what it is about and where. */
static void take_title(struct post *post, const char *description)
{
	enum { TITLE_CHARS = 40, ADDRESS_CHARS = 120 };
	const char *address = said(post, "address_string");
	struct str line = STR_INIT;
	size_t at = 0;

	if (description == NULL) {
		str_add(&line, post->service->name);
		if (address != NULL && !text_longer(address, ADDRESS_CHARS))
			str_addf(&line, " %s", address);
		give(post, "title", str_get(&line));
		str_release(&line);
		return;
	}
	str_add(&line, description);
	str_cut(&line, strcspn(line.s, "\r\n"));
	for (size_t chars = 0; at < line.len && chars < TITLE_CHARS; chars++)
		at += text_grapheme(line.s + at, line.len - at);
	str_cut(&line, at);
	give(post, "title", line.s);
	str_release(&line);
}

static void take_words(struct post *post)
{
	const char *description = said(post, "description"), *media = said(post, "media_url");

	if (description != NULL && text_longer(description, DESCRIPTION_CHARS))
		fault(post, _("description has at most %d characters"), DESCRIPTION_CHARS);
	else
		take_field(post, "text", "description", description);
	take_title(post, description);
	take_field(post, "reporter", "email, first_name, last_name", reporter_of(post));
	take_field(post, "phone", "phone", said(post, "phone"));
	if (media == NULL)
		return;
	if (strlen(media) > URL_BYTES || (!str_starts(media, "https://") &&
					  !str_starts(media, "http://")))
		fault(post, "%s", _("media_url is no address of the web"));
	else
		keep(post, "media_url", media);
}

/* --- the act --------------------------------------------------------------------------------- */

/* What a client sends again on the same day, because no answer reached it, is the same request. */
static struct uuid request_id(const struct post *post)
{
	const struct call *call = post->call;
	char hex[SHA256_HEX];
	uint8_t hash[SHA256_LEN];
	struct sha256 sum;

	sha256_init(&sum);
	for (size_t i = 0; i < post->form.n; i++) {
		const struct form_pair *pair = &post->form.pairs[i];

		if (strcmp(pair->name, "api_key") == 0)
			continue;
		sha256_add(&sum, pair->name, strlen(pair->name) + 1);
		sha256_add(&sum, pair->value, strlen(pair->value) + 1);
	}
	for (size_t i = 0; i < call->request->n_args; i++) {
		const struct request_arg *arg = &call->request->args[i];

		if (strcmp(arg->name, "api_key") == 0)
			continue;
		sha256_add(&sum, arg->name, strlen(arg->name) + 1);
		sha256_add(&sum, arg->value, strlen(arg->value) + 1);
	}
	sha256_end(&sum, hash);
	crypto_hex(hash, sizeof hash, hex);
	return uuid_named(arena_printf(post->arena, "open311 %s %d %s", call->system.name,
				       civil_day_of_ms(call->now, call->rules->offset_min), hex));
}

static enum err find_service(struct post *post, struct error *err)
{
	const struct open311 *open311 = post->call->rules->open311;
	const char *code = said(post, "service_code");

	if (code == NULL)
		return error_set(err, ERR_INPUT, "%s", _("service_code was not provided"));
	post->service = open311_service(open311, code);
	if (post->service != NULL)
		return ERR_OK;
	return error_set(err, ERR_NOT_FOUND, _("service_code %.80s was not found"), code);
}

static enum err make_act(struct post *post, const struct db_system *system, struct error *err)
{
	enum err code = find_service(post, err);

	if (code != ERR_OK)
		return code;
	post->act.desc = act_desc_find("register");
	post->act.actor = system_as_actor(system);
	post->act.at = post->call->now;
	give(post, "source", system->source);
	give(post, "category", post->service->code);
	take_place(post);
	take_words(post);
	take_attributes(post);
	if (post->faults.len > 0)
		return error_set(err, ERR_INPUT, "%s", str_get(&post->faults));
	post->act.target = (struct target){ KIND_INCIDENT, request_id(post), 0 };
	post->act.id = uuid_child(&post->act.target.id, "register", 0);
	return ERR_OK;
}

/* --- the job --------------------------------------------------------------------------------- */

struct post_job {
	struct db_system system;
	struct act act;
	struct intake_case made;
	enum open311_type type;
	const char *notice;
	enum open311_format format;
};

static enum err post_write(struct writer *writer, struct job *job, struct error *err)
{
	struct post_job *data = job->data;
	enum err code = intake_admit(writer, &data->act, &job->arena, &data->made, err);

	if (code == ERR_OK && data->made.code != ERR_OK && data->made.code != ERR_EXISTS)
		code = error_set(err, data->made.code, "%s", data->made.err.text);
	return code != ERR_OK ? code : system_used(writer, &data->system, err);
}

static enum err post_finish(struct call *call, struct job *job, struct error *err)
{
	const struct post_job *data = job->data;
	struct open311_receipt receipt = { .notice = data->notice };
	char token[UUID_TEXT];

	(void)err;
	if (job->code != ERR_OK)
		return job->code == ERR_REFUSED ? ERR_INPUT : job->code;
	metric_add(call->service,
		   data->made.code == ERR_OK ? METRIC_INTAKE_OK : METRIC_INTAKE_EXISTS, 1);
	uuid_text(&data->made.id, token);
	if (data->type == OPEN311_REALTIME)
		receipt.id = data->made.number;
	else if (data->type == OPEN311_BATCH)
		receipt.token = token;
	open311_type(call, data->format);
	open311_put_receipt(&call->reply->body, data->format, &receipt);
	return ERR_OK;
}

/* Reads the form and checks the key. */
static enum err post_begin(struct post *post, struct error *err)
{
	struct call *call = post->call;
	const char *key;
	enum err code = open311_offered(call, err);

	if (code == ERR_OK)
		code = form_decode(call->request->body, call->request->body_len, post->arena,
				   &post->form, err);
	if (code != ERR_OK)
		return code;
	key = said(post, "api_key");
	code = system_take(call, key != NULL ? key : call->request->token, SYSTEM_OPEN311, err);
	return code != ERR_OK ? code
			      : open311_check_jurisdiction(call->rules->open311,
							   said(post, "jurisdiction_id"), err);
}

enum err open311_post(struct call *call, struct error *err)
{
	struct job *job = job_new(sizeof(struct post_job));
	struct post_job *data = job->data;
	struct post post = { .call = call, .arena = &job->arena, .faults = STR_INIT };
	struct open311_path path;
	enum err code = ERR_OK;

	if (!open311_path(call, &path) || strcmp(path.resource, "requests") != 0)
		code = error_set(err, ERR_NOT_FOUND, "%s",
				 _("requests are sent to requests.xml or requests.json"));
	if (code == ERR_OK)
		code = post_begin(&post, err);
	data->system = system_keep(&call->system, &job->arena);
	if (code == ERR_OK)
		code = make_act(&post, &data->system, err);
	str_release(&post.faults);
	if (code != ERR_OK) {
		job_free(job);
		return code;
	}
	data->act = post.act;
	data->type = post.service->type;
	data->notice = arena_strdup(&job->arena, post.service->notice);
	data->format = path.format;
	job->write = post_write;
	job->finish = post_finish;
	return call_submit(call, job, err);
}
