import type { Memory } from '../app/services.ts';
import type { SettingsFile } from './settings.ts';

/** What the console keeps between visits, in the settings. */
export function createMemory(settings: SettingsFile): Memory {
  let { views, organizations } = settings.values;
  const keep = (next: typeof views) => {
    const saved = settings.save('views', next);
    if (saved.ok) views = next;
    return saved;
  };
  return {
    saveTheme: (name) => settings.save('theme', name),
    saveView: ({ name, filter, sort, columns }) =>
      keep([
        ...views.filter((view) => view.name !== name),
        { name, filter, sort, ...(columns === undefined ? {} : { columns }) },
      ]),
    saveOrganization: (account, organizationId) => {
      const next = { ...organizations, [account]: organizationId };
      const saved = settings.save('organizations', next);
      if (saved.ok) organizations = next;
      return saved;
    },
    deleteView: (name) => keep(views.filter((view) => view.name !== name)),
  };
}
