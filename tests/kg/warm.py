"""What processes that change a store need, loaded before they are forked off; nothing here has a thread."""

from g60kg import check, dataset, extract, graph, reason, text  # noqa: F401
from g60kg.check import check_shapes
from g60kg.kg import decisions, stages, sync, verdicts  # noqa: F401
from g60kg.serve.sparql import update  # noqa: F401
from g60kg.store import remote  # noqa: F401

stages.rules()
stages.register(stages.PACKAGED)
check_shapes(())
