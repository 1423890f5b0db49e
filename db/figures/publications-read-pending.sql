-- Different lists of pending agencies that the archive has read.
-- as of: pending
select count(*) from publications where kind = 'pending';
