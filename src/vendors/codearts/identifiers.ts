/** The 32 hex digits that Huawei Cloud writes where others have a UUID: IAM users, projects, repositories. */
export function plainUuid({ uuid }: { readonly uuid: string }): string {
  return uuid.replaceAll('-', '')
}
