-- Sources of which a person wrote a record.
-- as of: any
select count(*) from documents where is_curated = 1;
