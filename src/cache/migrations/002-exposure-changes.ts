/** Exposures whose findings changed after they were first written, in the order of the changes; the latest are kept. */
export const exposureChanges = `
CREATE TABLE exposure_change (id INTEGER PRIMARY KEY AUTOINCREMENT, exposure INTEGER NOT NULL);
`;
