# syntax=docker/dockerfile:1
# The server in an image of its own: docs/guides/containers.md.
ARG NODE_IMAGE=node:22.23.3-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="fakeforge" \
      org.opencontainers.image.description="A fake of four git forges' tag APIs: GitLab, Bitbucket Server, GitFlic, CodeArts Repo" \
      org.opencontainers.image.licenses="Apache-2.0"
# Services of CI systems cannot be given flags, so every setting has a variable: docs/cli.md.
ENV NODE_ENV=production \
    FAKEFORGE_HOST=0.0.0.0
WORKDIR /app
# Everything that it needs is bundled: there are no dependencies to install.
COPY --from=build /src/package.json /src/LICENSE ./
COPY --from=build /src/dist dist
COPY --from=build /src/fixtures fixtures
COPY container container
RUN install -d -o node -g node /data
USER node
# An image whose server does not answer is not built.
RUN node container/smoke.mjs
EXPOSE 4747
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --retries=3 CMD ["node", "/app/container/health.mjs"]
ENTRYPOINT ["node", "/app/container/entry.mjs"]
CMD ["serve"]
