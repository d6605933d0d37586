"""Documents made to break whoever reads them. ``REFUSED`` must not be taken at all."""

from __future__ import annotations

from collections.abc import Mapping

from tests.promises.bombs_of_keys import KEY_FILES
from tests.promises.bombs_of_mail import KEYS, MAIL
from tests.promises.bombs_of_pages import MARKDOWN, PAGES, page

# Ways out of the sandbox of Jinja2 that have been made public, and their relatives.
_ESCAPES = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ ''|attr('__class__') }}",
    "{{ ''|attr('\\x5f\\x5fclass\\x5f\\x5f') }}",
    "{{ ''|attr(['__cla', 'ss__']|join) }}",
    "{{ aa|map(attribute='__class__')|list }}",
    "{{ aa|selectattr('__class__')|list }}",
    "{{ aa|sort(attribute='__globals__') }}",
    "{{ aa|groupby('__class__') }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(aa) }}",
    "{{ '{a.__class__}'.format_map({'a': aa}) }}",
    "{{ ('{0.__class__}'|safe).format(aa) }}",
    "{{ '%s'|format(aa) }}",
    "{{ '%1000000000d'|format(1) }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ ''.format.__self__ }}",
    "{% set ff = ''.format %}{{ ff('{0.__class__}', aa) }}",
    "{{ aa.__init__.__globals__['os'].popen('id').read() }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ self.__dict__ }}",
    "{{ config.items() }}",
    "{{ request.application.__globals__ }}",
    "{{ url_for.__globals__ }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ lipsum.__globals__['os'] }}",
    "{{ lipsum(n=100000) }}",
    "{{ cycler.__init__.__globals__.os }}",
    "{{ joiner.__init__.__globals__.os }}",
    "{{ namespace.__init__.__globals__.os }}",
    "{% set ns = namespace(a=1) %}{% set ns.a = 2 %}",
    "{{ dict(a=1).__class__ }}",
    "{{ range.__class__ }}",
    "{{ aa() }}",
    "{{ aa.upper() }}",
    "{{ aa[0] }}",
    "{{ aa[::] }}",
    "{{ aa.gi_frame.f_back }}",
    "{{ aa.mro }}",
    "{% import 'x' as os %}",
    "{% from 'x' import os %}",
    "{% include '/etc/passwd' %}",
    "{% include aa %}",
    "{% extends 'x' %}",
    "{% extends aa %}",
    "{% block bb %}{{ super() }}{% endblock %}",
    "{% macro mm() %}{{ mm() }}{% endmacro %}{{ mm() }}",
    "{% macro mm() %}{{ caller() }}{% endmacro %}{% call mm() %}{% endcall %}",
    "{% filter upper %}{% endfilter %}",
    "{% with aa = 1 %}{% endwith %}",
    "{% do aa.append(1) %}",
    "{% autoescape true %}{% endautoescape %}",
    "{% trans %}{% endtrans %}",
    "{% debug %}",
    "{{ aa|or_line(aa) }}",
    "{{ aa|or_line(*things) }}",
    "{{ aa|or_line(**aa) }}",
    "{{ aa if aa else aa }}",
    "{{ aa is aa }}",
    "{{ aa is callable }}",
    "{% if aa in things %}{% endif %}",
    "{{ aa ~ aa }}",
    "{{ aa < aa }}",
    "{{ none }}",
    "{{ 0x10 }}",
    "{{ '\\ud800' }}",
)
_ENDLESS = (
    "{{ range(10**9) }}",
    "{% for x in range(10**9) %}x{% endfor %}",
    "{% for x in 'aaaa' %}{% endfor %}",
    "{% for x in things recursive %}{{ loop(things) }}{% endfor %}",
    "{% for x in things if aa %}{% endfor %}",
    "{% for x, y in things %}{% endfor %}",
    "{% for loop in things %}{% endfor %}",
    "{% for x in things %}{% for y in things %}{% endfor %}{% endfor %}",
    "{% for x in things %}{% if aa %}" * 9 + "x" + "{% endif %}{% endfor %}" * 9,
    "{% for x in things %}{% else %}{% for y in things %}{% endfor %}{% endfor %}",
    "{{ 'a' * 10**9 }}",
    "{{ [0] * 10**9 }}",
    "{{ 'a'|center(10**9) }}",
    "{{ 'a'|indent(10**9) }}",
    "{{ 9**9**9**9 }}",
    "{{ 1e999 }}",
    "{{ " + "9" * 19_000 + " }}",
    "{{ '" + "a" * 30_000 + "' }}",
    "{% if aa %}" * 1_500 + "{% endif %}" * 1_500,
    "{% if aa %}" * 150 + "{% endif %}" * 150,
    "{% if aa %}{% else %}" * 120 + "{% endif %}" * 120,
    "{{ " + "(" * 9_000 + "aa" + ")" * 9_000 + " }}",
    "{{ " + "[" * 9_000 + " }}",
    "{{ " + "-" * 9_000 + "aa }}",
    "{{ " + "not " * 900 + "aa }}",
    "{{ aa" + " and aa" * 900 + " }}",
    "{{ aa" + "|or_line" * 900 + " }}",
    "{{ " + "aa if aa else " * 1_200 + "aa }}",
    "{% raw %}" * 2_000,
    "{#" * 9_000,
    "{{" * 9_000,
    "{%" * 9_000,
)
_YAML = (
    "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]",
    "a: &a {b: *a}",
    "a: {<<: {b: c}}",
    "a: &a {b: c}\nd:\n  <<: *a",
    "<<: [{a: b}, {a: b}]",
    "a: !!python/object/apply:os.system ['true']",
    "a: !!python/name:os.system",
    "!!python/object/new:type\nargs: [x, !!python/tuple [], {}]",
    "a: !!binary QUFB",
    "a: !!timestamp 2026-11-03",
    "a: !x y",
    "a: 1\na: 2",
    "'a': 1\n\"a\": 2",
    "? [a, b]\n: c",
    "? {a: b}\n: c",
    "a: " + "[" * 30_000,
    "a: " + "[" * 17 + "]" * 17,
    "a: " + "{a: " * 16_000,
    "- " * 30_000 + "x",
    "a: [" + "x, " * 20_500 + "x]",
    "a: " + "x" * (64 * 1024),
    "%YAML 9.9\n---\na: b",
    "---\na: b\n---\nc: d",
    "- a\n- b",
    "a: \0",
    "a: \x1b[2J",
    "a: 'x",
    'a: "\\ud800',
    "\t- a",
)
_CONDITIONS = (
    *("(" * 100_000, "not " * 100_000 + "aa", "not " * 17 + "aa", "(" * 17 + "aa"),
    *("aa is", "aa is is", "aa or", "__import__('os')", "aa.bb", "aa is 'x'", "", "!"),
    *("a" + " " * 200_000 + "!", "aa " * 50_000),
)
_LISTS = (
    *("a=" + "[" * 90_000, "a=" + "{a=" * 40_000, "a" + ".a" * 60_000 + "=1"),
    *(
        "[" + "a." * 60_000 + "a]\nb=1",
        "a={" + "a." * 60_000 + "a=1}",
        "a=" + "9" * 5_000,
    ),
    *(
        "a=0." + "[1]" * 3,
        "a=2026-99-99",
        "a=1\na=2",
        "[a]\n[a]",
        "a='''",
        "\0=1",
        "a=\ud800",
    ),
)


def _named(sources: tuple[str, ...]) -> dict[str, bytes]:
    said = (each.encode("utf-8", "surrogatepass") for each in sources)
    return {
        f"{n}: {data[:40].decode('ascii', 'replace')}": data
        for n, data in enumerate(said)
    }


# To be refused, each in our own words.
REFUSED: Mapping[str, Mapping[str, bytes]] = {
    "template": _named(_ESCAPES + _ENDLESS),
    "front matter": _named(_YAML),
    "condition": _named(_CONDITIONS),
    "lists": _named(_LISTS),
    "vault.json": KEY_FILES,
}


# To be read as far as they go.
READ: Mapping[str, Mapping[str, bytes]] = {
    "markdown": {name: text.encode() for name, text in MARKDOWN.items()},
    "page": PAGES | {f"page, {name}": page(text) for name, text in MARKDOWN.items()},
    "mail": MAIL,
    "key of a signature": KEYS,
    "settings": {
        "a name of thousands of parts": b"a" + b".a" * 30_000 + b"=1",
        "deep": b"theme = " + b"[" * 4_000,
        "a long number": b"theme = " + b"9" * 4_090,
        "64 MB": b"#" * (64 << 20),
    },
}
