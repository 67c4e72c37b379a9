/* sandbox_filter.h - which system calls a parser may make. Used by sandbox_walls.c. */
#ifndef FORMAT_SANDBOX_FILTER_H
#define FORMAT_SANDBOX_FILTER_H

#include <stdbool.h>

/* Reading, memory and ending are allowed; opening for writing, executable memory and
 * whatever is not listed fail with EPERM; network, other programs and other processes
 * kill. Needs no_new_privs. False with errno set: the kernel would not take it. */
bool sandbox_filter_install(void);

#endif
