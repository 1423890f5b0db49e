-- Pages of the memoranda and addenda whose file the archive has read.
-- as of: any
select coalesce(sum(pages), 0)
from documents
where kind in ('memorandum', 'addendum') and sha256 is not null;
