/* The deterministic simulation: one server and a few consoles in one process and one thread.
 *
 * * A run is a list of steps.  Each step has a kind and 64 random bits of its own, from which all
 * that happens in it is drawn; so a step keeps its meaning when others are taken out of the list.
 * Nothing comes from the real clock or from real chance.
 *
 * * `now` is the true time.  The server's and each console's clock differ from it by a skew that
 * steps may change; the ticks by which a server waits are the true time, which never jumps.
 *
 * * A violated invariant ends the process with a report (sim_fail): each run has its own. */
#ifndef TESTS_SIM_H
#define TESTS_SIM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "zhiban/base/mem.h"
#include "zhiban/client/desk.h"
#include "zhiban/client/mode.h"
#include "zhiban/client/notice.h"
#include "zhiban/client/rows.h"
#include "zhiban/client/worker.h"
#include "zhiban/server/db.h"
#include "zhiban/server/service.h"
#include "zhiban/store/outbox.h"
#include "zhiban/sync/http.h"

#include "tests/faults/faultfs.h"

enum {
	CONSOLES = 4,	/* enrolled at the beginning */
	SLOTS = 6,	/* consoles with their copies */
	PROCS = 2,	/* processes of one user on one folder */
	FLIGHTS = 96,	/* requests and answers on their way */
	BACKUPS = 4,
	SIM_PATH = 160,
};

/* ---- what happened, counted over all runs (counts.def) ---- */

enum count {
#define N(name, least) COUNT_##name,
#include "counts.def"
#undef N
	COUNT_COUNT
};
enum { VERBS = 256 };
struct counts {
	uint64_t n[COUNT_COUNT];
	uint64_t verbs[VERBS]; /* entries of each act, by its row in act.def */
};

/* ---- chance and time ---- */

struct chance {
	uint64_t state;
};
uint64_t chance_next(struct chance *chance);
uint64_t chance_below(struct chance *chance, uint64_t n); /* [0, n); n > 0 */
bool chance_one_in(struct chance *chance, uint64_t n);

struct world;
struct station { /* a machine: its clock and its randomness */
	struct world *world;
	struct env env;
	struct chance chance;
	int64_t skew; /* its clock minus the true time, ms */
};

/* ---- the network ---- */

enum flight_state {
	FLIGHT_FREE,
	FLIGHT_OUT,    /* the request is on its way */
	FLIGHT_PARKED, /* the server keeps it */
	FLIGHT_BACK,   /* the answer is on its way */
	FLIGHT_HERE,   /* for the worker's next step */
	FLIGHT_DONE,   /* handed to the worker */
};
struct flight {
	enum flight_state state;
	struct line *line; /* NULL: nobody waits for the answer any more */
	enum sync_lane lane;
	struct request request;
	char *method, *path, *query, *token, *body;
	size_t body_len;
	struct reply reply;
	bool failed;
	uint64_t born; /* order of sending */
};
struct line { /* of one worker */
	struct world *world;
	int slot;
	struct transport transport;
	struct flight *lane[LANE_COUNT];
	struct flight *done; /* handed to the worker, freed at the next call */
};

/* ---- server and consoles ---- */

struct sim_backup {
	char path[SIM_PATH];
	bool used;
	int64_t made; /* true time */
};
struct server {
	struct station station;
	char path[SIM_PATH]; /* its data */
	struct service *service; /* NULL: not running */
	struct db *reader;	 /* for looking in from outside; NULL: closed */
	bool touched;		 /* something may have been written */
	bool armed;		 /* its disk is to fail at some call */
	bool full;		 /* it has said so since it was started */
	struct sim_backup backups[BACKUPS];
	int profile; /* which of the profiles is in force */
};
struct proc {
	bool alive;
	bool armed, lasting; /* its disk is to fail at some call, and from then on */
	struct client *client;
	struct worker *worker;
	struct line line;
};
struct console {
	bool used;
	struct station station;
	char dir[SIM_PATH];
	struct proc procs[PROCS];
	struct store *look; /* the outbox, for looking in from outside */
	int64_t look_version;
	bool damage;	/* the cache was damaged: a digest is to find it */
	bool cleared;	/* a snapshot may be coming in */
	bool untold; /* an act may be there that nobody was told is done */
	bool wants_login; /* its screen says so */
	bool copied; /* its files are a copy, or were copied */
	int64_t contact; /* the server last heard it, true time */
	bool parted;	 /* a session of it was logged out, and may go on for sending */
	int64_t recalled; /* the same as the server remembers it: a start forgets some */
	int64_t away;	 /* what it recalled before the latest absence */
	struct uuid id;
};

/* ---- acts as the officers were told (ledger.c) ---- */

struct deed {
	struct uuid id, target;
	unsigned slots; /* consoles whose outbox should hold it */
	int64_t n;
	char officer[64], org[64], role[32];
	const struct act_desc *desc;
	const struct field *field; /* what it sets, to be seen at once; NULL: nothing such */
	char text[64];
	int64_t made;	 /* true time */
	int64_t contact; /* the server last heard this console before, true time */
	bool dropped;	 /* taken back, or off the desk, by an officer */
	bool again;	 /* replaced by a new act from the desk */
	bool folded;	 /* has been in a journal */
	bool resent;	 /* in one before a restore: it may wait again beside its own line */
	bool refused, merged;
	bool at_risk;	 /* see note_risks */
	unsigned left;	 /* consoles whose outbox is done with it */
	unsigned shown;	 /* and whose cache has it */
	bool steady;	 /* no clock of it or of the server has jumped since */
};
struct ledger {
	struct deed *items;
	size_t n, cap;
};

struct oracle;

struct sim_step {
	unsigned kind;
	uint64_t bits;
};

struct world {
	char dir[SIM_PATH];
	uint64_t seed;
	int64_t now;
	struct chance chance; /* of the step under way */
	struct server server;
	struct console consoles[SLOTS];
	struct flight flights[FLIGHTS];
	uint64_t flights_born;
	struct ledger ledger;
	struct oracle *oracle;
	struct faultfs *disk; /* NULL: the real one */
	struct counts *counts;
	const struct sim_step *steps;
	size_t n_steps, at;
	bool quiet;	/* faults are off */
	bool verbose;
	int serial;	/* of texts */
	int seat_slot, seat_at; /* the process an officer uses in this step */
	bool seated;
	struct arena arena; /* of the step */
};

void world_open(struct world *world, const char *dir, const char *template, uint64_t seed,
		struct counts *counts);
void world_close(struct world *world);
void station_open(struct station *station, struct world *world);
void world_reseed(struct world *world, const struct sim_step *step);
void count_up(struct world *world, enum count count);
void count_verb(struct world *world, const char *kind, const char *verb);
/* Ends the process: an invariant does not hold. */
_Noreturn void sim_fail(const struct world *world, const char *fmt, ...) PRINTF(2, 3);
bool sim_is_verbose(const struct world *world);
void sim_say(const struct world *world, const char *fmt, ...) PRINTF(2, 3);
/* What must not fail in a test's own machinery. */
void sim_must(const struct world *world, enum err code, const struct error *err, const char *what);
void copy_file(const char *from, const char *to); /* when it is there */
void copy_console(const char *from, const char *to);

/* steps.c */
size_t step_kinds(void);
const char *step_name(unsigned kind);
bool step_find(const char *name, unsigned *ret_kind);
void steps_draw(uint64_t seed, struct sim_step *steps, size_t n);
void step_run(struct world *world, const struct sim_step *step);

/* cross.c, folders.c: steps */
void step_cross(struct world *world);
void step_clone(struct world *world);
void step_delete_cache(struct world *world);
void step_damage_cache(struct world *world);

/* template.c: what every run begins with */
extern const char sim_pin[];
struct sim_officer {
	const char *name, *org, *role;
};
size_t sim_officers(const struct sim_officer **ret_officers);
void template_make(const char *dir);
void profile_text(int which, struct str *bundle, struct str *calendar);

/* server.c */
struct service_config server_config(struct server *server);
void server_start(struct world *world);
void server_stop(struct world *world);
void server_kill(struct world *world); /* as kill -9 does it */
void server_arm(struct world *world, const struct fault *fault);
void server_tick(struct world *world);
/* false: the server has died of it. */
bool server_handle(struct world *world, struct flight *flight,
		   enum service_result *ret_result);
/* args: ended by one without a name, or NULL. */
bool server_admin(struct world *world, const char *path, const struct request_arg *args,
		  const char *body, size_t len, struct str *out);
struct db *server_reader(struct world *world);
void server_backup(struct world *world);
bool server_restore(struct world *world);
void server_adopt(struct world *world);
void step_erase(struct world *world); /* erase.c */
void server_move_officer(struct world *world, const char *officer, const char *org,
			 const char *role);
bool server_enroll(struct world *world, const char *officer, struct arena *arena,
		   const char **ret_body, size_t *ret_len);

/* network.c */
void line_open(struct line *line, struct world *world, int slot);
void line_cut(struct line *line); /* its process has died */
void flight_free(struct flight *flight);
struct flight *flight_pick(struct world *world, enum flight_state state);
void flight_deliver(struct world *world, struct flight *flight); /* one leg of its way */
void flight_lose(struct world *world, struct flight *flight);
void flight_double(struct world *world, struct flight *flight);
void flight_spoil(struct world *world, struct flight *flight); /* another answer instead */
void network_server_gone(struct world *world);
bool network_deliver_all(struct world *world);

/* console.c */
void console_open(struct world *world, int slot);
void console_close(struct world *world, int slot);
bool proc_start(struct world *world, int slot, int at);
void proc_kill(struct world *world, int slot, int at); /* it ends in order */
void proc_kill_hard(struct world *world, int slot, int at);
void as_proc(struct world *world, int slot, int at); /* files opened from here on are its */
void as_sim(struct world *world);
void proc_leave(struct world *world, int slot, int at); /* as_sim, and it may have died */
bool proc_is_dead(const struct world *world, int slot, int at);
bool proc_fired(const struct world *world, int slot, int at);
void proc_arm(struct world *world, int slot, int at, const struct fault *fault);
void proc_work(struct world *world, int slot, int at);
void proc_poll(struct world *world, int slot, int at);
struct proc *console_holder(struct world *world, int slot);
struct proc *proc_any(struct world *world, int *ret_slot, int *ret_at); /* NULL: none lives */
void console_login(struct world *world, int slot, const char *officer);
void console_logout(struct world *world, int slot);
void console_power_cut(struct world *world, int slot);
bool console_clone(struct world *world, int from);
void console_look(struct world *world, int slot, struct outbox_row **ret_rows, size_t *ret_n);
void console_enroll(struct world *world, int slot);

/* officer.c */
void officer_act(struct world *world);
bool officer_on(struct world *world, int slot, int at, const char *verb,
		const struct uuid *target);
void officer_bulk(struct world *world);
void officer_fix_same(struct world *world);
void officer_register(struct world *world);
void officer_course(struct world *world);
void officer_countersign(struct world *world);
void officer_restrict(struct world *world);
void officer_unanswered(struct world *world); /* the console by itself, when nobody is there */
void officer_notice(struct world *world);
/* A roster, person, swap, handover or record as a console shows it, or NULL. */
const void *sim_shown(struct world *world, struct client *client, const char *kind,
		      const struct uuid *id);
void compare_duties(struct world *world, int slot, struct client *client); /* compare.c */
void officer_staff(struct world *world); /* roster.c */
void officer_roster(struct world *world);
void officer_roster_change(struct world *world);
void officer_swap(struct world *world);
void officer_convene(struct world *world); /* meeting.c: items, meetings, tasks */
void officer_meeting(struct world *world);
void officer_sitting(struct world *world);
void officer_meeting_course(struct world *world);
void officer_meeting_any(struct world *world); /* meeting_any.c */
void officer_handover(struct world *world);
void officer_log(struct world *world);
void officer_blow(struct world *world); /* whistle.c */
void officer_whistle(struct world *world);
void officer_inspect(struct world *world);
void officer_secrets(struct world *world);
void officer_whistle_course(struct world *world);
void officer_sends_for(struct world *world);
void officer_mode(struct world *world);
void officer_note(struct world *world);
void officer_desk(struct world *world);
void officer_take_back(struct world *world);

/* ledger.c */
struct deed *ledger_add(struct world *world, int slot, const struct client_done *done);
struct deed *ledger_find(struct world *world, const struct uuid *act);
void ledger_release(struct world *world);

/* oracle.c, oracle_see.c: the journal read on its own */
struct oracle *oracle_new(struct world *world);
void oracle_free(struct oracle *oracle);
void oracle_follow(struct world *world); /* reads what is new in the journal */
void oracle_forget(struct world *world); /* the data were restored: from the beginning */
int oracle_times(const struct oracle *oracle, const struct uuid *act); /* entries of this act */
int64_t oracle_seq_of(const struct oracle *oracle, const struct uuid *act); /* 0: none */
int64_t oracle_head(const struct oracle *oracle);
bool oracle_due_known(const struct oracle *oracle, const struct uuid *id, int64_t version,
		      int64_t due);
bool oracle_sees(const struct oracle *oracle, const char *org, const char *role,
		 const struct uuid *id);
/* The seq of the last entry on it by another console than this one. */
int64_t oracle_foreign_seq(const struct oracle *oracle, const struct uuid *id,
			   const struct uuid *console);
/* What a reader should have of each incident, as canonical bytes to free(); NULL at the end. */
size_t oracle_count(const struct oracle *oracle);
bool oracle_at(const struct oracle *oracle, size_t i, struct uuid *ret_id);
bool oracle_at_whistle(const struct oracle *oracle, size_t i, struct uuid *ret_id);
/* The id of the i-th thing, and its kind by name. */
const char *oracle_kind_at(const struct oracle *oracle, size_t i, struct uuid *ret_id);
char *oracle_bytes(struct world *world, size_t i, const char *org, const char *role);
/* Whether an answer may be given to this reader; fails the run otherwise. */
void oracle_check_answer(struct world *world, const struct flight *flight);

/* check.c */
void check_step(struct world *world);
void check_face(struct world *world, int slot, struct client *client);
void check_fresh(struct world *world, int slot, struct client *client);
void check_quiet(struct world *world);
/* quiet.c: faults off, everything delivered, until all are in step */
void quiet(struct world *world);

#endif
