-- Memoranda and addenda whose file the archive has read.
-- as of: any
select count(*)
from documents
where kind in ('memorandum', 'addendum') and sha256 is not null;
