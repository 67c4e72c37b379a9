#include "http/problem.h"

#include <stdlib.h>

#include "base/log.h"

static int status_of(enum error_kind kind)
{
    switch (kind) {
    case ERROR_INVALID:
        return 422;
    case ERROR_MALFORMED:
        return 400;
    case ERROR_UNKNOWN:
        return 401;
    case ERROR_FORBIDDEN:
        return 403;
    case ERROR_NOT_FOUND:
        return 404;
    case ERROR_METHOD:
        return 405;
    case ERROR_CONFLICT:
        return 409;
    case ERROR_GONE:
        return 410;
    case ERROR_TOO_LARGE:
        return 413;
    case ERROR_MEDIA:
        return 415;
    case ERROR_TOO_OFTEN:
        return 429;
    case ERROR_BROKEN:
        return 500;
    case ERROR_UNAVAILABLE:
        return 503;
    case ERROR_FULL:
        return 507;
    }
    abort();
}

static const char *title_of(int status)
{
    switch (status) {
    case 400:
        return "请求无法读取";
    case 401:
        return "需要登录";
    case 403:
        return "没有权限";
    case 404:
        return "没有找到";
    case 409:
        return "与现状冲突";
    case 410:
        return "已经结束";
    case 422:
        return "内容不合要求";
    case 429:
        return "请稍后再试";
    case 503:
    case 507:
        return "暂时无法保存";
    default:
        return "无法完成";
    }
}

void problem_reply(struct request *request, const struct error *error)
{
    enum { LIMIT = 16 * 1024 };
    int status = status_of(error->kind);
    bool broken = error->kind == ERROR_BROKEN;
    struct writer writer;

    if (broken)
        log_event(
            "request_broken", "method=%s path=%s message=%s", request->method,
            request->path, error->message);
    writer_init(&writer, request->arena, LIMIT);
    writer_object(&writer, NULL);
    writer_text(&writer, "type", "about:blank");
    writer_text(&writer, "title", title_of(status));
    writer_int(&writer, "status", status);
    writer_text(&writer, "code", broken ? "internal" : error->code);
    writer_text(
        &writer, "detail",
        broken ? "服务器内部出错，内容未更改。请稍后重试，并告诉工作人员。"
               : error->message);
    writer_end(&writer);
    request->reply = (struct reply){
        .status = status,
        .content_type = "application/problem+json",
        .body = writer.text.bytes,
        .body_size = writer.text.size,
        .retry_after_s = status == 503 || status == 507 || status == 429 ? 5 : 0,
    };
}
