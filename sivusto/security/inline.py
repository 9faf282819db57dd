"""Style and script that stand in the page itself, known to the policy by their hashes."""

import base64
import hashlib

# Fetches the form's script when somebody first touches the form: who only reads need not wait for
# it. Until then, or where it does not come, the form works by its buttons.
LOADER = (
    'const page=document.documentElement;page.className="live";'
    'document.querySelector("form.list").addEventListener("focusin",({currentTarget:form})=>'
    'import(form.dataset.script).catch(()=>page.className=""),{once:true})'
)


def source(text: str) -> str:
    """Return the policy's source expression that allows exactly this text (CSP level 2)."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
