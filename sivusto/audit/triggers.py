"""The database's part of the audit log: it is written and guarded where no code can forget to.

Every row of Django's own log is copied into ours as it is added. Of rows within a card only the
kind is copied, not what they say: an inline row's text is often a person's name. Of what was
changed, only tables whose names hold no private person's data are named.

Rows of the log can be neither changed nor removed. The command that shortens the log, and the
erasure of one person's data (which leaves a record of itself), ask for leave in their own
transactions; emptying the whole table needs a setting of the database that only tests make.
"""

TABLE = "sivusto_audit_entry"
PRUNING = "hankkeet.prune_audit_log"
ERASING = "hankkeet.erase_from_audit_log"
EMPTYING = "hankkeet.empty_audit_log"
NAMED = (
    "hankkeet.project",
    "hankkeet.organisation",
    "hankkeet.projecttype",
    "salkut.portfolio",
    "rahoitus.funder",
    "rahoitus.programme",
    "sivusto.pagetext",
    "sivusto.synonym",
    "auth.user",
    "auth.group",
)

COPY = f"""
CREATE OR REPLACE FUNCTION sivusto_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    message text := NEW.change_message;
    kind_of_target text := coalesce(
        (SELECT app_label || '.' || model FROM django_content_type WHERE id = NEW.content_type_id),
        '');
BEGIN
    IF left(message, 1) = '[' THEN
        BEGIN
            SELECT coalesce(jsonb_agg(
                jsonb_set(jsonb_set(jsonb_set(piece,
                    '{{added,object}}', '"…"', false),
                    '{{changed,object}}', '"…"', false),
                    '{{deleted,object}}', '"…"', false) ORDER BY place), '[]')::text
            INTO message
            FROM jsonb_array_elements(NEW.change_message::jsonb)
                WITH ORDINALITY AS pieces (piece, place);
        EXCEPTION WHEN data_exception THEN
            message := NEW.change_message;
        END;
    END IF;
    INSERT INTO {TABLE} (at, kind, actor_id, actor, target_type, target_id, target, details)
    VALUES (
        NEW.action_time,
        CASE NEW.action_flag WHEN 1 THEN 'added' WHEN 2 THEN 'changed' ELSE 'deleted' END,
        NEW.user_id,
        coalesce((SELECT username FROM auth_user WHERE id = NEW.user_id), ''),
        kind_of_target,
        left(coalesce(NEW.object_id, ''), 64),
        CASE WHEN kind_of_target IN ({", ".join(f"'{name}'" for name in NAMED)})
            THEN left(NEW.object_repr, 200) ELSE '' END,
        message);
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS sivusto_audit_change ON django_admin_log;
CREATE TRIGGER sivusto_audit_change AFTER INSERT ON django_admin_log
FOR EACH ROW EXECUTE FUNCTION sivusto_audit_change();
"""  # noqa: S608 - made of constants
GUARD = f"""
CREATE OR REPLACE FUNCTION sivusto_keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('{PRUNING}', true) = 'on' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND current_setting('{ERASING}', true) = 'on' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'TRUNCATE' AND current_setting('{EMPTYING}', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'The audit log is only added to.' USING ERRCODE = 'insufficient_privilege';
END $$;
DROP TRIGGER IF EXISTS sivusto_keep_audit ON {TABLE};
CREATE TRIGGER sivusto_keep_audit BEFORE UPDATE OR DELETE ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION sivusto_keep_audit();
DROP TRIGGER IF EXISTS sivusto_keep_audit_whole ON {TABLE};
CREATE TRIGGER sivusto_keep_audit_whole BEFORE TRUNCATE ON {TABLE}
FOR EACH STATEMENT EXECUTE FUNCTION sivusto_keep_audit();
"""


def create() -> str:
    """Return the statements that make the triggers, however often they are run."""
    return COPY + GUARD


def drop() -> str:
    """Return the statements that take them away."""
    return (
        "DROP FUNCTION IF EXISTS sivusto_audit_change() CASCADE;\n"
        "DROP FUNCTION IF EXISTS sivusto_keep_audit() CASCADE;\n"
    )
