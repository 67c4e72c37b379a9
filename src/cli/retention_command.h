/* retention_command.h - `xunsai retention`: forgets people who left long ago. */
#ifndef CLI_RETENTION_COMMAND_H
#define CLI_RETENTION_COMMAND_H

/* retention [--before YYYY-MM-DD] [--dry-run] [--data DIR]
 *   --before      who left before that day (Beijing time); without it the setting
 *                 "retention_years" says how long people are kept after they left
 *   --dry-run     only lists them; works beside a running server
 * Prints a line a person: id, staff number, day of leaving, and "erased", "would be
 * erased" or why not. Exit 1 when somebody could not be erased. */
int retention_command(int argc, char **argv);

#endif
