"""Sieve (RFC 5228): the filter language that many mail servers run themselves.

Only ``fileinto``, ``addflag`` (RFC 5232) and ``stop`` are ever written. ``stop`` keeps
what stands below, such as an automatic reply, from seeing the message. Where the
folder is not there, a server keeps the mail in the inbox (RFC 5228, 2.10.6).
"""

from __future__ import annotations

from collections.abc import Iterable

from guide.filters.rule import Made, Rule

_LINE = "\r\n"  # RFC 5228, 2.2


def sieve(rule: Rule) -> Made:
    """The rule as a whole script."""
    needs = ["fileinto"]
    needs += ["imap4flags"] if rule.mark_read else []
    needs += ["mailbox"] if rule.make_folder else []
    create = ":create " if rule.make_folder else ""
    lines = [
        f"require {_list(needs)};",
        "",
        f"if {_test(rule)} {{",
        *([f"    addflag {_quoted(chr(92) + 'Seen')};"] if rule.mark_read else []),
        f"    fileinto {create}{_quoted(rule.folder)};",
        "    stop;",
        "}",
        "",
    ]
    return Made(text=_LINE.join(lines))


def _test(rule: Rule) -> str:
    tests = []
    if rule.addresses:
        tests.append(f'address :all :is "from" {_list(rule.addresses)}')
    if rule.domains:
        tests.append(f'address :domain :is "from" {_list(rule.domains)}')
    if len(tests) == 1:
        return tests[0]
    return f"anyof (\r\n    {f',{_LINE}    '.join(tests)}\r\n)"


def _list(values: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, values))}]"


def _quoted(text: str) -> str:
    r"""RFC 5228, 2.4.2: a backslash before a quote or a backslash.

    >>> print(_quoted('a"b' + chr(92)))
    "a\"b\\"
    """
    slash = "\\"
    return '"' + text.replace(slash, slash * 2).replace('"', f'{slash}"') + '"'
