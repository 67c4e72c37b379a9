/* notice.h - 公示表: a published ranking to be hung up, and 成绩证书: one person's line
 * of it. Both lead back to the published version by an address, as a QR code too, and
 * by its digest. */
#ifndef FILES_NOTICE_H
#define FILES_NOTICE_H

#include "base/output.h"
#include "files/published.h"

/* Errors: pdf_write()'s. */
struct error *notice_write(
    struct arena *arena, const struct published *published,
    struct output *output) MUST_CHECK;

/* "意见解读 公示表 第1版.pdf" */
const char *notice_name(struct arena *arena, const struct published *published);

/* One page. Only who has a rank, and has passed where passing is a matter, gets one,
 * and only of the newest version.
 * Errors: ERROR_NOT_FOUND "certificate_unknown"; ERROR_CONFLICT
 * "publication_superseded"; pdf_write()'s. */
struct error *certificate_write(
    struct arena *arena, const struct published *published, int64_t person,
    struct output *output) MUST_CHECK;

#endif
