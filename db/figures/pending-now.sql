-- Entries on the newest list of pending agencies, a row printed twice counted once.
-- as of: pending
select count(*)
from publication_rows
join publications on publications.id = publication_rows.publication_id
join listings on listings.listing = publication_rows.listing
where publications.kind = 'pending' and publications.is_newest = 1 and listings.occurrence = 1;
