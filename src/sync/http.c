#include <config.h>

#include "zhiban/sync/http.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/wire/pack.h"

#include "http_priv.h"

enum {
	CONNECT_S = 30,	 /* at most, while something comes: a slow line needs five round trips */
	SILENCE_S = 12,	 /* without a byte, connecting or else: given up */
	PARKED_S = 15,	 /* beside the time a request may be parked */
	KEEPIDLE_S = 20, /* a parked one whose line went dead is noticed in half a minute */
	KEEPINTVL_S = 5,
};

struct transfer { /* of one lane */
	struct http *http;
	CURL *easy;
	struct curl_slist *headers;
	bool active, ended, too_large;
	bool ready; /* the connection stands */
	struct watch watch; /* till then */
	CURLcode result;
	struct str sent, packed, body;
	char encoding[32];
	int64_t retry_after;
	char words[CURL_ERROR_SIZE];
};
struct http {
	CURLM *multi;
	char *url, *key_pin;
	struct transfer lane[LANE_COUNT];
	int64_t bytes_in, bytes_out;
	bool (*before)(void *ctx, enum sync_lane lane);
	void *before_ctx;
};

/* ---- callbacks ---- */

static size_t on_body(char *bytes, size_t size, size_t n, void *ctx)
{
	struct transfer *transfer = ctx;

	if (transfer->packed.len + size * n > PACK_MAX) {
		transfer->too_large = true;
		return 0;
	}
	str_add_bytes(&transfer->packed, bytes, size * n);
	return size * n;
}

static bool header_is(const char *line, size_t len, const char *name, char *value, size_t size)
{
	size_t n = strlen(name), end = len;

	if (len <= n + 1 || strncasecmp(line, name, n) != 0 || line[n] != ':')
		return false;
	for (n++; n < len && line[n] == ' '; n++)
		;
	while (end > n && (line[end - 1] == '\r' || line[end - 1] == '\n' || line[end - 1] == ' '))
		end--;
	if (end - n >= size)
		return false;
	memcpy(value, line + n, end - n);
	value[end - n] = '\0';
	return true;
}

static size_t on_header(char *line, size_t size, size_t n, void *ctx)
{
	struct transfer *transfer = ctx;
	char value[32];
	long long seconds;

	if (header_is(line, size * n, "Content-Encoding", value, sizeof value))
		memcpy(transfer->encoding, value, sizeof value);
	if (header_is(line, size * n, "Retry-After", value, sizeof value) &&
	    str_int(value, 1, 3600, &seconds))
		transfer->retry_after = seconds;
	return size * n;
}

static curl_socket_t on_open(void *ctx, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct transfer *transfer = ctx;

	(void)purpose;
	return watch_socket(&transfer->watch, address->family, address->socktype, address->protocol);
}

static int on_close(void *ctx, curl_socket_t fd)
{
	struct http *http = ctx;

	for (int lane = 0; lane < LANE_COUNT; lane++)
		watch_closed(&http->lane[lane].watch, fd);
	return close(fd);
}

static int on_ready(void *ctx, char *far, char *near, int far_port, int near_port)
{
	struct transfer *transfer = ctx;
	struct http *http = transfer->http;
	enum sync_lane lane = (enum sync_lane)(transfer - http->lane);

	(void)far;
	(void)near;
	(void)far_port;
	(void)near_port;
	transfer->ready = true;
	if (http->before != NULL && !http->before(http->before_ctx, lane))
		return CURL_PREREQFUNC_ABORT;
	return CURL_PREREQFUNC_OK;
}

/* ---- life ---- */

static void set_socket(struct http *http, struct transfer *transfer)
{
	CURL *easy = transfer->easy;

	transfer->http = http;
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(easy, CURLOPT_TCP_KEEPIDLE, (long)KEEPIDLE_S);
	curl_easy_setopt(easy, CURLOPT_TCP_KEEPINTVL, (long)KEEPINTVL_S);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_open);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, transfer);
	curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, on_close);
	curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, http);
	curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, on_ready);
	curl_easy_setopt(easy, CURLOPT_PREREQDATA, transfer);
}

static void set_common(const struct http *http, struct transfer *transfer)
{
	CURL *easy = transfer->easy;

	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
	curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(easy, CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
	curl_easy_setopt(easy, CURLOPT_USERAGENT, "zhiban/" PACKAGE_VERSION);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->words);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer);
	if (http->key_pin[0] != '\0') { /* the key itself is known: nobody else need vouch */
		curl_easy_setopt(easy, CURLOPT_PINNEDPUBLICKEY, http->key_pin);
		curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
		curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
	}
}

enum err http_new(const char *url, const char *key_pin, struct http **ret_http, struct error *err)
{
	struct http *http;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return error_set(err, ERR_IO, "%s", _("the network library does not start"));
	http = mem_alloc(sizeof *http);
	http->url = mem_strdup(url);
	http->key_pin = mem_strdup(key_pin != NULL ? key_pin : "");
	while (http->url[0] != '\0' && http->url[strlen(http->url) - 1] == '/')
		http->url[strlen(http->url) - 1] = '\0';
	http->multi = curl_multi_init();
	curl_multi_setopt(http->multi, CURLMOPT_MAXCONNECTS, (long)LANE_COUNT);
	for (int lane = 0; lane < LANE_COUNT; lane++) {
		http->lane[lane].easy = curl_easy_init();
		watch_begin(&http->lane[lane].watch);
		set_socket(http, &http->lane[lane]);
		set_common(http, &http->lane[lane]);
		curl_easy_setopt(http->lane[lane].easy, CURLOPT_PRIVATE,
				 (void *)&http->lane[lane]);
	}
	*ret_http = http;
	return ERR_OK;
}

static void count_bytes(struct http *http, struct transfer *transfer)
{
	curl_off_t up = 0, down = 0;
	long head = 0, request = 0;

	curl_easy_getinfo(transfer->easy, CURLINFO_SIZE_UPLOAD_T, &up);
	curl_easy_getinfo(transfer->easy, CURLINFO_SIZE_DOWNLOAD_T, &down);
	curl_easy_getinfo(transfer->easy, CURLINFO_HEADER_SIZE, &head);
	curl_easy_getinfo(transfer->easy, CURLINFO_REQUEST_SIZE, &request);
	http->bytes_in += down + head;
	http->bytes_out += up + request;
}

static void end_transfer(struct http *http, struct transfer *transfer)
{
	if (!transfer->active)
		return;
	count_bytes(http, transfer);
	curl_multi_remove_handle(http->multi, transfer->easy);
	transfer->active = false;
}

void http_free(struct http *http)
{
	if (http == NULL)
		return;
	for (int lane = 0; lane < LANE_COUNT; lane++) {
		struct transfer *transfer = &http->lane[lane];

		end_transfer(http, transfer);
		curl_easy_cleanup(transfer->easy);
		curl_slist_free_all(transfer->headers);
		str_release(&transfer->sent);
		str_release(&transfer->packed);
		str_release(&transfer->body);
	}
	curl_multi_cleanup(http->multi);
	free(http->url);
	free(http->key_pin);
	free(http);
}

/* ---- sending ---- */

static void add_header(struct transfer *transfer, const char *line)
{
	transfer->headers = curl_slist_append(transfer->headers, line);
}

static void set_body(struct transfer *transfer, const struct sync_request *request)
{
	str_clear(&transfer->sent);
	if (request->len >= PACK_FROM &&
	    pack(PACK_ZSTD, request->body, request->len, &transfer->sent, NULL) == ERR_OK) {
		add_header(transfer, "Content-Encoding: zstd");
	} else {
		str_clear(&transfer->sent);
		str_add_bytes(&transfer->sent, request->body, request->len);
	}
	add_header(transfer, "Content-Type: application/json");
	add_header(transfer, "Expect:");
	curl_easy_setopt(transfer->easy, CURLOPT_POSTFIELDS, str_get(&transfer->sent));
	curl_easy_setopt(transfer->easy, CURLOPT_POSTFIELDSIZE_LARGE,
			 (curl_off_t)transfer->sent.len);
}

void http_send(struct http *http, const struct sync_request *request)
{
	struct transfer *transfer = &http->lane[request->lane];
	struct str line = STR_INIT;
	int running;

	http_abandon(http, request->lane);
	curl_slist_free_all(transfer->headers);
	transfer->headers = NULL;
	transfer->ended = transfer->too_large = transfer->ready = false;
	watch_begin(&transfer->watch);
	transfer->encoding[0] = transfer->words[0] = '\0';
	transfer->retry_after = 0;
	str_clear(&transfer->packed);
	str_clear(&transfer->body);
	str_addf(&line, "%s%s", http->url, request->path);
	curl_easy_setopt(transfer->easy, CURLOPT_URL, str_get(&line));
	str_clear(&line);
	if (request->token != NULL && request->token[0] != '\0') {
		str_addf(&line, "Authorization: Bearer %s", request->token);
		add_header(transfer, str_get(&line));
	}
	str_release(&line);
	add_header(transfer, "Accept-Encoding: zstd, gzip");
	curl_easy_setopt(transfer->easy, CURLOPT_HTTPGET, 1L);
	if (request->body != NULL)
		set_body(transfer, request);
	curl_easy_setopt(transfer->easy, CURLOPT_CUSTOMREQUEST, request->method);
	curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, transfer->headers);
	curl_easy_setopt(transfer->easy, CURLOPT_LOW_SPEED_TIME,
			 (long)(request->wait_s > 0 ? request->wait_s + PARKED_S : SILENCE_S));
	curl_multi_add_handle(http->multi, transfer->easy);
	transfer->active = true;
	curl_multi_perform(http->multi, &running); /* on its way before the caller goes on */
}

void http_before(struct http *http, bool (*before)(void *ctx, enum sync_lane lane), void *ctx)
{
	http->before = before;
	http->before_ctx = ctx;
}

void http_abandon(struct http *http, enum sync_lane lane)
{
	end_transfer(http, &http->lane[lane]);
	http->lane[lane].ended = false;
}

/* ---- waiting and taking ---- */

static bool take_ended(struct http *http)
{
	bool any = false;
	int left;

	for (CURLMsg *msg; (msg = curl_multi_info_read(http->multi, &left)) != NULL;) {
		struct transfer *transfer;

		if (msg->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, (char **)&transfer);
		transfer->result = msg->data.result;
		transfer->ended = any = true;
	}
	return any;
}

/* Ends what hears nothing while connecting; returns how long to wait at most. */
static int look_for_silence(struct http *http, int timeout_ms)
{
	for (int lane = 0; lane < LANE_COUNT; lane++) {
		struct transfer *transfer = &http->lane[lane];
		int left;

		if (!transfer->active || transfer->ready || transfer->ended)
			continue;
		left = watch_left(&transfer->watch, SILENCE_S * 1000);
		if (left == 0) {
			transfer->result = CURLE_OPERATION_TIMEDOUT;
			transfer->ended = true;
		}
		timeout_ms = left < timeout_ms ? left : timeout_ms;
	}
	return timeout_ms;
}

enum err http_wait(struct http *http, const int *fds, size_t n_fds, int timeout_ms,
		   struct error *err)
{
	struct curl_waitfd extra[HTTP_FDS];
	int running;
	size_t n = 0;
	CURLMcode code = curl_multi_perform(http->multi, &running);

	for (size_t i = 0; i < n_fds && n < HTTP_FDS; i++)
		if (fds[i] >= 0)
			extra[n++] = (struct curl_waitfd){ fds[i], CURL_WAIT_POLLIN, 0 };
	/* One that ended just now (a connection refused) is not waited behind. */
	if (code == CURLM_OK)
		code = curl_multi_poll(http->multi, extra, (unsigned)n,
				       take_ended(http) ? 0 : look_for_silence(http, timeout_ms),
				       NULL);
	if (code == CURLM_OK)
		code = curl_multi_perform(http->multi, &running);
	if (code != CURLM_OK)
		return error_set(err, ERR_IO, _("the network library: %s"),
				 curl_multi_strerror(code));
	take_ended(http);
	return ERR_OK;
}

/* curl's own words are for those who write programs. */
static const struct {
	CURLcode result;
	const char *sentence;
	bool strange; /* something answers that is not the server */
} failures[] = {
	{ CURLE_SSL_PINNEDPUBKEYNOTMATCH,
	  N_("what answers there shows another key than the server this console was enrolled with: "
	     "nothing is given to it"), true },
	{ CURLE_PEER_FAILED_VERIFICATION,
	  N_("nobody vouches for the certificate shown there: nothing is given to it"), true },
	{ CURLE_OPERATION_TIMEDOUT, N_("the server does not answer in time"), false },
	{ CURLE_COULDNT_RESOLVE_HOST,
	  N_("the server's name is not known here: is the line cut?"), false },
	{ CURLE_COULDNT_CONNECT,
	  N_("no connection: the line is cut, or the server is not running"), false },
	{ CURLE_SEND_ERROR, N_("the line was cut while sending"), false },
	{ CURLE_RECV_ERROR, N_("the line was cut while receiving"), false },
	{ CURLE_GOT_NOTHING, N_("the line was cut before the answer came"), false },
	{ CURLE_PARTIAL_FILE, N_("the line was cut while receiving"), false },
	{ CURLE_SSL_CONNECT_ERROR, N_("the line was cut while connecting"), false },
	{ CURLE_ABORTED_BY_CALLBACK,
	  N_("what was to be sent has changed, or cannot be marked as sent"), false },
};

static void say_why(const struct transfer *transfer, struct http_done *done)
{
	const char *words = transfer->words[0] != '\0' ? transfer->words
						       : curl_easy_strerror(transfer->result);
	/* An end in the middle of a handshake is a cut; other complaints of TLS are about what
	 * came instead of it. */
	bool no_tls = transfer->result == CURLE_SSL_CONNECT_ERROR &&
		      strstr(words, "routines") != NULL && strstr(words, "eof") == NULL;
	long proxy = 0;

	for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
		if (failures[i].result == transfer->result) {
			words = _(failures[i].sentence);
			done->strange = failures[i].strange;
		}
	if (no_tls)
		words = _("what answers there does not speak as the server does: does the network "
			  "want a log-in?");
	if (transfer->too_large)
		words = _("the answer is larger than any should be");
	curl_easy_getinfo(transfer->easy, CURLINFO_HTTP_CONNECTCODE, &proxy);
	done->strange = done->strange || no_tls || proxy >= 300;
	if (proxy >= 300)
		snprintf(done->reason, sizeof done->reason,
			 _("the proxy on the way answered %ld and lets nothing through"), proxy);
	else
		snprintf(done->reason, sizeof done->reason, "%s", words);
}

/* From the request to the answer's first byte. */
static int64_t round_ms(const struct transfer *transfer)
{
	curl_off_t sent = 0, came = 0;

	curl_easy_getinfo(transfer->easy, CURLINFO_PRETRANSFER_TIME_T, &sent);
	curl_easy_getinfo(transfer->easy, CURLINFO_STARTTRANSFER_TIME_T, &came);
	return came > sent ? (came - sent) / 1000 + 1 : 0;
}

static void take(struct transfer *transfer, struct http_done *done)
{
	struct error err = ERROR_INIT;
	enum packing packing = PACK_NONE;
	long status = 0;
	enum err code = packing_find(transfer->encoding[0] != '\0' ? transfer->encoding : NULL,
				     &packing, &err);

	if (code == ERR_OK && packing != PACK_NONE)
		code = unpack(packing, str_get(&transfer->packed), transfer->packed.len, PACK_MAX,
			      &transfer->body, &err);
	done->failed = code != ERR_OK;
	if (done->failed) {
		snprintf(done->reason, sizeof done->reason, "%.250s", err.text);
		return;
	}
	curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
	const struct str *body = packing != PACK_NONE ? &transfer->body : &transfer->packed;
	done->response = (struct sync_response){ .lane = done->lane,
						 .status = (int)status,
						 .retry_after = transfer->retry_after,
						 .took_ms = round_ms(transfer),
						 .body = str_get(body),
						 .len = body->len };
}

bool http_next(struct http *http, struct http_done *ret_done)
{
	for (int lane = 0; lane < LANE_COUNT; lane++) {
		struct transfer *transfer = &http->lane[lane];

		if (!transfer->ended)
			continue;
		transfer->ended = false;
		*ret_done = (struct http_done){ .lane = (enum sync_lane)lane };
		if (transfer->result == CURLE_OK) {
			take(transfer, ret_done);
		} else {
			ret_done->failed = true;
			say_why(transfer, ret_done);
		}
		end_transfer(http, transfer);
		return true;
	}
	return false;
}

void http_bytes(const struct http *http, int64_t *ret_in, int64_t *ret_out)
{
	*ret_in = http->bytes_in;
	*ret_out = http->bytes_out;
}

const char *http_url(const struct http *http)
{
	return http->url;
}

/* ---- the server's key ---- */

static enum err key_shown(CURL *easy, uint8_t ret_hash[SHA256_LEN])
{
	static const char name[] = "Cert:";
	struct curl_certinfo *chain = NULL;

	if (curl_easy_getinfo(easy, CURLINFO_CERTINFO, &chain) != CURLE_OK || chain == NULL ||
	    chain->num_of_certs < 1)
		return ERR_INPUT;
	for (struct curl_slist *line = chain->certinfo[0]; line != NULL; line = line->next)
		if (strncmp(line->data, name, sizeof name - 1) == 0)
			return key_of_certificate(line->data + sizeof name - 1, ret_hash);
	return ERR_INPUT;
}

enum err http_key(const char *url, uint8_t ret_hash[SHA256_LEN], struct error *err)
{
	struct sync_request request = { .lane = LANE_ASK, .method = "GET", .path = "/healthz" };
	struct http_done done;
	struct http *http;
	CURL *easy;
	enum err code = http_new(url, "", &http, err);

	if (code != ERR_OK)
		return code;
	easy = http->lane[LANE_ASK].easy;
	curl_easy_setopt(easy, CURLOPT_CERTINFO, 1L);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
	curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
	code = http_once(http, &request, CONNECT_S + SILENCE_S, &done, err);
	if (code == ERR_OK && key_shown(easy, ret_hash) != ERR_OK)
		code = error_set(err, ERR_INPUT, _("%s shows no certificate that can be read"),
				 url);
	http_free(http);
	return code;
}
