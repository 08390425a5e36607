# The service on PostgreSQL or on its embedded store. Node 24 is the base; the npm package `node`, which brings
# Node 24 to older checkouts, is left out.
FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM packages AS index
COPY src ./src
COPY scripts ./scripts
COPY profiles ./profiles
COPY mappings ./mappings
RUN node scripts/build-definition-index.ts

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 DATA_DIR=/data
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=index /app/.cache ./.cache
COPY package.json LICENSE ./
COPY bin ./bin
COPY src ./src
COPY profiles ./profiles
COPY mappings ./mappings
RUN mkdir /data && chown -R node:node /data .cache
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/main.ts"]
