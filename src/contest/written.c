#include "contest/written.h"

#include "contest/record.h"
#include "contest/roster.h"
#include "quiz/results.h"

/* Quizzes count in 1/100 point, contests in 1/1000. */
enum { QUIZ_PLACES = 2, QUIZ_UNIT = 10 };

struct taking {
    struct db *db;
    struct written *written;
    const struct contest_state *state;
    const struct roster *roster;
    size_t round;
};

static bool is_known(const struct contest_entry *entry, const struct quiz_grade *grade)
{
    if (!entry->written_taken || entry->written_present != grade->found)
        return false;
    return !grade->found || (entry->grade == grade->grade * QUIZ_UNIT &&
                             entry->attempt == grade->attempt);
}

static json_t *make_body(
    const struct taking *taking, int64_t contestant, const struct quiz_grade *grade)
{
    struct arena *arena = db_arena(taking->db);
    const struct rules_round *round = &taking->state->rules->rounds[taking->round];
    const char *full = decimal_short(arena, round->full, RULES_PLACES);

    if (!grade->found)
        return json_pack(
            "{s:I, s:s, s:n, s:s, s:n, s:n}", "contestant", (json_int_t)contestant,
            "round", round->id, "grade", "full", full, "attempt", "receipt");
    return json_pack(
        "{s:I, s:s, s:s, s:s, s:I, s:s}", "contestant", (json_int_t)contestant, "round",
        round->id, "grade", decimal_text(arena, grade->grade, QUIZ_PLACES), "full",
        full, "attempt", (json_int_t)grade->attempt, "receipt", grade->receipt);
}

static struct error *check_full(const struct taking *taking, int64_t points)
{
    struct arena *arena = db_arena(taking->db);
    const struct rules_round *round = &taking->state->rules->rounds[taking->round];

    if (points * QUIZ_UNIT == round->full)
        return NULL;
    return error_make(
        arena, ERROR_CONFLICT, "written_full_differs",
        "“%s”的试卷满分是 %s，规则中是 %s，不能提取。", round->title,
        decimal_short(arena, points, QUIZ_PLACES),
        decimal_short(arena, round->full, RULES_PLACES));
}

/* A grade that can still grow is not taken: the essays are marked first. */
static struct error *check_marked(const struct taking *taking, int64_t pending)
{
    const struct rules_round *round = &taking->state->rules->rounds[taking->round];

    if (!pending)
        return NULL;
    return error_make(
        db_arena(taking->db), ERROR_CONFLICT, "written_pending",
        "“%s”的试卷还有简答题待阅，不能提取。", round->title);
}

static struct error *
take_one(struct taking *taking, const struct contest_contestant *contestant)
{
    struct written *written = taking->written;
    const struct rules_round *round = &taking->state->rules->rounds[taking->round];
    struct quiz_grade grade;

    TRY(results_grade(
        taking->db, round->quiz,
        roster_contestant(taking->roster, contestant->id)->person, &grade));
    if (grade.found) {
        TRY(check_full(taking, grade.points));
        TRY(check_marked(taking, grade.pending));
    }
    written->taken += grade.found;
    written->absent += !grade.found;
    if (is_known(&contestant->entries[taking->round], &grade))
        return NULL;
    struct chain_event event = {
        .at = written->at,
        .actor = written->actor,
        .role = "organiser",
        .kind = "written",
        .body = record_body(
            db_arena(taking->db), make_body(taking, contestant->id, &grade)),
    };
    TRY(record_append(taking->db, written->contest, &event));
    written->number = event.number;
    return NULL;
}

struct error *written_take(struct db *db, void *context)
{
    struct written *written = context;
    struct taking taking = {.db = db, .written = written};
    bool found = false;

    TRY(journal_state(written->journal, db, written->contest, &taking.state));
    TRY(roster_read(db, written->contest, &taking.roster));
    if (taking.state->phase == CONTEST_PREPARED ||
        taking.state->phase == CONTEST_FINISHED)
        return record_refuse(
            db_arena(db), "规则封存之后、比赛结束之前才能提取理论成绩。");
    written->taken = 0;
    written->absent = 0;
    written->number = taking.state->number;
    for (size_t i = 0; i < taking.state->rules->round_count; i++) {
        if (taking.state->rules->rounds[i].kind != RULES_WRITTEN)
            continue;
        found = true;
        taking.round = i;
        for (size_t j = 0; j < taking.state->contestant_count; j++)
            TRY(take_one(&taking, &taking.state->contestants[j]));
    }
    return found ? NULL : record_refuse(db_arena(db), "本场比赛没有理论轮。");
}
