# Two commands do everything: make run, make test.
PY := .venv/bin/python

.PHONY: run test format lock messages

run:  ## set up, bring the database up to date and serve on http://127.0.0.1:$(PORT) (8000)
	@bin/prepare run
	@$(PY) manage.py serve

test:  ## set up and check everything: format, lint, types, migrations, tests
	@bin/prepare test
	$(PY) manage.py compile_catalogs
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m djlint --quiet --lint templates
	$(PY) -m mypy .
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) -m pytest -n 2

format:  ## write the code as ruff wants it
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

lock:  ## lock the dependencies anew, with hashes and without addresses
	$(PY) -m pip install -q uv
	$(PY) -m uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --universal --python-version 3.11 -o requirements.txt pyproject.toml
	$(PY) -m uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --universal --python-version 3.11 --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

messages:  ## bring the catalogs up to date with the code
	$(PY) manage.py update_catalogs
