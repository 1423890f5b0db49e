-- Agencies with an agreement on any list that the archive has read.
-- as of: participating
select count(distinct agency_id) from agreements;
