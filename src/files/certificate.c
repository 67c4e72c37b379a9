/* certificate.c - 成绩证书: one person's line of a published ranking. */
#include <inttypes.h>
#include <string.h>

#include "base/decimal.h"
#include "files/notice.h"
#include "files/pdf.h"

#define FRAME 26.0 /* from the edge of the paper */
#define CODE_SIZE 72.0

enum { NUMBER_CODE = 8 };

struct certificate {
    const struct published *published;
    struct arena *arena;
    const char *name;
    const char *branch;
    const char *number;
    const char *result;
};

static struct error *unknown(struct arena *arena)
{
    return error_new(
        arena, ERROR_NOT_FOUND, "certificate_unknown",
        "没有这份证书：只有在公布的排名中有名次（并且合格）的人员有证书。");
}

/* The person's object in the body; NULL: she is not in it. */
static const json_t *
find_person(struct arena *arena, const struct published *published, int64_t person)
{
    const char *id = arena_format(arena, "\"person\":{\"id\":%" PRId64 "}", person);

    for (size_t i = 0; i < published->person_count; i++) {
        const struct publication_part *part = &published->people[i];
        if (!memmem(part->at, part->size, id, strlen(id)))
            continue;
        const json_t *row = published_person(published, i, arena);
        if (published_number(published_member(row, "person"), "id") == person)
            return row;
    }
    return NULL;
}

/* Who has the digest of the publication can compute it. */
static const char *
number_of(struct arena *arena, const struct published *published, int64_t person)
{
    const char *text = arena_format(arena, "%s %" PRId64, published->digest, person);
    unsigned char digest[TOKEN_DIGEST];

    token_sha256(text, strlen(text), digest);
    return arena_format(
        arena, "XS-%" PRId64 "-%" PRId64 "-%s", published->id, person,
        token_code(arena, digest, NUMBER_CODE));
}

static const char *result_of(
    struct arena *arena, const struct published *published, const json_t *row,
    const char *rank)
{
    const json_t *head = published->head;
    const char *full = decimal_short(
        arena, published_number(head, "full"), (int)published_number(head, "dp"));

    return arena_format(
        arena, "成绩 %s 分（满分 %s 分），全区第 %s 名%s", published_text(row, "score"),
        full, rank, json_is_true(published_member(row, "passed")) ? "，合格" : "");
}

static void draw_frame(struct pdf *pdf)
{
    struct pdf_box area = pdf_area(pdf);
    double left = FRAME;
    double top = FRAME;
    double right = area.x + area.width + area.x - FRAME;
    double bottom = top + 595.28 - 2 * FRAME;

    for (int i = 0; i < 2; i++) {
        double inset = i ? 5 : 0;
        double width = i ? 0.6 : 2.4;
        pdf_line(pdf, left + inset, top + inset, right - inset, top + inset, width);
        pdf_line(
            pdf, left + inset, bottom - inset, right - inset, bottom - inset, width);
        pdf_line(pdf, left + inset, top + inset, left + inset, bottom - inset, width);
        pdf_line(pdf, right - inset, top + inset, right - inset, bottom - inset, width);
    }
}

static void draw_proof(struct pdf *pdf, const struct certificate *certificate)
{
    const struct published *published = certificate->published;
    struct pdf_box area = pdf_area(pdf);
    struct pdf_box box = {area.x + 16, area.y + area.height - CODE_SIZE - 4, 0, 0};

    pdf_code(pdf, box.x, box.y, CODE_SIZE, published->address);
    box.x += CODE_SIZE + 10;
    box.width = 420;
    box.y += pdf_text(
        pdf, box, PDF_SMALL, PDF_LEFT,
        arena_format(certificate->arena, "证书编号：%s", certificate->number));
    box.y += pdf_text(
        pdf, box, PDF_SMALL, PDF_LEFT,
        arena_format(
            certificate->arena, "依据：公布的排名第 %" PRId64 " 版，%s",
            published->version, published->address));
    (void)pdf_text(
        pdf, box, PDF_SMALL, PDF_LEFT,
        arena_format(
            certificate->arena, "数据摘要（SHA-256）：\n%s", published->digest));
    box.x = area.x + area.width - 216;
    box.y = area.y + area.height - 50;
    box.width = 200;
    box.y += pdf_text(pdf, box, PDF_BODY, PDF_RIGHT, published->district);
    (void)pdf_text(
        pdf, box, PDF_BODY, PDF_RIGHT,
        published_day(certificate->arena, published->decided_at));
}

static void draw_certificate(struct pdf *pdf, const void *context)
{
    const struct certificate *certificate = context;
    const struct published *published = certificate->published;

    draw_frame(pdf);
    pdf_skip(pdf, 44);
    pdf_below(pdf, PDF_GREAT, PDF_CENTER, "成绩证书");
    if (published->demonstration)
        pdf_below(pdf, PDF_HEAD, PDF_CENTER, "演示数据，不作证明");
    pdf_skip(pdf, 40);
    pdf_below(pdf, PDF_TITLE, PDF_CENTER, certificate->name);
    pdf_skip(pdf, 4);
    pdf_below(pdf, PDF_HEAD, PDF_CENTER, certificate->branch);
    pdf_skip(pdf, 30);
    pdf_below(pdf, PDF_HEAD, PDF_CENTER, "在下列考核中的成绩已经公布：");
    pdf_skip(pdf, 6);
    pdf_below(pdf, PDF_TITLE, PDF_CENTER, published->title);
    pdf_skip(pdf, 16);
    pdf_below(pdf, PDF_HEAD, PDF_CENTER, certificate->result);
    draw_proof(pdf, certificate);
}

struct error *certificate_write(
    struct arena *arena, const struct published *published, int64_t person,
    struct output *output)
{
    const struct pdf_about about = {
        .paper = PDF_LANDSCAPE,
        .title = arena_format(arena, "%s 成绩证书", published->title),
        .marks = published->demonstration ? "演示数据" : "",
        .foot = "",
        .made_at = published->decided_at,
    };
    const json_t *row = find_person(arena, published, person);
    const char *rank = published_rank(arena, row, "rank");

    if (!row || !rank || json_is_false(published_member(row, "passed")))
        return unknown(arena);
    if (published->superseded_by)
        return error_make(
            arena, ERROR_CONFLICT, "publication_superseded",
            "这份排名已被第 %" PRId64 " 版取代，请用新版的证书。",
            published->superseded_by);
    struct certificate certificate = {
        .published = published,
        .arena = arena,
        .name = published_name(published, person),
        .branch = published_text(published_member(row, "branch"), "name"),
        .number = number_of(arena, published, person),
        .result = result_of(arena, published, row, rank),
    };
    return pdf_write(arena, &about, draw_certificate, &certificate, output);
}
