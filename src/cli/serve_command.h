/* serve_command.h - `xunsai serve` wires everything together and runs it;
 * `xunsai routes` prints what it would answer. */
#ifndef CLI_SERVE_COMMAND_H
#define CLI_SERVE_COMMAND_H

/* Runs until SIGTERM or SIGINT. SIGHUP reads courses and quizzes again. Returns 0, or
 * 1 with one line on standard error when it cannot start. */
int serve_command(int argc, char **argv);

/* One line a route: method, address, roles. Returns 0. */
int routes_command(int argc, char **argv);

#endif
