package io.tierdrill.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version, from the jar's manifest. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("built from classes");
        return new String[] {
            "tierdrill " + version,
            "Java " + System.getProperty("java.version") + " on " + System.getProperty("os.name")
        };
    }
}
