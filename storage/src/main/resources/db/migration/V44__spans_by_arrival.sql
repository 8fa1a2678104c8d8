-- The newest spans of a project, which the explorer lists and suggestions look at.
CREATE INDEX spans_project_received ON spans (project_id, received_at DESC, envelope_id DESC, position DESC, index DESC);
DROP INDEX spans_project;
