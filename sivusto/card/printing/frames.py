"""Messages over a pipe: four bytes of length, then the bytes."""

import struct
from typing import BinaryIO

LENGTH = struct.Struct(">I")
LARGEST = 256 * 1024 * 1024


def write_frame(pipe: BinaryIO, content: bytes) -> None:
    """Send one message; raise OSError when the other end is gone."""
    left = memoryview(LENGTH.pack(len(content)) + content)
    while left:
        left = left[pipe.write(left) :]
    pipe.flush()


def read_frame(pipe: BinaryIO) -> bytes:
    """Wait for one message; raise EOFError when the other end is gone or talks nonsense."""
    (length,) = LENGTH.unpack(_read(pipe, LENGTH.size))
    if length > LARGEST:
        raise EOFError("a frame of impossible length")
    return _read(pipe, length)


def _read(pipe: BinaryIO, length: int) -> bytes:
    """Read exactly so many bytes: a pipe without a buffer gives what it has, not what it should."""
    content = bytearray()
    while len(content) < length:
        more = pipe.read(length - len(content))
        if not more:
            raise EOFError("the other end closed the pipe")
        content += more
    return bytes(content)
