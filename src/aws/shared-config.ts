import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings of one section. Nested settings (`s3 =` followed by indented lines) have keys like `s3.endpoint_url`. */
export type Section = Readonly<Record<string, string>>;

/** `~/.aws/config` and `~/.aws/credentials` as far as this program reads them itself; secrets are left out. */
export interface SharedConfig {
  readonly profiles: ReadonlyMap<string, Section>;
  readonly services: ReadonlyMap<string, Section>;
}

const SECRETS: ReadonlySet<string> = new Set(['aws_secret_access_key', 'aws_session_token']);

/** Missing or unreadable files count as empty, as they do for AWS's own tools. */
export function loadSharedConfig(env: Environment): SharedConfig {
  const home = env['HOME'] ?? env['USERPROFILE'] ?? homedir();
  const config = readText(env['AWS_CONFIG_FILE'] ?? join(home, '.aws', 'config'));
  const credentials = readText(env['AWS_SHARED_CREDENTIALS_FILE'] ?? join(home, '.aws', 'credentials'));
  return toSharedConfig(config, credentials);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** In the credentials file each section is a profile; in the config file profiles are `[default]` and `[profile NAME]`. */
export function toSharedConfig(configText: string, credentialsText: string): SharedConfig {
  const profiles = new Map<string, Section>();
  const services = new Map<string, Section>();
  for (const [title, settings] of parseIni(configText)) {
    const [kind, name] = splitTitle(title);
    if (kind === 'services') services.set(name, settings);
    else if (kind === 'profile' || (kind === '' && name === 'default')) addTo(profiles, name, settings);
  }
  for (const [title, settings] of parseIni(credentialsText)) addTo(profiles, title, settings);
  return { profiles, services };
}

/** The credentials file wins where both name a setting. */
function addTo(profiles: Map<string, Section>, name: string, settings: Section): void {
  profiles.set(name, { ...profiles.get(name), ...settings });
}

function splitTitle(title: string): readonly [kind: string, name: string] {
  const match = /^(profile|services|sso-session)\s+(.+)$/.exec(title);
  if (match === null) return ['', title];
  return [match[1] ?? '', (match[2] ?? '').replace(/^(["'])(.*)\1$/, '$2')];
}

function parseIni(text: string): readonly (readonly [title: string, settings: Section])[] {
  const sections: [string, Record<string, string>][] = [];
  let parent = '';
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.replace(/(^|\s)[#;].*$/, '').trimEnd();
    const title = /^\s*\[([^\]]+)\]/.exec(line)?.[1];
    if (title !== undefined) {
      sections.push([title.trim(), {}]);
      parent = '';
      continue;
    }
    const setting = readSetting(line);
    if (setting === undefined) continue;
    if (!setting.indented) parent = setting.value === '' ? setting.key : '';
    const path = setting.indented && parent !== '' ? `${parent}.${setting.key}` : setting.key;
    const settings = sections.at(-1)?.[1];
    if (settings !== undefined && setting.value !== '' && !SECRETS.has(setting.key))
      settings[path] = setting.value;
  }
  return sections;
}

function readSetting(line: string): { indented: boolean; key: string; value: string } | undefined {
  const match = /^(\s*)([^=\s]+)\s*=\s*(.*)$/.exec(line);
  if (match === null) return undefined;
  const [, indent = '', name = '', value = ''] = match;
  return { indented: indent !== '', key: name.toLowerCase(), value };
}
