/* statutes.h - laws change: whoever cites an article says since when it has been in
 * force. */
#ifndef CHECK_STATUTES_H
#define CHECK_STATUTES_H

#include "check/curriculum.h"

/* statute-date: 《law》第N条 stands in a page (or in a question) that nowhere names
 * that law with its date of effect: within 80 characters behind the name and before the
 * next 《, "2021年1月1日起施行", "2021年施行" or 生效, or in front of it
 * "2021年…施行的《law》". 《中华人民共和国民法典》 and 《民法典》 are one name. One
 * finding a law. statute-marks: a well-known law is cited without 《》. */
void statutes_check(struct findings *findings, const struct curriculum *curriculum);

#endif
