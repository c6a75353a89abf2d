package io.tierdrill.targets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** What an instance exposes now. */
public record Metrics(String text) {
    public static Metrics of(InetSocketAddress admin) {
        String host = admin.getAddress().getHostAddress();
        var metrics = URI.create("http://" + host + ":" + admin.getPort() + "/metrics");
        try (InputStream answer = metrics.toURL().openStream()) {
            return new Metrics(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public double value(String name) {
        return value(name, "");
    }

    /** Of the series with this name whose labels hold the text. */
    public double value(String name, String label) {
        return text.lines()
                .filter(line -> line.startsWith(name + "{") && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " " + label + " in\n" + text));
    }
}
