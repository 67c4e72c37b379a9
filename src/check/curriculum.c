#include "check/curriculum.h"

#include <string.h>

#include "check/choices.h"
#include "check/duplicates.h"
#include "check/giveaway.h"
#include "check/keys.h"
#include "check/markup.h"
#include "check/minimums.h"
#include "check/outline.h"
#include "check/references.h"
#include "check/statutes.h"
#include "check/tags.h"

const struct curriculum_course *
curriculum_course(const struct curriculum *curriculum, const char *slug)
{
    for (size_t i = 0; i < curriculum->course_count; i++) {
        if (strcmp(curriculum->courses[i].slug, slug) == 0)
            return &curriculum->courses[i];
    }
    return NULL;
}

const struct page *
curriculum_lesson(const struct curriculum_course *course, const char *slug)
{
    size_t size = strlen(slug);

    for (size_t i = 0; i < course->lesson_count; i++) {
        const char *name = course->lessons[i].name;
        if (strncmp(name, slug, size) == 0 && strcmp(name + size, ".md") == 0)
            return &course->lessons[i];
    }
    return NULL;
}

const struct question *
curriculum_question(const struct curriculum *curriculum, const char *number)
{
    const struct question *found = NULL;

    for (size_t i = 0; i < curriculum->file_count && !found; i++)
        found = question_find(&curriculum->files[i], number);
    return found;
}

void curriculum_pages(
    struct findings *findings, const struct curriculum *curriculum,
    curriculum_visit *visit, void *context)
{
    for (size_t i = 0; i < curriculum->course_count; i++) {
        const struct curriculum_course *course = &curriculum->courses[i];
        for (size_t j = 0; j < course->lesson_count; j++)
            visit(findings, &course->lessons[j], context);
        if (course->summary)
            visit(findings, course->summary, context);
    }
    for (size_t i = 0; i < curriculum->handbook_count; i++)
        visit(findings, &curriculum->handbook[i], context);
}

/* Spaces and lines before the first word are the XML's, not the text's. */
static struct page text_page(
    struct arena *arena, const struct question *question, const char *course,
    const char *text, int line)
{
    for (; *text && strchr(" \t\r\n", *text); text++)
        line += *text == '\n';
    struct page page = {
        .kind = PAGE_QUESTION,
        .file = question->file,
        .folder = course,
        .name = "",
        .bytes = text,
    };

    page_read(arena, &page, line);
    return page;
}

void curriculum_question_texts(
    struct findings *findings, const struct curriculum *curriculum,
    curriculum_visit *visit, void *context)
{
    for (size_t i = 0; i < curriculum->file_count; i++) {
        const struct question_file *file = &curriculum->files[i];
        for (size_t j = 0; j < file->count; j++) {
            const struct question *question = &file->questions[j];
            const char *course = question_course(file, question);
            struct page stem = text_page(
                findings->arena, question, course, question->stem, question->stem_line);
            struct page explanation = text_page(
                findings->arena, question, course, question->explanation,
                question->explanation_line);
            visit(findings, &stem, context);
            visit(findings, &explanation, context);
        }
    }
}

void curriculum_check(
    struct findings *findings, const struct curriculum *curriculum, bool partial)
{
    references_check(findings, curriculum);
    outline_check(findings, curriculum);
    markup_check(findings, curriculum);
    statutes_check(findings, curriculum);
    tags_check(findings, curriculum);
    for (size_t i = 0; i < curriculum->file_count; i++) {
        keys_check(findings, &curriculum->files[i]);
        choices_check(findings, &curriculum->files[i]);
        giveaway_check(findings, curriculum, &curriculum->files[i]);
    }
    duplicates_check(findings, curriculum);
    if (!partial)
        minimums_check(findings, curriculum);
}
