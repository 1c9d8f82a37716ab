-- A queue: nearly all that was ever in it is deleted, so what is vacuumed must not depend on how much is left.
alter table rollup_part set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000);
