-- The catalogue: what pages show of a graph, in tables. Made once for each content of a build.
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE node (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, label TEXT NOT NULL,
  papers INTEGER NOT NULL DEFAULT 0,  -- how many name it
  date TEXT NOT NULL DEFAULT '', abstract TEXT NOT NULL DEFAULT '', vocabulary INTEGER NOT NULL DEFAULT 0);
CREATE TABLE name (n INTEGER NOT NULL, label TEXT NOT NULL);
CREATE TABLE role (entity INTEGER NOT NULL, date TEXT NOT NULL, paper INTEGER NOT NULL, role TEXT NOT NULL);
CREATE TABLE link (
  subject INTEGER NOT NULL, predicate TEXT NOT NULL, object INTEGER NOT NULL, papers INTEGER NOT NULL DEFAULT 0);
CREATE TABLE result (
  id TEXT NOT NULL, paper INTEGER NOT NULL, entity INTEGER, metric INTEGER, value TEXT NOT NULL, number REAL, unit TEXT,
  place INTEGER, versus INTEGER);
CREATE VIRTUAL TABLE text USING fts5 (names, body, content = '', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
