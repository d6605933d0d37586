"""Messages, and keys of signatures, made to keep whoever reads them busy."""

from __future__ import annotations

_HEAD = (
    b"From: a@example.com\nTo: b@example.com\n"
    b"Received: from x (x [192.0.2.1]) by y; Tue, 03 Nov 2026 10:15:02 +0100\n"
    b"DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=x; h=from; bh=x; b=x\n"
)
MAIL = {
    "a word without an end": _HEAD + b"a" * 300_000 + b"\n\nx",
    "words that begin a line": _HEAD + b"a b\n" * 50_000 + b"\nx",
    "encoded words": _HEAD + b"Subject: " + b"=?utf-8?b?QQ==?= " * 12_000 + b"\n\n",
    "half an encoded word": _HEAD + b"Subject: " + b"=?utf-8?q?" * 20_000 + b"\n\n",
    "remarks in remarks": _HEAD + b"Received: " + b"(" * 100_000 + b"\n\n",
    "a way without a place": _HEAD + b"Received: " + b"from " * 40_000 + b"\n\n",
    "4,000 places": _HEAD + b"Received: from a by b; 3 Nov 2026\n" * 4_000 + b"\n",
    "quotes": b"From: " + b'"' * 100_000 + b"\n\n",
    "angles": b"From: " + b"<" * 100_000 + b"\n\n",
    "15,000 senders": b"From: " + b"a@example.com, " * 15_000 + b"\n\n",
    "a domain of 100,000 parts": b"From: a@" + b"a." * 100_000 + b"com\n\n",
    "a domain of other letters": b"From: a@" + b"xn--" * 50_000 + b".com\n\n",
    "checks": _HEAD + b"Authentication-Results: x; " + b"dkim=pass " * 20_000 + b"\n\n",
    "a chain": _HEAD + b"ARC-Seal: i=1; " * 15_000 + b"\n\n",
    "blanks": _HEAD + b"X: " + b" " * 250_000 + b"x\n\n",
    "a date": _HEAD + b"Date: " + b"1 " * 100_000 + b"\n\n",
    "links": _HEAD + b"\n" + b"http://a.example.com/ " * 5_000,
    "addresses in the text": _HEAD + b"\n" + b"a@" * 200_000,
}
KEYS = {
    "a quote that never ends": b'"\\' * 8_000,
    "quotes": b'"' * 16_000,
    "parts": b"p=;" * 5_000,
    "blanks": b"p=" + b" " * 60_000 + b"x",
}
