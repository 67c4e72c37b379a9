#include "quiz/routes.h"

#include <string.h>

#include "base/clock.h"
#include "live/deferred.h"
#include "quiz/answer.h"
#include "quiz/grading.h"
#include "quiz/items.h"
#include "quiz/layout.h"
#include "quiz/start.h"
#include "quiz/submit.h"
#include "quiz/views.h"

enum {
    SMALL_REPLY = 256 * 1024,         /* every question of the longest paper, twice */
    RECEIPTS_REPLY = 4 * 1024 * 1024, /* a batch of essays that all are stale */
    PAPER_REPLY = PAPER_LIMIT,
    ITEMS_REPLY = 2 * PAPER_LIMIT,
    LONGEST_DEVICE = 64,
    SHORTEST_DEVICE = 8,
};

static struct error *lease_lost(struct request *request)
{
    return error_new(
        request->arena, ERROR_CONFLICT, "lease_lost",
        "本次作答已在另一台设备上继续，这台设备不能再保存。");
}

static struct error *handed_in(struct request *request)
{
    return error_new(
        request->arena, ERROR_GONE, "attempt_submitted",
        "本次作答已交卷，不能再修改。");
}

/* ---- Listing, starting, showing ---- */

static struct error *list_quizzes(struct request *request)
{
    int64_t now = clock_now_ms();
    struct writer writer;

    writer_init(&writer, request->arena, PAPER_REPLY);
    writer_object(&writer, NULL);
    TRY(views_quizzes(
        request->reader, request->feature, request->person, now, &writer));
    writer_int(&writer, "server_now", now);
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

static struct error *
show_attempt_document(struct request *request, int64_t id, const char *device)
{
    struct attempt attempt;
    struct writer writer;

    TRY(attempt_load(request->reader, id, request->person, &attempt));
    writer_init(&writer, request->arena, PAPER_REPLY);
    writer_object(&writer, NULL);
    TRY(views_attempt(request->reader, request->feature, &attempt, device, &writer));
    writer_int(&writer, "server_now", clock_now_ms());
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

static struct error *started(struct request *request)
{
    const struct start *start = request->context;

    if (start->outcome == START_ELSEWHERE)
        return error_new(
            request->arena, ERROR_CONFLICT, "lease_elsewhere",
            "这场测验正在另一台设备上作答。确认后可改在本设备继续。");
    if (start->outcome == START_CLOSED)
        return handed_in(request);
    return show_attempt_document(request, start->attempt, start->device);
}

static struct error *start_quiz(struct request *request)
{
    struct bank *bank = request->feature;
    struct start *start = arena_alloc(request->arena, sizeof *start);
    const struct paper *paper;
    json_t *json;

    TRY(request_json(request, &json));
    TRY(INPUT_FIELDS(
        request->arena, json,
        {"device", INPUT_TEXT, false, &start->device, SHORTEST_DEVICE, LONGEST_DEVICE},
        {"take_over", INPUT_BOOL, true, &start->take_over, 0, 0}));
    TRY(attempt_quiz(request->reader, request_number(request, 0), &start->quiz));
    TRY(bank_paper(bank, request->reader, start->quiz.revision, &paper));
    layout_make(
        request->arena, paper, start->quiz.revision, request->person, &start->layout);
    start->bank = bank;
    start->points = paper->points;
    start->person = request->person;
    return deferred_write(request, start_attempt, start, started);
}

static struct error *show_attempt(struct request *request)
{
    const char *device = request_query(request, "device");

    return show_attempt_document(
        request, request_number(request, 0), device ? device : "");
}

/* ---- Saving ---- */

static struct error *saved(struct request *request)
{
    const struct answer_batch *batch = request->context;
    struct writer writer;

    switch (batch->outcome) {
    case ANSWERS_LEASE_LOST:
        return lease_lost(request);
    case ANSWERS_SUBMITTED:
        return handed_in(request);
    case ANSWERS_CONFLICT:
        return error_new(
            request->arena, ERROR_CONFLICT, "answer_conflict",
            "同一序号先后发来不同的答案，未作更改。请刷新页面后继续。");
    case ANSWERS_TAKEN:
        break;
    }
    writer_init(&writer, request->arena, RECEIPTS_REPLY);
    writer_object(&writer, NULL);
    views_receipts(batch, clock_now_ms(), &writer);
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

static struct error *read_entry(
    struct request *request, const struct paper *paper, json_t *json,
    struct answer_entry *entry)
{
    json_t *answer;

    TRY(INPUT_FIELDS(
        request->arena, json, {"item", INPUT_TEXT, false, &entry->item, 1, 64},
        {"seq", INPUT_INT, false, &entry->seq, 1, INT64_C(1) << 40},
        {"answer", INPUT_ANY, false, &answer, 0, 0}));
    const struct paper_question *question = paper_find(paper, entry->item);
    if (!question)
        return error_new(
            request->arena, ERROR_INVALID, "answer_invalid",
            "答案无效：这份试卷没有这道题。");
    return grading_canonical(request->arena, question, answer, &entry->answer);
}

static struct error *
read_batch(struct request *request, struct answer_batch *batch, json_t *entries)
{
    const struct paper *paper;
    struct attempt attempt;

    TRY(attempt_load(request->reader, batch->attempt, request->person, &attempt));
    TRY(bank_paper(batch->bank, request->reader, attempt.revision, &paper));
    batch->count = json_array_size(entries);
    batch->entries = arena_alloc(request->arena, batch->count * sizeof *batch->entries);
    for (size_t i = 0; i < batch->count; i++)
        TRY(read_entry(request, paper, json_array_get(entries, i), &batch->entries[i]));
    return NULL;
}

static struct error *save_answers(struct request *request)
{
    struct answer_batch *batch = arena_alloc(request->arena, sizeof *batch);
    json_t *json;
    json_t *entries;

    TRY(request_json(request, &json));
    TRY(INPUT_FIELDS(
        request->arena, json,
        {"device", INPUT_TEXT, false, &batch->device, SHORTEST_DEVICE, LONGEST_DEVICE},
        {"epoch", INPUT_INT, false, &batch->epoch, 1, INT64_C(1) << 40},
        {"batch", INPUT_ARRAY, false, &entries, 1, ANSWER_BATCH}));
    batch->bank = request->feature;
    batch->attempt = request_number(request, 0);
    batch->person = request->person;
    batch->received_at = request->received_at;
    TRY(read_batch(request, batch, entries));
    return deferred_write(request, answer_save, batch, saved);
}

/* ---- Handing in ---- */

static struct error *write_missing(
    struct request *request, const struct attempt *attempt, json_t *manifest,
    struct writer *writer)
{
    writer_array(writer, "missing");
    for (size_t i = 0; i < json_array_size(manifest); i++) {
        const char *item;
        int64_t seq;
        bool has;
        TRY(INPUT_FIELDS(
            request->arena, json_array_get(manifest, i),
            {"item", INPUT_TEXT, false, &item, 1, 64},
            {"seq", INPUT_INT, false, &seq, 1, INT64_C(1) << 40}));
        TRY(submit_has(request->reader, attempt, item, seq, &has));
        if (!has)
            writer_text(writer, NULL, item);
    }
    writer_end(writer);
    return NULL;
}

static struct error *write_unanswered(
    struct request *request, const struct attempt *attempt, struct writer *writer)
{
    static const char sql[] =
        "SELECT answer FROM answer WHERE attempt = $1 AND item = $2";
    const struct paper *paper;

    TRY(bank_paper(request->feature, request->reader, attempt->revision, &paper));
    writer_array(writer, "unanswered");
    for (size_t p = 0; p < paper->part_count; p++) {
        for (size_t q = 0; q < paper->parts[p].question_count; q++) {
            const char *item = paper->parts[p].questions[q].id;
            SCOPED_ROWS rows =
                db_query(request->reader, sql, INT(attempt->id), TEXT(item));
            bool found = rows_next(&rows);
            if (!found || !grading_is_answered(rows_text(&rows, 0)))
                writer_text(writer, NULL, item);
            TRY(rows_error(&rows));
        }
    }
    writer_end(writer);
    return NULL;
}

static struct error *prepare_submission(struct request *request)
{
    const char *device;
    json_t *json;
    json_t *manifest;
    int64_t epoch;
    struct attempt attempt;
    struct writer writer;

    TRY(request_json(request, &json));
    TRY(INPUT_FIELDS(
        request->arena, json,
        {"device", INPUT_TEXT, false, &device, SHORTEST_DEVICE, LONGEST_DEVICE},
        {"epoch", INPUT_INT, false, &epoch, 1, INT64_C(1) << 40},
        {"manifest", INPUT_ARRAY, false, &manifest, 0, PAPER_QUESTIONS}));
    TRY(attempt_load(
        request->reader, request_number(request, 0), request->person, &attempt));
    if (attempt.state == ATTEMPT_SUBMITTED)
        return handed_in(request);
    if (epoch != attempt.epoch || strcmp(device, attempt.device) != 0)
        return lease_lost(request);
    writer_init(&writer, request->arena, SMALL_REPLY);
    writer_object(&writer, NULL);
    TRY(write_missing(request, &attempt, manifest, &writer));
    TRY(write_unanswered(request, &attempt, &writer));
    writer_int(&writer, "deadline", attempt.deadline);
    writer_int(&writer, "server_now", clock_now_ms());
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

static struct error *submitted(struct request *request)
{
    const struct submission *submission = request->context;
    const struct attempt *attempt = &submission->after;
    struct writer writer;

    if (submission->outcome == SUBMIT_LEASE_LOST)
        return lease_lost(request);
    if (submission->outcome == SUBMIT_BEFORE)
        return handed_in(request);
    writer_init(&writer, request->arena, SMALL_REPLY);
    writer_object(&writer, NULL);
    writer_text(&writer, "state", attempt_state_name(attempt->state));
    writer_int(&writer, "submitted_at", attempt->submitted_at);
    writer_text(&writer, "receipt", attempt->receipt);
    TRY(views_grade(request->reader, request->feature, attempt, &writer));
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

static struct error *submit(struct request *request)
{
    struct submission *submission = arena_alloc(request->arena, sizeof *submission);
    json_t *json;

    TRY(request_json(request, &json));
    TRY(INPUT_FIELDS(
        request->arena, json,
        {"device", INPUT_TEXT, false, &submission->device, SHORTEST_DEVICE,
         LONGEST_DEVICE},
        {"epoch", INPUT_INT, false, &submission->epoch, 1, INT64_C(1) << 40},
        {"submit_key", INPUT_TEXT, false, &submission->submit_key, 8, 64}));
    submission->bank = request->feature;
    submission->attempt = request_number(request, 0);
    submission->person = request->person;
    submission->received_at = request->received_at;
    return deferred_write(request, submit_attempt, submission, submitted);
}

static struct error *show_result(struct request *request)
{
    struct attempt attempt;
    struct writer writer;

    TRY(attempt_load(
        request->reader, request_number(request, 0), request->person, &attempt));
    if (attempt.state == ATTEMPT_IN_PROGRESS)
        return error_new(
            request->arena, ERROR_CONFLICT, "attempt_running", "本次作答还没有交卷。");
    writer_init(&writer, request->arena, PAPER_REPLY);
    writer_object(&writer, NULL);
    TRY(views_result(
        request->reader, request->feature, &attempt, clock_now_ms(), &writer));
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

static struct error *show_items(struct request *request)
{
    struct writer writer;

    writer_init(&writer, request->arena, ITEMS_REPLY);
    writer_object(&writer, NULL);
    TRY(items_write(
        request->reader, request->feature, request_number(request, 0),
        request->received_at, &writer));
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

/* clang-format off */
const struct route quiz_routes[] = {
    {"GET",  "/api/quizzes",              ROLE_SIGNED_IN, list_quizzes},
    {"GET",  "/api/quizzes/:id/items",    ROLE_ORGANISER | ROLE_AUDITOR, show_items},
    {"POST", "/api/quizzes/:id/attempt",  ROLE_LEARNER, start_quiz},
    {"GET",  "/api/attempts/:id",         ROLE_LEARNER, show_attempt},
    {"POST", "/api/attempts/:id/answers", ROLE_LEARNER, save_answers},
    {"POST", "/api/attempts/:id/prepare", ROLE_LEARNER, prepare_submission},
    {"POST", "/api/attempts/:id/submit",  ROLE_LEARNER, submit},
    {"GET",  "/api/attempts/:id/result",  ROLE_LEARNER, show_result},
};
/* clang-format on */
const size_t quiz_route_count = sizeof quiz_routes / sizeof quiz_routes[0];
