-- Bars of more intervals, calculated from those of hours and days.
alter table bar drop constraint bar_interval_check;
alter table bar add constraint bar_interval_check check (interval in ('1h', '2h', '4h', '12h', '1d', '1w', '1mo', '1q', '1y'));

-- Values before a change of the level do not count in the bar in which it happened.
insert into bar (indicator_id, measure, interval, start, open, high, low, close, sum, count, first_at, last_at)
select indicator_id, measure, longer, longer_start,
       (array_agg(open order by start))[1], max(high), min(low), (array_agg(close order by start desc))[1],
       sum(sum), sum(count), min(first_at), max(last_at)
from (
    select b.*, l.longer, date_bin(l.length, b.start, timestamptz '2000-01-01 00:00+07') as longer_start, c.part as level_start
    from bar b
    cross join (values ('2h', interval '2 hours'), ('4h', interval '4 hours'), ('12h', interval '12 hours')) l (longer, length)
    left join (
        select indicator_id, date_bin('1 hour', observed_at, timestamptz '2000-01-01 00:00+07') as part
        from observation where reason = 'level-changed'
    ) c on c.indicator_id = b.indicator_id and b.measure = 'value' and c.part > b.start
       and c.part < date_bin(l.length, b.start, timestamptz '2000-01-01 00:00+07') + l.length
    where b.interval = '1h'
    union all
    select b.*, l.longer, date_trunc(l.unit, b.start at time zone 'Asia/Jakarta') at time zone 'Asia/Jakarta', c.part
    from bar b
    cross join (values ('1q', 'quarter', interval '3 months'), ('1y', 'year', interval '1 year')) l (longer, unit, length)
    left join (
        select indicator_id, trading_day::timestamp at time zone 'Asia/Jakarta' as part from observation where reason = 'level-changed'
    ) c on c.indicator_id = b.indicator_id and b.measure = 'value' and c.part > b.start
       and c.part < (date_trunc(l.unit, b.start at time zone 'Asia/Jakarta') + l.length) at time zone 'Asia/Jakarta'
    where b.interval = '1d'
) part
where level_start is null
group by indicator_id, measure, longer, longer_start;
