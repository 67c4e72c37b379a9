#include "check/tags.h"

#include <string.h>

static void missing(
    struct findings *findings, const char *rule, const struct question *question,
    const char *what)
{
    findings_add_rule(
        findings, rule, question->file, question->line, "题目 %s：缺少%s。",
        question->id, what);
}

static bool is_one_to_five(const char *text)
{
    return text[0] >= '1' && text[0] <= '5' && text[1] == '\0';
}

static void check_presence(struct findings *findings, const struct question *question)
{
    if (question->explanation[strspn(question->explanation, " \t\r\n")] == '\0')
        missing(findings, "question-explanation", question, "解析（generalfeedback）");
    if (question->fact_count == 0)
        missing(findings, "question-fact", question, "标签 fact:（依据的事实编号）");
    if (!question->difficulty || !is_one_to_five(question->difficulty))
        missing(findings, "question-difficulty", question, "标签 difficulty:1 到 5");
    if (!question->point)
        missing(findings, "question-point", question, "标签 point:（知识点）");
    if (!question->lesson)
        missing(findings, "question-lesson", question, "标签 lesson:（课文文件名）");
}

static void check_lesson(
    struct findings *findings, const struct curriculum *curriculum,
    const struct question_file *file, const struct question *question)
{
    const struct curriculum_course *course =
        curriculum_course(curriculum, question_course(file, question));

    if (question->lesson && course && !curriculum_lesson(course, question->lesson))
        findings_add_rule(
            findings, "question-lesson", question->file, question->line,
            "题目 %s：课程 %s 里没有课文 %s。", question->id, course->slug,
            question->lesson);
}

static void check_case(
    struct findings *findings, const struct question_file *file,
    const struct question *question)
{
    if (!question->of_case)
        return;
    const struct question *shared = question_find(file, question->of_case);
    if (!shared || shared->type != QUESTION_CASE)
        findings_add_rule(
            findings, "question-case", question->file, question->line,
            "题目 %s：本文件里没有案例 %s。", question->id, question->of_case);
}

/* Only against other files: within one, the reader of papers refuses it. */
static void check_number(
    struct findings *findings, const struct curriculum *curriculum,
    const struct question_file *file, const struct question *question)
{
    for (const struct question_file *other = curriculum->files; other < file; other++) {
        if (*question->id && question_find(other, question->id))
            findings_add_rule(
                findings, "question-number", question->file, question->line,
                "题目编号 %s 在 %s 里已经用过。", question->id, other->slug);
    }
}

void tags_check(struct findings *findings, const struct curriculum *curriculum)
{
    for (size_t i = 0; i < curriculum->file_count; i++) {
        const struct question_file *file = &curriculum->files[i];
        for (size_t j = 0; j < file->count; j++) {
            check_presence(findings, &file->questions[j]);
            check_lesson(findings, curriculum, file, &file->questions[j]);
            check_case(findings, file, &file->questions[j]);
            check_number(findings, curriculum, file, &file->questions[j]);
        }
    }
}
