#include "http/request.h"

#include <stdlib.h>
#include <string.h>

int64_t request_number(const struct request *request, size_t index)
{
    const char *text = request->parameters[index];

    if (!text || strspn(text, "0123456789") != strlen(text) || strlen(text) > 18)
        return 0;
    return strtoll(text, NULL, 10);
}

static int hex_value(char c)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    const char *found = c ? strchr(digits, c) : NULL;

    if (!found)
        return -1;
    int value = (int)(found - digits);
    return value < 16 ? value : value - 6;
}

/* The byte that an escape of two digits stands for; -1 when it is none, or a zero byte.
 */
static int escaped_byte(const char *digits, size_t left)
{
    int high = left >= 2 ? hex_value(digits[0]) : -1;
    int low = high < 0 ? -1 : hex_value(digits[1]);

    return low < 0 || high + low == 0 ? -1 : high * 16 + low;
}

/* NULL when an escape is broken or a zero byte hides in it. */
static const char *decode(struct arena *arena, const char *from, size_t size)
{
    char *text = arena_alloc(arena, size + 1);
    char *to = text;

    for (size_t i = 0; i < size; i++) {
        if (from[i] != '%') {
            *to = from[i];
            if (*to == '+')
                *to = ' ';
            to++;
            continue;
        }
        int byte = escaped_byte(from + i + 1, size - i - 1);
        if (byte < 0)
            return NULL;
        *to++ = (char)byte;
        i += 2;
    }
    return text;
}

const char *request_query(struct request *request, const char *name)
{
    size_t length = strlen(name);
    const char *found = NULL;
    size_t found_size = 0;

    for (const char *part = request->query; *part;) {
        size_t size = strcspn(part, "&");
        if (size > length && strncmp(part, name, length) == 0 && part[length] == '=') {
            if (found)
                return NULL; /* which one was meant? */
            found = part + length + 1;
            found_size = size - length - 1;
        }
        part += size;
        if (*part)
            part++;
    }
    return found ? decode(request->arena, found, found_size) : NULL;
}

int64_t request_query_int(struct request *request, const char *name, int64_t otherwise)
{
    const char *text = request_query(request, name);

    if (!text || !*text || strlen(text) > 18 ||
        strspn(text, "0123456789") != strlen(text))
        return otherwise;
    return strtoll(text, NULL, 10);
}

const char *request_cookie(struct request *request, const char *name)
{
    size_t length = strlen(name);

    for (const char *part = request->cookie; *part;) {
        part += strspn(part, " ;");
        size_t size = strcspn(part, ";");
        if (size > length && strncmp(part, name, length) == 0 && part[length] == '=')
            return arena_copy_bytes(
                request->arena, part + length + 1, size - length - 1);
        part += size;
    }
    return NULL;
}

struct error *request_json(struct request *request, json_t **result)
{
    static const char type[] = "application/json";
    const char *after = request->content_type + sizeof type - 1;
    bool expected = strncmp(request->content_type, type, sizeof type - 1) == 0 &&
                    (!*after || *after == ';' || *after == ' ');

    if (!expected)
        return error_new(
            request->arena, ERROR_MEDIA, "json_expected", "提交的数据应为 JSON 格式。");
    return input_parse(request->arena, request->body, request->body_size, result);
}

struct error *reply_json(struct request *request, int status, struct writer *writer)
{
    if (writer->text.overflowed || writer->depth)
        return error_make(
            request->arena, ERROR_BROKEN, "reply", "reply over its limit of %zu bytes",
            writer->text.limit);
    request->reply = (struct reply){
        .status = status,
        .content_type = "application/json",
        .body = writer->text.bytes,
        .body_size = writer->text.size,
        .set_cookie = request->reply.set_cookie,
    };
    return NULL;
}

void reply_bytes(
    struct request *request, const char *content_type, const char *bytes, size_t size,
    const char *etag)
{
    bool known = strcmp(request->if_none_match, etag) == 0;

    request->reply = (struct reply){
        .status = known ? 304 : 200,
        .content_type = content_type,
        .body = known ? "" : bytes,
        .body_size = known ? 0 : size,
        .etag = etag,
        .cache_control = "private, no-cache",
    };
}

void reply_download(
    struct request *request, const char *content_type, const char *name,
    const char *bytes, size_t size)
{
    enum { LIMIT = 2048 };
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                "0123456789.-_";
    const char *dot = strrchr(name, '.');
    struct text encoded;

    text_init(&encoded, request->arena, LIMIT);
    for (const char *c = name; *c; c++) {
        if (strchr(plain, *c))
            text_add_bytes(&encoded, c, 1);
        else
            text_add_format(&encoded, "%%%02X", (unsigned char)*c);
    }
    request->reply = (struct reply){
        .status = 200,
        .content_type = content_type,
        .body = bytes,
        .body_size = size,
        .disposition = arena_format(
            request->arena, "attachment; filename=\"export%s\"; filename*=UTF-8''%s",
            dot ? dot : "", encoded.bytes),
    };
}

struct error *reply_file(
    struct request *request, const char *content_type, const char *name,
    const char *file)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789.-";

    if (!*file || *file == '.' || strspn(file, allowed) != strlen(file))
        return error_new(
            request->arena, ERROR_BROKEN, "file", "a file with a name of another kind");
    reply_download(request, content_type, name, "", 0);
    request->reply.file = arena_format(request->arena, "/internal/exports/%s", file);
    return NULL;
}

void reply_nothing(struct request *request)
{
    request->reply.status = 204;
    request->reply.body = "";
    request->reply.body_size = 0;
}
