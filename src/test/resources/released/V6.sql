-- as V5
update indicator set source = 'kontan', hidden = true, named = true where id = 2;
insert into indicator_label (label, indicator_id) values ('JIBOR 1M', 2);
insert into indicator_label (label, indicator_id) values ('SBN', null);
insert into other_observation (indicator_id, source, observed_at, value, change, change_percent, previous_close, quality, reason, trading_day, capture_id) values (1, 'front', '2026-11-25 03:00:00+00', 890.10, -9.90, -1.10, 900.00, 'ok', null, '2026-11-25', 'd1541b80-de69-8644-8db2-82553e5942e3');
insert into audit (at, actor, action, subject, detail) values ('2026-11-25 03:10:00+00', 'admin', 'indicator.change', 'EMAS', 'hidden');
