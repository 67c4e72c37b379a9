/* rule_command.h - `xunsai rule NAME`: the rules of quizzes and contests for anyone to
 * try, without a server and without a database. */
#ifndef CLI_RULE_COMMAND_H
#define CLI_RULE_COMMAND_H

/* argv[0] is "rule", argv[1] the name. Reads JSON Lines from standard input and writes
 * one JSON object a line, in order; what is not a valid case gives {"error": ...} in
 * its place, an empty line too.
 * Returns 0; 1 when a line was refused or standard output broke; 2 for wrong use. */
int rule_command(int argc, char **argv);

#endif
