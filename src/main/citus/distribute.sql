-- Spreads the tables of Detak over the nodes of a Citus cluster (12 or later), by indicator_id. Run once, on the coordinator,
-- as the owner of the tables, while no Detak runs:
--
--   psql -v ON_ERROR_STOP=1 -d detak -f src/main/citus/distribute.sql
--
-- before which a start of Detak (or "restore") has made the tables there, and the coordinator was made known to the cluster
-- (citus_set_coordinator_host), since it keeps copies of the small tables too. All replicas connect to the coordinator, which also
-- hears and tells (LISTEN, NOTIFY) and counts the sequences. Nothing in Detak changes.

create extension if not exists citus;

begin;

-- Citus takes no identity column that is not a bigint: the same numbers by a sequence of the coordinator's.
do $$
declare next bigint := coalesce((select max(id) from indicator), 0) + 1;
begin
    alter table indicator alter column id drop identity if exists;
    execute format('create sequence indicator_id_seq as integer owned by indicator.id start %s', next);
    alter table indicator alter column id set default nextval('indicator_id_seq');
end $$;

-- Reference tables, whole on every node: what is small, or is asked for by another key than an indicator's. A capture is one:
-- its key is its id, for it brings ten indicators, and observations of all shards name it. There is one row a poll (some
-- 100,000 a year), so that the copies weigh little; by id it would lie on another node than the observations it is shown with.
do $$
declare name text;
begin
    for name in
        select c.relname
        from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
          and c.relname not in ('flyway_schema_history', 'observation', 'bar', 'observation_conflict', 'observation_superseded', 'other_observation', 'close_difference', 'series', 'rule_state')
        -- whom others refer to comes first
        order by exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f'), c.relname
    loop
        perform create_reference_table(name);
    end loop;
end $$;

-- distributed by indicator_id: an indicator's rows of all these lie on one node
select create_distributed_table('observation', 'indicator_id', shard_count => 32);
select create_distributed_table('bar', 'indicator_id', colocate_with => 'observation');
select create_distributed_table('observation_conflict', 'indicator_id', colocate_with => 'observation');
select create_distributed_table('observation_superseded', 'indicator_id', colocate_with => 'observation');
select create_distributed_table('other_observation', 'indicator_id', colocate_with => 'observation');
select create_distributed_table('close_difference', 'indicator_id', colocate_with => 'observation');
select create_distributed_table('series', 'indicator_id', colocate_with => 'observation');
select create_distributed_table('rule_state', 'indicator_id', colocate_with => 'observation');

commit;

-- A poll writes its capture, which is on every node, and then ten indicators: one after the other on one connection a node, and
-- committed in two phases (Citus does so by itself; each worker needs max_prepared_transactions of at least max_connections).
do $$
begin
    execute format('alter database %I set citus.multi_shard_modify_mode = ''sequential''', current_database());
end $$;
