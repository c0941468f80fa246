/* The address table: fetched by its hash, kept as rows. */
#include <config.h>

#include <string.h>

#include "zhiban/base/i18n.h"
#include "zhiban/store/place.h"
#include "zhiban/wire/places.h"

#include "client_priv.h"
#include "worker_ops_priv.h"
#include "worker_priv.h"

void worker_places_wanted(void *ctx, char ret_hash[SHA256_HEX])
{
	struct worker *worker = ctx;
	struct uuid id = uuid_named("profile");
	struct arena arena = ARENA_INIT;
	char here[SHA256_HEX];
	void *entity = NULL;
	const struct profile *profile;

	ret_hash[0] = '\0';
	if (cache_get(worker->cache, KIND_PROFILE, &id, &arena, &entity, NULL) == ERR_OK) {
		profile = entity;
		cache_places_hash(worker->cache, here);
		if (profile->places_hash != NULL && strcmp(profile->places_hash, here) != 0 &&
		    !str_copy(ret_hash, SHA256_HEX, profile->places_hash))
			ret_hash[0] = '\0';
	}
	memcpy(worker->places, ret_hash, SHA256_HEX);
	arena_release(&arena);
}

struct load {
	const struct worker *worker;
	const char *bytes;
	size_t len;
	struct store *cache;
};

static enum err add_place(void *ctx, const struct place *place, struct error *err)
{
	return cache_places_add(((struct load *)ctx)->cache, place, err);
}

static enum err write_places(struct store *cache, void *ctx, struct error *err)
{
	struct load *load = ctx;
	enum err code = cache_places_clear(cache, err);

	load->cache = cache;
	if (code == ERR_OK)
		code = places_each(load->bytes, load->len, add_place, load, err);
	return code == ERR_OK ? cache_places_done(cache, load->worker->places, err) : code;
}

static enum err write_done(struct store *cache, void *ctx, struct error *err)
{
	const struct load *load = ctx;

	return cache_places_done(cache, load->worker->places, err);
}

enum err worker_places_load(struct worker *worker, const char *bytes, size_t len, struct error *err)
{
	struct load load = { worker, bytes, len, NULL };
	struct tell tell = { .kind = TELL_CHANGED };
	struct error why = ERROR_INIT;
	enum err code = store_tx(worker->cache, write_places, &load, &why);

	if (code == ERR_INPUT) { /* the same text would come again and again: the old rows stay */
		worker_defect(worker, why.text);
		code = store_tx(worker->cache, write_done, &load, err);
	} else if (code != ERR_OK) {
		(void)error_set(err, code, "%s", why.text);
	}
	if (code == ERR_OK) {
		worker->places[0] = '\0';
		worker_tell(worker, &tell);
	}
	return code;
}
