/* Shared by windows and scans. */
#ifndef ZHIBAN_CLIENT_ROWS_PRIV_H
#define ZHIBAN_CLIENT_ROWS_PRIV_H

#include "zhiban/client/rows.h"

void rows_key(const struct rules *rules, const struct client_order *order,
	      const struct incident *incident, int64_t tie, struct row_key *ret_key);

struct ties;
/* client_page of the cached rows in a set (NULL: all) and all overlaid ones; now and then a row that
 * is not in the set comes too, so that no call takes long. */
enum err rows_page(struct client *client, const struct client_order *order, const struct ties *only,
		   const struct row_key *key, enum page_dir dir, size_t n, struct arena *arena,
		   struct client_page *ret_page, struct error *err) MUST_CHECK;
/* Sets the part of a key that a value of the order's field decides. */
void rows_key_value(const struct rules *rules, const struct field *field, struct value value,
		    struct row_key *key);
/* The groups of a field in the rules' order, kept until the cache changes. */
struct group_list;
enum err rows_groups(struct client *client, const struct field *field,
		     const struct group_list **ret_list, struct error *err) MUST_CHECK;

#endif
