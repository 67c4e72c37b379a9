/* A file is there whole or not at all; texts in pieces; texts kept once. */
#include "base/output.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/intern.h"
#include "base/utf8.h"
#include "check.h"

static bool is_there(const char *path)
{
    struct stat about;

    return stat(path, &about) == 0;
}

static void a_finished_file_has_its_name_and_digest(void **state)
{
    /* SHA-256 of "abc", FIPS 180-2. */
    static const char expected[] =
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    struct arena *arena = arena_new();
    const char *folder = check_folder_new(arena);
    const char *path = arena_format(arena, "%s/排名.csv", folder);
    const char *part = arena_format(arena, "%s.part", path);
    unsigned char digest[TOKEN_DIGEST];
    struct output output;
    int64_t size;

    (void)state;
    token_start();
    assert_fine(output_open(arena, path, &output));
    output_bytes(&output, "a", 1);
    output_bytes(&output, "bc", 2);
    assert_true(is_there(part));
    assert_false(is_there(path));
    assert_fine(output_finish(arena, &output, NULL, digest, &size));
    assert_false(is_there(part));
    assert_true(is_there(path));
    assert_int_equal(size, 3);
    assert_string_equal(token_hex(arena, digest, sizeof digest), expected);
    check_folder_remove(folder);
    arena_free(arena);
}

static void of_a_failed_file_nothing_is_left(void **state)
{
    struct arena *arena = arena_new();
    const char *folder = check_folder_new(arena);
    const char *path = arena_format(arena, "%s/a", folder);
    unsigned char digest[TOKEN_DIGEST];
    struct output output;
    int64_t size;

    (void)state;
    /* An error from before. */
    assert_fine(output_open(arena, path, &output));
    output_bytes(&output, "half", 4);
    assert_code(
        output_finish(arena, &output, output_full(arena), digest, &size), "disk_full");
    assert_false(is_there(path));
    assert_false(is_there(output.part));
    /* A device that is always full. */
    assert_fine(output_open(arena, path, &output));
    int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    assert_true(full >= 0);
    assert_int_equal(dup2(full, output.file), output.file);
    assert_int_equal(close(full), 0);
    output_bytes(&output, "lost", 4);
    assert_code(output_finish(arena, &output, NULL, digest, &size), "disk_full");
    assert_false(is_there(path));
    assert_false(is_there(output.part));
    check_folder_remove(folder);
    arena_free(arena);
}

/* A link that somebody put there is not followed. */
static void a_link_is_not_written_through(void **state)
{
    struct arena *arena = arena_new();
    const char *folder = check_folder_new(arena);
    const char *other = arena_format(arena, "%s/other", folder);
    struct output output;

    (void)state;
    assert_int_equal(symlink(other, arena_format(arena, "%s/a.part", folder)), 0);
    assert_code(
        output_open(arena, arena_format(arena, "%s/a", folder), &output), "file");
    assert_false(is_there(other));
    check_folder_remove(folder);
    arena_free(arena);
}

struct heard {
    size_t bytes;
    size_t pieces;
    size_t longest;
    unsigned sum;
};

static void hear(void *context, const void *bytes, size_t size)
{
    struct heard *heard = context;

    heard->bytes += size;
    heard->pieces++;
    heard->longest = size > heard->longest ? size : heard->longest;
    for (size_t i = 0; i < size; i++)
        heard->sum = heard->sum * 31 + ((const unsigned char *)bytes)[i];
}

static void a_text_in_pieces_is_the_same_text(void **state)
{
    enum { LINES = 30000, LONG = 200 * 1024 };
    struct arena *arena = arena_new();
    struct heard heard = {0};
    struct heard whole = {0};
    struct text pieces;
    struct text text;
    char *much = arena_alloc(arena, LONG + 1);

    (void)state;
    memset(much, 'x', LONG);
    text_init_pieces(&pieces, arena, hear, &heard);
    text_init(&text, arena, 8 * 1024 * 1024);
    for (int i = 0; i < LINES; i++) {
        text_add_format(&pieces, "line %d\n", i);
        text_add_format(&text, "line %d\n", i);
    }
    text_add(&pieces, much);
    text_add(&text, much);
    text_add_format(&pieces, "%s", much);
    text_add_format(&text, "%s", much);
    text_flush(&pieces);
    hear(&whole, text.bytes, text.size);
    assert_false(pieces.overflowed);
    assert_int_equal(heard.bytes, whole.bytes);
    assert_int_equal(heard.sum, whole.sum);
    assert_true(heard.pieces > 5);
    assert_int_equal(heard.longest, LONG);
    arena_free(arena);
}

static void equal_texts_are_kept_once(void **state)
{
    enum { WORDS = 5000 };
    struct arena *arena = arena_new();
    struct intern *intern = intern_new(arena);
    const char *kept[WORDS];

    (void)state;
    for (int i = 0; i < WORDS; i++)
        kept[i] = intern_text(intern, arena_format(arena, "社区%d", i));
    for (int i = 0; i < WORDS; i++) {
        const char *again = arena_format(arena, "社区%d", i);
        assert_ptr_equal(intern_text(intern, again), kept[i]);
        assert_string_equal(kept[i], again);
    }
    assert_string_equal(intern_text(intern, ""), "");
    arena_free(arena);
}

static void broken_bytes_are_left_as_they_are(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    assert_false(utf8_has_hidden("\xe4\xbd"));
    assert_false(utf8_has_hidden(""));
    assert_string_equal(utf8_without_hidden(arena, "\xff\u200b\xe4"), "\xff\xe4");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finished_file_has_its_name_and_digest),
        cmocka_unit_test(of_a_failed_file_nothing_is_left),
        cmocka_unit_test(a_link_is_not_written_through),
        cmocka_unit_test(a_text_in_pieces_is_the_same_text),
        cmocka_unit_test(equal_texts_are_kept_once),
        cmocka_unit_test(broken_bytes_are_left_as_they_are),
    };

    return cmocka_run_group_tests_name("output", tests, NULL, NULL);
}
