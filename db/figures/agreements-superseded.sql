-- Agreements that a later one of the same agency and model took the place of.
-- as of: participating
select count(*) from agreements where status = 'superseded';
