-- Every public join. Read by the site's pages and by anyone at /archive/.
-- The comment before a view and the one behind a column are their entries in the data dictionary.
-- No view adds money of different status or provenance.

-- Agreements with their agency and the dates of the lists that show them.
create view agreement_list as
select
  agreements.id as id, -- identifier, permanent
  agencies.state as state, -- postal code of the state or territory
  agencies.name as agency, -- agency that signed
  agreements.agency_id as agency_id, -- its identifier
  agencies.kind as agency_kind, -- kind of agency
  agencies.county as county, -- its county
  agencies.county_fips as county_fips, -- FIPS code of the county
  agreements.model as model, -- model of agreement
  agreements.signed_on as signed_on, -- signing date on the list, as now understood
  agreements.status as status, -- active, superseded or removed, by timing on the lists
  agreements.reason as reason, -- why removed or superseded, as far as the lists show
  first_list.stated_on as listed_from_on, -- date of the first list that shows it
  agreements.listed_from as listed_from, -- that list
  last_list.stated_on as listed_until_on, -- date of the last list that shows it; empty while active
  agreements.listed_until as listed_until, -- that list
  pending_list.stated_on as pending_from_on, -- date of the first pending list with agency and model
  agreements.pending_from as pending_from, -- that list
  agreements.successor_id as successor_id, -- agreement that took its place
  agreements.document_id as document_id, -- its memorandum
  documents.address as memorandum_address, -- address of the memorandum at the publisher
  documents.is_held as memorandum_is_held -- 1 where the memorandum was at hand for this build
from agreements
join agencies on agencies.id = agreements.agency_id
join publications as first_list on first_list.id = agreements.listed_from
left join publications as last_list on last_list.id = agreements.listed_until
left join publications as pending_list on pending_list.id = agreements.pending_from
left join documents on documents.id = agreements.document_id;

-- Agreements on the newest list.
create view active_agreements as
select
  id as id, -- identifier, permanent
  state as state, -- postal code of the state or territory
  agency as agency, -- agency that signed
  agency_id as agency_id, -- its identifier
  agency_kind as agency_kind, -- kind of agency
  county as county, -- its county
  county_fips as county_fips, -- FIPS code of the county
  model as model, -- model of agreement
  signed_on as signed_on, -- signing date on the list, as now understood
  listed_from_on as listed_from_on, -- date of the first list that shows it
  document_id as document_id, -- its memorandum
  memorandum_address as memorandum_address -- address of the memorandum at the publisher
from agreement_list
where status = 'active';

-- Agreements no longer on the newest list, with the agreement that took their place if one did.
create view ended_agreements as
select
  agreement_list.id as id, -- identifier, permanent
  agreement_list.state as state, -- postal code of the state or territory
  agreement_list.agency as agency, -- agency that signed
  agreement_list.agency_id as agency_id, -- its identifier
  agreement_list.model as model, -- model of agreement
  agreement_list.signed_on as signed_on, -- signing date on the list
  agreement_list.status as status, -- superseded or removed
  agreement_list.reason as reason, -- as far as the lists show
  agreement_list.listed_from_on as listed_from_on, -- date of the first list that shows it
  agreement_list.listed_until_on as listed_until_on, -- date of the last list that shows it
  missing_from.stated_on as missing_from_on, -- date of the list after that one, which lacks it
  agreement_list.successor_id as successor_id, -- agreement that took its place
  successors.signed_on as successor_signed_on -- signing date of that agreement
from agreement_list
left join publications as last_list on last_list.id = agreement_list.listed_until
left join publications as missing_from on missing_from.id = last_list.next_id
left join agreements as successors on successors.id = agreement_list.successor_id
where agreement_list.status <> 'active';

-- Dated changes with agency and list; ordered by id, the newest stands last.
create view changes as
select
  events.id as id, -- row number in time, not permanent
  publications.stated_on as list_on, -- date of the list that shows the change
  events.publication_id as publication_id, -- that list
  publications.kind as list_kind, -- participating or pending
  events.kind as change, -- what happened: pending, signed, listed, removed …
  agencies.state as state, -- postal code of the state or territory
  agencies.name as agency, -- agency that it concerns
  events.agency_id as agency_id, -- its identifier
  events.model as model, -- model of agreement
  events.agreement_id as agreement_id, -- agreement that it concerns
  events."on" as event_on, -- date that the event speaks of, where it is not the list's
  events.before as before, -- value before
  events.after as after, -- value after
  events.note as note -- remark
from events
join publications on publications.id = events.publication_id
join agencies on agencies.id = events.agency_id;

-- How many changes of each kind a list shows against the one before it.
create view publication_changes as
select
  publications.id as publication_id, -- the list
  publications.kind as list_kind, -- participating or pending
  publications.stated_on as list_on, -- its date
  publications.previous_id as previous_id, -- the list before it
  events.kind as change, -- kind of change
  count(*) as changes, -- how many
  group_concat(distinct agencies.state) as states -- states concerned
from events
join publications on publications.id = events.publication_id
join agencies on agencies.id = events.agency_id
group by publications.id, events.kind;

-- Agreements and agencies now, by state and model.
create view state_models as
select
  agencies.state as state, -- postal code of the state or territory
  agreements.model as model, -- model of agreement
  count(*) filter (where agreements.status = 'active') as active, -- agreements on the newest list
  count(distinct agreements.agency_id) filter (where agreements.status = 'active')
    as active_agencies, -- agencies with such an agreement on the newest list
  count(*) filter (where agreements.status = 'superseded') as superseded, -- agreements replaced
  count(*) filter (where agreements.status = 'removed') as removed, -- agreements no longer listed
  count(*) as agreements, -- all agreements ever listed
  min(agreements.signed_on) as first_signed_on, -- earliest signing date
  max(agreements.signed_on) as last_signed_on -- latest signing date
from agreements
join agencies on agencies.id = agreements.agency_id
group by agencies.state, agreements.model;

-- Agreements and agencies now, by state.
create view state_summary as
select
  agencies.state as state, -- postal code of the state or territory
  count(distinct agencies.id) as agencies, -- agencies ever listed, pending ones included
  count(distinct agreements.agency_id) filter (where agreements.status = 'active')
    as active_agencies, -- agencies with an agreement on the newest list
  count(agreements.id) filter (where agreements.status = 'active')
    as active_agreements, -- agreements on the newest list
  count(agreements.id) filter (where agreements.status = 'active' and agreements.model = 'tfm')
    as active_task_force, -- of these, Task Force
  count(agreements.id) filter (where agreements.status = 'active' and agreements.model = 'wso')
    as active_warrant_service, -- of these, Warrant Service Officer
  count(agreements.id) filter (where agreements.status = 'active' and agreements.model = 'jem')
    as active_jail_enforcement, -- of these, Jail Enforcement
  count(agreements.id) as agreements, -- all agreements ever listed
  min(agreements.signed_on) as first_signed_on, -- earliest signing date
  max(agreements.signed_on) as last_signed_on -- latest signing date
from agencies
left join agreements on agreements.agency_id = agencies.id
group by agencies.state;

-- Agreements and agencies on each list of participating agencies, by model.
create view counts_over_time as
select
  publications.stated_on as list_on, -- date of the list
  publications.id as publication_id, -- the list
  publications.sequence as sequence, -- its position in time
  publication_models.model as model, -- model of agreement
  publication_models.agreements as agreements, -- agreements on the list
  publication_models.agencies as agencies -- agencies with such an agreement on it
from publication_models
join publications on publications.id = publication_models.publication_id;

-- Agencies with what they have and had.
create view agency_summary as
select
  agencies.id as id, -- identifier, permanent
  agencies.state as state, -- postal code of the state or territory
  agencies.name as agency, -- name as the archive writes it
  agencies.kind as kind, -- kind of agency
  agencies.county as county, -- its county
  agencies.county_fips as county_fips, -- FIPS code of the county
  count(agreements.id) filter (where agreements.status = 'active')
    as active_agreements, -- agreements on the newest list
  group_concat(agreements.model, ' ') filter (where agreements.status = 'active')
    as active_models, -- their models
  count(agreements.id) as agreements, -- all agreements ever listed
  min(agreements.signed_on) as first_signed_on, -- earliest signing date
  max(agreements.signed_on) as last_signed_on, -- latest signing date
  min(first_lists.stated_on) as listed_from_on, -- date of the first list that shows an agreement
  (
    select count(*) from agency_names where agency_names.agency_id = agencies.id
  ) as names_printed, -- spellings on the lists
  (
    select count(*) from documents where documents.agency_id = agencies.id
  ) as documents, -- memoranda and addenda
  exists (
    select 1 from listings
    where listings.agency_id = agencies.id
      and listings.kind = 'pending'
      and listings.last_publication is null
  ) as is_pending -- 1 where the newest pending list shows it
from agencies
left join agreements on agreements.agency_id = agencies.id
left join publications as first_lists on first_lists.id = agreements.listed_from
group by agencies.id;

-- Spellings of agencies with the dates between which lists show them.
create view agency_spellings as
select
  agencies.state as state, -- postal code of the state or territory
  agencies.name as agency, -- name as the archive writes it
  agency_names.agency_id as agency_id, -- its identifier
  agency_names.name_printed as name_printed, -- name as printed
  agency_names.state_printed as state_printed, -- state as printed beside it
  agency_names.kind as list_kind, -- list that printed it: participating or pending
  first_list.stated_on as first_on, -- date of the first list with it
  last_list.stated_on as last_on, -- date of the last; empty while on the newest
  agency_names.matched_by as matched_by, -- rule that joined it to the agency
  agency_names.evidence as evidence -- what the rule saw
from agency_names
join agencies on agencies.id = agency_names.agency_id
join publications as first_list on first_list.id = agency_names.first_publication
left join publications as last_list on last_list.id = agency_names.last_publication;

-- Every row of every list, as printed and in order.
create view printed_rows as
select
  publication_rows.publication_id as publication_id, -- the list
  publication_rows.position as position, -- row below the header, from 1, blank rows counted
  listings.listing as listing, -- stable number of the row as printed
  listings.state_printed as state_printed, -- STATE as printed
  listings.agency_printed as agency_printed, -- LAW ENFORCEMENT AGENCY as printed
  listings.type_printed as type_printed, -- TYPE as printed
  listings.county_printed as county_printed, -- COUNTY as printed
  listings.model_printed as model_printed, -- SUPPORT TYPE as printed
  listings.signed_printed as signed_printed, -- SIGNED as printed (dates as ISO)
  listings.moa_printed as moa_printed, -- text of the MOA cell
  listings.moa_address as moa_address, -- link of the MOA cell, unwrapped
  listings.addendum_printed as addendum_printed, -- text of the ADDENDUM cell
  listings.addendum_address as addendum_address, -- link of the ADDENDUM cell, unwrapped
  listings.occurrence as occurrence, -- 2, 3 … where the list prints the same row again
  listings.agency_id as agency_id, -- agency that the row names
  listings.agreement_id as agreement_id -- agreement that the row shows
from publication_rows
join listings on listings.listing = publication_rows.listing;

-- Printed rows that could not be given an agency, or an agreement on a list of participants.
create view unresolved_rows as
select
  listings.listing as listing, -- stable number of the row as printed
  listings.kind as list_kind, -- participating or pending
  listings.state_printed as state_printed, -- STATE as printed
  listings.agency_printed as agency_printed, -- LAW ENFORCEMENT AGENCY as printed
  listings.model_printed as model_printed, -- SUPPORT TYPE as printed
  listings.signed_printed as signed_printed, -- SIGNED as printed
  listings.agency_id as agency_id, -- agency, where that much is known
  first_list.stated_on as first_on, -- date of the first list that prints the row
  last_list.stated_on as last_on -- date of the last; empty while on the newest
from listings
join publications as first_list on first_list.id = listings.first_publication
left join publications as last_list on last_list.id = listings.last_publication
where listings.agency_id is null
  or (listings.kind = 'participating' and listings.agreement_id is null);

-- Agencies on the newest pending list.
create view pending_now as
select
  agencies.state as state, -- postal code of the state or territory
  agencies.name as agency, -- name as the archive writes it
  listings.agency_id as agency_id, -- its identifier
  listings.agency_printed as agency_printed, -- name as printed
  listings.model_printed as model_printed, -- model as printed
  (
    select min(publications.stated_on)
    from listings as earlier
    join publications on publications.id = earlier.first_publication
    where earlier.agency_id = listings.agency_id
      and earlier.kind = 'pending'
      and trim(earlier.model_printed) = trim(listings.model_printed)
  ) as pending_from_on, -- date of the first pending list with this agency and model
  publications.id as publication_id, -- the newest pending list
  publications.stated_on as list_on, -- its date
  publication_rows.position as position -- row below its header
from publications
join publication_rows on publication_rows.publication_id = publications.id
join listings on listings.listing = publication_rows.listing
left join agencies on agencies.id = listings.agency_id
where publications.kind = 'pending' and publications.is_newest = 1;

-- Memoranda, addenda and other documents with the agreement they belong to.
create view document_list as
select
  documents.id as id, -- identifier, permanent
  documents.kind as kind, -- memorandum, addendum, statute, release, audit, report …
  documents.title as title, -- title
  agencies.state as state, -- postal code of the state or territory
  agencies.name as agency, -- agency that it belongs to
  documents.agency_id as agency_id, -- its identifier
  documents.agreement_id as agreement_id, -- agreement that it belongs to
  coalesce(documents.model, agreements.model) as model, -- model, as the document or the list says
  agreements.status as status, -- status of the agreement
  agreements.signed_on as listed_signed_on, -- signing date on the list
  documents.signed_on as signed_on, -- ICE's signing date as the document says
  documents.template as template, -- template version that it follows
  documents.published_on as published_on, -- date of publication
  documents.publisher as publisher, -- who published it
  documents.provenance as provenance, -- kind of source
  documents.reported_via as reported_via, -- who stands between the source and the archive
  documents.pages as pages, -- number of pages
  documents.text_from as text_from, -- how its text is had
  documents.is_held as is_held, -- 1 where the file was at hand for this build
  documents.is_curated as is_curated, -- 1 where a person wrote a record of it
  documents.sha256 as sha256, -- SHA-256 of the file
  documents.address as address, -- address at the publisher
  documents.archived_address as archived_address, -- address of an archived copy
  (
    select count(*) from excerpts where excerpts.document_id = documents.id
  ) as excerpts, -- excerpts taken from it
  (
    select count(*) from deviations where deviations.document_id = documents.id
  ) as deviations -- differences from its template
from documents
left join agencies on agencies.id = documents.agency_id
left join agreements on agreements.id = documents.agreement_id;

-- What the list and the memorandum say, for each memorandum that was read: four rows each. Facts
-- read with a confidence below 0.75 count as not read.
create view memorandum_comparisons as
with facts as (
  select * from document_facts where confidence >= 0.75
),
sides as (
  select
    documents.id as document_id,
    agreements.id as agreement_id,
    1 as position,
    'signing-date' as field,
    'ice-signed-on' as fact,
    agreements.signed_on as list_says
  from documents
  join agreements on agreements.id = documents.agreement_id
  where documents.kind = 'memorandum' and documents.text_from is not null
  union all
  select documents.id, agreements.id, 2, 'agency', 'agency', agreements.agency_id
  from documents
  join agreements on agreements.id = documents.agreement_id
  where documents.kind = 'memorandum' and documents.text_from is not null
  union all
  select documents.id, agreements.id, 3, 'model', 'model', agreements.model
  from documents
  join agreements on agreements.id = documents.agreement_id
  where documents.kind = 'memorandum' and documents.text_from is not null
  union all
  select
    documents.id, agreements.id, 4, 'addendum', 'addendum',
    (
      select 'addendum' from listings
      where listings.agreement_id = agreements.id and listings.addendum_address is not null
      limit 1
    )
  from documents
  join agreements on agreements.id = documents.agreement_id
  where documents.kind = 'memorandum' and documents.text_from is not null
)
select
  sides.document_id as document_id, -- the memorandum
  sides.agreement_id as agreement_id, -- the agreement whose row links it
  agencies.state as state, -- postal code of the state or territory
  agencies.name as agency, -- agency that the list names
  sides.position as position, -- order of the four, from 1
  sides.field as field, -- what is compared: signing-date, agency, model, addendum
  sides.list_says as list_says, -- what the list says: date, identifier, model; addendum where it links one
  facts.value as memorandum_says, -- what the memorandum says; empty where it could not be read
  case
    when facts.value is null or sides.list_says is null then 'silent'
    when facts.value = sides.list_says then 'agree'
    else 'differ'
  end as outcome, -- agree, differ, or silent where one side says nothing
  facts.page_number as page_number, -- page of the memorandum
  facts.basis as basis, -- how it was read
  facts.confidence as confidence, -- how sure that reading is, 0 to 1
  fact_checks.checked_on as checked_on -- day on which it was compared with the page's picture
from sides
join agreements on agreements.id = sides.agreement_id
join agencies on agencies.id = agreements.agency_id
left join facts on facts.document_id = sides.document_id and facts.fact = sides.fact
left join fact_checks
  on fact_checks.document_id = sides.document_id
  and fact_checks.fact = sides.fact
  and fact_checks.value = facts.value;

-- Excerpts with their document and annotation.
create view excerpt_list as
select
  excerpts.id as id, -- identifier, permanent
  excerpts.title as title, -- heading in the archive's own words
  excerpts.document_id as document_id, -- the document
  documents.title as document, -- its title
  excerpts.page_number as page_number, -- page on which it begins
  excerpts.wording as wording, -- exact wording from the held page
  excerpts.checked_on as checked_on, -- day on which a person compared it with the page picture
  excerpts.provenance as provenance, -- kind of source
  annotations.body_markdown as annotation, -- why it matters, in the archive's own words
  (
    select group_concat(excerpt_topics.topic_id, ' ')
    from excerpt_topics where excerpt_topics.excerpt_id = excerpts.id
  ) as topics, -- its topics
  documents.agency_id as agency_id, -- agency that the document belongs to
  documents.agreement_id as agreement_id -- agreement that the document belongs to
from excerpts
join documents on documents.id = excerpts.document_id
left join annotations on annotations.excerpt_id = excerpts.id;

-- Where memoranda differ from their template, with agency and model.
create view deviation_list as
select
  deviations.id as id, -- identifier: -d01 … confirmed, permanent; -m… found by machine
  deviations.document_id as document_id, -- the memorandum
  agencies.state as state, -- postal code of the state or territory
  agencies.name as agency, -- agency that signed it
  documents.model as model, -- model of agreement
  deviations.template_id as template_id, -- template that it is compared with
  deviations.page_number as page_number, -- page
  deviations.kind as kind, -- addition, omission, change
  deviations.clause as clause, -- clause of the template
  deviations.summary as summary, -- what differs, in the archive's own words
  deviations.template_text as template_text, -- wording of the template
  deviations.document_text as document_text, -- wording of the memorandum
  deviations.is_sure as is_sure, -- 0 where it may be reading noise
  deviations.is_verified as is_verified, -- 1 where a person confirmed it
  deviations.checked_on as checked_on, -- day on which a person confirmed it
  deviations.alike as alike, -- held memoranda of the template that differ so, this one counted
  deviations.compared as compared, -- held memoranda compared with the template
  deviations.unusualness as unusualness, -- share of these without it
  deviations.boxes as boxes -- places on the page as JSON: [page, x0, y0, x1, y1] in points
from deviations
join documents on documents.id = deviations.document_id
left join agencies on agencies.id = documents.agency_id;

-- Amounts of money with payee and source, one row for each.
create view payment_list as
select
  payments.id as id, -- identifier, permanent
  agencies.state as state, -- postal code of the payee's state
  payments.payee as payee, -- payee
  payments.agency_id as agency_id, -- payee in the archive
  payments.provenance as provenance, -- kind of source
  payments.status as status, -- announced, appropriated, set-aside, obligated, paid, projected
  payments.category as category, -- what the money is for
  payments.period as period, -- period that it covers
  payments.amount_usd as amount_usd, -- amount in US dollars
  payments.amount_qualifier as amount_qualifier, -- exact, about, at-least, at-most
  payments.payer as payer, -- who pays
  payments.source_id as source_id, -- source
  documents.title as source, -- title of the source
  payments.locator as locator, -- place in the source
  payments.reported_via as reported_via, -- who stands between the source and the archive
  payments.note as note -- remark
from payments
join documents on documents.id = payments.source_id
left join agencies on agencies.id = payments.agency_id;

-- Questions for a person to judge, with the date of the list that raised them.
create view open_questions as
select
  questions.id as id, -- row number, not permanent
  questions.kind as kind, -- what a person is asked to judge
  questions.state as state, -- state concerned
  questions.subject as subject, -- name, row or address concerned
  questions.other as other, -- what it might be the same as
  publications.stated_on as list_on, -- date of the list that raised it
  questions.publication_id as publication_id, -- that list
  questions.detail as detail -- what is known of both
from questions
left join publications on publications.id = questions.publication_id;

-- Agencies with each county in which they lie or that they serve.
create view agency_places as
select
  agencies.id as agency_id, -- the agency
  agencies.county_fips as county_fips, -- FIPS code of the county
  agencies.county_basis as basis -- how it is known
from agencies where agencies.county_fips is not null
  and not exists (select 1 from agency_counties where agency_counties.agency_id = agencies.id)
union all
select agency_counties.agency_id, agency_counties.county_fips, agency_counties.basis
from agency_counties;

-- The register with the agency of the archive, where it was found.
create view register_list as
select
  register.ori as ori, -- the FBI's identifier
  register.state as state, -- postal code of the state or territory
  register.name_printed as name_printed, -- name as the FBI publishes it
  register.type_printed as type_printed, -- City, County, State Police, University or College …
  register.county_printed as county_printed, -- county or counties as published
  register.population as population, -- population that the FBI attributes to it
  register.officers as officers, -- officers in that year
  register.data_year as data_year, -- newest year in which it reported
  'official-record' as provenance, -- kind of source
  'recoveredfactory/287g-watch' as reported_via, -- who stands between the source and the archive
  register_matches.agency_id as agency_id, -- the agency of the archive
  register_matches.matched_by as matched_by, -- how it was found
  exists (
    select 1 from agreements
    where agreements.agency_id = register_matches.agency_id and agreements.status = 'active'
  ) as has_agreement -- 1 where the newest list shows an agreement
from register
left join register_matches on register_matches.ori = register.ori;

-- Counties with what stands in them on the newest lists.
create view county_summary as
select
  counties.fips as fips, -- FIPS code
  counties.state as state, -- postal code of the state or territory
  counties.name as county, -- the Census Bureau's name
  (
    select count(distinct agency_places.agency_id)
    from agency_places join agreements on agreements.agency_id = agency_places.agency_id
    where agency_places.county_fips = counties.fips and agreements.status = 'active'
  ) as active_agencies, -- its agencies with an agreement on the newest list
  (
    select count(distinct agency_places.agency_id)
    from agency_places where agency_places.county_fips = counties.fips
  ) as agencies, -- its agencies that stood on any list
  (
    select count(*) from register_counties where register_counties.county_fips = counties.fips
  ) as registered -- its agencies in the FBI's register
from counties;
