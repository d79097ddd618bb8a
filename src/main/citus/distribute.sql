-- Distributes the tables of Detak over the nodes of a Citus cluster (12 or later), by indicator_id.
--
-- Before: create the tables on the coordinator by a start of Detak or by "restore". Register the coordinator in the cluster
-- (citus_set_coordinator_host), because it keeps copies of the small tables, too. Then stop all processes of Detak.
--
-- Run once, on the coordinator, as the owner of the tables:
--
--   psql -v ON_ERROR_STOP=1 -d detak -f src/main/citus/distribute.sql
--
-- Afterwards, all replicas connect to the coordinator, which also has the sequences and LISTEN and NOTIFY. Detak needs no
-- other configuration.

create extension if not exists citus;

begin;

-- Citus supports identity columns of type bigint only: a sequence on the coordinator gives the same numbers.
do $$
declare next bigint := coalesce((select max(id) from indicator), 0) + 1;
begin
    alter table indicator alter column id drop identity if exists;
    execute format('create sequence indicator_id_seq as integer owned by indicator.id start %s', next);
    alter table indicator alter column id set default nextval('indicator_id_seq');
end $$;

-- Reference tables, of which each node has a copy: tables that are joined with distributed ones, but are not read by
-- indicator. So is the table of captures: a capture has quotes of ten indicators, so observations of all shards refer to
-- it. Distributed by id, it would be on another node than its observations. Its copies are small, with one row per poll,
-- about 100,000 a year. All other tables stay on the coordinator, where every expression may use now().
do $$
declare name text;
begin
    -- tables that others refer to first
    foreach name in array array['indicator', 'capture', 'rule', 'indicator_label', 'alert', 'rule_transition']
    loop
        perform create_reference_table(name);
    end loop;
end $$;

-- distributed by indicator_id: one node has all rows of an indicator
select create_distributed_table('observation', 'indicator_id', shard_count => 32);
select create_distributed_table('bar', 'indicator_id', colocate_with => 'observation');
select create_distributed_table('observation_conflict', 'indicator_id', colocate_with => 'observation');
select create_distributed_table('observation_superseded', 'indicator_id', colocate_with => 'observation');
select create_distributed_table('other_observation', 'indicator_id', colocate_with => 'observation');
select create_distributed_table('close_difference', 'indicator_id', colocate_with => 'observation');
select create_distributed_table('series', 'indicator_id', colocate_with => 'observation');
select create_distributed_table('import_series', 'indicator_id', colocate_with => 'observation');
select create_distributed_table('rule_state', 'indicator_id', colocate_with => 'observation');

commit;

-- A poll writes its capture, which is on every node, and then ten indicators: one after the other, on one connection to each
-- node. Citus commits in two phases, so each worker needs max_prepared_transactions of at least max_connections.
do $$
begin
    execute format('alter database %I set citus.multi_shard_modify_mode = ''sequential''', current_database());
end $$;
