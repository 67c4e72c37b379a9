/* demo_command.h - `xunsai demo`: fills an empty database with a believable district.
 */
#ifndef CLI_DEMO_COMMAND_H
#define CLI_DEMO_COMMAND_H

/* argv[0] is "demo"; options as in options.h. All or nothing: a database with people in
 * it is refused and left as it was. Names, answers and grades are the same in every
 * run; times are counted from now.
 * Returns 0; 1 with one line on standard error. */
int demo_command(int argc, char **argv);

#endif
