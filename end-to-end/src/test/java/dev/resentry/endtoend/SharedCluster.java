package dev.resentry.endtoend;

import dev.resentry.testsupport.server.TestServers;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the cluster that test classes share, with one processor, to those that ask for it: started for the first of them, closed
 * after the last test. They leave it as it is, and send to projects of their own.
 */
final class SharedCluster implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedCluster.class))
                .computeIfAbsent(Cluster.class, _ -> start(), Cluster.class);
    }

    private static Cluster start() {
        Cluster cluster = Cluster.start(TestServers.shared(), Map.of());
        cluster.startProcessor().awaitReady();
        return cluster;
    }
}
