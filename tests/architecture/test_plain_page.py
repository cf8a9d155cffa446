"""The quick reader says what html5lib says, or nothing."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import html5lib
import pytest

from tests import plain_page

# One of everything that our templates use, so that taking any part away is tried.
RICH = """<!doctype html>
<html lang="nb">
<head>
<meta charset="utf-8">
<title>Sak &amp; svar</title>
<link rel="stylesheet" href="/a.css"><script src="/a.js" defer></script>
</head>
<body class="t-page">
<header><nav aria-label="Meny"><ul><li><a href="/a?b=1&amp;c=2">A</a></li><li><a href="/b">B <b>b</b></a></li></ul></nav></header>
<main id="main"><h1>Sak &lt;1&gt;</h1><section><h2>Hva</h2><p>Ord <strong>og <em>ord</em></strong>, <time>i dag</time>.</p>
<div><svg viewBox="0 0 1 1" preserveAspectRatio="none"><title>Bilde</title><path d="M0 0"/><rect width="1"></rect></svg></div>
<dl><div><dt>Hvem</dt><dd>Kari</dd></div><dt>Når</dt><dd>Nå<br>straks</dd></dl>
<table><caption>Tall</caption><thead><tr><th>År</th></tr></thead><tbody><tr><td><p>1</p></td></tr>
<tr><td><form action="/x"><button>X</button></form></td></tr></tbody><tfoot><tr><td>1</td></tr></tfoot></table>
<form method="post" action="/y"><fieldset><legend>Valg</legend><input type="hidden" name="t" value="a&#34;b">
<label for="s">S</label><select id="s" name="s"><optgroup label="g"><option value="1" selected>En</option></optgroup>
<option>To</option></select><label>Ja <input type="checkbox" name="ja" disabled></label>
<textarea name="tekst">
Linje</textarea><pre>
kode</pre></fieldset><button type="submit"><span>Send</span></button></form>
<ol><li>En<ul><li>En til</li></ul></li></ol><hr><details><summary>Mer</summary><figure><img src="/i.png" alt=""></figure></details>
</section></main><footer><small>Slutt</small></footer>
</body>
</html>
"""
PARTS = re.findall(r"<[^>]*>|[^<]+", RICH)
ODD = [
    "<p>a<div>b</div></p>", "<table><p>x</p></table>", "<table>x<tr><td></td></tr></table>", "<table><tr><td>x</td></tr></table>",
    "<a href='x'>a</a>", '<a href="x">a<a href="y">b</a></a>', "<div/>x", "<b><i>x</b></i>", "<form><form></form></form>",
    "<form><div><form></form></div></form>", "<span>x", "</span>", "&foo;", "a & b", "&copy", "&#0;", '<p id="a" id="b">x</p>',
    '<p a="1"b="2">x</p>', "<p =x>x</p>", '<p A="1" a="2">x</p>', "<P>x</P>", "<select><div>x</div></select>",
    "<select><option><b>x</b></option></select>", "<select><input></select>", "<tr><td>x</td></tr>", "<li>x</li>", "<dt>x</dt>",
    "<ul><li><div><li>x</li></div></li></ul>", "<dl><dd><div><dd>x</dd></div></dd></dl>", "<ul>x<li>x</li></ul>",
    "<h1><h2>x</h2></h1>", "<h1><b><h2>x</h2></b></h1>", "<body>", "<html>", "<head>", "<input></input>", "<br/>", "</br>", "</p>",
    "<!-- a -->", "<!-->", "<?x?>", "<x-y></x-y>", "\x00", "\x0b", "\r\n", "\ufffe", "<svg><p></svg>", "<svg><path><b></b></path></svg>",
    "<svg><title><p>x</p></title></svg>", "<svg><div/></svg>", '<svg viewbox="0"></svg>', '<p viewBox="0">x</p>', "<svg/>",
    "<textarea><p></textarea>", "<textarea>\n\nx</textarea>", "<pre>\n<b>x</b></pre>", "<nobr>a<nobr>b</nobr>", "<caption>x</caption>",
    "<button><div><button>x</button></div></button>", "<p><button><p>x</p></button></p>", "<p><span><ul></ul></span></p>", "<", "<1>",
    "</>", "<p", "<p ", '<p a="', "<img></img>", "<script>if (a < b) {}</script>", "<script>&amp;</script>", "<style>a{}</style>",
    "<iframe></iframe>", "<noscript><p>x</p></noscript>", "<template><tr></tr></template>", "<title>x</title>", "<meta><link>",
    "<table><tbody><tr><td>x</td></tr></tbody><caption>y</caption></table>", "<table><tbody></tbody><thead></thead></table>",
    "<table><tbody><tr></tr>x</tbody></table>", "<b><table><tbody><tr><td><b>x</b></td></tr></tbody></table></b>",
    "<option>x</option>", "<rect></rect>", "<image>", "<keygen>", "<frameset></frameset>", "<plaintext>", "<p>x</p></body>y",
    "</body><p>x</p>", "</body></html>x", "</body> </html> <!-- x -->", "</html>", "<dialog><p></dialog>", "<u><u><u><u>x</u></u></u></u>",
]  # fmt: skip


def _around() -> Iterator[str]:
    """The rich page with a part taken away, told twice, or put where its neighbour was."""
    for at in range(len(PARTS)):
        yield "".join(PARTS[:at] + PARTS[at + 1 :])
        yield "".join([*PARTS[:at], PARTS[at], *PARTS[at:]])
        if at:
            yield "".join([*PARTS[: at - 1], PARTS[at], PARTS[at - 1], *PARTS[at + 1 :]])


def _hold(page: str) -> bool:
    """Whether the quick reader took the page; fails when it says another thing than html5lib."""
    quick = plain_page.read(page)
    if quick is None:
        return False
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(page)
    assert not parser.errors, f"{parser.errors} in {page}"
    assert ElementTree.tostring(quick) == ElementTree.tostring(root), page
    return True


def test_the_rich_page_is_read_quickly() -> None:
    assert _hold(RICH)


def test_whatever_is_moved_no_fault_is_overlooked() -> None:
    taken = sum(_hold(page) for page in _around())
    assert taken > 20  # a blank more or less changes nothing


@pytest.mark.parametrize("odd", ODD)
def test_what_is_odd_is_read_as_the_standard_says_or_left(odd: str) -> None:
    _hold(RICH.replace("<hr>", odd))
    _hold(f'<!doctype html><html lang="nb"><head></head><body>{odd}</body></html>')
