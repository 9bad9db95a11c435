"""Makes a system call of this process fail with EIO, as on a broken disk; on Linux, without privileges.

A seccomp filter (https://docs.kernel.org/userspace-api/seccomp_filter.html) cannot tell files apart, only calls.
"""

import ctypes
import errno
import platform
import struct

# Of each machine: the numbers of the calls, and of "seccomp" itself.
NUMBERS = {
    "x86_64": {"pwrite64": 18, "fsync": 74, "fdatasync": 75, "ftruncate": 77, "mkdir": 83, "seccomp": 317},
    "aarch64": {"pwrite64": 68, "fsync": 82, "fdatasync": 83, "ftruncate": 46, "mkdir": 34, "seccomp": 277},
}
LOAD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, ERROR = 0x7FFF0000, 0x00050000
NO_NEW_PRIVILEGES, SET_FILTER, ALL_THREADS = 38, 1, 1


class Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def supported() -> bool:
    return platform.system() == "Linux" and platform.machine() in NUMBERS


def make_fail(call: str) -> None:
    """Let every later such call of this process, and of those that it starts, fail."""
    numbers = NUMBERS[platform.machine()]
    steps = (
        (LOAD, 0, 0, 0),
        (JUMP_IF_EQUAL, 0, 1, numbers[call]),
        (RETURN, 0, 0, ERROR | errno.EIO),
        (RETURN, 0, 0, ALLOW),
    )
    program = Program(len(steps), b"".join(struct.pack("HBBI", *step) for step in steps))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.syscall(
        numbers["seccomp"], SET_FILTER, ALL_THREADS, ctypes.byref(program)
    ):
        raise OSError(ctypes.get_errno(), "no filter of system calls can be set")
