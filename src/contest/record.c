#include "contest/record.h"

#include <stdlib.h>
#include <string.h>

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

struct error *record_check_reason(struct arena *arena, const char *reason)
{
    enum { LONGEST = 300 };

    if (!reason || !*reason || strlen(reason) > LONGEST)
        return error_new(
            arena, ERROR_INVALID, "reason_missing", "请写明原因，不超过 100 字。");
    return NULL;
}

struct error *record_refuse(struct arena *arena, const char *why)
{
    return error_new(arena, ERROR_CONFLICT, "step_not_allowed", why);
}
