/* apply_rulings.c - events that take somebody out of the ranking and back, and what the
 * chief judge decides about sheets. */
#include "contest/apply.h"

enum { LONGEST_REASON = 1000 };

/* ---- Out of the ranking, and back ---- */

/* The body of all four; `reason` only where it is asked for. */
static struct error *
read_person(struct applying *applying, const char **reason, size_t *contestant)
{
    int64_t id;

    if (reason)
        BODY(
            applying, {"contestant", INPUT_INT, false, &id, 1, INT64_MAX},
            {"reason", INPUT_TEXT, false, reason, 1, LONGEST_REASON});
    else
        BODY(applying, {"contestant", INPUT_INT, false, &id, 1, INT64_MAX});
    *contestant = contest_find_contestant(applying->state, id);
    if (*contestant == CONTEST_NONE)
        return apply_impossible(applying, "没有这位选手");
    return NULL;
}

struct error *apply_aborted(struct applying *applying)
{
    const char *reason;
    size_t index = 0;

    TRY(read_person(applying, &reason, &index));
    struct contest_contestant *contestant = &applying->state->contestants[index];
    if (contest_is_out(contestant))
        return apply_impossible(applying, "已经弃权、中止或取消资格");
    contestant->aborted = arena_copy(applying->state->arena, reason);
    return NULL;
}

struct error *apply_continued(struct applying *applying)
{
    size_t index = 0;

    TRY(read_person(applying, NULL, &index));
    if (!applying->state->contestants[index].aborted)
        return apply_impossible(applying, "没有中止");
    applying->state->contestants[index].aborted = NULL;
    return NULL;
}

struct error *apply_disqualified(struct applying *applying)
{
    const char *reason;
    size_t index = 0;

    TRY(read_person(applying, &reason, &index));
    struct contest_contestant *contestant = &applying->state->contestants[index];
    if (contestant->disqualified)
        return apply_impossible(applying, "已经取消资格");
    contestant->disqualified = arena_copy(applying->state->arena, reason);
    return NULL;
}

struct error *apply_reinstated(struct applying *applying)
{
    const char *reason;
    size_t index = 0;

    TRY(read_person(applying, &reason, &index));
    if (!applying->state->contestants[index].disqualified)
        return apply_impossible(applying, "没有取消资格");
    applying->state->contestants[index].disqualified = NULL;
    return NULL;
}
