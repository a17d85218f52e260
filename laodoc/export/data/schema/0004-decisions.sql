-- What was decided on a letter, to what it invites, and sums of money in it.

-- `kind` is endorsement (an office passes the letter on) or approval (somebody decides on it).
ALTER TABLE letter_endorsements ADD COLUMN kind TEXT NOT NULL DEFAULT 'endorsement';
ALTER TABLE letter_endorsements ADD COLUMN decision TEXT;

ALTER TABLE letters ADD COLUMN event_date DATE;
ALTER TABLE letters ADD COLUMN event_date_text TEXT;
ALTER TABLE letters ADD COLUMN event_time TEXT;
ALTER TABLE letters ADD COLUMN event_place TEXT;

-- Baht; `words_agree` is null where the sum is not written out in words beside.
CREATE TABLE letter_amounts (
    sha256 TEXT NOT NULL,
    letter_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    value NUMERIC,
    words_agree BOOLEAN,
    PRIMARY KEY (sha256, letter_id, position),
    FOREIGN KEY (sha256, letter_id) REFERENCES letters ON DELETE CASCADE
);

-- Approvals send nothing out.
DROP VIEW sent;
CREATE VIEW sent AS
SELECT letters.sender AS office, letters.number, letters.date, letters.subject, NULL AS passed_on, sources.file,
    letters.sha256, letters.letter_id
FROM letters
JOIN sources ON sources.sha256 = letters.sha256
UNION ALL
SELECT note.office, note.number, note.date, letters.subject, letters.number, sources.file, letters.sha256,
    letters.letter_id
FROM letter_endorsements AS note
JOIN letters ON letters.sha256 = note.sha256 AND letters.letter_id = note.letter_id
JOIN sources ON sources.sha256 = note.sha256
WHERE note.kind <> 'approval';
