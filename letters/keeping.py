"""A letter's blocks as JSON and back: what was decided is kept, and shown from what was kept, never composed anew."""

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from letters import canonical
from letters.blocks import Block, Bullets, Heading, Letter, Letterhead, Paragraph, Signature, Table
from letters.canonical import Unreadable

# Pictures are not among them: no letter of the house has one.
_BLOCKS: Mapping[str, type[Block]] = {
    each.block: each for each in (Heading, Paragraph, Bullets, Table, Letterhead, Signature)
}


def keep(letter: Letter) -> dict[str, Any]:
    """The letter as what JSON knows. Raises Unreadable when it holds a block that cannot be kept."""
    frame = {field.name: canonical.plain(getattr(letter, field.name)) for field in fields(letter)}
    return {**frame, "blocks": [_keep(block) for block in letter.blocks]}


def kept(data: Mapping[str, Any] | str) -> Letter:
    """The letter that was kept, from the object or its text. Raises Unreadable."""
    found = json.loads(data) if isinstance(data, str) else dict(data)
    try:
        blocks = tuple(_read(block) for block in found["blocks"])
    except (KeyError, TypeError) as error:
        raise Unreadable("not the blocks of a letter") from error
    return replace(canonical.read(Letter, {**found, "blocks": []}), blocks=blocks)


def _keep(block: Block) -> dict[str, Any]:
    if block.block not in _BLOCKS:
        raise Unreadable(f"a {block.block} cannot be kept")
    return {"block": block.block, **canonical.plain(block)}


def _read(data: Mapping[str, Any]) -> Block:
    return canonical.read(_BLOCKS[data["block"]], {name: value for name, value in data.items() if name != "block"})
