-- The archive's tables. Built from db/records and the held sources, then thrown away.
-- The comment before a table and the one behind a column are their entries in the data dictionary;
-- a test asserts that none lacks one.

-- Lists that ICE published: one row for each content, in time.
create table publications (
  id text primary key,                 -- identifier: stated date and half-day, 'pending-' before it for pending lists
  kind text not null check (kind in ('participating', 'pending')), -- which of ICE's two lists
  stated_on text not null,             -- date the list speaks of (ISO), after correction
  half_day text,                       -- half of the day or further mark: am, mid, pm, am-b …
  sequence integer not null,           -- position in time among the lists of its kind, from 1
  previous_id text references publications (id), -- the list of its kind before it
  next_id text references publications (id), -- the list of its kind after it
  date_basis text not null,            -- how its date is known: file-name, capture, workbook-property, fix
  date_note text,                      -- why its date differs from the one in the file name
  rows integer not null,               -- printed rows below the header, blank rows not counted
  header text not null,                -- the header cells as printed (JSON array)
  content_sha256 text not null,        -- SHA-256 of header, rows and unwrapped links
  is_newest integer not null check (is_newest in (0, 1)) -- 1 on the newest list of its kind
) strict;

-- Files that carried a list, as published or captured.
create table publication_files (
  sha256 text not null,                -- SHA-256 of the file
  file_name text not null,             -- file name as published
  publication_id text not null references publications (id), -- the content that the file carries
  bytes integer not null,              -- size in bytes
  stated_on text,                      -- date that the file name states, before any correction
  half_day text,                       -- half-day that the file name states
  captured_at text,                    -- when a web archive captured it (UTC)
  modified_at text,                    -- when it was last saved, by its own properties (UTC)
  address text,                        -- address at the publisher
  archived_address text,               -- address of an archived copy
  is_held integer not null check (is_held in (0, 1)), -- 1 where the file was at hand for this build
  primary key (sha256, file_name)
) strict;

-- Lists that exist and are not held: nobody here has read them.
create table known_lists (
  sha256 text not null,                -- SHA-256 of the file, as who keeps a copy states it
  file_name text not null,             -- file name as published
  kind text not null check (kind in ('participating', 'pending')), -- which of ICE's two lists
  stated_on text not null,             -- date that the file name states
  half_day text,                       -- half-day that the file name states
  retrieved_at text not null,          -- when it was retrieved (UTC)
  bytes integer,                       -- size in bytes
  address text,                        -- address at the publisher
  primary key (sha256, file_name)
) strict;

-- Public copies of files, each to be believed by its hash alone.
create table copies (
  repository text not null,            -- repository on GitHub
  ref text,                            -- commit or branch; empty for its newest state
  path text not null,                  -- path in the repository
  sha256 text,                         -- SHA-256 of the file
  git_blob text,                       -- git's name of the content: SHA-1 of 'blob', length and bytes
  bytes integer,                       -- size in bytes
  document_id text references documents (id), -- document of that file name, where no SHA-256 is known
  check (sha256 is not null or git_blob is not null)
) strict;

-- States, the District of Columbia and territories.
create table states (
  code text primary key,               -- postal code
  name text not null,                  -- name
  fips text not null,                  -- two-digit FIPS code
  is_territory integer not null check (is_territory in (0, 1)) -- 1 for territories
) strict;

-- Law-enforcement bodies, one row each, whatever lists called them.
create table agencies (
  id text primary key,                 -- identifier, permanent
  state text not null,                 -- postal code of the state or territory
  name text not null,                  -- name as the archive writes it
  kind text,                           -- sheriff, municipal-police, state-agency, corrections, constable …
  kind_basis text,                     -- how the kind is known
  county text,                         -- county, as the Census Bureau names it
  county_fips text,                    -- county's five-digit FIPS code
  county_basis text                    -- how the county is known; statewide where it covers the state
) strict;

-- Counties and their like (parishes, boroughs, independent cities), as the Census Bureau had them in 2020.
create table counties (
  fips text primary key,               -- five-digit FIPS code
  state text not null references states (code), -- postal code of the state or territory
  name text not null                   -- the Census Bureau's name
) strict;

-- Counties of bodies that lie in or serve several, one row for each.
create table agency_counties (
  agency_id text not null references agencies (id), -- the agency
  county_fips text not null references counties (fips), -- the county
  county text not null,                -- its name
  basis text not null,                 -- how it is known: name, county-column, register, fix
  evidence text,                       -- what was seen
  primary key (agency_id, county_fips)
) strict;

-- Law-enforcement agencies that report to the FBI, whether or not they ever signed (official
-- record, reported via recoveredfactory/287g-watch; see the document fbi-employees-2025).
create table register (
  ori text primary key,                -- the FBI's identifier
  state text not null,                 -- postal code of the state or territory
  name_printed text not null,          -- name as the FBI publishes it
  type_printed text not null,          -- City, County, State Police, University or College …
  county_printed text not null,        -- county or counties as published
  county_fips text,                    -- the same as FIPS codes, separated by spaces
  population integer,                  -- population that the FBI attributes to it; empty for none
  officers integer,                    -- officers in that year
  data_year integer not null           -- newest year in which it reported, 2018 to 2025
) strict;

-- Agencies of the archive that were found in the register, and how.
create table register_matches (
  agency_id text primary key references agencies (id), -- the agency
  ori text not null references register (ori), -- the FBI's identifier
  matched_by text not null,            -- rule: county, place, spelling, verdict
  evidence text not null               -- what the rule saw
) strict;

-- What a crosswalk of a public project says of agencies' ORI: a second opinion, never a value
-- (research, via recoveredfactory/287g-watch).
create table ori_crosswalk (
  state text not null,                 -- postal code of the state
  name text not null,                  -- name as the crosswalk writes it
  county text,                         -- county that it gives
  ori text not null,                   -- the FBI's identifier that it gives
  primary key (state, name, ori)
) strict;

-- Counties of each agency of the register.
create table register_counties (
  ori text not null references register (ori), -- the FBI's identifier
  county_fips text not null references counties (fips), -- the county
  primary key (ori, county_fips)
) strict, without rowid;

-- Every spelling printed for an agency, with the lists that show it.
create table agency_names (
  agency_id text not null references agencies (id), -- the agency
  kind text not null,                  -- list that printed the name: participating or pending
  name_printed text not null,          -- name as printed
  state_printed text not null,         -- state as printed beside it
  first_publication text not null references publications (id), -- first list with this spelling
  last_publication text references publications (id), -- last list with it; empty while on the newest
  matched_by text not null,            -- rule that joined this spelling to the agency
  evidence text,                       -- what the rule saw
  primary key (agency_id, kind, name_printed, state_printed)
) strict;

-- Versions of ICE's forms from which memoranda are made.
create table templates (
  id text primary key,                 -- identifier: model and revision
  model text not null,                 -- model of agreement
  title text not null,                 -- name of the template version
  revised_on text,                     -- revision date printed in its footer
  documents integer not null,          -- held memoranda made from it
  voted integer not null,              -- of these, memoranda whose wording was counted for it
  agreement real,                      -- share of its words that a memorandum of it prints so (median)
  note text                            -- how sure it is, where it rests on few or poor readings
) strict;

-- Templates block by block, as most of their memoranda word them: headings, paragraphs, items.
-- [agency] stands for the party's name, [blank] for what else each party fills in.
create table template_clauses (
  template_id text not null references templates (id), -- template
  position integer not null,           -- order, from 1
  clause text,                         -- heading under which it stands, with its number
  kind text not null check (kind in ('title', 'heading', 'paragraph', 'item')), -- what it is
  level integer not null,              -- depth: 0 for title and text below headings, 1, 2 … for headings and items
  number text,                         -- number or letter printed before it, or •
  text text not null,                  -- wording that most of its memoranda share, its number left out
  agreement real,                      -- share of the memoranda that print its words so (mean)
  primary key (template_id, position)
) strict;

-- What one version of a template says otherwise than another one of the same model.
create table template_changes (
  from_id text not null references templates (id), -- the one template
  to_id text not null references templates (id), -- the other, of the same model
  position integer not null,           -- order, from 1
  kind text not null check (kind in ('addition', 'omission', 'change')), -- what the other does
  clause text,                         -- heading
  from_text text,                      -- wording of the one
  to_text text,                        -- wording of the other
  primary key (from_id, to_id, position)
) strict;

-- Memoranda, addenda and other sources, held or known by address.
create table documents (
  id text primary key,                 -- identifier, permanent
  kind text not null,                  -- memorandum, addendum, statute, release, audit, report …
  title text not null,                 -- title
  publisher text,                      -- who published it
  published_on text,                   -- date of publication (ISO date, month or year)
  agreement_id text references agreements (id), -- agreement that it belongs to
  agency_id text references agencies (id), -- agency that it belongs to
  file_name text,                      -- file name as published
  address text,                        -- address at the publisher
  archived_address text,               -- address of an archived copy
  sha256 text,                         -- SHA-256 of the file; empty where it is known by address only
  bytes integer,                       -- size in bytes
  pages integer,                       -- number of pages
  text_from text,                      -- how its text is had: embedded, ocr, mixed, none
  model text,                          -- model of agreement, as the document itself says
  template text,                       -- template version that it follows
  signed_on text,                      -- ICE's signing date as the document itself says
  signed_basis text,                   -- how that date was read
  provenance text not null,            -- kind of source (closed list, see Methods)
  reported_via text,                   -- who stands between the source and the archive
  access text,                         -- held, public, paywalled, not-held …
  retrieved_on text,                   -- date on which it was retrieved or consulted
  summary text,                        -- summary in the archive's own words (Markdown)
  note text,                           -- remark
  is_held integer not null check (is_held in (0, 1)), -- 1 where the file was at hand for this build
  is_curated integer not null check (is_curated in (0, 1)) -- 1 where a person wrote a record of it
) strict;

-- What memoranda say of themselves, with how it was read and how sure that is.
create table document_facts (
  document_id text not null references documents (id), -- the document
  fact text not null,                  -- model, template, agency, ice-signed-on, field-office …
  value text not null,                 -- what it says; of an agency, its identifier
  basis text not null,                 -- how it was read: title, footer, typed, digital-signature …
  page_number integer,                 -- page that says it
  confidence real not null,            -- how sure the reading is, 0 to 1
  agency_id text generated always as (case fact when 'agency' then value end) virtual
    references agencies (id),          -- the agency, where the fact is one
  primary key (document_id, fact)
) strict;

-- Fields of memoranda that are forms to fill in: what each asks for, and whether it is filled.
create table form_fields (
  document_id text not null references documents (id), -- the document
  position integer not null,           -- order in the file, from 1
  page_number integer not null,        -- page
  name text,                           -- its name in the file; empty where that may hold a person's
  asks_for text,                       -- agency, date, title, signature, person, contact, office
  kind text not null,                  -- text, choice, mark, signature
  is_filled text not null check (is_filled in ('yes', 'no')), -- whether it holds a value
  typed_date text,                     -- date typed into it; no other value is kept
  primary key (document_id, position)
) strict;

-- Facts of memoranda that were compared with the picture of the page.
create table fact_checks (
  document_id text not null references documents (id), -- the document
  fact text not null,                  -- model, template, agency, ice-signed-on …
  value text,                          -- what the picture shows; empty for nothing to take down
  page_number integer not null,        -- page
  checked_on text not null,            -- day on which it was compared
  primary key (document_id, fact)
) strict;

-- Signed instruments: one agency, one model, one signing date.
create table agreements (
  id text primary key,                 -- identifier, permanent
  agency_id text not null references agencies (id), -- the agency that signed
  model text not null,                 -- jem, wso, tfm, or as printed
  signed_on text,                      -- signing date on the list, as now understood
  signed_basis text,                   -- how that date is known
  status text not null check (status in ('active', 'superseded', 'removed')), -- by timing on the lists
  reason text,                         -- why removed or superseded, as far as the lists show
  listed_from text not null references publications (id), -- first list that shows it
  listed_until text references publications (id), -- last list that shows it; empty while active
  pending_from text references publications (id), -- first pending list with this agency and model
  successor_id text references agreements (id), -- agreement that took its place
  document_id text references documents (id) -- its memorandum
) strict;

-- Rows as printed, each over the run of lists that printed it the same.
create table listings (
  listing integer primary key,         -- stable number of the row as printed
  kind text not null,                  -- participating or pending
  agency_id text references agencies (id), -- agency that the row names
  agreement_id text references agreements (id), -- agreement that the row shows
  occurrence integer not null,         -- 2, 3 … where one list prints the same row again
  state_printed text not null,         -- STATE as printed
  agency_printed text not null,        -- LAW ENFORCEMENT AGENCY as printed
  type_printed text not null,          -- TYPE as printed
  county_printed text not null,        -- COUNTY as printed
  model_printed text not null,         -- SUPPORT TYPE as printed
  signed_printed text not null,        -- SIGNED as printed (dates as ISO)
  moa_printed text not null,           -- text of the MOA cell
  moa_address text,                    -- link of the MOA cell, unwrapped
  addendum_printed text not null,      -- text of the ADDENDUM cell
  addendum_address text,               -- link of the ADDENDUM cell, unwrapped
  other_cells text,                    -- cells under unnamed headers (JSON object)
  first_publication text not null references publications (id), -- first list that prints it so
  last_publication text references publications (id) -- last one; empty while on the newest
) strict;

-- Which row stood where on which list.
create table publication_rows (
  publication_id text not null references publications (id), -- the list
  position integer not null,           -- row below the header, from 1, blank rows counted
  listing integer not null references listings (listing), -- the row as printed
  primary key (publication_id, position)
) strict, without rowid;

-- Agreements and agencies on each list, by model.
create table publication_models (
  publication_id text not null references publications (id), -- the list
  model text not null,                 -- model of agreement
  agreements integer not null,         -- agreements on the list (duplicates within it counted once)
  agencies integer not null,           -- agencies with such an agreement on the list
  primary key (publication_id, model)
) strict, without rowid;

-- Dated changes, each with the list that shows it.
create table events (
  id integer primary key,              -- row number in time, not permanent
  publication_id text not null references publications (id), -- list that shows the change
  kind text not null,                  -- pending, signed, listed, date-corrected, renamed, removed …
  agency_id text not null references agencies (id), -- agency that it concerns
  model text,                          -- model of agreement
  agreement_id text references agreements (id), -- agreement that it concerns
  "on" text,                           -- date that the event speaks of, where it is not the list's
  before text,                         -- value before
  after text,                          -- value after
  note text                            -- remark
) strict;

-- What the rules could not decide and a person is asked to judge.
create table questions (
  id integer primary key,              -- row number, not permanent
  kind text not null,                  -- what a person is asked to judge
  state text,                          -- state concerned
  subject text not null,               -- name, row or address concerned
  other text,                          -- what it might be the same as
  publication_id text references publications (id), -- list that raised it
  detail text                          -- what is known of both
) strict;

-- Pages of documents and their text, contact details masked.
create table pages (
  document_id text not null references documents (id), -- the document
  page_number integer not null,        -- page, from 1
  text text,                           -- text with contact details masked; empty where not held
  text_source text check (text_source in ('embedded', 'ocr', 'repaired')), -- how the text was had
  quality real,                        -- 0 (garbage) to 1 (clean)
  masked integer not null default 0,   -- contact details masked on the page
  covered integer not null default 0,  -- areas that are covered on the page's picture
  is_held integer not null check (is_held in (0, 1)), -- 1 where the page was at hand for this build
  is_waiting integer not null default 0 check (is_waiting in (0, 1)), -- 1 where it waits for optical reading
  width real,                          -- width in points
  height real,                         -- height in points
  paragraphs text,                     -- JSON list of the text's lines (from 0) that begin a paragraph on the page
  withheld text check (withheld in ('signatures', 'contacts')), -- why the page has no picture
  picture text,                        -- file name of the page picture (content hash)
  words text,                          -- file name of its words' boxes, beside the picture
  primary key (document_id, page_number)
) strict;

-- Subjects that gather excerpts.
create table topics (
  id text primary key,                 -- identifier, permanent
  title text not null,                 -- title
  summary text not null                -- what the topic gathers
) strict;

-- Passages of documents, with place and wording.
create table excerpts (
  id text primary key,                 -- identifier, permanent
  document_id text not null references documents (id), -- the document
  position integer not null,           -- order within the document's record, from 1
  title text not null,                 -- heading in the archive's own words
  page_number integer,                 -- page on which it begins
  to_page_number integer,              -- page on which it ends
  first_words text,                    -- first words, as the locator gives them
  last_words text,                     -- last words, as the locator gives them
  wording text,                        -- exact wording from the held page; empty where not held
  wording_sha256 text,                 -- SHA-256 of the normalised wording
  checked_on text,                     -- day on which a person compared it with the page picture
  prefix text,                         -- the 60 characters or so before it
  suffix text,                         -- the 60 characters or so after it
  start_offset integer,                -- first character on its first page
  end_offset integer,                  -- character after its last one, on its last page
  boxes text,                          -- boxes on the page as JSON: [page, x0, y0, x1, y1] in points
  state text not null check (state in ('resolved', 'source-not-held')), -- whether the wording is had
  provenance text not null             -- kind of source, from the document
) strict;

-- What a passage means and why it matters, in the archive's words.
create table annotations (
  excerpt_id text primary key references excerpts (id), -- the excerpt
  body_markdown text not null,         -- annotation as written
  body_html text not null              -- annotation as shown, sanitised
) strict;

-- Topics of each excerpt.
create table excerpt_topics (
  excerpt_id text not null references excerpts (id), -- the excerpt
  topic_id text not null references topics (id), -- the topic
  primary key (excerpt_id, topic_id)
) strict;

-- Where a memorandum differs from its template.
create table deviations (
  id text primary key,                 -- identifier: -d01 … confirmed, permanent; -m… found by machine, by what differs
  document_id text not null references documents (id), -- the memorandum
  template_id text references templates (id), -- template that it is compared with
  page_number integer,                 -- page
  kind text not null,                  -- addition, omission, change
  clause text,                         -- clause of the template
  summary text,                        -- what differs, in the archive's own words
  template_text text,                  -- wording of the template
  document_text text,                  -- wording of the memorandum
  is_sure integer not null check (is_sure in (0, 1)), -- 0 where it may be reading noise
  is_verified integer not null check (is_verified in (0, 1)), -- 1 where a person confirmed it
  checked_on text,                     -- day on which a person confirmed it
  words integer,                       -- words of meaning that differ
  alike integer,                       -- held memoranda of the template that differ so, this one counted
  compared integer,                    -- held memoranda compared with the template
  unusualness real,                    -- share of these without it
  boxes text,                          -- places on the page as JSON: [page, x0, y0, x1, y1] in points; an omission's is where it would stand
  template_before text,                -- words of the template before
  template_after text,                 -- words of the template after
  document_before text,                -- words of the memorandum before
  document_after text                  -- words of the memorandum after
) strict;

-- Amounts of money, each with status and source; never to be added across these.
create table payments (
  id text primary key,                 -- identifier, permanent
  agency_id text references agencies (id), -- payee in the archive
  payee text not null,                 -- payee
  category text not null,              -- what the money is for
  period text,                         -- period that it covers
  amount_usd integer,                  -- amount in US dollars
  amount_qualifier text,               -- exact, about, at-least, at-most
  status text not null,                -- announced, appropriated, set-aside, obligated, paid, projected
  payer text not null,                 -- who pays
  source_id text not null references documents (id), -- source
  locator text,                        -- place in the source
  provenance text not null,            -- kind of source
  reported_via text,                   -- who stands between the source and the archive
  note text                            -- remark
) strict;

-- Rules of the payment scheme.
create table rates (
  id text primary key,                 -- identifier, permanent
  label text not null,                 -- what the rule gives
  value text,                          -- value
  unit text,                           -- unit
  condition text,                      -- condition
  valid_from text,                     -- from when
  valid_until text,                    -- until when
  source_id text not null references documents (id), -- source
  locator text,                        -- place in the source
  provenance text not null,            -- kind of source
  reported_via text,                   -- who stands between the source and the archive
  note text                            -- remark
) strict;

-- Numbers used in prose, reported by a source or computed by a query.
create table figures (
  id text primary key,                 -- identifier, permanent
  label text not null,                 -- what it counts
  value text,                          -- value: reported, or computed at this build
  qualifier text,                      -- exact, about, at-least, at-most
  unit text,                           -- unit
  as_of text,                          -- date that it speaks of
  query text,                          -- query that computes it (file in db/figures)
  sql text,                            -- text of that query
  source_id text references documents (id), -- source
  locator text,                        -- place in the source
  provenance text not null,            -- kind of source
  reported_via text,                   -- who stands between the source and the archive
  agency_id text references agencies (id), -- agency that it concerns
  state text,                          -- state, where it counts one alone
  differs_from text,                   -- figures that disagree with it
  compare_query text,                  -- query that computes the archive's own number for the date
  compare_value text,                  -- that number
  note text                            -- remark
) strict;

-- Mistakes of this archive, and what they are now.
create table corrections (
  id text primary key,                 -- identifier, permanent
  record text not null,                -- address of the corrected record
  corrected_on text not null,          -- date of the correction
  was text not null,                   -- what was wrong
  now text not null,                   -- what it is now
  reported_by text                     -- who pointed it out, if they wish to be named
) strict;

-- Every address ever published, and what it is now.
create table permalinks (
  path text primary key,               -- address, below the base address
  status text not null check (status in ('current', 'moved', 'withdrawn')), -- what it is now
  target text,                         -- what took its place
  reason text                          -- why
) strict;

-- Published states of the records.
create table releases (
  id text primary key,                 -- identifier
  released_on text not null,           -- date
  covers text not null,                -- what it covers
  newest_publication text not null references publications (id) -- newest list in it
) strict;

-- Invariants of the records, with counts, as of this build.
create table checks (
  id text primary key,                 -- name of the invariant
  title text not null,                 -- what must be true
  counted integer not null,            -- things that were checked
  failed integer not null,             -- things that failed
  detail text                          -- the first failures
) strict;

-- What this build was made from.
create table build_info (
  key text primary key,                -- name
  value text not null                  -- value
) strict;

-- What search finds: one row for each record and page, in an order that needs no query.
create table search_docs (
  id integer primary key,              -- row number: the better known comes first
  kind text not null,                  -- agency, agreement, document, page, excerpt, figure, publication, state, topic, payment, explainer
  path text not null,                  -- address of what is found, below the base address
  title text not null,                 -- title
  context text not null,               -- where, status, date: one line
  state text,                          -- postal code
  model text,                          -- model of agreement (several separated by spaces)
  status text,                         -- active, superseded, removed, pending; how a payment stands
  provenance text,                     -- kind of source
  dated text,                          -- date for sorting
  record_id text,                      -- identifier of the record
  document_id text,                    -- document, for documents, pages and excerpts
  page_number integer,                 -- page
  names text not null,                 -- other words under which it is found: spellings, state, county, model
  tags text not null,                  -- filter words: kind, state, model, status, provenance
  body text                            -- text that is searched; that of a page stands in pages
) strict;

-- What facets, grouping and sorting need of a hit, so that its text need not be read.
create table search_facets (
  id integer primary key references search_docs (id), -- row of search_docs
  facet text not null,                 -- kind, state, model, status, provenance, separated by |
  dated text,                          -- date for sorting
  document integer,                    -- number of the document, for documents and pages
  page_number integer                  -- page
) strict;

-- Full-text index of search_docs.
create virtual table search using fts5 (
  title, names, body, tags,
  content="search_docs", content_rowid="id",
  tokenize="unicode61 remove_diacritics 2"
);

-- Words of the full-text index that occur more than once, for suggestions of spelling.
create table search_words (
  word text primary key,               -- word, lower case, without diacritics
  documents integer not null           -- records and pages that have it
) strict, without rowid;

create index agency_counties_by_county on agency_counties (county_fips);
create index register_counties_by_county on register_counties (county_fips);
create index register_matches_by_ori on register_matches (ori);
create index register_by_state on register (state);
create index publications_by_kind on publications (kind, sequence);
create index publication_files_by_publication on publication_files (publication_id);
create index copies_by_sha256 on copies (sha256);
create index copies_by_document on copies (document_id);
create index agencies_by_state on agencies (state);
create index agencies_by_county on agencies (county_fips);
create index agreements_by_agency on agreements (agency_id);
create index agreements_by_document on agreements (document_id);
create index documents_by_agreement on documents (agreement_id);
create index documents_by_address on documents (address);
create index documents_by_agency on documents (agency_id);
create index listings_by_agency on listings (agency_id);
create index listings_by_agreement on listings (agreement_id);
create index listings_by_memorandum on listings (moa_address);
create index listings_by_addendum on listings (addendum_address);
create index publication_rows_by_listing on publication_rows (listing);
create index events_by_publication on events (publication_id);
create index events_by_agency on events (agency_id);
create index events_by_agreement on events (agreement_id);
create index excerpts_by_document on excerpts (document_id);
create index excerpt_topics_by_topic on excerpt_topics (topic_id);
create index deviations_by_document on deviations (document_id);
create index payments_by_agency on payments (agency_id);
create index figures_by_agency on figures (agency_id);
create index search_docs_by_title on search_docs (title collate nocase);
create index search_docs_by_kind on search_docs (kind);
create index search_docs_by_path on search_docs (path);
