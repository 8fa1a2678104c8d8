-- Whoever waits for work is told of it when its transaction ends, instead of asking for it again and again. The same word twice in
-- one transaction is told once.
CREATE FUNCTION tell_of_work() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('resentry_work', TG_TABLE_NAME);
    RETURN NULL;
END $$;

CREATE TRIGGER tell_of_work AFTER INSERT ON events_outbox FOR EACH STATEMENT EXECUTE FUNCTION tell_of_work();
CREATE TRIGGER tell_of_work AFTER INSERT ON project_outbox FOR EACH STATEMENT EXECUTE FUNCTION tell_of_work();
CREATE TRIGGER tell_of_work AFTER INSERT ON deliveries FOR EACH STATEMENT EXECUTE FUNCTION tell_of_work();
CREATE TRIGGER tell_of_work_again AFTER UPDATE OF state ON deliveries
    FOR EACH ROW WHEN (NEW.state = 'waiting' AND OLD.state <> 'waiting') EXECUTE FUNCTION tell_of_work();
CREATE TRIGGER tell_of_work AFTER INSERT ON jobs FOR EACH STATEMENT EXECUTE FUNCTION tell_of_work();
CREATE TRIGGER tell_of_work_again AFTER UPDATE OF state ON jobs
    FOR EACH ROW WHEN (NEW.state IN ('queued', 'cancelling')) EXECUTE FUNCTION tell_of_work();
-- Check-ins make theirs if it is not there.
CREATE TRIGGER tell_of_work AFTER INSERT ON monitors FOR EACH ROW EXECUTE FUNCTION tell_of_work();
CREATE TRIGGER tell_of_work AFTER INSERT OR UPDATE ON project_processing FOR EACH STATEMENT EXECUTE FUNCTION tell_of_work();
CREATE TRIGGER tell_of_work AFTER INSERT OR UPDATE OR DELETE ON alert_rules FOR EACH STATEMENT EXECUTE FUNCTION tell_of_work();
CREATE TRIGGER tell_of_work AFTER INSERT OR UPDATE OF next_at ON uptime_checks FOR EACH STATEMENT EXECUTE FUNCTION tell_of_work();
