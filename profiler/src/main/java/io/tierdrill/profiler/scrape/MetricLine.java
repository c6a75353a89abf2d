package io.tierdrill.profiler.scrape;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One line of the Prometheus text format 0.0.4 or OpenMetrics: {@code name{label="value",...} number [timestamp]}. In
 * values of labels {@code \\}, {@code \"} and {@code \n} are escapes.
 */
record MetricLine(String name, Map<String, String> labels, double value) {

    /** Nothing for a line that is not of that form. */
    static Optional<MetricLine> parse(String line) {
        try {
            return Optional.of(new Cursor(line).metric());
        } catch (IndexOutOfBoundsException | IllegalArgumentException notAMetric) {
            return Optional.empty();
        }
    }

    String label(String name) {
        return labels.getOrDefault(name, "");
    }

    private static final class Cursor {
        private final String line;
        private int at;

        Cursor(String line) {
            this.line = line;
        }

        MetricLine metric() {
            String name = word();
            Map<String, String> labels = Map.of();
            if (line.charAt(at) == '{') {
                at++;
                labels = labels();
            }
            return new MetricLine(name, labels, number());
        }

        private Map<String, String> labels() {
            Map<String, String> labels = new HashMap<>();
            while (true) {
                skip(' ', ',');
                if (line.charAt(at) == '}') break;
                String name = word();
                skip(' ', '=');
                labels.put(name, quoted());
            }
            at++;
            return labels;
        }

        private String word() {
            int start = at;
            while (at < line.length()
                    && (Character.isLetterOrDigit(line.charAt(at)) || "_:".indexOf(line.charAt(at)) >= 0)) at++;
            if (at == start) throw new IllegalArgumentException("no name at " + at);
            return line.substring(start, at);
        }

        private String quoted() {
            if (line.charAt(at++) != '"') throw new IllegalArgumentException("no quote at " + at);
            StringBuilder text = new StringBuilder();
            for (char c = line.charAt(at++); c != '"'; c = line.charAt(at++)) text.append(c == '\\' ? escaped() : c);
            return text.toString();
        }

        private char escaped() {
            char c = line.charAt(at++);
            return c == 'n' ? '\n' : c;
        }

        private double number() {
            skip(' ', '\t');
            int start = at;
            while (at < line.length() && !Character.isWhitespace(line.charAt(at))) at++;
            return parse(line.substring(start, at));
        }

        private void skip(char one, char other) {
            while (line.charAt(at) == one || line.charAt(at) == other) at++;
        }

        private static double parse(String number) {
            return switch (number) {
                case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(number);
            };
        }
    }
}
