/* content_command.h - content on disk: the child that parses it, and the check that an
 * author runs. Both get argv[0] = the command's own name. */
#ifndef CLI_CONTENT_COMMAND_H
#define CLI_CONTENT_COMMAND_H

/* "parse-content KIND DIRECTORY", KIND "course", "handbook", "paper" or "practice":
 * started by format/sandbox.c, never by a person. Locks itself up, prints the document
 * or
 * {"error": ...} and ends the process. Returns only what it could not even begin. */
int parse_content_command(int argc, char **argv);

/* "check [--partial] COURSES QUIZZES": prints every problem as file:line: [rule]
 * sentence, sorted by file and line, and a line that counts. --partial: without the
 * rules that ask for a number of lessons, handbook entries or questions.
 * 0: no problem; 1: problems; 2: called wrongly. */
int check_command(int argc, char **argv);

#endif
