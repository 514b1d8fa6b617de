# docker build -f manifests/images/sample-metrics-app.Dockerfile sample-apps/sample-metrics-app
FROM node:24-slim AS build
WORKDIR /app
COPY . .
RUN rm -rf releases && npm ci --omit=dev --no-audit --no-fund

FROM node:24-slim
COPY --from=build /app /app
WORKDIR /app
USER 10001:10001
EXPOSE 8000
CMD ["node", "main.ts"]
