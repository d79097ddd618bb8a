-- Retention: what is deleted when it is old enough, and by whom.

-- Observations that were seen before that day (WIB) are deleted, and their bars final. Written by who holds the row.
alter table series add pruned_before date;

-- A kind of old rows, and when it is looked for again.
create table housekeeping (
    name          text primary key,
    due_at        timestamptz not null default now(),
    lease_until   timestamptz,
    lease_version bigint not null default 0
);

-- To delete a capture would read all observations: whoever deletes one looks by its time whether any came from it.
alter table observation drop constraint observation_capture_id_fkey;
