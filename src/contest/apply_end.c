/* apply_end.c - the way to a final result: spot check, signatures, finalising. */
#include <string.h>

#include "contest/apply.h"
#include "contest/conditions.h"

bool apply_keeps_signatures(const char *kind)
{
    static const char *const kept[] = {
        "signed", "finalised", "shown", "frozen", "revealed", "unfrozen",
    };

    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        if (strcmp(kept[i], kind) == 0)
            return true;
    return false;
}

struct error *apply_spot_checked(struct applying *applying)
{
    struct contest_state *state = applying->state;
    int64_t checked;
    int64_t errors;

    BODY(
        applying, {"checked", INPUT_INT, false, &checked, 1, CONTEST_CONTESTANTS},
        {"errors", INPUT_INT, false, &errors, 0, CONTEST_CONTESTANTS});
    if (errors > checked || checked > (int64_t)state->contestant_count)
        return apply_impossible(applying, "抽检的数目不对");
    state->spot_checked = true;
    state->spot_size = checked;
    state->spot_errors = errors;
    return NULL;
}

struct error *apply_signed(struct applying *applying)
{
    struct contest_state *state = applying->state;
    const struct chain_event *event = applying->event;
    bool chief = strcmp(event->role, "chief_judge") == 0;

    if (json_object_size(event->body) || !event->actor ||
        (!chief && strcmp(event->role, "auditor") != 0))
        return apply_impossible(applying, "须由裁判长或监督签字");
    if (event->actor == (chief ? state->auditor : state->chief_judge))
        return apply_impossible(applying, "裁判长和监督应是两个人");
    *(chief ? &state->chief_judge : &state->auditor) = event->actor;
    return NULL;
}

/* Tablets are not in the journal: what they hold is asked before the event is made. */
struct error *apply_finalised(struct applying *applying)
{
    struct contest_state *state = applying->state;
    struct conditions open;

    if (json_object_size(applying->event->body) || !state->rules->sign_off)
        return apply_impossible(applying, "内容应为空，且规则须要求签字定稿");
    TRY(conditions_check(applying->arena, state, 0, &open));
    if (open.count)
        return apply_impossible(applying, open.list[0].text);
    state->phase = CONTEST_FINISHED;
    return NULL;
}
