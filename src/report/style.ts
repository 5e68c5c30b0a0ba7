/** The report's one style sheet: light and dark, phone to A4; colours after Okabe and Ito, told apart by the colour-blind. */
export const styleSheet = `
:root{color-scheme:light dark;--paper:#fff;--panel:#f6f7f9;--ink:#1a2027;--muted:#5b6672;--line:#d5dae0;--grid:#e4e8ec;
--c0:#0072b2;--c1:#d55e00;--c2:#00866a;--c3:#b3578f;--c4:#8a6d00;--c5:#3d4a57;
--good:#00724f;--unproven:#a35b00;--poor:#b3261e;--unknown:#5b6672;--good-soft:#e3f3ed;--unproven-soft:#fbefdf;--poor-soft:#fbe9e7;--unknown-soft:#eceff2}
@media screen and (prefers-color-scheme:dark){:root{--paper:#14191f;--panel:#1c232b;--ink:#e8ecf0;--muted:#a0acb8;--line:#36414c;--grid:#2b343e;
--c0:#56b4e9;--c1:#f0894a;--c2:#3ec7a2;--c3:#e09bc4;--c4:#e6c84b;--c5:#c3ccd5;
--good:#4cc79c;--unproven:#f0a850;--poor:#ff8a80;--unknown:#a0acb8;--good-soft:#163229;--unproven-soft:#38290f;--poor-soft:#3d1e1c;--unknown-soft:#262f38}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;display:flex;flex-direction:column;overflow-wrap:anywhere}
main,nav{width:100%;max-width:66rem;margin:0 auto;padding:0 1.5rem}
main{padding-bottom:3rem}
nav{order:-1;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;padding-top:1rem;font-size:.875rem}
nav a{color:var(--muted);text-decoration:none;padding:.2rem 0}
nav a:hover,nav a:focus{color:var(--ink);text-decoration:underline}
h1,h2,h3,p,dl,dd,figure,ul,ol{margin:0;padding:0}
ul,ol{list-style:none}
h1{font-size:2.25rem;line-height:1.15;letter-spacing:-.02em;margin-bottom:1.25rem}
h2{font-size:1.375rem;line-height:1.25;letter-spacing:-.01em;margin-bottom:.75rem}
h3{font-size:1rem;line-height:1.35;font-weight:600}
small,.note,.when,figcaption,caption{font-size:.8125rem;line-height:1.45;color:var(--muted)}
small{display:block;font-weight:400}
section{margin-top:3.25rem}
header{padding-top:1.75rem}
.over{font-size:.8125rem;font-weight:600;letter-spacing:.06em;text-transform:uppercase;color:var(--muted);margin-bottom:.25rem}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,13rem),1fr));gap:1rem 2rem}
.facts dt{font-size:.8125rem;color:var(--muted)}
.facts dd{font-weight:500}
.facts dd small{font-weight:400}
.verdict{margin-top:2rem;padding:1.25rem 1.5rem 1.375rem;border-left:.375rem solid var(--tone);background:var(--soft);border-radius:.25rem .5rem .5rem .25rem}
.verdict h2{color:var(--tone);font-size:1.625rem;display:flex;gap:.6rem;align-items:baseline;margin-bottom:.5rem}
.verdict p{max-width:50rem;font-size:1.0625rem}.verdict p+p{margin-top:.625rem}.verdict p.note{font-size:.875rem}.unit{display:block;font-size:.875rem;line-height:1.3;font-weight:500;letter-spacing:0;color:var(--muted)}
.sign{flex:none;display:inline-grid;place-items:center;width:1.75rem;height:1.75rem;border-radius:50%;background:var(--tone);color:var(--paper);font-size:1rem;font-weight:700;align-self:flex-start;margin-top:.15rem}
.good{--tone:var(--good);--soft:var(--good-soft)}.unproven{--tone:var(--unproven);--soft:var(--unproven-soft)}.poor{--tone:var(--poor);--soft:var(--poor-soft)}.unknown{--tone:var(--unknown);--soft:var(--unknown-soft)}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,13rem),1fr));gap:1rem;margin-top:1rem}
.cards li{background:var(--panel);border-radius:.5rem;padding:1rem 1.25rem 1.125rem}
.cards h3{font-size:.8125rem;font-weight:500;color:var(--muted)}
.figure{font-size:2rem;line-height:1.2;font-weight:650;letter-spacing:-.02em;margin:.125rem 0 .25rem}
.figure.none{font-size:1.125rem;font-weight:500;color:var(--muted);letter-spacing:0;line-height:2.1rem}
table{width:100%;border-collapse:collapse;font-size:.9375rem}
table+table,table+dl,.note+dl,table+.note,.note+table{margin-top:1.75rem}
table+p.note,section>p.note{margin-top:.75rem;max-width:52rem}
caption{text-align:left;padding-bottom:.5rem}
th,td{overflow-wrap:break-word;padding:.5rem .625rem;vertical-align:top;border-bottom:1px solid var(--line);text-align:left}
th:first-child{padding-left:0}td:last-child,th:last-child{padding-right:0}
thead th{font-size:.8125rem;font-weight:500;color:var(--muted);vertical-align:bottom;border-bottom:1.5px solid var(--muted)}
tbody th{font-weight:500}
.n{text-align:right}.t{text-align:left}tbody .t{overflow-wrap:anywhere;min-width:5.5rem}
.strong td,.strong th{background:var(--panel);font-weight:650}
.strong th:first-child{box-shadow:-.625rem 0 0 var(--panel)}.strong td:last-child{box-shadow:.625rem 0 0 var(--panel)}
td[colspan]{text-align:left}.skipped{color:var(--muted);font-style:italic;white-space:normal}
.pair{display:block;white-space:nowrap}
.badge{display:inline-block;padding:.05rem .55rem;border-radius:1rem;background:var(--soft);color:var(--tone);font-size:.8125rem;font-weight:600;white-space:nowrap}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;font-size:.8125rem;margin:.25rem 0 .25rem}
.legend svg{vertical-align:-.05em}
.panels{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,24rem),1fr));gap:1.5rem 2rem;margin-top:1rem}
.panels h3{display:flex;flex-wrap:wrap;gap:.25rem .75rem;justify-content:space-between;align-items:baseline}
.part{font-weight:400;color:var(--muted)}
.empty{padding:2rem 0;color:var(--muted);font-size:.875rem;text-align:center;background:var(--panel);border-radius:.5rem}
#failures>p{max-width:52rem}#failures>.legend{margin-top:.75rem}
details{margin-top:.75rem;max-width:none}summary{cursor:pointer;font-size:.9375rem;font-weight:500;width:fit-content;padding:.2rem 0}details p,details dl{max-width:52rem;font-size:.9375rem;margin-top:.5rem}
details dl{display:grid;grid-template-columns:max-content 1fr;gap:.375rem 1.25rem}details dt{font-weight:600}p.lead{max-width:52rem;margin-bottom:1rem}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,24rem),1fr));gap:0 2.5rem}figcaption{padding-bottom:2.25rem}
figure{display:grid;grid-row:span 4;grid-template-rows:subgrid;gap:.25rem;min-width:0;align-content:start}
figure.wide{grid-column:1/-1}figure.wide .plots{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,24rem),1fr));gap:.25rem 2.5rem}
svg.plot{display:block;width:100%;height:auto;max-width:34rem;overflow:visible;font-family:inherit}
svg.plot text{white-space:pre}
.scroll{overflow-x:auto}
.confusion td,.confusion th{white-space:nowrap}
.confusion{width:auto;min-width:min(100%,40rem)}.confusion small{color:inherit}
.confusion thead th:first-child{white-space:normal;min-width:7rem}
.confusion .s1{background:color-mix(in srgb,var(--c0) 8%,transparent)}.confusion .s2{background:color-mix(in srgb,var(--c0) 16%,transparent)}.confusion .s3{background:color-mix(in srgb,var(--c0) 24%,transparent)}.confusion .s4{background:color-mix(in srgb,var(--c0) 32%,transparent)}.confusion .s5{background:color-mix(in srgb,var(--c0) 40%,transparent)}
.confusion .right{outline:1.5px solid var(--c0);outline-offset:-2px}
code{font:.8125rem ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
@media screen and (max-width:44rem){
main,nav{padding-left:1rem;padding-right:1rem}
h1{font-size:1.75rem}.verdict{padding:1rem 1rem 1.125rem}.verdict h2{font-size:1.375rem}
.cards{grid-template-columns:1fr 1fr;gap:.75rem}.cards li{padding:.75rem .875rem}.figure{font-size:1.5rem}
table:not(.confusion),table:not(.confusion) tbody,table:not(.confusion) tr,table:not(.confusion) caption,table:not(.confusion) tbody th{display:block}
table:not(.confusion) thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table:not(.confusion) tr{padding:.625rem 0;border-bottom:1px solid var(--line)}
table:not(.confusion) tr.strong{background:var(--panel);margin:0 -.625rem;padding:.625rem}
table:not(.confusion) tbody th,table:not(.confusion) td{border:0;padding:.125rem 0;text-align:left;box-shadow:none}
table:not(.confusion) td{display:flex;justify-content:space-between;gap:1rem;text-align:right}
table:not(.confusion) td::before{content:attr(data-label);color:var(--muted);font-weight:400;font-size:.875rem;text-align:left;flex:0 1 50%}
table:not(.confusion) td:has(>span:empty){display:none}
details dl{display:block}details dd+dt{margin-top:.5rem}
}
@media print{
@page{size:A4;margin:14mm}
html{font-size:12.5px}body{font-size:1rem;display:block}nav{display:none}main{max-width:none;padding:0}
section{margin-top:1.75rem}.facts{grid-template-columns:repeat(auto-fit,minmax(9rem,1fr))}.verdict,.cards li,.badge,.strong td,.strong th,.confusion td,svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.panels,.figures,figure.wide .plots{grid-template-columns:1fr 1fr;column-gap:1.75rem}.panels{row-gap:1rem}figcaption{padding-bottom:1.25rem}
.cards{grid-template-columns:repeat(4,1fr);gap:.5rem}.cards li{padding:.625rem .75rem}.figure{font-size:1.625rem}
table{font-size:.875rem}th,td{padding:.3rem .45rem}
details::details-content{content-visibility:visible;block-size:auto}summary{list-style:none}
figure,.facts div,.panels li,.cards,.verdict,tr{break-inside:avoid}h2,h3,caption,#failures>p,#failures>.legend{break-after:avoid}
}
`;
