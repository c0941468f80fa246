#include <config.h>

#include "zhiban/base/solve.h"

#include <glpk.h>
#include <math.h>
#include <setjmp.h>
#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/base/late.h"
#include "zhiban/base/mem.h"

enum { SLICE_MS = 100, MEMORY_MB = 512 };

#define CALLS(CALL) \
	CALL(glp_add_cols) CALL(glp_add_rows) CALL(glp_adv_basis) CALL(glp_create_prob) \
	CALL(glp_delete_prob) CALL(glp_error_hook) CALL(glp_free_env) CALL(glp_get_col_prim) \
	CALL(glp_get_obj_val) CALL(glp_get_status) CALL(glp_init_iocp) CALL(glp_init_smcp) \
	CALL(glp_intopt) CALL(glp_ios_best_node) CALL(glp_ios_heur_sol) CALL(glp_ios_node_bound) \
	CALL(glp_ios_reason) CALL(glp_ios_terminate) CALL(glp_load_matrix) CALL(glp_mem_limit) \
	CALL(glp_mip_col_val) CALL(glp_mip_obj_val) CALL(glp_mip_status) CALL(glp_scale_prob) \
	CALL(glp_set_col_bnds) CALL(glp_set_col_kind) CALL(glp_set_obj_coef) CALL(glp_set_obj_dir) \
	CALL(glp_set_row_bnds) CALL(glp_simplex) CALL(glp_term_hook) CALL(glp_term_out)
struct glpk {
	CALLS(LATE_CALL)
};

struct column {
	double lower, upper, cost;
	bool whole;
};
struct row {
	double lower, upper;
};
struct entry {
	int row, column; /* from 1, as the library counts */
	double factor;
};
struct solve {
	struct column *columns;
	struct row *rows;
	struct entry *entries;
	size_t n_columns, columns_cap, n_rows, rows_cap, n_entries, entries_cap;
	bool any_whole, cuts;
	double *values;

	/* during solve_run */
	struct glpk lib;
	glp_prob *program;
	int *row_of, *column_of; /* of each entry, from 1 */
	double *factor_of;
	const double *start;
	solve_stop_fn stop;
	void *ctx;
	double bound;
	bool found, best, begun;
	double cost;
	jmp_buf broken;
};

struct solve *solve_new(void)
{
	return mem_alloc(sizeof(struct solve));
}

void solve_free(struct solve *solve)
{
	if (solve == NULL)
		return;
	free(solve->columns);
	free(solve->rows);
	free(solve->entries);
	free(solve->values);
	free(solve);
}

size_t solve_column(struct solve *solve, double lower, double upper, double cost, bool whole)
{
	MEM_GROW(solve->columns, solve->n_columns, solve->columns_cap);
	solve->columns[solve->n_columns] = (struct column){ lower, upper, cost, whole };
	solve->any_whole |= whole;
	return solve->n_columns++;
}

size_t solve_row(struct solve *solve, double lower, double upper)
{
	MEM_GROW(solve->rows, solve->n_rows, solve->rows_cap);
	solve->rows[solve->n_rows] = (struct row){ lower, upper };
	return solve->n_rows++;
}

void solve_entry(struct solve *solve, size_t row, size_t column, double factor)
{
	if (factor == 0)
		return;
	MEM_GROW(solve->entries, solve->n_entries, solve->entries_cap);
	solve->entries[solve->n_entries++] =
		(struct entry){ (int)row + 1, (int)column + 1, factor };
}

void solve_cuts(struct solve *solve)
{
	solve->cuts = true;
}

/* --- the library ----------------------------------------------------------------------------- */

static int bounds_kind(double lower, double upper)
{
	if (isinf(lower))
		return isinf(upper) ? GLP_FR : GLP_UP;
	if (isinf(upper))
		return GLP_LO;
	return lower == upper ? GLP_FX : GLP_DB;
}

static enum err open_library(struct glpk *ret_lib, struct error *err)
{
	static const char *const names[] = { CALLS(LATE_NAME) };
	static const struct late_library library = { GLPK_SONAME, "libglpk40", names,
						     ARRAY_LEN(names) };

	return late_load(&library, ret_lib, err);
}

static void load(struct solve *solve)
{
	const struct glpk *lib = &solve->lib;
	int *rows = solve->row_of = mem_resize(NULL, solve->n_entries + 1, sizeof *rows);
	int *columns = solve->column_of = mem_resize(NULL, solve->n_entries + 1, sizeof *columns);
	double *factors = solve->factor_of =
		mem_resize(NULL, solve->n_entries + 1, sizeof *factors);

	lib->glp_set_obj_dir(solve->program, GLP_MIN);
	lib->glp_add_rows(solve->program, (int)solve->n_rows);
	lib->glp_add_cols(solve->program, (int)solve->n_columns);
	for (size_t i = 0; i < solve->n_rows; i++)
		lib->glp_set_row_bnds(solve->program, (int)i + 1,
				 bounds_kind(solve->rows[i].lower, solve->rows[i].upper),
				 solve->rows[i].lower, solve->rows[i].upper);
	for (size_t i = 0; i < solve->n_columns; i++) {
		const struct column *column = &solve->columns[i];

		lib->glp_set_col_bnds(solve->program, (int)i + 1,
				 bounds_kind(column->lower, column->upper), column->lower,
				 column->upper);
		lib->glp_set_obj_coef(solve->program, (int)i + 1, column->cost);
		lib->glp_set_col_kind(solve->program, (int)i + 1, column->whole ? GLP_IV : GLP_CV);
	}
	for (size_t i = 0; i < solve->n_entries; i++) {
		rows[i + 1] = solve->entries[i].row;
		columns[i + 1] = solve->entries[i].column;
		factors[i + 1] = solve->entries[i].factor;
	}
	lib->glp_load_matrix(solve->program, (int)solve->n_entries, rows, columns, factors);
}

static bool told_to_stop(const struct solve *solve)
{
	return solve->stop != NULL && solve->stop(solve->ctx);
}

/* In slices, since it asks nobody.  False: stopped, or there is no answer. */
static bool relax(struct solve *solve)
{
	const struct glpk *lib = &solve->lib;
	glp_smcp how;
	int rc;

	lib->glp_init_smcp(&how);
	how.msg_lev = GLP_MSG_OFF;
	how.tm_lim = SLICE_MS;
	how.meth = GLP_DUALP;
	lib->glp_scale_prob(solve->program, GLP_SF_AUTO);
	lib->glp_adv_basis(solve->program, 0);
	do {
		if (told_to_stop(solve))
			return false;
		rc = lib->glp_simplex(solve->program, &how);
	} while (rc == GLP_ETMLIM);
	if (rc != 0 || lib->glp_get_status(solve->program) != GLP_OPT)
		return false;
	solve->bound = lib->glp_get_obj_val(solve->program);
	return true;
}

static void keep(struct solve *solve, double cost, double (*value)(glp_prob *, int))
{
	if (solve->found && cost >= solve->cost)
		return;
	for (size_t i = 0; i < solve->n_columns; i++)
		solve->values[i] = value(solve->program, (int)i + 1);
	solve->cost = cost;
	solve->found = true;
}

static void at_node(glp_tree *tree, void *ctx)
{
	struct solve *solve = ctx;
	const struct glpk *lib = &solve->lib;
	int node = lib->glp_ios_best_node(tree);

	if (node != 0) {
		double bound = lib->glp_ios_node_bound(tree, node);
		solve->bound = bound > solve->bound ? bound : solve->bound;
	}
	if (lib->glp_ios_reason(tree) == GLP_IHEUR && solve->start != NULL && !solve->begun) {
		double *from = mem_resize(NULL, solve->n_columns + 1, sizeof *from);

		solve->begun = true;
		memcpy(from + 1, solve->start, solve->n_columns * sizeof *from);
		lib->glp_ios_heur_sol(tree, from);
		free(from);
	}
	if (told_to_stop(solve))
		lib->glp_ios_terminate(tree);
}

static void branch(struct solve *solve)
{
	const struct glpk *lib = &solve->lib;
	glp_iocp how;
	int rc, status;

	lib->glp_init_iocp(&how);
	how.msg_lev = GLP_MSG_OFF;
	how.cb_func = at_node;
	how.cb_info = solve;
	how.br_tech = GLP_BR_DTH;
	how.bt_tech = GLP_BT_BLB;
	how.gmi_cuts = solve->cuts ? GLP_ON : GLP_OFF;
	rc = lib->glp_intopt(solve->program, &how);
	status = lib->glp_mip_status(solve->program);
	if (status == GLP_OPT || status == GLP_FEAS)
		keep(solve, lib->glp_mip_obj_val(solve->program), lib->glp_mip_col_val);
	if (rc == 0 && status == GLP_OPT) {
		solve->bound = solve->cost;
		solve->best = true;
	}
}

static void run(struct solve *solve)
{
	const struct glpk *lib = &solve->lib;

	solve->program = lib->glp_create_prob();
	load(solve);
	if (relax(solve)) {
		if (solve->any_whole) {
			branch(solve);
		} else {
			keep(solve, solve->bound, lib->glp_get_col_prim);
			solve->best = true;
		}
	}
	lib->glp_delete_prob(solve->program);
}

/* The library calls this where it would end the program; there is no going back into it. */
static void breaks(void *ctx)
{
	struct solve *solve = ctx;

	solve->lib.glp_error_hook(NULL, NULL);
	longjmp(solve->broken, 1);
}

/* It would say it on the terminal. */
static int hushes(void *ctx, const char *words)
{
	(void)ctx;
	(void)words;
	return 1;
}

static void forget(struct solve *solve)
{
	solve->lib.glp_free_env(); /* this thread's, with all that is left in it */
	free(solve->row_of);
	free(solve->column_of);
	free(solve->factor_of);
	solve->row_of = solve->column_of = NULL;
	solve->factor_of = NULL;
	solve->program = NULL;
}

static void take_start(struct solve *solve, const double *start)
{
	solve->start = start;
	if (start == NULL)
		return;
	solve->cost = 0;
	for (size_t i = 0; i < solve->n_columns; i++)
		solve->cost += solve->columns[i].cost * start[i];
	memcpy(solve->values, start, solve->n_columns * sizeof *start);
	solve->found = true;
}

enum err solve_run(struct solve *solve, const double *start, solve_stop_fn stop, void *ctx,
		   struct solve_answer *ret_answer, struct error *err)
{
	const struct glpk *lib = &solve->lib;
	enum err code = open_library(&solve->lib, err);
	bool broke;

	if (code != ERR_OK)
		return code;
	free(solve->values);
	solve->values = mem_resize(NULL, solve->n_columns + 1, sizeof *solve->values);
	solve->stop = stop;
	solve->ctx = ctx;
	solve->bound = -INFINITY;
	solve->found = solve->best = solve->begun = false;
	take_start(solve, start);
	broke = setjmp(solve->broken) != 0;
	if (!broke && solve->n_columns > 0) {
		lib->glp_term_out(GLP_OFF);
		lib->glp_term_hook(hushes, NULL);
		lib->glp_mem_limit(MEMORY_MB);
		lib->glp_error_hook(breaks, solve);
		run(solve);
		lib->glp_error_hook(NULL, NULL);
	}
	forget(solve);
	if (broke)
		return error_set(err, ERR_IO, "%s", _("the solver broke off"));
	*ret_answer = (struct solve_answer){ .values = solve->found ? solve->values : NULL,
					     .cost = solve->cost,
					     .bound = solve->bound,
					     .best = solve->best };
	return ERR_OK;
}
