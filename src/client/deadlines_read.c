/* Rows of the list one by one, in order, from a place: those of the cache, of each organisation that is
 * asked about by its own range of the index, without those that acts of ours have changed; and what
 * these acts put there. */
#include <config.h>

#include <string.h>

#include "zhiban/base/mem.h"

#include "deadlines_priv.h"

struct stream { /* of one organisation, or of all */
	struct deadline_ask ask;
	struct deadline_row *rows; /* read ahead */
	size_t n, at;
	bool end;
};
struct deadline_reader {
	struct client *client;
	const struct client_deadline_filter *filter;
	struct arena *arena;
	bool back;
	struct stream *streams;
	size_t n;
	size_t over; /* of what is shown of our acts: the next one; back: the one behind it */
};

static bool is_before(int64_t due_a, int64_t tie_a, int64_t due_b, int64_t tie_b)
{
	return due_a != due_b ? due_a < due_b : tie_a < tie_b;
}

/* Where reading begins: behind the place, or at the end of the range. */
static struct deadline_ask first_ask(const struct client_deadline_filter *filter,
				     const struct deadline_key *place, bool back)
{
	int64_t end = filter->to != 0 ? filter->to : INT64_MAX, from = filter->from;
	bool set = place != NULL && place->set;
	struct deadline_ask ask = { .sorts = filter->sorts, .kinds = filter->kinds, .back = back };

	if (!back) {
		ask.end = end;
		ask.due = from;
		ask.tie = -1;
		if (set && is_before(from, -1, place->due, place->tie)) {
			ask.due = place->due;
			ask.tie = place->tie;
		}
	} else {
		ask.end = from;
		ask.due = end;
		ask.tie = -1;
		if (set && is_before(place->due, place->tie, end, -1)) {
			ask.due = place->due;
			ask.tie = place->tie;
		}
	}
	return ask;
}

/* The first of our acts' rows in reading direction. */
static size_t first_over(const struct client *client, const struct deadline_ask *ask)
{
	const struct deadlines_kept *kept = &client->deadlines;
	size_t at = 0;

	while (at < kept->n_shown) {
		const struct over_deadline *over = kept->shown[at];
		bool passed = ask->back ? is_before(over->deadline.due, over->tie, ask->due, ask->tie)
					: !is_before(ask->due, ask->tie, over->deadline.due,
						     over->tie);

		if (!passed)
			break;
		at++;
	}
	return at;
}

enum err deadline_reader_new(struct client *client, const struct client_deadline_filter *filter,
			     const struct deadline_key *place, bool back, size_t about,
			     struct arena *arena, struct deadline_reader **ret_reader,
			     struct error *err)
{
	struct deadline_reader *reader = arena_array(arena, 1, sizeof *reader);
	struct deadline_ask ask = first_ask(filter, place, back);
	const char **orgs = NULL;
	size_t n = client->cache != NULL;
	enum err code = ERR_OK;

	deadlines_over(client);
	*reader = (struct deadline_reader){ client, filter, arena, back, NULL, 0, 0 };
	if (filter->org != NULL && client->cache != NULL)
		code = deadline_orgs(client, filter->org, arena, &orgs, &n, err);
	if (code != ERR_OK)
		return code;
	reader->over = first_over(client, &ask);
	reader->streams = arena_array(arena, n + 1, sizeof *reader->streams);
	reader->n = n;
	ask.n = n > 1 ? about / n + 2 : about + 1;
	for (size_t i = 0; i < n; i++) {
		struct stream *stream = &reader->streams[i];

		*stream = (struct stream){ .ask = ask };
		stream->ask.org = orgs != NULL ? orgs[i] : NULL;
		stream->rows = arena_array(arena, ask.n + 1, sizeof *stream->rows);
	}
	*ret_reader = reader;
	return ERR_OK;
}

/* Its next row is read, if there is one. */
static enum err fill(struct deadline_reader *reader, struct stream *stream, struct error *err)
{
	while (!stream->end) {
		const struct deadline_row *row;
		enum err code;

		for (; stream->at < stream->n; stream->at++) {
			row = &stream->rows[stream->at];
			if (!deadlines_gone(reader->client, row->deadline.due, row->tie))
				return ERR_OK;
		}
		if (stream->n > 0) {
			row = &stream->rows[stream->n - 1];
			stream->ask.due = row->deadline.due;
			stream->ask.tie = row->tie;
		}
		/* those given are used still: others are read into another place */
		stream->rows = arena_array(reader->arena, stream->ask.n + 1, sizeof *stream->rows);
		stream->n = stream->at = 0;
		code = cache_deadlines(reader->client->cache, &stream->ask, reader->arena,
				       stream->rows, &stream->n, err);
		if (code != ERR_OK)
			return code;
		stream->end = stream->n == 0;
	}
	return ERR_OK;
}

static const struct over_deadline *next_over(struct deadline_reader *reader)
{
	const struct deadlines_kept *kept = &reader->client->deadlines;

	for (;;) {
		const struct over_deadline *over;

		if (reader->back ? reader->over == 0 : reader->over >= kept->n_shown)
			return NULL;
		over = kept->shown[reader->back ? reader->over - 1 : reader->over];
		if (deadline_fits(reader->filter, reader->client->rules, &over->deadline,
				  over->kind))
			return over;
		reader->over = reader->back ? reader->over - 1 : reader->over + 1;
	}
}

enum err deadline_reader_next(struct deadline_reader *reader, struct deadline_next *ret_next,
			      struct error *err)
{
	const struct over_deadline *over = next_over(reader);
	const struct deadline_row *best = NULL;
	struct stream *of = NULL;

	for (size_t i = 0; i < reader->n; i++) {
		struct stream *stream = &reader->streams[i];
		const struct deadline_row *row;
		enum err code = fill(reader, stream, err);

		if (code != ERR_OK)
			return code;
		if (stream->end)
			continue;
		row = &stream->rows[stream->at];
		if (best == NULL || is_before(row->deadline.due, row->tie, best->deadline.due,
					      best->tie) != reader->back) {
			best = row;
			of = stream;
		}
	}
	if (over != NULL && (best == NULL || is_before(over->deadline.due, over->tie,
						       best->deadline.due, best->tie) !=
						     reader->back)) {
		reader->over = reader->back ? reader->over - 1 : reader->over + 1;
		*ret_next = (struct deadline_next){ .over = over };
		return ERR_OK;
	}
	if (best != NULL)
		of->at++;
	*ret_next = (struct deadline_next){ .row = best };
	return ERR_OK;
}
