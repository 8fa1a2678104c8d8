# One image for each service, of what the release holds: docker build --build-arg SERVICE=ingest-gateway .
# Nothing is compiled; from "RUN groupadd" on it is what the Dockerfile of the sources does.
FROM eclipse-temurin:25-jre
ARG SERVICE
# By number, so that Kubernetes knows that it is not root. A volume that is mounted here belongs to the service's user.
RUN groupadd --gid 10001 resentry \
    && useradd --uid 10001 --gid resentry --no-create-home --shell /usr/sbin/nologin resentry \
    && install -d -o resentry -g resentry /var/lib/resentry/spool
WORKDIR /app
# The same for all services.
COPY app/lib/ ./lib/
COPY app/${SERVICE}.jar app.jar
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
