import hljs from 'highlight.js/lib/common';
import { marked } from 'marked';

declare let slugify: (text: string) => string;

marked.use({
  renderer: {
    code({ text, lang = '' }) {
      const language = hljs.getLanguage(lang) ? lang : 'plaintext';
      return `<pre><code class="hljs">${hljs.highlight(text, { language }).value}</code></pre>\n`;
    },
    heading({ tokens, depth, text }) {
      return `<h${depth} id="note-${slugify(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
    },
    table(token) {
      return `<div class="table">${marked.Renderer.prototype.table.call(this, token)}</div>`;
    },
    /** A note is text: markup in it is shown, not obeyed. */
    html({ text }) {
      return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    },
  },
});

export { hljs, marked };
