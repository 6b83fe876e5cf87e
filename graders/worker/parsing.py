"""Does a file compile? Answered in a process of its own: deep nesting can crash it.

    parsing.py < FILE

The reply is a few lines of text, so that nothing at all is imported: `ok`, or the
line, the column, the message and the source line of the syntax error.
"""

import sys


def parse(source: bytes) -> bytes:
    """`ok`, or four lines that describe the syntax error.

    >>> parse(b"x = 1")
    b'ok'
    >>> parse(b"def f(:").decode().splitlines()[0]
    '1'
    """
    text = source.decode("utf-8")
    try:
        compile(text, "submission", "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 0
        column = getattr(error, "offset", None) or 0
        lines = text.splitlines()
        own = lines[line - 1] if 0 < line <= len(lines) else ""
        source_line = (getattr(error, "text", None) or own).rstrip("\n")
        message = getattr(error, "msg", None) or str(error)
        parts = (line, column, message, source_line[:300])
        return "\n".join(str(part).replace("\n", " ") for part in parts).encode()
    except (RecursionError, MemoryError):
        return b"0\n0\nthe code is nested too deeply\n"
    except Exception as error:  # The compiler's own limits, such as OverflowError.
        return f"0\n0\n{type(error).__name__}: {error}\n".encode()
    return b"ok"


if __name__ == "__main__":
    sys.stdout.buffer.write(parse(sys.stdin.buffer.read()))
