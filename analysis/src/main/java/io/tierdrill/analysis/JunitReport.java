package io.tierdrill.analysis;

import io.tierdrill.analysis.finding.SloLine;
import io.tierdrill.model.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;

/**
 * The verdict as JUnit XML, for build servers: one case for validity and one for each promise. An invalid run is an
 * error, a broken promise a failure, one that too few requests speak of is skipped.
 */
public final class JunitReport {
    private JunitReport() {}

    /** Writes {@link RunFolder#junit}, replacing an older one. */
    public static void write(RunFolder folder, Verdict verdict) throws IOException {
        Files.writeString(folder.junit(), text(verdict));
    }

    static String text(Verdict verdict) {
        boolean valid = verdict.validity().trusted();
        long failures = valid ? count(verdict, SloLine.Outcome.BROKEN) : 0;
        long skipped =
                valid ? count(verdict, SloLine.Outcome.UNKNOWN) : verdict.slo().size();
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append(String.format(
                        Locale.ROOT,
                        "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\">%n",
                        escape("tierdrill." + verdict.scenario()),
                        verdict.slo().size() + 1,
                        failures,
                        valid ? 0 : 1,
                        skipped)
                .replace(System.lineSeparator(), "\n"));
        validity(xml, verdict);
        for (SloLine line : verdict.slo()) promise(xml, line, verdict);
        xml.append("  <system-out>").append(escape(FirstScreen.text(verdict))).append("</system-out>\n");
        return xml.append("</testsuite>\n").toString();
    }

    private static long count(Verdict verdict, SloLine.Outcome outcome) {
        return verdict.slo().stream().filter(l -> l.outcome() == outcome).count();
    }

    private static void validity(StringBuilder xml, Verdict verdict) {
        open(xml, verdict, "the measurement is valid");
        if (verdict.validity().trusted()) xml.append("/>\n");
        else close(xml, "error", String.join("; ", verdict.validity().reasons()), FirstScreen.text(verdict));
    }

    private static void promise(StringBuilder xml, SloLine line, Verdict verdict) {
        open(xml, verdict, "promise: " + line.name());
        if (!verdict.validity().trusted()) close(xml, "skipped", "the measurement is not valid", "");
        else
            switch (line.outcome()) {
                case KEPT ->
                    xml.append(">\n    <system-out>")
                            .append(escape(line.text()))
                            .append("</system-out>\n  </testcase>\n");
                case BROKEN -> close(xml, "failure", line.text(), FirstScreen.text(verdict));
                case UNKNOWN -> close(xml, "skipped", line.text(), "");
            }
    }

    private static void open(StringBuilder xml, Verdict verdict, String name) {
        xml.append("  <testcase classname=\"")
                .append(escape("tierdrill." + verdict.scenario()))
                .append("\" name=\"")
                .append(escape(name))
                .append("\"");
    }

    private static void close(StringBuilder xml, String element, String message, String body) {
        xml.append(">\n    <")
                .append(element)
                .append(" message=\"")
                .append(escape(message))
                .append("\"");
        if (body.isEmpty()) xml.append("/>\n");
        else xml.append(">").append(escape(body)).append("</").append(element).append(">\n");
        xml.append("  </testcase>\n");
    }

    /** XML 1.0 cannot hold most control characters at all, escaped or not. */
    private static String escape(String text) {
        return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "?")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
