package io.tierdrill.analysis.page;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A chart, its geometry worked out: the SVG stretches to any width, the words stay as large as the page's. Places of
 * words are per cent of the plot, those of lines thousandths.
 *
 * @param small one of many of the same form
 */
public record Plot(
        String id,
        String title,
        String note,
        boolean small,
        List<Tick> x,
        List<Tick> y,
        List<Line> lines,
        List<Threshold> thresholds,
        List<Mark> marks) {

    /** A label on an axis. */
    public record Tick(String percent, String label) {

        /** How the label stands to its place, so that none leaves the plot: {@code start}, {@code mid}, {@code end}. */
        public String anchor() {
            return switch (percent) {
                case "0" -> "start";
                case "100" -> "end";
                default -> "mid";
            };
        }
    }

    /**
     * @param look how it is coloured
     * @param path as SVG writes it
     * @param legend empty where the line needs no name
     */
    public record Line(String look, String path, String legend) {}

    /** A promise, drawn across. */
    public record Threshold(String percent, String label) {}

    /** Something that happened, drawn from top to bottom. */
    public record Mark(String percent, String label) {}

    /** Builds a plot; belongs to one thread. */
    public static final class Builder {
        private final String id;
        private final String title;
        private final Scale x;
        private final Scale y;
        private String note = "";
        private boolean small;
        private DoubleFunction<String> xLabel = Double::toString;
        private DoubleFunction<String> yLabel = Double::toString;
        private final List<Line> lines = new ArrayList<>();
        private final List<Threshold> thresholds = new ArrayList<>();
        private final List<Mark> marks = new ArrayList<>();

        public Builder(String id, String title, Scale x, Scale y) {
            this.id = id;
            this.title = title;
            this.x = x;
            this.y = y;
        }

        public Builder note(String text) {
            note = text;
            return this;
        }

        public Builder small() {
            small = true;
            return this;
        }

        public Builder labels(DoubleFunction<String> forX, DoubleFunction<String> forY) {
            xLabel = forX;
            yLabel = forY;
            return this;
        }

        /** A line through the points; where a value is not a number it is interrupted. */
        public Builder line(String look, String legend, double[] xs, double[] ys) {
            lines.add(new Line(look, path(xs, ys), legend));
            return this;
        }

        /** The same, filled down to the axis. */
        public Builder area(String look, String legend, double[] xs, double[] ys) {
            if (xs.length == 0) return this;
            String top = path(xs, ys);
            String path =
                    top + "L" + thousandth(x.at(xs[xs.length - 1])) + " 1000L" + thousandth(x.at(xs[0])) + " 1000Z";
            lines.add(new Line("area " + look, path, legend));
            return this;
        }

        public Builder threshold(double value, String label) {
            thresholds.add(new Threshold(percent(1 - y.at(value)), label));
            return this;
        }

        public Builder mark(double at, String label) {
            marks.add(new Mark(percent(x.at(at)), label));
            return this;
        }

        public Plot build() {
            List<Tick> xTicks = x.ticks().stream()
                    .map(t -> new Tick(percent(x.at(t)), xLabel.apply(t)))
                    .toList();
            List<Tick> yTicks = y.ticks().stream()
                    .map(t -> new Tick(percent(1 - y.at(t)), yLabel.apply(t)))
                    .toList();
            return new Plot(id, title, note, small, xTicks, yTicks, lines, thresholds, marks);
        }

        private String path(double[] xs, double[] ys) {
            StringBuilder path = new StringBuilder();
            boolean down = false;
            for (int i = 0; i < xs.length; i++) {
                boolean draw = Double.isFinite(ys[i]);
                if (draw)
                    path.append(down ? 'L' : 'M')
                            .append(thousandth(x.at(xs[i])))
                            .append(' ')
                            .append(thousandth(1 - y.at(ys[i])));
                down = draw;
            }
            return path.toString();
        }
    }

    /** Three digits are a third of a pixel on a wide screen. */
    public static String thousandth(double part) {
        return decimal(part * 1000);
    }

    /** Of the plot's width or height. */
    public static String percent(double part) {
        return decimal(part * 100);
    }

    private static String decimal(double value) {
        return new BigDecimal(value)
                .setScale(1, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }
}
