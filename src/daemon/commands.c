#include <config.h>

#include <string.h>

#include "command_priv.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"

static const struct option_desc restore_options[] = {
	{ "db", "sqlite|URL",
	  N_("where the data go: sqlite, a file in DIR, or an empty PostgreSQL data "
	     "base; unless given, where the backup's settings say") },
	{ NULL },
};

static const struct option_desc init_options[] = {
	{ "profile", "NAME", N_("the jurisdiction: a shipped profile's name, or a file") },
	{ "db", "sqlite|URL", N_("where the data are: sqlite, a file in DIR, or an empty PostgreSQL "
				 "data base, postgresql://USER@HOST/NAME") },
	{ "listen", "HOST:PORT", N_("where to listen; port 0 is the system's choice") },
	{ "self-signed", NULL, N_("make key and certificate (this is the default)") },
	{ "cert", "FILE", N_("use this certificate (PEM)") },
	{ "key", "FILE", N_("and this key (PEM)") },
	{ NULL, NULL, NULL },
};
static const struct option_desc serve_options[] = {
	{ "listen", "HOST:PORT", N_("listen here instead of where zhiband.conf says") },
	{ "trace", "FILE", N_("one line a request goes here; - is standard error (default)") },
	{ "die-with-parent", NULL, N_("end when the program that started this one ends") },
	{ "clock-shift", "MS", NULL },
	{ "traffic", "SEED", NULL },
	{ NULL, NULL, NULL },
};
static const struct option_desc code_options[] = {
	{ "org", "ORG", N_("organisation, by code or name; the centre if not given") },
	{ "officer", "NAME", N_("for this officer: sets the PIN of the account anew") },
	{ "role", "ROLE", N_("role of a new account; duty if not given") },
	{ "hours", "N", N_("how long it lasts; 24 if not given, at most 336") },
	{ "format", "FORMAT", N_("of a list: table, tsv, csv, json or jsonl") },
	{ NULL, NULL, NULL },
};
static const struct option_desc list_options[] = {
	{ "format", "FORMAT", N_("of a list: table, tsv, csv, json or jsonl") },
	{ NULL, NULL, NULL },
};
static const struct option_desc session_options[] = {
	{ "id", "ID", N_("this session of the list alone") },
	{ "format", "FORMAT", N_("of a list: table, tsv, csv, json or jsonl") },
	{ NULL, NULL, NULL },
};
static const struct option_desc audit_options[] = {
	{ "since", "TIME", N_("lines from this time on") },
	{ "limit", "N", N_("the newest so many; 200 if not given") },
	{ "who", "NAME", N_("what this one did") },
	{ "what", "WORD", N_("only this kind of line, by its word") },
	{ "about", "NAME", N_("what was done to this account, incident or file") },
	{ "format", "FORMAT", N_("of a list: table, tsv, csv, json or jsonl") },
	{ NULL, NULL, NULL },
};
static const struct option_desc officer_options[] = {
	{ "org", "ORG", N_("organisation, by code or name; the centre if not given") },
	{ "role", "ROLE", N_("role; duty if not given") },
	{ "post", "POST", N_("post") },
	{ "phone", "PHONE", N_("duty phone") },
	{ "pin-file", "FILE", N_("read the PIN from the first line of a file of mode 0600") },
	{ "reason", "TEXT", N_("why an officer moves; it stands in the journal") },
	{ "format", "FORMAT", N_("of a list: table, tsv, csv, json or jsonl") },
	{ NULL, NULL, NULL },
};
static const struct option_desc import_options[] = {
	{ "source", "NAME", N_("where the rows come from, if they do not say it themselves") },
	{ "map", "FIELD=COLUMN,...",
	  N_("which column is which field, where names do not tell; @NAME: a saved mapping") },
	{ "save-map", "NAME", N_("keep what --map says in DIR/maps, to be used as --map @NAME") },
	{ "dry-run", NULL, N_("judge every row and keep none") },
	{ "rejects", "FILE",
	  N_("write rejected rows here, with line and reason; corrected, this file is imported") },
	{ NULL, NULL, NULL },
};
static const struct option_desc warnings_options[] = {
	{ "dry-run", NULL, N_("say what would become of them and keep nothing") },
	{ "all", NULL, N_("tell every row of a table, not only what was made of some") },
	{ "at", "TIME", N_("judge as of this moment what is over: for drills and old warnings") },
	{ NULL, NULL, NULL },
};
static const struct option_desc system_options[] = {
	{ "source", "NAME", N_("one of the profile's sources; it stands on all that it sends") },
	{ "kinds", "KIND,...",
	  N_("what it may do: intake, open311, cap, history (take in the past); intake if not given") },
	{ "org", "ORG", N_("where its cases are registered; the centre if not given") },
	{ "rate", "N", N_("most requests a minute; 60 if not given") },
	{ NULL, NULL, NULL },
};
static const struct option_desc export_options[] = {
	{ "format", "FORMAT", N_("csv (default), jsonl or json; the journal as jsonl") },
	{ "columns", "A,B", N_("these fields only, in this order") },
	{ "filter", "FILTER", N_("only incidents that fit, as of zhiban list") },
	{ "org", "ORG", N_("what this organisation sees; everything if not given") },
	{ "clear", NULL, N_("personal values in clear instead of masked; stands in the audit log") },
	{ "excel", NULL, N_("CSV as spreadsheets want it: a mark of UTF-8, and no cell is a formula") },
	{ "out", "FILE", N_("write here, a new file of mode 0600, instead of standard output") },
	{ NULL, NULL, NULL },
};
static const struct option_desc erase_options[] = {
	{ "reason", "TEXT", N_("why; it stands in the journal and in the audit log") },
	{ NULL, NULL, NULL },
};
static const struct option_desc purge_options[] = {
	{ "dry-run", NULL, N_("say what would go and keep it") },
	{ NULL, NULL, NULL },
};
static const struct option_desc backup_options[] = {
	{ "replace", NULL, N_("FILE may be there already, and is replaced") },
	{ NULL, NULL, NULL },
};
static const struct option_desc profile_options[] = {
	{ "reason", "TEXT", N_("why; it stands in the journal") },
	{ "map", "OLD=NEW,...",
	  N_("cases in the step OLD stand in NEW from now on; open whistles of the kind and class "
	     "OLD are of NEW, as in whistle:minor=whistle:usual") },
	{ "redue", NULL, N_("compute the deadlines that run anew, by the new rules") },
	{ NULL, NULL, NULL },
};
static const struct option_desc calendar_options[] = {
	{ "reason", "TEXT", N_("why; it stands in the journal") },
	{ "redue", NULL, N_("compute all deadlines that run anew, not only the provisional ones") },
	{ NULL, NULL, NULL },
};
static const struct option_desc places_options[] = {
	{ "reason", "TEXT", N_("why; it stands in the journal") },
	{ "dry-run", NULL, N_("look at the table and keep nothing") },
	{ "rejects", "FILE", N_("where the rows go that were not taken, with the reason") },
	{ NULL, NULL, NULL },
};
static const struct option_desc fill_options[] = {
	{ "incidents", "N", NULL }, { "seed", "N", NULL }, { "now", "MS", NULL }, { NULL, NULL, NULL },
};

static const struct option_desc status_options[] = {
	{ "json", NULL, N_("one line of JSON, times in milliseconds UTC") },
	{ NULL, NULL, NULL },
};

static const struct command commands[] = {
	{ "init", "DIR", 1, 1, init_options,
	  N_("Makes the data folder with schema, keys and jurisdiction, and prints the "
	     "administrators' codes."),
	  "zhiband init /var/lib/zhiban --profile tianning --listen 0.0.0.0:8443", NULL, run_init },
	{ "serve", "DIR", 1, 1, serve_options,
	  N_("Serves in the foreground; SIGTERM ends it after answering what is parked."),
	  "zhiband serve /var/lib/zhiban",
	  N_("With systemd: make the data folder as the user zhiban, then\n"
	     "  systemctl enable --now zhiband\n"
	     "The unit is installed with the program, as lib/systemd/system/zhiband.service below\n"
	     "the prefix, and shuts the server off from all else (systemd-analyze security); in short\n"
	     "  Type=notify\n"
	     "  ExecStart=/usr/local/bin/zhiband serve /var/lib/zhiban\n"
	     "  User=zhiban\n"
	     "  Restart=on-failure\n"
	     "Its data lie in /var/lib/zhiban, and\n"
	     "  journalctl -u zhiband -p warning\n"
	     "shows what somebody should look at.  For monitoring there are /healthz, /readyz and\n"
	     "/metrics (zhiband.conf: http, metrics_token).  Behind a proxy that does TLS:\n"
	     "  http = \"127.0.0.1:8080\"\n"
	     "  forwarded = true"),
	  run_serve },
	{ "status", "DIR", 1, 1, status_options,
	  N_("Says how the server is: since when, how far its journal, what it has in hand, what "
	     "fails, how much room is left; also when it does not run."),
	  "zhiband status /var/lib/zhiban --json", NULL, run_status },
	{ "code", "DIR [list | revoke ID|all]", 1, 3, code_options,
	  N_("Prints a one-time enrolment code, alone on the last line; or lists those that were not "
	     "used yet, or takes them back."),
	  "zhiband code /var/lib/zhiban --officer Wang --hours 8", NULL, run_code },
	{ "officer", "DIR add|list|review|move|disable|enable|passwd|totp|totp-off [NAME]", 2, 3,
	  officer_options,
	  N_("Accounts: adds, lists, moves, closes and opens them, sets a PIN or a second factor; "
	     "`review` names those that somebody should look at."),
	  "zhiband officer /var/lib/zhiban add Zhao --org chengguan --role dept", NULL, run_officer },
	{ "session", "DIR list | revoke NAME", 2, 3, session_options,
	  N_("Who is logged in; `revoke` ends all sessions of an officer, at once and on every node."),
	  "zhiband session /var/lib/zhiban revoke Wang", NULL, run_session },
	{ "console", "DIR list | revoke ID", 2, 3, list_options,
	  N_("Consoles that were enrolled; `revoke` closes a lost one: nobody logs in on it any more."),
	  "zhiband console /var/lib/zhiban list", NULL, run_console },
	{ "audit", "DIR", 1, 1, audit_options,
	  N_("The audit log: log-ins, accounts, codes, what was shown of personal values, and what "
	     "administrators did."),
	  "zhiband audit /var/lib/zhiban --since 2026-11-22 --what login_failed", NULL, run_audit },
	{ "import", "DIR FILE", 2, 2, import_options,
	  N_("Takes CSV or JSON Lines (also gzip) in as incidents of the past; running it again adds "
	     "nothing twice."),
	  "zhiband import /var/lib/zhiban cases.csv --source 12345 --rejects rejects.csv", NULL,
	  run_import },
	{ "warnings", "DIR FILE...", 2, ARGS_WORDS, warnings_options,
	  N_("Takes in warnings (CAP 1.2 or 1.1, messages of the national warning centre, or a "
	     "relay's table; also gzip): the profile says which become notices or incidents; a "
	     "message that came in before makes nothing again."),
	  "zhiband warnings /var/lib/zhiban warning.xml", NULL, run_warnings },
	{ "system", "DIR add|list|revoke [NAME]", 2, 3, system_options,
	  N_("Tokens of other systems that send cases or warnings over HTTPS: `add` prints one, "
	     "alone on its line and this once; `revoke` ends it at once."),
	  "zhiband system /var/lib/zhiban add city12345 --source 12345 --rate 120", NULL,
	  run_system },
	{ "export", "DIR incidents|people|journal", 2, 2, export_options,
	  N_("Takes out what the data hold, as of one moment a page; personal values are masked."),
	  "zhiband export /var/lib/zhiban incidents --filter closed --excel --out closed.csv", NULL,
	  run_export },
	{ "erase", "DIR INCIDENT", 2, 2, erase_options,
	  N_("Erases what is known of the caller of a case: from its state, from the table of "
	     "personal values and from the files; the journal keeps that it was done."),
	  "zhiband erase /var/lib/zhiban 20261122-0417 --reason \"asked for by the caller\"",
	  N_("INCIDENT is a number or an id.  Consoles drop what they keep of it when they are next "
	     "in step.  On PostgreSQL the data base's own log and its backups are its "
	     "administrator's to clean."),
	  run_erase },
	{ "purge", "DIR", 1, 1, purge_options,
	  N_("Lets go what the profile's retention says is kept no longer; the server does it by "
	     "itself every night at three."),
	  "zhiband purge /var/lib/zhiban --dry-run", NULL, run_purge },
	{ "backup", "DIR FILE", 2, 2, backup_options,
	  N_("Writes one file with all that is needed to go on elsewhere: data, settings, key and "
	     "certificate; also while serving."),
	  "zhiband backup /var/lib/zhiban /mnt/backup/zhiban-2026-11-22", NULL, run_backup },
	{ "restore", "FILE DIR", 2, 2, restore_options,
	  N_("Checks a backup and makes a data folder of it; what was in DIR is moved aside into a "
	     "folder there.  The server must not be running.  A backup is the same file whatever "
	     "data base it was made from, so this is also the way from one to the other."),
	  "zhiband restore /mnt/backup/zhiban-2026-11-22 /var/lib/zhiban", NULL, run_restore },
	{ "verify", "DIR|FILE", 1, 1, NULL,
	  N_("Checks the chain of hashes, that folding the journal gives the stored state, and that "
	     "every act has its answer; of a data folder, or of a backup."),
	  "zhiband verify /var/lib/zhiban", NULL, run_verify },
	{ "profile", "check FILE | adopt DIR FILE", 2, 3, profile_options,
	  N_("Checks a profile, or puts it in force by an entry of the journal; cases and accounts "
	     "of organisations that ended move to their successors, with a report."),
	  "zhiband profile adopt /var/lib/zhiban tianning.conf --map sign=take "
	  "--reason \"new streets\"",
	  NULL, run_profile },
	{ "calendar", "load DIR FILE...", 3, ARGS_WORDS, calendar_options,
	  N_("Puts a calendar of working days in force: a whole one, or years in JSON that are put "
	     "into the one in force; says which deadlines moved."),
	  "zhiband calendar load /var/lib/zhiban 2027.json", NULL, run_calendar },
	{ "places", "load DIR FILE", 3, 3, places_options,
	  N_("Puts a table of addresses in force: CSV or JSON Lines with a column `address` and one of "
	     "street, community or grid; or a table of divisions."),
	  "zhiband places load /var/lib/zhiban addresses.csv", NULL, run_places },
	/* of `zhiban demo` alone, not listed */
	{ "fill", "DIR", 1, 1, fill_options, NULL, NULL, NULL, run_fill },
};

const struct command *command_at(size_t i)
{
	return i < ARRAY_LEN(commands) ? &commands[i] : NULL;
}

const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}
