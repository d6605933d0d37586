"""Every environment variable that what is installed here reads, as data.

Collected from the sources of the installed packages, from ``python --help-env`` and
from the documentation of SQLite, OpenSSL and Typst. ``test_environment`` holds the
list and the packages together. A name says whose it is; nothing else is said here.
"""

from __future__ import annotations

TEXTUAL = (
    *("TEXTUAL_ANIMATIONS", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_DEBUG"),
    *("TEXTUAL_DEVTOOLS_HOST", "TEXTUAL_DEVTOOLS_PORT", "TEXTUAL_DIM_FACTOR"),
    *("TEXTUAL_DRIVER", "TEXTUAL_FILTERS", "TEXTUAL_FPS", "TEXTUAL_LOG"),
    *("TEXTUAL_PRESS", "TEXTUAL_SCREENSHOT", "TEXTUAL_SCREENSHOT_FILENAME"),
    *("TEXTUAL_SCREENSHOT_LOCATION", "TEXTUAL_SHOW_RETURN", "TEXTUAL_SLOW_THRESHOLD"),
    *("TEXTUAL_SMOOTH_SCROLL", "TEXTUAL_SPEEDUPS", "TEXTUAL_THEME", "TEXTUAL"),
    *("TEXTUAL_DISABLE_KITTY_KEY", "TEXTUAL_ALLOW_SIGNALS", "ESCDELAY", "ROWS"),
    *("TERM_PROGRAM", "LC_TERMINAL"),
)
RICH = (
    *("COLUMNS", "LINES", "JUPYTER_COLUMNS", "JUPYTER_LINES", "TTY_INTERACTIVE"),
    *("TTY_COMPATIBLE", "FORCE_COLOR", "UNICODE_VERSION", "COLORTERM"),
    "DATABRICKS_RUNTIME_VERSION",
)
PYTHON = (
    *("PYTHONSTARTUP", "PYTHONCASEOK", "PYTHONFAULTHANDLER", "PYTHONHASHSEED"),
    *("PYTHONINTMAXSTRDIGITS", "PYTHONMALLOC", "PYTHONCOERCECLOCALE"),
    *("PYTHONBREAKPOINT", "PYTHONDEVMODE"),
    *("PYTHONWARNDEFAULTENCODING", "PYTHONNODEBUGRANGES", "PYTHONDEBUG"),
    *("PYTHONDONTWRITEBYTECODE", "PYTHONINSPECT", "PYTHONNOUSERSITE"),
    *("PYTHONOPTIMIZE", "PYTHONUNBUFFERED", "PYTHONVERBOSE"),
    *("PYTHONWARNINGS", "PYTHONASYNCIODEBUG", "PYTHONPROFILEIMPORTTIME"),
    *("PYTHONTRACEMALLOC", "PYTHONMALLOCSTATS", "PYTHONDUMPREFS"),
    *("PYTHONDUMPREFSFILE", "PYTHONPERFSUPPORT", "PYTHON_PERF_JIT_SUPPORT"),
    *("PYTHON_PRESITE", "PYTHON_HISTORY", "PYTHONUSERBASE", "PYTHON_COLORS"),
    *("PYTHON_CPU_COUNT", "PYTHON_GIL", "PYTHON_FROZEN_MODULES", "PYTHON_BASIC_REPL"),
)
# They decide which Python runs, which code it finds and where it puts what it has
# compiled, before any of ours does. A class named in PYTHONWARNINGS is code as well.
DECIDED_BEFORE = (
    *("PYTHONPATH", "PYTHONHOME", "PYTHONPLATLIBDIR", "PYTHONUTF8"),
    *("PYTHONIOENCODING", "PYTHONSAFEPATH", "PYTHONPYCACHEPREFIX", "LD_PRELOAD"),
)
KEYRING = (
    *("PYTHON_KEYRING_BACKEND", "KEYCHAIN_PATH", "KEYRING_PROPERTY_FILE"),
    *("XDG_CURRENT_DESKTOP", "DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"),
)
FILES = (
    *("SQLITE_TMPDIR", "SQLITE_HISTORY", "SSLKEYLOGFILE", "CFFI_TMPDIR"),
    *("OPENSSL_CONF", "OPENSSL_MODULES", "OPENSSL_ENGINES", "OPENSSL_CONF_INCLUDE"),
    *("CRYPTOGRAPHY_OPENSSL_NO_LEGACY", "XKCDPASS_ALLOW_WEAKRNG"),
    *("TYPST_FONT_PATHS", "TYPST_ROOT", "TYPST_PACKAGE_PATH", "SOURCE_DATE_EPOCH"),
    *("TYPST_PACKAGE_CACHE_PATH", "RUST_LOG", "RUST_BACKTRACE", "PILLOW_ALIGNMENT"),
    *("PILLOW_BLOCK_SIZE", "PILLOW_BLOCKS_MAX", "DISPLAY", "WAYLAND_DISPLAY"),
)
SHELLS = (
    *("PAGER", "LESS", "EDITOR", "VISUAL", "BROWSER", "COMP_WORDS", "COMP_CWORD"),
    *("PROMPT_TOOLKIT_NO_CPR", "MANPAGER", "LESSOPEN"),
)
SYSTEM = (
    *("XDG_DATA_DIRS", "XDG_CONFIG_DIRS", "ANDROID_DATA", "ANDROID_ROOT", "PREFIX"),
    *("LOCALAPPDATA", "APPDATA", "PROGRAMDATA", "ProgramData", "ALLUSERSPROFILE"),
    *("PUBLIC", "WINDIR", "SHELL"),
)
# Honoured, as the README says; or the folders that are the reader's own.
HONOURED = (
    *("TERM", "NO_COLOR", "LANG", "HOME", "PATH", "XDG_DATA_HOME", "XDG_CONFIG_HOME"),
    *("XDG_CACHE_HOME", "TMPDIR"),
)
# Read by the packages' own tests and tools only, which are never run.
NEVER_RUN = ("APSW", "PYTRACE", "COVERAGE_RUN", "_", "256", "TEMP", "TMP")
GROUPS = {
    "textual": TEXTUAL,
    "rich": RICH,
    "python": PYTHON,
    "keyring": KEYRING,
    "files": FILES,
    "shells": SHELLS,
    "system": SYSTEM,
}
PACKAGES = (
    *("textual", "rich", "keyring", "PIL", "platformdirs", "click", "jeepney"),
    *("secretstorage", "pygments", "xkcdpass", "cffi", "typst", "apsw", "jinja2"),
    *("markdown_it", "publicsuffixlist", "pyrage", "cryptography", "docx", "yaml"),
)
