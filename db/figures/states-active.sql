-- States and territories with at least one agreement on the newest list.
-- as of: participating
select count(distinct agencies.state)
from agreements
join agencies on agencies.id = agreements.agency_id
where agreements.status = 'active';
