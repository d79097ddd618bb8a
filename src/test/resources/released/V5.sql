-- as V4
-- and an observation on a new level, as Detak wrote it with version 5 of the schema. Values are made up.
insert into observation (indicator_id, observed_at, value, change, change_percent, previous_close, quality, reason, trading_day, capture_id) values (15, '2026-11-25 17:00:00+00', 1.25, 0.01, 0.81, 1.24, 'ok', 'level-changed', '2026-11-25', null);
