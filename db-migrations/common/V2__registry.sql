-- The upstream servers. Ids are made by the application and ordered by time, so that the list by id is the order of registration.
create table upstream_server (
    id             varchar(36)                 not null primary key,
    name           varchar(64)                 not null,
    url            varchar(2048)               not null,
    transport      varchar(20)                 not null,
    status         varchar(20)                 not null,
    status_reason  varchar(400),
    credential_ref varchar(200),
    timeout_millis bigint                      not null,
    version        bigint                      not null,
    created_at     timestamp(6) with time zone not null,
    updated_at     timestamp(6) with time zone not null,
    checked_at     timestamp(6) with time zone not null,
    constraint upstream_server_name unique (name)
);

create index upstream_server_status on upstream_server (status, id);

-- The key begins with the tag: it serves the list of a tag's servers; the index serves the tags of a page of servers.
create table upstream_server_tag (
    tag       varchar(64) not null,
    server_id varchar(36) not null,
    constraint upstream_server_tag_key primary key (tag, server_id),
    constraint upstream_server_tag_server foreign key (server_id) references upstream_server (id)
);

create index upstream_server_tag_server on upstream_server_tag (server_id);
