import fc from 'fast-check';

/**
 * The same cases on every run; FC_SEED=2 tries others. Lists and texts grow as long as their `maxLength` says: left to
 * itself fast-check stops at ten. Imported for its effect by each file with properties.
 */
fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? 1), defaultSizeToMaxWhenMaxSpecified: true });
