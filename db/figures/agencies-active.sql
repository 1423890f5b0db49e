-- Agencies with at least one agreement on the newest list.
-- as of: participating
select count(distinct agency_id) from agreements where status = 'active';
