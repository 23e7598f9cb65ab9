type Json = Readonly<Record<string, unknown>>

/**
 * Fills a hook's own template with values of the body that it replaces: `{{project.name}}`. Null where the result is no
 * JSON, which GitLab does not send. app/services/web_hook_service.rb
 */
export function renderTemplate(template: string, data: Json): unknown {
  const text = template.replace(/\{\{(.+?)\}\}/g, (_, path: string) => {
    const json = JSON.stringify(dig(data, path.split('.'))) ?? 'null'
    return json.startsWith('"') ? json.slice(1, -1) : json
  })
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function dig(data: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return data
  if (typeof data !== 'object' || data === null || !Object.hasOwn(data, key)) return null
  return dig((data as Json)[key], rest)
}
