package io.tierdrill.analysis.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * Numbers as people read them: three significant digits at most, a unit, thousands apart. The same in every locale.
 * Stateless.
 */
public final class Figures {
    private Figures() {}

    /** {@code 412,000}. */
    public static String count(long value) {
        return plain(value, 0);
    }

    /** A number that may be a fraction: {@code 4,180}, {@code 41.8}, {@code 0.31}. */
    public static String number(double value) {
        return plain(value, decimals(value));
    }

    /** {@code 4,180 req/s}. */
    public static String rate(double perSecond) {
        return number(perSecond) + " req/s";
    }

    /** {@code 2.9 s}, {@code 250 ms}, {@code 0.31 ms}, {@code 12 µs}. */
    public static String micros(double micros) {
        double size = Math.abs(micros);
        if (size >= 999_500) return number(micros / 1e6) + " s";
        if (size >= 99.5) return number(micros / 1e3) + " ms";
        return plain(micros, size >= 9.95 ? 0 : 1) + " µs";
    }

    /** {@code 2.8–3.0 s}: both ends in the unit of the upper one. */
    public static String microsRange(double low, double high) {
        double size = Math.abs(high);
        if (size >= 999_500) return number(low / 1e6) + "–" + number(high / 1e6) + " s";
        if (size >= 99.5) return number(low / 1e3) + "–" + number(high / 1e3) + " ms";
        return plain(low, 0) + "–" + plain(high, 0) + " µs";
    }

    /** Of a ratio: {@code 97 %}, {@code 3.1 %}, {@code 0.12 %}. */
    public static String percent(double ratio) {
        double value = ratio * 100;
        double size = Math.abs(value);
        return plain(value, size >= 9.95 || size == 0 ? 0 : size >= 0.995 ? 1 : 2) + " %";
    }

    /** Whole per cent only, for shares of a limit: {@code 97 %}. */
    public static String wholePercent(double ratio) {
        return plain(ratio * 100, 0) + " %";
    }

    /** {@code 46 MiB}. */
    public static String bytes(double bytes) {
        if (bytes >= 1L << 30) return number(bytes / (1L << 30)) + " GiB";
        if (bytes >= 1L << 20) return number(bytes / (1L << 20)) + " MiB";
        if (bytes >= 1L << 10) return number(bytes / (1L << 10)) + " KiB";
        return plain(bytes, 0) + " B";
    }

    /** An instant of the run: {@code 12.3 s}. */
    public static String instant(long nanos) {
        return plain(nanos / 1e9, 1) + " s";
    }

    /** For the labels of an axis of time: {@code 12 s}. */
    public static DoubleFunction<String> seconds() {
        return seconds -> number(seconds) + " s";
    }

    /** Six significant digits: enough for any reader, and files stay free of noise. */
    public static double rounded(double value) {
        if (value == 0 || !Double.isFinite(value)) return 0;
        return new BigDecimal(value)
                .round(new MathContext(6, RoundingMode.HALF_EVEN))
                .doubleValue();
    }

    private static int decimals(double value) {
        double size = Math.abs(value);
        if (size >= 99.5 || size == 0) return 0;
        return size >= 9.95 ? 1 : 2;
    }

    private static String plain(double value, int decimals) {
        DecimalFormat format = new DecimalFormat(
                decimals == 0 ? "#,##0" : "#,##0." + "#".repeat(decimals),
                DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setRoundingMode(RoundingMode.HALF_EVEN);
        String text = format.format(value);
        return text.equals("-0") ? "0" : text;
    }
}
