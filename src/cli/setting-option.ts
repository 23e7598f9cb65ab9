import { Option } from 'commander'
import type { Setting } from '../config/settings.ts'

/** The flag of a setting. All of them collect texts; which count, and what is wrong with them, is for the table to say. */
export function optionOf({ flag, value, help, key, absent, repeatable }: Setting): Option {
  const often = repeatable ? '; may be repeated' : ''
  const option = new Option(`${flag} ${value}`, `${help}${often} (default: ${absent})`)
  option.attributeName = () => key
  if (option.optional) option.preset('true')
  return option.argParser((text: string, before: readonly string[] = []) => [...before, text])
}
