#include "http/role.h"

const struct role_name role_names[] = {
    {ROLE_LEARNER, "learner"},
    {ROLE_PROCTOR, "proctor"},
    {ROLE_LECTURER, "lecturer"},
    {ROLE_JUDGE, "judge"},
    {ROLE_CHIEF_JUDGE, "chief_judge"},
    {ROLE_AUDITOR, "auditor"},
    {ROLE_HOST, "host"},
    {ROLE_ORGANISER, "organiser"},
};
const size_t role_name_count = sizeof role_names / sizeof role_names[0];
