# Build: the web pages need the development packages, the product does not.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY bin/prepare.mjs bin/
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build:web && npm prune --omit=dev --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4600 DATA_DIR=/data
WORKDIR /app
COPY --from=build --chown=node:node /app /app
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4600
HEALTHCHECK --interval=10s --timeout=3s --start-period=40s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/deputize.mjs"]
CMD ["start"]
