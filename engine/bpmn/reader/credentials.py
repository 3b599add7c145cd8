"""Passwords and tokens that stand in a model, where everybody who designs or operates can read them. What is told of them never
has them in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from engine.bpmn.expressions import Template
from engine.bpmn.reader.file import ModelFile
from engine.bpmn.reader.secrets import fixed_texts, place_of
from engine.facts.secret_references import refers, written
from engine.facts.sentences import Sentence

#: Names of headers and entries, without hyphens and underscores and in small letters, whose values are credentials.
_KEYS: Final = frozenset(
    {
        *("authorization", "proxyauthorization", "cookie", "xapikey", "apikey", "xauthtoken", "xaccesstoken", "xgitlabtoken"),
        *("privatetoken", "token", "accesstoken", "refreshtoken", "authtoken", "secret", "clientsecret", "appsecret"),
        *("corpsecret", "secretkey", "accesskey", "password", "passwd", "pwd"),
    }
)
_PASSWORD_IN_ADDRESS: Final = re.compile(r"\b[a-zA-Z][a-zA-Z0-9+.-]{1,20}://[^\s/@:\"'<>]{1,100}:[^\s/@\"'<>{}]{1,200}@")
_IN_QUERY: Final = re.compile(
    r"[?&](?:key|token|access_token|api_?key|secret|app_?secret|corpsecret|password|auth|sig|signature|sign)=[^&\s{}\"'#]{8,}",
    re.IGNORECASE,
)
#: What their makers begin them with: GitHub, GitLab, Slack, Stripe and others, Amazon, Google, Aliyun, this service; web tokens.
_TOKEN: Final = re.compile(
    r"\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,}"
    r"|(?:sk|rk)[-_](?:live_|test_|proj-)?\w{16,}|AKIA[0-9A-Z]{16}|AIza[\w-]{30,}|LTAI[A-Za-z0-9]{12,}|lz_[\w-]{20,}"
    r"|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+)"
)
_PRIVATE_KEY: Final = re.compile(r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----")
#: One word that nobody would read aloud, if letters and digits are mixed in it.
_LONG_WORD: Final = re.compile(r"(?<![\w+/=.-])[A-Za-z0-9+/_-]{32,}={0,2}(?![\w+/=.-])")
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_BETWEEN: Final = re.compile("[-_/+=]")
_LONG_PIECE: Final = 16
#: Shorter texts hold none of these.
_SHORTEST: Final = 8

_IN_ADDRESS, _A_TOKEN, _A_KEY = Sentence("A password in an address"), Sentence("A token"), Sentence("A private key")
_SHAPES: Final = ((_PASSWORD_IN_ADDRESS, _IN_ADDRESS), (_TOKEN, _A_TOKEN), (_PRIVATE_KEY, _A_KEY))


def check_credentials(file: ModelFile, templates: Mapping[str, Template], xml: Any) -> None:
    """Of what a job is handed: what is a credential by its name, stands in the query of an address, or looks like one."""
    for name, text in fixed_texts(file, templates):
        what = None if refers(text.text) else _what(text.text, text.key or name)
        if what is not None:
            _warn(file, place_of(xml, name), what)


def check_texts(file: ModelFile) -> None:
    """Of the whole file: what cannot be anything else."""
    for xml in file.root.iter("*"):
        for text in (*xml.attrib.values(), xml.text or ""):
            what = _shape(text)
            if what is not None:
                _warn(file, xml, what)


def _what(text: str, key: str) -> Sentence | None:
    if text.strip() and key.lower().replace("-", "").replace("_", "") in _KEYS:
        return Sentence("The value of {name}", name=key)
    if _shape(text) is not None:
        return None  # told of already, as in any other text
    if _IN_QUERY.search(text):
        return _A_TOKEN
    return _A_TOKEN if any(map(_is_mixed, _LONG_WORD.findall(text))) else None


def _is_mixed(word: str) -> bool:
    """A long piece of letters and digits: words with hyphens between them have none."""
    pieces = () if _UUID.fullmatch(word) else (piece for piece in _BETWEEN.split(word) if len(piece) >= _LONG_PIECE)
    return any(any(map(str.isdigit, piece)) and any(map(str.isalpha, piece)) for piece in pieces)


def _shape(text: str) -> Sentence | None:
    if len(text) < _SHORTEST:
        return None
    return next((what for pattern, what in _SHAPES if pattern.search(text)), None)


def _warn(file: ModelFile, xml: Any, what: Sentence) -> None:
    sentence = Sentence("{what} stands in the model, and whoever may read models can read it.", what=what)
    fix = Sentence("Keep it as a secret and write {reference} instead.", reference=written("NAME"))
    file.warning("credential", xml, sentence, fix)
