import { HarnessError } from './errors.ts';

/** The versions of Node that rowproof runs on, as in package.json. */
export const supportedNode = '^22.18.0 || ^24.0.0 || >=26.0.0';

/** Whether a Node version such as `22.18.0` is within `supportedNode`. */
export function isSupportedNode(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return (major === 22 && minor >= 18) || major === 24 || major >= 26;
}

/** One line about the problem with this Node, or null. */
export function nodeComplaint(version: string = process.versions.node): string | null {
  return isSupportedNode(version) ? null : `rowproof needs Node ${supportedNode}; this is ${version}.`;
}

// Imported for this effect before the native driver, which crashes on an older Node instead of saying so.
const complaint = nodeComplaint();
if (complaint !== null)
  throw new HarnessError('node-too-old', complaint, { facts: { version: process.versions.node } });
