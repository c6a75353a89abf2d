package io.tierdrill.recorder.packets.account;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of TLS beside the packets' fates.
 *
 * @param withoutKeys connections without keys, by the name of the server that the client asked for
 * @param unsupported connections that are not read though there are keys, by version and cipher suite
 * @param keys what the key log gave
 */
public record TlsAccount(Map<String, Long> withoutKeys, Map<String, Long> unsupported, Keys keys) {
    public TlsAccount {
        withoutKeys = Collections.unmodifiableMap(new LinkedHashMap<>(withoutKeys));
        unsupported = Collections.unmodifiableMap(new LinkedHashMap<>(unsupported));
    }

    /**
     * What was read of key logs.
     *
     * @param secrets that are of use
     * @param malformedLines lines that are none of a key log
     * @param forgotten connections whose secrets were forgotten, because there were too many
     * @param problems the first malformed lines: where, and what is wrong
     */
    public record Keys(long secrets, long malformedLines, long forgotten, List<String> problems) {
        public static final Keys NONE = new Keys(0, 0, 0, List.of());

        public Keys {
            problems = List.copyOf(problems);
        }
    }
}
