#include "check/minimums.h"

#include "check/curriculum_fixture.h"

static const char *const moodle_types[] = {
    "multichoice", "truefalse", "shortanswer", "numerical", "ordering", "matching",
};

/* `automatic` questions of every type in turn, cases with a sub-question, essays. */
static const char *bank_of(size_t automatic, size_t cases, size_t essays)
{
    const char *all = "";

    for (size_t i = 0; i < automatic; i++) {
        /* Every seventh is a multiple choice. */
        const char *type = moodle_types[i % 7 % COUNT_OF(moodle_types)];
        const char *single =
            i % 7 == 6 ? "<single>false</single>" : "<single>true</single>";
        all = arena_format(
            arena, "%s%s", all,
            question_xml(type, arena_format(arena, "k1-%03zu", i), "问", single));
    }
    for (size_t i = 0; i < cases; i++) {
        const char *id = arena_format(arena, "k1-c%zu", i);
        all = arena_format(
            arena, "%s%s%s", all, question_xml("description", id, "事", ""),
            tagged_xml(
                "numerical", arena_format(arena, "%s-1", id), "问", "",
                arena_format(arena, "case:%s", id)));
    }
    for (size_t i = 0; i < essays; i++)
        all = arena_format(
            arena, "%s%s", all,
            question_xml("essay", arena_format(arena, "k1-s%zu", i), "问", ""));
    return all;
}

static void check(size_t lessons, size_t entries, const char *bank)
{
    struct curriculum *curriculum = curriculum_of_lesson("# 甲\n");
    struct curriculum_course *course = &curriculum->courses[0];
    struct question_file file = file_of("01-a", bank);

    course->lessons = arena_alloc(arena, (lessons + 1) * sizeof course->lessons[0]);
    course->lesson_count = lessons;
    for (size_t i = 0; i < lessons; i++)
        course->lessons[i] = page_of(PAGE_LESSON, "01-a", "01-a.md", "# 甲\n");
    curriculum->handbook_count = entries;
    curriculum->files = &file;
    curriculum->file_count = 1;
    minimums_check(&findings, curriculum);
}

static void what_is_just_enough_passes(void **state)
{
    (void)state;
    check(8, 40, bank_of(50, 2, 2));
    check(12, 41, bank_of(51, 3, 3));
    assert_no_findings();
}

static void every_minimum_is_asked_for(void **state)
{
    (void)state;
    check(7, 39, bank_of(49, 1, 1));
    assert_int_equal(broken("course-lessons"), 1);
    assert_int_equal(broken("handbook-count"), 1);
    assert_int_equal(broken("bank-count"), 1);
    assert_int_equal(broken("bank-cases"), 1);
    assert_int_equal(broken("bank-essays"), 1);
    assert_int_equal(findings.count, 5);
}

static void a_course_can_be_too_long(void **state)
{
    (void)state;
    check(13, 40, bank_of(50, 2, 2));
    assert_broken("course-lessons", 0);
}

static void every_type_is_there(void **state)
{
    const char *singles = "";

    (void)state;
    for (int i = 0; i < 50; i++)
        singles = arena_format(
            arena, "%s%s", singles,
            question_xml("multichoice", "k", "问", "<single>true</single>"));
    check(8, 40, arena_format(arena, "%s%s", singles, bank_of(0, 2, 2)));
    assert_broken("bank-types", 0, 0, 0, 0, 0, 0);
}

static void every_lesson_has_questions(void **state)
{
    struct curriculum *curriculum = curriculum_of_lesson("# 甲\n");
    struct question_file file = file_of("01-a", bank_of(2, 0, 0));

    (void)state;
    curriculum->files = &file;
    curriculum->file_count = 1;
    minimums_check(&findings, curriculum);
    assert_int_equal(broken("lesson-questions"), 0);
    (void)findings_begin(state);
    /* A sub-question counts, the text of its case does not. */
    file = file_of("01-a", bank_of(0, 1, 0));
    minimums_check(&findings, curriculum);
    assert_int_equal(broken("lesson-questions"), 1);
}

static void questions_of_another_course_do_not_count(void **state)
{
    struct curriculum *curriculum = curriculum_of_lesson("# 甲\n");
    struct question_file file = file_of("02-b", bank_of(50, 2, 2));

    (void)state;
    file.course = "02-b";
    curriculum->files = &file;
    curriculum->file_count = 1;
    minimums_check(&findings, curriculum);
    assert_int_equal(broken("lesson-questions"), 1);
    assert_int_equal(broken("bank-count"), 1);
    assert_int_equal(broken("bank-types"), 7);
    assert_string_equal(findings.first->file, "courses/01-a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FINDINGS(what_is_just_enough_passes),
        WITH_FINDINGS(every_minimum_is_asked_for),
        WITH_FINDINGS(a_course_can_be_too_long),
        WITH_FINDINGS(every_type_is_there),
        WITH_FINDINGS(every_lesson_has_questions),
        WITH_FINDINGS(questions_of_another_course_do_not_count),
    };

    return RUN_GROUP("minimums", tests);
}
