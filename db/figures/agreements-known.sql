-- Agreements on any list that the archive has read, from 2021 on.
-- as of: participating
select count(*) from agreements;
