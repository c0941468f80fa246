/* zhiban list KIND: its words, and the two ways out, for people and for programs. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "desk.h"
#include "list.h"
#include "zhiban/base/i18n.h"
#include "zhiban/base/mem.h"
#include "zhiban/model/log.h"
#include "zhiban/model/saved.h"
#include "zhiban/model/supervisions.h"

static const struct {
	const char *name;
	enum kind kind;
	const char *columns; /* shown unless --columns says otherwise */
	enum err (*run)(struct list *list, struct error *err);
	const struct kind_desc *(*desc)(void); /* of rows that are no entities; or NULL */
} lists[] = {
	{ "incidents", KIND_INCIDENT, "number,urgency,source,street,title,holder,step,due",
	  list_incidents },
	{ "whistles", KIND_WHISTLE,
	  "number,cls,origin,title,step,due,due_clock,due_org,asked,reported", list_whistles },
	{ "deadlines", KIND_INCIDENT, "due,left,kind,clock,number,org,title", list_deadlines },
	{ "inspections", KIND_INSPECTION, "org,label,due,done_at,done_by,late,cases,found",
	  list_inspections },
	{ "people", KIND_PERSON, "name,org,role,post,phone", list_people },
	{ "notices", KIND_NOTICE,
	  "number,level,event,title,issuer,posted_at,expires_at,signatures,asked,late,open",
	  list_notices },
	{ "handovers", KIND_HANDOVER,
	  "number,org,shift,starts,out_by,in_by,in_at,third_by,must,ticked,unread,unsent,state",
	  list_handovers },
	{ "orgs", KIND_ORG, "code,name,tier,parent,managed,layer,begins,ends,successor,phone",
	  list_orgs },
	{ "shifts", KIND_COUNT, "day,org,shift,post,seat,name,phone,how", list_shifts,
	  list_shifts_desc },
	{ "rosters", KIND_ROSTER, "org,plan,month,set_at,set_by,built_at,score,bound,changes",
	  list_rosters },
	{ "staff", KIND_STAFF, "order,name,org,title,phone,posts", list_staff },
	{ "swaps", KIND_SWAP, "number,state,org,name,other,lapses_at,reason", list_swaps },
	{ "supervisions", KIND_COUNT, "channel,serial,about,org,due,answered_at,points,title",
	  list_supervisions, supervisions_desc },
	{ "dutylog", KIND_COUNT, "at,late,sort,act,number,words,officer", list_dutylog, log_desc },
	{ "records", KIND_RECORD,
	  "number,happened_at,sort,late,party,title,leader,told,due,open,by", list_records },
	{ "meetings", KIND_MEETING,
	  "number,state,starts,room,title,org,items,must,accepted,silent,due_clock,due,doc_no",
	  list_meetings },
	{ "items", KIND_ITEM,
	  "number,state,title,about_no,lead,meeting,papers_due,missing,times,outcome", list_items },
	{ "actions", KIND_ACTION, "number,state,title,lead,due,due_clock,meeting_no,about_no,in_time",
	  list_actions },
	{ "rooms", KIND_COUNT, "name,seats,line,from_at,to_at,title,org,by", list_rooms,
	  list_rooms_desc },
	{ "candidates", KIND_COUNT, "number,kind,title,step,why,orgs", list_candidates,
	  list_candidates_desc },
};

enum { OUT_CHUNK = 64 * 1024, CELLS_MOST = 80 };

/* Until the server has given a number, people go by the mark of this console. */
static const char *absent_cell(const struct list *list, const struct field *field,
			       const void *thing, struct arena *arena)
{
	char mark[48];

	if (field->type == FIELD_BOOL && strcmp(field->name, "managed") == 0)
		return _("no"); /* of an organisation that others run, this is what matters */
	if (list->kind->kind != KIND_INCIDENT || strcmp(field->name, "number") != 0)
		return "";
	return arena_strdup(arena, client_mark(list->console->client, thing, mark));
}

static const char *shown_cell(const struct rules *rules, const struct field *field,
			      struct value value, struct arena *arena)
{
	struct str masked = STR_INIT;
	const char *cell;
	char buf[256];

	if ((field->flags & F_MASK) == 0)
		return arena_strdup(arena, rules_show(rules, field, value, buf, sizeof buf));
	mask_text(&masked, value.text);
	cell = arena_strdup(arena, str_get(&masked));
	str_release(&masked);
	return cell;
}

enum err list_add(struct list *list, const struct uuid *id, const void *thing, struct error *err)
{
	const struct rules *rules = list->ctx.rules;

	if (list->count_only)
		return ERR_OK;
	if (list->as_table) {
		const char *cells[CELLS_MOST];
		struct arena arena = ARENA_INIT;

		for (size_t i = 0; i < list->n_columns; i++) {
			struct value value = field_get(list->columns[i], thing);

			cells[i] = value_is_set(value)
					   ? shown_cell(rules, list->columns[i], value, &arena)
					   : absent_cell(list, list->columns[i], thing, &arena);
		}
		table_add(&list->table, cells);
		arena_release(&arena);
		return ERR_OK;
	}
	out_rows_add(&list->rows, id, thing, &list->out);
	return list->out.len > OUT_CHUNK ? list_out_flush(list, err) : ERR_OK;
}

static enum err take_columns(struct list *list, const char *words, struct error *err)
{
	const char *at = words;

	list->columns = arena_array(&list->console->arena, CELLS_MOST, sizeof *list->columns);
	while (*at != '\0') {
		size_t len = strcspn(at, ",");
		const char *name = arena_strndup(&list->console->arena, at, len);
		const struct field *field = list_find_column(list, name);
		struct str known = STR_INIT;

		if (field == NULL || list->n_columns == CELLS_MOST) {
			for (size_t i = 0; i < list->kind->n_fields; i++)
				str_addf(&known, " %s", list->kind->fields[i].name);
			for (size_t i = 0; i < list->n_more; i++)
				str_addf(&known, " %s", list->more[i].name);
			error_set(err, ERR_USAGE, _("--columns: \"%s\" is no column; there are%s"),
				  name, str_get(&known));
			str_release(&known);
			return ERR_USAGE;
		}
		list->columns[list->n_columns++] = field;
		at += len + (at[len] == ',');
	}
	return ERR_OK;
}

/* Programs get every field unless they ask for some. */
static void take_all_columns(struct list *list)
{
	list->columns = arena_array(&list->console->arena, list->kind->n_fields + list->n_more,
				    sizeof *list->columns);
	for (size_t i = 0; i < list->kind->n_fields; i++)
		list->columns[list->n_columns++] = &list->kind->fields[i];
	for (size_t i = 0; i < list->n_more; i++)
		list->columns[list->n_columns++] = &list->more[i];
}

static enum err begin(struct list *list, size_t which, const char *columns, const char *format,
		      struct error *err)
{
	bool paper;
	enum err rc;

	if (list->count_only)
		return ERR_OK;
	rc = list_out_begin(list, lists[which].name, format, err);
	if (rc != ERR_OK)
		return rc;
	if (lists[which].run == list_deadlines)
		list->more = list_due_fields(list->as_table, &list->n_more);
	paper = list->rows.format == OUT_HTML || list->rows.format == OUT_MARKDOWN;
	if (columns == NULL && !list->as_table && !paper)
		take_all_columns(list);
	else
		rc = take_columns(list, columns ? columns : lists[which].columns, err);
	if (rc != ERR_OK)
		return rc;
	if (list->as_table) {
		const char **titles = arena_array(&list->console->arena, list->n_columns,
						  sizeof *titles);

		for (size_t i = 0; i < list->n_columns; i++)
			titles[i] = _(list->columns[i]->title);
		table_init(&list->table, titles, list->n_columns);
		return ERR_OK;
	}
	list->rows.fields = list->columns;
	list->rows.n_fields = list->n_columns;
	list->rows.rules = list->ctx.rules;
	list->rows.offset_min = list->ctx.rules->offset_min;
	out_rows_begin(&list->rows, &list->out);
	return ERR_OK;
}

/* A table without rows says so, and why if it is known. */
static void say_empty(const struct list *list)
{
	const struct actor *actor = list->ctx.actor;
	const struct role_rule *role = actor ? rules_role(list->ctx.rules, actor->role) : NULL;

	if (role != NULL && role->manage != MANAGE_NOTHING)
		fprintf(stderr, "%s\n", _("This role administers and sees no cases: zhiban manage "
					  "has its commands."));
	else
		fprintf(stderr, "%s\n", _("Nothing of that kind is here."));
}

enum err list_end(struct list *list, struct error *err)
{
	if (list->group != NULL)
		list_end_group(list);
	else if (list->count_only)
		str_addf(&list->out, "%zu\n", list->written);
	if (list->count_only)
		return list_out_end(list, err);
	if (list->as_table)
		table_write(&list->table, &list->out);
	else
		out_rows_end(&list->rows, &list->out);
	if (list->as_table && list->table.n == 0)
		say_empty(list);
	return list_out_end(list, err);
}

void list_release(struct list *list)
{
	if (list->as_table)
		table_release(&list->table);
	new_file_drop(list->to);
	str_release(&list->out);
}

static enum err begin_list(struct list *list, size_t which, const char *columns, const char *format,
			   struct error *err)
{
	list->kind = lists[which].desc != NULL ? lists[which].desc() : kind_desc(lists[which].kind);
	list->ctx = client_filter_ctx(list->console->client);
	return begin(list, which, columns, format, err);
}

enum err list_begin(struct list *list, const char *name, const char *columns, const char *format,
		    struct error *err)
{
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		if (strcmp(lists[i].name, name) == 0)
			return begin_list(list, i, columns, format, err);
	return ERR_NOT_FOUND;
}

static enum err run_list(struct list *list, size_t which, const char *columns, const char *format,
			 struct error *err)
{
	enum err rc = begin_list(list, which, columns, format, err);

	if (rc == ERR_OK)
		rc = lists[which].run(list, err);
	if (rc == ERR_OK)
		rc = list_end(list, err);
	list_release(list);
	return rc;
}

/* A view is of one of some lists, groups are of incidents. */
static enum err check_view(const struct list_asked *asked, const char *name, struct error *err)
{
	enum saved_list list;
	bool of_list = saved_list_find(name, &list);

	if ((asked->view != NULL || asked->views != NULL) && *name != '\0' && !of_list)
		return error_set(err, ERR_USAGE, "%s",
				 _("--view is for zhiban list incidents, deadlines and whistles"));
	if (asked->group != NULL && *name != '\0' && strcmp(name, "incidents") != 0)
		return error_set(err, ERR_USAGE, "%s", _("--group is for zhiban list incidents"));
	return ERR_OK;
}

enum err list_command(struct console *console, int argc, char **argv, struct error *err)
{
	const char *limit = NULL, *format = NULL, *rest[1];
	struct list_asked asked = { .filter = NULL };
	struct list list = { .console = console };
	const struct command_option options[] = {
		{ "filter", &asked.filter, NULL }, { "view", &asked.view, NULL },
		{ "views", &asked.views, NULL },   { "columns", &asked.columns, NULL },
		{ "sort", &asked.sort, NULL },	   { "group", &asked.group, NULL },
		{ "limit", &limit, NULL },	   { "format", &format, NULL },
		{ "count", NULL, &list.count_only }, { "out", &list.path, NULL },
		{ "excel", NULL, &list.excel },
	};
	long long most = INT64_MAX;
	size_t n;
	enum err rc = command_words(argc, argv, options, ARRAY_LEN(options), rest, 1, &n, err);

	if (rc != ERR_OK)
		return rc;
	if (limit != NULL && !str_int(limit, 1, INT64_MAX, &most))
		return error_set(err, ERR_USAGE,
				 _("--limit takes a whole number from 1, not \"%s\""), limit);
	rc = check_view(&asked, n == 1 ? rest[0] : "", err);
	if (rc == ERR_OK)
		rc = list_take_view(&list, n == 1 ? rest[0] : "", &asked, err);
	if (rc == ERR_OK)
		rc = list_take_group(&list, asked.group, err);
	if (rc != ERR_OK)
		return rc;
	if (n == 1 && strcmp(rest[0], "outbox") == 0)
		return desk_list(console, false, format, err);
	list.filter = asked.filter;
	list.sort = asked.sort;
	list.limit = (size_t)most;
	for (size_t i = 0; n == 1 && i < ARRAY_LEN(lists); i++) {
		if (strcmp(lists[i].name, rest[0]) != 0)
			continue;
		rc = console_client(console, err);
		return rc != ERR_OK ? rc : run_list(&list, i, asked.columns, format, err);
	}
	return error_set(err, ERR_USAGE,
			 _("say what to list: incidents, whistles, deadlines, inspections, notices, "
			   "handovers, shifts, rosters, staff, swaps, dutylog, records, meetings, "
			   "items, actions, rooms, candidates, supervisions, people, orgs or outbox"));
}
