package io.tierdrill.load.tls;

import io.tierdrill.model.config.ConfigNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How connections to an {@code https} target are secured.
 *
 * @param verify whether the target must show a certificate for its name that somebody trusted vouches for
 * @param ca certificates (PEM) trusted instead of those the JDK ships with
 * @param sni the name that is asked for and verified, where it is not the target's host
 * @param resume whether a client that comes back resumes its session
 */
public record TlsConfig(boolean verify, Optional<Path> ca, Optional<String> sni, boolean resume) {

    /** Everything verified, sessions resumed. */
    public static TlsConfig defaults() {
        return new TlsConfig(true, Optional.empty(), Optional.empty(), true);
    }

    /**
     * Reads the mapping {@code tls}; mistakes become problems.
     *
     * @param folder where a relative file is looked for
     */
    public static TlsConfig from(ConfigNode node, Path folder) {
        Optional<Path> ca =
                node.optionalText("ca").map(file -> folder.resolve(file).normalize());
        ca.filter(file -> !Files.isRegularFile(file))
                .ifPresent(file -> node.problem("ca", "there is no file " + file, "Give the path of a PEM file."));
        boolean verify = node.flag("verify", true);
        if (!verify && ca.isPresent())
            node.problem("ca", "has no effect where nothing is verified", "Keep one of 'ca' and 'verify: false'.");
        var config = new TlsConfig(verify, ca, node.optionalText("sni"), node.flag("resume", true));
        node.finish();
        return config;
    }

    /** As written in a scenario. */
    public Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("verify", verify);
        ca.ifPresent(file -> map.put("ca", file.toAbsolutePath().normalize().toString()));
        sni.ifPresent(name -> map.put("sni", name));
        map.put("resume", resume);
        return map;
    }
}
