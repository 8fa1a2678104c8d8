package dev.resentry.processing.group.frame;

/** What is of libraries and of the platform on the JVM. */
final class JvmLibraries {
    /** How the names of packages begin. */
    static final Prefixes PACKAGES = Prefixes.of("""
            akka. android. androidx. cats. ch.qos.logback. clojure. com.android. com.fasterxml. com.google.
            com.microsoft. com.mongodb. com.mysql. com.sun. com.zaxxer. compojure. dalvik. feign. groovy.
            groovyjarjarasm. io.grpc. io.ktor. io.lettuce. io.micrometer. io.micronaut. io.netty.
            io.opentelemetry. io.quarkus. io.reactivex. io.sentry. io.undertow. io.vertx. jakarta. java. javax.
            jdk. kotlin. kotlinx. libcore. net.bytebuddy. okhttp3. okio. oracle. org.apache. org.aspectj.
            org.codehaus.groovy. org.eclipse.jetty. org.glassfish. org.gradle. org.h2. org.hibernate. org.jboss.
            org.junit. org.mariadb. org.mockito. org.postgresql. org.slf4j. org.springframework. play. ratpack.
            reactor. redis.clients. retrofit2. ring. rx. scala. sun. zio.""");

    private JvmLibraries() {}
}
