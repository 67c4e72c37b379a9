#include "cli/content_check.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "courses/catalogue.h"
#include "format/slug.h"
#include "format/xml.h"
#include "quiz/paper.h"

/* One run. */
struct check {
    struct arena *arena;
    struct findings *findings;
    const char *courses; /* directories */
    const char *quizzes;
    const struct catalogue_view *view;
    const struct paper **papers;
    size_t paper_count;
};

static const char *
paper_file(const struct check *check, const char *slug, const char *file)
{
    return arena_format(check->arena, "%s/%s/%s", check->quizzes, slug, file);
}

/* The line on which `words` first stand in a file that was read before, 0 if nowhere:
 * the paper itself does not know lines any more. */
static int line_with(struct check *check, const char *file, const char *words)
{
    struct findings unheard;
    struct source source;

    findings_init(&unheard, check->arena);
    if (!source_read(&unheard, file, XML_LIMIT, &source))
        return 0;
    const char *found = strstr(source.bytes, words);
    int line = 1;
    for (const char *c = source.bytes; found && c < found; c++)
        line += *c == '\n';
    return found ? line : 0;
}

static void check_order(struct check *check)
{
    for (size_t i = 1; i < check->view->count; i++) {
        const struct course *before = check->view->courses[i - 1].course;
        const struct course *course = check->view->courses[i].course;
        const char *file = arena_format(
            check->arena, "%s/%s/course.yml", check->courses, course->slug);
        if (before->order == course->order)
            findings_add_rule(
                check->findings, "course-order", file, line_with(check, file, "order:"),
                "order 与 %s 相同。", before->slug);
    }
}

static void check_courses_have_papers(struct check *check)
{
    for (size_t i = 0; i < check->view->count; i++) {
        const char *slug = check->view->courses[i].course->slug;
        size_t found = 0;
        while (found < check->paper_count &&
               strcmp(check->papers[found]->course, slug) != 0)
            found++;
        if (found == check->paper_count && slug_is_numbered(slug))
            findings_add_rule(
                check->findings, "course-paper",
                arena_format(check->arena, "%s/%s", check->courses, slug), 0,
                "%s 里没有（合格的）这门课的试卷。", check->quizzes);
    }
}

/* A number that stands in the files of both folders; a paper that takes its questions
 * from another folder's file uses the same number rightly. */
static void check_number(
    struct check *check, const struct paper *paper, const struct paper *other,
    const struct paper_question *question)
{
    const char *file = paper_file(check, paper->slug, "questions.xml");
    const char *number = arena_format(check->arena, ">%s<", question->id);
    int line = line_with(check, file, number);

    if (line &&
        line_with(check, paper_file(check, other->slug, "questions.xml"), number))
        findings_add_rule(
            check->findings, "question-number", file, line,
            "题目编号 %s 在 %s 里已经用过。", question->id, other->slug);
}

static void check_question(
    struct check *check, const struct paper *paper,
    const struct paper_question *question)
{
    const struct catalogue_course *found =
        catalogue_find(check->view, question->course);
    const char *file = paper_file(check, paper->slug, "questions.xml");
    const char *number = arena_format(check->arena, ">%s<", question->id);

    if (found && catalogue_lesson(found->course, question->lesson) < 0)
        findings_add_rule(
            check->findings, "question-lesson", file, line_with(check, file, number),
            "题目 %s：课程 %s 里没有课文 %s。", question->id, question->course,
            question->lesson);
    if (!found && *paper->course == '\0')
        findings_add_rule(
            check->findings, "question-course", file, line_with(check, file, number),
            "题目 %s：没有（合格的）课程 %s。", question->id, question->course);
    for (size_t i = 0; check->papers[i] != paper; i++)
        if (paper_find(check->papers[i], question->id))
            check_number(check, paper, check->papers[i], question);
}

static void check_paper(struct check *check, const struct paper *paper)
{
    const char *file = paper_file(check, paper->slug, "quiz.xml");

    if (*paper->course && !catalogue_find(check->view, paper->course))
        findings_add_rule(
            check->findings, "paper-course", file, line_with(check, file, "<course>"),
            "没有（合格的）课程 %s。", paper->course);
    for (size_t p = 0; p < paper->part_count; p++) {
        const struct paper_part *part = &paper->parts[p];
        for (size_t q = 0; q < part->question_count; q++)
            check_question(check, paper, &part->questions[q]);
    }
}

/* Schemas stand beside the papers; hidden folders are editors'. */
static int is_paper_folder(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && strcmp(entry->d_name, "schema") != 0 &&
           (entry->d_type == DT_DIR || entry->d_type == DT_LNK ||
            entry->d_type == DT_UNKNOWN);
}

static struct error *load_paper(struct check *check, const char *name)
{
    const char *folder = arena_format(check->arena, "%s/%s", check->quizzes, name);
    size_t findings_before = check->findings->count;
    const char *json;
    struct paper *paper;
    struct error *error = paper_load(check->arena, folder, check->findings, &json);

    if (error && error->kind == ERROR_BROKEN)
        return error;
    if (error && check->findings->count == findings_before)
        findings_add(check->findings, folder, 0, "%s", error->message);
    if (error)
        return NULL;
    TRY(paper_read(check->arena, json, &paper));
    check->papers[check->paper_count++] = paper;
    return NULL;
}

static struct error *load_papers(struct check *check)
{
    struct dirent **entries;
    int found = scandir(check->quizzes, &entries, is_paper_folder, alphasort);
    struct error *error = NULL;

    if (found < 0)
        return error_make(
            check->arena, ERROR_BROKEN, "quizzes_unreadable",
            "cannot read the folder of papers %s: %s", check->quizzes,
            strerrordesc_np(errno));
    check->papers = arena_alloc(check->arena, (size_t)found * sizeof(struct paper *));
    for (int i = 0; i < found; i++) {
        if (!error)
            error = load_paper(check, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return error;
}

static void count(const struct check *check, struct content_counts *counts)
{
    counts->courses = check->view->count;
    counts->papers = check->paper_count;
    for (size_t i = 0; i < check->view->count; i++)
        counts->lessons += check->view->courses[i].course->lesson_count;
    for (size_t i = 0; i < check->paper_count; i++)
        counts->questions += check->papers[i]->question_count;
}

static struct error *
run(struct check *check, struct catalogue *catalogue, struct content_counts *counts)
{
    TRY(catalogue_load(catalogue, check->arena, check->courses, check->findings));
    check->view = catalogue_view(catalogue, check->arena);
    TRY(load_papers(check));
    check_order(check);
    for (size_t i = 0; i < check->paper_count; i++)
        check_paper(check, check->papers[i]);
    check_courses_have_papers(check);
    count(check, counts);
    return NULL;
}

/* "courses/" as "courses", so that findings name files the way one would. */
static const char *without_slash(struct arena *arena, const char *path)
{
    size_t size = strlen(path);

    while (size > 1 && path[size - 1] == '/')
        size--;
    return arena_copy_bytes(arena, path, size);
}

struct error *content_check(
    struct arena *arena, const char *courses, const char *quizzes,
    struct findings *findings, struct content_counts *counts)
{
    struct catalogue *catalogue = catalogue_new();
    struct check check = {
        .arena = arena,
        .findings = findings,
        .courses = without_slash(arena, courses),
        .quizzes = without_slash(arena, quizzes),
    };

    struct error *error = run(&check, catalogue, counts);
    catalogue_free(catalogue);
    return error;
}
