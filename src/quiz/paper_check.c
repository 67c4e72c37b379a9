/* Whether a paper's document agrees with itself. */
#include "quiz/paper_check.h"

#include <string.h>

struct error *paper_invalid(struct arena *arena, const char *what)
{
    return error_make(
        arena, ERROR_INVALID, "paper_invalid", "试卷内容前后不一致：%s。", what);
}

/* What belongs to one type only stands with that type and with no other. */
static struct error *
check_shape(struct arena *arena, const struct paper_question *question)
{
    enum paper_type type = question->type;

    if (paper_type_is_text(type) != (question->option_count == 0))
        return paper_invalid(arena, "题型与选项不符");
    if ((type == PAPER_BLANK) != (question->alternative_count > 0))
        return paper_invalid(arena, "填空题与答案不符");
    if ((type == PAPER_NUMERIC) != (question->value_count > 0) ||
        (type != PAPER_NUMERIC && question->unit_count > 0))
        return paper_invalid(arena, "数值题与答案不符");
    if ((type == PAPER_MATCHING) != (question->prompt_count > 0))
        return paper_invalid(arena, "匹配题与各对不符");
    if ((type == PAPER_ORDERING) != (question->grading != PAPER_GRADING_NONE))
        return paper_invalid(arena, "排序题与计分办法不符");
    if ((type == PAPER_ESSAY) != (*question->guide_html != '\0'))
        return paper_invalid(arena, "简答题与评分要点不符");
    return NULL;
}

static struct error *
check_right(struct arena *arena, const struct paper_question *question, size_t right)
{
    size_t options = question->option_count;

    switch (question->type) {
    case PAPER_TRUE_FALSE:
        if (options != 2)
            return paper_invalid(arena, "判断题应有两个选项");
        return right == 1 ? NULL : paper_invalid(arena, "判断题应有一个正确选项");
    case PAPER_SINGLE:
        return right == 1 ? NULL : paper_invalid(arena, "单选题应有一个正确选项");
    case PAPER_MULTIPLE:
        if (right < 2 || right == options)
            return paper_invalid(arena, "多选题的正确选项数不对");
        return NULL;
    case PAPER_ORDERING:
        if (right != options || options < PAPER_ORDERED_FEWEST ||
            options > PAPER_ORDERED)
            return paper_invalid(arena, "排序题的选项数不对");
        return NULL;
    case PAPER_MATCHING:
        return question->prompt_count >= 2 && right == 0
                   ? NULL
                   : paper_invalid(arena, "匹配题至少要有两对");
    case PAPER_BLANK:
    case PAPER_NUMERIC:
    case PAPER_ESSAY:
        return NULL; /* no options, so nothing can be right */
    }
    return paper_invalid(arena, "题型不认识");
}

struct error *paper_check_question(
    struct arena *arena, const struct paper_question *question, size_t right)
{
    TRY(check_shape(arena, question));
    return check_right(arena, question, right);
}

/* How many questions of this part belong to the case, and in how many runs. */
static void count_runs(
    const struct paper_part *part, const char *case_id, size_t *questions, size_t *runs)
{
    bool inside = false;

    for (size_t q = 0; q < part->question_count; q++) {
        bool belongs = strcmp(part->questions[q].case_id, case_id) == 0;
        *questions += belongs;
        *runs += belongs && !inside;
        inside = belongs;
    }
}

static struct error *check_cases(struct arena *arena, const struct paper *paper)
{
    for (size_t i = 0; i < paper->case_count; i++) {
        size_t questions = 0;
        size_t runs = 0;
        for (size_t p = 0; p < paper->part_count; p++)
            count_runs(&paper->parts[p], paper->cases[i].id, &questions, &runs);
        if (runs != 1)
            return paper_invalid(arena, "案例的小题没有排在一起");
    }
    return NULL;
}

static struct error *check_place(
    struct arena *arena, const struct paper *paper,
    const struct paper_question *question)
{
    if (paper_find(paper, question->id) != question)
        return paper_invalid(arena, "题目编号重复");
    if (*question->case_id && (!paper_find_case(paper, question->case_id) ||
                               !paper_type_is_automatic(question->type)))
        return paper_invalid(arena, "案例与小题不符");
    return NULL;
}

struct error *paper_check(struct arena *arena, const struct paper *paper)
{
    int64_t points = 0;
    size_t essays = 0;

    for (size_t p = 0; p < paper->part_count; p++) {
        const struct paper_part *part = &paper->parts[p];
        for (size_t q = 0; q < part->question_count; q++) {
            const struct paper_question *question = &part->questions[q];
            points += question->points;
            essays += question->type == PAPER_ESSAY;
            TRY(check_place(arena, paper, question));
        }
    }
    if (points != paper->points)
        return paper_invalid(arena, "各题分值之和不等于总分");
    if (paper->question_count > PAPER_QUESTIONS || essays > PAPER_ESSAYS)
        return paper_invalid(arena, "题目太多");
    if (paper->kind == PAPER_QUIZ && !paper->minutes)
        return paper_invalid(arena, "缺少时间");
    return check_cases(arena, paper);
}
