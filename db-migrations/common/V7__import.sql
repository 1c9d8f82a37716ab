-- How far each table is copied from the database that was imported; changed in the transactions that write its rows.
create table import_progress (
    table_name varchar(100)                not null,
    source     varchar(64)                 not null,
    last_row   bigint                      not null,
    copied     bigint                      not null,
    finished   boolean                     not null,
    updated_at timestamp(6) with time zone not null,
    constraint import_progress_key primary key (table_name)
);
