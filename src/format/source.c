#include "format/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"

bool source_is_hidden_control(uint32_t character)
{
    if (character == '\t' || character == '\n')
        return false;
    return character < 0x20 || (character >= 0x7F && character < 0xA0) ||
           (character >= 0x202A && character <= 0x202E) ||
           (character >= 0x2066 && character <= 0x2069);
}

/* CR LF and a lone CR become LF, so that lines count the same for every reader. */
static size_t unify_line_ends(char *bytes, size_t size)
{
    size_t kept = 0;

    for (size_t i = 0; i < size; i++) {
        if (bytes[i] == '\r' && i + 1 < size && bytes[i + 1] == '\n')
            continue;
        if (bytes[i] == '\r')
            bytes[i] = '\n';
        bytes[kept++] = bytes[i];
    }
    bytes[kept] = '\0';
    return kept;
}

static bool check_characters(struct findings *findings, const struct source *source)
{
    uint32_t character;
    size_t step;
    int line = 1;

    for (size_t at = 0; at < source->size; at += step) {
        step = utf8_decode(source->bytes + at, source->size - at, &character);
        if (step == 0) {
            findings_add(
                findings, source->file, line, "这里不是 UTF-8 文字，请另存为 UTF-8。");
            return false;
        }
        if (source_is_hidden_control(character)) {
            findings_add(
                findings, source->file, line, "这里有看不见的控制字符 U+%04X，请删去。",
                (unsigned)character);
            return false;
        }
        line += character == '\n';
    }
    return true;
}

bool source_check(
    struct findings *findings, const char *file, const char *bytes, size_t size,
    struct source *result)
{
    static const char mark[] = "\xEF\xBB\xBF";

    if (size >= 3 && memcmp(bytes, mark, 3) == 0) {
        bytes += 3;
        size -= 3;
    }
    char *copy = arena_copy_bytes(findings->arena, bytes, size);
    *result = (struct source){
        .file = arena_copy(findings->arena, file),
        .bytes = copy,
        .size = unify_line_ends(copy, size),
    };
    return check_characters(findings, result);
}

static bool read_all(int descriptor, char *bytes, size_t size)
{
    size_t at = 0;

    while (at < size) {
        ssize_t got = read(descriptor, bytes + at, size - at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += (size_t)got;
    }
    return true;
}

/* NULL after adding a finding; otherwise *size bytes. */
static char *read_descriptor(
    struct findings *findings, const char *file, int descriptor, size_t limit,
    size_t *size)
{
    struct stat status;

    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        findings_add(findings, file, 0, "不是普通文件，不能读取。");
        return NULL;
    }
    if (status.st_size < 0 || (uint64_t)status.st_size > limit) {
        findings_add(
            findings, file, 0, "文件过大：上限 %zu KiB。", (size_t)(limit / 1024));
        return NULL;
    }
    *size = (size_t)status.st_size;
    char *bytes = arena_alloc(findings->arena, *size + 1);
    if (!read_all(descriptor, bytes, *size)) {
        findings_add(findings, file, 0, "读取失败。");
        return NULL;
    }
    return bytes;
}

bool source_read(
    struct findings *findings, const char *file, size_t limit_bytes,
    struct source *result)
{
    /* A pipe in place of the file must not make the reader wait. */
    int descriptor = open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    size_t size = 0;

    if (descriptor < 0) {
        findings_add(
            findings, file, 0, "%s",
            errno == ENOENT ? "缺少这个文件。" : "打不开这个文件。");
        return false;
    }
    char *bytes = read_descriptor(findings, file, descriptor, limit_bytes, &size);
    (void)close(descriptor);
    return bytes && source_check(findings, file, bytes, size, result);
}
