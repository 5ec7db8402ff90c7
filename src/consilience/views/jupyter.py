"""An account in a notebook: the report in a frame of its own, Markdown where HTML is not shown.

``%load_ext consilience.views.jupyter`` shows every account that is a cell's last value;
``show(account)`` shows one without the extension.
"""

from __future__ import annotations

from html import escape

from consilience.model import Account
from consilience.views import html, markdown

HEIGHT = 720  # pixels of the frame


class Shown:
    """An account with the display methods that notebooks look for (IPython's rich display)."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def _repr_html_(self) -> str:
        """The report in a frame that can run its script and reach nothing of the notebook."""
        page = escape(html.render(self.account), quote=True)
        return (
            f'<iframe title="Consilience" sandbox="allow-scripts allow-popups" width="100%" height="{HEIGHT}"'
            f' style="border:1px solid #ccc" srcdoc="{page}"></iframe>'
        )

    def _repr_markdown_(self) -> str:
        """The account in Markdown, without the articles' texts."""
        return markdown.render(self.account, with_texts=False)


def show(account: Account) -> Shown:
    """``account`` as a value that a notebook displays."""
    return Shown(account)


def load_ipython_extension(ipython) -> None:
    """Register the displays of ``Account`` with IPython (called by ``%load_ext``)."""
    formatters = ipython.display_formatter.formatters
    formatters["text/html"].for_type(Account, lambda a: Shown(a)._repr_html_())
    formatters["text/markdown"].for_type(Account, lambda a: Shown(a)._repr_markdown_())
