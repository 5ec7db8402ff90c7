"""Account → text: terminal, HTML, Markdown, JSON-LD, CSV, CSL-JSON, and the display of a notebook.

Pure renderers: each takes the account and nothing else, and gives the same text for the same account.
All that comes from articles is text in every one of them, never markup, formula or control.
"""
