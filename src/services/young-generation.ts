import { setFlagsFromString } from 'node:v8';

/** As large as it is now: by itself V8 would double it, and keep it so for as long as the program runs. */
export const keepYoungGeneration = (): void => setFlagsFromString('--semi-space-growth-factor=1');

/** Where a hundred thousand texts come at once and stay: collecting among them again and again takes longer than they do. */
export const letYoungGenerationGrow = (): void => setFlagsFromString('--semi-space-growth-factor=2');
