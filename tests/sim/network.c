/* Requests and answers on their way: delivered, lost, doubled, late, cut, or another answer. */
#include <config.h>

#include <ctype.h>

#include "sim.h"

/* ---- flights ---- */

void flight_free(struct flight *flight)
{
	if (flight->line != NULL && flight->line->lane[flight->lane] == flight)
		flight->line->lane[flight->lane] = NULL;
	reply_release(&flight->reply);
	free(flight->method);
	free(flight->path);
	free(flight->query);
	free(flight->token);
	free(flight->body);
	*flight = (struct flight){ .state = FLIGHT_FREE };
}

/* The server lets go of it, if it has it. */
static void unpark(struct world *world, struct flight *flight)
{
	if (flight->state == FLIGHT_PARKED && world->server.service != NULL &&
	    !flight->request.woken)
		(void)service_forget(world->server.service, &flight->request);
}

static struct flight *flight_new(struct world *world)
{
	struct flight *oldest = NULL;

	for (size_t i = 0; i < FLIGHTS; i++) {
		struct flight *flight = &world->flights[i];

		if (flight->state == FLIGHT_FREE) {
			flight->born = ++world->flights_born;
			return flight;
		}
		if (flight->line == NULL && flight->state != FLIGHT_DONE &&
		    (oldest == NULL || flight->born < oldest->born))
			oldest = flight;
	}
	if (oldest == NULL)
		sim_fail(world, "too many requests are on their way");
	flight_free(oldest);
	oldest->born = ++world->flights_born;
	return oldest;
}

static void unescape(char *text)
{
	char *to = text;

	for (; *text != '\0'; text++) {
		if (*text == '%' && isxdigit((unsigned char)text[1]) &&
		    isxdigit((unsigned char)text[2])) {
			char hex[3] = { text[1], text[2], '\0' };

			*to++ = (char)strtol(hex, NULL, 16);
			text += 2;
		} else {
			*to++ = *text;
		}
	}
	*to = '\0';
}

/* As the server's side of HTTP takes a request apart. */
static void make_request(struct flight *flight)
{
	char *rest = flight->query;

	flight->request = (struct request){
		.method = flight->method,
		.path = flight->path,
		.token = flight->token[0] != '\0' ? flight->token : NULL,
		.address = "sim",
		.body = flight->body,
		.body_len = flight->body_len,
	};
	while (rest != NULL && *rest != '\0' && flight->request.n_args < REQUEST_ARGS) {
		char *name = strsep(&rest, "&"), *equals = strchr(name, '=');

		if (equals == NULL)
			continue;
		*equals = '\0';
		unescape(equals + 1);
		flight->request.args[flight->request.n_args++] =
			(struct request_arg){ name, equals + 1 };
	}
}

/* ---- the seam of the worker ---- */

static void fill(struct flight *flight, const char *method, const char *path, const char *query,
		 const char *token, const void *body, size_t len)
{
	flight->method = mem_strdup(method);
	flight->path = mem_strdup(path);
	flight->query = mem_strdup(query);
	flight->token = mem_strdup(token != NULL ? token : "");
	flight->body = len > 0 ? mem_dup(body, len) : NULL;
	flight->body_len = len;
	flight->state = FLIGHT_OUT;
	reply_init(&flight->reply);
}

static void line_send(void *ctx, const struct sync_request *request)
{
	struct line *line = ctx;
	struct world *world = line->world;
	struct flight *flight = flight_new(world);
	char *path = mem_strdup(request->path), *mark = strchr(path, '?');

	if (mark != NULL)
		*mark = '\0';
	fill(flight, request->method, path, mark != NULL ? mark + 1 : "", request->token,
	     request->body, request->body != NULL ? request->len : 0);
	free(path);
	make_request(flight);
	flight->line = line;
	flight->lane = request->lane;
	line->lane[request->lane] = flight;
	count_up(world, COUNT_requests);
	sim_say(world, "c%d asks %s %s?%.60s", line->slot, flight->method, flight->path,
		mark != NULL ? request->path + strlen(flight->path) + 1 : "");
}

/* Nobody waits for the answer: the request may reach the server all the same. */
static void orphan(struct world *world, struct flight *flight)
{
	if (flight->state != FLIGHT_OUT) {
		unpark(world, flight);
		flight_free(flight);
		return;
	}
	flight->line->lane[flight->lane] = NULL;
	flight->line = NULL;
}

static void line_abandon(void *ctx, enum sync_lane lane)
{
	struct line *line = ctx;

	if (line->lane[lane] != NULL)
		orphan(line->world, line->lane[lane]);
}

static enum err line_wait(void *ctx, const int *fds, size_t n_fds, int timeout_ms,
			  struct error *err)
{
	(void)ctx;
	(void)fds;
	(void)n_fds;
	(void)timeout_ms;
	(void)err;
	return ERR_OK;
}

static bool line_next(void *ctx, struct http_done *ret_done)
{
	struct line *line = ctx;

	if (line->done != NULL)
		flight_free(line->done);
	line->done = NULL;
	for (int lane = 0; lane < LANE_COUNT; lane++) {
		struct flight *flight = line->lane[lane];

		if (flight == NULL || flight->state != FLIGHT_HERE)
			continue;
		line->lane[lane] = NULL;
		flight->line = NULL;
		flight->state = FLIGHT_DONE; /* freed at the next call */
		line->done = flight;
		*ret_done = (struct http_done){ .lane = (enum sync_lane)lane,
						.failed = flight->failed };
		snprintf(ret_done->reason, sizeof ret_done->reason, "the line is cut");
		if (!flight->failed)
			ret_done->response = (struct sync_response){
				.lane = (enum sync_lane)lane,
				.status = flight->reply.status,
				.retry_after = flight->reply.retry_after,
				.body = str_get(&flight->reply.body),
				.len = flight->reply.body.len,
			};
		return true;
	}
	return false;
}

static void line_bytes(void *ctx, int64_t *ret_in, int64_t *ret_out)
{
	(void)ctx;
	*ret_in = *ret_out = 0;
}

void line_open(struct line *line, struct world *world, int slot)
{
	*line = (struct line){ .world = world, .slot = slot };
	line->transport = (struct transport){ line_send, line_abandon, line_wait, line_next,
					      line_bytes, line };
}

void line_cut(struct line *line)
{
	for (int lane = 0; lane < LANE_COUNT; lane++)
		if (line->lane[lane] != NULL)
			orphan(line->world, line->lane[lane]);
	if (line->done != NULL)
		flight_free(line->done);
	line->done = NULL;
}

/* ---- what the network does ---- */

static bool can_go(const struct flight *flight, enum flight_state state)
{
	if (flight->state != state)
		return false;
	if (state == FLIGHT_PARKED)
		return flight->request.woken;
	return flight->line != NULL || state == FLIGHT_OUT;
}

struct flight *flight_pick(struct world *world, enum flight_state state)
{
	struct flight *fit[FLIGHTS];
	size_t n = 0;

	for (size_t i = 0; i < FLIGHTS; i++)
		if (can_go(&world->flights[i], state))
			fit[n++] = &world->flights[i];
	return n > 0 ? fit[chance_below(&world->chance, n)] : NULL;
}

static void fail(struct flight *flight)
{
	flight->failed = true;
	flight->state = FLIGHT_HERE;
	if (flight->line == NULL)
		flight_free(flight);
}

static void count_errors(struct world *world, const struct flight *flight)
{
	const char *body = str_get(&flight->reply.body);

	if (flight->reply.status != 409)
		return;
	if (strstr(body, "\"CLONED\"") != NULL)
		count_up(world, COUNT_cloned_said);
	else if (strstr(body, "\"NEED\"") != NULL)
		count_up(world, COUNT_need_said);
	else if (strstr(body, "\"EPOCH\"") != NULL)
		count_up(world, COUNT_epoch_said);
}

static void hand_over(struct world *world, struct flight *flight)
{
	enum service_result result;

	if (world->server.service == NULL) {
		fail(flight);
		return;
	}
	if (!server_handle(world, flight, &result)) {
		fail(flight);
		return;
	}
	if (result == SERVICE_PARKED) {
		flight->state = FLIGHT_PARKED;
		if (flight->line == NULL) {
			unpark(world, flight);
			flight_free(flight);
		}
		return;
	}
	flight->state = FLIGHT_BACK;
	sim_say(world, "server answers %s: %d %.200s", flight->path, flight->reply.status,
		flight->reply.status != 200 ? str_get(&flight->reply.body) : "");
	count_errors(world, flight);
	oracle_check_answer(world, flight);
	if (flight->line == NULL) {
		count_up(world, COUNT_late);
		flight_free(flight);
	}
}

void flight_deliver(struct world *world, struct flight *flight)
{
	switch (flight->state) {
	case FLIGHT_OUT:
	case FLIGHT_PARKED:
		hand_over(world, flight);
		break;
	case FLIGHT_BACK:
		flight->state = FLIGHT_HERE;
		break;
	case FLIGHT_FREE:
	case FLIGHT_HERE:
	case FLIGHT_DONE:
		break;
	}
}

void flight_lose(struct world *world, struct flight *flight)
{
	count_up(world, flight->state == FLIGHT_BACK ? COUNT_lost_answers : COUNT_lost_requests);
	sim_say(world, "lost: %s %s", flight->path,
		flight->state == FLIGHT_BACK ? "(answer)" : "(request)");
	unpark(world, flight);
	fail(flight);
}

void flight_double(struct world *world, struct flight *flight)
{
	struct flight *twin = flight_new(world);
	struct str query = STR_INIT;

	for (size_t i = 0; i < flight->request.n_args; i++)
		str_addf(&query, "%s%s=%s", i > 0 ? "&" : "", flight->request.args[i].name,
			 flight->request.args[i].value);
	fill(twin, flight->method, flight->path, str_get(&query), flight->token, flight->body,
	     flight->body_len);
	str_release(&query);
	make_request(twin);
	twin->lane = flight->lane;
	count_up(world, COUNT_doubled);
	sim_say(world, "doubled: %s", flight->path);
}

void flight_spoil(struct world *world, struct flight *flight)
{
	static const struct {
		int status, retry_after;
		const char *body;
	} others[] = {
		{ 200, 0, "<html><body>Welcome to the guest network</body></html>" },
		{ 200, 0, "" },
		{ 200, 0, "{\"epoch\":\"" },
		{ 302, 0, "" },
		{ 500, 0, "Internal Server Error" },
		{ 502, 0, "<html>Bad Gateway</html>" },
		{ 503, 3, "" },
		{ 429, 2, "" },
		{ 413, 0, "<html>Request Entity Too Large</html>" },
		{ 404, 0, "<html>Not Found</html>" },
		{ 200, 0, "{\"items\":[],\"answers\":[]}" },
	};
	size_t which = chance_below(&world->chance, ARRAY_LEN(others) + 1);

	count_up(world, COUNT_spoiled);
	if (which == ARRAY_LEN(others)) { /* the first part of the real one */
		if (flight->reply.body.len > 0)
			str_cut(&flight->reply.body,
				chance_below(&world->chance, flight->reply.body.len));
	} else {
		str_clear(&flight->reply.body);
		str_add(&flight->reply.body, others[which].body);
		flight->reply.status = others[which].status;
		flight->reply.retry_after = others[which].retry_after;
	}
	sim_say(world, "spoiled: %s now %d", flight->path, flight->reply.status);
	flight->state = FLIGHT_HERE;
}

void network_server_gone(struct world *world)
{
	for (size_t i = 0; i < FLIGHTS; i++) {
		struct flight *flight = &world->flights[i];

		if (flight->state == FLIGHT_PARKED)
			fail(flight);
	}
}

/* In the order of sending, each as far as it goes; whether anything moved. */
bool network_deliver_all(struct world *world)
{
	bool any = false;

	for (;;) {
		struct flight *first = NULL;

		for (size_t i = 0; i < FLIGHTS; i++) {
			struct flight *flight = &world->flights[i];
			bool goes = can_go(flight, FLIGHT_OUT) || can_go(flight, FLIGHT_PARKED) ||
				    can_go(flight, FLIGHT_BACK);

			if (goes && (first == NULL || flight->born < first->born))
				first = flight;
		}
		if (first == NULL)
			return any;
		flight_deliver(world, first);
		any = true;
	}
}
