"""A cache of the values that were asked for last, up to a limit."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Memory(Generic[Key, Value]):
    """Values by key; those asked for least recently are dropped first.

    ``room`` limits the sum of the sizes of all keys. Every method may be called from
    any thread.
    """

    def __init__(self, room: int, size: Callable[[Key], int] = lambda key: 1) -> None:
        self._room, self._size = room, size
        self._used = 0
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Key) -> Value | None:
        """Return the value of a key, or None."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def put(self, key: Key, value: Value) -> None:
        """Store a value, and drop others if there is no room."""
        with self._lock:
            if key not in self._values:
                self._used += self._size(key)
            self._values[key] = value
            while self._used > self._room:
                oldest, _ = self._values.popitem(last=False)
                self._used -= self._size(oldest)
