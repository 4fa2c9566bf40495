import { join } from 'node:path';
import Conf from 'conf';
import { makeFolder } from '../cache/make-folder.ts';
import type { Problem, Result } from '../domain/problem.ts';
import { fail, succeed } from '../domain/problem.ts';
import { cleanText } from '../domain/text.ts';
import { nearest } from '../domain/nearest.ts';
import {
  type Settings,
  SETTINGS,
  type SettingKey,
  type SettingSpec,
  defaultSettings,
} from './settings-table.ts';

/** Settings in force, what was wrong with the file, and how to change one. */
export interface SettingsFile {
  readonly path: string;
  readonly values: Settings;
  /** One problem for each key that was not usable; its default is in force instead. */
  readonly problems: readonly Problem[];
  save<K extends SettingKey>(key: K, value: Settings[K]): Result<void>;
  /**
   * Changes what the file says now: another console may have saved meanwhile. What is not usable there is left for a person
   * to mend.
   */
  update<K extends SettingKey>(key: K, change: (now: Settings[K]) => Settings[K]): Result<void>;
}

/**
 * Reads settings.json. A wrong file never stops the program: each wrong key falls back to its default and is reported
 * with what is allowed. A file that is not JSON is left untouched, and nothing is saved over it.
 */
export function loadSettings(folder: string): SettingsFile {
  const path = join(folder, 'settings.json');
  let conf: Conf<Record<string, unknown>>;
  try {
    makeFolder(folder);
    conf = new Conf({
      cwd: folder,
      configName: 'settings',
      clearInvalidConfig: false,
      configFileMode: 0o600,
      projectName: 'iam-triage',
      projectSuffix: '',
    });
  } catch (error) {
    return unreadable(path, error);
  }
  const { values, problems } = checkSettings(conf.store, path);
  const save: SettingsFile['save'] = (key, value) => {
    try {
      conf.set(key, value);
      return succeed(undefined);
    } catch (error) {
      return fail(cannotSave(path, String((error as Error).message)));
    }
  };
  const update: SettingsFile['update'] = (key, change) => {
    try {
      const raw = conf.get(key);
      const spec: SettingSpec<unknown> = SETTINGS[key];
      if (raw !== undefined && !spec.check(raw)) return fail(inTheWay(key, spec, path));
      return save(key, change((raw ?? spec.default) as Settings[typeof key]));
    } catch (error) {
      return fail(cannotSave(path, String((error as Error).message)));
    }
  };
  return { path, values, problems, save, update };
}

/** The usable part of a settings object, and a problem for each part that is not. Pure. */
export function checkSettings(
  raw: Readonly<Record<string, unknown>>,
  path: string,
): { values: Settings; problems: readonly Problem[] } {
  const values: Record<string, unknown> = { ...defaultSettings() };
  const problems: Problem[] = [];
  for (const [key, value] of Object.entries(raw)) {
    const spec = (SETTINGS as Readonly<Record<string, SettingSpec<unknown>>>)[key];
    if (spec === undefined) problems.push(unknownKey(key, path));
    else if (spec.check(value)) values[key] = value;
    else problems.push(wrongValue(key, value, spec, path));
  }
  return { values: values as unknown as Settings, problems };
}

function unknownKey(key: string, path: string): Problem {
  const near = nearest(key, Object.keys(SETTINGS));
  return {
    kind: 'settings',
    message: `The settings have no key "${cleanText(key)}"${near === undefined ? '' : `; did you mean "${near}"`}.`,
    hint: `Mend it in ${path}.`,
  };
}

function wrongValue(key: string, value: unknown, spec: SettingSpec<unknown>, path: string): Problem {
  const shown = cleanText(JSON.stringify(value) ?? String(value)).slice(0, 60);
  return {
    kind: 'settings',
    message: `Setting "${key}" is ${shown}, but it must be ${spec.allowed}; its default is used.`,
    hint: `Mend it in ${path}.`,
  };
}

function unreadable(path: string, error: unknown): SettingsFile {
  const why = cleanText(String((error as Error).message));
  const problem: Problem = {
    kind: 'settings',
    message: `The settings file could not be read (${why}); defaults are used.`,
    hint: `Mend or remove ${path}.`,
  };
  const refuse = () => fail(cannotSave(path, why));
  return { path, values: defaultSettings(), problems: [problem], save: refuse, update: refuse };
}

const inTheWay = (key: string, { allowed }: SettingSpec<unknown>, path: string): Problem => ({
  kind: 'settings',
  message: `Nothing was saved: setting "${key}" must be ${allowed}, and what stands there would be lost.`,
  hint: `Mend it in ${path}.`,
});

const cannotSave = (path: string, why: string): Problem => ({
  kind: 'settings',
  message: `The setting could not be saved (${cleanText(why)}).`,
  hint: `Mend or remove ${path}.`,
});
