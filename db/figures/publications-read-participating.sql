-- Different lists of participating agencies that the archive has read.
-- as of: participating
select count(*) from publications where kind = 'participating';
