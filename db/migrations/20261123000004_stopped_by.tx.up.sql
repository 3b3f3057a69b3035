-- Who asked that a run be stopped. The worker looks here: a message alone can come while nobody listens.
ALTER TABLE runs ADD COLUMN stopped_by text;
