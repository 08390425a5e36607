/**
 * The frame of every page: title, style sheet, the sandbox's banner, content.
 */
import { SANDBOX_BANNER } from '../programs/sandbox-data.ts';
import { type Html, html } from './html.ts';

export const STYLE_PATH = '/assets/style.css';

export interface Page {
  title: string;
  content: Html;
}

/** A whole HTML document. */
export function renderPage({ title, content }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<p class="banner" role="note">${SANDBOX_BANNER}</p>
<main>
${content}
</main>
</body>
</html>
`.text;
}

/** The one style sheet: system fonts, readable widths, light and dark. */
export const STYLE = `:root { color-scheme: light dark; --line: #8885; --accent: light-dark(#0b5d8a, #7cc4ee); }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 0 1rem 3rem; }
.banner { margin: 0; padding: .5rem 1rem; background: #ffe08a; color: #222; font-weight: 600; }
h1 { margin: 1.5rem 0 .5rem; font-size: 1.7rem; }
h2 { margin: 2rem 0 .5rem; font-size: 1.25rem; border-bottom: 1px solid var(--line); }
h3 { margin: 1.25rem 0 .25rem; font-size: 1.05rem; }
a { color: var(--accent); }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
code, pre { font: .9em/1.45 ui-monospace, monospace; }
pre { padding: .75rem; overflow-x: auto; border: 1px solid var(--line); border-radius: .3rem; }
.method { font-weight: 700; }
.quiet { opacity: .75; }
`;
