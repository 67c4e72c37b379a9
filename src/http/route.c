#include "http/route.h"

#include <string.h>

/* How many characters of the path a :id or :name part takes. */
static size_t parameter_length(const char *pattern, const char *path)
{
    static const char digits[] = "0123456789";
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";

    if (strncmp(pattern, ":id", 3) == 0)
        return *path == '0' ? 0 : strspn(path, digits);
    return strspn(path, letters);
}

static bool matches(const char *pattern, struct request *request)
{
    const char *path = request->path;
    size_t found = 0;

    while (*pattern && *path) {
        if (*pattern == ':') {
            size_t length = parameter_length(pattern, path);
            if (!length || found == REQUEST_PARAMETERS)
                return false;
            request->parameters[found++] =
                arena_copy_bytes(request->arena, path, length);
            path += length;
            pattern++;
            pattern += strspn(pattern, "abcdefghijklmnopqrstuvwxyz");
        } else if (*pattern++ != *path++) {
            return false;
        }
    }
    return *pattern == *path;
}

static struct error *refuse(struct request *request, bool path_known)
{
    if (path_known)
        return error_new(
            request->arena, ERROR_METHOD, "method_not_allowed",
            "这个地址不支持该操作。");
    return error_new(
        request->arena, ERROR_NOT_FOUND, "route_unknown", "没有这个地址。");
}

static struct error *permit(struct request *request, const struct route *route)
{
    if (route->roles & ROLE_ANYONE || request->roles & route->roles)
        return NULL;
    if (route->roles & ROLE_MACHINE)
        return error_new(
            request->arena, ERROR_UNKNOWN, "token_needed",
            "这个地址供程序使用，请在 Authorization 中提供令牌。");
    if (!request->person)
        return error_new(request->arena, ERROR_UNKNOWN, "login_needed", "请先登录。");
    return error_new(
        request->arena, ERROR_FORBIDDEN, "role_needed", "您的账号没有这项权限。");
}

/* Another site must not make a signed-in browser write here. */
static struct error *guard_origin(struct request *request)
{
    const char *site = request->fetch_site;

    if (strcmp(request->method, "GET") == 0)
        return NULL;
    bool foreign =
        *site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0;
    if (!foreign && *request->origin) {
        const char *own =
            arena_format(request->arena, "%s://%s", request->scheme, request->host);
        foreign = strcmp(own, request->origin) != 0;
    }
    return foreign ? error_new(
                         request->arena, ERROR_FORBIDDEN, "cross_site",
                         "请求来自其他网站，已拒绝。")
                   : NULL;
}

struct error *
route_answer(const struct route_table *tables, size_t count, struct request *request)
{
    bool path_known = false;

    TRY(guard_origin(request));
    for (size_t t = 0; t < count; t++) {
        for (size_t i = 0; i < tables[t].count; i++) {
            const struct route *route = &tables[t].routes[i];
            if (!matches(route->path, request))
                continue;
            path_known = true;
            if (strcmp(route->method, request->method) != 0)
                continue;
            TRY(permit(request, route));
            request->feature = tables[t].feature;
            return route->answer(request);
        }
    }
    return refuse(request, path_known);
}
