# One image for each service, from source: docker build --build-arg SERVICE=ingest-gateway .
# Stage "build" is the same for all services, so that it runs once for all three images.
FROM node:24-bookworm-slim AS node

FROM maven:3.9-eclipse-temurin-25 AS build
# Maven has npm build the web UI.
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
    && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
WORKDIR /source
COPY . .
# What was downloaded once stays on the machine that builds, and in no image.
RUN --mount=type=cache,target=/root/.m2 --mount=type=cache,target=/root/.npm \
    mvn -B -ntp -Dquick -pl ingest-gateway,envelope-processor,query-api -am package

FROM eclipse-temurin:25-jre AS layers
ARG SERVICE
WORKDIR /build
COPY --from=build /source/${SERVICE}/target/${SERVICE}-*-exec.jar app.jar
RUN java -Djarmode=tools -jar app.jar extract --layers --destination /layers

FROM eclipse-temurin:25-jre
# By number, so that Kubernetes knows that it is not root. A volume that is mounted here belongs to the service's user.
RUN groupadd --gid 10001 resentry \
    && useradd --uid 10001 --gid resentry --no-create-home --shell /usr/sbin/nologin resentry \
    && install -d -o resentry -g resentry /var/lib/resentry/spool
WORKDIR /app
# From what seldom changes to what often does.
COPY --from=layers /layers/dependencies/ ./
COPY --from=layers /layers/spring-boot-loader/ ./
COPY --from=layers /layers/snapshot-dependencies/ ./
COPY --from=layers /layers/application/ ./
ARG SERVICE
# What the JVM finds out at each start, found out once (JEP 514), with a heap as small as it has later. For the gateway only: the
# others need a database to start, and there is none here.
RUN if [ "$SERVICE" = ingest-gateway ] \
        && java -Xmx512m -XX:AOTCacheOutput=app.aot -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
            -Dspring.context.exit=onRefresh -jar app.jar > /dev/null 2>&1 \
        && [ -f app.aot ]; \
    then echo "$SERVICE: starts with an AOT cache"; \
    else rm -f app.aot; echo "$SERVICE: starts without an AOT cache"; \
    fi
USER 10001:10001
ENV PORT=8080 RESENTRY_SPOOL_DIR=/var/lib/resentry/spool
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=5s --start-period=10s --retries=24 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080; printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3; head -n 1 <&3 | grep -q ' 200'"]
# Without a shell, so that the process gets the signal to stop.
# Beside the heap there are up to 64 MB of buffers for the network, once for Kafka and once for HTTP, and about 100 MB of the JVM:
# 60 percent leave room for them from 512 MB on. A service that is out of memory all the same is better started again.
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=60", "-XX:MaxDirectMemorySize=64m", "-XX:+ExitOnOutOfMemoryError", "-XX:AOTCache=app.aot", "--enable-native-access=ALL-UNNAMED", "-jar", "app.jar"]
