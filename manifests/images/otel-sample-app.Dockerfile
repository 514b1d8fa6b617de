# docker build -f manifests/images/otel-sample-app.Dockerfile sample-apps/otel-sample-app
FROM python:3.11-slim AS build
WORKDIR /app
COPY . .
RUN rm -rf releases test_*.py \
 && python -m pip install --no-cache-dir --target deps --require-hashes -r requirements.txt \
 && python -m compileall -q --invalidation-mode unchecked-hash .

FROM python:3.11-slim
COPY --from=build /app /app
WORKDIR /app
ENV PYTHONPATH=/app/deps PYTHONNOUSERSITE=1
USER 10001:10001
EXPOSE 8080
CMD ["python", "-S", "main.py"]
