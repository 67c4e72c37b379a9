#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct error *output_full(struct arena *arena)
{
    return error_new(
        arena, ERROR_FULL, "disk_full",
        "服务器磁盘空间不足，文件没有生成。请清理磁盘后再试。");
}

static struct error *explain(struct arena *arena, const char *path, int number)
{
    if (number == ENOSPC || number == EDQUOT || number == EFBIG)
        return output_full(arena);
    if (number == ECANCELED)
        return error_new(
            arena, ERROR_UNAVAILABLE, "stopped", "服务正在停止，文件没有生成。");
    return error_make(
        arena, ERROR_BROKEN, "file", "cannot write %s: %s", path,
        strerrordesc_np(number));
}

static const char *folder_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        return ".";
    return slash == path ? "/" : arena_copy_bytes(arena, path, (size_t)(slash - path));
}

struct error *output_open(struct arena *arena, const char *path, struct output *output)
{
    *output = (struct output){
        .folder = folder_of(arena, path),
        .name = arena_copy(arena, path),
        .part = arena_format(arena, "%s.part", path),
    };
    output->file =
        open(output->part, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    return output->file < 0 ? explain(arena, output->part, errno) : NULL;
}

struct error *output_open_memory(struct arena *arena, struct output *output)
{
    *output = (struct output){
        .folder = "/dev/shm",
        .file = memfd_create("output", MFD_CLOEXEC),
    };
    return output->file < 0 ? explain(arena, "memory", errno) : NULL;
}

void output_bytes(struct output *output, const void *bytes, size_t size)
{
    const char *from = bytes;

    while (size && !output->failed) {
        ssize_t written = write(output->file, from, size);
        if (written < 0 && errno != EINTR)
            output->failed = errno;
        if (written <= 0)
            continue;
        from += written;
        size -= (size_t)written;
    }
}

void output_sink(void *context, const void *bytes, size_t size)
{
    output_bytes(context, bytes, size);
}

void output_row(struct output *output)
{
    if (!output->progress)
        return;
    atomic_fetch_add(&output->progress->done, 1);
    if (atomic_load(&output->progress->stop) && !output->failed)
        output->failed = ECANCELED;
}

void output_expect(struct output *output, int64_t rows)
{
    if (output->progress)
        atomic_store(&output->progress->total, rows);
}

/* The name is on disk when the folder is. */
static int keep_name(const struct output *output)
{
    if (rename(output->part, output->name))
        return errno;
    int folder = open(output->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return errno;
    int failed = fsync(folder) ? errno : 0;
    (void)close(folder);
    return failed;
}

struct error *output_finish(
    struct arena *arena, struct output *output, struct error *error,
    unsigned char digest[TOKEN_DIGEST], int64_t *size)
{
    if (!output->failed && !error && fsync(output->file))
        output->failed = errno;
    if (!output->failed && !error && !token_sha256_file(output->file, digest, size))
        output->failed = errno;
    if (close(output->file) && !output->failed)
        output->failed = errno;
    if (!output->failed && !error)
        output->failed = keep_name(output);
    if (output->failed || error)
        (void)unlink(output->part);
    if (error)
        return error;
    return output->failed ? explain(arena, output->name, output->failed) : NULL;
}

static struct error *read_back(
    struct arena *arena, const struct output *output, const char **bytes, size_t *size)
{
    off_t length = lseek(output->file, 0, SEEK_END);
    size_t done = 0;

    if (length < 0)
        return explain(arena, "memory", errno);
    char *copy = arena_alloc(arena, (size_t)length + 1);
    while (done < (size_t)length) {
        ssize_t got =
            pread(output->file, copy + done, (size_t)length - done, (off_t)done);
        if (got <= 0)
            return explain(arena, "memory", got ? errno : EIO);
        done += (size_t)got;
    }
    *bytes = copy;
    *size = done;
    return NULL;
}

struct error *output_take(
    struct arena *arena, struct output *output, struct error *error, const char **bytes,
    size_t *size)
{
    if (!error && output->failed)
        error = explain(arena, "memory", output->failed);
    if (!error)
        error = read_back(arena, output, bytes, size);
    (void)close(output->file);
    return error;
}
