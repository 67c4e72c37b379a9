/* types_fixture.h - a paper with a question of every type, two of them in a case. */
#ifndef TESTS_QUIZ_TYPES_FIXTURE_H
#define TESTS_QUIZ_TYPES_FIXTURE_H

#include "arena_fixture.h"

#include "quiz/paper.h"

#define TYPES_COMMON                                                                   \
    "\"stem_html\":\"s\",\"explanation_html\":\"e\",\"lesson\":\"01-x\",\"facts\":[]," \
    "\"difficulty\":1,\"point\":\"k\",\"fixed_order\":false,\"case_sensitive\":false,"
#define TYPES_OPTIONS                                                                  \
    "\"alternatives\":[],\"options\":[{\"id\":\"a\",\"html\":\"A\"},"                  \
    "{\"id\":\"b\",\"html\":\"B\"},{\"id\":\"c\",\"html\":\"C\"},"                     \
    "{\"id\":\"d\",\"html\":\"D\"}],"
#define TYPES_TEXT "\"options\":[],\"right\":[],"

static const char types_document[] =
    "{\"course\":\"01-a\",\"instructions\":\"i\",\"minutes\":20,\"pass_percent\":60,"
    "\"points\":8000,\"policy\":\"cn_partial_prop\",\"policy_fixed\":0,"
    "\"shuffle_options\":false,\"shuffle_questions\":true,\"slug\":\"01-a\","
    "\"title\":\"t\",\"cases\":[{\"id\":\"c1\",\"html\":\"x\",\"solution_html\":\"y\"}]"
    ","
    "\"parts\":[{\"title\":\"p\",\"questions\":["
    "{\"id\":\"s\",\"type\":\"single\",\"points\":1000," TYPES_COMMON TYPES_OPTIONS
    "\"right\":[\"b\"]},"
    "{\"id\":\"c1-1\",\"type\":\"multiple\",\"case\":\"c1\",\"points\":"
    "1000," TYPES_COMMON TYPES_OPTIONS "\"right\":[\"a\",\"c\"]},"
    "{\"id\":\"c1-2\",\"type\":\"true_false\",\"case\":\"c1\",\"points\":"
    "1000," TYPES_COMMON
    "\"alternatives\":[],\"options\":[{\"id\":\"t\",\"html\":\"对\"},{\"id\":\"f\","
    "\"html\":\"错\"}],\"right\":[\"t\"]},"
    "{\"id\":\"b\",\"type\":\"blank\",\"points\":1000," TYPES_COMMON TYPES_TEXT
    "\"alternatives\":[\"三\"]},"
    "{\"id\":\"n\",\"type\":\"numeric\",\"points\":1000," TYPES_COMMON TYPES_TEXT
    "\"alternatives\":[],\"units\":[\"天\",\"Kg\",\"％\"],\"values\":["
    "{\"value\":\"60\",\"tolerance\":\"0.5\"},{\"value\":\"-3.30\",\"tolerance\":\"0\"}"
    "]},"
    "{\"id\":\"o\",\"type\":\"ordering\",\"points\":1000," TYPES_COMMON TYPES_OPTIONS
    "\"right\":[\"b\",\"d\",\"a\",\"c\"],\"grading\":\"absolute_position\"},"
    "{\"id\":\"m\",\"type\":\"matching\",\"points\":1000," TYPES_COMMON TYPES_OPTIONS
    "\"right\":[],\"prompts\":[{\"id\":\"1\",\"html\":\"x\",\"option\":\"b\"},"
    "{\"id\":\"2\",\"html\":\"y\",\"option\":\"d\"},"
    "{\"id\":\"3\",\"html\":\"z\",\"option\":\"a\"}]},"
    "{\"id\":\"e\",\"type\":\"essay\",\"points\":1000," TYPES_COMMON TYPES_TEXT
    "\"alternatives\":[],\"guide_html\":\"g\"}]}]}";

__attribute__((unused)) static struct paper *types_paper(void)
{
    struct paper *paper;

    assert_fine(paper_read(arena, types_document, &paper));
    return paper;
}

#endif
