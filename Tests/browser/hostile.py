"""Five hundred texts that would do something if a page ever took them for anything but text."""
from __future__ import annotations

PAYLOADS = [
    "owned(1)", "window.owned(1)", "top.owned`1`", "(owned)(1)", "setTimeout('owned(1)')", "import('data:text/javascript,owned(1)')",
    "document.title='owned'", "location='javascript:owned(1)'", "eval('owned(1)')", "constructor.constructor('owned(1)')()",
]
SHAPES = [
    "<script>{0}</script>", "<ScRiPt>{0}</sCrIpT>", "<script src=data:,{0}></script>", "<img src=x onerror={0}>", '<img src="x" onerror="{0}">',
    "<svg onload={0}>", "<svg><script>{0}</script></svg>", "<svg><animate onbegin={0} attributeName=x dur=1s>", "<body onload={0}>",
    "<iframe srcdoc='<script>parent.{0}</script>'>", "<iframe src=javascript:{0}>", "<object data=javascript:{0}>", "<embed src=javascript:{0}>",
    "<a href=javascript:{0}>x</a>", "<form action=javascript:{0}><button>x", "<input autofocus onfocus={0}>", "<details open ontoggle={0}>",
    "<video><source onerror={0}>", "<math><mtext></form><mglyph><style></math><img src onerror={0}>", "<style>@import 'javascript:{0}'</style>",
    "<link rel=stylesheet href=javascript:{0}>", "<meta http-equiv=refresh content='0;url=javascript:{0}'>", "<base href=javascript:{0}//>",
    "<template><script>{0}</script></template>", "<noscript><p title='</noscript><img src=x onerror={0}>'>", "</textarea><script>{0}</script>",
    "</title><script>{0}</script>", "--><script>{0}</script><!--", "]]><script>{0}</script>", "\"><img src=x onerror={0}>", "'><img src=x onerror={0}>",
    "' onmouseover='{0}", '" autofocus onfocus="{0}', "` onclick=`{0}`", "[x](javascript:{0})", "[x](JaVaScRiPt:{0})", "[x](data:text/html,<script>{0}</script>)",
    "[x](vbscript:{0})", "![x](x\" onerror=\"{0})", "<javascript:{0}>", "javascript:{0}", "java\tscript:{0}", "https://example.org/\"onclick=\"{0}",
    "https://x@javascript:{0}", "```html\n<script>{0}</script>\n```", "`<img src=x onerror={0}>`", "> <svg onload={0}>", "{{{{{0}}}}}", "${{{0}}}", "#{{{0}}}",
]


def hostile() -> list[str]:
    texts = [shape.format(payload) for shape in SHAPES for payload in PAYLOADS]
    assert len(texts) == len(set(texts)) == 500
    return texts


# In every page before anything else: what ran, and what the content security policy had to stop.
WATCH = """(() => {
    window.ran = [];
    window.blocked = [];
    window.owned = (...what) => { window.ran.push(String(what)); };
    for (const name of ["alert", "confirm", "prompt"]) window[name] = () => { window.ran.push(name); };
    document.addEventListener("securitypolicyviolation", event => window.blocked.push(event.violatedDirective + " " + event.sample));
})()"""
# Elements that the client never makes, and attributes that it never writes.
FOREIGN = """() => {
    const bad = [...document.body.querySelectorAll("script:not([src^='/assets/']), iframe, object, embed, style, link, meta, base, template, math, form[action], svg animate, svg script, [srcdoc]")]
        .filter(e => !e.closest("head")).map(e => e.outerHTML.slice(0, 100));
    for (const e of document.body.querySelectorAll("*"))
        for (const { name, value } of e.attributes)
            if (/^on/.test(name) || (/^(href|src|action|data)$/.test(name) && !/^(\\/|https?:|mailto:|blob:|otpauth:)/.test(value)))
                bad.push(e.outerHTML.slice(0, 160));
    return { bad, ran: window.ran, blocked: window.blocked, title: document.title };
}"""
