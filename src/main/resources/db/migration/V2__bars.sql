-- History at the cost of what it returns: bars, kept in the transaction that writes the observations they are made of.

-- A row for each indicator that has observations. Whoever writes to a series counts its version up first and holds the row
-- until the transaction ends: writers of one series follow one another, and readers see by the version whether it has changed.
create table series (
    indicator_id integer primary key,
    version      bigint not null
);

create table bar (
    indicator_id integer not null,
    measure      text not null check (measure in ('value', 'changePercent')),
    interval     text not null check (interval in ('1h', '1d', '1w', '1mo')),
    start        timestamptz not null,  -- the hour's start, or 00:00 WIB of the first day
    open         numeric not null,
    high         numeric not null,
    low          numeric not null,
    close        numeric not null,
    sum          numeric not null,      -- of what is counted
    count        integer not null,      -- observations; 0: nothing but an implied close
    first_at     timestamptz not null,
    last_at      timestamptz not null,
    primary key (indicator_id, measure, interval, start)
);

-- A close that a capture of the next trading day states otherwise, beyond what rounding allows. Shown while the bar differs.
create table close_difference (
    indicator_id integer not null,
    trading_day  date not null,         -- the day of the close
    stated       numeric not null,      -- value less change of the next trading day
    tolerance    numeric not null,      -- what the digits shown leave open
    observed_at  timestamptz not null,
    capture_id   uuid not null references capture (id),
    primary key (indicator_id, trading_day, stated)
);

alter table observation drop constraint observation_quality_check;
alter table observation add constraint observation_quality_check check (quality in ('ok', 'unchecked', 'suspect', 'implied'));
-- bars answer what these two were for; each cost a third of an import
drop index observation_trusted;
drop index observation_by_trading_day;
-- indicators are never deleted, and to look each row's up costs more than to write the row
alter table observation drop constraint observation_indicator_id_fkey;

-- A file of rows has no capture: then it is named.
alter table observation_conflict drop constraint observation_conflict_pkey;
alter table observation_conflict alter capture_id drop not null;
alter table observation_conflict add file text;
create unique index observation_conflict_once on observation_conflict (indicator_id, observed_at, capture_id, value, change, change_percent) nulls not distinct;
