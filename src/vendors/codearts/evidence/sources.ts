/** What is known of CodeArts Repo, by where it is written: names that the tables share. The service is closed source. */

/** Pages of Huawei Cloud's. */
export const pages = {
  api: 'CodeArts Repo, API Reference',
  errors: 'CodeArts Repo, API Reference, Error Codes',
  permissions: 'CodeArts Repo, User Guide, Repository permissions (2024-11)',
  protectedTags: 'CodeArts Repo, User Guide, Protected tags',
  tagNames: 'CodeArts Repo, User Guide, Creating a tag (what the console accepts)',
  gateway: 'API Gateway, Error Codes and FAQ',
  signing: 'API Request Signing Guide, AK/SK',
  iam: 'Identity and Access Management, API Reference, Obtaining a user token through password authentication',
} as const

/** Clients that run against the service. */
export const clients = {
  /** Models and request definitions, generated from the definition of the API. */
  sdk: "Huawei Cloud's SDKs for Go and Node, services/codeartsrepo v3 and v4",
  oldSdk: "Huawei Cloud's SDK for Go, services/codehub v3 and v4",
  core: "Huawei Cloud's SDK core for Node, 3.1.211",
  terraform: "Huawei Cloud's provider for Terraform",
  mcp: 'David-piex/codearts-mcp, tried with real keys',
  zadig: 'koderover/zadig, pkg/tool/codehub',
} as const

/** Where the same engine answers in public. */
export const SIBLING = 'GitCode, a public forge on the same engine'
