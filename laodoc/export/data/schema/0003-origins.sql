-- Where the scan lies or was seen last, by the archive that it comes from; its number there; since when it is gone.

ALTER TABLE sources ADD COLUMN path TEXT;
ALTER TABLE sources ADD COLUMN archive_id BIGINT;
ALTER TABLE sources ADD COLUMN gone TEXT;
