-- Agreements of agencies in one state on the last list of participating agencies up to the date.
-- as of: :as_of
select count(distinct coalesce(listings.agreement_id, listings.listing))
from publication_rows
join listings on listings.listing = publication_rows.listing
left join agencies on agencies.id = listings.agency_id
where publication_rows.publication_id = (
    select id from publications
    where kind = 'participating' and stated_on <= :as_of
    order by sequence desc limit 1
  )
  and agencies.state = :state;
