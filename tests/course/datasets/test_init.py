import pytest

HEAVY = "('numpy', 'sklearn', 'tensorflow', 'tensorflow_datasets')"


@pytest.mark.parametrize("module", ["course", "course.datasets"])
def test_importing_the_package_imports_no_heavy_library(python, module):
    code = f"import sys, {module}; print([m for m in {HEAVY} if m in sys.modules])"

    answer = python("-c", code).communicate()

    assert answer == ("[]\n", "")
