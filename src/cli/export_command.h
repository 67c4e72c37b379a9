/* export_command.h - `xunsai export`: a ranking as a file, read from the database
 * beside a running server. It writes nothing there: what the operator of the machine
 * takes is in no log of ours. */
#ifndef CLI_EXPORT_COMMAND_H
#define CLI_EXPORT_COMMAND_H

/* export ranking quiz|contest|training|year ID --format xlsx|csv|pdf|json -o FILE
 *   [--data DIR] [--branch ID] */
int export_command(int argc, char **argv);

#endif
