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
 * @param sni the name that is asked for and verified, where it is not the target's host; {@code recorded} for the
 *     host of each recorded request
 * @param resume whether a client that comes back resumes its session
 */
public record TlsConfig(boolean verify, Optional<Path> ca, Optional<String> sni, boolean resume) {
    private static final String RECORDED = "recorded";

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
        Optional<String> sni = node.optionalText("sni");
        sni.filter(name -> !TlsName.isUsable(name))
                .ifPresent(name -> node.problem(
                        "sni",
                        "cannot use \"" + name + "\"",
                        "Allowed: the name of a host, or 'recorded' for that of each request."));
        var config = new TlsConfig(verify, ca, sni, node.flag("resume", true));
        node.finish();
        return config;
    }

    /** Whether each connection asks for the host of the request it is opened for. */
    public boolean namesAsRecorded() {
        return sni.filter(RECORDED::equals).isPresent();
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
