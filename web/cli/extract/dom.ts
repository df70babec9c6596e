/** Small helpers over domhandler's tree. */
import type { AnyNode, Element, ParentNode } from 'domhandler';
import { isTag, isText, hasChildren } from 'domhandler';

export function attribute(element: Element, name: string): string {
  return element.attribs[name] ?? '';
}

export function classNames(element: Element): string[] {
  const names = element.attribs['class'];
  return names ? names.split(/\s+/) : [];
}

export function parentElement(node: AnyNode): Element | null {
  const parent = node.parent;
  return parent && isTag(parent) ? parent : null;
}

export function collapse(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** Elements below `root` in document order, without descending where `visit` answers false. Not recursive. */
export function walkElements(root: ParentNode, visit: (element: Element) => boolean): void {
  const stack: AnyNode[] = [...root.children].reverse();
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (!isTag(node) || !visit(node)) continue;
    for (let i = node.children.length - 1; i >= 0; i--) stack.push(node.children[i]!);
  }
}

/** All text below `root`, white space collapsed. Not recursive. */
export function textOf(root: AnyNode): string {
  let text = '';
  const stack: AnyNode[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (isText(node)) text += node.data;
    else if (isTag(node) && (node.name === 'script' || node.name === 'style')) continue;
    else if (hasChildren(node)) for (let i = node.children.length - 1; i >= 0; i--) stack.push(node.children[i]!);
  }
  return collapse(text);
}
