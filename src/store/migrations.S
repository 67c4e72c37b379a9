/* The schema scripts as zero-terminated strings of the program. */
    .section .rodata
    .macro script name, path
    .global \name
\name:
    .incbin "\path"
    .byte 0
    .endm

    script migration_0001, "src/store/migrations/sqlite/0001-people.sql"
    script migration_0002, "src/store/migrations/sqlite/0002-courses.sql"
    script migration_0003, "src/store/migrations/sqlite/0003-quiz.sql"
    script migration_0004, "src/store/migrations/sqlite/0004-contest.sql"
    script migration_0005, "src/store/migrations/sqlite/0005-ranking.sql"
    script migration_0006, "src/store/migrations/sqlite/0006-exports.sql"
    script migration_0007, "src/store/migrations/sqlite/0007-history.sql"
    script migration_0008, "src/store/migrations/sqlite/0008-practice.sql"

    .section .note.GNU-stack, "", @progbits
