package io.tierdrill.recorder.targets;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.fields.Arrival;
import io.tierdrill.recorder.fields.Flaw;
import io.tierdrill.recorder.fields.HttpUrl;
import io.tierdrill.recorder.fields.HttpWords;
import io.tierdrill.recorder.fields.Refused;
import io.tierdrill.recorder.input.Remark;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the request that a plain target of vegeta tells of: a line of method and URL, then headers, comments, and last the
 * file of its body, which is not opened: what an import reads is named by who runs it, not by what it reads. One thread.
 */
final class TextTargetParser {
    static final String URL = "url";
    private static final String LINE = "line ";
    private static final Remark BODY_FILE =
            new Remark("body-file", "with a body in a file of its own, which is not opened, imported without");

    private final String scheme;
    private final String authority;
    private long bodyFiles;

    /** Scheme and authority stand in where the URL is only a path. */
    TextTargetParser(String scheme, String authority) {
        this.scheme = scheme;
        this.authority = authority;
    }

    /** Whether a line begins like a request: capital letters, then a blank. */
    static boolean isRequest(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] >= 'A' && bytes[at] <= 'Z') at++;
        return at > from && at < to && (bytes[at] == ' ' || bytes[at] == '\t');
    }

    Arrival parse(byte[] bytes, int from, int to) throws Refused {
        String[] lines = new String(bytes, from, to - from, StandardCharsets.UTF_8).split("\n", -1);
        String first = lines[0].strip();
        if (!isRequest(bytes, from + leading(bytes, from, to), to)) throw new Refused(Flaw.NO_TARGET_LINE, "", first);
        String[] words = first.split("[ \t]+");
        if (words.length != 2) throw new Refused(Flaw.NO_TARGET_LINE, "", first);
        HttpUrl url = HttpUrl.of(words[1], scheme, authority, URL);
        List<Header> headers = new ArrayList<>();
        boolean body = false;
        for (int i = 1; i < lines.length; i++) body = line(lines[i].strip(), i + 1, body, headers);
        if (body) bodyFiles++;
        Optional<String> host = HttpWords.first(headers, "Host").filter(HttpUrl::isAuthority);
        return new Arrival(
                0,
                new RequestRecord(
                        0,
                        "vegeta",
                        "",
                        "",
                        url.scheme(),
                        HttpWords.method(words[0], ""),
                        host.orElse(url.authority()),
                        url.path(),
                        headers,
                        Body.none(),
                        Optional.empty()));
    }

    private static int leading(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\t')) at++;
        return at - from;
    }

    /** Takes the line; whether the body has been told by now. Nothing but comments follows it. */
    private static boolean line(String line, int number, boolean body, List<Header> headers) throws Refused {
        if (line.startsWith("#")) return body;
        if (body) throw new Refused(Flaw.STRAY_LINE, LINE + number, line);
        if (line.startsWith("@")) return true;
        int colon = line.indexOf(':');
        String value = colon < 0 ? "" : line.substring(colon + 1).strip();
        if (value.isEmpty()) throw new Refused(Flaw.STRAY_LINE, LINE + number, line);
        headers.add(HttpWords.header(line.substring(0, colon).strip(), value)
                .orElseThrow(() -> new Refused(Flaw.STRAY_LINE, LINE + number, line)));
        return false;
    }

    /** Of what was refused. */
    static int indexOf(String place, byte[] bytes, int from, int to) {
        if (place.equals(URL)) return urlFrom(bytes, from, to);
        int at = from;
        for (int line = Integer.parseInt(place.substring(LINE.length())); line > 1; line--) {
            while (at < to && bytes[at] != '\n') at++;
            at = Math.min(to, at + 1);
        }
        return at;
    }

    private static int urlFrom(byte[] bytes, int from, int to) {
        int at = from + leading(bytes, from, to);
        while (at < to && bytes[at] > ' ') at++;
        return at + leading(bytes, at, to);
    }

    Map<Remark, Long> remarks() {
        return bodyFiles == 0 ? Map.of() : Map.of(BODY_FILE, bodyFiles);
    }
}
