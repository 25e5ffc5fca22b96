// What jest's result files say. `failed-files FILE`: the files to run again, exit code 1 when there are none or too
// many. `counts FIRST AGAIN`: tests passed and failed, where the second run speaks for the files that it ran.
import { existsSync, readFileSync } from 'node:fs';

const MOST_FILES_AGAIN = 4;
const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null);
const failedFiles = ({ testResults }) =>
  testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
const [what, first, again] = process.argv.slice(2);
const results = read(first);
if (!results) process.exit(1);

if (what === 'failed-files') {
  const files = failedFiles(results);
  if (files.length === 0 || files.length > MOST_FILES_AGAIN) process.exit(1);
  console.log(files.join(' '));
} else {
  const second = read(again)?.testResults ?? [];
  const files = new Map([...results.testResults, ...second].map((file) => [file.name, file]));
  const tests = [...files.values()].flatMap(({ assertionResults }) => assertionResults);
  const count = (status) => tests.filter((test) => test.status === status).length;
  // A file that could not even be loaded has no tests to count.
  const broken = [...files.values()].filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  console.log(count('passed'), count('failed') + broken.length);
}
