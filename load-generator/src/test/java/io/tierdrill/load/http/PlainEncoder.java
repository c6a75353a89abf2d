package io.tierdrill.load.http;

import io.tierdrill.load.identity.ClientAddress;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** {@link RequestEncoder}'s slow, obvious twin: one text, nothing remembered. */
public final class PlainEncoder {
    private final String authority;
    private final Optional<String> clientHeader;
    private final Optional<String> userHeader;

    public PlainEncoder(String authority, Identity identity) {
        this.authority = authority;
        clientHeader = identity.client();
        userHeader = identity.user();
    }

    public byte[] encode(RequestRecord r) {
        StringBuilder text = new StringBuilder();
        String host = r.authority().isEmpty() ? authority : r.authority();
        text.append(token(r.method())).append(' ').append(target(r.path())).append(" HTTP/1.1\r\n");
        text.append("Host: ").append(value(host)).append("\r\n");
        boolean upgrades = Upgrade.isAskedBy(r);
        for (Header h : r.headers()) {
            String lower = h.name().toLowerCase(Locale.ROOT);
            boolean ours = lower.isEmpty() || HeaderLines.OURS.contains(lower) || upgrades && Upgrade.replaces(lower);
            boolean told = clientHeader.filter(lower::equalsIgnoreCase).isPresent()
                    || userHeader.filter(lower::equalsIgnoreCase).isPresent();
            if (!ours && !told) line(h.name(), h.value(), text);
        }
        if (upgrades) {
            line("Connection", "Upgrade", text);
            line("Upgrade", "websocket", text);
            line("Sec-WebSocket-Version", "13", text);
            line("Sec-WebSocket-Key", Upgrade.KEY, text);
        }
        clientHeader.ifPresent(name -> line(name, ClientAddress.told(r.client()), text));
        userHeader.filter(name -> !r.user().isEmpty()).ifPresent(name -> line(name, r.user(), text));
        if (r.body().size() > 0 || RequestEncoder.WITH_BODY.contains(r.method()))
            line("Content-Length", Long.toString(r.body().size()), text);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        out.writeBytes(r.body().bytes());
        return out.toByteArray();
    }

    private static void line(String name, String value, StringBuilder text) {
        text.append(token(name)).append(": ").append(value(value)).append("\r\n");
    }

    private static String token(String text) {
        StringBuilder token = new StringBuilder();
        for (char c : text.toCharArray()) token.append(c > ' ' && c < 0x7f && c != ':' ? c : '-');
        return token.toString();
    }

    private static String value(String text) {
        return text.replaceAll("[\\x00-\\x08\\x0a-\\x1f\\x7f]", " ");
    }

    private static String target(String path) {
        StringBuilder target = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f) target.append((char) b);
            else target.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
        }
        return target.toString();
    }
}
