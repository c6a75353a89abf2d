package io.tierdrill.recorder.leaks;

import io.tierdrill.model.trace.MessageRecord;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Looks through all fields of requests. One thread. */
final class RequestScan {
    private static final int MOST_CLEAN = 1 << 16;
    private static final int MOST_UNPACKED = 1 << 20;
    private static final Pattern ADDRESS = Pattern.compile(
            "(?<![0-9.])(?:[0-9]{1,3}\\.){3}[0-9]{1,3}(?![0-9.])|(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}|[0-9a-f:]*::[0-9a-f:]+");

    private final LeakTally tally;
    /** Texts without a find: traffic repeats itself. */
    private final Set<String> clean = new HashSet<>();

    RequestScan(LeakTally tally) {
        this.tally = tally;
    }

    void request(RequestRecord request) {
        text("client", request.client());
        connection(request.connection());
        if (!request.user().isEmpty())
            TextScan.secret("user", request.user(), (kind, value) -> tally.found(kind, "user", value));
        text("method", request.method());
        authority(request.authority());
        text("path", request.path());
        for (Header header : request.headers()) header(header);
        body(request.body());
    }

    /** Of a message whose it is; more is not in it. */
    void message(MessageRecord message) {
        text("client", message.client());
        connection(message.connection());
    }

    /** Any text, in all its readings; each thing once. */
    void text(String field, String text) {
        if (clean.contains(text)) return;
        Set<String> found = new LinkedHashSet<>();
        for (String reading : Readings.of(text))
            TextScan.scan(reading, (kind, value) -> {
                if (found.add(kind + value)) tally.found(kind, field, value);
            });
        if (found.isEmpty() && clean.size() < MOST_CLEAN) clean.add(text);
    }

    private void connection(String connection) {
        if (ADDRESS.matcher(connection).find()) tally.found("address", "connection", connection);
        text("connection", connection);
    }

    private void authority(String authority) {
        int at = authority.lastIndexOf('@');
        if (at > 0) TextScan.secret("userinfo", authority.substring(0, at), (k, v) -> tally.found(k, "authority", v));
        text("authority", authority);
    }

    private void header(Header header) {
        String field = "header " + header.name();
        switch (header.name().toLowerCase(Locale.ROOT)) {
            case "authorization", "proxy-authorization" -> authorization(field, header.value());
            case "cookie", "cookie2" -> {
                for (String pair : header.value().split(";")) cookie(field, pair);
            }
            case "set-cookie", "set-cookie2" -> cookie(field, header.value().split(";", 2)[0]);
            case "sec-websocket-protocol" -> protocols(field, header.value());
            default -> {
                if (SuspectNames.isSuspect(header.name(), false)
                        && header.value().length() >= 4)
                    TextScan.secret("named", header.value(), (kind, value) -> tally.found(kind, field, value));
            }
        }
        text(field, header.name());
        text(field, header.value());
    }

    private void authorization(String field, String value) {
        int space = value.indexOf(' ');
        String carried = value.substring(space + 1).strip();
        TextScan.secret("credentials", carried, (kind, secret) -> tally.found(kind, field, secret));
    }

    private void cookie(String field, String pair) {
        String value = pair.substring(pair.indexOf('=') + 1).strip();
        TextScan.secret("cookie", value, (kind, secret) -> tally.found(kind, field, secret));
    }

    private void protocols(String field, String value) {
        String[] protocols = value.split(",");
        for (int i = 0; i < protocols.length; i++) {
            String protocol = protocols[i].strip();
            boolean announced = i > 0
                    && protocols[i - 1]
                            .strip()
                            .toLowerCase(Locale.ROOT)
                            .matches("bearer|(access_)?token|authorization");
            boolean joined = protocol.matches("(?i).*bearer[. ].{4,}");
            String carried =
                    joined ? protocol.replaceFirst("(?i).*bearer(?:\\.authorization\\.k8s\\.io)?[. ]", "") : protocol;
            if (announced || joined)
                TextScan.secret("token", carried, (kind, secret) -> tally.found(kind, field, secret));
        }
    }

    private void body(RequestRecord.Body body) {
        if (!body.sha256().matches("[0-9a-f]{0,64}")) text("body sha256", body.sha256());
        byte[] bytes = unpacked(body.bytes());
        if (bytes.length > 0) text("body", new String(bytes, StandardCharsets.UTF_8));
    }

    private static byte[] unpacked(byte[] bytes) {
        if (bytes.length < 2 || bytes[0] != 0x1f || bytes[1] != (byte) 0x8b) return bytes;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readNBytes(MOST_UNPACKED);
        } catch (IOException damaged) {
            return bytes;
        }
    }
}
