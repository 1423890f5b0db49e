-- Memoranda and addenda that a list links to or that the archive has read.
-- as of: any
select count(*) from documents where kind in ('memorandum', 'addendum');
