# One image for each service: docker build --build-arg SERVICE=ingest-gateway .
# The jars are built before (mvn -Dquick package), so that an image holds nothing that builds.
FROM eclipse-temurin:25-jre AS layers
ARG SERVICE
WORKDIR /build
COPY ${SERVICE}/target/${SERVICE}-*-exec.jar app.jar
RUN java -Djarmode=tools -jar app.jar extract --layers --destination /layers

FROM eclipse-temurin:25-jre
# A volume that is mounted here belongs to the service's user.
RUN useradd --system --no-create-home --shell /usr/sbin/nologin resentry \
    && install -d -o resentry -g resentry /var/lib/resentry/spool
WORKDIR /app
# From what seldom changes to what often does.
COPY --from=layers /layers/dependencies/ ./
COPY --from=layers /layers/spring-boot-loader/ ./
COPY --from=layers /layers/snapshot-dependencies/ ./
COPY --from=layers /layers/application/ ./
# What the JVM finds out at each start, found out once (JEP 514). A service that cannot be started for this has no cache.
RUN java -XX:AOTCacheOutput=app.aot -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
        -Dspring.context.exit=onRefresh -jar app.jar > /dev/null 2>&1 \
    || rm -f app.aot
USER resentry
ENV PORT=8080 RESENTRY_SPOOL_DIR=/var/lib/resentry/spool
EXPOSE 8080
# Without a shell, so that the process gets the signal to stop.
# Beside the heap there are up to 64 MB of buffers for the network, once for Kafka and once for HTTP, and about 100 MB of the JVM:
# 60 percent leave room for them from 512 MB on. A service that is out of memory all the same is better started again.
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=60", "-XX:MaxDirectMemorySize=64m", "-XX:+ExitOnOutOfMemoryError", "-XX:AOTCache=app.aot", "--enable-native-access=ALL-UNNAMED", "-jar", "app.jar"]
