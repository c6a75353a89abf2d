package io.tierdrill.lb.l7;

import io.tierdrill.model.config.ConfigNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code stack.l7.tls}: what the L7 shows to clients that encrypt; without it, it speaks in the clear.
 *
 * @param certificate PEM file with the certificate, and behind it those that vouch for it
 * @param key PEM file with its private key in PKCS #8 form, not encrypted
 */
public record TlsConfig(Path certificate, Path key) {

    /** Reads and tries both files: whatever is wrong with them becomes a problem, and reads as no TLS. */
    public static Optional<TlsConfig> from(ConfigNode parent) {
        if (!parent.has("tls")) return Optional.empty();
        ConfigNode node = parent.object("tls");
        String certificate = node.requiredText("certificate");
        String key = node.requiredText("key");
        node.finish();
        if (certificate.isEmpty() || key.isEmpty()) return Optional.empty();
        var config = new TlsConfig(Beside.file(node, certificate), Beside.file(node, key));
        try {
            Credentials.read(config);
            return Optional.of(config);
        } catch (Credentials.Unusable wrong) {
            node.problem(wrong.field(), wrong.getMessage(), wrong.help());
            return Optional.empty();
        }
    }

    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("certificate", certificate.toString());
        map.put("key", key.toString());
        return map;
    }
}
