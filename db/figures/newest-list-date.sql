-- Date of the newest list of participating agencies that the archive has read.
-- as of: participating
select max(stated_on) from publications where kind = 'participating';
