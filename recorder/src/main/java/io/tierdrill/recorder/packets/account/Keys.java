package io.tierdrill.recorder.packets.account;

import java.util.Locale;

/** Names of enums as JSON keys. */
final class Keys {
    private Keys() {}

    /** {@code NOT_HTTP} becomes {@code notHttp}. */
    static String camel(String name) {
        StringBuilder key = new StringBuilder();
        for (String word : name.toLowerCase(Locale.ROOT).split("_"))
            key.append(key.length() == 0 ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        return key.toString();
    }
}
