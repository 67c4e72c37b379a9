/* practice_store.h - what the database keeps of a person's practice. */
#ifndef PRACTICE_PRACTICE_STORE_H
#define PRACTICE_PRACTICE_STORE_H

#include "practice/practice.h"
#include "practice/practice_bank.h"
#include "quiz/bank.h"

/* Answers older than this are forgotten: one sent again after it counts again. */
enum { PRACTICE_LOG_DAYS = 14 };

/* What is known of one person and all questions of a view. */
struct practice_knowledge {
    const struct practice_view *view;
    struct practice_state *states; /* one an item, zero where nothing is known */
    bool *held_back;               /* one an item: it must not be shown to her now */
};

/* Reads it for this moment. A question is held back while a quiz that holds it is not
 * released to her (practice_is_released()); with it the whole case it belongs to.
 * Errors: the database's, bank_paper()'s. */
struct error *practice_know(
    struct db *reader, struct bank *papers, const struct practice_view *view,
    int64_t person, int64_t now, struct practice_knowledge *knowledge) MUST_CHECK;

/* How she did in one lesson, over all submitted quizzes whose key she may see. */
struct practice_lesson {
    const char *course;
    const char *lesson;
    int64_t earned; /* 1/100 point */
    int64_t points;
};

struct practice_lessons {
    struct practice_lesson *entries; /* the weakest first */
    size_t count;
};

/* The lessons in which she earned less than four fifths of the points. Essays that
 * people mark are left out, as is what has no course. */
struct error *practice_weak_lessons(
    struct db *reader, struct bank *papers, int64_t person, int64_t now,
    struct practice_lessons *result) MUST_CHECK;

enum practice_outcome {
    PRACTICE_TAKEN,
    PRACTICE_REPEATED, /* the same again: nothing was changed */
    PRACTICE_CONFLICT, /* this number of the device stands for another answer */
};

/* A change: notes a marked answer. */
struct practice_answer {
    int64_t person;
    const char *item;
    const char *device;
    int64_t seq; /* counts the answers on the device */
    int64_t points;
    bool right;
    int64_t at; /* UTC ms */
    enum practice_outcome outcome;
    struct practice_state after;
};
store_change practice_note_answer;

/* A change: sets or takes away a bookmark. */
struct practice_bookmark {
    int64_t person;
    const char *item;
    bool on;
};
store_change practice_set_bookmark;

#endif
