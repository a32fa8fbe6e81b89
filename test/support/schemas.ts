import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import Ajv from 'ajv';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';

const root = path.resolve(__dirname, '../..');
const compiled = new Map<string, ValidateFunction>();

/** Asserts that a value is what `schemas/<name>.schema.json` says. */
export function assertMatchesSchema(name: string, value: unknown): void {
  assertValid(compile(name, compileOwn), value);
}

/**
 * Asserts that a value is a SARIF 2.1.0 log, by the OASIS schema (errata 5) that Microsoft's package carries.
 */
export function assertSarif(value: unknown): void {
  assertValid(compile('sarif', compileSarif), value);
}

/** What is wrong with a guideline by `schemas/<name>.schema.json` (draft 7), each with its place; empty when nothing is. */
export function problemsByGuidelineSchema(name: string, value: unknown): readonly string[] {
  const validate = compile(name, compileGuideline);
  return validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

function compile(name: string, make: (name: string) => ValidateFunction): ValidateFunction {
  const known = compiled.get(name) ?? make(name);
  compiled.set(name, known);
  return known;
}

function compileOwn(name: string): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false });
  addFormats(ajv);
  return ajv.compile(readJson(path.join(root, 'schemas', `${name}.schema.json`)));
}

function compileGuideline(name: string): ValidateFunction {
  const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
  // Shown by editors beside the words that they offer.
  ajv.addVocabulary(['enumDescriptions']);
  return ajv.compile(readJson(path.join(root, 'schemas', `${name}.schema.json`)));
}

// Its patterns are no Unicode expressions, hence the options.
function compileSarif(): ValidateFunction {
  const ajv = new AjvDraft04({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats(ajv);
  const packaged = createRequire(__filename).resolve('@microsoft/jest-sarif/package.json');
  return ajv.compile(readJson(path.join(path.dirname(packaged), 'lib/schemas/sarif-2.1.0-rtm.5.json')));
}

function readJson(file: string): object {
  return JSON.parse(readFileSync(file, 'utf8')) as object;
}

function assertValid(validate: ValidateFunction, value: unknown): void {
  // Through JSON, as readers get it: `undefined` properties go, and nothing else may change.
  const printed: unknown = JSON.parse(JSON.stringify(value));
  const told = validate(printed) ? '' : (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message}`).join('\n');
  assert.equal(told, '');
}
