-- Customers: the rows, their custom fields, their log, the search index and the counters that are kept with them.
--
-- 1 customers   2 custom fields   3 log   4 kept counters   5 quick search
--
-- Imports write a million rows, so each index earns its place: what it serves stands beside it. SQLite appends a row's
-- id to every index entry, which makes each of them an index over (…, id): a cursor is a key and an id, and neither a
-- page nor a jump looks at a row that it does not show. "None" is a value and not NULL wherever a list sorts by it,
-- because databases disagree about where NULL belongs.

-- 1 ------------------------------------------------------------------------------------------------------------------

CREATE TABLE customers (
  id             INTEGER NOT NULL PRIMARY KEY,
  version        INTEGER NOT NULL DEFAULT 1,
  kind           INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 1),  -- the numbers of domain/customer/customer.h
  owner          INTEGER REFERENCES people (id),
  department     INTEGER REFERENCES departments (id),
  score          INTEGER NOT NULL CHECK (score BETWEEN -1 AND 100),  -- -1: none
  do_not_contact INTEGER NOT NULL CHECK (do_not_contact IN (0, 1)),
  number_error   INTEGER NOT NULL CHECK (number_error IN (0, 1)),
  last_follow_up INTEGER NOT NULL,                                  -- 0: never
  created        INTEGER NOT NULL,
  changed        INTEGER NOT NULL,
  import         INTEGER,        -- the import that made it
  name           TEXT NOT NULL,
  name_key       TEXT NOT NULL,  -- what lists sort by: the shown name in lower case, its first 60 characters
  contact        TEXT NOT NULL,
  phone          TEXT NOT NULL,
  phone_key      TEXT NOT NULL,  -- domain::customer::phone_key
  email          TEXT NOT NULL,
  city           TEXT NOT NULL,
  source         TEXT NOT NULL,
  external_key   TEXT NOT NULL,
  address        TEXT NOT NULL,
  note           TEXT NOT NULL   -- last: a long one does not stand in the way of a scan over the others
) STRICT;

-- The nine shipped orders: (everything | of an owner | of a department) by (name | last change | score).
CREATE INDEX customers_by_name ON customers (name_key);
CREATE INDEX customers_by_change ON customers (changed);
CREATE INDEX customers_by_score ON customers (score);
CREATE INDEX customers_of_owner_by_name ON customers (owner, name_key);
CREATE INDEX customers_of_owner_by_change ON customers (owner, changed);
CREATE INDEX customers_of_owner_by_score ON customers (owner, score);
CREATE INDEX customers_of_department_by_name ON customers (department, name_key);
CREATE INDEX customers_of_department_by_change ON customers (department, changed);
CREATE INDEX customers_of_department_by_score ON customers (department, score);
-- The duplicate checks of imports. Not unique: people may keep two rows with one phone.
CREATE INDEX customers_by_phone ON customers (phone_key) WHERE phone_key <> '';
CREATE INDEX customers_by_external_key ON customers (external_key) WHERE external_key <> '';

-- 2 ------------------------------------------------------------------------------------------------------------------

-- At most 200. The field with id 12 is the column field_12 of customer_field_values, added by the operation that
-- creates the field; its index, when it is filterable, is customer_field_values_by_field_12.
CREATE TABLE customer_fields (
  id         INTEGER NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL DEFAULT 1,
  name       TEXT NOT NULL,
  name_key   TEXT NOT NULL,  -- in lower case: names that differ in case only are one
  type       INTEGER NOT NULL CHECK (type BETWEEN 0 AND 3),
  filterable INTEGER NOT NULL CHECK (filterable IN (0, 1)),
  created    INTEGER NOT NULL,
  changed    INTEGER NOT NULL
) STRICT;
-- Importing the same file twice finds the same field.
CREATE UNIQUE INDEX customer_fields_by_name ON customer_fields (name_key);

CREATE TABLE customer_field_choices (
  field    INTEGER NOT NULL REFERENCES customer_fields (id),
  position INTEGER NOT NULL,
  text     TEXT NOT NULL,
  PRIMARY KEY (field, position)
) STRICT, WITHOUT ROWID;
-- A choice is in a field once.
CREATE UNIQUE INDEX customer_field_choices_by_text ON customer_field_choices (field, text);

-- A row per customer that has any value; NULL: this one is empty. Text, date (ISO) and choice are TEXT, number is REAL.
CREATE TABLE customer_field_values (
  customer INTEGER NOT NULL PRIMARY KEY REFERENCES customers (id)
) STRICT;

-- 3 ------------------------------------------------------------------------------------------------------------------

-- What happened to a customer itself. What happened to its batch items is read from the items' own log, and that an
-- import made it from customers.import: nothing is written twice.
CREATE TABLE customer_log (
  id         INTEGER NOT NULL PRIMARY KEY,
  customer   INTEGER NOT NULL REFERENCES customers (id),
  at         INTEGER NOT NULL,
  kind       INTEGER NOT NULL,                -- of api::TimelineKind: created, changed, imported, note
  actor      INTEGER,                         -- NULL: the local operator. People are never deleted: no foreign key
  actor_name TEXT NOT NULL,                   -- as it was then
  text       TEXT NOT NULL                    -- a note's words; of a change the wire names of the fields
) STRICT;
-- A timeline, newest first.
CREATE INDEX customer_log_by_customer ON customer_log (customer, at);

-- 4 ------------------------------------------------------------------------------------------------------------------

-- How many customers an owner has in a department, moved in the transaction that changes the customers; 0 stands for
-- none. The totals of all shipped views are sums over it. Rows that reach zero stay.
CREATE TABLE customer_counts (
  owner      INTEGER NOT NULL,
  department INTEGER NOT NULL,
  customers  INTEGER NOT NULL CHECK (customers >= 0),
  PRIMARY KEY (owner, department)
) STRICT, WITHOUT ROWID;
-- The sum over a department.
CREATE INDEX customer_counts_of_department ON customer_counts (department, owner, customers);

-- 5 ------------------------------------------------------------------------------------------------------------------

-- The pieces of domain/customer/search_terms.h and two words for the scope (services/customer_search_store.cpp, the only code
-- that knows this table). Only ids come out of it; hits are verified on the row. This is SQLite's dialect: a database
-- without FTS5 brings a file of its own. No positions are kept: every piece is a word by itself.
CREATE VIRTUAL TABLE customer_search USING fts5 (
  terms,
  content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);
