package io.tierdrill.recorder.redact;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Names of headers, parameters, cookies and fields, by what their values are. Only letters and digits of a name count,
 * so {@code api_key}, {@code Api-Key} and {@code apiKey} are one. One thread.
 */
final class SecretNames {
    /** A name with one of these in it is that of a secret. */
    private static final List<String> PARTS = List.of(
            "password",
            "passwd",
            "passphrase",
            "passcode",
            "secret",
            "token",
            "apikey",
            "accesskey",
            "privatekey",
            "authkey",
            "clientcert",
            "credential",
            "session",
            "sessid",
            "signature",
            "jwt",
            "csrf",
            "xsrf",
            "bearer",
            "cookie",
            "authoriz",
            "cardnumber",
            "creditcard",
            "securitycode");
    /** Counts and kinds of tokens are none. */
    private static final List<String> NOT = List.of(
            "maxtoken",
            "mintoken",
            "tokencount",
            "counttoken",
            "tokentype",
            "tokenizer",
            "tokenlimit",
            "numtoken",
            "totaltoken",
            "completiontoken",
            "prompttoken",
            "inputtoken",
            "outputtoken",
            "cookieconsent",
            "cookiepolicy",
            "cookiebanner");

    private static final Set<String> WHOLE = Set.of(
            "pass",
            "pw",
            "pwd",
            "pin",
            "auth",
            "oauth",
            "sid",
            "otp",
            "totp",
            "mfa",
            "cvv",
            "cvc",
            "cvv2",
            "cvc2",
            "ssn",
            "iban",
            "pan",
            "assertion",
            "samlresponse",
            "samlrequest",
            "samlart",
            "ticket",
            "connectsid",
            "xforwardedclientcert",
            "xforwardeduser",
            "xforwardedemail",
            "xforwardedpreferredusername",
            "remoteuser",
            "xremoteuser",
            "awsaccesskeyid",
            "googleaccessid",
            "keypairid",
            "hmac",
            "accountkey");
    /** Secrets in a URL or a form, everyday words elsewhere. */
    private static final Set<String> IN_URLS =
            Set.of("code", "state", "sig", "nonce", "key", "codeverifier", "codechallenge", "magic", "wresult");

    private final Set<String> further = new HashSet<>();
    /** Direct-mapped memory of names, since a service has few. */
    private final String[] asked = new String[1 << 10];

    private final byte[] answers = new byte[1 << 10];

    SecretNames(RedactionConfig config) {
        config.names().forEach(name -> further.add(normal(name)));
        if (config.user().source() == UserKey.Source.HEADER || config.user().source() == UserKey.Source.QUERY)
            further.add(normal(config.user().name()));
    }

    /** Whether values of this name are secrets, wherever it stands. */
    boolean isSecret(String name) {
        return (of(name, 0, name.length()) & 1) != 0;
    }

    /**
     * Whether values of the name at this place of a text are secrets.
     *
     * @param inUrl whether it is the name of a parameter of a URL or form
     */
    boolean isSecret(String text, int from, int to, boolean inUrl) {
        return from < to && (of(text, from, to) & (inUrl ? 3 : 1)) != 0;
    }

    private byte of(String text, int from, int to) {
        if (to - from > 128) return classify(text.substring(from, to));
        int hash = to - from;
        for (int i = from; i < to; i++) hash = hash * 31 + text.charAt(i);
        int slot = hash * 0x9e3779b9 >>> 22;
        String known = asked[slot];
        if (known != null && known.length() == to - from && text.startsWith(known, from)) return answers[slot];
        String name = text.substring(from, to);
        asked[slot] = name;
        return answers[slot] = classify(name);
    }

    /** Bit 0: secret anywhere. Bit 1: secret in URLs. */
    private byte classify(String name) {
        String normal = normal(name);
        if (further.contains(normal) || WHOLE.contains(normal)) return 1;
        for (String not : NOT) if (normal.contains(not)) return 0;
        for (String part : PARTS) if (normal.contains(part)) return 1;
        // Not the author of a book, but every other kind of auth.
        if (normal.contains("auth") && !normal.contains("author")) return 1;
        return (byte) (IN_URLS.contains(normal) ? 2 : 0);
    }

    /** Letters and digits, lower case. */
    static String normal(String name) {
        StringBuilder normal = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++)
            if (Character.isLetterOrDigit(name.charAt(i))) normal.append(name.charAt(i));
        return normal.toString().toLowerCase(Locale.ROOT);
    }
}
