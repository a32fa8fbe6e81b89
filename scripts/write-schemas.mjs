#!/usr/bin/env node
/**
 * Writes the JSON Schemas of guidelines (schemas/guideline*.schema.json) from the vocabulary in src/guideline; a unit test
 * holds the files against it:
 *
 *   node scripts/write-schemas.mjs
 */
import './bootstrap.mjs';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { register } from 'tsx/cjs/api';

register();
const { buildSchemas } = createRequire(import.meta.url)('./guidelineSchemas/buildSchemas.ts');
const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../schemas');
for (const [name, schema] of buildSchemas()) {
  const file = path.join(folder, name);
  const style = await resolveConfig(file);
  writeFileSync(file, await format(JSON.stringify(schema), { ...style, filepath: file }));
}
