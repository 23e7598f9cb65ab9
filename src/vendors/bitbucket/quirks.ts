import type { Quirk } from '../vendor.ts'

export const quirks: readonly Quirk[] = [
  { name: 'pageFilter', summary: 'pages carry "filter": null in profile 4.5.2, as the printed samples do' },
  { name: 'licenceHeader', summary: 'answers carry X-ASEN, the licence number, as servers up to 7 sent it' },
  {
    name: 'refConflict409',
    summary: 'a name that clashes with a folder of names is answered 409 instead of 400',
  },
]
