"""What the explainer's pictures and lists ask of the database: every query of this room."""

from __future__ import annotations

COUNTS_BY_LIST = """
select p.id, p.stated_on, a.model, count(distinct a.id) as agreements
from publications p
join publication_rows r on r.publication_id = p.id
join listings l on l.listing = r.listing
join agreements a on a.id = l.agreement_id
where p.kind = 'participating'
group by p.id, a.model
order by p.sequence, a.model
"""

SIGNED_BY_MONTH = """
select substr(signed_on, 1, 7) as month, model, count(*) as agreements
from agreements
where signed_on >= '2025-01'
group by month, model
order by month, model
"""

ACTIVE_BY_STATE = """
select g.state, coalesce(s.name, g.state) as name, count(*) as agreements,
  count(distinct g.id) as agencies
from agreements a
join agencies g on g.id = a.agency_id
left join states s on s.code = g.state
where a.status = 'active'
group by g.state
order by agreements desc, g.state
"""

MODELS = """
select model, sum(status = 'active') as active, count(*) as ever,
  count(distinct case when status = 'active' then agency_id end) as agencies,
  min(signed_on) as earliest
from agreements
group by model
order by active desc, model
"""

NEWEST_LIST = """
select id, kind, stated_on, rows from publications where is_newest = 1 and kind = ?
"""

NEWEST_EVENTS = """
select e.kind, e."on", e.before, e.after, e.model, e.agreement_id, p.id as publication_id,
  p.stated_on, g.id as agency_id, g.name, g.state
from events e
join publications p on p.id = e.publication_id
join agencies g on g.id = e.agency_id
where p.kind = 'participating' and e.kind in ('listed', 'listed-again', 'removed')
order by p.sequence desc, g.state, g.name, e.id
limit ?
"""

CHECKS = "select id, title, counted, failed, detail from checks order by id"

LISTS = """
select kind, count(*) as lists, min(stated_on) as first, max(stated_on) as newest
from publications
group by kind
order by kind
"""

FILES_HELD = """
select p.kind, count(*) as files, sum(f.is_held) as held
from publication_files f
join publications p on p.id = f.publication_id
group by p.kind
order by p.kind
"""

PROVENANCE_COUNTS = """
select provenance, sum(documents) as documents, sum(figures) as figures, sum(payments) as payments
from (
  select provenance, 1 as documents, 0 as figures, 0 as payments from documents
  union all select provenance, 0, 1, 0 from figures
  union all select provenance, 0, 0, 1 from payments
)
group by provenance
"""

TABLES_AND_VIEWS = """
select name from sqlite_master
where type in ('table', 'view') and name not like 'search\\_%' escape '\\'
  and name not like 'sqlite\\_%' escape '\\' and name != 'search'
order by type, name
"""
