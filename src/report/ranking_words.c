/* ranking_words.c - a ranking's formula and states in words. */
#include "report/ranking.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/text.h"

enum { WORDS = 4096 };

const char *ranking_status_name(enum ranking_status status)
{
    switch (status) {
    case RANKING_DONE:
        return "done";
    case RANKING_IN_PROGRESS:
        return "in_progress";
    case RANKING_ABSENT:
        return "absent";
    case RANKING_DEFERRED:
        return "deferred";
    case RANKING_VOIDED:
        return "voided";
    }
    abort();
}

const char *
ranking_status_label(const struct ranking *ranking, enum ranking_status status)
{
    switch (status) {
    case RANKING_DONE:
        return ranking->kind == RANKING_QUIZ ? "已交卷" : "有成绩";
    case RANKING_IN_PROGRESS:
        return ranking->kind == RANKING_QUIZ ? "作答中" : "未完成";
    case RANKING_ABSENT:
        return ranking->final ? "缺考" : "未参加";
    case RANKING_DEFERRED:
        return "缓考";
    case RANKING_VOIDED:
        return "作废";
    }
    abort();
}

static void add_street(struct text *text, const struct ranking *ranking)
{
    const struct ranking_formula *formula = &ranking->formula;

    switch (formula->street) {
    case RANKING_MEAN_EXPECTED:
        text_add(
            text, "街道按应参平均分排名，应参平均分＝成绩之和÷（应参人数－缓考人数），"
                  "缺考、作废计 0 分");
        break;
    case RANKING_MEAN_ATTENDED:
        text_add(text, "街道按实参平均分排名，实参平均分＝成绩之和÷实参人数");
        break;
    case RANKING_BEST_SUM:
        text_add_format(
            text, "街道按前 %" PRId64 " 名成绩之和排名，人数不足的缺几人计几个 0 分",
            formula->best);
        break;
    case RANKING_COMPOSITE:
        text_add_format(
            text,
            "街道按综合分排名，综合分＝应参平均分（折合百分制）×%" PRId64
            "%%＋参考率×%" PRId64 "%%＋优秀率×%" PRId64
            "%%，参考率、优秀率按应参人数（不含缓考）计",
            formula->mean, formula->attendance, formula->excellent);
        if (formula->excellent)
            text_add_format(
                text, "，优秀线为满分的 %" PRId64 "%%", formula->excellent_line);
        break;
    case RANKING_PLACE_SUM:
        text_add(text, "街道按名次得分之和排名，第 1 名起依次得");
        for (size_t i = 0; i < formula->place_count; i++)
            text_add_format(text, "%s%" PRId64, i ? "、" : " ", formula->places[i]);
        text_add(text, " 分，其余不得分");
        break;
    }
}

const char *ranking_describe(struct arena *arena, const struct ranking *ranking)
{
    struct text text;

    text_init(&text, arena, WORDS);
    text_add(
        &text,
        ranking->formula.by_time
            ? "个人按成绩从高到低排名，同分的用时（整秒）少者在前，仍相同的同名次"
              "（1-2-2-4）；"
            : "个人按成绩从高到低排名，同分同名次，不计用时（1-2-2-4）；");
    add_street(&text, ranking);
    text_add(&text, "；四舍五入到 2 位小数，按公布的小数比较");
    text_add(
        &text, ranking->formula.countback
                   ? "，相同的依次比较本街道最高分、第 2 高分……，仍相同的同名次"
                   : "，相同的同名次");
    text_add(&text, "。应参＝实参＋缺考＋缓考＋作废。");
    if (ranking->pass_percent)
        text_add_format(
            &text,
            "合格线为满分的 %" PRId64 "%%，合格率＝合格人数÷应参人数，"
            "四舍五入到 1 位小数。",
            ranking->pass_percent);
    if (!ranking->final)
        text_add(&text, "尚未结束，没有成绩的暂按缺考统计。");
    return text.bytes;
}
