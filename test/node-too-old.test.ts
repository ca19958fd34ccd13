import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { isSupportedNode, supportedNode } from '../src/supported-node.ts';

test.each([
  ['18.20.8', false],
  ['20.20.2', false],
  ['22.17.1', false],
  ['22.18.0', true],
  ['22.21.1', true],
  ['23.11.1', false],
  ['24.0.0', true],
  ['24.21.0', true],
  ['25.9.0', false],
  ['26.0.0', true],
  ['27.1.0', true],
])('Node %s: supported is %s', (version, supported) => {
  expect(isSupportedNode(version)).toBe(supported);
});

test('package.json names the same versions', () => {
  expect(manifest.engines.node).toBe(supportedNode);
});
