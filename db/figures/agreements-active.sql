-- Agreements that the newest list shows as in force.
-- as of: participating
select count(*) from agreements where status = 'active';
