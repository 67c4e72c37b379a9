/* course_files.h - small courses on disk for tests, and the test program as its own
 * parsing child. */
#ifndef TESTS_COURSES_COURSE_FILES_H
#define TESTS_COURSES_COURSE_FILES_H

#include "arena_fixture.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/token.h"
#include "cli/content_command.h"
#include "format/findings.h"

static const char *root; /* a folder of this test */
static struct findings findings;

/* First line of main(): format/sandbox.c starts this very program. */
#define BE_THE_CHILD(argc, argv)                                                       \
    do {                                                                               \
        if ((argc) > 1 && strcmp((argv)[1], "parse-content") == 0)                     \
            return parse_content_command((argc)-1, (argv) + 1);                        \
        token_start();                                                                 \
    } while (0)

__attribute__((unused)) static void
write_file(const char *folder, const char *name, const char *text)
{
    const char *path = arena_format(arena, "%s/%s/%s", root, folder, name);
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* A course with two lessons of two sections and one. */
__attribute__((unused)) static void write_course(const char *slug, int order)
{
    assert_int_equal(mkdir(arena_format(arena, "%s/%s", root, slug), 0700), 0);
    write_file(
        slug, "course.yml",
        arena_format(
            arena,
            "title: 课程 %s\norder: %d\norigin: yearbook\nlecturer: 讲师\nminutes: 60\n"
            "why: 为\nwhat: 抓\nhow: 怎\nobjectives:\n  - 能够一\n  - 能够二\n",
            slug, order));
    write_file(slug, "01-a.md", "# 第一课\n\n## 甲\n\n文\n\n## 乙\n\n文\n");
    write_file(slug, "02-b.md", "# 第二课\n\n## 丙\n\n字字\n");
}

__attribute__((unused)) static bool found(const char *file, int line, const char *words)
{
    for (const struct finding *f = findings.first; f; f = f->next) {
        if (strcmp(f->file, file) == 0 && f->line == line && strstr(f->message, words))
            return true;
    }
    print_message("nothing in %s at line %d with \"%s\" among:\n", file, line, words);
    for (const struct finding *f = findings.first; f; f = f->next)
        print_message("  %s\n", findings_line(arena, f));
    return false;
}

__attribute__((unused)) static int files_begin(void **state)
{
    (void)state;
    root = check_folder_new(arena);
    findings_init(&findings, arena);
    return 0;
}

__attribute__((unused)) static int files_end(void **state)
{
    (void)state;
    check_folder_remove(root);
    return 0;
}

#define WITH_FILES(test) cmocka_unit_test_setup_teardown(test, files_begin, files_end)

#endif
