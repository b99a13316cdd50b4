import pytest
from log_bench import LogBench


@pytest.fixture
def bench(tmp_path, qtbot):
    made = LogBench(tmp_path, qtbot)
    yield made
    made.close()
