// Headless Chromium for the measures that need a browser: `executable` from CROSSGLOT_CHROMIUM, else Debian's.
import { chromium } from 'playwright-core';

const kArguments = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export async function launch() {
  return chromium.launch({
    executablePath: process.env.CROSSGLOT_CHROMIUM ?? '/usr/bin/chromium', args: kArguments,
  });
}

// Runs `use(page)` in a context of its own: nothing cached, nothing shared.
export async function withPage(browser, use) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    page.on('pageerror', (error) => process.stderr.write(`page: ${error.message}\n`));
    return await use(page);
  } finally {
    await context.close();
  }
}
