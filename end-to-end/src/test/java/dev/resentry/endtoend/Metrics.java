package dev.resentry.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a service has counted, read as Prometheus does. */
record Metrics(String text) {

    static Metrics of(ServiceProcess service) {
        return new Metrics(new String(
                Http.send(Http.request(service.url() + "/metrics").GET()).body(), UTF_8));
    }

    /** The sum of all series of this name whose labels hold this text. */
    double sum(String name, String labels) {
        return text.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> line.contains(labels))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
