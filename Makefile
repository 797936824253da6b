# What there is to do, and how: `make help`. Needs python3 (3.11 or newer) with venv, make and git.

PORT ?= 8000
PYTHON ?= python3
N ?= 200
export PORT PYTHON

ENVIRONMENT = sh tools/environment.sh requirements.txt
DEVELOPMENT = sh tools/environment.sh requirements-dev.txt

.DEFAULT_GOAL := help
.PHONY: help run demo restore test check bench format strings drawings editor lock

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Install what is needed, prepare the database, serve on 127.0.0.1, PORT=8000
	@$(ENVIRONMENT)
	@exec .venv/bin/python -m tools.run

demo: ## The same with demonstration provinces, one person per role and N=200 learners, in instance/demo
	@$(ENVIRONMENT)
	@exec .venv/bin/python -m tools.run --demo $(N)

restore: ## Bring a backup into an empty place: make restore FILE=… (docs/backup.md)
	@$(ENVIRONMENT)
	@exec .venv/bin/python -m tools.prepare --restore "$(FILE)"

test: ## Everything a change must pass, in a real browser and on both databases
	@$(DEVELOPMENT)
	@exec .venv/bin/python -m tools.test $(ARGS)

check: ## Format, lint, types, layers, translations and the configuration table
	@$(DEVELOPMENT)
	@exec .venv/bin/python -m tools.check

bench: ## Measure speed, size and memory on this machine
	@$(DEVELOPMENT)
	@exec .venv/bin/python -m bench

format: ## Put the code into its one format
	@$(DEVELOPMENT)
	@.venv/bin/ruff check --quiet --fix-only . && .venv/bin/ruff format --quiet .

strings: ## Collect the strings of the screens for translation, compile the catalogues
	@$(DEVELOPMENT)
	@exec .venv/bin/python -m tools.catalogues update

drawings: ## List the drawings of our courses: no other .svg is published
	@$(DEVELOPMENT)
	@exec .venv/bin/python -m tools.drawings

editor: ## Build the workshop's editor anew from its packages (needs node and npm)
	@cd tools/editor && npm ci --silent && npm run --silent build

lock: ## Choose newer versions of everything we use (needs uv)
	@sh tools/lock.sh
