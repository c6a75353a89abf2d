package io.tierdrill.profiler.flame;

import java.util.Locale;

/** Text and numbers as they stand in a page. */
final class Html {
    private Html() {}

    /** For the text of an element and for an attribute in double quotes. */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    /** Three significant digits: {@code 1,240}, {@code 41.2}, {@code 0.31}. */
    static String number(double value) {
        double size = Math.abs(value);
        String form = size >= 99.95 ? "%,.0f" : size >= 9.995 ? "%.1f" : "%.2f";
        String text = String.format(Locale.ROOT, size < 0.005 ? "%.0f" : form, value);
        return text.equals("-0") ? "0" : text.replace('-', '−');
    }

    /** The same with its sign, where it has one. */
    static String signed(double value) {
        String text = number(value);
        return value > 0 && !text.equals("0") ? "+" + text : text;
    }

    /** {@code 12.3 %}. */
    static String percent(double ratio) {
        return number(100 * ratio) + " %";
    }

    /** A place in per cent of the width, to a thousandth. */
    static String place(double part) {
        return String.format(Locale.ROOT, "%.3f", 100 * part);
    }
}
