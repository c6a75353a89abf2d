package io.tierdrill.recorder.redact;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of {@code multipart/form-data} (RFC 7578). Files become as many letters x, since they may hold anything.
 * Works on bytes as characters of ISO 8859-1. One thread.
 */
final class MultipartMask {
    private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))");
    private static final Pattern NAME = Pattern.compile("(?i)[;\\s]name=(?:\"([^\"]*)\"|([^\\s;\"]+))");
    private static final Pattern TYPE = Pattern.compile("(?im)^content-type:[ \\t]*([^\\r\\n]*)");
    private static final Pattern ENCODED =
            Pattern.compile("(?im)^content-transfer-encoding:[ \\t]*(?!binary|8bit|7bit)");

    private final TextMask text;
    private final SecretNames names;
    private final Pseudonyms pseudonyms;
    private final MaskedCounts counts;
    /** A type and a content to the content as it may be written. */
    private final BiFunction<String, String, Optional<String>> nested;

    MultipartMask(
            TextMask text,
            SecretNames names,
            Pseudonyms pseudonyms,
            MaskedCounts counts,
            BiFunction<String, String, Optional<String>> nested) {
        this.text = text;
        this.names = names;
        this.pseudonyms = pseudonyms;
        this.counts = counts;
        this.nested = nested;
    }

    /** Empty where the body is not what its type says. */
    Optional<String> mask(String type, String body) {
        Matcher named = BOUNDARY.matcher(type);
        if (!named.find()) return Optional.empty();
        String delimiter = "--" + (named.group(1) != null ? named.group(1) : named.group(2));
        if (!body.startsWith(delimiter)) return Optional.empty();
        StringBuilder out = new StringBuilder(body.length());
        for (int at = 0; ; ) {
            int content = at + delimiter.length();
            // What follows the last boundary is nothing (RFC 2046, 5.1.1), so nothing is kept of it.
            if (body.startsWith("--", content)) {
                String end = body.startsWith("\r\n", content + 2) ? "--\r\n" : "--";
                return Optional.of(out.append(delimiter).append(end).toString());
            }
            int next = body.indexOf("\r\n" + delimiter, content);
            int blank = body.indexOf("\r\n\r\n", content);
            if (!body.startsWith("\r\n", content) || next < 0 || blank < 0 || blank + 4 > next + 2)
                return Optional.empty();
            int from = Math.min(blank + 4, next);
            out.append(delimiter).append(part(body.substring(content, blank), body.substring(from, next)));
            out.append("\r\n");
            at = next + 2;
        }
    }

    private String part(String head, String content) {
        return text.mask(head, TextMask.Form.TEXT) + "\r\n\r\n" + content(head, content);
    }

    private String content(String head, String content) {
        Matcher name = NAME.matcher(head);
        boolean secret = name.find() && names.isSecret(name.group(1) != null ? name.group(1) : name.group(2));
        if (secret && !content.isBlank() && !isFile(head)) {
            counts.add(SecretKind.NAMED);
            return pseudonyms.of(new String(content.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        }
        Matcher typed = TYPE.matcher(head);
        String type = typed.find() ? typed.group(1) : "text/plain";
        Optional<String> masked =
                isFile(head) || ENCODED.matcher(head).find() ? Optional.empty() : nested.apply(type, content);
        if (masked.isPresent()) return masked.get();
        counts.add(SecretKind.FILE);
        return "x".repeat(content.length());
    }

    private static boolean isFile(String head) {
        return head.toLowerCase(Locale.ROOT).contains("filename");
    }
}
