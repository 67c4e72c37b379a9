/* setting_command.h - `xunsai setting`: facts about this installation. */
#ifndef CLI_SETTING_COMMAND_H
#define CLI_SETTING_COMMAND_H

/* setting [NAME [VALUE]] [--data DIR]: prints all, or one, or sets it ("" takes it away;
 * the server must be stopped for that).
 *   public_address    "https://xunsai.example.gov.cn": what published addresses begin with
 *   retention_years   how long people are kept after they left, see `xunsai retention`
 *   webhook_private   1: webhooks may lead to private and loopback addresses */
int setting_command(int argc, char **argv);

#endif
