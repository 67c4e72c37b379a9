#include "people/privacy.h"

#include "http/role.h"

struct privacy_view
privacy_of(const struct privacy_viewer *viewer, int64_t person, int64_t branch)
{
    bool herself = viewer->person && viewer->person == person;
    bool own_street =
        viewer->roles & ROLE_PROCTOR && viewer->branch && viewer->branch == branch;
    bool close = herself || own_street || viewer->roles & ROLE_ORGANISER;
    bool counts = viewer->roles & (ROLE_AUDITOR | ROLE_MACHINE);

    return (struct privacy_view){
        .staff_number = close || counts,
        .phone = close,
        .service = close || counts,
    };
}
