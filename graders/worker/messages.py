"""Messages on a control socket: one datagram each, and the descriptors it brings."""

import socket
from typing import Any

from graders.wire import decode, encode

MAX_BYTES = 1 << 20


def receive(control: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """The next message and its descriptors; empty at the end."""
    message, fds, _, _ = socket.recv_fds(control, MAX_BYTES, 2)
    return (decode(message) if message else {}), fds


def send(control: socket.socket, message: dict[str, Any]) -> None:
    """Sends one message."""
    control.sendall(encode(message))
