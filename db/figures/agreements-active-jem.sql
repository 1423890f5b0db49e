-- Jail Enforcement agreements on the newest list.
-- as of: participating
select count(*) from agreements where status = 'active' and model = 'jem';
