/* Attempts against a real database: one device, in order, before the bell, kept. */
#include "quiz/attempt.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "check.h"
#include "quiz/answer.h"
#include "quiz/closing.h"
#include "quiz/grading.h"
#include "quiz/layout.h"
#include "quiz/results.h"
#include "quiz/start.h"
#include "quiz/submit.h"

#define DEVICE "device-one"
#define OTHER "device-two"

enum { MINUTE = 60 * 1000 };

static const char body[] =
    "{\"course\":\"01-a\",\"instructions\":\"i\",\"minutes\":20,\"parts\":[{"
    "\"questions\":["
    "{\"alternatives\":[],\"case_sensitive\":false,\"difficulty\":1,"
    "\"explanation_html\":\"e\",\"facts\":[\"F1-01\"],\"fixed_order\":false,\"id\":"
    "\"q1\","
    "\"lesson\":\"01-x\",\"options\":[{\"html\":\"A\",\"id\":\"a\"},"
    "{\"html\":\"B\",\"id\":\"b\"},{\"html\":\"C\",\"id\":\"c\"}],\"point\":\"k\","
    "\"points\":400,\"right\":[\"b\"],\"stem_html\":\"s\",\"type\":\"single\"},"
    "{\"alternatives\":[],\"case_sensitive\":false,\"difficulty\":1,"
    "\"explanation_html\":\"e\",\"facts\":[\"F1-01\"],\"fixed_order\":false,\"id\":"
    "\"q2\","
    "\"lesson\":\"01-x\",\"options\":[{\"html\":\"A\",\"id\":\"a\"},"
    "{\"html\":\"B\",\"id\":\"b\"},{\"html\":\"C\",\"id\":\"c\"}],\"point\":\"k\","
    "\"points\":400,\"right\":[\"a\",\"c\"],\"stem_html\":\"s\","
    "\"type\":\"multiple\"},"
    "{\"alternatives\":[\"三分之二\",\"2/3\"],\"case_sensitive\":false,"
    "\"difficulty\":1,\"explanation_html\":\"e\",\"facts\":[\"F1-01\"],\"fixed_order\":"
    "false,"
    "\"id\":\"q3\",\"lesson\":\"01-x\",\"options\":[],\"point\":\"k\",\"points\":200,"
    "\"right\":[],\"stem_html\":\"____\",\"type\":\"blank\"}],\"title\":\"p\"}],"
    "\"pass_percent\":60,\"points\":1000,\"policy\":\"cn_partial_prop\","
    "\"policy_fixed\":0,\"shuffle_options\":true,\"shuffle_questions\":true,"
    "\"slug\":\"01-a\",\"title\":\"t\"}";

struct fixture {
    struct arena *arena;
    const char *folder;
    struct store *store;
    struct bank *bank;
    struct db *reader;
    const char *revision;
    const struct paper *paper;
    int64_t attempt;
    int64_t deadline;
};

static struct error *fill(struct db *db, void *context)
{
    struct fixture *fixture = context;
    struct bank_publication publication = {.body = body, .at = 1};
    int64_t now = clock_now_ms();

    TRY(bank_publish(db, &publication));
    fixture->revision = publication.revision;
    TRY(db_run(
        db, "INSERT INTO person (id, staff_number, name) VALUES (1, 'a', '甲')"));
    TRY(db_run(
        db, "INSERT INTO person (id, staff_number, name) VALUES (2, 'b', '乙')"));
    TRY(db_run(
        db,
        "INSERT INTO quiz (id, paper, mode, start_at, base_ms, window_open, "
        "window_close, review) VALUES (1, $1, 'rolling', 0, $2, $3, $4, 'submit')",
        TEXT(publication.revision), INT(20 * MINUTE), INT(now - MINUTE),
        INT(now + 15 * MINUTE)));
    return db_run(
        db,
        "INSERT INTO quiz (id, paper, mode, start_at, base_ms, window_open, "
        "window_close, review) VALUES (2, $1, 'rolling', 0, $2, $3, NULL, 'submit')",
        TEXT(publication.revision), INT(20 * MINUTE), INT(now + MINUTE));
}

static struct start
start_at(struct fixture *fixture, int64_t quiz, const char *device, bool take_over)
{
    struct start start = {
        .bank = fixture->bank,
        .points = 1000,
        .person = 1,
        .device = device,
        .take_over = take_over,
    };

    assert_fine(attempt_quiz(fixture->reader, quiz, &start.quiz));
    layout_make(fixture->arena, fixture->paper, fixture->revision, 1, &start.layout);
    return start;
}

static int open_fixture(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    struct attempt attempt;

    fixture->arena = arena_new();
    fixture->folder = check_folder_new(fixture->arena);
    fixture->store = check_store(fixture->arena, fixture->folder);
    fixture->bank = bank_new();
    check_write(fixture->store, fixture->arena, fill, fixture);
    assert_fine(store_reader_open(fixture->store, fixture->arena, &fixture->reader));
    assert_fine(
        bank_paper(fixture->bank, fixture->reader, fixture->revision, &fixture->paper));
    struct start start = start_at(fixture, 1, DEVICE, false);
    check_write(fixture->store, fixture->arena, start_attempt, &start);
    assert_int_equal(start.outcome, START_BEGUN);
    fixture->attempt = start.attempt;
    assert_fine(attempt_load(fixture->reader, start.attempt, 1, &attempt));
    fixture->deadline = attempt.deadline;
    *state = fixture;
    return 0;
}

static int close_fixture(void **state)
{
    struct fixture *fixture = *state;

    store_reader_close(fixture->reader);
    store_close(fixture->store);
    bank_free(fixture->bank);
    check_folder_remove(fixture->folder);
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

/* Sends one answer with the given arrival time; what became of it is in *entry. */
static struct answer_batch send_at(
    struct fixture *fixture, const char *device, int64_t epoch,
    struct answer_entry *entry, int64_t at)
{
    struct answer_batch batch = {
        .bank = fixture->bank,
        .attempt = fixture->attempt,
        .person = 1,
        .device = device,
        .epoch = epoch,
        .received_at = at,
        .entries = entry,
        .count = 1,
    };

    check_write(fixture->store, fixture->arena, answer_save, &batch);
    return batch;
}

static int64_t count(struct fixture *fixture, const char *sql)
{
    return check_number(fixture->store, fixture->arena, sql);
}

static void the_window_bounds_the_deadline(void **state)
{
    struct fixture *fixture = *state;
    struct quiz quiz;

    assert_fine(attempt_quiz(fixture->reader, 1, &quiz));
    assert_int_equal(fixture->deadline, quiz.window_close);
}

static void a_quiz_that_is_not_open_cannot_be_started(void **state)
{
    struct fixture *fixture = *state;
    struct start start = start_at(fixture, 2, DEVICE, false);

    assert_code(
        store_write(fixture->store, fixture->arena, start_attempt, &start),
        "quiz_not_open");
}

static void a_second_start_is_the_same_attempt(void **state)
{
    struct fixture *fixture = *state;
    struct start again = start_at(fixture, 1, DEVICE, false);

    check_write(fixture->store, fixture->arena, start_attempt, &again);
    assert_int_equal(again.outcome, START_RESUMED);
    assert_int_equal(again.attempt, fixture->attempt);
}

static void another_device_must_take_over_and_the_first_loses_the_pen(void **state)
{
    struct fixture *fixture = *state;
    struct start other = start_at(fixture, 1, OTHER, false);
    struct answer_entry entry = {.item = "q1", .answer = "[\"b\"]", .seq = 1};
    int64_t now = clock_now_ms();

    check_write(fixture->store, fixture->arena, start_attempt, &other);
    assert_int_equal(other.outcome, START_ELSEWHERE);
    other.take_over = true;
    check_write(fixture->store, fixture->arena, start_attempt, &other);
    assert_int_equal(other.outcome, START_TAKEN_OVER);
    assert_int_equal(
        send_at(fixture, DEVICE, 1, &entry, now).outcome, ANSWERS_LEASE_LOST);
    assert_int_equal(count(fixture, "SELECT count(*) FROM answer"), 0);
    assert_int_equal(
        count(fixture, "SELECT count(*) FROM answer_log WHERE class = 'refused'"), 1);
    /* The right device with the number of an earlier lease is an old page of it. */
    assert_int_equal(
        send_at(fixture, OTHER, 1, &entry, now).outcome, ANSWERS_LEASE_LOST);
    assert_int_equal(send_at(fixture, OTHER, 2, &entry, now).outcome, ANSWERS_TAKEN);
    assert_int_equal(count(fixture, "SELECT epoch FROM answer"), 2);
}

static void answers_keep_their_order_and_repeats_their_receipt(void **state)
{
    struct fixture *fixture = *state;
    struct answer_entry newer = {.item = "q1", .answer = "[\"b\"]", .seq = 5};
    struct answer_entry again = newer;
    struct answer_entry older = {.item = "q1", .answer = "[\"a\"]", .seq = 4};
    int64_t now = clock_now_ms();

    send_at(fixture, DEVICE, 1, &newer, now);
    assert_int_equal(newer.stored, ANSWER_SAVED);
    send_at(fixture, DEVICE, 1, &again, now + 50);
    assert_int_equal(again.stored, ANSWER_DUPLICATE);
    assert_string_equal(again.receipt, newer.receipt);
    send_at(fixture, DEVICE, 1, &older, now + 60);
    assert_int_equal(older.stored, ANSWER_STALE);
    assert_int_equal(older.current_seq, 5);
    assert_int_equal(
        count(fixture, "SELECT count(*) FROM answer WHERE answer = '[\"b\"]'"), 1);
    assert_int_equal(count(fixture, "SELECT count(*) FROM answer_log"), 1);
}

static void a_number_with_another_answer_is_a_conflict_for_the_whole_batch(void **state)
{
    struct fixture *fixture = *state;
    struct answer_entry first = {.item = "q1", .answer = "[\"b\"]", .seq = 5};
    struct answer_entry entries[] = {
        {.item = "q2", .answer = "[\"a\"]", .seq = 6},
        {.item = "q1", .answer = "[\"a\"]", .seq = 5},
    };
    int64_t now = clock_now_ms();

    send_at(fixture, DEVICE, 1, &first, now);
    struct answer_batch batch = {
        .bank = fixture->bank,
        .attempt = fixture->attempt,
        .person = 1,
        .device = DEVICE,
        .epoch = 1,
        .received_at = now,
        .entries = entries,
        .count = 2,
    };
    check_write(fixture->store, fixture->arena, answer_save, &batch);
    assert_int_equal(batch.outcome, ANSWERS_CONFLICT);
    assert_int_equal(count(fixture, "SELECT count(*) FROM answer"), 1);
    /* Within the batch itself too. */
    entries[1] = entries[0];
    entries[1].answer = "[\"c\"]";
    check_write(fixture->store, fixture->arena, answer_save, &batch);
    assert_int_equal(batch.outcome, ANSWERS_CONFLICT);
    assert_int_equal(count(fixture, "SELECT count(*) FROM answer"), 1);
}

static void the_bell_is_the_servers_to_the_millisecond(void **state)
{
    struct fixture *fixture = *state;
    struct answer_entry live = {.item = "q1", .answer = "[\"b\"]", .seq = 1};
    struct answer_entry grace = {.item = "q2", .answer = "[\"a\"]", .seq = 2};
    struct answer_entry late = {.item = "q3", .answer = "\"2/3\"", .seq = 3};

    send_at(fixture, DEVICE, 1, &live, fixture->deadline - 1);
    assert_string_equal(live.class, "live");
    send_at(fixture, DEVICE, 1, &grace, fixture->deadline);
    assert_string_equal(grace.class, "grace");
    send_at(fixture, DEVICE, 1, &late, fixture->deadline + ATTEMPT_GRACE_MS);
    assert_string_equal(late.class, "late");
    assert_int_equal(late.stored, ANSWER_LATE);
    assert_int_equal(count(fixture, "SELECT count(*) FROM answer"), 2);
    /* The late one closed the attempt, with the deadline as its time. */
    assert_int_equal(
        count(fixture, "SELECT submitted_at FROM attempt"), fixture->deadline);
    assert_int_equal(count(fixture, "SELECT grade FROM attempt"), 600);
}

static void someone_elses_attempt_does_not_exist(void **state)
{
    struct fixture *fixture = *state;
    struct answer_entry entry = {.item = "q1", .answer = "[\"b\"]", .seq = 1};
    struct answer_batch batch = {
        .bank = fixture->bank,
        .attempt = fixture->attempt,
        .person = 2,
        .device = DEVICE,
        .epoch = 1,
        .received_at = clock_now_ms(),
        .entries = &entry,
        .count = 1,
    };

    assert_code(
        store_write(fixture->store, fixture->arena, answer_save, &batch),
        "attempt_unknown");
    assert_int_equal(count(fixture, "SELECT count(*) FROM answer_log"), 0);
}

static struct submission submission_of(struct fixture *fixture, const char *key)
{
    return (struct submission){
        .bank = fixture->bank,
        .attempt = fixture->attempt,
        .person = 1,
        .device = DEVICE,
        .epoch = 1,
        .submit_key = key,
        .received_at = clock_now_ms(),
    };
}

static void handing_in_twice_gives_one_receipt_and_then_nothing_counts(void **state)
{
    struct fixture *fixture = *state;
    struct answer_entry right = {.item = "q1", .answer = "[\"b\"]", .seq = 1};
    struct answer_entry after = {.item = "q2", .answer = "[\"a\"]", .seq = 2};
    struct submission first = submission_of(fixture, "key-1111");
    struct submission again = submission_of(fixture, "key-1111");
    struct submission other = submission_of(fixture, "key-2222");
    struct quiz_grade grade;

    send_at(fixture, DEVICE, 1, &right, clock_now_ms());
    check_write(fixture->store, fixture->arena, submit_attempt, &first);
    check_write(fixture->store, fixture->arena, submit_attempt, &again);
    check_write(fixture->store, fixture->arena, submit_attempt, &other);
    assert_int_equal(first.outcome, SUBMIT_DONE);
    assert_int_equal(again.outcome, SUBMIT_DONE);
    assert_string_equal(again.after.receipt, first.after.receipt);
    assert_int_equal(other.outcome, SUBMIT_BEFORE);
    assert_int_equal(
        send_at(fixture, DEVICE, 1, &after, clock_now_ms()).outcome, ANSWERS_SUBMITTED);
    assert_int_equal(count(fixture, "SELECT count(*) FROM answer"), 1);
    assert_int_equal(count(fixture, "SELECT count(*) FROM event"), 1);
    assert_fine(results_grade(fixture->reader, 1, 1, &grade));
    assert_true(grade.found);
    assert_int_equal(grade.grade, 400);
}

static struct error *back_in_time(struct db *db, void *unused)
{
    (void)unused;
    return db_run(db, "UPDATE attempt SET deadline = deadline - $1", INT(60 * MINUTE));
}

static void the_sweep_closes_what_nobody_hands_in(void **state)
{
    struct fixture *fixture = *state;
    int64_t closed;

    assert_fine(closing_sweep(
        fixture->store, fixture->reader, fixture->bank, fixture->arena, &closed));
    assert_int_equal(closed, 0);
    /* Moved into the past, as if its twenty minutes had gone by. */
    struct answer_entry right = {.item = "q3", .answer = "\" ２/3。\"", .seq = 1};
    send_at(fixture, DEVICE, 1, &right, clock_now_ms());
    check_write(fixture->store, fixture->arena, back_in_time, NULL);
    assert_fine(closing_sweep(
        fixture->store, fixture->reader, fixture->bank, fixture->arena, &closed));
    assert_int_equal(closed, 1);
    assert_int_equal(
        count(
            fixture, "SELECT count(*) FROM attempt WHERE state = 'auto_submitted' "
                     "AND submitted_at = deadline AND grade = 200"),
        1);
    assert_fine(closing_sweep(
        fixture->store, fixture->reader, fixture->bank, fixture->arena, &closed));
    assert_int_equal(closed, 0);
}

static void answers_are_checked_against_what_was_delivered(void **state)
{
    static const struct {
        size_t question;
        const char *answer;
        const char *canonical; /* NULL: refused */
    } cases[] = {
        {0, "[\"b\"]", "[\"b\"]"},
        {0, "[]", "[]"},
        {0, "[\"a\",\"b\"]", NULL},
        {0, "[\"z\"]", NULL},
        {0, "\"b\"", NULL},
        {0, "[1]", NULL},
        {1, "[\"c\",\"a\"]", "[\"a\",\"c\"]"},
        {1, "[\"a\",\"a\"]", NULL},
        {2, "\"三分之二\"", "\"三分之二\""},
        {2, "[\"a\"]", NULL},
        {2, "null", NULL},
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *canonical = NULL;
        json_t *answer = json_loads(cases[i].answer, JSON_DECODE_ANY, NULL);
        const struct paper_question *question =
            &fixture->paper->parts[0].questions[cases[i].question];
        const struct error *error =
            grading_canonical(fixture->arena, question, answer, &canonical);
        if (cases[i].canonical) {
            assert_fine(error);
            assert_string_equal(canonical, cases[i].canonical);
        } else {
            assert_code(error, "answer_invalid");
        }
        json_decref(answer);
    }
}

static void a_layout_keeps_every_question_and_option(void **state)
{
    struct fixture *fixture = *state;
    bool moved = false;

    for (int64_t person = 1; person <= 50; person++) {
        const char *json;
        struct layout layout;
        unsigned seen = 0;
        layout_make(fixture->arena, fixture->paper, fixture->revision, person, &json);
        assert_fine(layout_read(fixture->arena, fixture->paper, json, &layout));
        assert_int_equal(layout.count, 3);
        for (size_t i = 0; i < 3; i++)
            seen |=
                1U
                << (layout.questions[i].question - fixture->paper->parts[0].questions);
        assert_int_equal(seen, 7);
        moved =
            moved || layout.questions[0].question != fixture->paper->parts[0].questions;
    }
    assert_true(moved);
}

#define WITH_FIXTURE(test)                                                             \
    cmocka_unit_test_setup_teardown(test, open_fixture, close_fixture)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FIXTURE(the_window_bounds_the_deadline),
        WITH_FIXTURE(a_quiz_that_is_not_open_cannot_be_started),
        WITH_FIXTURE(a_second_start_is_the_same_attempt),
        WITH_FIXTURE(another_device_must_take_over_and_the_first_loses_the_pen),
        WITH_FIXTURE(answers_keep_their_order_and_repeats_their_receipt),
        WITH_FIXTURE(a_number_with_another_answer_is_a_conflict_for_the_whole_batch),
        WITH_FIXTURE(the_bell_is_the_servers_to_the_millisecond),
        WITH_FIXTURE(someone_elses_attempt_does_not_exist),
        WITH_FIXTURE(handing_in_twice_gives_one_receipt_and_then_nothing_counts),
        WITH_FIXTURE(the_sweep_closes_what_nobody_hands_in),
        WITH_FIXTURE(answers_are_checked_against_what_was_delivered),
        WITH_FIXTURE(a_layout_keeps_every_question_and_option),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
