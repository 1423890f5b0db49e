-- Different lists that the archive has read: participating and pending agencies.
-- as of: any
select count(*) from publications;
