-- The states that each node found each upstream server in. A row holds from since_at to until_at, the last check that found it
-- so; time between rows is unknown. No foreign key: servers of the configuration have no row, and the past outlives a server.
create table upstream_state (
    server_id varchar(36)                 not null,
    node      varchar(200)                not null,
    since_at  timestamp(6) with time zone not null,
    until_at  timestamp(6) with time zone not null,
    state     varchar(20)                 not null,
    reason    varchar(400),
    constraint upstream_state_key primary key (server_id, node, since_at)
);

create index upstream_state_until on upstream_state (until_at);
