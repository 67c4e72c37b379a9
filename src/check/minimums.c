#include "check/minimums.h"

#include <string.h>

enum {
    LESSONS_LEAST = 8,
    LESSONS_MOST = 12,
    ENTRIES_LEAST = 40,
    LESSON_QUESTIONS_LEAST = 2,
    AUTOMATIC_LEAST = 50, /* without sub-questions of cases */
    CASES_LEAST = 2,
    ESSAYS_LEAST = 2,
};

/* What the question files of one course hold together. */
struct bank {
    const char *file;                  /* the first one; NULL: none */
    size_t counts[QUESTION_OTHER + 1]; /* by type, without sub-questions */
    size_t automatic;
};

static struct bank
count_bank(const struct curriculum *curriculum, const struct curriculum_course *course)
{
    struct bank bank = {0};

    for (size_t i = 0; i < curriculum->file_count; i++) {
        const struct question_file *file = &curriculum->files[i];
        for (size_t j = 0; j < file->count; j++) {
            const struct question *question = &file->questions[j];
            if (strcmp(question_course(file, question), course->slug) != 0)
                continue;
            bank.file = bank.file ? bank.file : file->file;
            if (question->of_case)
                continue;
            bank.counts[question->type]++;
            bank.automatic += question->type < QUESTION_AUTOMATIC;
        }
    }
    return bank;
}

static void check_bank(struct findings *findings, const struct bank *bank)
{
    if (bank->automatic < AUTOMATIC_LEAST)
        findings_add_rule(
            findings, "bank-count", bank->file, 0,
            "自动评分的题有 %zu 道（不算案例小题），至少 %d 道。", bank->automatic,
            AUTOMATIC_LEAST);
    for (enum question_type type = 0; type < QUESTION_AUTOMATIC; type++) {
        if (bank->counts[type] == 0)
            findings_add_rule(
                findings, "bank-types", bank->file, 0, "没有%s，至少一道。",
                question_type_name(type));
    }
    if (bank->counts[QUESTION_CASE] < CASES_LEAST)
        findings_add_rule(
            findings, "bank-cases", bank->file, 0, "案例有 %zu 个，至少 %d 个。",
            bank->counts[QUESTION_CASE], CASES_LEAST);
    if (bank->counts[QUESTION_ESSAY] < ESSAYS_LEAST)
        findings_add_rule(
            findings, "bank-essays", bank->file, 0, "简答题有 %zu 道，至少 %d 道。",
            bank->counts[QUESTION_ESSAY], ESSAYS_LEAST);
}

static bool is_about(
    const struct question_file *file, const struct question *question,
    const struct page *lesson)
{
    size_t size = question->lesson ? strlen(question->lesson) : 0;

    return size > 0 && question->type != QUESTION_CASE &&
           strcmp(question_course(file, question), lesson->folder) == 0 &&
           strncmp(lesson->name, question->lesson, size) == 0 &&
           strcmp(lesson->name + size, ".md") == 0;
}

static void check_lesson(
    struct findings *findings, const struct curriculum *curriculum,
    const struct page *lesson)
{
    size_t count = 0;

    for (size_t i = 0; i < curriculum->file_count; i++) {
        const struct question_file *file = &curriculum->files[i];
        for (size_t j = 0; j < file->count; j++)
            count += is_about(file, &file->questions[j], lesson);
    }
    if (count < LESSON_QUESTIONS_LEAST)
        findings_add_rule(
            findings, "lesson-questions", lesson->file, 0,
            "题库里只有 %zu 道题标了这一课（lesson:），至少 %d 道。", count,
            LESSON_QUESTIONS_LEAST);
}

static void check_course(
    struct findings *findings, const struct curriculum *curriculum,
    const struct curriculum_course *course)
{
    struct bank bank = count_bank(curriculum, course);

    if (course->lesson_count < LESSONS_LEAST || course->lesson_count > LESSONS_MOST)
        findings_add_rule(
            findings, "course-lessons", course->folder, 0,
            "有 %zu 课，应为 %d 到 %d 课。", course->lesson_count, LESSONS_LEAST,
            LESSONS_MOST);
    for (size_t i = 0; i < course->lesson_count; i++)
        check_lesson(findings, curriculum, &course->lessons[i]);
    bank.file = bank.file ? bank.file : course->folder;
    check_bank(findings, &bank);
}

void minimums_check(struct findings *findings, const struct curriculum *curriculum)
{
    for (size_t i = 0; i < curriculum->course_count; i++) {
        if (curriculum->courses[i].is_numbered)
            check_course(findings, curriculum, &curriculum->courses[i]);
    }
    if (curriculum->handbook_count < ENTRIES_LEAST)
        findings_add_rule(
            findings, "handbook-count", curriculum->handbook_folder, 0,
            "手册有 %zu 个条目，至少 %d 个。", curriculum->handbook_count,
            ENTRIES_LEAST);
}
