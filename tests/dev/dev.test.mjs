// The entry script: what it says of itself, and how it counts tests.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const repository = join(dirname(fileURLToPath(import.meta.url)), '../..');
const dev = (...args) => spawnSync(join(repository, 'dev'), args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

function count(log) {
  const result = spawnSync('awk', ['-f', join(repository, 'cmake/count_tests.awk')], { input: log, encoding: 'utf8' });
  assert.equal(result.stderr, '');
  return result.stdout.trim();
}

/** One entry of CTest's log. */
const entry = (number, output, verdict) => `${number}/9 Testing: name\n${number}/9 Test: name\nOutput:\n${output}\n`
  + `<end of output>\nTest time =   0.03 sec\n----------\n${verdict}\n"name" end time: Nov 24\n----------\n\n`;

test('help names every command that the script takes, and no other', () => {
  const script = readFileSync(join(repository, 'dev'), 'utf8');
  const commands = [...script.matchAll(/^command_([a-z]+)\(\)/gm)].map((match) => match[1]).filter((name) => name !== 'help');
  const listed = new Set([...dev('help').stdout.matchAll(/^ {2}([a-z]+)/gm)].map((match) => match[1]));
  assert.deepEqual([...listed].sort(), commands.sort());
});

test('an unknown command and an unknown suite are errors that say so', () => {
  const unknown = dev('frobnicate');
  assert.equal(unknown.status, 1);
  assert.match(unknown.stderr, /no command 'frobnicate'/);
  const suite = dev('test', 'nativ');
  assert.equal(suite.status, 1);
  assert.match(suite.stderr, /no test suite 'nativ'/);
});

test('test cases of Catch2 and of Node are counted, other tests count as one', () => {
  const log = entry(1, 'All tests passed (193 assertions in 17 test cases)', 'Test Passed.')
    + entry(2, 'All tests passed (1 assertion in 1 test case)', 'Test Passed.')
    + entry(3, '# tests 7\n# pass 7\n# fail 0', 'Test Passed.')
    + entry(4, 'ℹ pass 2\nℹ fail 0', 'Test Passed.')
    + entry(5, 'whatever', 'Test Pass Reason:\nRequired regular expression found.');
  assert.equal(count(log), '28 0');
});

test('failed cases, crashes and failures after the last case are counted as failures', () => {
  assert.equal(count(entry(1, 'test cases: 5 | 3 passed | 2 failed\nassertions: 9 | 7 passed | 2 failed', 'Test Failed.')), '3 2');
  assert.equal(count(entry(1, 'Segmentation fault', 'Test Failed.')), '0 1');
  assert.equal(count(entry(1, 'All tests passed (2 assertions in 2 test cases)\nLeakSanitizer', 'Test Failed.')), '2 1');
  assert.equal(count(entry(1, '# pass 4\n# fail 1', 'Test Failed.')), '4 1');
});

test('an empty log counts nothing', () => {
  assert.equal(count(''), '0 0');
});
