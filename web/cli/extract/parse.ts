/** HTML text as a tree. */
import { type Document, DomHandler } from 'domhandler';
import { Parser } from 'htmlparser2';

/**
 * Elements inside one another. Browsers stop at 512; the parser's time grows with the square of it, so that a file of
 * nothing but open tags would hold up a whole site.
 */
const kNestingMax = 4000;

class TooDeep extends Error {}

class LimitedHandler extends DomHandler {
  private depth = 0;

  override onopentag(name: string, attributes: Record<string, string>): void {
    if (++this.depth > kNestingMax) throw new TooDeep();
    super.onopentag(name, attributes);
  }

  override onclosetag(): void {
    this.depth--;
    super.onclosetag();
  }
}

/** The tree of a page; what follows an absurdly deep nesting is missing from it. */
export function parseHtml(text: string): Document {
  const handler = new LimitedHandler();
  const parser = new Parser(handler);
  try {
    parser.end(text);
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
  }
  return handler.root;
}
