-- What laodoc has read, for SQLite and PostgreSQL alike. A file that has been released is never changed: what is to be
-- different comes in a file of the next number. Keys begin with the SHA-256 of the scan; positions count from 0.

CREATE TABLE sources (
    sha256 TEXT NOT NULL PRIMARY KEY,
    file TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    pages INTEGER NOT NULL,
    engine TEXT NOT NULL,
    engine_version TEXT NOT NULL,
    engine_sha256 TEXT
);

CREATE TABLE pages (
    sha256 TEXT NOT NULL REFERENCES sources ON DELETE CASCADE,
    page INTEGER NOT NULL,
    source_page INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    dpi NUMERIC NOT NULL,
    text_layer TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (sha256, page)
);

-- `number` and days are null where they were not understood; beside them stands what is printed. `number_key` is the
-- number without white space, to compare numbers by.
CREATE TABLE letters (
    sha256 TEXT NOT NULL REFERENCES sources ON DELETE CASCADE,
    letter_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    first_page INTEGER NOT NULL,
    pages TEXT NOT NULL,
    form TEXT NOT NULL,
    secret BOOLEAN NOT NULL,
    number TEXT,
    number_key TEXT,
    number_text TEXT,
    date DATE,
    date_text TEXT,
    sender TEXT,
    subject TEXT,
    urgency TEXT,
    secrecy TEXT,
    action TEXT,
    deadline DATE,
    deadline_text TEXT,
    as_of DATE,
    as_of_text TEXT,
    signatory TEXT,
    signatory_position TEXT,
    PRIMARY KEY (sha256, letter_id)
);
CREATE INDEX letters_by_number ON letters (number_key, date);
CREATE INDEX letters_by_deadline ON letters (deadline);

CREATE TABLE letter_recipients (
    sha256 TEXT NOT NULL,
    letter_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (sha256, letter_id, position),
    FOREIGN KEY (sha256, letter_id) REFERENCES letters ON DELETE CASCADE
);

CREATE TABLE letter_references (
    sha256 TEXT NOT NULL,
    letter_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    issuer TEXT,
    number TEXT,
    number_key TEXT,
    number_text TEXT NOT NULL,
    date DATE,
    date_text TEXT,
    subject TEXT,
    PRIMARY KEY (sha256, letter_id, position),
    FOREIGN KEY (sha256, letter_id) REFERENCES letters ON DELETE CASCADE
);
CREATE INDEX letter_references_by_number ON letter_references (number_key, date);

CREATE TABLE letter_enclosures (
    sha256 TEXT NOT NULL,
    letter_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (sha256, letter_id, position),
    FOREIGN KEY (sha256, letter_id) REFERENCES letters ON DELETE CASCADE
);

CREATE TABLE letter_contacts (
    sha256 TEXT NOT NULL,
    letter_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT,
    phone TEXT,
    extension TEXT,
    fax TEXT,
    email TEXT,
    PRIMARY KEY (sha256, letter_id, position),
    FOREIGN KEY (sha256, letter_id) REFERENCES letters ON DELETE CASCADE
);

CREATE TABLE letter_stamps (
    sha256 TEXT NOT NULL,
    letter_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    office TEXT NOT NULL,
    number TEXT,
    number_text TEXT,
    date DATE,
    date_text TEXT,
    time TEXT,
    PRIMARY KEY (sha256, letter_id, position),
    FOREIGN KEY (sha256, letter_id) REFERENCES letters ON DELETE CASCADE
);

CREATE TABLE letter_endorsements (
    sha256 TEXT NOT NULL,
    letter_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    office TEXT NOT NULL,
    number TEXT,
    number_text TEXT,
    date DATE,
    date_text TEXT,
    recipients TEXT,
    text TEXT NOT NULL,
    signatory TEXT,
    signatory_position TEXT,
    PRIMARY KEY (sha256, letter_id, position),
    FOREIGN KEY (sha256, letter_id) REFERENCES letters ON DELETE CASCADE
);

CREATE TABLE letter_attachments (
    sha256 TEXT NOT NULL,
    letter_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    attachment TEXT NOT NULL,
    PRIMARY KEY (sha256, letter_id, position),
    FOREIGN KEY (sha256, letter_id) REFERENCES letters ON DELETE CASCADE
);

-- Where every value of a letter was read, and how surely: `path` is its place in the record, as `references/0/date`.
CREATE TABLE letter_fields (
    sha256 TEXT NOT NULL,
    letter_id TEXT NOT NULL,
    path TEXT NOT NULL,
    text TEXT NOT NULL,
    value TEXT,
    page INTEGER NOT NULL,
    box_left INTEGER NOT NULL,
    box_top INTEGER NOT NULL,
    box_right INTEGER NOT NULL,
    box_bottom INTEGER NOT NULL,
    confidence NUMERIC NOT NULL,
    corrected BOOLEAN NOT NULL,
    PRIMARY KEY (sha256, letter_id, path),
    FOREIGN KEY (sha256, letter_id) REFERENCES letters ON DELETE CASCADE
);

CREATE TABLE tables (
    sha256 TEXT NOT NULL REFERENCES sources ON DELETE CASCADE,
    table_id TEXT NOT NULL,
    first_page INTEGER NOT NULL,
    pages TEXT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    province TEXT,
    as_of DATE,
    as_of_text TEXT,
    unit TEXT,
    notes TEXT NOT NULL,
    PRIMARY KEY (sha256, table_id)
);

CREATE TABLE table_columns (
    sha256 TEXT NOT NULL,
    table_id TEXT NOT NULL,
    column_index INTEGER NOT NULL,
    header TEXT NOT NULL,
    role TEXT NOT NULL,
    meaning TEXT,
    PRIMARY KEY (sha256, table_id, column_index),
    FOREIGN KEY (sha256, table_id) REFERENCES tables ON DELETE CASCADE
);

CREATE TABLE table_legends (
    sha256 TEXT NOT NULL,
    table_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    colour TEXT NOT NULL,
    meaning TEXT,
    text TEXT NOT NULL,
    PRIMARY KEY (sha256, table_id, position),
    FOREIGN KEY (sha256, table_id) REFERENCES tables ON DELETE CASCADE
);

-- One row a cell. What it says is a number, a text, a mark (null in a mark column: in doubt), or a bar's shares.
CREATE TABLE cells (
    sha256 TEXT NOT NULL,
    table_id TEXT NOT NULL,
    row_index INTEGER NOT NULL,
    position INTEGER NOT NULL,
    page INTEGER NOT NULL,
    row_kind TEXT NOT NULL,
    column_index INTEGER NOT NULL,
    row_span INTEGER NOT NULL,
    column_span INTEGER NOT NULL,
    header TEXT,
    role TEXT,
    meaning TEXT,
    text TEXT NOT NULL,
    value_number NUMERIC,
    value_text TEXT,
    nil BOOLEAN NOT NULL,
    mark TEXT,
    green NUMERIC,
    red NUMERIC,
    place_code TEXT,
    place_name TEXT,
    confidence NUMERIC NOT NULL,
    corrected BOOLEAN NOT NULL,
    PRIMARY KEY (sha256, table_id, row_index, position),
    FOREIGN KEY (sha256, table_id) REFERENCES tables ON DELETE CASCADE
);

-- `record_id` is the same in every scan in which the same body is reported in the same way.
CREATE TABLE records (
    sha256 TEXT NOT NULL REFERENCES sources ON DELETE CASCADE,
    record_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    table_id TEXT NOT NULL,
    letter_id TEXT,
    page INTEGER NOT NULL,
    sequence BIGINT,
    province TEXT,
    district TEXT,
    organisation TEXT,
    place_code TEXT,
    status TEXT,
    total NUMERIC,
    done NUMERIC,
    pending NUMERIC,
    percent NUMERIC,
    as_of DATE,
    confidence NUMERIC NOT NULL,
    PRIMARY KEY (sha256, record_id)
);
CREATE INDEX records_by_id ON records (record_id, as_of);
CREATE INDEX records_by_place ON records (place_code);

CREATE TABLE routing (
    sha256 TEXT NOT NULL REFERENCES sources ON DELETE CASCADE,
    position INTEGER NOT NULL,
    event TEXT NOT NULL,
    from_office TEXT,
    to_office TEXT,
    number TEXT,
    date DATE,
    date_text TEXT,
    page INTEGER NOT NULL,
    PRIMARY KEY (sha256, position)
);

CREATE TABLE findings (
    sha256 TEXT NOT NULL REFERENCES sources ON DELETE CASCADE,
    position INTEGER NOT NULL,
    rule TEXT NOT NULL,
    severity TEXT NOT NULL,
    message TEXT NOT NULL,
    page INTEGER,
    letter_id TEXT,
    table_id TEXT,
    sequence BIGINT,
    column_index INTEGER,
    expected TEXT,
    found TEXT,
    repaired BOOLEAN NOT NULL,
    PRIMARY KEY (sha256, position)
);
