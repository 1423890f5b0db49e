-- Date of the oldest list of participating agencies that the archive has read.
-- as of: participating
select min(stated_on) from publications where kind = 'participating';
