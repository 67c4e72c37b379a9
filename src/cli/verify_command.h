/* verify_command.h - `xunsai verify --data DIR`: is every recorded event unchanged? */
#ifndef CLI_VERIFY_COMMAND_H
#define CLI_VERIFY_COMMAND_H

/* Prints the number of events checked. Returns 0, or 1 with one line naming the first
 * broken link. Works beside a running server. */
int verify_command(int argc, char **argv);

#endif
