#include "format/source.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format/findings_fixture.h"
#include "format/slug.h"

static char folder[] = "/tmp/source-test-XXXXXX";

static const char *path_of(const char *name)
{
    return arena_format(arena, "%s/%s", folder, name);
}

static const char *write_file(const char *name, const char *bytes, size_t size)
{
    const char *path = path_of(name);
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
    return path;
}

static void lines_end_one_way_and_the_mark_is_gone(void **state)
{
    static const char bytes[] = "\xEF\xBB\xBF"
                                "一\r\n二\r三\n";
    struct source source;

    (void)state;
    const char *path = write_file("a.md", bytes, sizeof bytes - 1);
    assert_true(source_read(&findings, path, 1000, &source));
    assert_string_equal(source.bytes, "一\n二\n三\n");
    assert_int_equal(source.size, strlen(source.bytes));
    assert_string_equal(source.file, path);
}

static void what_is_no_text_is_refused_with_its_line(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
        const char *words;
    } cases[] = {
#define CASE(bytes, words) {"a\nb" bytes, sizeof("a\nb" bytes) - 1, words}
        CASE("\xff", "UTF-8"),          CASE("\xc0\xaf", "UTF-8"),
        CASE("\xed\xa0\x80", "UTF-8"),  CASE("\xe4\xbd", "UTF-8"),
        CASE("\0", "U+0000"),           CASE("\x1b[31m", "U+001B"),
        CASE("\xe2\x80\xae", "U+202E"), CASE("\xe2\x81\xa6", "U+2066"),
        CASE("\xc2\x85", "U+0085"),
#undef CASE
    };
    struct source source;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        findings_begin(NULL);
        const char *path = write_file("b.md", cases[i].bytes, cases[i].size);
        assert_false(source_read(&findings, path, 1000, &source));
        assert_true(found(2, cases[i].words));
    }
}

static void only_a_regular_file_of_the_size_is_read(void **state)
{
    struct source source;
    const char *pipe = path_of("pipe");
    const char *link = path_of("link");

    (void)state;
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_int_equal(symlink("/etc/passwd", link), 0);
    assert_false(source_read(&findings, pipe, 1000, &source));
    assert_true(found(0, "不是普通文件"));
    assert_false(source_read(&findings, link, 100000, &source));
    assert_true(found(0, "打不开"));
    assert_false(source_read(&findings, path_of("nothing"), 1000, &source));
    assert_true(found(0, "缺少"));
    assert_false(source_read(&findings, folder, 100000, &source));

    const char *path = write_file("c.md", "12345", 5);
    assert_true(source_read(&findings, path, 5, &source));
    assert_false(source_read(&findings, path, 4, &source));
    assert_true(found(0, "过大"));
}

static void a_slug_is_a_name_for_addresses(void **state)
{
    static const char *const good[] = {"a", "01-a", "handbook", "9"};
    static const char *const bad[] = {
        "",
        "-a",
        "A",
        "a_b",
        "a/b",
        "..",
        "a.md",
        "小区",
        "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff12345"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(good); i++)
        assert_true(slug_is_valid(good[i]));
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(slug_is_valid(bad[i]));
    assert_true(slug_is_numbered("01-a"));
    assert_false(slug_is_numbered("1-a"));
    assert_false(slug_is_numbered("001-a"));
    assert_false(slug_is_numbered("01-"));
    assert_string_equal(slug_of_path(arena, "/x/y/01-a//"), "01-a");
    assert_string_equal(slug_of_path(arena, "01-a"), "01-a");
    assert_null(slug_of_path(arena, "/x/Y"));
    assert_null(slug_of_path(arena, "/"));
}

static int remove_folder(void **state)
{
    static const char *const names[] = {"a.md", "b.md", "c.md", "pipe", "link"};

    for (size_t i = 0; i < COUNT_OF(names); i++)
        (void)unlink(path_of(names[i]));
    assert_int_equal(rmdir(folder), 0);
    return arena_end(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FINDINGS(lines_end_one_way_and_the_mark_is_gone),
        WITH_FINDINGS(what_is_no_text_is_refused_with_its_line),
        WITH_FINDINGS(only_a_regular_file_of_the_size_is_read),
        WITH_FINDINGS(a_slug_is_a_name_for_addresses),
    };

    if (!mkdtemp(folder))
        return 1;
    return cmocka_run_group_tests_name("source", tests, arena_begin, remove_folder);
}
