"""The database's part of locking: no code can forget that a locked report stays as it was.

Only the erasure of one person's data asks for leave in its own transaction, and leaves a record.
"""

ERASING = "hankkeet.erase_from_audit_log"

CREATE = f"""
CREATE OR REPLACE FUNCTION seuranta_keep_locked_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.contents IS NOT NULL AND NEW.contents IS NOT NULL
        AND OLD.contents IS DISTINCT FROM NEW.contents
        AND current_setting('{ERASING}', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION 'A locked report is not changed.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION seuranta_keep_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM seuranta_reportingperiod
        WHERE id = NEW.period_id AND state = 'open' FOR SHARE;
    IF NOT FOUND AND current_setting('{ERASING}', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION 'The period is not open.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER seuranta_keep_locked_report BEFORE UPDATE ON seuranta_reportingperiod
FOR EACH ROW EXECUTE FUNCTION seuranta_keep_locked_report();
CREATE TRIGGER seuranta_keep_entries BEFORE INSERT OR UPDATE ON seuranta_statusentry
FOR EACH ROW EXECUTE FUNCTION seuranta_keep_entries();
"""
DROP = """
DROP FUNCTION IF EXISTS seuranta_keep_locked_report() CASCADE;
DROP FUNCTION IF EXISTS seuranta_keep_entries() CASCADE;
"""
