"""Which places of a form's values are taken. As in form-js no two fields share one, and none has what is an object for others."""

from __future__ import annotations

Path = tuple[str, ...]


class Claims:
    """Paths from the whole form, lists without the numbers of their rows."""

    def __init__(self) -> None:
        self._fields: set[Path] = set()
        self._lists: set[Path] = set()
        self._objects: set[Path] = set()

    def field(self, path: Path, lists: Path) -> bool:
        """Whether a field could have the path; `lists` leads to the list around it. It has it from now on."""
        is_free = self._is_reachable(path, lists) and path not in self._objects
        self._fields.add(path)
        self._open(path)
        return is_free

    def list_(self, path: Path, lists: Path) -> bool:
        is_free = self._is_reachable(path, lists) and path not in self._objects
        self._lists.add(path)
        self._open((*path, ""))
        return is_free

    def group(self, path: Path, lists: Path) -> bool:
        is_free = self._is_reachable(path, lists)
        self._open((*path, ""))
        return is_free

    def _is_reachable(self, path: Path, lists: Path) -> bool:
        heads = [path[:end] for end in range(1, len(path) + 1)]
        return not any(head in self._fields or (head in self._lists and lists[: len(head)] != head) for head in heads)

    def _open(self, path: Path) -> None:
        self._objects.update(path[:end] for end in range(1, len(path)))
