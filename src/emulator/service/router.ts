import type { Operation } from './operation.ts';

export type Route = (method: string, path: string) => Operation | undefined;

/** Finds the operation of a request: fixed parts must be equal, `{labels}` take one part that is not empty. */
export function createRouter(operations: readonly Operation[]): Route {
  const routes = operations.map((operation) => ({ operation, parts: operation.path.split('/') }));
  return (method, path) => {
    const parts = path.split('/');
    const found = routes.find(
      (route) =>
        route.operation.method === method &&
        route.parts.length === parts.length &&
        route.parts.every((part, i) => (part.startsWith('{') ? parts[i] !== '' : part === parts[i])),
    );
    return found?.operation;
  };
}
