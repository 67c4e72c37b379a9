/* curriculum.h - all texts of a curriculum, read, and every rule of src/check over
 * them.
 *
 * Each rule is a pure function of its own file that adds findings; which rules there
 * are and in which order they run stands in curriculum.c. A rule's word ("stem-near")
 * is stable: authors search for it. */
#ifndef CHECK_CURRICULUM_H
#define CHECK_CURRICULUM_H

#include "check/page.h"
#include "check/question.h"

struct curriculum_course {
    const char *slug;
    const char *folder;            /* its path, for findings */
    bool is_numbered;              /* NN-slug: the rules of a whole course hold */
    const struct source *settings; /* course.yml; NULL when it is missing */
    struct page *lessons;          /* in the order of their names */
    size_t lesson_count;
    const struct page *summary; /* summary.md; NULL when it is missing */
    const char **figures;       /* names in figures/, "x.svg" */
    size_t figure_count;
};

struct curriculum {
    struct curriculum_course *courses;
    size_t course_count;
    const char *handbook_folder; /* its path */
    struct page *handbook;
    size_t handbook_count;
    struct question_file *files;
    size_t file_count;
};

/* Runs all rules. `partial`: without the ones that ask for a number of lessons, entries
 * or questions, for content that is still being written. */
void curriculum_check(
    struct findings *findings, const struct curriculum *curriculum, bool partial);

/* NULL: no course with that slug. */
const struct curriculum_course *
curriculum_course(const struct curriculum *curriculum, const char *slug);

/* The lesson with that slug ("03-abc"), NULL for none. */
const struct page *
curriculum_lesson(const struct curriculum_course *course, const char *slug);

/* The question with that number in any file, NULL for none. */
const struct question *
curriculum_question(const struct curriculum *curriculum, const char *number);

/* All lessons, summaries and handbook entries. */
typedef void
curriculum_visit(struct findings *findings, const struct page *page, void *context);
void curriculum_pages(
    struct findings *findings, const struct curriculum *curriculum,
    curriculum_visit *visit, void *context);

/* Stems and explanations as pages, the same way. */
void curriculum_question_texts(
    struct findings *findings, const struct curriculum *curriculum,
    curriculum_visit *visit, void *context);

#endif
