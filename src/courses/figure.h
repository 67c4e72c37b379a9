/* figure.h - the drawings of a course: courses/NN-slug/figures/NAME.svg. */
#ifndef COURSES_FIGURE_H
#define COURSES_FIGURE_H

#include "format/findings.h"

#define FIGURE_FOLDER "figures"

enum { FIGURE_MOST = 60 }; /* in one course */

struct course_figure {
    const char *name; /* a slug */
    const char *hash; /* of the bytes, for the address: another drawing, another one */
    int width;
    int height;
    const char *svg; /* checked, written anew */
};

/* Reads all of DIRECTORY/figures; none when there is no such folder. What is wrong
 * becomes findings, and a drawing with a finding is left out. */
void figure_build(
    struct findings *findings, const char *directory,
    const struct course_figure **result, size_t *count);

/* {"name", "hash", "width", "height", "svg"} */
void figure_write(struct writer *writer, const struct course_figure *figure);

/* Errors: input_object()'s; ERROR_INVALID "course_invalid". */
struct error *figure_read(
    struct arena *arena, json_t *object, struct course_figure *figure) MUST_CHECK;

#endif
