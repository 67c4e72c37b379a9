/* street.h - 街道成绩报告: the results of one street beside those of the district. */
#ifndef FILES_STREET_H
#define FILES_STREET_H

#include "files/file.h"

/* `source`: of the whole district; afterwards only the street is left in it.
 * Errors: ERROR_NOT_FOUND "street_unknown"; pdf_write()'s. */
struct error *street_report(
    struct arena *arena, struct file_source *source, int64_t branch,
    struct output *output) MUST_CHECK;

#endif
