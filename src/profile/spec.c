#include <config.h>

#include <stddef.h>

#include "meeting_priv.h"
#include "rosters_priv.h"
#include "zhiban/base/i18n.h"

enum { WORD = 40, LABEL = 120, LINE = 400 };

static const struct conf_spec choice_spec[] = {
	{ "label", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("what people read") },
	{ "words", CONF_STRS, 0, NULL, 0, LABEL, NULL,
	  N_("other names that an import may bring") },
	{ NULL },
};

static const struct conf_spec role_spec[] = {
	{ "label", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("what people read") },
	{ "words", CONF_STRS, 0, NULL, 0, LABEL, NULL,
	  N_("other names that an import may bring") },
	{ "sees", CONF_STR, 0, "own", 0, WORD, NULL,
	  N_("own: what its organisation has to do with; all: what the centre sees; none") },
	{ "read_only", CONF_BOOL, 0, "false", 0, 0, NULL, N_("true: changes nothing") },
	{ "manage", CONF_STR, 0, "", 0, WORD, NULL,
	  N_("what it administers over the network: system, security or audit; such a role stands "
	     "in no order") },
	{ "totp", CONF_BOOL, 0, "false", 0, 0, NULL,
	  N_("true: logs in with a second factor (RFC 6238)") },
	{ NULL },
};

static const struct conf_spec label_spec[] = {
	{ "label", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("what people read") },
	{ NULL },
};

static const struct conf_spec act_spec[] = {
	{ "label", CONF_STR, 0, "", 0, LABEL, NULL, N_("its name in this step") },
	{ "who", CONF_STR, 0, "any", 0, WORD, NULL,
	  N_("any, centre, seat, holder, centre_or_holder, seat_or_holder, origin, share, below") },
	{ "to", CONF_STR, 0, "", 0, WORD, NULL,
	  N_("the step it leads to; \"below\", \"below again\": into the loop of the lower tier, where "
	     "it goes on or was left; none: stays") },
	{ "stay", CONF_STR, 0, "", 0, WORD, NULL,
	  N_("going up: the step in which the loop below waits; none: the present one") },
	{ "back", CONF_STR, 0, "", 0, WORD, NULL,
	  N_("going up: where that loop goes on when it comes back, none: where it waits; going "
	     "below: where it leads when there is no loop below") },
	{ "closed", CONF_BOOL, 0, "false", 0, 0, NULL,
	  N_("of what is always allowed: in closed steps too") },
	{ "set", CONF_STRS, 0, NULL, 0, LABEL, NULL, N_("FIELD=VALUE each: what else it writes") },
	{ "guards", CONF_STRS, 0, NULL, 0, LINE, NULL, N_("a guard and its argument each") },
	{ NULL },
};

static const struct conf_spec clock_spec[] = {
	{ "label", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("what people read") },
	{ "who", CONF_STR, CONF_REQUIRED, NULL, 0, WORD, NULL,
	  N_("whose: centre, seat, holder, origin, or share (one for each department)") },
	{ "limits", CONF_STRS, CONF_REQUIRED, NULL, 0, LINE, NULL,
	  N_("rows of selectors and a limit; the first that fits wins") },
	{ "stops", CONF_STRS, 0, NULL, 0, WORD, NULL,
	  N_("acts that stop it inside the step; leaving the step always does") },
	{ "starts", CONF_STRS, 0, NULL, 0, WORD, NULL,
	  N_("acts that start it inside the step; none: entering the step does") },
	{ "side", CONF_BOOL, 0, "false", 0, 0, NULL,
	  N_("true: not what the incident itself is due by; goes on when it is sent up") },
	{ "calendar", CONF_STR, 0, "", 0, WORD, NULL, N_("a calendar_set; none: the jurisdiction's") },
	{ "hours", CONF_STR, 0, "", 0, WORD, NULL, N_("an hours_set; none: the jurisdiction's") },
	{ "timeouts", CONF_STRS, 0, NULL, 0, WORD, NULL,
	  N_("a percentage and what happens then each: urge, propose, list, offer") },
	{ "extensions", CONF_STRS, 0, NULL, 0, WORD, NULL,
	  N_("who may grant the first, second, ... extension, with the most he may: \"5wd chief\"") },
	{ NULL },
};

/* Whose such a clock is and its limit are said by what it waits for. */
static const struct conf_spec beside_spec[] = {
	{ "label", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("what people read") },
	{ "timeouts", CONF_STRS, 0, NULL, 0, WORD, NULL,
	  N_("a percentage and what happens then each: urge, propose, list, offer") },
	{ NULL },
};

static const struct conf_spec always_spec[] = {
	{ "act", CONF_SECTION, CONF_TITLED, NULL, 0, 0, act_spec, N_("an act") },
	{ "clock", CONF_SECTION, CONF_TITLED, NULL, 0, 0, beside_spec,
	  N_("a clock that no step starts: countersign, review, answer, receipt or callback") },
	{ NULL },
};

static const struct conf_spec step_spec[] = {
	{ "label", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("the step's name") },
	{ "waiting", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL,
	  N_("how an incident in it is called") },
	{ "tier", CONF_STR, CONF_REQUIRED, NULL, 0, WORD, NULL, N_("one of the tiers") },
	{ "open", CONF_BOOL, 0, "true", 0, 0, NULL, N_("false: closed or archived") },
	{ "shares", CONF_BOOL, 0, "false", 0, 0, NULL,
	  N_("true: each department does its part; the incident goes on when all have") },
	{ "response", CONF_INT, 0, "-1", -1, 2, NULL,
	  N_("level of response: 0 on site, 1, 2; -1 says nothing") },
	{ "act", CONF_SECTION, CONF_TITLED, NULL, 0, 0, act_spec, N_("an act it allows") },
	{ "clock", CONF_SECTION, CONF_TITLED, NULL, 0, 0, clock_spec,
	  N_("a clock that runs in it") },
	{ NULL },
};

static const struct conf_spec start_spec[] = {
	{ "tier", CONF_STR, 0, "", 0, WORD, NULL, N_("of the organisation that registers; none: any") },
	{ "type", CONF_STR, 0, "", 0, WORD, NULL, N_("of the incident; none: any") },
	{ "step", CONF_STR, CONF_REQUIRED, NULL, 0, WORD, NULL, N_("where it begins") },
	{ NULL },
};

static const struct conf_spec mode_spec[] = {
	{ "label", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("what people read") },
	{ "emergency", CONF_BOOL, 0, "false", 0, 0, NULL, N_("shown in the frame") },
	{ "quiet", CONF_BOOL, 0, "true", 0, 0, NULL, N_("quiet hours hold") },
	{ "pause", CONF_STR, 0, "", 0, WORD, NULL,
	  N_("role that may stop clocks; \"-\": nobody; none: who may anyhow") },
	{ "limits", CONF_STRS, 0, NULL, 0, LINE, NULL,
	  N_("a clock and its limit, or a percentage of the usual one, each") },
	{ "guards", CONF_STRS, 0, NULL, 0, LINE, NULL,
	  N_("an act, a guard and its argument each, beside those of the steps") },
	{ "columns", CONF_STRS, 0, NULL, 0, WORD, NULL, N_("more columns of the board") },
	{ "posts", CONF_STR, 0, "", 0, LINE, NULL, N_("who sits where, in words") },
	{ "reports", CONF_STR, 0, "", 0, LINE, NULL, N_("which reports are due, in words") },
	{ NULL },
};

static const struct conf_spec own_step_spec[] = {
	{ "label", CONF_STR, 0, "", 0, LABEL, NULL, N_("the step's name there") },
	{ "waiting", CONF_STR, 0, "", 0, LABEL, NULL, N_("how an incident in it is called there") },
	{ NULL },
};

static const struct conf_spec override_spec[] = {
	{ "categories", CONF_STRS, 0, NULL, 0, WORD, NULL, N_("its own list, of codes of this file") },
	{ "act", CONF_SECTION, CONF_TITLED, NULL, 0, 0, label_spec, N_("the name of an act there") },
	{ "step", CONF_SECTION, CONF_TITLED, NULL, 0, 0, own_step_spec,
	  N_("the names of a step there") },
	{ "checks", CONF_STRS, 0, NULL, 0, LABEL, NULL,
	  N_("periodic duties: \"NAME daily 21:00\", \"NAME weekly 7 21:00\", \"NAME monthly -1 "
	     "17:00\"") },
	{ "reports", CONF_STR, 0, "", 0, LINE, NULL, N_("the levels of its own reports, in words") },
	{ NULL },
};

static const struct conf_spec summons_class_spec[] = {
	{ "label", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("what people read") },
	{ "approver", CONF_STR, 0, "", 0, WORD, NULL,
	  N_("role of the blower's that approves it, at least; none: nobody needs to") },
	{ "approver_words", CONF_STR, 0, "", 0, LABEL, NULL,
	  N_("who that is, as people say it; none: the name of the role") },
	{ "come", CONF_STR, 0, "", 0, LABEL, NULL, N_("who must come, as people say it") },
	{ "limits", CONF_STRS, 0, NULL, 0, WORD, NULL,
	  N_("a clock and its limit each: \"report_in 3wd\"; the clocks are approve, check, sign, "
	     "contact, arrive, report_in, handle, feedback, verify, rate, judge, settle") },
	{ "bounds", CONF_STR, 0, "", 0, WORD, NULL,
	  N_("within which the blower states the report-in time: \"30m..1wd\"; none: it is the "
	     "class's") },
	{ "extensions", CONF_STRS, 0, NULL, 0, WORD, NULL,
	  N_("who may grant the first, second, ... extension of the handling, with the most he may: "
	     "\"5wd chief\"") },
	{ NULL },
};

static const struct conf_spec summons_spec[] = {
	{ "label", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("what people read") },
	{ "noun", CONF_STR, 0, "", 0, LABEL, NULL, N_("what one of them is called; none: the label") },
	{ "paper", CONF_STR, 0, "", 0, LABEL, NULL, N_("the heading of its sheet; none: the noun") },
	{ "letter", CONF_STR, 0, "W", 0, WORD, NULL,
	  N_("of the numbers, \"22-W003\": one or two capital letters, no other kind's") },
	{ "blowers", CONF_STRS, CONF_REQUIRED, NULL, 0, WORD, NULL,
	  N_("tiers that may blow it, or \"centre\"") },
	{ "role", CONF_STR, CONF_REQUIRED, NULL, 0, WORD, NULL, N_("at least, to draft one") },
	{ "calls", CONF_STRS, 0, NULL, 0, WORD, NULL,
	  N_("tiers that may be called, or \"centre\"; none: any") },
	{ "checked", CONF_BOOL, 0, "true", 0, 0, NULL,
	  N_("false: the centre does not check it before it is issued; its own it never does") },
	{ "confirmed", CONF_BOOL, 0, "true", 0, 0, NULL,
	  N_("false: who reported in is taken as said, the blower confirms nothing") },
	{ "coded", CONF_BOOL, 0, "false", 0, 0, NULL,
	  N_("true: six digits that the blower's console shows may prove who came") },
	{ "judged", CONF_BOOL, 0, "false", 0, 0, NULL, N_("true: the departments judge it") },
	{ "alone", CONF_BOOL, 0, "true", 0, 0, NULL, N_("false: only from a case") },
	{ "listed", CONF_BOOL, 0, "false", 0, 0, NULL,
	  N_("true: on the leader's list as soon as it is issued") },
	{ "again", CONF_INT, 0, "1", 0, 100, NULL,
	  N_("how often one that was returned may be handed in again") },
	{ "ground", CONF_SECTION, CONF_TITLED, NULL, 0, 0, choice_spec, N_("why it may be blown") },
	{ "class", CONF_SECTION, CONF_TITLED, NULL, 0, 0, summons_class_spec,
	  N_("lowest first; neither important nor pressing: the first, one of them: the second, "
	     "both: the third, or the last there is") },
	{ "act", CONF_SECTION, CONF_TITLED, NULL, 0, 0, label_spec,
	  N_("the name of an act on a whistle here") },
	{ "step", CONF_SECTION, CONF_TITLED, NULL, 0, 0, label_spec,
	  N_("the name of a step here: draft, approve, check, returned, issued, rate, closed, "
	     "withdrawn, refused") },
	{ "clock", CONF_SECTION, CONF_TITLED, NULL, 0, 0, beside_spec,
	  N_("the name of a clock here, and what happens at its percentages; offer is not for it") },
	{ NULL },
};

static const struct conf_spec channel_spec[] = {
	{ "label", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("what people read") },
	{ "role", CONF_STR, CONF_REQUIRED, NULL, 0, WORD, NULL, N_("at least, to issue it") },
	{ "answer", CONF_STR, 0, "-", 0, WORD, NULL, N_("limit of the answer") },
	{ "sign", CONF_STR, 0, "-", 0, WORD, NULL,
	  N_("limit for signing for it, printed on its sheet") },
	{ "paper", CONF_STR, 0, "", 0, LABEL, NULL, N_("the heading of its sheet; none: the label") },
	{ "office", CONF_STR, 0, "", 0, LABEL, NULL, N_("who issues it; none: the centre") },
	{ "text", CONF_STR, 0, "", 0, LINE, NULL, N_("what the sheet says beside its words") },
	{ "copies", CONF_STRS, 0, NULL, 0, LABEL, NULL, N_("who is sent one, too") },
	{ "points", CONF_INT, 0, "0", 0, 1000, NULL, N_("taken off in the assessment") },
	{ "rank", CONF_INT, 0, "0", 0, 100, NULL,
	  N_("place in the ladder, each above the one before; 0: beside it") },
	{ NULL },
};

static const struct conf_spec receipt_spec[] = {
	{ "label", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("what people read") },
	{ "limit", CONF_STR, 0, "-", 0, WORD, NULL, N_("by when a receipt is expected") },
	{ NULL },
};

static const struct conf_spec warning_spec[] = {
	{ "levels", CONF_STRS, 0, NULL, 0, WORD, NULL,
	  N_("red, orange, yellow, blue, none; none given: any") },
	{ "events", CONF_STRS, 0, NULL, 0, LABEL, NULL,
	  N_("words of the event, or beginnings of its code; none: any") },
	{ "messages", CONF_STRS, 0, NULL, 0, WORD, NULL,
	  N_("alert, update, cancel, ack, error; none: alert and update") },
	{ "statuses", CONF_STRS, 0, NULL, 0, WORD, NULL,
	  N_("actual, exercise, system, test, draft; none: actual") },
	{ "area", CONF_STR, 0, "own", 0, WORD, NULL,
	  N_("own: of the jurisdiction's areas; any: of all") },
	{ "makes", CONF_STR, CONF_REQUIRED, NULL, 0, WORD, NULL, N_("notice, incident or nothing") },
	{ "class", CONF_STR, 0, "", 0, WORD, NULL,
	  N_("a class of receipts; none: that called like the level, else the first") },
	{ "to", CONF_STRS, 0, NULL, 0, WORD, NULL,
	  N_("recipients: \"area\" (the units named in it), \"all\" (those right below the centre), "
	     "\"tier TIER\", or codes") },
	{ "category", CONF_STR, 0, "", 0, WORD, NULL, N_("of an incident") },
	{ "urgency", CONF_STR, 0, "", 0, WORD, NULL, N_("of an incident") },
	{ NULL },
};

static const struct conf_spec template_spec[] = {
	{ "label", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("what people read") },
	{ "act", CONF_STR, 0, "register", 0, WORD, NULL, N_("whose form it fills in") },
	{ "ask", CONF_STR, 0, "", 0, LINE, NULL,
	  N_("what the caller is to be asked: shown in the form") },
	{ "title", CONF_STR, 0, "", 0, LINE, NULL, N_("\"__\" is a blank to be filled in") },
	{ "text", CONF_STR, 0, "", 0, LINE, NULL, N_("the same") },
	{ "address", CONF_STR, 0, "", 0, LINE, NULL, N_("the same") },
	{ "category", CONF_STR, 0, "", 0, LABEL, NULL, N_("a code or a name of the list") },
	{ "urgency", CONF_STR, 0, "", 0, LABEL, NULL, N_("the same") },
	{ "severity", CONF_STR, 0, "", 0, LABEL, NULL, N_("the same") },
	{ "type", CONF_STR, 0, "", 0, LABEL, NULL, N_("the same") },
	{ "source", CONF_STR, 0, "", 0, LABEL, NULL, N_("the same") },
	{ "reason", CONF_STR, 0, "", 0, LINE, NULL, N_("words of an act that asks for it") },
	{ "note", CONF_STR, 0, "", 0, LINE, NULL, N_("the same") },
	{ "result", CONF_STR, 0, "", 0, LINE, NULL, N_("the same") },
	{ "reply", CONF_STR, 0, "", 0, LINE, NULL, N_("the same") },
	{ "words", CONF_STR, 0, "", 0, LINE, NULL, N_("the same") },
	{ "gist", CONF_STR, 0, "", 0, LINE, NULL, N_("the same") },
	{ NULL },
};

static const struct conf_spec hours_spec[] = {
	{ "spans", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("09:00-12:00,13:30-17:00") },
	{ NULL },
};

static const struct conf_spec days_spec[] = {
	{ "off", CONF_STRS, 0, NULL, 0, LABEL, NULL, N_("days off: \"2026-07-05 NAME\", or from..to") },
	{ "work", CONF_STRS, 0, NULL, 0, LABEL, NULL, N_("working days") },
	{ NULL },
};

static const struct conf_spec attribute_spec[] = {
	{ "description", CONF_STR, CONF_REQUIRED, NULL, 0, LINE, NULL, N_("what is asked, or said") },
	{ "type", CONF_STR, 0, "string", 0, WORD, NULL,
	  N_("string, number, datetime, text, singlevaluelist or multivaluelist") },
	{ "required", CONF_BOOL, 0, "false", 0, 0, NULL, N_("a request must have it") },
	{ "variable", CONF_BOOL, 0, "true", 0, 0, NULL, N_("false: only words to be read") },
	{ "hint", CONF_STR, 0, "", 0, LINE, NULL, N_("how it is filled in") },
	{ "values", CONF_STRS, 0, NULL, 0, LABEL, NULL, N_("of a list: KEY=NAME each") },
	{ NULL },
};

static const struct conf_spec service_spec[] = {
	{ "description", CONF_STR, 0, "", 0, LINE, NULL, N_("what it is for") },
	{ "group", CONF_STR, 0, "", 0, LABEL, NULL, N_("none: the category above it") },
	{ "keywords", CONF_STRS, 0, NULL, 0, LABEL, NULL, N_("words it is found by") },
	{ "type", CONF_STR, 0, "realtime", 0, WORD, NULL,
	  N_("realtime answers with the number, batch with a token, blackbox with neither") },
	{ "notice", CONF_STR, 0, "", 0, LINE, NULL, N_("what will be done, for who asks") },
	{ "attribute", CONF_SECTION, CONF_TITLED, NULL, 0, 0, attribute_spec,
	  N_("what else is asked") },
	{ NULL },
};

static const struct conf_spec open311_spec[] = {
	{ "jurisdiction", CONF_STR, 0, "", 0, LABEL, NULL,
	  N_("jurisdiction_id that requests may name; none: any") },
	{ "contact", CONF_STR, 0, "", 0, LINE, NULL, N_("whom developers ask") },
	{ "key_service", CONF_STR, 0, "", 0, LINE, NULL, N_("where they get a token") },
	{ "endpoint", CONF_STR, 0, "", 0, LINE, NULL,
	  N_("its address, \"https://HOST/open311/v2\"; none: that it was asked at") },
	{ "show", CONF_STRS, 0, NULL, 0, WORD, NULL,
	  N_("sources whose cases everybody may see; none: each system its own") },
	{ "text", CONF_BOOL, 0, "false", 0, 0, NULL, N_("the text of cases leaves, too") },
	{ "address", CONF_STR, 0, "area", 0, WORD, NULL,
	  N_("of the place leaves: none, area (street and community), or full") },
	{ "position", CONF_BOOL, 0, "false", 0, 0, NULL, N_("latitude and longitude leave, too") },
	{ "notes", CONF_BOOL, 0, "false", 0, 0, NULL, N_("the reply to the caller leaves, too") },
	{ "agency", CONF_BOOL, 0, "true", 0, 0, NULL,
	  N_("false: the department's name does not leave") },
	{ "expected", CONF_STR, 0, "handle", 0, WORD, NULL,
	  N_("the clock by which a case is expected to be done") },
	{ "rate", CONF_INT, 0, "120", 1, 60000, NULL,
	  N_("most requests a minute of an address without a token") },
	{ "offer", CONF_STR, 0, "all", 0, WORD, NULL,
	  N_("all: every category that has none below it; listed: those with a service here") },
	{ "service", CONF_SECTION, CONF_TITLED, NULL, 0, 0, service_spec,
	  N_("what is said of a category that is offered") },
	{ NULL },
};

/* What a base may say for the profiles above it, too. */
#define SHARED                                                                                 \
	{ "offset", CONF_STR, 0, "+08:00", 0, WORD, NULL, N_("from UTC, the whole year") },     \
	{ "calendar", CONF_STR, 0, "cn", 0, WORD, NULL, N_("calendar-NAME.conf") },             \
	{ "hours", CONF_STR, 0, "", 0, LABEL, NULL, N_("working hours") },                      \
	{ "night", CONF_STR, 0, "", 0, LABEL, NULL,                                             \
	  N_("from when to when limits of the night hold") },                                   \
	{ "other_category", CONF_STR, 0, "", 0, WORD, NULL,                                     \
	  N_("where categories go that the list does not have") },                              \
	{ "default_source", CONF_STR, 0, "", 0, WORD, NULL,                                     \
	  N_("the source of a registration that names none") },                                 \
	{ "closed_words", CONF_STRS, 0, NULL, 0, LABEL, NULL,                                   \
	  N_("states at a source that mean closed, for imports") },                             \
	{ "days_off", CONF_STRS, 0, NULL, 0, LABEL, NULL,                                       \
	  N_("local days off: \"2026-08-01 NAME\"") },                                          \
	{ "days_on", CONF_STRS, 0, NULL, 0, LABEL, NULL, N_("local working days") },            \
	{ "marks", CONF_STRS, 0, NULL, 0, WORD, NULL,                                           \
	  N_("percentages of a clock that are shown and counted") },                            \
	{ "quiet", CONF_STR, 0, "", 0, WORD, NULL,                                              \
	  N_("from when to when minor incidents are collected: 22:00-07:00") },                 \
	{ "quiet_urgency", CONF_STR, 0, "", 0, WORD, NULL,                                      \
	  N_("what counts as minor: this urgency and less") },                                  \
	{ "countersign", CONF_STR, 0, "-", 0, WORD, NULL,                                       \
	  N_("limit for signing what was recorded on one's behalf") },                          \
	{ "reopen_days", CONF_INT, 0, "0", 0, 3650, NULL,                                       \
	  N_("how long after closing a case may be reopened; 0: for ever") },                   \
	{ "alarm_urgency", CONF_STR, 0, "", 0, WORD, NULL,                                      \
	  N_("an unanswered case of this urgency or more is an alarm; by default the highest") },\
	{ "alarm_red", CONF_STR, 0, "", 0, WORD, NULL,                                          \
	  N_("a clock of ours that runs out is an alarm for cases of this urgency or more; by "   \
	     "default as alarm_urgency") },                                                     \
	{ "alarms", CONF_STRS, 0, NULL, 0, WORD, NULL,                                          \
	  N_("what is an alarm here: \"new\", \"given\" (to us), \"red\" (a clock ran out); by "  \
	     "default all of them") },                                                          \
	{ "alarm_louder", CONF_STR, 0, "3m", 0, WORD, NULL,                                     \
	  N_("unanswered for so long an alarm rings louder and names the deputy; -: never") },   \
	{ "alarm_check", CONF_STR, 0, "10m", 0, WORD, NULL,                                     \
	  N_("no key for so long under an alarm is written into the case's journal; -: never") },\
	{ "alarm_deputy", CONF_STRS, 0, NULL, 0, WORD, NULL,                                    \
	  N_("roles of who is to be rung then, first choice first; none: nobody is named") },   \
	{ "lock_at_most", CONF_STR, 0, "-", 0, WORD, NULL,                                      \
	  N_("how long a screen may stand open without a key at the most: 30m; -: the console says") },\
	{ "training", CONF_BOOL, 0, "false", 0, 0, NULL,                                        \
	  N_("a jurisdiction to practise in: every screen says so, in a frame of its own") },   \
	{ "targets", CONF_STRS, 0, NULL, 0, WORD, NULL,                                         \
	  N_("of the funnel: percent on site, at level 1, at level 2") },                       \
	{ "holds_personal", CONF_STR, 0, "holder", 0, WORD, NULL,                               \
	  N_("whose consoles hold callers' names and phones of open cases: holder, shares, "    \
	     "none") },                                                                         \
	{ "reveals", CONF_INT, 0, "20", 0, 10000, NULL,                                         \
	  N_("how many of them an officer may have shown to him; 0: no limit") },               \
	{ "reveals_in", CONF_STR, 0, "12h", 0, WORD, NULL, N_("in what time: a shift") },       \
	{ "callers", CONF_INT, 0, "60", 0, 10000, NULL,                                         \
	  N_("how many callers' numbers an officer may ask about in an hour; 0: no limit") },   \
	{ "retention", CONF_STRS, 0, NULL, 0, WORD, NULL,                                       \
	  N_("\"personal 1095d\", \"audit 1095d\", \"answers 180d\": how long each is kept") },  \
	{ "duties", CONF_STR, 0, "", 0, LABEL, NULL, N_("the duty list, beside this file") },   \
	{ "tier", CONF_SECTION, CONF_TITLED, NULL, 0, 0, choice_spec, N_("from the top") },     \
	{ "role", CONF_SECTION, CONF_TITLED, NULL, 0, 0, role_spec, N_("lowest first") },       \
	{ "source", CONF_SECTION, CONF_TITLED, NULL, 0, 0, choice_spec,                         \
	  N_("where cases come from") },                                                        \
	{ "category", CONF_SECTION, CONF_TITLED, NULL, 0, 0, choice_spec,                       \
	  N_("codes; groups are the beginnings of their members") },                            \
	{ "urgency", CONF_SECTION, CONF_TITLED, NULL, 0, 0, choice_spec,                        \
	  N_("most urgent first") },                                                            \
	{ "severity", CONF_SECTION, CONF_TITLED, NULL, 0, 0, choice_spec, N_("lowest first") }, \
	{ "type", CONF_SECTION, CONF_TITLED, NULL, 0, 0, choice_spec, N_("kinds of cases") },   \
	{ "object", CONF_SECTION, CONF_TITLED, NULL, 0, 0, choice_spec,                         \
	  N_("classes of components") },                                                        \
	{ "object_state", CONF_SECTION, CONF_TITLED, NULL, 0, 0, choice_spec,                   \
	  N_("states of components") },                                                         \
	{ "out", CONF_SECTION, CONF_TITLED, NULL, 0, 0, choice_spec,                            \
	  N_("where cases are transferred to") },                                               \
	{ "reveal_why", CONF_SECTION, CONF_TITLED, NULL, 0, 0, choice_spec,                     \
	  N_("why a personal value may be shown") },                                            \
	{ "channel", CONF_SECTION, CONF_TITLED, NULL, 0, 0, channel_spec,                       \
	  N_("a way of supervision") },                                                         \
	{ "summons", CONF_SECTION, CONF_TITLED, NULL, 0, 0, summons_spec,                       \
	  N_("a kind of whistle, the usual one first; one of the same code takes the base's place") },\
	{ "roster", CONF_SECTION, CONF_TITLED, NULL, 0, 0, roster_spec,                         \
	  N_("a roster that organisations have; one of the same code takes the base's place") }, \
	{ "log", CONF_SECTION, 0, NULL, 0, 0, log_spec, N_("what the duty log shows by itself") }, \
	{ "meeting", CONF_SECTION, CONF_TITLED, NULL, 0, 0, series_spec,                        \
	  N_("a series of joint meetings, the usual one first; one of the same code takes the "   \
	     "base's place") },                                                                 \
	{ "nominees", CONF_STRS, 0, NULL, 0, LABEL, NULL,                                       \
	  N_("what puts a case to the meeting by itself, each with how often it must have "       \
	     "happened and its own words, if any: \"returned 3 WORDS\"; hand, hard, returned, "  \
	     "escalated, shelved, overdue, reworked, supervised, disputed, unanswered") },      \
	{ "task", CONF_SECTION, 0, NULL, 0, 0, task_spec,                                       \
	  N_("the clocks of what a meeting gives a department to do") },                        \
	{ "receipt", CONF_SECTION, CONF_TITLED, NULL, 0, 0, receipt_spec,                       \
	  N_("a class of notices; the first is the default") },                                 \
	{ "warning", CONF_SECTION, CONF_TITLED, NULL, 0, 0, warning_spec,                       \
	  N_("what becomes of a warning that comes in; the first that fits counts") },          \
	{ "warning_source", CONF_STR, 0, "", 0, WORD, NULL,                                     \
	  N_("the source of what warnings make") },                                             \
	{ "hours_set", CONF_SECTION, CONF_TITLED, NULL, 0, 0, hours_spec,                       \
	  N_("working hours of their own, for clocks that name them") },                        \
	{ "calendar_set", CONF_SECTION, CONF_TITLED, NULL, 0, 0, days_spec,                     \
	  N_("days of their own over the calendar, for clocks that name them") },               \
	{ "mode", CONF_SECTION, CONF_TITLED, NULL, 0, 0, mode_spec,                             \
	  N_("peacetime first, then emergencies") },                                            \
	{ "act", CONF_SECTION, CONF_TITLED, NULL, 0, 0, label_spec,                             \
	  N_("the name of an act here") },                                                      \
	{ "template", CONF_SECTION, CONF_TITLED, NULL, 0, 0, template_spec,                     \
	  N_("a form filled in beforehand, chosen with F4") },                                  \
	{ "open311", CONF_SECTION, 0, NULL, 0, 0, open311_spec,                                \
	  N_("what is offered by Open311, GeoReport v2; none: nothing is") },                   \
	{ "always", CONF_SECTION, 0, NULL, 0, 0, always_spec,                                   \
	  N_("acts that every open step allows, and clocks beside the steps") },                \
	{ NULL },

const struct conf_spec base_spec[] = { SHARED };

const struct conf_spec profile_spec[] = {
	{ "name", CONF_STR, CONF_REQUIRED, NULL, 0, WORD, NULL, N_("short, for commands") },
	{ "title", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("the centre's full name") },
	{ "brief", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL, N_("the jurisdiction's name") },
	{ "base", CONF_STR, 0, "", 0, LABEL, NULL,
	  N_("a file beside this one that says what this one does not") },
	{ "centre", CONF_STR, CONF_REQUIRED, NULL, 0, WORD, NULL,
	  N_("code of the organisation at the root") },
	{ "orgs", CONF_STR, CONF_REQUIRED, NULL, 0, LABEL, NULL,
	  N_("table of organisations, beside this file") },
	{ "areas", CONF_STRS, 0, NULL, 0, LABEL, NULL,
	  N_("\"CODE NAME\" each: whose warnings are this jurisdiction's, itself first") },
	{ "rooms", CONF_STRS, 0, NULL, 0, LABEL, NULL, N_("rooms that can be booked") },
	{ "room", CONF_SECTION, CONF_TITLED, NULL, 0, 0, room_spec,
	  N_("what is known of such a room; one that the list has not stands behind it") },
	{ "start", CONF_SECTION, CONF_TITLED, NULL, 0, 0, start_spec,
	  N_("where a registration leads; the first that fits wins") },
	{ "step", CONF_SECTION, CONF_TITLED, NULL, 0, 0, step_spec,
	  N_("in the flow's order; registering leads into the first") },
	{ "override", CONF_SECTION, CONF_TITLED, NULL, 0, 0, override_spec,
	  N_("what an organisation, by its code, does in its own way") },
	SHARED
};

const struct conf_spec *profile_schema(void)
{
	return profile_spec;
}

const struct conf_spec *profile_base_schema(void)
{
	return base_spec;
}
