/* question.h - the questions of one questions.xml (Moodle XML) as texts, for rules that
 * look at wording. It reads leniently, every question of the file and also of types no
 * paper can use yet; whether the file is right is for the reader of papers to say. */
#ifndef CHECK_QUESTION_H
#define CHECK_QUESTION_H

#include <stdbool.h>
#include <stddef.h>

#include "format/source.h"

enum question_type {
    QUESTION_SINGLE,
    QUESTION_MULTIPLE,
    QUESTION_TRUE_FALSE,
    QUESTION_BLANK,
    QUESTION_NUMERIC,
    QUESTION_ORDERING,
    QUESTION_MATCHING,
    QUESTION_AUTOMATIC, /* how many types a program marks: those above */
    QUESTION_ESSAY = QUESTION_AUTOMATIC,
    QUESTION_CASE, /* the text that its sub-questions share */
    QUESTION_OTHER,
};

struct question_option {
    const char *text;
    bool right; /* an accepted answer, too */
};

struct question {
    const char *file;
    const char *id; /* "" when it has none */
    int line;       /* of its number */
    enum question_type type;
    const char *stem; /* Markdown, as it stands */
    int stem_line;
    const char *explanation;
    int explanation_line;
    /* Of a matching question both sides, of an ordering its steps. */
    struct question_option *options;
    size_t option_count;
    const char *lesson; /* NULL: no such tag, as the next ones */
    const char *course;
    const char *point;
    const char *difficulty;
    const char *of_case; /* the number of the case it belongs to */
    size_t fact_count;
};

struct question_file {
    const char *file;
    const char *slug;   /* of its folder */
    const char *course; /* the one its paper names, otherwise the slug */
    struct question *questions;
    size_t count;
    const char **paper; /* numbers of the questions and cases that its paper names */
    size_t paper_count; /* those that are drawn are not among them */
};

/* Fills in questions and count. False after adding findings: not readable as XML. */
bool question_read(
    struct findings *findings, const struct source *source,
    struct question_file *result);

/* Fills in course and paper from quiz.xml, the same way. Its questions may stand in
 * other files. */
bool question_read_paper(
    struct findings *findings, const struct source *source,
    struct question_file *result);

/* NULL when the file has no such question. */
const struct question *
question_find(const struct question_file *file, const char *number);

/* The course the question is about: its own tag's, otherwise its file's. */
const char *
question_course(const struct question_file *file, const struct question *question);

/* "单选题" … for sentences. */
const char *question_type_name(enum question_type type);

#endif
