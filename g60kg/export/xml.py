"""Text as XML holds it.

Goes in: a value. Comes out: text in which nothing ends an element or an attribute. What is no text is
written as JSON. A character that XML has not is escaped in JSON, and elsewhere becomes U+FFFD.
"""

import json
import re
from typing import Any, Final

_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTITIES: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)


def xml_text(value: Any) -> str:
    """Return a value as text of an element or of an attribute in double quotes.

    >>> xml_text('a "b" & <c>'), xml_text(["芜湖"]), xml_text(True)
    ('a &quot;b&quot; &amp; &lt;c&gt;', '[&quot;芜湖&quot;]', 'true')
    """
    if isinstance(value, str):
        text = _NOT_XML.sub("\ufffd", value)
    else:
        dumped = json.dumps(value, ensure_ascii=False)
        text = _NOT_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", dumped)
    return text.translate(_ENTITIES)
