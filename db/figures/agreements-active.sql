-- Agreements on the newest list of participating agencies.
-- as of: participating
select count(*) from agreements where status = 'active';
