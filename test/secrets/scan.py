"""Looks for secrets in files, decoding what it meets; shares no code with the package that it checks.

usage: python3 scan.py [--planted FILE_WITH_ONE_SECRET_PER_LINE] PATH...

Reads every file named, and every one below a folder, hidden and temporary ones too. Searches the bytes and whatever they decode to
(UTF-16, base64 and base64url at any alignment, hexadecimal, percent, JSON and HTML escapes, gzip, zlib, deflate; each inside the others)
for the planted strings and for strings shaped like AWS credentials, private keys and JSON web tokens. Prints where, through which
decodings, and what kind of secret: of the secret itself no more than four characters and its length.

Exit code 0: none found, 1: found, 2: wrong usage.
"""

import base64
import binascii
import html
import os
import re
import sys
import urllib.parse
import zlib

MOST_LAYERS = 6
MOST_UNPACKED = 16 * 1024 * 1024

SHAPES = [
    ("AWS access key id", re.compile(rb"(?<![A-Z0-9])(?:AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AIPA|ANPA|ANVA|APKA|AROA|ASCA)[A-Z0-9]{16}(?![A-Z0-9])")),
    ("AWS session token", re.compile(rb"(?:IQoJb3JpZ2lu|AgoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz)[A-Za-z0-9+/=_%-]{40,}")),
    ("SigV4 signature", re.compile(rb"Signature[\"']?\s*[=:]\s*[\"']?([0-9a-f]{64})", re.I)),
    ("private key", re.compile(rb"-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----")),
    ("JSON web token", re.compile(rb"eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}")),
    (
        "AWS secret access key",
        re.compile(rb"(?:secret|access.?key|private.?key)[^\r\n]{0,60}?(?<![A-Za-z0-9/+])([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])", re.I),
    ),
]

BASE64_TOKEN = re.compile(rb"[A-Za-z0-9+/_-]{8,}(?:\r?\n[A-Za-z0-9+/_-]+)*")
HEX_TOKEN = re.compile(rb"[0-9a-fA-F]{8,}")
JSON_ESCAPE = re.compile(rb"\\(?:u\{?([0-9a-fA-F]{4})\}?|x([0-9a-fA-F]{2})|(.))", re.S)
SHORT_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
ZLIB_STARTS = (b"\x1f\x8b\x08", b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")


class Scanner:
    def __init__(self, planted):
        self.planted = planted
        self.hits = set()

    def scan(self, path, data):
        self.path = path
        self.seen = set()
        self.look(data, ())

    def look(self, data, layers):
        if len(data) < 4 or data in self.seen:
            return
        self.seen.add(data)
        self.search(data, layers)
        if len(layers) == MOST_LAYERS:
            return
        for name, decoded in decode(data):
            self.look(decoded, layers + (name,))

    def search(self, data, layers):
        for secret in self.planted:
            if secret in data:
                self.report(layers, "planted secret", secret)
        for kind, shape in SHAPES:
            for match in shape.finditer(data):
                self.report(layers, kind, match.group(match.lastindex or 0))

    def report(self, layers, kind, secret):
        shown = secret[:4].decode("latin-1").encode("unicode_escape").decode("ascii")
        self.hits.add((self.path, " > ".join(layers) or "plain", kind, f"{shown}..., {len(secret)} bytes"))


def decode(data):
    """Everything that the bytes may stand for, one layer further in."""
    if b"\0" in data:
        for offset in (0, 1):
            for name in ("utf-16-le", "utf-16-be"):
                yield name, data[offset:].decode(name, "ignore").encode("utf-8", "ignore")
    if b"%" in data:
        yield "percent", urllib.parse.unquote_to_bytes(data)
        yield "form", urllib.parse.unquote_to_bytes(data.replace(b"+", b" "))
    if b"\\" in data:
        yield "json", JSON_ESCAPE.sub(unescape, data)
    if b"&" in data:
        yield "html", html.unescape(data.decode("utf-8", "replace")).encode("utf-8", "replace")
    for offset in (0, 1):
        blobs = [from_hex(token[offset:]) for token in HEX_TOKEN.findall(data)]
        yield from gather("hex", blobs)
    for offset in (0, 1, 2, 3):
        blobs = [from_base64(token, offset) for token in BASE64_TOKEN.findall(data)]
        yield from gather("base64", blobs)
    yield from unpack(data)


def gather(name, blobs):
    """All tokens of a text at once, and each alone where it may be compressed."""
    if blobs:
        yield name, b"\n".join(blobs)
    for blob in blobs:
        for packed, unpacked in unpack(blob):
            yield f"{name} > {packed}", unpacked


def unescape(match):
    unicode, byte, short = match.groups()
    if short is not None:
        return SHORT_ESCAPES.get(short, short)
    return chr(int(unicode or byte, 16)).encode("utf-8", "surrogatepass")


def from_hex(token):
    return binascii.unhexlify(token[: len(token) // 2 * 2])


def from_base64(token, offset):
    clean = re.sub(rb"\s", b"", token).translate(bytes.maketrans(b"-_", b"+/"))[offset:]
    if len(clean) % 4 == 1:
        clean = clean[:-1]
    return base64.b64decode(clean + b"=" * (-len(clean) % 4))


def unpack(data):
    for start in ZLIB_STARTS:
        at = data.find(start)
        while at >= 0:
            unpacked = inflate(data[at:], 47)
            if unpacked:
                yield "gzip" if start[0] == 0x1F else "zlib", unpacked
            at = data.find(start, at + 1)
    if len(data) >= 8:
        unpacked = inflate(data, -15)
        if unpacked and len(unpacked) >= 8:
            yield "deflate", unpacked


def inflate(data, window):
    try:
        return zlib.decompressobj(window).decompress(data, MOST_UNPACKED)
    except zlib.error:
        return b""


def walk(paths):
    for path in paths:
        if not os.path.isdir(path):
            yield path
        for folder, folders, files in os.walk(path):
            folders.sort()
            yield from (os.path.join(folder, name) for name in sorted(files))


def refuse(reason):
    print(f"scan.py: {reason}\n{__doc__.splitlines()[2]}", file=sys.stderr)
    return 2


def main(arguments):
    planted = []
    if arguments[:1] == ["--planted"]:
        if len(arguments) < 2:
            return refuse("--planted needs a file")
        try:
            with open(arguments[1], "rb") as file:
                planted = [line.rstrip(b"\r\n") for line in file if line.strip()]
        except OSError as error:
            return refuse(f"cannot read the planted secrets: {error.strerror}")
        if any(len(secret) < 4 for secret in planted):
            return refuse("a planted secret of fewer than 4 bytes is found everywhere")
        arguments = arguments[2:]
    if not arguments or any(argument.startswith("-") for argument in arguments):
        return refuse("no path, or an unknown option")
    missing = [path for path in arguments if not os.path.lexists(path)]
    if missing:
        return refuse(f"{missing[0]} does not exist")
    scanner = Scanner(planted)
    count = 0
    for path in walk(arguments):
        if os.path.isfile(path):
            count += 1
            with open(path, "rb") as file:
                scanner.scan(path, file.read())
    for path, layers, kind, shown in sorted(scanner.hits):
        print(f"{path}: {layers}: {kind} ({shown})")
    print(f"{count} files read, {len(scanner.hits)} secrets found", file=sys.stderr)
    return 1 if scanner.hits else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
