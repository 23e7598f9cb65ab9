import { TOKEN } from './git-world.mjs'

/**
 * The tag calls of each vendor for a project of `worldOf`: what encodeRequest takes. `remove` is GitLab's where the vendor has
 * none. Pages count from 1.
 */
const gitlab = {
  list: ({ id }, page) => ({
    path: `/api/v4/projects/${id}/repository/tags?per_page=20&page=${page}`,
    headers: { 'private-token': TOKEN },
  }),
  get: ({ id }, name) => ({
    path: `/api/v4/projects/${id}/repository/tags/${encodeURIComponent(name)}`,
    headers: { 'private-token': TOKEN },
  }),
  create: ({ id }, name) => ({
    method: 'POST',
    path: `/api/v4/projects/${id}/repository/tags`,
    headers: { 'private-token': TOKEN },
    body: { tag_name: name, ref: 'main', message: 'A release' },
  }),
  remove: ({ id }, name) => ({
    method: 'DELETE',
    path: `/api/v4/projects/${id}/repository/tags/${encodeURIComponent(name)}`,
    headers: { 'private-token': TOKEN },
  }),
}

const bitbucket = {
  list: ({ name: slug }, page) => ({
    path: `/rest/api/1.0/projects/ACME/repos/${slug}/tags?limit=20&start=${20 * (page - 1)}`,
    headers: { authorization: `Bearer ${TOKEN}` },
  }),
  get: ({ name: slug }, name) => ({
    path: `/rest/api/1.0/projects/ACME/repos/${slug}/tags/${name}`,
    headers: { authorization: `Bearer ${TOKEN}` },
  }),
  create: ({ name: slug }, name) => ({
    method: 'POST',
    path: `/rest/api/1.0/projects/ACME/repos/${slug}/tags`,
    headers: { authorization: `Bearer ${TOKEN}` },
    body: { name, startPoint: 'main', message: 'A release' },
  }),
  remove: ({ name: slug }, name) => ({
    method: 'DELETE',
    path: `/rest/git/1.0/projects/ACME/repos/${slug}/tags/${name}`,
    headers: { authorization: `Bearer ${TOKEN}` },
  }),
}

const gitflic = {
  list: ({ name: project }, page) => ({
    path: `/project/acme/${project}/tag?size=20&page=${page - 1}`,
    headers: { authorization: `token ${TOKEN}` },
  }),
  get: ({ name: project }, name) => ({
    path: `/project/acme/${project}/tag/${encodeURIComponent(name)}`,
    headers: { authorization: `token ${TOKEN}` },
  }),
  create: ({ name: project }, name) => ({
    method: 'POST',
    path: `/project/acme/${project}/tag/create`,
    headers: { authorization: `token ${TOKEN}` },
    body: { tagName: name, branchName: 'main', message: 'A release' },
  }),
  remove: gitlab.remove,
}

const codearts = {
  list: ({ id }, page) => ({
    path: `/v4/repositories/${id}/repository/tags?limit=20&offset=${20 * (page - 1)}`,
    headers: { 'x-auth-token': TOKEN },
  }),
  get: ({ id }, name) => ({
    path: `/v4/repositories/${id}/repository/tag?tag_name=${encodeURIComponent(name)}`,
    headers: { 'x-auth-token': TOKEN },
  }),
  create: ({ id }, name) => ({
    method: 'POST',
    path: `/v4/repositories/${id}/repository/tags`,
    headers: { 'x-auth-token': TOKEN },
    body: { tag_name: name, ref: 'main', message: 'A release' },
  }),
  remove: ({ id }, name) => ({
    method: 'DELETE',
    path: `/v4/repositories/${id}/repository/tag?tag_name=${encodeURIComponent(name)}`,
    headers: { 'x-auth-token': TOKEN },
  }),
}

export const tagCalls = { gitlab, bitbucket, gitflic, codearts }
