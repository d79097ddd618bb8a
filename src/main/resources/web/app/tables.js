// Tables that sort by a column: a click on its heading sorts, another one reverses. A cell has the value to sort by in
// data-sort, or else its text; empty ones come last.
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: 'base' });
/** The order of each table that was sorted: { column, ascending } by its id. */
const orders = new Map();

export function startTables() {
  document.addEventListener('click', ({ target }) => {
    const heading = target.closest('th > button')?.parentElement;
    const table = heading?.closest('table.sortable');
    if (!table) return;
    const column = heading.cellIndex;
    const before = orders.get(table.id);
    orders.set(table.id, { column, ascending: before?.column !== column || !before.ascending });
    sort(table);
  });
  document.addEventListener('fresh', () => { // the page replaced the rows
    for (const id of orders.keys()) sort(document.getElementById(id));
  });
}

/** Sorts a table again, whose rows are new. */
export function sort(table) {
  const order = orders.get(table?.id);
  if (!order) return;
  for (const heading of table.tHead.rows[0].cells) {
    if (heading.cellIndex === order.column)
      heading.setAttribute('aria-sort', order.ascending ? 'ascending' : 'descending');
    else heading.removeAttribute('aria-sort');
  }
  const keyed = [...table.tBodies[0].rows].map((row) => ({ row, key: keyOf(row.cells[order.column]) }));
  keyed.sort((a, b) => (a.key === '') - (b.key === '') || (order.ascending ? 1 : -1) * compare(a.key, b.key));
  table.tBodies[0].append(...keyed.map(({ row }) => row));
}

function keyOf(cell) {
  return cell.dataset.sort ?? cell.textContent.trim().replace(/^–$/, '');
}

function compare(a, b) {
  const [x, y] = [Number(a), Number(b)];
  return Number.isNaN(x) || Number.isNaN(y) ? collator.compare(a, b) : x - y;
}
