-- Agreements that left the lists without a successor.
-- as of: participating
select count(*) from agreements where status = 'removed';
