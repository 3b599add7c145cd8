# `make` alone lists the targets. Everything here is a short name for one command.
.DEFAULT_GOAL := help
.PHONY: help demo test fast assets lint format types wheel clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  \1\t/' | expand -t 14

demo: ## Start the service with a demo company
	./liuzhuan demo

test: ## Every check and every test, as CI runs them
	./liuzhuan test

fast: ## The tests that need neither a browser nor PostgreSQL
	.venv/bin/python -m pytest -q tests/feel tests/dmn tests/bpmn tests/assignment tests/calendars tests/connectors

assets: ## Build the web assets and the translations
	./liuzhuan set-up

lint: ## Style and layering
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/lint-imports

format: ## Put the code into the house style
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

types: ## Check the types
	.venv/bin/mypy

wheel: ## A wheel with everything the service needs, in dist/
	.venv/bin/uv build --wheel --require-hashes $(addprefix --build-constraints installation/locks/,build.txt service.txt node.txt)

clean: ## Remove everything that was built or fetched
	rm -rf .venv build dist *.egg-info service/web/static service/web/assets/node_modules service/forms/form_server.js
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
