package io.tierdrill.recorder.leaks;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What looks like a secret in one reading of a text. Stateless. */
final class TextScan {
    /** What the redaction puts in the place of a secret. */
    static final Pattern PSEUDONYM = Pattern.compile("tdp[bcdfghjkmnpqrstv]{18}");

    private static final Pattern EMAIL = Pattern.compile(
            "[\\p{L}\\p{N}._+~!$'*^-]{1,64}@((?:[\\p{L}\\p{N}-]{1,63}\\.){1,9}(?:\\p{L}{2,24}|xn--[a-z0-9-]+))(?![\\p{L}\\p{N}])");
    private static final Pattern FILE_NAME = Pattern.compile(
            "(?i).*\\.(png|jpe?g|gif|svg|webp|avif|ico|bmp|tiff?|css|[mc]?js"
                    + "|json|xml|html?|php|aspx?|jsp|map|woff2?|ttf|eot|otf|mp[34]|webm|pdf|txt|swf|csv|wasm|[tj]sx?|scss|less)");
    private static final Pattern USER_INFO = Pattern.compile("//([^/?#\\\\\\s\"'<>]+)@");
    private static final Pattern WEB_TOKEN =
            Pattern.compile("(?<![\\p{L}\\p{N}])eyJ[A-Za-z0-9_-]{5,}\\.[A-Za-z0-9_-]{4,}[A-Za-z0-9_.=-]*");
    private static final Pattern KEY =
            Pattern.compile("(?<![\\p{L}\\p{N}])(?:(?:AKIA|ASIA)[A-Z0-9]{12,}|AIza[\\w-]{24,}"
                    + "|gh[pousr]_\\w{16,}|(?:github_pat_|glpat-|npm_|hf_)(?=[\\w-]*[A-Z0-9])[\\w-]{16,}"
                    + "|xox[a-z]-(?=[\\w-]*[A-Z0-9])[\\w-]{8,}|[sr]k_(?:live|test)_(?=\\w*[A-Z0-9])\\w{8,}"
                    + "|(?:shpat|shpss|whsec|dop_v1)_(?=\\w*[A-Z0-9])\\w{8,}|GOCSPX-[\\w-]{8,}"
                    + "|sk-(?=[\\w-]*[A-Z0-9])[\\w-]{20,}|SG\\.[\\w-]{16,}|ya29\\.[\\w-]{16,})");
    private static final Pattern PRIVATE_KEY = Pattern.compile("-----BEGIN[A-Z ]*");
    private static final Pattern BEARER =
            Pattern.compile("(?i)(?<![\\p{L}\\p{N}])bearer[ +]+((?=[a-z._~+/=-]*[0-9])[A-Za-z0-9._~+/=-]{12,})");
    private static final Pattern BASIC =
            Pattern.compile("(?i)(?<![\\p{L}\\p{N}])basic[ +]+([A-Za-z0-9+/_-]{6,}={0,2})");
    private static final Pattern ASSIGNED =
            Pattern.compile("([?&#;]?)([\\w.$~*\\[\\]-]{2,64})=(?=\"?([^&\\s\"<>;#]+))");
    private static final Pattern QUOTED = Pattern.compile(
            "[\"']([^\"'\\\\\\r\\n]{2,64})[\"']\\s{0,8}:\\s{0,8}(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(-?[0-9][0-9.eE+-]*))");
    private static final Pattern NESTED =
            Pattern.compile("[\"']([^\"'\\\\\\r\\n]{2,64})[\"']\\s{0,8}:\\s{0,8}([\\[{][^\\]}]{1,4096})");
    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"(\\s{0,8}:)?");
    private static final Pattern TOLD = Pattern.compile("([\\w.-]{2,64}): (?:(?:Bearer|Basic|Token) )?([^\\s\"{\\[]+)");
    private static final Pattern PART = Pattern.compile(
            "(?i)[; ]name=\"?([^\";\\r\\n]+)\"?[^\\r\\n]*\\r\\n(?:[^\\r\\n]+\\r\\n)*\\r\\n([^\\r\\n]+)");
    private static final Pattern ELEMENT = Pattern.compile("<(?:\\w+:)?(\\w{2,64})[^<>]*>([^<>]+)</");

    private TextScan() {}

    /** @param found told the kind and the value of each */
    static void scan(String text, BiConsumer<String, String> found) {
        if (text.indexOf('@') >= 0) {
            each(EMAIL, text, m -> {
                boolean pseudonym = PSEUDONYM.matcher(m.group()).lookingAt();
                if (!pseudonym && !FILE_NAME.matcher(m.group(1)).matches()) found.accept("email", m.group());
            });
            each(USER_INFO, text, m -> secret("userinfo", m.group(1), found));
        }
        Numbers.cards(text).forEach(card -> found.accept("card", card));
        Numbers.accounts(text).forEach(account -> found.accept("iban", account));
        each(WEB_TOKEN, text, m -> found.accept("token", m.group()));
        each(KEY, text, m -> found.accept("token", m.group()));
        each(PRIVATE_KEY, text, m -> found.accept("private-key", m.group()));
        each(BEARER, text, m -> secret("token", m.group(1), found));
        each(BASIC, text, m -> {
            if (isUserAndPassword(m.group(1))) found.accept("credentials", m.group(1));
        });
        named(text, found);
    }

    private static void named(String text, BiConsumer<String, String> found) {
        if (text.indexOf('=') >= 0)
            each(ASSIGNED, text, m -> named(m.group(2), !m.group(1).isEmpty(), m.group(3), found));
        if (text.indexOf(':') >= 0) {
            each(QUOTED, text, m -> named(m.group(1), false, m.group(2) != null ? m.group(2) : m.group(3), found));
            each(NESTED, text, m -> nested(m.group(1), m.group(2), found));
            each(TOLD, text, m -> named(m.group(1), false, m.group(2), found));
        }
        if (text.indexOf('\r') >= 0) each(PART, text, m -> named(m.group(1), false, m.group(2), found));
        if (text.indexOf('<') >= 0) each(ELEMENT, text, m -> named(m.group(1), false, m.group(2), found));
    }

    private static void nested(String name, String values, BiConsumer<String, String> found) {
        if (!SuspectNames.isSuspect(name, false)) return;
        each(STRING, values, m -> {
            if (m.group(2) == null) named(name, false, m.group(1), found);
        });
    }

    private static void named(String name, boolean inUrl, String value, BiConsumer<String, String> found) {
        if (value.length() < 4 || !SuspectNames.isSuspect(name, inUrl)) return;
        if (value.matches("(?i)true|false|null|none|undefined|x+|bearer|basic|digest|token|[,;\\])}]+.*")) return;
        secret("named", value, found);
    }

    /** Unless it is a pseudonym. */
    static void secret(String kind, String value, BiConsumer<String, String> found) {
        String rest = PSEUDONYM.matcher(value).replaceAll("").strip();
        boolean scheme = rest.toLowerCase(Locale.ROOT).matches("bearer|basic|digest|token|[&'\")}\\],;|:]*");
        if (!rest.isEmpty() && !scheme) found.accept(kind, value);
    }

    private static boolean isUserAndPassword(String base64) {
        try {
            String bare = base64.replace("=", "").replace('-', '+').replace('_', '/');
            return new String(Base64.getDecoder().decode(bare), StandardCharsets.ISO_8859_1)
                    .matches("[\\x20-\\x7e]*:[\\x20-\\x7e]*");
        } catch (IllegalArgumentException no) {
            return false;
        }
    }

    private static void each(Pattern pattern, String text, java.util.function.Consumer<Matcher> told) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) told.accept(matcher);
    }
}
