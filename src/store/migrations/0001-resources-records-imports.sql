-- Resources with every version, their search index, the mentoring records they came from, bytes, and imports.
--
-- The tenant leads every key. Text in keys is compared byte by byte (COLLATE "C"), so that both engines page in the
-- same order. Times are epoch milliseconds. `xid` is the transaction that wrote a version: exports and histories can
-- stop at a horizon that no running transaction may still fall behind (docs/adr/2026-11-hashed-search-index.md).

-- ------------------------------------------------------------------------------------------------ resources

CREATE TABLE resource (
  tenant        text COLLATE "C" NOT NULL,
  resource_type text COLLATE "C" NOT NULL,
  id            text COLLATE "C" NOT NULL,
  -- Short key of the index rows; never leaves the store.
  rid           bigint GENERATED ALWAYS AS IDENTITY,
  version_id    integer NOT NULL,
  last_updated  bigint NOT NULL,
  deleted       boolean NOT NULL,
  method        text NOT NULL,
  content       text NOT NULL,
  xid           xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (tenant, resource_type, id)
);
CREATE UNIQUE INDEX resource_rid ON resource (tenant, rid);
CREATE INDEX resource_last_updated ON resource (tenant, resource_type, last_updated, id) WHERE NOT deleted;

CREATE TABLE resource_history (
  tenant        text COLLATE "C" NOT NULL,
  resource_type text COLLATE "C" NOT NULL,
  id            text COLLATE "C" NOT NULL,
  version_id    integer NOT NULL,
  last_updated  bigint NOT NULL,
  deleted       boolean NOT NULL,
  method        text NOT NULL,
  content       text NOT NULL,
  xid           xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (tenant, resource_type, id, version_id)
);
CREATE INDEX resource_history_of_type ON resource_history (tenant, resource_type, last_updated);
CREATE INDEX resource_history_of_system ON resource_history (tenant, last_updated);

-- ------------------------------------------------------------------------------------------------ search index

-- Hashes of `Type.param` with the value, the system and value, and the system alone (search-hash.ts).
CREATE TABLE token_index (
  tenant            text COLLATE "C" NOT NULL,
  rid               bigint NOT NULL,
  value_hash        bigint NOT NULL,
  system_value_hash bigint NOT NULL,
  system_hash       bigint NOT NULL
);
CREATE INDEX token_index_rid ON token_index (tenant, rid);
CREATE INDEX token_index_value ON token_index (tenant, value_hash, rid);
CREATE INDEX token_index_system_value ON token_index (tenant, system_value_hash, rid);
CREATE INDEX token_index_system ON token_index (tenant, system_hash, rid);

CREATE TABLE reference_index (
  tenant      text COLLATE "C" NOT NULL,
  rid         bigint NOT NULL,
  param       bigint NOT NULL,
  target_hash bigint NOT NULL
);
CREATE INDEX reference_index_rid ON reference_index (tenant, rid);
CREATE INDEX reference_index_target ON reference_index (tenant, target_hash, param, rid);

-- Half-open ranges [from_ms, to_ms). Where a parameter has several values, an ascending sort goes by the one marked
-- `is_first` and a descending sort by the one marked `is_last`.
CREATE TABLE date_index (
  tenant   text COLLATE "C" NOT NULL,
  rid      bigint NOT NULL,
  param    bigint NOT NULL,
  from_ms  bigint NOT NULL,
  to_ms    bigint NOT NULL,
  is_first boolean NOT NULL,
  is_last  boolean NOT NULL
);
CREATE INDEX date_index_rid ON date_index (tenant, rid);
CREATE INDEX date_index_from ON date_index (tenant, param, from_ms, rid);
CREATE INDEX date_index_to ON date_index (tenant, param, to_ms, rid);

-- `normalised` without case, accents and punctuation; `exact` as it stands in the resource.
CREATE TABLE string_index (
  tenant     text COLLATE "C" NOT NULL,
  rid        bigint NOT NULL,
  param      bigint NOT NULL,
  normalised text COLLATE "C" NOT NULL,
  exact      text COLLATE "C" NOT NULL
);
CREATE INDEX string_index_rid ON string_index (tenant, rid);
-- A B-tree entry has to stay under 2,700 bytes.
CREATE INDEX string_index_start ON string_index (tenant, param, left(normalised, 200), rid);

-- ------------------------------------------------------------------------------------------------ mentoring records

CREATE TABLE source_record (
  tenant      text COLLATE "C" NOT NULL,
  kind        text COLLATE "C" NOT NULL,
  source_id   text COLLATE "C" NOT NULL,
  version     integer NOT NULL,
  hash        text NOT NULL,
  content     text NOT NULL,
  deleted     boolean NOT NULL,
  map         text NOT NULL,
  received_at bigint NOT NULL,
  xid         xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (tenant, kind, source_id)
);

CREATE TABLE source_record_history (
  tenant      text COLLATE "C" NOT NULL,
  kind        text COLLATE "C" NOT NULL,
  source_id   text COLLATE "C" NOT NULL,
  version     integer NOT NULL,
  hash        text NOT NULL,
  content     text NOT NULL,
  deleted     boolean NOT NULL,
  map         text NOT NULL,
  received_at bigint NOT NULL,
  xid         xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (tenant, kind, source_id, version)
);

CREATE TABLE source_link (
  tenant        text COLLATE "C" NOT NULL,
  resource_type text COLLATE "C" NOT NULL,
  source_id     text COLLATE "C" NOT NULL,
  id            text COLLATE "C" NOT NULL,
  kind          text COLLATE "C" NOT NULL,
  record_id     text COLLATE "C" NOT NULL,
  mapped        text,
  PRIMARY KEY (tenant, resource_type, source_id)
);
CREATE INDEX source_link_resource ON source_link (tenant, id, resource_type);
CREATE INDEX source_link_record ON source_link (tenant, kind, record_id);

-- ------------------------------------------------------------------------------------------------ bytes

-- One row per upload; the newest complete one of an id counts. `size` and `hash` come with completion.
CREATE TABLE binary_upload (
  tenant       text COLLATE "C" NOT NULL,
  upload       uuid NOT NULL,
  id           text COLLATE "C" NOT NULL,
  content_type text NOT NULL,
  started_at   bigint NOT NULL,
  complete     boolean NOT NULL,
  size         bigint NOT NULL,
  hash         text NOT NULL,
  PRIMARY KEY (tenant, upload)
);
CREATE INDEX binary_upload_id ON binary_upload (tenant, id);
CREATE INDEX binary_upload_started ON binary_upload (started_at);

CREATE TABLE binary_chunk (
  tenant text COLLATE "C" NOT NULL,
  upload uuid NOT NULL,
  seq    integer NOT NULL,
  data   bytea NOT NULL,
  PRIMARY KEY (tenant, upload, seq)
);
-- Bytes are often compressed already; trying again costs time and gains nothing.
ALTER TABLE binary_chunk ALTER COLUMN data SET STORAGE EXTERNAL;

-- ------------------------------------------------------------------------------------------------ imports

CREATE TABLE import_job (
  tenant       text COLLATE "C" NOT NULL,
  id           text COLLATE "C" NOT NULL,
  kind         text,
  format       text NOT NULL,
  status       text NOT NULL,
  upload_id    text COLLATE "C" NOT NULL,
  total_bytes  bigint NOT NULL,
  position     bigint NOT NULL,
  line         integer NOT NULL,
  accepted     integer NOT NULL,
  refused      integer NOT NULL,
  reader_state text NOT NULL,
  failure      text,
  created_at   bigint NOT NULL,
  updated_at   bigint NOT NULL,
  worker       text,
  lease_until  bigint,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX import_job_open ON import_job (created_at) WHERE status IN ('queued', 'running');
CREATE INDEX import_job_listing ON import_job (tenant, created_at, id);

CREATE TABLE import_receipt (
  tenant        text COLLATE "C" NOT NULL,
  job           text COLLATE "C" NOT NULL,
  line          integer NOT NULL,
  outcome       text NOT NULL,
  kind          text,
  source_id     text,
  -- JSON lists, read as a whole.
  reference_list text NOT NULL,
  finding_list   text NOT NULL,
  PRIMARY KEY (tenant, job, line)
);

-- ------------------------------------------------------------------------------------------------ conflicts

-- Ends a statement that found something at another version than its writer expected, and with it all it wrote.
CREATE FUNCTION refuse_conflict(kind text, id text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%/%', kind, id USING ERRCODE = 'MF409';
END $$;
