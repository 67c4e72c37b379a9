/* contest_command.h - `xunsai contest replay DIR`: the standings of a contest from its
 * exported files, without a server and without a database. */
#ifndef CLI_CONTEST_COMMAND_H
#define CLI_CONTEST_COMMAND_H

/* argv[0] is "contest". Reads DIR/rules.json and DIR/events.ndjson, writes the
 * standings (contest/standings.h) to standard output, the same bytes as the server's.
 * Returns 0; 1 with one line on standard error when the chain is broken, the files
 * cannot be read or standard output broke; 2 for wrong use. */
int contest_command(int argc, char **argv);

#endif
