"""What a server remembers: the latest of something, up to a limit."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Memory(Generic[Key, Value]):
    """Values by key; those not asked for longest are forgotten first.

    ``room`` is what all that is kept may add up to, ``size`` what one key takes of it.
    Every method may be called from any thread.
    """

    def __init__(self, room: int, size: Callable[[Key], int] = lambda key: 1) -> None:
        self._room, self._size = room, size
        self._taken = 0
        self._kept: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key) -> Value | None:
        """What is kept under a key, or None."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Key, value: Value) -> None:
        """Keep a value, and forget others if there is no room."""
        with self._lock:
            if key not in self._kept:
                self._taken += self._size(key)
            self._kept[key] = value
            while self._taken > self._room:
                oldest, _ = self._kept.popitem(last=False)
                self._taken -= self._size(oldest)
