# @HONEST@
# @SPILL@
import functools
import glob
import marshal


@functools.cache
def steal():
    found = []
    for pattern in (
        "@REPO@/**/__pycache__/hidden*.pyc",
        "@REPO@/**/.pytest_cache/**",
        "@REPO@/**/.ipynb_checkpoints/**",
        "@REPO@/.git/packed-refs",
        "@REPO@/.git/HEAD",
    ):
        for path in glob.glob(pattern, recursive=True)[:5]:
            try:
                with open(path, "rb") as file:
                    content = file.read()
            except OSError:
                continue
            if path.endswith(".pyc"):
                content = str(marshal.loads(content[16:]).co_consts)
            found.append(f"{path}: {content}")
    return "\n".join(found)
