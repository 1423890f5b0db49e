"""Tests of the site: pages without a server, a real server, a real browser."""
