"""Tests in a real browser, which is started once for this folder."""
