/** What a page may be made of. None of these elements loads, runs, frames or sends anything. */
declare const TAGS: readonly ['a', 'article', 'bdi', 'button', 'caption', 'code', 'dd', 'details', 'div', 'dl', 'dt', 'em', 'figcaption', 'figure', 'footer', 'h1', 'h2', 'h3', 'h4', 'header', 'input', 'label', 'li', 'main', 'nav', 'ol', 'option', 'p', 'pre', 'section', 'select', 'span', 'strong', 'summary', 'table', 'tbody', 'td', 'th', 'thead', 'time', 'tr', 'ul', 'svg', 'g', 'path', 'rect', 'line', 'circle', 'text', 'tspan', 'title'];
/** Attributes that an element may have: no `style`, no handler of an event, and no address. */
declare const ATTRIBUTES: readonly ['id', 'class', 'lang', 'dir', 'title', 'role', 'tabindex', 'hidden', 'open', 'datetime', 'scope', 'colspan', 'rowspan', 'type', 'value', 'name', 'for', 'placeholder', 'autocomplete', 'spellcheck', 'selected', 'checked', 'disabled', 'aria-label', 'aria-labelledby', 'aria-describedby', 'aria-hidden', 'aria-live', 'aria-expanded', 'aria-controls', 'aria-pressed', 'data-key', 'data-status', 'data-text', 'viewBox', 'width', 'height', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'dx', 'dy', 'cx', 'cy', 'r', 'd', 'transform', 'fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'stroke-miterlimit', 'opacity', 'text-anchor', 'font-size', 'font-family', 'font-variant', 'font-weight'];
export type Tag = (typeof TAGS)[number];
export type AttributeName = (typeof ATTRIBUTES)[number];
/** Whether a page may have an element of that name. */
export declare function isTag(name: string): name is Tag;
/** Whether an element may have an attribute of that name. */
export declare function isAttribute(name: string): name is AttributeName;
export {};
