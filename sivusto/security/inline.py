"""Style and script that stand in the page itself, known to the policy by their hashes."""

import base64
import hashlib
from pathlib import Path

from rcssmin import cssmin

# Fetches the form's script when somebody first touches the form: who only reads need not wait for
# it. Until then, or where it does not come, the form works by its buttons.
LOADER = (
    'const page=document.documentElement;page.className="live";'
    'document.querySelector("form.list").addEventListener("focusin",({currentTarget:form})=>'
    'import(form.dataset.script).catch(()=>page.className=""),{once:true})'
)


def style(sheet: Path) -> str:
    """Return a style sheet without what only its writers read, to stand in a page."""
    return str(cssmin(sheet.read_text(encoding="utf-8")))


def source(text: str) -> str:
    """Return the policy's source expression that allows exactly this text (CSP level 2)."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
