#include "cli/demo_quiz.h"

#include <stdlib.h>
#include <string.h>

#include "cli/demo_answer.h"
#include "quiz/answer.h"
#include "quiz/layout.h"
#include "quiz/submit.h"

enum {
    SECOND_MS = 1000,
    MINUTE_MS = 60 * SECOND_MS,
    HOUR_MS = 60 * MINUTE_MS,
    DAY_MS = 24 * HOUR_MS,
    BEIJING_MS = 8 * HOUR_MS,
    MOST_QUIZZES = 100,
    OPEN_DAYS_AGO = 7,
    CLOSES_IN_DAYS = 30,
    SITTING_DAYS = 6,
    EARLIEST_MS = 9 * HOUR_MS, /* sittings start from here on, in Beijing, */
    SITTING_MS = 12 * HOUR_MS, /* for so long */
    USUAL_MS = 13 * MINUTE_MS, /* what one takes */
    USUAL_SPREAD_MS = 3 * MINUTE_MS,
    SHORTEST_MS = 5 * MINUTE_MS,
    SWEPT_AFTER_MS = ATTEMPT_GRACE_MS + 3 * SECOND_MS,
    ABSENT_PERCENT = 4,
    RUN_OUT_PERCENT = 2, /* are closed by the program at their deadline */
    CHANGED_PERCENT = 8, /* of the answers are changed once */
    LESS_AT_FIRST = 40,
    ABILITY_SPREAD = 9,
    COMPETES_BETTER = 10, /* a street sends those who know */
};

#define DEVICE "demonstration"
#define SUBMIT_KEY "demonstration"

/* ---- Offering ---- */

/* *id stays 0 for a set that is read aloud: nobody sits it. */
static struct error *offer(
    struct db *db, struct bank *bank, const char *slug, int64_t now, bool is_first,
    int64_t *id)
{
    static const char sql[] =
        "INSERT INTO quiz (paper, mode, start_at, base_ms, window_open, window_close, "
        "review) VALUES ($1, 'rolling', $2, $3, $2, $4, $5) RETURNING id";
    const struct paper *paper;
    const char *revision;
    bool found;

    *id = 0;
    TRY(bank_newest(db, slug, &revision));
    TRY(bank_paper(bank, db, revision, &paper));
    if (paper->kind != PAPER_QUIZ)
        return NULL;
    return db_number(
        db, &found, id, sql, TEXT(revision), INT(now - (int64_t)OPEN_DAYS_AGO * DAY_MS),
        INT(paper->minutes * MINUTE_MS),
        is_first ? INT(now + (int64_t)CLOSES_IN_DAYS * DAY_MS) : NONE,
        TEXT(is_first ? "close" : "submit"));
}

static struct error *read_slugs(struct db *db, const char **slugs, size_t *count)
{
    static const char sql[] = "SELECT DISTINCT slug FROM paper ORDER BY slug";
    SCOPED_ROWS rows = db_query(db, sql);

    *count = 0;
    while (*count < MOST_QUIZZES && rows_next(&rows))
        slugs[(*count)++] = rows_text(&rows, 0);
    return rows_error(&rows);
}

static struct error *no_paper(struct db *db)
{
    return error_new(db_arena(db), ERROR_INVALID, "no_paper", "no paper could be read");
}

struct error *
demo_quiz_hold(struct db *db, struct bank *bank, int64_t now, int64_t *first)
{
    const char *slugs[MOST_QUIZZES];
    size_t count;
    int64_t id;

    TRY(read_slugs(db, slugs, &count));
    *first = 0;
    for (size_t i = 0; i < count; i++) {
        TRY(offer(db, bank, slugs[i], now, !*first, &id));
        if (!*first)
            *first = id;
    }
    return *first ? NULL : no_paper(db);
}

/* ---- Sitting ---- */

struct sitting {
    const struct demo_specialist *specialist;
    int64_t started_at;
    int64_t used_ms;
    int64_t ends_at;
    int64_t ability;
    struct demo_random random;
};

struct room {
    struct db *db;
    struct bank *bank;
    struct demo_random *random;
    struct quiz quiz;
    const struct paper *paper;
};

static bool is_absent(struct demo_random *random, const struct demo_specialist *s)
{
    bool misses_it = demo_random_chance(random, ABSENT_PERCENT);

    return demo_people_is_kept_fresh(s) || (misses_it && !demo_people_competes(s));
}

/* Some time on one of the last days, in the hours when people sit quizzes. */
static int64_t some_start(struct demo_random *random, int64_t now)
{
    int64_t today = (now + BEIJING_MS) / DAY_MS * DAY_MS - BEIJING_MS;
    int64_t day = today - (1 + demo_random_below(random, SITTING_DAYS)) * DAY_MS;

    return day + EARLIEST_MS + demo_random_below(random, SITTING_MS);
}

static struct sitting
plan(const struct room *room, const struct demo_specialist *specialist, int64_t now)
{
    /* Streets differ a little, as classes do. */
    static const int64_t of_street[DEMO_BRANCHES] = {2, -1, 0, -4, 4, 1, -2, 3, -3, 0};
    struct demo_random random = demo_random_of(room->random, specialist->staff_number);
    int64_t longest = room->quiz.base_ms - MINUTE_MS;
    struct sitting sitting = {
        .specialist = specialist,
        .started_at = some_start(&random, now),
        .used_ms = USUAL_MS + demo_random_bell(&random, USUAL_SPREAD_MS),
        .ability =
            of_street[specialist->branch] + demo_random_bell(&random, ABILITY_SPREAD),
    };

    if (demo_people_competes(specialist))
        sitting.ability += COMPETES_BETTER;
    if (sitting.used_ms < SHORTEST_MS)
        sitting.used_ms = SHORTEST_MS;
    if (sitting.used_ms > longest)
        sitting.used_ms = longest;
    sitting.ends_at = sitting.started_at + sitting.used_ms;
    /* Nobody hands it in: closed at its deadline by whoever looks next. */
    if (demo_random_chance(&random, RUN_OUT_PERCENT))
        sitting.ends_at = sitting.started_at + room->quiz.base_ms + SWEPT_AFTER_MS;
    sitting.random = random;
    return sitting;
}

/* As start_attempt() would have, but in the past, which it cannot. */
static struct error *
begin(struct room *room, const struct sitting *sitting, const char *layout, int64_t *id)
{
    static const char sql[] =
        "INSERT INTO attempt (quiz, person, state, started_at, factor_numerator, "
        "factor_denominator, planned_ms, deadline, deadline_rev, epoch, device, "
        "layout, "
        "points) VALUES ($1, $2, 'in_progress', $3, 1, 1, 0, $4, 1, 1, $5, $6, $7) "
        "RETURNING id";
    bool found;

    return db_number(
        room->db, &found, id, sql, INT(room->quiz.id), INT(sitting->specialist->person),
        INT(sitting->started_at), INT(sitting->started_at + room->quiz.base_ms),
        TEXT(DEVICE), TEXT(layout), INT(room->paper->points));
}

struct saving {
    int64_t attempt;
    int64_t person;
    int64_t seq;
};

/* NULL: nothing to save. */
static struct error *save(
    struct room *room, struct saving *saving, const char *item, const char *answer,
    int64_t at)
{
    struct answer_entry entry = {
        .item = item, .answer = answer, .seq = saving->seq + 1};
    struct answer_batch batch = {
        .bank = room->bank,
        .attempt = saving->attempt,
        .person = saving->person,
        .device = DEVICE,
        .epoch = 1,
        .received_at = at,
        .entries = &entry,
        .count = 1,
    };

    if (!answer)
        return NULL;
    saving->seq++;
    return answer_save(room->db, &batch);
}

static struct error *answer_all(
    struct room *room, const struct sitting *sitting, const struct layout *layout,
    struct saving *saving)
{
    struct arena *arena = db_arena(room->db);
    int64_t step = sitting->used_ms / (int64_t)(layout->count + 1);

    for (size_t i = 0; i < layout->count; i++) {
        const struct paper_question *question = layout->questions[i].question;
        int64_t at = sitting->started_at + ((int64_t)i + 1) * step;
        /* The order of the questions must not change what she knows. */
        struct demo_random random = demo_random_of(&sitting->random, question->id);
        const char *answer;
        if (demo_random_chance(&random, CHANGED_PERCENT)) {
            TRY(demo_answer(
                arena, &random, room->paper, question, sitting->ability - LESS_AT_FIRST,
                &answer));
            TRY(save(room, saving, question->id, answer, at - step / 2));
        }
        TRY(demo_answer(
            arena, &random, room->paper, question, sitting->ability, &answer));
        TRY(save(room, saving, question->id, answer, at));
    }
    return NULL;
}

static struct error *
finish(struct room *room, const struct sitting *sitting, const struct saving *saving)
{
    struct submission submission = {
        .bank = room->bank,
        .attempt = saving->attempt,
        .person = saving->person,
        .device = DEVICE,
        .epoch = 1,
        .submit_key = SUBMIT_KEY,
        .received_at = sitting->ends_at,
    };

    return submit_attempt(room->db, &submission);
}

static struct error *sit(struct room *room, const struct sitting *sitting)
{
    struct arena *arena = db_arena(room->db);
    struct saving saving = {.person = sitting->specialist->person};
    struct layout layout;
    const char *stored;

    layout_make(arena, room->paper, room->quiz.revision, saving.person, &stored);
    TRY(layout_read(arena, room->paper, stored, &layout));
    TRY(begin(room, sitting, stored, &saving.attempt));
    TRY(answer_all(room, sitting, &layout, &saving));
    return finish(room, sitting, &saving);
}

/* By the end of the sitting, so that the record is in the order of time. */
static int compare_ends(const void *left, const void *right)
{
    const struct sitting *a = left;
    const struct sitting *b = right;

    if (a->ends_at != b->ends_at)
        return a->ends_at < b->ends_at ? -1 : 1;
    return strcmp(a->specialist->staff_number, b->specialist->staff_number);
}

struct error *demo_quiz_sit(
    struct db *db, struct bank *bank, struct demo_people *people, int64_t quiz,
    int64_t now, int64_t *count)
{
    struct room room = {.db = db, .bank = bank, .random = people->random};
    struct sitting *sittings =
        arena_alloc(db_arena(db), DEMO_SPECIALISTS * sizeof *sittings);

    TRY(attempt_quiz(db, quiz, &room.quiz));
    TRY(bank_paper(bank, db, room.quiz.revision, &room.paper));
    *count = 0;
    for (size_t i = 0; i < DEMO_SPECIALISTS; i++)
        if (!is_absent(room.random, &people->specialists[i]))
            sittings[(*count)++] = plan(&room, &people->specialists[i], now);
    qsort(sittings, (size_t)*count, sizeof *sittings, compare_ends);
    for (int64_t i = 0; i < *count; i++)
        TRY(sit(&room, &sittings[i]));
    return NULL;
}
