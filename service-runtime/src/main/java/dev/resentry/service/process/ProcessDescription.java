package dev.resentry.service.process;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What people are told of a process.
 *
 * @param version null if this build has none
 */
public record ProcessDescription(String host, @Nullable String version, Instant startedAt) {

    /** This process. */
    public static ProcessDescription ofThis(@Nullable String version) {
        return new ProcessDescription(
                hostName(),
                version,
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()));
    }

    /** Containers are known by the variable, others by their name on the network. */
    private static String hostName() {
        String host = System.getenv("HOSTNAME");
        if (host != null && !host.isBlank()) {
            return host;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "unnamed";
        }
    }
}
