import fc from 'fast-check';

/** The seed of every property that names none; another one is asked for by the environment. */
const seed = Number(process.env['PROPERTY_SEED'] ?? 20261129);

// A suite that draws anew each time fails for somebody who has changed nothing: https://fast-check.dev/docs/configuration/global-settings/
fc.configureGlobal({ seed });
