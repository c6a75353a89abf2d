package io.tierdrill.recorder.redact;

import java.util.Locale;

/** Kinds of what is masked, for the account. */
enum SecretKind {
    CLIENT,
    CONNECTION,
    USER,
    AUTHORIZATION,
    COOKIE,
    NAMED,
    TOKEN,
    USERINFO,
    EMAIL,
    CARD,
    IBAN,
    ADDRESS,
    FILE,
    BODY_LEFT_OUT,
    BODY_GROWN;

    /** As a key of the account: {@code bodyLeftOut}. */
    String key() {
        StringBuilder key = new StringBuilder();
        for (String word : name().toLowerCase(Locale.ROOT).split("_"))
            key.append(key.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        return key.toString();
    }
}
