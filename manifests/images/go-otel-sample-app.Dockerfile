# docker build -f manifests/images/go-otel-sample-app.Dockerfile sample-apps/go-otel-sample-app
FROM golang:1.26 AS build
WORKDIR /app
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false -o /stock .

FROM gcr.io/distroless/static-debian12
COPY --from=build /stock /stock
USER 10001:10001
EXPOSE 8090
CMD ["/stock"]
