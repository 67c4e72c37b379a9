#include "contest/record.h"

#include <stdlib.h>

static void release_json(void *json)
{
    json_decref(json);
}

json_t *record_body(struct arena *arena, json_t *json)
{
    if (!json)
        abort();
    arena_defer(arena, release_json, json);
    return json;
}

struct error *record_append(struct db *db, int64_t contest, struct chain_event *event)
{
    bool repeated;

    event->subject = journal_subject(db_arena(db), contest);
    if (!event->device)
        event->device = "";
    return chain_append(db, event, &repeated);
}

struct error *record_refuse(struct arena *arena, const char *why)
{
    return error_new(arena, ERROR_CONFLICT, "step_not_allowed", why);
}
