"""YAML from outside: bounded in size, depth and references; scalars stay text."""

from typing import Any

import yaml

from graders.errors import UsageError

_MOST_DEPTH = 40
_MOST_EVENTS = 2_000_000
_MOST_ALIASES = 20_000
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_OPENING = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_CLOSING = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


def read_bounded_yaml(data: bytes, where: str, most_bytes: int, fix: str) -> Any:
    """Mappings, lists and text.

    A reference is not copied, so many of them cost nothing here; whoever walks through
    what comes back goes no deeper than it needs.

    Args:
        data: the file, or one byte more than the limit.
        where: its name, for errors.
        most_bytes: the limit.
        fix: what to do about an error.

    Raises:
        UsageError: if it is no YAML, or larger or deeper than any real one.
    """
    if len(data) > most_bytes:
        raise UsageError(f"it is larger than {most_bytes // 1024**2} MiB", where, fix)
    try:
        depth = aliases = 0
        for number, event in enumerate(yaml.parse(data, Loader=_LOADER)):
            depth += isinstance(event, _OPENING) - isinstance(event, _CLOSING)
            aliases += isinstance(event, yaml.AliasEvent)
            over = (
                *(depth > _MOST_DEPTH, number > _MOST_EVENTS),
                aliases > _MOST_ALIASES,
            )
            if any(over):
                raise UsageError("it is larger or deeper than any real one", where, fix)
        return yaml.load(data, Loader=_LOADER)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UsageError("it is not valid YAML", where, fix) from error
