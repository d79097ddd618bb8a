-- Observations from which changes, bars and rules start over, since earlier values are on another scale. Few among many.
create index observation_level_change on observation (indicator_id, observed_at) where reason = 'level-changed';
