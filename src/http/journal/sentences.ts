import type { FailureTable } from '../../failure.ts'

/** Each failure of the forge as a plain sentence about the rule that was broken. */
export const sentences: FailureTable<string> = {
  'credential-unknown': () => 'The credential is unknown here.',
  'credential-missing': () => 'A credential is needed, and none was sent.',
  'token-expired': () => 'The token has expired.',
  'token-revoked': () => 'The token has been revoked.',
  'scope-missing': ({ needed }) => `The token lacks the scope ${needed.join(' or ')}.`,
  'sudo-refused': ({ reason }) =>
    reason === 'not-admin'
      ? 'Only an administrator may act for somebody else.'
      : 'Acting for somebody else takes a token.',
  'user-missing': ({ user }) => `There is no user ${user}.`,
  'user-blocked': ({ user }) => `The user ${user} is blocked.`,
  'owner-missing': ({ owner }) => `There is no owner ${owner}.`,
  'project-missing': ({ project }) => `There is no project ${project}.`,
  'project-hidden': ({ project }) => `The caller may not see the project ${project}.`,
  'project-archived': ({ project }) => `The project ${project} is archived and takes no changes.`,
  'project-moved': ({ project }) => `The project has moved to ${project}.`,
  'feature-hidden': ({ project, feature }) => `The caller may not use the ${feature} of ${project}.`,
  'repository-missing': ({ project }) => `The project ${project} has no repository.`,
  'role-too-low': ({ needed, role }) =>
    `The role ${needed} is needed; the caller has ${role === null ? 'none' : role}.`,
  'repository-empty': ({ project }) => `The repository of ${project} has no commits.`,
  'revision-empty': () => 'No revision was named.',
  'revision-unknown': ({ revision, ambiguous }) =>
    ambiguous ? `${revision} could mean several objects.` : `${revision} names no commit of the repository.`,
  'ref-name-invalid': ({ name, rule }) => `Git does not take the name ${JSON.stringify(name)}: ${rule}.`,
  'ref-exists': ({ ref }) => `${ref} exists already.`,
  'ref-missing': ({ ref }) => `There is no ${ref}.`,
  'ref-conflict': ({ ref, other }) => `${ref} cannot be where ${other} is.`,
  'ref-changed': ({ ref }) => `${ref} has been moved by somebody else in the meantime.`,
  'ref-target-invalid': ({ ref, reason }) => `${ref} may not point there: ${reason}.`,
  'object-missing': ({ oid }) => `There is no object ${oid}.`,
  'object-corrupt': ({ oid, reason }) => `The object ${oid} is damaged: ${reason}.`,
  'repository-unreadable': ({ reason }) => `The repository cannot be read: ${reason}.`,
  'tag-protected': ({ name, pattern }) =>
    `The tag ${name} is protected by the rule ${pattern}, which does not let the caller do that.`,
  'rule-missing': ({ rule }) => `There is no tag rule ${rule}.`,
  'rule-exists': ({ pattern }) => `There is a tag rule for ${pattern} already.`,
  'release-missing': ({ tag }) => `There is no release of the tag ${tag}.`,
  'release-exists': ({ tag }) => `The tag ${tag} has a release already.`,
}
