/**
 * The script of the page of recordings: finds text, counts what is shown, opens what an address names, and compares two exchanges as `findDifferences` of
 * matching/ does, which a test holds against it. It writes text alone (`textContent`), asks for nothing, and knows nothing but what is on the page.
 */
export const INSPECTION_SCRIPT = `
'use strict';
const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
const one = (id) => document.getElementById(id);
for (const element of all('.needs-script')) element.hidden = false;
for (const element of all('.without-script')) element.hidden = true;
const exchanges = all('.exchange');

function showCount() {
  const shown = exchanges.filter((element) => element.checkVisibility()).length;
  one('shown').textContent = shown === exchanges.length ? '' : shown + ' of ' + exchanges.length + ' exchanges are shown';
  for (const recording of all('.recording')) {
    recording.hidden = false;
    recording.hidden = all('.exchange', recording).every((element) => !element.checkVisibility());
  }
}

let waiting;
function findText() {
  const wanted = one('find').value.toLowerCase();
  for (const recording of all('.recording')) recording.hidden = false;
  for (const element of exchanges) element.hidden = wanted !== '' && !element.textContent.toLowerCase().includes(wanted);
  showCount();
}
one('find').addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(findText, 120);
});
one('filter').closest('section').addEventListener('change', (event) => {
  if (event.target !== one('find')) showCount();
});

class Exact {
  constructor(source) { this.source = source; }
}
const keepDigits = (name, value, context) => (typeof value === 'number' ? new Exact(context && context.source ? context.source : String(value)) : value);
const readJson = (element) => {
  const text = element.textContent.replace(/\\\\(?:u\\{([0-9a-f]+)\\}|.)/g, (shown, code) => (code === undefined ? shown : String.fromCodePoint(parseInt(code, 16))));
  return JSON.parse(text, keepDigits);
};
const write = (value) => {
  if (value instanceof Exact) return value.source;
  if (Array.isArray(value)) return '[' + value.map(write).join(',') + ']';
  if (value !== null && typeof value === 'object') return '{' + Object.keys(value).map((name) => JSON.stringify(name) + ':' + write(value[name])).join(',') + '}';
  return JSON.stringify(value);
};
const isMembers = (value) => value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Exact);
const own = (value, name) => (Object.hasOwn(value, name) ? value[name] : undefined);
const point = (path) => path.map((segment) => '/' + String(segment).replaceAll('~', '~0').replaceAll('/', '~1')).join('');
function findDifferences(first, second, path = []) {
  if (isMembers(first) && isMembers(second)) {
    const names = [...new Set([...Object.keys(first), ...Object.keys(second)])];
    return names.flatMap((name) => compareMember(own(first, name), own(second, name), [...path, name]));
  }
  if (Array.isArray(first) && Array.isArray(second)) {
    const longer = first.length > second.length ? first : second;
    return longer.flatMap((item, index) => compareMember(first[index], second[index], [...path, index]));
  }
  return write(first) === write(second) ? [] : [{ pointer: point(path), kind: 'changed', first, second }];
}
function compareMember(first, second, path) {
  if (second === undefined) return [{ pointer: point(path), kind: 'missing', first }];
  if (first === undefined) return [{ pointer: point(path), kind: 'added', second }];
  return findDifferences(first, second, path);
}

const MOST = 400;
const unseen = /(?![\\n\\t])[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\ufffe\\uffff]/gu;
const showCharacter = (character) => {
  const code = character.codePointAt(0).toString(16);
  return code.length > 4 ? '\\\\u{' + code + '}' : '\\\\u' + code.padStart(4, '0');
};
function make(name, text, className) {
  const element = document.createElement(name);
  if (text !== undefined) element.textContent = text.replace(unseen, showCharacter);
  if (className !== undefined) element.className = className;
  return element;
}
const brief = (value) => {
  const text = value === undefined ? '' : write(value);
  return text.length > MOST ? text.slice(0, MOST) + '…' : text;
};
const readExchange = (number) => {
  const element = /^[0-9]{1,9}$/.test(number) ? one('x' + Number(number)) : null;
  if (element === null) return { refusal: 'There is no exchange ' + JSON.stringify(number) + ' on this page; it has 1 to ' + exchanges.length + '.' };
  const [request, response] = [element.querySelector('.json-request'), element.querySelector('.json-response')];
  if (request === null || response === null) return { refusal: 'What exchange ' + number + ' says is left out of this page.' };
  return { value: { operation: element.dataset.text, request: readJson(request), response: readJson(response) } };
};
function describe(differences, first, second) {
  const count = differences.length === 1 ? 'one difference' : differences.length + ' differences';
  const content = [make('p', 'Exchanges ' + Number(first) + ' and ' + Number(second) + ': ' + count)];
  if (differences.length === 0) return content;
  const list = make('ol');
  for (const difference of differences) {
    const item = make('li');
    item.append(make('span', difference.kind, difference.kind), ' ', make('code', difference.pointer === '' ? '(whole)' : difference.pointer, 'place'));
    for (const [number, value] of [[first, difference.first], [second, difference.second]]) {
      if (value === undefined) continue;
      const side = make('div', undefined, 'value');
      side.append(make('span', 'in ' + Number(number), 'note'), ' ', make('code', brief(value)));
      item.append(side);
    }
    list.append(item);
  }
  return [...content, list];
}
function compareNow() {
  const [first, second] = [one('first').value.trim(), one('second').value.trim()];
  const [left, right] = [readExchange(first), readExchange(second)];
  const refusal = left.refusal ?? right.refusal;
  const place = one('differences');
  place.replaceChildren(...(refusal === undefined ? describe(findDifferences(left.value, right.value), first, second) : [make('p', refusal)]));
  place.hidden = false;
  place.focus();
  place.scrollIntoView({ block: 'nearest' });
}
one('compare-now').addEventListener('click', compareNow);
for (const id of ['first', 'second']) {
  one(id).addEventListener('keydown', (event) => {
    if (event.key === 'Enter') compareNow();
  });
}
document.addEventListener('click', (event) => {
  const button = event.target.closest('.take-first, .take-second');
  if (button === null) return;
  const isFirst = button.classList.contains('take-first');
  one(isFirst ? 'first' : 'second').value = button.dataset.key;
  const other = one(isFirst ? 'second' : 'first');
  if (other.value !== '') compareNow();
  else {
    one('compare').scrollIntoView();
    other.focus();
  }
});

function openNamed() {
  const element = /^#x[0-9]{1,9}$/.test(location.hash) ? one(location.hash.slice(1)) : null;
  if (element !== null) element.open = true;
}
addEventListener('hashchange', openNamed);
openNamed();
`
