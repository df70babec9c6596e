// Plain-text tables that can be pasted into Markdown.
export function table(head, rows) {
  const cells = [head, ...rows].map((row) => row.map((cell) => String(cell ?? '')));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(cells[0]), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...cells.slice(1).map(line)].join('\n');
}

export const score = (value) => value.toFixed(3).replace(/^0/, '');
export const percent = (value) => `${(100 * value).toFixed(1)} %`;
export const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
export const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
export const milliseconds = (ms) => `${ms.toFixed(2)} ms`;
export const ratio = (ours, theirs) => (theirs === 0 ? '' : `${(ours / theirs).toFixed(2)}x`);
