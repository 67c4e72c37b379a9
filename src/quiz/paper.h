/* paper.h - a paper (试卷): its questions, keys and rules, as one JSON document.
 *
 * A folder quizzes/NN-slug/ holds quiz.xml (which questions, for how many points, under
 * which rules) and questions.xml (the questions, Moodle XML). paper_build() makes of
 * both one document with sorted keys and no spaces, so that equal papers have equal
 * bytes and the SHA-256 of the bytes names the paper for ever:
 *
 *   {"slug", "title", "course": slug of a course, "minutes", "pass_percent",
 *    "shuffle_questions": bool, "shuffle_options": bool,
 *    "policy": how a multiple response earns part of its points, "policy_fixed",
 *    "instructions", "points": the full mark,
 *    "parts": [{"title", "questions": [
 *      {"id", "type": "single" | "multiple" | "true_false" | "blank",
 *       "stem_html", "points", "fixed_order": bool,
 *       "options": [{"id", "html"}], "right": [option id],
 *       "alternatives": [text], "case_sensitive": bool,
 *       "explanation_html", "lesson": slug, "facts": [text], "difficulty": 1-5,
 *       "point": 知识点}]}]}
 *
 * Every question has every key. Points are integers, 1/100 point each. Option ids are
 * a, b, c ... in the order of the file; a true/false question has the options "t" 对
 * and "f" 错. A blank has no options and no right, its alternatives are as written in
 * the file (not yet normalised), and its stem holds ____ exactly once. The other types
 * have no alternatives. The document holds the key: it is never sent as it is. */
#ifndef QUIZ_PAPER_H
#define QUIZ_PAPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "quiz/response.h"

struct findings;

enum {
    PAPER_OPTIONS = 20,      /* most options of one question */
    PAPER_PARTS = 100,       /* most parts of one paper */
    PAPER_QUESTIONS = 1000,  /* most questions of one paper */
    PAPER_ALTERNATIVES = 50, /* most accepted answers of one blank */
    PAPER_LIMIT = 4 * 1024 * 1024,
};

enum paper_type {
    PAPER_SINGLE,
    PAPER_MULTIPLE,
    PAPER_TRUE_FALSE,
    PAPER_BLANK,
};

struct paper_option {
    const char *id;
    const char *html;
    bool right;
};

struct paper_question {
    const char *id; /* the question's name for ever: idnumber of the file */
    enum paper_type type;
    const char *stem_html;
    int64_t points;               /* 1/100 point */
    bool fixed_order;             /* its options are never shuffled */
    struct paper_option *options; /* none for PAPER_BLANK */
    size_t option_count;
    const char **alternatives; /* only PAPER_BLANK */
    size_t alternative_count;
    bool case_sensitive;
    const char *explanation_html;
    const char *lesson; /* of the paper's course */
    const char **facts;
    size_t fact_count;
    int difficulty;
    const char *point; /* 知识点 */
};

struct paper_part {
    const char *title;
    struct paper_question *questions;
    size_t question_count;
};

struct paper {
    const char *slug;
    const char *title;
    const char *course;
    int64_t minutes;
    int64_t pass_percent;
    bool shuffle_questions;
    bool shuffle_options;
    enum response_policy policy; /* for multiple responses */
    int64_t policy_fixed;        /* 1/100 point, RESPONSE_CN_PARTIAL_FIXED only */
    const char *instructions;
    int64_t points; /* 1/100 point: the sum over all questions */
    struct paper_part *parts;
    size_t part_count;
    size_t question_count; /* of all parts */
};

/* Reads a document that paper_build() made, for example a frozen one. All strings and
 * structs live in the arena.
 * Errors: input_parse()'s and input_object()'s; ERROR_INVALID "paper_invalid". */
struct error *
paper_read(struct arena *arena, const char *json, struct paper **result) MUST_CHECK;

/* The document of a paper: sorted keys, no spaces. */
const char *paper_write(struct arena *arena, const struct paper *paper);

/* The question with this id, NULL if the paper has none. */
const struct paper_question *paper_find(const struct paper *paper, const char *id);

/* The option with this id, NULL if the question has none. */
const struct paper_option *
paper_question_option(const struct paper_question *question, const char *id);

/* "single", "multiple", "true_false", "blank". */
const char *paper_type_name(enum paper_type type);

/* Reads a folder in a child process (format/sandbox.h) and checks what comes back.
 * `findings` receives what is wrong with the files.
 * Errors: ERROR_INVALID "paper_refused" with the first finding as its sentence;
 * sandbox_run()'s. */
struct error *paper_load(
    struct arena *arena, const char *directory, struct findings *findings,
    const char **json) MUST_CHECK;

/* The work of that child: reads the folder here and now. NULL when there are findings.
 * Schemas are taken from the folder "schema" beside `directory`. */
const char *
paper_build(struct arena *arena, const char *directory, struct findings *findings);

#endif
