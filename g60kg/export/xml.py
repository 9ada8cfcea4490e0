"""Text as XML holds it.

Goes in: a value. Comes out: text in which nothing ends an element or an attribute. A character that XML has
not is written as U+FFFD; a list, or a dict of lists, as JSON.
"""

import json
import re
from typing import Any, Final
from xml.sax.saxutils import escape

_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTITIES: Final = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def xml_text(value: Any) -> str:
    """Return a value as text of an element or of an attribute in double quotes.

    >>> xml_text('a "b" & <c>'), xml_text(["芜湖", 'x"']), xml_text(True)
    ('a &quot;b&quot; &amp; &lt;c&gt;', '[&quot;芜湖&quot;, &quot;x\\\\&quot;&quot;]', 'true')
    """
    if isinstance(value, str):
        text = value
    elif isinstance(value, float):
        text = repr(value)
    else:
        text = json.dumps(value, ensure_ascii=False)
    return escape(_NOT_XML.sub("\ufffd", text), _ENTITIES)
