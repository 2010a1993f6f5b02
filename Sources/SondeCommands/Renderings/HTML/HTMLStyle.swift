/// The look of the page: one sheet, known to its policy by a hash, so that no other style is taken.
enum HTMLStyle {
    /// Nothing is loaded, nothing is run, nothing is sent; only this sheet counts. A test compares its hash.
    static let policy: HTML =
        "default-src 'none'; style-src 'sha256-wx5T8U8mshL4hmumnxyx0x7dvDfzFz/W1mHw1V1elRs='; base-uri 'none'; form-action 'none'"

    /// What stands between the tags, its first line end included.
    static let sheet: HTML = """

        :root{--bg:#f6f7f9;--card:#fff;--ink:#1b2330;--soft:#5a6675;--line:#dfe4ea;--tint:#eef1f5;--link:#1d5fd1;
        --pass:#177a4b;--warn:#8f5d00;--fail:#bf2438;--open:#5b4bb7;--skip:#68727f;
        --dns:#8a97a8;--connect:#e0a63a;--tls:#a37bdc;--request:#54b3ad;--first:#3f86e0;--body:#3dba80;--broken:#dd4a60}
        @media (prefers-color-scheme:dark){:root{--bg:#0f141b;--card:#171e28;--ink:#e6ebf2;--soft:#9aa7b8;--line:#2a3442;--tint:#1e2734;--link:#7fb0ff;
        --pass:#4fcf93;--warn:#f0b64d;--fail:#ff7c8d;--open:#ab9dff;--skip:#8e9aab;
        --dns:#76849a;--connect:#d89f35;--tls:#9a74d6;--request:#4aa8a2;--first:#4b8fea;--body:#36ad76;--broken:#e85c70}}
        *{box-sizing:border-box}
        html{scroll-behavior:smooth}
        body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;overflow-wrap:anywhere}
        code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.9em}
        a{color:var(--link);text-underline-offset:2px}
        i{font-style:normal}
        h2{font-size:1.2rem;margin:2.2rem 0 .8rem;letter-spacing:-.01em}
        h3{font-size:.8rem;letter-spacing:.06em;text-transform:uppercase;color:var(--soft);margin:1.4rem 0 .5rem}
        .wide{max-width:1080px;margin:0 auto;padding:0 20px}
        .sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        .pass{--tone:var(--pass)}.warn{--tone:var(--warn)}.fail,.breach{--tone:var(--fail)}.inconclusive{--tone:var(--open)}.skip{--tone:var(--skip)}
        .top{background:var(--card);border-bottom:1px solid var(--line);border-top:6px solid var(--tone);padding:26px 0 22px}
        .top .brand{margin:0;color:var(--soft);font-size:.8rem;letter-spacing:.06em;text-transform:uppercase}
        .top h1{display:flex;align-items:center;gap:14px;font-size:2.1rem;line-height:1.2;letter-spacing:-.02em;margin:.35rem 0 .2rem;color:var(--tone)}
        .top h1 i{display:grid;place-items:center;flex:none;width:1.35em;height:1.35em;border-radius:50%;background:var(--tone);color:var(--card);font-size:.7em;font-weight:700}
        .lead{font-size:1.15rem;margin:.3rem 0 .8rem}
        .share{height:6px;max-width:420px;margin:0 0 14px;border-radius:3px;background:none}.share rect{fill:var(--tone)}
        .meta{display:flex;flex-wrap:wrap;gap:2px 20px;margin:0;color:var(--soft);font-size:.9rem}
        .note{border-left:4px solid var(--tone);background:var(--card);padding:12px 16px;border-radius:0 8px 8px 0;margin:20px 0 0}
        .chip{display:inline-flex;align-items:center;gap:6px;border-radius:999px;padding:1px 11px 1px 8px;font-size:.82rem;font-weight:600;color:var(--tone);background:color-mix(in srgb,var(--tone) 13%,transparent);white-space:nowrap}
        .mark{display:inline-grid;place-items:center;flex:none;width:1.5em;height:1.5em;border-radius:50%;font-size:.82rem;font-weight:700;color:var(--tone);background:color-mix(in srgb,var(--tone) 14%,transparent)}
        .mark.fail,.mark.breach{color:var(--card);background:var(--tone)}
        code.cause{color:var(--tone);font-weight:600}
        .rules{list-style:none;padding:2px 18px;background:var(--card);border:1px solid var(--line);border-radius:12px}
        .rules li{display:grid;grid-template-columns:8em 1fr;align-items:baseline;gap:4px 10px;margin:0;padding:9px 0;border-top:1px solid var(--line)}
        .rules li:first-child{border-top:0}.rules .chip{justify-self:start}
        .kept{margin-top:10px}.kept summary{cursor:pointer;color:var(--soft)}.kept ul{margin-top:8px}
        .scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:12px}
        .matrix{border-collapse:collapse;width:100%;font-size:.93rem}
        .matrix th,.matrix td{padding:9px 14px;text-align:left;border-bottom:1px solid var(--line);vertical-align:middle;overflow-wrap:normal}
        .matrix td{white-space:nowrap}.matrix tbody tr:last-child>*{border-bottom:0}
        .matrix tbody tr:hover{background:var(--tint)}
        .matrix thead th{font-size:.76rem;font-weight:600;color:var(--soft);letter-spacing:.02em;white-space:nowrap}
        .matrix tbody th{font-weight:600;min-width:11em;max-width:26em;overflow-wrap:anywhere}
        .matrix th small{display:block;font-weight:400;color:var(--soft)}
        .matrix th a{text-decoration:none}.matrix th a:hover{text-decoration:underline}
        .matrix .check{text-align:center;padding-left:8px;padding-right:8px}
        .matrix .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        .target{background:var(--card);border:1px solid var(--line);border-left:5px solid var(--tone);border-radius:12px;padding:0 22px;margin:20px 0 0;scroll-margin-top:12px}
        .target[open]{padding-bottom:20px}
        .target>summary{position:relative;display:flex;flex-wrap:wrap;align-items:center;gap:6px 12px;padding:13px 26px 13px 0;cursor:pointer;list-style:none}
        .target>summary::-webkit-details-marker{display:none}
        .target>summary::after{content:"";position:absolute;right:4px;top:1.3em;width:.5em;height:.5em;border:solid var(--soft);border-width:0 2px 2px 0;transform:rotate(45deg)}
        .target[open]>summary::after{transform:rotate(-135deg)}
        .target h2{margin:0}
        .facts{display:flex;flex-wrap:wrap;gap:6px 28px;margin:0 0 14px;font-size:.9rem}
        .facts dt{color:var(--soft);font-size:.78rem}.facts dd{margin:0}
        .verdict{border-radius:10px;padding:13px 17px;background:color-mix(in srgb,var(--tone) 8%,transparent)}
        .summary{margin:0;font-size:1.06rem}
        .fine{margin:.35rem 0 0;color:var(--soft);font-size:.9rem}.fine b{color:var(--ink)}
        .checks{list-style:none;padding:0;margin:14px 0 0}
        .checks li{display:grid;grid-template-columns:1.8em 8.5em 1fr;align-items:baseline;gap:0 6px;padding:5px 0;border-top:1px solid var(--line)}
        .checks li:first-child{border-top:0}
        .next{border:1px solid var(--line);border-radius:10px;padding:2px 18px 12px;margin-top:16px;background:var(--tint)}
        .next h3{color:var(--ink)}
        ol,ul{margin:0;padding-left:1.4em}
        li+li{margin-top:.35em}
        .argument{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,380px),1fr));gap:0 36px}
        .argument small{color:var(--soft);margin-left:.5em;white-space:nowrap}
        .out code{color:var(--soft);text-decoration:line-through;text-decoration-thickness:1px}
        .ref{white-space:nowrap;font-size:.86em}.ref a{text-decoration:none}
        .legend{display:flex;flex-wrap:wrap;gap:2px 16px;margin:0 0 8px;font-size:.82rem;color:var(--soft)}
        .legend span{display:inline-flex;align-items:center;gap:6px}.legend .span{margin-left:auto;font-variant-numeric:tabular-nums}
        .key{width:11px;height:11px;border-radius:3px}
        .key.dns{background:var(--dns)}.key.connect{background:var(--connect)}.key.tls{background:var(--tls)}.key.request{background:var(--request)}
        .key.first_byte{background:var(--first)}.key.body{background:var(--body)}.key.broken{background:var(--broken)}
        rect.dns{fill:var(--dns)}rect.connect{fill:var(--connect)}rect.tls{fill:var(--tls)}rect.request{fill:var(--request)}
        rect.first_byte{fill:var(--first)}rect.body{fill:var(--body)}rect.broken{fill:var(--broken)}rect.p95{fill:var(--line)}
        .waterfall,.latency,.conclusions{list-style:none;padding:0}
        .waterfall li{margin:0;border-top:1px solid var(--line)}
        .waterfall li:target{background:var(--tint)}
        .waterfall summary{display:grid;grid-template-columns:1.6em minmax(11em,17em) 6.5em 1fr 4.6em;align-items:center;gap:0 12px;padding:7px 2px;cursor:pointer;list-style:none;font-size:.92rem}
        .waterfall summary::-webkit-details-marker{display:none}
        .waterfall summary:hover{background:var(--tint)}
        .waterfall .no{color:var(--soft);text-align:right}
        .waterfall .status{font-weight:600}.waterfall .good{color:var(--pass)}.waterfall .bad{color:var(--fail)}
        .took{text-align:right;color:var(--soft);font-variant-numeric:tabular-nums;white-space:nowrap}
        svg{display:block;width:100%;height:14px;background:var(--tint);border-radius:4px}
        .said{padding:2px 0 12px 2.4em}
        .quote{margin:.2rem 0 .4rem}
        pre{margin:0;padding:10px 12px;background:var(--tint);border-radius:8px;white-space:pre-wrap;color:var(--soft);font-size:.8rem}
        .conclusions li{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:13px 18px}
        .latency li{display:grid;grid-template-columns:minmax(9em,16em) 1fr 14em;align-items:center;gap:0 12px;padding:3px 0}
        footer{color:var(--soft);font-size:.85rem;margin:36px auto 28px}
        :focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:4px}
        @media (max-width:720px){.top h1{font-size:1.7rem}.target{padding-left:14px;padding-right:14px}
        .checks li{grid-template-columns:1.8em 1fr}.checks li span:last-child{grid-column:2}
        .matrix tbody th,.matrix thead th:first-child{position:sticky;left:0;min-width:9.5em;background:var(--card)}.rules li{grid-template-columns:1fr}
        .waterfall summary{grid-template-columns:1.6em 1fr 6.5em}.waterfall .status{text-align:right}.waterfall summary svg{grid-column:2/3}.waterfall summary .took{grid-column:3}
        .latency li{grid-template-columns:1fr auto}.latency svg{grid-column:1/3;grid-row:2}.said{padding-left:0}}
        @media print{:root{--bg:#fff}body{font-size:11px}.target,.scroll,.conclusions li{break-inside:avoid-page}.target>summary::after{display:none}
        details:not([open])::details-content{content-visibility:visible;display:block}svg,.key,.chip,.mark,.verdict,.top h1 i{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
        """
}
