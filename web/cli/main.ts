#!/usr/bin/env node
/** `npx crossglot`: chooses the command, and turns errors into one sentence and an exit code. */
import { indexCommand } from './commands/index.js';
import { inspectCommand } from './commands/inspect.js';
import { runCommand } from './commands/run.js';
import { searchCommand } from './commands/search.js';
import { serveCommand } from './commands/serve.js';
import { siteCommand } from './commands/site.js';
import { CommandError, exitDone, exitInput } from './errors.js';
import { usage } from './options.js';
import { version } from './package_files.js';

const kCommands: Record<string, (args: readonly string[]) => Promise<number>> = {
  index: indexCommand,
  inspect: inspectCommand,
  run: runCommand,
  search: searchCommand,
  serve: serveCommand,
};

async function main(args: readonly string[]): Promise<number> {
  const [first, ...rest] = args;
  if (first === undefined || first === 'help' || args.includes('--help') || args.includes('-h')) {
    (first === undefined ? process.stderr : process.stdout).write(usage);
    return first === undefined ? exitInput : exitDone;
  }
  if (first === '--version') {
    process.stdout.write(`${version}\n`);
    return exitDone;
  }
  if (first.startsWith('-')) return siteCommand(args);
  const command = kCommands[first];
  if (!command) throw new CommandError(exitInput, `unknown command '${first}' (crossglot --help lists them)`);
  return command(rest);
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough (head) is no fault.
  process.exit(error.code === 'EPIPE' ? exitDone : exitInput);
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const { message, stack } = error as Error;
  process.stderr.write(error instanceof CommandError ? `crossglot: ${message}\n` : `${stack}\n`);
  process.exitCode = error instanceof CommandError ? error.exitCode : exitInput;
}
