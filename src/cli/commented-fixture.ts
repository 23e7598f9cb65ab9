/** What `fakeforge init` writes. A test holds it against the schema: it is right, and has every key of a fixture. */
export const commentedFixture = `# A world for fakeforge: who there is, and what is in the repositories. Every key but those marked
# "required" may be left out. Unknown keys are mistakes.
#   fakeforge validate world.yaml      names each mistake with its place
#   fakeforge --fixture world.yaml     serves it
# In an editor with YAML support, the first line of a file like this may name the schema that comes with the package:
# yaml-language-server: $schema=./node_modules/fakeforge/dist/fixture.schema.json

users:
  - username: ada # required; unique, whatever the case of its letters
    name: Ada Admin
    email: ada@example.test
    password: ada-password # for Basic authentication, and for git; without one nobody can log in so
    tokens: [ada-token] # personal access tokens: strings, or as below
    accessKey: { id: EXAMPLEAK0000000001, secret: example-secret-key-0001 } # for signed requests to CodeArts
    admin: true # may do everything
  - username: dee
    password: dee-password
    tokens:
      - dee-token
      - { value: dee-job, kind: job } # a CI job's token; kind: personal (the default) or job
      - { value: dee-read, scopes: [read_api] } # may do less, in a vendor's own words
      - { value: dee-old, expired: true }
      - { value: dee-gone, revoked: true }
    # id: 7                              # counted up from 1 unless given
    # avatar: https://example.test/dee.png
    # blocked: true                      # no credential of theirs works
    # createdAt: 2024-01-01T00:00:00Z

# Groups of projects. Users are owners, too: dee/sandbox would be a project of dee's own.
owners:
  - alias: acme # required; acme/tools would be a group in a group
    kind: company # company or team
    name: Acme
    key: ACME # Bitbucket's project key; the alias in capitals unless given
    members: { ada: owner } # username: role. Roles: guest, reporter, developer, maintainer, owner
    tagRules: [{ pattern: 'v*', create: maintainer }] # templates that projects may take over
    # importTagRules: true               # new projects start with them
    # id: 1

projects:
  - path: acme/widgets # required: owner/project
    # id: 1                              # GitLab's project id, CodeArts' repository id
    name: Widgets
    description: The first project
    topics: [demo]
    visibility: private # private, internal or public
    members: { dee: developer }
    # archived: true                     # nobody may write
    # createdAt: 2024-01-01T00:00:00Z
    # movedFrom: [acme/gadgets]          # former paths, which redirect here
    # features: { repository: enabled, releases: private } # enabled, private (members only) or disabled
    # profiles: { gitlab: '14' }         # this project is on a server of another version
    defaultBranch: main
    commits: # oldest first; the ids are those that git computes for the same content
      - label: first # required; the name of this commit in the rest of the project
        message: "Initial commit\\n" # required; stored as it is
        branch: main
        author: ada # a username, or Name <e-mail>
        date: 2024-01-01T10:00:00+02:00
        files:
          README.md: "# Widgets\\n"
          bin/widget: { content: "#!/bin/sh\\necho widget\\n", executable: true }
          latest: { content: README.md, symlink: true }
      - label: second
        message: "Add parts\\n"
        committer: dee # the author unless given
        committerDate: 2024-01-02T11:00:00+02:00
        files: { parts.txt: "cog\\n", latest: null } # null removes a file
      - label: feature
        branch: feature/x
        parents: [second] # the tip of the branch unless given; several make a merge
        message: "Try a bigger cog\\n"
        files: { parts.txt: "big cog\\n" }
    branches: { stable: first } # name: label, beside those that commits stand on
    tags:
      - { name: v1.0.0, target: first } # name and target are required; without a message: a lightweight tag
      - name: v1.1.0
        target: second # a label or an earlier tag, either with ^{tree} or :path behind it
        message: Second release # makes it an annotated tag
        tagger: ada
        date: 2024-01-02T12:00:00Z
    tagRules: # who may create which tags
      - { pattern: 'v*', create: developer } # a role, or nobody
    releases:
      - tag: v1.1.0 # required
        name: Second release
        description: With parts
        author: ada
        createdAt: 2024-01-02T12:00:00Z
        releasedAt: 2024-01-02T13:00:00Z
        links: [{ name: Manual, url: 'https://example.test/manual', kind: other }]
    pullRequests:
      - title: A bigger cog # required
        source: feature/x # required; a branch, or a tag as refs/tags/...
        target: main
        # sourceProject: dee/widgets     # where the source is in another project
        # number: 1                      # counted up from 1 in each project
        description: Turns faster
        state: open # open, merged or declined
        author: dee
        reviewers: [ada]
        # version: 0
        # createdAt: 2024-01-03T00:00:00Z
        # updatedAt: 2024-01-03T00:00:00Z
        # closedAt: 2024-01-03T00:00:00Z # of one that is merged or declined
    # webhooks:
    #   - { url: 'http://127.0.0.1:9000/hook', secret: hush, vendor: gitlab, events: [tag_push_events] }

  # A real repository, bare or with a work tree, read once and never written; it stands for commits, branches, tags
  # and defaultBranch:
  # - { path: acme/real, git: ./real.git }

  - path: acme/empty # a project without commits
  - { path: acme/papers, repository: false } # one that has no repository at all
`
