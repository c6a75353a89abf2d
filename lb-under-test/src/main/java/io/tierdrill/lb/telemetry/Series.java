package io.tierdrill.lb.telemetry;

import io.micrometer.core.instrument.Tags;
import java.util.function.DoubleSupplier;

/**
 * One figure of an instance, read when somebody asks.
 *
 * @param labels name, value, name, value, ...
 * @param counts whether it only ever grows
 */
record Series(String name, String[] labels, boolean counts, DoubleSupplier value) {

    Tags tags() {
        return Tags.of(labels);
    }

    /** {@code name{label="value",...} } in Prometheus text form, with the blank before the value. */
    String head() {
        StringBuilder head = new StringBuilder(name).append('{');
        for (int i = 0; i < labels.length; i += 2) {
            if (i > 0) head.append(',');
            head.append(labels[i]).append("=\"").append(escaped(labels[i + 1])).append('"');
        }
        return head.append("} ").toString();
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
