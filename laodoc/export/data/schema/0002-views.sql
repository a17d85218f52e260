-- Questions that offices ask, as views.

-- Letters with a deadline that no other letter here refers to: who refers to one passes it on, or answers it.
CREATE VIEW open_tasks AS
SELECT letters.deadline, letters.deadline < CURRENT_DATE AS overdue, letters.number, letters.date, letters.sender,
    letters.subject, letters.action, sources.file, letters.first_page AS page, letters.sha256, letters.letter_id
FROM letters
JOIN sources ON sources.sha256 = letters.sha256
WHERE letters.deadline IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM letter_references AS mention
    JOIN letters AS other ON other.sha256 = mention.sha256 AND other.letter_id = mention.letter_id
    WHERE mention.number_key = letters.number_key
        AND (mention.date = letters.date OR mention.date IS NULL)
        AND (other.number_key <> letters.number_key OR other.date <> letters.date)
);

-- The newest that is known of each body: of two scans the one with the later day.
CREATE VIEW latest_records AS
SELECT records.*
FROM records
WHERE NOT EXISTS (
    SELECT 1 FROM records AS newer
    WHERE newer.record_id = records.record_id
        AND (COALESCE(newer.as_of, '0001-01-01') > COALESCE(records.as_of, '0001-01-01')
            OR COALESCE(newer.as_of, '0001-01-01') = COALESCE(records.as_of, '0001-01-01')
                AND newer.sha256 > records.sha256)
);

-- Who has not reported, or not all: by the newest that is known.
CREATE VIEW not_reported AS
SELECT latest.province, latest.district, latest.organisation, latest.place_code, latest.total, latest.pending,
    latest.percent, latest.as_of, letters.deadline, letters.number, letters.sender, sources.file, latest.page,
    latest.confidence, latest.sha256, latest.record_id
FROM latest_records AS latest
JOIN sources ON sources.sha256 = latest.sha256
LEFT JOIN letters ON letters.sha256 = latest.sha256 AND letters.letter_id = latest.letter_id
WHERE latest.status = 'pending' OR latest.pending > 0;

-- What was read with doubt and no person has looked at yet, the most doubtful first.
CREATE VIEW doubtful AS
SELECT sources.file, letter_fields.page, letter_fields.letter_id AS part, letter_fields.path AS place,
    letter_fields.text, letter_fields.value, letter_fields.confidence
FROM letter_fields
JOIN sources ON sources.sha256 = letter_fields.sha256
WHERE letter_fields.confidence < 0.9 AND NOT letter_fields.corrected
UNION ALL
SELECT sources.file, cells.page, cells.table_id, cells.row_index || '/' || cells.column_index, cells.text,
    COALESCE(cells.value_text, CAST(cells.value_number AS TEXT), cells.mark), cells.confidence
FROM cells
JOIN sources ON sources.sha256 = cells.sha256
WHERE cells.confidence < 0.9 AND NOT cells.corrected;

-- Letters as they were received, and as they were sent or passed on.
CREATE VIEW received AS
SELECT stamp.office, stamp.number AS received_number, stamp.date AS received_date, stamp.time AS received_time,
    letters.number, letters.date, letters.sender, letters.subject, sources.file, letters.sha256, letters.letter_id
FROM letter_stamps AS stamp
JOIN letters ON letters.sha256 = stamp.sha256 AND letters.letter_id = stamp.letter_id
JOIN sources ON sources.sha256 = stamp.sha256;

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
JOIN sources ON sources.sha256 = note.sha256;
