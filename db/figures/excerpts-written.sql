-- Excerpts that the archive annotates.
-- as of: any
select count(*) from excerpts;
