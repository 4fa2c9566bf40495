import type { Memory } from '../app/services.ts';
import type { SettingsFile } from './settings.ts';

/** What the console keeps between visits, in the settings. */
export function createMemory(settings: SettingsFile): Memory {
  return {
    saveTheme: (name) => settings.save('theme', name),
    saveView: ({ name, filter, sort, columns }) =>
      settings.update('views', (views) => [
        ...views.filter((view) => view.name !== name),
        { name, filter, sort, ...(columns === undefined ? {} : { columns }) },
      ]),
    saveOrganization: (account, organizationId) =>
      settings.update('organizations', (organizations) => ({ ...organizations, [account]: organizationId })),
    deleteView: (name) => settings.update('views', (views) => views.filter((view) => view.name !== name)),
  };
}
