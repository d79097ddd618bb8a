-- from V7
update channel set language = 'id' where name = 'bad';
