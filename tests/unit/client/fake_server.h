/* A server in memory behind the transport table: judges with the real rulebook, keeps a journal,
 * parks feeds.  The line can be down, and answers can get lost on the way back. */
#ifndef TESTS_FAKE_SERVER_H
#define TESTS_FAKE_SERVER_H

#include "zhiban/client/worker.h"
#include "zhiban/profile/profile.h"
#include "zhiban/sync/http.h"

struct fake_entry {
	struct str bytes; /* canonical */
	uint8_t hash[SHA256_LEN];
};
struct fake_answer {
	struct uuid id, console;
	int64_t seq; /* 0: refused */
	struct str bytes;
};
struct server {
	struct arena arena;
	struct env *env;
	struct jurisdiction *jurisdiction;
	struct workdays *days;
	struct str bundle, calendar;
	char epoch[33];
	struct incident *incidents[512];
	size_t n_incidents;
	struct mode *mode; /* NULL: none was declared */
	struct entity *things[64]; /* whistles, checks */
	size_t n_things;
	unsigned char secret[32]; /* of all whistles; only who blew one is told */
	unsigned secrets_told;
	struct fake_entry entries[2048];
	int64_t seq;
	struct fake_answer answers[2048];
	size_t n_answers;
	int64_t serial;
	bool down;	    /* nothing goes through */
	int lose;	    /* so many answers get lost on the way back */
	bool snapshot_small; /* three entities a page */
};

struct fake_line { /* one console's connection */
	struct server *server;
	struct transport transport;
	struct fake_flight {
		bool busy;
		char path[1200], method[8];
		struct str body, reply;
		int status;
		int wait_s;
	} lane[LANE_COUNT];
	bool threaded;	 /* waiting waits */
	bool feed_stops; /* it says nothing for a while */
	struct uuid acked; /* the feed brings this console's answers too; nil: it does not */
	int64_t last_n; /* of this console's acts */
	const char *officer, *org, *role; /* whose session it is; NULL: li, on duty at the centre */
};

void server_open(struct server *server, struct env *env);
void server_open_with(struct server *server, struct env *env, const char *profile);
void server_close(struct server *server);
/* A new epoch, everything else kept: a restore. */
void server_restore(struct server *server);
/* Admits an act, or refuses it; the answer lives as long as the server. */
void server_judge(struct server *server, const struct act *act, struct act_answer *answer);
struct entity *server_entity(struct server *server, const struct uuid *id); /* of any kind */
struct incident *server_incident(struct server *server, const struct uuid *id);
void line_open(struct fake_line *line, struct server *server);
void line_close(struct fake_line *line);

#endif
