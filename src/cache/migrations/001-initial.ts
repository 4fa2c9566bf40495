/**
 * Findings are kept in two levels. An `exposure` is a row of the list; its `finding`s are what the Regions and analyzers
 * say of it. Exposures that agree in everything the cheap filter keys ask for share a `cohort`: a million findings make
 * some thousands of cohorts, so counting and choosing rows looks at those first and at single rows only where it must.
 * Texts that repeat (resource types, accounts, who may do what) stand once, in `name` and `facts`.
 */
const SQL = `
CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);

CREATE TABLE analyzer (
  id INTEGER PRIMARY KEY,
  profile TEXT NOT NULL,
  region TEXT NOT NULL,
  arn TEXT NOT NULL,
  body TEXT,
  dropped_at INTEGER,
  UNIQUE (profile, arn)
);

CREATE TABLE region_outcome (
  profile TEXT NOT NULL,
  region TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (profile, region)
) WITHOUT ROWID;

CREATE TABLE archive_rule (
  analyzer INTEGER NOT NULL REFERENCES analyzer (id),
  name TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (analyzer, name)
) WITHOUT ROWID;

CREATE TABLE pass (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  analyzer INTEGER NOT NULL REFERENCES analyzer (id),
  mode TEXT NOT NULL,
  state TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  next_token TEXT,
  seen INTEGER NOT NULL DEFAULT 0,
  max_updated_at INTEGER
);
CREATE INDEX pass_of_analyzer ON pass (analyzer, state, id);

CREATE TABLE cohort (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  type INTEGER NOT NULL,
  resource_type INTEGER NOT NULL REFERENCES name (id),
  risk INTEGER NOT NULL,
  exposures INTEGER NOT NULL
);
CREATE TABLE cohort_member (
  cohort INTEGER NOT NULL REFERENCES cohort (id),
  analyzer INTEGER NOT NULL REFERENCES analyzer (id),
  account INTEGER NOT NULL REFERENCES name (id),
  status INTEGER NOT NULL,
  public INTEGER NOT NULL,
  error INTEGER NOT NULL,
  findings INTEGER NOT NULL,
  PRIMARY KEY (cohort, analyzer, account, status, public, error)
) WITHOUT ROWID;

CREATE TABLE exposure (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL,
  cohort INTEGER NOT NULL REFERENCES cohort (id),
  risk INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  resource TEXT NOT NULL,
  folded TEXT
);
CREATE UNIQUE INDEX exposure_key ON exposure (key);
CREATE INDEX exposure_by_risk ON exposure (risk, created_at, cohort);
CREATE INDEX exposure_of_cohort ON exposure (cohort);

CREATE TABLE facts (
  id INTEGER PRIMARY KEY,
  digest INTEGER NOT NULL,
  public INTEGER NOT NULL,
  error INTEGER NOT NULL,
  body TEXT NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX facts_digest ON facts (digest);
CREATE INDEX facts_with_error ON facts (error) WHERE error > 0;

CREATE TABLE finding (
  id INTEGER PRIMARY KEY,
  aws_id TEXT NOT NULL COLLATE NOCASE,
  analyzer INTEGER NOT NULL REFERENCES analyzer (id),
  exposure INTEGER NOT NULL REFERENCES exposure (id),
  account INTEGER NOT NULL REFERENCES name (id),
  facts INTEGER NOT NULL REFERENCES facts (id),
  status INTEGER NOT NULL,
  risk INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  analyzed_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  first_seen_at INTEGER NOT NULL,
  pass INTEGER NOT NULL,
  gone_at INTEGER
);
CREATE UNIQUE INDEX finding_aws_id ON finding (aws_id, analyzer);
CREATE INDEX finding_of_exposure ON finding (exposure);
CREATE INDEX finding_of_facts ON finding (facts, exposure) WHERE gone_at IS NULL;
CREATE INDEX finding_by_first_seen ON finding (first_seen_at);

CREATE TABLE detail (
  finding INTEGER PRIMARY KEY REFERENCES finding (id),
  updated_at INTEGER NOT NULL,
  last_used INTEGER,
  body TEXT NOT NULL
);

CREATE TABLE decision (exposure_key TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE fixed_mark (exposure_key TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE journal_entry (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  reason TEXT,
  of INTEGER,
  by TEXT NOT NULL
);
CREATE TABLE journal_operation (
  entry INTEGER NOT NULL REFERENCES journal_entry (id),
  idx INTEGER NOT NULL,
  profile TEXT NOT NULL,
  region TEXT NOT NULL,
  analyzer_arn TEXT NOT NULL,
  change TEXT NOT NULL,
  command TEXT NOT NULL,
  client_token TEXT NOT NULL,
  PRIMARY KEY (entry, idx)
);
CREATE TABLE journal_event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  entry INTEGER NOT NULL REFERENCES journal_entry (id),
  idx INTEGER,
  at INTEGER NOT NULL,
  state TEXT,
  error TEXT,
  outcomes TEXT,
  undone_by INTEGER
);
CREATE INDEX journal_event_of_entry ON journal_event (entry, id);
CREATE TABLE journal_open (entry INTEGER PRIMARY KEY REFERENCES journal_entry (id));
${['journal_entry', 'journal_operation', 'journal_event'].map(appendOnly).join('\n')}
`;

function appendOnly(table: string): string {
  return ['UPDATE', 'DELETE']
    .map(
      (verb) => `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;`,
    )
    .join('\n');
}

export const initial: string = SQL;
