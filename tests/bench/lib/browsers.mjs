// Headless browsers for the measures that need one: those that CROSSGLOT_CHROMIUM and CROSSGLOT_FIREFOX name, else
// Debian's.
import { chromium, firefox } from 'playwright-core';

const kArguments = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export async function launch() {
  return chromium.launch({
    executablePath: process.env.CROSSGLOT_CHROMIUM ?? '/usr/bin/chromium', args: kArguments,
  });
}

// Over WebDriver BiDi, which Debian's Firefox speaks as it is.
export async function launchFirefox() {
  return firefox.launch({
    channel: 'moz-firefox', executablePath: process.env.CROSSGLOT_FIREFOX ?? '/usr/bin/firefox-esr',
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
