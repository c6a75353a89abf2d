package io.tierdrill.load.shape;

import io.tierdrill.load.arrival.RateCurve.Point;
import io.tierdrill.model.time.DurationText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A CSV of rates: two columns, a time from the start and what comes from then until the next row. The last row lasts as
 * long as the one before it. A head line may name the columns, and then the names tell the units:
 *
 * <pre>
 *   second, minute, hour       of the time; a time may also carry its unit (90s, 1.5m)
 *   rate, per_second, rps      requests a second (also without a head line)
 *   per_minute, rpm            requests a minute
 *   requests, count            requests in the row's unit of time: a second, a minute or an hour
 * </pre>
 *
 * @param starts when each row begins, the first at zero
 * @param perSecond its rate
 */
public record RateRows(List<Duration> starts, List<Double> perSecond) {
    private static final String HELP = "Allowed: lines of TIME,RATE, such as 60,250; times in order, rates 0 or more.";
    private static final int MOST_TOLD = 5;

    public RateRows {
        starts = List.copyOf(starts);
        perSecond = List.copyOf(perSecond);
        if (starts.isEmpty()) throw new IllegalArgumentException("starts must not be empty");
    }

    /** Two points for each row, so that the rate jumps from one to the next. */
    List<Point> points(double times) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            points.add(new Point(starts.get(i), perSecond.get(i) * times));
            Duration end = i + 1 < starts.size() ? starts.get(i + 1) : end();
            points.add(new Point(end, perSecond.get(i) * times));
        }
        return points;
    }

    /** When the last row is over. */
    Duration end() {
        int last = starts.size() - 1;
        Duration length = last == 0 ? Duration.ofSeconds(1) : starts.get(last).minus(starts.get(last - 1));
        return starts.get(last).plus(length);
    }

    /**
     * Reads the file.
     *
     * @param problem told what is wrong, with its line and column, and what is allowed
     */
    static Optional<RateRows> read(Path file, BiConsumer<String, String> problem) {
        try {
            return new Reading(file.toString(), problem).rows(Files.readAllLines(file));
        } catch (CharacterCodingException otherText) {
            problem.accept(file + " is not text in UTF-8", HELP);
        } catch (IOException unreadable) {
            problem.accept("cannot read " + file + ": there is no such file, or it may not be read", HELP);
        }
        return Optional.empty();
    }

    /** One reading of one file. */
    private static final class Reading {
        private final String file;
        private final BiConsumer<String, String> problem;
        private final List<Duration> starts = new ArrayList<>();
        private final List<Double> rates = new ArrayList<>();
        private double unitSeconds = 1;
        private double perSeconds = 1;
        private int wrong;

        Reading(String file, BiConsumer<String, String> problem) {
            this.file = file;
            this.problem = problem;
        }

        Optional<RateRows> rows(List<String> lines) {
            boolean first = true;
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (line.isEmpty() || line.startsWith("#")) continue;
                String[] fields = line.split(",", -1);
                if (!(first && head(fields))) row(i + 1, fields);
                first = false;
            }
            if (wrong > MOST_TOLD) problem.accept(file + ": " + (wrong - MOST_TOLD) + " more lines like these", HELP);
            if (wrong > 0) return Optional.empty();
            if (starts.isEmpty()) problem.accept(file + " holds no rates", HELP);
            return starts.isEmpty() ? Optional.empty() : Optional.of(new RateRows(starts, rates));
        }

        /** Whether this is a head line, which then sets the units. */
        private boolean head(String[] fields) {
            if (fields.length != 2
                    || fields[0].isBlank()
                    || Character.isDigit(fields[0].strip().charAt(0))) return false;
            String time = word(fields[0]);
            unitSeconds = time.startsWith("min") ? 60 : time.startsWith("hour") || time.equals("h") ? 3600 : 1;
            String rate = word(fields[1]);
            if (rate.startsWith("request") && !rate.contains("per") || rate.startsWith("count"))
                perSeconds = unitSeconds;
            else if (rate.equals("rpm") || rate.contains("minute")) perSeconds = 60;
            return true;
        }

        private void row(int line, String[] fields) {
            if (fields.length != 2) {
                wrong(
                        line,
                        1,
                        "found " + fields.length + (fields.length == 1 ? " column" : " columns") + ", expected 2");
                return;
            }
            Optional<Duration> at = time(fields[0].strip());
            Optional<Double> rate = number(fields[1].strip());
            int second = fields[0].length() + 2;
            if (at.isEmpty()) wrong(line, 1, "time: cannot use \"" + fields[0].strip() + "\"");
            else if (!starts.isEmpty() && at.get().compareTo(starts.get(starts.size() - 1)) <= 0)
                wrong(line, 1, "time: " + fields[0].strip() + " is not after the row before it");
            if (rate.isEmpty()) wrong(line, second, "rate: cannot use \"" + fields[1].strip() + "\"");
            if (at.isEmpty() || rate.isEmpty()) return;
            if (starts.isEmpty() && !at.get().isZero()) {
                starts.add(Duration.ZERO); // Nothing is told before, so nothing is sent.
                rates.add(0.0);
            }
            starts.add(at.get());
            rates.add(rate.get() / perSeconds);
        }

        private Optional<Duration> time(String text) {
            Optional<Double> number = number(text);
            if (number.isEmpty()) return DurationText.parse(text);
            return Optional.of(Duration.ofNanos(Math.round(number.get() * unitSeconds * 1e9)));
        }

        private void wrong(int line, int column, String what) {
            if (wrong++ < MOST_TOLD) problem.accept(file + ":" + line + ":" + column + ": " + what, HELP);
        }

        private static Optional<Double> number(String text) {
            return text.matches("\\d{1,15}(\\.\\d{1,12})?") ? Optional.of(Double.parseDouble(text)) : Optional.empty();
        }

        private static String word(String name) {
            return name.strip().toLowerCase(Locale.ROOT).replace("\"", "").replace(' ', '_');
        }
    }
}
