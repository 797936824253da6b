"""What every answer must keep: headers, and the rules of a page. Each function returns its faults as sentences.

The HTML parser reports what is malformed; what it lets pass (blocks inside text, controls inside links, words that
name nothing) is looked for here. Contrast, sizes and reading order are judged in a real browser (`tests/browser`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.datastructures import Headers

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
BLOCKS = frozenset(
    """
    address article aside blockquote details dialog div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header
    hr main nav ol p pre section table ul
    """.split()
)
HOLDS_TEXT_ONLY = frozenset(
    """
    abbr b button cite code em h1 h2 h3 h4 h5 h6 i label legend mark p pre q small span strong sub sup
    """.split()
)
TEXT_LEVEL = frozenset(
    """
    a abbr audio b br button canvas cite code datalist del em i img input ins kbd label mark meter noscript output
    picture progress q s samp select small source span strong sub sup template textarea time track video
    wbr
    """.split()
)
STRUCTURE = frozenset(
    """
    html head title meta link script base body caption col colgroup dd dt figcaption legend li optgroup
    option summary tbody td tfoot th thead tr
    """.split()
)
PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "legend": {"fieldset"},
    "summary": {"details"},
}
CHILDREN = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}, "select": {"option", "optgroup", "hr"}}
LOADS = {
    "img": "src",
    "script": "src",
    "link": "href",
    "source": "src",
    "audio": "src",
    "video": "src",
    "form": "action",
    "use": "href",
}
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "list", "form")
LANDMARKS = frozenset({"section", "nav", "aside", "form"})
SVG = "{http://www.w3.org/2000/svg}"


def faults_in_headers(headers: Headers, status: int) -> list[str]:
    """Security headers on every answer, and cookies that are only for us."""
    faults = [f"{name} is {headers.get(name)!r}" for name, value in HEADERS.items() if headers.get(name) != value]
    policy = headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or ("unsafe" in policy and "sandbox" not in policy):
        faults.append(f"Content-Security-Policy is {policy!r}")
    if "Permissions-Policy" not in headers or "Cache-Control" not in headers:
        faults.append("Permissions-Policy or Cache-Control is missing")
    for cookie in headers.getlist("Set-Cookie"):
        if "HttpOnly" not in cookie or "SameSite=Lax" not in cookie:
            faults.append(f"a script or another site can use the cookie {cookie.split('=')[0]}")
    if headers.getlist("Set-Cookie") and "no-store" not in headers.get("Cache-Control", ""):
        faults.append("an answer that sets a cookie may be stored")
    target = headers.get("Location", "")
    if 300 <= status < 400 and target and urlsplit(target).netloc:
        faults.append(f"redirects to another host: {target}")
    return faults


def faults_in_page(html: str) -> list[str]:
    """Every rule of a page, over its HTML."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(html)
    lines = [*html.splitlines(), "", ""]
    faults = [f"line {line}: {code} near {lines[line - 1].strip()[:120]!r}" for (line, _), code, _ in parser.errors]
    elements = list(_walk(root, ()))
    for rule in (_title_rule, _id_rule, _landmark_rule):
        faults += rule(root)
    for element, ancestors in elements:
        faults += _faults_of(element, ancestors)
    return faults


def _walk(element: Element, ancestors: tuple[Element, ...]) -> Iterator[tuple[Element, tuple[Element, ...]]]:
    """Each element with its ancestors, nearest last. Comments are left out."""
    if not isinstance(element.tag, str):
        return
    yield element, ancestors
    for child in element:
        yield from _walk(child, (*ancestors, element))


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _title_rule(root: Element) -> Iterable[str]:
    headings = list(root.iter("h1"))
    titles = [text_of(title) for title in root.iter("title")]
    if root.get("lang") not in {"vi", "en"}:
        yield f"<html> has lang {root.get('lang')!r}"
    if len(headings) != 1 or len(titles) != 1:
        yield f"{len(headings)} <h1> and {len(titles)} <title>, one each is right"
    elif not text_of(headings[0]) or text_of(headings[0]) not in titles[0]:
        yield f"the title {titles[0]!r} does not hold the heading {text_of(headings[0])!r}"


def _id_rule(root: Element) -> Iterable[str]:
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
    yield from (f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1)
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        named = [word for name in REFERENCES for word in (element.get(name) or "").split()]
        if (element.get("href") or "").startswith("#"):
            named.append(element.get("href", "")[1:])
        yield from (f"<{element.tag}> points to #{name}, which does not exist" for name in named if name not in ids)


def _landmark_rule(root: Element) -> Iterable[str]:
    """A screen reader lists the landmarks of a page by name: what may stand many times is an <article>."""
    texts = {element.get("id"): text_of(element) for element in root.iter() if element.get("id")}
    names: Counter[tuple[str, str]] = Counter()
    for element in root.iter():
        label = element.get("aria-label") or texts.get(element.get("aria-labelledby"), "")
        if label and element.tag in LANDMARKS:
            names[str(element.tag), label] += 1
    yield from (f"{count} <{tag}> are called {label!r}" for (tag, label), count in names.items() if count > 1)


def _faults_of(element: Element, ancestors: tuple[Element, ...]) -> Iterable[str]:
    yield from _faults_of_attributes(element)
    if element.tag.startswith("{"):
        return
    if element.tag not in BLOCKS | TEXT_LEVEL | STRUCTURE:
        yield f"<{element.tag}> is not an element that we use"
    yield from _faults_of_place(element, ancestors)
    yield from _faults_of_name(element, ancestors)


def _faults_of_attributes(element: Element) -> Iterable[str]:
    tag = element.tag.removeprefix(SVG)
    if tag == "style" or "style" in element.attrib or any(name.startswith("on") for name in element.attrib):
        yield f"<{tag}> carries style or script: {dict(element.attrib)}"
    if tag == "script" and (not element.get("src") or text_of(element)):
        yield "a script stands in the page itself"
    target = element.get(LOADS.get(tag, ""), "")
    if urlsplit(target).netloc or urlsplit(target).scheme:
        yield f"<{tag}> loads from another host: {target}"
    if urlsplit(element.get("href", "")).scheme not in {"", "http", "https", "mailto", "tel"}:
        yield f"<{tag}> leads to {element.get('href')}"
    if tag == "form" and any(map(_is_judged_by_browser, element.iter())) and element.get("novalidate") is None:
        yield f"the browser judges the fields of <form action={element.get('action')!r}>, in a language of its own"
    if tag == "form" and (element.get("method") or "get").lower() not in {"get", "post", "dialog"}:
        yield f"a form with method {element.get('method')}"


def _faults_of_place(element: Element, ancestors: tuple[Element, ...]) -> Iterable[str]:
    if not ancestors:
        return
    tag, parent = element.tag, ancestors[-1].tag
    if tag in PARENTS and parent not in PARENTS[tag]:
        yield f"<{tag}> stands in <{parent}>"
    if parent in CHILDREN and tag not in CHILDREN[parent] | {"script", "template"}:
        yield f"<{parent}> holds <{tag}>"
    around = {ancestor.tag for ancestor in ancestors}
    if tag in BLOCKS and around & HOLDS_TEXT_ONLY:
        yield f"the block <{tag}> stands in <{', '.join(sorted(around & HOLDS_TEXT_ONLY))}>"
    if _is_control(element) and around & {"a", "button"}:
        yield f"the control <{tag}> stands in another one"
    if tag == "form" and "form" in around:
        yield "a form stands in a form"


def _faults_of_name(element: Element, ancestors: tuple[Element, ...]) -> Iterable[str]:
    tag = element.tag
    if tag == "img" and element.get("alt") is None:
        yield f"an image without alt: {element.get('src')}"
    if tag in {"a", "button"} and not (_words_of(element) or element.get("aria-label")):
        yield f"<{tag} {dict(element.attrib)}> has no words"
    if tag not in {"input", "select", "textarea"} or element.get("type") in {"hidden", "submit", "button"}:
        return
    root = ancestors[0]
    is_named = element.get("aria-label") or element.get("aria-labelledby")
    is_wrapped = any(ancestor.tag == "label" for ancestor in ancestors)
    if not (is_named or is_wrapped or any(label.get("for") == element.get("id") for label in root.iter("label"))):
        yield f"<{tag} name={element.get('name')!r}> has no label"


def _words_of(element: Element) -> str:
    return text_of(element) + "".join(image.get("alt") or "" for image in element.iter("img"))


def _is_judged_by_browser(field: Element) -> bool:
    return field.tag in {"input", "select", "textarea"} and (
        bool({"required", "pattern", "min", "max", "minlength"} & set(field.keys()))
        or field.get("type") in {"number", "email", "url", "date", "time", "datetime-local"}
    )


def _is_control(element: Element) -> bool:
    if element.tag == "input":
        return element.get("type") != "hidden"
    return element.tag in {"button", "select", "textarea", "details"} or (
        element.tag == "a" and "href" in element.attrib
    )
