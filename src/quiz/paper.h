/* paper.h - a paper (试卷): its questions, keys and rules, as one JSON document.
 *
 * A folder quizzes/NN-slug/ holds quiz.xml (which questions, for how many points, under
 * which rules) and questions.xml (the questions, Moodle XML); a paper may also take
 * questions from the folders beside it. paper_build() makes of all that one document
 * with sorted keys and no spaces, so that equal papers have equal bytes and the SHA-256
 * of the bytes names the paper for ever:
 *
 *   {"slug", "title", "kind": "quiz" | "buzzer", "course": slug of a course or "",
 *    "minutes": 0 for a buzzer set without time, "pass_percent",
 *    "shuffle_questions": bool, "shuffle_options": bool,
 *    "policy": how a multiple response earns part of its points, "policy_fixed",
 *    "instructions", "seed": what questions were drawn with, or "",
 *    "points": the full mark,
 *    "cases": [{"id", "html", "solution_html", "within_minutes", "calls": [text]}],
 *    "parts": [{"title", "questions": [
 *      {"id", "type": "single" | "multiple" | "true_false" | "blank" | "numeric" |
 *       "ordering" | "matching" | "essay",
 *       "stem_html", "points", "fixed_order": bool, "case": id of a case or "",
 *       "options": [{"id", "html"}], "right": [option id],
 *       "alternatives": [text], "case_sensitive": bool,
 *       "values": [{"value": decimal, "tolerance": decimal}], "units": [text],
 *       "prompts": [{"id", "html", "option": option id}],
 *       "grading": "absolute_position" | "all_or_nothing" | "", "guide_html",
 *       "explanation_html", "course": slug or "", "lesson": slug, "facts": [text],
 *       "difficulty": 1-5, "point": 知识点}]}]}
 *
 * Every question has every key. Papers frozen before there were cases and the later
 * types lack kind, seed, cases, case, course (of a question), values, units, prompts,
 * grading and guide_html, and are read as if these were empty; the course of their
 * questions is that of the paper.
 *
 * Points are integers, 1/100 point each. The options of a choice have the ids a, b,
 * c ... in the order of the file; a true/false question has the options "t" 对 and "f"
 * 错. A blank has no options and no right, its alternatives are as written in the file
 * (not yet normalised), and its stem holds ____ exactly once. A number has values
 * instead, and units that may stand behind the answer. An ordering has all its options
 * in `right`, in the right order; a matching has the left sides in `prompts`, each with
 * its own option, and no right. For these two the options get their ids from a digest
 * of their text, not from the file, where the order is the key. An essay has no options
 * and a guide for those who mark it. The questions of a case stand one after the other
 * in one part. The document holds the key: it is never sent as it is. */
#ifndef QUIZ_PAPER_H
#define QUIZ_PAPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/decimal.h"
#include "base/error.h"
#include "quiz/response.h"

struct findings;

enum {
    PAPER_OPTIONS = 20,      /* most options of one question */
    PAPER_PARTS = 100,       /* most parts of one paper */
    PAPER_QUESTIONS = 1000,  /* most questions of one paper */
    PAPER_CALLS = 10,        /* most people to call in one case */
    PAPER_ALTERNATIVES = 50, /* most accepted answers of one blank or number */
    PAPER_UNITS = 20,        /* most units of one number */
    PAPER_PROMPTS = 10,      /* most left sides of one matching; the fewest are 2 */
    PAPER_ORDERED = 10,      /* most options of one ordering */
    PAPER_ORDERED_FEWEST = 3,
    PAPER_CASES = 100, /* most cases of one paper */
    PAPER_ESSAYS = 20, /* most essays of one paper */
    PAPER_BANKS = 50,  /* most folders one paper takes questions from */
    PAPER_LIMIT = 4 * 1024 * 1024,
};

enum paper_type {
    PAPER_SINGLE,
    PAPER_MULTIPLE,
    PAPER_TRUE_FALSE,
    PAPER_BLANK,
    PAPER_NUMERIC,
    PAPER_ORDERING,
    PAPER_MATCHING,
    PAPER_ESSAY, /* marked by hand */
};

enum paper_kind {
    PAPER_QUIZ,
    PAPER_BUZZER, /* read aloud in a contest, never offered as a quiz */
};

enum paper_grading {
    PAPER_GRADING_NONE,      /* not an ordering */
    PAPER_ABSOLUTE_POSITION, /* a share for each option on its place */
    PAPER_ALL_OR_NOTHING,
};

struct paper_option {
    const char *id;
    const char *html;
    bool right; /* of a choice */
};

struct paper_value {
    const char *value; /* decimal */
    const char *tolerance;
};

struct paper_prompt {
    const char *id;
    const char *html;
    const struct paper_option *option; /* the right one */
};

struct paper_case {
    const char *id; /* idnumber of the file */
    const char *html;
    const char *solution_html; /* part of the key, as what follows */
    int64_t within_minutes;    /* a report: the first answer is due; 0: says nothing */
    const char **calls;        /* whom to call */
    size_t call_count;
};

struct paper_question {
    const char *id; /* the question's name for ever: idnumber of the file */
    enum paper_type type;
    const char *stem_html;
    int64_t points;               /* 1/100 point */
    bool fixed_order;             /* its options are never shuffled */
    const char *case_id;          /* "": none */
    struct paper_option *options; /* none for a blank, a number, an essay */
    size_t option_count;
    const struct paper_option **order; /* only PAPER_ORDERING: all options, rightly */
    enum paper_grading grading;        /* only PAPER_ORDERING */
    struct paper_prompt *prompts;      /* only PAPER_MATCHING */
    size_t prompt_count;
    struct paper_value *values; /* only PAPER_NUMERIC */
    size_t value_count;
    const char **units;
    size_t unit_count;
    const char *guide_html;    /* only PAPER_ESSAY, otherwise "" */
    const char **alternatives; /* only PAPER_BLANK */
    size_t alternative_count;
    bool case_sensitive;
    const char *explanation_html;
    const char *course; /* "": of none */
    const char *lesson; /* of that course */
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
    enum paper_kind kind;
    const char *course; /* "": of several */
    int64_t minutes;
    int64_t pass_percent;
    bool shuffle_questions;
    bool shuffle_options;
    enum response_policy policy; /* for multiple responses */
    int64_t policy_fixed;        /* 1/100 point, RESPONSE_CN_PARTIAL_FIXED only */
    const char *instructions;
    const char *seed; /* "": nothing was drawn */
    int64_t points;   /* 1/100 point: the sum over all questions */
    struct paper_case *cases;
    size_t case_count;
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

/* The prompt with this id, NULL if the question has none. */
const struct paper_prompt *
paper_question_prompt(const struct paper_question *question, const char *id);

/* The case with this id, NULL if the paper has none. */
const struct paper_case *paper_find_case(const struct paper *paper, const char *id);

/* "single", "multiple", "true_false", "blank" and so on. */
const char *paper_type_name(enum paper_type type);
bool paper_type_find(const char *name, enum paper_type *type);

/* "absolute_position", "all_or_nothing", "". */
const char *paper_grading_name(enum paper_grading grading);

/* The program gives the points; false for what people have to read. */
bool paper_type_is_automatic(enum paper_type type);

/* Whether the answer is some text. */
bool paper_type_is_text(enum paper_type type);

/* What values and tolerances may look like. */
extern const struct decimal_limits paper_decimal;

/* Reads a folder in a child process (format/sandbox.h) and checks what comes back.
 * `findings` receives what is wrong with the files.
 * Errors: ERROR_INVALID "paper_refused" with the first finding as its sentence;
 * sandbox_run()'s. */
struct error *paper_load(
    struct arena *arena, const char *directory, struct findings *findings,
    const char **json) MUST_CHECK;

/* The work of that child: reads the folder here and now. NULL when there are findings.
 * Schemas are taken from the folder "schema" beside `directory`, the banks that the
 * paper names from the other folders beside it. */
const char *
paper_build(struct arena *arena, const char *directory, struct findings *findings);

#endif
