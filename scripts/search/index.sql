-- Rows for search_docs, one statement for each kind, gathered in the temporary table found.
-- Words for the names column are joined by line feeds: one spelling on a line.

-- states
insert into found (kind, rank, weight, path, title, context, state, provenance, record_id, names)
select
  'state', 0, 0, '/states/' || lower(states.code) || '/', states.name,
  coalesce(state_summary.active_agreements, 0) || ' agreements on the newest list',
  states.code, 'official-record', lower(states.code), states.code
from states
left join state_summary on state_summary.state = states.code
where states.is_territory = 0 or state_summary.state is not null;

-- agencies
insert into found
  (kind, rank, weight, path, title, context, state, model, status, provenance, dated, record_id, names)
select
  'agency', 1, agency_summary.active_agreements, '/agencies/' || agency_summary.id || '/',
  agency_summary.agency,
  coalesce(agency_summary.county || ', ', '') || coalesce(states.name, agency_summary.state),
  agency_summary.state, agency_summary.active_models,
  case
    when agency_summary.active_agreements > 0 then 'active'
    when agency_summary.is_pending then 'pending'
    when agency_summary.agreements > 0 then 'ended'
  end,
  'official-record', coalesce(agency_summary.last_signed_on, agency_summary.listed_from_on),
  agency_summary.id,
  coalesce(agency_summary.county || char(10), '')
    || case when agency_summary.is_pending then 'pending' || char(10) else '' end
    || coalesce(replace(agency_summary.kind, '-', ' ') || char(10), '')
    || coalesce(
      (
        select group_concat(name, char(10)) from (
          select distinct trim(name_printed) as name from agency_names
          where agency_id = agency_summary.id order by name
        )
      ),
      ''
    )
from agency_summary
left join states on states.code = agency_summary.state;

-- agreements
insert into found
  (kind, rank, weight, path, title, context, state, model, status, provenance, dated, record_id, names)
select
  'agreement', 4, agreement_list.status = 'active', '/agreements/' || agreement_list.id || '/',
  agreement_list.agency,
  coalesce('signed ' || agreement_list.signed_on || ', ', '')
    || case agreement_list.status
      when 'active' then 'on the newest list'
      else agreement_list.status || ', last listed ' || agreement_list.listed_until_on
    end,
  agreement_list.state, agreement_list.model, agreement_list.status, 'official-record',
  coalesce(agreement_list.signed_on, agreement_list.listed_from_on), agreement_list.id,
  'agreement' || char(10) || agreement_list.status || ' ' || status_forms(agreement_list.status)
    || coalesce(char(10) || agreement_list.county, '')
from agreement_list;

-- documents
insert into found
  (kind, rank, weight, path, title, context, state, model, status, provenance, dated, record_id,
   document_id, names, body)
select
  'document', 3, document_list.is_curated * 2 + document_list.is_held,
  '/documents/' || document_list.id || '/', document_list.title,
  document_list.kind || coalesce(', ' || document_list.pages || ' pages', '')
    || case document_list.is_held when 0 then ', not held' else '' end,
  document_list.state, document_list.model, document_list.status, document_list.provenance,
  coalesce(document_list.signed_on, document_list.published_on, document_list.listed_signed_on),
  document_list.id, document_list.id,
  document_list.kind || coalesce(char(10) || document_list.agency, '')
    || coalesce(char(10) || document_list.publisher, '')
    || coalesce(char(10) || document_list.published_on, '')
    || case when document_list.kind in ('memorandum', 'addendum') then char(10) || 'agreement' else '' end,
  documents.summary
from document_list
join documents on documents.id = document_list.id;

-- pages with text
insert into found
  (kind, rank, weight, path, title, context, state, model, status, provenance, dated, record_id,
   document_id, page_number, names)
select
  'page', 6, coalesce(pages.quality, 0.5),
  '/documents/' || pages.document_id || '/pages/' || pages.page_number || '/',
  document_list.title, 'page ' || pages.page_number, document_list.state, document_list.model,
  document_list.status, document_list.provenance,
  coalesce(document_list.signed_on, document_list.published_on, document_list.listed_signed_on),
  pages.document_id || '/' || pages.page_number, pages.document_id, pages.page_number,
  document_list.kind || coalesce(char(10) || document_list.agency, '')
from pages
join document_list on document_list.id = pages.document_id
where pages.text <> '';

-- excerpts
insert into found
  (kind, rank, weight, path, title, context, state, model, provenance, dated, record_id,
   document_id, page_number, names, body)
select
  'excerpt', 2, 0, '/excerpts/' || excerpt_list.id || '/', excerpt_list.title,
  excerpt_list.document || coalesce(', page ' || excerpt_list.page_number, ''),
  document_list.state, document_list.model, excerpt_list.provenance,
  coalesce(document_list.signed_on, document_list.published_on, document_list.listed_signed_on),
  excerpt_list.id, excerpt_list.document_id, excerpt_list.page_number,
  'excerpt' || char(10) || excerpt_list.document
    || coalesce(char(10) || document_list.agency, '')
    || coalesce(char(10) || replace(excerpt_list.topics, '-', ' '), ''),
  coalesce(excerpt_list.wording || char(10), '') || coalesce(excerpt_list.annotation, '')
from excerpt_list
join document_list on document_list.id = excerpt_list.document_id;

-- differences from a template, those that a person confirmed
insert into found
  (kind, rank, weight, path, title, context, state, model, provenance, dated, record_id,
   document_id, page_number, names, body)
select
  'deviation', 2, 0, '/deviations/' || deviations.id || '/', deviations.summary,
  document_list.title || ', page ' || deviations.page_number,
  document_list.state, document_list.model, document_list.provenance,
  coalesce(document_list.signed_on, document_list.published_on, document_list.listed_signed_on),
  deviations.id, deviations.document_id, deviations.page_number,
  'difference deviation unusual ' || deviations.kind
    || coalesce(char(10) || document_list.agency, '')
    || coalesce(char(10) || deviations.clause, ''),
  nullif(
    coalesce(deviations.document_text, '') || char(10) || coalesce(deviations.template_text, ''),
    char(10)
  )
from deviations
join document_list on document_list.id = deviations.document_id
where deviations.is_verified = 1;

-- templates, by their wording
insert into found (kind, rank, weight, path, title, context, model, dated, record_id, names, body)
select
  'template', 3, 0, '/templates/' || templates.id || '/', 'Template: ' || templates.title,
  'put together from ' || templates.documents || ' held memoranda', templates.model,
  templates.revised_on, templates.id, 'template form version',
  (
    select group_concat(text, char(10)) from (
      select text from template_clauses where template_id = templates.id order by position
    )
  )
from templates;

-- figures
insert into found
  (kind, rank, weight, path, title, context, state, provenance, dated, record_id, names, body)
select
  'figure', 2, 0, '/figures/' || figures.id || '/', figures.label,
  case when figures.unit like 'USD%' then '$' else '' end
    || case when figures.value glob '[0-9]*' and figures.value not glob '*[^0-9]*'
      then printf('%,d', figures.value) else coalesce(figures.value, '') end
    || coalesce(' ' || nullif(trim(replace(figures.unit, 'USD', '')), ''), '')
    || coalesce(', as of ' || figures.as_of, ''),
  agencies.state, figures.provenance, figures.as_of, figures.id,
  'figure number' || coalesce(char(10) || amount_forms(figures.value, figures.unit), '')
    || coalesce(char(10) || agencies.name, '') || coalesce(char(10) || documents.title, ''),
  figures.note
from figures
left join agencies on agencies.id = figures.agency_id
left join documents on documents.id = figures.source_id;

-- payments
insert into found
  (kind, rank, weight, path, title, context, state, status, provenance, dated, record_id, names, body)
select
  'payment', 2, 0, '/payments/' || payment_list.id || '/',
  payment_list.payee || ', ' || replace(payment_list.category, '-', ' '),
  payment_list.status || coalesce(', ' || payment_list.period, ''), payment_list.state,
  payment_list.status, payment_list.provenance, payment_list.period, payment_list.id,
  'payment money' || coalesce(char(10) || amount_forms(payment_list.amount_usd, 'USD'), '')
    || char(10) || payment_list.payer || char(10) || payment_list.source,
  payment_list.note
from payment_list;

-- topics
insert into found (kind, rank, weight, path, title, context, record_id, names, body)
select 'topic', 2, 0, '/topics/' || id || '/', title, 'topic', id, 'topic', summary from topics;

-- lists
insert into found (kind, rank, weight, path, title, context, provenance, dated, record_id, names)
select
  'publication', 5, sequence, '/publications/' || id || '/',
  'List of ' || kind || ' agencies, ' || stated_on || coalesce(' ' || half_day, ''),
  rows || ' rows', 'official-record', stated_on, id,
  'list publication ' || kind || char(10) || date_forms(stated_on)
from publications;
