# docker build -f manifests/images/java-otel-sample-app.Dockerfile sample-apps/java-otel-sample-app
FROM maven:3-eclipse-temurin-17 AS build
WORKDIR /app
COPY . .
RUN mvn -q -B -DskipTests package && java -Djarmode=tools -jar target/app.jar extract --destination extracted

FROM eclipse-temurin:17-jre
COPY --from=build /app/extracted /app
COPY --from=build /app/target/opentelemetry-javaagent.jar /app/
WORKDIR /app
USER 10001:10001
EXPOSE 8081 8082
CMD ["java", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData", "-Djava.io.tmpdir=/tmp", "-javaagent:opentelemetry-javaagent.jar", "-jar", "app.jar"]
