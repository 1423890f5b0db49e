-- Printed rows on all the lists that the archive has read.
-- as of: any
select count(*) from publication_rows;
