-- Excerpts whose wording a person has compared with the picture of the page.
-- as of: any
select count(*) from excerpts where checked_on is not null;
